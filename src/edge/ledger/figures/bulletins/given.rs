//! The cards of a period: cases by unit under their highest, cards by rule.

use super::instants;
use crate::domain::bulletin::{Period, RuleLine};
use crate::domain::card::Card;
use crate::domain::finding::Event;
use crate::domain::policy::Policy;
use crate::domain::rules::UNCOUNTED;
use crate::domain::text::{Language, say};
use crate::edge::ledger::events::{any, rules};
use crate::edge::ledger::stored::parsed;
use crate::edge::ledger::{Ledger, LedgerError};

/// Cases of a unit with one card.
pub(super) struct CardsGiven {
    pub unit: String,
    /// The highest that they were given; `None`: a card was withdrawn.
    pub card: Option<Card>,
    pub cases: u64,
}

impl Ledger {
    /// Cases by unit and the highest card they were given in a period. A case counts once under
    /// each of the two; data faults and what only waited for a supervisor are left out.
    pub(super) fn cards_by_unit(&self, period: Period) -> Result<Vec<CardsGiven>, LedgerError> {
        let (given, revoked) = (given(), any([Event::Revoked]));
        let sql = format!(
            "WITH given AS ({given}),
             highest AS (SELECT unit, case_id, max(rank) AS rank FROM given WHERE event <> {revoked} AND standing <> 'revoked'
                 GROUP BY unit, case_id),
             withdrawn AS (SELECT DISTINCT unit, case_id FROM given WHERE event = {revoked} AND standing = 'revoked')
             SELECT unit, CASE rank WHEN 3 THEN 'red' WHEN 2 THEN 'yellow' ELSE 'notice' END, count(*) FROM highest GROUP BY 1, 2
             UNION ALL SELECT unit, '', count(*) FROM withdrawn GROUP BY unit"
        );
        let rows = self.list("count the cards of a period", &sql, instants(period), |row| {
            Ok((row.get::<_, Option<String>>(0)?.unwrap_or_default(), row.get::<_, String>(1)?, row.get(2)?))
        })?;
        let read = |(unit, card, cases): (String, String, u64)| {
            let card = if card.is_empty() { None } else { Some(parsed("a card", &card)?) };
            Ok(CardsGiven { unit, card, cases })
        };
        rows.into_iter().map(read).collect()
    }

    pub(super) fn cards_by_rule(
        &self,
        policy: &Policy,
        period: Period,
        language: Language,
    ) -> Result<Vec<RuleLine>, LedgerError> {
        let (given, revoked) = (given(), any([Event::Revoked]));
        let sql = format!(
            "WITH given AS ({given}),
             highest AS (SELECT rule, unit, finding_id, max(rank * (event <> {revoked} AND standing <> 'revoked')) AS rank,
                 max(event = {revoked} AND standing = 'revoked') AS revoked FROM given GROUP BY rule, finding_id)
             SELECT h.rule, h.unit, sum(rank = 1), sum(rank = 2), sum(rank = 3), sum(revoked) FROM highest AS h
             LEFT JOIN unit AS u ON u.code = h.unit GROUP BY h.rule, h.unit ORDER BY h.rule, u.place IS NULL, u.place"
        );
        let rows = self.list("count the cards by rule", &sql, instants(period), |row| {
            let counts: [u64; 4] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, counts))
        })?;
        let mut lines: Vec<RuleLine> = Vec::new();
        for (rule, unit, [notice, yellow, red, revoked]) in rows {
            if lines.last().is_none_or(|line| line.rule != rule) {
                lines.push(RuleLine { rule, ..RuleLine::default() });
            }
            let line = lines.last_mut().expect("one was put there");
            line.notice += notice;
            line.yellow += yellow;
            line.red += red;
            line.revoked += revoked;
            if notice + yellow + red > 0 {
                let code = unit.unwrap_or_default();
                let known = policy.registry.units.get(&code).map(|unit| unit.name.clone());
                line.units.push(known.unwrap_or_else(|| stranger(&code, language)));
            }
        }
        Ok(lines)
    }
}

/// How a unit is named that the catalogue does not have; empty: it is not known.
pub(super) fn stranger(code: &str, language: Language) -> String {
    let named =
        if code.is_empty() { say!("bulletin-unit_unknown") } else { say!("bulletin-unit_gone", code) };
    named.words(language)
}

/// Every card given or withdrawn between two instants.
fn given() -> String {
    let (to_answer, revoked) = (any(Event::TO_ANSWER), any([Event::Revoked]));
    let uncounted = rules(UNCOUNTED);
    format!(
        "SELECT f.unit, f.case_id, f.rule, e.finding_id, e.event, f.standing,
        CASE e.card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END AS rank
    FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
    WHERE e.at >= ?1 AND e.at < ?2 AND f.issued AND f.case_id IS NOT NULL AND f.rule NOT IN ({uncounted})
        AND e.event IN ({to_answer}, {revoked})"
    )
}
