//! `jianchad calendar`: draws the working days of a year or a month.

mod check;
mod draw;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

use chrono::{Datelike, Days, Months, NaiveDate};
use clap::{Args, Subcommand};
use serde_json::json;
use thiserror::Error;

use crate::domain::calendar::Calendar;
use crate::edge::config::calendar::{Problem, embedded, overlay, read};
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
    let mut text = format!("the calendar {} cannot be used", path.display());
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
    check: Option<Deed>,
    /// A year (2011) or a month (2011-10)
    #[arg(value_name = "YEAR|YEAR-MONTH", required = true)]
    period: Option<String>,
    #[command(flatten)]
    files: CalendarFiles,
    #[command(flatten)]
    tongue: super::Tongue,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What else can be done with calendars.
#[derive(Debug, Subcommand)]
enum Deed {
    /// Check a calendar file, or one to be laid over a calendar, and say every mistake at once
    Check(check::Check),
}

/// Why a calendar was not drawn.
#[derive(Debug, Error)]
pub enum DrawError {
    /// The file is bad.
    #[error(transparent)]
    Calendar(#[from] BadCalendar),
    /// The argument is no period.
    #[error("`{text}` is neither a year nor a month: write 2011 or 2011-10")]
    Period {
        /// The argument.
        text: String,
    },
    /// The period is not announced; the sentence is in the language asked for.
    #[error("{message}")]
    Unknown {
        /// What is not known and what to do.
        message: String,
    },
    /// The output is gone.
    #[error("the calendar could not be written")]
    Write {
        /// Why.
        #[source]
        cause: io::Error,
    },
}

impl From<DrawError> for Failure {
    fn from(error: DrawError) -> Self {
        let code = match error {
            DrawError::Calendar(_) => ExitCode::Config,
            DrawError::Period { .. } => ExitCode::Usage,
            DrawError::Unknown { .. } => ExitCode::NotFound,
            DrawError::Write { cause } => return cause.into(),
        };
        Self::caused(code, &error)
    }
}

impl CalendarCommand {
    /// Draws the period.
    ///
    /// # Errors
    /// See [`DrawError`].
    pub fn run(&self, out: &mut dyn Write) -> Result<(), DrawError> {
        if let Some(Deed::Check(check)) = &self.check {
            return check.run(out);
        }
        let calendar = self.files.load()?;
        let asked = self.period.as_deref().unwrap_or_default();
        let (first, last) = period(asked).ok_or_else(|| DrawError::Period { text: asked.to_owned() })?;
        let chinese = self.tongue.chinese();
        if !calendar.known().contains(&first) || !calendar.known().contains(&last) {
            return Err(DrawError::Unknown { message: unknown(&calendar, asked, chinese) });
        }
        let text = match self.format {
            Format::Text => draw::text(&calendar, first, last, chinese),
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

fn unknown(calendar: &Calendar, period: &str, chinese: bool) -> String {
    let known = calendar.known();
    let (first, last) = (known.start().year(), known.end().year());
    if chinese {
        format!(
            "{period} 的放假安排不在日历之内（日历载有 {first} 至 {last} 年）。国务院办公厅放假通知公布后，请将该年的安排补入\
             日历文件，并用 --calendar FILE 指定；在此之前，涉及该时段的到期日按周一至周五暂算，并标明“暂定”。"
        )
    } else {
        format!(
            "the holidays of {period} are not known: the calendar holds {first} to {last}. Once the State \
             Council's notice is out, add its year to a calendar file and give it with --calendar FILE; until \
             then due dates there are counted Monday to Friday and marked provisional"
        )
    }
}

fn data(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> String {
    let days: Vec<_> = first
        .iter_days()
        .take_while(|date| *date <= last)
        .map(|date| {
            let day = calendar.day(date);
            json!({
                "date": date.to_string(), "working": day.working, "make_up": day.make_up,
                "name": day.name, "source": day.overlay,
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
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        command: CalendarCommand,
    }

    fn shown(arguments: &[&str]) -> Result<String, String> {
        let tongue: &[&str] = if arguments.contains(&"--lang") { &[] } else { &["--lang", "zh-CN"] };
        let line = Line::try_parse_from([&["calendar"], arguments, tongue].concat());
        let line = line.map_err(|it| it.to_string())?;
        let mut out = Vec::new();
        line.command.run(&mut out).map_err(|cause| cause.to_string())?;
        Ok(String::from_utf8(out).unwrap())
    }

    /// `calendar` draws the month; working days, days off and make-up days differ without colour.
    #[test]
    fn october_2011_is_drawn_with_its_marks_and_its_notice() {
        let text = shown(&["2011-10"]).unwrap();
        for part in [
            "2011年10月",
            "工作日 18 天",
            " 1休",
            " 8班",
            "15. ",
            "10-01 至 10-07 放假",
            "国办发明电〔2010〕40号",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        let english = shown(&["2011-10", "--lang", "en"]).unwrap();
        for part in ["October 2011", "18 working days", " 1*", " 8+", "15."] {
            assert!(english.contains(part), "{part} in\n{english}");
        }
    }

    #[test]
    fn columns_align_with_chinese_marks() {
        let text = shown(&["2011"]).unwrap();
        let weeks: Vec<_> = text.lines().filter(|line| line.starts_with(" 一")).collect();
        assert_eq!(weeks.len(), 6, "two months side by side\n{text}");
        let month = shown(&["2011-10"]).unwrap();
        let column = |line: &str, part: &str| {
            line.find(part).map(|place| unicode_width::UnicodeWidthStr::width(&line[..place]))
        };
        let saturdays: Vec<_> = month
            .lines()
            .filter_map(|line| ["六", " 1休", " 8班", "15. ", "22. "].iter().find_map(|it| column(line, it)))
            .collect();
        assert_eq!(saturdays.len(), 5, "{month}");
        assert!(saturdays[1..].iter().all(|place| *place == saturdays[1]), "{saturdays:?}\n{month}");
        assert_eq!(saturdays[0], saturdays[1] + 1, "the weekday stands over the day's number\n{month}");
    }

    #[test]
    fn a_whole_year_counts_its_working_days() {
        assert!(shown(&["2011"]).unwrap().contains("工作日 250 天"));
        assert!(shown(&["2011", "--format", "json"]).unwrap().contains("\"working_days\": 250"));
    }

    #[test]
    fn a_year_outside_says_so_and_what_to_do() {
        assert!(shown(&["2027"]).unwrap_err().contains("--calendar FILE"));
        assert!(
            shown(&["2027-03", "--lang", "en"]).unwrap_err().starts_with("the holidays of 2027-03 are not")
        );
        for text in ["11", "2011-13", "2011-x", "x"] {
            assert!(shown(&[text]).unwrap_err().contains("neither a year nor a month"), "{text}");
        }
    }

    #[test]
    fn december_shows_the_notice_of_the_next_year_too() {
        let text = shown(&["2011-12"]).unwrap();
        assert!(text.contains("31班") && text.contains("国办发明电〔2011〕45号"), "{text}");
    }
}
