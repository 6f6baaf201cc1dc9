//! Personal text is erased: a mark takes its place in traces, letters, findings and quarantine, and whatever the sources say of it later
//! is marked before it is stored. Facts, and who erased what and why, stay.

mod entry;
mod reasons;
mod remains;
mod retention;
mod texts;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::cases::case_history::StoryErasure;
use super::findings::audit::{self, AuditEntry};
use super::marks::{keep_longer, marks_with};
use super::rounds::remember;
use super::{Ledger, LedgerError, cannot};
use crate::domain::erased::literal::Literal;
use crate::domain::erased::stays::Stays;
use crate::domain::erased::{Marks, Scope};
use crate::domain::now::Now;
use crate::domain::text::{Text, say};
use entry::{Begun, begin, end};
pub use remains::{Place, Remains};
use texts::Known;
use words::LettersOf;

/// The file still holds bytes of what was erased: it is to be written anew.
const UNSWEPT: &str = "erasure_unswept";
/// Letters that left with what was erased, of which nobody has been told yet, and which still lie in the folder they went to.
const WITH_IT: &str = "erasure_letters";

/// Whose text is erased.
#[derive(Debug, Clone, Copy)]
pub enum Whose<'e> {
    /// That of a case, by its number; of one source, or of all that know it.
    Case {
        /// Number.
        number: &'e str,
        /// Name of the source.
        source: Option<&'e str>,
    },
    /// What names a person.
    Person(Person<'e>),
}

/// Who is erased.
#[derive(Debug, Clone, Copy)]
pub struct Person<'e> {
    /// The name as records write it.
    pub name: &'e str,
    /// What comes later is marked even if nobody is in the ledger by this name.
    pub in_advance: bool,
    /// In sentences of letters and findings the name stays.
    pub only_records: bool,
}

/// Who erases, why, and what is left for rules to find.
#[derive(Debug, Clone)]
pub struct Erasure<'e> {
    /// Whose text.
    pub whose: Whose<'e>,
    /// Who, as typed.
    pub by: &'e str,
    /// Why.
    pub why: &'e str,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What stays.
    pub stays: &'e Stays,
}

/// A letter that left with what was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Its Message-ID.
    pub message_id: String,
    /// To whom.
    pub address: String,
    /// When it was written.
    pub written_at: DateTime<FixedOffset>,
}

/// What was erased.
#[derive(Debug, Default)]
pub struct Erased {
    /// Cases whose text it was; 0 of a person.
    pub cases: u64,
    /// Texts that a mark took the place of.
    pub texts: u64,
    /// Letters in which one did.
    pub letters: u64,
    /// Of these what had left, and of an erasure before that did not come to its end.
    pub left: Vec<Left>,
    /// What remains although it looks like it, or holds it.
    pub remains: Vec<Remains>,
}

/// One erasure that goes on.
struct Eraser<'t> {
    tx: &'t Transaction<'t>,
    marks: Marks,
    stays: &'t Stays,
    /// Names of all who did something or are told.
    names: Rc<BTreeSet<String>>,
    /// A case's number is no part of what is erased, if that is shorter than the longest; 0: numbers are not looked for, which takes
    /// a look at all cases.
    numbers: usize,
    /// What was erased, each with its mark.
    found: BTreeMap<String, Literal>,
    texts: u64,
}

impl Ledger {
    /// Erases. `None`: there is no such case, or nobody by that name.
    pub fn erase(&mut self, erasure: &Erasure<'_>) -> Result<Option<Erased>, LedgerError> {
        let fail = cannot("erase personal text");
        self.db.execute_batch("PRAGMA secure_delete = ON").map_err(&fail)?;
        let login = self.login.clone();
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let marks = marks_with(&tx, &erasure.stays.causes).map_err(&fail)?;
        let (what, subject, source, marks) = match erasure.whose {
            Whose::Case { number, source } => ("case", number.to_owned(), source, marks),
            Whose::Person(Person { name, .. }) => ("person", marks.name(name), None, marks.with_name(name)),
        };
        let (by, why, at) = (Some(erasure.by), erasure.why, erasure.at);
        let id = begin(&tx, &Begun { what, subject: &subject, source, by, why, at }).map_err(&fail)?;
        let (stays, found) = (erasure.stays, BTreeMap::new());
        let names = remains::names(&tx, stays).map_err(&fail)?.into();
        let numbers = remains::longest_number(&tx).map_err(&fail)?;
        let mut eraser = Eraser { tx: &tx, marks, stays, names, numbers, found, texts: 0 };
        let Some(mut erased) = eraser.those(&erasure.whose, id).map_err(&fail)? else { return Ok(None) };
        eraser.over_cases().map_err(&fail)?;
        let of = match erasure.whose {
            Whose::Case { number, .. } => LettersOf::Number(number),
            Whose::Person(_) => LettersOf::All,
        };
        erased.left = with_it(&tx).map_err(&fail)?;
        let left = eraser.letters(of, &mut erased.letters)?;
        erased.left.extend(left.into_iter().filter(|it| !erased.left.contains(it)).collect::<Vec<_>>());
        remember(&tx, WITH_IT, &serde_json::json!(erased.left).to_string()).map_err(&fail)?;
        erased.texts = eraser.texts;
        erased.remains.extend(eraser.ours());
        end(&tx, id, &erased, erasure.at).map_err(&fail)?;
        let what = format!("forget {what}");
        let audit_entry =
            AuditEntry { what: &what, subject: &subject, by: erasure.by, why: erasure.why, at: erasure.at };
        audit::enter(&tx, &audit_entry, &login).map_err(&fail)?;
        remember(&tx, UNSWEPT, "1").map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        Ok(Some(erased))
    }

