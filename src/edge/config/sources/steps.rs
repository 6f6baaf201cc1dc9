//! Steps whose due days stand in columns of their own: each must be one that some row can tell of, else no case would ever do it.

use std::collections::BTreeSet;

use super::super::written::{Table, nearest};
use crate::domain::record::TraceKind;
use crate::domain::record::mapping::{Cell, SourceSpec};
use crate::domain::record::planned::STEP_DUE;
use crate::domain::registry::Registry;
use crate::domain::text::say;

/// Names of steps that are known: kinds of traces in either language, and stages of the catalogue and of mappings. `None`: stages stand in
/// columns, and no catalogue says which there are.
fn known<'s>(sources: &'s [SourceSpec], registry: &'s Registry) -> Option<BTreeSet<&'s str>> {
    let kinds = TraceKind::ALL.iter().filter(|(kind, ..)| *kind != TraceKind::Step);
    let stages = registry.items.values().flat_map(|item| &item.stages).flat_map(|stage| &stage.names);
    let stages: BTreeSet<&str> = stages.map(|name| name.as_str()).collect();
    let traces = || sources.iter().flat_map(|source| &source.reads).flat_map(|read| &read.traces);
    let of_column = |stage: &Cell| matches!(stage, Cell::Column(_));
    if stages.is_empty() && traces().any(|trace| trace.stage.as_ref().is_some_and(of_column)) {
        return None;
    }
    let always = traces().filter_map(|trace| match trace.stage.as_ref()? {
        Cell::Always(stage) => Some(stage.as_str()),
        Cell::Column(_) => None,
    });
    Some(kinds.flat_map(|(_, word, zh)| [*word, *zh]).chain(stages).chain(always).collect())
}

/// Whether a source gives due days of steps in columns of their own.
fn gives_dues(source: &SourceSpec) -> bool {
    source.reads.iter().any(|read| {
        read.dates.iter().any(|(name, _)| name.starts_with(STEP_DUE))
            || read.traces.iter().any(|trace| !trace.step_dues.is_empty())
    })
}

/// Every step of `step_dues` must be known.
pub(in super::super) fn are_known(written: &Table<'_>, sources: &[SourceSpec], registry: &Registry) {
    if !sources.iter().any(gives_dues) {
        return;
    }
    let Some(known) = known(sources, registry) else { return };
    let known: Vec<&str> = known.into_iter().collect();
    for (name, table) in written.named("source") {
        if !sources.iter().any(|source| source.name == name.value && gives_dues(source)) {
            continue;
        }
        for read in table.list("read") {
            let traces = read.list("traces");
            for table in std::iter::once(&read).chain(&traces) {
                for (step, at) in table.pairs("step_dues").unwrap_or_default() {
                    if !known.contains(&step.as_str()) {
                        table.wrong(&at, say!("config-no_step", hint = nearest(&step, &known), step));
                    }
                }
            }
        }
    }
}
