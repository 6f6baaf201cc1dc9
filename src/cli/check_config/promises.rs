//! Promises against the law's own limit, where the catalogue gives none to hold them against.

use std::io::Write;

use chrono::NaiveDate;

use super::SHOWN;
use crate::domain::limit::Limit;
use crate::domain::limit::LimitSource;
use crate::domain::policy::{ClockRule, Policy};
use crate::domain::registry::Item;
use crate::domain::text::{Language, Text, say};
use crate::failure::Failure;

/// Whether a promise is longer than the law.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Longer {
    Surely,
    /// The one cannot be compared with the other.
    Perhaps,
}

/// Says which items promise longer than the law, or what cannot be compared with it, by any version of the catalogue that is in
/// force on a day or comes later. It is no mistake: a special law may allow
/// more, and then its limit belongs into the catalogue, where a longer promise is refused.
pub(super) fn write(
    policy: &Policy,
    today: NaiveDate,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for longer in [Longer::Surely, Longer::Perhaps] {
        let found: Vec<Text> = policy
            .registry
            .items
            .values()
            .flat_map(Item::versions)
            .filter(|version| version.valid_until.is_none_or(|until| today <= until))
            .filter_map(|item| Some(words((item, today), &against(policy, item, longer)?)))
            .collect();
        let count = found.len();
        if count == 0 {
            continue;
        }
        let mut items = Text::list(found.into_iter().take(SHOWN), "list-items");
        if count > SHOWN {
            items = say!("list-and_more", items);
        }
        let warning = match longer {
            Longer::Perhaps => say!("promises-unsure", count, items),
            Longer::Surely => say!("promises-too_long", count, items),
        };
        writeln!(out, "{}", warning.words(language))?;
    }
    Ok(())
}

/// A promise that is longer than the law's limit, or may be.
struct Excess<'p> {
    promised: &'p Limit,
    /// The clock of the law's limit.
    clock: &'p ClockRule,
    law: &'p Limit,
}

/// The promise of an item against the law's limit, where the promise is longer.
/// What the law says only by assumption is nothing to hold a promise against.
fn against<'p>(policy: &'p Policy, item: &'p Item, wanted: Longer) -> Option<Excess<'p>> {
    let promised = item.promised.as_ref().filter(|_| item.statutory.is_none())?;
    let of_law = |clock: &&ClockRule| {
        clock.limit == LimitSource::Statutory && !clock.by_law.assumed && clock.valid_to.is_none()
    };
    let clock = policy.clocks_on(item).find(of_law)?;
    let law = clock.by_law.own_limit.as_ref()?;
    let told = match promised.is_longer_than(law) {
        Some(longer) => longer && wanted == Longer::Surely,
        None => wanted == Longer::Perhaps,
    };
    told.then_some(Excess { promised, clock, law })
}

fn words((item, today): (&Item, NaiveDate), excess: &Excess<'_>) -> Text {
    let Excess { promised, clock, law } = excess;
    let code = match item.valid_from.filter(|from| today < *from) {
        None => Text::from(&item.code),
        Some(from) => say!("promises-from", code = &item.code, from),
    };
    say!("promises-longer", code, promised = promised.text(), basis = &clock.basis, law = law.text())
}
