//! A step of a count in words.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{Step, What};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::text::{Text, say};

impl What {
    /// The word for this kind of step in data.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Received => "received",
            Self::Event => "event",
            Self::Length { .. } => "length",
            Self::Counted { .. } => "counted",
            Self::Worked { .. } => "worked",
            Self::Off => "off",
            Self::Closed => "closed",
            Self::Paused => "paused",
            Self::Rolled => "rolled",
            Self::Unknown => "unknown",
            Self::Due { .. } => "due",
        }
    }
}

/// A step of a count in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepWords {
    /// Its days.
    pub days: Text,
    /// What kind of day they are, where that matters.
    pub nature: Option<Text>,
    /// What they are to the count.
    pub what: Text,
}

impl Step {
    /// The step on one line: `2011-10-08 周六 国庆节调休上班 第 5 日/共 20 日`,
    /// `2011-10-08 Sat — worked, make-up for 国庆节 — day 5 of 20`.
    pub fn text(&self) -> Text {
        match self.parts() {
            StepWords { days, nature: Some(nature), what } => say!("step-two", days, nature, what),
            StepWords { days, nature: None, what } => say!("step-one", days, what),
        }
    }

    /// It in words, part by part.
    pub fn parts(&self) -> StepWords {
        let from = day(self.from);
        let days = if self.to > self.from { say!("step-days", from, to = day(self.to)) } else { from };
        StepWords { days, nature: self.nature(), what: self.meaning() }
    }

    /// What kind of day it is, where that matters to the count.
    fn nature(&self) -> Option<Text> {
        let telling = matches!(
            self.what,
            What::Counted { .. }
                | What::Worked { .. }
                | What::Off
                | What::Closed
                | What::Rolled
                | What::Due { .. }
        );
        match (&self.name, &self.what) {
            _ if !telling => None,
            (None, What::Off | What::Rolled) => Some(say!("step-rest_day")),
            (None, _) => None,
            (Some(name), What::Off | What::Rolled) => Some(say!("step-holiday", name)),
            (Some(name), _) if self.make_up => Some(say!("step-make_up", name)),
            (Some(name), What::Due { .. }) => Some(Text::from(name)),
            (Some(name), _) => Some(say!("step-worked_on", name)),
        }
    }

    /// What the day is to the count.
    fn meaning(&self) -> Text {
        match &self.what {
            What::Start { time: Some(time), .. } => say!("step-start_at", time = short(*time)),
            What::Start { counted: true, .. } => say!("step-start_counted"),
            What::Start { .. } => say!("step-start_not_counted"),
            What::Received => say!("step-received"),
            What::Event => say!("step-event"),
            What::Length { limit, extensions, total, unit } => length(limit, extensions, *total, *unit),
            What::Counted { first, last, of } if first == last => {
                say!("step-counted", first = *first, of = *of)
            }
            What::Counted { first, last, of } => {
                say!("step-counted_days", first = *first, last = *last, of = *of)
            }
            What::Worked { spans, sum, of } => {
                let span = |(from, to): &(NaiveTime, NaiveTime)| format!("{}–{}", short(*from), short(*to));
                let spans = Text::list(spans.iter().map(|it| Text::Plain(span(it))), "list-comma");
                say!("step-worked", spans, sum = hours(*sum), of = hours(*of))
            }
            What::Off => say!("step-off"),
            What::Closed => say!("step-closed"),
            What::Paused => say!("step-paused"),
            What::Rolled => say!("step-rolled"),
            What::Unknown => say!("step-unknown"),
            What::Due { at } => match at.time() {
                Some(time) => say!("step-due_at", time = short(time)),
                None => say!("step-due"),
            },
        }
    }
}

fn day(date: NaiveDate) -> Text {
    match date.weekday() {
        Weekday::Mon => say!("step-day_1", day = date),
        Weekday::Tue => say!("step-day_2", day = date),
        Weekday::Wed => say!("step-day_3", day = date),
        Weekday::Thu => say!("step-day_4", day = date),
        Weekday::Fri => say!("step-day_5", day = date),
        Weekday::Sat => say!("step-day_6", day = date),
        Weekday::Sun => say!("step-day_7", day = date),
    }
}

/// Minutes, and seconds only where there are any.
fn short(time: NaiveTime) -> String {
    let whole = chrono::Timelike::second(&time) == 0;
    time.format(if whole { "%H:%M" } else { "%H:%M:%S" }).to_string()
}

fn length(limit: &Limit, extensions: &[Limit], total: i64, unit: LimitUnit) -> Text {
    let extended = |limit, by: &Limit| say!("step-extended", limit, by = by.text());
    let whole = extensions.iter().fold(limit.text(), extended);
    let months = matches!(limit, Limit::Span { unit: LimitUnit::Months | LimitUnit::Years, .. });
    if months || !extensions.is_empty() {
        return say!("step-limit_sum", limit = whole, total = unit.of(total));
    }
    say!("step-limit", limit = whole)
}

/// Hours and minutes as `1:30`, with seconds only where there are any.
fn hours(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{rest:02}") }
}
