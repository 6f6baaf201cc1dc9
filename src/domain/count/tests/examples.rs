//! What the law, the notices and DESIGN say of single dates.

use super::super::*;
use super::{ask, at, due, limits, pause, with};
use crate::edge::config::calendar::embedded;
use chrono_tz::Asia::Shanghai;

fn counted() -> Counting {
    Counting { start_day_counts: true, ..Counting::default() }
}

/// 行政许可法 Art. 42, 82: working days from acceptance. DESIGN 3: 1–7 Oct off, 8 and 9 Oct worked.
#[test]
fn twenty_working_days_over_the_national_day() {
    assert_eq!(due("2011-09-26", &["20wd"], &[]), "2011-10-27");
    assert_eq!(due("2011-09-26T16:30", &["20wd"], &[]), "2011-10-27");
}

/// 行政许可法 Art. 42: ten days more; D7: added to the limit, the whole counted in one go.
#[test]
fn an_extension_is_counted_with_the_limit() {
    assert_eq!(due("2011-09-26", &["20wd", "10wd"], &[]), "2011-11-10");
    assert_eq!(due("2011-09-26", &["30wd"], &[]), "2011-11-10");
}

/// 行政许可法 Art. 45; D6 (a): both end days of the pause are left out.
#[test]
fn a_pause_leaves_out_both_its_end_days() {
    assert_eq!(due("2011-09-26", &["20wd"], &["2011-10-10/2011-10-21"]), "2011-11-10");
    assert_eq!(due("2011-09-26", &["20wd"], &["2011-10-10T15:00/2011-10-21T09:00"]), "2011-11-10");
    assert_eq!(due("2011-09-26", &["20wd"], &["2011-10-27/2011-10-27"]), "2011-10-28");
    assert_eq!(due("2011-09-26", &["20wd"], &["2011-10-28/9999-12-31"]), "2011-10-27");
    assert_eq!(due("2011-09-26", &["20wd"], &["1900-01-01/2011-09-26"]), "2011-10-27");
}

/// 国办发明电〔2011〕45号: Saturday 31 December 2011 worked, 1–3 January 2012 off.
#[test]
fn a_start_on_a_make_up_day_at_the_turn_of_the_year() {
    assert_eq!(due("2011-12-31", &["5wd"], &[]), "2012-01-10");
}

/// D8, D11: 1 Oct 2011 rolls over the break to Saturday 8 October, a make-up day, and stays there.
#[test]
fn calendar_days_roll_to_a_make_up_saturday() {
    assert_eq!(due("2011-08-02", &["60d"], &[]), "2011-10-08");
    let strict = Counting { roll_last_day: false, ..Counting::default() };
    assert_eq!(with(&strict, "2011-08-02", &["60d"], &[]), "2011-10-01");
}

/// 《全国年节及纪念日放假办法》: 1 January 2027 is off, announced or not, and the answer is provisional all the same.
#[test]
fn holidays_fixed_by_law_hold_beyond_the_announced_years() {
    let days = |start: &str, limit: &[&str]| {
        let due = ask(&Counting::default(), start, limit, &[]).unwrap();
        (due.at.to_string(), due.provisional)
    };
    assert_eq!(days("2026-12-28", &["3wd"]), ("2026-12-31".into(), false));
    assert_eq!(days("2026-12-28", &["4wd"]), ("2027-01-04".into(), true));
    assert_eq!(days("2026-12-28", &["5wd"]), ("2027-01-05".into(), true));
    // 30 September 2027 and seven days on: 1 October is a Friday, 2 and 3 the weekend.
    assert_eq!(days("2027-09-30", &["1wd"]), ("2027-10-04".into(), true));
    assert_eq!(days("2027-02-04", &["1wd"]), ("2027-02-09".into(), true));
}

