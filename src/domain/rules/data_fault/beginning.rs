//! A beginning that was taken out of a record.

use super::fault::{Fault, say};
use crate::domain::case_file::taken_out_words;
use crate::domain::record::Trace;

/// What is wrong with a record from which a beginning was taken out.
pub(super) fn fault(trace: &Trace) -> Fault {
    let when = trace.occurred.to_the_minute();
    say(
        format!("{} 已从记录中去掉", taken_out_words(trace)),
        format!(
            "the time of `{}`, {when}, was taken out of the record, and nothing stands in its place",
            trace.kind
        ),
    )
}
