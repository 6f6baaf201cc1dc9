//! One `[[clock]]` as it is written: spelt out, or by a rule of the law.

use crate::domain::card::Card;
use crate::domain::count::Counting;
use crate::domain::limit::{Limit, LimitSource};
use crate::domain::policy::{ByLaw, ClockRule, ExtensionRule, PauseRule, Threshold, Trigger};
use crate::domain::registry::CaseType;
use crate::domain::statute::{Correction, Direction, Expiry, Keeper, Statute, Statutes, UnitSource};
use crate::domain::text::{Sentence, say};
use crate::edge::config::counting::read_counting;
use crate::edge::config::pause_times::{pause_limit, pause_times};
use crate::edge::config::written::{At, Table};

/// The cards that a clock says itself to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::edge::config) enum OwnCards {
    /// It is only shown.
    None,
    /// These.
    Lines(Vec<(Card, Threshold)>),
}

/// `cards = "none"`, or a list of cards with their moments.
pub(super) fn own_cards(table: &Table<'_>) -> Option<OwnCards> {
    if table.is_text("cards") {
        let at = table.text("cards")?;
        if at.value != "none" {
            table.wrong(&at, say!("config-cards"));
        }
        return Some(OwnCards::None);
    }
    let tables = table.list("cards");
    let lines: Vec<_> = tables
        .iter()
        .filter_map(|table| {
            let line = card(table);
            table.nothing_else();
            line
        })
        .collect();
    (!tables.is_empty()).then_some(OwnCards::Lines(lines))
}

/// On what a clock runs, and what is common to both ways of declaring one.
struct Reach {
    case_types: Vec<CaseType>,
    categories: Vec<String>,
    kinds: Vec<crate::domain::registry::ItemKind>,
    regions: Vec<String>,
    assumed: bool,
    conditional: bool,
}

impl Reach {
    fn read(table: &Table<'_>) -> Self {
        let texts = |key| table.texts(key).unwrap_or_default().into_iter().map(|at| at.value).collect();
        let all = || CaseType::ALL.iter().map(|(case_type, ..)| *case_type).collect();
        Self {
            case_types: table.parsed_list("case_types").unwrap_or_else(all),
            categories: texts("categories"),
            kinds: table.parsed_list("kinds").unwrap_or_default(),
            regions: texts("regions"),
            assumed: table.truth("assumed").is_some_and(|at| at.value),
            conditional: table.truth("conditional").is_some_and(|at| at.value),
        }
    }
}

/// A clock by a rule of the law: one declaration for each version of the text, each for the cases that started
/// while it was in force.
pub(super) fn by_law(
    table: &Table<'_>,
    law: &At<String>,
    statutes: &Statutes,
    counting: &Counting,
) -> Vec<ClockRule> {
    let id = table.text("id").map_or_else(|| law.value.clone(), |at| at.value);
    let (name, name_en) = (table.text("name"), table.text("name_en"));
    let limit = table.parsed::<LimitSource>("limit");
    if let Some(at) = &limit
        && !matches!(at.value, LimitSource::Promised | LimitSource::Statutory)
    {
        table.wrong(at, say!("config-limit_beside_law"));
    }
    let events = |key| table.texts(key).is_some().then(|| events(table, key)).flatten();
    let (starts, stops) = (events("starts"), events("stops"));
    let correction = table.parsed::<Correction>("correction").map(|at| at.value);
    let covered_by = table.text("covered_by").map(|at| at.value);
    let basis = table.text("basis").filter(|at| limit.is_some() || refuse_basis(table, at));
    let reach = Reach::read(table);
    let versions = statutes.versions(&law.value);
    let version = |rule: &&Statute| {
        let mut clock = of_statute(rule, &reach, counting);
        clock.id.clone_from(&id);
        clock.name_zh = name.as_ref().map_or(clock.name_zh, |at| at.value.clone());
        clock.name_en = name_en.as_ref().map_or(clock.name_en, |at| at.value.clone());
        clock.starts = starts.clone().unwrap_or(clock.starts);
        clock.stops = stops.clone().unwrap_or(clock.stops);
        clock.correction = correction.unwrap_or(clock.correction);
        clock.by_law.covered_by = covered_by.clone().or(clock.by_law.covered_by);
        if let Some(limit) = &limit {
            let own = (limit.value == LimitSource::Statutory).then(|| rule.length().cloned()).flatten();
            (clock.limit, clock.by_law.own_limit) = (limit.value.clone(), own);
            clock.basis = basis.as_ref().map_or(clock.basis, |at| at.value.clone());
        }
        clock
    };
    versions.iter().map(version).collect()
}

/// A clause of one's own stands for a limit of one's own.
fn refuse_basis(table: &Table<'_>, at: &At<String>) -> bool {
    table.wrong(at, say!("config-basis_of_law"));
    false
}

