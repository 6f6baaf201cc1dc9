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
        let likely = self.likely(case, *first)?;
        Ok((Some(Vanished { rows: missing().count() as u32, missed_at, told_at, likely }), struck_out))
    }

    /// The numbers of the cases that were first read after the last sweep before a round, and say everything that the rows said which a
    /// case has lost; none where these are more than a few, as they say nothing then.
    fn likely(&self, case: i64, missed: RoundId) -> Result<Vec<String>, LedgerError> {
        static SQL: LazyLock<String> = LazyLock::new(|| {
            let lost = "FROM vanished_row AS v JOIN trace AS t USING (case_id, read, row)
                 WHERE v.case_id = o.id AND v.back_round IS NULL AND t.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM trace AS l
                     WHERE (l.case_id, l.read, l.row, l.part) = (t.case_id, t.read, t.row, t.part) AND l.revision > t.revision)";
            let said =
                "SELECT 1 FROM trace AS n WHERE n.case_id = c.id AND (n.read, n.part, n.kind, n.occurred_at)
                     = (t.read, t.part, t.kind, t.occurred_at) AND n.stage IS t.stage AND n.by IS t.by";
            format!(
                "SELECT c.number FROM \"case\" AS o JOIN \"case\" AS c ON c.source_id = o.source_id AND c.item IS o.item
                 WHERE o.id = ?1 AND c.id <> ?1 AND c.id > coalesce((SELECT id FROM \"case\" WHERE first_round <=
                         (SELECT coalesce(max(round_id), 0) FROM source_sweep WHERE source_id = o.source_id AND round_id < ?2)
                     ORDER BY id DESC LIMIT 1), 0)
                     AND EXISTS (SELECT 1 {lost}) AND NOT EXISTS (SELECT 1 {lost} AND NOT EXISTS ({said}))
                 ORDER BY c.id LIMIT {}",
                LIKELY + 1
            )
        });
        let values = rusqlite::params![case, missed];
        let found = self.list("look for cases like one that is gone", &SQL, values, |row| row.get(0))?;
        Ok(if found.len() > LIKELY { Vec::new() } else { found })
    }
}

/// So many numbers are named as a case's new one.
const LIKELY: usize = 3;

/// A decision on rows that vanished before says nothing of those that did since.
pub(super) fn unsettled(mut known: Vec<Known>, vanished: Option<&Vanished>) -> Vec<Known> {
    if vanished.is_some() {
        for known in known.iter_mut().filter(|known| known.rule == rules::VANISHED) {
            known.settled = false;
        }
    }
    known
}
