//! What a round will do with a case and why, before anything is done.

mod fall;
mod faulty;
mod known;
mod moves;
pub mod press;
mod preview;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::across::Ended;
use super::clock::{self, Reading};
use super::finding::{Card, Change, Known, Mode, Standing};
use super::moment::Moment;
use super::now::Now;
use super::policy::Policy;
use super::record::{Kinds, Trace, chronological};
use super::rules::marks::{self, Marks};
use super::rules::{self, Breach, Matter, RULES, Rule, Sentence, data_fault, ending, vanished};
pub use known::{CaseFile, Counted, Earlier, Held, JudgedBy, Revision, Vanished};
pub use preview::{Preview, preview, preview_as_it_stands};

/// A due moment that is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Key of the clock's run.
    pub clock: String,
    /// What it was.
    pub before: Option<Moment>,
    /// What it is.
    pub after: Option<Moment>,
    /// Why.
    pub why: Sentence,
}

/// Where a case stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseState {
    /// 在办.
    Open,
    /// 办结.
    Closed,
    /// 数据差错: set aside until its record is mended.
    Fault,
}

super::registry::words!(CaseState {
    Open = "open", "在办";
    Closed = "closed", "办结";
    Fault = "fault", "数据差错";
});

/// The judgement of one case.
#[derive(Debug)]
pub struct Judgement<'a> {
    /// Row of the case in the ledger.
    pub case: i64,
    /// Where it stands.
    pub state: CaseState,
    /// Its clocks; empty while the case is set aside.
    pub clocks: Vec<Reading<'a>>,
    /// When passing time alone can next change a finding.
    pub next_change_at: Option<DateTime<FixedOffset>>,
    /// First and last thing that happened to it.
    pub active: Option<(NaiveDate, NaiveDate)>,
    /// Due moments that moved since it was last judged.
    pub moves: Vec<Move>,
    /// How it counts in the measures of its traces; `None`: as before.
    pub counted: Option<Counted>,
    /// How it ended, if it is over.
    pub ended: Option<Ended>,
    /// What changes in its findings.
    pub changes: Vec<Change>,
}

/// Judges one case as of `now`. A pure function: same file, policy and moment, same judgement.
pub fn judge<'a>(file: &mut CaseFile, policy: &'a Policy, now: &Now) -> Judgement<'a> {
    let mut to_come = None;
    if now.replay {
        let later = |trace: &&Trace| trace.occurred.at() > now.instant;
        to_come = file.traces.iter().filter(later).map(|trace| trace.occurred.at()).min();
        file.traces.retain(|trace| trace.occurred.at() <= now.instant);
    }
    chronological(&mut file.traces);
    let mut past = file.traces.iter().map(|trace| trace.occurred.date()).filter(|day| *day <= now.today());
    let active = past.next().map(|first| (first, past.next_back().unwrap_or(first)));
    let item = file.header.as_ref().and_then(|header| policy.registry.items.get(&header.item));
    let faults = data_fault::faults(policy, file.header.as_ref(), item, &file.traces, &file.spoilt, now);
    let supervised = match (policy.supervise_from, active) {
        (Some(from), Some((first, _))) => first >= from,
        _ => true,
    };
    let mut judgement = Judgement {
        case: file.id,
        state: CaseState::Fault,
        clocks: Vec::new(),
        next_change_at: to_come,
        active,
        moves: Vec::new(),
        counted: None,
        ended: None,
        changes: Vec::new(),
    };
    // A row that is gone says nothing: what was found stands, and nothing new follows from what is left.
    let missing = file.vanished.as_ref().filter(|_| mode(policy, vanished::RULE.id) != Mode::Off);
    let (Some(item), Some(header), true) = (item, &file.header, missing.is_none()) else {
        let breach = data_fault::breach(policy, &faults).or_else(|| vanished::breach(policy, missing?));
        let breach = breach.filter(|_| supervised);
        // It began all the same: an item whose records are faulty has not gone quiet.
        let begun_on = active.map(|(first, _)| first);
        judgement.counted = item.map(|_| Counted { begun_on, ..file.counted });
        judgement.changes = set_aside(&file.known, breach, policy);
        judgement.next_change_at = to_come.or(future(file, now));
        return judgement;
    };
    if let Some(fault) = data_fault::breach(policy, &faults) {
        faulty::judge(&mut judgement, file, policy, (header, item), now, supervised.then_some(fault));
        return judgement;
    }
    judgement.state = state_of(&file.traces);
    judgement.clocks = clock::read(policy, item, header, &file.traces, now);
    judgement.next_change_at =
        judgement.clocks.iter().filter_map(|clock| clock.next_change_at).chain(to_come).min();
    judgement.moves = moves::of(&file.held, &judgement.clocks, policy);
    let (traces, clocks) = (&file.traces[..], &judgement.clocks[..]);
    let (revisions, first_seen, earlier) = (&file.revisions[..], file.first_seen, file.earlier.as_ref());
    let (kinds, marks) = (Kinds::of(traces), Marks::default());
    let mut matter =
        Matter { header, item, traces, kinds, clocks, policy, now, revisions, first_seen, earlier, marks };
    matter.marks = marks::of(&matter);
    let ended = ending::how(traces);
    judgement.counted =
        Some(Counted { begun_on: active.map(|(first, _)| first), ended, marks: matter.marks });
    if supervised {
        judgement.ended = ending::of(&matter);
        judgement.changes = changes(&matter, &file.known, &judgement.moves);
    }
    judgement
}

