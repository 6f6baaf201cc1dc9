//! The marks of what was erased from this ledger, which others need to know it again.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};
use serde::de::DeserializeOwned;

use super::rounds::remember;
use super::{Ledger, LedgerError, cannot};
use crate::domain::erased::{Marks, bare};
use crate::domain::stock::Ending;

/// The ledger's own secret, by which marks are made.
const SECRET: &str = "erasure_secret";
/// Words that rules look for in notes, as of all erasures.
const KEEPS: &str = "erasure_keeps";
/// Marks of longer names in which erased ones are, each with its characters.
const LONGER: &str = "erasure_longer";

impl Ledger {
    /// Texts of which some were erased are known by their marks in all cases, so that what stood together does so still.
    pub(super) fn known_by_marks(&self, endings: &mut [Ending]) -> Result<(), LedgerError> {
        let Some(marks) = marks(&self.db).map_err(cannot("read what was erased"))? else { return Ok(()) };
        let texts = |ending: &Ending| [ending.by.clone(), ending.note.clone()];
        let of = endings.iter().flat_map(texts).flatten().filter(|text| marks.is_mark(text));
        let erased: BTreeSet<String> = of.map(|mark| bare(&mark)).collect();
        let as_mark = |text: &mut Option<String>, mark: &dyn Fn(&str) -> String| {
            if let Some(said) = text.as_ref().filter(|said| !marks.is_mark(said)) {
                let mark = mark(said);
                if erased.contains(&bare(&mark)) {
                    *text = Some(mark);
                }
            }
        };
        for ending in endings.iter_mut().filter(|_| !erased.is_empty()) {
            as_mark(&mut ending.by, &|by| marks.name(by));
            as_mark(&mut ending.note, &|note| marks.of(note));
        }
        Ok(())
    }
}

/// The marks of this ledger; `None`: nothing was erased from it yet.
pub(super) fn marks(db: &Connection) -> rusqlite::Result<Option<Marks>> {
    let sql =
        "SELECT value, coalesce((SELECT value FROM meta WHERE key = ?2), '[]') FROM meta WHERE key = ?1";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let Some((secret, keeps)) = db.prepare_cached(sql)?.query_row([SECRET, KEEPS], read).optional()? else {
        return Ok(None);
    };
    let mut find = db.prepare_cached("SELECT name, characters FROM erased_name")?;
    let names = find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let marks = Marks::new(secret.as_bytes(), serde_json::from_str(&keeps).unwrap_or_default(), names);
    Ok(Some(marks.with_longer(known(db, LONGER)?)))
}

/// Keeps longer names, whose notes stay as they are in what comes later too.
pub(super) fn keep_longer(db: &Connection, longer: &[(String, usize)]) -> rusqlite::Result<()> {
    let mut all: Vec<(String, usize)> = known(db, LONGER)?;
    all.extend(longer.iter().filter(|name| !all.contains(name)).cloned().collect::<Vec<_>>());
    if all.is_empty() { Ok(()) } else { remember(db, LONGER, &serde_json::json!(all).to_string()) }
}

fn known<T: DeserializeOwned>(db: &Connection, key: &str) -> rusqlite::Result<Vec<T>> {
    let mut find = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let known: Option<String> = find.query_row([key], |row| row.get(0)).optional()?;
    Ok(known.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default())
}

/// The same, from the first erasure on; with more words that stay.
pub(super) fn marks_with(db: &Connection, keeps: &[String]) -> rusqlite::Result<Marks> {
    let sql = "INSERT INTO meta (key, value) VALUES (?1, lower(hex(randomblob(32)))) ON CONFLICT DO NOTHING";
    db.execute(sql, [SECRET])?;
    let mut all: Vec<String> = known(db, KEEPS)?;
    for keep in keeps {
        if !all.contains(keep) {
            all.push(keep.clone());
        }
    }
    remember(db, KEEPS, &serde_json::json!(all).to_string())?;
    Ok(marks(db)?.expect("its secret was entered above"))
}
