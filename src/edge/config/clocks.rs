//! The clocks that run on a case: declared in the file, taken from the law, or the two that ship.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use super::policy::read_counting;
use super::problems::Problems;
use super::statutes;
use super::written::{At, Table};
use crate::domain::count::Counting;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::policy::{ClockRule, Event, ExtensionRule, LimitSource, PauseRule};
use crate::domain::record::TraceKind;
use crate::domain::registry::{CaseType, Registry};
use crate::domain::statute::{Bilingual, Correction, Direction, Expiry, Mark, Statute, Statutes, UnitSource};

/// The clocks of the file, or those of an administrative licence.
pub(super) fn read(
    written: &Table<'_>,
    folder: &Path,
    problems: &RefCell<Problems>,
    counting: &Counting,
) -> Vec<ClockRule> {
    let tables = written.list("clock");
    let statutes = read_statutes(written, folder, problems);
    if tables.is_empty() {
        return shipped_clocks(counting);
    }
    let mut clocks: Vec<ClockRule> = Vec::new();
    for table in &tables {
        let versions = match (table.text("law"), &statutes) {
            (None, _) => read_clock(table, counting).into_iter().collect(),
            (Some(law), Some(statutes)) => by_law(table, &law, statutes, counting),
            // What is wrong with the statutes has been said.
            (Some(_), None) => Vec::new(),
        };
        if let Some(twice) = versions.first().filter(|new| clocks.iter().any(|known| known.id == new.id)) {
            table.wrong(&table.place(), format!("there are two clocks `{}`", twice.id));
        }
        clocks.extend(versions);
    }
    clocks
}

/// A category that no item has is a slip of the pen: its clock would run on nothing.
pub(super) fn check_categories(written: &Table<'_>, registry: &Registry) {
    let known: BTreeSet<&str> = registry.items.values().map(|item| item.category.as_str()).collect();
    for table in written.list("clock") {
        for at in table.texts("categories").unwrap_or_default() {
            if !known.contains(at.value.as_str()) {
                let known: Vec<&str> = known.iter().copied().collect();
                table.wrong(
                    &at,
                    format!("no item is of the category `{}`; there are {}", at.value, known.join(", ")),
                );
            }
        }
    }
}

/// The statutes of a folder, or those inside the program.
fn read_statutes<'s>(
    written: &Table<'_>,
    folder: &Path,
    problems: &RefCell<Problems>,
) -> Option<Cow<'s, Statutes>> {
    let Some(at) = written.text("statutes") else { return Some(Cow::Borrowed(statutes::embedded())) };
    match statutes::read(&folder.join(at.value)) {
        Ok(statutes) => Some(Cow::Owned(statutes)),
        Err(found) => {
            problems.borrow_mut().extend(found);
            None
        }
    }
}

/// A clock by a rule of the law: one declaration for each version of the text, each for the cases that started
/// while it was in force.
fn by_law(table: &Table<'_>, law: &At<String>, statutes: &Statutes, counting: &Counting) -> Vec<ClockRule> {
    let id = table.text("id").map_or_else(|| law.value.clone(), |at| at.value);
    let (name, name_en) = (table.text("name"), table.text("name_en"));
    let case_types = table.parsed_list("case_types").unwrap_or_else(all_case_types);
    let categories = categories(table);
    table.nothing_else();
    let versions = statutes.versions(&law.value);
    if versions.is_empty() {
        table.wrong(
            law,
            format!("there is no rule `{}` in the statutes; `jianchad law` lists them", law.value),
        );
    }
    let version = |rule: &&Statute| ClockRule {
        id: id.clone(),
        name_zh: name.as_ref().map_or_else(|| rule.step.zh.clone(), |at| at.value.clone()),
        name_en: name_en.as_ref().map_or_else(|| rule.step.en.clone(), |at| at.value.clone()),
        starts: Event::Marks(rule.starts.clone()),
        stops: Event::Marks(rule.stops.clone()),
        pauses: rule
            .exclusion
            .as_ref()
            .filter(|it| !it.causes.is_empty())
            .map(|it| PauseRule { causes: it.causes.clone(), notice_required: it.notice_required }),
        correction: rule.correction,
        direction: rule.direction,
        repeats: rule.repeats,
        extends: rule.extension.as_ref().map(|it| ExtensionRule {
            by: it.by.clone(),
            times: it.times,
            approver: Some(it.approver.clone()),
        }),
        limit: rule.limit.clone(),
        date_by_notice: rule.date_by_notice.clone(),
        basis: match rule.unit_source {
            UnitSource::Text => format!("《{}》{}", rule.law.zh, rule.article.zh),
            UnitSource::Assumed => format!("《{}》{}（日数或单位为推定）", rule.law.zh, rule.article.zh),
        },
        case_types: case_types.clone(),
        categories: categories.clone(),
        valid_from: Some(rule.valid_from),
        valid_to: rule.valid_to,
        on_expiry: rule.on_expiry,
        counting: Counting {
            start_day_counts: rule.start_day_counts,
            roll_last_day: rule.roll_last_day,
            ..counting.clone()
        },
    };
    versions.iter().map(version).collect()
}

fn all_case_types() -> Vec<CaseType> {
    CaseType::ALL.iter().map(|(case_type, ..)| *case_type).collect()
}

