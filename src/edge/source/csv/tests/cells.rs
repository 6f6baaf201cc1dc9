//! Rows with fewer cells than columns, or more.

use super::super::super::tests::{NOW, Told, at, csv, wide};
use super::file;
use crate::domain::record::mapping::ReadFrom;

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
