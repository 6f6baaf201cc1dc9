//! Shorter letters in the place of one that the mail server takes no letter of the size of.

use rusqlite::{Transaction, params};

use super::Queued;
use super::attempts::enter;
use crate::domain::letter::{Attachment, Letter};
use crate::domain::now::Now;
use crate::domain::text::Text;
use crate::edge::ledger::post::message_ids::free_name;
use crate::edge::ledger::{Ledger, LedgerError, cannot};

impl Ledger {
    /// Puts shorter letters in the place of one that was too large: together they tell the same, in the same thread, and wait from
    /// now on. The day by which to answer stays as it was: nobody was told yet, and the shorter letters name the same.
    pub fn shorten(
        &mut self,
        long: &Queued,
        short: &[Letter],
        why: &Text,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let fail = cannot("put a shorter letter in the place of one that was too large");
        let tx = self.db.transaction().map_err(&fail)?;
        replace(&tx, long, short, why, &now.instant.to_rfc3339()).map_err(&fail)?;
        tx.commit().map_err(&fail)
    }
}

fn replace(
    tx: &Transaction<'_>,
    long: &Queued,
    short: &[Letter],
    why: &Text,
    at: &str,
) -> rusqlite::Result<()> {
    enter(tx, long.id, at, "too large", why)?;
    let supersede =
        "UPDATE letter SET superseded_at = ?2, attempts = attempts + 1, handed_at = iif(?3, handed_at, NULL)
                     WHERE id = ?1";
    tx.execute(supersede, params![long.id, at, long.may_be_there])?;
    for short in short {
        let queue = "INSERT INTO letter (message_id, kind, urgency, to_name, to_address, subject, text, html, written_at, round_id,
                         state, thread, capacities)
                     SELECT ?2, kind, urgency, to_name, to_address, ?5, ?3, ?4, written_at, round_id, 'queued', thread, capacities
                     FROM letter WHERE id = ?1";
        let name = free_name(tx, &short.message_id)?;
        tx.execute(queue, params![long.id, name, short.text, short.html, short.subject])?;
        let id = tx.last_insert_rowid();
        for (place, file) in short.attachments.iter().enumerate() {
            let attach =
                "INSERT INTO letter_attachment (letter_id, place, name, media_type, content, shown_as, as_text)
                          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            let Attachment { name, media_type, content, shown_as, as_text } = file;
            tx.execute(attach, params![id, place, name, media_type, content, shown_as, as_text])?;
        }
        let tell = "INSERT INTO letter_event (letter_id, event_id) SELECT ?2, event_id FROM letter_event WHERE letter_id = ?1";
        tx.execute(tell, [long.id, id])?;
    }
    Ok(())
}
