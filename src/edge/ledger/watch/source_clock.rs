//! Whether the clock of a source runs ahead of ours: its last acts are remembered, by people of whom no name is kept.

use chrono::TimeDelta;
use rusqlite::params;

use super::super::stored::{moment, parsed};
use super::super::{Ledger, LedgerError};
use crate::domain::digest::digest;
use crate::domain::now::Now;
use crate::domain::record::TraceKind;
use crate::domain::rules::source_clock::{self, KEPT, PromptAct};
use crate::domain::rules::{DATA_FAULT, ENTERED_AHEAD};
use crate::domain::text::Text;
use crate::edge::ledger::Course;

fn acts_of(source: i64) -> String {
    format!("prompt_acts_{source}")
}

impl Ledger {
    /// Looks at what a reading brought that had not been there before, and gives what is to be said of its source's clock. Where the clock
    /// was not known to be ahead and is now, cases that were found at fault for it are judged anew.
    pub fn note_clock(&mut self, course: &Course, now: &Now) -> Result<Option<Text>, LedgerError> {
        let (source, round) = (course.source(), course.round());
        let before = self.prompt_acts(source)?;
        if !course.is_of_known() || now.replay {
            return Ok(source_clock::lead(&before).map(source_clock::words));
        }
        let mut acts = before.clone();
        acts.extend(self.brought(source, round, now)?);
        acts.drain(..acts.len().saturating_sub(KEPT));
        let lead = source_clock::lead(&acts);
        if acts != before {
            let text: Vec<String> =
                acts.iter().map(|act| format!("{} {}", act.minutes, act.person)).collect();
            self.remember(&acts_of(source), &text.join("\n"))?;
        }
        if lead.is_some() && source_clock::lead(&before) != lead {
            let sql = "UPDATE \"case\" SET unjudged = 1 WHERE source_id = ?1 AND id IN (SELECT case_id FROM finding
                           WHERE case_id IS NOT NULL AND rule IN (?2, ?3) AND standing IN ('open', 'pending'))";
            let mark = self
                .db
                .prepare_cached(sql)
                .and_then(|mut mark| mark.execute(params![source, ENTERED_AHEAD, DATA_FAULT]));
            mark.map_err(super::super::cannot("judge anew what a clock explains"))?;
        }
        Ok(lead.map(source_clock::words))
    }

    /// By how much the clock of a source runs ahead, as far as is known.
    pub(in crate::edge::ledger) fn clock_lead(&self, source: i64) -> Result<Option<TimeDelta>, LedgerError> {
        Ok(source_clock::lead(&self.prompt_acts(source)?))
    }

    fn prompt_acts(&self, source: i64) -> Result<Vec<PromptAct>, LedgerError> {
        let text = self.recall(&acts_of(source))?.unwrap_or_default();
        let act = |line: &str| {
            let (minutes, person) = line.split_once(' ')?;
            PromptAct::new(person.to_owned(), TimeDelta::minutes(minutes.parse().ok()?))
        };
        Ok(text.lines().filter_map(act).collect())
    }

    /// The acts that a round brought of a source, of cases that it marked to be judged.
    fn brought(&self, source: i64, round: i64, now: &Now) -> Result<Vec<PromptAct>, LedgerError> {
        let sql = "SELECT t.kind, t.occurred_at, t.by FROM \"case\" AS c INDEXED BY case_unjudged JOIN trace AS t ON t.case_id = c.id
                   WHERE c.unjudged = 1 AND c.source_id = ?1 AND t.round_id = ?2 AND t.kind IS NOT NULL AND t.by IS NOT NULL
                   ORDER BY t.occurred_at DESC LIMIT ?3";
        let rows =
            self.list("look when what was read was done", sql, params![source, round, KEPT as i64], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
            })?;
        let mut acts = Vec::new();
        for (kind, at, by) in rows {
            let (kind, at): (TraceKind, _) = (parsed("a kind of trace", &kind)?, moment(&at, self.zone)?);
            if at.hour_known() && source_clock::is_act(kind) {
                acts.extend(PromptAct::new(format!("{:08x}", digest(&[&by]) as u32), at.at() - now.instant));
            }
        }
        Ok(acts)
    }
}
