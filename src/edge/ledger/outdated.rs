//! Letters in the outbox that are no longer true, or that nobody can get.

use std::collections::BTreeMap;

use rusqlite::params;

use super::outbox::queue_one;
use super::{Ledger, LedgerError, cannot};
use crate::domain::letter::news::Draft;
use crate::domain::now::Now;

/// A letter that another takes the place of.
#[derive(Debug, Clone)]
pub struct Outdated {
    /// Its row.
    pub letter: i64,
    /// For whom it was.
    pub address: String,
    round: i64,
}

impl Ledger {
    /// Alerts that wait although something happened to what they tell since they were written, and those that were refused
    /// with an address that gets nothing any more.
    pub fn outdated(&self, suspended: &BTreeMap<String, String>) -> Result<Vec<Outdated>, LedgerError> {
        // Only what happened since the last look can make a letter untrue: the first look is at all that waits.
        let sql = "SELECT DISTINCT l.id, l.to_address, l.round_id
                   FROM finding_event AS n CROSS JOIN finding_event AS e ON e.finding_id = n.finding_id AND e.id < n.id
                   CROSS JOIN letter_event AS t ON t.event_id = e.id CROSS JOIN letter AS l ON l.id = t.letter_id
                   WHERE n.id > max(?1, (SELECT coalesce(min(first.event_id), 0) FROM letter AS w
                           JOIN letter_event AS first ON first.letter_id = w.id
                           WHERE w.state = 'queued' AND w.superseded_at IS NULL)) AND n.event NOT IN ('reminded', 'unanswered', 'answered', 'appealed')
                       AND l.state = 'queued' AND l.superseded_at IS NULL AND l.kind = 'alert'
                       AND julianday(n.at) > julianday(l.written_at)";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Outdated { letter: row.get(0)?, address: row.get(1)?, round: row.get(2)? })
        };
        let any = self.list(
            "look what waits",
            "SELECT 1 FROM letter WHERE state = 'queued' AND superseded_at IS NULL LIMIT 1",
            [],
            |_| Ok(()),
        )?;
        let mut outdated = Vec::new();
        if !any.is_empty() {
            outdated =
                self.list("look at the waiting letters once more", sql, [self.looked_at.get()], read)?;
        }
        let sql = "SELECT id, to_address, round_id FROM letter
                   WHERE state <> 'sent' AND superseded_at IS NULL AND kind = 'alert' AND to_address = ?1";
        for address in suspended.keys() {
            outdated.extend(self.list(
                "look for the letters of a suspended address",
                sql,
                [address],
                read,
            )?);
        }
        outdated.sort_by_key(|it| it.letter);
        outdated.dedup_by_key(|it| it.letter);
        Ok(outdated)
    }

    /// Every letter that waits has been looked at, as things stand.
    pub fn all_looked_at(&self) -> Result<(), LedgerError> {
        let newest = "SELECT coalesce(max(id), 0) FROM finding_event";
        let newest: i64 =
            self.db.query_row(newest, [], |row| row.get(0)).map_err(cannot("find the newest event"))?;
        self.looked_at.set(newest);
        Ok(())
    }

    /// Puts letters in the place of one.
    pub fn supersede(
        &mut self,
        old: &Outdated,
        drafts: impl Iterator<Item = Draft>,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let fail = cannot("put a letter in the place of another");
        let tx = self.db.transaction().map_err(&fail)?;
        let sql = "UPDATE letter SET superseded_at = ?2 WHERE id = ?1";
        tx.execute(sql, params![old.letter, now.instant.to_rfc3339()]).map_err(&fail)?;
        for draft in drafts {
            queue_one(&tx, &draft, old.round).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }
}
