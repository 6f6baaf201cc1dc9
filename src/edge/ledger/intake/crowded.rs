//! One case with traces without number: what is judged each time anew must have an end.

use super::Intake;
use crate::domain::record::{Fact, Kinds, Rejected, TraceKind};
use crate::domain::text::say;

/// Traces of one case that are taken in, revisions among them: the longest cases of published event logs have a few thousand.
const MOST: u32 = 20_000;

/// How many traces of each kind with which a case begins or ends are taken in however many others it has: what is overrun must still be
/// timed, and able to end.
const BOUNDS: u32 = 1_000;

/// Traces of a case by their kind.
pub(super) type ByKind = Box<[u32; TraceKind::ALL.len()]>;

fn bounds(kind: TraceKind) -> bool {
    Kinds::BEGINNINGS.has(kind) || kind.ends_a_case()
}

impl Intake<'_> {
    /// Whether anything of the source is in quarantine, as a trace is of which its case has too many.
    pub(super) fn has_set_aside(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT 1 FROM quarantine_row WHERE source_id = ?1 AND cleared_round IS NULL";
        self.statement(sql)?.exists([self.source])
    }

    /// Whether one more trace of a case is taken in. What came first stays, so that nothing that was read can be pushed out.
    pub(super) fn has_room(
        &mut self,
        (number, case): (&str, i64),
        kind: TraceKind,
    ) -> rusqlite::Result<bool> {
        let traces = match self.met().cases.get(number).map(|known| known.traces) {
            Some(Some(traces)) => traces,
            // Nobody looks before a trace of the case is set aside or entered: a row that is known costs no look.
            Some(None) if self.sets_aside => self.look(number, case)?,
            _ => return Ok(true),
        };
        Ok(traces < MOST || (bounds(kind) && self.of_kind(number, case, kind)? < BOUNDS))
    }

    /// Counts a trace that was entered.
    pub(super) fn count_trace(&mut self, number: &str, case: i64, kind: TraceKind) -> rusqlite::Result<()> {
        if let Some(of) = self.met().cases.get_mut(number).and_then(|known| known.of_kinds.as_mut()) {
            of[kind as usize] += 1;
        }
        match self.met().cases.get_mut(number).map(|known| &mut known.traces) {
            Some(Some(traces)) => *traces += 1,
            Some(None) => drop(self.look(number, case)?),
            None => {}
        }
        Ok(())
    }

    /// How many traces of a kind a case has. Nobody looks before it has too many in all.
    fn of_kind(&mut self, number: &str, case: i64, kind: TraceKind) -> rusqlite::Result<u32> {
        let known = self.met().cases.get(number).and_then(|known| known.of_kinds.as_ref());
        if let Some(of) = known {
            return Ok(of[kind as usize]);
        }
        let mut of: ByKind = Box::new([0; TraceKind::ALL.len()]);
        let sql = "SELECT kind, count(*) FROM trace WHERE case_id = ?1 AND kind IS NOT NULL GROUP BY kind";
        let mut find = self.statement(sql)?;
        let mut rows = find.query([case])?;
        while let Some(row) = rows.next()? {
            if let Ok(kind) = row.get::<_, String>(0)?.parse::<TraceKind>() {
                of[kind as usize] = row.get(1)?;
            }
        }
        drop(rows);
        drop(find);
        let count = of[kind as usize];
        if let Some(known) = self.met().cases.get_mut(number) {
            known.of_kinds = Some(of);
        }
        Ok(count)
    }

    fn look(&mut self, number: &str, case: i64) -> rusqlite::Result<u32> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM trace WHERE case_id = ?1 LIMIT ?2)";
        let traces = self.statement(sql)?.query_row([case, i64::from(MOST)], |row| row.get(0))?;
        if let Some(known) = self.met().cases.get_mut(number) {
            known.traces = Some(traces);
        }
        Ok(traces)
    }

    /// Sets the row of a trace aside for which there is no room: the first of a case in a reading stands for all.
    pub(super) fn set_aside(&mut self, fact: &Fact) {
        let known = self.met().cases.get_mut(&fact.case);
        if known.is_some_and(|known| !std::mem::replace(&mut known.crowded, true)) {
            self.crowding.push(Rejected {
                row: format!("{} …", fact.case),
                case: Some(fact.case.clone()),
                column: None,
                reason: say!("cell-crowded", most = MOST),
                unmapped: None,
            });
        }
    }
}
