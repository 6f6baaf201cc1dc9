//! Which sheets of a workbook are read, and what is said of the others.

use super::*;

/// Hidden rows are rows, and hidden sheets sheets: both are said. The sheet is the one that is named, else those that are shown and have
/// the columns; of hidden ones that have them each reading says so.
#[test]
fn what_is_hidden_is_said() {
    let event = |id: &str| [id, "A1", "a", "2011-11-01"].map(text);
    let rows = header()
        + &row_with(2, "hidden=\"1\"", &event("1"))
        + &row(3, &event("2"))
        + &row_with(4, "hidden=\"1\"", &[none()]);
    let other = below(&[event("9")]);
    let sheets = [("-旧", other.clone()), ("办件", rows), ("说明", texts("x")), ("-Old", other)];
    let book = Workbook::new(&sheets).bytes();
    let (told, reading) = tell(&book, None);
    assert_eq!(told.traces().len(), 2);
    let expected = [
        "events.xlsx has 1 rows that are hidden; they were read like the others",
        "of events.xlsx `办件` are read and 1 sheets are not: `说明` (they have not the columns of the mapping; `sheet` in its source names one alone)",
        "events.xlsx has 2 sheets that are hidden and not read: `旧`, `Old`",
    ];
    assert_eq!(notes(&reading), expected);
    assert_eq!(reading.passed_over, ["events.xlsx [旧]", "events.xlsx [Old]"]);
    for named in ["old", " Old "] {
        let (told, reading) = tell(&book, Some(named));
        assert_eq!(told.traces().len(), 1);
        assert_eq!(notes(&reading)[0], "the sheet `Old` of events.xlsx, which is read, is hidden");
    }
    let (_folder, path) = file(&book);
    let text = refusal(&mut *xlsx(&path, Some("受理"), vec![events()]));
    assert!(text.contains("there is no sheet `受理`; there are `旧`, `办件`, `说明`, `Old`"), "{text}");
}

/// A book with a sheet a month is read whole: a row is known by its sheet, and what is wrong with one is found there.
#[test]
fn every_sheet_with_the_columns_is_read() {
    let event = |id: &str, case: &str, day: &str| [id, case, "a", day].map(text);
    let months = [
        ("说明", texts("x")),
        ("1月", below(&[event("1", "A1", "2011-11-01")])),
        ("2月", below(&[event("2", "A2", "2011-11-02"), event("3", "A3", "x")])),
    ];
    let (told, reading) = tell(&Workbook::new(&months).bytes(), None);
    assert_eq!(told.traces(), ["A1 step Some(\"a\") 2011-11-01", "A2 step Some(\"a\") 2011-11-02"]);
    assert_eq!(
        notes(&reading),
        [
            "of events.xlsx `1月`, `2月` are read and 1 sheets are not: `说明` (they have not the columns of the mapping; `sheet` in its source names one alone)"
        ]
    );
    let doubts = doubts(&told).concat();
    assert!(doubts.contains("events.xlsx 2月 line 3"), "{doubts}");
}
