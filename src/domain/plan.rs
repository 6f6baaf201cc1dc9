//! What a round will do with a case and why, before anything is done.

mod fall;
mod faulty;
pub mod hold;
pub mod late;
mod moves;
pub mod press;
mod preview;
pub mod question;
mod runs;
mod step;
mod unit;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::case_file::{CaseFile, Counted, Marks};
use super::clock::{self, Reading};
use super::finding::{Change, Known};
use super::moment::Moment;
use super::now::Now;
use super::policy::Policy;
use super::record::holders::Holders;
use super::record::runs::{begun_on, is_over, runs as record_runs};
use super::record::{Header, Kinds, Trace, chronological};
use super::registry::Item;
use super::rules::{self, Matter, PER_RUN, RULES, Rule, data_fault, ending, vanished};
use crate::domain::card::Mode;
use crate::domain::finding::Breach;
use crate::domain::stock::Ended;
use crate::domain::text::Sentence;
use late::Weighed;
pub use moves::says_due_day;
pub use preview::{By, CardMove, Preview, Stand, preview, preview_as_it_stands};

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

crate::domain::text::words!(CaseState {
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
    /// Which unit had it when, where it was handed over.
    pub handed_over: Option<Holders>,
}

impl Judgement<'_> {
    /// Of a case of which nothing is judged yet.
    fn not_yet(
        case: i64,
        active: Option<(NaiveDate, NaiveDate)>,
        to_come: Option<DateTime<FixedOffset>>,
    ) -> Self {
        Self {
            case,
            state: CaseState::Fault,
            clocks: Vec::new(),
            next_change_at: to_come,
            active,
            moves: Vec::new(),
            counted: None,
            ended: None,
            changes: Vec::new(),
            handed_over: None,
        }
    }
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
    let item = file.item(policy);
    let faults = data_fault::faults(policy, file.header.as_ref(), item, &file.traces, &file.spoilt, now);
    let supervised = match (policy.supervise_from, active) {
        (Some(from), Some((first, _))) => first >= from,
        _ => true,
    };
    let mut judgement = Judgement::not_yet(file.id, active, to_come);
    let (Some(item), Some(header)) = (item, &file.header) else {
        let hold = hold::standing(file, &file.traces, &[], policy, &file.believed(now));
        let fault = data_fault::breach(policy, &faults, hold).into_iter();
        let breaches = fault.chain(vanished::breach(policy, file.vanished.as_ref(), &[]));
        let breaches = breaches.filter(|_| supervised);
        // It began all the same: an item whose records are faulty has not gone quiet.
        let begun_on = active.map(|(first, _)| first);
        judgement.counted = item.map(|_| Counted { begun_on, ..file.counted.clone() });
        judgement.changes = set_aside(&file.known, breaches, policy);
        let to_come = to_come.or(file.future(now)).into_iter();
        judgement.next_change_at = to_come.chain(hold.and_then(|hold| hold.ends_at(policy))).min();
        return judgement;
    };
    let sound = (!faults.is_empty()).then(|| data_fault::sound(&file.traces, &file.revisions, now));
    let now = &file.believed(now);
    if let Some(sound) = sound {
        let faults = supervised.then_some(&faults[..]);
        faulty::judge(&mut judgement, (file, &sound), policy, (header, item), now, faults);
        return judgement;
    }
    judgement.clocks = clock::read(policy, item, header, &file.traces, now);
    judgement.state = state_of(file, &judgement.clocks);
    judgement.next_change_at =
        judgement.clocks.iter().filter_map(|clock| clock.next_change_at).chain(to_come).min();
    judgement.moves = moves::of(file, &judgement.clocks, policy);
    let holders = file.holders(item, policy);
    let mut matter = matter(file, &file.traces, (header, item), &judgement.clocks, policy, now, &holders);
    let of_runs = runs::of(&matter);
    matter.marks = runs::marks(&matter, &of_runs);
    let ended = record_runs(&file.traces).next().and_then(ending::how);
    let later = runs::later(&file.traces);
    judgement.counted =
        Some(Counted { begun_on: active.map(|(first, _)| first), ended, marks: matter.marks, later });
    if supervised {
        judgement.ended = ending::of(&matter);
        let weighed = late::weigh(file, &matter);
        judgement.next_change_at =
            weighed.iter().filter_map(|it| it.next_change_at).chain(judgement.next_change_at).min();
        judgement.changes = changes(&matter, &of_runs, &file.known, &judgement.moves, &weighed);
    }
    let by_its_row = header.unit.as_deref().or(Some(&item.unit));
    let moved = holders.hand_overs().next().is_some() || holders.last() != by_its_row;
    judgement.handed_over = Some(holders).filter(|_| moved);
    judgement
}

