//! What is late by a record, be it the one that stands or an earlier one.

use super::super::case_view::matter;
use crate::domain::case_file::CaseFile;
use crate::domain::clock;
use crate::domain::finding::Breach;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Trace;
use crate::domain::rules::{CaseView, data_fault, time_limit};

/// A record as it can be judged: what contradicted when the card was told ended no counting then either; and nothing of it lies
/// in the future, where the moment was given by hand.
pub(super) fn record_of(mut record: CaseFile, policy: &Policy, now: &Now) -> CaseFile {
    if now.replay {
        record.traces.retain(|trace| trace.occurred.at() <= now.instant);
    }
    let of = (record.header.as_ref(), record.item(policy));
    if !data_fault::faults(policy, of, &record.traces, &[], now).is_empty() {
        record.traces = data_fault::sound(&record.traces, &[], now);
    }
    record
}

/// What is late by a record with these traces, judged by the policy of a matter.
pub(super) fn late_by(file: &CaseFile, traces: &[Trace], of: &CaseView<'_>, now: &Now) -> Vec<Breach> {
    let item = file.item(of.policy);
    let (Some(item), Some(header)) = (item, &file.header) else { return Vec::new() };
    let clocks = clock::read(of.policy, item, header, traces, now);
    let holders = file.holders(item, of.policy);
    time_limit::judge(&matter(file, traces, (header, item), (&clocks, &holders), (of.policy, now)))
}
