//! 数据源时钟偏快: the clock by which an approval system stamps what is done runs ahead of ours.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::domain::record::{Kinds, TraceKind};
use crate::domain::text::{Text, say};

/// An act that was read as soon as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptAct {
    /// Who did it, as far as one can be told from another; no name.
    pub person: String,
    /// How many minutes it says to have happened after it was read; below zero: before.
    pub minutes: i64,
}

/// So many acts are looked at: the last.
pub const KEPT: usize = 40;
/// By fewer nothing is known.
const LEAST: usize = 12;
/// Of so many people, none of whom did more than half.
const PERSONS: usize = 3;
/// What happened longer before it was read was not entered as it happened, and what lies further ahead is no clock.
const PROMPT: i64 = 60;
/// An act so many minutes ahead of us may be a matter of seconds and of a slow reading.
const SLACK: i64 = 2;

impl PromptAct {
    /// An act of somebody that says to have happened so long after it was read; `None` where it says nothing of a clock.
    pub fn new(person: String, ahead: TimeDelta) -> Option<Self> {
        let minutes = ahead.num_minutes();
        (minutes.abs() <= PROMPT).then_some(Self { person, minutes })
    }
}

/// By how much the clock of a source runs ahead, by the last acts that were read of it: where nearly all of them lie ahead, whoever did
/// them. What one clerk types ahead stands beside what others did, and shows nothing.
pub fn lead(acts: &[PromptAct]) -> Option<TimeDelta> {
    let mut of_person: BTreeMap<&str, usize> = BTreeMap::new();
    for act in acts {
        *of_person.entry(&act.person).or_default() += 1;
    }
    let most = of_person.values().max().copied().unwrap_or_default();
    let ahead = acts.iter().filter(|act| act.minutes > SLACK).count();
    let alike = acts.len() >= LEAST && ahead * 10 >= acts.len() * 9;
    if !alike || of_person.len() < PERSONS || most * 2 > acts.len() {
        return None;
    }
    acts.iter().map(|act| TimeDelta::minutes(act.minutes)).max()
}

/// Whether a trace is of something that is done, and not planned.
pub fn is_act(kind: TraceKind) -> bool {
    Kinds::ACTS.has(kind)
}

/// What the administrators are told of it.
pub fn words(lead: TimeDelta) -> Text {
    say!("source_clock", minutes = lead.num_minutes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts(of: &[(&str, i64, usize)]) -> Vec<PromptAct> {
        let act = |(person, minutes): (&str, i64)| {
            PromptAct::new(person.to_owned(), TimeDelta::minutes(minutes)).unwrap()
        };
        of.iter().flat_map(|(person, minutes, times)| vec![(*person, *minutes); *times]).map(act).collect()
    }

    /// Twelve acts of three people, all ahead, are a clock; eleven, two people, one who did more than half, and two acts of twelve that
    /// are not ahead are none.
    #[test]
    fn a_clock_is_ahead_where_everybody_s_acts_are() {
        let lead = |of: &[(&str, i64, usize)]| lead(&acts(of)).map(|lead| lead.num_minutes());
        assert_eq!(lead(&[("a", 12, 4), ("b", 19, 4), ("c", 15, 4)]), Some(19));
        assert_eq!(lead(&[("a", 12, 4), ("b", 19, 4), ("c", 15, 3)]), None, "too few");
        assert_eq!(lead(&[("a", 12, 6), ("b", 19, 6)]), None, "too few people");
        assert_eq!(lead(&[("a", 12, 6), ("b", 19, 3), ("c", 15, 3)]), Some(19));
        assert_eq!(lead(&[("a", 12, 7), ("b", 19, 3), ("c", 15, 2)]), None, "mostly one");
        assert_eq!(lead(&[("a", 12, 6), ("b", 19, 5), ("c", 15, 8), ("d", 2, 1)]), Some(19));
        assert_eq!(lead(&[("a", 12, 4), ("b", 19, 4), ("c", 15, 2), ("d", 2, 2)]), None);
        assert_eq!(lead(&[("a", 20, 20), ("b", -3, 9), ("c", -5, 9)]), None, "one clerk");
        assert_eq!(lead(&[]), None);
    }

    /// An hour either way is prompt, more is not.
    #[test]
    fn what_was_typed_later_says_nothing_of_a_clock() {
        let of = |minutes| PromptAct::new("a".into(), TimeDelta::minutes(minutes)).is_some();
        assert_eq!([-61, -60, 0, 60, 61].map(of), [false, true, true, true, false]);
    }
}
