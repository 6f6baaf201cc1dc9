//! What is known of a case when it is judged.

mod beginning;
mod history;
mod hold;
mod marks;
mod planned;
mod revision;
mod words;

use std::cmp::Ordering;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::finding::Known;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::holders::Holders;
use crate::domain::record::spot::Place;
use crate::domain::record::{Header, Meaning, Spoilt, Trace, TraceKind, chronological};
use crate::domain::registry::Item;
pub use beginning::unbegun;
pub(in crate::domain) use beginning::words as taken_out_words;
pub(super) use history::Changed;
pub use history::{History, Version, entered};
pub use hold::{CaseCourse, Hold, HoldState};
pub use marks::Marks;
pub use revision::{Revision, is_ahead, only_moved};
pub(in crate::domain) use revision::{latest, said_before};
pub use words::header_words;
pub(super) use words::{entry, named, trace_words};

/// Id of the rule that a record is at fault.
pub(in crate::domain) const DATA_FAULT: &str = "data-fault";

/// A case as the ledger holds it: what its source said of it, and what we said.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// Row of the case in the ledger.
    pub id: i64,
    /// Row of its source.
    pub source: i64,
    /// The case's number.
    pub number: String,
    /// What the source says of the case, if it ever did.
    pub header: Option<Header>,
    /// Its traces, in any order.
    pub traces: Vec<Trace>,
    /// Its rows now in quarantine.
    pub spoilt: Vec<Spoilt>,
    /// Since when it is held, where one of them has a code that no mapping knows.
    pub hold: Option<Hold>,
    /// The findings on it so far.
    pub known: Vec<Known>,
    /// Its clocks as they were last judged.
    pub held: Vec<Held>,
    /// What its source said differently before, in the order in which it was read.
    pub revisions: Vec<Revision>,
    /// What it said differently before of the case itself, in the order in which it was read.
    pub headers: Vec<HeaderChange>,
    /// Every version of what was said, where a card of the case was told; `None` otherwise: nothing is to be weighed.
    pub history: Option<Box<History>>,
    /// How far its source can be believed: passing time alone gives a card only up to there; `None`: up to now.
    pub complete_until: Option<DateTime<FixedOffset>>,
    /// By what mapping its source is read now, where it was read by another one before.
    pub remapped: Option<Remapped>,
    /// When anything of it was first read.
    pub met: Moment,
    /// When it first appeared in a source that was being watched; `None` for what came by a first reading, or after one
    /// that failed.
    pub first_seen: Option<Moment>,
    /// Rows of it that are gone from the source, and of which nobody has said yet that they were rightly deleted: what they said
    /// last stands among the traces.
    pub vanished: Option<Vanished>,
    /// How many rows are gone of which a supervisor said that they were rightly deleted: they are not among the traces.
    pub struck_out: u32,
    /// Name of its source, where it has been decided or closed and nothing says that it had begun.
    pub unbegun_in: Option<String>,
    /// The number that it shares with others, while it does.
    pub doubled: Option<Doubled>,
    /// The earlier case that it names, if that one was withdrawn.
    pub earlier: Option<Earlier>,
    /// How it counted so far in the measures of its traces.
    pub counted: Counted,
}

impl CaseFile {
    /// The case as it stood on record before a moment, with what happened since; and, where a supervisor was asked of it, with
    /// what was read only after that (`asked`) and never said before. `None` where nothing is to be weighed.
    pub(in crate::domain) fn on_record(&self, moment: Moment, asked: Option<Moment>) -> Option<Self> {
        let (mut traces, header) = self.history.as_deref()?.at(moment, asked);
        // What had been emptied by then counted on, and the card that came of it rests on it.
        let by_then = asked.unwrap_or(moment);
        let read = |it: &&Revision| it.seen_at.order(&by_then) != Ordering::Greater;
        // So did what was said before of a time that lay in the future by then.
        let latest = latest(by_then.at());
        for trace in traces.iter_mut().filter(|trace| trace.occurred.at() > latest) {
            let past = |before: &&Trace| before.occurred.at() <= latest;
            let before = said_before(trace, self.revisions.iter().filter(read)).find(past).cloned();
            if let Some(before) = before {
                *trace = before;
            }
        }
        chronological(&mut traces);
        let begun: Vec<Trace> = self.taken_out(&traces, self.revisions.iter().filter(read));
        if !begun.is_empty() {
            traces.extend(begun);
            chronological(&mut traces);
        }
        Some(Self {
            header: header.or_else(|| self.header.clone()),
            traces,
            history: None,
            known: Vec::new(),
            held: Vec::new(),
            ..self.clone()
        })
    }

    /// Beginnings that were taken out of its record: by that, like by a row that is gone, nobody escapes. They count on until they are
    /// put back, or a person has withdrawn that very fault.
    pub(in crate::domain) fn beginnings_taken_out(&self) -> Vec<Trace> {
        self.taken_out(&self.traces, self.revisions.iter())
    }