fn of_statute(rule: &Statute, reach: &Reach, counting: &Counting) -> ClockRule {
    let clause = format!("《{}》{}", rule.law.zh, rule.article.zh);
    let basis = match (rule.unit_source, reach.assumed) {
        (UnitSource::Assumed, _) => format!("{clause}（日数或单位为推定）"),
        (UnitSource::Text, true) => format!("{clause}（推定适用）"),
        (UnitSource::Text, false) => clause,
    };
    ClockRule {
        id: rule.id.clone(),
        name_zh: rule.step.zh.clone(),
        name_en: rule.step.en.clone(),
        starts: Trigger::Marks(rule.starts.clone()),
        stops: Trigger::Earliest(rule.stops.clone()),
        pauses: rule.exclusion.as_ref().filter(|it| !it.causes.is_empty()).map(|it| PauseRule {
            causes: it.causes.clone(),
            notice_required: it.notice_required,
            cap: it.limit.clone(),
            times: it.times.clone(),
            keeper: it.keeper,
        }),
        correction: rule.correction,
        direction: rule.direction,
        repeats: rule.repeats,
        extends: rule.extension.as_ref().map(|it| ExtensionRule {
            by: it.by.clone(),
            times: it.times,
            approver: Some(it.approver.clone()),
            clause_of: None,
        }),
        limit: rule.limit.clone(),
        date_by_notice: rule.date_by_notice.clone(),
        to_the_hour: false,
        basis,
        case_types: reach.case_types.clone(),
        categories: reach.categories.clone(),
        kinds: reach.kinds.clone(),
        regions: reach.regions.clone(),
        by_law: ByLaw {
            rule: Some(rule.id.clone()),
            own_limit: None,
            assumed: reach.assumed,
            yields_to: Vec::new(),
            covered_by: rule.covered_by.clone(),
            keeper: rule.keeper,
            conditional: rule.conditional || reach.conditional,
        },
        valid_from: Some(rule.valid_from),
        valid_to: rule.valid_to,
        on_expiry: rule.on_expiry,
        counting: Counting {
            start_day_counts: rule.start_day_counts,
            roll_last_day: rule.roll_last_day,
            ..counting.clone()
        },
    }
}

/// A clock spelt out.
pub(super) fn spelt_out(table: &Table<'_>, counting: &Counting) -> Option<ClockRule> {
    let id = table.required("id");
    let name = table.required("name");
    let name_en = table.text("name_en");
    let starts = events(table, "starts");
    let stops = events(table, "stops");
    let limit = table.parsed::<LimitSource>("limit");
    if limit.is_none() {
        table.required("limit");
    }
    let (extends, pauses) = (extends(table), pauses(table));
    let correction = table.parsed("correction").map_or(Correction::Nothing, |at| at.value);
    let direction = table.parsed("direction").map_or(Direction::Forward, |at| at.value);
    let repeats = table.truth("repeats").is_some_and(|at| at.value);
    let date_by_notice = table.text("date_by_notice").map(|at| at.value);
    let to_the_hour = table.truth("to_the_hour").is_some_and(|at| at.value);
    let basis = table.text("basis").map_or_else(String::new, |at| at.value);
    let reach = Reach::read(table);
    let counting = read_counting(table, counting);
    let (id, name) = (id?.value, name?.value);
    let name_en = name_en.map_or_else(|| id.clone(), |at| at.value);
    let (starts, stops, limit) = (starts?, stops?, limit?.value);
    if direction == Direction::Back && !can_be_counted_back(&limit) {
        table.wrong(&table.place(), say!("config-counted_back"));
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
        to_the_hour,
        basis,
        case_types: reach.case_types,
        categories: reach.categories,
        kinds: reach.kinds,
        regions: reach.regions,
        by_law: ByLaw { assumed: reach.assumed, conditional: reach.conditional, ..ByLaw::default() },
        valid_from: None,
        valid_to: None,
        on_expiry: Expiry::Overdue,
        counting,
    })
}

fn extends(table: &Table<'_>) -> Option<ExtensionRule> {
    let (approver, approver_en) = (table.text("extension_approver"), table.text("extension_approver_en"));
    let approver = approver
        .map(|at| Sentence { en: approver_en.map_or_else(|| at.value.clone(), |en| en.value), zh: at.value });
    let times = table.number("extensions_at_most").map_or(1, |at| at.value);
    let (by, clause_of) = (table.parsed::<Limit>("extension"), table.text("extension_of"));
    if let (None, Some(at)) = (&by, &clause_of) {
        table.wrong(at, say!("config-no_extension"));
    }
    let clause_of = clause_of.map(|at| at.value);
    by.map(|at| ExtensionRule { by: at.value, times, approver, clause_of })
}

fn can_be_counted_back(limit: &LimitSource) -> bool {
    matches!(limit, LimitSource::Fixed(Limit::Span { unit, .. }) if unit.is_in_days())
}

/// Which special procedures are left out: all by default, none with `pauses = false`.
fn pauses(table: &Table<'_>) -> Option<PauseRule> {
    let left_out = table.truth("pauses").is_none_or(|at| at.value);
    let causes = table.texts("pause_causes").unwrap_or_default().into_iter().map(|at| at.value).collect();
    let notice_required = table.truth("pause_notice").is_some_and(|at| at.value);
    let (cap, times) = (pause_limit(table), pause_times(table, ""));
    left_out.then_some(PauseRule { causes, notice_required, cap, times, keeper: Keeper::Unit })
}

fn events(table: &Table<'_>, key: &'static str) -> Option<Trigger> {
    let Some(list) = table.parsed_list::<Trigger>(key) else {
        table.required(key);
        return None;
    };
    if let [one] = &list[..] {
        return Some(one.clone());
    }
    let marks = |event: Trigger| match event {
        Trigger::Marks(marks) | Trigger::Earliest(marks) => marks,
        Trigger::First(_) | Trigger::Last(_) => Vec::new(),
    };
    Some(Trigger::Marks(list.into_iter().flat_map(marks).collect()))
}

/// A card and its moment.
pub(in crate::edge::config) fn card(table: &Table<'_>) -> Option<(Card, Threshold)> {
    let (card, when) = (table.parsed("card"), table.parsed("when"));
    for (key, there) in [("card", card.is_some()), ("when", when.is_some())] {
        if !there {
            table.required(key);
        }
    }
    Some((card?.value, when?.value))
}
