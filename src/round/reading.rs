//! Reads the sources into the ledger, and enters how each was found.

use std::ops::ControlFlow;
use std::time::Duration;

use super::Watch;
use super::course::ReadingContext;
use super::health::Health;
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::record::Batch;
use crate::domain::record::sweep::Look;
use crate::domain::text::{Text, say};
use crate::edge::ledger::{Course, Ledger, LedgerError, RoundId, Tally};
use crate::edge::operator;
use crate::edge::source::{Cursors, Reading, Source, SourceError, read_ahead};
use crate::service::Service;
use crate::service::lane::{Ended, Going, Lane, Phase, Seen};

/// A source that has not been waited for yet is given so much time, whatever the others took.
const AT_LEAST: Duration = Duration::from_secs(1);

/// Reads the sources into the ledger, each for as long as the round has patience, and enters how those were found whose reading is
/// over. Gives those whose cases must not be judged: a source that is dark, doubted, or was read only in part says nothing, and
/// silence is not compliance.
pub(super) fn read(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    watch: &dyn Watch,
    tally: &mut Tally,
) -> Result<Vec<i64>, LedgerError> {
    let mut frozen = Vec::new();
    let Service { sources, ledger, policy, clock, .. } = service;
    let until = clock.running().saturating_add(watch.patience());
    for lane in sources {
        let id = ledger.source(&lane.spec().name)?;
        if lane.going.as_ref().is_some_and(|going| !ledger.goes_on(id, &going.course)) {
            lane.give_up();
        }
        let mut context = ReadingContext { ledger, policy, clock: clock.as_ref(), watch, tally };
        let rests = lane.rests_until.is_some_and(|until| context.clock.running() < until);
        if lane.going.is_none() && (rests || !context.begin(lane, round, now)?) {
            frozen.push(id);
            continue;
        }
        let left = until.saturating_sub(context.clock.running());
        let pace = if lane.slow { Pace::Slow } else { Pace::Usual };
        context.go_on(lane, waits_for(pace, left, watch.patience()))?;
        if lane.is_going() {
            lane.slow = true;
            frozen.push(id);
            if watch.stop() {
                stop(lane, ledger)?;
            }
            continue;
        }
        if !finish(lane, ledger, policy, (round, now), clock.as_ref())? {
            frozen.push(id);
        }
    }
    Ok(frozen)
}

/// How fast a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Usual,
    Slow,
}

/// How long a round of so much `patience`, of which so much is `left`, waits for a source: not for a slow one, unless it
/// waits for all.
fn waits_for(pace: Pace, left: Duration, patience: Duration) -> Duration {
    if pace == Pace::Slow && patience != Duration::MAX {
        Duration::ZERO
    } else {
        left.max(AT_LEAST).min(patience)
    }
}

/// Backoff after a slow reading: as long as it took, [`REST`] at least.
fn rests(took: Duration) -> Duration {
    took.max(REST)
}

/// Reads on what is still being read, for so long at most. Gives whether a round is wanted at once.
pub fn read_on(service: &mut Service, watch: &dyn Watch, at_most: Duration) -> Result<bool, LedgerError> {
    let Service { sources, ledger, policy, clock, .. } = service;
    let (mut tally, until) = (Tally::default(), clock.running().saturating_add(at_most));
    let mut context = ReadingContext { ledger, policy, clock: clock.as_ref(), watch, tally: &mut tally };
    while sources.iter().any(Lane::is_going) && !sources.iter().any(Lane::wants_round) && !watch.stop() {
        for lane in sources.iter_mut().filter(|lane| lane.is_going()) {
            context.go_on(lane, A_WHILE)?;
        }
        if context.clock.running() >= until {
            break;
        }
    }
    if watch.stop() {
        for lane in sources.iter_mut() {
            stop(lane, ledger)?;
        }
    }
    Ok(sources.iter().any(Lane::wants_round))
}

/// Least backoff after a slow reading.
const REST: Duration = Duration::from_secs(60);

/// How long one source is waited for while others are read beside it.
const A_WHILE: Duration = Duration::from_millis(50);

/// Enters what came of a reading. Gives whether the cases of the source may be judged.
fn finish(
    lane: &mut Lane,
    ledger: &mut Ledger,
    policy: &Policy,
    (round, now): (RoundId, &Now),
    clock: &dyn Clock,
) -> Result<bool, LedgerError> {
    let Some(Going { mut course, now: then, mapping, phase, news, began, .. }) = lane.going.take() else {
        return Ok(false);
    };
    let (source, began_in) = (course.source(), course.round());
    let Phase::Over(ended) = phase else { return Ok(false) };
    let took = clock.running().saturating_sub(began);
    lane.slow = took > AT_LEAST && lane.slow;
    lane.rests_until = None;
    let whole = match ended {
        Ended::Doubted => false,
        Ended::Read(seen, result) => {
            if result.as_ref().as_ref().is_err_and(|error| error.is_of_limits()) {
                lane.slow = true;
                lane.rests_until = Some(clock.running().saturating_add(rests(took)));
            }
            let (spec, mapping) = (lane.spec(), mapping.as_str());
            let health = Health {
                ledger: &mut *ledger,
                policy,
                course: &mut course,
                now: &then,
                mapping,
                news,
                seen,
                spec,
            };
            health.note(*result)?
        }
    };
    leave(lane, ledger, course)?;
    if began_in < round {
        let said = operator::words(&say!("journal-long_reading"));
        tracing::info!(source = lane.spec().name, since = %then.instant, at = %now.instant, "{said}");
        if whole {
            ledger.read_over_rounds(source, began_in)?;
        }
    }
    Ok(whole)
}

