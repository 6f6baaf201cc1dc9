//! A calendar file as checked: every mistake is found before any is told.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};
use toml::Spanned;

use super::Problem;
use super::written::{Holiday, Written, Year, line_of};
use crate::domain::calendar::{Declared, Notice, Special};
use crate::domain::text::{Text, say};

/// Years the table of working days can hold.
const YEARS: RangeInclusive<i32> = 1971..=2199;

/// A base calendar.
pub(super) fn whole(written: &Written, text: &str) -> Result<Declared, Vec<Problem>> {
    let mut check = Check::new(text);
    let mut notices = BTreeMap::new();
    let mut years = BTreeMap::new();
    if let Some(plain) = &written.plain {
        let line = check.line(plain);
        for year in check.plain(plain) {
            years.insert(year, line);
        }
    }
    for year in &written.year {
        let (number, line) = (*year.year.get_ref(), check.line(&year.year));
        if let Some(first) = years.insert(number, line) {
            check.say(line, say!("config-year_twice", year = number.to_string(), first));
        }
        let name = check.needed(year, "notice", year.notice.as_deref());
        let source = check.needed(year, "source", year.source.as_deref());
        notices.insert(number, Notice { name, source });
        check.balance(year);
    }
    let known = check.known(&years);
    match (known, check.problems.is_empty()) {
        (Some(known), true) => Ok(Declared { known, notices, special: check.special, fixed: None }),
        _ => Err(check.told()),
    }
}

/// What an overlay lays over a calendar.
pub(super) struct Overlay {
    pub(super) special: BTreeMap<NaiveDate, Special>,
    /// Notices of whole years that follow the base's last.
    pub(super) notices: BTreeMap<i32, Notice>,
}

/// The days of an overlay on a base that is known to the end of `last`. A block with `public_holidays` is the notice of a
/// whole year: it must balance, and if it follows the last known year that year becomes known.
pub(super) fn overlay(written: &Written, text: &str, last: i32) -> Result<Overlay, Vec<Problem>> {
    let mut check = Check::new(text);
    let mut notices = BTreeMap::new();
    if let Some(plain) = &written.plain {
        let line = check.line(plain);
        check.say(line, say!("config-plain_overlay"));
    }
    for year in &written.year {
        let source = check.needed(year, "source", year.source.as_deref());
        if year.public_holidays.is_none() {
            check.days(year, Some(&source));
            continue;
        }
        let name = check.needed(year, "notice", year.notice.as_deref());
        check.balance(year);
        let (number, line) = (*year.year.get_ref(), check.line(&year.year));
        let next = notices.last_key_value().map_or(last, |(year, _)| *year) + 1;
        if number > next {
            let (next, year) = (next.to_string(), number.to_string());
            check.say(line, say!("config-no_notice", next, year));
        } else if number == next {
            notices.insert(number, Notice { name, source });
        }
    }
    if check.problems.is_empty() {
        Ok(Overlay { special: check.special, notices })
    } else {
        Err(check.told())
    }
}

struct Check<'a> {
    text: &'a str,
    problems: Vec<Problem>,
    special: BTreeMap<NaiveDate, Special>,
    /// Where each day stands.
    lines: BTreeMap<NaiveDate, usize>,
}

