//! The rules (规则): each says why a finding is raised. One file per rule, one line here.

mod backdated_entry;
mod bare_refusal;
pub mod calendar_ends;
mod changed_after;
pub mod clock_stopped;
pub(super) mod copied_reason;
pub mod data_fault;
pub mod deemed_granted;
mod doubtful_fact;
mod dummy_values;
pub(super) mod ending;
mod entered_together;
pub(super) mod entry_burst;
mod expired_item;
pub mod extension_misuse;
mod fact;
mod fee;
pub mod handed_over;
pub(super) mod last_day_heap;
mod late_entry;
pub mod marks;
mod missing_step;
pub(super) mod number_gap;
mod off_hours_entry;
pub(super) mod off_system;
mod one_person;
mod refiled;
pub mod required_field;
mod second_correction;
mod seen_finished;
mod sets;
pub(super) mod silent;
pub mod source_dark;
mod special_excess;
mod special_misuse;
mod special_unpaired;
pub mod time_limit;
mod too_fast;
pub mod unmapped_code;
pub(super) mod vanished;
mod withdrawn_at_limit;
mod wrong_order;

use super::calendar::Calendar;
use super::clock::Reading;
use super::finding::{Card, Mode};
use super::moment::Moment;
use super::now::Now;
use super::plan::{Earlier, HeaderChange, Revision};
use super::policy::{Policy, RuleSetting};
use super::record::holders::Holders;
use super::record::runs::is_over;
use super::record::{Header, Kinds, Trace, TraceKind};
use super::registry::Item;
use marks::Marks;
pub use sets::{OF_CLOCKS, PER_RUN, WITNESSED};

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
pub const RULES: [Rule; 36] = [
    time_limit::RULE,
    missing_step::RULE,
    wrong_order::RULE,
    late_entry::RULE,
    backdated_entry::RULE,
    entered_together::RULE,
    seen_finished::RULE,
    off_hours_entry::RULE,
    one_person::RULE,
    second_correction::RULE,
    special_misuse::RULE,
    special_unpaired::RULE,
    special_excess::RULE,
    extension_misuse::RULE,
    dummy_values::RULE,
    bare_refusal::RULE,
    withdrawn_at_limit::RULE,
    refiled::RULE,
    changed_after::RULE,
    vanished::RULE,
    fee::RULE,
    expired_item::RULE,
    required_field::RULE,
    too_fast::RULE,
    entry_burst::RULE,
    copied_reason::RULE,
    last_day_heap::RULE,
    number_gap::RULE,
    off_system::RULE,
    silent::ITEM,
    silent::UNIT,
    silent::SOURCE,
    handed_over::RULE,
    deemed_granted::RULE,
    doubtful_fact::RULE,
    data_fault::RULE,
];

/// The rule that a source cannot be read, is not delivered to or is no longer configured: it concerns no case and is judged by the round itself.
pub const SOURCE_DARK: &str = "source-dark";

/// The rule that evidence shows cases which the approval system does not have.
pub const OFF_SYSTEM: &str = off_system::RULE.id;

/// The rule that next year's holidays are not known though they should be: it concerns no case either.
pub const CALENDAR_ENDS: &str = "calendar-ends";

/// The rule that a mail server refuses an address for good.
pub const MAIL_REFUSED: &str = "mail-refused";

/// The rule that a clock which ran on cases runs on none.
pub const CLOCK_STOPPED: &str = "clock-stopped";

/// The rule that a source brings a code which its mapping does not know.
pub const UNMAPPED_CODE: &str = "unmapped-code";

/// Rules on our own running. They go to the administrators.
pub const OWN: [&str; 5] = [SOURCE_DARK, CALENDAR_ENDS, MAIL_REFUSED, CLOCK_STOPPED, UNMAPPED_CODE];

