//! Days as spreadsheets count them.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::super::value::Value;

/// The day 0 of spreadsheets.
pub(super) const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).expect("it exists");
/// The day 0 of those that count from 1904 on.
pub(super) const FIRST_OF_1904: NaiveDate = NaiveDate::from_ymd_opt(1904, 1, 1).expect("it exists");

/// Days since the first, their fraction a time of day to the second; without one a bare date. `None`: it is no such number;
/// `Some(None)`: there is no such day.
pub(super) fn read(value: Value<'_>, first: NaiveDate) -> Option<Option<(NaiveDate, Option<NaiveTime>)>> {
    const DAY: f64 = 86_400.0;
    let days = match value {
        #[expect(clippy::cast_precision_loss, reason = "such a year is refused")]
        Value::Integer(number) => number as f64,
        Value::Real(number) => number,
        Value::Text(text) => {
            let text = text.trim();
            let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            text.parse().ok().filter(|_| plain)?
        }
        _ => return None,
    };
    if !f64::is_finite(days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and such a year is refused")]
    let seconds = (days * DAY).round() as i64;
    let first = first.and_hms_opt(0, 0, 0);
    let at =
        first.zip(TimeDelta::try_seconds(seconds)).and_then(|(first, since)| first.checked_add_signed(since));
    Some(at.map(|at| (at.date(), (days.fract() != 0.0).then(|| at.time()))))
}
