//! Cases to be judged, each with all that is known of it.

use rusqlite::params;

use super::super::figures::counts::counted;
use super::super::intake::quarantine::CaseRow;
use super::super::stored::{dates_from_text, moment, text};
use super::super::{Ledger, LedgerError, cannot};
use super::history::settled;
use super::judgements::sortable;
use super::vanished::{Rows, unsettled};
use crate::domain::case_file::{CaseFile, Counted, Doubled, Earlier, Remapped, unbegun};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::record::Header;

impl Ledger {
    /// Cases that have something new or whose moment has come, at most `most`, after the case `after`. Sources in
    /// `frozen` are left out, and cases in files that could not be read: what cannot be read is not judged.
    pub fn to_judge(
        &self,
        now: &Now,
        frozen: &[i64],
        after: i64,
        most: usize,
    ) -> Result<Vec<CaseFile>, LedgerError> {
        let fail = cannot("find the cases to judge");
        // One reading for all of it: otherwise each statement takes and gives back the file's lock.
        let _reading = self.db.unchecked_transaction().map_err(&fail)?;
        let horizons = self.horizons(now)?;
        let unread = self.files_hold_cases()?;
        let ids: Vec<(i64, i64)> = {
            // The plan is pinned: left to itself SQLite walks the whole ledger for the few cases that are due.
            let sql = "SELECT id FROM \"case\" INDEXED BY case_unjudged WHERE unjudged = 1 AND id > ?2
                       UNION SELECT id FROM \"case\" INDEXED BY case_due WHERE next_change_at <= ?1 AND +id > ?2
                       ORDER BY id";
            let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
            let mut of = self
                .db
                .prepare_cached("SELECT source_id, unjudged, next_change_at FROM \"case\" WHERE id = ?1")
                .map_err(&fail)?;
            let waiting = "SELECT 1 FROM case_in_file JOIN source_file AS f ON f.id = file_id WHERE case_id = ?1 AND f.held_since IS NOT NULL";
            let mut waiting = self.db.prepare_cached(waiting).map_err(&fail)?;
            let mut waits =
                |case: i64| if unread { waiting.exists([case]).map_err(&fail) } else { Ok(false) };
            let mut rows = find.query(params![sortable(now.instant), after]).map_err(&fail)?;
            let mut ids = Vec::new();
            while let Some(row) = rows.next().map_err(&fail)? {
                let id: i64 = row.get(0).map_err(&fail)?;
                let of_source = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
                let (source, unjudged, next): (i64, bool, Option<String>) =
                    of.query_row([id], of_source).map_err(&fail)?;
                // Time has not passed yet for what a source lags behind.
                let ripe = || {
                    horizons
                        .get(&source)
                        .is_none_or(|until| next.is_some_and(|next| next <= sortable(*until)))
                };
                if !frozen.contains(&source) && (unjudged || ripe()) && !waits(id)? {
                    ids.push((id, source));
                }
                if ids.len() == most {
                    break;
                }
            }
            ids
        };
        let file = |(id, source)| {
            let complete_until = horizons.get(&source).copied();
            Ok(CaseFile { complete_until, ..self.case_file(id)? })
        };
        ids.into_iter().map(file).collect()
    }

    /// Cases that are open or set aside, at most `most`, after the case `after`: those that other rules judge anew.
    pub fn open_cases(&self, after: i64, most: usize) -> Result<Vec<CaseFile>, LedgerError> {
        let sql = "SELECT id FROM \"case\" WHERE id > ?1 AND state IN ('open', 'fault') ORDER BY id LIMIT ?2";
        let ids = self.list("find the open cases", sql, params![after, most as i64], |row| row.get(0))?;
        ids.into_iter().map(|id| self.case_file(id)).collect()
    }