/// No limit ends inside a pause: where the last day rolls onto a paused day, it rolls on. A pause that ends the day before
/// the one it rolls to, or begins the day after, changes nothing.
#[test]
fn no_limit_ends_inside_a_pause() {
    // Saturday 2026-04-04 to Monday 04-06 are off.
    assert_eq!(due("2026-03-05", &["30d"], &[]), "2026-04-07");
    for (pause, ends) in [
        ("2026-04-06/2026-04-12", "2026-04-13"),
        ("2026-04-05/2026-04-06", "2026-04-07"),
        ("2026-04-07/2026-04-07", "2026-04-08"),
        ("2026-04-08/2026-04-12", "2026-04-07"),
        ("2026-04-07/2026-04-10", "2026-04-13"),
    ] {
        assert_eq!(due("2026-03-05", &["30d"], &[pause]), ends, "{pause}");
    }
    assert_eq!(
        due("2026-03-05", &["30d"], &["2026-04-07/2026-04-07", "2026-04-08/2026-04-08"]),
        "2026-04-09"
    );
    // The make-up Sunday 2024-02-18 is worked and paused; the day after the pause is a Saturday.
    assert_eq!(due("2024-01-01", &["10d", "30d"], &["2024-02-16/2024-02-23"]), "2024-02-26");
    assert_eq!(due("2024-01-01", &["10d", "30d"], &["2024-02-16/2024-02-17"]), "2024-02-18");
    // A limit that does not roll stays where it ends, and there no pause can be.
    let strict = Counting { roll_last_day: false, ..Counting::default() };
    assert_eq!(with(&strict, "2026-03-05", &["30d"], &["2026-04-06/2026-04-12"]), "2026-04-04");
}

/// 民法典 Art. 202: no corresponding day, so the month's last.
#[test]
fn two_months_from_the_last_of_december() {
    assert_eq!(due("2011-12-31", &["2mo"], &[]), "2012-02-29");
    assert_eq!(due("2010-12-31", &["2mo"], &[]), "2011-02-28");
    assert_eq!(due("2011-08-15", &["2mo"], &[]), "2011-10-17", "15 October is a Saturday and rolls");
    assert_eq!(due("2012-02-29", &["1y"], &[]), "2013-02-28");
    assert_eq!(due("2011-03-31", &["1mo", "1mo"], &[]), due("2011-03-31", &["2mo"], &[]));
    assert_eq!(due("2011-01-10", &["1y", "2mo"], &[]), due("2011-01-10", &["14mo"], &[]));
}

/// D13; DESIGN 3: half an hour on Friday 30 September, the rest on Saturday 8 October after the break.
#[test]
fn two_office_hours_over_the_national_day() {
    assert_eq!(due("2011-09-30T16:30", &["2oh"], &[]), "2011-10-08T10:30");
}

/// D1 (b): "自受理之日起" taken by the word.
#[test]
fn the_start_day_counts_if_so_set() {
    assert_eq!(with(&counted(), "2011-09-26", &["20wd"], &[]), "2011-10-26");
    assert_eq!(with(&counted(), "2011-10-01", &["1wd"], &[]), "2011-10-08", "no working day is day 1");
    assert_eq!(with(&counted(), "2011-08-02", &["10d"], &[]), "2011-08-11");
    assert_eq!(with(&counted(), "2011-03-15", &["1mo"], &[]), "2011-04-14");
    let strict = Counting { roll_last_day: false, ..counted() };
    assert_eq!(with(&strict, "2011-12-31", &["2mo"], &[]), "2012-02-29", "no corresponding day");
}

/// D6 (a) with G4: months become days and run around the pause; the end rolls last.
#[test]
fn calendar_limits_leave_paused_calendar_days_out() {
    assert_eq!(due("2011-11-01", &["10d"], &["2011-11-05/2011-11-06"]), "2011-11-14", "13 Nov is a Sunday");
    assert_eq!(due("2011-12-31", &["2mo"], &["2012-01-10/2012-01-10"]), "2012-03-01");
}

/// D12, D18: by closing time of that working day, or of the next one.
#[test]
fn the_same_day_ends_at_closing_time() {
    assert_eq!(due("2011-09-26T10:00", &["same-day"], &[]), "2011-09-26T17:00");
    assert_eq!(due("2011-09-26", &["same-day"], &[]), "2011-09-26T17:00", "hour unknown");
    assert_eq!(due("2011-09-26T16:59", &["same-day"], &[]), "2011-09-26T17:00");
    assert_eq!(due("2011-09-26T17:00", &["same-day"], &[]), "2011-09-27T17:00");
    assert_eq!(due("2011-09-30T18:00", &["same-day"], &[]), "2011-10-08T17:00");
    assert_eq!(due("2011-10-02", &["same-day"], &[]), "2011-10-08T17:00");
    assert_eq!(due("2011-10-08T09:00", &["same-day"], &[]), "2011-10-08T17:00", "a make-up day");
}

