//! What says of which case, item and unit a row is.

use super::super::written::Table;
use crate::domain::record::mapping::Cell;
use crate::domain::record::of_case::{NamePattern, OfCase};
use crate::domain::text::say;

/// The column of the case's number, or its columns in the order in which they make it.
pub(super) fn number(table: &Table<'_>) -> (Option<String>, Vec<String>) {
    if table.is_text("case") || table.is_missing("case") {
        return (table.required("case").map(|at| at.value), Vec::new());
    }
    let mut columns = table.texts("case").unwrap_or_default().into_iter().map(|at| at.value);
    let first = columns.next();
    if first.is_none() {
        table.wrong(&table.place(), say!("config-no_case_column"));
    }
    (first, columns.collect())
}

/// The item's column or the item of all rows, and what rows have that name none.
pub(super) fn item_and_unit(table: &Table<'_>, number: Vec<String>) -> (Option<Cell>, OfCase) {
    let (column, always) = (table.text("item"), table.text("item_is").map(|at| at.value));
    let exactly = table.truth("match_exactly").is_some_and(|at| at.value);
    let unit = table.text("unit_is").map(|at| at.value);
    let unit_in_name = table.text("unit_from_file").and_then(|at| {
        let pattern = NamePattern::new(&at.value);
        if pattern.is_none() {
            table.wrong(&at, say!("config-unit_from_file"));
        }
        pattern
    });
    let (item, otherwise) = match (column, always) {
        (Some(column), always) => (Some(Cell::Column(column.value)), always),
        (None, always) => (always.map(Cell::Always), None),
    };
    if item.is_none() && (unit.is_some() || unit_in_name.is_some()) {
        let place = table.place();
        table.wrong(&place, say!("config-needs_item"));
    }
    (item, OfCase { number, item: otherwise, unit, unit_in_name, exactly })
}
