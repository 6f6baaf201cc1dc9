//! What was found of a case so far, and its clocks as they were last judged.

use std::sync::LazyLock;

use super::super::events::any;
use super::super::stored::{moment, parsed, text};
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::case_file::Held;
use crate::domain::finding::{Event, Known, Withdrawn};
use crate::domain::moment::Moment;
use crate::domain::rules;

/// The findings of a case, the first first.
static KNOWN: LazyLock<String> = LazyLock::new(|| {
    let (told, told_card) = (first_letter(&any(Event::BEGINS)), first_letter(&any(Event::GIVES)));
    let begins = any(Event::BEGINS);
    // By a person: what jianchad withdraws comes back by itself.
    let withdrew = format!("e.by IS NOT NULL AND e.event IN ({})", any([Event::Revoked, Event::Dismissed]));
    let (contested, began) = (any([Event::Contested]), any([Event::Raised, Event::Revoked]));
    let (rule, referred) = (rules::DATA_FAULT, any([Event::Referred]));
    let changed = rules::CHANGED_AFTER;
    let says = any([Event::Raised, Event::Reopened, Event::Grown]);
    let said =
        format!("SELECT s.at FROM finding_event AS s WHERE s.finding_id = f.id AND s.event IN ({says})");
    format!(
        "SELECT id, rule, clock, standing, card, passed, settled, order_kept IS 0, unit, contested_at IS NOT NULL, upheld_at,
             {told}, iif(contested_at IS NULL AND upheld_at IS NULL, NULL, (SELECT max(e.at) FROM finding_event AS e
                 WHERE e.finding_id = f.id AND e.event = {contested} AND e.id > (SELECT max(id) FROM finding_event AS b
                     WHERE b.finding_id = f.id AND b.event IN ({began})))), {told_card},
             iif(rule = '{rule}', (SELECT max(e.at) FROM finding_event AS e WHERE e.finding_id = f.id AND {withdrew}), NULL),
             iif(rule = '{rule}', (SELECT group_concat(r.why, char(10)) FROM finding_event AS r
                 WHERE r.finding_id = f.id AND r.event IN ({begins})
                     AND r.id < (SELECT max(e.id) FROM finding_event AS e WHERE e.finding_id = f.id AND {withdrew})), NULL),
             iif(rule = '{changed}', ({said} AND s.id < (SELECT max(e.id) FROM finding_event AS e
                 WHERE e.finding_id = f.id AND {withdrew}) ORDER BY s.id DESC LIMIT 1), NULL),
             iif(rule = '{changed}', ({said} ORDER BY s.id DESC LIMIT 1), NULL),
             iif(rule = '{rule}', (SELECT group_concat(r.why, char(10)) FROM finding_event AS r
                 WHERE r.finding_id = f.id AND r.event = {referred} AND r.id > (SELECT max(b.id) FROM finding_event AS b
                     WHERE b.finding_id = f.id AND b.event IN ({begins}))), NULL)
         FROM finding AS f WHERE case_id = ?1 ORDER BY id"
    )
});

impl Ledger {
    /// The clocks of a case as they were last judged, and by what.
    pub(super) fn held(&self, case: i64) -> Result<Vec<Held>, LedgerError> {
        let fail = cannot("read a case's deadlines");
        let sql = "SELECT clock, due_at, round_id FROM deadline WHERE case_id = ?1";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let mut held = Vec::with_capacity(2);
        while let Some(row) = rows.next().map_err(&fail)? {
            let due = text(row, 1)?.map(|due| moment(due, self.zone)).transpose()?;
            let by = self.round_facts(row.get(2).map_err(&fail)?)?.by;
            held.push(Held { clock: row.get(0).map_err(&fail)?, due, by });
        }
        Ok(held)
    }

    pub(super) fn known(&self, case: i64) -> Result<Vec<Known>, LedgerError> {
        let fail = cannot("read a case's findings");
        let mut find = self.db.prepare_cached(&KNOWN).map_err(&fail)?;
        let mut rows = find.query([case]).map_err(&fail)?;
        let mut known = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let when = |at: usize| {
                let text: Option<String> = row.get(at).map_err(&fail)?;
                text.map(|text| moment(&text, self.zone)).transpose()
            };
            known.push(Known {
                id: row.get(0).map_err(&fail)?,
                rule: text(1)?,
                clock: text(2)?,
                standing: parsed("a finding's standing", &text(3)?)?,
                card: parsed("a card", &text(4)?)?,
                passed: row.get(5).map_err(&fail)?,
                settled: row.get(6).map_err(&fail)?,
                order_failed: row.get(7).map_err(&fail)?,
                unit: row.get(8).map_err(&fail)?,
                contested: row.get(9).map_err(&fail)?,
                upheld: when(10)?,
                told: when(11)?,
                asked: when(12)?,
                told_card: when(13)?,
                withdrawn: when(14)?.zip(row.get::<_, Option<String>>(15).map_err(&fail)?).map(withdrawn),
                referred: row.get(18).map_err(&fail)?,
                covered: when(16)?,
                said: when(17)?,
            });
        }
        Ok(known)
    }
}

fn withdrawn((at, words): (Moment, String)) -> Withdrawn {
    Withdrawn { at, words }
}

/// When the first letter on a finding left since the last of some events: the beginning of the round that sent it, where it did
/// not wait.
fn first_letter(since: &str) -> String {
    format!(
        "(SELECT min(iif(julianday(coalesce(l.sent_at, l.handed_at)) - julianday(l.written_at) < 10.0 / 1440,
             l.written_at, coalesce(l.sent_at, l.handed_at))) FROM finding_event AS e
         JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
         WHERE e.finding_id = f.id AND e.card <> 'notice' AND e.id >= (SELECT max(id) FROM finding_event AS b
             WHERE b.finding_id = f.id AND b.event IN ({since})))"
    )
}
