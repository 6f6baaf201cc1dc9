//! Reads the sources into the ledger, and enters how each was found.

use std::ops::ControlFlow;

use super::Watch;
use super::sight::{Seen, Sight, Sighted};
use crate::domain::card::Mode;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::rules::source_suspect::Looked;
use crate::domain::rules::{SOURCE_DARK, source_dark};
use crate::domain::text::{Language, Text};
use crate::edge::ledger::{Ledger, LedgerError, ReadTo, RoundId, Tally};
use crate::edge::source::{Cursors, Reading, Source, SourceError, read_ahead};
use crate::service::Service;

/// Reads every source into the ledger. Gives those whose cases must not be judged: a source that is dark, doubted or was
/// read only in part says nothing, and silence is not compliance.
pub(super) fn read(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    watch: &dyn Watch,
    tally: &mut Tally,
) -> Result<Vec<i64>, LedgerError> {
    let mut frozen = Vec::new();
    let Service { sources, ledger, policy, .. } = service;
    for source in sources {
        let id = ledger.source(&source.spec().name)?;
        ledger.believe(id, source.spec())?;
        let mapping = source.spec().digest();
        let cursors = ledger.cursors(id, &mapping, round)?;
        let name = source.spec().name.clone();
        let mut sighted =
            Sighted { ledger: &mut *ledger, policy, source: id, name: &name, mapping: &mapping, round, now };
        let (seen, read) = match sighted.look(source.as_mut(), &cursors, watch)? {
            Sight::Read(seen) => {
                let (of, from) = ((id, round, now), (&seen, cursors));
                let read = take_in(ledger, source.as_mut(), of, from, watch, tally, &mut |_| {})?;
                (seen, read)
            }
            Sight::Doubted(found) => {
                sighted.doubt(found)?;
                frozen.push(id);
                continue;
            }
            Sight::Failed(error) => (Seen::default(), (Err(error), false)),
            Sight::Stopped => {
                frozen.push(id);
                continue;
            }
        };
        let (result, news) = read;
        let (spec, mapping) = (source.spec(), mapping.as_str());
        let health = Health { ledger, policy, round, now, source: id, mapping, news, seen, spec };
        if !health.note(result)? {
            frozen.push(id);
        }
    }
    Ok(frozen)
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
    let mut tally = Tally::default();
    let (of, from) = ((id, round, now), (&seen, cursors));
    let (result, news) = take_in(ledger, source, of, from, watch, &mut tally, met)?;
    let reading = match result {
        Err(error) => return Ok(Tried::Not(error.for_operator().into())),
        Ok(reading) if reading.stopped => return Ok(Tried::Stopped),
        Ok(reading) => reading,
    };
    let spec = source.spec();
    let mut health = Health { ledger, policy, round, now, source: id, mapping: &mapping, news, seen, spec };
    if let Some((_, why)) = health.look_back(&reading)? {
        return Ok(Tried::Not(why));
    }
    health.was_read(&reading)?;
    Ok(reading.incomplete.map_or(Tried::Read, |why| Tried::Not(why.into())))
}

