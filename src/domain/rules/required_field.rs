//! A field that must be filled is empty, or filled with nothing.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::{Field, Trace};
use crate::domain::text::{Text, say};

/// The rule, for whoever reads its settings.
pub const RULE: Rule = Rule {
    id: "required-field",
    meaning: "A field that the configuration requires of a kind of trace (`fields`, such as `decided.by`) is empty, or \
              filled with 无, / and the like. Without `fields` nothing is required.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

/// The fields that a case's traces must fill, each with the trace.
pub(super) fn asked<'m>(matter: &'m CaseView<'_>) -> impl Iterator<Item = (&'m Trace, Field)> {
    let fields = matter.setting(RULE.id).map_or(&[][..], |setting| &setting.fields[..]);
    matter.traces.iter().flat_map(move |trace| {
        fields.iter().filter(move |field| field.kind == trace.kind).map(move |field| (trace, *field))
    })
}

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if matter.marks.filled == matter.marks.asked {
        return Vec::new();
    }
    let unfilled = || asked(matter).filter(|(trace, field)| !field.is_filled(trace));
    let Some((last, _)) = unfilled().last() else { return Vec::new() };
    let empty = unfilled().map(|(trace, field)| {
        let (kind, part) = (trace.kind.text(), field.part.text());
        say!("required_field", kind, part, when = trace.occurred)
    });
    matter.found_at(&RULE, last, Text::list(empty, "list-semicolon"))
}
