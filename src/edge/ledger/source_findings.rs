//! The findings about sources: raised when one goes dark, resolved when it can be read again.

use rusqlite::OptionalExtension;

use super::judgements::Entry;
use super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::finding::{Card, Standing};
use crate::domain::rules::{SOURCE_DARK, Sentence};

impl Ledger {
    /// Raises, renews or resolves the finding that a source is dark. Gives whether it changed.
    pub fn source_finding(
        &mut self,
        name: &str,
        dark: Option<&Sentence>,
        round: RoundId,
        policy: &str,
        at: &str,
    ) -> Result<bool, LedgerError> {
        let fail = cannot("enter a finding on a source");
        let tx = self.db.transaction().map_err(&fail)?;
        let changed = {
            let entry = Entry { tx: &tx, round, policy, at };
            entry.source(name, dark).map_err(&fail)?
        };
        tx.commit().map_err(&fail)?;
        Ok(changed)
    }
}

impl Entry<'_> {
    /// The finding that a source is dark.
    pub(super) fn source(&self, name: &str, dark: Option<&Sentence>) -> rusqlite::Result<bool> {
        let known: Option<(i64, String)> = self
            .tx
            .prepare_cached(
                "SELECT id, standing FROM finding WHERE case_id IS NULL AND subject = ?1 AND rule = ?2",
            )?
            .query_row([name, SOURCE_DARK], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let open = known.as_ref().is_some_and(|(_, standing)| standing == Standing::Open.word());
        match (known, dark) {
            (None, Some(why)) => {
                let sql = "INSERT INTO finding (subject, rule, standing, card, passed)
                           VALUES (?1, ?2, 'open', 'notice', 1)";
                let id = self.tx.prepare_cached(sql)?.insert([name, SOURCE_DARK])?;
                self.event(id, "raised", Card::Notice.word(), why)?;
            }
            (Some((id, _)), Some(why)) if !open => {
                self.stand(id, Standing::Open, None)?;
                self.event(id, "reopened", Card::Notice.word(), why)?;
            }
            (Some((id, _)), None) if open => {
                let (zh, en) = ("数据源已恢复读取".into(), "the source can be read again".into());
                self.stand(id, Standing::Resolved, None)?;
                self.event(id, "resolved", Card::Notice.word(), &Sentence { zh, en })?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