/// Reads a source from where it was left, or all of it. Gives what came of it, and whether something came that was not known.
fn take_in(
    ledger: &mut Ledger,
    source: &mut dyn Source,
    (id, round, now): (i64, RoundId, &Now),
    (seen, mut cursors): (&Seen, Cursors),
    watch: &dyn Watch,
    tally: &mut Tally,
    met: &mut dyn FnMut(&Batch),
) -> Result<(Result<Reading, SourceError>, bool), LedgerError> {
    let sweep = ledger.sweep_if_due(id, source.spec(), seen.otherwise, now)?;
    // What another mapping reads differently was delivered before.
    let (anew, mut news) = (cursors.is_empty(), false);
    if sweep || seen.otherwise {
        cursors = Cursors::new();
    }
    if cursors.is_empty() {
        ledger.large_cache()?;
    }
    let lists: Vec<_> = source.spec().reads.iter().map(|read| read.evidence.clone()).collect();
    let mut broken = None;
    let result = read_ahead(source, &cursors, now, &mut |batch| {
        let rows = (batch.facts.len() + batch.rejected.len()) as u64;
        let taken = match lists.get(usize::from(batch.read)) {
            Some(Some(list)) => ledger.take_evidence(id, round, &batch, list),
            _ => ledger.take(id, round, &batch).map(|taken| {
                met(&batch);
                news |= !anew && taken.changed + taken.rejected > 0;
                taken.rejected
            }),
        };
        match taken {
            Ok(rejected) => tally.rows_rejected += rejected,
            Err(error) => {
                broken = Some(error);
                return ControlFlow::Break(());
            }
        }
        tally.rows_read += rows;
        watch.goes_on(rows, 0);
        if watch.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    broken.map_or(Ok(()), Err)?;
    if result.as_ref().is_ok_and(|reading| !reading.stopped) {
        let taken = ledger.take_waiting(id, round)?;
        news |= !anew && taken.changed + taken.rejected > 0;
        tally.rows_rejected += taken.rejected;
    }
    Ok((result, news))
}

/// Enters how a source was found.
struct Health<'a> {
    ledger: &'a mut Ledger,
    policy: &'a Policy,
    round: RoundId,
    now: &'a Now,
    source: i64,
    mapping: &'a str,
    /// Something came that was not known.
    news: bool,
    /// What was seen of it before it was read.
    seen: Seen,
    spec: &'a SourceSpec,
}

impl Health<'_> {
    /// Gives whether the source is believed and was read so far that its cases may be judged, but for those of files that were not read.
    fn note(mut self, result: Result<Reading, SourceError>) -> Result<bool, LedgerError> {
        let mut some_wait = false;
        let dark = match result {
            Ok(reading) if reading.stopped => return Ok(false),
            Ok(reading) => {
                for note in &reading.notes {
                    tracing::warn!(source = self.spec.name, "{note}");
                }
                if reading.incomplete.is_none() && !self.is_believed(&reading)? {
                    return Ok(false);
                }
                self.was_read(&reading)?;
                some_wait = !reading.unread.is_empty()
                    && !self.ledger.all_wait_for_files(self.source, reading.any_case_unread)?;
                reading.incomplete
            }
            Err(error) => {
                let message = error.for_operator();
                if self.ledger.source_dark(self.source, &message, self.round, self.now)? {
                    tracing::error!(source = self.spec.name, "{message}");
                }
                Some(message)
            }
        };
        let Self { ledger, now, source, round, spec, policy, .. } = self;
        let stands_still = ledger.last_delivery(source)?.filter(|_| spec.is_awaited() && dark.is_none());
        let overdue =
            stands_still.and_then(|at| source_dark::overdue(&policy.calendar, at, spec.overdue_after, now));
        ledger.note_overdue(
            source,
            overdue.as_ref().map(|why| why.words(Language::English)).as_deref(),
            now,
        )?;
        match (&dark, &overdue) {
            (Some(_), _) => ledger.blind(source, round)?,
            (None, Some(_)) => ledger.blind_since_delivery(source, round)?,
            (None, None) => ledger.sees(source, round)?,
        }
        let unread = dark.as_ref().map(Text::from);
        let off = policy.rules.get(SOURCE_DARK).is_some_and(|rule| rule.mode == Mode::Off);
        if !off {
            let (why, at) = (unread.or(overdue), now.instant.to_rfc3339());
            ledger.own_finding(SOURCE_DARK, &spec.name, why.as_ref(), round, &policy.version, &at)?;
        }
        Ok(dark.is_none() || some_wait)
    }

    /// Ends the sweep, and gives why the source is doubted, if it is.
    fn look_back(&mut self, reading: &Reading) -> Result<Option<(Looked, Text)>, LedgerError> {
        let Self { ledger, now, source, round, seen, spec, .. } = self;
        ledger.settle_doubled(*source, &reading.whole, *round)?;
        ledger.settle_keys(*source, *round)?;
        ledger.sweep_ends(*source, spec, &reading.whole, seen.accepted, *round, now)
    }

    /// Ends the sweep, and gives whether the source is what was read of it before.
    fn is_believed(&mut self, reading: &Reading) -> Result<bool, LedgerError> {
        let doubt = self.look_back(reading)?;
        let Self { ledger, now, source, round, mapping, seen, spec, policy, .. } = self;
        let (name, source, round) = (spec.name.as_str(), *source, *round);
        let mut sighted = Sighted { ledger, policy, source, name, mapping, round, now };
        match doubt {
            Some(_) => sighted.doubt(doubt).map(|()| false),
            None => sighted.believe(seen).map(|()| true),
        }
    }

    /// Enters how far the source was read.
    fn was_read(&mut self, reading: &Reading) -> Result<(), LedgerError> {
        let newest = reading.newest.map(|at| at.to_string());
        let Reading { cursors, rows, whole, .. } = reading;
        let (newest, incomplete) = (newest.as_deref(), reading.incomplete.as_deref());
        let unknown = self.ledger.is_dark(self.source)?;
        if reading.unchanged && incomplete.is_none() && !unknown {
            return Ok(());
        }
        // What a file tells of may be newer than its own time, where that was set by another clock.
        let newest_told = reading.newest.map(|at| at.at());
        let delivered = reading.delivered.map(|at| newest_told.map_or(at, |newest| newest.max(at)));
        let read = ReadTo {
            cursors,
            mapping: self.mapping,
            whole,
            nothing: &reading.nothing,
            never_seen: &reading.never_seen,
            reads: &self.spec.reads,
            round: self.round,
            rows: *rows,
            newest,
            news: self.news,
            incomplete,
            unread: &reading.unread,
            delivered,
        };
        self.ledger.source_read(self.source, &read, self.now)
    }
}
