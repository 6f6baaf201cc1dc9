//! What was judged: deadlines, the next moment of each case, and the events of its findings.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::super::figures::counts::{Changes, keep_later, numbers};
use super::super::rounds::{RoundId, Stamp, Tally};
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::case_file::{CaseFile, Counted};
use crate::domain::finding::{Breach, Change, Event, Standing};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::plan::{CaseState, Judgement};
use crate::domain::record::holders::Holders;
use crate::domain::stock::Ended;
use crate::domain::text::{Sentence, Text};

/// An instant as it stands in `next_change_at`: in UTC, so that text order is the order of time.
pub(super) fn sortable(instant: chrono::DateTime<chrono::FixedOffset>) -> String {
    format!("{}Z", &Moment::instant(instant.to_utc().fixed_offset()).written()[..19])
}

impl Ledger {
    /// Enters judgements: deadlines, the next moment of each case, and the events of its findings, in one
    /// transaction. `files` are the cases judged, in the same order.
    pub fn enter(
        &mut self,
        files: &[CaseFile],
        judgements: &[Judgement<'_>],
        stamp: &Stamp<'_>,
        now: &Now,
        tally: &mut Tally,
    ) -> Result<(), LedgerError> {
        let fail = cannot("enter what was judged");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let recent = now.today().checked_sub_days(ENDINGS).unwrap_or(now.today());
        let Stamp { round, policy, at } = stamp;
        let entry = Entry { tx: &tx, round: *round, policy, at, recent };
        let mut counts = Changes::default();
        let mut activity: BTreeMap<&str, (NaiveDate, NaiveDate, i64)> = BTreeMap::new();
        for (file, judgement) in files.iter().zip(judgements) {
            entry.case(file, judgement, tally).map_err(&fail)?;
            if let (Some(header), Some((first, last))) = (&file.header, judgement.active) {
                let span = activity.entry(&header.item).or_insert((first, last, file.source));
                *span = (span.0.min(first), span.1.max(last), file.source);
            }
            if let (Some(header), Some(counted)) = (&file.header, &judgement.counted) {
                counts.note(header, &file.counted, counted);
            }
        }
        counts.enter(&tx).map_err(&fail)?;
        for (item, (first, last, source)) in activity {
            note_activity(&tx, item, &first.to_string(), &last.to_string(), source).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }
}

/// Civil days for which the end of a case is kept at hand.
pub(in crate::edge::ledger) const ENDINGS: Days = Days::new(90);

/// What every event of a round has in common.
pub(in crate::edge::ledger) struct Entry<'t> {
    pub(in crate::edge::ledger) tx: &'t Transaction<'t>,
    pub(in crate::edge::ledger) round: RoundId,
    pub(in crate::edge::ledger) policy: &'t str,
    pub(in crate::edge::ledger) at: &'t str,
    /// What ended before is no longer looked at together with other cases.
    pub(in crate::edge::ledger) recent: NaiveDate,
}

impl Entry<'_> {
    fn case(&self, file: &CaseFile, judgement: &Judgement<'_>, tally: &mut Tally) -> rusqlite::Result<()> {
        self.state_and_counts(file, judgement)?;
        for clock in &judgement.clocks {
            self.deadline(file, clock, judgement.handed_over.as_ref())?;
        }
        let holder = judgement.handed_over.as_ref().and_then(Holders::last).map(str::to_owned);
        // While its record contradicts itself nobody knows better who has it; a hand-over that was taken back leaves no holder.
        let plain = holder.is_none() && file.held.is_empty() && file.known.is_empty();
        if judgement.state != CaseState::Fault && !plain {
            let sql = "UPDATE \"case\" SET holder = ?2 WHERE id = ?1 AND holder IS NOT ?2";
            self.tx.prepare_cached(sql)?.execute(params![file.id, holder])?;
        }
        let date = |ended: &Ended| file.traces[ended.trace].occurred.date();
        if let Some(ended) = judgement.ended.filter(|ended| date(ended) >= self.recent) {
            self.ended(file, ended)?;
        } else if file.counted.begun_on.is_some() {
            self.tx.prepare_cached("DELETE FROM recent_end WHERE case_id = ?1")?.execute([file.id])?;
        }
        for moved in &judgement.moves {
            self.moved(file.id, moved)?;
            if !judgement.clocks.iter().any(|clock| clock.has_key(&moved.clock)) {
                self.runs_no_more(file.id, &moved.clock)?;
            }
        }
        tally.cases_judged += 1;
        let mut raised = None;
        for change in &judgement.changes {
            self.change(file, holder.as_ref(), change, &mut raised, tally)?;
        }
        Ok(())
    }

