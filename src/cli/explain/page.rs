//! What the page of a case says, before it is text, HTML or data.

use std::borrow::Cow;

use serde::Serialize;

use crate::domain::card::Card;
use crate::domain::case_file::{CaseFile, HoldState};
use crate::domain::clock::{self, Reading};
use crate::domain::now::Now;
use crate::domain::plan::hold;
use crate::domain::plan::late::Dispute;
use crate::domain::policy::Policy;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::rules::data_fault::Fault;
use crate::domain::rules::{self, data_fault};
use crate::domain::text::Language;
use crate::edge::ledger::CaseStory;

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
    pub traces: &'static str,
    pub faults: &'static str,
    pub moves: &'static str,
    pub events: &'static str,
    pub letters: &'static str,
    pub count: &'static str,
}

#[derive(Serialize)]
pub(super) struct TraceLine {
    pub when: String,
    pub what: String,
    pub by: Option<String>,
    pub note: Option<String>,
    /// What became of it, if it no longer stands.
    pub former: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ClockPart {
    pub name: String,
    pub limit: String,
    pub state: &'static str,
    pub card: Option<&'static str>,
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
    /// Its cards of which a supervisor is asked whether they fall.
    pub disputes: Vec<Dispute>,
    pub chinese: bool,
}

impl<'a> Case<'a> {
    pub(super) fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.chinese { zh } else { en }
    }

    pub(super) fn line(&self, zh: &str, en: &str, value: impl Into<String>) -> Line {
        (self.say(zh, en).to_owned(), value.into())
    }

    fn faults(&self) -> Vec<Fault> {
        data_fault::of(self.file, self.policy, self.now)
    }

    /// What is wrong with the record, and how long the case is held where that is the mapping's fault.
    fn fault_lines(&self) -> Vec<String> {
        let now = self.file.believed(self.now);
        let hold = hold::standing(self.file, &self.counted(), &self.clocks(None), self.policy, &now);
        let faults = self.faults().into_iter().map(|fault| fault.why).chain(hold.map(HoldState::why));
        faults.map(|fault| fault.words(Language::of(self.chinese)).to_owned()).collect()
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

    pub fn page(&self, only: Option<&str>, reproduced: bool) -> Page {
        let at = self.now.instant.format("%Y-%m-%d %H:%M");
        let headings = Headings {
            traces: if self.chinese { "办理痕迹" } else { "Traces" },
            faults: match (self.clocks(None).is_empty(), self.chinese) {
                (false, true) => "数据差错（更正前按其余记录计时）",
                (false, false) => "Data faults (until mended, timed by the rest)",
                (true, true) => "数据差错",
                (true, false) => "Data faults",
            },
            moves: if self.chinese { "到期日变更" } else { "Due moments that moved" },
            events: if self.chinese { "监察记录" } else { "Findings" },
            letters: if self.chinese { "邮件" } else { "Letters" },
            count: if self.chinese { "逐日计算" } else { "Day by day" },
        };
        let clocks = self.clocks(only);
        let mut parts: Vec<ClockPart> = clocks.iter().map(|clock| self.clock(clock)).collect();
        if only.is_none() {
            parts.extend(self.disputed_alone(&clocks));
        }
        Page {
            title: format!("{} {}", self.say("办件", "Case"), self.story.number),
            as_of: format!("{} {at}", self.say("截至", "as of")),
            head: self.head(reproduced),
            traces: self.traces(),
            faults: self.fault_lines(),
            clocks: parts,
            moves: self.moves(),
            events: self.events(),
            letters: self.letters(),
            versions: vec![
                self.line("规则版本", "rules version", self.policy.version.as_str()),
                self.line("发牌规则", "card table", self.policy.cards.name.as_str()),
                self.line("工作日历版本", "calendar version", self.policy.calendar.version()),
                self.line("监察机关", "issued by", self.policy.office.as_str()),
            ],
            headings,
        }
    }

    fn head(&self, reproduced: bool) -> Vec<Line> {
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
            head.push(self.line("事项", "Item", format!("{item_name} ({})", header.item)));
            head.push(self.line("单位", "Unit", unit_name));
            head.extend(holders.hand_overs().map(|(at, from, to)| {
                let from = from.map(name).unwrap_or_default();
                self.line("移交", "Handed over", format!("{} {from} → {}", at.to_the_minute(), name(to)))
            }));
        }
        head.push(self.line("来源", "Source", self.story.source.as_str()));
        if reproduced {
            let how =
                self.say("按当时已知的记录、规则和工作日历", "by the records, rules and calendar known then");
            head.push(self.line("口径", "Judged", how));
        } else if self.now.replay {
            let how = self.say(
                "按现行规则和现有记录回溯至该时点",
                "looked back at from today: by the rules and records of now",
            );
            head.push(self.line("口径", "Judged", how));
        }
        head
    }

    fn traces(&self) -> Vec<TraceLine> {
        let line = |trace: &crate::edge::ledger::StoryTrace| {
            let kind = trace.kind.as_deref().unwrap_or("");
            let zh = kind.parse::<TraceKind>().map(TraceKind::zh).ok();
            let kind = zh.filter(|_| self.chinese).unwrap_or(kind);
            let stage = trace.stage.as_deref().map(|stage| format!(" {stage}")).unwrap_or_default();
            let when = trace.occurred_at.as_deref();
            TraceLine {
                when: when.map_or_else(
                    || self.say("（来源已清空）", "(emptied at the source)").to_owned(),
                    |when| when.replace('T', " "),
                ),
                what: format!("{kind}{stage}"),
                by: trace.by.clone(),
                note: trace.note.clone(),
                former: (!trace.current).then_some(if self.chinese {
                    "（已被来源更改）"
                } else {
                    "(since changed at the source)"
                }),
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
        rule.map_or_else(|| key.to_owned(), |rule| rule.name_of(key).words(Language::of(self.chinese)))
    }

    fn events(&self) -> Vec<String> {
        let line = |event: &crate::edge::ledger::HistoryEvent| {
            let card = event.card.parse::<Card>().map(Card::zh).ok().filter(|_| self.chinese);
            let card = card.unwrap_or(&event.card);
            let rule = rules::name(&event.rule, Language::of(self.chinese));
            let when = event.at.chars().take(16).collect::<String>().replace('T', " ");
            let what = event.event.words(Language::of(self.chinese));
            let clock = self.clock_name(&event.clock);
            let waits = match event.waits {
                true => self.say("（待审核，尚未告知任何人）", " (waits for review: nobody has been told)"),
                false => "",
            };
            format!("{when}  {what}  {card}  {rule} {clock}  {}{waits}  [{}]", event.why, event.policy)
        };
        self.story.events.iter().map(line).collect()
    }

    fn letters(&self) -> Vec<String> {
        let line = |(when, to, subject, state): &(String, String, String, String)| {
            let when = when.chars().take(16).collect::<String>().replace('T', " ");
            format!("{when}  {to}  {subject}  [{state}]")
        };
        self.story.letters.iter().map(line).collect()
    }
}
