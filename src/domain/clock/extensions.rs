//! Extensions (延期): what each adds to a limit, and which add nothing.

use std::cmp::Ordering;

use super::case::Case;
use super::ends::is_of_the_whole;
use super::strict::Strict;
use super::{Disregarded, Doubt, Reading};
use crate::domain::count::{Asked, Counting, Pause};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::policy::{ClockRule, ExtensionRule};
use crate::domain::record::{Amount, Trace, TraceKind, says_something};

impl<'a> Case<'a, '_> {
    /// Adds the extensions on record, within the bounds of the clause; to the strict count those that are beyond doubt.
    pub(super) fn extend(
        &self,
        reading: &mut Reading<'a>,
        start: Moment,
        strict: &mut Strict,
        doubts: &mut Vec<Doubt>,
    ) {
        if !self.kinds.has(TraceKind::Extended) {
            return;
        }
        let Some(allowed) = self.allowed(reading) else { return self.refuse_extensions(reading, start) };
        let granted = |(_, trace): &(usize, &Trace)| trace.kind == TraceKind::Extended;
        for (at, trace) in self.traces.iter().enumerate().filter(granted) {
            let length = self.length(reading, allowed, trace, start);
            let (length, excess) =
                match length.and_then(|it| self.bounded(reading, allowed, trace, it, start)) {
                    Ok(length) => length,
                    Err(why) => {
                        reading.disregarded.push(why);
                        continue;
                    }
                };
            reading.disregarded.extend(excess.map(|granted| Disregarded::Excess {
                when: trace.occurred,
                granted,
                by: allowed.by.clone(),
            }));
            let named = [&trace.by, &trace.note].iter().any(|it| it.as_deref().is_some_and(says_something));
            if allowed.approver.is_some() && !named {
                doubts.push(Doubt::Approver { when: trace.occurred });
            } else if !self.too_late(reading, trace, strict.start, &strict.extensions, &strict.pauses) {
                // Granted after the limit had passed by the strict count, it is as doubtful as what makes that differ.
                strict.extensions.push(length.clone());
            }
            reading.extensions.push(length);
            reading.extended.push(at);
        }
    }

    /// What may be added: by the clause of the clock that the rule names, where that one runs on the matter and its clause gives
    /// an extension; else what the rule says itself.
    fn allowed(&self, reading: &Reading<'a>) -> Option<&'a ExtensionRule> {
        let own = reading.rule.extends.as_ref()?;
        let clause = own.clause_of.as_ref().and_then(|id| {
            let begun = |clock: &ClockRule| self.start_of(clock).or(reading.started).map(|it| it.date());
            let mut clocks = self.policy.clocks_on(self.item).filter(|clock| clock.id == *id);
            clocks.find(|clock| clock.governs(begun(clock)))?.extends.as_ref()
        });
        Some(clause.unwrap_or(own))
    }

    /// The clause of a matter's own limit gives no extension (XK8, BD1, SS1): each on record adds nothing, and is found.
    fn refuse_extensions(&self, reading: &mut Reading<'a>, start: Moment) {
        let of_law = reading.rule.by_law.rule.is_some() && is_of_the_whole(reading.rule);
        if !of_law || !matches!(reading.limit, Limit::Span { .. }) {
            return;
        }
        let granted = |trace: &&Trace| {
            trace.kind == TraceKind::Extended && trace.occurred.order(&start) != Ordering::Less
        };
        let vain = self.traces.iter().filter(granted).map(|trace| Disregarded::NoClause(trace.occurred));
        reading.disregarded.extend(vain);
    }

    /// How long an extension is granted for, as its record says, or why it adds nothing.
    fn length(
        &self,
        reading: &Reading<'a>,
        allowed: &ExtensionRule,
        trace: &Trace,
        start: Moment,
    ) -> Result<Limit, Disregarded> {
        let when = trace.occurred;
        let length = match &trace.amount {
            Some(Amount::Limit(length)) => Some(as_the_clause_means(length, &reading.limit, &allowed.by)),
            Some(Amount::Bare(amount)) => in_unit_of(&reading.limit, &allowed.by, *amount),
            None => Some(allowed.by.clone()),
        };
        let length = length.filter(|length| family(length).is_some() && family(&reading.limit).is_some());
        let length = length.ok_or(Disregarded::NoLength(when))?;
        if reading.extensions.len() >= allowed.times as usize {
            return Err(Disregarded::TooMany(when));
        }
        if self.before_start(reading, when) {
            return Err(Disregarded::Early(when));
        }
        if reading.stopped.is_some_and(|(stop, _)| when.order(&stop) == Ordering::Greater) {
            return Err(Disregarded::After(when));
        }
        if self.too_late(reading, trace, start, &reading.extensions, &reading.pauses) {
            return Err(Disregarded::Late(when));
        }
        Ok(length)
    }

    /// Whether something lies before the clock had begun, when there was nothing to extend: before its start, and before that
    /// from which it counts, be it set back to receipt or begun anew.
    fn before_start(&self, reading: &Reading<'a>, moment: Moment) -> bool {
        let starts = self.start_of(reading.rule).into_iter().chain(reading.started);
        starts.min_by(Moment::order).is_some_and(|begun| moment.order(&begun) == Ordering::Less)
    }

    /// Whether an extension was granted after the limit had passed, and nothing says that it was asked for before (D7, P4).
    fn too_late(
        &self,
        reading: &Reading<'a>,
        trace: &Trace,
        start: Moment,
        extensions: &[Limit],
        pauses: &[Pause],
    ) -> bool {
        let Some(due) = self.due(reading, start, extensions, pauses) else { return false };
        let after = |moment: Moment| moment.order(&due.at) == Ordering::Greater;
        let early = |moment: Moment| self.before_start(reading, moment);
        after(trace.occurred) && trace.asked.is_none_or(|asked| after(asked) || early(asked))
    }

    /// A length within the bound, in the unit of the limit; and what was granted, where that is more.
    fn bounded(
        &self,
        reading: &Reading<'a>,
        allowed: &ExtensionRule,
        trace: &Trace,
        granted: Limit,
        start: Moment,
    ) -> Result<(Limit, Option<Limit>), Disregarded> {
        let added = |length: &Limit| {
            self.in_unit_of_the_limit(reading, length, start).ok_or(Disregarded::NoLength(trace.occurred))
        };
        let (length, most) = (added(&granted)?, added(&allowed.by)?);
        let size = |limit: &Limit| match limit {
            Limit::Span { amount, unit: LimitUnit::Years } => amount * 12,
            Limit::Span { amount, .. } => *amount,
            Limit::SameDay | Limit::RecordDate(_) => 0,
        };
        Ok(if size(&length) <= size(&most) { (length, None) } else { (most, Some(granted)) })
    }

    /// A length in the unit of a limit. One in another unit is the least by which the limit ends no earlier than so long after
    /// the day on which it would end: never less than was granted.
    fn in_unit_of_the_limit(&self, reading: &Reading<'a>, length: &Limit, start: Moment) -> Option<Limit> {
        let Limit::Span { unit, .. } = reading.limit else { return None };
        if family(&reading.limit) == family(length) {
            return Some(length.clone());
        }
        let (extensions, pauses) = (&reading.extensions[..], &reading.pauses[..]);
        let due = self.due(reading, start, extensions, pauses)?;
        let asked = Asked { start: due.at, limit: length, extensions: &[], pauses };
        let counting = Counting { start_day_counts: false, ..reading.rule.counting.clone() };
        let end = counting.due(self.calendar, self.policy.zone, &asked).ok()?;
        let falls_short = |amount: u32| {
            let more = [extensions, &[Limit::Span { amount, unit }]].concat();
            let due = self.due(reading, start, &more, pauses);
            due.is_some_and(|due| due.at.order(&end.at) == Ordering::Less)
        };
        let (mut least, mut most) = (1, LONGEST);
        while least < most {
            let middle = least.midpoint(most);
            if falls_short(middle) { least = middle + 1 } else { most = middle }
        }
        Some(Limit::Span { amount: least, unit })
    }
}