/// What is said when the reason of a finding on our own running is gone.
pub fn mended(rule: &str) -> Sentence {
    let (zh, en) = match rule {
        CALENDAR_ENDS => ("放假安排已补入工作日历", "the calendar holds the year now"),
        CLOCK_STOPPED => {
            ("该计时已恢复运行，或已按规定停用", "the clock runs on cases again, or is no longer in force")
        }
        UNMAPPED_CODE => {
            ("该代码已补入映射，或者有关记录已更正", "the code is mapped now, or its rows were corrected")
        }
        MAIL_REFUSED => ("该邮箱已恢复收件", "the address takes letters again"),
        _ => ("数据源已恢复正常", "the source is in order again"),
    };
    Sentence { zh: zh.into(), en: en.into() }
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    static ALL: [Rule; RULES.len()] = RULES;
    ALL.iter().find(|rule| rule.id == id)
}

/// Name of a rule as people read it.
pub fn name(id: &str, chinese: bool) -> &str {
    match (rule(id), chinese) {
        (Some(rule), true) => rule.zh,
        (Some(rule), false) => rule.en,
        (None, true) if id == SOURCE_DARK => "数据源中断",
        (None, false) if id == SOURCE_DARK => "no data from a source",
        (None, true) if id == CALENDAR_ENDS => "工作日历即将用尽",
        (None, false) if id == CALENDAR_ENDS => "the calendar is running out",
        (None, true) if id == MAIL_REFUSED => "邮箱拒收",
        (None, false) if id == MAIL_REFUSED => "address refused",
        (None, true) if id == CLOCK_STOPPED => "计时停用",
        (None, false) if id == CLOCK_STOPPED => "clock stopped",
        (None, true) if id == UNMAPPED_CODE => "未映射代码",
        (None, false) if id == UNMAPPED_CODE => "code not mapped",
        (None, _) => id,
    }
}

/// A case in the form rules judge it.
#[derive(Clone, Copy)]
pub struct Matter<'a> {
    /// What the source says of the case.
    pub header: &'a Header,
    /// Its item.
    pub item: &'a Item,
    /// Its traces, in chronological order.
    pub traces: &'a [Trace],
    /// Their kinds.
    pub kinds: Kinds,
    /// Its clocks as they stand.
    pub clocks: &'a [Reading<'a>],
    /// What judges.
    pub policy: &'a Policy,
    /// As of when.
    pub now: &'a Now,
    /// What its source said differently before.
    pub revisions: &'a [Revision],
    /// What it said differently of the case itself.
    pub headers: &'a [HeaderChange],
    /// Which unit had it when.
    pub holders: &'a Holders,
    /// When it first appeared in a source that was being watched.
    pub first_seen: Option<Moment>,
    /// The earlier case that it names, if that one was withdrawn.
    pub earlier: Option<&'a Earlier>,
    /// What its traces hold of what they should.
    pub marks: Marks,
}

impl Matter<'_> {
    /// What the configuration says of a rule.
    fn setting(&self, id: &str) -> Option<&RuleSetting> {
        self.policy.rules.get(id)
    }

    /// The first trace of a kind.
    fn first(&self, kind: TraceKind) -> Option<&Trace> {
        if self.kinds.has(kind) { self.traces.iter().find(|trace| trace.kind == kind) } else { None }
    }

    /// Whether the case is over: the last of its runs.
    fn is_over(&self) -> bool {
        is_over(self.traces)
    }

    /// The working days of the case.
    fn calendar(&self) -> &Calendar {
        self.policy.calendar_of(self.item, self.header.unit.as_deref())
    }

    /// When a trace was entered, as it was first said: a time of entry that moves whenever a row is touched is known from
    /// what the ledger read before.
    fn entered(&self, trace: &Trace) -> Option<Moment> {
        let before = self.revisions.iter().filter(|it| it.before.kind == trace.kind);
        before.filter_map(|it| it.before.recorded).chain(trace.recorded).min_by_key(Moment::at)
    }

    /// The breach of a rule on traces: it stands until the record says otherwise.
    fn found(&self, rule: &Rule, why: Sentence) -> Vec<Breach> {
        let card = self.setting(rule.id).map(|setting| setting.card).or(rule.card).unwrap_or(Card::Notice);
        vec![Breach {
            rule: rule.id,
            clock: String::new(),
            card,
            ongoing: true,
            passed: true,
            unit: None,
            why,
        }]
    }
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
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
    /// Code of the unit it is held against; `None`: the one that has the case.
    pub unit: Option<String>,
    /// Why.
    pub why: Sentence,
}
