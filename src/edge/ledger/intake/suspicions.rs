//! Suspicions: a source that is not what was read of it before, and what a person said of that.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::super::findings::audit::AuditEntry;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use super::course::{Course, Sweep};
use super::met::Met;
use super::missing::{self, look_for_gone};
use super::sweep::found;
use super::{moved_rows, renumbered};
use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::{Batch, Fact};
use crate::domain::rules::source_suspect::{DoubtState, Looked};
use crate::domain::text::{Kept, Sentence, Text};

/// A source that is doubted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// Since when.
    pub since: String,
    /// Why, as it was last found.
    pub why: Text,
    /// How many cases were missing, or had something taken back.
    pub missing: u64,
    /// Somebody has said that it is right as it is.
    pub accepted: bool,
}

fn place_of(source: i64) -> String {
    format!("place_of_source_{source}")
}

impl Intake<'_> {
    /// Remembers that a row is there, of every case that it may be of, under every key that it had. Nothing is taken in.
    fn looked_at(&mut self, sweep: &mut Sweep, fact: &Fact) -> Result<(), LedgerError> {
        let fail = cannot("look over a source");
        let cases = self.cases_of(fact).map_err(&fail)?;
        if let [case] = cases[..] {
            sweep.differs |= self.says_otherwise(case, fact)?;
        }
        sweep.recognised |= !cases.is_empty();
        cases.into_iter().try_for_each(|case| self.is_there(sweep, case, fact)).map_err(&fail)
    }

    /// Whether a row says that something else happened, or at another time, than it was known to say. What was not known is remembered.
    fn says_otherwise(&mut self, case: i64, fact: &Fact) -> Result<bool, LedgerError> {
        let mut otherwise = false;
        for (slot, trace) in &fact.traces {
            match (self.latest(case, slot)?, trace) {
                ((0, _), Some(trace)) => {
                    self.is_said(case, slot, trace).map_err(cannot("look over a source"))?;
                }
                ((_, Some(known)), Some(trace))
                    if (trace.kind, trace.occurred) == (known.kind, known.occurred) =>
                {
                    self.met().taken_back.is_as_known(case, slot);
                }
                ((revision, Some(known)), trace) => {
                    self.is_otherwise((case, slot), (revision, &known), trace.as_ref())?;
                    otherwise = true;
                }
                _ => {}
            }
        }
        Ok(otherwise)
    }

    /// The cases that a row may be of.
    fn cases_of(&mut self, fact: &Fact) -> rusqlite::Result<Vec<i64>> {
        let mut cases: Vec<i64> = self.known(&fact.case)?.into_iter().collect();
        let sql = "SELECT case_id FROM doubled_number WHERE source_id = ?1 AND number = ?2";
        let mut members = self.statement(sql)?;
        for case in members.query_map(params![self.source, fact.case], |row| row.get(0))? {
            cases.push(case?);
        }
        Ok(cases)
    }

    fn is_there(&mut self, sweep: &Sweep, case: i64, fact: &Fact) -> rusqlite::Result<()> {
        self.swept(sweep, case, fact)?;
        let sql = "INSERT INTO temp.swept (read, case_id, row) SELECT k.read, k.case_id, k.as_row FROM rekeyed_row AS k
                       JOIN temp.swept AS s ON (s.case_id, s.read, s.row) = (k.case_id, k.read, k.row)
                   WHERE k.case_id = ?1 AND k.ended_round IS NULL ON CONFLICT DO NOTHING";
        self.statement(sql)?.execute([case]).map(drop)
    }
}

/// Why a source is doubted, from its columns: Chinese and English, and what they say as data.
fn why((zh, en): (String, String), data: Option<String>) -> Text {
    Kept::new(Sentence { zh, en }, data.as_deref()).into()
}

