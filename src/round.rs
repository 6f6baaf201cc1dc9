//! One round on one screen: read, judge, measure, write, deliver.

mod adoption;
mod bulletin;
mod course;
mod daily;
mod ended;
mod health;
mod letters;
mod own_pages;
mod reading;
mod replay;
mod round_time;
mod sight;
mod unseen;
mod weighing;

use std::time::Duration;

use crate::domain::letter::Outcome;
use crate::domain::letter::shorter::in_place_of;
use crate::domain::now::{Clock, Now};
use crate::domain::plan;
use crate::domain::text::say;
use crate::edge::ledger::{LedgerError, RoundId, Stamp, Tally};
use crate::edge::operator::words;
use crate::service::Service;

use adoption::Settled;
pub use adoption::{Proposal, carried, in_force, propose, propose_this};
pub use bulletin::{bulletin_of, send_bulletin, workbook};
use daily::{
    When, look_across, match_evidence, measure, watch_addresses, watch_beginning, watch_calendar,
    watch_clocks, watch_codes, watch_ledger, watch_sources,
};
pub use ended::tell_end;
use reading::read;
pub use reading::read_on;
pub use replay::replay;
use round_time::RoundTime;
use unseen::look_back;

/// What a long round tells those who wait, and what they tell it.
pub trait Watch: Sync {
    /// The round goes on: so many rows read and cases judged since the last call.
    fn goes_on(&self, rows: u64, cases: u64);
    /// Whether the round should stop at the next safe point.
    fn stop(&self) -> bool;
    /// How long a round waits for sources that are slow, all of them together; what takes longer goes on beside, and is judged by
    /// the round that follows its end.
    fn patience(&self) -> Duration {
        Duration::MAX
    }
    /// How long sources that nobody adopted yet may be read for trial, all of them together. Supervision waits meanwhile.
    fn trial_at_most(&self) -> Duration {
        TRIAL_AT_MOST
    }
}

/// Two readings of as many rows as are tried at all take about a minute; a statement that gave no row by then may never give one, and
/// the watchdog of the daemon (five minutes) must not take it for dead.
const TRIAL_AT_MOST: Duration = Duration::from_secs(120);

/// How long a round waits for slow sources before it judges what the others told, where it does not wait for their end.
pub const FOR_SLOW_SOURCES: Duration = Duration::from_secs(10);

/// Cases judged between two commits.
const CASES_AT_ONCE: usize = 1_000;

/// The whole way, from the sources' rows to the mail server, as of one moment. Each step commits what it did, and
/// each takes up what a round cut short has left: a crash repeats a letter at worst, and loses nothing. A round
/// that is told to stop stays unfinished and writes no letters: a digest of half a reading would be wrong.
pub fn run(service: &mut Service, now: &Now, watch: &dyn Watch) -> Result<Tally, LedgerError> {
    service.ledger.still_there()?;
    let Some(RoundTime { now, away, since_last }) = &RoundTime::of(service, now, watch)? else {
        return Ok(Tally::default());
    };
    let Some(Settled { changed, judges }) = adoption::settle(service, now, watch)? else {
        return Ok(Tally::default());
    };
    let replaced = service.ledger.replaced()?;
    let round = service.ledger.begin_round(now, &service.clock.base(), &service.policy.version)?;
    if let Some(since) = away {
        service.ledger.nobody_watched(round)?;
        unseen::deliveries_missed(service, round, now)?;
        letters::away(&mut service.ledger, since)?;
    } else {
        unseen::nobody_looked(service, round, *since_last)?;
    }
    let mut tally = Tally::default();
    watch_sources(service, round, now)?;
    let frozen = read(service, round, now, watch, &mut tally)?;
    if judges {
        judge(service, (round, now), watch, &frozen, &mut tally)?;
    }
    watch_beginning(service, round, now)?;
    watch_ledger(service, round, now, replaced.as_ref())?;
    watch_calendar(service, round, now)?;
    watch_addresses(service, round, now)?;
    watch_codes(service, round, now)?;
    if watch.stop() {
        return Ok(tally);
    }
    match_evidence(service, round, now, &tally)?;
    if judges {
        look_back(service, round, now, watch, &mut tally)?;
        look_across(service, round, now, &frozen, &mut tally)?;
        watch_clocks(service, round, now, if changed { When::Now } else { When::OnceADay })?;
    }
    let seen = changed || tally.cases_judged > 0 || tally.rows_read > 0;
    measure(service, now, if seen { When::Now } else { When::OnceADay })?;
    service.ledger.sync_full()?;
    own_pages::note(service)?;
    letters::write(service, round, now, &mut tally)?;
    own_pages::note(service)?;
    service.ledger.finish_round(round, &service.clock.now(), &tally)?;
    let idle = (tally.rows_read, tally.cases_judged, tally.letters) == (0, 0, 0);
    if idle {
        service.ledger.note_looked_at()?
    } else {
        service.ledger.note_used()?
    }
    deliver(service, watch)?;
    service.ledger.keep_no_longer(&service.retention, || service.policy.stays(), now)?;
    if idle { Ok(tally) } else { service.ledger.shrink().map(|()| tally) }
}

