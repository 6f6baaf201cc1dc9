//! What a change of what judges would do, for people at a terminal.

use std::io::Write;

use serde_json::{Value, json};

use super::Format;
use super::table::List;
use crate::domain::adoption::{Effect, Moved};
use crate::domain::card::Card;
use crate::domain::text::{Language, say};
use crate::failure::Failure;

/// Counts, and the first cards and due dates that would move.
pub(super) fn write(effect: &Effect, language: Language, out: &mut dyn Write) -> Result<(), Failure> {
    let Effect { cases, open, due_moved, by_card, .. } = effect;
    let cases = say!("effect-cases", cases = *cases, due_moved = *due_moved, open = *open);
    writeln!(out, "{}", cases.words(language))?;
    for card in [Card::Red, Card::Yellow, Card::Notice] {
        let [appear, fall] = by_card[card as usize];
        if appear + fall > 0 {
            let line = say!("effect-cards", card = card.text(), appear, fall);
            writeln!(out, "{}", line.words(language))?;
        }
    }
    for also in effect.also() {
        writeln!(out, "{}", also.words(language))?;
    }
    let columns = [
        ("case_number", say!("column-case")),
        ("what", say!("column-clock_or_rule")),
        ("before", say!("column-now")),
        ("after", say!("column-then")),
    ];
    let mut list = List::new(columns, language);
    let first: Vec<&Moved> = effect.first_due.iter().chain(&effect.first).collect();
    for Moved { case, what, before, after } in &first {
        let cell = |words: String| if words.is_empty() { Value::Null } else { json!(words) };
        let [what, before, after] = [what, before, after].map(|words| cell(words.words(language)));
        list.push(vec![json!(case), what, before, after]);
    }
    if first.is_empty() { Ok(()) } else { list.write(Format::Table, out) }
}