fn state_of(file: &CaseFile, clocks: &[Reading<'_>]) -> CaseState {
    let given_up = || clocks.iter().any(|clock| clock.given_up(&file.traces).is_some());
    let struck_out = || file.struck_out > 0 && file.traces.is_empty();
    if is_over(&file.traces) || given_up() || struck_out() { CaseState::Closed } else { CaseState::Open }
}

/// A case in the form rules judge it, its marks not counted yet.
fn matter<'a>(
    file: &'a CaseFile,
    traces: &'a [Trace],
    (header, item): (&'a Header, &'a Item),
    clocks: &'a [Reading<'a>],
    policy: &'a Policy,
    now: &'a Now,
    holders: &'a Holders,
) -> Matter<'a> {
    Matter {
        header,
        item: item.on(|| record_runs(traces).last().and_then(begun_on)),
        traces,
        kinds: Kinds::of(traces),
        clocks,
        policy,
        now,
        revisions: &file.revisions,
        headers: &file.headers,
        holders,
        first_seen: file.first_seen,
        vanished: file.vanished.as_ref(),
        earlier: file.earlier.as_ref(),
        marks: Marks::default(),
    }
}

fn mode(policy: &Policy, id: &str) -> Mode {
    rules::rule(id).map_or(Mode::Auto, |rule| mode_of(policy, rule))
}

fn mode_of(policy: &Policy, rule: &Rule) -> Mode {
    policy.rules.get(rule.id).map_or(rule.mode, |setting| setting.mode)
}

/// A case of which nothing can be judged: only what is wrong with its record is raised or goes on, and nothing closes.
fn set_aside(known: &[Known], breaches: impl Iterator<Item = Breach>, policy: &Policy) -> Vec<Change> {
    let mut changes = Vec::new();
    for breach in breaches.filter(|breach| mode(policy, breach.rule) != Mode::Off) {
        let earlier = known.iter().find(|known| known.rule == breach.rule);
        step::of(earlier, breach, policy, &mut changes);
    }
    changes
}

fn changes(
    matter: &Matter<'_>,
    of_runs: &[Matter<'_>],
    known: &[Known],
    moves: &[Move],
    weighed: &[Weighed],
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut breaches: Vec<Breach> = Vec::new();
    for rule in &RULES {
        let found = match of_runs {
            [_, ..] if PER_RUN.contains(&rule.id) => {
                of_runs.iter().map(rule.judge).find(|found| !found.is_empty()).unwrap_or_default()
            }
            _ => (rule.judge)(matter),
        };
        if !found.is_empty() && mode_of(matter.policy, rule) != Mode::Off {
            breaches.extend(found);
        }
    }
    unit::held_against(&mut breaches, known, matter);
    late::put_in(weighed, &mut breaches);
    for earlier in known {
        let holds = |breach: &Breach| breach.rule == earlier.rule && breach.clock == earlier.clock;
        let rests = weighed.iter().any(|it| it.keeps(earlier));
        if !rests && !breaches.iter().any(holds) {
            changes.extend(fall::of(earlier, matter, moves));
        }
    }
    for breach in breaches {
        let same = |known: &&Known| known.rule == breach.rule && known.clock == breach.clock;
        let (before, known) = (changes.len(), known.iter().find(same));
        // Whoever was told of a card in question was told of no other day.
        let told = weighed.iter().any(|it| it.concerns(&breach));
        let moved = moves::news(known, &breach, moves).filter(|_| !told);
        step::of(known, breach, matter.policy, &mut changes);
        if changes.len() == before {
            changes.extend(moved);
        }
    }
    changes.extend(weighed.iter().flat_map(|it| it.changes.iter().cloned()));
    changes
}
