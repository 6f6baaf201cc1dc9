//! A breach against what is known of it.

use super::case_view::mode;
use crate::domain::card::{Card, Mode};
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::policy::Policy;
use crate::domain::rules::{handed_over, time_limit};
use crate::domain::text::Text;

/// What changes in a finding whose reason holds.
pub(super) fn of(known: Option<&Known>, mut breach: Breach, policy: &Policy, changes: &mut Vec<Change>) {
    if known.is_some_and(|known| known.settled) {
        return;
    }
    if known.is_some_and(|known| known.order_failed) {
        breach.card = Card::Red;
    }
    // What was released once, or raised before the rule asked for review, does not go back to wait.
    let review = mode(policy, breach.rule) == Mode::Review
        && known.is_none_or(|known| known.standing != Standing::Open);
    let over = (!breach.ongoing).then(|| breach.clone());
    let Some(known) = known else {
        changes.push(Change::Raise { breach, review });
        changes.extend(over.map(|breach| resolve(None, breach.why, breach.rule, &breach.clock)));
        return;
    };
    let open = known.standing != Standing::Resolved && known.standing != Standing::Revoked;
    let id = Some(known.id);
    let moved =
        breach.unit.as_ref().is_some_and(|unit| known.unit.as_ref().is_some_and(|known| known != unit));
    if known.standing != Standing::Revoked
        && (breach.card < known.card || (moved && known.passed && breach.rule == time_limit::ID))
    {
        changes.push(Change::Revoke { id: known.id, why: breach.why.clone() });
        changes.push(Change::Reopen { id: known.id, breach, review });
    } else if breach.card > known.card {
        changes.push(Change::Escalate { id: known.id, breach, review });
    } else if known.standing == Standing::Revoked || (!open && breach.ongoing) {
        changes.push(Change::Reopen { id: known.id, breach, review });
    } else if !open {
        return; // Closed late, and so it stays.
    } else if moved && breach.rule == handed_over::ID {
        changes.push(Change::Reopen { id: known.id, breach, review }); // The next one to have it is told too.
    } else if let Some(unit) = breach.unit.clone().filter(|_| moved) {
        changes.push(Change::HandOver { id: known.id, unit, why: breach.why });
    }
    changes.extend(over.map(|breach| resolve(id, breach.why, breach.rule, &breach.clock)));
}

pub(super) fn resolve(id: Option<i64>, why: Text, rule: &'static str, clock: &str) -> Change {
    Change::Resolve { id, rule, clock: clock.to_owned(), why }
}
