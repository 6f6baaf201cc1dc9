//! Takes in what a source said: new facts are added, known ones recognised, changed ones kept in both versions.

pub(super) mod course;
pub(super) mod crowded;
pub(super) mod doubled;
pub(super) mod doubt;
pub(super) mod evidence;
pub(super) mod held;
pub(super) mod keys;
pub(super) mod matching;
pub(super) mod met;
pub(super) mod missing;
pub(super) mod moved_rows;
pub(super) mod numbers;
pub(super) mod quarantine;
pub(super) mod rekeyed;
pub(super) mod renumbered;
mod screened;
pub(super) mod sequences;
pub(super) mod slots;
pub(super) mod suspicions;
pub(super) mod sweep;
mod take;
pub(super) mod taken_back;
pub(super) mod unread_files;
mod went_back;

use rusqlite::{CachedStatement, OptionalExtension, Transaction, params};

use self::course::{Course, Sweep};
use self::keys::KeyWatch;
use self::met::{Known, Met};
use self::sequences::Numbers;
use self::unread_files::LastPlace;
use super::rounds::RoundId;
use super::stored::{TRACE, dates_to_text};
use super::{LedgerError, cannot};
use crate::domain::erased::Marks;
use crate::domain::record::{Fact, Header, Rejected, Written};

/// What a batch brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// Cases that have something new.
    pub changed: u64,
    /// Rows of which something is newly in quarantine.
    pub rejected: u64,
}

/// When a case entered the ledger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Entered {
    /// With the row at hand.
    Now,
    /// Before it.
    Before,
}

pub(super) struct Intake<'t> {
    tx: &'t Transaction<'t>,
    pub(super) source: i64,
    pub(super) round: RoundId,
    pub(super) zone: chrono_tz::Tz,
    met: &'t mut Met,
    /// Cases that were marked to be judged.
    changed: u64,
    /// Where the row at hand stands.
    pub(super) place: i64,
    /// When the file of the rows at hand was written.
    written: Written,
    /// Whether rows that came under another key are looked for.
    pub(super) watches: KeyWatch,
    /// Rows of this read are cases, and do not say which of two is the later version.
    of_cases: bool,
    /// Rows of this read are of cases that others bring, and find them by their spelling too.
    finds: bool,
    /// Rows of this read are in quarantine.
    quarantined: bool,
    /// Rows of the ledger are missing.
    missing: bool,
    /// Rows of the ledger count as said by others.
    rekeyed: bool,
    /// What is taken back of what was read by the same mapping waits for the end of the reading.
    holds: bool,
    /// Numbers of the source stand for several cases.
    pub(super) doubled: bool,
    /// Some rows of the source are.
    pub(super) sets_aside: bool,
    /// Rows set aside because their case has too many traces.
    pub(super) crowding: Vec<Rejected>,
    numbers: Numbers,
    /// What was erased, and is not to come back.
    pub(super) marks: Option<Marks>,
    pub(super) last_place: Option<LastPlace>,
    find: CachedStatement<'t>,
    same: CachedStatement<'t>,
    pub(super) revise: CachedStatement<'t>,
    pub(super) slot: CachedStatement<'t>,
}

