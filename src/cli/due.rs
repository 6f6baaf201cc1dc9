//! `jianchad due`: a deadline calculator that shows its count, one question at a time or a table of them.

mod answer;
mod batch;
#[cfg(test)]
mod tests;
mod typed;

use std::io::{self, Write};
use std::path::PathBuf;

use chrono_tz::Tz;
use clap::Args;

use super::calendar::{BadCalendar, CalendarFiles, Format};
use super::law::StatuteFiles;
use crate::domain::calendar::Calendar;
use crate::domain::clock::Excess;
use crate::domain::count::{Asked, CountError, Counting, DayEnd, OfficeHours, PauseEnds};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::statute::{Direction, Statute, Statutes};
use crate::domain::text::{Language, Text, say};
use crate::edge::operator;
use crate::failure::{ExitCode, Failure};
use typed::{moment, pause};

/// Count a deadline, day by day
#[derive(Debug, Args)]
pub struct Due {
    /// What the limit runs from: 2011-09-26 or 2011-09-26T16:30
    #[arg(long, value_name = "DATE[THH:MM]", required_unless_present = "batch")]
    from: Option<String>,
    /// How long it runs: 20wd or 0.5wd, 60d, 2mo, 1y, 24oh or 30om (office hours and minutes), 24h (hours of the clock) or same-day
    #[arg(long, required_unless_present_any = ["batch", "law"])]
    limit: Option<Limit>,
    /// The limit of the law, by a rule's id such as XK6: the version in force on the first day, counted its way
    #[arg(long, value_name = "RULE", conflicts_with_all = ["limit", "start_day_counts", "no_roll"])]
    law: Option<String>,
    #[command(flatten)]
    statutes: StatuteFiles,
    /// What is added to it, in the same unit; may be repeated
    #[arg(long, value_name = "LIMIT")]
    extension: Vec<Limit>,
    /// What is left out: FROM/TO, both days included; instants for office hours; may be repeated
    #[arg(long, value_name = "FROM/TO")]
    pause: Vec<String>,
    /// Count the start day as day 1
    #[arg(long)]
    start_day_counts: bool,
    /// Leave a limit in calendar days, months or years where it ends, even on a day off
    #[arg(long)]
    no_roll: bool,
    /// Office hours; other ones in a season after a semicolon: "09:00-12:00,13:00-17:00; 06-01/09-30 09:00-12:00,15:00-18:00"
    #[arg(long, default_value_t, value_name = "SPANS")]
    hours: OfficeHours,
    /// When a due day ends
    #[arg(long, default_value = "midnight", value_name = "midnight|closing")]
    day_end: DayEnd,
    /// What comes in on a day off counts as come on the next working day
    #[arg(long)]
    rest_day_moves: bool,
    /// What comes in after closing time counts as come on the next working day
    #[arg(long)]
    after_hours_moves: bool,
    /// Which end days of a pause are left out
    #[arg(long, default_value = "both", value_name = "both|first|last")]
    pause_ends: PauseEnds,
    /// Time zone
    #[arg(long, default_value = "Asia/Shanghai")]
    zone: Tz,
    #[command(flatten)]
    files: CalendarFiles,
    #[command(flatten)]
    lang_option: super::LangOption,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Answer a CSV table with the columns start, limit, start_day_counts, pauses, extension; `-` reads stdin
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "limit", "law", "extension", "pause", "format"])]
    batch: Option<PathBuf>,
    /// Write the table to a file
    #[arg(short, long, value_name = "FILE", requires = "batch")]
    output: Option<PathBuf>,
}

/// How a calculation ended: exit code 0, or 1 if a row of a table got no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Everything was answered.
    Well,
    /// So many rows were not.
    BadRows(u64),
}

impl Done {
    /// Whether every row was answered; the rows that were not have said why.
    pub(super) fn whole(self, language: Language) -> Result<(), Failure> {
        match self {
            Self::Well => Ok(()),
            Self::BadRows(rows) => {
                Err(Failure::new(ExitCode::Partly, say!("due-bad_rows", rows).words(language)))
            }
        }
    }
}

impl From<DueError> for Failure {
    fn from(error: DueError) -> Self {
        let code = match error {
            DueError::Write { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe => {
                return cause.into();
            }
            DueError::Read { .. } | DueError::Write { .. } => ExitCode::Unavailable,
            DueError::Calendar(_) => ExitCode::Config,
            DueError::Written { .. } | DueError::Count(_) => ExitCode::Usage,
        };
        let (said, cause) = error.said();
        Self::new(code, said).because(cause)
    }
}

/// Why nothing was calculated.
#[derive(Debug)]
pub enum DueError {
    /// The calendar file is bad.
    Calendar(BadCalendar),
    /// A date or a pause makes no sense.
    Written {
        /// What is wrong and how to write it.
        message: Text,
    },
    /// The count cannot be made.
    Count(CountError),
    /// The table cannot be read.
    Read {
        /// Its file, or stdin.
        name: String,
        /// Why.
        cause: Text,
    },
    /// The answer cannot be written.
    Write {
        /// The file, or stdout.
        name: String,
        /// Why.
        cause: io::Error,
    },
}

impl DueError {
    /// What is wrong, and why.
    fn said(self) -> (Text, Option<Text>) {
        match self {
            Self::Calendar(bad) => (bad.to_string().into(), None),
            Self::Written { message } => (message, None),
            Self::Count(why) => (why.into(), None),
            Self::Read { name, cause } => (say!("due-unread", name), Some(cause)),
            Self::Write { name, cause } => (say!("due-unwritten", name), Some(operator::why(&cause))),
        }
    }
}

impl From<BadCalendar> for DueError {
    fn from(bad: BadCalendar) -> Self {
        Self::Calendar(bad)
    }
}

impl From<CountError> for DueError {
    fn from(error: CountError) -> Self {
        Self::Count(error)
    }
}

impl Due {
    /// Answers the question, or the table; a table's summary of bad rows goes to `err`.
    ///
    /// # Errors
    /// See [`DueError`]. A bad row of a table is no error.
    pub fn run(&self, out: &mut dyn Write, err: &mut dyn Write) -> Result<Done, DueError> {
        let calendar = self.files.load()?;
        let (counting, language) = (self.counting(), self.lang_option.language());
        if let Some(file) = &self.batch {
            let table = batch::Table { calendar: &calendar, counting: &counting, zone: self.zone, language };
            return table.run(file, self.output.as_deref(), out, err);
        }
        let text = self.answer(&calendar, &counting)?;
        let wrong = |cause| DueError::Write { name: "stdout".into(), cause };
        out.write_all(text.as_bytes()).map_err(wrong)?;
        Ok(Done::Well)
    }

