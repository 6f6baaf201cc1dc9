//! Cases with all that is known of each, and what was judged of them.

pub(super) mod case_files;
pub(super) mod case_history;
pub(super) mod deadlines;
pub(super) mod history;
pub(super) mod judgements;
pub(super) mod known;
pub(super) mod round_facts;
pub(super) mod traces;
pub(super) mod vanished;
pub(super) mod verdicts;
