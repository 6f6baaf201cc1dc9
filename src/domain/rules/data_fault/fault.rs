//! What is wrong with a record.

use crate::domain::text::Text;

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub why: Text,
    /// It is the mapping that does not know a code.
    pub of_mapping: bool,
    /// The part of it that stays the same as long as it is the same fault.
    pub known_by: Text,
}

/// A fault that is known by all that is said of it.
pub(super) fn fault(why: Text) -> Fault {
    Fault { known_by: why.clone(), why, of_mapping: false }
}
