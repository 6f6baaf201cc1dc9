//! A case held for a code that no mapping knows, and for how long.

use chrono::{DateTime, FixedOffset};

use crate::domain::count::passed_at;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

/// Since when cases are held for a code that no mapping knows: it may be what ended them, so they get no new yellow or red card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// When the first row with such a code was read.
    pub since: Moment,
    /// Everything that was read then and later came by a first reading of the source or by another mapping: nobody can have typed
    /// it to be held.
    pub anew: bool,
}

/// Where a hold stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldState {
    /// It lasts up to this moment at the latest.
    Until(Moment),
    /// It lasts until the code is mapped: the case belongs to the past that a first reading brought.
    UntilMapped,
    /// It ended then: the rows count as any others that cannot be read.
    Over(Moment),
}

/// Where a case is, by what can be read of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseCourse {
    /// It goes on.
    GoesOn,
    /// It is over, or long without a sign of life.
    Past,
}

impl Hold {
    /// Where the hold of a case stands. An office that
    /// types what nobody will ever map gains no more than the time in which an answer is due.
    pub fn standing(&self, course: CaseCourse, policy: &Policy, now: &Now) -> HoldState {
        // A calendar that does not reach so far gives no time.
        let until = policy.answer_by(self.since).unwrap_or(self.since);
        match passed_at(&until, policy.zone).at() <= now.instant {
            _ if self.anew && course == CaseCourse::Past => HoldState::UntilMapped,
            true => HoldState::Over(until),
            false => HoldState::Until(until),
        }
    }
}

impl HoldState {
    /// Whether the case is held.
    pub fn is_held(self) -> bool {
        !matches!(self, Self::Over(_))
    }

    /// When passing time alone ends the hold.
    pub fn ends_at(self, policy: &Policy) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::Until(until) => Some(passed_at(&until, policy.zone).at()),
            Self::UntilMapped | Self::Over(_) => None,
        }
    }

    /// What it means for the case.
    pub fn why(self) -> Text {
        match self {
            Self::Until(day) => say!("hold-until", day),
            Self::UntilMapped => say!("hold-until_mapped"),
            Self::Over(day) => say!("hold-over", day),
        }
    }
}
