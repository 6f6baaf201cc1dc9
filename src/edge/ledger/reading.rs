//! What the ledger tells those who ask: findings, the story of a case, how things stand.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::{Ledger, LedgerError, cannot};

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
#[expect(missing_docs, reason = "the names are the columns of the view `findings`")]
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

/// Everything the ledger holds about a case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseStory {
    /// Row of the case.
    #[serde(skip)]
    pub id: i64,
    /// Its number.
    pub number: String,
    /// The source it came from.
    pub source: String,
    /// Where it stands.
    pub state: Option<String>,
    /// Its traces, former versions included, in order.
    pub traces: Vec<StoryTrace>,
    /// Its clocks as last judged.
    pub deadlines: Vec<StoryDeadline>,
    /// What happened to its findings.
    pub events: Vec<StoryEvent>,
    /// Letters that told of it: written at, to whom, subject, state.
    pub letters: Vec<(String, String, String, String)>,
}

/// A trace in a case's story.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the columns of the view `case_timeline`")]
pub struct StoryTrace {
    pub occurred_at: Option<String>,
    pub kind: Option<String>,
    pub stage: Option<String>,
    pub by: Option<String>,
    pub note: Option<String>,
    pub recorded_at: Option<String>,
    pub first_seen_at: Option<String>,
    pub revision: i64,
    pub current: bool,
}

/// A clock in a case's story.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the columns of the view `deadlines`")]
pub struct StoryDeadline {
    pub clock: String,
    pub state: String,
    pub time_limit: String,
    pub started_at: Option<String>,
    pub due_at: Option<String>,
    pub stopped_at: Option<String>,
}

/// An event in a case's story.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the columns of the view `finding_history`")]
pub struct StoryEvent {
    pub at: String,
    pub event: String,
    pub rule: String,
    pub clock: String,
    pub card: String,
    pub why: String,
    pub policy: String,
}

impl Ledger {
    fn list<T>(
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

    /// Findings that match, the gravest first.
    pub fn findings(&self, filter: &FindingFilter, chinese: bool) -> Result<Vec<FindingLine>, LedgerError> {
        let why = if chinese { "why" } else { "why_en" };
        let sql = format!(
            "SELECT finding, card, standing, rule, clock, case_number, unit_name, item_name, due_at, raised_at, {why}
             FROM findings
             WHERE (NOT ?1 OR standing IN ('open', 'pending')) AND (?2 IS NULL OR card = ?2)
                 AND (?3 IS NULL OR unit_code = ?3 OR unit_name = ?3) AND (?4 IS NULL OR rule = ?4)
             ORDER BY CASE card WHEN 'red' THEN 0 WHEN 'yellow' THEN 1 ELSE 2 END, due_at, finding"
        );
        self.list(
            "list the findings",
            &sql,
            params![filter.open, filter.card, filter.unit, filter.rule],
            |row| {
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
                    why: row.get(10)?,
                })
            },
        )
    }

    /// The stories of the cases with a number: one for each source that knows it.
    pub fn stories(&self, number: &str, chinese: bool) -> Result<Vec<CaseStory>, LedgerError> {
        let sql =
            "SELECT c.id, c.number, s.name, c.state FROM \"case\" AS c JOIN source AS s ON s.id = c.source_id
                   WHERE c.number = ?1 ORDER BY c.id";
        let mut stories = self.list("find a case", sql, [number], |row| {
            Ok(CaseStory {
                id: row.get(0)?,
                number: row.get(1)?,
                source: row.get(2)?,
                state: row.get(3)?,
                traces: Vec::new(),
                deadlines: Vec::new(),
                events: Vec::new(),
                letters: Vec::new(),
            })
        })?;
        for story in &mut stories {
            story.traces = self.story_traces(story.id)?;
            story.deadlines = self.story_deadlines(story.id)?;
            story.events = self.story_events(story.id, chinese)?;
            story.letters = self.story_letters(story.id)?;
        }
        Ok(stories)
    }

    fn story_traces(&self, case: i64) -> Result<Vec<StoryTrace>, LedgerError> {
        let sql = "SELECT t.occurred_at, t.kind, t.stage, t.by, t.note, t.recorded_at, r.started_at, t.revision,
                       NOT EXISTS (SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read
                           AND l.row = t.row AND l.part = t.part AND l.revision > t.revision)
                   FROM trace AS t LEFT JOIN round AS r ON r.id = t.round_id
                   WHERE t.case_id = ?1 ORDER BY substr(t.occurred_at, 1, 10), julianday(t.occurred_at), t.revision";
        self.list("read a case's traces", sql, [case], |row| {
            Ok(StoryTrace {
                occurred_at: row.get(0)?,
                kind: row.get(1)?,
                stage: row.get(2)?,
                by: row.get(3)?,
                note: row.get(4)?,
                recorded_at: row.get(5)?,
                first_seen_at: row.get(6)?,
                revision: row.get(7)?,
                current: row.get(8)?,
            })
        })
    }

    fn story_deadlines(&self, case: i64) -> Result<Vec<StoryDeadline>, LedgerError> {
        let sql = "SELECT clock, state, time_limit, started_at, due_at, stopped_at FROM deadline WHERE case_id = ?1";
        self.list("read a case's deadlines", sql, [case], |row| {
            Ok(StoryDeadline {
                clock: row.get(0)?,
                state: row.get(1)?,
                time_limit: row.get(2)?,
                started_at: row.get(3)?,
                due_at: row.get(4)?,
                stopped_at: row.get(5)?,
            })
        })
    }

    fn story_events(&self, case: i64, chinese: bool) -> Result<Vec<StoryEvent>, LedgerError> {
        let why = if chinese { "why" } else { "why_en" };
        let sql = format!(
            "SELECT e.at, e.event, f.rule, f.clock, e.card, e.{why}, e.policy
             FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id WHERE f.case_id = ?1 ORDER BY e.id"
        );
        self.list("read a case's findings", &sql, [case], |row| {
            Ok(StoryEvent {
                at: row.get(0)?,
                event: row.get(1)?,
                rule: row.get(2)?,
                clock: row.get(3)?,
                card: row.get(4)?,
                why: row.get(5)?,
                policy: row.get(6)?,
            })
        })
    }

    fn story_letters(&self, case: i64) -> Result<Vec<(String, String, String, String)>, LedgerError> {
        let sql = "SELECT DISTINCT l.written_at, l.to_name || ' <' || l.to_address || '>', l.subject, l.state
                   FROM finding AS f JOIN finding_event AS e ON e.finding_id = f.id
                   JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                   WHERE f.case_id = ?1 ORDER BY l.id";
        self.list("read a case's letters", sql, [case], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
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
}
