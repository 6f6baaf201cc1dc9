//! What another policy would do, worked out case by case.

mod remapped;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, NaiveDate};

use super::Watch;
use super::adoption::peek::moved_sources;
use super::adoption::trial::{PolicyChange, try_out};
use crate::domain::adoption::{Closes, Counted, Effect, Unreached};
use crate::domain::case_file::CaseFile;
use crate::domain::now::Now;
use crate::domain::plan::{Calendars, Preview, preview, preview_as_it_stands};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::terms::SourceTerms;
use crate::edge::ledger::{GivenUp, Horizons, Ledger, LedgerError};
use remapped::settled;

/// Cases looked at between two reports.
const CASES_AT_ONCE: usize = 1_000;

/// The policy in force and another one.
pub(super) struct Scales<'a> {
    pub ledger: &'a Ledger,
    /// The one in force; `None`: it cannot judge any more, and what stands in the ledger takes its place.
    pub old: Option<&'a Policy>,
    /// What the one in force says, also where it cannot judge any more; `None`: it cannot be read.
    pub said: Option<&'a Policy>,
    /// On which terms sources are believed so far.
    pub terms: &'a BTreeMap<String, SourceTerms>,
    /// Days that are worked by the one and not by the other.
    pub days: &'a BTreeSet<NaiveDate>,
    pub new: &'a Policy,
    /// The sources as configured for it; none: they are not looked at.
    pub specs: &'a [SourceSpec],
    pub now: &'a Now,
    pub watch: &'a dyn Watch,
}

/// Up to when each source is believed, before and then.
struct Believed {
    before: Horizons,
    then: Horizons,
    /// Sources that are not to be read: their cases are judged by nobody.
    gone: HashSet<i64>,
    /// Sources that are not read so far.
    back: HashSet<i64>,
    /// Sources that were read for trial: their cases are looked at apart.
    tried: BTreeSet<i64>,
}

