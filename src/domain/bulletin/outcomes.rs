//! How cases were decided (办理结果), counted in the words of what was asked for.

use serde::Serialize;

use crate::domain::record::{Outcome, is_disclosure};

/// How the cases closed in a period were decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Outcomes {
    /// Granted, or disclosed (准予、予以公开).
    pub granted: u64,
    /// Refused, of anything but a request for information (不予许可).
    pub refused: u64,
    /// Disclosure refused (不予公开).
    pub withheld: u64,
    /// Granted or disclosed in part (部分公开).
    pub partly: u64,
    /// The office does not hold what was asked for (不存在).
    pub not_held: u64,
    /// Another office's matter (非本机关).
    pub elsewhere: u64,
    /// The record does not say (结果未注明).
    pub unknown: u64,
}

impl Outcomes {
    /// The names of the counts, in their order.
    pub const NAMES: [&'static str; 7] =
        ["granted", "refused", "withheld", "partly", "not_held", "elsewhere", "outcome_unknown"];

    /// The counts, in the order of their names.
    pub fn counts(&self) -> [u64; 7] {
        let Self { granted, refused, withheld, partly, not_held, elsewhere, unknown } = *self;
        [granted, refused, withheld, partly, not_held, elsewhere, unknown]
    }

    pub(super) fn add(&mut self, outcome: Option<Outcome>, category: &str, cases: u64) {
        let count = match outcome {
            None => &mut self.unknown,
            Some(Outcome::Granted) => &mut self.granted,
            Some(Outcome::Refused) if is_disclosure(category) => &mut self.withheld,
            Some(Outcome::Refused) => &mut self.refused,
            Some(Outcome::Partly) => &mut self.partly,
            Some(Outcome::NotHeld) => &mut self.not_held,
            Some(Outcome::Elsewhere) => &mut self.elsewhere,
        };
        *count += cases;
    }

    pub(super) fn sum<'o>(all: impl Iterator<Item = &'o Self>) -> Self {
        all.fold(Self::default(), |sum, other| {
            let mut counts = sum.counts().into_iter().zip(other.counts()).map(|(one, other)| one + other);
            let mut next = || counts.next().unwrap_or(0);
            Self {
                granted: next(),
                refused: next(),
                withheld: next(),
                partly: next(),
                not_held: next(),
                elsewhere: next(),
                unknown: next(),
            }
        })
    }
}
