//! DESIGN section 3: times as sources write them.

use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::*;
use crate::domain::text::Language;

fn times(formats: &[TimeFormat]) -> Times {
    Times::new(formats, Shanghai).unwrap()
}

fn iso(text: &str) -> Result<String, String> {
    times(&[TimeFormat::Iso])
        .moment(Value::Text(text))
        .map(|moment| moment.to_string())
        .map_err(|why| why.words(Language::English))
}

fn by_pattern(pattern: &str, text: &str) -> Result<String, String> {
    let times = times(&[TimeFormat::Pattern(pattern.into())]);
    times
        .moment(Value::Text(text))
        .map(|moment| moment.to_string())
        .map_err(|why| why.words(Language::English))
}

#[test]
fn iso_is_understood_in_all_its_variants() {
    for (text, moment) in [
        ("2011-09-26", "2011-09-26"),
        (" 2011-09-26 ", "2011-09-26"),
        ("2011-09-26 16:30", "2011-09-26T16:30:00+08:00"),
        ("2011-09-26T16:30:05", "2011-09-26T16:30:05+08:00"),
        ("2011-09-26t16:30:05.999999", "2011-09-26T16:30:05.999+08:00"),
        ("2011-09-26 16:30:05,9", "2011-09-26T16:30:05.900+08:00"),
        ("2011-09-26 16:30:05.000", "2011-09-26T16:30:05+08:00"),
        ("2011-09-26T16:30:05Z", "2011-09-27T00:30:05+08:00"),
        ("2011-09-26 16:30:05.688000+02:00", "2011-09-26T22:30:05.688+08:00"),
        ("2011-09-26 16:30+08", "2011-09-26T16:30:00+08:00"),
        ("2011-09-26 16:30:05 +0800", "2011-09-26T16:30:05+08:00"),
        ("2011-09-26 16:30:05-0330", "2011-09-27T04:00:05+08:00"),
    ] {
        assert_eq!(iso(text).as_deref(), Ok(moment), "{text}");
    }
}

/// Issue 13: full-width digits, 上午 and 下午, and 24:00, which is the end of the day on which it stands and not the next one.
#[test]
fn other_spellings_are_understood() {
    for (text, moment) in [
        ("２０１１-０９-２６", "2011-09-26"),
        ("2011－09－26　09：05", "2011-09-26T09:05:00+08:00"),
        ("2011-09-26 上午 9:05:00", "2011-09-26T09:05:00+08:00"),
        ("2011-09-26 下午 03:05", "2011-09-26T15:05:00+08:00"),
        ("2011-09-26 下午12:05", "2011-09-26T12:05:00+08:00"),
        ("2011-09-26 上午 12:05", "2011-09-26T00:05:00+08:00"),
        ("2011-09-26 03:05 PM", "2011-09-26T15:05:00+08:00"),
        ("2011-09-26 23:59", "2011-09-26T23:59:00+08:00"),
        ("2011-09-26 24:00", "2011-09-26T23:59:59+08:00"),
        ("2011-09-26T24:00:00.000", "2011-09-26T23:59:59+08:00"),
    ] {
        assert_eq!(iso(text).as_deref(), Ok(moment), "{text}");
    }
    assert_eq!(
        by_pattern("%Y/%m/%d %H:%M", "2011/9/26 下午 3:05").as_deref(),
        Ok("2011-09-26T15:05:00+08:00")
    );
    for text in [
        "2011-09-26 上午 15:05",
        "2011-09-26 下午",
        "２０１１-０２-３０",
        "2011-09-26 24:30",
        "2011-09-26 25:00",
    ] {
        assert!(iso(text).is_err(), "{text}");
    }
}

/// A time that begins with its year means one day only, whatever stands between its numbers; so it is read where no format reads it.
#[test]
fn a_time_that_begins_with_its_year_is_understood() {
    for text in [
        "2011/9/26 9:05",
        "2011-9-26 09:05:00",
        "2011.09.26 9:5",
        "2011年9月26日9时5分",
        "2011年9月26日 9:05:00",
        "2011年09月26号 9点05分0秒",
        "201109260905",
        "20110926090500",
        "20110926T090500",
        "20110926 09:05",
        "20110926T090500+0800",
        "2011/9/26 上午 9:05",
        "２０１１／９／２６　９：０５",
        "2011/9/26 1:05:00Z",
        "2011-09-26 01:05:00 UTC",
        "2011-09-26 09:05:00 CST",
        "2011-09-26T09:05:00+08:00[Asia/Shanghai]",
    ] {
        assert_eq!(iso(text).as_deref(), Ok("2011-09-26T09:05:00+08:00"), "{text}");
    }
    for text in ["2011/9/26", "2011-9-26", "2011.9.26", "2011年9月26日", "20110926"] {
        assert_eq!(iso(text).as_deref(), Ok("2011-09-26"), "{text}");
    }
    let whole = times(&[TimeFormat::Iso]).moment(Value::Integer(20_110_926)).unwrap();
    assert_eq!(whole.to_string(), "2011-09-26");
    assert_eq!(iso("2011-09-26T24:00:00+08:00").as_deref(), Ok("2011-09-26T23:59:59+08:00"));
    assert_eq!(iso("2011/9/6 24:00").as_deref(), Ok("2011-09-06T23:59:59+08:00"));
    assert!(by_pattern("%d.%m.%Y", "2011/9/26").is_err(), "only beside ISO");
}

