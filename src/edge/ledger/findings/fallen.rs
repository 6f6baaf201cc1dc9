//! Cards that fell before anybody was told of them, as the digest names them.

use super::super::events::any;
use super::super::stored::parsed;
use super::super::{Ledger, LedgerError};
use super::reading::{why, why_columns};
use crate::domain::card::Card;
use crate::domain::finding::Event;
use crate::domain::now::Now;
use crate::domain::overview::FallenCard;
use crate::domain::policy::Policy;
use crate::domain::text::Language;

/// How many are named.
const NAMED: usize = 10;

impl Ledger {
    /// Those withdrawn since the beginning of the last working day, the newest first, and how many there are.
    pub(in crate::edge::ledger) fn fallen(
        &self,
        policy: &Policy,
        language: Language,
        now: &Now,
    ) -> Result<(Vec<FallenCard>, u64), LedgerError> {
        let since = policy.calendar.last_before(now.today());
        let sql = format!(
            "SELECT f.id, f.subject, coalesce(u.name, f.unit, ''), e.card, substr(e.at, 1, 16), {}, count(*) OVER ()
             FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id LEFT JOIN unit AS u ON u.code = f.unit
             WHERE e.at >= ?1 AND e.event = {revoked} AND e.by IS NULL AND e.card <> '{notice}' AND f.standing = 'revoked'
               AND NOT EXISTS (SELECT 1 FROM finding_event AS t JOIN letter_event AS l ON l.event_id = t.id
                               WHERE t.finding_id = f.id AND t.card <> '{notice}' AND t.event <> {revoked})
             ORDER BY e.id DESC LIMIT {NAMED}",
            why_columns(language, "e."),
            revoked = any([Event::Revoked]),
            notice = Card::Notice,
        );
        let rows = self.list("name cards that fell untold", &sql, [since.to_string()], |row| {
            let fallen = FallenCard {
                finding: row.get(0)?,
                subject: row.get(1)?,
                unit: row.get(2)?,
                card: row.get(3)?,
                withdrawn_at: row.get::<_, String>(4)?.replace('T', " "),
                why: why(row, 5, language)?.unwrap_or_default(),
            };
            Ok((fallen, row.get::<_, u64>(7)?))
        })?;
        let count = rows.first().map_or(0, |(_, count)| *count);
        let named = rows.into_iter().map(|(fallen, _)| {
            let card: Card = parsed("a card", &fallen.card)?;
            Ok(FallenCard { card: card.text().words(language), ..fallen })
        });
        Ok((named.collect::<Result<_, LedgerError>>()?, count))
    }
}
