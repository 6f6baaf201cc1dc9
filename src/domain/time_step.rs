//! Steps of the machine's clock: a moment that a person or the records must confirm before anything is judged or sent by it.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

/// How far the machine's clock may step without a confirmation: a machine is off overnight, a program stands still, a zone is
/// mended. A timer that starts a round each day at the same hour is seconds or minutes late on some days.
pub const ORDINARY: TimeDelta = TimeDelta::hours(25);

/// What lies no further away is of about the same day.
pub const DAY: TimeDelta = TimeDelta::days(1);

/// How far back it may step so: a clock that a time server corrects. What is read by a clock that went back seems to have been entered in
/// time.
pub const ORDINARY_BACK: TimeDelta = TimeDelta::hours(1);

/// The records of so many cases confirm a moment: of one alone, who typed it may have meant a day to come, or mistyped the year.
pub const CASES: usize = 3;

/// What is known of time apart from the machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct Witnesses {
    /// When the last round began, as the machine's clock had it.
    pub last_round: DateTime<FixedOffset>,
    /// How long ago that was by a counter that no step moves; `None`: the machine was started anew since, or has none.
    pub running: Option<TimeDelta>,
    /// The last moment that a person confirmed.
    pub confirmed: Option<DateTime<FixedOffset>>,
}

/// Which way the machine's clock went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It shows a later moment than is likely.
    Ahead,
    /// It shows an earlier moment than the last round.
    Back,
}

impl Witnesses {
    /// The step that `now` would be, if it is one that has to be confirmed: more than a day and an hour after the last round, or
    /// an hour before it, and likewise where the counter puts it and of what a person confirmed.
    pub fn step(&self, now: DateTime<FixedOffset>) -> Option<Step> {
        let near = |moment: DateTime<FixedOffset>| (-ORDINARY_BACK..=ORDINARY).contains(&(now - moment));
        let counted = self.running.map(|running| self.last_round + running);
        if [Some(self.last_round), counted, self.confirmed].into_iter().flatten().any(near) {
            return None;
        }
        Some(if now > self.last_round { Step::Ahead } else { Step::Back })
    }
}

impl Step {
    /// Whether the records agree with it that were known by the last round, the last of them of `newest`: where the clock went
    /// back, one of about its day.
    pub fn agrees_with_known(self, today: NaiveDate, newest: Option<NaiveDate>) -> bool {
        self == Self::Back && newest.is_some_and(|newest| (newest - today).num_days().abs() <= 1)
    }

    /// Whether what was just written may speak for it. Where the clock went back, a known record later than the next day contradicts it.
    fn may_be_written(self, today: NaiveDate, newest: Option<NaiveDate>) -> bool {
        self == Self::Ahead || newest.is_none_or(|newest| (newest - today).num_days() <= 1)
    }
}

/// What was written since the last round and was not known, by the records' own times.
#[derive(Debug, Default)]
pub struct Written {
    /// Cases to which something happened in the last 24 hours, by source.
    of_the_day: BTreeSet<(usize, String)>,
    /// Days on which something happened.
    days: BTreeSet<NaiveDate>,
}

impl Written {
    /// Notes what happened to a case of a source, up to `now`.
    pub fn note(
        &mut self,
        (source, case): (usize, &str),
        at: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
    ) {
        if at > now {
            return;
        }
        self.days.insert(at.date_naive());
        if at > now - DAY {
            self.of_the_day.insert((source, case.to_owned()));
        }
    }

