use super::*;
use crate::domain::text::Language;

fn columns() -> Vec<String> {
    ["no", "item", "at"].map(str::to_owned).to_vec()
}

fn line_of(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Line, Wrong> {
    Taken { columns: &columns(), longest: 8, encoding }.line(bytes)
}

fn line(text: &str) -> Result<Line, Wrong> {
    line_of(text.as_bytes(), None)
}

fn row(text: &str) -> Vec<String> {
    match line(text) {
        Ok(Line::Row(cells)) => (0..3).map(|at| format!("{:?}", cells.cell(at))).collect(),
        other => panic!("{text}: {other:?}"),
    }
}

/// What JSON can say of a value, and what becomes of it.
#[test]
fn values_are_taken_as_they_are_written() {
    assert_eq!(row(r#"{"no": "A\u53d7", "item": null, "at": 7}"#), [r#"Text("A受")"#, "Null", "Integer(7)"]);
    assert_eq!(
        row(r#"{"at": 40812.375, "NO": true, "item": "", "more": [{}]}"#),
        [r#"Text("true")"#, r#"Text("")"#, "Real(40812.375)"]
    );
    assert_eq!(
        row(r#"{"no": 18446744073709551615, "item": -9223372036854775808, "at": "12345678"}"#),
        [r#"Text("18446744073709551615")"#, "Integer(-9223372036854775808)", r#"Text("12345678")"#]
    );
    assert_eq!(row(r#"{"no": "123456789", "item": 1, "at": 1}"#)[0], "TooLong");
}

/// Issue 15: a number of eighteen digits that went through a float has lost its last ones; two cases would become one.
#[test]
fn a_float_beyond_its_digits_is_refused() {
    let at = |number: &str| line(&format!(r#"{{"no": {number}, "item": 1, "at": 1}}"#));
    for damaged in ["4.310021980010113e17", "9007199254740992.0", "-1e300", "431002198001011234567"] {
        assert_eq!(at(damaged), Err(Wrong::Float("no".into())), "{damaged}");
    }
    for whole in ["431002198001011234", "9007199254740991.0", "9007199254740993"] {
        assert!(at(whole).is_ok(), "{whole}");
    }
}

/// What is no row is said, without what stands in it.
#[test]
fn what_is_no_row_is_said() {
    let wrong = |text: &str| line(text).unwrap_err().text().words(Language::English);
    for (text, words) in [
        (r#"{"no": 1, "no": 2, "item": 1, "at": 1}"#, "names `no` twice"),
        (r#"{"no": 1, "No": 2, "item": 1, "at": 1}"#, "names `no` twice"),
        (r#"{"no": [1], "item": 1, "at": 1}"#, "a list or an object in `no`"),
        (r#"{"no": {"a": 1}, "item": 1, "at": 1}"#, "a list or an object in `no`"),
        (r#"{"no": 1, "at": 1, "titem": 3}"#, "has no `item`; it has `titem`"),
        (r#"{}"#, "has no `no`, `item`, `at`"),
        (r#"{"rows": 3, "more": 1}"#, "has no `no`, `item`, `at`; it has `more`"),
        (r#"{"rows": -1}"#, "has no `no`"),
        (r#"{"rows": "3"}"#, "has no `no`"),
        ("hunter2", "no JSON"),
        ("", "no JSON"),
        ("[1, 2]", "no JSON"),
        (r#"{"no": 1, "item": 1, "at": 1"#, "no JSON"),
        (r#"{"no": 1, "item": 1, "at": 1} {"#, "no JSON"),
        (r#"{"no": 1e999, "item": 1, "at": 1}"#, "no JSON"),
    ] {
        let said = wrong(text);
        assert!(said.contains(words), "{text}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    let long = format!(r#"{{"{}": 1}}"#, "x".repeat(257));
    assert_eq!(line(&long), Err(Wrong::LongName));
    assert!(matches!(line(&format!(r#"{{"{}": 1}}"#, "x".repeat(256))), Err(Wrong::Missing(..))));
    let deep = format!(r#"{{"no": {}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(line(&deep).is_err(), "deeper than a stack");
}

#[test]
fn what_speaks_of_rows_is_told_apart() {
    assert_eq!(line(r#"{"rows": 3}"#), Ok(Line::Rows(3)));
    assert_eq!(line("{\"rows\":0}\r"), Ok(Line::Rows(0)));
    assert_eq!(line(r#"{"read": "cases"}"#), Ok(Line::Read("cases".into())));
    assert!(matches!(line(r#"{"rows": 3, "no": 1, "item": 1, "at": 1}"#), Ok(Line::Row(_))));
}

/// A line in another encoding is read by it, whatever bytes of it look like; without it a cell that is lost costs itself, and a line
/// that cannot be taken apart is said to be of another encoding.
#[test]
fn bytes_are_read_by_their_encoding() {
    let text = r#"{"no": "A", "item": "受理", "at": 1}"#;
    let (bytes, ..) = encoding_rs::GBK.encode(text);
    assert_eq!(line_of(&bytes, Some(encoding_rs::GB18030)), line(text));
    let Ok(Line::Row(cells)) = line_of(&bytes, None) else { panic!("it is a row") };
    assert!(matches!(cells.cell(1), Value::Garbled(_)), "{cells:?}");
    assert_eq!((cells.cell(0), cells.cell(2)), (Value::Text("A"), Value::Integer(1)));
    // The second byte of this character is a backslash.
    let (bytes, ..) = encoding_rs::GBK.encode(r#"{"no": "A", "item": "誠", "at": 1}"#);
    assert!(bytes.windows(2).any(|two| two == b"\\\""), "{bytes:?}");
    assert!(line_of(&bytes, Some(encoding_rs::GB18030)).is_ok());
    assert_eq!(line_of(&bytes, None), Err(Wrong::NoUtf8));
}
