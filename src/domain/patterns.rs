//! What many cases say together: the rules over the stock, one after the other.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::policy::Policy;
use super::rules::{Found, copied_reason, entry_burst, last_day_heap, number_gap, off_system, silent};
use super::stock::Stock;
use super::text::Sentence;

/// Looks across the stock, as of the beginning of a day.
pub fn look(stock: &Stock, policy: &Policy, today: NaiveDate) -> Vec<Found> {
    let once = |rule, across| Found { rule, across, passes: None, unseen: BTreeSet::new() };
    let passing = |rule, across, zh: &str, en: &str| {
        let passes = Some(Sentence { zh: zh.into(), en: en.into() });
        Found { rule, across, passes, unseen: BTreeSet::new() }
    };
    let mut found = vec![
        once(&entry_burst::RULE, entry_burst::across(&stock.endings, policy)),
        once(&copied_reason::RULE, copied_reason::across(&stock.endings, policy)),
        passing(
            &last_day_heap::RULE,
            last_day_heap::across(stock),
            "近九十日内到期当日办结的已不足四成",
            "of the cases of the last ninety days fewer than two fifths were decided on the day they were due",
        ),
        passing(
            &number_gap::RULE,
            number_gap::across(stock),
            "缺号已补齐，或者编号已不再连续",
            "the missing numbers have come, or the numbers no longer run on",
        ),
        passing(
            &off_system::RULE,
            off_system::across(&stock.unmatched),
            "近九十日内已没有缺少办件的佐证；更早的仍列于 evidence_matches",
            "no evidence of the last ninety days is without a case; what is older still stands in `evidence_matches`",
        ),
    ];
    found.extend(silent::across(stock, policy, today));
    found
}