    /// Whether it confirms a step to `today`: records of its day of [`CASES`] cases, and, where the clock went ahead, records of at
    /// least half of the working days in between (`missed`): an office worked on while the machine was off, and under a wrong clock it
    /// did not. Over days of rest alone a machine is often off, and the first record of the morning is enough. `newest` is the newest
    /// day of what was known.
    pub fn confirms(
        &self,
        step: Step,
        today: NaiveDate,
        newest: Option<NaiveDate>,
        missed: &BTreeSet<NaiveDate>,
    ) -> bool {
        let worked = self.days.intersection(missed).count();
        let enough = if step == Step::Ahead && missed.is_empty() { 1 } else { CASES };
        self.of_the_day.len() >= enough
            && step.may_be_written(today, newest)
            && (step == Step::Back || 2 * worked >= missed.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn last() -> DateTime<FixedOffset> {
        at("2026-03-02T09:00:00+08:00")
    }

    fn alone() -> Witnesses {
        Witnesses { last_round: last(), running: None, confirmed: None }
    }

    /// A machine that is off overnight, or stands for a day, is ordinary, and so is a timer that is late on the next day, and a
    /// correction by an hour; a second more has to be confirmed.
    #[test]
    fn a_step_of_more_than_a_day_and_an_hour_has_to_be_confirmed() {
        let second = TimeDelta::seconds(1);
        for (gone, step) in [
            (DAY - second, None),
            (DAY, None),
            (DAY + second, None),
            (ORDINARY - second, None),
            (ORDINARY, None),
            (ORDINARY + second, Some(Step::Ahead)),
            (TimeDelta::days(365), Some(Step::Ahead)),
            (TimeDelta::zero(), None),
            (-ORDINARY_BACK + second, None),
            (-ORDINARY_BACK, None),
            (-ORDINARY_BACK - second, Some(Step::Back)),
            (-DAY, Some(Step::Back)),
            (TimeDelta::days(-2000), Some(Step::Back)),
        ] {
            assert_eq!(alone().step(last() + gone), step, "{gone}");
        }
    }

    /// A program that was stopped, or suspended with its machine, for days: the machine's own counter says so.
    #[test]
    fn days_that_the_machine_counted_are_no_step() {
        let nine = Witnesses { running: Some(TimeDelta::days(9)), ..alone() };
        assert_eq!(nine.step(last() + TimeDelta::days(9)), None);
        assert_eq!(nine.step(last() + TimeDelta::days(10)), None);
        assert_eq!(nine.step(last() + TimeDelta::days(9) + ORDINARY), None);
        assert_eq!(
            nine.step(last() + TimeDelta::days(9) + ORDINARY + TimeDelta::seconds(1)),
            Some(Step::Ahead)
        );
        let minutes = Witnesses { running: Some(TimeDelta::minutes(5)), ..alone() };
        assert_eq!(
            minutes.step(last() + TimeDelta::days(2)),
            Some(Step::Ahead),
            "it stepped while the machine ran"
        );
    }

    /// What a person confirmed holds for a day around it, and not for the next step.
    #[test]
    fn a_confirmation_is_of_one_moment() {
        let year = last() + TimeDelta::days(365);
        let confirmed = Witnesses { confirmed: Some(year), ..alone() };
        assert_eq!(confirmed.step(year + TimeDelta::hours(3)), None);
        assert_eq!(confirmed.step(year + ORDINARY + TimeDelta::seconds(1)), Some(Step::Ahead));
        assert_eq!(confirmed.step(last() - TimeDelta::days(30)), Some(Step::Back));
    }

    fn day(days: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + TimeDelta::days(days)
    }

    /// Records of `cases` cases in the morning of a day, and of one on each of `days` before.
    fn written(today: NaiveDate, cases: usize, days: &[NaiveDate]) -> Written {
        let morning =
            |day: NaiveDate| day.and_hms_opt(8, 0, 0).unwrap().and_local_timezone(*last().offset()).unwrap();
        let now = morning(today) + TimeDelta::hours(2);
        let mut written = Written::default();
        for case in 0..cases {
            written.note((0, &case.to_string()), morning(today), now);
        }
        for day in days {
            written.note((0, "before"), morning(*day), now);
        }
        written
    }

    fn ahead(written: &Written, today: NaiveDate, missed: &[NaiveDate]) -> bool {
        written.confirms(Step::Ahead, today, None, &missed.iter().copied().collect())
    }

    /// One record of the day may be planned or mistyped, and so may two; nothing that was known speaks for a clock that went ahead. Over
    /// a weekend or holiday one is enough.
    #[test]
    fn records_of_three_cases_confirm_a_step_ahead() {
        let rest = [day(1), day(2)];
        for (cases, confirms) in [(0, false), (1, false), (2, false), (3, true), (4, true)] {
            assert_eq!(ahead(&written(day(3), cases, &rest), day(3), &rest), confirms, "{cases}");
            assert_eq!(
                ahead(&written(day(3), cases, &[]), day(3), &[]),
                cases > 0,
                "{cases} after days of rest"
            );
        }
        let mut again = written(day(3), 1, &rest);
        for minutes in 1..9 {
            again.note(
                (0, "0"),
                at("2026-03-05T08:00:00+08:00") + TimeDelta::minutes(minutes),
                at("2026-03-05T10:00:00+08:00"),
            );
        }
        assert!(!ahead(&again, day(3), &rest), "of one case, however many");
        again.note((1, "0"), at("2026-03-05T10:00:01+08:00"), at("2026-03-05T10:00:00+08:00"));
        again.note((1, "1"), at("2026-03-04T10:00:00+08:00"), at("2026-03-05T10:00:00+08:00"));
        again.note((1, "2"), at("2026-03-04T10:00:01+08:00"), at("2026-03-05T10:00:00+08:00"));
        assert!(!ahead(&again, day(3), &rest), "neither of the future nor of a day before");
        again.note((1, "3"), at("2026-03-05T10:00:00+08:00"), at("2026-03-05T10:00:00+08:00"));
        assert!(ahead(&again, day(3), &rest));
        assert!(
            !Step::Ahead.agrees_with_known(day(30), Some(day(30))),
            "it was typed into the future before"
        );
    }

    /// An office that worked on while the machine was off left records of the days in between. Under a clock that is wrong there are none
    /// of them, whatever is planned for the day that it shows.
    #[test]
    fn a_step_ahead_over_working_days_needs_records_of_half_of_them() {
        let missed = [day(1), day(2), day(3), day(4), day(7)];
        for (worked, confirms) in [(0, false), (1, false), (2, false), (3, true), (5, true)] {
            assert_eq!(ahead(&written(day(8), 9, &missed[..worked]), day(8), &missed), confirms, "{worked}");
        }
        assert!(ahead(&written(day(8), 3, &missed[..2]), day(8), &missed[..4]), "half is enough");
        assert!(!ahead(&written(day(8), 2, &missed), day(8), &missed), "and none of the day is not");
        assert!(
            !ahead(&written(day(8), 3, &[day(5), day(6)]), day(8), &missed[..4]),
            "days of rest do not count"
        );
    }

    /// A clock that went back is believed where the newest record is of that day: then the last rounds were wrong. Where records are
    /// later than it, it is wrong itself.
    #[test]
    fn records_of_that_day_confirm_a_clock_that_went_back() {
        for (newest, agrees) in [(-2, false), (-1, true), (0, true), (1, true), (2, false), (365, false)] {
            assert_eq!(Step::Back.agrees_with_known(day(0), Some(day(newest))), agrees, "{newest}");
        }
        assert!(!Step::Back.agrees_with_known(day(0), None));
        let back = |cases: usize, newest: Option<NaiveDate>| {
            written(day(0), cases, &[]).confirms(Step::Back, day(0), newest, &[day(-2)].into())
        };
        assert!(back(3, None) && !back(2, None));
        assert!(back(3, Some(day(-9))), "nothing was written for nine days, and now something is");
        assert!(back(3, Some(day(1))));
        assert!(!back(3, Some(day(2))), "there are later ones");
    }
}