/// A time in the future comes to pass.
fn future(file: &CaseFile, now: &Now) -> Option<DateTime<FixedOffset>> {
    file.traces.iter().map(|trace| trace.occurred.at()).find(|at| *at > now.instant)
}

fn state_of(traces: &[Trace]) -> CaseState {
    if traces.iter().any(|trace| trace.kind.ends_a_case()) { CaseState::Closed } else { CaseState::Open }
}

fn mode(policy: &Policy, id: &str) -> Mode {
    rules::rule(id).map_or(Mode::Auto, |rule| mode_of(policy, rule))
}

fn mode_of(policy: &Policy, rule: &Rule) -> Mode {
    policy.rules.get(rule.id).map_or(rule.mode, |setting| setting.mode)
}

/// A case of which nothing can be judged: only the fault itself is raised or goes on, and nothing closes.
fn set_aside(known: &[Known], breach: Option<Breach>, policy: &Policy) -> Vec<Change> {
    let Some(breach) = breach.filter(|breach| mode(policy, breach.rule) != Mode::Off) else {
        return Vec::new();
    };
    let earlier = known.iter().find(|known| known.rule == breach.rule);
    let mut changes = Vec::new();
    step(earlier, breach, policy, &mut changes);
    changes
}

fn changes(matter: &Matter<'_>, known: &[Known], moves: &[Move]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut breaches: Vec<Breach> = Vec::new();
    for rule in &RULES {
        let found = (rule.judge)(matter);
        if !found.is_empty() && mode_of(matter.policy, rule) != Mode::Off {
            breaches.extend(found);
        }
    }
    for earlier in known {
        let holds = |breach: &Breach| breach.rule == earlier.rule && breach.clock == earlier.clock;
        if !breaches.iter().any(holds) {
            changes.extend(fall::of(earlier, matter));
        }
    }
    for breach in breaches {
        let same = |known: &&Known| known.rule == breach.rule && known.clock == breach.clock;
        let (before, known) = (changes.len(), known.iter().find(same));
        let moved = moves::news(known, &breach, moves);
        step(known, breach, matter.policy, &mut changes);
        if changes.len() == before {
            changes.extend(moved);
        }
    }
    changes
}

/// A breach against what is known of it.
fn step(known: Option<&Known>, mut breach: Breach, policy: &Policy, changes: &mut Vec<Change>) {
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
    if breach.card < known.card && known.standing != Standing::Revoked {
        changes.push(Change::Revoke { id: known.id, why: breach.why.clone() });
        changes.push(Change::Reopen { id: known.id, breach, review });
    } else if breach.card > known.card {
        changes.push(Change::Escalate { id: known.id, breach, review });
    } else if known.standing == Standing::Revoked || (!open && breach.ongoing) {
        changes.push(Change::Reopen { id: known.id, breach, review });
    } else if !open {
        return; // Closed late, and so it stays.
    }
    changes.extend(over.map(|breach| resolve(id, breach.why, breach.rule, &breach.clock)));
}

fn resolve(id: Option<i64>, why: Sentence, rule: &'static str, clock: &str) -> Change {
    Change::Resolve { id, rule, clock: clock.to_owned(), why }
}
