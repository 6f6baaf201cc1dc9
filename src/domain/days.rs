//! Days as a letter writes them: 12月14日, with the year where it is not the letter's own.

use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::domain::moment::Moment;
use crate::domain::text::{Language, Text, say};

/// How a letter of a day writes other days.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// Its language.
    pub language: Language,
    /// Its day.
    pub today: NaiveDate,
}

impl Days {
    /// As of [`day`].
    pub fn day(self, date: NaiveDate) -> String {
        day(date, self.today).words(self.language)
    }

    /// As of [`moment`].
    pub fn moment(self, at: Moment) -> String {
        moment(at, self.today).words(self.language)
    }

    /// As of [`before`].
    pub fn before(self, due: Moment) -> String {
        before(due, self.today).words(self.language)
    }

    /// A sentence of the record with the days in it as a letter writes them: `于2011-10-12 09:00 决定` is 于10月12日09:00决定. What
    /// only looks like a day, as it is a part of a number or a file's name, stays.
    pub fn within(self, text: &str) -> String {
        if self.language == Language::English {
            return text.to_owned();
        }
        let (mut said, mut rest) = (String::with_capacity(text.len()), text);
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, from) = rest.split_at(at);
            said.push_str(before);
            let Some(DayAt { date, time, length }) = day_at(from, said.chars().next_back()) else {
                let digits = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
                said.push_str(&from[..digits]);
                rest = &from[digits..];
                continue;
            };
            if said.ends_with(' ') && said.trim_end().ends_with(|c: char| !c.is_ascii()) {
                said.truncate(said.trim_end().len());
            }
            said.push_str(&timed(date, time, self.today).words(self.language));
            rest = &from[length..];
            if rest.starts_with(' ') && rest[1..].starts_with(|c: char| !c.is_ascii()) {
                rest = &rest[1..];
            }
        }
        said + rest
    }
}

/// A day, in what is written on another: `12月14日`, `2012年1月4日`; in English always `2011-12-14`.
pub fn day(date: NaiveDate, today: NaiveDate) -> Text {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match year == today.year() {
        true => say!("date-this_year", date, year, month, day),
        false => say!("date-year", date, year, month, day),
    }
}

/// A moment: its day, with the minute where an hour matters.
pub fn moment(at: Moment, today: NaiveDate) -> Text {
    timed(at.date(), at.time(), today)
}

fn timed(date: NaiveDate, time: Option<NaiveTime>, today: NaiveDate) -> Text {
    let day = day(date, today);
    match time {
        Some(time) => say!("days-timed", day, time = time.format("%H:%M").to_string()),
        None => day,
    }
}

/// A due moment, as it stands behind 于 or `by`: `12月14日（含当日）前`, `12月14日17:00前`.
pub fn before(due: Moment, today: NaiveDate) -> Text {
    let at = moment(due, today);
    if due.hour_known() { say!("days-before_hour", at) } else { say!("days-before", day = at) }
}

/// A day that a text begins with.
struct DayAt {
    date: NaiveDate,
    /// Its hour, where one follows.
    time: Option<NaiveTime>,
    /// How many bytes of the text that is.
    length: usize,
}

/// The day at the beginning of a text. `before`: what stands in front of it.
fn day_at(text: &str, before: Option<char>) -> Option<DayAt> {
    const DAY: usize = "2011-10-12".len();
    const HOUR: usize = " 09:00".len();
    let part_of_a_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    let date: NaiveDate = text.get(..DAY)?.parse().ok()?;
    let time = text.get(DAY + 1..DAY + HOUR).and_then(|hour| NaiveTime::parse_from_str(hour, "%H:%M").ok());
    let time = time.filter(|_| text.as_bytes()[DAY] == b' ');
    let length = if time.is_some() { DAY + HOUR } else { DAY };
    let joined = before.is_some_and(part_of_a_word) || text[length..].starts_with(part_of_a_word);
    (!joined).then_some(DayAt { date, time, length })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// 数以上、以下、以内, including the day itself (《民法典》第一千二百五十九条): so a letter says that it does.
    #[test]
    fn a_due_day_says_that_it_is_included() {
        let today = "2011-12-08".parse().unwrap();
        let days = |language| Days { language, today };
        let day = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let zh = days(Language::Chinese);
        assert_eq!(zh.before(day("2011-12-14")), "12月14日（含当日）前");
        assert_eq!(zh.before(day("2012-01-04")), "2012年1月4日（含当日）前");
        assert_eq!(zh.before(day("2011-12-14T17:00:00+08:00")), "12月14日17:00前");
        let en = days(Language::English);
        assert_eq!(en.before(day("2011-12-14")), "the end of 2011-12-14");
        assert_eq!(en.before(day("2011-12-14T17:00:00+08:00")), "2011-12-14 17:00");
    }

    /// The sentences of rules stand in the ledger with whole dates, which mean the same in every year; a letter writes days.
    #[test]
    fn the_days_in_a_sentence_are_written_as_a_letter_writes_days() {
        let days = |language| Days { language, today: "2011-12-08".parse().unwrap() };
        let zh = |text: &str| days(Language::Chinese).within(text);
        assert_eq!(zh("承诺时限 2011-12-14 到期"), "承诺时限12月14日到期");
        assert_eq!(
            zh("决定时间 2010-01-02 09:05 早于受理时间 2011-12-03"),
            "决定时间2010年1月2日09:05早于受理时间12月3日"
        );
        assert_eq!(zh("（2011-12-14 录入）"), "（12月14日录入）");
        for other in [
            "编号 A-2011-12-14 的",
            "2011-12-14.csv第7行",
            "2011-12-144",
            "2011-13-14",
            "3 个工作日",
            "2011-12-1",
        ] {
            assert_eq!(zh(other), other);
        }
        assert_eq!(days(Language::English).within("due 2011-12-14"), "due 2011-12-14");
    }
}
