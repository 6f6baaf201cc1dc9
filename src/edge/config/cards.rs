//! Card tables: the presets under their names, the cards of the clocks themselves, and lines of one's own.

use super::clocks::{Clocks, OwnCards, card};
use super::written::{At, Table, list, nearest};
use crate::domain::card::Card;
use crate::domain::policy::{CardLine, CardTable, Threshold};
use crate::domain::statute::Keeper;
use crate::domain::text::say;

/// A line of a preset.
struct Line {
    card: Card,
    /// The clock it is given by.
    clock: &'static str,
    when: Threshold,
    /// It is given only where this other clock does not run.
    without: Option<&'static str>,
}

const fn given(card: Card, clock: &'static str, when: Threshold) -> Line {
    Line { card, clock, when, without: None }
}

/// The law's limit warns where nothing was promised.
const WARNED_BY_LAW: Line =
    Line { without: Some("promise"), ..given(Card::Notice, "statutory", Threshold::WorkingDaysBefore(2)) };

/// The presets, for the two clocks that every family has; what the law's other clocks give stands in config/clocks.toml.
/// `hunan`: two clocks (湖南). `order-and-escalate`: yellow orders the matter to be finished, red when it is not within five
/// working days (湛江). `ninety-percent`: yellow warns at 90 % of the promise (榆林). Without a promise the warning goes by
/// the law's limit.
const PRESETS: [(&str, &[Line]); 3] = [
    (
        "hunan",
        &[
            given(Card::Notice, "promise", Threshold::WorkingDaysBefore(2)),
            given(Card::Yellow, "promise", Threshold::Passed),
            WARNED_BY_LAW,
            given(Card::Red, "statutory", Threshold::Passed),
        ],
    ),
    (
        "order-and-escalate",
        &[
            given(Card::Notice, "promise", Threshold::WorkingDaysBefore(2)),
            given(Card::Yellow, "promise", Threshold::Passed),
            given(Card::Red, "promise", Threshold::WorkingDaysAfter(6)),
            WARNED_BY_LAW,
            given(Card::Red, "statutory", Threshold::Passed),
        ],
    ),
    (
        "ninety-percent",
        &[
            given(Card::Yellow, "promise", Threshold::Percent(90)),
            given(Card::Red, "promise", Threshold::Passed),
            Line { without: Some("promise"), ..given(Card::Yellow, "statutory", Threshold::Percent(90)) },
            given(Card::Red, "statutory", Threshold::Passed),
        ],
    ),
];

/// Reads `[cards]`: for each clock the lines that name it, else its own cards, else those of the preset.
pub(super) fn read(written: &Table<'_>, clocks: &Clocks) -> CardTable {
    let cards = written.table("cards");
    let named = cards.as_ref().and_then(|cards| cards.text("preset"));
    let name = named.as_ref().map_or("hunan", |at| at.value.as_str());
    let preset = PRESETS.iter().find(|(known, _)| *known == name);
    if let (Some(at), None) = (&named, preset) {
        let known = list(PRESETS.iter().map(|(name, _)| *name));
        written.wrong(at, say!("config-no_preset", name, known));
    }
    let mut own: Vec<CardLine> = Vec::new();
    for table in cards.as_ref().map(|cards| cards.list("line")).unwrap_or_default() {
        own.extend(line(&table, clocks));
    }
    if let Some(cards) = &cards {
        cards.nothing_else();
    }
    let of_preset = |id: &str| -> Vec<CardLine> {
        let like = clocks.preset_id(id);
        let lines =
            preset.map(|(_, lines)| *lines).unwrap_or_default().iter().filter(|line| line.clock == like);
        lines.map(|line| preset_line(line.card, id, line.when, line.without)).collect()
    };
    let (mut lines, mut changed) = (Vec::new(), !own.is_empty());
    for id in clocks.ids() {
        let mine: Vec<CardLine> = own.iter().filter(|line| line.clock == id).cloned().collect();
        let declared = clocks.declared.iter().find(|it| it.id == id);
        changed |= declared.is_some_and(|it| matches!(it.cards, Some(OwnCards::None | OwnCards::Lines(_))));
        let given = match (mine.is_empty(), clocks.cards_of(id)) {
            (false, _) => mine,
            (true, Some(OwnCards::None)) => continue,
            (true, Some(OwnCards::Lines(lines))) => {
                lines.iter().map(|(card, when)| preset_line(*card, id, *when, None)).collect()
            }
            (true, None) => of_preset(id),
        };
        let others = clocks.rules.iter().any(|rule| rule.id == id && rule.by_law.keeper != Keeper::Unit);
        if let (Some(declared), true, false) = (declared, given.is_empty(), others) {
            written.wrong(&declared.place, say!("config-no_card", id));
        }
        lines.extend(given);
    }
    lines.sort_by(|one, other| one.clock.cmp(&other.clock));
    let name = if changed { format!("{name} (changed)") } else { name.to_owned() };
    CardTable { name, lines }
}

fn preset_line(card: Card, clock: &str, when: Threshold, without: Option<&str>) -> CardLine {
    CardLine { card, clock: clock.to_owned(), when, without: without.map(str::to_owned) }
}

fn line(table: &Table<'_>, clocks: &Clocks) -> Option<CardLine> {
    let (clock, without) = (table.required("clock"), table.text("without"));
    let card = card(table);
    table.nothing_else();
    let clock = clock?;
    for at in std::iter::once(&clock).chain(&without) {
        known(table, at, clocks);
    }
    let declared = clocks.declared.iter().find(|it| it.id == clock.value);
    if declared.is_some_and(|it| it.cards.is_some()) {
        table.wrong(&clock, say!("config-cards_twice", id = &clock.value));
    }
    if clocks.rules.iter().any(|rule| rule.id == clock.value && rule.by_law.keeper != Keeper::Unit) {
        table.wrong(&clock, say!("config-keeper_other"));
    }
    let (card, when) = card?;
    Some(CardLine { card, clock: clock.value, when, without: without.map(|at| at.value) })
}

fn known(table: &Table<'_>, at: &At<String>, clocks: &Clocks) {
    let ids: Vec<&str> = clocks.ids().collect();
    if !ids.contains(&at.value.as_str()) {
        table.wrong(at, say!("config-no_clock", id = &at.value, hint = nearest(&at.value, &ids)));
    }
}
