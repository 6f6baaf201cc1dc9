//! Months as grids, with what the marks mean beneath.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::{Calendar, Day};

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The months from `first` to `last`, two side by side, and the holidays and notices beneath.
pub(super) fn text(calendar: &Calendar, first: NaiveDate, last: NaiveDate, chinese: bool) -> String {
    let months: Vec<_> = (0..)
        .map_while(|number| first.checked_add_months(Months::new(number)).filter(|month| *month <= last))
        .map(|month| grid(calendar, month, chinese))
        .collect();
    let mut text = String::new();
    if months.len() > 1 {
        let (year, days) = (first.year(), worked(calendar, first, last));
        text += &if chinese {
            format!("{year}年 工作日 {days} 天\n\n")
        } else {
            format!("{year}: {days} working days\n\n")
        };
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
    text += if chinese {
        "休 放假  班 调休上班  . 周末\n"
    } else {
        "* day off  + worked in exchange  . weekend\n"
    };
    text + &holidays(calendar, first, last, chinese)
}

fn worked(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> u32 {
    calendar.count(first, last).expect("announced days lie in the table")
}

/// One month, weeks from Monday.
fn grid(calendar: &Calendar, first: NaiveDate, chinese: bool) -> Vec<String> {
    let days: Vec<_> = first.iter_days().take_while(|date| date.month() == first.month()).collect();
    let count = worked(calendar, first, days[days.len() - 1]);
    let title = if chinese {
        format!(" {}年{}月  工作日 {count} 天", first.year(), first.month())
    } else {
        format!(" {} {}  {count} working days", ENGLISH[first.month0() as usize], first.year())
    };
    let names =
        if chinese { " 一   二   三   四   五   六   日" } else { "Mon Tue Wed Thu Fri Sat Sun" };
    let mut lines = vec![title, names.to_owned()];
    let gap = if chinese { "     " } else { "    " };
    let mut week = gap.repeat(first.weekday().num_days_from_monday() as usize);
    for date in days {
        let mark = mark(&calendar.day(date), chinese);
        week += &format!("{:>2}{mark} ", date.day());
        if date.weekday() == chrono::Weekday::Sun {
            lines.push(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        lines.push(week);
    }
    lines
}

fn mark(day: &Day, chinese: bool) -> &'static str {
    match (day.working, day.name.is_some(), chinese) {
        (true, true, true) => "班",
        (true, true, false) => "+",
        (true, false, true) => "  ",
        (true, false, false) => " ",
        (false, true, true) => "休",
        (false, true, false) => "*",
        (false, false, true) => ". ",
        (false, false, false) => ".",
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
fn holidays(calendar: &Calendar, first: NaiveDate, last: NaiveDate, chinese: bool) -> String {
    let mut text = String::new();
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
        let (off, worked) = (spans(&holiday.off, chinese), spans(&holiday.worked, chinese));
        text += holiday.name;
        let verbs = if chinese { [" 放假", " 上班"] } else { [" off", " worked"] };
        for (days, verb) in [(off, verbs[0]), (worked, verbs[1])].iter().filter(|(days, _)| !days.is_empty())
        {
            text += &format!("  {days}{verb}");
        }
        if let Some(source) = holiday.source {
            text += &if chinese { format!("（{source}）") } else { format!(" ({source})") };
        }
        text.push('\n');
    }
    for notice in years.iter().filter_map(|year| calendar.declared().notices.get(year)) {
        let word = if chinese { "依据 " } else { "Notice " };
        text += &format!("{word}{}  {}\n", notice.name, notice.source);
    }
    text
}

/// Days as runs: `10-01 至 10-07`, `10-08、10-09`.
fn spans(days: &[NaiveDate], chinese: bool) -> String {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in days {
        match runs.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*date) => *last = *date,
            _ => runs.push((*date, *date)),
        }
    }
    let (to, comma) = if chinese { (" 至 ", "、") } else { (" to ", ", ") };
    let short = |date: &NaiveDate| date.format("%m-%d").to_string();
    let run = |(first, last): &(NaiveDate, NaiveDate)| match (*last - *first).num_days() {
        0 => short(first),
        1 => format!("{}{comma}{}", short(first), short(last)),
        _ => format!("{}{to}{}", short(first), short(last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(comma)
}
