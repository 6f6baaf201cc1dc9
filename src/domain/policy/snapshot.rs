//! What judged, kept whole: so that an old finding can be explained by the rules it was made with.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CardTable, ClockRule, Local, Policy, ReviewAbove, RuleSetting};
use crate::domain::calendar::{Calendar, CalendarError, Declared};
use crate::domain::count::{Counting, OfficeHours};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::record::terms::SourceTerms;
use crate::domain::registry::{Items, Region, Unit};

/// Version of the judging code, a part of every policy's version: it is raised whenever the same policy gives other due
/// dates or cards than before, so that an upgrade is a change like any other. A ledger from before it was kept has 0.
pub const JUDGING: u32 = 1;

/// Why this program cannot read what judged before.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// It is not written as this program writes it.
    #[error(transparent)]
    Form(#[from] serde_json::Error),
    /// Its time zone is unknown.
    #[error("there is no time zone `{0}`")]
    Zone(String),
    /// Its days are no calendar.
    #[error(transparent)]
    Days(#[from] CalendarError),
}

/// Everything of a policy that judges; whom it tells is no part of it.
#[derive(Serialize, Deserialize)]
struct Snapshot<'p> {
    zone: Cow<'p, str>,
    supervise_from: Option<NaiveDate>,
    counting: Cow<'p, Counting>,
    clocks: Cow<'p, [ClockRule]>,
    #[serde(default = "fifteen")]
    pause_limit: Cow<'p, Limit>,
    #[serde(default = "sixty")]
    pause_at_most: Cow<'p, Limit>,
    /// How long a code that no mapping knows holds a case.
    #[serde(default = "five")]
    answer_within: Cow<'p, Limit>,
    cards: Cow<'p, CardTable>,
    rules: Cow<'p, BTreeMap<String, RuleSetting>>,
    calendar: Days<'p>,
    local_items: BTreeMap<Cow<'p, str>, Days<'p>>,
    local_units: BTreeMap<Cow<'p, str>, Days<'p>>,
    regions: Cow<'p, BTreeMap<String, Region>>,
    units: Cow<'p, BTreeMap<String, Unit>>,
    items: Cow<'p, Items>,
    /// Version of the judging code; 0 before it was kept.
    #[serde(default)]
    judging: u32,
    #[serde(default)]
    review_above: ReviewAbove,
    /// None before they were kept.
    #[serde(default)]
    sources: Cow<'p, BTreeMap<String, SourceTerms>>,
}

/// What of a snapshot says how it may be followed, also where the rest cannot be read.
#[derive(Default, Deserialize)]
struct Bound {
    #[serde(default)]
    judging: u32,
    #[serde(default)]
    review_above: ReviewAbove,
}

/// What of a snapshot says which days are worked.
#[derive(Deserialize)]
struct AllDays<'p> {
    calendar: Days<'p>,
    #[serde(default)]
    local_items: BTreeMap<Cow<'p, str>, Days<'p>>,
    #[serde(default)]
    local_units: BTreeMap<Cow<'p, str>, Days<'p>>,
}

/// What of a snapshot says how days and hours are counted.
#[derive(Deserialize)]
struct Counted {
    counting: Counting,
}

/// What of a snapshot says how sources are read.
#[derive(Default, Deserialize)]
struct Terms {
    #[serde(default)]
    sources: BTreeMap<String, SourceTerms>,
}

/// What held before a policy said how long a special procedure may last.
fn fifteen<'p>() -> Cow<'p, Limit> {
    Cow::Owned(Limit::Span { amount: 15, unit: LimitUnit::WorkingDays })
}

/// What is taken for a policy that does not say how long the record of a special procedure is believed.
fn sixty<'p>() -> Cow<'p, Limit> {
    Cow::Owned(Limit::Span { amount: 60, unit: LimitUnit::WorkingDays })
}

/// What held before a policy said how long a case may be held.
fn five<'p>() -> Cow<'p, Limit> {
    Cow::Owned(Limit::Span { amount: 5, unit: LimitUnit::WorkingDays })
}

#[derive(Serialize, Deserialize)]
struct Days<'p> {
    version: Cow<'p, str>,
    declared: Cow<'p, Declared>,
}

impl<'p> Days<'p> {
    fn of(calendar: &'p Calendar) -> Self {
        Self { version: calendar.version().into(), declared: Cow::Borrowed(calendar.declared()) }
    }

    fn calendar(self) -> Result<Calendar, SnapshotError> {
        let (declared, version) = (self.declared.into_owned(), self.version.into_owned());
        Ok(Calendar::new(declared, version)?)
    }
}

