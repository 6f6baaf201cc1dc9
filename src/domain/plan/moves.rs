//! Due moments that moved: by the record, by other rules, by another calendar, by another mapping.

use std::cmp::Ordering;

use super::judgement::Move;
use crate::domain::case_file::{CaseFile, Held, Remapped};
use crate::domain::clock::Reading;
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::policy::Policy;
use crate::domain::rules::time_limit;
use crate::domain::text::{Kept, Text, say};

/// How the reason begins where a due day moved, and nothing else, in a ledger that does not keep its key.
const MOVED: &str = "到期日由";

/// Whether a reason says that a due day moved; what came to another unit gives the reason of the finding itself.
pub fn says_due_day(why: &Kept) -> bool {
    why.is("moves-due", MOVED)
}

/// The clocks that were judged before and are now due at another moment, or no longer run.
pub(super) fn of(file: &CaseFile, clocks: &[Reading<'_>], policy: &Policy) -> Vec<Move> {
    file.held
        .iter()
        .filter_map(|held| {
            let now = clocks.iter().find(|clock| clock.has_key(&held.clock));
            let (before, after) = (held.due, now.and_then(Reading::fixed_due));
            let remapped = file.remapped.as_ref().filter(|it| held.by.at.order(&it.at) == Ordering::Less);
            (before != after || now.is_none()).then(|| Move {
                clock: held.clock.clone(),
                before,
                after,
                why: remapped.map_or_else(|| why(held, policy), Remapped::words),
            })
        })
        .collect()
}

/// Versions differ: the calendar's goes before the rest, as it is the one that changes every year.
fn why(held: &Held, policy: &Policy) -> Text {
    let (calendar, version, before) = (policy.calendar.version(), &policy.version, &held.by.policy);
    match held.by.calendar.as_deref().filter(|version| *version != calendar) {
        Some(before) => say!("moves-calendar", before, after = calendar),
        None if before != version => say!("moves-rules", before, after = version),
        None => say!("moves-record"),
    }
}

impl Remapped {
    /// That a record is read otherwise, though it may say what it said.
    fn words(&self) -> Text {
        say!("moves-mapping", source = &self.source)
    }
}

/// That a finding goes on under another day, for those who were told the first.
pub(super) fn news(known: Option<&Known>, breach: &Breach, moves: &[Move]) -> Option<Change> {
    let known = known.filter(|known| known.standing == Standing::Open && breach.ongoing)?;
    let moved = moves.iter().find(|it| it.clock == breach.clock && breach.rule == time_limit::ID)?;
    let (before, after) = (moved.before?, moved.after?);
    let why = say!("moves-due", before, after, why = moved.why.clone(), what = breach.why.clone());
    Some(Change::Move { id: known.id, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card::Card;
    use crate::domain::plan::tests::{breach, known, october};

    /// That a limit goes on to another day is told of an open warning that goes on, by the move of its own clock, and of nothing else.
    #[test]
    fn a_move_is_told_of_what_goes_on() {
        let moves = [Move {
            clock: "promise".into(),
            before: Some(october("12 00:00:00")),
            after: Some(october("13 00:00:00")),
            why: "".into(),
        }];
        let open = known(time_limit::ID, false);
        let goes_on = breach(time_limit::ID, Card::Yellow, false);
        let told = |known: Option<&Known>, breach: &Breach| news(known, breach, &moves).is_some();
        assert!(told(Some(&open), &goes_on));
        assert!(!told(None, &goes_on));
        for standing in [Standing::Pending, Standing::Resolved, Standing::Revoked] {
            assert!(!told(Some(&Known { standing, ..open.clone() }), &goes_on), "{standing:?}");
        }
        assert!(!told(Some(&open), &Breach { ongoing: false, ..goes_on.clone() }));
        assert!(!told(Some(&open), &Breach { clock: "statutory".into(), ..goes_on.clone() }));
        assert!(!told(Some(&open), &Breach { rule: "fee", ..goes_on }));
    }
}