fn categories(table: &Table<'_>) -> Vec<String> {
    table.texts("categories").unwrap_or_default().into_iter().map(|at| at.value).collect()
}

fn read_clock(table: &Table<'_>, counting: &Counting) -> Option<ClockRule> {
    let id = table.required("id");
    let name = table.required("name");
    let name_en = table.text("name_en");
    let starts = events(table, "starts");
    let stops = events(table, "stops");
    let limit = table.parsed::<LimitSource>("limit");
    if limit.is_none() {
        table.required("limit");
    }
    let approver = table.text("extension_approver").map(|at| at.value);
    let extends = table.parsed::<Limit>("extension").map(|at| ExtensionRule {
        by: at.value,
        times: table.number("extensions_at_most").map_or(1, |at| at.value),
        approver: approver.map(|name| Bilingual { zh: name.clone(), en: name }),
    });
    let pauses = pauses(table);
    let correction = table.parsed("correction").map_or(Correction::Nothing, |at| at.value);
    let direction = table.parsed("direction").map_or(Direction::Forward, |at| at.value);
    let repeats = table.truth("repeats").is_some_and(|at| at.value);
    let date_by_notice = table.text("date_by_notice").map(|at| at.value);
    let basis = table.text("basis").map_or_else(String::new, |at| at.value);
    let case_types = table.parsed_list("case_types").unwrap_or_else(all_case_types);
    let categories = categories(table);
    let counting = read_counting(table, counting);
    table.nothing_else();
    let (id, name) = (id?.value, name?.value);
    let name_en = name_en.map_or_else(|| id.clone(), |at| at.value);
    let (starts, stops, limit) = (starts?, stops?, limit?.value);
    if direction == Direction::Back && !can_be_counted_back(&limit) {
        let message = "only working days, calendar days, months and years can be counted back from an event";
        table.wrong(&table.place(), message);
    }
    Some(ClockRule {
        id,
        name_zh: name,
        name_en,
        starts,
        stops,
        pauses,
        correction,
        direction,
        repeats,
        extends,
        limit,
        date_by_notice,
        basis,
        case_types,
        categories,
        valid_from: None,
        valid_to: None,
        on_expiry: Expiry::Overdue,
        counting,
    })
}

fn can_be_counted_back(limit: &LimitSource) -> bool {
    matches!(limit, LimitSource::Fixed(Limit::Span { unit, .. }) if *unit != LimitUnit::OfficeHours)
}

/// Which special procedures are left out: all by default, none with `pauses = false`.
fn pauses(table: &Table<'_>) -> Option<PauseRule> {
    let left_out = table.truth("pauses").is_none_or(|at| at.value);
    let causes = table.texts("pause_causes").unwrap_or_default().into_iter().map(|at| at.value).collect();
    let notice_required = table.truth("pause_notice").is_some_and(|at| at.value);
    left_out.then_some(PauseRule { causes, notice_required })
}

fn events(table: &Table<'_>, key: &'static str) -> Option<Event> {
    let Some(list) = table.parsed_list::<Event>(key) else {
        table.required(key);
        return None;
    };
    if let [one] = &list[..] {
        return Some(one.clone());
    }
    let marks = |event: Event| match event {
        Event::Marks(marks) => marks,
        Event::First(_) | Event::Last(_) => Vec::new(),
    };
    Some(Event::Marks(list.into_iter().flat_map(marks).collect()))
}

/// 《行政许可法》第四十二条: twenty working days from acceptance, ten more with leave of the agency's head; special
/// procedures of Art. 45 are not counted. The office's own promise runs beside it, by the same rules.
fn shipped_clocks(counting: &Counting) -> Vec<ClockRule> {
    let by_law = &statutes::embedded().rules["XK6"];
    let marks = |kinds: &[TraceKind]| Event::Marks(kinds.iter().copied().map(Mark::Kind).collect());
    let clock = |id: &str, zh: &str, en: &str, limit, basis: &str| ClockRule {
        id: id.to_owned(),
        name_zh: zh.to_owned(),
        name_en: en.to_owned(),
        starts: marks(&[TraceKind::Accepted]),
        stops: marks(&[TraceKind::Decided, TraceKind::Closed, TraceKind::Withdrawn]),
        pauses: by_law
            .exclusion
            .as_ref()
            .map(|it| PauseRule { causes: it.causes.clone(), notice_required: it.notice_required }),
        correction: Correction::Nothing,
        direction: Direction::Forward,
        repeats: false,
        extends: by_law.extension.as_ref().map(|it| ExtensionRule {
            by: it.by.clone(),
            times: it.times,
            approver: Some(it.approver.clone()),
        }),
        limit,
        date_by_notice: None,
        basis: basis.to_owned(),
        case_types: all_case_types(),
        categories: Vec::new(),
        valid_from: None,
        valid_to: None,
        on_expiry: Expiry::Overdue,
        counting: counting.clone(),
    };
    vec![
        clock("promise", "承诺时限", "promised limit", LimitSource::Promised, "本单位公开承诺的办理时限"),
        clock("statutory", "法定时限", "statutory limit", LimitSource::Statutory, "《行政许可法》第四十二条"),
    ]
}