/// Where two patterns of a read tell two days, nobody knows which is meant; where both tell one, or one alone tells any, it is read.
#[test]
fn a_day_that_two_patterns_read_in_two_ways_is_in_doubt() {
    let times = times(&["%d/%m/%Y", "%m/%d/%Y"].map(|pattern| TimeFormat::Pattern(pattern.into())));
    let read = |text| {
        times.moment(Value::Text(text)).map(|it| it.to_string()).map_err(|it| it.words(Language::English))
    };
    for (text, day) in
        [("26/09/2011", "2011-09-26"), ("09/26/2011", "2011-09-26"), ("10/10/2011", "2011-10-10")]
    {
        assert_eq!(read(text).as_deref(), Ok(day));
    }
    let why = read("03/10/2011").unwrap_err();
    assert!(why.contains("2011-10-03") && why.contains("2011-03-10"), "{why}");
}

/// Spreadsheets that were begun on a Mac count the same days by numbers that are 1462 less.
#[test]
fn days_of_spreadsheets_may_count_from_1904() {
    let [plain, mac] = [TimeFormat::Excel, TimeFormat::Excel1904].map(|format| times(&[format]));
    for days in [24_107, 39_350, 40_000] {
        let later = i64::from(days) + 1462;
        let read = |times: &Times, value| times.moment(value).map(|moment| moment.to_string());
        assert_eq!(read(&mac, Value::Integer(days.into())), read(&plain, Value::Integer(later)), "{days}");
    }
    assert_eq!(mac.moment(Value::Real(39_350.375)).unwrap().to_string(), "2011-09-26T09:00:00+08:00");
}

/// Issue 13: days as spreadsheets count them, with a time of day to the second.
#[test]
fn days_of_spreadsheets_are_understood() {
    let times = times(&[TimeFormat::Excel]);
    let read = |value| {
        times.moment(value).map(|moment| moment.to_string()).map_err(|why| why.words(Language::English))
    };
    assert_eq!(read(Value::Integer(40812)).as_deref(), Ok("2011-09-26"));
    assert_eq!(read(Value::Text(" 40812 ")).as_deref(), Ok("2011-09-26"));
    assert_eq!(read(Value::Real(40812.375)).as_deref(), Ok("2011-09-26T09:00:00+08:00"));
    assert_eq!(read(Value::Text("40812.3784722222")).as_deref(), Ok("2011-09-26T09:05:00+08:00"));
    assert_eq!(read(Value::Real(40_811.999_999_9)).as_deref(), Ok("2011-09-26T00:00:00+08:00"));
    for value in [
        Value::Text("-1"),
        Value::Text("2011-09-26"),
        Value::Text("1e5"),
        Value::Real(f64::NAN),
        Value::Integer(i64::MAX),
    ] {
        assert!(read(value).is_err(), "{value:?}");
    }
}

#[test]
fn what_is_no_time_is_refused_with_its_value() {
    for text in [
        "2011-02-30",
        "0000-00-00 00:00:00",
        "2011-09-26 24:01",
        "1969-12-31",
        "2200-01-01",
        "2011-09-31T10:00",
    ] {
        let reason = iso(text).unwrap_err();
        assert!(reason.contains(text) && reason.contains("no date that exists"), "{reason}");
    }
    for text in [
        "26/9/2011",
        "26-09-2011",
        "11-9-26",
        "2011/9-26",
        "2011-09-26T",
        "2011-09-26 16",
        "2011-09-26 16:30:05.",
        "2011-09-26 16:30+8",
        "2011-09-26 16:30+08:",
        "2011-09-26 16:30+08:60",
        "2011-09-26Z",
        "明天",
        "201109261",
        "2011092616",
        "2011-09-26 16:30 CET",
        "2011-09-26 16:30[Asia/Shanghai]",
    ] {
        let reason = iso(text).unwrap_err();
        assert!(reason.contains(text) && reason.contains("not written as a time"), "{reason}");
    }
}

