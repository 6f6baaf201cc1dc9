//! Writes the daily digest: it goes out even when there is nothing, and says so.

mod fallen;
mod health;
mod pending;
mod unanswered;

use fallen::{fallen, fallen_head};
use health::{health, letters};
use pending::{pending, pending_head};
use serde::Serialize;
use unanswered::{unanswered, unanswered_head, unanswered_warning};

use super::kind::LetterKind;
use super::news::Draft;
use super::page::phrase;
use super::{Address, Letter, LetterContext, alert, bulletin, message_id};
use crate::domain::bulletin::{Compared, RuleLine};
use crate::domain::coverage::Measure;
use crate::domain::now::Now;
use crate::domain::overview::{Cards, ClockCount, Figure, Missing, Overview, UnitCards};
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::rules;
use crate::domain::text::{Language, Text};

/// How things stand, in the language of those who read it.
#[derive(Debug)]
pub struct DigestInput<'m> {
    /// At the moment.
    pub overview: Overview,
    /// In the month so far.
    pub month: Compared,
    /// Its readers.
    pub readers: Vec<&'m Contact>,
}

/// Writes the digest for one reader.
pub fn write(reader: &Contact, morning: &DigestInput<'_>, context: &LetterContext<'_>) -> Draft {
    let LetterContext { policy, pages, id_domain, now, .. } = *context;
    let view = view(reader, morning, policy, now);
    let letter = Letter {
        message_id: message_id(LetterKind::Digest, &reader.address, now, id_domain),
        to: Address { name: reader.name.clone(), address: reader.address.clone() },
        subject: view.subject.clone(),
        text: pages.render("digest.txt", reader.language, &view),
        html: pages.render("digest.html", reader.language, &view),
        attachments: Vec::new(),
        written_at: now.instant,
        thread: None,
    };
    Draft {
        kind: LetterKind::Digest,
        urgency: 3,
        letter,
        events: Vec::new(),
        capacities: Vec::new(),
        answer_due: None,
    }
}

#[derive(Serialize)]
struct View<'o> {
    subject: String,
    lead: String,
    warnings: Vec<String>,
    open: [(String, &'static str, u64); 3],
    any_open: bool,
    /// How many cases wait for a supervisor.
    pending: Option<String>,
    /// The findings that do, by name.
    pending_head: Option<String>,
    pending_list: Vec<String>,
    fallen_head: Option<String>,
    fallen: Vec<String>,
    coverage: Vec<Line>,
    missing: String,
    moved: Vec<String>,
    silent: Vec<String>,
    units: &'o [UnitCards],
    sum: UnitCards,
    month_head: String,
    month: Vec<String>,
    rules: Vec<String>,
    /// Cards not answered in time: how many, and by name.
    unanswered_head: Option<String>,
    unanswered: Vec<String>,
    due_head: String,
    due: Vec<String>,
    clocks: Vec<String>,
    sources: Vec<String>,
    quarantine: String,
    spoilt: Vec<String>,
    letters: String,
    cases: String,
    table: String,
    signature: String,
}

#[derive(Serialize)]
struct Line {
    name: String,
    numerator: u64,
    denominator: u64,
    percent: String,
    change: String,
}

/// How many items are not seen, and why.
fn missing(missing: &Missing, language: Language) -> String {
    let Missing { unconnected, silent, exempt, out_of_season, out_of_force, .. } = missing;
    let numbers = [unconnected, silent, exempt, out_of_season, out_of_force].map(u64::to_string);
    let names = ["unconnected", "silent", "exempt", "out_of_season", "out_of_force"];
    let values: Vec<_> = names.into_iter().zip(numbers.iter().map(String::as_str)).collect();
    phrase(language, "digest", "missing", &values)
}

fn view<'o>(reader: &Contact, morning: &'o DigestInput<'_>, policy: &Policy, now: &Now) -> View<'o> {
    let (language, role) = (reader.language, reader.role);
    // What programs say stands in English: in a Chinese letter the administrator alone reads it.
    let in_full = role == Role::Admin || language == Language::English;
    let DigestInput { overview, month, .. } = morning;
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "digest", name, values);
    let cards = &overview.cards;
    let (red, yellow) = (cards.open_red.to_string(), cards.open_yellow.to_string());
    let items = overview.coverage.iter().find(|figure| figure.measure == Measure::Items.word());
    let coverage = items.map_or_else(|| "—".into(), percent);
    let day = now.today().to_string();
    let due = |due: &crate::domain::overview::DueSoon| {
        format!("{} · {} · {} · {}", due.due_at, due.case_number, due.item, due.unit)
    };
    let due_count = overview.due_soon_count.to_string();
    let none_due = overview.due_soon_count == 0;
    let spoilt = &overview.quarantine;
    let row = |row: &crate::domain::overview::QuarantinedRow| {
        format!("{} · {} · {}", row.source, row.case_number.as_deref().unwrap_or(&row.row), row.reason)
    };
    View {
        subject: say(
            "subject",
            &[("day", &day), ("red", &red), ("yellow", &yellow), ("coverage", &coverage)],
        ),
        lead: say("lead", &[("as_of", &overview.as_of)]),
        warnings: overview.warnings.iter().cloned().chain(unanswered_warning(language, overview)).collect(),
        unanswered_head: unanswered_head(language, overview),
        unanswered: unanswered(language, overview, now),
        open: open(language, cards),
        any_open: cards.open_red + cards.open_yellow + cards.open_notice > 0,
        pending: waiting(language, cards),
        pending_head: pending_head(language, overview),
        pending_list: pending(overview),
        fallen_head: fallen_head(language, overview),
        fallen: fallen(overview),
        coverage: overview.coverage.iter().map(|figure| line(language, figure)).collect(),
        missing: missing(&overview.missing, language),
        moved: bulletin::moved(&overview.moved, language),
        silent: silent(language, overview),
        units: &overview.units,
        sum: sum(&overview.units, say("total", &[])),
        month_head: say("month", &[("period", &month.period.words(language))]),
        month: bulletin::summary(month, language),
        rules: month.rules.iter().map(|line| rule(language, line)).collect(),
        due_head: if none_due { say("none_due", &[]) } else { say("due_soon", &[("count", &due_count)]) },
        due: overview.due_soon.iter().map(due).collect(),
        clocks: clocks(language, &overview.clocks),
        sources: overview.sources.iter().map(|source| health(language, source, in_full)).collect(),
        quarantine: say(
            "quarantine",
            &[("open", &spoilt.open.to_string()), ("faults", &overview.cases.fault.to_string())],
        ),
        spoilt: spoilt.newest.iter().filter(|_| in_full).map(row).collect(),
        letters: letters(language, overview, in_full),
        cases: say(
            "cases",
            &[("all", &overview.cases.all.to_string()), ("open", &overview.cases.open.to_string())],
        ) + &without_limit(language, policy),
        table: alert::table(policy, language, Some(role)),
        signature: phrase(language, "alert", "signature", &[("office", &policy.office)]),
    }
}

