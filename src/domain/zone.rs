//! The wall clock of a zone: from local times to instants and back.

use std::sync::OnceLock;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::Tz;

/// The instant of a local time. Where the clock was put back, the earlier of the two instants is meant; where it was put
/// forward over the time, the first instant after the gap.
pub(super) fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<FixedOffset> {
    if let Some(offset) = Steady::of_zone(zone).and_then(|steady| steady.offset_at(local)) {
        return DateTime::from_naive_utc_and_offset(local - offset, offset);
    }
    let mut probe = local;
    loop {
        if let Some(found) = zone.from_local_datetime(&probe).earliest() {
            return found.fixed_offset();
        }
        // Only inside the gap of a clock put forward; gaps are of whole quarter hours.
        probe += chrono::Duration::minutes(15);
    }
}

/// The local time at an instant.
pub(super) fn local(at: DateTime<FixedOffset>, zone: Tz) -> NaiveDateTime {
    let steady = Steady::of_zone(zone).and_then(|steady| steady.offset_at(at.naive_utc()));
    steady.map_or_else(|| at.with_timezone(&zone).naive_local(), |offset| at.naive_utc() + offset)
}

/// A zone whose clocks are not changed any more: in China since 1991. From then on no table need be searched.
#[derive(Debug)]
struct Steady {
    zone: Tz,
    offset: FixedOffset,
    /// By the local clock and by the universal one alike.
    since: NaiveDateTime,
}

impl Steady {
    /// What is known of a zone, if it is the one that was asked for first: an installation has one zone.
    fn of_zone(zone: Tz) -> Option<&'static Self> {
        static FIRST: OnceLock<Steady> = OnceLock::new();
        Some(FIRST.get_or_init(|| Self::find(zone))).filter(|first| first.zone == zone)
    }

    /// Goes back day by day, from where the tables of zones end, to the last change of the clocks, or to 1970.
    fn find(zone: Tz) -> Self {
        let offset = |day: NaiveDate| zone.offset_from_utc_datetime(&day.and_time(NaiveTime::MIN)).fix();
        let (first, end) = (day(1970), day(2100));
        let steady = |day: &NaiveDate| *day > first && offset(*day) == offset(end);
        let since =
            std::iter::successors(Some(end), NaiveDate::pred_opt).find(|day| !steady(day)).unwrap_or(first);
        // The day after is no longer the day of the change, and no zone is a whole day away from the universal clock.
        let since = (since + Days::new(2)).and_time(NaiveTime::MIN);
        Self { zone, offset: offset(end), since }
    }

    fn offset_at(&self, time: NaiveDateTime) -> Option<FixedOffset> {
        (time >= self.since).then_some(self.offset)
    }
}

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).expect("every year begins")
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    /// Daylight saving time in China ended on 1991-09-15.
    #[test]
    fn chinas_clocks_are_steady_since_1991() {
        let steady = Steady::find(chrono_tz::Asia::Shanghai);
        assert_eq!((steady.since, steady.offset.local_minus_utc()), (at("1991-09-16T00:00:00"), 8 * 3600));
    }

    /// The second before no table need be searched, that second, the one after.
    #[test]
    fn from_its_first_second_on_a_steady_zone_is_known() {
        let steady = Steady::find(chrono_tz::Asia::Shanghai);
        let known =
            [-1, 0, 1].map(|second| steady.offset_at(steady.since + Duration::seconds(second)).is_some());
        assert_eq!(known, [false, true, true]);
    }

    #[test]
    fn a_time_that_the_clock_skipped_is_the_first_after_the_gap() {
        let zone = chrono_tz::Europe::Amsterdam;
        assert_eq!(instant(at("2011-03-27T02:30:00"), zone).to_rfc3339(), "2011-03-27T03:00:00+02:00");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// What is found without a search is what the tables say, in every zone and at every time.
        #[test]
        fn a_steady_zone_is_what_its_tables_say(
            zone in prop::sample::select(&chrono_tz::TZ_VARIANTS[..]),
            seconds in 0..200_i64 * 366 * 86_400,
            near in -172_800..172_800_i64,
        ) {
            let steady = Steady::find(zone);
            for time in [at("1900-01-01T00:00:00") + Duration::seconds(seconds), steady.since + Duration::seconds(near)] {
                if let Some(offset) = steady.offset_at(time) {
                    prop_assert_eq!(zone.offset_from_utc_datetime(&time).fix(), offset);
                    let by_tables = zone.from_local_datetime(&time).earliest().map(|found| found.fixed_offset());
                    prop_assert_eq!(by_tables, Some(DateTime::from_naive_utc_and_offset(time - offset, offset)));
                }
            }
        }
    }
}
