//! Where each source stands: how far it was read, and whether it can be read at all.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, FixedOffset, TimeDelta};
use rusqlite::{OptionalExtension, params};

use super::super::intake::course::Course;
use super::super::intake::quarantine::mended;
use super::super::rounds::remember;
use super::super::stored::instant;
use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::columns;
use super::courses::read_to;
use super::read_to::ReadTo;
use super::remarks;
use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::terms::SourceTerms;
use crate::domain::text::{Language, Text};

/// Up to when sources can be believed, by their rows.
pub type Horizons = HashMap<i64, DateTime<FixedOffset>>;

impl Ledger {
    /// Up to when nothing can be missing of what each source tells, where that is not the present: passing time alone gives a
    /// card only up to there.
    pub(in crate::edge::ledger) fn horizons(&self, now: &Now) -> Result<Horizons, LedgerError> {
        self.horizons_under(&BTreeMap::new(), now)
    }

    /// `Ledger::horizons`, were sources believed on these terms.
    pub fn horizons_under(
        &self,
        terms: &BTreeMap<String, SourceTerms>,
        now: &Now,
    ) -> Result<Horizons, LedgerError> {
        let sql = "SELECT id, name, delivers = 'batch', lag_seconds, delivered_at FROM source";
        let fail = cannot("read how far sources can be believed");
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([]).map_err(&fail)?;
        let mut horizons = Horizons::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let (source, name): (i64, String) = (row.get(0).map_err(&fail)?, row.get(1).map_err(&fail)?);
            let (batch, lag) = match terms.get(&name) {
                Some(terms) => (terms.batch, terms.lag.as_secs() as i64),
                None => (row.get(2).map_err(&fail)?, row.get(3).map_err(&fail)?),
            };
            let delivered: Option<String> = row.get(4).map_err(&fail)?;
            let delivered = delivered.filter(|_| batch).map(|at| instant(&at)).transpose()?;
            if lag > 0 || delivered.is_some() {
                let until = delivered.map_or(now.instant, |at| at.min(now.instant));
                horizons.insert(source, until - TimeDelta::seconds(lag));
            }
        }
        Ok(horizons)
    }

    /// How far a source is believed from now on.
    pub fn believe(&self, source: i64, spec: &SourceSpec) -> Result<(), LedgerError> {
        let sql = "UPDATE source SET delivers = ?2, lag_seconds = ?3
                   WHERE id = ?1 AND (delivers <> ?2 OR lag_seconds <> ?3)";
        let delivers = if spec.batch { "batch" } else { "live" };
        self.db
            .prepare_cached(sql)
            .and_then(|mut note| note.execute(params![source, delivers, spec.lag.as_secs() as i64]))
            .map(drop)
            .map_err(cannot("note how far a source can be believed"))
    }

    /// `Ledger::horizons` of one source.
    pub fn horizon(&self, source: i64, now: &Now) -> Result<Option<DateTime<FixedOffset>>, LedgerError> {
        Ok(self.horizons(now)?.remove(&source))
    }

    /// Sources that are in the ledger and no longer configured. Nobody reads them, so passing time gives their cases no card.
    pub fn unread_sources(&self, configured: &[&str]) -> Result<Vec<i64>, LedgerError> {
        let mut known =
            self.list("read the sources", "SELECT id, name FROM source ORDER BY id", [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
        known.retain(|(_, name)| !configured.contains(&name.as_str()));
        Ok(known.into_iter().map(|(id, _)| id).collect())
    }

    /// Names of sources, for messages.
    pub fn source_names(&self, ids: &[i64]) -> Result<Vec<String>, LedgerError> {
        let mut names =
            self.list("read the sources", "SELECT id, name FROM source ORDER BY id", [], |row| {
                Ok((row.get::<_, i64>(0)?, row.get(1)?))
            })?;
        names.retain(|(id, _)| ids.contains(id));
        Ok(names.into_iter().map(|(_, name)| name).collect())
    }

    /// Number of a source in the ledger; entered at first sight.
    pub fn source(&mut self, name: &str) -> Result<i64, LedgerError> {
        let fail = cannot("enter a source");
        let known = self
            .db
            .prepare_cached("SELECT id FROM source WHERE name = ?1")
            .and_then(|mut statement| statement.query_row([name], |row| row.get(0)).optional())
            .map_err(&fail)?;
        match known {
            Some(id) => Ok(id),
            None => self
                .db
                .prepare_cached("INSERT INTO source (name, state) VALUES (?1, 'ok')")
                .and_then(|mut statement| statement.insert([name]))
                .map_err(&fail),
        }
    }

    /// How far each read of a source has come; nowhere yet, if it was read by another mapping: a code that has since
    /// got its meaning must let the rows in that wait in quarantine.
    pub fn cursors(
        &mut self,
        source: i64,
        mapping: &str,
        round: RoundId,
    ) -> Result<BTreeMap<u16, String>, LedgerError> {
        let same = self
            .db
            .prepare_cached("SELECT 1 FROM mapping WHERE source_id = ?1 AND digest = ?2")
            .and_then(|mut find| find.exists(params![source, mapping]))
            .map_err(cannot("read by which mapping a source was read"))?;
        if !same {
            self.watch_ends(source, round)?;
            return Ok(BTreeMap::new());
        }
        let read = || -> rusqlite::Result<_> {
            let mut statement =
                self.db.prepare_cached("SELECT read, value FROM cursor WHERE source_id = ?1")?;
            statement.query_map([source], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(cannot("read how far a source was read"))
    }

    /// How far a source was read, and nothing is noted; from its beginning where it was never read.
    pub fn cursors_so_far(&self, name: &str) -> Result<BTreeMap<u16, String>, LedgerError> {
        let sql = "SELECT read, value FROM cursor WHERE source_id = (SELECT id FROM source WHERE name = ?1)";
        let cursors =
            self.list("read how far a source was read", sql, [name], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(cursors.into_iter().collect())
    }

    /// A source was read to its end: moves its cursors and notes that it is in order, or what part was not read.
    pub fn source_read(
        &mut self,
        course: &mut Course,
        read: &ReadTo<'_>,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let fail = cannot("note how far a source was read");
        let (source, counted) = (course.source, std::mem::take(&mut course.counted));
        self.columns.borrow_mut().take();
        let tx = self.db.transaction().map_err(&fail)?;
        let write = || -> rusqlite::Result<()> {
            let sql = "INSERT INTO cursor (source_id, read, value) VALUES (?1, ?2, ?3)
                       ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
            for (number, value) in read.cursors {
                tx.prepare_cached(sql)?.execute(params![source, number, value])?;
            }
            columns::enter(&tx, source, read, &counted)?;
            let sql = "INSERT INTO mapping (source_id, digest) VALUES (?1, ?2)
                       ON CONFLICT DO UPDATE SET digest = excluded.digest WHERE digest <> excluded.digest";
            tx.prepare_cached(sql)?.execute(params![source, read.mapping])?;
            for (number, beginning) in read.whole {
                mended(&tx, source, *number, beginning, read.round)?;
            }
            remarks::enter(&tx, source, read)?;
            if read.rows > 0 {
                remember(&tx, &read_to(source), &read.round.to_string())?;
            }
            let sql = "INSERT INTO arrival (source_id, day) SELECT id, ?2 FROM source
                       WHERE id = ?1 AND coalesce(newest_at, '') < ?3 ON CONFLICT DO NOTHING";
            let today = now.today().to_string();
            tx.prepare_cached(sql)?.execute(params![source, today, read.newest.unwrap_or_default()])?;
            let sql = "UPDATE source SET state = iif(?4 IS NULL, 'ok', 'incomplete'), message = ?4, message_data = ?8,
                           last_read_at = ?2, changed_at = iif(?3 > 0 OR changed_at IS NULL, ?2, changed_at), dark_since = iif(?4 IS NULL, NULL, coalesce(dark_since, ?2)),
                           delivered_at = coalesce(max(?6, coalesce(delivered_at, ?6)), iif(?7 OR coalesce(newest_at, '') < coalesce(?5, ''), ?2, delivered_at)),
                           newest_at = max(coalesce(newest_at, ''), coalesce(?5, '')), rows_read = rows_read + ?3
                       WHERE id = ?1";
            let at = now.instant.to_rfc3339();
            tx.prepare_cached(sql)?.execute(params![
                source,
                at,
                read.rows as i64,
                read.incomplete.map(|why| why.words(Language::English)),
                read.newest,
                read.delivered.map(|at| at.min(now.instant).with_timezone(now.instant.offset()).to_rfc3339()),
                read.news,
                read.incomplete.and_then(Text::data),
            ])?;
            let sql = "INSERT INTO delivery (source_id, round_id, at) SELECT id, ?2, delivered_at FROM source AS s
                       WHERE id = ?1 AND delivers = 'batch' AND delivered_at IS NOT NULL AND delivered_at IS NOT
                           (SELECT at FROM delivery WHERE source_id = s.id ORDER BY round_id DESC LIMIT 1)";
            tx.prepare_cached(sql)?.execute(params![source, read.round])?;
            let sql =
                "INSERT INTO source_span (source_id, from_round, mapping) SELECT ?1, ?2, ?3 WHERE NOT EXISTS
                           (SELECT 1 FROM source_span WHERE source_id = ?1 AND to_round IS NULL)";
            if read.incomplete.is_none() {
                tx.prepare_cached(sql)?.execute(params![source, read.round, read.mapping])?;
            }
            Ok(())
        };
        write().map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        self.spans.borrow_mut().take();
        if read.incomplete.is_some() { self.watch_ends(source, read.round) } else { Ok(()) }
    }

    /// A source has been without a delivery for longer than it may, and why that is known; `None`: it has not.
    pub fn note_overdue(&self, source: i64, why: Option<&Text>, now: &Now) -> Result<(), LedgerError> {
        let sql = "UPDATE source SET overdue_since = iif(?2 IS NULL, NULL, coalesce(overdue_since, ?3)),
                       message = iif(state = 'ok', ?2, message), message_data = iif(state = 'ok', ?4, message_data)
                   WHERE id = ?1 AND (overdue_since IS NULL) <> (?2 IS NULL) OR (id = ?1 AND state = 'ok' AND message IS NOT ?2)";
        let (said, data) = (why.map(|why| why.words(Language::English)), why.and_then(Text::data));
        self.db
            .prepare_cached(sql)
            .and_then(|mut note| note.execute(params![source, said, now.instant.to_rfc3339(), data]))
            .map(drop)
            .map_err(cannot("note that a delivery is overdue"))
    }

    /// Whether a source was not watched until now: it was dark or incomplete, never read, or we were not there.
    pub fn is_dark(&self, source: i64) -> Result<bool, LedgerError> {
        let sql = "SELECT state <> 'ok' OR NOT EXISTS
                       (SELECT 1 FROM source_span WHERE source_id = s.id AND to_round IS NULL) FROM source AS s WHERE id = ?1";
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_row([source], |row| row.get(0)))
            .map_err(cannot("read how a source is"))
    }

    /// A source could not be read. Gives whether this is news.
    pub fn source_dark(
        &mut self,
        source: i64,
        message: &Text,
        round: RoundId,
        now: &Now,
    ) -> Result<bool, LedgerError> {
        self.watch_ends(source, round)?;
        let sql = "UPDATE source SET state = 'dark', message = ?2, message_data = ?4, dark_since = coalesce(dark_since, ?3)
                   WHERE id = ?1 AND (state <> 'dark' OR message IS NOT ?2)";
        let said = message.words(Language::English);
        self.db
            .prepare_cached(sql)
            .and_then(|mut statement| {
                statement.execute(params![source, said, now.instant.to_rfc3339(), message.data()])
            })
            .map(|changed| changed > 0)
            .map_err(cannot("note that a source cannot be read"))
    }
}