/// The largest amount of a limit.
const LONGEST: u32 = 9999;

/// 日 on a limit in working days are working days where the clause means such by 日: 《行政许可法》第四十二条 says 延长十日, and
/// 第八十二条 that these are working days.
fn as_the_clause_means(length: &Limit, limit: &Limit, by: &Limit) -> Limit {
    let working = |limit: &Limit| family(limit) == Some(LimitUnit::WorkingDays);
    match length {
        Limit::Span { amount, unit: LimitUnit::CalendarDays } if working(limit) && working(by) => {
            Limit::Span { amount: *amount, unit: LimitUnit::WorkingDays }
        }
        length => length.clone(),
    }
}

/// A bare number is of what the limit is counted in; where the clause adds something else to it, of that.
fn in_unit_of(limit: &Limit, by: &Limit, amount: u32) -> Option<Limit> {
    let same = family(limit) == family(by);
    match if same { limit } else { by } {
        Limit::Span { unit, .. } if amount > 0 => Some(Limit::Span { amount, unit: *unit }),
        _ => None,
    }
}

/// What can be added up: years are months. Nothing, for what is no length.
fn family(limit: &Limit) -> Option<LimitUnit> {
    match limit {
        Limit::Span { unit: LimitUnit::Years, .. } => Some(LimitUnit::Months),
        Limit::Span { unit, .. } => Some(*unit),
        Limit::SameDay | Limit::RecordDate(_) => None,
    }
}
