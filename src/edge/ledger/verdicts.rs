//! What was found in a period, case by case, for comparing one way of judging with another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::params;

use super::stored::parsed;
use super::{Ledger, LedgerError, cannot};
use crate::domain::finding::Card;

/// What identifies a finding in any ledger: source, case, rule, clock.
pub type VerdictKey = (String, String, String, String);

/// A finding of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its highest card.
    pub card: Card,
    /// The civil day on which it was first raised.
    pub raised_on: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the item.
    pub item: Option<String>,
}

impl Ledger {
    /// The findings on cases that were first raised from one day to another and were not withdrawn.
    pub fn verdicts(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<VerdictKey, Verdict>, LedgerError> {
        let fail = cannot("read what was found");
        let sql = "SELECT s.name, f.subject, f.rule, f.clock, f.card, substr(min(e.at), 1, 10) AS day, f.unit, f.item
                   FROM finding AS f JOIN \"case\" AS c ON c.id = f.case_id JOIN source AS s ON s.id = c.source_id
                   JOIN finding_event AS e ON e.finding_id = f.id AND e.event = 'raised'
                   WHERE f.standing <> 'revoked' GROUP BY f.id HAVING day BETWEEN ?1 AND ?2";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query(params![from.to_string(), to.to_string()]).map_err(&fail)?;
        let mut verdicts = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let verdict = Verdict {
                card: parsed("a card", &text(4)?)?,
                raised_on: text(5)?,
                unit: row.get(6).map_err(&fail)?,
                item: row.get(7).map_err(&fail)?,
            };
            verdicts.insert((text(0)?, text(1)?, text(2)?, text(3)?), verdict);
        }
        Ok(verdicts)
    }
}
