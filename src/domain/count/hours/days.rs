//! The days on which other office hours hold than the usual ones: a day, a season, weekdays, or weekdays of a season.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::domain::season::Season;
use crate::domain::text::{Fault, say};

/// Days with hours of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Days {
    /// One day, or those from the first to the last, once.
    Dated(NaiveDate, NaiveDate),
    /// Weekdays of a part of every year.
    Both(Season, Weekdays),
    /// Weekdays, all year.
    Weekly(Weekdays),
    /// A part of every year (夏令时间).
    Yearly(Season),
}

impl Days {
    /// What goes before what where several hold a day: the narrower, a weekday before a season.
    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Dated(..) => 0,
            Self::Both(..) => 1,
            Self::Weekly(_) => 2,
            Self::Yearly(_) => 3,
        }
    }

    /// Whether they hold a day; `weekday` is `None` on a make-up day, which stands for another day of the week.
    pub(super) fn hold(self, date: NaiveDate, weekday: Option<Weekday>) -> bool {
        match self {
            Self::Dated(from, to) => (from..=to).contains(&date),
            Self::Both(season, weekdays) => weekdays.hold(weekday) && season.holds(date),
            Self::Weekly(weekdays) => weekdays.hold(weekday),
            Self::Yearly(season) => season.holds(date),
        }
    }

    /// Whether both are of one kind and hold a day together, so that nobody could say which goes before.
    pub(super) fn clash(self, other: Self) -> bool {
        match (self, other) {
            (Self::Dated(from, to), Self::Dated(other, until)) => from <= until && other <= to,
            (Self::Both(season, one), Self::Both(other, two)) => one.share(two) && share(season, other),
            (Self::Weekly(one), Self::Weekly(two)) => one.share(two),
            (Self::Yearly(season), Self::Yearly(other)) => share(season, other),
            _ => false,
        }
    }

    /// Whether the week matters to them.
    pub(super) fn by_week(self) -> bool {
        matches!(self, Self::Both(..) | Self::Weekly(_))
    }
}

/// Whether two seasons share a day: one of them then begins or ends in the other.
fn share(one: Season, two: Season) -> bool {
    let ends = |it: Season| {
        [it.from, it.to].map(|(month, day)| NaiveDate::from_ymd_opt(2024, month, day)).into_iter()
    };
    ends(one).flatten().any(|day| two.holds(day)) || ends(two).flatten().any(|day| one.holds(day))
}

/// Days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weekdays(u8);

impl Weekdays {
    /// Whether a day of the week is among them; none is where the week does not matter.
    pub(super) fn hold(self, weekday: Option<Weekday>) -> bool {
        weekday.is_some_and(|weekday| self.0 & bit(weekday) != 0)
    }

    fn share(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// From Monday on, in the order of bits.
pub(super) const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn bit(weekday: Weekday) -> u8 {
    1 << weekday.num_days_from_monday()
}

/// `Fri`, `friday`, `周五`, `星期五`; in a span also `五`.
fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim();
    let bare = ["星期", "礼拜", "周"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let place = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|name| *name == bare);
    match place {
        Some(place) => WEEK.get(place).copied(),
        None if bare == "天" => Some(Weekday::Sun),
        None => text.parse().ok(),
    }
}

/// `Fri`, `Mon-Thu`, `Sat,Sun`; `周五`, `周一至周四`, `周六、周日`.
impl FromStr for Weekdays {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let wrong = || Fault(say!("wrong-weekday", text = text.trim()));
        let mut days = 0;
        for part in text.split([',', '，', '、']) {
            let (first, last) = part.split_once(['-', '–', '至', '到']).unwrap_or((part, part));
            let (first, last) = (weekday(first).ok_or_else(wrong)?, weekday(last).ok_or_else(wrong)?);
            let mut day = first;
            days |= bit(day);
            while day != last {
                day = day.succ();
                days |= bit(day);
            }
        }
        Ok(Self(days))
    }
}

/// As [`FromStr`] reads it: `Mon-Thu`, `Sat,Sun`.
impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
        for day in WEEK.into_iter().filter(|day| self.hold(Some(*day))) {
            match runs.last_mut().filter(|(_, last)| last.succ() == day) {
                Some((_, last)) => *last = day,
                None => runs.push((day, day)),
            }
        }
        for (number, (first, last)) in runs.into_iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            write!(f, "{comma}{first}")?;
            if last != first {
                let between = if first.succ() == last { "," } else { "-" };
                write!(f, "{between}{last}")?;
            }
        }
        Ok(())
    }
}

/// As they are written before the hours.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dated(from, to) if from == to => write!(f, "{from}"),
            Self::Dated(from, to) => write!(f, "{from}/{to}"),
            Self::Both(season, weekdays) => write!(f, "{season} {weekdays}"),
            Self::Weekly(weekdays) => write!(f, "{weekdays}"),
            Self::Yearly(season) => write!(f, "{season}"),
        }
    }
}

/// The days at the beginning of a text, and the hours behind them.
pub(super) fn split(text: &str) -> Result<(Days, &str), Fault> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        let (weekdays, hours) = weekdays_before(text)?;
        return Ok((Days::Weekly(weekdays), hours));
    }
    let (days, rest) =
        text.split_once(char::is_whitespace).ok_or_else(|| Fault(say!("wrong-days_of_hours", text)))?;
    let (rest, days) = (rest.trim(), days.trim_end_matches([':', '：']));
    let (first, last) = days.split_once('/').unwrap_or((days, days));
    if let (Ok(from), Ok(to)) = (first.parse::<NaiveDate>(), last.parse::<NaiveDate>()) {
        let backwards = || Fault(say!("wrong-days_backwards", days));
        return if to < from { Err(backwards()) } else { Ok((Days::Dated(from, to), rest)) };
    }
    let season: Season = days.parse()?;
    let plain = rest.starts_with(|c: char| c.is_ascii_digit()) || rest.parse::<super::DayHours>().is_ok();
    if plain {
        return Ok((Days::Yearly(season), rest));
    }
    let (weekdays, hours) = weekdays_before(rest)?;
    Ok((Days::Both(season, weekdays), hours))
}

/// Weekdays, and what stands behind them; between Chinese words and the hours no blank is needed.
fn weekdays_before(text: &str) -> Result<(Weekdays, &str), Fault> {
    let digit = text.find(|c: char| c.is_ascii_digit());
    let place = digit.or_else(|| text.find(char::is_whitespace)).unwrap_or(text.len());
    let (days, hours) = text.split_at(place);
    Ok((days.trim_end_matches([':', '：', ' ']).parse()?, hours.trim()))
}
