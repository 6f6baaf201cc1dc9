//! Many cases closed by one person within minutes.

use std::collections::BTreeMap;

use super::{Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::registry::CaseType;
use crate::domain::rules::Across;
use crate::domain::stock::Ending;
use crate::domain::text::{Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: "entry-burst",
    meaning: "One person entered the end of five or more cases within five minutes of each other: handled elsewhere and \
              typed in together. Instant matters are left out, and what comes when others' does too, as by an exchange \
              between systems (three people within five seconds). It needs the time of entry (`recorded`), a name (`by`) and a \
              source that was watched.",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::KnownByText],
    judge: None,
};

/// So many in a sitting are a burst.
const MANY: usize = 5;

/// Two entries of a sitting, from the first to the fifth, lie no further apart.
const MINUTES: i64 = 5;

/// Entries of so many people, so close to each other, are no people's: an exchange brought them.
const EXCHANGE: usize = 3;
const EXCHANGE_SECONDS: i64 = 5;

pub(in crate::domain) fn across(endings: &[Ending], policy: &Policy) -> Vec<Across> {
    let mut sittings: BTreeMap<(&str, &str), Vec<(Moment, &Ending)>> = BTreeMap::new();
    for ending in endings {
        let instant =
            policy.registry.items.get(&ending.item).is_some_and(|item| item.case_type == CaseType::Instant);
        if let (Some(by), Some(entered), false) = (&ending.by, ending.entered, instant)
            && entered.hour_known()
        {
            sittings.entry((&ending.unit, by)).or_default().push((entered, ending));
        }
    }
    let mut found = Vec::new();
    for entries in sittings.values_mut() {
        entries.sort_by_key(|(at, ending)| (at.at(), ending.number.clone()));
    }
    for ((_, by), entries) in &sittings {
        let mut from = 0;
        while from + MANY <= entries.len() {
            let close =
                |to: usize| (entries[to].0.at() - entries[to + 1 - MANY].0.at()).num_minutes() < MINUTES;
            if !close(from + MANY - 1) {
                from += 1;
                continue;
            }
            let to =
                (from + MANY..entries.len()).take_while(|to| close(*to)).last().unwrap_or(from + MANY - 1);
            found.push((entries[from].0, burst(by, &entries[from..=to])));
            from = to + 1;
        }
    }
    let together = |at: &Moment| {
        let near =
            |(other, _): &(Moment, &Ending)| (other.at() - at.at()).num_seconds().abs() < EXCHANGE_SECONDS;
        sittings.values().filter(|entries| entries.iter().any(near)).count() >= EXCHANGE
    };
    found.iter().filter(|(at, _)| !together(at)).map(|(_, burst)| burst.clone()).collect()
}

fn burst(by: &str, entries: &[(Moment, &Ending)]) -> Across {
    let (first, last, count) = (entries[0].0, entries[entries.len() - 1].0, entries.len());
    let numbers = entries.iter().take(MANY).map(|(_, ending)| Text::from(&ending.number));
    let why = say!("entry_burst", by, first, last, count, examples = Text::list(numbers, "list-comma"));
    let first = first.to_the_minute();
    let unit = Some(entries[0].1.unit.clone());
    Across { subject: format!("{by} {first}"), unit, item: None, weight: count as u64, why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;
    use crate::domain::record::TraceKind;

    /// Endings entered by one person so many seconds after nine.
    fn entered(by: &str, seconds: &[i64]) -> Vec<Ending> {
        let nine: chrono::DateTime<chrono::FixedOffset> = "2011-10-12T09:00:00+08:00".parse().unwrap();
        let ending = |(place, second): (usize, &i64)| Ending {
            number: format!("{by}-{place}"),
            item: "I".into(),
            unit: "U1".into(),
            kind: TraceKind::Decided,
            by: Some(by.into()),
            ended: Moment::instant(nine),
            entered: Some(Moment::instant(nine + chrono::TimeDelta::seconds(*second))),
            note: None,
            due_on: None,
        };
        seconds.iter().enumerate().map(ending).collect()
    }

    /// Five within less than five minutes, and the second before: at five minutes it is none. Four are none.
    #[test]
    fn five_in_less_than_five_minutes_are_a_burst() {
        let policy = policy(&[]);
        let last = |second| across(&entered("0731", &[0, 10, 20, 30, second]), &policy).len();
        assert_eq!([last(298), last(299), last(300), last(301)], [1, 1, 0, 0]);
        assert_eq!(across(&entered("0731", &[0, 10, 20, 30]), &policy).len(), 0);
        let eleven = across(&entered("0731", &[0, 10, 20, 30, 40, 400, 410, 420, 430, 440, 1000]), &policy);
        assert_eq!(eleven.iter().map(|it| it.weight).collect::<Vec<_>>(), [5, 5]);
    }

    /// Where three people's entries came within less than five seconds of one another an exchange brought them; five seconds apart each
    /// worked for himself, and two people may.
    #[test]
    fn what_an_exchange_brought_is_no_burst() {
        let policy = policy(&[]);
        let found = |apart: i64, people: &[&str]| {
            let all = people.iter().enumerate().flat_map(|(place, by)| {
                let from = place as i64 * apart;
                entered(by, &[from, from + 60, from + 120, from + 180, from + 240])
            });
            across(&all.collect::<Vec<_>>(), &policy).len()
        };
        assert_eq!(found(0, &["a", "b", "c"]), 0);
        assert_eq!(found(0, &["a", "b"]), 2);
        // The one in the middle is near to both others, who are not near to each other.
        assert_eq!([found(4, &["a", "b", "c"]), found(5, &["a", "b", "c"])], [2, 3]);
    }
}
