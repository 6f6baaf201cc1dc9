//! What the ledger knows of the machine's clock: the last round by it, steps that were held, and who confirmed them.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use rusqlite::{OptionalExtension, params};

use super::findings::audit::AuditEntry;
use super::stored::to_minute;
use super::{Ledger, LedgerError, cannot};
use crate::domain::calendar::Calendar;
use crate::domain::moment::Moment;
use crate::domain::now::{Now, TimeBase};
use crate::domain::text::{Text, say};
use crate::domain::time_step::{CASES, DAY, Witnesses};

/// A step of the clock that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTime {
    /// What the machine's clock showed when it was first held.
    pub at: String,
    /// When the last round before it began.
    pub last_round: String,
    /// Who confirmed it, if anybody has.
    pub accepted_by: Option<String>,
}

impl HeldTime {
    /// When the last round before it began, to the minute.
    pub fn after(&self) -> String {
        to_minute(self.last_round.clone())
    }

    /// Whether what the clock shows now may not be entered as a day: nobody confirmed the step, and the clock was not put right since.
    pub fn is_doubted(&self, now: &Now) -> bool {
        let last = DateTime::parse_from_rfc3339(&self.last_round).ok();
        let witnesses = |last_round| Witnesses { last_round, running: None, confirmed: None };
        self.accepted_by.is_none() && last.is_none_or(|last| witnesses(last).step(now.instant).is_some())
    }

    /// From when to when the clock went.
    pub fn step(&self) -> Text {
        say!("time-step", at = to_minute(self.at.clone()), last = self.after())
    }

    /// What it says to whoever looks after the machine.
    pub fn said(&self) -> Text {
        let (at, last) = (to_minute(self.at.clone()), self.after());
        match &self.accepted_by {
            Some(by) => say!("time-accepted_by", at, last, by),
            None => say!("time-held", at, last),
        }
    }
}

/// What ended the holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepEnd {
    /// Somebody confirmed the moment.
    Person,
    /// Records of that day came.
    Records,
    /// The clock was put right.
    Clock,
}

impl StepEnd {
    fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Records => "records",
            Self::Clock => "clock",
        }
    }
}

