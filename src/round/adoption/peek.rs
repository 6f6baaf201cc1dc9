//! What becomes of sources by another configuration, as far as that can be seen before it judges.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::trial::too_long;
use crate::domain::adoption::{KnownFrom, MovedSources, Newcomer};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::terms::SourceTerms;
use crate::edge::ledger::{Ledger, LedgerError};
use crate::edge::source::{self, Cursors, Over, within};
use crate::round::Watch;

/// Rows of a new source that are looked at for the numbers of its cases.
const ROWS: u64 = 1_000_000;

/// What becomes of sources by a policy in the place of one that knows them on these terms; `None`: the watch ended it. A new source is
/// read for its case numbers, for no longer than a trial may take, and nothing of it is kept.
pub(in crate::round) fn moved_sources(
    ledger: &Ledger,
    terms: &BTreeMap<String, SourceTerms>,
    (new, specs): (&Policy, &[SourceSpec]),
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<MovedSources>, LedgerError> {
    let mut moved = MovedSources::default();
    let known = ledger.known_sources()?;
    moved.renamed = renames(new, |name| known.contains_key(name));
    for (name, _) in terms.iter().filter(|(_, terms)| !terms.removed) {
        if new.sources.get(name).is_some_and(|terms| terms.removed) {
            moved.leaving.push(ledger.leaving(name)?);
        }
    }
    let comes = |spec: &&SourceSpec| {
        let back = terms.get(&spec.name).is_some_and(|terms| terms.removed);
        let renamed = moved.renamed.iter().any(|(_, then)| *then == spec.name);
        let cases = spec.reads.iter().any(|read| read.evidence.is_none());
        let judged = new.sources.get(&spec.name).is_some_and(|terms| !terms.removed);
        cases && judged && !renamed && (back || !known.contains_key(&spec.name))
    };
    let new: Vec<&SourceSpec> = specs.iter().filter(comes).collect();
    if !new.is_empty() {
        moved.newcomers = within(watch.trial_at_most(), &|| watch.stop(), |over| {
            new.into_iter().map(|spec| newcomer(ledger, spec, now, (watch, over))).collect::<Result<_, _>>()
        })?;
        watch.goes_on(0, 0);
    }
    Ok(if watch.stop() { None } else { Some(moved) })
}

/// The sources that a policy knows by another name than the ledger: before, then.
fn renames(policy: &Policy, known: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let moves = |(name, was): &(&String, &String)| known(was) && !known(name);
    let pairs = policy.sources_were.iter().filter(moves);
    pairs.map(|(name, was)| (was.clone(), name.clone())).collect()
}

/// Which case numbers of a new source are known from another one. Of one that is not read to its end in time nobody knows.
fn newcomer(
    ledger: &Ledger,
    spec: &SourceSpec,
    now: &Now,
    (watch, over): (&dyn Watch, &Over),
) -> Result<Newcomer, LedgerError> {
    let (mut known, mut rows, mut broken) = (BTreeMap::new(), 0, None);
    let cases = |read: u16| spec.reads.get(usize::from(read)).is_some_and(|read| read.evidence.is_none());
    let mut source = source::open(spec);
    source.end_when(over);
    let result = source.read(&Cursors::new(), now, &mut |batch| {
        rows += (batch.facts.len() + batch.rejected.len()) as u64;
        if cases(batch.read)
            && let Err(error) = ledger.known_elsewhere(&spec.name, &batch, &mut known)
        {
            broken = Some(error);
            return ControlFlow::Break(());
        }
        watch.goes_on(batch.facts.len() as u64, 0);
        if rows >= ROWS || over.is_over() || watch.stop() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    broken.map_or(Ok(()), Err)?;
    let (first_rows, unread) = match result {
        Ok(reading) if !over.is_over() => (reading.stopped.then_some(rows), reading.incomplete),
        Err(error) if !over.is_over() => (None, Some(error.for_operator())),
        _ => (None, Some(too_long(watch.trial_at_most()))),
    };
    Ok(Newcomer { source: spec.name.clone(), known: KnownFrom::by_source(&known), first_rows, unread })
}
