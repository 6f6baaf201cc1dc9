//! Coverage as the ledger keeps it: per day, with the state of every item.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, params};

use super::super::stored::parsed;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::coverage::{Activity, Coverage, FigureKey, Observed, Share, Sums};
use crate::domain::now::Now;
use crate::domain::record::mapping::EvidenceSpec;
use crate::domain::text::{Language, say};

/// One figure as the ledger keeps it.
#[derive(Debug, Clone)]
pub struct CoverageLine {
    /// Word of the measure.
    pub measure: String,
    /// Code of the unit, region or category; empty for all.
    pub name: String,
    /// The figure.
    pub share: Share,
    /// The figure of the last day before that has one.
    pub before: Option<Share>,
}

impl Ledger {
    /// What coverage is measured from; evidence since a day.
    pub fn observed(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        now: &Now,
    ) -> Result<Observed, LedgerError> {
        let fail = cannot("read the items' activity");
        let sql =
            "SELECT a.item, a.first_on, a.last_on,
                       substr(coalesce(s.removed_at, iif(s.state = 'ok', s.overdue_since, s.dark_since)), 1, 10)
                   FROM activity AS a LEFT JOIN source AS s ON s.id = a.source_id";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([]).map_err(&fail)?;
        let mut observed = Observed::default();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let dark: Option<String> = row.get(3).map_err(&fail)?;
            let dark_since = dark.map(|day| parsed("a day", &day)).transpose()?;
            let (first, last) = (parsed("a day", &text(1)?)?, parsed("a day", &text(2)?)?);
            observed.activity.insert(text(0)?, Activity { first, last, dark_since });
        }
        let sql = "SELECT item, required, present, traces, timed, timely, asked, filled FROM item_count";
        let sums = self.list("read the sums of the items", sql, [], |row| {
            let [required, present, traces, timed, timely, asked, filled] = numbers_of(row)?;
            let sums = Sums { required, present, traces, timed, timely, asked, filled };
            Ok((row.get::<_, String>(0)?, sums))
        })?;
        observed.sums = sums.into_iter().collect();
        observed.evidence = self.evidenced(specs, since, now)?;
        Ok(observed)
    }

    /// Enters the coverage of a day, in place of what was entered for the same day before.
    pub fn enter_coverage(&mut self, day: NaiveDate, coverage: &Coverage) -> Result<(), LedgerError> {
        let fail = cannot("enter the coverage");
        let tx = self.db.transaction().map_err(&fail)?;
        let day = day.to_string();
        let write = || -> rusqlite::Result<()> {
            let left = "INSERT INTO item_state_change (day, item, before, after, reason)
                        SELECT ?1, item, state, NULL, ?2 FROM item_state
                        WHERE item NOT IN (SELECT code FROM item)";
            tx.execute(left, [&day, &say!("coverage-left").words(Language::Chinese)])?;
            tx.execute("DELETE FROM item_state WHERE item NOT IN (SELECT code FROM item)", [])?;
            let change = "INSERT INTO item_state_change (day, item, before, after, reason)
                          SELECT ?3, ?1, s.state, ?2, ?4 FROM (SELECT 1) LEFT JOIN item_state AS s ON s.item = ?1
                          WHERE s.state IS NOT ?2";
            let mut changed = tx.prepare_cached(change)?;
            let sql = "INSERT INTO item_state (item, state, reason, since) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT DO UPDATE SET since = iif(state = excluded.state, since, excluded.since),
                           state = excluded.state, reason = excluded.reason
                       WHERE state <> excluded.state OR reason <> excluded.reason";
            let mut keep = tx.prepare_cached(sql)?;
            for (item, (state, reason)) in &coverage.items {
                let reason = reason.words(Language::Chinese);
                changed.execute(params![item, state.word(), day, reason])?;
                keep.execute(params![item, state.word(), reason, day])?;
            }
            let sql = "INSERT INTO coverage_day (day, measure, scope, name, numerator, denominator, unknown)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                       ON CONFLICT DO UPDATE SET numerator = excluded.numerator, denominator = excluded.denominator,
                           unknown = excluded.unknown
                       WHERE numerator <> excluded.numerator OR denominator <> excluded.denominator
                           OR unknown <> excluded.unknown";
            let mut keep = tx.prepare_cached(sql)?;
            for (FigureKey { measure, scope, name }, share) in &coverage.figures {
                let (measure, scope) = (measure.word(), scope.word());
                let Share { numerator, denominator, unknown } = *share;
                let [numerator, denominator, unknown] = [numerator, denominator, unknown].map(|it| it as i64);
                keep.execute(params![day, measure, scope, name, numerator, denominator, unknown])?;
            }
            Ok(())
        };
        write().map_err(&fail)?;
        tx.commit().map_err(&fail)
    }

    /// The items whose state changed since a day: day, code, name, unit, before, after, reason.
    pub fn coverage_changes(&self, since: NaiveDate) -> Result<Vec<[String; 7]>, LedgerError> {
        let sql =
            "SELECT day, item_code, coalesce(item_name, ''), coalesce(unit_name, ''), coalesce(before, ''),
                       coalesce(after, ''), reason FROM coverage_changes WHERE day >= ?1";
        self.list("read how the coverage changed", sql, [since.to_string()], |row| {
            let text = |at: usize| row.get::<_, String>(at);
            Ok([text(0)?, text(1)?, text(2)?, text(3)?, text(4)?, text(5)?, text(6)?])
        })
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
        let sql =
            "SELECT c.measure, c.name, c.numerator, c.denominator, c.unknown, b.numerator, b.denominator,
                       b.unknown
                   FROM coverage_day AS c LEFT JOIN coverage_day AS b ON b.day = ?2 AND b.measure = c.measure
                       AND b.scope = c.scope AND b.name = c.name
                   WHERE c.day = ?1 AND c.scope = ?3 ORDER BY c.measure, c.name";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let line = |row: &rusqlite::Row<'_>| {
            let share = |at: usize| -> rusqlite::Result<Option<Share>> {
                let Some(numerator) = row.get(at)? else { return Ok(None) };
                Ok(Some(Share { numerator, denominator: row.get(at + 1)?, unknown: row.get(at + 2)? }))
            };
            Ok(CoverageLine {
                measure: row.get(0)?,
                name: row.get(1)?,
                share: share(2)?.unwrap_or_default(),
                before: share(5)?,
            })
        };
        let lines =
            find.query_map(params![on, earlier, scope], line).and_then(Iterator::collect).map_err(&fail)?;
        Ok(Some((on, lines)))
    }
}

/// The seven sums of an item, behind its code.
fn numbers_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<[u64; 7]> {
    let mut numbers = [0; 7];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = row.get(at + 1)?;
    }
    Ok(numbers)
}