/// Gives up a reading that goes on.
fn stop(lane: &mut Lane, ledger: &mut Ledger) -> Result<(), LedgerError> {
    let Some(going) = lane.going.take() else { return Ok(()) };
    lane.give_up();
    leave(lane, ledger, going.course)
}

/// Nothing of a reading need be remembered any more.
fn leave(lane: &mut Lane, ledger: &mut Ledger, course: Course) -> Result<(), LedgerError> {
    let source = course.source();
    ledger.end_course(course)?;
    if lane.noted {
        ledger.note_read_no_more(source)?;
        lane.noted = false;
    }
    Ok(())
}

/// What came of a reading for trial.
pub(super) enum Tried {
    /// The source was read to its end.
    Read,
    /// It cannot be read, or not believed, and why.
    Not(Text),
    /// The watch ended it.
    Stopped,
}

/// Reads a source into a copy of the ledger as a round does, and tells nobody of it. `met` is given each batch of its cases.
pub(super) fn try_reading(
    ledger: &mut Ledger,
    (source, policy): (&mut dyn Source, &Policy),
    (round, now): (RoundId, &Now),
    watch: &dyn Watch,
    met: &mut dyn FnMut(&Batch),
) -> Result<Tried, LedgerError> {
    let id = ledger.source(&source.spec().name)?;
    ledger.believe(id, source.spec())?;
    let mapping = source.spec().digest();
    let cursors = ledger.cursors(id, &mapping, round)?;
    if let Some(doubted) = ledger.suspicion(id)?.filter(|it| !it.accepted) {
        return Ok(Tried::Not(doubted.why));
    }
    let seen = Seen::default();
    let course = ledger.begin_course(id, round);
    let mut course = if cursors.is_empty() { course } else { course.of_known() };
    let (result, news) = take_in((ledger, &mut course), source, cursors, now, (watch, met))?;
    let reading = match result {
        Err(error) => return Ok(Tried::Not(error.for_operator())),
        Ok(reading) if reading.stopped => return Ok(Tried::Stopped),
        Ok(reading) => reading,
    };
    let spec = source.spec();
    let course = &mut course;
    let mut health = Health { ledger, policy, course, now, mapping: &mapping, news, seen, spec };
    if let Some((_, why)) = health.look_back(&reading)? {
        return Ok(Tried::Not(why));
    }
    health.was_read(&reading)?;
    Ok(reading.incomplete.map_or(Tried::Read, Tried::Not))
}

/// What is done with each batch of cases that was taken in.
type Met<'m> = &'m mut dyn FnMut(&Batch);

/// Reads a source from where it was left, or all of it. Gives what came of it, and whether something came that was not known.
fn take_in(
    (ledger, course): (&mut Ledger, &mut Course),
    source: &mut dyn Source,
    mut cursors: Cursors,
    now: &Now,
    (watch, met): (&dyn Watch, Met<'_>),
) -> Result<(Result<Reading, SourceError>, bool), LedgerError> {
    let sweep = ledger.sweep_if_due(course, source.spec(), Look::AsBefore, now)?;
    // What another mapping reads differently was delivered before.
    let (anew, mut news) = (cursors.is_empty(), false);
    if sweep {
        cursors = Cursors::new();
    }
    if cursors.is_empty() {
        ledger.large_cache()?;
    }
    let lists: Vec<_> = source.spec().reads.iter().map(|read| read.evidence.clone()).collect();
    let mut broken = None;
    let result = read_ahead(source, &cursors, now, &mut |batch| {
        let taken = match lists.get(usize::from(batch.read)) {
            Some(Some(list)) => ledger.take_evidence(course, &batch, list).map(drop),
            _ => ledger.take(course, &batch).map(|taken| {
                met(&batch);
                news |= !anew && taken.changed + taken.rejected > 0;
            }),
        };
        if let Err(error) = taken {
            broken = Some(error);
            return ControlFlow::Break(());
        }
        watch.goes_on((batch.facts.len() + batch.rejected.len()) as u64, 0);
        if watch.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    broken.map_or(Ok(()), Err)?;
    if result.as_ref().is_ok_and(|reading| !reading.stopped) {
        let taken = ledger.take_waiting(course)?;
        news |= !anew && taken.changed + taken.rejected > 0;
    }
    Ok((result, news))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// A round waits for what is left of its patience, a second at least and no longer than it has patience; for a slow source not at
    /// all, unless it waits for all.
    #[test]
    fn a_round_has_patience() {
        let all = 10 * SECOND;
        for (pace, left, patience, waits) in [
            (Pace::Usual, 7 * SECOND, all, 7 * SECOND),
            (Pace::Usual, Duration::ZERO, all, SECOND),
            (Pace::Usual, SECOND / 2, SECOND / 4, SECOND / 4),
            (Pace::Slow, 7 * SECOND, all, Duration::ZERO),
            (Pace::Slow, Duration::MAX, Duration::MAX, Duration::MAX),
        ] {
            assert_eq!(waits_for(pace, left, patience), waits, "{pace:?} {left:?} {patience:?}");
        }
    }

    /// A minute at least, else as long as it took.
    #[test]
    fn what_took_too_long_rests_as_long() {
        assert_eq!([59, 60, 61].map(|took| rests(took * SECOND).as_secs()), [60, 60, 61]);
    }
}
