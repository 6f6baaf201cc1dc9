//! How a case counts in the measures of its traces: what was required and is there, entered in time, filled.

use super::{CaseView, late_entry, missing_step, required_field};
use crate::domain::case_file::Marks;
use crate::domain::record::TraceKind;

/// How a case counts.
pub(in crate::domain) fn of(matter: &CaseView<'_>) -> Marks {
    let mut marks = Marks { traces: count(matter.traces.len()), ..Marks::default() };
    if matter.kinds.has(TraceKind::Decided) || matter.kinds.has(TraceKind::Closed) {
        for stage in missing_step::required(matter) {
            marks.required += 1;
            marks.present += u32::from(missing_step::is_left(matter, stage));
        }
    }
    for trace in matter.traces.iter().filter(|trace| matter.saw_appear(trace)) {
        let Some(entered) = matter.entered(trace) else { continue };
        marks.timed += 1;
        marks.timely += u32::from(!late_entry::is_late(matter, trace.occurred, entered));
    }
    for (trace, field) in required_field::asked(matter) {
        marks.asked += 1;
        marks.filled += u32::from(field.is_filled(trace));
    }
    marks
}

/// A case holds far fewer traces than would fill 32 bits.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
