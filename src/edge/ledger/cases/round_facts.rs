//! What is to be known of a round by those who read what it entered.

use std::sync::Arc;

use super::super::rounds::RoundId;
use super::super::stored::moment;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::case_file::JudgedBy;
use crate::domain::moment::Moment;

/// What is remembered of a round.
#[derive(Debug, Clone)]
pub(in crate::edge::ledger) struct RoundFacts {
    pub(in crate::edge::ledger) by: Arc<JudgedBy>,
    pub(in crate::edge::ledger) started: Moment,
}

impl Ledger {
    /// What is to be known of a round. Most cases of a reading were judged in few rounds, so the last are remembered.
    pub(in crate::edge::ledger) fn round_facts(&self, round: RoundId) -> Result<RoundFacts, LedgerError> {
        const REMEMBERED: usize = 64;
        if let Some(known) = self.rounds.borrow().get(&round) {
            return Ok(known.clone());
        }
        let sql = "SELECT r.policy, p.calendar, r.started_at FROM round AS r
                   LEFT JOIN policy AS p ON p.version = r.policy WHERE r.id = ?1";
        let (policy, calendar, started): (String, Option<String>, String) = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_row([round], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))
            .map_err(cannot("read what judged a case"))?;
        let started = moment(&started, self.zone)?;
        let facts = RoundFacts { by: Arc::new(JudgedBy { policy, calendar, at: started }), started };
        let mut rounds = self.rounds.borrow_mut();
        if rounds.len() >= REMEMBERED {
            rounds.clear();
        }
        rounds.insert(round, facts.clone());
        Ok(facts)
    }
}
