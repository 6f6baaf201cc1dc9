//! What fell due while its source was not read, and is in time only by what was first read afterwards. Nobody is accused by it: a
//! witness who looked away proves nothing. But whoever sees to it that nobody looks is not to gain by it unseen.

mod stretch;
#[cfg(test)]
mod tests;

use chrono::{DateTime, FixedOffset};

use super::judge;
use crate::domain::card::Card;
use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Breach, Change};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Kinds;
use crate::domain::rules::time_limit;

pub use stretch::{Habit, Stretch, are_one_look, ordinary_gap};

/// A clock that fell due unseen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FellDue {
    /// Key of the clock's run.
    pub clock: String,
    /// When it was due, by what had been read before.
    pub due: Moment,
}

/// The clocks of a case that fell due between two instants, from which on and until which its source was not read: late at its end
/// by what had been read by then (`known`), and not late `now` by what is on record (`file`). A case of which nothing had been read
/// is late by its beginning alone, but for what is due on the day on which it begins. Of a card that somebody was told of a supervisor
/// is asked anyhow.
pub fn fell_due_unseen(
    known: &CaseFile,
    file: &CaseFile,
    policy: &Policy,
    (from, until): (DateTime<FixedOffset>, DateTime<FixedOffset>),
    now: &Now,
) -> Vec<FellDue> {
    let new = known.traces.is_empty();
    let mut before = CaseFile { history: None, known: Vec::new(), held: Vec::new(), ..known.clone() };
    if new {
        let begins = file.traces.iter().filter(|trace| Kinds::BEGINNINGS.has(trace.kind));
        before.traces = begins.cloned().collect();
    }
    let mut fell_due = late(&before, policy, until);
    if fell_due.is_empty() {
        return Vec::new();
    }
    let (earlier, still) = (late(&before, policy, from), late(file, policy, now.instant));
    let told = |clock: &str| {
        let mut known = file.known.iter().filter(|it| it.rule == time_limit::ID && it.told.is_some());
        known.any(|it| it.clock == clock)
    };
    let among = |clock: &str, of: &[(FellDue, Moment)]| of.iter().any(|(other, _)| other.clock == clock);
    fell_due.retain(|(it, started)| {
        let short = new && it.due.date() == started.date();
        !short && (new || !among(&it.clock, &earlier)) && !among(&it.clock, &still) && !told(&it.clock)
    });
    fell_due.into_iter().map(|(fell_due, _)| fell_due).collect()
}

/// The clocks that are late at an instant and give a card, each with its start.
fn late(file: &CaseFile, policy: &Policy, at: DateTime<FixedOffset>) -> Vec<(FellDue, Moment)> {
    let mut file =
        CaseFile { history: None, known: Vec::new(), held: Vec::new(), complete_until: None, ..file.clone() };
    let judgement = judge(&mut file, policy, &Now { instant: at, replay: false });
    let is_late =
        |breach: &&Breach| breach.rule == time_limit::ID && breach.passed && breach.card > Card::Notice;
    let raised = judgement.changes.iter().filter_map(|change| match change {
        Change::Raise { breach, .. } => Some(breach),
        _ => None,
    });
    let of_clock = |breach: &Breach| {
        let clock = judgement.clocks.iter().find(|clock| clock.has_key(&breach.clock))?;
        Some((FellDue { clock: breach.clock.clone(), due: clock.due?.at }, clock.started?))
    };
    raised.filter(is_late).filter_map(of_clock).collect()
}
