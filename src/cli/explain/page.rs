//! What the page of a case says, before it is text, HTML or data.

use std::borrow::Cow;

use serde::Serialize;

use crate::cli::mail::letter_state;
use crate::cli::word;
use crate::domain::card::Card;
use crate::domain::case_file::{CaseFile, HoldState};
use crate::domain::clock::{self, Reading};
use crate::domain::now::Now;
use crate::domain::plan::hold;
use crate::domain::plan::late::Dispute;
use crate::domain::policy::Policy;
use crate::domain::record::holders::HandOver;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::rules::data_fault::Fault;
use crate::domain::rules::{self, data_fault};
use crate::domain::text::{Language, Text, say};
use crate::edge::ledger::{CaseStory, StoryErasure, StoryLetter};

/// A name and what it says.
pub(super) type Line = (String, String);

/// The page, in one language.
#[derive(Serialize)]
pub(super) struct Page {
    pub title: String,
    pub as_of: String,
    pub head: Vec<Line>,
    pub traces: Vec<TraceLine>,
    pub faults: Vec<String>,
    pub clocks: Vec<ClockPart>,
    pub moves: Vec<String>,
    pub events: Vec<String>,
    pub letters: Vec<String>,
    pub versions: Vec<Line>,
    pub headings: Headings,
}

#[derive(Serialize)]
pub(super) struct Headings {
    pub traces: String,
    pub faults: String,
    pub moves: String,
    pub events: String,
    pub letters: String,
    pub count: String,
}

#[derive(Serialize)]
pub(super) struct TraceLine {
    pub when: String,
    pub what: String,
    pub by: Option<String>,
    pub note: Option<String>,
    /// What became of it, if it no longer stands.
    pub former: Option<String>,
}

#[derive(Serialize)]
pub(super) struct ClockPart {
    pub name: String,
    pub limit: String,
    pub state: String,
    pub card: Option<String>,
    pub colour: &'static str,
    pub lines: Vec<Line>,
    pub warnings: Vec<String>,
    pub steps: Vec<String>,
}

/// A case, what judges it, and in which language that is said.
pub(super) struct Case<'a> {
    pub story: &'a CaseStory,
    pub file: &'a CaseFile,
    pub policy: &'a Policy,
    pub now: &'a Now,
    /// It was judged so then; otherwise it is looked back at from today.
    pub reproduced: bool,
    /// Its cards of which a supervisor is asked whether they fall.
    pub disputes: Vec<Dispute>,
    pub language: Language,
}

impl<'a> Case<'a> {
    pub(super) fn words(&self, text: impl Into<Text>) -> String {
        text.into().words(self.language)
    }

    pub(super) fn all(&self, texts: impl IntoIterator<Item = Text>) -> Vec<String> {
        texts.into_iter().map(|text| text.words(self.language)).collect()
    }

    pub(super) fn line(&self, name: Text, value: impl Into<Text>) -> Line {
        (self.words(name), self.words(value))
    }

    fn faults(&self) -> Vec<Fault> {
        data_fault::of(self.file, self.file.item(self.policy), self.policy, self.now)
    }

    /// What is wrong with the record, and how long the case is held where that is the mapping's fault.
    fn fault_lines(&self) -> Vec<String> {
        let now = self.file.believed(self.now);
        let hold = hold::standing(self.file, &self.counted(), &self.clocks(None), self.policy, &now);
        let faults = self.faults().into_iter().map(|fault| fault.why).chain(hold.map(HoldState::why));
        self.all(faults)
    }

