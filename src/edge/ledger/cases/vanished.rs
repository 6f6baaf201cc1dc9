//! Which rows of a case its source no longer has, and which of them were rightly deleted.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::events::any;
use super::super::{Ledger, LedgerError, RoundId};
use crate::domain::case_file::Vanished;
use crate::domain::finding::{Event, Known};
use crate::domain::rules;

/// Rows of one case, by the number of their read and their key.
pub(in crate::edge::ledger) type Rows = BTreeSet<(u16, String)>;

impl Ledger {
    /// The rows of a case that its source no longer has: what is to be said of them, and apart from these those of which a
    /// person has said, after they had been found, that they were rightly deleted.
    pub(super) fn vanished(&self, case: i64) -> Result<(Option<Vanished>, Rows), LedgerError> {
        static SQL: LazyLock<String> = LazyLock::new(|| {
            let (begins, ends) = (any(Event::BEGINS), any([Event::Revoked, Event::Dismissed]));
            format!("SELECT v.read, v.row, v.round_id, v.round_id <= coalesce((SELECT max(r.round_id)
                       FROM finding AS f JOIN finding_event AS r ON r.finding_id = f.id AND r.event IN ({begins})
                       JOIN finding_event AS d ON d.finding_id = f.id AND d.id > r.id AND d.by IS NOT NULL
                           AND d.event IN ({ends})
                       WHERE f.case_id = ?1 AND f.rule = ?2), -1)
                   FROM vanished_row AS v WHERE v.case_id = ?1 AND v.back_round IS NULL ORDER BY v.round_id")
        });
        let rule = rules::VANISHED;
        let rows: Vec<(u16, String, RoundId, bool)> =
            self.list("read what vanished of a case", &SQL, rusqlite::params![case, rule], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let struck_out =
            rows.iter().filter(|(.., right)| *right).map(|(read, row, ..)| (*read, row.clone())).collect();
        let missing = || rows.iter().filter(|(.., right)| !right);
        let Some((_, _, first, _)) = missing().next() else { return Ok((None, struck_out)) };
        let missed_at = self.round_facts(*first)?.started;
        let told_at = self.told_before(case, missed_at)?;
        Ok((Some(Vanished { rows: missing().count() as u32, missed_at, told_at }), struck_out))
    }
}

/// A decision on rows that vanished before says nothing of those that did since.
pub(super) fn unsettled(mut known: Vec<Known>, vanished: Option<&Vanished>) -> Vec<Known> {
    if vanished.is_some() {
        for known in known.iter_mut().filter(|known| known.rule == rules::VANISHED) {
            known.settled = false;
        }
    }
    known
}
