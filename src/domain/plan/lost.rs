//! Cards that running clocks have still to give, and that another policy would not: it does not supervise the case, or does
//! not issue by itself what comes of its clocks.

use chrono::{DateTime, FixedOffset};

use super::judge;
use super::matter::mode;
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::CaseFile;
use crate::domain::clock::Reading;
use crate::domain::finding::Standing;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::rules::time_limit;

/// Why the cards of a case's clocks would not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It began before the first day of supervision.
    NotSupervised,
    /// They would wait for a supervisor to release them.
    Review,
    /// The rule would not be run.
    Off,
}

/// What a case would lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub why: Why,
    /// Its clocks that have still cards to give, by their keys, and the highest card of each.
    pub clocks: Vec<(String, Card)>,
}

/// What a case would lose by the power that a policy gives up; `None`: nothing. With the old policy: up to when it believes the
/// source of the case.
pub fn lost(
    file: &CaseFile,
    (old, complete_until): (&Policy, Option<DateTime<FixedOffset>>),
    new: &Policy,
    now: &Now,
) -> Option<Lost> {
    let modes = (mode(old, time_limit::ID), mode(new, time_limit::ID));
    let later = new.supervise_from > old.supervise_from;
    if modes.0 == Mode::Off || (!later && modes.1 <= modes.0) {
        return None;
    }
    let mut then = CaseFile { complete_until, ..file.clone() };
    let judgement = judge(&mut then, old, now);
    let first = judgement.active.map(|(first, _)| first);
    let why = match modes {
        _ if !old.supervises(first) => return None,
        _ if !new.supervises(first) => Why::NotSupervised,
        (before, after) if after <= before => return None,
        (_, Mode::Off) => Why::Off,
        _ => Why::Review,
    };
    let clocks = judgement.clocks.iter().filter(|clock| why != Why::Review || !goes_on(file, clock));
    let to_come = |clock: &Reading<'_>| clock.to_come.filter(|card| Some(*card) > clock.card);
    let clocks: Vec<_> = clocks.filter_map(|clock| Some((clock.key(), to_come(clock)?))).collect();
    (!clocks.is_empty()).then_some(Lost { why, clocks })
}

/// Whether a card of the clock is open: what was issued once does not go back to wait when it becomes graver.
fn goes_on(file: &CaseFile, clock: &Reading<'_>) -> bool {
    let of_it = |rule: &str, key: &str| rule == time_limit::ID && clock.has_key(key);
    file.known.iter().any(|known| known.standing == Standing::Open && of_it(&known.rule, &known.clock))
}
