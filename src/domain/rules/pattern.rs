//! What a rule over many cases finds: a unit, an item, a source or a person's sitting, and no single case.

use std::collections::BTreeSet;

use super::Rule;
use crate::domain::text::Text;

/// A finding on no single case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// What it is about, the same as long as it goes on: a code, a pattern, a person and a moment.
    pub subject: String,
    /// Code of the unit.
    pub unit: Option<String>,
    /// Code of the item.
    pub item: Option<String>,
    /// How much there is of it (cases, pieces, numbers, days): it is told again when that has doubled.
    pub weight: u64,
    /// Why.
    pub why: Text,
}

/// What a rule found.
pub struct Found {
    /// The rule.
    pub rule: &'static Rule,
    /// What it found.
    pub across: Vec<Across>,
    /// What is said when it no longer finds something; `None` for what happened once and stays so.
    pub passes: Option<Text>,
    /// Subjects that could not be judged this time: what stands of them stands.
    pub unseen: BTreeSet<String>,
}