impl Scales<'_> {
    /// What the new policy would do to every case that it would judge anew: those that are not closed, and closed ones with a
    /// card in question or in whose count a calendar changes days. `None`: the watch ended it.
    pub fn weigh(&self) -> Result<Option<Effect>, LedgerError> {
        let Self { ledger, old, terms, days, new, specs, now, watch, .. } = self;
        let as_of = now.instant.format("%Y-%m-%d %H:%M").to_string();
        let (open, let_through) = (ledger.open_cards()?, ledger.let_through(now)?);
        let mut effect = Effect { open, let_through, as_of, ..Effect::default() };
        let names: Vec<&Policy> = old.iter().copied().chain([*new]).collect();
        let Some(moved) = moved_sources(ledger, terms, (new, specs), now, *watch)? else { return Ok(None) };
        let mut then = new.sources.clone();
        for (was, name) in &moved.renamed {
            then.extend(new.sources.get(name).map(|terms| (was.clone(), terms.clone())));
        }
        effect.sources = moved;
        let known = ledger.known_sources()?;
        let stakes = self.stakes(&then, &known)?;
        let remapped: Vec<_> = stakes.iter().filter_map(|stake| self.remapped(stake)).collect();
        let change = old.map(|old| PolicyChange { old, new, days });
        let Some(mut trials) = try_out(ledger, &remapped, change, now, *watch) else {
            return Ok(None);
        };
        let removed = |terms: &BTreeMap<String, SourceTerms>| -> HashSet<i64> {
            let removed = terms.iter().filter(|(_, terms)| terms.removed);
            removed.filter_map(|(name, _)| known.get(name).copied()).collect()
        };
        let (gone, back) = (removed(&then), removed(terms));
        let (before, then) = (ledger.horizons_under(terms, now)?, ledger.horizons_under(&then, now)?);
        let believed = Believed { before, then, gone, back, tried: trials.sources() };
        let then = self.said.and_then(|said| said.over_calendar_of(new));
        // What cannot be read may have had other days.
        let moves_days = then.as_ref().or(if self.said.is_none() { Some(*new) } else { None });
        let adopted = moves_days.map(|policy| ledger.calendars_adopted(policy)).transpose()?.flatten();
        effect.closes = adopted.as_ref().and_then(|adopted| Closes::most(adopted, new));
        effect.unreached = self.unreached()?;
        let calendars = Calendars { then: then.as_ref(), adopted: adopted.as_ref() };
        let open = |after| ledger.open_cases(after, CASES_AT_ONCE);
        let mut counted: BTreeMap<i64, Counted> = BTreeMap::new();
        let take = |file: &CaseFile, seen| {
            counted.entry(file.source).or_default().note_open(&seen);
            effect.take(&file.number, &seen, &names);
        };
        if !self.each(&believed, calendars, open, take)? {
            return Ok(None);
        }
        let closed = |after| ledger.closed_cases(days, after, CASES_AT_ONCE);
        let take = |file: &CaseFile, seen| {
            counted.entry(file.source).or_default().note_closed(&seen);
            effect.take_closed(&file.number, seen, &names);
        };
        if !self.each(&believed, calendars, closed, take)? {
            return Ok(None);
        }
        if !self.each_tried(&mut trials, calendars, (&mut effect, &mut counted), &names)? {
            return Ok(None);
        }
        for at_stake in settled(stakes, trials, counted) {
            effect.stake(at_stake);
        }
        for GivenUp { rule, card, subject } in ledger.given_up(new)? {
            effect.give_up(rule, card, &subject);
        }
        Ok(Some(effect))
    }

    /// How far other office hours put off letters, beside those that a person last adopted.
    fn unreached(&self) -> Result<Option<Unreached>, LedgerError> {
        let Self { ledger, said, new, now, .. } = self;
        let hours = &new.counting.hours;
        if said.is_some_and(|said| said.counting.hours == *hours) {
            return Ok(None);
        }
        let adopted = ledger.office_hours_adopted()?;
        let adopted = adopted.as_ref().or(said.map(|said| &said.counting.hours));
        Ok(adopted.and_then(|adopted| Unreached::most(adopted, hours, &new.calendar, now.today())))
    }

    /// Looks at every case, batch by batch. Gives whether it came to the end.
    fn each(
        &self,
        believed: &Believed,
        calendars: Calendars<'_>,
        next: impl Fn(i64) -> Result<Vec<CaseFile>, LedgerError>,
        mut take: impl FnMut(&CaseFile, Preview),
    ) -> Result<bool, LedgerError> {
        let last = self.last_round()?;
        let mut after = 0;
        loop {
            let files = next(after)?;
            let Some(file) = files.last() else { return Ok(true) };
            after = file.id;
            let apart = |source: &i64| believed.gone.contains(source) || believed.tried.contains(source);
            for file in files.iter().filter(|file| !apart(&file.source)) {
                let until = |horizons: &Horizons| horizons.get(&file.source).copied();
                let new = (self.new, until(&believed.then));
                let before = |policy| (policy, until(&believed.before));
                let seen = match self.old {
                    // What is not judged so far stands as it does.
                    Some(old) if believed.back.contains(&file.source) => {
                        preview_as_it_stands(file, Some(before(old)), new, calendars, self.now)
                    }
                    Some(old) => preview(file, before(old), new, calendars, self.now),
                    None => preview_as_it_stands(file, self.said.map(before), new, calendars, &last),
                };
                take(file, seen);
            }
            self.watch.goes_on(0, files.len() as u64);
            if self.watch.stop() {
                return Ok(false);
            }
        }
    }

    /// The moment of the last round.
    fn last_round(&self) -> Result<Now, LedgerError> {
        let started = self.ledger.last_round()?.and_then(|(at, _)| DateTime::parse_from_rfc3339(&at).ok());
        Ok(started.map_or(*self.now, |instant| Now { instant, ..*self.now }))
    }
}
