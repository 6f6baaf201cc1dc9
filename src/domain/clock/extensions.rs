//! Extensions (延期): what each adds to a limit, and which add nothing.

use std::cmp::Ordering;

use super::ends::is_of_the_whole;
use super::spans::Case;
use super::strict::Strict;
use super::{Disregarded, Doubt, Reading};
use crate::domain::count::Pause;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::policy::ExtensionRule;
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
        let Some(allowed) = &reading.rule.extends else { return self.refuse_extensions(reading, start) };
        let granted = |(_, trace): &(usize, &Trace)| trace.kind == TraceKind::Extended;
        for (at, trace) in self.traces.iter().enumerate().filter(granted) {
            let length = match self.length(reading, allowed, trace, start) {
                Ok(length) => length,
                Err(why) => {
                    reading.disregarded.push(why);
                    continue;
                }
            };
            let (length, excess) = bounded(length, &allowed.by);
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

    /// How long an extension is granted for, or why it adds nothing.
    fn length(
        &self,
        reading: &Reading<'a>,
        allowed: &ExtensionRule,
        trace: &Trace,
        start: Moment,
    ) -> Result<Limit, Disregarded> {
        let when = trace.occurred;
        let length = match &trace.amount {
            Some(Amount::Limit(length)) => Some(length.clone()),
            Some(Amount::Bare(amount)) => in_unit_of(&reading.limit, *amount),
            None => Some(allowed.by.clone()),
        };
        let length = length.filter(|length| addable(&reading.limit, length));
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
}

/// A length within the bound; and what was granted, where that is more.
fn bounded(granted: Limit, by: &Limit) -> (Limit, Option<Limit>) {
    let size = |limit: &Limit| match limit {
        Limit::Span { amount, unit: LimitUnit::Years } => amount * 12,
        Limit::Span { amount, .. } => *amount,
        Limit::SameDay | Limit::RecordDate(_) => 0,
    };
    let within = !addable(by, &granted) || size(&granted) <= size(by);
    if within { (granted, None) } else { (by.clone(), Some(granted)) }
}

fn in_unit_of(limit: &Limit, amount: u32) -> Option<Limit> {
    match limit {
        Limit::Span { unit, .. } if amount > 0 => Some(Limit::Span { amount, unit: *unit }),
        _ => None,
    }
}

/// An extension is added to the limit, so it must be counted in the same way.
fn addable(limit: &Limit, length: &Limit) -> bool {
    let family = |limit: &Limit| match limit {
        Limit::Span { unit: LimitUnit::Years, .. } => Some(LimitUnit::Months),
        Limit::Span { unit, .. } => Some(*unit),
        _ => None,
    };
    family(limit).is_some() && family(limit) == family(length)
}
