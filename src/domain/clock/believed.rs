//! How long special procedures are believed to last: what their record grants them is typed by the office that they give time to.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case::Case;
use crate::domain::count::{Asked, Counting, Pause};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::record::{Amount, Trace};

/// Later than any day of the calendar.
pub(super) const LAST: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day that exists");

/// How many times what one kind may take all kinds together may: so that another name does not begin it anew for ever.
const ALL_KINDS: u32 = 3;

/// A special procedure in one run of a case, and how far it went by the record.
pub(super) struct Taken<'t> {
    /// Which run of the case.
    pub run: usize,
    pub begun: &'t Trace,
    /// Its end; the end of the clock or the present, where it has none.
    pub to: Moment,
}

/// How far a special procedure is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Believed {
    /// What its kind, or all kinds, may take in all.
    pub at_most: Limit,
    left: Left,
}

/// How much of that is left for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// All, from its beginning on, as it stands alone: until when that is need not be counted where it is surely not reached.
    All,
    /// What lies before a moment.
    Until(Moment),
    /// Nothing: what came before it had taken all the time by then.
    Nothing,
}

/// Time taken by procedures one behind the other: what lies side by side is taken once.
struct Stretch {
    /// Working days and days that were taken before the last stretch.
    before: (u32, u32),
    from: Moment,
    to: Moment,
}

impl<'a> Case<'a, '_> {
    /// How long a special procedure may last where its record does not say so, and the clause that says so: as a clause
    /// leaves out in all, else as one gives for its cause, else as the catalogue, else as the setting.
    pub(super) fn usual(&self, begun: &Trace) -> (Limit, Option<&'a str>) {
        if let Some(cap) = self.policy.pause_cap(self.item, begun) {
            return (cap.clone(), None);
        }
        if let Some(time) = self.policy.time_by_law(self.item, begun) {
            return (time.limit.clone(), Some(&time.basis));
        }
        (self.catalogued(begun).unwrap_or_else(|| self.policy.pause_limit.clone()), None)
    }

    /// How long those of its kind are believed to last in one run of the case, whatever the record says: as a clause leaves
    /// out in all, else as the catalogue says, else the setting.
    pub(super) fn at_most(&self, begun: &Trace) -> Limit {
        let given = self.policy.pause_cap(self.item, begun).cloned().or_else(|| self.catalogued(begun));
        given.unwrap_or_else(|| self.policy.pause_at_most.clone())
    }

    /// How long the catalogue gives the stage of that name, in days.
    fn catalogued(&self, begun: &Trace) -> Option<Limit> {
        if self.item.stages.iter().all(|stage| stage.limit.is_none()) {
            return None;
        }
        let kind = self.kind_of(begun);
        let is = |name: &str| name == kind || begun.stage.as_deref() == Some(name);
        let mut stages = self.item.stages.iter();
        let stage = stages.find(|stage| stage.names.iter().any(|name| is(name.as_str())))?;
        Some(in_days(stage.limit.as_ref()?))
    }

    /// What kind of procedure it is: the cause that a clause names, by its stage and then its note; else its stage, whatever
    /// number it bears.
    fn kind_of(&self, begun: &Trace) -> String {
        let named = |text: &String| {
            let clocks = self.policy.clocks_on(self.item).filter_map(|rule| rule.pauses.as_ref());
            clocks.flat_map(|pauses| &pauses.causes).find(|cause| text.contains(*cause)).cloned()
        };
        let cause = [&begun.stage, &begun.note].into_iter().flatten().find_map(named);
        cause.unwrap_or_else(|| begun.stage.as_deref().map(without_number).unwrap_or_default())
    }

    /// How far each special procedure is believed. `taken` in the order of their beginnings.
    pub(super) fn believed(&self, counting: &Counting, taken: &[Taken<'_>]) -> Vec<Believed> {
        let all_kinds = match &self.policy.pause_at_most {
            Limit::Span { amount, unit } => {
                Limit::Span { amount: amount.saturating_mul(ALL_KINDS).min(9999), unit: *unit }
            }
            other => other.clone(),
        };
        if let [alone] = taken {
            let at_most = self.at_most(alone.begun);
            if at_most.is_within(&all_kinds) {
                return vec![Believed { at_most, left: Left::All }];
            }
        }
        let mut of_kinds: BTreeMap<(usize, Option<String>), Stretch> = BTreeMap::new();
        let mut add = |key: (usize, Option<String>), it: &Taken<'_>, at_most: Limit| {
            let from = it.begun.occurred;
            let stretch = of_kinds.entry(key).or_insert(Stretch { before: (0, 0), from, to: it.to });
            stretch.add(from, it.to, self);
            Believed { left: self.left(counting, stretch, from, &at_most), at_most }
        };
        let each = |it: &Taken<'_>| {
            let at_most = self.at_most(it.begun);
            let longer = at_most.rough_days() > all_kinds.rough_days();
            let all = add((it.run, None), it, if longer { at_most.clone() } else { all_kinds.clone() });
            // One alone is of one kind, whatever that is.
            let kind = if taken.len() > 1 { self.kind_of(it.begun) } else { String::new() };
            stricter(add((it.run, Some(kind)), it, at_most), all)
        };
        taken.iter().map(each).collect()
    }

    /// Until when a procedure is believed that began at a moment; `None` where nothing was left for it.
    pub(super) fn believed_until(
        &self,
        counting: &Counting,
        from: Moment,
        believed: &Believed,
    ) -> Option<Moment> {
        let left = match believed.left {
            Left::All => {
                let alone = Stretch { before: (0, 0), from, to: from };
                self.left(counting, &alone, from, &believed.at_most)
            }
            counted => counted,
        };
        if let Left::Until(at) = left { Some(at) } else { None }
    }

    /// How much is left for a procedure of a stretch that began at a moment.
    fn left(&self, counting: &Counting, stretch: &Stretch, from: Moment, at_most: &Limit) -> Left {
        let Limit::Span { amount, unit } = *at_most else {
            return Left::Until(Moment::day(LAST, self.policy.zone));
        };
        let worked = unit == LimitUnit::WorkingDays;
        let before = if worked { stretch.before.0 } else { stretch.before.1 };
        let Some(left) = amount.checked_sub(before).filter(|left| *left > 0) else {
            return Left::Nothing;
        };
        let limit = Limit::Span { amount: left, unit };
        let asked = Asked { start: stretch.from, limit: &limit, extensions: &[], pauses: &[] };
        // Beyond the tables no day is too late.
        let due = counting.due(self.calendar, self.policy.zone, &asked).map(|due| due.at);
        let at = due.unwrap_or(Moment::day(LAST, self.policy.zone));
        if at.date() < from.date() { Left::Nothing } else { Left::Until(at) }
    }

    /// The limit of a special procedure: as it was granted, else as usual; and no longer than it is believed. With the clause
    /// that gives it, where that is another than the clock's.
    pub(super) fn limit_of_special(
        &self,
        counting: &Counting,
        begun: &Trace,
        believed: &Believed,
    ) -> (Limit, Option<&'a str>) {
        let (own, basis) = granted_length(begun).map_or_else(|| self.usual(begun), |limit| (limit, None));
        let at_most = &believed.at_most;
        if believed.left == Left::All && own.is_within(at_most) {
            return (own, basis);
        }
        let until = self.believed_until(counting, begun.occurred, believed);
        let Some(at) = until else { return (Limit::SameDay, None) };
        let ends = |limit: &Limit| {
            let asked = Asked { start: begun.occurred, limit, extensions: &[], pauses: &[] };
            counting.due(self.calendar, self.policy.zone, &asked).ok().map(|due| due.at)
        };
        let within = |limit: &Limit| ends(limit).is_some_and(|end| end.order(&at) != Ordering::Greater);
        if within(&own) {
            return (own, basis);
        }
        if within(at_most) {
            return (at_most.clone(), None);
        }
        let next = begun.occurred.date().succ_opt().unwrap_or(LAST);
        let left = self.calendar.count(next, at.date()).unwrap_or(0);
        let rest = Limit::Span { amount: left, unit: LimitUnit::WorkingDays };
        (if left > 0 { rest } else { Limit::SameDay }, None)
    }
}

