//! Months as grids, with what the marks mean beneath.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{Calendar, Day};
use crate::domain::text::{Language, Text, say};

/// The months from `first` to `last`, two side by side, and the holidays and notices beneath.
pub(super) fn text(calendar: &Calendar, first: NaiveDate, last: NaiveDate, language: Language) -> String {
    let months: Vec<_> = (0..)
        .map_while(|number| first.checked_add_months(Months::new(number)).filter(|month| *month <= last))
        .map(|month| grid(calendar, month, language))
        .collect();
    let mut text = String::new();
    if months.len() > 1 {
        let (year, days) = (first.year(), worked(calendar, first, last));
        text += &say!("calendar-year", year, days).words(language);
        text += "\n\n";
    }
    for pair in months.chunks(2) {
        let height = pair.iter().map(Vec::len).max().unwrap_or(0);
        let width = pair[0].iter().map(|line| line.width()).max().unwrap_or(0) + 3;
        for row in 0..height {
            let line = |month: &Vec<String>| month.get(row).cloned().unwrap_or_default();
            let mut whole = line(&pair[0]);
            if let Some(second) = pair.get(1) {
                whole += &" ".repeat(width - whole.width());
                whole += &line(second);
            }
            text += whole.trim_end();
            text.push('\n');
        }
        text.push('\n');
    }
    text += &say!("calendar-marks").words(language);
    text.push('\n');
    holidays(calendar, first, last).iter().fold(text, |text, line| text + &line.words(language) + "\n")
}

fn worked(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> u32 {
    calendar.count(first, last).expect("announced days lie in the table")
}

/// One month, weeks from Monday.
fn grid(calendar: &Calendar, first: NaiveDate, language: Language) -> Vec<String> {
    let days: Vec<_> = first.iter_days().take_while(|date| date.month() == first.month()).collect();
    let count = worked(calendar, first, days[days.len() - 1]);
    let title = say!("calendar-month", year = first.year(), month = first.month(), days = count);
    let week = say!("calendar-week");
    let mut lines = vec![format!(" {}", title.words(language)), week.words(language)];
    let mark = |date: NaiveDate| mark(&calendar.day(date)).words(language);
    let gap = " ".repeat(3 + mark(first).width());
    let mut week = gap.repeat(first.weekday().num_days_from_monday() as usize);
    for date in days {
        week += &format!("{:>2}{} ", date.day(), mark(date));
        if date.weekday() == chrono::Weekday::Sun {
            lines.push(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        lines.push(week);
    }
    lines
}

/// A mark is as wide as any other of its language.
fn mark(day: &Day) -> Text {
    match (day.working, day.name.is_some()) {
        (true, true) => say!("calendar-mark_worked"),
        (true, false) => say!("calendar-mark_working"),
        (false, true) => say!("calendar-mark_off"),
        (false, false) => say!("calendar-mark_weekend"),
    }
}

/// The days of one holiday, in order.
struct Holiday<'a> {
    name: &'a str,
    source: Option<&'a str>,
    off: Vec<NaiveDate>,
    worked: Vec<NaiveDate>,
    last: NaiveDate,
}

/// Days of one name belong together unless they lie far apart: a year may hold two New Years.
fn gather(calendar: &Calendar) -> Vec<Holiday<'_>> {
    let mut holidays: Vec<Holiday> = Vec::new();
    let special = calendar
        .declared()
        .special
        .iter()
        .map(|(date, it)| (*date, it.name.as_str(), it.overlay.as_deref(), it.working));
    let fixed = calendar.fixed().iter().map(|(date, name)| (*date, *name, None, false));
    for (date, name, source, working) in special.chain(fixed) {
        let near =
            |it: &&mut Holiday| it.name == name && it.source == source && (date - it.last).num_days() < 60;
        let place = match holidays.iter_mut().rev().take(8).find(near) {
            Some(found) => found,
            None => {
                let (off, worked) = (Vec::new(), Vec::new());
                holidays.push(Holiday { name, source, off, worked, last: date });
                holidays.last_mut().expect("one was just added")
            }
        };
        place.last = date;
        if working { place.worked.push(date) } else { place.off.push(date) }
    }
    holidays
}

/// The holidays that touch the period, and the notices they stand in.
fn holidays(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> Vec<Text> {
    let mut lines = Vec::new();
    let mut years = BTreeSet::from([first.year()]);
    for holiday in gather(calendar) {
        let inside = |date: &&NaiveDate| (first..=last).contains(*date);
        if holiday.off.iter().chain(&holiday.worked).find(inside).is_none() {
            continue;
        }
        // A New Year's arrangement reaches into December and stands in the notice of the year it ends in.
        if holiday.source.is_none() {
            years.insert(holiday.last.year());
        }
        lines.push(line(&holiday));
    }
    let notices = years.iter().filter_map(|year| calendar.declared().notices.get(year));
    lines.extend(notices.map(|notice| say!("calendar-notice", name = &notice.name, source = &notice.source)));
    lines
}

fn line(holiday: &Holiday<'_>) -> Text {
    let off = (!holiday.off.is_empty()).then(|| say!("calendar-off", days = spans(&holiday.off)));
    let worked = (!holiday.worked.is_empty()).then(|| say!("calendar-worked", days = spans(&holiday.worked)));
    let parts = [Some(Text::from(holiday.name)), off, worked];
    let words = Text::list(parts.into_iter().flatten(), "list-gap");
    match holiday.source {
        Some(source) => say!("calendar-holiday_of", holiday = words, source),
        None => words,
    }
}

/// Days as runs: `10-01 至 10-07`, `10-08、10-09`.
fn spans(days: &[NaiveDate]) -> Text {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in days {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*date) => *last = *date,
            _ => runs.push((*date, *date)),
        }
    }
    let short = |date: &NaiveDate| Text::from(date.format("%m-%d").to_string());
    let run = |(first, last): &(NaiveDate, NaiveDate)| match (*last - *first).num_days() {
        0 => vec![short(first)],
        1 => vec![short(first), short(last)],
        _ => vec![say!("calendar-span", from = short(first), to = short(last))],
    };
    Text::list(runs.iter().flat_map(run), "list-comma")
}
