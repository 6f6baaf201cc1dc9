//! `jianchad explain`: one case on one page, fit to attach to a letter.

use std::io::Write;

use clap::Args;
use serde_json::json;

use super::once::as_of;
use super::{Common, Format, Show, not_found};
use crate::domain::clock::{self, Reading};
use crate::domain::count::Asked;
use crate::domain::finding::Card;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::now::{Clock, Now};
use crate::domain::plan::CaseFile;
use crate::domain::policy::Policy;
use crate::domain::record::{TraceKind, chronological};
use crate::domain::rules::{self, data_fault, time_limit::short};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::{CaseStory, Ledger};
use crate::failure::Failure;
use crate::house;

/// One case: traces, clocks with the day-by-day count, findings, letters.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// The case's number.
    case: String,
    /// Only this clock: promise, statutory.
    #[arg(long)]
    clock: Option<String>,
    /// Counts as of this moment instead of now.
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = house::load(&self.common.config)?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let now = match &self.as_of {
            Some(text) => as_of(text, config.policy.zone)?,
            None => SystemClock::new(config.policy.zone).now(),
        };
        let stories = ledger.stories(&self.case, self.show.tongue.chinese())?;
        if stories.is_empty() {
            return Err(not_found(format!("the ledger knows no case `{}`", self.case)));
        }
        for story in &stories {
            let mut file = ledger.case_file(story.id)?;
            if now.replay {
                file.traces.retain(|trace| trace.occurred.at() <= now.instant);
            }
            chronological(&mut file.traces);
            let page = Page { explain: self, policy: &config.policy, story, file: &file, now: &now };
            match self.show.format {
                Format::Json => page.json(out)?,
                Format::Table | Format::Csv => page.text(out)?,
            }
        }
        Ok(())
    }
}

struct Page<'a> {
    explain: &'a Explain,
    policy: &'a Policy,
    story: &'a CaseStory,
    file: &'a CaseFile,
    now: &'a Now,
}

