//! Enters how a source was found: read whole, in part or not at all, as it was or otherwise, delivered to or overdue.

use super::sight::Sighted;
use crate::domain::card::Mode;
use crate::domain::case_file::{CaseCourse, Hold, HoldState};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::rules::source_suspect::{GoneRows, Looked};
use crate::domain::rules::{SOURCE_CLOCK, SOURCE_DARK, source_dark};
use crate::domain::text::{Text, say};
use crate::edge::ledger::{Course, Ledger, LedgerError, ReadTo, Stamp, UnreadFiles, UnreadRows};
use crate::edge::operator;
use crate::edge::source::{Reading, SourceError};
use crate::service::lane::Seen;

/// What of a source could not be read.
pub(super) struct Missing {
    why: Text,
    /// Cases wait for it.
    held: bool,
}

/// Enters how a source was found.
pub(super) struct Health<'a> {
    pub ledger: &'a mut Ledger,
    pub policy: &'a Policy,
    pub course: &'a mut Course,
    pub now: &'a Now,
    pub mapping: &'a str,
    /// Something came that was not known.
    pub news: bool,
    /// What was seen of it before it was read.
    pub seen: Seen,
    pub spec: &'a SourceSpec,
}

/// What somebody said of what is missing.
fn missing_of(seen: &Seen) -> GoneRows {
    if seen.accepted { GoneRows::Accepted } else { GoneRows::NotAccepted }
}

impl Health<'_> {
    /// Gives whether the source is believed and was read so far that its cases may be judged, but for those of files that were not read.
    pub fn note(mut self, result: Result<Reading, SourceError>) -> Result<bool, LedgerError> {
        let mut judged = false;
        let dark = match result {
            Ok(reading) if reading.stopped => return Ok(false),
            Ok(reading) => {
                for note in &reading.notes {
                    tracing::warn!(source = self.spec.name, "{}", operator::words(note));
                }
                if !self.is_believed(&reading)? {
                    return Ok(false);
                }
                let missing = self.was_read(&reading)?;
                judged = match &missing {
                    Some(Missing { held: true, .. }) => {
                        let any = reading.any_case_unread;
                        let unread = if any { UnreadRows::OfAnyCase } else { UnreadRows::OfKnownCases };
                        !self.ledger.all_wait_for_files(self.course.source(), unread)?
                    }
                    _ => true,
                };
                missing.map(|it| it.why)
            }
            Err(error) => {
                let message = error.for_operator();
                if self.ledger.source_dark(self.course.source(), &message, self.course.round(), self.now)? {
                    tracing::error!(source = self.spec.name, "{}", operator::words(&message));
                }
                Some(message)
            }
        };
        let Self { ledger, now, course, spec, policy, .. } = self;
        let (source, round) = (course.source(), course.round());
        let stands_still = ledger.last_delivery(source)?.filter(|_| spec.is_awaited() && dark.is_none());
        let overdue =
            stands_still.and_then(|at| source_dark::overdue(&policy.calendar, at, spec.overdue_after, now));
        ledger.note_overdue(source, overdue.as_ref(), now)?;
        match (&dark, &overdue) {
            (Some(_), _) => ledger.blind(source, round)?,
            (None, Some(_)) => ledger.blind_since_delivery(source, round)?,
            (None, None) => ledger.sees(source, round)?,
        }
        let off = policy.rules.get(SOURCE_DARK).is_some_and(|rule| rule.mode == Mode::Off);
        if judged && policy.rules.get(SOURCE_CLOCK).is_none_or(|rule| rule.mode != Mode::Off) {
            let (why, stamp) = (ledger.note_clock(course, now)?, Stamp::new(round, &policy.version, now));
            ledger.own_finding(SOURCE_CLOCK, &spec.name, why.as_ref(), &stamp)?;
        }
        if !off {
            let (why, stamp) = (dark.or(overdue), Stamp::new(round, &policy.version, now));
            ledger.own_finding(SOURCE_DARK, &spec.name, why.as_ref(), &stamp)?;
        }
        Ok(judged)
    }

    /// Ends the sweep, and gives why the source is doubted, if it is.
    pub fn look_back(&mut self, reading: &Reading) -> Result<Option<(Looked, Text)>, LedgerError> {
        let Self { ledger, now, course, seen, spec, .. } = self;
        ledger.settle_doubled(course, &reading.whole)?;
        ledger.settle_keys(course)?;
        ledger.settle_moved(course)?;
        ledger.sweep_ends(course, spec, &reading.whole, missing_of(seen), now)
    }

    /// Ends the sweep, and gives whether the source is what was read of it before. One that was read in part is so unless what was read
    /// takes back what was known.
    fn is_believed(&mut self, reading: &Reading) -> Result<bool, LedgerError> {
        let whole = reading.incomplete.is_none();
        self.news |= self.course.takes_back();
        let doubt = if whole {
            self.look_back(reading)?
        } else {
            let Self { ledger, now, course, seen, spec, .. } = self;
            ledger.taken_back_ends(course, spec, missing_of(seen), now)?
        };
        let Self { ledger, now, course, mapping, seen, spec, policy, .. } = self;
        let name = spec.name.as_str();
        let mut sighted = Sighted { ledger, policy, course, name, mapping, now };
        match doubt {
            Some(_) => sighted.doubt(doubt).map(|()| false),
            None if whole => sighted.believe(seen).map(|()| true),
            None => Ok(true),
        }
    }

    /// Enters how far the source was read. Gives what of it could not be.
    pub fn was_read(&mut self, reading: &Reading) -> Result<Option<Missing>, LedgerError> {
        let newest = reading.newest.map(|at| at.to_string());
        let Reading { cursors, rows, whole, .. } = reading;
        let newest = newest.as_deref();
        let unknown = self.ledger.is_dark(self.course.source())?;
        if reading.unchanged && reading.incomplete.is_none() && !unknown {
            self.ledger.source_looked_at(
                self.course.source(),
                (self.course.round(), self.mapping),
                self.now,
            )?;
            return Ok(None);
        }
        let missing = self.missing(reading)?;
        // What a file tells of may be newer than its own time, where that was set by another clock.
        let newest_told = reading.newest.map(|at| at.at());
        let delivered = reading.delivered.map(|at| newest_told.map_or(at, |newest| newest.max(at)));
        let read = ReadTo {
            cursors,
            mapping: self.mapping,
            whole,
            nothing: &reading.nothing,
            never_seen: &reading.never_seen,
            passed_over: &reading.passed_over,
            reads: &self.spec.reads,
            round: self.course.round(),
            rows: *rows,
            newest,
            news: self.news,
            incomplete: missing.as_ref().map(|it| &it.why),
            delivered,
        };
        self.ledger.source_read(self.course, &read, self.now)?;
        Ok(missing)
    }

    /// Notes which files were not read, and gives what is said of them: up to when the cases wait of which they may tell.
    fn missing(&mut self, reading: &Reading) -> Result<Option<Missing>, LedgerError> {
        let Self { ledger, now, course, policy, .. } = self;
        let unread = UnreadFiles { names: &reading.unread, never_read: &reading.never_read };
        let standing = |since| Hold { since, anew: false }.standing(CaseCourse::GoesOn, policy, now);
        let since = ledger.note_unread(course.source(), unread, |since| !standing(since).is_held(), now)?;
        let Some(why) = reading.incomplete.clone() else { return Ok(None) };
        let until = since.map(standing);
        let why = match until {
            Some(HoldState::Until(day)) => say!("unread_files-held", why, day),
            _ => say!("unread_files-over", why),
        };
        Ok(Some(Missing { why, held: until.is_some() }))
    }
}
