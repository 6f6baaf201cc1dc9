//! `jianchad status`: how things stand, at a glance.

use std::io::Write;

use chrono::TimeDelta;
use clap::Args;
use serde_json::json;

use super::attention;
use super::table::List;
use super::{Common, Format, Show};
use crate::domain::letter::relay::Way;
use crate::domain::now::Clock;
use crate::domain::overview::{OverdueAnswer, Overview, SourceHealth};
use crate::domain::text::{Language, Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::{ExitCode, Failure};

/// Sources, open cards, coverage and outbox at a glance.
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
}

impl Status {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if self.show.format == Format::Csv {
            let language = self.show.lang_option.language();
            let failure = Failure::new(ExitCode::Usage, say!("status-no_csv").words(language));
            return Err(failure.with_remedy(say!("status-no_csv_remedy").words(language)));
        }
        let config = self.common.to_read(self.show.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let now = SystemClock::new(config.policy.zone).now();
        let policy = super::in_force(&ledger, &config.policy)?;
        let mut overview = ledger.overview(&policy, self.show.lang_option.language(), &now)?;
        let language = self.show.lang_option.language();
        let every = TimeDelta::from_std(config.poll_every).unwrap_or(TimeDelta::MAX);
        let mut faults = ledger.cannot_be_written(every, &now)?;
        faults.extend(folder_fails(&config.way, &overview));
        let held = ledger.held_time()?.filter(|held| held.accepted_by.is_none()).map(|held| held.said());
        let mail = ledger.held_mail()?.filter(|mail| mail.holds(&now)).and_then(|mail| mail.said(&now));
        let held = held.or(mail);
        let told = faults.iter().map(|fault| fault.words(language));
        overview.warnings.splice(0..0, told);
        if self.show.format() == Format::Json {
            writeln!(out, "{:#}", json!(overview))?;
            stands(&faults, held.as_ref(), language)?;
            return attention::wanted(&overview, language);
        }
        let last = ledger.last_round()?;
        let round = last.map_or_else(|| "—".to_owned(), |(started, _)| minute(&started));
        let file = config.ledger.display().to_string();
        writeln!(out, "{}", say!("status-round", at = round).words(language))?;
        writeln!(out, "{}\n", say!("status-ledger", file).words(language))?;
        if ledger.waiting_adoption()?.is_some() {
            writeln!(out, "{}\n", say!("status-change_waits").words(language))?;
        }
        write(&overview, language, self.show.format(), out)?;
        stands(&faults, held.as_ref(), language)?;
        attention::wanted(&overview, language)
    }
}

/// That letters cannot be put into their folder.
fn folder_fails(way: &Way, overview: &Overview) -> Option<Text> {
    let Way::Folder(folder) = way else { return None };
    let (path, letters) = (folder.display().to_string(), &overview.letters);
    match &letters.last_failure {
        _ if !folder.is_dir() => Some(say!("disk-no_folder", path, queued = letters.queued)),
        Some(why) if letters.queued > 0 => Some(say!("disk-folder", path, queued = letters.queued, why)),
        _ => None,
    }
}

/// Rounds that cannot be entered, or wait for the machine's clock, and letters that cannot be put down or are held are no state of things to be content with, also for what only looks
/// at the exit code.
fn stands(faults: &[Text], held: Option<&Text>, language: Language) -> Result<(), Failure> {
    let Some(first) = faults.first() else {
        let failure = |held: &Text| Failure::new(ExitCode::Unavailable, held.words(language));
        return held.map_or(Ok(()), |held| Err(failure(held)));
    };
    let remedy = say!("disk-remedy").words(language);
    Err(Failure::new(ExitCode::Unavailable, first.words(language)).with_remedy(remedy))
}

/// The overview as tables.
pub(super) fn write(
    overview: &Overview,
    language: Language,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for warning in overview.warnings.iter().chain(&overview.page_faults) {
        writeln!(out, "! {warning}\n")?;
    }
    if let Some(unanswered) = overdue_answers(overview) {
        writeln!(out, "! {}\n", unanswered.words(language))?;
    }
    cards(overview, language).write(format, out)?;
    coverage(overview, language).write(format, out)?;
    sources(overview, language).write(format, out)?;
    let (cases, letters, spoilt) = (&overview.cases, &overview.letters, overview.quarantine.open);
    let in_all = say!(
        "status-in_all",
        cases = cases.all,
        open = cases.open,
        faults = cases.fault,
        spoilt,
        sent = letters.sent,
        queued = letters.queued,
        refused = letters.refused
    );
    writeln!(out, "{}", in_all.words(language))?;
    if let Some(why) = &letters.last_failure {
        writeln!(out, "! {why}")?;
    }
    Ok(())
}

