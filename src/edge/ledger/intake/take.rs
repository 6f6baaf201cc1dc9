//! A batch of a source, in one transaction.

use std::borrow::Cow;

use rusqlite::TransactionBehavior;

use super::super::{Ledger, LedgerError, RoundId, cannot};
use super::doubled::Row;
use super::keys::KeyWatch;
use super::{Intake, Taken};
use crate::domain::record::Batch;

impl Ledger {
    /// Takes in a batch of a source, in one transaction. Taking the same batch again changes nothing.
    pub fn take(&mut self, source: i64, round: RoundId, batch: &Batch) -> Result<Taken, LedgerError> {
        self.turn_to(source);
        let (fail, zone) = (cannot("take in what a source said"), self.zone);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        // Whatever goes wrong from here on, no case is taken for entered that was not.
        let mut met = std::mem::take(&mut self.met).of(source, round);
        let mut intake = Intake::new(&tx, source, round, zone, &mut met).map_err(&fail)?;
        intake.quarantined = intake.has_quarantine(batch.read).map_err(&fail)?;
        intake.watches = match (self.watches_keys, &self.sweep) {
            (false, _) => KeyWatch::Off,
            (true, None) => KeyWatch::Between,
            (true, Some(_)) => KeyWatch::Sweep,
        };
        let mut counted = std::mem::take(&mut self.counted).of(source, round);
        intake.finds = self.further_reads.contains(&batch.read);
        intake.of_cases = self.plain_reads.contains(&batch.read);
        let (mut rejected, mut newly) = (Vec::new(), 0);
        for fact in &batch.facts {
            let fact = intake.as_it_counts(fact).map_err(&fail)?;
            let Some(fact) = fact.as_deref() else { continue };
            if fact.gone {
                intake.gone(fact)?;
                continue;
            }
            let row = if intake.of_cases {
                intake.told_apart(batch.read, fact)?
            } else {
                Row::Of(Cow::Borrowed(fact))
            };
            intake.doubled |= matches!(row, Row::Of(Cow::Owned(_)));
            let fact = match &row {
                Row::Of(fact) => fact,
                Row::Waits => continue,
                Row::Rejected(row) => {
                    rejected.push(row.clone());
                    continue;
                }
            };
            let (case, news) = intake.fact(fact)?;
            if news {
                counted.count_news(batch.read, fact)
            } else {
                counted.count(batch.read, fact)
            }
            intake.note(batch.read, (case, fact), self.sweep.as_ref()).map_err(&fail)?;
            newly += u64::from(intake.doubtful(batch.read, fact).map_err(&fail)?);
        }
        rejected.append(&mut intake.crowding);
        let mut taken = Taken { changed: 0, rejected: newly };
        for rejected in batch.rejected.iter().chain(&rejected) {
            taken.rejected += u64::from(intake.quarantine(batch.read, rejected).map_err(&fail)?);
            if self.sweep.is_some() {
                intake.unreadable(batch.read, rejected).map_err(&fail)?;
            }
        }
        taken.changed = intake.changed;
        let numbers = std::mem::take(&mut intake.numbers);
        let recognised = batch.facts.iter().any(|fact| intake.is_old(&fact.case));
        drop(intake);
        numbers.enter(&tx, source).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        self.met = met;
        self.counted = counted;
        if let Some(sweep) = &mut self.sweep {
            sweep.met(batch.read);
            sweep.recognised |= recognised;
        }
        Ok(taken)
    }
}
