//! The rules (规则): each says why a finding is raised. One file per rule, one line here.

pub mod calendar_ends;
pub mod data_fault;
pub mod deemed_granted;
pub mod doubtful_fact;
pub mod missing_step;
pub mod time_limit;

use super::clock::Reading;
use super::finding::{Card, Mode};
use super::now::Now;
use super::policy::Policy;
use super::record::{Header, Trace};
use super::registry::Item;

/// A rule: its identity and its judgement.
pub struct Rule {
    /// Id, never renamed or reused.
    pub id: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// What it says, in one sentence, for docs/rules.md.
    pub meaning: &'static str,
    /// The text it rests on.
    pub basis: &'static str,
    /// Mode unless configured.
    pub mode: Mode,
    /// Card unless configured; `None`: the card table decides.
    pub card: Option<Card>,
    /// Judges a case that holds no contradiction.
    pub judge: fn(&Matter<'_>) -> Vec<Breach>,
}

/// Every rule on cases, in the order of docs/rules.md.
pub const RULES: [Rule; 5] =
    [time_limit::RULE, missing_step::RULE, deemed_granted::RULE, doubtful_fact::RULE, data_fault::RULE];

/// The rule that a source cannot be read: it concerns no case and is judged by the round itself.
pub const SOURCE_DARK: &str = "source-dark";

/// The rule that next year's holidays are not known though they should be: it concerns no case either.
pub const CALENDAR_ENDS: &str = "calendar-ends";

/// Rules on our own running. They go to the administrators.
pub const OWN: [&str; 2] = [SOURCE_DARK, CALENDAR_ENDS];

/// What is said when the reason of a finding on our own running is gone.
pub fn mended(rule: &str) -> Sentence {
    let (zh, en) = match rule {
        CALENDAR_ENDS => ("放假安排已补入工作日历", "the calendar holds the year now"),
        _ => ("数据源已恢复读取", "the source can be read again"),
    };
    Sentence { zh: zh.into(), en: en.into() }
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    static ALL: [Rule; 5] = RULES;
    ALL.iter().find(|rule| rule.id == id)
}

/// Name of a rule as people read it.
pub fn name(id: &str, chinese: bool) -> &str {
    match (rule(id), chinese) {
        (Some(rule), true) => rule.zh,
        (Some(rule), false) => rule.en,
        (None, true) if id == SOURCE_DARK => "数据源中断",
        (None, false) if id == SOURCE_DARK => "source cannot be read",
        (None, true) if id == CALENDAR_ENDS => "工作日历即将用尽",
        (None, false) if id == CALENDAR_ENDS => "the calendar is running out",
        (None, _) => id,
    }
}

/// A case in the form rules judge it.
pub struct Matter<'a> {
    /// What the source says of the case.
    pub header: &'a Header,
    /// Its item.
    pub item: &'a Item,
    /// Its traces, in chronological order.
    pub traces: &'a [Trace],
    /// Its clocks as they stand.
    pub clocks: &'a [Reading<'a>],
    /// What judges.
    pub policy: &'a Policy,
    /// As of when.
    pub now: &'a Now,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Sentence {
    /// The sentence in one language.
    pub fn words(&self, chinese: bool) -> &str {
        if chinese { &self.zh } else { &self.en }
    }
}

/// That a rule's condition holds, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Id of the rule.
    pub rule: &'static str,
    /// Id of the clock, for rules of time; empty otherwise.
    pub clock: String,
    /// The card.
    pub card: Card,
    /// It goes on: something can still be done. `false` where the case has since been closed, late.
    pub ongoing: bool,
    /// The harm is done (a limit was passed); `false` for a warning that may still come to nothing.
    pub passed: bool,
    /// Why.
    pub why: Sentence,
}
