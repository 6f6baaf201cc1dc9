//! What the ledger tells those who ask: findings, who is missing, the last round.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::super::{Ledger, LedgerError, cannot};
use crate::domain::text::{Kept, Language, Sentence};

/// Which findings are asked for.
#[derive(Debug, Clone, Default)]
pub struct FindingFilter {
    /// Only those still open.
    pub open: bool,
    /// Word of a card.
    pub card: Option<String>,
    /// Code or name of a unit.
    pub unit: Option<String>,
    /// Id of a rule.
    pub rule: Option<String>,
}

/// A finding as a list shows it.
#[derive(Debug, Clone, Serialize)]
pub struct FindingLine {
    pub finding: i64,
    pub card: String,
    pub standing: String,
    pub rule: String,
    pub clock: String,
    pub case_number: String,
    pub unit_name: Option<String>,
    pub item_name: Option<String>,
    pub due_at: Option<String>,
    pub raised_at: String,
    pub why: String,
}

impl Ledger {
    pub(in crate::edge::ledger) fn list<T>(
        &self,
        doing: &'static str,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_map(values, read)?.collect())
            .map_err(cannot(doing))
    }

    /// The day by which a card is to be answered, if it has one.
    pub fn answer_day(&self, finding: i64) -> Result<Option<chrono::NaiveDate>, LedgerError> {
        let sql = "SELECT substr(answer_due, 1, 10) FROM finding WHERE id = ?1 AND answer_due IS NOT NULL";
        let days: Vec<String> =
            self.list("read by when a card is to be answered", sql, [finding], |row| row.get(0))?;
        Ok(days.first().and_then(|day| day.parse().ok()))
    }

    /// Findings that match, the gravest first.
    pub fn findings(
        &self,
        filter: &FindingFilter,
        language: Language,
    ) -> Result<Vec<FindingLine>, LedgerError> {
        let sql = format!(
            "{}
             WHERE (NOT ?1 OR standing IN ('open', 'pending', 'pending-withdrawal')) AND (?2 IS NULL OR card = ?2)
                 AND (?3 IS NULL OR unit_code = ?3 OR unit_name = ?3) AND (?4 IS NULL OR rule = ?4)
             ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding",
            columns(language)
        );
        self.list(
            "list the findings",
            &sql,
            params![filter.open, filter.card, filter.unit, filter.rule],
            |row| line(row, language),
        )
    }

    /// One finding by its number.
    pub fn finding(&self, finding: i64, language: Language) -> Result<Option<FindingLine>, LedgerError> {
        let sql = format!("{} WHERE finding = ?1", columns(language));
        Ok(self.list("read a finding", &sql, [finding], |row| line(row, language))?.pop())
    }

    /// The items that are not active: code, name, unit, state, reason, last trace.
    pub fn coverage_missing(&self) -> Result<Vec<[String; 6]>, LedgerError> {
        let sql =
            "SELECT item_code, item_name, coalesce(unit_name, ''), state, reason, coalesce(last_trace_on, '')
                   FROM coverage_missing";
        self.list("list who is missing", sql, [], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
        })
    }

    /// When the last round began and ended.
    pub fn last_round(&self) -> Result<Option<(String, Option<String>)>, LedgerError> {
        let sql = "SELECT started_at, finished_at FROM round ORDER BY id DESC LIMIT 1";
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional())
            .map_err(cannot("read the last round"))
    }

    /// When the last round began that came to its end: one that was cut short may have looked at nothing.
    pub fn last_whole_round(&self) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT started_at FROM round WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1";
        Ok(self.list("read the last whole round", sql, [], |row| row.get(0))?.pop())
    }
}

/// What a line is read from.
fn columns(language: Language) -> String {
    let reason = why_columns(language, "");
    format!(
        "SELECT finding, card, standing, rule, clock, case_number, unit_name, item_name, due_at, raised_at, {reason} FROM findings"
    )
}

fn line(row: &Row<'_>, language: Language) -> rusqlite::Result<FindingLine> {
    Ok(FindingLine {
        finding: row.get(0)?,
        card: row.get(1)?,
        standing: row.get(2)?,
        rule: row.get(3)?,
        clock: row.get(4)?,
        case_number: row.get(5)?,
        unit_name: row.get(6)?,
        item_name: row.get(7)?,
        due_at: row.get(8)?,
        raised_at: row.get(9)?,
        why: why(row, 10, language)?.unwrap_or_default(),
    })
}

/// The two columns from which `why` reads a reason in a language, of the table that `of` names (`e.`).
pub(in crate::edge::ledger) fn why_columns(language: Language, of: &str) -> String {
    match language {
        Language::Chinese => format!("{of}why, NULL"),
        _ => format!("{of}why_en, {of}why_data"),
    }
}

/// A reason in a language, from `why_columns` that begin at a place of the row.
pub(in crate::edge::ledger) fn why(
    row: &Row<'_>,
    at: usize,
    language: Language,
) -> rusqlite::Result<Option<String>> {
    let (words, data): (Option<String>, Option<String>) = (row.get(at)?, row.get(at + 1)?);
    let both = |words: String| Sentence { zh: words.clone(), en: words };
    Ok(words.map(|words| Kept::new(both(words), data.as_deref()).words(language).into_owned()))
}
