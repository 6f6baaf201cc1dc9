//! Events and standings of findings, cards, rules and kinds of letters in the ledger: their words enter a statement, and come out of a row, here only.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::domain::card::Card;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::LetterKind;
use crate::domain::text::Fault;

/// Events as a list in SQL: `'raised', 'reopened'`.
pub(super) fn any<const N: usize>(events: [Event; N]) -> String {
    events.map(|event| format!("'{event}'")).join(", ")
}

/// Rules as a list in SQL.
pub(super) fn rules<const N: usize>(ids: [&str; N]) -> String {
    ids.map(|id| format!("'{id}'")).join(", ")
}

/// Reads an enum by the word that its `FromStr` takes.
macro_rules! by_word {
    ($($type:ty),+) => {$(
        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|unknown: Fault| FromSqlError::Other(unknown.into()))
            }
        }
    )+};
}
by_word!(Card, Event, LetterKind, Standing);
