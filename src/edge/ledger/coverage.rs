//! Coverage as the ledger keeps it: per day, with the state of every item.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::stored::parsed;
use super::{Ledger, LedgerError, cannot};
use crate::domain::coverage::{Coverage, Share};

/// One figure as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct CoverageLine {
    /// Word of the measure.
    pub measure: String,
    /// Word of the scope.
    pub scope: String,
    /// Code of the unit, region or category; empty for all.
    pub name: String,
    /// The figure.
    pub share: Share,
    /// The figure of the last day before that has one.
    pub before: Option<Share>,
}

impl Ledger {
    /// First and last day with a trace, by item.
    pub fn activity(&self) -> Result<BTreeMap<String, (NaiveDate, NaiveDate)>, LedgerError> {
        let fail = cannot("read the items' activity");
        let mut find =
            self.db.prepare_cached("SELECT item, first_on, last_on FROM activity").map_err(&fail)?;
        let mut rows = find.query([]).map_err(&fail)?;
        let mut activity = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            activity.insert(text(0)?, (parsed("a day", &text(1)?)?, parsed("a day", &text(2)?)?));
        }
        Ok(activity)
    }

    /// Enters the coverage of a day, in place of what was entered for the same day before.
    pub fn enter_coverage(&mut self, day: NaiveDate, coverage: &Coverage) -> Result<(), LedgerError> {
        let fail = cannot("enter the coverage");
        let tx = self.db.transaction().map_err(&fail)?;
        let day = day.to_string();
        let write = || -> rusqlite::Result<()> {
            tx.execute("DELETE FROM item_state WHERE item NOT IN (SELECT code FROM item)", [])?;
            let sql = "INSERT INTO item_state (item, state, reason, since) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT DO UPDATE SET since = iif(state = excluded.state, since, excluded.since),
                           state = excluded.state, reason = excluded.reason
                       WHERE state <> excluded.state OR reason <> excluded.reason";
            let mut keep = tx.prepare_cached(sql)?;
            for (item, (state, reason)) in &coverage.items {
                keep.execute(params![item, state.word(), reason.zh, day])?;
            }
            let sql = "INSERT INTO coverage_day (day, measure, scope, name, numerator, denominator)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                       ON CONFLICT DO UPDATE SET numerator = excluded.numerator, denominator = excluded.denominator
                       WHERE numerator <> excluded.numerator OR denominator <> excluded.denominator";
            let mut keep = tx.prepare_cached(sql)?;
            for ((measure, scope, name), share) in &coverage.figures {
                let (measure, scope) = (measure.word(), scope.word());
                keep.execute(params![day, measure, scope, name, share.numerator, share.denominator])?;
            }
            Ok(())
        };
        write().map_err(&fail)?;
        tx.commit().map_err(&fail)
    }

    /// The figures of the last day at or before `day`, each with that of the day on record before it; and which
    /// day that is.
    pub fn coverage(
        &self,
        day: NaiveDate,
        scope: &str,
    ) -> Result<Option<(String, Vec<CoverageLine>)>, LedgerError> {
        let fail = cannot("read the coverage");
        let last = |before: &str, sql: &str| -> rusqlite::Result<Option<String>> {
            self.db.prepare_cached(sql)?.query_row([before], |row| row.get(0)).optional()
        };
        let at = "SELECT day FROM coverage_day WHERE day <= ?1 ORDER BY day DESC LIMIT 1";
        let before = "SELECT day FROM coverage_day WHERE day < ?1 ORDER BY day DESC LIMIT 1";
        let Some(on) = last(&day.to_string(), at).map_err(&fail)? else { return Ok(None) };
        let earlier = last(&on, before).map_err(&fail)?;
        let sql = "SELECT c.measure, c.scope, c.name, c.numerator, c.denominator, b.numerator, b.denominator
                   FROM coverage_day AS c LEFT JOIN coverage_day AS b ON b.day = ?2 AND b.measure = c.measure
                       AND b.scope = c.scope AND b.name = c.name
                   WHERE c.day = ?1 AND c.scope = ?3 ORDER BY c.measure, c.name";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let line = |row: &rusqlite::Row<'_>| {
            let share = |at: usize| -> rusqlite::Result<Option<Share>> {
                let numerator: Option<u32> = row.get(at)?;
                let denominator: Option<u32> = row.get(at + 1)?;
                Ok(numerator
                    .zip(denominator)
                    .map(|(numerator, denominator)| Share { numerator, denominator }))
            };
            Ok(CoverageLine {
                measure: row.get(0)?,
                scope: row.get(1)?,
                name: row.get(2)?,
                share: share(3)?.unwrap_or_default(),
                before: share(5)?,
            })
        };
        let lines =
            find.query_map(params![on, earlier, scope], line).and_then(Iterator::collect).map_err(&fail)?;
        Ok(Some((on, lines)))
    }
}
