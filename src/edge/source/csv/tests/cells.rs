//! Rows with fewer cells than columns, or more.

use super::super::super::tests::{NOW, Told, at, csv, refusal, wide};
use super::file;
use crate::domain::record::mapping::ReadFrom;
use crate::domain::text::Language;

/// Spreadsheets leave out empty cells at the end of a row, and add others; rows of empty cells say nothing.
#[test]
fn a_row_is_whole_without_its_empty_cells() {
    let head = "no,item,accepted,closed,note\n";
    let text = format!(
        "{head}A1,i,2011-11-01\nA2,i,2011-11-01,2011-11-02,,,\nA3,i\n,,,,\n , \nA4,i,2011-11-01,,, ,x\nA5\n"
    );
    let (_folder, path) = file(text);
    let mut told = Told::default();
    told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(
        told.traces(),
        ["A1 accepted None 2011-11-01", "A2 accepted None 2011-11-01", "A2 closed None 2011-11-02"]
    );
    assert_eq!(told.items.keys().collect::<Vec<_>>(), ["A1", "A2", "A3", "A5"]);
    let mut set_aside: Vec<_> =
        told.rejected.iter().map(|it| (it.case.as_deref().unwrap(), it.column.as_deref())).collect();
    set_aside.sort_unstable();
    assert_eq!(set_aside, [("A4", None), ("A5", Some("item"))]);
}

/// Where a row has too many cells its number stands in its place or so many places further on: a time that stands before it and is
/// moved says which.
#[test]
fn a_row_with_too_many_cells_is_set_aside_under_its_number() {
    let case = |row: &str| {
        let (_folder, path) = file(format!("accepted,item,no,closed\n{row}\n"));
        let mut told = Told::default();
        told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
        told.rejected[0].case.clone()
    };
    assert_eq!(case("2011-11-01,i,A1,x,2011-11-02").as_deref(), Some("A1"));
    assert_eq!(case("x,2011-11-01,i,A1,2011-11-02").as_deref(), Some("A1"));
    assert_eq!(case("2011-11-01,i,,A1,x"), None);
}

/// Files that were put together each bring their header along, and the first bytes of a text in UTF-8: neither is a record or part of a
/// number, and it is said how often it came. A row that is not the header word for word is a row.
#[test]
fn a_header_that_comes_again_is_no_record() {
    let head = "no,item,accepted,closed\n";
    let text = format!(
        "\u{feff}{head}A1,i,2011-11-01,\n\u{feff}{head}A2,i,2011-11-01,\n\u{feff}A3,i,2011-11-01,\nno,item,2011-11-01,\n no ,item,accepted,closed\n"
    );
    let (_folder, path) = file(text);
    let mut told = Told::default();
    let reading = told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(told.items.keys().collect::<Vec<_>>(), ["A1", "A2", "A3", "no"]);
    assert!(told.rejected.is_empty(), "{:?}", told.rejected);
    let notes: Vec<String> = reading.notes.iter().map(|note| note.words(Language::English)).collect();
    assert!(notes.iter().any(|note| note.contains("its header 2 more times")), "{notes:?}");
}

/// Of columns that nobody reads it does not matter which of two is which; of those that are read it does.
#[test]
fn two_columns_alike_that_nobody_reads_hold_up_nothing() {
    let (_folder, path) = file("no,item,remark,accepted,remark,closed\nA1,i,x,2011-11-01,y,2011-11-02\n");
    let mut told = Told::default();
    told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(told.traces(), ["A1 accepted None 2011-11-01", "A1 closed None 2011-11-02"]);
    let (_folder, path) = file("no,item,accepted,accepted,closed\nA1,i,2011-11-01,2011-11-03,2011-11-02\n");
    let refused = refusal(&mut *csv(&path, vec![wide(ReadFrom::Files)]));
    assert!(refused.contains("two columns are named `accepted`"), "{refused}");
}
