//! On how many cases each clock runs, counted once a day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::params;

use super::super::rounds::RoundId;
use super::super::stored::text;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::overview::ClockCount;
use crate::domain::policy::Policy;
use crate::domain::rules::CLOCK_STOPPED;
use crate::domain::rules::clock_stopped::{LastCount, Runs};
use crate::domain::text::{Language, Sentence};

/// The clocks as they were last counted.
#[derive(Debug, Clone)]
pub struct ClocksCounted {
    /// On which day.
    pub day: NaiveDate,
    /// In which round.
    pub round: RoundId,
    /// Each of them.
    pub clocks: Vec<LastCount>,
}

impl Ledger {
    /// On how many cases each clock runs, by the id of the clock, and on how many it came to its end in the rounds
    /// after one.
    pub fn clock_runs(&self, since: RoundId) -> Result<BTreeMap<String, Runs>, LedgerError> {
        let fail = cannot("count the cases of each clock");
        // In the order of the key, so that a case with several runs of one clock is seen to be one; grouping in SQL would
        // sort every row in memory.
        let sql = "SELECT case_id, clock, state IN ('running', 'paused', 'overdue') FROM deadline
                   WHERE state IN ('running', 'paused', 'overdue') OR round_id > ?1 AND state <> 'not_started'
                   ORDER BY case_id, clock";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([since]).map_err(&fail)?;
        let mut counts: BTreeMap<String, (Runs, [i64; 2])> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let case: i64 = row.get(0).map_err(&fail)?;
            let key = text(row, 1)?.unwrap_or_default();
            let id = key.split('#').next().unwrap_or(key);
            let runs: bool = row.get(2).map_err(&fail)?;
            if !counts.contains_key(id) {
                counts.insert(id.to_owned(), (Runs::default(), [0; 2]));
            }
            let Some((count, seen)) = counts.get_mut(id) else { continue };
            let (sum, last) =
                if runs { (&mut count.running, &mut seen[0]) } else { (&mut count.stopped, &mut seen[1]) };
            *sum += u64::from(*last != case);
            *last = case;
        }
        Ok(counts.into_iter().map(|(id, (count, _))| (id, count)).collect())
    }

    /// The clocks as they were last counted, on which day and in which round.
    pub fn last_clock_count(&self) -> Result<Option<ClocksCounted>, LedgerError> {
        let sql = "SELECT day, clock, name, name_en, cases, round_id FROM clock_day
                   WHERE day = (SELECT max(day) FROM clock_day) ORDER BY clock";
        let rows = self.list("read how the clocks ran", sql, [], |row| {
            let name = Sentence { zh: row.get(2)?, en: row.get(3)? };
            Ok((
                row.get::<_, String>(0)?,
                row.get(5)?,
                LastCount { clock: row.get(1)?, name, cases: row.get(4)? },
            ))
        })?;
        let Some((day, round, _)) = rows.first() else { return Ok(None) };
        let (day, round) = (super::super::stored::parsed("a day", day)?, *round);
        Ok(Some(ClocksCounted { day, round, clocks: rows.into_iter().map(|(.., count)| count).collect() }))
    }

    /// Enters how the clocks of a policy run today.
    pub fn enter_clock_count(
        &mut self,
        policy: &Policy,
        runs: &BTreeMap<String, Runs>,
        today: NaiveDate,
        round: RoundId,
    ) -> Result<(), LedgerError> {
        let fail = cannot("enter how the clocks run");
        let tx = self.db.transaction().map_err(&fail)?;
        let day = today.to_string();
        tx.execute("DELETE FROM clock_day WHERE day = ?1", [&day]).map_err(&fail)?;
        for rule in policy.clocks.iter() {
            let cases = runs.get(&rule.id).map_or(0, |runs| runs.running);
            let sql = "INSERT INTO clock_day VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
            let row = params![day, rule.id, rule.name_zh, rule.name_en, cases, round];
            tx.prepare_cached(sql).and_then(|mut insert| insert.execute(row)).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }

    /// The clocks that were found to have stopped, and of which somebody was told.
    pub fn stopped_and_told(&self) -> Result<BTreeSet<String>, LedgerError> {
        let sql = "SELECT subject FROM finding AS f INDEXED BY finding_subject
                   WHERE case_id IS NULL AND rule = ?1 AND standing = 'open' AND EXISTS (
                       SELECT 1 FROM finding_event AS e JOIN letter_event AS l ON l.event_id = e.id
                       WHERE e.finding_id = f.id
                           AND e.id = (SELECT max(id) FROM finding_event WHERE finding_id = f.id))";
        let told = self.list("read which clocks stopped", sql, [CLOCK_STOPPED], |row| row.get(0))?;
        Ok(told.into_iter().collect())
    }

    /// The sources that cannot be read.
    pub fn dark_sources(&self) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT source FROM source_health WHERE state NOT IN ('ok', 'unread') ORDER BY source";
        self.list("read which sources are dark", sql, [], |row| row.get(0))
    }

    /// The clocks in force with the number of cases each ran on when last counted, in the order of the policy.
    pub(super) fn clock_counts(
        &self,
        policy: &Policy,
        language: Language,
    ) -> Result<Vec<ClockCount>, LedgerError> {
        let Some(ClocksCounted { clocks: last, .. }) = self.last_clock_count()? else {
            return Ok(Vec::new());
        };
        let mut counts: Vec<ClockCount> = Vec::new();
        for rule in policy.clocks.iter() {
            if counts.iter().all(|count| count.clock != rule.id) {
                let cases = last.iter().find(|count| count.clock == rule.id).map_or(0, |count| count.cases);
                let name = rule.name_of(&rule.id).words(language);
                counts.push(ClockCount { clock: rule.id.clone(), name, cases });
            }
        }
        Ok(counts)
    }
}
