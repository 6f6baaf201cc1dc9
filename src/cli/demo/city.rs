//! The demo city as a whole: its files, every entry of its approval database, and what was planted in it.

use chrono::NaiveDateTime;

use super::cases::{Case, CaseResult, Clerk};
use super::evidence::{Evidence, hall_list};
use super::random::Random;
use super::registry;
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

/// One row written by the approval system.
pub(crate) struct Entry {
    /// When it was written: the row's `cd_time`.
    pub(super) at: NaiveDateTime,
    /// What was written.
    pub(super) write: Write,
}

/// What the approval system wrote.
pub(crate) enum Write {
    /// A new row: table, columns and values.
    Insert(&'static str, Vec<(&'static str, String)>),
    /// Changed columns of the rows of a case or of one row: table, columns and values, key column and key.
    Update(&'static str, Vec<(&'static str, String)>, &'static str, String),
    /// Rows of a case that were deleted: table, case.
    Delete(&'static str, String),
}

/// A finding that must come out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Planted {
    pub(super) case: String,
    pub(super) rule: &'static str,
    pub(super) clock: &'static str,
    pub(super) card: &'static str,
    /// How it was planted.
    pub(super) what: &'static str,
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
            enter(case, number, &former(case), &registry.items[case.item].code, &mut entries);
            let finding = |(rule, clock, card): &(&'static str, &'static str, &'static str)| Planted {
                case: number.clone(),
                rule,
                clock,
                card,
                what: case.what,
            };
            planted.extend(case.planted.iter().map(finding));
        }
        let mut evidence = Evidence { random: &mut random, tickets: Vec::new(), register: Vec::new() };
        evidence.of_cases(&cases, &numbers, &registry.items);
        let unseen = evidence.outside(&registry.outside);
        files.extend(evidence.files());
        files.push(("hall.csv", hall_list(calendar, &registry.items[hall].code)));
        let gap = ("2011-######".to_owned(), "number-gap", "编号中有五个号没有办件");
        for (subject, rule, what) in across.into_iter().chain(unseen).chain([gap]) {
            planted.push(Planted { case: subject, rule, clock: "", card: "notice", what });
        }
        entries.sort_by_key(|entry| entry.at);
        planted.sort();
        Self { files, entries, planted }
    }
}

/// The number of a case by its place: every four thousandth number belongs to no case.
fn number(place: usize) -> String {
    format!("2011-{:06}", place + 1 + place / 4_000)
}

/// What was planted, as a table.
pub(crate) fn planted_csv(planted: &[Planted]) -> String {
    let mut text = String::from("\u{feff}case,rule,clock,card,what\n");
    for Planted { case, rule, clock, card, what } in planted {
        text.push_str(&format!("{case},{rule},{clock},{card},{what}\n"));
    }
    text
}

fn text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Every row that the approval system writes for a case.
fn enter(case: &Case, number: &str, former: &str, code: &str, entries: &mut Vec<Entry>) {
    let minutes = chrono::Duration::minutes;
    let begin = entries.len();
    let clerk = format!("{}{:02}", &code[..3], case.clerk);
    let written = case.accepted + minutes(3);
    let accept = vec![
        ("task_code", case.unknown_item.map_or_else(|| code.to_owned(), str::to_owned)),
        ("apply_date", text(case.accepted - minutes(5))),
        ("accept_date", case.accepted_text.clone().unwrap_or_else(|| text(case.accepted))),
        ("handle_user_name", if case.nameless { String::new() } else { clerk.clone() }),
        ("former_project_no", former.to_owned()),
        ("apply_name", format!("申请人{}", &number[5..])),
        ("apply_mobile", format!("1380000{}", &number[7..])),
    ];
    entries.push(insert(number, written, "up_pro_accept", accept));
    for (stage, at) in &case.steps {
        let step = vec![
            ("process_name", (*stage).to_owned()),
            ("event_start_time", text(*at - minutes(20))),
            ("event_end_time", text(*at)),
            ("handle_user_name", clerk.clone()),
        ];
        entries.push(insert(number, *at + minutes(2), "up_pro_process", step));
    }
    for (place, special) in (1..).zip(&case.specials) {
        let serial = format!("{number}-{place}");
        let row = vec![
            ("special_no", serial.clone()),
            ("special_type", special.kind.to_owned()),
            ("special_name", special.name.to_owned()),
            ("special_time", text(special.from)),
            ("special_reason", special.reason.to_owned()),
            ("special_days", special.days.to_owned()),
        ];
        entries.push(insert(number, special.from + minutes(4), "up_pro_special_procedure", row));
        if let Some(to) = special.to {
            let at = to.max(special.from) + minutes(6);
            let ends = vec![("end_time", text(to)), ("cd_time", text(at))];
            let write = Write::Update("up_pro_special_procedure", ends, "special_no", serial);
            entries.push(Entry { at, write });
        }
    }
    if let Some(result) = &case.result {
        enter_result(case, result, number, code, &clerk, entries);
    }
    if let Some(at) = case.touched {
        let row = vec![("handle_user_name", format!("{}99", &code[..3])), ("cd_time", text(at))];
        let write = Write::Update("up_pro_accept", row, "project_no", number.to_owned());
        entries.push(Entry { at, write });
    }
    if let Some(at) = case.deleted {
        let tables = ["up_pro_accept", "up_pro_process"];
        entries.extend(tables.map(|table| Entry { at, write: Write::Delete(table, number.to_owned()) }));
    }
    if let Some(typed) = case.typed {
        entries[begin..].iter_mut().for_each(|entry| entry.written_at(typed));
    }
}

/// The row of a case's result, and its correction.
fn enter_result(
    case: &Case,
    result: &CaseResult,
    number: &str,
    code: &str,
    clerk: &str,
    entries: &mut Vec<Entry>,
) {
    let mut row = vec![
        ("result_type", result.kind.to_owned()),
        ("result_date", result.text.clone().unwrap_or_else(|| text(result.at))),
        ("result_explain", result.reason.to_owned()),
        ("handle_user_name", if case.alone { clerk.to_owned() } else { format!("{}批准01", &code[..3]) }),
    ];
    if let Some(sum) = case.charged {
        row.extend([("charge_date", text(result.at)), ("charge", sum.to_owned())]);
    }
    entries.push(insert(
        number,
        case.entered.unwrap_or(result.at + chrono::Duration::minutes(5)),
        "up_pro_result",
        row,
    ));
    if let Some((at, date)) = result.corrected {
        let row = vec![("result_date", text(date)), ("cd_time", text(at))];
        let write = Write::Update("up_pro_result", row, "project_no", number.to_owned());
        entries.push(Entry { at, write });
    }
}

impl Entry {
    /// The same row, written at another time.
    fn written_at(&mut self, at: NaiveDateTime) {
        self.at = at;
        let (Write::Insert(_, row) | Write::Update(_, row, ..)) = &mut self.write else { return };
        for (_, value) in row.iter_mut().filter(|(column, _)| *column == "cd_time") {
            *value = text(at);
        }
    }
}

/// A new row of a case, written at a time.
fn insert(
    number: &str,
    at: NaiveDateTime,
    table: &'static str,
    mut row: Vec<(&'static str, String)>,
) -> Entry {
    row.push(("project_no", number.to_owned()));
    row.push(("cd_time", text(at)));
    Entry { at, write: Write::Insert(table, row) }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(file("items.csv").lines().count() - 1, 611, "and one that has ended");
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