impl Ledger {
    /// What speaks for or against the machine's clock; `None` before the first round that went by it, and where a person
    /// gave the moment.
    pub fn time_witnesses(&self, base: &TimeBase) -> Result<Option<Witnesses>, LedgerError> {
        let TimeBase::Machine(uptime) = base else { return Ok(None) };
        let sql = "SELECT started_at, boot, up FROM round WHERE by_machine ORDER BY id DESC LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let what = "read the last round by the machine's clock";
        let last: Option<(String, Option<String>, Option<i64>)> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_row([], read).optional())
            .map_err(cannot(what))?;
        let Some((started, boot, up)) = last else { return Ok(None) };
        let Ok(last_round) = DateTime::parse_from_rfc3339(&started) else { return Ok(None) };
        let running = uptime
            .as_ref()
            .filter(|now| boot.as_ref() == Some(&now.boot))
            .and_then(|now| Some(TimeDelta::seconds(now.up.as_secs().cast_signed() - up?)));
        let sql = "SELECT accepted_at FROM time_step WHERE accepted_at IS NOT NULL ORDER BY id DESC LIMIT 1";
        let confirmed = self.list("read who confirmed the clock", sql, [], |row| row.get::<_, String>(0))?;
        let confirmed = confirmed.first().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
        Ok(Some(Witnesses { last_round, running, confirmed }))
    }

    /// The last day up to which the records of several cases go, none of those later than a day counted: what stands alone may have been
    /// mistyped. Of fewer cases the first of their last days.
    pub fn newest_record_by(&self, day: NaiveDate) -> Result<Option<NaiveDate>, LedgerError> {
        let sql = "SELECT min(last_on) FROM (SELECT last_on FROM \"case\" WHERE last_on <= ?1 ORDER BY last_on DESC LIMIT ?2)";
        let values = params![day.to_string(), CASES];
        let newest =
            self.list("find the newest record", sql, values, |row| row.get::<_, Option<String>>(0))?;
        Ok(newest.into_iter().flatten().next().and_then(|day| day.parse().ok()))
    }

    /// Whether a source said before that something happened to a case at a moment.
    pub fn knows_moment(&self, source: &str, case: &str, occurred: &Moment) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM trace WHERE occurred_at = ?3 AND case_id = (SELECT id FROM \"case\"
                       WHERE number = ?2 AND source_id = (SELECT id FROM source WHERE name = ?1)) LIMIT 1";
        let values = [source, case, &occurred.to_string()];
        Ok(!self.list("look for a record", sql, values, |_| Ok(()))?.is_empty())
    }

    /// The step that is held now.
    pub fn held_time(&self) -> Result<Option<HeldTime>, LedgerError> {
        let sql = "SELECT held_at, last_round_at, accepted_by FROM time_step WHERE ended_at IS NULL";
        let held = self.list("read whether the clock is held", sql, [], |row| {
            Ok(HeldTime { at: row.get(0)?, last_round: row.get(1)?, accepted_by: row.get(2)? })
        })?;
        Ok(held.into_iter().next())
    }

    /// Holds a step of the clock. One that is held already stays as it was found, unless the clock has left its day since.
    pub fn hold_time(&mut self, now: &Now, last_round: DateTime<FixedOffset>) -> Result<(), LedgerError> {
        if let Some(held) = self.held_time()? {
            let found = DateTime::parse_from_rfc3339(&held.at).ok();
            if found.is_some_and(|found| (now.instant - found).abs() <= DAY) {
                return Ok(());
            }
            let sql = "UPDATE time_step SET held_at = ?1 WHERE ended_at IS NULL";
            let what = "hold another step of the clock";
            return self.db.execute(sql, [now.instant.to_rfc3339()]).map(drop).map_err(cannot(what));
        }
        let sql = "INSERT INTO time_step (held_at, last_round_at) VALUES (?1, ?2)";
        let values = [now.instant.to_rfc3339(), last_round.to_rfc3339()];
        self.db.execute(sql, values).map(drop).map_err(cannot("hold a step of the clock"))
    }

    /// Somebody says that the machine's clock is right. Gives what was held; `None`: nothing is.
    pub fn accept_time(&mut self, by: &str, why: &str, now: &Now) -> Result<Option<HeldTime>, LedgerError> {
        let sql = "UPDATE time_step SET accepted_at = ?1, accepted_by = ?2, accepted_why = ?3 WHERE ended_at IS NULL";
        let values = params![now.instant.to_rfc3339(), by, why];
        let audit_entry = AuditEntry { what: "time accept", subject: "", by, why, at: now.instant };
        let fail = cannot("enter that the clock was confirmed");
        self.sign(&audit_entry, fail, |db| db.execute(sql, values), |steps| *steps > 0)?;
        self.held_time()
    }

    /// The machine's clock is put right, or confirmed: what was held goes on.
    pub fn time_goes_on(&mut self, now: &Now, end: StepEnd) -> Result<(), LedgerError> {
        let sql = "UPDATE time_step SET ended_at = ?1, ended_by = ?2 WHERE ended_at IS NULL";
        let values = [now.instant.to_rfc3339().as_str(), end.word()].map(ToOwned::to_owned);
        self.db.execute(sql, values).map(drop).map_err(cannot("enter that the clock is believed"))
    }

    /// Whether the last step that was believed went ahead: a clock that then goes back may be put right.
    pub fn stepped_ahead(&self) -> Result<bool, LedgerError> {
        let sql = "SELECT held_at > last_round_at FROM time_step WHERE ended_by IN ('person', 'records') ORDER BY id DESC LIMIT 1";
        Ok(self.list("read the last step of the clock", sql, [], |row| row.get::<_, bool>(0))? == [true])
    }

    /// The step that is held, and those that ended within the seven days before a moment, for those who look after the machine and those
    /// who supervise by it. That records confirmed a step ahead over days of rest alone is no news: the machine was off.
    pub(super) fn time_said(&self, calendar: &Calendar, now: &Now) -> Result<Vec<Text>, LedgerError> {
        let held = self.held_time()?.map(|held| held.said());
        let sql = "SELECT held_at, last_round_at, ended_at, ended_by, coalesce(accepted_by, '') FROM time_step
                   WHERE ended_at IS NOT NULL AND julianday(?1) - julianday(ended_at) BETWEEN 0 AND 7 ORDER BY id";
        let at = now.instant.to_rfc3339();
        let ended = self.list("read the steps of the clock", sql, [at], |row| {
            let [at, last, until]: [String; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
            let [by, who]: [String; 2] = [row.get(3)?, row.get(4)?];
            let days = [&last, &at].map(|moment| DateTime::parse_from_rfc3339(moment).map(|it| it.date_naive()));
            let was_off = matches!(days, [Ok(last), Ok(at)] if last < at && calendar.working_between(last, at).is_empty());
            let [at, last, until] = [at, last, until].map(to_minute);
            Ok(match by.as_str() {
                "person" => Some(say!("time-was_accepted", at, last, until, who)),
                "records" if was_off => None,
                "records" => Some(say!("time-was_agreed", at, last, until)),
                _ => Some(say!("time-was_mended", at, last, until)),
            })
        })?;
        Ok(held.into_iter().chain(ended.into_iter().flatten()).collect())
    }

    /// What was judged by a clock that was ahead is judged anew: the cases whose findings, or whose facts, came in by a round that
    /// lies after `now`.
    pub fn judge_anew_after(&mut self, now: &Now) -> Result<u64, LedgerError> {
        let sql =
            "UPDATE \"case\" SET unjudged = 1 WHERE unjudged = 0 AND (state IN ('open', 'fault') OR id IN (
                       SELECT f.case_id FROM finding AS f JOIN finding_event AS e ON e.finding_id = f.id
                       WHERE julianday(e.at) > julianday(?1)))";
        let at = now.instant.to_rfc3339();
        self.db
            .execute(sql, [at])
            .map(|cases| cases as u64)
            .map_err(cannot("judge anew what a wrong clock judged"))
    }
}
