//! Who may lift a card: what was entered after its letter had left does not do so by itself.

mod dispute;
mod history;
mod words;

use super::step::resolve;
use super::{CaseFile, late_by, mode};
use crate::domain::finding::{Change, Known, Mode, Standing};
use crate::domain::record::runs::is_over;
use crate::domain::rules::{self, Breach, Matter, Sentence};
pub use dispute::{Counted, Dispute, Fact, Said, disputes};
pub use history::{History, Version, entered};
pub use words::header_words;

/// Of the changes that would withdraw or lower a card that was told, those that rest on what was entered afterwards become a
/// question to a supervisor; and what no longer would have a card fall ends that question.
pub(super) fn settle(changes: &mut Vec<Change>, file: &CaseFile, matter: &Matter<'_>) {
    for known in file.known.iter().filter(|known| known.told.is_some() && !known.settled) {
        let falls = |change: &Change| matches!(change, Change::Revoke { id, .. } if *id == known.id);
        if !changes.iter().any(falls) {
            if known.contested {
                let zh = "按现有记录该牌仍然成立".to_owned();
                let why = Sentence { zh, en: "by the record as it now stands the card holds".into() };
                changes.push(Change::Uncontest { id: known.id, why });
            }
            continue;
        }
        let weighed = weigh(known, file, matter);
        if matches!(weighed, Weighed::Falls) || mode(matter.policy, &known.rule) == Mode::Off {
            continue;
        }
        changes.retain(|change| match change {
            Change::Revoke { id, .. } | Change::Reopen { id, .. } => *id != known.id,
            Change::Resolve { id, .. } => *id != Some(known.id),
            _ => true,
        });
        match weighed {
            Weighed::Contested(change) => changes.push(change),
            // A card that was upheld counts for good, and nothing is left to be done once the case is over.
            Weighed::Stands
                if known.upheld.is_some() && !known.contested && known.standing == Standing::Open =>
            {
                if is_over(matter.traces)
                    && let Some(rule) = rules::rule(&known.rule)
                {
                    let zh = "办件已办结；该牌经监察人员核定维持".to_owned();
                    let why = Sentence { zh, en: "the case is over; a supervisor upheld the card".into() };
                    changes.push(resolve(Some(known.id), why, rule.id, &known.clock));
                }
            }
            _ => {}
        }
    }
}

/// What becomes of a card that would be withdrawn or lowered.
enum Weighed {
    /// It falls: what was on record when it was told has it fall too, so another calendar or other rules do.
    Falls,
    /// It stands, and a supervisor is asked.
    Contested(Change),
    /// It stands, as a supervisor is asked already or has decided.
    Stands,
}

/// Weighs a card that was told and would fall by what is on record now. A supervisor who was asked is asked again when what was
/// read since then would have it fall by itself: once for each set of facts, and never for one that was before him already.
fn weigh(known: &Known, file: &CaseFile, matter: &Matter<'_>) -> Weighed {
    let (Some(told), Some(history)) = (known.told, file.history.as_deref()) else { return Weighed::Falls };
    let same_unit =
        |breach: &Breach| breach.unit.is_none() || known.unit.is_none() || breach.unit == known.unit;
    let stands = |breach: &Breach| {
        breach.rule == known.rule
            && breach.clock == known.clock
            // An order that was not kept made the card red, however late the case is.
            && (breach.card >= known.card || known.order_failed)
            && same_unit(breach)
    };
    let holds = |asked| late_by(&history.at(file, told, asked), matter).iter().any(stands);
    if !holds(None) {
        return Weighed::Falls;
    }
    let asked = known.asked.filter(|_| known.contested || known.upheld.is_some());
    if asked.is_some() && holds(asked) {
        return Weighed::Stands;
    }
    match dispute::of(known, file, matter).filter(|dispute| !dispute.facts.is_empty()) {
        Some(dispute) => Weighed::Contested(Change::Contest { id: known.id, why: dispute.words() }),
        None => Weighed::Falls,
    }
}
