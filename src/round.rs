//! One round on one screen: read, judge, measure, write, deliver.

mod adoption;
mod bulletin;
mod daily;
mod letters;
mod present;
mod replay;
mod weighing;

use std::ops::ControlFlow;

use crate::domain::card::Mode;
use crate::domain::letter::Outcome;
use crate::domain::letter::shorter::in_place_of;
use crate::domain::now::Now;
use crate::domain::plan;
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::rules::{SOURCE_DARK, source_dark};
use crate::domain::text::Sentence;
use crate::edge::ledger::{Ledger, LedgerError, ReadTo, RoundId, Tally};
use crate::edge::source::{Cursors, Reading, SourceError, read_ahead};
use crate::house::House;

use adoption::Settled;
pub use adoption::{Proposal, carried, in_force, propose, propose_this};
pub use bulletin::{bulletin_of, send_bulletin, workbook};
use daily::{
    look_across, match_evidence, measure, watch_addresses, watch_calendar, watch_clocks, watch_codes,
    watch_sources,
};
use present::Present;
pub use replay::replay;

/// What a long round tells those who wait, and what they tell it.
pub trait Watch: Sync {
    /// The round goes on: so many rows read and cases judged since the last call.
    fn goes_on(&self, rows: u64, cases: u64);
    /// Whether the round should stop at the next safe point.
    fn stop(&self) -> bool;
}

/// Cases judged between two commits.
const CASES_AT_ONCE: usize = 1_000;

/// The whole way, from the sources' rows to the mail server, as of one moment. Each step commits what it did, and
/// each takes up what a round cut short has left: a crash repeats a letter at worst, and loses nothing. A round
/// that is told to stop stays unfinished and writes no letters: a digest of half a reading would be wrong.
pub fn run(house: &mut House, now: &Now, watch: &dyn Watch) -> Result<Tally, LedgerError> {
    house.ledger.still_there()?;
    let Present { now, away } = &Present::of(&house.ledger, now)?;
    let Some(Settled { changed, judges }) = adoption::settle(house, now, watch)? else {
        return Ok(Tally::default());
    };
    let round = house.ledger.begin_round(now, &house.policy.version)?;
    if let Some(since) = away {
        house.ledger.nobody_watched(round)?;
        letters::away(&mut house.ledger, since)?;
    }
    let mut tally = Tally::default();
    watch_sources(house, round, now)?;
    let frozen = read(house, round, now, watch, &mut tally)?;
    if judges {
        judge(house, round, now, watch, &frozen, &mut tally)?;
    }
    watch_calendar(house, round, now)?;
    watch_addresses(house, round, now)?;
    watch_codes(house, round, now)?;
    if watch.stop() {
        return Ok(tally);
    }
    match_evidence(house, round, now, &tally)?;
    if judges {
        look_across(house, round, now, &frozen, &mut tally)?;
        watch_clocks(house, round, now, changed)?;
    }
    let seen = changed || tally.cases_judged > 0 || tally.rows_read > 0;
    measure(house, now, seen)?;
    house.ledger.durable()?;
    letters::write(house, round, now, &mut tally)?;
    for fault in house.pages.faults() {
        tracing::error!(
            "a page of your own could not be filled in, and the shipped one took its place: {fault}"
        );
    }
    house.ledger.finish_round(round, &house.clock.now(), &tally)?;
    deliver(house, watch)?;
    let idle = (tally.rows_read, tally.cases_judged, tally.letters) == (0, 0, 0);
    if idle { Ok(tally) } else { house.ledger.rest().map(|()| tally) }
}

