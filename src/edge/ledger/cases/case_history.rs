//! The story of a case: everything the ledger holds about it, now or as of a round.

use serde::{Serialize, Serializer};

use super::super::events::any;
use super::super::findings::reading::{why, why_columns};
use super::super::rounds::RoundId;
use super::super::{Ledger, LedgerError};
use crate::domain::finding::Event;
use crate::domain::record::columns::TimePlace;
use crate::domain::text::Language;

/// Everything the ledger holds about a case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseStory {
    /// Row of the case.
    #[serde(skip)]
    pub id: i64,
    /// The round in which it was first read.
    #[serde(skip)]
    pub first_round: RoundId,
    /// Its number.
    pub number: String,
    /// The source it came from.
    pub source: String,
    /// Where it stands.
    pub state: Option<String>,
    /// When, by whom and why its personal text was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub erased: Option<StoryErasure>,
    /// Its traces, former versions included, in order.
    pub traces: Vec<StoryTrace>,
    /// Its clocks as last judged.
    pub deadlines: Vec<StoryDeadline>,
    /// Its due moments that moved.
    pub moves: Vec<HistoryMove>,
    /// What happened to its findings.
    pub events: Vec<HistoryEvent>,
    /// Letters that told of it.
    pub letters: Vec<StoryLetter>,
}

/// That personal text of a case was erased.
#[derive(Debug, Clone)]
pub struct StoryErasure {
    /// The day.
    pub on: String,
    /// Who did it; `None`: jianchad, as its time was over.
    pub by: Option<String>,
    /// Why.
    pub why: String,
}

/// In data a list, in the order of its fields.
impl Serialize for StoryErasure {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.on, &self.by, &self.why).serialize(to)
    }
}

/// A letter that told of a case.
#[derive(Debug, Clone)]
pub struct StoryLetter {
    /// When it was written.
    pub written_at: String,
    /// To whom, with the address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub state: String,
}

/// In data a list, in the order of its fields.
impl Serialize for StoryLetter {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.written_at, &self.to, &self.subject, &self.state).serialize(to)
    }
}

/// A trace in a case's story.
#[derive(Debug, Clone, Serialize)]
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
pub struct StoryDeadline {
    pub clock: String,
    pub state: String,
    pub time_limit: String,
    pub started_at: Option<String>,
    pub due_at: Option<String>,
    pub stopped_at: Option<String>,
}

/// A due moment that moved.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryMove {
    pub at: String,
    pub clock: String,
    pub due_before: Option<String>,
    pub due_after: Option<String>,
    pub why: String,
}

/// An event in a case's story.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryEvent {
    pub at: String,
    pub event: Event,
    pub rule: String,
    pub clock: String,
    pub card: String,
    pub why: String,
    pub policy: String,
    pub waits: bool,
}

impl Ledger {
    /// The stories of the cases with a number: one for each source that knows it. With `until` they end with that round,
    /// for those that had begun by then.
    pub fn stories(
        &self,
        number: &str,
        language: Language,
        until: Option<RoundId>,
    ) -> Result<Vec<CaseStory>, LedgerError> {
        let sql =
            "SELECT c.id, c.number, s.name, c.state, c.first_round FROM \"case\" AS c JOIN source AS s ON s.id = c.source_id
                   WHERE c.number = ?1 ORDER BY c.id";
        let mut stories = self.list("find a case", sql, [number], |row| {
            Ok(CaseStory {
                id: row.get(0)?,
                number: row.get(1)?,
                source: row.get(2)?,
                state: row.get(3)?,
                erased: None,
                traces: Vec::new(),
                deadlines: Vec::new(),
                first_round: row.get(4)?,
                moves: Vec::new(),
                events: Vec::new(),
                letters: Vec::new(),
            })
        })?;
        for story in &mut stories {
            let until = until.filter(|until| story.first_round <= *until).unwrap_or(RoundId::MAX);
            story.erased = self.erased_by(story.id)?;
            story.traces = self.story_traces(story.id, until)?;
            story.deadlines = self.story_deadlines(story.id)?;
            story.moves = self.story_moves(story.id, language, until)?;
            story.events = self.story_events(story.id, language, until)?;
            story.letters = self.story_letters(story.id, until)?;
        }
        Ok(stories)
    }

