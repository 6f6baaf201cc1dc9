//! Evidence from outside the approval system, and the cases it belongs to.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::facts::{Intake, Met};
use super::stored::parsed;
use super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::across::Unmatched;
use crate::domain::coverage::Evidenced;
use crate::domain::coverage::capture::Lists;
use crate::domain::now::Now;
use crate::domain::record::mapping::{EvidenceSpec, MatchBy};
use crate::domain::record::{Batch, Rejected};

/// Two lists of evidence side by side.
#[derive(Debug, Clone)]
pub struct Captured {
    /// Name of one.
    pub first: String,
    /// Name of the other.
    pub second: String,
    /// The first day that both cover.
    pub from: String,
    /// The last.
    pub to: String,
    /// Their sizes.
    pub lists: Lists,
    /// Cases of the ledger that began on these days.
    pub known: u64,
}

/// Pieces looked at between two commits.
const AT_ONCE: u32 = 10_000;

impl Ledger {
    /// Takes in a batch of evidence. A piece that is known stays as it was entered, unless its day or item changed: then it
    /// is matched anew.
    pub fn take_evidence(
        &mut self,
        source: i64,
        round: RoundId,
        batch: &Batch,
        spec: &EvidenceSpec,
    ) -> Result<u64, LedgerError> {
        let fail = cannot("take in evidence");
        let zone = self.zone;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let mut met = Met::default();
        let mut intake = Intake::new(&tx, source, round, zone, &mut met).map_err(&fail)?;
        let mut rejected = 0;
        for Rejected { row, column, reason, .. } in &batch.rejected {
            // It speaks of no case that could be set aside.
            let row =
                Rejected { row: row.clone(), case: None, column: column.clone(), reason: reason.clone() };
            rejected += u64::from(intake.quarantine(batch.read, &row).map_err(&fail)?);
        }
        let quarantined = intake.has_quarantine(batch.read).map_err(&fail)?;
        for fact in &batch.facts {
            if quarantined {
                intake.clear_quarantine(batch.read, fact).map_err(&fail)?;
            }
            let Some(at) = fact.traces.iter().find_map(|(_, trace)| trace.as_ref()) else { continue };
            let (item, unit) = match &fact.header {
                Some(header) => (header.item.as_str(), header.unit.as_deref().unwrap_or_default()),
                None => ("", ""),
            };
            let day = at.occurred.date().to_string();
            enter(&tx, &spec.list, &fact.case, [item, unit, &day], round).map_err(&fail)?;
        }
        drop(intake);
        tx.commit().map_err(&fail)?;
        Ok(rejected)
    }

    /// Looks for the cases of evidence that has none: of what is waiting, or once a day of all.
    pub fn match_evidence(
        &mut self,
        specs: &[EvidenceSpec],
        round: RoundId,
        now: &Now,
        all: bool,
    ) -> Result<(), LedgerError> {
        let fail = cannot("match evidence to cases");
        for spec in specs {
            if let MatchBy::Note(kind) = spec.by {
                // Only where it is asked for: notes are many, and most are free text.
                let sql = format!(
                    "CREATE INDEX IF NOT EXISTS trace_note_{kind} ON trace (note) WHERE kind = '{kind}' AND note IS NOT NULL"
                );
                self.db.execute_batch(&sql).map_err(&fail)?;
            }
            let back = Days::new(spec.wait_days.into());
            let since = now.today().checked_sub_days(back).filter(|_| !all).unwrap_or(NaiveDate::MIN);
            let mut after = 0;
            while let Some(last) = match_some(&mut self.db, spec, round, &since, after).map_err(&fail)? {
                after = last;
            }
        }
        Ok(())
    }

