//! The rules (规则): each says why a finding is raised. One file per rule, one line here.

mod approver;
mod backdated_entry;
mod bare_refusal;
pub mod calendar_ends;
pub(in crate::domain) mod changed_after;
pub mod clock_stopped;
pub(super) mod copied_reason;
pub mod data_fault;
pub mod deemed_granted;
pub mod doubtful_fact;
mod dummy_values;
pub(super) mod ending;
mod entered_ahead;
mod entered_together;
pub(super) mod entry_burst;
mod entry_known;
mod expired_item;
pub mod extension_misuse;
mod fact;
mod fee;
mod gained;
pub mod handed_over;
pub(super) mod last_day_heap;
mod late_entry;
pub mod ledger_begun;
pub mod ledger_replaced;
pub mod marks;
pub mod met_unseen;
mod missing_step;
pub(super) mod number_gap;
mod off_hours_entry;
pub(super) mod off_system;
mod one_person;
mod pattern;
mod refiled;
pub mod required_field;
mod rule;
mod second_correction;
mod seen_finished;
mod sets;
pub(super) mod silent;
pub mod source_clock;
pub mod source_dark;
pub mod source_suspect;
pub mod special_excess;
mod special_misuse;
mod special_unpaired;
pub(in crate::domain) mod step_due;
pub mod time_limit;
mod too_fast;
pub mod unmapped_code;
pub(in crate::domain) mod vanished;
mod withdrawn_at_limit;
mod wrong_order;

use chrono::{DateTime, FixedOffset};

use crate::domain::text::{Text, say};
pub use pattern::{Across, Found};
pub use rule::{CaseView, Property, Rule};
pub use sets::{
    ALLOWING, ANSWERED, KNOWN_BY_TEXT, OF_CLOCKS, OF_THE_CASE, PER_RUN, TOLD_TO_REVIEW, UNCOUNTED, WITNESSED,
};

/// Every rule on cases, in the order of docs/rules.md.
pub const RULES: &[Rule] = &[
    time_limit::RULE,
    missing_step::RULE,
    wrong_order::RULE,
    step_due::RULE,
    late_entry::RULE,
    backdated_entry::RULE,
    entered_ahead::RULE,
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
    met_unseen::RULE,
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
/// Id of the rule on a source that brings nothing, though it can be read.
pub const SILENT_SOURCE: &str = silent::SOURCE.id;

/// The rule that a source is no longer what was read of it before: the administrators and the supervisors are told.
pub const SOURCE_SUSPECT: &str = "source-suspect";

/// The rule that rows of a case are gone from their source.
pub const VANISHED: &str = vanished::RULE.id;

/// The rule that a record contradicts itself or the registry.
pub const DATA_FAULT: &str = data_fault::RULE.id;

/// The rule that a record was there before what it tells of.
pub const ENTERED_AHEAD: &str = entered_ahead::RULE.id;

/// The rule that a record was changed after it had been read.
pub const CHANGED_AFTER: &str = changed_after::RULE.id;

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

/// The rule that a new ledger begins: the administrators and the supervisors are told.
pub const LEDGER_BEGUN: &str = "ledger-begun";

/// The rule that the ledger is not the one that was last used at its place: the administrators and the supervisors are told.
pub const LEDGER_REPLACED: &str = "ledger-replaced";

/// The rule that the clock of a source runs ahead of ours: it accuses nobody.
pub const SOURCE_CLOCK: &str = "source-clock";

/// Rules on our own running. They go to the administrators.
pub const OWN: [&str; 9] = [
    SOURCE_DARK,
    SOURCE_SUSPECT,
    CALENDAR_ENDS,
    MAIL_REFUSED,
    CLOCK_STOPPED,
    UNMAPPED_CODE,
    LEDGER_BEGUN,
    LEDGER_REPLACED,
    SOURCE_CLOCK,
];

/// What is said when the reason of a finding on our own running is gone.
pub fn mended(rule: &str) -> Text {
    match rule {
        CALENDAR_ENDS => say!("mended-calendar_ends"),
        CLOCK_STOPPED => say!("mended-clock_stopped"),
        UNMAPPED_CODE => say!("mended-unmapped_code"),
        SOURCE_SUSPECT => say!("mended-source_suspect"),
        LEDGER_BEGUN | LEDGER_REPLACED => say!("mended-ledger"),
        MAIL_REFUSED => say!("mended-mail_refused"),
        SOURCE_CLOCK => say!("mended-source_clock"),
        _ => say!("mended-source"),
    }
}

/// When passing time alone makes a rule on the steps of a case find something.
pub fn next_change(matter: &CaseView<'_>) -> Option<DateTime<FixedOffset>> {
    let changed = changed_after::next_change(matter);
    missing_step::next_change(matter).into_iter().chain(step_due::next_change(matter)).chain(changed).min()
}

/// A rule by its id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The ids of all rules.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id).chain(OWN)
}