impl Believed {
    /// Whether a time surely lies within: so many working days are at least as many days on the calendar.
    pub(super) fn covers(&self, time: &Pause) -> bool {
        let Limit::Span { amount, unit } = &self.at_most else { return false };
        let in_days = matches!(unit, LimitUnit::WorkingDays | LimitUnit::CalendarDays);
        self.left == Left::All
            && in_days
            && (time.to.date() - time.from.date()).num_days() + 1 < i64::from(*amount)
    }
}

impl Stretch {
    fn add(&mut self, from: Moment, to: Moment, case: &Case<'_, '_>) {
        if from.date() > self.to.date() {
            let (first, last) = (self.from.date(), self.to.date());
            let days = u32::try_from((last - first).num_days() + 1).unwrap_or(0);
            self.before.0 += case.calendar.count(first, last).unwrap_or(0);
            self.before.1 += days;
            (self.from, self.to) = (from, to);
        } else if self.to.order(&to) == Ordering::Less {
            self.to = to;
        }
    }
}

/// The one that gives less time.
fn stricter(one: Believed, other: Believed) -> Believed {
    match (one.left, other.left) {
        (Left::Until(at), Left::Until(earlier)) if earlier.at() < at.at() => other,
        (Left::Until(_), Left::Nothing) => other,
        _ => one,
    }
}

/// A length in days, where it is in something else.
fn in_days(limit: &Limit) -> Limit {
    match limit {
        Limit::Span { unit: LimitUnit::WorkingDays | LimitUnit::CalendarDays, .. } => limit.clone(),
        Limit::Span { unit: LimitUnit::Months | LimitUnit::Years, .. } => {
            Limit::Span { amount: limit.rough_days().min(9999), unit: LimitUnit::CalendarDays }
        }
        _ => Limit::Span { amount: limit.rough_days().max(1), unit: LimitUnit::WorkingDays },
    }
}

/// A name without what tells one time from the next: 第二次踏勘 is 踏勘.
fn without_number(name: &str) -> String {
    name.chars().filter(|it| it.is_alphabetic() && !"一二三四五六七八九十第次再".contains(*it)).collect()
}

/// How long a special procedure or a delay was granted for; a bare number is working days, as in the licensing law.
pub fn granted_length(begun: &Trace) -> Option<Limit> {
    match begun.amount.as_ref()? {
        Amount::Limit(limit @ (Limit::Span { .. } | Limit::SameDay)) => Some(limit.clone()),
        Amount::Bare(amount) if *amount > 0 => {
            Some(Limit::Span { amount: *amount, unit: LimitUnit::WorkingDays })
        }
        Amount::Limit(_) | Amount::Bare(_) => None,
    }
}
