//! A clock as it is declared: what starts, stops, pauses and extends it, and how long it runs.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::count::Counting;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::moment::Moment;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::registry::{CaseType, Item, ItemKind, Registry};
use crate::domain::statute::{Correction, Direction, Expiry, Keeper, Mark, PauseTime};
use crate::domain::text::{Fault, Sentence, Text, say};

/// A clock, declared: what starts it, stops it, pauses and extends it (计时).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRule {
    /// Id, never renamed: `promise`, `statutory`.
    pub id: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// What starts it.
    pub starts: Trigger,
    /// What stops it.
    pub stops: Trigger,
    /// Which special procedures are left out of it; `None`: none are.
    pub pauses: Option<PauseRule>,
    /// What a correction of the papers does to it (D4).
    pub correction: Correction,
    /// Whether it is counted from its start, or back from it.
    pub direction: Direction,
    /// Whether each of its starts begins it anew, as with special procedures one after the other.
    pub repeats: bool,
    /// What an extension adds.
    pub extends: Option<ExtensionRule>,
    /// How long it runs.
    pub limit: LimitSource,
    /// A date of the record that takes the place of the limit where there is one: a day fixed by notice.
    pub date_by_notice: Option<String>,
    /// A date of the record that has an hour is a moment; else a limit that is such a date lasts through the whole day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_the_hour: bool,
    /// Clause or source, shown with every deadline; an item's own basis goes before it.
    pub basis: String,
    /// Case types it runs on.
    pub case_types: Vec<CaseType>,
    /// Categories of items it runs on; none named: all.
    pub categories: Vec<String>,
    /// Kinds of items it runs on; none named: all.
    #[serde(default)]
    pub kinds: Vec<ItemKind>,
    /// What the codes of the regions of its units begin with; none named: anywhere.
    #[serde(default)]
    pub regions: Vec<String>,
    /// What it has from the law's own text.
    #[serde(default)]
    pub by_law: ByLaw,
    /// Cases whose clock started from this day on, where it is one version of a law.
    pub valid_from: Option<NaiveDate>,
    /// And to this day.
    pub valid_to: Option<NaiveDate>,
    /// What follows in law when it has passed.
    pub on_expiry: Expiry,
    /// How its days are counted.
    pub counting: Counting,
}

impl ClockRule {
    /// Whether this version governs a case whose clock started so (D15); where nothing has started yet, the last does.
    pub fn governs(&self, started: Option<NaiveDate>) -> bool {
        match started {
            Some(day) => {
                self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
            }
            None => self.valid_to.is_none(),
        }
    }

    /// Whether this version governs a case whose clock started at a moment, likewise.
    pub fn governs_from(&self, started: Option<Moment>) -> bool {
        let always = self.valid_from.is_none() && self.valid_to.is_none();
        always || self.governs(started.map(|moment| moment.date()))
    }

    /// Whether it starts with acceptance, be it recorded or deemed.
    pub fn starts_with_acceptance(&self) -> bool {
        let accepted = Mark::Kind(TraceKind::Accepted);
        matches!(&self.starts, Trigger::Marks(marks) if marks.first() == Some(&accepted))
    }

    /// Whether a trace stops it.
    pub fn stops_with(&self, trace: &Trace) -> bool {
        match &self.stops {
            Trigger::Marks(marks) | Trigger::Earliest(marks) => marks.iter().any(|mark| mark.is(trace)),
            Trigger::First(kind) | Trigger::Last(kind) => kind.is_none_or(|kind| kind == trace.kind),
        }
    }

    /// Whether it is counted from an event to come towards the present: a notice so long before a hearing.
    pub fn is_counted_back(&self) -> bool {
        self.direction == Direction::Back
    }

    /// Name of one of its runs by the key of the run: `special#2` is 特别程序（第 2 次）.
    pub fn name_of(&self, key: &str) -> Text {
        let name = Text::Named(Sentence { zh: self.name_zh.clone(), en: self.name_en.clone() });
        match key.split_once('#') {
            None => name,
            Some((_, run)) if run.parse::<u32>().is_ok() => say!("clock-run", name, run),
            Some((_, part)) => say!("clock-part", name, part),
        }
    }

    /// Whether it is meant for an item by category, limit and region; what it yields to, the policy says.
    #[inline]
    pub(super) fn runs_within(&self, item: &Item, registry: &Registry) -> bool {
        let begins = |region: &String| self.regions.iter().any(|code| region.starts_with(code.as_str()));
        self.has_limit_on(item)
            && self.is_for_category(item)
            && (self.regions.is_empty()
                || registry.units.get(&item.unit).is_some_and(|unit| begins(&unit.region)))
    }

    /// Whether an item of a kind is of those it is meant for, be there a limit or not.
    pub fn is_for(&self, item: &Item, kind: ItemKind) -> bool {
        self.case_types.contains(&item.case_type) && self.is_for_kind(kind) && self.is_for_category(item)
    }

    fn is_for_category(&self, item: &Item) -> bool {
        self.categories.is_empty() || self.categories.contains(&item.category)
    }