impl<'p> Snapshot<'p> {
    fn of(policy: &'p Policy) -> Self {
        let all = |map: &'p BTreeMap<String, Calendar>| {
            map.iter().map(|(code, calendar)| (Cow::from(code), Days::of(calendar))).collect()
        };
        Self {
            zone: policy.zone.name().into(),
            supervise_from: policy.supervise_from,
            counting: Cow::Borrowed(&policy.counting),
            clocks: Cow::Borrowed(&policy.clocks),
            pause_limit: Cow::Borrowed(&policy.pause_limit),
            pause_at_most: Cow::Borrowed(&policy.pause_at_most),
            answer_within: Cow::Borrowed(&policy.answer_within),
            cards: Cow::Borrowed(&policy.cards),
            rules: Cow::Borrowed(&policy.rules),
            calendar: Days::of(&policy.calendar),
            local_items: all(&policy.local.items),
            local_units: all(&policy.local.units),
            regions: Cow::Borrowed(&policy.registry.regions),
            units: Cow::Borrowed(&policy.registry.units),
            items: Cow::Borrowed(&policy.registry.items),
            judging: JUDGING,
            review_above: policy.review_above,
            sources: Cow::Borrowed(&policy.sources),
        }
    }
}

impl Policy {
    /// What judges, as one text: the same text for the same policy, and for no other. Its hash is the version.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn write_snapshot(&self, out: impl Write) -> io::Result<()> {
        serde_json::to_writer(out, &Snapshot::of(self)).map_err(io::Error::from)
    }

    /// [`Policy::write_snapshot`] in memory.
    pub fn snapshot(&self) -> String {
        serde_json::to_string(&Snapshot::of(self))
            .expect("a policy has no map but those keyed by texts and dates")
    }

    /// This policy judging by a snapshot instead.
    ///
    /// # Errors
    /// If this program cannot read the snapshot.
    pub fn judging_by(mut self, version: &str, snapshot: &str) -> Result<Self, SnapshotError> {
        let then: Snapshot<'_> = serde_json::from_str(snapshot)?;
        self.zone = then.zone.parse().map_err(|_| SnapshotError::Zone(then.zone.clone().into_owned()))?;
        self.supervise_from = then.supervise_from;
        self.counting = then.counting.into_owned();
        self.clocks = then.clocks.into_owned().into();
        self.pause_limit = then.pause_limit.into_owned();
        self.pause_at_most = then.pause_at_most.into_owned();
        self.answer_within = then.answer_within.into_owned();
        self.cards = then.cards.into_owned();
        self.rules = then.rules.into_owned();
        self.calendar = then.calendar.calendar()?;
        self.local = local(then.local_items, then.local_units)?;
        self.registry.regions = then.regions.into_owned();
        self.registry.units = then.units.into_owned();
        self.registry.items = then.items.into_owned();
        self.review_above = then.review_above;
        self.sources = then.sources.into_owned();
        self.version = version.to_owned();
        Ok(self)
    }

    /// This policy judging by a snapshot as its own program did; `None`: this program judges differently, or cannot read it.
    pub fn still_judging_by(self, version: &str, snapshot: &str) -> Option<Self> {
        (bound(snapshot).judging == JUDGING).then(|| self.judging_by(version, snapshot).ok()).flatten()
    }
}

/// How many cards the policy of a snapshot lets a change move, also where this program cannot read the rest.
pub fn review_above(snapshot: &str) -> ReviewAbove {
    bound(snapshot).review_above
}

/// By which days the policy of a snapshot counted, also where this program cannot read the rest.
///
/// # Errors
/// If this program cannot read the days.
pub fn calendars(snapshot: &str) -> Result<(Calendar, Local), SnapshotError> {
    let then: AllDays<'_> = serde_json::from_str(snapshot)?;
    Ok((then.calendar.calendar()?, local(then.local_items, then.local_units)?))
}

/// The office hours of the policy of a snapshot, also where this program cannot read the rest; `None`: it cannot read them.
pub fn office_hours(snapshot: &str) -> Option<OfficeHours> {
    serde_json::from_str::<Counted>(snapshot).ok().map(|then| then.counting.hours)
}

fn local(
    items: BTreeMap<Cow<'_, str>, Days<'_>>,
    units: BTreeMap<Cow<'_, str>, Days<'_>>,
) -> Result<Local, SnapshotError> {
    let all = |map: BTreeMap<Cow<'_, str>, Days<'_>>| -> Result<BTreeMap<String, Calendar>, SnapshotError> {
        map.into_iter().map(|(code, days)| Ok((code.into_owned(), days.calendar()?))).collect()
    };
    Ok(Local { items: all(items)?, units: all(units)? })
}

/// On which terms the policy of a snapshot took each source's word, also where this program cannot read the rest.
pub fn sources(snapshot: &str) -> BTreeMap<String, SourceTerms> {
    serde_json::from_str::<Terms>(snapshot).unwrap_or_default().sources
}

fn bound(snapshot: &str) -> Bound {
    serde_json::from_str(snapshot).unwrap_or_default()
}