/// D12 (G6): with business hours the last day ends when they do.
#[test]
fn a_due_day_may_end_at_closing_time() {
    let closing = Counting { day_end: DayEnd::Closing, ..Counting::default() };
    assert_eq!(with(&closing, "2011-09-26", &["20wd"], &[]), "2011-10-27T17:00");
    assert_eq!(with(&closing, "2011-08-02", &["60d"], &[]), "2011-10-08T17:00");
}

#[test]
fn office_hours_end_where_a_span_ends_and_begin_where_one_begins() {
    assert_eq!(due("2011-09-26T09:00", &["3oh"], &[]), "2011-09-26T12:00", "not 13:00");
    assert_eq!(due("2011-09-26T12:30", &["1oh"], &[]), "2011-09-26T14:00", "at lunch");
    assert_eq!(due("2011-09-26T07:00", &["7oh"], &[]), "2011-09-26T17:00", "before opening");
    assert_eq!(due("2011-09-26T20:00", &["8oh"], &[]), "2011-09-28T10:00", "after closing");
    assert_eq!(due("2011-09-26", &["1oh"], &[]), "2011-09-27T10:00", "hour unknown: from closing");
    assert_eq!(due("2011-09-26T09:00", &["3oh", "1oh"], &[]), "2011-09-26T14:00");
    let paused = due("2011-09-26T09:00", &["3oh"], &["2011-09-26T10:00/2011-09-26T11:30"]);
    assert_eq!(paused, "2011-09-26T14:30");
    assert_eq!(due("2011-09-26T09:00", &["3oh"], &["2011-09-26/2011-09-26"]), "2011-09-27T12:00");
    assert_eq!(due("2011-09-26T09:00", &["3oh"], &["2011-09-26T10:00/2011-09-26T10:00"]), "2011-09-26T12:00");
}

/// DESIGN 3: past the last announced day an answer is provisional, and only there.
#[test]
fn an_answer_is_provisional_if_an_unknown_day_was_consulted() {
    let provisional =
        |start: &str, limit: &str| ask(&Counting::default(), start, &[limit], &[]).unwrap().provisional;
    assert!(!provisional("2026-12-01", "22wd"), "31 December 2026 is the last announced day");
    assert!(provisional("2026-12-01", "23wd"));
    assert!(!provisional("2003-12-31", "5wd"), "the start day itself is not consulted");
    assert!(provisional("2003-12-30", "5wd"));
    assert!(provisional("2026-12-01", "60d"), "whether 30 January 2027 is worked is not known");
    assert!(provisional("2026-12-31T16:30", "2oh"));
    assert!(!provisional("2026-12-31T15:00", "2oh"));
    assert!(provisional("2026-12-31T18:00", "same-day"));
    let fixed = Counting { roll_last_day: false, ..Counting::default() };
    assert!(!ask(&fixed, "2026-12-01", &["60d"], &[]).unwrap().provisional, "no working day was asked for");
}