    /// Whether it is meant for items of a kind.
    pub(super) fn is_for_kind(&self, kind: ItemKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// Whether an item gives it a limit, as far as that is the item's to give.
    fn has_limit_on(&self, item: &Item) -> bool {
        match &self.limit {
            LimitSource::Promised => item.promised.is_some(),
            LimitSource::Statutory => item.statutory.is_some() || self.law_limit(item).is_some(),
            LimitSource::Fixed(_) | LimitSource::Granted | LimitSource::Stage => true,
        }
    }

    /// The law's own limit, for an item without one; what is only assumed gives way to a promise that is longer.
    pub fn law_limit(&self, item: &Item) -> Option<&Limit> {
        let own = self.by_law.own_limit.as_ref()?;
        let longer = || item.promised.as_ref().is_some_and(|it| it.rough_days() > own.rough_days());
        (!self.by_law.assumed || !longer()).then_some(own)
    }

    /// Its clause on an item: the item's own, where the item gives the limit.
    pub fn basis_on<'a>(&'a self, item: &'a Item) -> &'a str {
        let given = self.limit == LimitSource::Statutory && item.statutory.is_some();
        item.basis.as_deref().filter(|_| given).unwrap_or(&self.basis)
    }

    /// Whether it runs beside the matter itself: what it asks for and was done on the spot needs no line of its own.
    pub fn is_beside(&self) -> bool {
        matches!(self.limit, LimitSource::Fixed(Limit::Span { .. })) && !self.starts_with_acceptance()
    }
}

/// What a clock has from the law's own text, besides when and how long it runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ByLaw {
    /// The rule of the law that it was taken from, by its id.
    pub rule: Option<String>,
    /// The law's own limit, for an item whose catalogue entry gives no statutory one.
    pub own_limit: Option<Limit>,
    /// It is applied by assumption: it gives way to a promise that is longer.
    pub assumed: bool,
    /// Clocks declared by the same rule of the law: on an item on which one of them runs, this one does not.
    pub yields_to: Vec<String>,
    /// The rule of the law that has the same fact for its own: where that one runs too, this one gives no card.
    pub covered_by: Option<String>,
    /// Who must keep it.
    pub keeper: Keeper,
    /// It binds only what is done at all: where nothing is asked for, nothing is asked for too late.
    pub conditional: bool,
}

/// A trace that starts or stops a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trigger {
    /// The first of these that the case has any trace of.
    Marks(Vec<Mark>),
    /// Whichever of these came first.
    Earliest(Vec<Mark>),
    /// The first trace of a kind, or of any.
    First(Option<TraceKind>),
    /// The last trace of a kind, or of any.
    Last(Option<TraceKind>),
}

impl FromStr for Trigger {
    type Err = Fault;

    /// `first`, `last`, `first:step`, `last:step`, the word of a kind, or `step:NAME`.
    fn from_str(text: &str) -> Result<Self, Fault> {
        match text.split_once(':') {
            None if text == "first" => Ok(Self::First(None)),
            None if text == "last" => Ok(Self::Last(None)),
            Some(("first", kind)) => Ok(Self::First(Some(kind.parse()?))),
            Some(("last", kind)) => Ok(Self::Last(Some(kind.parse()?))),
            _ => Ok(Self::Marks(vec![text.parse()?])),
        }
    }
}

/// What an extension adds, how often, and by whose leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRule {
    /// The length, unless the record gives its own.
    pub by: Limit,
    /// How many times at most.
    pub times: u32,
    /// Who approves it, where somebody must: the record is then to name one.
    pub approver: Option<Sentence>,
    /// Id of the clock whose clause says all this instead, where it runs on the matter and gives an extension.
    #[serde(default)]
    pub clause_of: Option<String>,
}

/// Which special procedures are left out of a clock, and what their record must show (D19).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PauseRule {
    /// The causes the clause names; none: any.
    pub causes: Vec<String>,
    /// Whether the applicant must have been told in writing.
    pub notice_required: bool,
    /// How much of them is left out at most, in working or calendar days, where the clause says so.
    #[serde(default)]
    pub cap: Option<Limit>,
    /// How long those of one cause may last, where a clause says so.
    #[serde(default)]
    pub times: Vec<PauseTime>,
    /// Whose time they are: what a third party takes gives the unit no card.
    #[serde(default)]
    pub keeper: Keeper,
}

impl PauseRule {
    /// Whether a procedure is on record with one of the causes the clause names.
    pub fn names(&self, begun: &Trace) -> bool {
        self.causes.iter().any(|cause| is_named(begun, cause))
    }
}

/// Whether a procedure is on record with a cause: in its stage or in its note.
fn is_named(begun: &Trace, cause: &str) -> bool {
    [&begun.stage, &begun.note].into_iter().flatten().any(|text| text.contains(cause))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::{item, policy};
    use crate::domain::moment::Moment;

    /// A clock that stops with the last of a kind stops with that kind, one that stops with the last of all with any.
    #[test]
    fn a_clock_stops_with_its_own_kind() {
        let mut rule = policy(&[]).clocks[0].clone();
        let at = Moment::instant("2011-10-12T09:00:00+08:00".parse().unwrap());
        let [decided, step] = [TraceKind::Decided, TraceKind::Step].map(|kind| Trace::new(kind, at));
        let mut stops = |trigger: Trigger| {
            rule.stops = trigger;
            [rule.stops_with(&decided), rule.stops_with(&step)]
        };
        assert_eq!(stops(Trigger::Last(Some(TraceKind::Decided))), [true, false]);
        assert_eq!(stops(Trigger::First(Some(TraceKind::Decided))), [true, false]);
        assert_eq!(stops(Trigger::Last(None)), [true, true]);
    }

    /// What the law is only assumed to say gives way to a promise that is longer, and not to one as long.
    #[test]
    fn an_assumed_limit_gives_way_to_a_longer_promise() {
        let mut rule = policy(&[]).clocks[0].clone();
        rule.by_law.own_limit = Some("30d".parse().unwrap());
        let mut holds = |assumed| {
            rule.by_law.assumed = assumed;
            ["29d", "30d", "31d"].map(|promise| rule.law_limit(&item(promise)).is_some())
        };
        assert_eq!((holds(true), holds(false)), ([true, true, false], [true; 3]));
    }
}
