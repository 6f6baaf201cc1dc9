//! A policy of the configuration with what the catalogue said before.

use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

/// A policy of the configuration with what the catalogue said before.
#[derive(Debug, Clone)]
pub struct Carried {
    /// The policy: what was met before a version that is dated back keeps what was said then.
    pub policy: Policy,
    /// The same with versions dated back that hold for every case; `None`: none is.
    pub backdated: Option<Policy>,
    /// Versions are dated back that the policy in force does not know.
    pub news: bool,
}

impl Carried {
    /// A policy that needs nothing of what was said before.
    pub fn as_it_is(policy: Policy) -> Self {
        Self { policy, backdated: None, news: false }
    }

    /// The one of both that has a version.
    pub fn of(&self, version: &str) -> Option<&Policy> {
        std::iter::once(&self.policy).chain(&self.backdated).find(|policy| policy.version == version)
    }
}

/// That cases keep what the catalogue said before versions dated back.
pub(super) fn left_alone(cases: u64) -> Text {
    say!("effect-left_alone", cases)
}