    /// The language of the answer.
    pub(super) fn language(&self) -> Language {
        self.lang_option.language()
    }

    fn counting(&self) -> Counting {
        Counting {
            start_day_counts: self.start_day_counts,
            roll_last_day: !self.no_roll,
            day_end: self.day_end,
            rest_day_moves: self.rest_day_moves,
            after_hours_moves: self.after_hours_moves,
            pause_ends: self.pause_ends,
            hours: self.hours.clone(),
        }
    }

    /// The rule of the law that was asked for, in the version of the first day.
    fn statute<'s>(&self, statutes: &'s Statutes, start: Moment) -> Result<Option<&'s Statute>, DueError> {
        let Some(id) = &self.law else { return Ok(None) };
        let rule = statutes.governing(id, start.date()).map_err(Text::from);
        let rule = rule.and_then(|rule| allows(rule, &self.extension).map(|()| rule));
        rule.map(Some).map_err(|message| DueError::Written { message })
    }

    fn answer(&self, calendar: &Calendar, counting: &Counting) -> Result<String, DueError> {
        let written = |message: Text| DueError::Written { message };
        let Some(from) = &self.from else {
            return Err(written(say!("due-give_from")));
        };
        let start = moment(from, self.zone).map_err(written)?;
        let statutes =
            self.statutes.load().map_err(|failure| written(failure.for_operator(self.language()).into()))?;
        let statute = self.statute(&statutes, start)?;
        let mut counting = counting.clone();
        if let Some(rule) = statute {
            (counting.start_day_counts, counting.roll_last_day) = (rule.start_day_counts, rule.roll_last_day);
        }
        let counting = &counting;
        let by_law = statute.and_then(|rule| rule.length());
        let Some(limit) = by_law.or(self.limit.as_ref()) else {
            return Err(written(say!("due-give_limit")));
        };
        let pauses = self.pause.iter().map(|text| pause(text, self.zone)).collect::<Result<Vec<_>, _>>();
        let mut pauses = pauses.map_err(written)?;
        let cap = statute.and_then(|rule| rule.exclusion.as_ref()?.limit.as_ref());
        let excess = cap.and_then(|cap| {
            let last = counting.keep_within(calendar, self.zone, &mut pauses, cap)?;
            Some(Excess::Clause { cap: cap.clone(), last })
        });
        let asked = Asked { start, limit, extensions: &self.extension, pauses: &pauses };
        let back = statute.is_some_and(|rule| rule.direction == Direction::Back);
        let (due, steps) = if back {
            let due = counting.due_before(calendar, self.zone, &start, limit)?;
            (due, counting.steps_before(calendar, self.zone, &start, limit)?)
        } else {
            (counting.due(calendar, self.zone, &asked)?, counting.steps(calendar, self.zone, &asked)?)
        };
        let answer = answer::Answer { due, steps, asked, calendar, counting, statute, excess };
        Ok(match self.format {
            Format::Text => answer.text(self.lang_option.language()),
            Format::Json => answer.json(self.lang_option.language()),
        })
    }
}

/// Whether a rule is a length, and its clause allows the extensions.
fn allows(rule: &Statute, extensions: &[Limit]) -> Result<(), Text> {
    let id = &rule.id;
    if rule.length().is_none() {
        return Err(say!("due-granted", rule = id));
    }
    let Some(allowed) = &rule.extension else {
        return if extensions.is_empty() { Ok(()) } else { Err(say!("due-no_extension", rule = id)) };
    };
    let amount = |limit: &Limit| match limit {
        Limit::Span { amount, .. } => *amount,
        Limit::SameDay | Limit::RecordDate(_) => 0,
    };
    let too_long = extensions.iter().find(|extension| amount(extension) > amount(&allowed.by));
    match too_long {
        Some(asked) => {
            let (by, asked) = (allowed.by.to_string(), asked.to_string());
            Err(say!("due-extension_long", rule = id, by, asked))
        }
        None if extensions.len() > allowed.times as usize => {
            let (times, asked) = (allowed.times, extensions.len());
            Err(say!("due-extension_often", rule = id, times, asked))
        }
        None => Ok(()),
    }
}
