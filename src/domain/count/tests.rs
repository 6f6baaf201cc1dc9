//! Counting against the law's examples, against laws of arithmetic, and against a slow count of its own.

mod back;
mod examples;
mod hours;
mod laws;
mod slow;
mod steps;
mod used;

use chrono_tz::Asia::Shanghai;

use super::*;
use crate::edge::config::calendar::embedded;

/// A moment as a person writes it: `2011-09-26`, or `2011-09-30T16:30` of Shanghai.
fn at(text: &str) -> Moment {
    match text.parse::<NaiveDate>() {
        Ok(date) => Moment::day(date, Shanghai),
        Err(_) => Moment::local(format!("{text}:00").parse().unwrap(), Shanghai),
    }
}

fn pause(span: &str) -> Pause {
    let (from, to) = span.split_once('/').unwrap();
    Pause { from: at(from), to: at(to) }
}

fn limits(texts: &[&str]) -> Vec<Limit> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn ask(counting: &Counting, start: &str, limit: &[&str], pauses: &[&str]) -> Result<Due, CountError> {
    let limits = limits(limit);
    let pauses: Vec<_> = pauses.iter().map(|span| pause(span)).collect();
    let asked = Asked { start: at(start), limit: &limits[0], extensions: &limits[1..], pauses: &pauses };
    counting.due(&embedded(), Shanghai, &asked)
}

/// The due moment by the defaults, as it prints, without the offset.
fn due(start: &str, limit: &[&str], pauses: &[&str]) -> String {
    with(&Counting::default(), start, limit, pauses)
}

fn with(counting: &Counting, start: &str, limit: &[&str], pauses: &[&str]) -> String {
    ask(counting, start, limit, pauses).unwrap().at.to_string().replace(":00+08:00", "")
}
