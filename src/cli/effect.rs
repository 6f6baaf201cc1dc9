//! What a change of what judges would do, for people at a terminal.

use std::io::Write;

use serde_json::{Value, json};

use super::Format;
use super::table::List;
use crate::domain::adoption::{Effect, Moved};
use crate::domain::card::Card;
use crate::domain::text::Language;
use crate::failure::Failure;

/// Counts, and the first cards and due dates that would move.
pub(super) fn write(effect: &Effect, chinese: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let Effect { cases, open, due_moved, by_card, .. } = effect;
    if chinese {
        writeln!(out, "在办件 {cases} 件，其中 {due_moved} 件到期日变动；未结监察牌 {open} 张")?;
    } else {
        writeln!(
            out,
            "{cases} open cases, of which {due_moved} are due at another moment; {open} open cards"
        )?;
    }
    for card in [Card::Red, Card::Yellow, Card::Notice] {
        let [appear, fall] = by_card[card as usize];
        if appear + fall > 0 && chinese {
            writeln!(out, "{}：新增 {appear}，消失 {fall}", card.zh())?;
        } else if appear + fall > 0 {
            writeln!(out, "{card}: {appear} appear, {fall} fall")?;
        }
    }
    for also in effect.also() {
        writeln!(out, "{}", also.words(Language::of(chinese)))?;
    }
    let columns = [
        ("case_number", "办件编号", "case"),
        ("what", "计时或规则", "clock or rule"),
        ("before", "现行", "now"),
        ("after", "变动后", "then"),
    ];
    let mut list = List::new(&columns, chinese);
    let first: Vec<&Moved> = effect.first_due.iter().chain(&effect.first).collect();
    for Moved { case, what, before, after } in &first {
        let cell = |words: &str| if words.is_empty() { Value::Null } else { json!(words) };
        let [what, before, after] =
            [what, before, after].map(|words| cell(words.words(Language::of(chinese))));
        list.push(vec![json!(case), what, before, after]);
    }
    if first.is_empty() { Ok(()) } else { list.write(Format::Table, out) }
}