#[test]
fn what_cannot_be_counted_is_refused_in_a_sentence() {
    let told = |start, limit: &[&str], pauses: &[&str]| {
        ask(&Counting::default(), start, limit, pauses).unwrap_err().to_string()
    };
    assert_eq!(
        told("2011-09-26", &["20wd", "10d"], &[]),
        "the limit 20wd cannot be extended by 10d: give both in the same unit"
    );
    assert!(told("2011-09-26", &["same-day", "1wd"], &[]).contains("cannot be extended"));
    assert!(told("2011-09-26", &["date:expiry"], &[]).contains("look the date up first"));
    let backwards = told("2011-09-26", &["20wd"], &["2011-10-21/2011-10-10"]);
    assert_eq!(backwards, "the pause from 2011-10-21 to 2011-10-10 ends before it begins");
    assert!(told("2011-09-26", &["1oh"], &["2011-10-21T10:00/2011-10-21T09:00"]).contains("ends before"));
    assert!(told("2011-09-26", &["1oh"], &["2011-10-21/2011-10-20"]).contains("ends before"));
    for limit in ["9999wd", "9999d", "9999mo", "9999y", "9999oh"] {
        assert!(told("2199-12-30", &[limit], &[]).contains("1970-01-01 to 2199-12-31"), "{limit}");
        assert!(told("1969-12-30", &[limit], &[]).contains("1970-01-01 to 2199-12-31"), "{limit}");
    }
    assert!(told("2011-09-26", &["20wd"], &["2011-09-27/9999-12-31"]).contains("leads out"));
    assert!(told("2011-09-26", &["20d"], &["2011-09-27/9999-12-31"]).contains("leads out"));
}

/// DESIGN 4: "N working days before" begins at the opening of that day, the due day being day 0.
#[test]
fn a_notice_begins_at_the_opening_of_its_day() {
    let (counting, calendar) = (Counting::default(), embedded());
    let notice = |due: &str, n| counting.notice_from(&calendar, Shanghai, &at(due), n).unwrap();
    assert_eq!(notice("2011-10-27", 2), at("2011-10-25T09:00"));
    assert_eq!(notice("2011-10-27", 0), at("2011-10-27T09:00"));
    assert_eq!(notice("2011-10-09", 2), at("2011-09-30T09:00"));
    assert_eq!(notice("2011-10-08T10:30", 1), at("2011-09-30T09:00"));
    assert_eq!(notice("2011-10-03", 1), at("2011-09-30T09:00"), "due on a day off that does not roll");
}

#[test]
fn after_the_due_day_comes_the_next_working_day() {
    let calendar = embedded();
    let after = |due: &str, n| after_due(&calendar, Shanghai, &at(due), n).unwrap();
    assert_eq!(after("2011-09-30", 1), at("2011-10-08T00:00"));
    assert_eq!(after("2011-09-30", 0), at("2011-10-01T00:00"), "passed at midnight");
    assert_eq!(passed_at(&at("2011-09-30T17:00"), Shanghai).to_string(), "2011-09-30T17:00:01+08:00");
    let late = |stop: &str| working_days_late(&calendar, Shanghai, &at("2011-09-30"), &at(stop)).unwrap();
    assert_eq!([late("2011-09-29"), late("2011-09-30T23:00"), late("2011-10-03")], [0, 0, 0]);
    assert_eq!([late("2011-10-08"), late("2011-10-10T08:00")], [1, 3]);
}

#[test]
fn a_share_of_a_limit_is_rounded_up_to_whole_days() {
    let (counting, calendar) = (Counting::default(), embedded());
    let share = |start: &str, limit: &str, percent| {
        let limit = limits(&[limit]);
        let asked = Asked { start: at(start), limit: &limit[0], extensions: &[], pauses: &[] };
        counting.share(&calendar, Shanghai, &asked, percent).unwrap().to_string()
    };
    // 27–30 September and 8–12 October 2011 are days 1 to 9.
    assert_eq!(share("2011-09-26", "10wd", 90), "2011-10-13T00:00:00+08:00");
    assert_eq!(share("2011-09-26", "10wd", 81), "2011-10-13T00:00:00+08:00");
    assert_eq!(share("2011-09-26", "10wd", 80), "2011-10-12T00:00:00+08:00");
    assert_eq!(share("2011-09-26", "10wd", 100), "2011-10-14T00:00:00+08:00");
    assert_eq!(share("2011-08-02", "60d", 50), "2011-09-02T00:00:00+08:00");
    assert_eq!(share("2011-08-02", "60d", 100), "2011-10-09T00:00:00+08:00", "rolled");
    assert_eq!(share("2011-09-26T09:00", "4oh", 75), "2011-09-26T12:00:00+08:00");
    assert_eq!(share("2011-09-26T09:00", "same-day", 50), "2011-09-26T17:00:01+08:00");
}