    /// The traces by which it is timed: without those that contradict.
    pub(super) fn counted(&self) -> Cow<'a, [Trace]> {
        if self.faults().is_empty() {
            return Cow::Borrowed(&self.file.traces);
        }
        Cow::Owned(data_fault::timed_by(self.file, self.now))
    }

    pub(super) fn clocks(&self, only: Option<&str>) -> Vec<Reading<'a>> {
        let header = self.file.header.as_ref();
        let item = self.file.item(self.policy);
        let (Some(header), Some(item)) = (header, item) else { return Vec::new() };
        let mut clocks =
            clock::read(self.policy, item, header, &self.counted(), &self.file.believed(self.now));
        clocks.retain(|clock| only.is_none_or(|only| only == clock.rule.id || only == clock.key()));
        clocks
    }

    /// The page of all clocks, or of one.
    pub fn page(&self, only: Option<&str>) -> Page {
        let at = self.now.instant.format("%Y-%m-%d %H:%M").to_string();
        let headings = Headings {
            traces: self.words(say!("explain-traces")),
            faults: self.words(if self.clocks(None).is_empty() {
                say!("explain-faults")
            } else {
                say!("explain-faults_timed")
            }),
            moves: self.words(say!("explain-moves")),
            events: self.words(say!("explain-events")),
            letters: self.words(say!("explain-letters")),
            count: self.words(say!("explain-day_by_day")),
        };
        let clocks = self.clocks(only);
        let mut parts: Vec<ClockPart> = clocks.iter().map(|clock| self.clock(clock)).collect();
        if only.is_none() {
            parts.extend(self.disputed_alone(&clocks));
        }
        Page {
            title: self.words(say!("explain-title", number = &self.story.number)),
            as_of: self.words(say!("explain-as_of", at)),
            head: self.head(),
            traces: self.traces(),
            faults: self.fault_lines(),
            clocks: parts,
            moves: self.moves(),
            events: self.events(),
            letters: self.letters(),
            versions: vec![
                self.line(say!("explain-version"), self.policy.version.as_str()),
                self.line(say!("explain-card_table"), self.words(self.policy.cards.title())),
                self.line(say!("explain-calendar"), self.policy.calendar.version()),
                self.line(say!("explain-office"), self.policy.office.as_str()),
            ],
            headings,
        }
    }

    fn head(&self) -> Vec<Line> {
        let mut head = Vec::new();
        if let Some(header) = &self.file.header {
            let registry = &self.policy.registry;
            let item = registry.items.get(&header.item);
            let holders = item.map(|item| self.file.holders(item, self.policy)).unwrap_or_default();
            let name = |code: &str| {
                registry.units.get(code).map_or_else(|| code.to_owned(), |unit| unit.name.clone())
            };
            let unit_name = holders.last().map_or_else(|| "?".to_owned(), name);
            let item_name = item.map_or("?", |item| item.name.as_str());
            head.push(self.line(say!("explain-item"), format!("{item_name} ({})", header.item)));
            head.push(self.line(say!("explain-unit"), unit_name));
            head.extend(holders.hand_overs().map(|HandOver { at, from, to }| {
                let from = from.map(name).unwrap_or_default();
                self.line(
                    say!("explain-handed_over"),
                    format!("{} {from} → {}", at.to_the_minute(), name(to)),
                )
            }));
        }
        head.push(self.line(say!("explain-source"), self.story.source.as_str()));
        if let Some(StoryErasure { on, by, why }) = &self.story.erased {
            let said = match by {
                Some(by) => say!("explain-erased_by", on, by, why),
                None => say!("explain-erased_for", on, why),
            };
            head.push(self.line(say!("explain-erased"), said));
        }
        if self.reproduced {
            head.push(self.line(say!("explain-judged"), say!("explain-judged_then")));
        } else if self.now.replay {
            head.push(self.line(say!("explain-judged"), say!("explain-judged_now")));
        }
        head
    }

    fn traces(&self) -> Vec<TraceLine> {
        let line = |trace: &crate::edge::ledger::StoryTrace| {
            let kind = self.words(word(trace.kind.as_deref().unwrap_or_default(), TraceKind::text));
            let stage = trace.stage.as_deref().map(|stage| format!(" {stage}")).unwrap_or_default();
            let when = trace.occurred_at.as_deref();
            TraceLine {
                when: when.map_or_else(|| self.words(say!("explain-emptied")), |when| when.replace('T', " ")),
                what: format!("{kind}{stage}"),
                by: trace.by.clone(),
                note: trace.note.clone(),
                former: (!trace.current).then(|| self.words(say!("explain-changed"))),
            }
        };
        self.story.traces.iter().map(line).collect()
    }

    fn moves(&self) -> Vec<String> {
        let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "—".to_owned());
        let line = |it: &crate::edge::ledger::HistoryMove| {
            let when = it.at.chars().take(16).collect::<String>().replace('T', " ");
            let (before, after) = (day(&it.due_before), day(&it.due_after));
            format!("{when}  {}  {before} → {after}  {}", self.clock_name(&it.clock), it.why)
        };
        self.story.moves.iter().map(line).collect()
    }

    pub(super) fn clock_name(&self, key: &str) -> String {
        let rule = self.policy.clock(key, None, None);
        rule.map_or_else(|| key.to_owned(), |rule| self.words(rule.name_of(key)))
    }

    fn events(&self) -> Vec<String> {
        let line = |event: &crate::edge::ledger::HistoryEvent| {
            let card = self.words(word(&event.card, Card::text));
            let rule = rules::name(&event.rule).words(self.language);
            let when = event.at.chars().take(16).collect::<String>().replace('T', " ");
            let what = self.words(event.event.text());
            let clock = self.clock_name(&event.clock);
            let why = match event.waits {
                true => self.words(say!("explain-unreviewed", why = &event.why)),
                false => event.why.clone(),
            };
            format!("{when}  {what}  {card}  {rule} {clock}  {why}  [{}]", event.policy)
        };
        self.story.events.iter().map(line).collect()
    }

    fn letters(&self) -> Vec<String> {
        let line = |StoryLetter { written_at, to, subject, state }: &StoryLetter| {
            let when = written_at.chars().take(16).collect::<String>().replace('T', " ");
            format!("{when}  {to}  {subject}  [{}]", self.words(letter_state(state)))
        };
        self.story.letters.iter().map(line).collect()
    }
}
