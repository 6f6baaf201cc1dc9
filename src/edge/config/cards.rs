//! Card tables: the presets under their names, and a table of one's own.

use super::written::Table;
use crate::domain::finding::Card;
use crate::domain::policy::{CardLine, CardTable, ClockRule, Threshold};

/// A line of a preset: card, clock, from when.
type Line = (Card, &'static str, Threshold);

/// The presets. `hunan`: two clocks (湖南). `order-and-escalate`: yellow orders the matter to be finished, red when it
/// is not within five working days (湛江). `ninety-percent`: yellow warns at 90 % of the promise (榆林).
const PRESETS: [(&str, &[Line]); 3] = [
    (
        "hunan",
        &[
            (Card::Notice, "promise", Threshold::WorkingDaysBefore(2)),
            (Card::Yellow, "promise", Threshold::Passed),
            (Card::Red, "statutory", Threshold::Passed),
        ],
    ),
    (
        "order-and-escalate",
        &[
            (Card::Notice, "promise", Threshold::WorkingDaysBefore(2)),
            (Card::Yellow, "promise", Threshold::Passed),
            (Card::Red, "promise", Threshold::WorkingDaysAfter(6)),
            (Card::Red, "statutory", Threshold::Passed),
        ],
    ),
    (
        "ninety-percent",
        &[
            (Card::Yellow, "promise", Threshold::Percent(90)),
            (Card::Red, "promise", Threshold::Passed),
            (Card::Red, "statutory", Threshold::Passed),
        ],
    ),
];

/// Reads `[cards]`: a preset, or lines of one's own in its place.
pub(super) fn read(written: &Table<'_>, clocks: &[ClockRule]) -> CardTable {
    let cards = written.table("cards");
    let named = cards.as_ref().and_then(|cards| cards.text("preset"));
    let name = named.as_ref().map_or("hunan", |at| at.value.as_str());
    let preset = PRESETS.iter().find(|(known, _)| *known == name);
    if let (Some(at), None) = (&named, preset) {
        let known: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
        written.wrong(at, format!("there is no preset `{name}`; there are {}", known.join(", ")));
    }
    let own: Vec<CardLine> =
        cards.as_ref().map(|cards| cards.list("line")).unwrap_or_default().iter().filter_map(line).collect();
    if let Some(cards) = &cards {
        cards.nothing_else();
        for line in own.iter().filter(|line| !clocks.iter().any(|clock| clock.id == line.clock)) {
            let known: Vec<&str> = clocks.iter().map(|clock| clock.id.as_str()).collect();
            let message = format!("there is no clock `{}`; there are {}", line.clock, known.join(", "));
            cards.wrong(&cards.place(), message);
        }
    }
    if !own.is_empty() {
        return CardTable { name: format!("{name} (changed)"), lines: own };
    }
    let line = |(card, clock, when): &Line| CardLine { card: *card, clock: (*clock).to_owned(), when: *when };
    let lines = preset.map(|(_, lines)| lines.iter().map(line).collect()).unwrap_or_default();
    CardTable { name: name.to_owned(), lines }
}

fn line(written: &Table<'_>) -> Option<CardLine> {
    let (card, clock, when) = (written.parsed("card"), written.required("clock"), written.parsed("when"));
    for (key, there) in [("card", card.is_some()), ("when", when.is_some())] {
        if !there {
            written.required(key);
        }
    }
    written.nothing_else();
    Some(CardLine { card: card?.value, clock: clock?.value, when: when?.value })
}
