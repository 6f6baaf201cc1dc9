//! Whether a source is what was read of it before. Where a glance says otherwise all of it is looked over before anything is taken
//! in; while it is doubted nothing is, so that nobody is accused of what another file, or an older copy, does not have.

use std::ops::ControlFlow;

use super::Watch;
use crate::domain::card::Mode;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::rules::source_suspect::{self, Looked};
use crate::domain::rules::{SOURCE_DARK, SOURCE_SUSPECT};
use crate::domain::text::{Language, Text};
use crate::edge::ledger::{Ledger, LedgerError, RoundId};
use crate::edge::source::{Cursors, Glance, Source, SourceError, read_ahead};

/// What becomes of a source in a round.
pub(super) enum Sight {
    /// It is read.
    Read(Seen),
    /// It is doubted, for what was found just now or before.
    Doubted(Option<(Looked, Text)>),
    /// It cannot be read.
    Failed(SourceError),
    /// The round was told to stop.
    Stopped,
}

/// What was seen of a source that is read.
#[derive(Default)]
pub(super) struct Seen {
    /// It looked otherwise than before, so all of it is read.
    pub otherwise: bool,
    /// It was doubted until now.
    pub doubted: bool,
    /// Somebody has accepted which cases are missing.
    pub accepted: bool,
    /// What a glance showed.
    pub glance: Glance,
}

/// A source in a round.
pub(super) struct Sighted<'a> {
    pub ledger: &'a mut Ledger,
    pub policy: &'a Policy,
    pub source: i64,
    pub name: &'a str,
    pub mapping: &'a str,
    pub round: RoundId,
    pub now: &'a Now,
}

impl Sighted<'_> {
    /// Glances at a source, and looks over it where that says that it is another.
    pub fn look(
        &mut self,
        source: &mut dyn Source,
        cursors: &Cursors,
        watch: &dyn Watch,
    ) -> Result<Sight, LedgerError> {
        if self.now.replay {
            return Ok(Sight::Read(Seen::default()));
        }
        let glance = match source.glance(cursors) {
            Ok(glance) => glance,
            Err(error) => return Ok(Sight::Failed(error)),
        };
        if glance.place.is_empty() {
            return Ok(Sight::Read(Seen::default()));
        }
        let known = self.ledger.suspicion(self.source)?;
        let accepted = known.as_ref().is_some_and(|it| it.accepted);
        if known.is_some() && !accepted && glance.unchanged {
            return Ok(Sight::Doubted(None));
        }
        let doubted = known.is_some();
        let otherwise = doubted
            || !glance.went_back.is_empty()
            || self.ledger.looks_otherwise(self.source, self.mapping, &glance.place, &glance.rows)?;
        if !otherwise {
            return Ok(Sight::Read(Seen { glance, ..Seen::default() }));
        }
        let mut looked = match self.look_over(source, watch)? {
            Ok(Some(looked)) => looked,
            Ok(None) => return Ok(Sight::Stopped),
            Err(error) => return Ok(Sight::Failed(error)),
        };
        let spec = source.spec();
        let reads = glance.went_back.iter().filter_map(|read| spec.reads.get(usize::from(*read)));
        looked.went_back = reads.map(|read| read.name.clone()).collect();
        let right = accepted && looked.not_accepted == 0;
        match source_suspect::judge(&looked, spec.may_shrink).filter(|_| !right) {
            Some(why) => Ok(Sight::Doubted(Some((looked, why)))),
            None => Ok(Sight::Read(Seen { otherwise, doubted, accepted, glance })),
        }
    }

    /// Reads all of a source without taking anything in; `None` if that was stopped.
    fn look_over(
        &mut self,
        source: &mut dyn Source,
        watch: &dyn Watch,
    ) -> Result<Result<Option<Looked>, SourceError>, LedgerError> {
        let spec = source.spec();
        let evidence: Vec<bool> = spec.reads.iter().map(|read| read.evidence.is_some()).collect();
        self.ledger.look_begins(self.source, spec, self.now)?;
        let mut broken = None;
        let result = read_ahead(source, &Cursors::new(), self.now, &mut |batch| {
            if evidence.get(usize::from(batch.read)) != Some(&true)
                && let Err(error) = self.ledger.look_at(self.source, self.round, &batch)
            {
                broken = Some(error);
                return ControlFlow::Break(());
            }
            watch.goes_on(0, 0);
            if watch.stop() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        broken.map_or(Ok(()), Err)?;
        Ok(match result {
            Ok(reading) if reading.stopped => Ok(None),
            Ok(reading) => Ok(Some(self.ledger.look_ends(self.source, &reading.whole)?)),
            Err(error) => Err(error),
        })
    }

    /// Enters that a source is doubted, and tells administrators and supervisors.
    pub fn doubt(&mut self, found: Option<(Looked, Text)>) -> Result<(), LedgerError> {
        self.ledger.blind(self.source, self.round)?;
        let Some((looked, why)) = found else { return Ok(()) };
        let news = self.ledger.doubt(self.source, &looked, &why, self.round, self.now)?;
        if news {
            let words = why.words(Language::English);
            tracing::error!(source = self.name, "the source is doubted: {words}");
            self.tell(SOURCE_SUSPECT, None)?;
        }
        self.tell(SOURCE_DARK, None)?;
        self.tell(SOURCE_SUSPECT, Some(&why))
    }

    /// Enters that a source was read and is believed.
    pub fn believe(&mut self, seen: &Seen) -> Result<(), LedgerError> {
        let Glance { place, rows, .. } = &seen.glance;
        if !place.is_empty() {
            self.ledger.believed(self.source, self.mapping, place, rows)?;
        }
        if seen.doubted {
            tracing::info!(source = self.name, "the source is doubted no more");
            self.ledger.doubted_no_more(self.source, self.round)?;
            self.tell(SOURCE_SUSPECT, None)?;
        }
        Ok(())
    }

    fn tell(&mut self, rule: &str, why: Option<&Text>) -> Result<(), LedgerError> {
        let (policy, at) = (self.policy, self.now.instant.to_rfc3339());
        if policy.rules.get(rule).is_some_and(|rule| rule.mode == Mode::Off) {
            return Ok(());
        }
        self.ledger.own_finding(rule, self.name, why, self.round, &policy.version, &at).map(drop)
    }
}
