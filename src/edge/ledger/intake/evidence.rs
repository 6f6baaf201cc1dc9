//! Evidence from outside the approval system, and the cases it belongs to.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::super::stored::parsed;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::Intake;
use super::course::Course;
use super::met::Met;
use crate::domain::coverage::Evidenced;
use crate::domain::coverage::capture::Lists;
use crate::domain::now::Now;
use crate::domain::record::mapping::EvidenceSpec;
use crate::domain::record::number::plain;
use crate::domain::record::{Batch, Rejected};
use crate::domain::stock::Unmatched;

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

impl Ledger {
    /// Takes in a batch of evidence. A piece is known by its row, where the list has a column for that, or by its key and its
    /// day: tickets may begin anew each morning. A piece that is known stays as it was entered, unless its day or item
    /// changed: then it is matched anew.
    pub fn take_evidence(
        &mut self,
        course: &Course,
        batch: &Batch,
        spec: &EvidenceSpec,
    ) -> Result<u64, LedgerError> {
        let fail = cannot("take in evidence");
        let zone = self.zone;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let mut met = Met::default();
        let mut intake = Intake::new(&tx, course, zone, &mut met).map_err(&fail)?;
        let mut rejected = 0;
        for row in &batch.rejected {
            // It speaks of no case that could be set aside.
            let row = Rejected { case: None, ..row.clone() };
            rejected += u64::from(intake.quarantine(batch.read, &row).map_err(&fail)?);
        }
        let quarantined = intake.has_quarantine(batch.read).map_err(&fail)?;
        for fact in &batch.facts {
            if quarantined {
                intake.clear_quarantine(batch.read, fact).map_err(&fail)?;
            }
            let piece = fact.traces.iter().find_map(|(slot, trace)| Some((slot, trace.as_ref()?)));
            let Some((slot, at)) = piece else { continue };
            let (item, unit) = match &fact.header {
                Some(header) => (header.item.as_str(), header.unit.as_deref().unwrap_or_default()),
                None => ("", ""),
            };
            let day = at.occurred.date().to_string();
            let row = if spec.has_rows { slot.row.to_string() } else { format!("{} {day}", fact.case) };
            enter(&tx, spec, [&row, &fact.case], [item, unit, &day], course.round).map_err(&fail)?;
        }
        drop(intake);
        tx.commit().map_err(&fail)?;
        Ok(rejected)
    }

    /// Evidence by list, item and unit, since a day.
    pub(in crate::edge::ledger) fn evidenced(
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
    pub(in crate::edge::ledger) fn unmatched(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        now: &Now,
    ) -> Result<Vec<Unmatched>, LedgerError> {
        let fail = cannot("read evidence without a case");
        let sql = "SELECT item, unit, day, key FROM evidence INDEXED BY evidence_unmatched
                   WHERE case_id IS NULL AND list = ?1 AND day >= ?2 AND day < ?3 ORDER BY day, id";
        let mut found: BTreeMap<[String; 3], Unmatched> = BTreeMap::new();
        // A list that is no longer configured is matched no longer, and says nothing.
        for EvidenceSpec { list, wait_days, .. } in specs {
            let until = now.today().checked_sub_days(Days::new((*wait_days).into())).unwrap_or(since);
            let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
            let mut rows = find.query([list, &since.to_string(), &until.to_string()]).map_err(&fail)?;
            while let Some(row) = rows.next().map_err(&fail)? {
                let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
                let (item, unit, day) = (text(0)?, text(1)?, parsed("a day", &text(2)?)?);
                let some = |code: &str| Some(code.to_owned()).filter(|code| !code.is_empty());
                let entry =
                    found.entry([list.clone(), item.clone(), unit.clone()]).or_insert_with(|| Unmatched {
                        list: list.clone(),
                        item: some(&item),
                        unit: some(&unit),
                        pieces: 0,
                        from: day,
                        to: day,
                        examples: Vec::new(),
                    });
                (entry.pieces, entry.to) = (entry.pieces + 1, day);
                if entry.examples.len() < 5 {
                    entry.examples.push(text(3)?);
                }
            }
        }
        Ok(found.into_values().collect())
    }

    /// Each two lists that are known by the same key, over the days that both of them cover between two days. Keys are the same as those of
    /// evidence and cases are: by their normal form, unless either list is matched exactly.
    pub fn captured(
        &self,
        specs: &[EvidenceSpec],
        since: NaiveDate,
        until: NaiveDate,
    ) -> Result<Vec<Captured>, LedgerError> {
        let mut pairs = Vec::new();
        for (place, one) in specs.iter().enumerate() {
            let comparable = |other: &&EvidenceSpec| other.by == one.by && other.list != one.list;
            for other in specs[place + 1..].iter().filter(comparable) {
                pairs.extend(self.both_of(one, other, since, until)?);
            }
        }
        Ok(pairs)
    }

    fn both_of(
        &self,
        one: &EvidenceSpec,
        other: &EvidenceSpec,
        since: NaiveDate,
        until: NaiveDate,
    ) -> Result<Option<Captured>, LedgerError> {
        let doing = "compare two lists of evidence";
        let span = "SELECT max(first), min(last) FROM (SELECT min(day) AS first, max(day) AS last
                        FROM evidence WHERE list IN (?1, ?2) AND day BETWEEN ?3 AND ?4 GROUP BY list)";
        let values = params![one.list, other.list, since.to_string(), until.to_string()];
        let span = self.list(doing, span, values, |row| {
            Ok(row.get::<_, Option<String>>(0)?.zip(row.get::<_, Option<String>>(1)?))
        })?;
        let Some((from, to)) = span.into_iter().flatten().next().filter(|(from, to)| from <= to) else {
            return Ok(None);
        };
        let exactly = one.exactly || other.exactly;
        let pieces = |list: &str| {
            let sql = "SELECT key, CAST(julianday(day) AS INTEGER) FROM evidence WHERE list = ?1 AND day BETWEEN ?2 AND ?3";
            self.list(doing, sql, params![list, from, to], |row| {
                let (key, day): (String, i64) = (row.get(0)?, row.get(1)?);
                Ok((if exactly { key } else { plain(&key) }, day))
            })
        };
        let within = i64::from(one.within_days.max(other.within_days));
        let (first, second) = (pieces(&one.list)?, pieces(&other.list)?);
        let mut days: HashMap<&str, Vec<i64>> = HashMap::new();
        for (key, day) in &second {
            days.entry(key).or_default().push(*day);
        }
        let near = |day: &i64, other: &i64| (other - day).abs() <= within;
        let is_on_both = |(key, day): &&(String, i64)| {
            days.get(key.as_str()).is_some_and(|days| days.iter().any(|other| near(day, other)))
        };
        let both = first.iter().filter(is_on_both).count() as u64;
        let known = "SELECT coalesce(sum(cases), 0) FROM item_day WHERE day BETWEEN ?1 AND ?2";
        let known = self.list(doing, known, params![from, to], |row| row.get(0))?;
        Ok(Some(Captured {
            lists: Lists { first: first.len() as u64, second: second.len() as u64, both },
            first: one.list.clone(),
            second: other.list.clone(),
            from,
            to,
            known: known.into_iter().next().unwrap_or_default(),
        }))
    }
}

