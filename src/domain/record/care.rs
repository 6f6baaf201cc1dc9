//! How closely a source is watched: what it must not lose, change or keep back without a word.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::MayShrink;
use super::mapping::SourceSpec;

/// How closely a source is watched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// From when on all of it is read once more each day, so that what vanished or changed unmarked is found; `None`: never.
    pub sweep_at: Option<NaiveTime>,
    /// How many days back that is done for closed cases.
    pub sweep_back_days: u32,
    /// By how much it may shrink before it is doubted.
    pub may_shrink: MayShrink,
    /// How many working days it may be without a delivery.
    pub overdue_after: u32,
}

impl Default for Care {
    /// What holds where the configuration says nothing.
    fn default() -> Self {
        let sweep_at = NaiveTime::from_hms_opt(2, 0, 0);
        Self { sweep_at, sweep_back_days: 90, may_shrink: MayShrink::default(), overdue_after: 3 }
    }
}

impl Care {
    /// As configured.
    pub(super) fn of(spec: &SourceSpec) -> Self {
        let SourceSpec { sweep_at, sweep_back_days, may_shrink, overdue_after, .. } = *spec;
        let usual = Self::default();
        // What has no effect on a source is no part of its terms.
        let (swept, awaited) = (spec.needs_sweeps(), spec.is_awaited());
        Self {
            sweep_at: if swept { sweep_at } else { usual.sweep_at },
            sweep_back_days: if swept { sweep_back_days } else { usual.sweep_back_days },
            may_shrink: if swept { may_shrink } else { usual.may_shrink },
            overdue_after: if awaited { overdue_after } else { usual.overdue_after },
        }
    }

    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether rows may vanish or change that would have been found so far, or would have been found sooner.
    pub(super) fn is_laxer_than(&self, old: &Self) -> bool {
        let later = match (self.sweep_at, old.sweep_at) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(new), Some(old)) => new > old,
        };
        later
            || self.sweep_back_days < old.sweep_back_days
            || self.may_shrink.cases > old.may_shrink.cases
            || self.may_shrink.percent > old.may_shrink.percent
    }

    /// Whether deliveries may stay away that would have been missed sooner so far; where they were not waited for before, the usual
    /// number of days held.
    pub(super) fn waits_longer_than(&self, old: &Self) -> bool {
        self.overdue_after > old.overdue_after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laxer(change: impl Fn(&mut Care)) -> bool {
        let mut new = Care::default();
        change(&mut new);
        new.is_laxer_than(&Care::default()) || new.waits_longer_than(&Care::default())
    }

    /// Issue 11, point 1: what was, what is stricter by one step and what is laxer by one, of each bound.
    #[test]
    fn what_finds_less_or_later_is_laxer() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        let sweep = |time: Option<NaiveTime>| laxer(|care| care.sweep_at = time);
        assert_eq!([at(1, 59), at(2, 0), at(2, 1), None].map(sweep), [false, false, true, true]);
        let never = Care { sweep_at: None, ..Care::default() };
        assert!(!Care::default().is_laxer_than(&never) && !never.is_laxer_than(&never));
        assert_eq!([91, 90, 89].map(|days| laxer(|care| care.sweep_back_days = days)), [false, false, true]);
        let shrink = |text: &str| laxer(|care| care.may_shrink = text.parse().unwrap());
        assert_eq!(
            ["1 or 10%", "2 or 10%", "2 or 9%", "3 or 10%", "2 or 11%"].map(shrink),
            [false, false, false, true, true]
        );
        assert_eq!([2, 3, 4].map(|days| laxer(|care| care.overdue_after = days)), [false, false, true]);
        let overdue = Care { overdue_after: 4, ..Care::default() };
        assert!(!overdue.is_laxer_than(&Care::default()), "nothing was waited for");
    }
}
