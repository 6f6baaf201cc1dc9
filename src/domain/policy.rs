//! Everything a round judges by: registry, calendar, clocks, card table, rules, routing. One value, one version.

mod changed;
mod clock_rule;
mod clocks;
mod clocks_on;
mod review_above;
mod snapshot;
mod stays;
mod ways_out;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::count::{Asked, Counting};
use super::limit::Limit;
use super::moment::Moment;
use super::record::Field;
use super::record::terms::SourceTerms;
use super::registry::{Item, Registry, Role};
use crate::domain::card::{Card, Mode};
use crate::domain::text::{Fault, Language, Text, as_text, say};
pub use changed::Changed;
pub use clock_rule::{ByLaw, ClockRule, ExtensionRule, PauseRule, Trigger};
pub use clocks::Clocks;
pub use review_above::ReviewAbove;
pub use snapshot::{calendars, office_hours, review_above, sources};

/// Everything a round judges by.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Name of the supervising office, as mails are signed.
    pub office: String,
    /// Zone of the installation.
    pub zone: Tz,
    /// Working days.
    pub calendar: Calendar,
    /// Working days of regions, units and items that have overlays of their own.
    pub local: Local,
    /// How days and hours are counted unless a clock says otherwise.
    pub counting: Counting,
    /// The clocks that may run on a case.
    pub clocks: Clocks,
    /// How long a special procedure may last where neither its record nor the clause says so.
    pub pause_limit: Limit,
    /// The longest that special procedures of one kind are believed to last in one run of a case, whatever their record says.
    pub pause_at_most: Limit,
    /// Which card a clock gives, and when.
    pub cards: CardTable,
    /// Mode and card of each rule that is not a matter of time, by rule id.
    pub rules: BTreeMap<String, RuleSetting>,
    /// Cases whose first trace lies before this day are read and get no finding.
    pub supervise_from: Option<NaiveDate>,
    /// An item is active while its last trace is at most this many days old.
    pub active_within_days: u32,
    /// Who is told of a card: roles by card; a higher card's readers include the lower's.
    pub routing: Routing,
    /// Time of the daily digest on working days.
    pub digest_at: NaiveTime,
    /// Language of what goes to no contact in particular.
    pub language: Language,
    /// Working days within which a card is to be answered.
    pub answer_within: Limit,
    /// What becomes of a card that nobody answers.
    pub reminders: Reminding,
    /// How many open cards a change of what judges may move without a person's leave.
    pub review_above: ReviewAbove,
    /// On which terms each source's word is taken, by its name.
    pub sources: BTreeMap<String, SourceTerms>,
    /// What sources were called before, by their names: the ledger is to know them by the new ones. It judges nothing.
    pub sources_were: BTreeMap<String, String>,
    /// Regions, units, items, contacts.
    pub registry: Registry,
    /// Content hash of all the above: changes when any of it changes.
    pub version: String,
}

impl Policy {
    /// Whether it judges a case by the day of its first trace; one that has none yet it does.
    pub fn supervises(&self, first: Option<NaiveDate>) -> bool {
        first.is_none_or(|first| self.supervise_from.is_none_or(|from| from <= first))
    }

    /// By when something is to be answered or decided that is told at a moment; `None` where the calendar does not reach so far.
    pub fn answer_by(&self, told: Moment) -> Option<Moment> {
        let asked = Asked { start: told, limit: &self.answer_within, extensions: &[], pauses: &[] };
        self.counting.due(&self.calendar, self.zone, &asked).ok().map(|due| due.at)
    }

    /// Days that are worked by one policy and not by another, by any of their calendars.
    pub fn days_changed_by(&self, other: &Self) -> BTreeSet<NaiveDate> {
        let mut days = BTreeSet::from_iter(self.calendar.differences(&other.calendar));
        let local = |of: fn(&Local) -> &BTreeMap<String, Calendar>| {
            let (before, after) = (of(&self.local), of(&other.local));
            let codes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let calendars = codes.into_iter().map(|code| {
                let (before, after) = (before.get(code), after.get(code));
                before.unwrap_or(&self.calendar).differences(after.unwrap_or(&other.calendar))
            });
            calendars.flatten().collect::<Vec<_>>()
        };
        days.extend(local(|local| &local.items));
        days.extend(local(|local| &local.units));
        days
    }

    /// This policy over the calendars of another one; `None`: they have the same days.
    pub fn over_calendar_of(&self, other: &Self) -> Option<Self> {
        let days = || (other.calendar.clone(), other.local.clone());
        (!self.days_changed_by(other).is_empty()).then(|| self.over(days()))
    }

    /// This policy over other calendars.
    pub fn over(&self, (calendar, local): (Calendar, Local)) -> Self {
        Self { calendar, local, ..self.clone() }
    }

