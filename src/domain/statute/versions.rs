//! Versions of one rule: each follows the other without a gap and without an overlap.

use std::collections::BTreeMap;

use chrono::Days;

use super::Statute;

/// What is wrong between the versions of one rule, by the later one's id.
pub fn version_faults(rules: &BTreeMap<String, Statute>) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let mut followed: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in rules.values() {
        let Some(earlier) = &rule.follows else { continue };
        let mut fault = |message: String| faults.push((rule.id.clone(), message));
        let Some(before) = rules.get(earlier) else {
            fault(format!("it follows `{earlier}`, which is not here"));
            continue;
        };
        if let Some(other) = followed.insert(earlier, &rule.id) {
            fault(format!("`{other}` follows `{earlier}` already: a rule has one successor"));
        }
        match before.valid_to {
            None => {
                fault(format!("it follows `{earlier}`, which has no last day: give that one its valid_to"))
            }
            Some(last) if last >= rule.valid_from => {
                fault(format!("it overlaps `{earlier}`, which is in force until {last}"));
            }
            Some(last) if last + Days::new(1) < rule.valid_from => {
                let (from, to) = (last + Days::new(1), rule.valid_from - Days::new(1));
                fault(format!("between it and `{earlier}` no version is in force, from {from} to {to}"));
            }
            Some(_) => {}
        }
    }
    faults
}
