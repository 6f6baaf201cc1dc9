//! What a policy would let pass that another does not, and that shows only by rows of the record to come: other ends of a clock, a
//! longer extension, special procedures that are believed further, a longer wait for the meaning of a code.

use chrono::NaiveDate;

use super::{ClockRule, ExtensionRule, PauseRule, Policy, Trigger};
use crate::domain::limit::Limit;
use crate::domain::registry::Item;
use crate::domain::statute::{Correction, PauseTime};

/// General bounds that are laxer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Laxer {
    /// How long special procedures are believed to last.
    pub pauses: bool,
    /// How long a case with a code that is not listed waits for its cards.
    pub wait: bool,
}

impl Policy {
    /// Which general bounds of this policy are laxer than those of another.
    pub fn laxer_than(&self, old: &Self) -> Laxer {
        let pauses =
            longer(&self.pause_limit, &old.pause_limit) || longer(&self.pause_at_most, &old.pause_at_most);
        Laxer { pauses, wait: longer(&self.answer_within, &old.answer_within) }
    }

    /// Whether a clause in force on a day leaves out more time on an item than by another policy: what one of its clocks says
    /// of special procedures bounds them for all of its clocks, be it new there or never begun.
    pub fn clauses_leave_out_more(&self, old: &Self, item: &Item, day: NaiveDate) -> bool {
        let further = |rule: &ClockRule| {
            let Some(new) = &rule.pauses else { return false };
            let same = |other: &&ClockRule| (&other.id, other.valid_from) == (&rule.id, rule.valid_from);
            match old.clocks_on(item).find(same).and_then(|other| other.pauses.as_ref()) {
                Some(before) => bounds_longer(new, before),
                None => {
                    let mut limits = new.cap.iter().chain(new.times.iter().map(|time| &time.limit));
                    limits.any(|limit| longer(limit, &old.pause_limit))
                }
            }
        };
        self.clocks_on(item).filter(|rule| rule.governs(Some(day))).any(further)
    }
}

impl ClockRule {
    /// Whether rows to come could end, put off or silence this clock that could not do so to another declaration of it. Limit,
    /// names, clause and days of validity say nothing of that, nor does what is only stricter.
    pub fn opens_beside(&self, old: &Self) -> bool {
        let ClockRule { starts, correction, direction, repeats, on_expiry, date_by_notice, by_law, .. } = old;
        let gives_way = self.by_law.yields_to.iter().any(|other| !by_law.yields_to.contains(other));
        let covered = self.by_law.covered_by.is_some() && self.by_law.covered_by != by_law.covered_by;
        let corrected = self.correction != *correction && self.correction != Correction::Nothing;
        let by_notice = self.date_by_notice.is_some() && self.date_by_notice != *date_by_notice;
        let otherwise = (&self.starts, self.direction, self.repeats, self.on_expiry)
            != (starts, *direction, *repeats, *on_expiry)
            || self.by_law.keeper != by_law.keeper
            || (self.by_law.conditional && !by_law.conditional);
        otherwise
            || gives_way
            || covered
            || corrected
            || by_notice
            || ends_sooner(&self.stops, &old.stops)
            || extends_further(self.extends.as_ref(), old.extends.as_ref())
            || pauses_longer(self.pauses.as_ref(), old.pauses.as_ref())
    }
}

/// Whether a limit is longer than another, or may be.
fn longer(new: &Limit, old: &Limit) -> bool {
    new.is_longer_than(old).unwrap_or(new != old)
}

/// Whether a trace may stop a clock that did not, or that did later.
fn ends_sooner(new: &Trigger, old: &Trigger) -> bool {
    match (new, old) {
        _ if new == old => false,
        // The first of the list that there is goes before those after it: their order counts.
        (Trigger::Marks(new), Trigger::Marks(old)) => {
            let mut rest = old.iter();
            !new.iter().all(|mark| rest.any(|other| other == mark))
        }
        (Trigger::Marks(new) | Trigger::Earliest(new), Trigger::Earliest(old)) => {
            !new.iter().all(|mark| old.contains(mark))
        }
        _ => true,
    }
}

fn extends_further(new: Option<&ExtensionRule>, old: Option<&ExtensionRule>) -> bool {
    let Some(new) = new else { return false };
    old.is_none_or(|old| {
        longer(&new.by, &old.by)
            || new.times > old.times
            || (new.approver.is_none() && old.approver.is_some())
            || new.clause_of != old.clause_of
    })
}

