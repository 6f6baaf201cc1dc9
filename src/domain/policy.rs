//! Everything a round judges by: registry, calendar, clocks, card table, rules, routing. One value, one version.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::calendar::Calendar;
use super::count::Counting;
use super::finding::{Card, Mode};
use super::limit::Limit;
use super::record::TraceKind;
use super::registry::{CaseType, Item, Language, Registry, Role};
use super::statute::{Expiry, Mark};

/// Everything a round judges by.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Name of the supervising office, as mails are signed.
    pub office: String,
    /// Zone of the installation.
    pub zone: Tz,
    /// Working days.
    pub calendar: Calendar,
    /// How days and hours are counted unless a clock says otherwise.
    pub counting: Counting,
    /// The clocks that may run on a case.
    pub clocks: Vec<ClockRule>,
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
    /// Regions, units, items, contacts.
    pub registry: Registry,
    /// Content hash of all the above: changes when any of it changes.
    pub version: String,
}

/// A clock, declared: what starts it, stops it, pauses and extends it (计时).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRule {
    /// Id, never renamed: `promise`, `statutory`.
    pub id: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// What starts it.
    pub starts: Event,
    /// What stops it.
    pub stops: Event,
    /// Whether special procedures pause it.
    pub pauses: bool,
    /// What an extension adds.
    pub extends: Option<ExtensionRule>,
    /// How long it runs.
    pub limit: LimitSource,
    /// Clause or source, shown with every deadline; an item's own basis goes before it.
    pub basis: String,
    /// Case types it runs on.
    pub case_types: Vec<CaseType>,
    /// Categories of items it runs on; none named: all.
    pub categories: Vec<String>,
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

    /// Whether it starts with acceptance, be it recorded or deemed.
    pub fn starts_with_acceptance(&self) -> bool {
        let accepted = Mark::Kind(TraceKind::Accepted);
        matches!(&self.starts, Event::Marks(marks) if marks.first() == Some(&accepted))
    }

    /// Whether it runs on an item.
    pub fn runs_on(&self, item: &Item) -> bool {
        self.case_types.contains(&item.case_type)
            && (self.categories.is_empty() || self.categories.contains(&item.category))
    }
}

impl Policy {
    /// The declaration of a clock, in the version of the day on which it started.
    pub fn clock(&self, id: &str, started: Option<NaiveDate>) -> Option<&ClockRule> {
        let mut versions = self.clocks.iter().filter(|clock| clock.id == id);
        versions.clone().find(|clock| clock.governs(started)).or_else(|| versions.next_back())
    }
}

/// A trace that starts or stops a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first of these that the case has any trace of.
    Marks(Vec<Mark>),
    /// The first trace of a kind, or of any.
    First(Option<TraceKind>),
    /// The last trace of a kind, or of any.
    Last(Option<TraceKind>),
}

impl FromStr for Event {
    type Err = String;

    /// `first`, `last`, `first:step`, `last:step`, the word of a kind, or `step:NAME`.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            None if text == "first" => Ok(Self::First(None)),
            None if text == "last" => Ok(Self::Last(None)),
            Some(("first", kind)) => Ok(Self::First(Some(kind.parse()?))),
            Some(("last", kind)) => Ok(Self::Last(Some(kind.parse()?))),
            _ => Ok(Self::Marks(vec![text.parse()?])),
        }
    }
}

/// What an extension adds, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionRule {
    /// The length, unless the record gives its own.
    pub by: Limit,
    /// How many times at most.
    pub times: u32,
}

/// Where a clock's limit comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitSource {
    /// The item's promised limit.
    Promised,
    /// The item's statutory limit.
    Statutory,
    /// The same for all cases, or a date of the record.
    Fixed(Limit),
}

/// A card table under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTable {
    /// Name of the preset it began from, shown in every report: `hunan`, or `hunan (changed)`.
    pub name: String,
    /// The lines.
    pub lines: Vec<CardLine>,
}

/// One line: from this moment of this clock, this card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// The card.
    pub card: Card,
    /// Id of the clock.
    pub clock: String,
    /// From when.
    pub when: Threshold,
}

/// `promised`, `statutory`, or a limit.
impl FromStr for LimitSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "promised" => Ok(Self::Promised),
            "statutory" => Ok(Self::Statutory),
            limit => limit.parse().map(Self::Fixed),
        }
    }
}

/// `-2wd`, `passed`, `+3wd`, `90%`.
impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let days = |sign| text.strip_prefix(sign)?.strip_suffix("wd")?.parse().ok();
        let share = || text.strip_suffix('%')?.parse().ok();
        let known = match text {
            "passed" => Some(Self::Passed),
            _ => days('-').map(Self::WorkingDaysBefore).or(days('+').map(Self::WorkingDaysAfter)),
        };
        known.or(share().filter(|share| (1..=99).contains(share)).map(Self::Percent)).ok_or_else(|| {
            format!("`{text}` is no moment of a clock: write -2wd, passed, +3wd (working days) or 90%")
        })
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleSetting {
    /// Whether it issues, waits for review, or is off.
    pub mode: Mode,
    /// The card it gives.
    pub card: Card,
}

/// Who is told of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    /// Roles told of a notice.
    pub notice: Vec<Role>,
    /// Roles told of a yellow card besides those.
    pub yellow: Vec<Role>,
    /// Roles told of a red card besides those.
    pub red: Vec<Role>,
    /// Roles that get the daily digest.
    pub digest: Vec<Role>,
}
