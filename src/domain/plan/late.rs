//! Who may lift a card: what was entered after its letter had left does not do so by itself.

use std::cmp::Ordering;

use super::step::resolve;
use super::{CaseFile, late_by, mode};
use crate::domain::count::working_days_late;
use crate::domain::finding::{Change, Known, Mode, Standing};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::runs::is_over;
use crate::domain::record::{Header, Trace, TraceKind, chronological};
use crate::domain::rules::time_limit::short;
use crate::domain::rules::{self, Breach, Matter, Sentence};

/// What a source said of a thing, and since when that was on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// What it said; `None`: nothing any more.
    pub value: Option<T>,
    /// When it was entered; `None`: before anybody watched, or it is another reading of the same record.
    pub entered: Option<Moment>,
    /// When a round read it.
    pub seen: Moment,
    /// It may say something else only because the source is read by another mapping.
    pub remapped: bool,
}

/// Everything a source said of a case, version by version, in the order in which it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Of each slot of the case.
    pub slots: Vec<Vec<Version<Trace>>>,
    /// Of the case itself.
    pub headers: Vec<Version<Header>>,
}

/// When a fact was entered: by the source's own word (`recorded`), else when it was first read; and never before the last
/// reading in which it was not there (`unseen`), less the time by which the source lags behind. What the first reading of a
/// source brings has the benefit of the doubt.
pub fn entered(recorded: Option<Moment>, seen: Moment, unseen: Option<Moment>) -> Option<Moment> {
    match (recorded, unseen) {
        (Some(said), Some(unseen)) if said.order(&unseen) == Ordering::Less => Some(unseen),
        (Some(said), _) => Some(said),
        (None, unseen) => unseen.map(|_| seen),
    }
}

impl History {
    /// The case as it stood on record before a moment, with what happened since.
    fn at(&self, file: &CaseFile, moment: Moment) -> CaseFile {
        let mut traces: Vec<Trace> =
            self.slots.iter().filter_map(|slot| as_of(slot, moment)?.value.clone()).collect();
        chronological(&mut traces);
        let header = standing(&self.headers, moment).and_then(|version| version.value.clone());
        CaseFile {
            header: header.or_else(|| file.header.clone()),
            traces,
            history: None,
            known: Vec::new(),
            held: Vec::new(),
            ..file.clone()
        }
    }

    /// What was entered after a moment, as people read it: what was said before, what is said now, and when it came.
    fn since(&self, moment: Moment) -> Vec<Sentence> {
        let mut said = Vec::new();
        for slot in &self.slots {
            let (before, now) = (as_of(slot, moment), slot.last());
            if let Some(now) = now.filter(|now| before.is_none_or(|before| before != *now)) {
                let before = before.and_then(|it| it.value.as_ref());
                said.extend(changed(before.map(trace_words), now.value.as_ref().map(trace_words), now));
            }
        }
        let (before, now) = (standing(&self.headers, moment), self.headers.last());
        let headers = before.and_then(|it| it.value.as_ref()).zip(now.and_then(|it| it.value.as_ref()));
        if let (Some((old, new)), Some(now)) = (headers, now) {
            let words = header_words(old, new).into_iter();
            said.extend(words.filter_map(|(old, new)| changed(Some(old), Some(new), now)));
        }
        said
    }
}

/// The last version that was on record before a moment.
fn standing<T>(versions: &[Version<T>], moment: Moment) -> Option<&Version<T>> {
    let by_then =
        |version: &&Version<T>| version.entered.is_none_or(|at| at.order(&moment) == Ordering::Less);
    versions.iter().rfind(by_then)
}

/// What puts off the day on which a case is due, also where it happened after a letter.
const MOVES_A_LIMIT: [TraceKind; 5] = [
    TraceKind::Extended,
    TraceKind::Paused,
    TraceKind::Resumed,
    TraceKind::SupplementRequested,
    TraceKind::SupplementReceived,
];

/// What a slot said by a moment. What is said to have happened since could not be entered before: where the slot was empty, it
/// counts as it was said last; but for what moves a limit, as that is what lifts a card.
fn as_of(slot: &[Version<Trace>], moment: Moment) -> Option<&Version<Trace>> {
    let by_then = standing(slot, moment).filter(|version| version.value.is_some());
    let since = |version: &&Version<Trace>| {
        version.value.as_ref().is_some_and(|trace| {
            !MOVES_A_LIMIT.contains(&trace.kind) && trace.occurred.order(&moment) != Ordering::Less
        })
    };
    by_then.or_else(|| slot.iter().rfind(since))
}

fn trace_words(trace: &Trace) -> Sentence {
    let when = short(trace.occurred);
    let mut words =
        Sentence { zh: format!("{} {when}", trace.kind.zh()), en: format!("`{}` {when}", trace.kind) };
    if let Some(unit) = &trace.unit {
        words.zh += &format!("，单位“{unit}”");
        words.en += &format!(", unit `{unit}`");
    }
    if let Some(asked) = trace.asked.map(short) {
        words.zh += &format!("，申请于 {asked}");
        words.en += &format!(", asked for {asked}");
    }
    words
}

