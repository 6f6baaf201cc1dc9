//! Findings that wait for a supervisor, as the digest names them.

use super::super::events::any;
use super::super::{Ledger, LedgerError, cannot};
use super::reading::{why, why_columns};
use crate::domain::finding::Event;
use crate::domain::overview::PendingFinding;
use crate::domain::rules;
use crate::domain::text::Language;

/// How many of the newest are named, and how many of those that wait longest.
const NAMED: usize = 10;

impl Ledger {
    /// Those that wait, the newest first, be it by what was added to them, and how many there are.
    pub(in crate::edge::ledger) fn pending(
        &self,
        language: Language,
    ) -> Result<(Vec<PendingFinding>, u64), LedgerError> {
        let count = "SELECT count(*) FROM finding WHERE standing = 'pending'";
        let count: u64 =
            self.db.query_row(count, [], |row| row.get(0)).map_err(cannot("count what waits for review"))?;
        let mut pending = self.pending_by(language, "DESC")?;
        let named: Vec<i64> = pending.iter().map(|it| it.finding).collect();
        let mut oldest = self.pending_by(language, "ASC")?;
        oldest.reverse();
        pending.extend(oldest.into_iter().filter(|it| !named.contains(&it.finding)));
        Ok((pending, count))
    }

    fn pending_by(&self, language: Language, order: &str) -> Result<Vec<PendingFinding>, LedgerError> {
        let began = format!(
            "(SELECT e.at FROM finding_event AS e WHERE e.finding_id = f.id AND e.event IN ({}) ORDER BY e.id DESC LIMIT 1)",
            any(Event::BEGINS)
        );
        let news = if order == "DESC" { "l.id" } else { "f.id" };
        let sql = format!(
            "SELECT f.id, f.subject, coalesce(u.name, f.unit, ''), f.rule, substr({began}, 1, 10), {reason}
             FROM finding AS f LEFT JOIN unit AS u ON u.code = f.unit
             LEFT JOIN finding_event AS l ON l.id = (SELECT e.id FROM finding_event AS e
                 WHERE e.finding_id = f.id AND e.by IS NULL ORDER BY e.id DESC LIMIT 1)
             WHERE f.standing = 'pending' ORDER BY {news} {order} LIMIT {NAMED}",
            reason = why_columns(language, "l."),
        );
        self.list("name what waits for review", &sql, [], |row| {
            let rule: String = row.get(3)?;
            Ok(PendingFinding {
                finding: row.get(0)?,
                subject: row.get(1)?,
                unit: row.get(2)?,
                rule: rules::name(&rule).words(language),
                raised_at: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
                why: why(row, 5, language)?.unwrap_or_default(),
            })
        })
    }
}
