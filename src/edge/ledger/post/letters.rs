//! The outbox as people look at it.

use chrono::NaiveDate;
use rusqlite::params;

use super::super::{Ledger, LedgerError, cannot};
use super::outbox::REFUSED_ALIKE;
use super::said::said;
use crate::domain::letter::LetterKind;
use crate::domain::text::{Text, say};

/// A letter as a list shows it.
#[derive(Debug, Clone)]
pub struct LetterLine {
    pub letter: i64,
    pub kind: LetterKind,
    pub state: String,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub written_at: String,
    pub attempts: u32,
    pub next_try_at: Option<String>,
    pub last_outcome: Option<Text>,
}

/// One attempt to send a letter.
#[derive(Debug, Clone)]
pub struct AttemptLine {
    /// When it was made.
    pub at: String,
    /// What came of it.
    pub said: Text,
}

/// A letter as it is shown by itself.
#[derive(Debug, Clone)]
pub struct WholeLetter {
    /// As a list shows it.
    pub line: LetterLine,
    /// Its text.
    pub text: String,
    /// Every attempt to send it.
    pub attempts: Vec<AttemptLine>,
}

const COLUMNS: &str = "letter, kind, state, to_name, to_address, subject, written_at, attempts, next_try_at,
    (SELECT json_array(outcome, detail, detail_data) FROM letter_attempt WHERE letter_id = letter ORDER BY id DESC LIMIT 1)";

/// What came of an attempt at a letter: its word, its English words and what they say as data, as one array of JSON. What is to be done
/// is of the letter as it stands: what the server refuses to all is no fault of an address, and what is not sent any more waits for
/// a person.
pub(in crate::edge::ledger) fn attempt(kept: &str, letter: i64, state: &str) -> Text {
    let (word, detail, data): (String, String, Option<String>) =
        serde_json::from_str(kept).unwrap_or_default();
    let said = said(detail, data.as_deref());
    match word.as_str() {
        "sent" => say!("tried-sent", said),
        "try later" => say!("tried-try_later", said),
        "uncertain" if state == "refused" => {
            say!("tried-uncertain", said = said.with_value("remedy", &say!("smtp-try_person", letter)))
        }
        "uncertain" => say!("tried-uncertain", said),
        "too large" => say!("tried-too_large", said),
        REFUSED_ALIKE => {
            say!("tried-refused_alike", said = said.with_value("remedy", &say!("smtp-try_server")))
        }
        _ => say!("tried-refused", said),
    }
}

fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<LetterLine> {
    let (letter, state): (i64, String) = (row.get(0)?, row.get(2)?);
    let last_outcome = row.get::<_, Option<String>>(9)?.map(|kept| attempt(&kept, letter, &state));
    Ok(LetterLine {
        letter,
        kind: row.get(1)?,
        state,
        to_name: row.get(3)?,
        to_address: row.get(4)?,
        subject: row.get(5)?,
        written_at: row.get(6)?,
        attempts: row.get(7)?,
        next_try_at: row.get(8)?,
        last_outcome,
    })
}

impl Ledger {
    /// Letters that wait to be sent, the most urgent first.
    pub fn letters_waiting(&self) -> Result<Vec<LetterLine>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM letters WHERE letter IN (SELECT id FROM letter INDEXED BY letter_queued
                 WHERE state = 'queued' AND superseded_at IS NULL) ORDER BY letter"
        );
        self.list("read the outbox", &sql, [], line)
    }

    /// Letters that were refused for good, the newest first.
    pub fn letters_refused(&self) -> Result<Vec<LetterLine>, LedgerError> {
        let sql =
            format!("SELECT {COLUMNS} FROM letters WHERE state = 'refused' ORDER BY letter DESC LIMIT 200");
        self.list("read the refused letters", &sql, [], line)
    }

    /// One letter, with its text and every attempt to send it.
    pub fn letter(&self, id: i64) -> Result<Option<WholeLetter>, LedgerError> {
        let sql = format!("SELECT {COLUMNS}, text FROM letters WHERE letter = ?1");
        let found =
            self.list("read a letter", &sql, [id], |row| Ok((line(row)?, row.get::<_, String>(10)?)))?;
        let Some((line, text)) = found.into_iter().next() else { return Ok(None) };
        let sql = "SELECT at, json_array(outcome, detail, detail_data) FROM letter_attempt WHERE letter_id = ?1 ORDER BY id";
        let read = |row: &rusqlite::Row<'_>| {
            Ok(AttemptLine { at: row.get(0)?, said: attempt(&row.get::<_, String>(1)?, id, "") })
        };
        let attempts = self.list("read the attempts to send a letter", sql, [id], read)?;
        Ok(Some(WholeLetter { line, text, attempts }))
    }

    /// Text and page of a digest that was written on a day: the first reader's.
    pub fn digest_of(&self, day: NaiveDate) -> Result<Option<(String, String)>, LedgerError> {
        let sql = "SELECT text, html FROM letter WHERE kind = ?2 AND substr(written_at, 1, 10) = ?1 ORDER BY id LIMIT 1";
        let found =
            self.list("read a digest", sql, [day.to_string().as_str(), LetterKind::Digest.word()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(found.into_iter().next())
    }

    /// Lets letters be tried at once: one, or all that wait; and one that was refused once more. Gives how many.
    pub fn retry_letters(&mut self, letter: Option<i64>) -> Result<usize, LedgerError> {
        let sql = "UPDATE letter SET next_try_at = NULL, state = 'queued'
                   WHERE superseded_at IS NULL AND ((?1 IS NULL AND state = 'queued') OR (id = ?1 AND state IN ('queued', 'refused')))";
        self.db
            .prepare_cached(sql)
            .and_then(|mut retry| retry.execute(params![letter]))
            .map_err(cannot("let letters be tried again"))
    }
}
