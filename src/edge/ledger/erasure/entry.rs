//! What is kept of an erasure itself: whose text, who, why, when, and how much it was.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::Erased;

/// What is noted of an erasure when it begins.
pub(super) struct Begun<'e> {
    pub what: &'e str,
    pub subject: &'e str,
    pub source: Option<&'e str>,
    pub by: Option<&'e str>,
    pub why: &'e str,
    pub at: DateTime<FixedOffset>,
}

impl<'e> Begun<'e> {
    /// What the settings do not keep any longer, of before a day.
    pub fn by_itself(what: &'e str, subject: &'e str, why: &'e str, at: DateTime<FixedOffset>) -> Self {
        Self { what, subject, source: None, by: None, why, at }
    }
}

/// An erasure begins. Gives its row.
pub(super) fn begin(db: &Connection, begun: &Begun<'_>) -> rusqlite::Result<i64> {
    let Begun { what, subject, source, by, why, at } = begun;
    let sql = "INSERT INTO erasure (at, what, subject, source, by, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.insert(params![at.to_rfc3339(), what, subject, source, by, why])
}

/// An erasure is done.
pub(super) fn end(
    db: &Connection,
    id: i64,
    erased: &Erased,
    at: DateTime<FixedOffset>,
) -> rusqlite::Result<()> {
    let sql = "UPDATE erasure SET texts = ?2, letters = ?3, done_at = ?4 WHERE id = ?1";
    let values = params![id, erased.texts.cast_signed(), erased.letters.cast_signed(), at.to_rfc3339()];
    db.prepare_cached(sql)?.execute(values).map(drop)
}
