//! How long a case is held for a code that no mapping knows.

use chrono::Days;

use crate::domain::case_file::{CaseCourse, CaseFile, HoldState};
use crate::domain::clock::Reading;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Trace;
use crate::domain::record::runs::is_over;

/// A case without a trace for so long gives no sign of life.
const QUIET: Days = Days::new(90);

/// Where the hold of a case stands, if it has one, by the `traces` that are sound and the clocks read from them.
pub fn standing(
    file: &CaseFile,
    traces: &[Trace],
    clocks: &[Reading<'_>],
    policy: &Policy,
    now: &Now,
) -> Option<HoldState> {
    let hold = file.hold?;
    let running = |clock: &Reading<'_>| clock.started.is_some() && clock.stopped.is_none();
    let over = is_over(traces) && !clocks.iter().any(running);
    let last = traces.iter().map(|trace| trace.occurred.date()).filter(|day| *day <= now.today()).max();
    let past = over || last.is_none_or(|last| last + QUIET < hold.since.date());
    let course = if past { CaseCourse::Past } else { CaseCourse::GoesOn };
    Some(hold.standing(course, policy, now))
}
