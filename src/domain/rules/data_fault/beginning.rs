//! A beginning that was taken out of a record.

use super::fault::Fault;
use crate::domain::case_file::taken_out_words;
use crate::domain::record::Trace;
use crate::domain::text::say;

/// What is wrong with a record from which a beginning was taken out.
pub(super) fn fault(trace: &Trace) -> Fault {
    super::fault::fault(say!("data_fault-taken_out", what = taken_out_words(trace)))
}
