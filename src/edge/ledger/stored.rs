//! How the domain's values stand in the ledger's columns, and how they come back.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use rusqlite::Row;

use super::LedgerError;
use crate::domain::moment::Moment;
use crate::domain::record::{Amount, Entry, Header, Trace, TraceKind};

pub(super) fn parsed<T: FromStr>(what: &'static str, text: &str) -> Result<T, LedgerError> {
    text.parse().map_err(|_| LedgerError::Garbled { what, value: text.to_owned() })
}

pub(super) fn instant(text: &str) -> Result<DateTime<FixedOffset>, LedgerError> {
    DateTime::parse_from_rfc3339(text)
        .map_err(|_| LedgerError::Garbled { what: "an instant", value: text.to_owned() })
}

pub(super) fn moment(text: &str, zone: Tz) -> Result<Moment, LedgerError> {
    // What the clock or a disk wrote may have smaller fractions of a second than any record has.
    let written = || DateTime::parse_from_rfc3339(text).ok().map(Moment::instant);
    Moment::parse(text, zone)
        .or_else(written)
        .ok_or_else(|| LedgerError::Garbled { what: "a moment", value: text.to_owned() })
}

pub(super) fn dates_to_text(header: &Header) -> Option<String> {
    named_to_text(&header.dates)
}

/// Dates by name as they stand in a column.
pub(super) fn named_to_text(dates: &[(String, Moment)]) -> Option<String> {
    let pairs: serde_json::Map<String, serde_json::Value> =
        dates.iter().map(|(name, at)| (name.clone(), at.to_string().into())).collect();
    (!pairs.is_empty()).then(|| serde_json::Value::from(pairs).to_string())
}

pub(super) fn dates_from_text(text: &str, zone: Tz) -> Result<Vec<(String, Moment)>, LedgerError> {
    let garbled = || LedgerError::Garbled { what: "a record's dates", value: text.to_owned() };
    let pairs: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| garbled())?;
    pairs.into_iter().map(|(name, at)| Ok((name, moment(at.as_str().ok_or_else(garbled)?, zone)?))).collect()
}

pub(super) fn amount_to_text(amount: &Amount) -> String {
    match amount {
        Amount::Limit(limit) => limit.to_string(),
        Amount::Bare(number) => number.to_string(),
    }
}

fn amount_from_text(text: &str) -> Result<Amount, LedgerError> {
    match text.parse() {
        Ok(number) => Ok(Amount::Bare(number)),
        Err(_) => parsed("an amount", text).map(Amount::Limit),
    }
}

/// Columns of a trace in the order `trace` reads them.
pub(super) const TRACE: &str = "kind, stage, occurred_at, recorded_at, by, note, amount, outcome, unit, asked_at, serial, due_at, resumes_any, step_dues";
/// How many they are.
pub(super) const TRACE_COLUMNS: usize = 14;

/// Reads a trace from the columns of `TRACE`, beginning at `at`.
pub(super) fn trace(row: &Row<'_>, at: usize, zone: Tz) -> Result<Trace, LedgerError> {
    let seen = |column: usize| text(row, at + column);
    let kept = |column: usize| Ok(seen(column)?.map(str::to_owned));
    let required = |column, what| seen(column)?.ok_or(LedgerError::Garbled { what, value: String::new() });
    Ok(Trace {
        kind: parsed("a kind of trace", required(0, "a kind of trace")?)?,
        stage: kept(1)?,
        occurred: moment(required(2, "a moment")?, zone)?,
        recorded: seen(3)?.map(|at| moment(at, zone)).transpose()?,
        by: kept(4)?,
        note: kept(5)?,
        amount: seen(6)?.map(amount_from_text).transpose()?,
        outcome: seen(7)?.map(|word| parsed("an outcome", word)).transpose()?,
        unit: kept(8)?,
        asked: seen(9)?.map(|at| moment(at, zone)).transpose()?,
        serial: kept(10)?,
        due: seen(11)?.map(|at| moment(at, zone)).transpose()?,
        resumes_any: row.get(at + 12).map_err(super::cannot("read a trace"))?,
        step_dues: seen(13)?.map(|text| dates_from_text(text, zone)).transpose()?.unwrap_or_default(),
        entry: Entry::default(),
    })
}

/// Notes of a special procedure which row it stands in: its beginning and its end may share one.
pub(super) fn of_row(mut trace: Trace, read: u16, key: &str) -> Trace {
    if matches!(trace.kind, TraceKind::Paused | TraceKind::Resumed) {
        trace.entry.row = Some((read, key.into()));
    }
    trace
}

/// The text in a column, where it stands; `None` for NULL.
pub(super) fn text<'r>(row: &'r Row<'_>, column: usize) -> Result<Option<&'r str>, LedgerError> {
    let fail = super::cannot("read a text");
    let value = row.get_ref(column).map_err(&fail)?;
    value.as_str_or_null().map_err(|error| fail(error.into()))
}

/// A stored instant as people write it: to the minute, in local time.
pub(super) fn to_minute(text: String) -> String {
    text.chars().take(16).collect::<String>().replace('T', " ")
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// A file's own time has nanoseconds: a delivery at such a time stopped every round after it.
    #[test]
    fn a_moment_with_fractions_of_a_second_is_read_back() {
        let whole = moment("2026-11-27T19:28:24+08:00", Shanghai).unwrap();
        assert_eq!(moment("2026-11-27T19:28:24.194271410+08:00", Shanghai).unwrap(), whole);
        moment("yesterday", Shanghai).unwrap_err();
    }
}