    /// The working days of an item's cases, handled by its own unit or another.
    pub fn calendar_of(&self, item: &Item, unit: Option<&str>) -> &Calendar {
        let Local { items, units } = &self.local;
        if items.is_empty() && units.is_empty() {
            return &self.calendar;
        }
        let of_unit = || units.get(unit.unwrap_or(&item.unit));
        items.get(&item.code).or_else(of_unit).unwrap_or(&self.calendar)
    }
}

/// Working days that differ from the installation's: its calendar with overlays of their own (a county's holiday, a
/// hall's Saturday service).
#[derive(Debug, Clone, Default)]
pub struct Local {
    /// By code of the item; these go before the unit's.
    pub items: BTreeMap<String, Calendar>,
    /// By code of the unit, its region's overlays among them.
    pub units: BTreeMap<String, Calendar>,
}

/// A card table under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardTable {
    /// Name of the preset it began from, shown in every report: `hunan`, or `hunan (changed)`.
    pub name: String,
    /// The lines, those of a clock together: in the order of the clocks' ids.
    pub lines: Vec<CardLine>,
}

impl CardTable {
    /// The lines of a clock.
    pub fn of(&self, clock: &str) -> &[CardLine] {
        let from = self.lines.partition_point(|line| line.clock.as_str() < clock);
        let lines = &self.lines[from..];
        &lines[..lines.partition_point(|line| line.clock == clock)]
    }

    /// Its name as people read it.
    pub fn title(&self) -> Text {
        let (preset, changed) =
            self.name.split_once(' ').map_or((&*self.name, false), |(preset, _)| (preset, true));
        let title = match preset {
            "hunan" => say!("card_table-hunan"),
            "order-and-escalate" => say!("card_table-order_and_escalate"),
            "ninety-percent" => say!("card_table-ninety_percent"),
            other => Text::from(other),
        };
        if changed { say!("card_table-changed", title) } else { title }
    }
}

/// One line: from this moment of this clock, this card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    /// The card.
    pub card: Card,
    /// Id of the clock.
    pub clock: String,
    /// From when.
    pub when: Threshold,
    /// Only on items on which no clock of this id runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<String>,
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkingDaysBefore(days) => write!(f, "-{days}wd"),
            Self::Passed => f.write_str("passed"),
            Self::WorkingDaysAfter(days) => write!(f, "+{days}wd"),
            Self::Percent(share) => write!(f, "{share}%"),
        }
    }
}

as_text!(Threshold);

/// `-2wd`, `passed`, `+3wd`, `90%`.
impl FromStr for Threshold {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let days = |sign| text.strip_prefix(sign)?.strip_suffix("wd")?.parse().ok();
        let share = || text.strip_suffix('%')?.parse().ok();
        let known = match text {
            "passed" => Some(Self::Passed),
            _ => days('-').map(Self::WorkingDaysBefore).or(days('+').map(Self::WorkingDaysAfter)),
        };
        known
            .or(share().filter(|share| (1..=99).contains(share)).map(Self::Percent))
            .ok_or_else(|| Fault(say!("wrong-threshold", text)))
    }
}

/// A moment in a clock's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// From the opening of the n-th working day before the due day, which is day 0.
    WorkingDaysBefore(u32),
    /// As soon as the limit is passed.
    Passed,
    /// From the beginning of the n-th working day after the due day.
    WorkingDaysAfter(u32),
    /// When this share of the limit, in per cent, has run.
    Percent(u32),
}

/// Mode and card of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSetting {
    /// Whether it issues, waits for review, or is off.
    pub mode: Mode,
    /// The card it gives.
    pub card: Card,
    /// What it allows, for rules that allow a length of time; `None`: as the rule says.
    pub within: Option<Limit>,
    /// What must be filled, for `required-field`.
    pub fields: Vec<Field>,
}

/// A route: who is told of what it covers. What it leaves open it covers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// Code of a unit.
    pub unit: Option<String>,
    /// Code of a region, with those below it.
    pub region: Option<String>,
    /// Code of an item.
    pub item: Option<String>,
    /// Id of a rule.
    pub rule: Option<String>,
    /// This card and higher ones.
    pub card: Option<Card>,
    /// The roles.
    pub to: Vec<Role>,
    /// They are told instead of those of the card; otherwise besides.
    pub instead: bool,
}

/// What becomes of a card that nobody answers, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminding {
    /// Its readers are reminded every so many since it was told, three times at most.
    pub remind_every: u32,
    /// So many after the day by which to answer it goes one level up.
    pub raise_up_after: u32,
}

/// Who is told of what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routing {
    /// Roles told of a notice.
    pub notice: Vec<Role>,
    /// Roles told of a yellow card besides those.
    pub yellow: Vec<Role>,
    /// Roles told of a red card besides those.
    pub red: Vec<Role>,
    /// Roles told besides when a card is not answered.
    pub unanswered: Vec<Role>,
    /// Roles that get the daily digest.
    pub digest: Vec<Role>,
    /// Roles that get the monthly bulletin.
    pub bulletin: Vec<Role>,
    /// What differs for a unit, a region, an item, a rule, a card.
    pub routes: Vec<Route>,
}
