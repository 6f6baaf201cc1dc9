//! Cases of sources that are to be read by another mapping, weighed by a reading for trial.

use std::collections::BTreeMap;

use super::{CASES_AT_ONCE, Scales};
use crate::domain::adoption::{AtStake, Counted, Effect, RowsToCome};
use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Known, Standing};
use crate::domain::now::Now;
use crate::domain::plan::{AsRead, Calendars, Preview, preview_as_read};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::terms::SourceTerms;
use crate::domain::record::{Entry, Header, Trace};
use crate::edge::ledger::{Horizons, Ledger, LedgerError};
use crate::round::adoption::trial::{Differs, Remapped, Trials};

/// A source that is to be read by another mapping.
pub(super) struct Stake<'a> {
    source: i64,
    /// What it is called in the ledger.
    name: &'a String,
    at_stake: AtStake,
    /// On which terms it is read, and will be.
    old: &'a SourceTerms,
    new: &'a SourceTerms,
}

/// What rests on each source, once those that could be read were read for trial.
pub(super) fn settled(
    stakes: Vec<Stake<'_>>,
    mut trials: Trials,
    counted: BTreeMap<i64, Counted>,
) -> impl Iterator<Item = AtStake> {
    stakes.into_iter().map(move |Stake { source, at_stake, old, new, .. }| {
        let at_stake = AtStake { counted: counted.get(&source).copied().unwrap_or_default(), ..at_stake };
        let untried = trials.untried.remove(&source);
        match trials.tried.remove(&source) {
            Some(trial) => {
                let set_aside = if old.reads_evidence_otherwise(new) { at_stake.set_aside } else { 0 };
                let alike = old.reads_rows_to_come_alike(new);
                let to_come = if alike { RowsToCome::AsBefore } else { RowsToCome::Otherwise };
                at_stake.tried(trial, to_come, set_aside)
            }
            None => AtStake { untried, ..at_stake },
        }
    })
}

/// A case would be judged otherwise, with a card that stands or without.
fn note_moved(trials: &mut Trials, source: i64, before: &CaseFile) {
    let stands = |known: &Known| matches!(known.standing, Standing::Open | Standing::Pending);
    if before.known.iter().any(stands) {
        trials.moved_with_card(source);
    } else {
        trials.moved(source);
    }
}

/// The case as another ledger has it.
fn in_other(other: &Ledger, file: &CaseFile) -> Result<Option<CaseFile>, LedgerError> {
    let id = other.case_of(file.source, &file.number)?;
    id.map(|id| other.case_file(id)).transpose()
}

