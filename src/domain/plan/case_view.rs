//! A case in the form rules judge it, and whether a rule is run.

use crate::domain::card::Mode;
use crate::domain::case_file::{CaseFile, Marks};
use crate::domain::clock::Reading;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::holders::Holders;
use crate::domain::record::runs::{begun_on, runs as record_runs};
use crate::domain::record::{Header, Kinds, Trace};
use crate::domain::registry::Item;
use crate::domain::rules::{self, CaseView, Rule};

/// A case in the form rules judge it, its marks not counted yet.
pub(super) fn matter<'a>(
    file: &'a CaseFile,
    traces: &'a [Trace],
    (header, item): (&'a Header, &'a Item),
    (clocks, holders): (&'a [Reading<'a>], &'a Holders),
    (policy, now): (&'a Policy, &'a Now),
) -> CaseView<'a> {
    CaseView {
        header,
        item: item.on(|| record_runs(traces).last().and_then(begun_on)),
        traces,
        kinds: Kinds::of(traces),
        clocks,
        policy,
        now,
        revisions: &file.revisions,
        headers: &file.headers,
        known: &file.known,
        holders,
        first_seen: file.first_seen,
        vanished: file.vanished.as_ref(),
        earlier: file.earlier.as_ref(),
        marks: Marks::default(),
    }
}

pub(super) fn mode(policy: &Policy, id: &str) -> Mode {
    rules::rule(id).map_or(Mode::Auto, |rule| mode_of(policy, rule))
}

pub(super) fn mode_of(policy: &Policy, rule: &Rule) -> Mode {
    policy.rules.get(rule.id).map_or(rule.mode, |setting| setting.mode)
}
