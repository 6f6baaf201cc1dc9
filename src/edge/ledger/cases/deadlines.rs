//! Deadlines as they were last judged, and every move of one.

use chrono_tz::Tz;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use super::super::LedgerError;
use super::super::stored::{moment, parsed};
use super::judgements::Entry;
use crate::domain::case_file::CaseFile;
use crate::domain::clock::{LeftOut, Parts, Reading};
use crate::domain::count::Pause;
use crate::domain::moment::Moment;
use crate::domain::plan::Move;
use crate::domain::record::holders::Holders;
use crate::domain::text::Sentence;

/// What a due moment is made of, as it stands in the ledger.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<WrittenPause>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extensions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct WrittenPause {
    from: String,
    to: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    special: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    open: bool,
}

/// The parts of a due moment in text; `None` where there are none.
fn parts_to_text(parts: &Parts) -> Option<String> {
    let pause = |it: &LeftOut| WrittenPause {
        from: it.pause.from.to_string(),
        to: it.pause.to.to_string(),
        special: it.special,
        open: it.open,
    };
    let written = Written {
        left_out: parts.left_out.iter().map(pause).collect(),
        extensions: parts.extensions.iter().map(ToString::to_string).collect(),
    };
    let any = !written.left_out.is_empty() || !written.extensions.is_empty();
    any.then(|| serde_json::to_string(&written).expect("texts can be written"))
}

/// The parts of a due moment from their text.
pub(in crate::edge::ledger) fn parts_from_text(text: Option<&str>, zone: Tz) -> Result<Parts, LedgerError> {
    let Some(text) = text else { return Ok(Parts::default()) };
    let garbled = |_| LedgerError::Garbled { what: "what a due day is made of", value: text.to_owned() };
    let Written { left_out, extensions } = serde_json::from_str(text).map_err(garbled)?;
    let pause = |it: &WrittenPause| {
        let pause = Pause { from: moment(&it.from, zone)?, to: moment(&it.to, zone)? };
        Ok::<_, LedgerError>(LeftOut { pause, special: it.special, open: it.open })
    };
    Ok(Parts {
        left_out: left_out.iter().map(pause).collect::<Result<_, _>>()?,
        extensions: extensions.iter().map(|it| parsed("an extension", it)).collect::<Result<_, _>>()?,
    })
}

impl Entry<'_> {
    pub(super) fn deadline(
        &self,
        file: &CaseFile,
        clock: &Reading<'_>,
        handed_over: Option<&Holders>,
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO deadline (case_id, clock, state, time_limit, started_at, stopped_at, due_at, provisional,
                       paused_since, extended, round_id, earliest_due_at, unit, stopped_by, parts)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                   ON CONFLICT DO UPDATE SET state = excluded.state, time_limit = excluded.time_limit,
                       started_at = excluded.started_at, stopped_at = excluded.stopped_at, due_at = excluded.due_at,
                       provisional = excluded.provisional, paused_since = excluded.paused_since,
                       extended = excluded.extended, round_id = excluded.round_id,
                       earliest_due_at = excluded.earliest_due_at, unit = excluded.unit,
                       stopped_by = excluded.stopped_by, parts = excluded.parts";
        let due = clock.fixed_due();
        let late = due.filter(|_| clock.late());
        let unit = handed_over.and_then(|units| late.map_or(units.last(), |due| units.at(due)));
        let provisional = due.and(clock.due).is_some_and(|due| due.provisional);
        let earliest = clock.doubt.as_ref().map(|doubt| doubt.earliest.at.written());
        let written = |at: Option<Moment>| at.map(|at| at.written());
        let (started, stopped) = (written(clock.started), written(clock.stopped.map(|(at, _)| at)));
        let made_of_more = !clock.pauses.is_empty() || !clock.extensions.is_empty();
        let parts = made_of_more.then(|| parts_to_text(&Parts::of(clock, &file.traces))).flatten();
        let (due_at, paused_since) = (written(due), written(clock.paused_since));
        self.tx
            .prepare_cached(sql)?
            .execute(params![
                file.id,
                clock.key(),
                clock.state.word(),
                clock.limit.to_string(),
                started.as_deref(),
                stopped.as_deref(),
                due_at.as_deref(),
                provisional,
                paused_since.as_deref(),
                clock.extensions.len(),
                self.round,
                earliest.as_deref(),
                unit,
                clock.stopped.map(|(_, by)| by.word()),
                parts,
            ])
            .map(drop)
    }

    /// Enters that a due moment moved.
    pub(super) fn moved(&self, case: i64, moved: &Move) -> rusqlite::Result<()> {
        let sql = "INSERT INTO deadline_change (case_id, clock, round_id, due_before, due_after, why, why_en, policy, why_data)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let written = |at: Option<Moment>| at.map(|at| at.written().to_string());
        let (before, after) = (written(moved.before), written(moved.after));
        if moved.before != moved.after {
            let (Sentence { zh, en }, data) = (moved.why.sentence(), moved.why.data());
            let row = params![case, moved.clock, self.round, before, after, zh, en, self.policy, data];
            self.tx.prepare_cached(sql)?.execute(row)?;
        }
        Ok(())
    }

    /// A clock no longer runs: it leaves nothing but the moves of its due moment.
    pub(super) fn runs_no_more(&self, case: i64, clock: &str) -> rusqlite::Result<()> {
        let sql = "DELETE FROM deadline WHERE case_id = ?1 AND clock = ?2";
        self.tx.prepare_cached(sql)?.execute(params![case, clock]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// What was counted is read as it was written; what is not there is nothing.
    #[test]
    fn the_parts_of_a_due_day_are_read_as_written() {
        let at = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let pause = Pause { from: at("2024-03-06T09:00:00+08:00"), to: at("2024-03-15") };
        let left_out = vec![
            LeftOut { pause, special: true, open: false },
            LeftOut { pause, special: false, open: true },
        ];
        let parts = Parts { left_out, extensions: vec!["10wd".parse().unwrap(), "1mo".parse().unwrap()] };
        let text = parts_to_text(&parts).unwrap();
        assert_eq!(parts_from_text(Some(&text), Shanghai).unwrap(), parts);
        assert_eq!(parts_to_text(&Parts::default()), None);
        assert_eq!(parts_from_text(None, Shanghai).unwrap(), Parts::default());
        assert!(parts_from_text(Some("{"), Shanghai).is_err());
    }
}
