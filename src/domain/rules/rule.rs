//! A rule, and a case in the form rules judge it.

use crate::domain::calendar::Calendar;
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{Earlier, HeaderChange, Marks, Revision, Vanished};
use crate::domain::clock::Reading;
use crate::domain::finding::{Breach, Known};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::{Policy, RuleSetting};
use crate::domain::record::columns::is_before_it_happened;
use crate::domain::record::holders::Holders;
use crate::domain::record::runs::is_over;
use crate::domain::record::{Header, Kinds, Trace, TraceKind};
use crate::domain::registry::Item;
use crate::domain::text::Text;

/// A rule: its identity and its judgement.
pub struct Rule {
    /// Id, never renamed or reused.
    pub id: &'static str,
    /// What it says, in one sentence, for docs/rules.md.
    pub meaning: &'static str,
    /// Mode unless configured.
    pub mode: Mode,
    /// Card unless configured; `None`: the card table decides.
    pub card: Option<Card>,
    /// What it has in common with others.
    pub properties: &'static [Property],
    /// Judges a case that holds no contradiction; `None`: what is found is no matter of one sound case, and others find it.
    pub judge: Option<fn(&CaseView<'_>) -> Vec<Breach>>,
}

/// What a rule has in common with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// It asks what was seen when, so it needs somebody to have looked on: a past that is read in one go gives it nothing.
    NeedsWitness,
    /// It is a rule of clocks: it judges a case with a data fault too.
    OfClocks,
    /// It asks for an answer though it gives no card: it is reminded of and goes one level up like one, so that nobody gains by a
    /// record that contradicts itself or is gone.
    AsksForAnswer,
    /// A supervisor is told of its findings by letter while they wait for review; of all others the digest says how many wait.
    ToldToReview,
    /// Its findings are no card of anybody in any count: a record at fault, and a lateness that passed on with its case.
    Uncounted,
    /// It is about many cases and known by what a person typed.
    KnownByText,
    /// It tells of a clock which is not its own: the one that runs on the case.
    NamesClockOfCase,
    /// It allows a length of time (`within`).
    TakesWithin,
    /// It looks at one run of a case at a time, where it has several.
    PerRun,
}

/// A case in the form rules judge it.
#[derive(Clone, Copy)]
pub struct CaseView<'a> {
    /// What the source says of the case.
    pub header: &'a Header,
    /// Its item.
    pub item: &'a Item,
    /// Its traces, in chronological order.
    pub traces: &'a [Trace],
    /// Their kinds.
    pub kinds: Kinds,
    /// Its clocks as they stand.
    pub clocks: &'a [Reading<'a>],
    /// What judges.
    pub policy: &'a Policy,
    /// As of when.
    pub now: &'a Now,
    /// What its source said differently before.
    pub revisions: &'a [Revision],
    /// What it said differently of the case itself.
    pub headers: &'a [HeaderChange],
    /// What was found of it so far.
    pub known: &'a [Known],
    /// Which unit had it when.
    pub holders: &'a Holders,
    /// When it first appeared in a source that was being watched.
    pub first_seen: Option<Moment>,
    /// Rows of it that are gone from the source.
    pub vanished: Option<&'a Vanished>,
    /// The earlier case that it names, if that one was withdrawn.
    pub earlier: Option<&'a Earlier>,
    /// What its traces hold of what they should.
    pub marks: Marks,
}

impl CaseView<'_> {
    /// What the configuration says of a rule.
    pub(in crate::domain) fn setting(&self, id: &str) -> Option<&RuleSetting> {
        self.policy.rules.get(id)
    }

    /// The first trace of a kind.
    pub(in crate::domain) fn first(&self, kind: TraceKind) -> Option<&Trace> {
        if self.kinds.has(kind) { self.traces.iter().find(|trace| trace.kind == kind) } else { None }
    }

    /// Whether the case is over: the last of its runs.
    pub(in crate::domain) fn is_over(&self) -> bool {
        is_over(self.traces)
    }

    /// The working days of the case.
    pub(in crate::domain) fn calendar(&self) -> &Calendar {
        self.policy.calendar_of(self.item, self.header.unit.as_deref())
    }

    /// When a trace was entered, as it was first said: a time of entry that moves whenever a row is touched is known from
    /// what the ledger read before. Entered before it happened it cannot be: then nobody knows.
    pub(in crate::domain) fn entered(&self, trace: &Trace) -> Option<Moment> {
        let before = self.revisions.iter().filter(|it| it.before.kind == trace.kind);
        let first = before.filter_map(|it| it.before.recorded).chain(trace.recorded).min_by_key(Moment::at);
        first.filter(|at| !is_before_it_happened(trace.occurred, *at))
    }

    /// The breach of a rule on traces: it stands until the record says otherwise.
    pub(in crate::domain) fn found(&self, rule: &Rule, why: Text) -> Vec<Breach> {
        let card = self.setting(rule.id).map(|setting| setting.card).or(rule.card).unwrap_or(Card::Notice);
        vec![Breach {
            rule: rule.id,
            clock: String::new(),
            card,
            ongoing: true,
            passed: true,
            unit: None,
            why,
        }]
    }
}
