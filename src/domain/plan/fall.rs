//! How a finding ends, and what is said of it.

use super::judgement::Move;
use super::step::resolve;
use crate::domain::card::Card;
use crate::domain::finding::{Change, Known, Standing};
use crate::domain::rules::{self, CaseView, doubtful_fact, handed_over, time_limit};
use crate::domain::text::{Text, say};

/// What becomes of a finding whose reason is gone: a warning is resolved, a card that should never have been is
/// withdrawn, a fault is mended.
pub(super) fn of(known: &Known, matter: &CaseView<'_>, moves: &[Move]) -> Option<Change> {
    if known.standing == Standing::Revoked || (known.standing == Standing::Resolved && !known.passed) {
        return None;
    }
    let time = known.rule == time_limit::ID;
    if !time && known.standing == Standing::Resolved {
        return None;
    }
    let why = match known.rule.as_str() {
        time_limit::ID => because(known, in_time(known, matter), moves),
        handed_over::ID if matter.is_over() => say!("fall-over"),
        handed_over::ID => say!("fall-not_handed_over"),
        doubtful_fact::ID => settled(matter),
        rules::VANISHED => say!("fall-back"),
        rules::DATA_FAULT if matter.traces.iter().any(|it| it.entry.read_ahead.is_some()) => {
            say!("fall-came")
        }
        _ => say!("fall-mended"),
    };
    // Whoever was told that it has a case is told that it has not.
    let not_handed_over = known.rule == handed_over::ID && !matter.is_over();
    if (time && known.passed && known.card > Card::Notice) || not_handed_over {
        return Some(Change::Revoke { id: known.id, why });
    }
    let rule = rules::rule(&known.rule)?.id;
    Some(resolve(Some(known.id), why, rule, &known.clock))
}

/// What moved the due day, where something did.
fn because(known: &Known, why: Text, moves: &[Move]) -> Text {
    let Some(moved) = moves.iter().find(|moved| moved.clock == known.clock) else { return why };
    say!("fall-moved", why, moved = moved.why.clone())
}

/// A doubt ends when the record is mended, and also when both days have been kept.
fn settled(matter: &CaseView<'_>) -> Text {
    if matter.clocks.iter().all(|clock| clock.doubt.is_none()) {
        return say!("fall-mended");
    }
    say!("fall-settled")
}

/// What the clock of a card says of a record by which the card does not stand.
pub(super) fn in_time(known: &Known, matter: &CaseView<'_>) -> Text {
    let clock = matter.clocks.iter().find(|clock| clock.has_key(&known.clock));
    let Some((clock, due)) = clock.and_then(|clock| Some((clock, clock.due?))) else {
        return say!("fall-no_limit");
    };
    let due = due.at;
    match clock.stopped {
        Some((stop, kind)) => say!("fall-in_time", due, stop, kind = kind.text()),
        None => say!("fall-not_due", due),
    }
}
