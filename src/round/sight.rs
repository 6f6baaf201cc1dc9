//! Whether a source is what was read of it before. Where a glance says otherwise all of it is looked over before anything is taken
//! in; while it is doubted nothing is, so that nobody is accused of what another file, or an older copy, does not have.

use crate::domain::card::Mode;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::rules::source_suspect::{self, Looked};
use crate::domain::rules::{SOURCE_DARK, SOURCE_SUSPECT};
use crate::domain::text::{Text, say};
use crate::edge::ledger::{Course, Ledger, LedgerError, Stamp};
use crate::edge::operator;
use crate::edge::source::{Glance, Reading};
use crate::service::lane::Seen;

/// What is done next with a source.
pub(super) enum Next {
    /// It is read.
    Read(Seen),
    /// All of it is looked over.
    LookOver(Seen),
    /// It is doubted, for what was found just now or before.
    Doubted(Option<(Looked, Text)>),
}

/// A source in a round.
pub(super) struct Sighted<'a> {
    pub ledger: &'a mut Ledger,
    pub policy: &'a Policy,
    pub course: &'a mut Course,
    pub name: &'a str,
    pub mapping: &'a str,
    pub now: &'a Now,
}

impl Sighted<'_> {
    /// What a glance at a source says: it is read, or looked over where it seems to be another.
    pub fn glanced(&mut self, glance: Glance) -> Result<Next, LedgerError> {
        let known = self.ledger.suspicion(self.course.source())?;
        if glance.place.is_empty() {
            // Files that were not read since are told by their cursors, which stay while they are doubted.
            let accepted = known.as_ref().is_some_and(|it| it.accepted);
            let seen = Seen { doubted: known.is_some(), accepted, glance, ..Seen::default() };
            return Ok(if seen.doubted && !accepted { Next::LookOver(seen) } else { Next::Read(seen) });
        }
        let accepted = known.as_ref().is_some_and(|it| it.accepted);
        if known.is_some() && !accepted && glance.unchanged {
            return Ok(Next::Doubted(None));
        }
        let doubted = known.is_some();
        let otherwise = doubted
            || !glance.went_back.is_empty()
            || self.ledger.looks_otherwise(
                self.course.source(),
                self.mapping,
                &glance.place,
                &glance.rows,
            )?;
        if !otherwise {
            return Ok(Next::Read(Seen { glance, ..Seen::default() }));
        }
        Ok(Next::LookOver(Seen { otherwise, doubted, accepted, glance }))
    }

    /// What looking over all of a source says.
    pub fn looked_over(
        &mut self,
        spec: &SourceSpec,
        seen: Seen,
        reading: &Reading,
    ) -> Result<Next, LedgerError> {
        let mut looked = self.ledger.look_ends(self.course, spec, &reading.whole)?;
        if reading.incomplete.is_some() && seen.doubted {
            // What was not read may be what it is doubted for.
            return Ok(Next::Doubted(None));
        }
        let reads = seen.glance.went_back.iter().filter_map(|read| spec.reads.get(usize::from(*read)));
        looked.went_back = reads.map(|read| read.name.clone()).collect();
        let right = seen.accepted && looked.not_accepted == 0;
        Ok(match source_suspect::judge(&looked, spec.may_shrink).filter(|_| !right) {
            Some(why) => Next::Doubted(Some((looked, why))),
            None => Next::Read(seen),
        })
    }

    /// Enters that a source is doubted, and tells administrators and supervisors.
    pub fn doubt(&mut self, found: Option<(Looked, Text)>) -> Result<(), LedgerError> {
        self.ledger.blind(self.course.source(), self.course.round())?;
        let Some((looked, why)) = found else { return Ok(()) };
        let news = self.ledger.doubt(self.course.source(), &looked, &why, self.course.round(), self.now)?;
        if news {
            let said = say!("journal-doubted", why = why.clone());
            tracing::error!(source = self.name, "{}", operator::words(&said));
            self.tell(SOURCE_SUSPECT, None)?;
        }
        self.tell(SOURCE_DARK, None)?;
        self.tell(SOURCE_SUSPECT, Some(&why))
    }

    /// Enters that a source was read and is believed.
    pub fn believe(&mut self, seen: &Seen) -> Result<(), LedgerError> {
        let Glance { place, rows, .. } = &seen.glance;
        if !place.is_empty() {
            self.ledger.believed(self.course.source(), self.mapping, place, rows)?;
        }
        if seen.doubted {
            tracing::info!(source = self.name, "{}", operator::words(&say!("journal-doubted_no_more")));
            self.ledger.doubted_no_more(self.course.source(), self.course.round())?;
            self.tell(SOURCE_SUSPECT, None)?;
        }
        Ok(())
    }

    fn tell(&mut self, rule: &str, why: Option<&Text>) -> Result<(), LedgerError> {
        let policy = self.policy;
        if policy.rules.get(rule).is_some_and(|rule| rule.mode == Mode::Off) {
            return Ok(());
        }
        let stamp = Stamp::new(self.course.round(), &policy.version, self.now);
        self.ledger.own_finding(rule, self.name, why, &stamp).map(drop)
    }
}
