//! The demo city as a whole: its files, every entry of its approval database, and what was planted in it.

use super::cases::{Case, Clerk, Finding};
use super::evidence::{Evidence, hall_list};
use super::planted::Planted;
use super::random::Random;
use super::registry::{self, SystemItem};
use super::rows::{Entry, Rows};
use crate::domain::calendar::Calendar;

/// A city.
pub(crate) struct City {
    /// Registry and configuration: path and content.
    pub(super) files: Vec<(&'static str, String)>,
    /// What the approval system wrote, in the order of time.
    pub(super) entries: Vec<Entry>,
    /// What jianchad must find, and nothing else.
    pub(super) planted: Vec<Planted>,
}

impl City {
    /// Builds the city of a seed: same seed, same bytes.
    pub(crate) fn build(seed: u64, calendar: &Calendar) -> Self {
        let mut random = Random::new(seed);
        let registry = registry::build(&mut random);
        let clerk = Clerk::new(calendar, &registry.items, &mut random);
        let hall = clerk.hall;
        let (mut cases, across) = clerk.cases();
        cases.sort_by_key(|case| (case.accepted, case.item));
        let mut files = registry.files;
        files.push(("jianchad.toml", include_str!("../../../config/demo/jianchad.toml").to_owned()));
        let (mut entries, mut planted) = (Vec::new(), Vec::new());
        let numbers: Vec<String> = (0..cases.len()).map(number).collect();
        let former = |case: &Case| {
            let place = cases.iter().position(|other| case.again_of.is_some() && other.mark == case.again_of);
            place.map_or_else(String::new, |place| numbers[place].clone())
        };
        for (number, case) in numbers.iter().zip(&cases) {
            let item = &registry.items[case.item];
            let (former, code) = (former(case), &item.code);
            Rows { case, number, former: &former, code, entries: &mut entries }.enter();
            planted.extend(planted_in(case, number, item));
        }
        let mut evidence = Evidence { random: &mut random, tickets: Vec::new(), register: Vec::new() };
        evidence.of_cases(&cases, &numbers, &registry.items);
        let unseen = evidence.outside(&registry.outside);
        files.extend(evidence.files());
        files.push(("hall.csv", hall_list(calendar, &registry.items[hall].code)));
        planted.extend(across.into_iter().chain(unseen));
        planted.push(Planted::across("2011-######".into(), "", "number-gap", "编号中有五个号没有办件"));
        entries.sort_by_key(|entry| entry.at);
        planted.sort();
        Self { files, entries, planted }
    }
}

/// The number of a case by its place: every four thousandth number belongs to no case.
fn number(place: usize) -> String {
    format!("2011-{:06}", place + 1 + place / 4_000)
}

/// Those of a case with its number, under an item: of the unit of the item, and of the one that it passed to.
fn planted_in(case: &Case, number: &str, item: &SystemItem) -> impl Iterator<Item = Planted> {
    let unit = if case.unknown_item.is_some() { "" } else { item.unit_code() };
    let own = case.planted.iter().map(move |finding| (finding, unit.to_owned()));
    let passed = case
        .handed
        .iter()
        .flat_map(|hand_over| hand_over.planted.iter().map(|finding| (finding, hand_over.to.clone())));
    own.chain(passed).map(|(Finding { rule, clock, card }, unit)| Planted {
        case: number.to_owned(),
        rule,
        clock,
        card,
        unit,
        what: case.what,
    })
}

#[cfg(test)]
mod tests {
    use super::super::planted::planted_csv;
    use super::*;
    use crate::cli::demo::rows::Write;
    use crate::edge::config::calendar::embedded;

    fn bytes(city: &City) -> String {
        let entry = |entry: &Entry| match &entry.write {
            Write::Insert(table, row) => format!("{} {table} {row:?}", entry.at),
            Write::Update(table, row, column, key) => format!("{} {table} {row:?} {column} {key}", entry.at),
            Write::Delete(table, key) => format!("{} {table} {key}", entry.at),
        };
        let entries: Vec<String> = city.entries.iter().map(entry).collect();
        format!("{:?}{}{}", city.files, entries.join("\n"), planted_csv(&city.planted))
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let calendar = embedded();
        let city = bytes(&City::build(2011, &calendar));
        assert_eq!(city, bytes(&City::build(2011, &calendar)));
        assert_ne!(city, bytes(&City::build(2012, &calendar)));
    }

    /// The 2011 report: 47 units with windows, 6 of them vertical, 8 seasonal besides; 610 items, 415 in the system;
    /// 202 townships, 161 with a service centre.
    #[test]
    fn the_city_has_the_shape_of_the_report() {
        let city = City::build(2011, &embedded());
        let file = |name: &str| &city.files.iter().find(|(path, _)| path.ends_with(name)).unwrap().1;
        let count = |name: &str, word: &str| file(name).lines().filter(|line| line.contains(word)).count();
        assert_eq!(
            (count("units.csv", "市直"), count("units.csv", "垂管"), count("units.csv", "季节性")),
            (41, 6, 8)
        );
        let codes: std::collections::BTreeSet<_> =
            file("items.csv").lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        assert_eq!(codes.len(), 611, "and one that has ended");
        assert_eq!(count("items.csv", "2011-12-12"), 2, "two promises change");
        let centres = file("regions.csv").lines().filter(|line| line.ends_with(",是")).count();
        assert_eq!((count("regions.csv", "乡镇"), centres), (202, 161));
        let cases =
            city.entries.iter().filter(|entry| matches!(entry.write, Write::Insert("up_pro_accept", _)));
        assert!((19_000..21_000).contains(&cases.count()));
        let used: std::collections::BTreeSet<&str> = city
            .entries
            .iter()
            .filter_map(|entry| match &entry.write {
                Write::Insert("up_pro_accept", row) => row.iter().find(|(column, _)| *column == "task_code"),
                _ => None,
            })
            .map(|(_, code)| code.as_str())
            .filter(|code| !code.starts_with('X'))
            .collect();
        // One item's cases come from the hall's own list.
        assert_eq!(
            (used.len(), file("hall.csv").lines().count() > 100),
            (415, true),
            "and the item that has ended"
        );
    }
}
