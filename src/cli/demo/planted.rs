//! What is planted in the demo city, and must be found.

/// A finding that must come out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Planted {
    /// The case, or what else it is about.
    pub(super) case: String,
    pub(super) rule: &'static str,
    pub(super) clock: &'static str,
    pub(super) card: &'static str,
    /// The code of the unit whose it is; empty where nobody's.
    pub(super) unit: String,
    /// How it was planted.
    pub(super) what: &'static str,
}

impl Planted {
    /// On no single case: what it is about, whose it is, the rule, how it was planted.
    pub(super) fn across(subject: String, unit: &str, rule: &'static str, what: &'static str) -> Self {
        Self { case: subject, rule, clock: "", card: "notice", unit: unit.to_owned(), what }
    }
}

/// What was planted, as a table.
pub(crate) fn planted_csv(planted: &[Planted]) -> String {
    let mut text = String::from("\u{feff}case,rule,clock,card,unit,what\n");
    for Planted { case, rule, clock, card, unit, what } in planted {
        text.push_str(&format!("{case},{rule},{clock},{card},{unit},{what}\n"));
    }
    text
}