fn pauses_longer(new: Option<&PauseRule>, old: Option<&PauseRule>) -> bool {
    let Some(new) = new else { return false };
    old.is_none_or(|old| {
        let other_cause = |cause: &String| !old.causes.contains(cause);
        // No cause named: any.
        let causes = !old.causes.is_empty() && (new.causes.is_empty() || new.causes.iter().any(other_cause));
        causes
            || (old.notice_required && !new.notice_required)
            || new.keeper != old.keeper
            || bounds_longer(new, old)
    })
}

/// Whether a clause leaves out more time in all or for a cause. Its own bound goes before the general one, which may be shorter.
fn bounds_longer(new: &PauseRule, old: &PauseRule) -> bool {
    let cap = match (&new.cap, &old.cap) {
        (Some(new), Some(old)) => longer(new, old),
        (new, old) => new != old,
    };
    cap || times_longer(&new.times, &old.times)
}

/// Whether a cause may last longer. One that is not named goes by the setting, which may be longer or shorter.
fn times_longer(new: &[PauseTime], old: &[PauseTime]) -> bool {
    let of = |times: &'_ [PauseTime], cause: &str| times.iter().position(|time| time.cause == cause);
    let further =
        |time: &PauseTime| of(old, &time.cause).is_none_or(|at| longer(&time.limit, &old[at].limit));
    new.iter().any(further) || old.iter().any(|time| of(new, &time.cause).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;
    use crate::domain::record::TraceKind;
    use crate::domain::statute::{Keeper, Mark};

    fn opens(change: impl FnOnce(&mut ClockRule)) -> bool {
        let policy = policy(&[]);
        let mut new = policy.clocks[0].clone();
        change(&mut new);
        new.opens_beside(&policy.clocks[0])
    }

    fn marks(kinds: &[TraceKind]) -> Vec<Mark> {
        kinds.iter().map(|kind| Mark::Kind(*kind)).collect()
    }

    /// Issue 11, point 1: an end more, another order of the ends, or a beginning more may be met by a row to come; an end less may not.
    #[test]
    fn an_end_more_is_a_way_out_and_an_end_less_is_not() {
        use TraceKind::{Decided, Step, Withdrawn};
        let ends = |kinds: &[TraceKind]| opens(|rule| rule.stops = Trigger::Marks(marks(kinds)));
        assert_eq!([ends(&[Decided, Withdrawn, Step]), ends(&[Withdrawn, Decided])], [true, true]);
        assert_eq!([ends(&[Decided, Withdrawn]), ends(&[Decided]), ends(&[Withdrawn])], [false; 3]);
        assert!(opens(|rule| rule.stops = Trigger::Earliest(marks(&[Decided, Withdrawn]))));
        assert!(opens(|rule| rule.stops = Trigger::Last(None)));
        assert!(opens(|rule| rule.starts = Trigger::Marks(marks(&[Step]))));
        let earliest = |kinds: &[TraceKind]| Trigger::Earliest(marks(kinds));
        assert!(ends_sooner(&earliest(&[Decided, Step]), &earliest(&[Decided])));
        assert!(!ends_sooner(&earliest(&[Decided]), &earliest(&[Step, Decided])));
    }

    /// What both declarations say alike opens nothing, what only the older said neither; what the new one says besides does.
    #[test]
    fn only_what_is_said_besides_is_a_way_out() {
        let plain = policy(&[]).clocks[0].clone();
        let says: [fn(&mut ClockRule); 4] = [
            |rule| rule.by_law.covered_by = Some("licence".into()),
            |rule| rule.correction = Correction::Restart,
            |rule| rule.date_by_notice = Some("notice".into()),
            |rule| rule.by_law.conditional = true,
        ];
        for (place, say) in says.into_iter().enumerate() {
            let mut saying = plain.clone();
            say(&mut saying);
            let opens =
                [saying.opens_beside(&saying), plain.opens_beside(&saying), saying.opens_beside(&plain)];
            assert_eq!(opens, [false, false, true], "{place}");
        }
    }

    /// 9, 10 and 11 days of extension beside 10; once and twice.
    #[test]
    fn a_longer_extension_is_a_way_out_and_a_shorter_one_is_not() {
        let by = |by: &str, times| {
            opens(|rule| {
                let by = by.parse().unwrap();
                rule.extends = Some(ExtensionRule { by, times, approver: None, clause_of: None });
            })
        };
        assert_eq!([by("9wd", 1), by("10wd", 1), by("11wd", 1), by("10wd", 2)], [false, false, true, true]);
        assert!(!opens(|rule| rule.extends = None));
        let clause = |of: &str| Some(of.to_owned());
        assert!(opens(|rule| rule.extends.as_mut().unwrap().clause_of = clause("statutory")));
    }

    /// Special procedures: a cause more, no word in writing, more time.
    #[test]
    fn more_special_procedures_are_a_way_out_and_fewer_are_not() {
        let rule = |causes: &[&str], notice_required, cap: Option<&str>, time: Option<&str>| PauseRule {
            causes: causes.iter().map(|cause| (*cause).to_owned()).collect(),
            notice_required,
            cap: cap.map(|cap| cap.parse().unwrap()),
            times: Vec::from_iter(time.map(|time| PauseTime {
                cause: "鉴定".into(),
                limit: time.parse().unwrap(),
                basis: String::new(),
            })),
            keeper: Keeper::Unit,
        };
        let old = rule(&["听证", "鉴定"], true, Some("20d"), Some("30d"));
        for (new, opens) in [
            (rule(&["听证"], true, Some("19d"), Some("30d")), false),
            (rule(&["听证", "鉴定"], true, Some("20d"), Some("29d")), false),
            (rule(&["听证", "检测"], true, Some("20d"), Some("30d")), true),
            (rule(&[], true, Some("20d"), Some("30d")), true),
            (rule(&["听证", "鉴定"], false, Some("20d"), Some("30d")), true),
            (rule(&["听证", "鉴定"], true, Some("21d"), Some("30d")), true),
            (rule(&["听证", "鉴定"], true, None, Some("30d")), true),
            (rule(&["听证", "鉴定"], true, Some("20d"), Some("31d")), true),
            (rule(&["听证", "鉴定"], true, Some("20d"), None), true),
        ] {
            assert_eq!(pauses_longer(Some(&new), Some(&old)), opens, "{new:?}");
        }
        assert_eq!((pauses_longer(None, Some(&old)), pauses_longer(Some(&old), None)), (false, true));
    }

    /// Whatever is only called otherwise, or runs for another time, opens nothing by rows to come; what gives way to others does.
    #[test]
    fn a_name_or_a_limit_is_no_way_out() {
        assert!(!opens(|rule| {
            (rule.name_zh, rule.name_en, rule.basis) = ("时限".into(), "limit".into(), "依据".into());
            rule.limit = "30wd".parse().unwrap();
            rule.valid_to = chrono::NaiveDate::from_ymd_opt(2031, 1, 1);
        }));
        assert!(opens(|rule| rule.by_law.yields_to = vec!["other".into()]));
        assert!(opens(|rule| rule.by_law.covered_by = Some("other".into())));
        assert!(opens(|rule| rule.by_law.keeper = Keeper::Applicant));
        assert!(opens(|rule| rule.correction = Correction::Pause));
        assert!(opens(|rule| rule.date_by_notice = Some("deferred".into())));
    }

    /// The day less, the day itself, the day more of each general bound.
    #[test]
    fn a_longer_general_bound_is_laxer() {
        let old = policy(&[]);
        type Bound = fn(&mut Policy) -> &mut Limit;
        let pauses = Laxer { pauses: true, wait: false };
        let bounds: [(Bound, [&str; 3], Laxer); 3] = [
            (|it| &mut it.pause_limit, ["14wd", "15wd", "16wd"], pauses),
            (|it| &mut it.pause_at_most, ["59wd", "60wd", "61wd"], pauses),
            (|it| &mut it.answer_within, ["4wd", "5wd", "6wd"], Laxer { pauses: false, wait: true }),
        ];
        for (bound, limits, laxer) in bounds {
            let found = limits.map(|limit| {
                let mut new = old.clone();
                *bound(&mut new) = limit.parse().unwrap();
                new.laxer_than(&old)
            });
            assert_eq!(found, [Laxer::default(), Laxer::default(), laxer], "{limits:?}");
        }
    }
}
