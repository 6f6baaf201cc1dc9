//! Cards that nobody answered, and orders to finish.

use rusqlite::params;

use super::super::cases::judgements::Entry;
use super::super::events::any;
use super::super::rounds::RoundId;
use super::super::stored::moment;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::card::Card;
use crate::domain::finding::{Event, Standing};
use crate::domain::now::Now;
use crate::domain::overview::OverdueAnswer;
use crate::domain::plan::reminders::{self, Ordered, Reminder, Settled, Unanswered};
use crate::domain::policy::Policy;
use crate::domain::rules::ANSWERED;
use crate::domain::text::Language;

/// Whether no answer is waited for: an order to finish stands in its place, while it runs and until the card is told anew; or the
/// card has risen, and that was told to nobody yet.
pub(super) fn not_awaited() -> String {
    let [ordered, escalated, upheld] =
        [Event::Ordered, Event::Escalated, Event::Upheld].map(|event| any([event]));
    let to_answer = any(Event::TO_ANSWER);
    format!(
        "((f.order_due IS NOT NULL AND f.order_kept IS NULL)
         OR EXISTS (SELECT 1 FROM finding_event AS o WHERE o.finding_id = f.id AND o.event = {ordered} AND o.id > (SELECT max(b.id)
             FROM finding_event AS b WHERE b.finding_id = f.id AND b.event IN ({to_answer}, {upheld})))
         OR EXISTS (SELECT 1 FROM finding_event AS u WHERE u.finding_id = f.id AND u.event = {escalated}
             AND julianday(u.at) > julianday(f.told_at)))"
    )
}

/// When the first letter left that tells of a card since it was told: until the server took one, nobody can answer.
const LEFT: &str =
    "(SELECT min(l.sent_at) FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id
    JOIN letter AS l ON l.id = t.letter_id
    WHERE e.finding_id = f.id AND julianday(l.sent_at) >= julianday(f.told_at))";

/// Cards named one by one in the digest.
const NAMED: usize = 100;

/// The rules that ask for an answer though they give no card, as a list in SQL.
pub(super) fn answered() -> String {
    ANSWERED.map(|rule| format!("'{rule}'")).join(", ")
}

impl Ledger {
    /// The cards that were to be answered by an earlier day: those that wait longest, and how many there are.
    pub(in crate::edge::ledger) fn overdue_answers(
        &self,
        language: Language,
        now: &Now,
    ) -> Result<(Vec<OverdueAnswer>, [u64; 2]), LedgerError> {
        let sql = "SELECT f.subject, coalesce(u.name, f.unit, ''), iif(max(f.card = 'red'), 'red', 'yellow'),
                       substr(min(f.answer_due), 1, 10), sum(count(*)) OVER (), coalesce(i.name, f.item, ''), count(*), count(*) OVER ()
                   FROM finding AS f LEFT JOIN unit AS u ON u.code = f.unit LEFT JOIN item AS i ON i.code = f.item
                   WHERE f.told_at IS NOT NULL AND f.answered_at IS NULL AND f.standing IN ('open', 'resolved') AND f.contested_at IS NULL AND f.appealed_at IS NULL AND f.card <> 'notice'
                       AND substr(f.answer_due, 1, 10) < ?1 AND NOT {not_awaited} AND {LEFT} IS NOT NULL
                   GROUP BY f.subject, f.unit ORDER BY min(f.answer_due), min(f.id) LIMIT ?2";
        let sql = &sql.replace("{not_awaited}", &not_awaited()).replace("{LEFT}", LEFT);
        let values = rusqlite::params![now.today().to_string(), NAMED as i64];
        let rows = self.list("list the unanswered cards", sql, values, |row| {
            let card: String = row.get(2)?;
            let card = card.parse::<Card>().map_or(card, |card| card.text().words(language));
            let (case_number, unit, answer_due, item) = (row.get(0)?, row.get(1)?, row.get(3)?, row.get(5)?);
            let cards = row.get(6)?;
            let answer = OverdueAnswer { case_number, item, unit, card, cards, answer_due };
            Ok((answer, [row.get(4)?, row.get(7)?]))
        })?;
        let count = rows.first().map_or([0, 0], |(_, count)| *count);
        Ok((rows.into_iter().map(|(answer, _)| answer).collect(), count))
    }

    /// Reminds of cards that nobody answered and takes them one level up: events that the next letters tell. A case that is
    /// told anew meanwhile begins anew.
    pub fn remind(&mut self, policy: &Policy, round: RoundId, now: &Now) -> Result<(), LedgerError> {
        let fail = cannot("remind of unanswered cards");
        let cards = self.unanswered()?;
        let at = now.instant.to_rfc3339();
        let tx = self.db.transaction().map_err(&fail)?;
        let entry = Entry { tx: &tx, round, policy: &policy.version, at: &at, recent: now.today() };
        for card in &cards {
            if let Some(press) = reminders::of(card, policy, now) {
                entry.press(card, press, now).map_err(&fail)?;
            }
        }
        tx.commit().map_err(&fail)
    }

