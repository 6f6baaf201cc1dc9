//! Words for nothing: of a source, of a read, of single columns.

use super::super::written::{At, Table};
use crate::domain::record::mapping::ReadSpec;
use crate::domain::text::say;

/// The words for nothing of a source or a read.
pub(super) fn words(table: &Table<'_>) -> Option<Vec<String>> {
    Some(table.texts("nothing")?.into_iter().map(|at| at.value).collect())
}

/// Words for nothing of single columns.
pub(super) fn of_single(table: &Table<'_>) -> Vec<(At<String>, Vec<String>)> {
    table.pairs_of_lists("nothing_in")
}

/// The words of single columns, each of which the read uses.
pub(super) fn of_columns(
    table: &Table<'_>,
    words: Vec<(At<String>, Vec<String>)>,
    read: ReadSpec,
) -> ReadSpec {
    let used: Vec<String> = read.columns().into_iter().map(str::to_owned).collect();
    for (at, _) in &words {
        if !used.contains(&at.value) {
            table.wrong(at, say!("config-unused_column", column = &at.value));
        }
    }
    ReadSpec { nothing_in: words.into_iter().map(|(at, words)| (at.value, words)).collect(), ..read }
}
