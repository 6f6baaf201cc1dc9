//! The red cards by name: the open ones, as the digest begins with them, and those of a period, as a bulletin lists them.

use rusqlite::Row;

use super::super::events::{any, rules};
use super::super::figures::bulletins::instants;
use super::super::stored::moment;
use super::super::{Ledger, LedgerError};
use crate::domain::bulletin::{Period, RedCase};
use crate::domain::count::working_days_late;
use crate::domain::finding::Event;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::overview::RedCard;
use crate::domain::policy::Policy;
use crate::domain::rules::{self, UNCOUNTED, time_limit};
use crate::domain::text::Language;

/// How many are named.
const NAMED: usize = 100;
/// How many a bulletin lists.
const LISTED: usize = 200;

/// What a row says of the clock of a card, before it is counted.
struct Running {
    rule: String,
    clock: String,
    item: Option<String>,
    unit: Option<String>,
    started: Option<String>,
    due: Option<String>,
    until: Option<String>,
}

impl Ledger {
    /// The cases with an open red card, the longest late first; of several cards on one case the first that fell due.
    pub(in crate::edge::ledger) fn red_cards(
        &self,
        policy: &Policy,
        language: Language,
        now: &Now,
    ) -> Result<Vec<RedCard>, LedgerError> {
        let uncounted = rules(UNCOUNTED);
        // SQLite takes the other columns from the row of the minimum.
        let sql = format!(
            "SELECT f.subject, coalesce(i.name, f.item, ''), coalesce(u.name, f.unit, ''), iif(c.holder <> f.unit, coalesce(h.name, c.holder), NULL),
                 f.contested_at IS NOT NULL, f.appealed_at IS NOT NULL, iif(f.order_kept IS NULL, f.order_due, NULL),
                 f.answered_at IS NOT NULL, substr(f.answer_due, 1, 10), f.rule, f.clock, f.item, f.unit, d.started_at, d.due_at,
                 coalesce(d.stopped_at, d.paused_since), min(coalesce(d.due_at, '9999') || f.id)
             FROM finding AS f JOIN \"case\" AS c ON c.id = f.case_id
             LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
             LEFT JOIN item AS i ON i.code = f.item LEFT JOIN unit AS u ON u.code = f.unit
             LEFT JOIN unit AS h ON h.code = c.holder
             WHERE f.standing = 'open' AND f.card = 'red' AND f.rule NOT IN ({uncounted})
             GROUP BY f.case_id ORDER BY coalesce(d.due_at, '9999'), f.id LIMIT {NAMED}"
        );
        let rows = self.list("name the red cards", &sql, [], |row| Ok((card(row)?, running(row)?)))?;
        let until = Moment::instant(now.instant);
        let named = rows.into_iter().map(|(card, running)| {
            let late = self.late(&running, policy, language, until)?;
            Ok(RedCard { matter: matter(&running, policy, language), late, ..card })
        });
        named.collect()
    }

    /// The cases that were given a red card in a period, and did not have it withdrawn.
    pub(in crate::edge::ledger) fn red_cases(
        &self,
        policy: &Policy,
        language: Language,
        period: Period,
    ) -> Result<Vec<RedCase>, LedgerError> {
        let (to_answer, uncounted) = (any(Event::TO_ANSWER), rules(UNCOUNTED));
        let sql = format!(
            "SELECT f.subject, coalesce(i.name, f.item, ''), coalesce(u.name, f.unit, ''), NULL, 0, 0, NULL, 0, NULL,
                 f.rule, f.clock, f.item, f.unit, d.started_at, d.due_at, coalesce(d.stopped_at, d.paused_since),
                 d.stopped_at IS NOT NULL OR f.standing = 'resolved', min(coalesce(d.due_at, '9999') || f.id)
             FROM finding AS f
             LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
             LEFT JOIN item AS i ON i.code = f.item LEFT JOIN unit AS u ON u.code = f.unit
             WHERE f.id IN (SELECT e.finding_id FROM finding_event AS e
                     WHERE e.at >= ?1 AND e.at < ?2 AND e.card = 'red' AND e.event IN ({to_answer}))
                 AND f.issued AND f.case_id IS NOT NULL AND f.standing <> 'revoked' AND f.rule NOT IN ({uncounted})
             GROUP BY f.case_id ORDER BY coalesce(u.place, 9999), coalesce(d.due_at, '9999'), f.id LIMIT {LISTED}"
        );
        let row = |row: &Row<'_>| Ok((card(row)?, running(row)?, row.get::<_, bool>(16)?));
        let rows = self.list("name the red cards of a period", &sql, instants(period), row)?;
        let until = Moment::day(period.to, self.zone);
        let named = rows.into_iter().map(|(card, running, over)| {
            let late = self.late(&running, policy, language, until)?;
            let RedCard { case_number, item, unit, .. } = card;
            Ok(RedCase { case_number, item, unit, matter: matter(&running, policy, language), late, over })
        });
        named.collect()
    }

    /// How late the case of a card is at a moment, or was when it ended.
    fn late(
        &self,
        running: &Running,
        policy: &Policy,
        language: Language,
        now: Moment,
    ) -> Result<Option<String>, LedgerError> {
        let Some(due) = running.due.as_ref().filter(|_| running.rule == time_limit::ID) else {
            return Ok(None);
        };
        let due = moment(due, self.zone)?;
        let until = running.until.as_ref().map(|at| moment(at, self.zone)).transpose()?;
        let until = until.unwrap_or(now);
        let item = running.item.as_ref().and_then(|code| policy.registry.items.get(code));
        let calendar = item.map_or(&policy.calendar, |it| policy.calendar_of(it, running.unit.as_deref()));
        let days = working_days_late(calendar, policy.zone, &due, &until).unwrap_or(0).max(1);
        Ok(until.order(&due).is_gt().then(|| time_limit::lateness(days, due, until).words(language)))
    }
}

fn card(row: &Row<'_>) -> rusqlite::Result<RedCard> {
    Ok(RedCard {
        case_number: row.get(0)?,
        item: row.get(1)?,
        unit: row.get(2)?,
        holder: row.get(3)?,
        contested: row.get(4)?,
        appealed: row.get(5)?,
        order_due: row.get(6)?,
        answered: row.get(7)?,
        answer_due: row.get(8)?,
        ..RedCard::default()
    })
}

fn running(row: &Row<'_>) -> rusqlite::Result<Running> {
    Ok(Running {
        rule: row.get(9)?,
        clock: row.get(10)?,
        item: row.get(11)?,
        unit: row.get(12)?,
        started: row.get(13)?,
        due: row.get(14)?,
        until: row.get(15)?,
    })
}

/// The name of the clock, else of the rule.
fn matter(running: &Running, policy: &Policy, language: Language) -> String {
    let item = running.item.as_ref().and_then(|code| policy.registry.items.get(code));
    let started = running.started.as_ref().and_then(|at| at.get(..10)?.parse().ok());
    let clock = policy.clock(&running.clock, started, item).filter(|_| !running.clock.is_empty());
    let rule = || rules::name(&running.rule).words(language);
    clock.map_or_else(rule, |clock| clock.name_of(&running.clock).words(language))
}
