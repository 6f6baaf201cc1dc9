//! What stands for nothing, and what does not.

use super::*;

fn words() -> Nothing {
    Nothing::new(&usual())
}

/// A word that any system writes for nothing is nothing, in any case; what merely contains one is not.
#[test]
fn words_for_nothing_are_nothing() {
    for text in [
        "",
        " ",
        "NULL",
        "null",
        "(Null)",
        "nan",
        " \\N ",
        "-",
        "/",
        "——",
        "无",
        "0000-00-00",
        "9999-12-31",
        "－",
        "Ｎ／Ａ",
        "／",
    ] {
        assert!(words().is(Value::Text(text)), "{text}");
    }
    for text in ["无异议", "－x", "--x", "NULLA", "0", "2011-09-26"] {
        assert!(!words().is(Value::Text(text)), "{text}");
    }
    assert!(words().is(Value::Null) && !words().is(Value::Integer(0)));
    assert!(Nothing::new(&["0".to_owned()]).is(Value::Integer(0)));
    assert!(!Nothing::new(&[]).is(Value::Text("NULL")) && Nothing::new(&[]).is(Value::Text("")));
}

/// A date of the list covers its forms with midnight, and no other time of that day; one with a time of day covers that alone.
#[test]
fn a_date_for_nothing_covers_its_midnight() {
    for text in [
        "0000-00-00 00:00:00",
        "0000/00/00",
        "00/00/0000 00:00",
        "1900-01-01T00:00:00.000",
        "1900/1/1 0:00",
        "1899-12-30 00:00:00+08:00",
        "9999-12-31 23:59:59.997",
        "9999-12-31 00:00",
        "1970-01-01 08:00",
        "1970-01-01T08:00:00+08:00",
        "1900年1月1日",
        "1900年01月01日 00:00:00",
        "1900年1月1日0:00",
        "１９００-０１-０１",
        "９９９９年１２月３１日",
    ] {
        assert!(words().date_in(Value::Text(text)).is_some(), "{text}");
    }
    for text in [
        "1900-01-01 09:30:00",
        "1900年1月1日 9:30",
        "1900年1月2日",
        "1900-01-02",
        "1970-01-01 08:00:01",
        "1970-01-01",
        "3020-01-01",
        "0",
    ] {
        assert_eq!(words().date_in(Value::Text(text)), None, "{text}");
    }
}

/// Zero dates exist nowhere; the others might be meant.
#[test]
fn dates_that_exist_are_possible_values() {
    let possible: Vec<&str> = USUAL.into_iter().filter(|word| is_possible(word)).collect();
    assert_eq!(possible, ["1900-01-01", "1899-12-30", "0001-01-01", "9999-12-31", "1970-01-01 08:00:00"]);
}

/// The last second of 9999 stands for its day, and no other time of it; of another day the last second is a time like any. Six zeros
/// are a date of nothing, five are none.
#[test]
fn the_last_second_of_all_is_nothing_and_no_other() {
    let is = |text: &str| words().date_in(Value::Text(text)).is_some();
    assert_eq!(
        ["9999-12-31 23:59:59", "9999-12-31 00:00:00", "9999-12-31 12:00:00"].map(is),
        [true, true, false]
    );
    let of_1900 = Nothing::new(&["1900-01-01".to_owned()]);
    let is_1900 = |text: &str| of_1900.date_in(Value::Text(text)).is_some();
    assert_eq!(["1900-01-01", "1900-01-01 23:59:59"].map(is_1900), [true, false]);
    assert_eq!(["00/00/00", "00/00/0"].map(is), [true, false]);
}

#[test]
fn a_word_may_be_a_date_that_exists() {
    let possible = ["2011-02-28", "2011-02-29", "2012-02-29", "0001-01-01", "0000-01-01"].map(is_possible);
    assert_eq!(possible, [true, false, true, true, false]);
}
