//! A cell as the configuration gives it.

use crate::domain::record::mapping::Cell;
use crate::domain::text::say;
use crate::edge::config::written::Table;

/// A column, or a value for all rows.
pub(super) fn either(table: &Table<'_>, column: &'static str, always: &'static str) -> Option<Cell> {
    match (table.text(column), table.text(always)) {
        (Some(_), Some(at)) => {
            table.wrong(&at, say!("config-column_or_always", column, always));
            None
        }
        (Some(at), None) => Some(Cell::Column(at.value)),
        (None, Some(at)) => Some(Cell::Always(at.value)),
        (None, None) => None,
    }
}