impl Scales<'_> {
    /// What rests on the sources that the one policy reads otherwise than the other, which has them on the terms of `then`.
    pub(super) fn stakes<'t>(
        &'t self,
        then: &'t BTreeMap<String, SourceTerms>,
        known: &BTreeMap<String, i64>,
    ) -> Result<Vec<Stake<'t>>, LedgerError> {
        let mut stakes = Vec::new();
        for (name, old) in self.terms.iter().filter(|(_, terms)| !terms.removed) {
            let new = then.get(name).filter(|new| !new.removed);
            let (Some(new), Some(source)) = (new, known.get(name)) else { continue };
            let at_stake = self.ledger.at_stake(name, old.remapped(new))?;
            if at_stake.most() > 0 {
                stakes.push(Stake { source: *source, name, at_stake, old, new });
            }
        }
        Ok(stakes)
    }

    /// A source as it is to be read for trial, if anything of its cases may move, and it is configured.
    pub(super) fn remapped(&self, stake: &Stake<'_>) -> Option<Remapped> {
        let Stake { source, name, at_stake, old, .. } = stake;
        let is = |spec: &&SourceSpec| spec.name == **name || spec.was.as_ref() == Some(*name);
        let then = self.specs.iter().find(is).filter(|_| at_stake.cases + at_stake.set_aside > 0)?;
        let so_far = old.under(then).map(|spec| SourceSpec { name: (*name).clone(), ..spec });
        Some(Remapped { source: *source, so_far, then: then.clone() })
    }

    /// Looks at the cases of sources that were read for trial. Gives whether it came to the end.
    pub(super) fn each_tried(
        &self,
        trials: &mut Trials,
        calendars: Calendars<'_>,
        (effect, counted): (&mut Effect, &mut BTreeMap<i64, Counted>),
        names: &[&Policy],
    ) -> Result<bool, LedgerError> {
        let Self { old: Some(old), new, terms, now, watch, .. } = self else { return Ok(true) };
        let (Some(so_far), Some(then)) = (trials.so_far.take(), trials.then.take()) else { return Ok(true) };
        let sources = trials.sources();
        let by = Tried {
            old: (old, so_far.horizons_under(terms, now)?),
            new: (new, then.horizons_under(&new.sources, now)?),
            calendars,
        };
        let mut look = |read: AsRead<'_>, closed: bool| {
            let (file, seen) = by.look(read, now);
            trials.note(file.source, &file.number, differs(read));
            if let AsRead::Both { before, .. } = read {
                let counted = counted.entry(file.source).or_default();
                if closed {
                    counted.note_closed(&seen)
                } else {
                    counted.note_open(&seen)
                }
                if seen.counts() {
                    note_moved(trials, file.source, before);
                }
            }
            if closed {
                effect.take_closed(&file.number, seen, names);
            } else {
                effect.take(&file.number, &seen, names);
            }
        };
        let mut last = 0;
        loop {
            let files = then.marked_or_open(&sources, last, CASES_AT_ONCE)?;
            let Some((file, _)) = files.last() else { break };
            last = file.id;
            for (file, closed) in &files {
                match in_other(&so_far, file)? {
                    Some(before) => look(AsRead::Both { before: &before, after: file }, *closed),
                    None => look(AsRead::New(file), *closed),
                }
            }
            watch.goes_on(0, files.len() as u64);
            if watch.stop() {
                return Ok(false);
            }
        }
        // What has something new, or is open, as it is read so far, and is not or is nothing new as it is read then.
        last = 0;
        loop {
            let files = so_far.marked_or_open(&sources, last, CASES_AT_ONCE)?;
            let Some((file, _)) = files.last() else { return Ok(!watch.stop()) };
            last = file.id;
            for (was, closed) in files {
                match in_other(&then, &was)? {
                    None => look(AsRead::Gone(&was), closed),
                    Some(file) if !then.is_marked_or_open(file.id)? => {
                        look(AsRead::Both { before: &was, after: &file }, closed);
                    }
                    Some(_) => {}
                }
            }
            watch.goes_on(0, 0);
        }
    }
}

/// What judges a case as it is read so far and then.
struct Tried<'a> {
    old: (&'a Policy, Horizons),
    new: (&'a Policy, Horizons),
    calendars: Calendars<'a>,
}

impl Tried<'_> {
    /// A case, and what would become of it.
    fn look<'f>(&self, read: AsRead<'f>, now: &Now) -> (&'f CaseFile, Preview) {
        let (AsRead::Both { after: file, .. } | AsRead::New(file) | AsRead::Gone(file)) = read;
        let until = |horizons: &Horizons| horizons.get(&file.source).copied();
        let (old, new) = ((self.old.0, until(&self.old.1)), (self.new.0, until(&self.new.1)));
        (file, preview_as_read(read, old, new, self.calendars, now))
    }
}

/// How the record of a case differs by another mapping, whatever order its rows have, where they stand and what is shown of it.
fn differs(read: AsRead<'_>) -> Option<Differs> {
    let (before, after) = match read {
        AsRead::Both { before, after } => (before, after),
        AsRead::New(_) => return Some(Differs::New),
        AsRead::Gone(_) => return None,
    };
    let header = |file: &CaseFile| file.header.clone().map(|header| Header { display: None, ..header });
    let traces = |file: &CaseFile| -> Vec<Trace> {
        file.traces.iter().map(|trace| Trace { entry: Entry::default(), ..trace.clone() }).collect()
    };
    let (was, is) = (traces(before), traces(after));
    let all_in = |one: &[Trace], other: &[Trace]| one.iter().all(|trace| other.contains(trace));
    let same = header(before) == header(after)
        && was.len() == is.len()
        && before.spoilt.len() == after.spoilt.len()
        && all_in(&was, &is)
        && all_in(&is, &was);
    (!same).then_some(Differs::Known)
}