impl<'a> Page<'a> {
    fn chinese(&self) -> bool {
        self.explain.show.tongue.chinese()
    }

    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        if self.chinese() { zh } else { en }
    }

    fn clocks(&self) -> Vec<Reading<'a>> {
        let header = self.file.header.as_ref();
        let item = header.and_then(|header| self.policy.registry.items.get(&header.item));
        let faults = data_fault::faults(self.policy, header, &self.file.traces, &self.file.spoilt, self.now);
        let (Some(header), Some(item), true) = (header, item, faults.is_empty()) else { return Vec::new() };
        let mut clocks = clock::read(self.policy, item, header, &self.file.traces, self.now);
        clocks.retain(|clock| self.explain.clock.as_ref().is_none_or(|only| *only == clock.rule.id));
        clocks
    }

    fn steps(&self, clock: &Reading<'_>) -> Vec<String> {
        let (Some(start), false) = (clock.started, matches!(clock.limit, Limit::RecordDate(_))) else {
            return Vec::new();
        };
        let asked =
            Asked { start, limit: &clock.limit, extensions: &clock.extensions, pauses: &clock.pauses };
        let steps = clock.rule.counting.steps(&self.policy.calendar, self.policy.zone, &asked);
        match steps {
            Ok(steps) => steps.iter().map(|step| step.words(self.chinese())).collect(),
            Err(error) => vec![error.to_string()],
        }
    }

    fn text(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.head(out)?;
        self.traces(out)?;
        let faults = data_fault::faults(
            self.policy,
            self.file.header.as_ref(),
            &self.file.traces,
            &self.file.spoilt,
            self.now,
        );
        if !faults.is_empty() {
            writeln!(
                out,
                "\n{}",
                self.say("数据差错（更正前不计时、不发牌）", "Data faults (not timed until mended)")
            )?;
            for fault in &faults {
                writeln!(out, "  - {}", fault.words(self.chinese()))?;
            }
        }
        for clock in self.clocks() {
            self.clock(&clock, out)?;
        }
        self.history(out)
    }

    fn head(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let (word, at) = (self.say("办件", "Case"), self.now.instant.format("%Y-%m-%d %H:%M"));
        writeln!(out, "{word} {}    ({} {at})", self.story.number, self.say("截至", "as of"))?;
        let Some(header) = &self.file.header else { return Ok(()) };
        let registry = &self.policy.registry;
        let item = registry.items.get(&header.item);
        let unit = header.unit.as_ref().or(item.map(|item| &item.unit));
        let unit_name = unit.and_then(|code| registry.units.get(code)).map(|unit| unit.name.as_str());
        let item_name = item.map_or("?", |item| item.name.as_str());
        let item_word = self.say("事项", "Item");
        writeln!(out, "{item_word} {item_name} ({})", header.item)?;
        writeln!(out, "{} {}", self.say("单位", "Unit"), unit_name.unwrap_or("?"))?;
        Ok(writeln!(out, "{} {}", self.say("来源", "Source"), self.story.source)?)
    }

    fn traces(&self, out: &mut dyn Write) -> Result<(), Failure> {
        writeln!(out, "\n{}", self.say("办理痕迹", "Traces"))?;
        for trace in &self.story.traces {
            let kind = trace.kind.as_deref().unwrap_or("");
            let zh = kind.parse::<TraceKind>().map(TraceKind::zh).ok();
            let kind = zh.filter(|_| self.chinese()).unwrap_or(kind);
            let stage = trace.stage.as_deref().map(|stage| format!(" {stage}")).unwrap_or_default();
            let by = trace.by.as_deref().map(|by| format!("  [{by}]")).unwrap_or_default();
            let note = trace.note.as_deref().map(|note| format!("  “{note}”")).unwrap_or_default();
            let former = if trace.current {
                ""
            } else {
                self.say("  （已被来源更改）", "  (since changed at the source)")
            };
            let when =
                trace.occurred_at.as_deref().unwrap_or(self.say("（来源已清空）", "(emptied at the source)"));
            writeln!(out, "  {:<25}  {kind}{stage}{by}{note}{former}", when.replace('T', " "))?;
        }
        Ok(())
    }

    fn clock(&self, clock: &Reading<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let chinese = self.chinese();
        let state = if chinese { clock.state.zh() } else { clock.state.word() };
        let card = clock.card.map_or("", |card| if chinese { card.zh() } else { card.word() });
        let (name, limit) = (clock.name(chinese), clock.limit.words(chinese));
        writeln!(out, "\n{name}: {limit}    {state} {card}")?;
        writeln!(out, "  {} {}", self.say("依据", "basis"), clock.basis)?;
        if let (Some(by), Some(start)) = (clock.deemed, clock.started) {
            let (day, basis) = (start.date(), &by.basis);
            let zh = format!("逾期未告知补正内容，自 {day} 起视为受理（{basis}）");
            let en =
                format!("nobody said in time what was missing: it counts as accepted since {day} ({basis})");
            writeln!(out, "  {}", if chinese { zh } else { en })?;
        }
        if let Some(due) = clock.due {
            let mark = if due.provisional { self.say("（暂定）", " (provisional)") } else { "" };
            writeln!(out, "  {} {}{mark}", self.say("到期", "due"), short(due.at))?;
        }
        if let Some((stop, kind)) = clock.stopped {
            let what = if chinese { kind.zh() } else { kind.word() };
            writeln!(out, "  {what} {}", short(stop))?;
        }
        let late = clock.stopped.map_or(Moment::instant(self.now.instant), |(stop, _)| stop);
        let days = rules::time_limit::days_late(clock, self.policy.zone, late);
        if days > 0 {
            writeln!(
                out,
                "  {}",
                if chinese {
                    format!("超期 {days} 个工作日")
                } else {
                    format!("{days} working days late")
                }
            )?;
        }
        for extension in &clock.disregarded {
            writeln!(out, "  ! {}", extension.words(chinese))?;
        }
        for step in self.steps(clock) {
            writeln!(out, "    {step}")?;
        }
        Ok(())
    }

    fn history(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if !self.story.events.is_empty() {
            writeln!(out, "\n{}", self.say("监察记录", "Findings"))?;
        }
        for event in &self.story.events {
            let card = event.card.parse::<Card>().map(Card::zh).ok().filter(|_| self.chinese());
            let card = card.unwrap_or(&event.card);
            let rule = rules::name(&event.rule, self.chinese());
            let when = event.at.chars().take(16).collect::<String>().replace('T', " ");
            let event_name = event_word(&event.event, self.chinese());
            let clock = self.policy.clock(&event.clock, None).map_or(event.clock.as_str(), |clock| {
                if self.chinese() { &clock.name_zh } else { &clock.name_en }
            });
            writeln!(out, "  {when}  {event_name}  {card}  {rule} {clock}  {}", event.why)?;
        }
        if !self.story.letters.is_empty() {
            writeln!(out, "\n{}", self.say("邮件", "Letters"))?;
        }
        for (when, to, subject, state) in &self.story.letters {
            let when = when.chars().take(16).collect::<String>().replace('T', " ");
            writeln!(out, "  {when}  {to}  {subject}  [{state}]")?;
        }
        let version = self.say("规则版本", "rules version");
        let calendar = self.say("工作日历版本", "calendar version");
        writeln!(out, "\n{version} {}  {calendar} {}", self.policy.version, self.policy.calendar.version())?;
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let clock = |clock: &Reading<'_>| {
            json!({
                "clock": clock.rule.id,
                "state": clock.state.word(),
                "limit": clock.limit.to_string(),
                "basis": clock.basis,
                "started_at": clock.started.map(|at| at.to_string()),
                "stopped_at": clock.stopped.map(|(at, _)| at.to_string()),
                "deemed_accepted_by": clock.deemed.map(|rule| &rule.basis),
                "due_at": clock.due.map(|due| due.at.to_string()),
                "provisional": clock.due.is_some_and(|due| due.provisional),
                "card": clock.card.map(Card::word),
                "steps": self.steps(clock),
            })
        };
        let clocks: Vec<_> = self.clocks().iter().map(clock).collect();
        let page = json!({
            "as_of": self.now.instant.to_rfc3339(),
            "policy": self.policy.version,
            "calendar": self.policy.calendar.version(),
            "story": self.story,
            "clocks": clocks,
        });
        Ok(writeln!(out, "{page:#}")?)
    }
}

/// An event's name as people read it.
fn event_word(event: &str, chinese: bool) -> &str {
    match (chinese, event) {
        (true, "raised") => "发现",
        (true, "escalated") => "升级",
        (true, "reopened") => "重新成立",
        (true, "moved") => "到期日变更",
        (true, "resolved") => "了结",
        (true, "revoked") => "撤销",
        _ => event,
    }
}