#[test]
fn what_has_run_is_told_in_the_unit_of_the_clock() {
    let (counting, calendar) = (Counting::default(), embedded());
    let used = |limit: &str, until: &str| {
        let (limit, pauses) = (limits(&[limit]), [pause("2011-10-10/2011-10-11")]);
        let asked =
            Asked { start: at("2011-09-26T09:00"), limit: &limit[0], extensions: &[], pauses: &pauses };
        let progress = super::used::used(&counting, &calendar, &asked, &at(until));
        (progress.used, (progress.total - progress.used).max(0))
    };
    assert_eq!(used("20wd", "2011-09-20"), (0, 20));
    assert_eq!(used("20wd", "2011-09-26"), (0, 20));
    assert_eq!(used("20wd", "2011-10-08"), (5, 15));
    assert_eq!(used("20wd", "2011-10-11"), (6, 14));
    assert_eq!(used("20wd", "2011-12-30"), (64, 0));
    assert_eq!(used("60d", "2011-10-12"), (14, 46));
    assert_eq!(used("8oh", "2011-09-26T14:00"), (4 * 3600, 4 * 3600));
    assert_eq!(used("8oh", "2011-09-27"), (7 * 3600, 3600), "the hour is not known");
}

/// DESIGN 3: a date of the record is judged by civil day and does not roll.
#[test]
fn a_date_of_the_record_is_due_on_its_civil_day() {
    let due = Due::on(&at("2011-10-01T12:00"), Shanghai);
    assert_eq!(due, Due { at: at("2011-10-01"), provisional: false });
}

/// A hall closed on Friday afternoons and one half day: on the last moment of the morning, and one minute after it.
#[test]
fn office_hours_by_weekday_and_half_days() {
    let hours = |text: &str| Counting { hours: text.parse().unwrap(), ..Counting::default() };
    let friday = hours("09:00-12:00,13:00-17:00; Fri 09:00-12:00");
    assert_eq!(with(&friday, "2011-10-14T11:00", &["1oh"], &[]), "2011-10-14T12:00");
    assert_eq!(with(&friday, "2011-10-14T11:01", &["1oh"], &[]), "2011-10-17T09:01");
    assert_eq!(with(&friday, "2011-10-14T11:00", &["4oh"], &[]), "2011-10-17T12:00");
    assert_eq!(with(&friday, "2011-10-14T11:59", &["same-day"], &[]), "2011-10-14T12:00");
    assert_eq!(with(&friday, "2011-10-14T12:00", &["same-day"], &[]), "2011-10-17T17:00");
    assert_eq!(with(&friday, "2011-10-13T11:00", &["4oh"], &[]), "2011-10-13T16:00");
    let half = hours("09:00-12:00,13:00-17:00; 2011-10-14 09:00-12:00");
    assert_eq!(with(&half, "2011-10-13T16:00", &["4oh"], &[]), "2011-10-14T12:00");
    assert_eq!(with(&half, "2011-10-14T11:00", &["4oh"], &[]), "2011-10-17T12:00");
    assert_eq!(with(&half, "2011-10-21T11:00", &["4oh"], &[]), "2011-10-21T16:00");
    let closed = hours("09:00-12:00,13:00-17:00; Fri closed");
    assert_eq!(with(&closed, "2011-10-13T16:00", &["2oh"], &[]), "2011-10-17T10:00");
    assert_eq!(with(&closed, "2011-10-13T16:00", &["same-day"], &[]), "2011-10-13T17:00");
    assert_eq!(with(&closed, "2011-10-14T10:00", &["same-day"], &[]), "2011-10-17T17:00");
    assert_eq!(with(&closed, "2011-10-14", &["same-day"], &[]), "2011-10-17T17:00");
    // Whether a day is worked is the calendar's to say: a limit in days runs on a day without hours.
    assert_eq!(with(&closed, "2011-10-13", &["1wd"], &[]), "2011-10-14");
    let closing = Counting { day_end: DayEnd::Closing, ..closed };
    assert_eq!(with(&closing, "2011-10-13", &["1wd"], &[]), "2011-10-14");
    assert_eq!(with(&closing, "2011-10-13", &["2wd"], &[]), "2011-10-17T17:00");
}
