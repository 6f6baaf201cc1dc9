//! What fell due while a source was not read is in time by what was first read afterwards.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::{Across, Found, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::text::{Text, say};

/// Id of the rule.
pub const ID: &str = "met-unseen";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "Cases fell due while their source was not read (it was dark, doubted, read in part or no longer configured, its \
              delivery was overdue, or no round ran) for longer than ordinary, and are in time only by what was first read \
              afterwards. Ordinary is an hour, or twice `poll_every` where that is more, though two hours at most: a restart, an \
              upgrade, a copy of the machine or one failed round need not be explained, while who would type after a limit \
              without being read needs the hours that the office is open next. Rounds may be as far apart as three of four were \
              over the seven days before, up to a day. Where no more ran in those days than one a day it is ordinary until a \
              working day passes without a round, and what is delivered in batches is measured by its deliveries, whenever the \
              daemon runs. What was typed meanwhile and dated back cannot be told from what was done in time, so no unit is \
              accused; the supervisors are told at once, in one finding for each such stretch, with the days, how many cases and \
              examples: all of them stand in the view `met_unseen`. What is due on the day on which it begins, and was first read \
              afterwards altogether, is left out.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::ToldToReview],
    judge: None,
};

/// So many cases are named.
const NAMED: usize = 10;

/// What a finding is about: a source, and since when it was not read.
fn subject(source: &str, from: &str) -> String {
    format!("{source} {from}")
}

/// The source that a finding is about.
pub fn source_of(subject: &str) -> &str {
    subject.rsplitn(3, ' ').nth(2).unwrap_or(subject)
}

/// What is found of one stretch in which a source was not read, by the cases that fell due, each with its number and day, the
/// first first. Nothing where none did.
pub fn found(
    source: &str,
    from: DateTime<FixedOffset>,
    until: DateTime<FixedOffset>,
    cases: &[(String, NaiveDate)],
) -> Option<Found> {
    if cases.is_empty() {
        return None;
    }
    let [from, until] = [from, until].map(|at| at.format("%Y-%m-%d %H:%M").to_string());
    let named = cases.iter().take(NAMED).map(|(number, due)| say!("met_unseen-case", number, due));
    let named = Text::list(named, "list-comma");
    let count = cases.len();
    let named = if count > NAMED { say!("list-and_others", items = named) } else { named };
    let why = say!("met_unseen", from = &from, until, count, named);
    let across =
        vec![Across { subject: subject(source, &from), unit: None, item: None, weight: count as u64, why }];
    Some(Found { rule: &RULE, across, passes: None, unseen: BTreeSet::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    /// Ten are named, and of eleven that there are more; a stretch in which nothing fell due is no finding; and the letter names the
    /// source as it is called.
    #[test]
    fn a_stretch_names_its_source_its_days_and_the_first_of_its_cases() {
        let at = |text: &str| text.parse().unwrap();
        let (from, until) = (at("2011-10-13T09:05:00+08:00"), at("2011-10-17T09:05:00+08:00"));
        let due = NaiveDate::from_ymd_opt(2011, 10, 13).unwrap();
        let words = |count: usize| {
            let cases: Vec<_> = (1..=count).map(|number| (format!("A-{number}"), due)).collect();
            found("land office", from, until, &cases).map(|found| found.across[0].clone())
        };
        assert!(words(0).is_none());
        let (one, ten, eleven) = (words(1).unwrap(), words(10).unwrap(), words(11).unwrap());
        let [one_en, eleven_en] = [&one, &eleven].map(|it| it.why.words(Language::English));
        let [ten_zh, eleven_zh] = [&ten, &eleven].map(|it| it.why.words(Language::Chinese));
        assert!(one_en.contains("1 case fell due meanwhile and is in time only"), "{one_en}");
        assert!(one_en.contains("whether its records"), "{one_en}");
        assert!(ten_zh.contains("A-10（2011-10-13到期）；") && !ten_zh.contains('等'), "{ten_zh}");
        assert!(
            !eleven_zh.contains("A-11") && eleven_zh.contains("A-10（2011-10-13到期）等；"),
            "{eleven_zh}"
        );
        let period = "not read from 2011-10-13 09:05 to 2011-10-17 09:05: 11 cases";
        assert!(eleven_en.contains(period) && eleven_en.contains(") and others;"), "{eleven_en}");
        assert_eq!((source_of(&one.subject), eleven.weight), ("land office", 11));
        assert_eq!(source_of("a"), "a");
    }
}
