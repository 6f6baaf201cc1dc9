//! Numbers of cases that differ only in their spelling: named, and never merged.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rusqlite::{Transaction, params};

use super::Intake;
use crate::domain::record::Fact;
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::record::number::plain;
use crate::domain::text::say;
use crate::edge::operator::words;

/// The cases of a source whose number is, but for its spelling, a form.
const ALIKE: &str = "SELECT case_id AS id FROM number_form WHERE source_id = ?1 AND form = ?2
                     UNION SELECT id FROM \"case\" WHERE source_id = ?1 AND number = ?2";

impl Intake<'_> {
    /// A row under the key under which it is known, of the case that has its number; `None`: it says nothing any more.
    pub(super) fn as_it_counts<'f>(&mut self, fact: &'f Fact) -> rusqlite::Result<Option<Cow<'f, Fact>>> {
        let fact = if self.rekeyed { self.as_it_was(fact)? } else { Some(Cow::Borrowed(fact)) };
        if self.finds { fact.map(|fact| self.of_known(fact)).transpose() } else { Ok(fact) }
    }

    /// A row of a case that others bring: of the one case that has its number in another spelling, where none has it as it stands.
    fn of_known<'f>(&mut self, fact: Cow<'f, Fact>) -> rusqlite::Result<Cow<'f, Fact>> {
        if self.known(&fact.case)?.is_some() {
            return Ok(fact);
        }
        let sql = format!("SELECT number FROM \"case\" WHERE id IN ({ALIKE}) LIMIT 2");
        let mut find = self.statement(&sql)?;
        let alike = find.query_map(params![self.source, plain(&fact.case)], |row| row.get::<_, String>(0))?;
        let mut alike: Vec<String> = alike.collect::<Result<_, _>>()?;
        match (alike.pop(), alike.pop()) {
            (Some(case), None) => Ok(Cow::Owned(Fact { case, ..fact.into_owned() })),
            _ => Ok(fact),
        }
    }

    /// A case enters: where another has its number in another spelling, both are named.
    pub(super) fn spelled(&self, number: &str, case: i64) -> rusqlite::Result<()> {
        let form = plain(number);
        if form != number {
            let sql = "INSERT INTO number_form VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
            self.statement(sql)?.execute(params![self.source, form, case])?;
        }
        let sql = format!(
            "INSERT INTO alike_number SELECT ?1, ?2, id FROM ({ALIKE}) WHERE (SELECT count(*) FROM ({ALIKE})) > 1
             ON CONFLICT DO NOTHING"
        );
        if self.statement(&sql)?.execute(params![self.source, form])? > 0 {
            tracing::warn!(case = number, "{}", words(&say!("journal-alike_number")));
        }
        Ok(())
    }
}

/// The reads of a source whose rows are of cases that its other reads bring.
pub(super) fn further(spec: &SourceSpec) -> BTreeSet<u16> {
    let of_others = |read: &ReadSpec| read.item.is_none() && read.evidence.is_none() && !read.of_case.exactly;
    (0_u16..).zip(&spec.reads).filter(|(_, read)| of_others(read)).map(|(number, _)| number).collect()
}

/// Looks through the cases of a ledger that did not know of spellings, or of fewer.
pub(in crate::edge::ledger) fn spell_all(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let mut all = tx.prepare("SELECT source_id, number, id FROM \"case\"")?;
    let mut enter = tx.prepare("INSERT INTO number_form VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (source, number, case): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let form = plain(&number);
        if form != number {
            enter.execute(params![source, form, case])?;
        }
    }
    tx.execute_batch(
        "WITH known AS (SELECT source_id, form, case_id FROM number_form
             UNION SELECT f.source_id, f.form, c.id FROM number_form AS f
                 JOIN \"case\" AS c ON (c.source_id, c.number) = (f.source_id, f.form))
         INSERT INTO alike_number SELECT source_id, form, case_id FROM known
         WHERE (source_id, form) IN (SELECT source_id, form FROM known GROUP BY source_id, form HAVING count(*) > 1)
         ON CONFLICT DO NOTHING",
    )
}
