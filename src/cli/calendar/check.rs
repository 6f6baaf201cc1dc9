//! `jianchad calendar check`: a file is weighed before anybody counts by it.

use std::io::Write;
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::Args;

use super::{BadCalendar, DrawError};
use crate::cli::Tongue;
use crate::domain::calendar::Calendar;
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
    tongue: Tongue,
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
        let text = told(&checked, base.as_ref(), self.tongue.chinese());
        out.write_all(text.as_bytes()).map_err(|cause| DrawError::Write { cause })
    }
}

/// What a good file holds: its years in a line each, or what it changes on the calendar below it.
fn told(calendar: &Calendar, base: Option<&Calendar>, chinese: bool) -> String {
    let known = calendar.known();
    let mut text = match chinese {
        true => format!("日历无误：载有 {} 至 {}，版本 {}\n", known.start(), known.end(), calendar.version()),
        false => format!("in order: {} to {}, version {}\n", known.start(), known.end(), calendar.version()),
    };
    let new_from = base.map(|base| *base.known().end());
    let whole = |year: &i32| new_from.is_none_or(|end| *year > end.year());
    for year in (known.start().year()..=known.end().year()).filter(whole) {
        text += &year_line(calendar, year, chinese);
    }
    let Some(base) = base else { return text };
    for day in base.known().start().iter_days().take_while(|day| day <= base.known().end()) {
        let (before, after) = (base.day(day).working, calendar.day(day).working);
        if before != after {
            let name = calendar.day(day).name.unwrap_or_default();
            let word = match (after, chinese) {
                (true, true) => "改为工作日",
                (false, true) => "改为休息日",
                (true, false) => "becomes a working day",
                (false, false) => "becomes a day off",
            };
            text += &format!("{day} {word} {name}\n");
        }
    }
    text
}

fn year_line(calendar: &Calendar, year: i32, chinese: bool) -> String {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first day");
    let days = || first.iter_days().take_while(|day| day.year() == year).map(|day| (day, calendar.day(day)));
    let working = days().filter(|(_, day)| day.working).count();
    let make_up = days().filter(|(_, day)| day.make_up).count();
    let off = days().filter(|(date, day)| !day.working && date.weekday().number_from_monday() <= 5).count();
    let notice = calendar.declared().notices.get(&year).map(|notice| notice.name.clone()).unwrap_or_default();
    match chinese {
        true => {
            format!("{year} 年：工作日 {working} 天，平日放假 {off} 天，周末上班 {make_up} 天  {notice}\n")
        }
        false => {
            format!(
                "{year}: {working} working days, {off} weekdays off, {make_up} weekend days worked  {notice}\n"
            )
        }
    }
}
