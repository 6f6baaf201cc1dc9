//! An error and its causes in one sentence, for outcomes that are kept as text.

use std::error::Error;

/// `what went wrong: why: why that`. A cause whose words are already part of what stands before it is left out.
pub(super) fn causes(fault: &dyn Error) -> String {
    let mut said = fault.to_string();
    let mut next = fault.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !said.contains(&words) {
            said.push_str(": ");
            said.push_str(&words);
        }
        next = cause.source();
    }
    said
}
