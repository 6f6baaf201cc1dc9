//! An extension beyond what the clause allows.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::clock::Disregarded;
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::text::{Text, say};

/// Id of the rule.
pub const ID: &str = "extension-misuse";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "An extension is longer than the clause gives, one more than it allows, given where the clause knows none, before the \
              limit began or when the matter was finished, without a length that could be added to any limit of the \
              case, or was granted after the limit had passed without being asked for before (`asked` of the mapping). \
              What is beyond adds nothing to the limit, and one that came too late lifts nothing. A length in another \
              unit than the limit's is counted as no less than it is; 日 on a limit in working days are working days \
              where the clause's own extension is in such (《行政许可法》第八十二条).",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::OfClocks, Property::NamesClockOfCase],
    judge: Some(judge),
};

/// One finding a case, with every limit that an extension did not lengthen as it says.
fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::Extended) {
        return Vec::new();
    }
    let mut why: Vec<Text> = Vec::new();
    for clock in matter.clocks {
        for vain in clock.disregarded.iter().filter(|vain| !counts_elsewhere(matter, vain)) {
            let words = say!("extension_misuse-of", name = clock.name(), why = vain.text());
            if !why.contains(&words) {
                why.push(words);
            }
        }
    }
    if why.is_empty() {
        return Vec::new();
    }
    matter.found_with(&RULE, TraceKind::Extended, Text::list(why, "list-semicolon"))
}

/// What lengthens the limit of the matter lengthens none that is due the same day, or on a date of the record: nobody does wrong by
/// that.
fn counts_elsewhere(matter: &CaseView<'_>, vain: &Disregarded) -> bool {
    let Disregarded::NoLength(when) = vain else { return false };
    let mut extended = matter.clocks.iter().flat_map(|clock| &clock.extended);
    extended.any(|at| matter.traces[*at].occurred == *when)
}
