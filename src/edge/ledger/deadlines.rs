//! Deadlines as they were last judged, and every move of one.

use rusqlite::params;

use super::judgements::Entry;
use crate::domain::clock::Reading;
use crate::domain::moment::Moment;
use crate::domain::plan::Move;
use crate::domain::record::holders::Holders;

impl Entry<'_> {
    pub(super) fn deadline(
        &self,
        case: i64,
        clock: &Reading<'_>,
        handed_over: Option<&Holders>,
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO deadline (case_id, clock, state, time_limit, started_at, stopped_at, due_at, provisional,
                       paused_since, extended, round_id, earliest_due_at, unit)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                   ON CONFLICT DO UPDATE SET state = excluded.state, time_limit = excluded.time_limit,
                       started_at = excluded.started_at, stopped_at = excluded.stopped_at, due_at = excluded.due_at,
                       provisional = excluded.provisional, paused_since = excluded.paused_since,
                       extended = excluded.extended, round_id = excluded.round_id,
                       earliest_due_at = excluded.earliest_due_at, unit = excluded.unit";
        let due = clock.fixed_due();
        let late = due.filter(|_| clock.late());
        let unit = handed_over.and_then(|units| late.map_or(units.last(), |due| units.at(due)));
        let provisional = due.and(clock.due).is_some_and(|due| due.provisional);
        let earliest = clock.doubt.as_ref().map(|doubt| doubt.earliest.at.written());
        let written = |at: Option<Moment>| at.map(|at| at.written());
        let (started, stopped) = (written(clock.started), written(clock.stopped.map(|(at, _)| at)));
        let (due_at, paused_since) = (written(due), written(clock.paused_since));
        self.tx
            .prepare_cached(sql)?
            .execute(params![
                case,
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
            ])
            .map(drop)
    }

    /// Enters that a due moment moved; a clock that no longer runs leaves nothing but this.
    pub(super) fn moved(&self, case: i64, moved: &Move, runs: bool) -> rusqlite::Result<()> {
        let sql = "INSERT INTO deadline_change (case_id, clock, round_id, due_before, due_after, why, why_en, policy)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let written = |at: Option<Moment>| at.map(|at| at.written().to_string());
        let (before, after) = (written(moved.before), written(moved.after));
        let row =
            params![case, moved.clock, self.round, before, after, moved.why.zh, moved.why.en, self.policy];
        if moved.before != moved.after {
            self.tx.prepare_cached(sql)?.execute(row)?;
        }
        if !runs {
            let sql = "DELETE FROM deadline WHERE case_id = ?1 AND clock = ?2";
            self.tx.prepare_cached(sql)?.execute(params![case, moved.clock])?;
        }
        Ok(())
    }
}