    /// Evidence by list, item and unit, since a day.
    pub(super) fn evidenced(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        now: &Now,
    ) -> Result<Vec<Evidenced>, LedgerError> {
        let sql = "SELECT item, unit, sum(pieces), sum(matched), sum(iif(day >= ?3, pieces - matched, 0)) FROM evidence_day
                   WHERE day >= ?1 AND list = ?2 GROUP BY item, unit";
        let mut evidenced = Vec::new();
        for spec in specs {
            let waiting =
                now.today().checked_sub_days(Days::new(spec.wait_days.into())).unwrap_or(now.today());
            let values = params![since.to_string(), spec.list, waiting.to_string()];
            evidenced.extend(self.list("read how much evidence there is", sql, values, |row| {
                let named = |at: usize| -> rusqlite::Result<Option<String>> {
                    Ok(Some(row.get::<_, String>(at)?).filter(|code| !code.is_empty()))
                };
                let (item, unit) = (named(0)?, named(1)?);
                Ok(Evidenced { item, unit, all: row.get(2)?, matched: row.get(3)?, waiting: row.get(4)? })
            })?);
        }
        Ok(evidenced)
    }

    /// Evidence for which no case has come, by list, item and unit.
    pub(super) fn unmatched(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        now: &Now,
    ) -> Result<Vec<Unmatched>, LedgerError> {
        let fail = cannot("read evidence without a case");
        let sql = "SELECT list, item, unit, day, key FROM evidence INDEXED BY evidence_unmatched
                   WHERE case_id IS NULL AND day >= ?1 ORDER BY list, item, unit, day, key";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([since.to_string()]).map_err(&fail)?;
        let mut found: BTreeMap<[String; 3], Unmatched> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
            let (list, day): (String, NaiveDate) = (text(0)?, parsed("a day", &text(3)?)?);
            // A list that is no longer configured is matched no longer, and says nothing.
            let Some(spec) = specs.iter().find(|spec| spec.list == list) else { continue };
            if day + Days::new(spec.wait_days.into()) >= now.today() {
                continue;
            }
            let (item, unit) = (text(1)?, text(2)?);
            let some = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
            let entry =
                found.entry([list.clone(), item.clone(), unit.clone()]).or_insert_with(|| Unmatched {
                    list,
                    item: some(&item),
                    unit: some(&unit),
                    pieces: 0,
                    from: day,
                    to: day,
                    examples: Vec::new(),
                });
            (entry.pieces, entry.to) = (entry.pieces + 1, entry.to.max(day));
            if entry.examples.len() < 5 {
                entry.examples.push(text(4)?);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Each two lists that are known by the same key, over the days that both of them cover between two days.
    pub fn captured(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        until: NaiveDate,
    ) -> Result<Vec<Captured>, LedgerError> {
        let sql = "WITH span AS (SELECT max(first) AS f, min(last) AS l FROM (SELECT min(day) AS first, max(day) AS last
                       FROM evidence WHERE list IN (?1, ?2) AND day BETWEEN ?3 AND ?4 GROUP BY list))
                   SELECT f, l, (SELECT count(*) FROM evidence WHERE list = ?1 AND day BETWEEN f AND l),
                       (SELECT count(*) FROM evidence WHERE list = ?2 AND day BETWEEN f AND l),
                       (SELECT count(*) FROM evidence AS a JOIN evidence AS b ON b.list = ?2 AND b.key = a.key
                        WHERE a.list = ?1 AND a.day BETWEEN f AND l AND b.day BETWEEN f AND l),
                       (SELECT coalesce(sum(cases), 0) FROM item_day WHERE day BETWEEN f AND l)
                   FROM span WHERE f <= l";
        let mut pairs = Vec::new();
        for (place, one) in specs.iter().enumerate() {
            let comparable = |other: &&EvidenceSpec| other.by == one.by && other.list != one.list;
            for other in specs[place + 1..].iter().filter(comparable) {
                let values = params![one.list, other.list, since.to_string(), until.to_string()];
                pairs.extend(self.list("compare two lists of evidence", sql, values, |row| {
                    let lists = Lists { first: row.get(2)?, second: row.get(3)?, both: row.get(4)? };
                    let (from, to, known) = (row.get(0)?, row.get(1)?, row.get(5)?);
                    let (first, second) = (one.list.clone(), other.list.clone());
                    Ok(Captured { first, second, from, to, lists, known })
                })?);
            }
        }
        Ok(pairs)
    }
}

