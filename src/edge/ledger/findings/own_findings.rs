//! The findings about our own running: a source is dark, the calendar ends.

use std::collections::BTreeSet;

use rusqlite::OptionalExtension;

use super::super::cases::judgements::Entry;
use super::super::{Ledger, LedgerError, Stamp, cannot};
use crate::domain::card::Card;
use crate::domain::finding::{Event, Standing};
use crate::domain::plan::outside::{self, Step};
use crate::domain::rules::mended;
use crate::domain::text::Text;

impl Ledger {
    /// What a rule on our own running says of now.
    pub fn open_subjects(&self, rule: &str) -> Result<BTreeSet<String>, LedgerError> {
        // By the index of what is about no case: the other would go through every open card.
        let sql = "SELECT subject FROM finding INDEXED BY finding_subject
                   WHERE case_id IS NULL AND rule = ?1 AND standing = 'open'";
        let subjects = self.list("read what stands of our own running", sql, [rule], |row| row.get(0))?;
        Ok(subjects.into_iter().collect())
    }

    /// Raises, renews or resolves the finding by a rule on our own running. Gives whether it changed.
    pub fn own_finding(
        &mut self,
        rule: &str,
        subject: &str,
        why: Option<&Text>,
        stamp: &Stamp<'_>,
    ) -> Result<bool, LedgerError> {
        let fail = cannot("enter a finding on our own running");
        let tx = self.db.transaction().map_err(&fail)?;
        let changed = {
            let Stamp { round, policy, at } = stamp;
            let entry = Entry { tx: &tx, round: *round, policy, at, recent: chrono::NaiveDate::MAX };
            entry.own(rule, subject, why).map_err(&fail)?
        };
        tx.commit().map_err(&fail)?;
        Ok(changed)
    }
}

impl Entry<'_> {
    fn own(&self, rule: &str, subject: &str, why: Option<&Text>) -> rusqlite::Result<bool> {
        let known: Option<(i64, Standing)> = self
            .tx
            .prepare_cached(
                "SELECT id, standing FROM finding WHERE case_id IS NULL AND subject = ?1 AND rule = ?2",
            )?
            .query_row([subject, rule], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (id, standing) = known.unzip();
        match (outside::own(standing, why), id, why) {
            (Some(Step::Raise), _, Some(why)) => {
                let sql = "INSERT INTO finding (subject, rule, standing, card, passed)
                           VALUES (?1, ?2, 'open', 'notice', 1)";
                let id = self.tx.prepare_cached(sql)?.insert([subject, rule])?;
                self.event(id, Event::Raised, Card::Notice.word(), why)?;
            }
            (Some(Step::Reopen), Some(id), Some(why)) => {
                self.stand(id, Standing::Open, None)?;
                self.event(id, Event::Reopened, Card::Notice.word(), why)?;
            }
            (Some(Step::Resolve), Some(id), _) => {
                self.stand(id, Standing::Resolved, None)?;
                self.event(id, Event::Resolved, Card::Notice.word(), &mended(rule))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}