/// A moment of the ledger as people read it: to the minute.
fn minute(at: &str) -> String {
    at.chars().take("2011-10-28T09:05".len()).collect::<String>().replace('T', " ")
}

/// That cards were not answered in time, with those that wait longest.
fn overdue_answers(overview: &Overview) -> Option<Text> {
    const NAMED: usize = 5;
    let (count, cards) = (overview.overdue_answer_count, &overview.overdue_answers);
    let name = |card: &OverdueAnswer| {
        let (case, unit) = (&card.case_number, &card.unit);
        if case.is_empty() || unit.is_empty() {
            Text::from(format!("{case}{unit}"))
        } else {
            say!("status-case_of_unit", case, unit)
        }
    };
    let more = overview.overdue_case_count > NAMED as u64;
    let cards = Text::list(cards.iter().take(NAMED).map(name), "list-comma");
    let said = match more {
        true => say!("status-unanswered_more", count, cards),
        false => say!("status-unanswered", count, cards),
    };
    (count > 0).then_some(said)
}

fn cards(overview: &Overview, language: Language) -> List {
    let columns = [
        ("card", say!("column-card")),
        ("open", say!("column-open")),
        ("cases", say!("column-cases_highest")),
    ];
    let mut list = List::new(columns, language);
    let cards = &overview.cards;
    let mut push = |name: Text, open: u64, all: u64| {
        list.push(vec![json!(name.words(language)), json!(open), json!(all)]);
    };
    push(say!("status-red"), cards.open_red, cards.red);
    push(say!("status-yellow"), cards.open_yellow, cards.yellow);
    push(say!("status-notice"), cards.open_notice, cards.notice);
    let waiting = [
        (say!("status-pending"), cards.pending),
        (say!("status-contested"), cards.contested),
        (say!("status-appealed"), cards.appealed),
    ];
    for (name, count) in waiting.into_iter().filter(|(_, count)| *count > 0) {
        push(name, count, count);
    }
    list
}

pub(super) fn coverage(overview: &Overview, language: Language) -> List {
    let columns = [
        ("measure", say!("column-coverage")),
        ("share", say!("column-share")),
        ("percent", say!("column-percent")),
    ];
    let mut list = List::new(columns, language);
    for figure in &overview.coverage {
        let share = format!("{}/{}", figure.numerator, figure.denominator);
        list.push(vec![json!(figure.name), json!(share), json!(figure.percent)]);
    }
    list
}

fn sources(overview: &Overview, language: Language) -> List {
    let columns = [
        ("source", say!("column-data_source")),
        ("state", say!("column-state")),
        ("last_read_at", say!("column-last_read")),
        ("newest_at", say!("column-newest")),
        ("complete_until", say!("column-complete_until")),
        ("message", say!("column-message")),
    ];
    let mut list = List::new(columns, language).leaving_out(&["complete_until", "newest_at"]);
    for source in &overview.sources {
        list.push(vec![
            json!(source.name),
            json!(attention::source_state(&source.state).words(language)),
            json!(source.last_read_at),
            json!(source.newest_at),
            json!(source.complete_until),
            json!(message(source, language)),
        ]);
    }
    list
}

/// Since when nothing in a source has changed, where that was not seen today.
fn unchanged_since(source: &SourceHealth) -> Option<&String> {
    let day = |at: &Option<String>| at.as_ref().and_then(|at| at.get(..10).map(str::to_owned));
    let looked_at_since = day(&source.last_read_at) > day(&source.changed_at);
    source.changed_at.as_ref().filter(|_| looked_at_since && source.state == "ok")
}

/// What is wrong with a source, and what that holds back.
fn message(source: &SourceHealth, language: Language) -> Option<String> {
    let said = [
        source.held_back.map(|cases| say!("status-held_back", cases)),
        source.message.as_ref().map(Text::from),
        source.taken_for_nothing.as_ref().map(|cells| say!("status-nothing", cells)),
        source.garbled.as_ref().map(|columns| say!("status-garbled", columns)),
        source.passed_over.as_ref().map(|names| say!("status-passed_over", names)),
        unchanged_since(source).map(|at| say!("status-unchanged_since", at)),
        source.never_seen.as_ref().map(|names| say!("status-never_seen", names)),
        source
            .alike_numbers
            .as_ref()
            .map(|numbers| say!("status-alike", count = source.alike_count, numbers)),
        source.days_only.as_ref().map(|columns| say!("status-days_only", columns)),
        source.another_zone.as_ref().map(|columns| say!("status-another_zone", columns)),
        source.entered_before.as_ref().map(|columns| say!("status-entered_before", columns)),
    ];
    let said: Vec<Text> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| Text::list(said, "list-semicolon").words(language))
}
