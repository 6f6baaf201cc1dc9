//! Which unit had the case when what a rule is about happened: what fell before a hand-over stays with it.

use super::{CaseView, Rule};
use crate::domain::finding::Breach;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::Text;

impl CaseView<'_> {
    /// The unit of a trace, or the one that had the case then.
    pub(super) fn unit_at(&self, trace: &Trace) -> Option<String> {
        let own = trace.unit.as_deref().filter(|unit| self.policy.registry.units.contains_key(*unit));
        own.or_else(|| self.holders.at(trace.occurred)).map(str::to_owned)
    }

    /// The breach of a rule on a trace, held against the unit of that trace, or the one that had the case then.
    pub(super) fn found_at(&self, rule: &Rule, trace: &Trace, why: Text) -> Vec<Breach> {
        let unit = self.unit_at(trace);
        self.found(rule, why).into_iter().map(|breach| Breach { unit: unit.clone(), ..breach }).collect()
    }

    /// The unit that had the case when the run that is judged ended, if it did.
    pub(super) fn unit_at_end(&self) -> Option<String> {
        let end = self.traces.iter().rfind(|trace| trace.kind.ends_a_case())?;
        self.holders.at(end.occurred).map(str::to_owned)
    }

    /// The breach of a rule on a run that has ended, held against the unit that had the case then.
    pub(super) fn found_at_end(&self, rule: &Rule, why: Text) -> Vec<Breach> {
        let unit = self.unit_at_end();
        self.found(rule, why).into_iter().map(|breach| Breach { unit: unit.clone(), ..breach }).collect()
    }

    /// The breach of a rule on the last trace of a kind.
    pub(super) fn found_with(&self, rule: &Rule, kind: TraceKind, why: Text) -> Vec<Breach> {
        match self.traces.iter().rfind(|trace| trace.kind == kind) {
            Some(trace) => self.found_at(rule, trace, why),
            None => self.found(rule, why),
        }
    }
}