/// Judges the cases that have something new or whose moment has come, and no others.
fn judge(
    service: &mut Service,
    (round, now): (RoundId, &Now),
    watch: &dyn Watch,
    frozen: &[i64],
    tally: &mut Tally,
) -> Result<(), LedgerError> {
    let Service { sources, ledger, policy, .. } = service;
    let configured: Vec<&str> = sources.iter().map(|source| source.spec().name.as_str()).collect();
    let unread = ledger.unread_sources(&configured)?;
    let frozen = [frozen, &unread].concat();
    let mut after = 0;
    while !watch.stop() {
        let mut files = ledger.to_judge(now, &frozen, after, CASES_AT_ONCE)?;
        let Some(last) = files.last() else { break };
        after = last.id;
        let judgements: Vec<_> = files.iter_mut().map(|file| plan::judge(file, policy, now)).collect();
        ledger.enter(&files, &judgements, &Stamp::new(round, &policy.version, now), now, tally)?;
        watch.goes_on(0, files.len() as u64);
    }
    Ok(())
}

/// A clock that tells that the round goes on whenever somebody looks at it: a conversation with a mail server does with each thing
/// that it says or hears.
struct Watched<'a> {
    clock: &'a dyn Clock,
    watch: &'a dyn Watch,
}

impl Clock for Watched<'_> {
    fn now(&self) -> Now {
        self.clock.now()
    }

    fn running(&self) -> Duration {
        self.watch.goes_on(0, 0);
        self.clock.running()
    }
}

/// Sends what the outbox holds, from this round or one cut short before it, the most urgent first. A fault that
/// concerns every letter (server down, login refused) ends the run: the letters are good, and wait.
pub fn deliver(service: &mut Service, watch: &dyn Watch) -> Result<u64, LedgerError> {
    if round_time::step(service, &service.clock.now())?.is_some() {
        return Ok(0);
    }
    let leaving = letters::leaving(&service.policy, &service.clock.now());
    let kept = letters::kept(service)?;
    if leaving.alerts && kept.is_none() {
        let now = service.clock.now();
        letters::recheck(service, &now)?;
    }
    let Service { ledger, policy, mailer: Some(mailer), clock, caps, .. } = service else { return Ok(0) };
    ledger.sync_full()?;
    let mut run = ledger.sending(&clock.now(), caps, (leaving, kept))?;
    let mut sent = 0;
    while let Some(queued) = ledger.next_letter(&run, &clock.now())? {
        if watch.stop() {
            break;
        }
        ledger.handing_over(&queued, &clock.now())?;
        let outcome = mailer.send(&queued.letter, &Watched { clock: clock.as_ref(), watch });
        if let Outcome::TooLarge { why } = &outcome
            && let short @ [_, ..] = &in_place_of(&queued.letter, policy)[..]
        {
            tracing::warn!(to = %queued.letter.to.address, "{}", words(why));
            ledger.shorten(&queued, short, why, &clock.now())?;
            continue;
        }
        if ledger.settle(&queued, &outcome, caps, &clock.now())? {
            tracing::error!("{}", words(&say!("journal-refused_alike")));
        }
        if matches!(outcome, Outcome::TooLarge { .. }) {
            tracing::error!("{}", words(&say!("journal-takes_no_size")));
        }
        run.enter(&queued, &outcome);
        watch.goes_on(0, 0);
        match outcome {
            Outcome::Sent { .. } => sent += 1,
            Outcome::TryLater { why, all: true } => {
                tracing::error!("{}", words(&say!("journal-letters_held", why)));
                break;
            }
            other => tracing::warn!(to = %queued.letter.to.address, "{}", words(&other.said())),
        }
    }
    mailer.finish();
    Ok(sent)
}
