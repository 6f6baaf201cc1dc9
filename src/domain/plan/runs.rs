//! Rules that look at one run of a case, where it has several.

use crate::domain::case_file::{LaterRun, Marks};
use crate::domain::record::Kinds;
use crate::domain::record::runs::{begun_on, is_one_run, runs};
use crate::domain::rules::{CaseView, ending, marks};

/// The case's runs as rules judge them, the last first; none where it has only one.
pub(super) fn of<'a>(matter: &CaseView<'a>) -> Vec<CaseView<'a>> {
    if is_one_run(matter.traces) {
        return Vec::new();
    }
    let run = |(number, traces)| {
        let from = matter.clocks.partition_point(|clock| clock.run < number);
        let to = matter.clocks.partition_point(|clock| clock.run <= number);
        let item = matter.item.on(|| begun_on(traces));
        let clocks = &matter.clocks[from..to];
        let mut run = CaseView { traces, item, clocks, kinds: Kinds::of(traces), ..*matter };
        run.marks = marks::of(&run);
        run
    };
    let mut of: Vec<CaseView<'a>> = (1..).zip(runs(matter.traces)).map(run).collect();
    of.reverse();
    of
}

/// The runs after the first: when each began, and when and how it ended.
pub(super) fn later(of_runs: &[CaseView<'_>]) -> Vec<LaterRun> {
    let run = |run: &CaseView<'_>| Some((run.traces.first()?.occurred.date(), ending::how(run.traces)));
    of_runs.iter().rev().skip(1).filter_map(run).collect()
}

/// How a case counts in the measures of its traces: the sum of its runs.
pub(super) fn marks(matter: &CaseView<'_>, of_runs: &[CaseView<'_>]) -> Marks {
    if of_runs.is_empty() {
        return marks::of(matter);
    }
    of_runs.iter().fold(Marks::default(), |sum, run| sum + run.marks)
}
