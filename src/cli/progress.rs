//! A line on the terminal while a long round runs.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::round::{FOR_SLOW_SOURCES, Watch};

/// Shows how far a round has come. On a pipe it shows nothing.
pub(crate) struct Progress {
    bar: ProgressBar,
    rows: AtomicU64,
    cases: AtomicU64,
    /// Rounds wait for slow sources until these have been read whole.
    waits: AtomicBool,
}

impl Progress {
    /// A line that begins with `what`.
    pub(crate) fn new(what: &str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        let style = ProgressStyle::with_template("{spinner} {msg} {prefix}");
        bar.set_style(style.expect("the template is ours"));
        Self { bar, rows: AtomicU64::new(0), cases: AtomicU64::new(0), waits: AtomicBool::new(true) }
    }

    /// A bar over a known number of steps.
    pub(crate) fn steps(what: &str, steps: u64) -> Self {
        let progress = Self::new(what);
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        progress.bar.set_style(style.expect("the template is ours"));
        progress.bar.set_length(steps);
        progress
    }

    /// From now on rounds wait for slow sources until these have been read whole.
    pub(crate) fn wait_for_slow(&self) {
        self.waits.store(true, Ordering::Relaxed);
    }

    /// From now on rounds judge first what the others tell.
    pub(crate) fn leave_out_slow(&self) {
        self.waits.store(false, Ordering::Relaxed);
    }

    /// One step is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
    }

    /// Takes the line off the terminal.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Watch for Progress {
    fn goes_on(&self, rows: u64, cases: u64) {
        let rows = rows + self.rows.fetch_add(rows, Ordering::Relaxed);
        let cases = cases + self.cases.fetch_add(cases, Ordering::Relaxed);
        self.bar.set_prefix(format!("{rows} rows, {cases} cases"));
        if self.bar.length().is_none() {
            self.bar.tick();
        }
    }

    fn stop(&self) -> bool {
        false
    }

    fn patience(&self) -> Duration {
        if self.waits.load(Ordering::Relaxed) { Duration::MAX } else { FOR_SLOW_SOURCES }
    }
}
