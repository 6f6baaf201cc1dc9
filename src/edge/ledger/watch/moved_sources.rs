//! Sources that leave the configuration, come into it or get another name.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

use super::super::{Ledger, LedgerError, cannot};
use crate::domain::adoption::SendWindow;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::Batch;
use crate::domain::rules::{SILENT_SOURCE, SOURCE_CLOCK, SOURCE_DARK, SOURCE_SUSPECT};

impl Ledger {
    /// Notes which sources are no longer configured and which are again; gives those that are new among the former, each with
    /// the number of its cases that are not closed.
    pub fn sources_removed(
        &mut self,
        configured: &[String],
        now: &Now,
    ) -> Result<Vec<(String, u64)>, LedgerError> {
        let doing = "note which sources are configured";
        let known: Vec<(i64, String, bool)> =
            self.list(doing, "SELECT id, name, removed_at IS NOT NULL FROM source ORDER BY id", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let mut found = Vec::new();
        for (id, name, removed) in known {
            let gone = !configured.contains(&name);
            if gone == removed {
                continue;
            }
            let at = gone.then(|| now.instant.to_rfc3339());
            let sql = "UPDATE source SET removed_at = ?2, message = NULL, message_data = NULL WHERE id = ?1";
            self.db.execute(sql, params![id, at]).map_err(cannot(doing))?;
            if gone {
                let sql = "SELECT count(*) FROM \"case\" WHERE source_id = ?1 AND (state IS NULL OR state <> 'closed')";
                let cases = self.list(doing, sql, [id], |row| row.get(0))?;
                found.push((name, cases.first().copied().unwrap_or(0)));
            }
        }
        Ok(found)
    }

    /// Numbers of the sources that the ledger knows, by their names.
    pub fn known_sources(&self) -> Result<BTreeMap<String, i64>, LedgerError> {
        let sql = "SELECT name, id FROM source";
        let sources = self.list("read the sources", sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(sources.into_iter().collect())
    }

    /// What rests on a source that nobody would read any more.
    pub fn leaving(&self, source: &str) -> Result<SendWindow, LedgerError> {
        let sql = "SELECT (SELECT count(*) FROM \"case\" WHERE source_id = s.id AND (state IS NULL OR state <> 'closed')),
                       (SELECT count(*) FROM \"case\" AS c JOIN finding AS f ON f.case_id = c.id
                        WHERE c.source_id = s.id AND f.standing IN ('open', 'pending'))
                   FROM source AS s WHERE name = ?1";
        let of = |row: &rusqlite::Row<'_>| {
            Ok(SendWindow { source: source.to_owned(), cases: row.get(0)?, cards: row.get(1)? })
        };
        let mut found = self.list("count what rests on a source", sql, [source], of)?;
        Ok(found.pop().unwrap_or_else(|| SendWindow { source: source.to_owned(), ..SendWindow::default() }))
    }

    /// Adds the cases of other sources that bear the numbers of a batch, each once: which, and whether it has an open card.
    pub fn known_elsewhere(
        &self,
        source: &str,
        batch: &Batch,
        known: &mut BTreeMap<(String, String), bool>,
    ) -> Result<(), LedgerError> {
        let fail = cannot("look for the cases of a new source");
        let sql = "SELECT s.name, EXISTS (SELECT 1 FROM finding WHERE case_id = c.id AND standing IN ('open', 'pending'))
                   FROM source AS s JOIN \"case\" AS c ON c.source_id = s.id AND c.number = ?1 WHERE s.name <> ?2";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut last = None;
        for fact in &batch.facts {
            if last.replace(&fact.case) == Some(&fact.case) {
                continue;
            }
            let mut rows = find.query(params![fact.case, source]).map_err(&fail)?;
            while let Some(row) = rows.next().map_err(&fail)? {
                let of = |at| row.get::<_, String>(at).map_err(&fail);
                known.insert((of(0)?, fact.case.clone()), row.get(1).map_err(&fail)?);
            }
        }
        Ok(())
    }
}

/// Has the ledger know sources by their new names, and what stands of them as such. A source that is known by its new name is
/// another one already.
pub(in crate::edge::ledger) fn rename(tx: &Transaction<'_>, policy: &Policy) -> rusqlite::Result<()> {
    for (name, was) in &policy.sources_were {
        let sql = "UPDATE source SET name = ?1, removed_at = NULL
                   WHERE name = ?2 AND NOT EXISTS (SELECT 1 FROM source WHERE name = ?1)";
        if tx.execute(sql, [name, was])? == 0 {
            continue;
        }
        let sql =
            "UPDATE OR IGNORE finding SET subject = ?1 WHERE case_id IS NULL AND subject = ?2 AND rule = ?3";
        for rule in [SOURCE_DARK, SOURCE_SUSPECT, SOURCE_CLOCK, SILENT_SOURCE] {
            tx.execute(sql, [name, was, rule])?;
        }
    }
    Ok(())
}