/// Enters a piece, or what changed of it.
fn enter(
    db: &Connection,
    list: &str,
    key: &str,
    [item, unit, day]: [&str; 3],
    round: RoundId,
) -> rusqlite::Result<()> {
    let find = "SELECT item, unit, day, case_id IS NOT NULL FROM evidence WHERE list = ?1 AND key = ?2";
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<([String; 3], bool)> {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?))
    };
    let known = db.prepare_cached(find)?.query_row([list, key], read).optional()?;
    if let Some((before, matched)) = known {
        if before == [item, unit, day] {
            return Ok(());
        }
        let [item, unit, day] = &before;
        count(db, [day, list, item, unit], -1, -i64::from(matched))?;
    }
    let sql = "INSERT INTO evidence (list, key, item, unit, day, round_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT DO UPDATE SET item = excluded.item, unit = excluded.unit, day = excluded.day, case_id = NULL,
                   matched_round = NULL";
    db.prepare_cached(sql)?.execute(params![list, key, item, unit, day, round])?;
    count(db, [day, list, item, unit], 1, 0)
}

fn count(db: &Connection, key: [&str; 4], pieces: i64, matched: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO evidence_day VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT DO UPDATE SET pieces = pieces + ?5, matched = matched + ?6";
    let [day, list, item, unit] = key;
    db.prepare_cached(sql)?.execute(params![day, list, item, unit, pieces, matched]).map(drop)
}

/// Matches at most [`AT_ONCE`] pieces behind the piece `after`; gives the last it looked at.
fn match_some(
    db: &mut Connection,
    spec: &EvidenceSpec,
    round: RoundId,
    since: &NaiveDate,
    after: i64,
) -> rusqlite::Result<Option<i64>> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = "SELECT id, key, item, unit, day FROM evidence INDEXED BY evidence_unmatched
               WHERE case_id IS NULL AND day >= ?1 AND list = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    let pieces: Vec<(i64, [String; 4])> = {
        let mut find = tx.prepare_cached(sql)?;
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]));
        find.query_map(params![since.to_string(), spec.list, after, AT_ONCE], read)?
            .collect::<Result<_, _>>()?
    };
    let by = match spec.by {
        MatchBy::Number => {
            "SELECT id FROM \"case\" WHERE source_id IN (SELECT id FROM source) AND number = ?1".to_owned()
        }
        MatchBy::Note(kind) => {
            format!(
                "SELECT DISTINCT case_id FROM trace WHERE kind = '{kind}' AND note IS NOT NULL AND note = ?1"
            )
        }
    };
    let find = format!(
        "SELECT c.id FROM \"case\" AS c WHERE c.id IN ({by}) AND EXISTS (SELECT 1 FROM trace AS t WHERE t.case_id = c.id
             AND abs(julianday(substr(t.occurred_at, 1, 10)) - julianday(?2)) <= ?3) ORDER BY c.id LIMIT 1"
    );
    for (id, [key, item, unit, day]) in &pieces {
        let case: Option<i64> = tx
            .prepare_cached(&find)?
            .query_row(params![key, day, spec.within_days], |row| row.get(0))
            .optional()?;
        if let Some(case) = case {
            tx.prepare_cached("UPDATE evidence SET case_id = ?2, matched_round = ?3 WHERE id = ?1")?
                .execute(params![id, case, round])?;
            count(&tx, [day, &spec.list, item, unit], 0, 1)?;
        }
    }
    tx.commit()?;
    Ok(pieces.last().map(|(id, _)| *id))
}
