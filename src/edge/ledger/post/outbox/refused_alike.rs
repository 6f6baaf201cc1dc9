//! Refusals that are the server's fault, as `domain/letter/refused_alike.rs` tells them: all wait. Who is refused alike once more after
//! the server has taken a letter was refused for itself.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::letter::refused_alike::{Refusal, alike};
use crate::edge::ledger::post::addresses;

/// What came of an attempt that the server refused together with others.
pub(in crate::edge::ledger) const REFUSED_ALIKE: &str = "refused alike";

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
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Refusal { letter: row.get(0)?, address: row.get(1)?, why: row.get(2)?, at: row.get(3)? })
    };
    let before: Vec<Refusal> =
        find.query_map(params![taken, REFUSED_ALIKE], read)?.collect::<Result<_, _>>()?;
    let sql = "SELECT to_address FROM letter WHERE id = ?1";
    let own: String = db.prepare_cached(sql)?.query_row([letter], |row| row.get(0))?;
    let Some(alike) = alike(&own, why, &before) else { return Ok(false) };
    let wait = "UPDATE letter SET state = 'queued', next_try_at = ?2 WHERE id = ?1 AND state = 'refused' AND superseded_at IS NULL";
    for earlier in &alike.letters {
        db.prepare_cached(wait)?.execute(params![earlier, next_try])?;
    }
    alike.addresses.iter().try_for_each(|address| addresses::pardon(db, address, alike.since))?;
    Ok(true)
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
}
