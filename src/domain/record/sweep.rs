//! When a source is read as a whole and compared with what is known of it.

use chrono::{Days, NaiveDate};

use super::mapping::SourceSpec;
use super::moved::tables_of_cases;
use crate::domain::now::Now;

/// Closed cases are compared once in so many days.
const WEEK: Days = Days::new(7);

/// How a source looked before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As before.
    AsBefore,
    /// Otherwise.
    Otherwise,
}

/// Whether a source is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is not.
    None,
    /// It is.
    Open,
    /// It was, and somebody has said that it is right as it is.
    Accepted,
}

/// What is known of the sweeps of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// The day of the last.
    pub on: Option<NaiveDate>,
    /// The day of the last that compared closed cases.
    pub looked_back_on: Option<NaiveDate>,
    /// Whether it is doubted.
    pub doubt: Doubt,
}

/// What a reading compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compares {
    /// Nothing.
    Nothing,
    /// Rows that came under another key with those that they may be.
    Keys,
    /// The keys, and every row of the cases that are not closed.
    Unfinished,
    /// The same of the cases that were closed lately, too.
    ClosedToo,
}

/// What a reading that begins now compares: all once a day from its time on, and whenever the source looked otherwise than before;
/// closed cases once a week, every day where cases go over from one table to another and may go back, and where the source was doubted,
/// so that what was missing is entered. What somebody has accepted is entered also where nothing is swept by itself.
pub fn compares(spec: &SourceSpec, swept: Swept, look: Look, now: &Now) -> Compares {
    let asked = spec.sweep_at.is_some() || swept.doubt == Doubt::Accepted;
    if !asked || !spec.needs_sweeps() || now.replay {
        return Compares::Nothing;
    }
    let today = now.today();
    let due = spec.sweep_at.is_some_and(|at| now.instant.time() >= at) && swept.on != Some(today);
    if !due && look == Look::AsBefore {
        return Compares::Keys;
    }
    // A day that is still to come was entered by a clock that was set back since.
    let last = swept.looked_back_on.filter(|day| *day <= today);
    let a_week_ago = last.and_then(|day| day.checked_add_days(WEEK)).is_none_or(|due| due <= today);
    let goes_over = tables_of_cases(&spec.reads).nth(1).is_some();
    if swept.doubt != Doubt::None || a_week_ago || goes_over {
        Compares::ClosedToo
    } else {
        Compares::Unfinished
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chrono::{DateTime, NaiveTime};

    use super::*;
    use crate::domain::record::connection::Connection;
    use crate::domain::record::mapping::{ReadSpec, Shape};
    use crate::domain::record::tests::spec as read;

    fn spec(sweep_at: Option<&str>) -> SourceSpec {
        SourceSpec {
            name: "hall".into(),
            was: None,
            connection: Connection::Sqlite { path: "x".into(), encoding: None },
            zone: chrono_tz::Asia::Shanghai,
            overlap: Duration::ZERO,
            overlap_rows: 0,
            sweep_at: sweep_at.map(|at| NaiveTime::parse_from_str(at, "%H:%M").unwrap()),
            sweep_back_days: 90,
            may_shrink: Default::default(),
            batch: false,
            lag: Duration::ZERO,
            overdue_after: 3,
            limits: Default::default(),
            catalogue: None,
            reads: Vec::new(),
        }
    }

    fn now(text: &str) -> Now {
        Now { instant: DateTime::parse_from_rfc3339(&format!("{text}+08:00")).unwrap(), replay: false }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    const NEVER: Swept = Swept { on: None, looked_back_on: None, doubt: Doubt::None };

    /// A minute before its time, at its time and after it; on the day of a sweep no more, the day after again.
    #[test]
    fn a_source_is_swept_once_a_day_from_its_time_on() {
        let at = |moment, on| {
            let swept = Swept { on, looked_back_on: day("2012-03-01"), doubt: Doubt::None };
            compares(&spec(Some("02:00")), swept, Look::AsBefore, &now(moment))
        };
        for (moment, of_it) in [
            ("2012-03-02T01:59:00", Compares::Keys),
            ("2012-03-02T02:00:00", Compares::Unfinished),
            ("2012-03-02T23:59:59", Compares::Unfinished),
        ] {
            assert_eq!(at(moment, day("2012-03-01")), of_it, "{moment}");
            assert_eq!(at(moment, day("2012-03-02")), Compares::Keys, "{moment}, swept already");
        }
        assert_eq!(at("2012-03-03T02:00:00", day("2012-03-02")), Compares::Unfinished);
    }

    /// The sixth day after the last look at closed cases, the seventh and the eighth; and a look that lies ahead is none.
    #[test]
    fn closed_cases_are_compared_once_a_week() {
        let on = |moment, looked_back_on| {
            let swept = Swept { on: None, looked_back_on, doubt: Doubt::None };
            compares(&spec(Some("02:00")), swept, Look::AsBefore, &now(moment))
        };
        assert_eq!(on("2012-03-07T02:00:00", day("2012-03-01")), Compares::Unfinished);
        assert_eq!(on("2012-03-08T02:00:00", day("2012-03-01")), Compares::ClosedToo);
        assert_eq!(on("2012-03-09T02:00:00", day("2012-03-01")), Compares::ClosedToo);
        assert_eq!(on("2012-03-09T02:00:00", day("2012-03-09")), Compares::Unfinished);
        assert_eq!(on("2012-03-09T02:00:00", day("2012-03-10")), Compares::ClosedToo);
        assert_eq!(on("2012-03-09T02:00:00", None), Compares::ClosedToo, "never before");
    }

    /// A case may go back from those finished to those in hand on any day: they are compared whenever there are two tables of cases.
    #[test]
    fn two_tables_of_cases_are_compared_every_day() {
        let swept = Swept { on: None, looked_back_on: day("2012-03-01"), doubt: Doubt::None };
        let with = |reads| SourceSpec { reads, ..spec(Some("02:00")) };
        let of_cases = || read(Shape::Wide);
        let of_events = || ReadSpec { item: None, ..read(Shape::Wide) };
        let next_day = now("2012-03-02T02:00:00");
        for (reads, of_it) in [
            (vec![of_cases()], Compares::Unfinished),
            (vec![of_cases(), of_events(), read(Shape::Long)], Compares::Unfinished),
            (vec![of_cases(), of_events(), of_cases()], Compares::ClosedToo),
        ] {
            assert_eq!(compares(&with(reads), swept, Look::AsBefore, &next_day), of_it);
        }
    }

    /// What looks otherwise is swept at any time, unless nothing of it ever is; what somebody accepted is swept where it looks otherwise.
    #[test]
    fn a_source_that_looks_otherwise_is_swept_at_once() {
        let early = now("2012-03-02T01:00:00");
        let swept = Swept { on: day("2012-03-02"), looked_back_on: day("2012-03-02"), doubt: Doubt::None };
        let usual = spec(Some("02:00"));
        assert_eq!(compares(&usual, swept, Look::AsBefore, &early), Compares::Keys);
        assert_eq!(compares(&usual, swept, Look::Otherwise, &early), Compares::Unfinished);
        for doubt in [Doubt::Open, Doubt::Accepted] {
            let doubted = Swept { doubt, ..swept };
            assert_eq!(compares(&usual, doubted, Look::Otherwise, &early), Compares::ClosedToo, "{doubt:?}");
        }
        for (doubt, look, of_it) in [
            (Doubt::None, Look::Otherwise, Compares::Nothing),
            (Doubt::Open, Look::Otherwise, Compares::Nothing),
            (Doubt::Accepted, Look::AsBefore, Compares::Keys),
            (Doubt::Accepted, Look::Otherwise, Compares::ClosedToo),
        ] {
            let swept = Swept { doubt, ..NEVER };
            assert_eq!(compares(&spec(None), swept, look, &early), of_it, "{doubt:?} {look:?}");
        }
    }

    /// Files are read whole whenever they changed, and a past moment is not swept.
    #[test]
    fn neither_files_nor_the_past_are_swept() {
        let noon = now("2012-03-02T12:00:00");
        let settle = Duration::ZERO;
        let files = Connection::Xes { path: "x".into(), settle, recursive: false };
        let files = SourceSpec { connection: files, ..spec(Some("02:00")) };
        assert_eq!(compares(&files, NEVER, Look::Otherwise, &noon), Compares::Nothing);
        let past = Now { replay: true, ..noon };
        assert_eq!(compares(&spec(Some("02:00")), NEVER, Look::Otherwise, &past), Compares::Nothing);
        assert_eq!(compares(&spec(Some("02:00")), NEVER, Look::AsBefore, &noon), Compares::ClosedToo);
    }
}
