//! The registry as last loaded, kept in the ledger so that its views can show names.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use rusqlite::{Transaction, params};

use super::rounds::remember;
use super::{Ledger, LedgerError, cannot};
use crate::domain::case_file::CaseFile;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::registry::Registry;
use crate::domain::registry::dated_back::Met;
use crate::domain::rules::time_limit;

pub(super) const POLICY: &str = "policy";

const CATALOGUE: &str = "catalogue_seen";

impl Ledger {
    /// When a configuration was first met: from that day on what it says of the catalogue holds.
    pub fn catalogue_met(&self, version: &str, now: &Now) -> Result<Met, LedgerError> {
        let seen = self.recall(CATALOGUE)?;
        let known = seen.as_deref().and_then(|seen| {
            let mut words = seen.strip_prefix(version)?.split_whitespace();
            let day = words.next()?.parse().ok()?;
            Some(Met { day, after: words.next().and_then(|at| DateTime::parse_from_rfc3339(at).ok()) })
        });
        let Some(known) = known else {
            let last = self.last_round()?.and_then(|(at, _)| DateTime::parse_from_rfc3339(&at).ok());
            return Ok(Met { day: now.today(), after: last });
        };
        Ok(known)
    }

    /// Has closed cases judged anew that have a card, and in whose count one of these days lies. What was met stays so.
    pub fn judge_closed_anew(&mut self, days: &BTreeSet<NaiveDate>) -> Result<(), LedgerError> {
        let sql = format!(
            "UPDATE \"case\" SET unjudged = 1 WHERE unjudged = 0 AND state = 'closed' AND id IN ({COUNTED_OVER})"
        );
        self.db
            .execute(&sql, params![as_list(days), time_limit::ID])
            .map(drop)
            .map_err(cannot("have closed cases judged by another calendar"))
    }

    /// Those cases, and closed ones with a card in question, at most `most`, after the case `after`.
    pub fn closed_cases(
        &self,
        days: &BTreeSet<NaiveDate>,
        after: i64,
        most: usize,
    ) -> Result<Vec<CaseFile>, LedgerError> {
        let counted = if days.is_empty() { String::new() } else { format!("UNION {COUNTED_OVER}") };
        let sql = format!(
            "SELECT id FROM \"case\" WHERE state = 'closed' AND id IN ({QUESTIONED} {counted}) AND id > ?3 ORDER BY id LIMIT ?4"
        );
        let values = params![as_list(days), time_limit::ID, after, most as i64];
        let ids = self.list("find the closed cases with a card", &sql, values, |row| row.get(0))?;
        ids.into_iter().map(|id| self.case_file(id)).collect()
    }

    /// Remembers when a configuration was first met.
    pub fn remember_catalogue(&mut self, version: &str, met: Met) -> Result<(), LedgerError> {
        let after = met.after.map(|at| at.to_rfc3339()).unwrap_or_default();
        self.remember(CATALOGUE, format!("{version} {} {after}", met.day).trim_end())
    }
}

/// Cases with a card of which a supervisor is asked whether it falls: what judges then decides it first.
const QUESTIONED: &str =
    "SELECT case_id FROM finding INDEXED BY finding_contested WHERE contested_at IS NOT NULL";

/// Cases that have a card by the rule `?2`, and in whose count one of the days of `?1` lies.
const COUNTED_OVER: &str =
    "SELECT f.case_id FROM finding AS f JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
    WHERE f.rule = ?2 AND f.card <> 'notice' AND EXISTS (SELECT 1 FROM json_each(?1)
        WHERE value > substr(d.started_at, 1, 10)
            AND value <= max(substr(d.due_at, 1, 10), substr(coalesce(d.stopped_at, d.due_at), 1, 10)))";

fn as_list(days: &BTreeSet<NaiveDate>) -> String {
    serde_json::Value::from(days.iter().map(ToString::to_string).collect::<Vec<_>>()).to_string()
}

/// Takes over a policy: its registry, itself, and that every case that is open, set aside or has a card in question is to be
/// judged anew.
pub(super) fn take_over(tx: &Transaction<'_>, policy: &Policy, now: &Now) -> rusqlite::Result<()> {
    fill(tx, &policy.registry)?;
    keep(tx, policy, now)?;
    tx.execute("UPDATE \"case\" SET unjudged = 1 WHERE unjudged = 0 AND state IN ('open', 'fault')", [])?;
    tx.execute(&format!("UPDATE \"case\" SET unjudged = 1 WHERE unjudged = 0 AND id IN ({QUESTIONED})"), [])?;
    remember(tx, POLICY, &policy.version)
}

/// Keeps what judges from now on, if it was never kept before.
fn keep(tx: &Transaction<'_>, policy: &Policy, now: &Now) -> rusqlite::Result<()> {
    let sql = "INSERT INTO policy (version, calendar, adopted_at, content) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    let (calendar, at) = (policy.calendar.version(), now.instant.to_rfc3339());
    tx.execute(sql, params![policy.version, calendar, at, policy.snapshot()]).map(drop)
}

fn fill(tx: &Transaction<'_>, registry: &Registry) -> rusqlite::Result<()> {
    tx.execute_batch("DELETE FROM region; DELETE FROM unit; DELETE FROM item;")?;
    let mut regions = tx.prepare("INSERT INTO region VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for region in registry.regions.values() {
        let level = region.level.word();
        regions.execute(params![region.code, region.name, level, region.parent, region.service_centre])?;
    }
    let mut units = tx.prepare("INSERT INTO unit VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for unit in registry.units.values() {
        units.execute(params![unit.code, unit.name, unit.region, unit.kind.word(), unit.order])?;
    }
    let mut items = tx.prepare("INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for item in registry.items.values() {
        let promised = item.promised.as_ref().map(ToString::to_string);
        let statutory = item.statutory.as_ref().map(ToString::to_string);
        let (kind, channel) = (item.case_type.word(), item.channel.word());
        items.execute(params![
            item.code,
            item.name,
            item.unit,
            item.category,
            kind,
            promised,
            statutory,
            item.basis,
            channel
        ])?;
    }
    Ok(())
}
