//! A case as its clocks look at it, and one run of a clock on it.

use super::Part;
use crate::domain::calendar::Calendar;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::{ClockRule, Policy};
use crate::domain::record::{Header, Kinds, Trace, TraceKind};
use crate::domain::registry::Item;
use crate::domain::statute::Keeper;

/// A case as its clocks look at it.
pub(super) struct Case<'a, 'c> {
    pub policy: &'a Policy,
    pub item: &'a Item,
    pub header: &'c Header,
    /// Its traces in one of its runs.
    pub traces: &'c [Trace],
    /// Its traces in all of its runs.
    pub whole: &'c [Trace],
    /// Kinds of all of them.
    pub kinds: Kinds,
    /// Which run, from 1.
    pub run: u32,
    pub calendar: &'a Calendar,
    pub now: &'c Now,
    /// When the applicant is taken to have given the matter up, if so.
    pub given_up: Option<Moment>,
}

/// One run of a clock on a case.
pub(super) struct Span<'a> {
    pub part: Part<'a>,
    pub limit: Limit,
    pub basis: &'a str,
    pub keeper: Keeper,
    pub started: Option<Moment>,
    pub deemed: Option<&'a ClockRule>,
    pub stopped: Option<(Moment, TraceKind)>,
}
