//! Rules that have something in common, by their ids.

use super::{
    backdated_entry, changed_after, copied_reason, data_fault, deemed_granted, doubtful_fact, entered_ahead,
    entered_together, entry_burst, extension_misuse, handed_over, late_entry, met_unseen, missing_step,
    off_hours_entry, one_person, second_correction, seen_finished, special_excess, special_misuse,
    time_limit, too_fast, vanished, withdrawn_at_limit, wrong_order,
};

/// Rules that ask what was seen when, so that they need somebody to have looked on: a past that is read in one go gives
/// them nothing.
pub const WITNESSED: [&str; 8] = [
    late_entry::RULE.id,
    backdated_entry::RULE.id,
    entered_ahead::RULE.id,
    entered_together::RULE.id,
    off_hours_entry::RULE.id,
    seen_finished::RULE.id,
    changed_after::RULE.id,
    vanished::RULE.id,
];

/// Rules of clocks: they judge a case with a data fault too.
pub const OF_CLOCKS: [&str; 5] = [
    time_limit::RULE.id,
    special_excess::RULE.id,
    extension_misuse::RULE.id,
    deemed_granted::RULE.id,
    doubtful_fact::RULE.id,
];

/// Rules that ask for an answer though they give no card: they are reminded of and go one level up like one, so that nobody gains
/// by a record that contradicts itself or is gone.
pub const ANSWERED: [&str; 2] = [data_fault::RULE.id, vanished::RULE.id];

/// Rules whose findings a supervisor is told of by letter while they wait for review; of all others the digest says how many wait.
pub const TOLD_TO_REVIEW: [&str; 2] = [met_unseen::ID, entered_ahead::RULE.id];

/// Rules whose findings are no card of anybody in any count: a record at fault, and a lateness that passed on with its case.
pub const UNCOUNTED: [&str; 2] = [data_fault::RULE.id, handed_over::RULE.id];

/// Rules of many cases that are known by what a person typed.
pub const KNOWN_BY_TEXT: [&str; 2] = [entry_burst::RULE.id, copied_reason::RULE.id];

/// Rules that tell of a clock which is not theirs: the one that runs on the case.
pub const OF_THE_CASE: [&str; 3] = [handed_over::RULE.id, extension_misuse::RULE.id, data_fault::RULE.id];

/// Rules that allow a length of time (`within`).
pub const ALLOWING: [&str; 2] = [late_entry::RULE.id, special_misuse::RULE.id];

/// Rules that look at one run of a case at a time, where it has several.
pub const PER_RUN: [&str; 6] = [
    missing_step::RULE.id,
    wrong_order::RULE.id,
    second_correction::RULE.id,
    withdrawn_at_limit::RULE.id,
    one_person::RULE.id,
    too_fast::RULE.id,
];