/// Enters a piece, or what changed of it. A case that lies nearer to it than to another piece of the same key is free again.
fn enter(
    db: &Connection,
    spec: &EvidenceSpec,
    [row, key]: [&str; 2],
    [item, unit, day]: [&str; 3],
    round: RoundId,
) -> rusqlite::Result<()> {
    let list = &spec.list;
    let find = "SELECT item, unit, day, case_id IS NOT NULL FROM evidence WHERE list = ?1 AND row = ?2";
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<([String; 3], bool)> {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?))
    };
    if let Some((before, matched)) = db.prepare_cached(find)?.query_row([list, row], read).optional()? {
        if before == [item, unit, day] {
            return Ok(());
        }
        let [item, unit, day] = &before;
        count(db, [day, list, item, unit], -1, -i64::from(matched))?;
    }
    let sql = "SELECT id, day, item, unit FROM evidence WHERE list = ?1 AND key = ?2 AND row <> ?3
                   AND case_id IS NOT NULL AND abs(julianday(case_on) - julianday(?4)) < abs(julianday(case_on) - julianday(day))";
    let others: Vec<(i64, [String; 3])> = db
        .prepare_cached(sql)?
        .query_map(params![list, key, row, day], |row| {
            Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?]))
        })?
        .collect::<Result<_, _>>()?;
    for (id, [day, item, unit]) in &others {
        db.prepare_cached(
            "UPDATE evidence SET case_id = NULL, case_on = NULL, matched_round = NULL WHERE id = ?1",
        )?
        .execute([id])?;
        count(db, [day, list, item, unit], 0, -1)?;
    }
    let sql =
        "INSERT INTO evidence (list, row, key, item, unit, day, round_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
               ON CONFLICT DO UPDATE SET key = excluded.key, item = excluded.item, unit = excluded.unit,
                   day = excluded.day, case_id = NULL, case_on = NULL, matched_round = NULL";
    db.prepare_cached(sql)?.execute(params![list, row, key, item, unit, day, round])?;
    count(db, [day, list, item, unit], 1, 0)
}

pub(super) fn count(db: &Connection, key: [&str; 4], pieces: i64, matched: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO evidence_day VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT DO UPDATE SET pieces = pieces + ?5, matched = matched + ?6";
    let [day, list, item, unit] = key;
    db.prepare_cached(sql)?.execute(params![day, list, item, unit, pieces, matched]).map(drop)
}
