//! Beginnings and ends of special procedures that do not belong together.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::record::pairs::{Odd, procedures};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "special-unpaired",
    meaning: "A special procedure has an end without a beginning, began twice under one serial number, or ended \
              before it began. It leaves nothing out of any limit until the record is mended; procedures beside \
              it, and the rest of the case, are judged as ever. Of one that began twice without a number, by the \
              same name or by none, one is left out: from the last beginning to the end, and while it goes on \
              from the first.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::Paused) && !matter.kinds.has(TraceKind::Resumed) {
        return Vec::new();
    }
    let when = |at: usize| matter.traces[at].occurred;
    let words = |odd: &Odd| match *odd {
        Odd::NoBeginning(end) => say!("special_unpaired-no_beginning", end = when(end)),
        Odd::Again(first, again) => {
            say!("special_unpaired-again", first = when(first), again = when(again))
        }
        Odd::Twice(first, again) => {
            say!("special_unpaired-twice", first = when(first), again = when(again))
        }
        Odd::Backwards(begun, end) => {
            say!("special_unpaired-backwards", begun = when(begun), end = when(end))
        }
    };
    let odd = procedures(matter.traces).odd;
    if odd.is_empty() {
        return Vec::new();
    }
    let kind = if matter.kinds.has(TraceKind::Paused) { TraceKind::Paused } else { TraceKind::Resumed };
    let counts = |odd: &Odd| matches!(odd, Odd::Again(..));
    let said = Text::list(odd.iter().map(words), "list-semicolon");
    let why = if odd.iter().all(counts) { said } else { say!("special_unpaired-effect", odd = said) };
    matter.found_with(&RULE, kind, why)
}
