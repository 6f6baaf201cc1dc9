//! Takes a reading on as its source answers: it is glanced at, looked over where it looks otherwise than before, and read. Whoever
//! waits for it waits no longer than he has patience; what has come by then is kept, and the reading goes on beside.

use std::time::Duration;

use super::Watch;
use super::sight::{Next, Sighted};
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::record::Batch;
use crate::domain::record::sweep::Look;
use crate::domain::text::say;
use crate::edge::ledger::{Ledger, LedgerError, RoundId, Taken, Tally};
use crate::edge::operator;
use crate::edge::source::{Answer, Cursors, SourceError};
use crate::service::lane::{Ended, Going, Lane, Phase, Seen};

/// How often is looked whether the round is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// What takes a reading in needs.
pub(super) struct ReadingContext<'a> {
    pub ledger: &'a mut Ledger,
    pub policy: &'a Policy,
    pub clock: &'a dyn Clock,
    pub watch: &'a dyn Watch,
    pub tally: &'a mut Tally,
}

impl ReadingContext<'_> {
    /// Begins to read a source. Gives whether it does: the one in whose reading the program ended is left out of the first round, so
    /// that the others are judged and told before it may end the program again.
    pub fn begin(&mut self, lane: &mut Lane, round: RoundId, now: &Now) -> Result<bool, LedgerError> {
        let spec = lane.spec().clone();
        let source = self.ledger.source(&spec.name)?;
        self.ledger.believe(source, &spec)?;
        lane.left_out = !lane.noted && self.ledger.is_being_read(source)?;
        if lane.left_out {
            tracing::warn!(source = spec.name, "{}", operator::words(&say!("journal-ended_reading")));
            // Not read is not there: what the next reading brings may have come since the last one.
            self.ledger.blind(source, round)?;
            self.ledger.note_read_no_more(source)?;
            lane.slow = true;
            return Ok(false);
        }
        let mapping = spec.digest();
        let cursors = self.ledger.cursors(source, &mapping, round)?;
        let began = self.clock.running();
        let course = self.ledger.begin_course(source, round);
        let mut going = Going {
            course: if cursors.is_empty() || now.replay { course } else { course.of_known() },
            now: *now,
            mapping,
            cursors: cursors.clone(),
            phase: Phase::Glancing,
            rows: 0,
            known: None,
            news: false,
            began,
        };
        if now.replay {
            self.read(lane, &mut going, Seen::default())?;
        } else {
            lane.reader.glance(cursors);
        }
        lane.going = Some(going);
        Ok(true)
    }

    /// Takes the reading on for as long as there is patience, which may be none. When the ledger fails it is given up, and begins
    /// anew.
    pub fn go_on(&mut self, lane: &mut Lane, patience: Duration) -> Result<(), LedgerError> {
        let (until, mut waited) = (self.clock.running().saturating_add(patience), Duration::ZERO);
        while lane.is_going() && !self.watch.stop() {
            let left = until.saturating_sub(self.clock.running()).min(patience.saturating_sub(waited));
            match lane.reader.answer(left.min(LOOK)) {
                // When the ledger fails the reading is given up: `take` has taken it out of the lane.
                Some(answer) => self.take(lane, answer).inspect_err(|_| lane.give_up())?,
                None => {
                    waited += LOOK;
                    // Whatever keeps it, the program may be ended meanwhile.
                    if let Some(going) = &lane.going {
                        self.note(&mut lane.noted, going.course.source())?;
                    }
                }
            }
            if left.is_zero() {
                break;
            }
        }
        Ok(())
    }

    /// Notes that a source is being read, unless it is `noted`.
    fn note(&mut self, noted: &mut bool, source: i64) -> Result<(), LedgerError> {
        if std::mem::replace(noted, true) { Ok(()) } else { self.ledger.note_being_read(source) }
    }

    /// Takes an answer of the source.
    fn take(&mut self, lane: &mut Lane, answer: Answer) -> Result<(), LedgerError> {
        let Some(mut going) = lane.going.take() else { return Ok(()) };
        let phase = std::mem::replace(&mut going.phase, Phase::Glancing);
        going.phase = match (phase, answer) {
            (over @ Phase::Over(_), _) => over,
            (_, Answer::Glanced(Ok(glance))) => {
                let next = self.sighted(lane, &mut going).glanced(glance)?;
                self.goes_to(lane, &mut going, next)?
            }
            (phase, Answer::Batch(batch)) => self.batch(lane, &mut going, phase, &batch)?,
            (Phase::LookingOver(seen), Answer::Read(Ok(reading))) => {
                let next = self.sighted(lane, &mut going).looked_over(lane.spec(), seen, &reading)?;
                self.goes_to(lane, &mut going, next)?
            }
            (Phase::Counting(seen), Answer::Read(Ok(_))) => {
                self.ledger.note_not_cut(going.course.source())?;
                self.read(lane, &mut going, seen)?;
                std::mem::replace(&mut going.phase, Phase::Glancing)
            }
            (Phase::Reading(seen), Answer::Read(Ok(reading))) => {
                let taken = self.ledger.take_waiting(&mut going.course)?;
                self.enter(&mut going, taken);
                over(seen, Ok(reading))
            }
            (Phase::Reading(seen), Answer::Read(Err(error))) => over(seen, Err(error)),
            (_, Answer::Glanced(Err(error)) | Answer::Read(Err(error))) => over(Seen::default(), Err(error)),
            (Phase::Glancing, Answer::Read(Ok(reading))) => over(Seen::default(), Ok(reading)),
        };
        lane.going = Some(going);
        Ok(())
    }

    fn sighted<'s>(&'s mut self, lane: &'s Lane, going: &'s mut Going) -> Sighted<'s> {
        let Going { course, now, mapping, .. } = going;
        let name = &lane.spec().name;
        Sighted { ledger: self.ledger, policy: self.policy, course, name, mapping, now }
    }

    fn goes_to(&mut self, lane: &mut Lane, going: &mut Going, next: Next) -> Result<Phase, LedgerError> {
        match next {
            Next::Read(seen) => {
                self.read(lane, going, seen)?;
                Ok(std::mem::replace(&mut going.phase, Phase::Glancing))
            }
            Next::LookOver(seen) => {
                self.ledger.look_begins(&mut going.course, lane.spec(), &going.now)?;
                lane.reader.read(Cursors::new(), going.now);
                Ok(Phase::LookingOver(seen))
            }
            Next::Doubted(found) => {
                self.sighted(lane, going).doubt(found)?;
                Ok(Phase::Over(Ended::Doubted))
            }
        }
    }

    /// Reads a source from where it was left, or all of it.
    fn read(&mut self, lane: &mut Lane, going: &mut Going, seen: Seen) -> Result<(), LedgerError> {
        going.rows = 0;
        if self.ledger.was_cut(going.course.source())? {
            lane.reader.read(Cursors::new(), going.now);
            going.phase = Phase::Counting(seen);
            return Ok(());
        }
        let cursors = from_where(self.ledger, lane.spec(), going, &seen)?;
        lane.reader.read(cursors, going.now);
        going.phase = Phase::Reading(seen);
        Ok(())
    }

    fn batch(
        &mut self,
        lane: &mut Lane,
        going: &mut Going,
        phase: Phase,
        batch: &Batch,
    ) -> Result<Phase, LedgerError> {
        self.note(&mut lane.noted, going.course.source())?;
        let rows = (batch.facts.len() + batch.rejected.len()) as u64;
        going.rows += rows;
        if let Some(swollen) = self.swollen(lane, going)? {
            self.ledger.note_cut(going.course.source())?;
            lane.reader.give_up();
            return Ok(over(Seen::default(), Err(swollen)));
        }
        let list = lane.spec().reads.get(usize::from(batch.read)).and_then(|read| read.evidence.as_ref());
        match (&phase, list) {
            (Phase::Counting(_), _) | (Phase::LookingOver(_), Some(_)) => {}
            (Phase::LookingOver(_), None) => self.ledger.look_at(&mut going.course, batch)?,
            (_, Some(list)) => {
                self.tally.rows_rejected += self.ledger.take_evidence(&going.course, batch, list)?;
                self.tally.rows_read += rows;
            }
            (_, None) => {
                let taken = self.ledger.take(&mut going.course, batch)?;
                self.enter(going, taken);
                self.tally.rows_read += rows;
            }
        }
        self.watch.goes_on(rows, 0);
        Ok(phase)
    }

    fn enter(&mut self, going: &mut Going, taken: Taken) {
        going.news |= !going.cursors.is_empty() && taken.changed + taken.rejected > 0;
        self.tally.rows_rejected += taken.rejected;
    }

    /// Whether a source has so many more rows than were known of it that it must be at fault.
    fn swollen(&mut self, lane: &Lane, going: &mut Going) -> Result<Option<SourceError>, LedgerError> {
        let more = lane.spec().limits.more_rows;
        if going.rows <= more {
            return Ok(None);
        }
        let known = match going.known {
            Some(known) => known,
            None => self.ledger.rows_known(going.course.source(), going.course.round())?,
        };
        going.known = Some(known);
        let swollen = going.rows > known.saturating_add(more);
        Ok(swollen.then(|| SourceError::Swollen { path: lane.reader.path(), known, more }))
    }
}

/// From where a source is read: from its beginning where it is swept, or looked otherwise than before.
pub(super) fn from_where(
    ledger: &mut Ledger,
    spec: &crate::domain::record::mapping::SourceSpec,
    going: &mut Going,
    seen: &Seen,
) -> Result<Cursors, LedgerError> {
    let look = if seen.otherwise { Look::Otherwise } else { Look::AsBefore };
    let sweep = ledger.sweep_if_due(&mut going.course, spec, look, &going.now)?;
    let cursors = if sweep || seen.otherwise { Cursors::new() } else { going.cursors.clone() };
    if cursors.is_empty() {
        ledger.large_cache()?;
    }
    Ok(cursors)
}

fn over(seen: Seen, result: Result<crate::edge::source::Reading, SourceError>) -> Phase {
    Phase::Over(Ended::Read(seen, Box::new(result)))
}
