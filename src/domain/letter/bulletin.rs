//! Writes the bulletin (通报) of a period: tables, and pictures made of table cells, which every mail program shows.

mod tables;
mod words;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::chart::Chart;
use super::figures::{AGES, cards, cards_of, on, percent, written};
use super::kind::LetterKind;
use super::news::Draft;
use super::page::{Pages, phrase};
use super::{Address, Attachment, Letter, LetterContext, alert};
use crate::domain::bulletin::{Bulletin, Compared, Line, Moved, Watched};
use crate::domain::policy::Policy;
use crate::domain::registry::Contact;
use crate::domain::text::Language;
pub use tables::{Table, red_cases, tables};
pub(super) use words::summary;
use words::{dated, issued, problems, required, state};

#[derive(Serialize)]
struct View {
    subject: String,
    title: String,
    /// The same in the parts that stay whole on a narrow screen.
    title_parts: [String; 2],
    salutation: String,
    lead: String,
    state: Vec<String>,
    problems: Vec<String>,
    /// The red cards by name.
    red: Option<Shown>,
    no_red: String,
    required: Vec<String>,
    tables: Vec<Shown>,
    /// Item coverage by day: label, height in pixels.
    coverage: Vec<(String, u32)>,
    coverage_from: String,
    coverage_to: String,
    moved: Vec<String>,
    /// Cards by unit: name; widths of red, yellow and notice in per cent; their numbers.
    bars: Vec<Bar>,
    /// Open cases by age: label, width in per cent, number.
    ages: Vec<AgeBar>,
    footnote: String,
    table: String,
    office: String,
    /// The day under the signature.
    dated: String,
    /// Pictures by the name of their drawing, which are shown in the place of those made of cells.
    pictures: BTreeMap<&'static str, Picture>,
}

struct AgeBar {
    label: String,
    /// In per cent.
    width: u32,
    number: u64,
}

/// Pages take it apart in the order of its fields.
impl Serialize for AgeBar {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.label, self.width, self.number).serialize(to)
    }
}

#[derive(Serialize)]
struct Picture {
    id: String,
    alt: String,
}

#[derive(Serialize)]
struct Shown {
    name: String,
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    sums: usize,
}

#[derive(Serialize)]
struct Bar {
    name: String,
    red: u32,
    yellow: u32,
    notice: u32,
    numbers: String,
}

/// What a reader gets: the same bulletin gives the same letter.
pub struct Issue<'i> {
    /// The bulletin.
    pub bulletin: &'i Bulletin,
    /// Files that go with it, in the reader's language.
    pub attachments: Vec<Attachment>,
    /// Those of its drawings that could be painted, with the PNG pictures.
    pub painted: Vec<(Chart, Vec<u8>)>,
}

/// Writes the bulletin for one reader.
pub fn write(reader: &Contact, issue: &Issue<'_>, context: &LetterContext<'_>) -> Draft {
    let LetterContext { policy, pages, id_domain, now, .. } = *context;
    let mut view = view(issue.bulletin, reader.language, policy);
    let hash = crate::domain::digest::digest(&[&reader.address]);
    let period = issue.bulletin.sums.period.to_string().replace("..", "_");
    let message_id = format!("bulletin.{period}.{hash:016x}@{id_domain}");
    let mut attachments = issue.attachments.clone();
    for (Chart { name, alt, .. }, png) in &issue.painted {
        let id = format!("{name}.{message_id}");
        let (file, media_type) = (format!("{name}.png"), "image/png".to_owned());
        view.pictures.insert(name, Picture { id: id.clone(), alt: alt.clone() });
        let (content, shown_as) = (png.clone(), Some(id));
        attachments.push(Attachment { name: file, media_type, content, shown_as, as_text: None });
    }
    let letter = Letter {
        message_id,
        to: Address { name: reader.name.clone(), address: reader.address.clone() },
        subject: view.subject.clone(),
        text: pages.render("bulletin.txt", reader.language, &view),
        html: pages.render("bulletin.html", reader.language, &view),
        attachments,
        written_at: now.instant,
        thread: None,
    };
    Draft {
        kind: LetterKind::Bulletin,
        urgency: 4,
        letter,
        events: Vec::new(),
        capacities: Vec::new(),
        answer_due: None,
    }
}