    /// Cards of which a letter was sent, and that nobody has answered. While an objection waits to be decided the day rests.
    pub fn unanswered(&self) -> Result<Vec<Unanswered>, LedgerError> {
        let sql = "SELECT id, {LEFT} AS told, reminded_at, raised_up_at IS NOT NULL, answer_due, reminders
                   FROM finding AS f INDEXED BY finding_unanswered
                   WHERE told_at IS NOT NULL AND answered_at IS NULL AND (reminders < 3 OR raised_up_at IS NULL) AND standing IN ('open', 'resolved')
                       AND (card <> 'notice' OR rule IN ({answered})) AND contested_at IS NULL AND appealed_at IS NULL AND told IS NOT NULL";
        let sql = &format!("{sql} AND NOT {}", not_awaited())
            .replace("{answered}", &answered())
            .replace("{LEFT}", LEFT);
        let rows = self.list("read which cards are not answered", sql, [], |row| {
            let times = (
                row.get::<_, String>(1)?,
                row.get::<_, Option<String>>(2)?,
                row.get::<_, Option<String>>(4)?,
            );
            Ok((row.get(0)?, times, row.get(3)?, row.get(5)?))
        })?;
        rows.into_iter()
            .map(|(finding, (told, reminded, answer_due), raised_up, reminders)| {
                let maybe = |at: Option<String>| at.map(|at| moment(&at, self.zone)).transpose();
                let (reminded, answer_due) = (maybe(reminded)?, maybe(answer_due)?);
                Ok(Unanswered {
                    finding,
                    told: moment(&told, self.zone)?,
                    answer_due,
                    reminded,
                    reminders,
                    raised_up,
                })
            })
            .collect()
    }

    /// Settles orders to finish: one that was not kept makes the card red.
    pub fn settle_orders(&mut self, policy: &str, round: RoundId, now: &Now) -> Result<(), LedgerError> {
        let fail = cannot("settle orders to finish");
        // A case is over when its record says so, not when we read it; and while its source is dark nobody knows.
        let ended = any([Event::Resolved, Event::Revoked]);
        let sql = &format!("SELECT f.id, f.order_due, iif(f.standing = 'open', NULL, coalesce(d.stopped_at, (SELECT e.at
                       FROM finding_event AS e WHERE e.finding_id = f.id AND e.event IN ({ended})
                       ORDER BY e.id DESC LIMIT 1)))
                   FROM finding AS f LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
                   LEFT JOIN \"case\" AS c ON c.id = f.case_id LEFT JOIN source AS s ON s.id = c.source_id
                   WHERE f.order_due IS NOT NULL AND f.order_kept IS NULL AND f.standing <> 'revoked' AND (s.state IS NULL OR s.state = 'ok')");
        let rows = self.list("read orders to finish", sql, [], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        let mut orders = Vec::new();
        for (finding, due, over) in rows {
            let over = over.map(|at| moment(&at, self.zone)).transpose()?;
            orders.push(Ordered { finding, due: moment(&due, self.zone)?, over });
        }
        let at = now.instant.to_rfc3339();
        let tx = self.db.transaction().map_err(&fail)?;
        let entry = Entry { tx: &tx, round, policy, at: &at, recent: now.today() };
        for order in &orders {
            if let Some(settled) = reminders::settle(order, now) {
                entry.ordered(order, &settled).map_err(&fail)?;
            }
        }
        tx.commit().map_err(&fail)
    }
}

impl Entry<'_> {
    fn press(&self, card: &Unanswered, press: Reminder, now: &Now) -> rusqlite::Result<()> {
        let sql = match press {
            Reminder::Remind => {
                "UPDATE finding SET reminded_at = ?2, reminders = reminders + 1 WHERE id = ?1"
            }
            Reminder::RaiseUp => "UPDATE finding SET raised_up_at = ?2, reminded_at = ?2 WHERE id = ?1",
        };
        self.tx.prepare_cached(sql)?.execute(params![card.finding, self.at])?;
        self.event_as_it_is(card.finding, press.event(), &press.why(card, now))
    }

    fn ordered(&self, order: &Ordered, settled: &Settled) -> rusqlite::Result<()> {
        let sql = "UPDATE finding SET order_kept = ?2 WHERE id = ?1";
        self.tx.prepare_cached(sql)?.execute(params![order.finding, *settled == Settled::Kept])?;
        let Settled::Failed(why) = settled else { return Ok(()) };
        let red = Card::Red.word();
        let sql = "UPDATE finding SET card = ?2, answered_at = NULL WHERE id = ?1 AND standing <> ?3";
        self.tx.prepare_cached(sql)?.execute(params![order.finding, red, Standing::Revoked.word()])?;
        self.event(order.finding, Event::Escalated, red, why)
    }
}