    /// The letters that left with what was erased were taken out of their folder, or their readers named, but for these.
    pub fn told_who_has_it(&mut self, but: &[Left]) -> Result<(), LedgerError> {
        let fail = cannot("note which letters are left with what was erased");
        if but.is_empty() {
            return self.db.execute("DELETE FROM meta WHERE key = ?1", [WITH_IT]).map(drop).map_err(fail);
        }
        remember(&self.db, WITH_IT, &serde_json::json!(but).to_string()).map_err(fail)
    }

    /// Writes the file anew, so that nothing of what was erased is left in it or in its log of changes. Gives whether that could be done:
    /// while somebody reads the ledger the log is kept.
    pub fn sweep_out(&mut self) -> Result<bool, LedgerError> {
        let fail = cannot("write the ledger anew");
        // A ledger may be larger than the memory.
        self.db
            .execute_batch("PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
            .map_err(&fail)?;
        let swept = self.empty_log()?;
        if swept {
            self.db.execute("DELETE FROM meta WHERE key = ?1", [UNSWEPT]).map_err(&fail)?;
            return self.empty_log();
        }
        Ok(false)
    }

    fn empty_log(&self) -> Result<bool, LedgerError> {
        let read = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
        let busy = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], read);
        Ok(busy.map_err(cannot("empty the log of changes"))? == 0)
    }

    /// Erasures of the seven days before a moment, for the digest; and that the file still holds what one erased.
    pub(super) fn erasures_said(&self, now: &Now) -> Result<Vec<Text>, LedgerError> {
        let sql = "SELECT what, subject, substr(at, 1, 10), coalesce(by, ''), why, texts, letters, cases FROM erasures
                   WHERE julianday(?1) - julianday(at) BETWEEN 0 AND 7";
        let at = now.instant.to_rfc3339();
        let mut said = self.list("read what was erased", sql, [at], |row| {
            let [what, subject, on, by, why]: [String; 5] =
                [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            let [texts, letters, cases]: [u64; 3] = [row.get(5)?, row.get(6)?, row.get(7)?];
            Ok(match what.as_str() {
                "case" => say!("forget-of_case", subject, on, by, why, texts, letters),
                "person" => say!("forget-of_person", subject, on, by, why, texts, letters),
                "letters" => say!("forget-of_letters", on, why, letters),
                _ => say!("forget-of_ended", on, why, cases, texts, letters),
            })
        })?;
        let left = with_it(&self.db).map_err(cannot("read what was erased"))?;
        if !left.is_empty() {
            said.push(say!("forget-unfinished", count = left.len()));
        }
        if self.recall(UNSWEPT)?.is_some() {
            said.push(say!("forget-unswept"));
        }
        Ok(said)
    }

    /// By whom, when and why the text of a case was erased.
    pub(super) fn erased_by(&self, case: i64) -> Result<Option<StoryErasure>, LedgerError> {
        let sql = "SELECT substr(e.at, 1, 10), e.by, e.why FROM erased_case AS c JOIN erasure AS e ON e.id = c.erasure_id
                   WHERE c.case_id = ?1";
        let found = self.list("read what was erased", sql, [case], |row| {
            Ok(StoryErasure { on: row.get(0)?, by: row.get(1)?, why: row.get(2)? })
        })?;
        Ok(found.into_iter().next())
    }
}

impl Eraser<'_> {
    /// Erases the texts of a case or person; `None`: there is none.
    fn those(&mut self, whose: &Whose<'_>, erasure: i64) -> rusqlite::Result<Option<Erased>> {
        let mut erased = Erased::default();
        match whose {
            Whose::Case { number, source } => {
                let cases = cases_of(self.tx, number, *source)?;
                if cases.is_empty() {
                    return Ok(None);
                }
                for case in &cases {
                    self.case(*case, erasure)?;
                }
                erased.cases = cases.len() as u64;
                erased.remains.extend(self.alike(&cases)?);
            }
            Whose::Person(person) => {
                let known = "SELECT EXISTS (SELECT 1 FROM erased_name WHERE name = ?1)";
                let before: bool =
                    self.tx.query_row(known, [self.marks.name(person.name)], |row| row.get(0))?;
                if !before {
                    let longer = self.longer_names(person.name);
                    let longer: Vec<(String, usize)> =
                        longer.words().map(|name| (self.marks.name(name), name.chars().count())).collect();
                    keep_longer(self.tx, &longer)?;
                    self.marks = self.marks.clone().with_longer(longer);
                }
                let told = self.stays.tells(person.name);
                let known = if before || told { Known::Before } else { Known::FromRecordsAlone };
                if !self.person(person, known, erasure)? && !person.in_advance {
                    return Ok(None);
                }
                erased.remains = self.left_of(person.name)?;
            }
        }
        Ok(Some(erased))
    }
}

fn with_it(db: &Connection) -> rusqlite::Result<Vec<Left>> {
    let sql = "SELECT value FROM meta WHERE key = ?1";
    let known: Option<String> = db.query_row(sql, [WITH_IT], |row| row.get(0)).optional()?;
    Ok(known.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default())
}

/// What is erased of a case, or of all cases.
fn scope_of(case: Option<i64>) -> Scope {
    if case.is_some() { Scope::Case } else { Scope::Persons }
}

fn cases_of(db: &Connection, number: &str, source: Option<&str>) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT c.id FROM \"case\" AS c JOIN source AS s ON s.id = c.source_id
               WHERE c.number = ?1 AND (?2 IS NULL OR s.name = ?2) AND c.source_id IN (SELECT id FROM source) ORDER BY c.id";
    db.prepare(sql)?.query_map(params![number, source], |row| row.get(0))?.collect()
}
