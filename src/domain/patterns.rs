//! What many cases say together: the rules over the stock, one after the other.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::policy::Policy;
use super::rules::{Found, copied_reason, entry_burst, last_day_heap, number_gap, off_system, silent};
use super::stock::Stock;
use super::text::say;

/// Looks across the stock, as of the beginning of a day.
pub fn look(stock: &Stock, policy: &Policy, today: NaiveDate) -> Vec<Found> {
    let once = |rule, across| Found { rule, across, passes: None, unseen: BTreeSet::new() };
    let passing = |rule, across, over| Found { rule, across, passes: Some(over), unseen: BTreeSet::new() };
    let mut found = vec![
        once(&entry_burst::RULE, entry_burst::across(&stock.endings, policy)),
        once(&copied_reason::RULE, copied_reason::across(&stock.endings, policy)),
    ];
    let heap = last_day_heap::across(stock);
    if stock.in_part {
        // What is missing may stand in what was not read: nothing of it is said, and what stands, stands.
        found.push(once(&last_day_heap::RULE, heap));
    } else {
        found.extend([
            passing(&last_day_heap::RULE, heap, say!("last_day_heap-over")),
            passing(&number_gap::RULE, number_gap::across(stock), say!("number_gap-over")),
            passing(&off_system::RULE, off_system::across(&stock.unmatched), say!("off_system-over")),
        ]);
    }
    found.extend(silent::across(stock, policy, today));
    found
}
