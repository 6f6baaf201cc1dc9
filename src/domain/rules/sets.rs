//! Rules that have something in common, by their ids: what each says of itself, gathered.

use super::{Property, RULES};

const fn has(place: usize, property: Property) -> bool {
    let of_rule = RULES[place].properties;
    let mut at = 0;
    while at < of_rule.len() {
        if of_rule[at] as u8 == property as u8 {
            return true;
        }
        at += 1;
    }
    false
}

/// How many rules have a property.
const fn count(property: Property) -> usize {
    let (mut place, mut found) = (0, 0);
    while place < RULES.len() {
        found += has(place, property) as usize;
        place += 1;
    }
    found
}

/// The ids of the rules that have a property.
const fn with<const N: usize>(property: Property) -> [&'static str; N] {
    let mut ids = [""; N];
    let (mut place, mut found) = (0, 0);
    while place < RULES.len() {
        if has(place, property) {
            ids[found] = RULES[place].id;
            found += 1;
        }
        place += 1;
    }
    ids
}

/// [`Property::NeedsWitness`].
pub const WITNESSED: [&str; count(Property::NeedsWitness)] = with(Property::NeedsWitness);

/// [`Property::OfClocks`].
pub const OF_CLOCKS: [&str; count(Property::OfClocks)] = with(Property::OfClocks);

/// [`Property::AsksForAnswer`].
pub const ANSWERED: [&str; count(Property::AsksForAnswer)] = with(Property::AsksForAnswer);

/// [`Property::ToldToReview`].
pub const TOLD_TO_REVIEW: [&str; count(Property::ToldToReview)] = with(Property::ToldToReview);

/// [`Property::Uncounted`].
pub const UNCOUNTED: [&str; count(Property::Uncounted)] = with(Property::Uncounted);

/// [`Property::KnownByText`].
pub const KNOWN_BY_TEXT: [&str; count(Property::KnownByText)] = with(Property::KnownByText);

/// [`Property::NamesClockOfCase`].
pub const OF_THE_CASE: [&str; count(Property::NamesClockOfCase)] = with(Property::NamesClockOfCase);

/// [`Property::TakesWithin`].
pub const ALLOWING: [&str; count(Property::TakesWithin)] = with(Property::TakesWithin);

/// [`Property::PerRun`].
pub const PER_RUN: [&str; count(Property::PerRun)] = with(Property::PerRun);