/// Name of a rule as people read it; one that is not known by its id.
pub fn name(id: &str) -> Text {
    if rule(id).is_none() && !OWN.contains(&id) {
        return Text::from(id);
    }
    Text::Message { key: format!("rule-{id}").into(), values: Vec::new() }
}

impl Rule {
    /// What it rests on: law, regulation, or what supervisors reported.
    pub fn basis(&self) -> Text {
        Text::Message { key: format!("basis-{}", self.id).into(), values: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    /// Ids of rules stand in ledgers for good: every one ever used, in the order of the alphabet. A new rule adds a line; a line is
    /// never taken out and never given to another rule.
    const EVER_USED: &[&str] = &[
        "backdated-entry",
        "bare-refusal",
        "calendar-ends",
        "changed-after-fact",
        "clock-stopped",
        "copied-reason",
        "data-fault",
        "deemed-granted",
        "doubtful-fact",
        "dummy-values",
        "entered-ahead",
        "entered-together",
        "entry-burst",
        "expired-item",
        "extension-misuse",
        "fee",
        "handed-over",
        "last-day-heap",
        "late-entry",
        "ledger-begun",
        "ledger-replaced",
        "mail-refused",
        "met-unseen",
        "missing-step",
        "number-gap",
        "off-hours-entry",
        "off-system",
        "one-person",
        "refiled",
        "required-field",
        "second-correction",
        "seen-finished",
        "silent-item",
        "silent-source",
        "silent-unit",
        "source-clock",
        "source-dark",
        "source-suspect",
        "special-excess",
        "special-misuse",
        "special-unpaired",
        "step-due",
        "time-limit",
        "too-fast",
        "unmapped-code",
        "vanished-record",
        "withdrawn-at-limit",
        "wrong-order",
    ];

    /// Every rule has a name in every language; what is no rule is shown as it stands.
    #[test]
    fn every_rule_has_a_name() {
        for (language, ..) in Language::ALL {
            for id in RULES.iter().map(|rule| rule.id).chain(OWN) {
                assert!(language.has(&format!("rule-{id}")), "{id} has no name in {language}");
                assert_ne!(name(id).words(*language), id);
            }
            for rule in RULES {
                assert!(
                    language.has(&format!("basis-{}", rule.id)),
                    "{} rests on nothing in {language}",
                    rule.id
                );
            }
            assert_eq!(name("once-a-rule").words(*language), "once-a-rule");
        }
    }

    #[test]
    fn no_id_is_renamed_or_reused() {
        let in_use: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(OWN).collect();
        for id in &in_use {
            assert!(EVER_USED.contains(id), "`{id}` is new: add it to the list");
            assert_eq!(in_use.iter().filter(|other| other == &id).count(), 1, "`{id}` is used twice");
        }
        let gone: Vec<_> = EVER_USED.iter().filter(|id| !in_use.contains(id)).collect();
        assert!(gone.is_empty(), "{gone:?} were renamed, or taken out without being written down as retired");
        assert!(EVER_USED.is_sorted_by(|one, next| one < next));
    }
}