/// Reads every source into the ledger. Gives those whose cases must not be judged: a source that is dark or was
/// read only in part says nothing, and silence is not compliance.
fn read(
    house: &mut House,
    round: RoundId,
    now: &Now,
    watch: &dyn Watch,
    tally: &mut Tally,
) -> Result<Vec<i64>, LedgerError> {
    let mut frozen = Vec::new();
    let House { sources, ledger, policy, .. } = house;
    for source in sources {
        let name = source.spec().name.clone();
        let id = ledger.source(&name)?;
        ledger.believe(id, source.spec())?;
        let mapping = source.spec().digest();
        let sweep = ledger.sweep_if_due(id, source.spec(), now)?;
        let mut cursors = ledger.cursors(id, &mapping, round)?;
        // What another mapping reads differently was delivered before.
        let (anew, mut news) = (cursors.is_empty(), false);
        if sweep {
            cursors = Cursors::new();
        }
        if cursors.is_empty() {
            ledger.expect_much()?;
        }
        let lists: Vec<_> = source.spec().reads.iter().map(|read| read.evidence.clone()).collect();
        let mut broken = None;
        let result = read_ahead(source.as_mut(), &cursors, now, &mut |batch| {
            let rows = (batch.facts.len() + batch.rejected.len()) as u64;
            let taken = match lists.get(usize::from(batch.read)) {
                Some(Some(list)) => ledger.take_evidence(id, round, &batch, list),
                _ => ledger.take(id, round, &batch).map(|taken| {
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
        let spec = source.spec();
        let health = Health { ledger, policy, round, now, source: id, mapping: &mapping, news, spec };
        if !health.note(result)? {
            frozen.push(id);
        }
    }
    Ok(frozen)
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
    spec: &'a SourceSpec,
}

impl Health<'_> {
    /// Gives whether the source was read whole, so that its cases may be judged.
    fn note(self, result: Result<Reading, SourceError>) -> Result<bool, LedgerError> {
        let Self { ledger, now, source, round, mapping, news, spec, policy } = self;
        let name = spec.name.as_str();
        let dark = match result {
            Ok(reading) if reading.stopped => return Ok(false),
            Ok(mut reading) => {
                for note in &reading.notes {
                    tracing::warn!(source = name, "{note}");
                }
                if reading.incomplete.is_none() {
                    ledger.settle_doubled(source, &reading.whole, round)?;
                    ledger.settle_keys(source, round)?;
                    reading.incomplete = ledger.sweep_ends(source, &reading.whole, round, now)?;
                }
                let newest = reading.newest.map(|at| at.to_string());
                let Reading { cursors, rows, whole, .. } = &reading;
                let (newest, incomplete) = (newest.as_deref(), reading.incomplete.as_deref());
                let unknown = ledger.is_dark(source)?;
                if !reading.unchanged || incomplete.is_some() || unknown {
                    // What a file tells of may be newer than its own time, where that was set by another clock.
                    let newest_told = reading.newest.map(|at| at.at());
                    let delivered =
                        reading.delivered.map(|at| newest_told.map_or(at, |newest| newest.max(at)));
                    let rows = *rows;
                    let read = ReadTo {
                        cursors,
                        mapping,
                        whole,
                        nothing: &reading.nothing,
                        never_seen: &reading.never_seen,
                        reads: &spec.reads,
                        round,
                        rows,
                        newest,
                        news,
                        incomplete,
                        delivered,
                    };
                    ledger.source_read(source, &read, now)?;
                }
                reading.incomplete
            }
            Err(error) => {
                let message = error.for_operator();
                if ledger.source_dark(source, &message, round, now)? {
                    tracing::error!(source = name, "{message}");
                }
                Some(message)
            }
        };
        let stands_still = ledger.last_delivery(source)?.filter(|_| spec.is_awaited() && dark.is_none());
        let overdue =
            stands_still.and_then(|at| source_dark::overdue(&policy.calendar, at, spec.overdue_after, now));
        ledger.note_overdue(source, overdue.as_ref().map(|why| why.en.as_str()), now)?;
        let unread = dark.as_ref().map(|message| Sentence { zh: message.clone(), en: message.clone() });
        let off = policy.rules.get(SOURCE_DARK).is_some_and(|rule| rule.mode == Mode::Off);
        if !off {
            let (why, at) = (unread.or(overdue), now.instant.to_rfc3339());
            ledger.own_finding(SOURCE_DARK, name, why.as_ref(), round, &policy.version, &at)?;
        }
        Ok(dark.is_none())
    }
}

/// Judges the cases that have something new or whose moment has come, and no others.
fn judge(
    house: &mut House,
    round: RoundId,
    now: &Now,
    watch: &dyn Watch,
    frozen: &[i64],
    tally: &mut Tally,
) -> Result<(), LedgerError> {
    let House { sources, ledger, policy, .. } = house;
    let configured: Vec<&str> = sources.iter().map(|source| source.spec().name.as_str()).collect();
    let unread = ledger.unread_sources(&configured)?;
    let frozen = [frozen, &unread].concat();
    let mut after = 0;
    while !watch.stop() {
        let mut files = ledger.to_judge(now, &frozen, after, CASES_AT_ONCE)?;
        let Some(last) = files.last() else { break };
        after = last.id;
        let judgements: Vec<_> = files.iter_mut().map(|file| plan::judge(file, policy, now)).collect();
        ledger.enter(&files, &judgements, round, &policy.version, now, tally)?;
        watch.goes_on(0, files.len() as u64);
    }
    Ok(())
}

/// Sends what the outbox holds, from this round or one cut short before it, the most urgent first. A fault that
/// concerns every letter (server down, login refused) ends the run: the letters are good, and wait.
pub fn deliver(house: &mut House, watch: &dyn Watch) -> Result<u64, LedgerError> {
    let leaving = letters::leaving(&house.policy, &house.clock.now());
    if leaving.alerts {
        let now = house.clock.now();
        letters::recheck(house, &now)?;
    }
    let House { ledger, policy, mailer: Some(mailer), clock, caps, .. } = house else { return Ok(0) };
    ledger.durable()?;
    let mut run = ledger.sending(&clock.now(), caps, leaving)?;
    let mut sent = 0;
    while let Some(queued) = ledger.next_letter(&run, &clock.now())? {
        if watch.stop() {
            break;
        }
        ledger.handing_over(&queued, &clock.now())?;
        let outcome = mailer.send(&queued.letter, clock.as_ref());
        if let Outcome::TooLarge { why } = &outcome
            && let Some(short) = in_place_of(&queued.letter, policy)
        {
            tracing::warn!(to = %queued.letter.to.address, "{why}");
            ledger.shorten(&queued, &short, why, &clock.now())?;
            continue;
        }
        ledger.settle(&queued, &outcome, caps, &clock.now())?;
        run.enter(&queued, &outcome);
        watch.goes_on(0, 0);
        match outcome {
            Outcome::Sent { .. } => sent += 1,
            Outcome::TryLater { why, all: true } => {
                tracing::error!("letters wait: {why}");
                break;
            }
            other => tracing::warn!(to = %queued.letter.to.address, "{}", other.words()),
        }
    }
    mailer.finish();
    Ok(sent)
}
