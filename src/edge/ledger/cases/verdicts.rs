//! What was found in a period, case by case, for comparing one way of judging with another.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::stored::parsed;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::card::Card;
use crate::domain::finding::Event;
use crate::domain::rules::WITNESSED;

/// What identifies a finding in any ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerdictKey {
    /// Name of the source.
    pub source: String,
    /// Number of the case.
    pub case: String,
    /// Id of the rule.
    pub rule: String,
    /// Key of the clock's run; empty for rules that are no matter of time.
    pub clock: String,
}

/// A finding of the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its card at the end of the period.
    pub card: Card,
    /// The civil day on which it was first raised.
    pub raised_on: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the item.
    pub item: Option<String>,
    /// It had been withdrawn by then.
    withdrawn: bool,
}

impl Ledger {
    /// The findings on cases that were first raised from one day to another and had not been withdrawn by the end of the
    /// period, with the cards of its end. Rules that need a witness are left out.
    pub fn verdicts(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<VerdictKey, Verdict>, LedgerError> {
        let fail = cannot("read what was found");
        let sql = "SELECT s.name, f.subject, f.rule, f.clock, e.card, substr(e.at, 1, 10) AS day, f.unit, f.item, e.event
                   FROM finding AS f JOIN \"case\" AS c ON c.id = f.case_id JOIN source AS s ON s.id = c.source_id
                   JOIN finding_event AS e ON e.finding_id = f.id
                   WHERE day <= ?1 ORDER BY f.id, e.id";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([to.to_string()]).map_err(&fail)?;
        let mut verdicts: BTreeMap<VerdictKey, Verdict> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let key = VerdictKey { source: text(0)?, case: text(1)?, rule: text(2)?, clock: text(3)? };
            if WITNESSED.contains(&&*key.rule) {
                continue;
            }
            let (card, withdrawn) = (parsed("a card", &text(4)?)?, text(8)? == Event::Revoked.word());
            if let Some(verdict) = verdicts.get_mut(&key) {
                (verdict.card, verdict.withdrawn) = (card, withdrawn);
                continue;
            }
            let (unit, item) = (row.get(6).map_err(&fail)?, row.get(7).map_err(&fail)?);
            verdicts.insert(key, Verdict { card, raised_on: text(5)?, unit, item, withdrawn });
        }
        let from = from.to_string();
        verdicts.retain(|_, verdict| verdict.raised_on >= from && !verdict.withdrawn);
        Ok(verdicts)
    }
}
