//! `jianchad calendar check`: a file is weighed before anybody counts by it.

use std::io::Write;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::Args;

use super::{BadCalendar, DrawError};
use crate::cli::LangOption;
use crate::domain::calendar::Calendar;
use crate::domain::text::{Language, Text, say};
use crate::edge::config::calendar::{embedded, overlay, read};

/// Check a calendar file, or one to be laid over a calendar, and say every mistake at once
#[derive(Debug, Args)]
pub struct Check {
    /// The file
    file: PathBuf,
    /// It is to be laid over the built-in calendar, or over this one: a new year's notice, a local holiday
    #[arg(long, num_args = 0..=1, value_name = "CALENDAR")]
    over: Option<Option<PathBuf>>,
    #[command(flatten)]
    lang_option: LangOption,
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), DrawError> {
        let bad = |path: &PathBuf, problems| BadCalendar { path: path.clone(), problems };
        let base = match &self.over {
            None => None,
            Some(None) => Some(embedded()),
            Some(Some(path)) => Some(read(path).map_err(|problems| bad(path, problems))?),
        };
        let checked = match &base {
            None => read(&self.file),
            Some(base) => overlay(base, &self.file),
        };
        let checked = checked.map_err(|problems| bad(&self.file, problems))?;
        let text = told(&checked, base.as_ref(), self.lang_option.language());
        out.write_all(text.as_bytes()).map_err(|cause| DrawError::Write { cause })
    }
}

/// What a good file holds: its years in a line each, or what it changes on the calendar below it.
fn told(calendar: &Calendar, base: Option<&Calendar>, language: Language) -> String {
    let known = calendar.known();
    let (first, last, version) = (*known.start(), *known.end(), calendar.version());
    let mut lines = vec![say!("calendar-in_order", first, last, version)];
    let new_from = base.map(|base| *base.known().end());
    let whole = |year: &i32| new_from.is_none_or(|end| *year > end.year());
    lines.extend((first.year()..=last.year()).filter(whole).map(|year| year_line(calendar, year)));
    lines.extend(base.into_iter().flat_map(|base| changes(calendar, base)));
    lines.iter().map(|line| line.words(language) + "\n").collect()
}

fn changes(calendar: &Calendar, base: &Calendar) -> Vec<Text> {
    let known = base.known();
    let changed = |day: NaiveDate| {
        let after = calendar.day(day);
        let name = after.name.unwrap_or_default();
        match (base.day(day).working, after.working) {
            (false, true) => Some(say!("calendar-becomes_working", day, name)),
            (true, false) => Some(say!("calendar-becomes_off", day, name)),
            _ => None,
        }
    };
    known.start().iter_days().take_while(|day| day <= known.end()).filter_map(changed).collect()
}

fn year_line(calendar: &Calendar, year: i32) -> Text {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first day");
    let days = || first.iter_days().take_while(|day| day.year() == year).map(|day| (day, calendar.day(day)));
    let working = days().filter(|(_, day)| day.working).count();
    let worked = days().filter(|(_, day)| day.make_up).count();
    let off = days().filter(|(date, day)| !day.working && date.weekday().number_from_monday() <= 5).count();
    let notice = calendar.declared().notices.get(&year).map(|notice| notice.name.clone()).unwrap_or_default();
    say!("calendar-checked_year", year, working, off, worked, notice)
}