#[test]
fn epoch_numbers_count_from_1970_in_the_zone_of_the_source() {
    let read = |format, value| times(&[format]).moment(value).map(|moment| moment.to_string());
    let expected = Ok("2011-09-26T16:30:05+08:00".to_owned());
    assert_eq!(read(TimeFormat::EpochSeconds, Value::Integer(1_317_025_805)), expected);
    assert_eq!(read(TimeFormat::EpochMilliseconds, Value::Integer(1_317_025_805_000)), expected);
    let expected = |fraction| Ok(format!("2011-09-26T16:30:05.{fraction}+08:00"));
    assert_eq!(read(TimeFormat::EpochSeconds, Value::Real(1_317_025_805.75)), expected("750"));
    assert_eq!(read(TimeFormat::EpochMilliseconds, Value::Integer(1_317_025_805_999)), expected("999"));
    assert_eq!(read(TimeFormat::EpochMilliseconds, Value::Text(" 1317025805999 ")), expected("999"));
    for value in
        [Value::Integer(i64::MAX), Value::Integer(-1), Value::Real(f64::NAN), Value::Real(f64::INFINITY)]
    {
        let read = read(TimeFormat::EpochSeconds, value);
        assert!(
            read.is_err() || matches!(value, Value::Real(number) if number.is_nan()),
            "{value:?}: {read:?}"
        );
    }
}

#[test]
fn patterns_read_what_is_not_iso() {
    for (pattern, text, moment) in [
        ("%Y/%m/%d", "2011/9/26", "2011-09-26"),
        ("%Y年%m月%d日", "2011年9月26日", "2011-09-26"),
        ("%Y年%m月%d日 %H时", "2011年9月26日 16时", "2011-09-26T16:00:00+08:00"),
        ("%Y%m%d%H%M%S", "20110926163005", "2011-09-26T16:30:05+08:00"),
        ("%d.%m.%Y %I:%M %p", "26.09.2011 04:30 PM", "2011-09-26T16:30:00+08:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2011-09-26T10:30:05+0200", "2011-09-26T16:30:05+08:00"),
        ("%s", "1317025805", "2011-09-26T16:30:05+08:00"),
    ] {
        assert_eq!(by_pattern(pattern, text).as_deref(), Ok(moment), "{pattern}");
    }
    assert!(by_pattern("%Y/%m/%d", "2011/2/30").unwrap_err().contains("no date that exists"));
    assert!(
        Times::new(&[TimeFormat::Pattern("%Q".into())], Shanghai).unwrap_err().to_string().contains("`%Q`")
    );
}

#[test]
fn formats_are_tried_in_order() {
    let times = times(&[TimeFormat::Iso, TimeFormat::Pattern("%Y%m%d".into()), TimeFormat::EpochSeconds]);
    for value in [Value::Text("2011-09-26"), Value::Text("20110926"), Value::Integer(20_110_926)] {
        assert_eq!(times.moment(value).unwrap().to_string(), "2011-09-26");
    }
    assert_eq!(times.moment(Value::Integer(1_317_025_805)).unwrap().to_string(), "2011-09-26T16:30:05+08:00");
}

proptest! {
    #[test]
    fn a_time_that_is_printed_reads_back(seconds in 0i64..7_258_000_000) {
        let moment = times(&[TimeFormat::EpochSeconds]).moment(Value::Integer(seconds)).unwrap();
        prop_assert_eq!(iso(&moment.to_string()), Ok(moment.to_string()));
    }
}

/// A column in a zone of its own is told on the source's clocks: what has an offset of its own, or no hour, is not moved.
#[test]
fn a_column_of_another_zone_is_told_on_the_clocks_of_the_source() {
    let times = times(&[TimeFormat::Iso]);
    for (text, told) in [
        ("2011-10-10 01:00:05", "2011-10-10T09:00:05+08:00"),
        ("2011-10-10 15:59:59", "2011-10-10T23:59:59+08:00"),
        ("2011-10-10 16:00:00", "2011-10-11T00:00:00+08:00"),
        ("2011-10-10T09:00:05+08:00", "2011-10-10T09:00:05+08:00"),
        ("2011-10-10", "2011-10-10"),
    ] {
        let (written, _) = times.written(Value::Text(text)).unwrap();
        assert_eq!(times.place_from(written, chrono_tz::UTC).to_string(), told, "{text}");
    }
}

/// The sign behind the nine is no digit, and a date has the same sign twice.
#[test]
fn what_is_nearly_a_date_is_none() {
    for text in ["2011-09-2:", "2011-09-:6", "2011-0:-26", ":011-09-26", "2011-09/26", "2011/09-26"] {
        assert!(super::iso::read(text.as_bytes()).is_none(), "{text}");
    }
    assert!(super::iso::read(b"2011-09-26").is_some_and(|read| read.is_some()));
}
