//! The stretches of rounds in which each source was watched without a break: read whole, by one mapping, day by day.

use rusqlite::params;

use super::super::{Ledger, LedgerError, RoundId, cannot};

/// A stretch of rounds in which a source was watched.
#[derive(Debug, Clone)]
pub(in crate::edge::ledger) struct Span {
    from: RoundId,
    /// The last round; `None`: it goes on.
    to: Option<RoundId>,
    mapping: String,
}

impl Span {
    fn holds(&self, round: RoundId) -> bool {
        self.from <= round && self.to.is_none_or(|to| round <= to)
    }
}

impl Ledger {
    /// Nobody watched a source from a round on: it was away, or is read by another mapping.
    pub(super) fn watch_ends(&mut self, source: i64, round: RoundId) -> Result<(), LedgerError> {
        self.spans.borrow_mut().take();
        let sql = "UPDATE source_span SET to_round = ?2 - 1 WHERE source_id = ?1 AND to_round IS NULL";
        self.db
            .prepare_cached(sql)
            .and_then(|mut end| end.execute(params![source, round]))
            .map(drop)
            .map_err(cannot("note that a source was not watched"))
    }

    /// A source is watched from a round on, unless it was already.
    pub(super) fn watch_goes_on(
        &self,
        source: i64,
        round: RoundId,
        mapping: &str,
    ) -> Result<(), LedgerError> {
        if self.of_spans(source, |spans| spans.iter().any(|span| span.to.is_none()))? {
            return Ok(());
        }
        self.spans.borrow_mut().take();
        let sql = "INSERT INTO source_span (source_id, from_round, mapping) VALUES (?1, ?2, ?3)";
        self.db
            .prepare_cached(sql)
            .and_then(|mut begin| begin.execute(params![source, round, mapping]))
            .map(drop)
            .map_err(cannot("note that a source is watched"))
    }

    /// A reading that went on over rounds is over. It says how the source was in the round in which it began, and nothing of the
    /// time since: that was not watched, and is gone through once the source is read again.
    pub fn read_over_rounds(&mut self, source: i64, began: RoundId) -> Result<(), LedgerError> {
        self.watch_ends(source, began + 1)?;
        self.blind(source, began + 1)
    }

    /// Nobody watched any source before a round: we were not there ourselves.
    pub fn nobody_watched(&mut self, round: RoundId) -> Result<(), LedgerError> {
        self.blind_of_live_sources(round)?;
        self.spans.borrow_mut().take();
        let sql = "UPDATE source_span SET to_round = ?1 - 1 WHERE to_round IS NULL";
        self.db
            .prepare_cached(sql)
            .and_then(|mut end| end.execute([round]))
            .map(drop)
            .map_err(cannot("note that no source was watched"))
    }

    /// Whether a source was being watched before a round, so that what the round brought was not there before.
    pub(in crate::edge::ledger) fn watched_before(
        &self,
        source: i64,
        round: RoundId,
    ) -> Result<bool, LedgerError> {
        self.of_spans(source, |spans| spans.iter().any(|span| span.from < round && span.holds(round)))
    }

    /// Whether what a round brought may come of reading by another mapping than before.
    pub(in crate::edge::ledger) fn remapped(&self, source: i64, round: RoundId) -> Result<bool, LedgerError> {
        self.of_spans(source, |spans| {
            let behind = spans.partition_point(|span| span.from < round);
            let before = behind.checked_sub(1).map(|at| &spans[at]);
            let after = spans.get(behind);
            before.is_some_and(|before| {
                !before.holds(round) && after.is_some_and(|after| after.mapping != before.mapping)
            })
        })
    }

    /// The last round that read a source by the mapping to which a round went back; `None`: the round did not change the mapping,
    /// or to one by which the source was never read.
    pub(in crate::edge::ledger) fn went_back_to(
        &self,
        source: i64,
        round: RoundId,
    ) -> Result<Option<RoundId>, LedgerError> {
        if !self.remapped(source, round)? {
            return Ok(None);
        }
        self.of_spans(source, |spans| {
            let (behind, rest) = spans.split_at(spans.partition_point(|span| span.from < round));
            let again = rest.first()?;
            behind.iter().rfind(|span| span.mapping == again.mapping)?.to
        })
    }

    /// The first round that read a source whole by its mapping, where it was read by another one before.
    pub(in crate::edge::ledger) fn mapped_since(&self, source: i64) -> Result<Option<RoundId>, LedgerError> {
        self.of_spans(source, |spans| {
            let mut changes = spans.windows(2).rev();
            changes.find(|pair| pair[0].mapping != pair[1].mapping).map(|pair| pair[1].from)
        })
    }

    /// Whether a round was of the first reading of a source, or read it by another mapping than before: what it brought may be
    /// of any age.
    pub(in crate::edge::ledger) fn read_anew(
        &self,
        source: i64,
        round: RoundId,
    ) -> Result<bool, LedgerError> {
        let first = self.of_spans(source, |spans| spans.first().is_none_or(|span| round <= span.from))?;
        Ok(first || self.remapped(source, round)?)
    }

    /// Cases come by source, so the spans of the last one are kept at hand.
    fn of_spans<T>(&self, source: i64, of: impl FnOnce(&[Span]) -> T) -> Result<T, LedgerError> {
        let mut kept = self.spans.borrow_mut();
        if !matches!(&*kept, Some((known, _)) if *known == source) {
            let sql = "SELECT from_round, to_round, mapping FROM source_span WHERE source_id = ?1 ORDER BY from_round";
            let spans = self.list("read when a source was watched", sql, [source], |row| {
                Ok(Span { from: row.get(0)?, to: row.get(1)?, mapping: row.get(2)? })
            })?;
            *kept = Some((source, spans));
        }
        Ok(of(kept.as_ref().map_or(&[][..], |(_, spans)| spans)))
    }
}
