//! A batch of a source, in one transaction.

use rusqlite::TransactionBehavior;

use super::super::{Ledger, LedgerError, cannot};
use super::course::Course;
use super::doubled::Row;
use super::met::Met;
use super::{Intake, Taken};
use crate::domain::record::Batch;

impl Ledger {
    /// Takes in a batch of a source, in one transaction. Taking the same batch again changes nothing.
    pub fn take(&mut self, course: &mut Course, batch: &Batch) -> Result<Taken, LedgerError> {
        let (fail, zone) = (cannot("take in what a source said"), self.zone);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        // Whatever goes wrong from here on, no case is taken for entered that was not.
        let mut met = course.met.take().map(Met::with_room).unwrap_or_default();
        met.taken_back = std::mem::take(&mut course.taken_back);
        let mut counted = std::mem::take(&mut course.counted);
        let mut intake = Intake::new(&tx, course, zone, &mut met).map_err(&fail)?;
        intake.quarantined = intake.has_quarantine(batch.read).map_err(&fail)?;
        intake.watches = course.key_watch();
        intake.written = batch.written;
        intake.finds = course.further_reads.contains(&batch.read);
        intake.of_cases = course.plain_reads.contains(&batch.read);
        let (mut rejected, mut newly) = (Vec::new(), 0);
        for fact in &batch.facts {
            let fact = intake.as_it_counts(fact).map_err(&fail)?;
            let Some(fact) = fact.as_deref() else { continue };
            if fact.gone {
                intake.gone(fact)?;
                continue;
            }
            let row = intake.row_of(batch.read, fact)?;
            intake.doubled |= matches!(&row, Row::Of(it) if it.case != fact.case);
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
            intake.note(batch.read, (case, fact), course.sweep.as_ref()).map_err(&fail)?;
            newly += u64::from(intake.doubtful(batch.read, fact).map_err(&fail)?);
        }
        rejected.append(&mut intake.crowding);
        let mut taken = Taken { changed: 0, rejected: newly };
        for rejected in batch.rejected.iter().chain(&rejected) {
            taken.rejected += u64::from(intake.quarantine(batch.read, rejected).map_err(&fail)?);
            if course.sweep.is_some() {
                intake.unreadable(batch.read, rejected).map_err(&fail)?;
            }
        }
        taken.changed = intake.changed;
        let numbers = std::mem::take(&mut intake.numbers);
        let recognised = batch.facts.iter().any(|fact| intake.is_old(&fact.case));
        drop(intake);
        numbers.enter(&tx, course.source).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        course.taken_back = std::mem::take(&mut met.taken_back);
        course.met = Some(met);
        course.counted = counted;
        if let Some(sweep) = &mut course.sweep {
            sweep.met(batch.read);
            sweep.recognised |= recognised;
        }
        Ok(taken)
    }

    /// A reading came to its end: the rows that contradict what was known of their cases are taken in, as changes where nothing
    /// else was read of the case, as cases of their own where its row was read too.
    pub fn take_waiting(&mut self, course: &mut Course) -> Result<Taken, LedgerError> {
        let mut all = Taken::default();
        let Some(met) = &mut course.met else { return Ok(all) };
        let waiting = std::mem::take(&mut met.rows.waiting);
        met.rows.at_end = true;
        for (read, facts) in waiting {
            let taken = self.take(course, &Batch { read, facts, ..Batch::default() })?;
            all.changed += taken.changed;
            all.rejected += taken.rejected;
        }
        Ok(all)
    }
}