    /// One case with all that is known of it.
    pub fn case_file(&self, id: i64) -> Result<CaseFile, LedgerError> {
        let fail = cannot("read a case");
        let sql = "SELECT source_id, number, item, unit, dates, display, state IS NULL,
                       EXISTS (SELECT 1 FROM quarantine_row WHERE cleared_round IS NULL), first_round, earlier,
                       first_on, required, present, traces, timed, timely, asked, filled,
                       ended_on, ended_as, EXISTS (SELECT 1 FROM rekeyed_row WHERE case_id = ?1 AND ended_round IS NULL),
                       EXISTS (SELECT 1 FROM doubled_number WHERE case_id = ?1 AND once_since IS NULL)
                   FROM \"case\" WHERE id = ?1";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([id]).map_err(&fail)?;
        let Some(row) = rows.next().map_err(&fail)? else {
            return Err(LedgerError::Garbled { what: "the number of a case", value: id.to_string() });
        };
        let kept = |at| Ok(text(row, at)?.map(str::to_owned));
        let (source, number) = (row.get(0).map_err(&fail)?, kept(1)?.unwrap_or_default());
        let mut dates =
            text(row, 4)?.map(|text| dates_from_text(text, self.zone)).transpose()?.unwrap_or_default();
        let (unit, display, earlier) = (kept(3)?, kept(5)?, kept(9)?);
        let (new, quarantine): (bool, bool) = (row.get(6).map_err(&fail)?, row.get(7).map_err(&fail)?);
        let first_round = row.get(8).map_err(&fail)?;
        self.columns(source)?.understand_dates(first_round, &mut dates);
        let header = kept(2)?.map(|item| Header { item, unit, dates, display, earlier: earlier.clone() });
        let met = self.round_facts(first_round)?.started;
        let first_seen = self.watched_before(source, first_round)?.then_some(met);
        let row_of = CaseRow { id, source, number: &number };
        let (spoilt, hold) = if quarantine { self.spoilt(row_of, None)? } else { (Vec::new(), None) };
        // A case never judged has no findings: on a first read that is every one.
        let held = if new { Vec::new() } else { self.held(id)? };
        let (vanished, struck_out) = if new { (None, Rows::new()) } else { self.vanished(id)? };
        let known = if new { Vec::new() } else { unsettled(self.known(id)?, vanished.as_ref()) };
        let (rekeyed, doubled) = self.of_keys(id, row)?;
        let (traces, revisions) = self.traces(source, id, [&struck_out, &rekeyed])?;
        let headers = if new { Vec::new() } else { self.header_changes(source, id, header.as_ref())? };
        let history =
            self.history(source, (id, first_round), &known, (&headers, header.as_ref()), &rekeyed)?;
        let earlier = earlier.map(|number| self.earlier(source, number)).transpose()?.flatten();
        let later = if new { Vec::new() } else { self.later_runs(id)? };
        let counted = Counted { later, ..counted(row).map_err(&fail)? };
        Ok(CaseFile {
            unbegun_in: if unbegun(&traces).is_some() { self.name_of_source(source)? } else { None },
            id,
            source,
            number,
            header,
            traces,
            spoilt,
            hold,
            known,
            held,
            revisions,
            headers: settled(headers, met),
            history,
            complete_until: None,
            remapped: if new { None } else { self.remapped_source(source)? },
            met,
            first_seen,
            vanished,
            doubled,
            struck_out: struck_out.len() as u32,
            earlier,
            counted,
        })
    }

    /// The rows of a case that count as said by others, and the number that it shares with others, where it has such.
    fn of_keys(&self, id: i64, row: &rusqlite::Row<'_>) -> Result<(Rows, Option<Doubled>), LedgerError> {
        let fail = cannot("read a case");
        let rekeyed = if row.get(20).map_err(&fail)? { self.rekeyed(id)? } else { Rows::new() };
        let doubled = if row.get(21).map_err(&fail)? { self.doubled(id)? } else { None };
        Ok((rekeyed, doubled))
    }

    /// By what mapping a source is read, where it was read by another one before.
    fn remapped_source(&self, source: i64) -> Result<Option<Remapped>, LedgerError> {
        let Some(round) = self.mapped_since(source)? else { return Ok(None) };
        let at = self.round_facts(round)?.started;
        Ok(self.name_of_source(source)?.map(|source| Remapped { source, at }))
    }

    fn name_of_source(&self, source: i64) -> Result<Option<String>, LedgerError> {
        let name = "SELECT name FROM source WHERE id = ?1";
        let name = self.list("read the name of a source", name, [source], |row| row.get(0))?;
        Ok(name.into_iter().next())
    }

    /// A case that this one names as its earlier filing, if it was withdrawn.
    fn earlier(&self, source: i64, number: String) -> Result<Option<Earlier>, LedgerError> {
        let sql =
            "SELECT t.occurred_at, (SELECT min(due_at) FROM deadline WHERE case_id = c.id AND state = 'void')
                   FROM \"case\" AS c JOIN trace AS t ON t.case_id = c.id AND t.kind = 'withdrawn'
                   WHERE c.source_id = ?1 AND c.number = ?2 AND NOT EXISTS (SELECT 1 FROM trace AS l
                       WHERE l.case_id = t.case_id AND l.read = t.read AND l.row = t.row AND l.part = t.part
                           AND l.revision > t.revision)
                   ORDER BY t.occurred_at LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
        let found = self.list("read an earlier case", sql, params![source, number], read)?;
        let Some((withdrawn, due)) = found.into_iter().next() else { return Ok(None) };
        let withdrawn_at = moment(&withdrawn, self.zone)?;
        let due_at = due.map(|due| moment(&due, self.zone)).transpose()?;
        Ok(Some(Earlier { number, withdrawn_at, due_at }))
    }

    /// The last mail before a moment that told of a case.
    pub(super) fn told_before(&self, case: i64, moment_at: Moment) -> Result<Option<Moment>, LedgerError> {
        let sql = "SELECT l.written_at FROM finding AS f JOIN finding_event AS e ON e.finding_id = f.id
                   JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                   WHERE f.case_id = ?1 AND julianday(l.written_at) < julianday(?2) ORDER BY l.id DESC LIMIT 1";
        let values = params![case, moment_at.to_string()];
        let told = self.list("read what was told of a case", sql, values, |row| row.get::<_, String>(0))?;
        told.first().map(|text| moment(text, self.zone)).transpose()
    }
}
