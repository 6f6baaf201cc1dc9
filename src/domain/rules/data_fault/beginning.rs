//! A beginning that was taken out of a record.

use super::fault::{Fault, say};
use crate::domain::record::Trace;

/// What is wrong with a record from which a beginning was taken out.
pub(super) fn fault(trace: &Trace) -> Fault {
    let (zh, when) = (trace.kind.zh(), trace.occurred.to_the_minute());
    say(
        format!("原有的{zh}时间 {when} 已从记录中去掉"),
        format!(
            "the time of `{}`, {when}, was taken out of the record, and nothing stands in its place",
            trace.kind
        ),
    )
}
