//! What a reading takes back of what was read before: a slot that is empty now, or says again what it said before. It is entered when
//! the reading is over, and not where it concerns so many cases that the source itself must be at fault.

use rusqlite::{Transaction, params};

use super::super::{Ledger, LedgerError, cannot};
use super::Intake;
use super::course::Course;
use super::held::{Held, How, TakenBack};
use super::met::Met;
use super::missing;
use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::{Slot, Trace};
use crate::domain::rules::source_suspect::{GoneRows, Looked, judge_swept};
use crate::domain::text::Text;

impl Intake<'_> {
    /// Whether what a slot says is less than was known, and waits until it is clear of how many cases that is so.
    pub(super) fn takes_back(
        &mut self,
        (case, slot): (i64, &Slot),
        (revision, known): (i64, &Trace),
        says: Option<&Trace>,
    ) -> Result<bool, LedgerError> {
        if !self.holds || self.met.taken_back.is_full() {
            return Ok(false);
        }
        let back = match says {
            None => true,
            Some(says) => self.said_before((case, slot), (revision, known), says)?,
        };
        if back {
            self.hold((case, slot), known, says, How::Back);
        } else {
            self.met.taken_back.is_as_known(case, slot);
        }
        Ok(back)
    }

    /// While a source is looked over: a slot is otherwise than it was read.
    pub(super) fn is_otherwise(
        &mut self,
        (case, slot): (i64, &Slot),
        (revision, known): (i64, &Trace),
        says: Option<&Trace>,
    ) -> Result<(), LedgerError> {
        if !self.met.taken_back.is_full() {
            let back = match says {
                None => true,
                Some(says) => self.said_before((case, slot), (revision, known), says)?,
            };
            self.hold((case, slot), known, says, if back { How::Back } else { How::Otherwise });
        }
        Ok(())
    }

    fn hold(&mut self, (case, slot): (i64, &Slot), known: &Trace, says: Option<&Trace>, how: How) {
        let ends = known.kind.ends_a_case() && says.is_none_or(|says| !says.kind.ends_a_case());
        let how = if how == How::Back && ends { How::EndBack } else { how };
        let held = Held { says: says.cloned(), place: self.place, how };
        self.met.taken_back.hold((case, slot.clone()), held);
    }

    /// Whether a slot said so before it said what is known of it now.
    fn said_before(
        &mut self,
        (case, slot): (i64, &Slot),
        (revision, known): (i64, &Trace),
        says: &Trace,
    ) -> Result<bool, LedgerError> {
        if revision < 2 || (says.kind, says.occurred) == (known.kind, known.occurred) {
            return Ok(false);
        }
        let sql = "SELECT 1 FROM trace WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND part = ?4
                       AND revision < ?5 AND kind = ?6 AND occurred_at = ?7";
        let (kind, at) = (says.kind.word(), says.occurred.written());
        let row = params![case, slot.read, &*slot.row, slot.part, revision, kind, &*at];
        let fail = cannot("look whether a row says what it said before");
        self.statement(sql).and_then(|mut find| find.exists(row)).map_err(fail)
    }

    /// Enters what waited.
    fn enter_taken_back(&mut self, held: TakenBack) -> Result<(), LedgerError> {
        let fail = cannot("enter what a source took back");
        for ((case, slot), Held { says, place, .. }) in held.slots {
            self.place = place;
            let (revision, _) = self.latest(case, &slot)?;
            self.revise(case, &slot, revision + 1, says.as_ref()).map_err(&fail)?;
            let sql = "UPDATE \"case\" SET unjudged = 1 WHERE id = ?1";
            self.statement(sql).and_then(|mut mark| mark.execute([case])).map_err(&fail)?;
        }
        Ok(())
    }
}

impl Ledger {
    /// A reading came to its end, of which nothing else was compared: what it takes back is entered, unless the source is doubted
    /// for it. Gives what was found then, and why.
    pub fn taken_back_ends(
        &mut self,
        course: &mut Course,
        spec: &SourceSpec,
        gone: GoneRows,
        now: &Now,
    ) -> Result<Option<(Looked, Text)>, LedgerError> {
        if course.taken_back.is_empty() {
            return Ok(None);
        }
        let fail = cannot("enter what a source took back");
        let since = self.compared_since(course.source, spec, now)?;
        let held = std::mem::take(&mut course.taken_back);
        let zone = self.zone;
        let tx = self.db.transaction().map_err(&fail)?;
        missing::begin(&tx).map_err(&fail)?;
        let mut looked = Looked::default();
        held.compare(&tx, course.source, since, &mut looked).map_err(&fail)?;
        let doubt = judge_swept(&looked, spec.may_shrink, gone);
        if doubt.is_none() {
            enter(held, &tx, course, zone)?;
        }
        missing::keep(&tx).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        Ok(doubt.map(|why| (looked, why)))
    }
}

/// Enters it.
pub(super) fn enter(
    held: TakenBack,
    tx: &Transaction<'_>,
    course: &Course,
    zone: chrono_tz::Tz,
) -> Result<(), LedgerError> {
    if held.is_empty() {
        return Ok(());
    }
    let mut met = Met::default();
    let intake = Intake::new(tx, course, zone, &mut met);
    intake.map_err(cannot("enter what a source took back"))?.enter_taken_back(held)
}