    fn taken_out<'r>(
        &self,
        traces: &[Trace],
        revisions: impl DoubleEndedIterator<Item = &'r Revision>,
    ) -> Vec<Trace> {
        if self.revisions.is_empty() {
            return Vec::new();
        }
        let withdrawn = self
            .known
            .iter()
            .find(|known| known.rule == DATA_FAULT)
            .and_then(|known| known.withdrawn.as_ref());
        let stands =
            |out: &&Revision| withdrawn.is_none_or(|withdrawn| !beginning::is_withdrawn(out, withdrawn));
        beginning::taken_out(traces, revisions)
            .into_iter()
            .filter(stands)
            .map(|out| out.before.clone())
            .collect()
    }

    /// The moment up to which passing time alone can tell of it.
    pub fn believed(&self, now: &Now) -> Now {
        self.complete_until.map_or(*now, |until| Now { instant: now.instant.min(until), ..*now })
    }

    /// Its item as the catalogue says it for what was met when this case was. A code that the catalogue does not know takes a case
    /// from no item: then it is the one that was last known. `None`: its row is not known, or none of its items is.
    pub fn item<'p>(&self, policy: &'p Policy) -> Option<&'p Item> {
        let known = |header: &Header| policy.registry.items.get(&header.item);
        let before = || self.headers.iter().rev().find_map(|change| known(&change.before));
        let item = known(self.header.as_ref()?).or_else(before)?;
        Some(item.for_met(self.met.at()))
    }

    /// Sets aside what is planned until its time has come, so that it neither ends nor moves a clock before; gives when the first of it
    /// comes.
    pub fn set_planned_aside(&mut self, now: &Now) -> Option<DateTime<FixedOffset>> {
        let latest = latest(now.instant);
        let past = |trace: &Trace| trace.occurred.at() <= latest;
        if self.traces.iter().all(past) {
            return None;
        }
        let begun = self.traces.iter().any(past) || !self.beginnings_taken_out().is_empty();
        // Where anything has happened, an application is none to which somebody was asked to come.
        let again = |trace: &Trace| begun && trace.kind == TraceKind::Applied;
        let is_planned = |trace: &Trace| !again(trace) && planned::is_planned(trace, &self.revisions, now);
        let (aside, rest): (Vec<_>, Vec<_>) = self.traces.iter().cloned().partition(is_planned);
        self.traces = rest;
        aside.iter().map(|trace| trace.occurred.at()).min()
    }

    /// A time in the future comes to pass, or so near that it may be planned.
    pub(in crate::domain) fn future(&self, now: &Now) -> Option<DateTime<FixedOffset>> {
        let comes = |trace: &Trace| [planned::planned_from(trace), Some(trace.occurred.at())];
        self.traces.iter().flat_map(comes).flatten().filter(|at| *at > now.instant).min()
    }

    /// Which unit had a case when: by its events, else by its own row, else by the catalogue. A unit that the registry does not know
    /// takes a case from nobody.
    pub fn holders<'a>(&'a self, item: &'a Item, policy: &Policy) -> Holders {
        let known = |unit: &str| policy.registry.units.contains_key(unit);
        let mut last = &item.unit[..];
        let mut unit = |header: &'a Header| {
            last = match header.unit.as_deref() {
                None => &item.unit,
                Some(unit) if known(unit) => unit,
                Some(_) => last,
            };
            last
        };
        let former: Vec<_> =
            self.headers.iter().map(|change| (unit(&change.before), change.seen_at)).collect();
        let now = self.header.as_ref().map(unit);
        Holders::of(&self.traces, known, &former, now)
    }
}

/// A source that is read by another mapping than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remapped {
    /// Its name.
    pub source: String,
    /// When it was first read so.
    pub at: Moment,
}

/// A case that was withdrawn and is named by a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its number.
    pub number: String,
    /// When it was withdrawn.
    pub withdrawn_at: Moment,
    /// When it was due.
    pub due_at: Option<Moment>,
}

/// How a case counts in what is measured of its item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// The day on which it began.
    pub begun_on: Option<NaiveDate>,
    /// The day on which it ended, and how.
    pub ended: Option<(NaiveDate, Meaning)>,
    /// Its traces.
    pub marks: Marks,
    /// Its runs after the first: when each began, and when and how it ended.
    pub later: Vec<LaterRun>,
}

/// A run of a case that was accepted again: the day on which it began, and when and how it ended.
pub type LaterRun = (NaiveDate, Option<(NaiveDate, Meaning)>);

/// Rows that a source no longer has. What they said is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// How many.
    pub rows: u32,
    /// When a sweep first missed one of them.
    pub missed_at: Moment,
    /// The last mail before that which told of the case.
    pub told_at: Option<Moment>,
    /// Numbers of cases that came since it was last seen and say what its rows said: it may be one of them, under another number.
    pub likely: Vec<String>,
}

/// A number that stands twice in a source, in rows that are no versions of one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubled {
    /// The number as it stands there.
    pub number: String,
    /// Where.
    pub places: Vec<Place>,
}

/// What a case's own row said before, and when something else took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderChange {
    /// What it said.
    pub before: Header,
    /// What took its place.
    pub after: Header,
    /// When that was read.
    pub seen_at: Moment,
    /// The last mail before that which told of the case.
    pub told_at: Option<Moment>,
    /// It may come of reading by another mapping, and is no act of the office.
    pub remapped: bool,
}

/// A clock as it was last judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Key of the clock's run.
    pub clock: String,
    /// When it was due; `None` while a pause was open.
    pub due: Option<Moment>,
    /// What judged it.
    pub by: Arc<JudgedBy>,
}

/// What judged in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedBy {
    /// Version of the policy.
    pub policy: String,
    /// Version of its calendar, where that is known.
    pub calendar: Option<String>,
    /// When the round began.
    pub at: Moment,
}
