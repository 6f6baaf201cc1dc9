//! The machine's clock against the last round and the records.

use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::Watch;
use crate::domain::letter::Away;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::text::say;
use crate::domain::time_step::{DAY, Step, Witnesses, Written};
use crate::edge::ledger::{LedgerError, StepEnd};
use crate::edge::operator::words;
use crate::edge::source::{Answer, Reader};
use crate::service::Service;

/// The moment of a round, and what lies between it and the last one.
pub(super) struct RoundTime {
    pub now: Now,
    /// Why nobody looked, if it was for a whole day or more: what appears now may have been there for days.
    pub away: Option<Away>,
    /// How long before it the last one began; nothing where the clock went back.
    pub since_last: TimeDelta,
}

impl RoundTime {
    /// A clock that was set back by an hour or less does not take back what was found: the last round's moment holds until it has caught
    /// up. A larger step, or one of more than a day and an hour ahead, is held until a person or the records confirm it; `None`: it is. A moment that
    /// was given by hand is confirmed by that.
    pub fn of(service: &mut Service, now: &Now, watch: &dyn Watch) -> Result<Option<Self>, LedgerError> {
        let held = service.ledger.held_time()?;
        let end = match step(service, now)? {
            None if held.as_ref().is_some_and(|held| held.accepted_by.is_some()) => StepEnd::Person,
            None => StepEnd::Clock,
            Some(stepped) if agrees(service, now, stepped, watch)? => {
                service.ledger.hold_time(now, stepped.last_round)?;
                StepEnd::Records
            }
            Some(Stepped { last_round, .. }) => {
                let (shows, last) = (now.instant.to_string(), last_round.to_string());
                tracing::error!("{}", words(&say!("journal-clock_held", now = shows, last)));
                service.ledger.hold_time(now, last_round)?;
                return Ok(None);
            }
        };
        if held.is_some() || end == StepEnd::Records {
            service.ledger.time_goes_on(now, end)?;
        }
        Self::after_last(service, now).map(Some)
    }

    /// No round takes a moment before the last one that was begun. How long nobody looked is counted from the last that came to its end:
    /// one that was killed at its beginning, be it before it noted that nobody had, is to change nothing.
    fn after_last(service: &mut Service, now: &Now) -> Result<Self, LedgerError> {
        let begun = service.ledger.last_round()?.map(|(started, _)| started);
        let parsed = |at: String| DateTime::parse_from_rfc3339(&at).ok();
        let Some(begun) = begun.and_then(parsed) else {
            return Ok(Self { now: *now, away: None, since_last: TimeDelta::zero() });
        };
        let whole = service.ledger.last_whole_round()?.and_then(parsed).unwrap_or(begun);
        let minute = |at: DateTime<FixedOffset>| at.format("%Y-%m-%d %H:%M").to_string();
        let back = begun - now.instant;
        if back > TimeDelta::zero() && back <= DAY {
            tracing::warn!("{}", words(&say!("journal-clock_back", seconds = back.num_seconds())));
            return Ok(Self {
                now: Now { instant: begun, ..*now },
                away: None,
                since_last: TimeDelta::zero(),
            });
        }
        // It ran ahead, and was put right: by now, or before a round that was cut short.
        let ahead = begun.max(whole) - now.instant;
        if ahead > TimeDelta::zero() {
            let cases = service.ledger.judge_anew_after(now)?;
            tracing::error!("{}", words(&say!("journal-clock_ahead", days = ahead.num_days(), cases)));
            let until = minute(begun.max(whole));
            let away = Some(Away::ClockAhead { until });
            return Ok(Self { now: *now, away, since_last: TimeDelta::zero() });
        }
        let away = (now.today() - whole.date_naive()).num_days() > 1;
        Ok(Self {
            now: *now,
            away: away.then(|| Away::Off { since: minute(whole) }),
            since_last: now.instant - whole,
        })
    }
}

/// How long a source may take to say whether the clock is right.
const ASKED_AT_MOST: Duration = Duration::from_secs(20);

/// How often is looked whether the round is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// A step of the machine's clock that has to be confirmed.
#[derive(Clone, Copy)]
pub(super) struct Stepped {
    step: Step,
    last_round: DateTime<FixedOffset>,
}

/// The step that a moment would be, if it has to be confirmed.
pub(super) fn step(service: &Service, now: &Now) -> Result<Option<Stepped>, LedgerError> {
    if now.replay {
        return Ok(None);
    }
    let witnesses = service.ledger.time_witnesses(&service.clock.base())?;
    let stepped = |witnesses: Witnesses| {
        let step = witnesses.step(now.instant)?;
        Some(Stepped { step, last_round: witnesses.last_round })
    };
    Ok(witnesses.and_then(stepped))
}

/// Whether the records agree with a step. They are looked at, and nothing of them is kept: a reading would be dated by the clock that is
/// in question.
fn agrees(
    service: &mut Service,
    now: &Now,
    stepped: Stepped,
    watch: &dyn Watch,
) -> Result<bool, LedgerError> {
    let Stepped { step, last_round } = stepped;
    if step == Step::Back && !service.ledger.stepped_ahead()? {
        // Nothing says that the rounds before were wrong, and their records are of every earlier day.
        return Ok(false);
    }
    let newest = match step {
        Step::Ahead => None,
        Step::Back => service.ledger.newest_record_by(last_round.date_naive())?,
    };
    if step.agrees_with_known(now.today(), newest) {
        return Ok(true);
    }
    let since = match step {
        Step::Ahead => last_round,
        Step::Back => now.instant - DAY,
    };
    let missed = service.policy.calendar.working_between(since.date_naive(), now.today());
    let mut written = Written::default();
    let Service { sources, ledger, clock, .. } = service;
    for (number, lane) in sources.iter().enumerate() {
        let name = &lane.spec().name;
        // Another reader than that of the rounds, whose reading may go on.
        let mut reader = Reader::new(lane.spec());
        reader.read(ledger.cursors_so_far(name)?, *now);
        let (until, mut waited) = (clock.running().saturating_add(ASKED_AT_MOST), Duration::ZERO);
        while clock.running() < until && waited < ASKED_AT_MOST && !watch.stop() {
            match reader.answer(LOOK) {
                Some(Answer::Batch(batch)) => {
                    let lately = |at: DateTime<FixedOffset>| at > since && at <= now.instant;
                    for (case, occurred) in moments(&batch).filter(|(_, occurred)| lately(occurred.at())) {
                        if !ledger.knows_moment(name, case, occurred)? {
                            written.note((number, case), occurred.at(), now.instant);
                        }
                    }
                    if written.confirms(step, now.today(), newest, &missed) {
                        return Ok(true);
                    }
                    watch.goes_on(batch.facts.len() as u64, 0);
                }
                Some(Answer::Read(Err(error))) => {
                    let why = error.with_cause();
                    tracing::warn!(source = name, "{}", words(&say!("journal-clock_unasked", why)));
                    break;
                }
                Some(_) => break,
                None => waited += LOOK,
            }
        }
    }
    Ok(false)
}

fn moments(batch: &Batch) -> impl Iterator<Item = (&str, &Moment)> {
    batch.facts.iter().flat_map(|fact| {
        let traces = fact.traces.iter().filter_map(|(_, trace)| trace.as_ref());
        traces.map(|trace| (fact.case.as_str(), &trace.occurred))
    })
}
