//! Which letters that wait are outdated: no longer true, of an earlier day, or for nobody.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::finding::Event;

/// An alert that waits and was not handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// For whom.
    pub address: String,
    /// When it was written.
    pub written_at: DateTime<FixedOffset>,
    /// What happened to what it tells, as far as that was not looked at before.
    pub happened: Vec<Happened>,
}

/// What happened to a finding, or to its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub event: Event,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Happened {
    /// Whether a letter would be written otherwise by it: an answer, and what presses for one, leave a card as it was told.
    fn changes(&self) -> bool {
        !self.event.presses() && !matches!(self.event, Event::Answered | Event::Appealed)
    }
}

impl Waiting {
    /// Something happened to what it tells since it was written.
    fn is_untrue(&self) -> bool {
        self.happened.iter().any(|it| it.changes() && it.at > self.written_at)
    }

    /// Its dates, and the day by which to answer, are of an earlier day.
    fn is_expired(&self, today: NaiveDate) -> bool {
        self.written_at.date_naive() < today
    }
}

/// The addresses with a letter that is outdated. `contacts`: those that stand in the contacts.
pub fn outdated(waiting: Vec<Waiting>, contacts: &BTreeSet<&str>, today: NaiveDate) -> BTreeSet<String> {
    waiting
        .into_iter()
        .filter(|it| it.is_untrue() || it.is_expired(today) || !contacts.contains(it.address.as_str()))
        .map(|it| it.address)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    /// Of a letter written at nine on the second.
    fn is_outdated(happened: &[(Event, &str)], contacts: &[&str], today: &str) -> bool {
        let happened =
            happened.iter().map(|(event, when)| Happened { event: *event, at: at(when) }).collect();
        let (address, written_at) = ("a@example.gov.cn".to_owned(), at("2011-12-02T09:00:00+08:00"));
        let contacts = contacts.iter().copied().collect();
        let found =
            outdated(vec![Waiting { address, written_at, happened }], &contacts, today.parse().unwrap());
        found == BTreeSet::from(["a@example.gov.cn".to_owned()])
    }

    const KNOWN: [&str; 1] = ["a@example.gov.cn"];
    const TODAY: &str = "2011-12-02";

    /// A letter is of the day on which it leaves; a clock that went back makes none an earlier day's.
    #[test]
    fn a_letter_of_an_earlier_day_is_outdated() {
        let on = |today| is_outdated(&[], &KNOWN, today);
        assert_eq!([on("2011-12-01"), on("2011-12-02"), on("2011-12-03")], [false, false, true]);
    }

    /// What happened before it was written, or with it, it tells.
    #[test]
    fn what_happened_since_makes_it_untrue() {
        let when = |when| is_outdated(&[(Event::Resolved, when)], &KNOWN, TODAY);
        assert!(!when("2011-12-02T08:59:59+08:00") && !when("2011-12-02T09:00:00+08:00"));
        assert!(when("2011-12-02T09:00:01+08:00"));
        // The same instant in another zone is the same.
        assert!(!when("2011-12-02T01:00:00+00:00") && when("2011-12-02T01:00:01+00:00"));
    }

    /// An answer, and what presses for one, leave a card as it was told; all else does not, beside them too.
    #[test]
    fn an_answer_leaves_it_true() {
        const AFTER: &str = "2011-12-02T10:00:00+08:00";
        for event in [Event::Answered, Event::Appealed, Event::Reminded, Event::Unanswered] {
            assert!(!is_outdated(&[(event, AFTER)], &KNOWN, TODAY), "{event}");
            assert!(is_outdated(&[(event, AFTER), (Event::Revoked, AFTER)], &KNOWN, TODAY), "{event}");
        }
        for event in [Event::Raised, Event::Escalated, Event::Resolved, Event::Revoked, Event::Contested] {
            assert!(is_outdated(&[(event, AFTER)], &KNOWN, TODAY), "{event}");
        }
    }

    #[test]
    fn a_letter_to_nobody_is_outdated() {
        assert!(is_outdated(&[], &["b@example.gov.cn"], TODAY) && is_outdated(&[], &[], TODAY));
        assert!(!is_outdated(&[], &["b@example.gov.cn", "a@example.gov.cn"], TODAY));
    }
}