    fn story_traces(&self, case: i64, until: RoundId) -> Result<Vec<StoryTrace>, LedgerError> {
        let sql =
            "SELECT t.occurred_at, t.kind, t.stage, t.by, t.note, t.recorded_at, r.started_at, t.revision,
                       NOT EXISTS (SELECT 1 FROM trace AS l WHERE l.case_id = t.case_id AND l.read = t.read
                           AND l.row = t.row AND l.part = t.part AND l.revision > t.revision
                           AND l.round_id <= ?2), t.read, t.part, t.round_id, c.source_id
                   FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id
                   LEFT JOIN round AS r ON r.id = t.round_id
                   WHERE t.case_id = ?1 AND t.round_id <= ?2
                       AND NOT EXISTS (SELECT 1 FROM rekeyed_row AS k
                           WHERE (k.case_id, k.read, k.row) = (t.case_id, t.read, t.row)
                               AND k.round_id <= ?2 AND (k.ended_round IS NULL OR k.ended_round > ?2))
                   ORDER BY substr(t.occurred_at, 1, 10), julianday(t.occurred_at), t.revision";
        let mut traces = self.list("read a case's traces", sql, [case, until], |row| {
            let place = (row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?);
            Ok((
                place,
                StoryTrace {
                    occurred_at: row.get(0)?,
                    kind: row.get(1)?,
                    stage: row.get(2)?,
                    by: row.get(3)?,
                    note: row.get(4)?,
                    recorded_at: row.get(5)?,
                    first_seen_at: row.get(6)?,
                    revision: row.get(7)?,
                    current: row.get(8)?,
                },
            ))
        })?;
        for ((read, part, round, source), trace) in &mut traces {
            let columns = self.columns(*source)?;
            columns.in_words(*read, TimePlace::Occurred(*part), *round, &mut trace.occurred_at);
            columns.in_words(*read, TimePlace::Recorded(*part), *round, &mut trace.recorded_at);
        }
        Ok(traces.into_iter().map(|(_, trace)| trace).collect())
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

    fn story_moves(
        &self,
        case: i64,
        language: Language,
        until: RoundId,
    ) -> Result<Vec<HistoryMove>, LedgerError> {
        let reason = why_columns(language, "m.");
        let sql = format!(
            "SELECT r.started_at, m.clock, m.due_before, m.due_after, {reason}
             FROM deadline_change AS m JOIN round AS r ON r.id = m.round_id
             WHERE m.case_id = ?1 AND m.round_id <= ?2 ORDER BY m.id"
        );
        self.list("read how a case's deadlines moved", &sql, [case, until], |row| {
            Ok(HistoryMove {
                at: row.get(0)?,
                clock: row.get(1)?,
                due_before: row.get(2)?,
                due_after: row.get(3)?,
                why: why(row, 4, language)?.unwrap_or_default(),
            })
        })
    }

    fn story_events(
        &self,
        case: i64,
        language: Language,
        until: RoundId,
    ) -> Result<Vec<HistoryEvent>, LedgerError> {
        let reason = why_columns(language, "e.");
        let (gives, grows, issued) =
            (any(Event::GIVES), any([Event::Moved, Event::Grown]), any([Event::Issued]));
        let sql = format!(
            "SELECT e.at, e.event, f.rule, f.clock, e.card, {reason}, e.policy,
                 e.event IN ({gives}, {grows}) AND (f.issued = 0 OR EXISTS (SELECT 1
                     FROM finding_event AS i WHERE i.finding_id = f.id AND i.event = {issued} AND i.round_id > ?2))
                     AND e.id = (SELECT max(l.id) FROM finding_event AS l WHERE l.finding_id = f.id AND l.round_id <= ?2)
             FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id WHERE f.case_id = ?1 AND e.round_id <= ?2
             ORDER BY e.id"
        );
        self.list("read a case's findings", &sql, [case, until], |row| {
            Ok(HistoryEvent {
                at: row.get(0)?,
                event: row.get(1)?,
                rule: row.get(2)?,
                clock: row.get(3)?,
                card: row.get(4)?,
                why: why(row, 5, language)?.unwrap_or_default(),
                policy: row.get(7)?,
                waits: row.get(8)?,
            })
        })
    }

    fn story_letters(&self, case: i64, until: RoundId) -> Result<Vec<StoryLetter>, LedgerError> {
        let sql = "SELECT DISTINCT l.written_at, l.to_name || ' <' || l.to_address || '>', l.subject, l.state
                   FROM finding AS f JOIN finding_event AS e ON e.finding_id = f.id
                   JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                   WHERE f.case_id = ?1 AND l.round_id <= ?2 ORDER BY l.id";
        self.list("read a case's letters", sql, [case, until], |row| {
            let (written_at, to, subject, state) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            Ok(StoryLetter { written_at, to, subject, state })
        })
    }
}