/// How many items the catalogue gives no limit at all, if any.
fn without_limit(language: Language, policy: &Policy) -> String {
    let items = policy.registry.items.values();
    let count = items.filter(|item| item.promised.is_none() && item.statutory.is_none()).count();
    if count == 0 {
        return String::new();
    }
    phrase(language, "digest", "without_limit", &[("count", &count.to_string())])
}

/// Open cards, each with its colour.
fn open(language: Language, cards: &Cards) -> [(String, &'static str, u64); 3] {
    let say = |name: &str| phrase(language, "digest", name, &[]);
    [
        (say("red"), "#b00020", cards.open_red),
        (say("yellow"), "#a86500", cards.open_yellow),
        (say("notice"), "#1565c0", cards.open_notice),
    ]
}

/// The cards of a rule in one line.
fn rule(language: Language, line: &RuleLine) -> String {
    let counts =
        [("red", line.red), ("yellow", line.yellow), ("notice", line.notice), ("revoked", line.revoked)];
    let name = rules::name(&line.rule).words(language);
    let said = counts.iter().filter(|(_, count)| *count > 0);
    let said = said.map(|(what, count)| format!("{} {count}", phrase(language, "digest", what, &[])));
    std::iter::once(name).chain(said).collect::<Vec<_>>().join("  ")
}

/// The row that closes the table of units (合计).
fn sum(units: &[UnitCards], name: String) -> UnitCards {
    let add = |count: fn(&UnitCards) -> u64| units.iter().map(count).sum();
    UnitCards {
        code: String::new(),
        name,
        red: add(|unit| unit.red),
        yellow: add(|unit| unit.yellow),
        notice: add(|unit| unit.notice),
        open: add(|unit| unit.open),
        revoked: add(|unit| unit.revoked),
    }
}

fn percent(figure: &Figure) -> String {
    figure.percent.map_or_else(|| "—".into(), |percent| format!("{percent:.1}%"))
}

fn line(language: Language, figure: &Figure) -> Line {
    let changed = figure.change.filter(|change| change.abs() >= 0.05);
    let points = |change: f64| phrase(language, "digest", "points", &[("points", &format!("{change:+.1}"))]);
    let unknown = || phrase(language, "digest", "unknown", &[("count", &figure.unknown.to_string())]);
    let note = if figure.unknown > 0 { unknown() } else { String::new() };
    Line {
        name: format!("{}{note}", figure.name),
        numerator: figure.numerator,
        denominator: figure.denominator,
        percent: percent(figure),
        change: changed.map_or_else(String::new, points),
    }
}

fn silent(language: Language, overview: &Overview) -> Vec<String> {
    let one = |silent: &crate::domain::overview::SilentItem| {
        let day = silent.last_trace_on.as_deref().unwrap_or("—");
        let last = phrase(language, "digest", "last_trace", &[("day", day)]);
        format!("{} · {} · {last}", silent.item, silent.unit)
    };
    overview.missing.silent_items.iter().map(one).collect()
}

/// The clocks with the cases each runs on, and those that run on none.
fn clocks(language: Language, counts: &[ClockCount]) -> Vec<String> {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "digest", name, values);
    let (busy, idle): (Vec<&ClockCount>, Vec<_>) = counts.iter().partition(|count| count.cases > 0);
    let one =
        |count: &&ClockCount| say("clock", &[("name", &count.name), ("cases", &count.cases.to_string())]);
    let listed =
        |names: Vec<String>| Text::list(names.into_iter().map(Text::from), "list-comma").words(language);
    let busy = listed(busy.iter().map(one).collect());
    let idle = listed(idle.iter().map(|count| count.name.clone()).collect());
    let idle = if idle.is_empty() { idle } else { say("clocks_idle", &[("names", &idle)]) };
    [busy, idle].into_iter().filter(|line| !line.is_empty()).collect()
}

/// What waits for a supervisor: findings to be issued, cards of which is asked whether they fall.
fn waiting(language: Language, cards: &Cards) -> Option<String> {
    let say = |name: &str, count: u64| {
        (count > 0).then(|| phrase(language, "digest", name, &[("count", &count.to_string())]))
    };
    let parts: Vec<String> =
        [say("pending", cards.pending), say("contested", cards.contested), say("appealed", cards.appealed)]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| parts.join(if language == Language::Chinese { "" } else { " " }))
}