    /// How the case stands, and how it counts where that has changed.
    fn state_and_counts(&self, file: &CaseFile, judgement: &Judgement<'_>) -> rusqlite::Result<()> {
        let next = judgement.next_change_at.map(sortable);
        let last = judgement.active.map(|(_, last)| last.to_string());
        let state = judgement.state.word();
        match judgement.counted.as_ref().filter(|counted| **counted != file.counted) {
            None => {
                let sql = "UPDATE \"case\" SET unjudged = 0, state = ?2, next_change_at = ?3, last_on = ?4 WHERE id = ?1";
                self.tx.prepare_cached(sql)?.execute(params![file.id, state, next, last])?;
            }
            Some(Counted { begun_on, ended, marks, later }) => {
                if *later != file.counted.later {
                    keep_later(self.tx, file.id, later)?;
                }
                let sql = "UPDATE \"case\" SET unjudged = 0, state = ?2, next_change_at = ?3, last_on = ?4, first_on = ?5,
                               required = ?6, present = ?7, traces = ?8, timed = ?9, timely = ?10, asked = ?11,
                               filled = ?12, ended_on = ?13, ended_as = ?14 WHERE id = ?1";
                let begun = begun_on.map(|day| day.to_string());
                let [required, present, traces, timed, timely, asked, filled] = numbers(marks);
                self.tx.prepare_cached(sql)?.execute(params![
                    file.id,
                    state,
                    next,
                    last,
                    begun,
                    required,
                    present,
                    traces,
                    timed,
                    timely,
                    asked,
                    filled,
                    ended.map(|(day, _)| day.to_string()),
                    ended.map(|(_, meaning)| meaning.to_string()),
                ])?;
            }
        }
        Ok(())
    }

    fn change(
        &self,
        file: &CaseFile,
        holder: Option<&String>,
        change: &Change,
        raised: &mut Option<i64>,
        tally: &mut Tally,
    ) -> rusqlite::Result<()> {
        let told = |review| if review { Standing::Pending } else { Standing::Open };
        match change {
            Change::Raise { breach, review } => {
                let id = self.raise(file, holder, breach, told(*review))?;
                tally.raised += 1;
                *raised = Some(id);
                self.event(id, Event::Raised, breach.card.word(), &breach.why)
            }
            Change::Escalate { id, breach, review } => {
                self.stand(*id, told(*review), Some(breach))?;
                tally.escalated += 1;
                self.event(*id, Event::Escalated, breach.card.word(), &breach.why)
            }
            Change::Reopen { id, breach, review } => {
                self.stand(*id, told(*review), Some(breach))?;
                self.untell(*id)?;
                tally.raised += 1;
                self.event(*id, Event::Reopened, breach.card.word(), &breach.why)
            }
            Change::Grow { id, why } => self.event_as_it_is(*id, Event::Grown, why),
            Change::Refer { id, why } => {
                id.or(*raised).map_or(Ok(()), |id| self.event_as_it_is(id, Event::Referred, why))
            }
            Change::Move { id, why } => self.event_as_it_is(*id, Event::Moved, why),
            Change::Contest { id, why } => {
                let sql = "UPDATE finding SET contested_at = coalesce(contested_at, ?2) WHERE id = ?1";
                self.tx.prepare_cached(sql)?.execute(params![id, self.at])?;
                self.event_as_it_is(*id, Event::Contested, why)
            }
            Change::Uncontest { id, why } => {
                let sql = "UPDATE finding SET contested_at = NULL WHERE id = ?1";
                self.tx.prepare_cached(sql)?.execute([id])?;
                self.event_as_it_is(*id, Event::Confirmed, why)
            }
            Change::HandOver { id, unit, why } => {
                let sql = "UPDATE finding SET unit = ?2 WHERE id = ?1";
                self.tx.prepare_cached(sql)?.execute(params![id, unit])?;
                self.event_as_it_is(*id, Event::Moved, why)
            }
            Change::Resolve { id, why, .. } => {
                let Some(id) = id.or(*raised) else { return Ok(()) };
                self.stand(id, Standing::Resolved, None)?;
                tally.resolved += 1;
                self.event_as_it_is(id, Event::Resolved, why)
            }
            Change::Revoke { id, why } => {
                self.stand(*id, Standing::Revoked, None)?;
                tally.revoked += 1;
                self.event_as_it_is(*id, Event::Revoked, why)
            }
        }
    }

