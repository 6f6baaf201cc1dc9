//! The Message-IDs of letters, and the threads they make.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::domain::letter::news::Draft;

/// The first letter that told the same reader of the same finding: mail programs show what follows under it.
pub(super) fn thread_of(tx: &Transaction<'_>, draft: &Draft) -> rusqlite::Result<Option<String>> {
    let sql =
        "SELECT l.message_id FROM finding_event AS e JOIN finding_event AS o ON o.finding_id = e.finding_id
               JOIN letter_event AS t ON t.event_id = o.id JOIN letter AS l ON l.id = t.letter_id
               WHERE e.id = ?1 AND l.to_address = ?2 AND (l.superseded_at IS NULL OR l.handed_at IS NOT NULL) ORDER BY l.id LIMIT 1";
    // Of a letter with many cases the first is the most pressing; the others are no reply to anything.
    let Some(first) = draft.events.first().filter(|_| draft.events.len() == 1) else { return Ok(None) };
    tx.prepare_cached(sql)?.query_row(params![first, draft.letter.to.address], |row| row.get(0)).optional()
}

/// The letter's Message-ID, or the first after it that is free; `None` if this very letter is queued already.
pub(super) fn free_id(tx: &Transaction<'_>, draft: &Draft) -> rusqlite::Result<Option<String>> {
    // What was superseded has not left: the same words in its place are another letter.
    let sql = "SELECT text = ?2 AND superseded_at IS NULL FROM letter WHERE message_id = ?1";
    let mut find = tx.prepare_cached(sql)?;
    let first = &draft.letter.message_id;
    let (local, domain) = first.rsplit_once('@').unwrap_or((first, ""));
    let mut id = first.clone();
    let mut number = 1;
    while let Some(same) = find.query_row([&id, &draft.letter.text], |row| row.get(0)).optional()? {
        if same {
            return Ok(None);
        }
        number += 1;
        id = format!("{local}.{number}@{domain}");
    }
    Ok(Some(id))
}

/// The first Message-ID after one in use that is free.
pub(super) fn free_name(tx: &Transaction<'_>, used: &str) -> rusqlite::Result<String> {
    let (local, domain) = used.rsplit_once('@').unwrap_or((used, ""));
    let mut find = tx.prepare_cached("SELECT 1 FROM letter WHERE message_id = ?1")?;
    let mut number = 2;
    loop {
        let id = format!("{local}.{number}@{domain}");
        if !find.exists([&id])? {
            return Ok(id);
        }
        number += 1;
    }
}
