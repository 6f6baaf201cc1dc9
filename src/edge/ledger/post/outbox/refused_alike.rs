//! Refusals that are the server's fault: it answers several addresses alike and takes no letter meanwhile. Then nothing is refused, and
//! all wait. Who is refused alike once more after the server has taken a letter was refused for itself.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::edge::ledger::post::addresses;

/// What came of an attempt that the server refused together with others.
pub(in crate::edge::ledger::post) const REFUSED_ALIKE: &str = "refused alike";

/// Whether a refusal of a letter is one of several alike. What was refused with it waits from then on, too.
pub(super) fn is_of_several(
    db: &Connection,
    letter: i64,
    why: &str,
    next_try: &str,
) -> rusqlite::Result<bool> {
    let sql = "SELECT id FROM letter_attempt WHERE outcome = 'sent' ORDER BY id DESC LIMIT 1";
    let taken: i64 = db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.unwrap_or(0);
    let sql =
        "SELECT EXISTS (SELECT 1 FROM letter_attempt WHERE letter_id = ?1 AND id < ?2 AND outcome = ?3)";
    if db.prepare_cached(sql)?.query_row(params![letter, taken, REFUSED_ALIKE], |row| row.get(0))? {
        return Ok(false);
    }
    let sql =
        "SELECT l.id, l.to_address, a.detail, a.at FROM letter_attempt AS a JOIN letter AS l ON l.id = a.letter_id
               WHERE a.id > ?1 AND a.outcome IN ('refused', ?2) ORDER BY a.id";
    let mut find = db.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let refused: Vec<(i64, String, String, String)> =
        find.query_map(params![taken, REFUSED_ALIKE], read)?.collect::<Result<_, _>>()?;
    let sql = "SELECT to_address FROM letter WHERE id = ?1";
    let own: String = db.prepare_cached(sql)?.query_row([letter], |row| row.get(0))?;
    let alike: Vec<_> = refused.iter().filter(|(_, _, detail, _)| codes(detail) == codes(why)).collect();
    let addresses: BTreeSet<&str> = alike.iter().map(|(_, address, ..)| address.as_str()).collect();
    if addresses.iter().all(|address| *address == own) {
        return Ok(false);
    }
    let wait = "UPDATE letter SET state = 'queued', next_try_at = ?2 WHERE id = ?1 AND state = 'refused' AND superseded_at IS NULL";
    for (earlier, ..) in &alike {
        db.prepare_cached(wait)?.execute(params![earlier, next_try])?;
    }
    let since = alike.first().map_or("", |(.., at)| at);
    addresses.iter().try_for_each(|address| addresses::pardon(db, address, since))?;
    Ok(true)
}

/// The codes of an answer (RFC 5321 section 4.2, RFC 3463 section 2): its words may name the address.
fn codes(why: &str) -> Vec<&str> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let reply = |text: &str| text.len() == 3 && digits(text) && text.starts_with(['4', '5']);
    let enhanced = |text: &str| text.split('.').count() == 3 && text.split('.').all(digits);
    let words = why.split(|at: char| at.is_whitespace() || matches!(at, ':' | '-' | '“' | '`'));
    words.filter(|word| reply(word) || enhanced(word)).take(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ledger with these letters, each tried once, and what came of that.
    fn tried(letters: &[(&str, &str, &str)]) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        let tables =
            "CREATE TABLE letter (id INTEGER PRIMARY KEY, to_address, state, next_try_at, superseded_at);
                      CREATE TABLE letter_attempt (id INTEGER PRIMARY KEY, letter_id, at, outcome, detail);
                      CREATE TABLE address (address, suspended_at);";
        db.execute_batch(tables).unwrap();
        for (address, outcome, detail) in letters {
            let state = if *outcome == REFUSED_ALIKE { "queued" } else { outcome };
            db.execute("INSERT INTO letter (to_address, state) VALUES (?1, ?2)", [address, state]).unwrap();
            let sql = "INSERT INTO letter_attempt (letter_id, at, outcome, detail) VALUES (last_insert_rowid(), '2026-03-02T09:00:00+08:00', ?1, ?2)";
            db.execute(sql, [outcome, detail]).unwrap();
        }
        db
    }

    const BLOCKED: &str = "554 5.7.1 blocked";
    const UNKNOWN: &str = "550 5.1.1 no such user";

    /// The last of these letters is refused now: whether that is one of several, and the states of those before it.
    fn asked(before: &[(&str, &str, &str)], address: &str, why: &str) -> (bool, Vec<String>) {
        let db = tried(before);
        db.execute("INSERT INTO letter (to_address, state) VALUES (?1, 'queued')", [address]).unwrap();
        let alike = is_of_several(&db, db.last_insert_rowid(), why, "2026-03-02T09:01:00+08:00").unwrap();
        let mut find = db.prepare("SELECT state FROM letter ORDER BY id LIMIT ?1").unwrap();
        let states = find.query_map([before.len()], |row| row.get(0)).unwrap();
        (alike, states.collect::<Result<_, _>>().unwrap())
    }

    /// Two addresses refused alike with no letter taken between them; not one address twice, not two answers, not with a letter taken
    /// in between.
    #[test]
    fn several_are_two_addresses_that_are_answered_alike_in_a_row() {
        let waits = |states: &[&str]| (true, states.iter().map(|state| (*state).to_owned()).collect());
        let refused = |states: &[&str]| (false, states.iter().map(|state| (*state).to_owned()).collect());
        assert_eq!(asked(&[], "a@b", BLOCKED), refused(&[]));
        assert_eq!(asked(&[("x@b", "refused", BLOCKED)], "a@b", BLOCKED), waits(&["queued"]));
        assert_eq!(
            asked(&[("a@b", "refused", BLOCKED)], "a@b", BLOCKED),
            refused(&["refused"]),
            "one address"
        );
        assert_eq!(
            asked(&[("x@b", "refused", UNKNOWN)], "a@b", BLOCKED),
            refused(&["refused"]),
            "two answers"
        );
        let between = [("x@b", "refused", BLOCKED), ("y@b", "sent", "250 ok")];
        assert_eq!(asked(&between, "a@b", BLOCKED), refused(&["refused", "sent"]), "it takes letters");
        let after = [("y@b", "sent", "250 ok"), ("x@b", "refused", BLOCKED), ("z@b", REFUSED_ALIKE, BLOCKED)];
        assert_eq!(asked(&after, "a@b", BLOCKED), waits(&["sent", "queued", "queued"]));
    }

    /// RFC 3463 section 2: the reply code and, where there is one, the enhanced code; whatever is said with them.
    #[test]
    fn answers_are_alike_by_their_codes() {
        assert_eq!(codes("the server refused a@b.cn: 554 5.7.1 <a@b.cn> blocked at 12:00"), ["554", "5.7.1"]);
        assert_eq!(codes("the server refused: 554-DT:SPM 163 smtp"), ["554"]);
        assert_ne!(codes("550 5.1.1 no such user"), codes("550 5.7.1 no such user"));
        assert_eq!(codes("it is full"), [""; 0]);
    }
}