    fn raise(
        &self,
        file: &CaseFile,
        holder: Option<&String>,
        breach: &Breach,
        standing: Standing,
    ) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO finding (case_id, subject, rule, clock, unit, item, standing, card, passed)
                   VALUES (?1, ?2, ?3, ?4, coalesce(?5, (SELECT unit FROM item WHERE code = ?6)), ?6, ?7, ?8, ?9)";
        let item = file.header.as_ref().map(|header| &header.item);
        let unit =
            breach.unit.as_ref().or(holder).or(file.header.as_ref().and_then(|header| header.unit.as_ref()));
        let (standing, card) = (standing.word(), breach.card.word());
        let row = params![
            file.id,
            file.number,
            breach.rule,
            breach.clock,
            unit,
            item,
            standing,
            card,
            breach.passed
        ];
        self.tx.prepare_cached(sql)?.insert(row)
    }

    pub(in crate::edge::ledger) fn stand(
        &self,
        id: i64,
        standing: Standing,
        breach: Option<&Breach>,
    ) -> rusqlite::Result<()> {
        // The question whether a card falls goes on though the card rises or its case ends, and is over when it is withdrawn; a
        // card that was withdrawn and is given again was upheld by nobody. An objection to what is withdrawn has come true, and one to a warning that came to nothing is over.
        let sql = "UPDATE finding SET standing = ?2, card = coalesce(?3, card), passed = coalesce(?4, passed),
                       unit = coalesce(?5, unit), contested_at = iif(?2 = 'revoked', NULL, contested_at),
                       settled = iif(?2 IN ('open', 'pending'), 0, settled),
                       upheld_at = iif(standing = 'revoked', NULL, upheld_at),
                       appealed_at = iif(?2 = 'revoked' OR (?2 = 'resolved' AND card = 'notice'), NULL, appealed_at)
                   WHERE id = ?1";
        let (card, passed) = (breach.map(|breach| breach.card.word()), breach.map(|breach| breach.passed));
        let unit = breach.and_then(|breach| breach.unit.as_ref());
        self.tx.prepare_cached(sql)?.execute(params![id, standing.word(), card, passed, unit]).map(drop)
    }

    /// What begins anew was told to nobody yet: it is pressed for from its own letter on.
    fn untell(&self, id: i64) -> rusqlite::Result<()> {
        let sql = "UPDATE finding SET told_at = NULL, answer_due = NULL, answered_at = NULL, reminders = 0, reminded_at = NULL,
                       raised_up_at = NULL WHERE id = ?1";
        self.tx.prepare_cached(sql)?.execute([id]).map(drop)
    }

    pub(in crate::edge::ledger) fn event(
        &self,
        id: i64,
        event: Event,
        card: &str,
        why: &Text,
    ) -> rusqlite::Result<()> {
        let Sentence { zh, en } = why.sentence();
        let sql =
            "INSERT INTO finding_event (finding_id, round_id, at, event, card, why, why_en, policy, why_data, unit)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, (SELECT unit FROM finding WHERE id = ?1))";
        let row = params![id, self.round, self.at, event.word(), card, zh, en, self.policy, why.data()];
        self.tx.prepare_cached(sql)?.execute(row).map(drop)
    }

    /// An event that leaves the card as it is.
    pub(in crate::edge::ledger) fn event_as_it_is(
        &self,
        id: i64,
        event: Event,
        why: &Text,
    ) -> rusqlite::Result<()> {
        let card: String = self
            .tx
            .prepare_cached("SELECT card FROM finding WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        self.event(id, event, &card, why)
    }
}

fn note_activity(db: &Connection, item: &str, first: &str, last: &str, source: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO activity (item, first_on, last_on, source_id) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET first_on = min(first_on, excluded.first_on),
                   last_on = max(last_on, excluded.last_on),
                   source_id = iif(excluded.last_on >= last_on, excluded.source_id, source_id)
               WHERE excluded.first_on < first_on OR excluded.last_on > last_on";
    db.prepare_cached(sql)?.execute(params![item, first, last, source]).map(drop)
}
