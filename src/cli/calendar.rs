//! `jianchad calendar`: draws the working days of a year or a month.

mod check;
mod draw;
mod load;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use chrono::{Datelike, Days, Months, NaiveDate};
use clap::{Args, Subcommand};
use serde_json::json;
use thiserror::Error;

use crate::domain::calendar::Calendar;
use crate::domain::text::{Text, say};
use crate::edge::config::calendar::{Problem, embedded, overlay, read};
use crate::edge::operator;
use crate::failure::{ExitCode, Failure};

/// Which working days to count by.
#[derive(Debug, Clone, Default, Args)]
pub struct CalendarFiles {
    /// A calendar file that replaces the built-in one (mainland China, 2004 to 2026)
    #[arg(long, value_name = "FILE")]
    pub calendar: Option<PathBuf>,
    /// A file of local holidays, closures or extra service days, laid over the calendar; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
}

/// A calendar file that cannot be used.
#[derive(Debug, Error)]
#[error("{}", sentence(path, problems))]
pub struct BadCalendar {
    /// The file.
    pub path: PathBuf,
    /// All its mistakes.
    pub problems: Vec<Problem>,
}

fn sentence(path: &std::path::Path, problems: &[Problem]) -> String {
    let file = path.display().to_string();
    let mut text = operator::words(&say!("calendar-file_unusable", file));
    for problem in problems {
        write!(text, "\n  {problem}").expect("writing to a string cannot fail");
    }
    text
}

impl CalendarFiles {
    /// The calendar with its overlays.
    ///
    /// # Errors
    /// With every mistake of the first file that has any.
    pub fn load(&self) -> Result<Calendar, BadCalendar> {
        let bad = |path: &PathBuf, problems| BadCalendar { path: path.clone(), problems };
        let mut calendar = match &self.calendar {
            Some(path) => read(path).map_err(|problems| bad(path, problems))?,
            None => embedded(),
        };
        for path in &self.overlay {
            calendar = overlay(&calendar, path).map_err(|problems| bad(path, problems))?;
        }
        Ok(calendar)
    }
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// Draw the working days of a year or a month
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct CalendarCommand {
    #[command(subcommand)]
    action: Option<CardAction>,
    /// A year (2011) or a month (2011-10)
    #[arg(value_name = "YEAR|YEAR-MONTH", required = true)]
    period: Option<String>,
    #[command(flatten)]
    files: CalendarFiles,
    #[command(flatten)]
    lang_option: super::LangOption,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What else can be done with calendars.
#[derive(Debug, Subcommand)]
enum CardAction {
    /// Check a calendar file, or one to be laid over a calendar, and say every mistake at once
    Check(check::Check),
    /// Show which open cases a calendar file moves and which cards come and go, and then put it in force
    Load(load::Load),
}

/// Why a calendar was not drawn.
#[derive(Debug)]
pub enum DrawError {
    /// The file is bad.
    Calendar(BadCalendar),
    /// The argument is no period.
    Period {
        /// The argument.
        text: String,
    },
    /// The period is not announced.
    Unknown {
        /// What is not known and what to do.
        message: Text,
    },
    /// The output is gone.
    Write {
        /// Why.
        cause: io::Error,
    },
}

impl From<BadCalendar> for DrawError {
    fn from(bad: BadCalendar) -> Self {
        Self::Calendar(bad)
    }
}

impl From<BadCalendar> for Failure {
    fn from(bad: BadCalendar) -> Self {
        Self::new(ExitCode::Config, bad.to_string())
    }
}

impl From<DrawError> for Failure {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Calendar(bad) => bad.into(),
            DrawError::Period { text } => Self::new(ExitCode::Usage, say!("calendar-no_period", text)),
            DrawError::Unknown { message } => Self::new(ExitCode::NotFound, message),
            DrawError::Write { cause } => cause.into(),
        }
    }
}

impl CalendarCommand {
    /// Draws the period, or does what else was asked for.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.action {
            Some(CardAction::Load(load)) => load.run(out),
            _ => self.answer(out).map_err(Failure::from),
        }
    }

    fn answer(&self, out: &mut dyn Write) -> Result<(), DrawError> {
        if let Some(CardAction::Check(check)) = &self.action {
            return check.run(out);
        }
        let calendar = self.files.load()?;
        let asked = self.period.as_deref().unwrap_or_default();
        let (first, last) = period(asked).ok_or_else(|| DrawError::Period { text: asked.to_owned() })?;
        let language = self.lang_option.language();
        let announced = calendar.known().contains(&first) && calendar.known().contains(&last);
        // Behind the announced years the holidays that the law fixes are certain, where the calendar has them.
        let fixed = calendar.fixed().keys().any(|day| day.year() == last.year());
        if !announced && !fixed {
            return Err(DrawError::Unknown { message: unknown(&calendar, asked) });
        }
        let text = match self.format {
            Format::Text if !announced => {
                let provisional = say!("calendar-provisional", period = asked);
                draw::text(&calendar, first, last, language) + &provisional.words(language) + "\n"
            }
            Format::Text => draw::text(&calendar, first, last, language),
            Format::Json => data(&calendar, first, last),
        };
        out.write_all(text.as_bytes()).map_err(|cause| DrawError::Write { cause })
    }
}

/// First and last day of a year or a month.
fn period(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (year, month) = match text.split_once('-') {
        None => (text, None),
        Some((year, month)) => (year, Some(month.parse().ok()?)),
    };
    let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    let next = first.checked_add_months(Months::new(if month.is_some() { 1 } else { 12 }))?;
    Some((first, next - Days::new(1)))
}

fn unknown(calendar: &Calendar, period: &str) -> Text {
    let known = calendar.known();
    say!("calendar-unknown", period, first = known.start().year(), last = known.end().year())
}

fn data(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> String {
    let days: Vec<_> = first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let day = calendar.day(date);
            json!({
                "date": date.to_string(), "working": day.working, "make_up": day.make_up,
                "name": day.name, "source": day.overlay, "known": day.known,
            })
        })
        .collect();
    let working = days.iter().filter(|day| day["working"] == true).count();
    let notice = calendar.declared().notices.get(&first.year());
    let answer = json!({
        "from": first.to_string(), "to": last.to_string(), "working_days": working,
        "notice": notice.map(|notice| &notice.name), "source": notice.map(|notice| &notice.source),
        "version": calendar.version(), "days": days,
    });
    format!("{answer:#}\n")
}

#[cfg(test)]
mod tests;
