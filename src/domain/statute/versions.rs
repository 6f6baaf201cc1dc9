//! Versions of one rule: each follows the other without a gap and without an overlap.

use crate::domain::text::{Text, say};
use std::collections::BTreeMap;

use chrono::Days;

use super::Statute;

/// What is wrong between the versions of one rule, by the later one's id.
pub fn version_faults(rules: &BTreeMap<String, Statute>) -> Vec<(String, Text)> {
    let mut faults = Vec::new();
    let mut followed: BTreeMap<&str, &str> = BTreeMap::new();
    for rule in rules.values() {
        let Some(earlier) = &rule.follows else { continue };
        let mut fault = |message: Text| faults.push((rule.id.clone(), message));
        let Some(before) = rules.get(earlier) else {
            fault(say!("wrong-follows_none", earlier));
            continue;
        };
        if let Some(other) = followed.insert(earlier, &rule.id) {
            fault(say!("wrong-two_follow", other, earlier));
        }
        match before.valid_to {
            None => {
                fault(say!("wrong-follows_endless", earlier));
            }
            Some(last) if last >= rule.valid_from => {
                fault(say!("wrong-overlaps", earlier, last));
            }
            Some(last) if last + Days::new(1) < rule.valid_from => {
                let (from, to) = (last + Days::new(1), rule.valid_from - Days::new(1));
                fault(say!("wrong-versions_gap", earlier, from, to));
            }
            Some(_) => {}
        }
    }
    faults
}