impl<'t> Intake<'t> {
    pub(super) fn new(
        tx: &'t Transaction<'t>,
        &Course { source, round, holds, .. }: &Course,
        zone: chrono_tz::Tz,
        met: &'t mut Met,
    ) -> rusqlite::Result<Self> {
        let find = "SELECT id, unjudged, first_round = ?3 FROM \"case\" WHERE source_id = ?1 AND number = ?2";
        let same = "SELECT 1 FROM \"case\" WHERE id = ?1 AND item IS ?2 AND unit IS ?3 AND dates IS ?4
                        AND display IS ?5 AND earlier IS ?6";
        let revise =
            "INSERT INTO trace (case_id, read, row, part, revision, kind, stage, occurred_at, recorded_at,
                          by, note, amount, round_id, outcome, unit, asked_at, serial, due_at, resumes_any, place, step_dues)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) ON CONFLICT DO NOTHING";
        let slot = format!(
            "SELECT revision, kind IS NULL, {TRACE} FROM trace
             WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND part = ?4 ORDER BY revision DESC LIMIT 1"
        );
        let mut intake = Self {
            tx,
            source,
            round,
            zone,
            met,
            changed: 0,
            place: 0,
            written: Written::NoFile,
            watches: KeyWatch::Off,
            of_cases: false,
            finds: false,
            quarantined: false,
            missing: false,
            rekeyed: false,
            holds,
            doubled: false,
            sets_aside: false,
            crowding: Vec::new(),
            numbers: Numbers::default(),
            marks: super::marks::marks(tx)?,
            last_place: None,
            find: tx.prepare_cached(find)?,
            same: tx.prepare_cached(same)?,
            revise: tx.prepare_cached(revise)?,
            slot: tx.prepare_cached(&slot)?,
        };
        intake.sets_aside = intake.has_set_aside()?;
        intake.missing = intake.has_vanished()?;
        intake.rekeyed = intake.has_rekeyed()?;
        intake.doubled = intake.has_doubled()?;
        Ok(intake)
    }

    pub(super) fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'t>> {
        self.tx.prepare_cached(sql)
    }

    /// Takes in a row; gives its case, and whether a trace of it is new or changed.
    fn fact(&mut self, fact: &Fact) -> Result<(i64, bool), LedgerError> {
        let fail = cannot("take in what a source said");
        let fact = &*self.screened(fact).map_err(&fail)?;
        self.place = fact.place.line;
        let header = self.header_of(fact)?;
        let (case, entered) = self.meet(&fact.case, header.as_deref()).map_err(&fail)?;
        let watch = if self.was_known(&fact.case) { self.watches } else { KeyWatch::Off };
        let changed = self.traces((case, entered), fact, watch)?;
        for slot in fact.in_doubt.iter().flat_map(|it| &it.slots) {
            self.met.keys.met_again(case, slot, watch);
        }
        if changed {
            self.mark(&fact.case, case).map_err(&fail)?;
        }
        Ok((case, changed))
    }

    /// Whether a case did not enter in this round.
    fn was_known(&self, number: &str) -> bool {
        !self.met.cases.get(number).is_some_and(|known| known.new)
    }

    /// Whether a case that this batch met was known before this round.
    fn is_old(&self, number: &str) -> bool {
        self.met.cases.get(number).is_some_and(|known| !known.new)
    }

    /// Notes that a row was met: of a case's own rows where, in a sweep that it is there, of one that was missing or in quarantine
    /// that it is no more.
    fn note(&mut self, read: u16, (case, fact): (i64, &Fact), sweep: Option<&Sweep>) -> rusqlite::Result<()> {
        if let Some(file) = &fact.place.file {
            self.stands_in(case, file)?;
        }
        if self.of_cases {
            self.met_own_row(read, case, fact);
        }
        if let Some(sweep) = sweep {
            self.swept(sweep, case, fact)?;
        }
        if self.missing {
            self.back(case, fact)?;
        }
        if self.quarantined {
            self.clear_quarantine(read, fact)?;
        }
        Ok(())
    }

    /// The case's row, and when it entered.
    fn meet(&mut self, number: &str, header: Option<&Header>) -> rusqlite::Result<(i64, Entered)> {
        let Some(case) = self.known(number)? else { return Ok((self.enter(number, header)?, Entered::Now)) };
        if let Some(header) = header
            && self.header(case, header)?
        {
            self.mark(number, case)?;
        }
        Ok((case, Entered::Before))
    }

    /// The case's row, if it has one.
    pub(super) fn known(&mut self, number: &str) -> rusqlite::Result<Option<i64>> {
        if let Some(known) = self.met.cases.get(number) {
            return Ok(Some(known.id));
        }
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Known { marked: row.get(1)?, new: row.get(2)?, ..Known::of(row.get(0)?) })
        };
        let found = self.find.query_row(params![self.source, number, self.round], read).optional()?;
        Ok(found.map(|known| {
            let id = known.id;
            self.met.cases.insert(number.to_owned(), known);
            id
        }))
    }

    /// Enters a case; a new one is to be judged.
    pub(super) fn enter(&mut self, number: &str, header: Option<&Header>) -> rusqlite::Result<i64> {
        let sql = "INSERT INTO \"case\" (source_id, number, item, unit, dates, display, first_round, earlier) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let (item, unit) = (header.map(|h| &h.item), header.and_then(|h| h.unit.as_ref()));
        let (dates, display) = (header.and_then(dates_to_text), header.and_then(|h| h.display.as_ref()));
        let earlier = header.and_then(|h| h.earlier.as_ref());
        let row = params![self.source, number, item, unit, dates, display, self.round, earlier];
        let id = self.statement(sql)?.insert(row)?;
        let known = Known { marked: true, new: true, traces: Some(0), ..Known::of(id) };
        self.met.cases.insert(number.to_owned(), known);
        self.changed += 1;
        self.numbers.note(number);
        self.spelled(number, id)?;
        Ok(id)
    }

    /// Updates what is known of the case itself; keeps what was known before. Gives whether it differed.
    fn header(&mut self, case: i64, header: &Header) -> rusqlite::Result<bool> {
        let dates = dates_to_text(header);
        let row = params![case, header.item, header.unit, dates, header.display, header.earlier];
        if self.same.exists(row)? {
            return Ok(false);
        }
        let keep = "INSERT INTO case_change (case_id, round_id, item, unit, dates, display, earlier) SELECT id, ?2, item, unit, dates, display, earlier FROM \"case\" WHERE id = ?1 AND item IS NOT NULL";
        self.statement(keep)?.execute(params![case, self.round])?;
        let moved = "SELECT 1 FROM \"case\" WHERE id = ?1 AND (first_on IS NOT NULL OR traces > 0)
                         AND (item IS NOT ?2 OR unit IS NOT ?3)";
        if self.statement(moved)?.exists(params![case, header.item, header.unit])? {
            self.uncount(case)?;
        }
        let update =
            "UPDATE \"case\" SET item = ?2, unit = ?3, dates = ?4, display = ?5, earlier = ?6 WHERE id = ?1";
        self.statement(update)?.execute(row)?;
        Ok(true)
    }

    /// Marks a known case to be judged.
    pub(super) fn mark(&mut self, number: &str, case: i64) -> rusqlite::Result<()> {
        let Some(known) = self.met.cases.get_mut(number).filter(|known| !known.marked) else { return Ok(()) };
        known.marked = true;
        self.changed += 1;
        self.statement("UPDATE \"case\" SET unjudged = 1 WHERE id = ?1")?.execute([case]).map(drop)
    }

    /// What this reading has met.
    pub(super) fn met(&mut self) -> &mut Met {
        self.met
    }
}
