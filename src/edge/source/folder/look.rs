//! What a file that changed says, before anything of it is taken in: its own time may be wrong, and one that was saved again has other
//! bytes and says the same.

use std::ops::ControlFlow;

use super::super::batch_builder::{BatchBuilder, Extent};
use super::super::files::{Found, digest_of};
use super::order::{Company, Look};
use super::pass::Pass;
use crate::domain::digest::Running;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::{Batch, Kinds};

/// By what contents of a format are known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::edge::source) enum KnownBy {
    /// By their bytes.
    Bytes,
    /// By what their records say: whoever saves them again writes other bytes.
    Records,
}

impl Pass<'_> {
    /// Looks into a file. Of one that is alone only its contents matter.
    pub(super) fn look(&self, found: &Found, company: Company) -> Look {
        let known_by = self.folder.format.known_by();
        let bytes = || digest_of(found, self.over());
        match (known_by, company) {
            (KnownBy::Bytes, Company::Alone) => Look { digest: bytes(), newest: None },
            (KnownBy::Bytes, Company::Others) => Look { digest: bytes(), ..self.read_through(found) },
            (KnownBy::Records, _) => self.read_through(found),
        }
    }

    /// Reads a file for what it says. Why it cannot be read says whoever takes it in.
    fn read_through(&self, found: &Found) -> Look {
        let (mut running, mut newest, mut any) = (Running::default(), None::<Moment>, false);
        let mut note = |batch: Batch| {
            for fact in &batch.facts {
                let says = (&fact.case, &fact.header, &fact.traces, fact.gone, &fact.in_doubt);
                running.add(format!("{says:?}").as_bytes());
                let acts = fact.traces.iter().filter_map(|(_, trace)| trace.as_ref());
                let acts = acts.filter(|trace| Kinds::ACTS.has(trace.kind)).map(|trace| trace.occurred);
                newest = newest_come(newest.into_iter().chain(acts), self.now);
            }
            for rejected in &batch.rejected {
                running.add(format!("{:?}", (&rejected.case, &rejected.column, &rejected.reason)).as_bytes());
            }
            any |= !batch.facts.is_empty() || !batch.rejected.is_empty();
            ControlFlow::Continue(())
        };
        let mut batches = BatchBuilder::new(self.now, &mut note);
        batches.begin(self.number, self.read, Extent::Whole);
        let read = self.folder.format.read(&mut self.aside(), found, &mut batches);
        let whole = read.is_ok_and(|print| !print.held_back) && batches.hand_on_all();
        drop(batches);
        let digest = (whole && any).then(|| running.digest());
        Look { digest, newest: newest.and_then(|at| at.at().timestamp_nanos_opt()) }
    }
}

/// The newest of some moments, as far as they have come.
fn newest_come(moments: impl Iterator<Item = Moment>, now: &Now) -> Option<Moment> {
    moments.filter(|at| at.at() <= now.instant).max_by_key(Moment::at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::source::tests::{NOW, at};

    /// What happens at this very moment has come, and what comes a second later has not.
    #[test]
    fn a_moment_to_come_is_no_newest_act() {
        let now = at(NOW);
        let second = |seconds| Moment::instant(now.instant + chrono::TimeDelta::seconds(seconds));
        for (moments, newest) in [(vec![-2, -1], -1), (vec![0, -1], 0), (vec![1, -1], -1)] {
            let found = newest_come(moments.iter().copied().map(second), &now);
            assert_eq!(found.map(|it| it.at()), Some(second(newest).at()), "{moments:?}");
        }
        assert_eq!(newest_come([second(1)].into_iter(), &now), None);
    }
}
