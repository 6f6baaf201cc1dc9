//! The tables of a bulletin: what stands in the mail, and what goes into a workbook.

use crate::domain::bulletin::{Bulletin, Line, Outcomes, RedCase, RuleLine};
use crate::domain::letter::page::phrase;
use crate::domain::rules;
use crate::domain::text::Language;

/// A table of the bulletin, as it goes into a workbook.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Headings.
    pub headings: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
    /// How many of them, at the end, sum up.
    pub sums: usize,
}

/// The tables of a bulletin in a language.
pub fn tables(bulletin: &Bulletin, language: Language) -> Vec<Table> {
    let say = |name: &str| phrase(language, "bulletin", name, &[]);
    let sums = &bulletin.sums;
    let headings =
        ["unit", "begun", "closed", "not_accepted", "withdrawn", "notice", "yellow", "red", "revoked"];
    let unsupervised = bulletin.is_unsupervised();
    let row = |line: &Line| -> Vec<String> {
        let mut row = numbered(line);
        if unsupervised {
            row[5..].fill("—".into());
        }
        if bulletin.is_unread() {
            row[1..].fill("—".into());
        }
        row
    };
    let mut before = numbered(&Line { name: say("before"), ..sums.before.clone() });
    if !sums.watched_before {
        before[5..].fill("—".into());
    }
    let units = bulletin.units.iter().chain([&sums.all]).map(row).chain([before]).collect();
    let counts = |name: String, line: &RuleLine| -> Vec<String> {
        let counts = [line.notice, line.yellow, line.red, line.revoked].map(|it| it.to_string());
        std::iter::once(name).chain(counts).collect()
    };
    let mut rules: Vec<_> =
        sums.rules.iter().map(|line| counts(rules::name(&line.rule).words(language), line)).collect();
    let summed = usize::from(!rules.is_empty());
    if summed > 0 {
        rules.push(counts(sums.all.name.clone(), &sums.all_cards()));
    }
    vec![
        Table { name: say("by_unit"), headings: headings.map(say).into(), rows: units, sums: 2 },
        outcomes(bulletin, language),
        Table {
            name: say("by_rule"),
            headings: ["rule", "notice", "yellow", "red", "revoked"].map(say).into(),
            rows: rules,
            sums: summed,
        },
    ]
}

/// A line of the table of units: its name and its numbers.
fn numbered(line: &Line) -> Vec<String> {
    let Line { begun, closed, not_accepted, withdrawn, notice, yellow, red, revoked, .. } = line;
    let numbers = [begun, closed, not_accepted, withdrawn, notice, yellow, red, revoked];
    std::iter::once(line.name.clone()).chain(numbers.map(u64::to_string)).collect()
}

/// The cases that were given a red card, by name; nothing where there are none.
pub fn red_cases(bulletin: &Bulletin, language: Language) -> Option<Table> {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let row = |case: &RedCase| {
        let late = match &case.late {
            Some(late) => {
                let late = if language == Language::Chinese { late.replace(' ', "") } else { late.clone() };
                phrase(language, "digest", "red_late", &[("matter", &case.matter), ("late", &late)])
            }
            None => case.matter.clone(),
        };
        let state = say(if case.over { "red_over" } else { "red_open" }, &[]);
        vec![case.case_number.clone(), case.item.clone(), case.unit.clone(), late, state]
    };
    let headings =
        ["red_case", "red_item", "unit", "red_matter", "red_state"].map(|name| say(name, &[])).into();
    let rows: Vec<_> = bulletin.red.iter().map(row).collect();
    (!rows.is_empty()).then(|| Table { name: say("red_list", &[]), headings, rows, sums: 0 })
}

/// How the closed cases were decided, by unit.
fn outcomes(bulletin: &Bulletin, language: Language) -> Table {
    let say = |name: &str| phrase(language, "bulletin", name, &[]);
    let row = |line: &Line| -> Vec<String> {
        let counts = std::iter::once(line.closed).chain(line.outcomes.counts());
        std::iter::once(line.name.clone()).chain(counts.map(|count| count.to_string())).collect()
    };
    let before = row(&Line { name: say("before"), ..bulletin.sums.before.clone() });
    let all = match row(&bulletin.sums.all) {
        mut unread if bulletin.is_unread() => {
            unread[1..].fill("—".into());
            unread
        }
        all => all,
    };
    let closed = bulletin.units.iter().filter(|line| line.closed > 0);
    let rows = closed.map(row).chain([all, before]).collect();
    let headings = ["unit", "closed"].into_iter().chain(Outcomes::NAMES).map(say).collect();
    Table { name: say("by_outcome"), headings, rows, sums: 2 }
}