/// What differs between two versions of the case's own row.
pub fn header_words(before: &Header, after: &Header) -> Vec<(Sentence, Sentence)> {
    let mut words = Vec::new();
    let say = |zh: &str, en: &str, value: &str| Sentence {
        zh: format!("{zh}“{value}”"),
        en: format!("{en} `{value}`"),
    };
    let mut differ = |zh: &str, en: &str, old: &str, new: &str| {
        if old != new {
            words.push((say(zh, en, old), say(zh, en, new)));
        }
    };
    differ("事项", "item", &before.item, &after.item);
    let unit = |header: &Header| header.unit.clone().unwrap_or_default();
    differ("单位", "unit", &unit(before), &unit(after));
    let mut names: Vec<&str> =
        before.dates.iter().chain(&after.dates).map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let day = |header: &Header| header.date(name).map(short).unwrap_or_default();
        differ(&format!("日期 {name} "), &format!("date {name}"), &day(before), &day(after));
    }
    words
}

fn changed<T>(before: Option<Sentence>, after: Option<Sentence>, version: &Version<T>) -> Option<Sentence> {
    let seen = short(version.entered.unwrap_or(version.seen));
    let (entered_zh, entered_en) = if version.remapped {
        ("按更改后的映射读出", "read by another mapping")
    } else {
        ("录入", "entered")
    };
    Some(match (before, after) {
        (Some(old), Some(new)) => Sentence {
            zh: format!("{} 改为 {}（{seen} {entered_zh}）", old.zh, new.zh),
            en: format!("{} was changed to {} ({entered_en} {seen})", old.en, new.en),
        },
        (None, Some(new)) => Sentence {
            zh: format!("补录{}（{seen} {entered_zh}）", new.zh),
            en: format!("{} was added ({entered_en} {seen})", new.en),
        },
        (Some(old), None) => Sentence {
            zh: format!("删去{}（{seen} 发现）", old.zh),
            en: format!("{} was taken out (seen {seen})", old.en),
        },
        (None, None) => return None,
    })
}

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
        let weighed = weigh(known, file, |as_told| late_by(as_told, matter));
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

/// So often a supervisor is reminded of what waits for a decision.
const REMINDERS: u32 = 3;

/// The words of a reminder of what has waited for a decision since a moment, if one is due.
pub fn reminder(since: Moment, last: Moment, reminders: u32, policy: &Policy, now: &Now) -> Option<Sentence> {
    let today = Moment::instant(now.instant);
    let days = working_days_late(&policy.calendar, policy.zone, &last, &today).unwrap_or(0);
    let since = short(since);
    (reminders < REMINDERS && days >= policy.pressing.remind_every).then(|| Sentence {
        zh: format!("自 {since} 起待核撤，至今没有决定"),
        en: format!("its withdrawal has waited for a decision since {since}"),
    })
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

/// Weighs a card that was told and would fall by what is on record now. `breaches` gives what is found of a case by the
/// policy in force.
fn weigh(known: &Known, file: &CaseFile, breaches: impl FnOnce(&CaseFile) -> Vec<Breach>) -> Weighed {
    let (Some(told), Some(history)) = (known.told, file.history.as_deref()) else { return Weighed::Falls };
    let same_unit =
        |breach: &Breach| breach.unit.is_none() || known.unit.is_none() || breach.unit == known.unit;
    let stands = |breach: &Breach| {
        breach.rule == known.rule
            && breach.clock == known.clock
            && breach.card >= known.card
            && same_unit(breach)
    };
    if !breaches(&history.at(file, told)).iter().any(stands) {
        return Weighed::Falls;
    }
    let later = |seen: Moment| known.upheld.is_some_and(|upheld| seen.order(&upheld) == Ordering::Greater);
    let seen = history.slots.iter().flatten().map(|version| version.seen);
    let newer = seen.chain(history.headers.iter().map(|version| version.seen)).any(later);
    if known.contested || (known.upheld.is_some() && !newer) {
        return Weighed::Stands;
    }
    let facts = history.since(told);
    if facts.is_empty() {
        return Weighed::Falls;
    }
    let join = |words: fn(&Sentence) -> &str, between: &str| {
        facts.iter().map(words).collect::<Vec<_>>().join(between)
    };
    let told = short(told);
    let why = Sentence {
        zh: format!(
            "{told} 告知之后，{}；按现有记录该牌不再成立或者不再由该单位承担，须经监察人员核定",
            join(|it| &it.zh, "；")
        ),
        en: format!(
            "after it was told at {told}: {}; by the record as it now stands the card falls or is another unit's, and a supervisor decides",
            join(|it| &it.en, "; ")
        ),
    };
    Weighed::Contested(Change::Contest { id: known.id, why })
}
