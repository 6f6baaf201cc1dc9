//! Writes the daily digest: it goes out even when there is nothing, and says so.

mod coverage;
mod health;
mod named;
mod red;
mod vacant;

use coverage::{Line, changed, line, missing, percent, silent};
use health::{health, letters};
use named::{Named, due_soon, fallen, in_the_way, pending, unanswered, unanswered_warning};
use red::red_cards;
use serde::{Serialize, Serializer};

use super::kind::LetterKind;
use super::news::Draft;
use super::page::phrase;
use super::{Address, Letter, LetterContext, alert, bulletin, message_id};
use crate::domain::bulletin::{Compared, RuleLine};
use crate::domain::coverage::Measure;
use crate::domain::days::Days;
use crate::domain::letter::plain::Detail;
use crate::domain::now::Now;
use crate::domain::overview::{Cards, ClockCount, Overview, UnitCards};
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::rules;
use crate::domain::text::{Language, Text, say};

/// Units without cards that are named in their line.
const UNITS_NAMED: usize = 30;

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

struct OpenCards {
    name: String,
    colour: &'static str,
    number: u64,
}

/// Pages take it apart in the order of its fields.
impl Serialize for OpenCards {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.name, self.colour, self.number).serialize(to)
    }
}

#[derive(Serialize)]
struct View<'o> {
    subject: String,
    lead: String,
    warnings: Vec<String>,
    open: [OpenCards; 3],
    any_open: bool,
    any_due: bool,
    /// How many cases wait for a supervisor.
    pending: Option<String>,
    /// What wants doing, by name: red cards, cards not answered, cases that will be late, findings to review.
    lists: Vec<Named>,
    /// What changed in coverage since it was last measured.
    changed: Vec<String>,
    moved: Vec<String>,
    coverage: Vec<Line>,
    missing: String,
    silent: Vec<String>,
    units: &'o [UnitCards],
    sum: UnitCards,
    /// The units without cards, in one line.
    without_cards: Option<String>,
    month_head: String,
    month: Vec<String>,
    rules: Vec<String>,
    clocks: Vec<String>,
    sources: Vec<String>,
    faults: Option<String>,
    /// How many rows are in quarantine, and the newest of them: for the administrator alone.
    quarantine: Option<String>,
    spoilt: Vec<String>,
    letters: String,
    cases: String,
    table: String,
    signature: String,
}

fn view<'o>(reader: &Contact, morning: &'o DigestInput<'_>, policy: &Policy, now: &Now) -> View<'o> {
    let (language, role) = (reader.language, reader.role);
    // What programs say stands in English: in a Chinese letter the administrator alone reads it.
    let detail = if language == Language::English { Detail::Full } else { Detail::of(role) };
    let DigestInput { overview, month, .. } = morning;
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "digest", name, values);
    let cards = &overview.cards;
    let (red, yellow) = (cards.open_red.to_string(), cards.open_yellow.to_string());
    let items = overview.coverage.iter().find(|figure| figure.measure == Measure::Items.word());
    let coverage = items.map_or_else(|| "—".into(), percent);
    let day = now.today().to_string();
    let days = Days { language, today: now.today() };
    let spoilt = Some(&overview.quarantine).filter(|_| role == Role::Admin);
    let pages = overview.page_faults.iter().filter(|_| role == Role::Admin);
    let row = |row: &crate::domain::overview::QuarantinedRow| {
        format!("{} · {} · {}", row.source, row.case_number.as_deref().unwrap_or(&row.row), row.reason)
    };
    View {
        subject: say(
            "subject",
            &[("day", &day), ("red", &red), ("yellow", &yellow), ("coverage", &coverage)],
        ),
        lead: say("lead", &[("as_of", &days.within(&overview.as_of))]),
        warnings: pages
            .chain(&overview.warnings)
            .cloned()
            .chain(unanswered_warning(language, overview))
            .chain(vacant::vacant(language, policy, now.today()))
            .collect(),
        open: open(language, cards),
        any_open: cards.open_red + cards.open_yellow + cards.open_notice > 0,
        any_due: overview.due_soon_count > 0,
        pending: waiting(language, cards),
        lists: lists(days, overview, now),
        changed: changed(language, &overview.coverage),
        coverage: overview.coverage.iter().map(|figure| line(language, figure)).collect(),
        missing: missing(&overview.missing, language),
        moved: bulletin::moved(&overview.moved, language),
        silent: silent(days, overview),
        units: &overview.units,
        sum: sum(&overview.units, say("total", &[])),
        without_cards: without_cards(language, &overview.without_cards),
        month_head: say("month", &[("period", &month.period.words(language))]),
        month: month_so_far(month, language),
        rules: month.rules.iter().map(|line| rule(language, line)).collect(),
        clocks: clocks(language, &overview.clocks),
        sources: overview.sources.iter().map(|source| health(language, source, detail)).collect(),
        faults: (overview.cases.fault > 0)
            .then(|| say("faults", &[("faults", &overview.cases.fault.to_string())])),
        quarantine: spoilt.map(|spoilt| say("quarantine", &[("open", &spoilt.open.to_string())])),
        spoilt: spoilt.map(|spoilt| spoilt.newest.iter().map(row).collect()).unwrap_or_default(),
        letters: letters(language, overview, detail),
        cases: say(
            "cases",
            &[("all", &overview.cases.all.to_string()), ("open", &overview.cases.open.to_string())],
        ) + &not_counted(language, overview.cases.fault)
            + &without_limit(language, policy),
        table: alert::table(policy, language, Some(role)),
        signature: phrase(language, "alert", "signature", &[("office", &policy.office)]),
    }
}

/// The sums of the month; of one in which nobody looked yet no cards.
fn month_so_far(month: &Compared, language: Language) -> Vec<String> {
    let mut lines = bulletin::summary(month, language);
    if !month.watched {
        lines.truncate(2);
        lines.push(phrase(language, "digest", "month_unwatched", &[]));
    }
    lines
}

/// What wants doing, by name.
fn lists(days: Days, overview: &Overview, now: &Now) -> Vec<Named> {
    let lists = [
        red_cards(days, overview, now),
        unanswered(days, overview),
        due_soon(days, overview),
        in_the_way(days, overview),
        pending(days, overview),
        fallen(days, overview),
    ];
    lists.into_iter().flatten().collect()
}

/// The cases that are set aside for a fault, which are none of the open ones.
fn not_counted(language: Language, fault: u64) -> String {
    let said = || phrase(language, "digest", "cases_fault", &[("fault", &fault.to_string())]);
    if fault > 0 { said() } else { String::new() }
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
fn open(language: Language, cards: &Cards) -> [OpenCards; 3] {
    let say = |name: &str| phrase(language, "digest", name, &[]);
    [
        OpenCards { name: say("red"), colour: "#b00020", number: cards.open_red },
        OpenCards { name: say("yellow"), colour: "#a86500", number: cards.open_yellow },
        OpenCards { name: say("notice"), colour: "#1565c0", number: cards.open_notice },
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

/// The units without cards, the first by name.
fn without_cards(language: Language, names: &[String]) -> Option<String> {
    let count = names.len().to_string();
    let name = if names.len() > UNITS_NAMED { "without_cards_first" } else { "without_cards_all" };
    let first = names.iter().take(UNITS_NAMED).map(Text::from);
    let names_shown = Text::list(first, "list-comma").words(language);
    let values = [("count", count.as_str()), ("names", &names_shown)];
    (!names.is_empty()).then(|| phrase(language, "digest", name, &values))
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
    (!parts.is_empty()).then(|| parts.join(&say!("list-sentence").words(language)))
}