impl Ledger {
    /// Whether a glance at a source gives reason to look over all of it before anything is taken in: it lies elsewhere, has fewer
    /// rows, or none as new as it had.
    pub fn looks_otherwise(
        &self,
        source: i64,
        mapping: &str,
        place: &str,
        rows: &std::collections::BTreeMap<u16, u64>,
    ) -> Result<bool, LedgerError> {
        if self.recall(&place_of(source))?.is_some_and(|known| known != place) {
            return Ok(true);
        }
        let sql = "SELECT read, rows FROM whole_read WHERE source_id = ?1 AND mapping = ?2";
        let known: Vec<(u16, u64)> =
            self.list("read how many rows a source had", sql, params![source, mapping], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok(known.into_iter().any(|(read, had)| rows.get(&read).is_some_and(|has| *has < had)))
    }

    /// A source was read and is believed: where it lies, and how many rows it had.
    pub fn believed(
        &mut self,
        source: i64,
        mapping: &str,
        place: &str,
        rows: &std::collections::BTreeMap<u16, u64>,
    ) -> Result<(), LedgerError> {
        if self.recall(&place_of(source))?.as_deref() != Some(place) {
            self.remember(&place_of(source), place)?;
        }
        let sql = "INSERT INTO whole_read VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
                   SET mapping = excluded.mapping, rows = excluded.rows
                   WHERE mapping <> excluded.mapping OR rows <> excluded.rows";
        for (read, rows) in rows {
            self.db
                .prepare_cached(sql)
                .and_then(|mut note| note.execute(params![source, read, mapping, rows]))
                .map_err(cannot("note how many rows a source had"))?;
        }
        Ok(())
    }

    /// Begins to look over a source: what is read from now on is compared and not taken in.
    pub fn look_begins(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let since = self.compared_since(course.source, spec, now)?;
        self.begin_sweep(course, spec, since)
    }

    /// Since when cases that are closed by now are compared, where they are. While a source is doubted that stays what it was when
    /// the doubt began: what was missing then is missing still when somebody accepts it.
    pub(super) fn compared_since(
        &self,
        source: i64,
        spec: &SourceSpec,
        now: &Now,
    ) -> Result<Option<NaiveDate>, LedgerError> {
        let doubted = self.suspicion(source)?.and_then(|it| DateTime::parse_from_rfc3339(&it.since).ok());
        let day = doubted.map_or_else(|| now.today(), |since| since.date_naive());
        Ok(day.checked_sub_days(Days::new(spec.sweep_back_days.into())))
    }

    /// Looks at a batch.
    pub fn look_at(&mut self, course: &mut Course, batch: &Batch) -> Result<(), LedgerError> {
        let fail = cannot("look over a source");
        let Some(mut sweep) = course.sweep.take() else { return Ok(()) };
        let zone = self.zone;
        let tx = self.db.transaction().map_err(&fail)?;
        let mut met = Met { taken_back: std::mem::take(&mut course.taken_back), ..Met::default() };
        let mut intake = Intake::new(&tx, course, zone, &mut met).map_err(&fail)?;
        batch.facts.iter().try_for_each(|fact| intake.looked_at(&mut sweep, fact))?;
        let mut rejected = batch.rejected.iter();
        rejected.try_for_each(|row| intake.unreadable(batch.read, row)).map_err(&fail)?;
        drop(intake);
        tx.commit().map_err(&fail)?;
        sweep.met(batch.read);
        course.taken_back = met.taken_back;
        course.sweep = Some(sweep);
        Ok(())
    }

    /// A source was looked over to its end.
    pub fn look_ends(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        whole: &[(u16, String)],
    ) -> Result<Looked, LedgerError> {
        let (fail, source) = (cannot("end looking over a source"), course.source);
        let Some(sweep) = course.sweep.take() else { return Ok(Looked::default()) };
        let held = std::mem::take(&mut course.taken_back);
        // What files do not tell any more is not gone.
        let whole = if spec.needs_sweeps() { whole } else { &[] };
        let since = sweep.since.map(|day| day.to_string());
        let zone = self.zone;
        let tx = self.db.transaction().map_err(&fail)?;
        missing::begin(&tx).map_err(&fail)?;
        look_for_gone(&tx, source, since.as_deref(), whole).map_err(&fail)?;
        renumbered::take_out(&tx, zone)?;
        moved_rows::take_out(&tx, zone)?;
        let mut looked = found(&tx, source, &sweep).map_err(&fail)?;
        held.compare(&tx, source, sweep.since, &mut looked).map_err(&fail)?;
        missing::keep(&tx).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        self.end_sweep(course)?;
        Ok(looked)
    }

    /// The suspicion under which a source is.
    pub fn suspicion(&self, source: i64) -> Result<Option<Suspicion>, LedgerError> {
        let sql = "SELECT since, why_zh, why_en, missing, accepted_at IS NOT NULL, why_data FROM suspicion
                   WHERE source_id = ?1 AND ended_round IS NULL";
        let found = self.list("read whether a source is doubted", sql, [source], |row| {
            let why = why((row.get(1)?, row.get(2)?), row.get(5)?);
            Ok(Suspicion { since: row.get(0)?, why, missing: row.get(3)?, accepted: row.get(4)? })
        })?;
        Ok(found.into_iter().next())
    }

    /// The sources that are doubted and that nobody has accepted, by name.
    pub fn doubted_sources(&self) -> Result<Vec<(String, Text)>, LedgerError> {
        let sql = "SELECT source, why, why_en, why_data FROM suspicions WHERE ended_at IS NULL AND accepted_at IS NULL ORDER BY source";
        self.list("read which sources are doubted", sql, [], |row| {
            Ok((row.get(0)?, why((row.get(1)?, row.get(2)?), row.get(3)?)))
        })
    }

    /// A source is doubted, for what was just looked over. Gives whether that is news: it was not, or others are missing than
    /// somebody had accepted.
    pub fn doubt(
        &mut self,
        source: i64,
        looked: &Looked,
        why: &Text,
        round: RoundId,
        now: &Now,
    ) -> Result<bool, LedgerError> {
        let fail = cannot("enter that a source is doubted");
        let state = |it: Suspicion| if it.accepted { DoubtState::Accepted } else { DoubtState::Waits };
        let known = self.suspicion(source)?.map_or(DoubtState::None, state);
        let (Sentence { zh, en }, data) = (why.sentence(), why.data());
        let cases = looked.missing + looked.taken_back;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let at = now.instant.to_rfc3339();
        let write = || -> rusqlite::Result<()> {
            let sql = "UPDATE source SET last_read_at = ?2, state = 'ok', message = NULL, message_data = NULL, dark_since = NULL WHERE id = ?1";
            tx.execute(sql, params![source, at])?;
            if !known.is_news() {
                let sql = "UPDATE suspicion SET missing = ?2, why_zh = ?3, why_en = ?4, why_data = ?5
                           WHERE source_id = ?1 AND ended_round IS NULL";
                tx.execute(sql, params![source, cases, zh, en, data])?;
                return missing::enter(&tx, source, looked);
            }
            end(&tx, source, round)?;
            let sql = "INSERT INTO suspicion (source_id, round_id, since, missing, why_zh, why_en, why_data)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            tx.execute(sql, params![source, round, at, cases, zh, en, data])?;
            missing::enter(&tx, source, looked)
        };
        write().map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        Ok(known.is_news())
    }

    /// A source is doubted no more: it looks as before, or was read as somebody had accepted it.
    pub fn doubted_no_more(&mut self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        end(&self.db, source, round).map_err(cannot("enter that a source is doubted no more"))
    }

    /// Somebody says that a source is right as it is. Gives what was doubted of it; `None`: nothing is.
    pub fn accept_source(
        &mut self,
        name: &str,
        by: &str,
        why: &str,
        at: DateTime<FixedOffset>,
    ) -> Result<Option<Suspicion>, LedgerError> {
        let fail = cannot("enter that a source was accepted");
        let sql = "SELECT id FROM source WHERE name = ?1";
        let known: Option<i64> =
            self.db.query_row(sql, [name], |row| row.get(0)).optional().map_err(&fail)?;
        let Some(source) = known else { return Ok(None) };
        let sql = "UPDATE suspicion SET accepted_at = ?2, accepted_by = ?3, accepted_why = ?4
                   WHERE source_id = ?1 AND ended_round IS NULL AND accepted_at IS NULL";
        let values = params![source, at.to_rfc3339(), by, why];
        let audit_entry = AuditEntry { what: "source accept", subject: name, by, why, at };
        if self.sign(&audit_entry, fail, |db| db.execute(sql, values), |doubts| *doubts > 0)? == 0 {
            return Ok(None);
        }
        self.suspicion(source)
    }
}

fn end(db: &rusqlite::Connection, source: i64, round: RoundId) -> rusqlite::Result<()> {
    missing::forget(db, source)?;
    let sql = "UPDATE suspicion SET ended_round = ?2 WHERE source_id = ?1 AND ended_round IS NULL";
    db.prepare_cached(sql)?.execute(params![source, round]).map(drop)
}
