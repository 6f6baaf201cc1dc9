//! What others ask of the ledger: cards as the national standard wants them, cases to draw a sample from.

use rusqlite::params;

use super::super::events::rules;
use super::super::stored::parsed;
use super::super::{Ledger, LedgerError};
use crate::domain::card::Card;
use crate::domain::finding::Standing;
use crate::domain::rules::UNCOUNTED;

/// A card as GB/T 39046—2020, table 11 (电子监察), wants it; texts as they stand in the ledger.
#[derive(Debug, Clone)]
pub struct StandardCard {
    pub case_number: String,
    pub unit_name: String,
    pub category: Option<String>,
    pub told_at: Option<String>,
    pub finding: i64,
    pub rule: String,
    pub clock: String,
    pub card: Card,
    pub standing: Standing,
    pub changed_at: String,
    pub why: String,
}

/// A case that came to an end in a month.
#[derive(Debug, Clone)]
pub struct EndedCase {
    pub source: String,
    pub number: String,
    pub item_name: Option<String>,
    pub unit_name: Option<String>,
    pub ended_at: String,
}

/// Which cards are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichCards {
    /// Every one.
    All,
    /// Those that stand.
    Open,
}

impl Ledger {
    /// The cards that were issued on cases, in the order of the findings; data faults are none.
    pub fn standard_cards(&self, which: WhichCards) -> Result<Vec<StandardCard>, LedgerError> {
        let uncounted = rules(UNCOUNTED);
        let sql = format!("SELECT f.case_number, coalesce(f.unit_name, ''), (SELECT category FROM item WHERE code = f.item_code),
                       (SELECT min(l.written_at) FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id
                        JOIN letter AS l ON l.id = t.letter_id WHERE e.finding_id = f.finding),
                       f.finding, f.rule, f.clock, f.card, f.standing, f.changed_at, f.why
                   FROM findings AS f JOIN finding AS own ON own.id = f.finding
                   WHERE own.case_id IS NOT NULL AND f.rule NOT IN ({uncounted}) AND f.standing <> 'pending'
                     AND (NOT ?1 OR f.standing = 'open') ORDER BY f.finding");
        let cards = self.list("list the cards", &sql, [which == WhichCards::Open], |row| {
            let card = parsed("a card", &row.get::<_, String>(7)?);
            let standing = parsed("a finding's standing", &row.get::<_, String>(8)?);
            let (card, standing) = match (card, standing) {
                (Ok(card), Ok(standing)) => (card, standing),
                (Err(error), _) | (_, Err(error)) => return Ok(Err(error)),
            };
            Ok(Ok(StandardCard {
                case_number: row.get(0)?,
                unit_name: row.get(1)?,
                category: row.get(2)?,
                told_at: row.get(3)?,
                finding: row.get(4)?,
                rule: row.get(5)?,
                clock: row.get(6)?,
                card,
                standing,
                changed_at: row.get(9)?,
                why: row.get(10)?,
            }))
        })?;
        cards.into_iter().collect()
    }

    /// The cases that were decided, closed, refused or withdrawn in a month (`2011-12`), by the record as it stands.
    pub fn ended_in(&self, month: &str) -> Result<Vec<EndedCase>, LedgerError> {
        let sql = "SELECT s.name, c.number, i.name, u.name, min(t.occurred_at)
                   FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id JOIN source AS s ON s.id = c.source_id
                   LEFT JOIN item AS i ON i.code = c.item LEFT JOIN unit AS u ON u.code = coalesce(c.unit, i.unit)
                   WHERE t.kind IN ('decided', 'closed', 'not_accepted', 'withdrawn')
                     AND substr(t.occurred_at, 1, 7) = ?1
                     AND NOT EXISTS (SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read
                         AND l.row = t.row AND l.part = t.part AND l.revision > t.revision)
                   GROUP BY c.id";
        self.list("list the cases of a month", sql, params![month], |row| {
            Ok(EndedCase {
                source: row.get(0)?,
                number: row.get(1)?,
                item_name: row.get(2)?,
                unit_name: row.get(3)?,
                ended_at: row.get(4)?,
            })
        })
    }
}
