//! Faults in the records of cases that are late or nearly so, as the digest names them.

use super::super::events::any;
use super::super::stored::parsed;
use super::super::{Ledger, LedgerError};
use super::reading::{why, why_columns};
use crate::domain::card::Card;
use crate::domain::finding::Event;
use crate::domain::overview::FaultOfLate;
use crate::domain::rules::{DATA_FAULT, time_limit};
use crate::domain::text::Language;

/// How many are named.
const NAMED: usize = 10;

impl Ledger {
    /// Those that stand beside an open notice or card for a limit, the gravest card first and then the oldest, and how many there
    /// are.
    pub(in crate::edge::ledger) fn in_the_way(
        &self,
        language: Language,
    ) -> Result<(Vec<FaultOfLate>, u64), LedgerError> {
        let sql = format!(
            "SELECT f.id, f.subject, coalesce(u.name, f.unit, ''), t.card, {}, count(*) OVER ()
             FROM finding AS f JOIN finding AS t ON t.id = (SELECT o.id FROM finding AS o
                 WHERE o.case_id = f.case_id AND o.rule = '{limit}' AND o.standing = 'open'
                 ORDER BY CASE o.card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, o.id LIMIT 1)
             LEFT JOIN unit AS u ON u.code = f.unit
             LEFT JOIN finding_event AS w ON w.id = (SELECT e.id FROM finding_event AS e
                 WHERE e.finding_id = f.id AND e.by IS NULL AND e.event NOT IN ({presses}) ORDER BY e.id DESC LIMIT 1)
             WHERE f.rule = '{DATA_FAULT}' AND f.standing = 'open'
             ORDER BY CASE t.card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, f.id LIMIT {NAMED}",
            why_columns(language, "w."),
            limit = time_limit::ID,
            presses = any(Event::PRESSES),
        );
        let rows = self.list("name faults in the records of late cases", &sql, [], |row| {
            let fault = FaultOfLate {
                finding: row.get(0)?,
                subject: row.get(1)?,
                unit: row.get(2)?,
                card: row.get(3)?,
                why: why(row, 4, language)?.unwrap_or_default(),
            };
            Ok((fault, row.get::<_, u64>(6)?))
        })?;
        let count = rows.first().map_or(0, |(_, count)| *count);
        let named = rows.into_iter().map(|(fault, _)| {
            let card: Card = parsed("a card", &fault.card)?;
            Ok(FaultOfLate { card: card.text().words(language), ..fault })
        });
        Ok((named.collect::<Result<_, LedgerError>>()?, count))
    }
}