/// The bulletin as an HTML page, as it stands in the mail.
pub fn page(bulletin: &Bulletin, language: Language, policy: &Policy, pages: &Pages) -> String {
    pages.render("bulletin.html", language, view(bulletin, language, policy))
}

/// The bulletin as text.
pub fn text(bulletin: &Bulletin, language: Language, policy: &Policy, pages: &Pages) -> String {
    pages.render("bulletin.txt", language, view(bulletin, language, policy))
}

fn view(bulletin: &Bulletin, language: Language, policy: &Policy) -> View {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let Compared { period, all, .. } = &bulletin.sums;
    let period = period.words(language);
    let (red, yellow) = (all.red.to_string(), all.yellow.to_string());
    let shown = |table: Table| Shown {
        name: table.name,
        headings: table.headings,
        rows: table.rows,
        sums: table.sums,
    };
    let (subject, no_red) = match bulletin.watched() {
        Watched::Yes => ("subject", "no_red"),
        Watched::NotBegun => ("subject_not_begun", "no_red_unsupervised"),
        Watched::NotYet | Watched::NoRound => ("subject_unwatched", "no_red_unwatched"),
    };
    let title_parts = ["title_of", "title_what"].map(|part| say(part, &[("period", &period)]));
    View {
        subject: say(subject, &[("period", &period), ("red", &red), ("yellow", &yellow)]),
        title: title_parts.concat(),
        title_parts,
        salutation: say("salutation", &[]),
        lead: say("lead", &[("period", &period)]),
        state: state(bulletin, language),
        problems: problems(bulletin, language),
        red: red_cases(bulletin, language).map(shown),
        no_red: say(no_red, &[]),
        required: required(bulletin, language),
        tables: tables(bulletin, language).into_iter().map(shown).collect(),
        coverage: bulletin
            .coverage
            .iter()
            .map(|day| (written(day.day, language), percent(day).round() as u32))
            .collect(),
        coverage_from: bulletin.coverage.first().map_or_else(String::new, |day| on(day, language)),
        coverage_to: bulletin.coverage.last().map_or_else(String::new, |day| on(day, language)),
        moved: moved(&bulletin.moved, language),
        bars: bars(&bulletin.units),
        ages: if bulletin.is_unread() { Vec::new() } else { ages(bulletin.ages, language) },
        footnote: say("footnote", &[]),
        table: alert::table(policy, language, None),
        office: policy.office.clone(),
        dated: dated(issued(bulletin, policy), language),
        pictures: BTreeMap::new(),
    }
}

/// Items that came or left, a line each.
pub(super) fn moved(items: &[Moved], language: Language) -> Vec<String> {
    let state = |state: Option<&str>| {
        phrase(language, "bulletin", &format!("state_{}", state.unwrap_or("none")), &[])
    };
    let line = |moved: &Moved| {
        let (before, after) = (state(moved.before.as_deref()), state(moved.after.as_deref()));
        let change = phrase(language, "bulletin", "moved_how", &[("before", &before), ("after", &after)]);
        let day = moved.day.parse().map_or_else(|_| moved.day.clone(), |day| written(day, language));
        format!("{day} · {} · {} · {change}", moved.item, moved.unit)
    };
    items.iter().map(line).collect()
}

/// Units with cards, each as long as its cards are many.
fn bars(units: &[Line]) -> Vec<Bar> {
    let most = units.iter().map(cards).max().unwrap_or(0).max(1);
    let width = |count: u64| u32::try_from(count * 70 / most).unwrap_or(0).max(u32::from(count > 0));
    let bar = |line: &Line| Bar {
        name: line.name.clone(),
        red: width(line.red),
        yellow: width(line.yellow),
        notice: width(line.notice),
        numbers: cards_of(line),
    };
    units.iter().filter(|line| cards(line) > 0).map(bar).collect()
}

fn ages(ages: [u64; 4], language: Language) -> Vec<AgeBar> {
    let most = ages.iter().copied().max().unwrap_or(0).max(1);
    let bar = |(name, number): (&str, u64)| AgeBar {
        label: phrase(language, "bulletin", name, &[]),
        width: u32::try_from(number * 70 / most).unwrap_or(0),
        number,
    };
    AGES.into_iter().zip(ages).map(bar).collect()
}