impl<'a> Check<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, problems: Vec::new(), special: BTreeMap::new(), lines: BTreeMap::new() }
    }

    fn line<T>(&self, spanned: &Spanned<T>) -> usize {
        line_of(self.text, spanned.span().start)
    }

    fn say(&mut self, line: usize, message: Text) {
        self.problems.push(Problem { line: Some(line), message });
    }

    fn told(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }

    fn needed(&mut self, year: &Year, key: &str, value: Option<&str>) -> String {
        let value = value.map(str::trim).unwrap_or_default();
        if value.is_empty() {
            let (line, number) = (self.line(&year.year), year.year.get_ref());
            let year = number.to_string();
            self.say(line, say!("config-year_lacks", year, key));
        }
        value.to_owned()
    }

    fn plain(&mut self, plain: &Spanned<String>) -> RangeInclusive<i32> {
        let (first, last) = plain.get_ref().split_once('/').unwrap_or((plain.get_ref(), plain.get_ref()));
        match (first.trim().parse(), last.trim().parse()) {
            (Ok(first), Ok(last)) if first <= last && YEARS.contains(&first) && YEARS.contains(&last) => {
                first..=last
            }
            _ => {
                let line = self.line(plain);
                self.say(line, say!("config-no_years", text = plain.get_ref()));
                RangeInclusive::new(1, 0)
            }
        }
    }

    /// The days of a year, weighed against its public holidays.
    fn balance(&mut self, year: &Year) {
        let before = self.problems.len();
        let (off, worked) = self.days(year, None);
        let (line, number) = (self.line(&year.year), *year.year.get_ref());
        let Some(public) = year.public_holidays else {
            return self.say(line, say!("config-no_public_holidays", year = number.to_string()));
        };
        let extra = year.extra.as_ref().map_or(0, |extra| extra.days);
        if self.problems.len() == before && off - worked != public + extra {
            let owed = public + extra;
            let (year, leaves) = (number.to_string(), off - worked);
            self.say(line, say!("config-unbalanced", year, off, worked, leaves, owed));
        }
    }

    /// Takes up the days of a year and returns its weekdays off and its days worked.
    fn days(&mut self, year: &Year, overlay: Option<&str>) -> (i32, i32) {
        let (mut off, mut worked) = (0, 0);
        for holiday in &year.holiday {
            for (entry, working) in entries(holiday) {
                let line = self.line(entry);
                for date in self.span(entry, *year.year.get_ref()) {
                    let weekend = date.weekday().number_from_monday() > 5;
                    if working && !weekend && overlay.is_none() {
                        self.say(line, say!("config-no_weekend", date));
                    }
                    off += i32::from(!working && !weekend);
                    worked += i32::from(working);
                    let (name, overlay) = (holiday.name.clone(), overlay.map(str::to_owned));
                    self.take(date, line, Special { working, name, overlay });
                }
            }
        }
        (off, worked)
    }

    fn take(&mut self, date: NaiveDate, line: usize, special: Special) {
        if let Some(first) = self.lines.insert(date, line) {
            self.say(line, say!("config-day_twice", date, first));
        }
        self.special.insert(date, special);
    }

    /// The days of an entry: one day, or a span with both ends; none where it is wrong.
    fn span(&mut self, entry: &Spanned<String>, year: i32) -> Vec<NaiveDate> {
        let line = self.line(entry);
        let (first, last) = entry.get_ref().split_once('/').unwrap_or((entry.get_ref(), entry.get_ref()));
        let mut ends = [NaiveDate::MIN; 2];
        for (end, text) in ends.iter_mut().zip([first, last]) {
            match text.trim().parse::<NaiveDate>() {
                Ok(date) => *end = date,
                Err(_) => {
                    self.say(line, say!("config-no_day", text));
                    return Vec::new();
                }
            }
        }
        let [first, last] = ends;
        let home = |date: NaiveDate| {
            YEARS.contains(&year) && (date.year() == year || (date.year() == year - 1 && date.month() == 12))
        };
        if last < first {
            self.say(line, say!("config-span", span = entry.get_ref()));
        } else if !home(first) || !home(last) {
            self.say(line, say!("config-other_year", span = entry.get_ref(), year = year.to_string()));
        } else {
            return first.iter_days().take_while(|date| *date <= last).collect();
        }
        Vec::new()
    }

    /// The years listed, without a gap.
    fn known(&mut self, years: &BTreeMap<i32, usize>) -> Option<RangeInclusive<NaiveDate>> {
        let (Some((first, _)), Some((last, line))) = (years.first_key_value(), years.last_key_value()) else {
            self.problems.push(Problem { line: None, message: say!("config-no_year") });
            return None;
        };
        if !YEARS.contains(first) || !YEARS.contains(last) {
            let (first, last) = (YEARS.start().to_string(), YEARS.end().to_string());
            self.say(*line, say!("config-years", first, last));
            return None;
        }
        for year in (*first..*last).filter(|year| !years.contains_key(year)) {
            let (year, first, last) = (year.to_string(), first.to_string(), last.to_string());
            self.problems.push(Problem { line: None, message: say!("config-year_gap", year, first, last) });
        }
        let start = NaiveDate::from_ymd_opt(*first, 1, 1)?;
        Some(start..=NaiveDate::from_ymd_opt(last + 1, 1, 1)? - Days::new(1))
    }
}

fn entries(holiday: &Holiday) -> impl Iterator<Item = (&Spanned<String>, bool)> {
    let off = holiday.off.iter().map(|entry| (entry, false));
    off.chain(holiday.worked.iter().map(|entry| (entry, true)))
}
