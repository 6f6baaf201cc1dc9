//! Whether a server's clock and ours agree.

use chrono::{DateTime, FixedOffset};

use super::super::Remark;
use crate::domain::text::say;

/// Seconds by which two clocks may differ before it is said: a connection takes its time.
const SKEW: i64 = 30;

/// That a server's clock, in seconds since 1970, is another than ours.
pub(super) fn differ(theirs: Option<&str>, ours: DateTime<FixedOffset>) -> Option<Remark> {
    let ahead = theirs?.parse::<i64>().ok()?.saturating_sub(ours.timestamp());
    let seconds = i64::try_from(ahead.unsigned_abs()).unwrap_or(i64::MAX);
    match (seconds > SKEW, ahead > 0) {
        (false, _) => None,
        (true, true) => Some(Remark::warning(say!("about-clock_ahead", seconds))),
        (true, false) => Some(Remark::warning(say!("about-clock_behind", seconds))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    /// Half a minute is no matter, a second more is said, with its direction.
    #[test]
    fn a_clock_that_differs_is_said() {
        let ours: DateTime<FixedOffset> = "2011-12-01T09:00:00+08:00".parse().unwrap();
        let says = |by: i64| {
            let theirs = (ours.timestamp() + by).to_string();
            differ(Some(&theirs), ours).map(|it| it.text.words(Language::English))
        };
        assert_eq!([says(30), says(-30), says(0)], [None, None, None]);
        assert!(says(31).unwrap().contains("31 s ahead") && says(-31).unwrap().contains("31 s behind"));
        assert!(
            says(i64::MIN / 2).is_some() && differ(Some("x"), ours).is_none() && differ(None, ours).is_none()
        );
    }
}
