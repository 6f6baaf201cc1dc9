//! What the settings say is not kept for ever: personal text of cases that ended long ago, the words of old letters. A round erases a
//! bounded part of it.

use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::Months;
use rusqlite::{TransactionBehavior, params};

use super::super::marks::marks_with;
use super::super::{Ledger, LedgerError, cannot};
use super::entry::{Begun, begin, end};
use super::words::LettersOf;
use super::{Erased, Eraser, remains};
use crate::domain::erased::stays::Stays;
use crate::domain::erased::{Retention, WORDS};
use crate::domain::now::Now;

/// Cases whose text one round erases at most.
const CASES: u32 = 200;
/// Letters whose words one round erases at most.
const LETTERS: u32 = 1_000;

impl Ledger {
    /// Erases what has been kept for long enough, a part at a time. A case of which something is still open is kept whole.
    pub fn keep_no_longer(
        &mut self,
        retention: &Retention,
        stays: impl FnOnce() -> Stays,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let back = |years: u32| Some(now.today().checked_sub_months(Months::new(years * 12))?.to_string());
        if let Some(years) = retention.personal_text
            && let Some(day) = back(years)
        {
            self.texts_until(&day, &format!("[retention] personal_text = \"{years}y\""), stays, now)?;
        }
        if let Some(years) = retention.letters
            && let Some(day) = back(years)
        {
            self.letters_until(&day, &format!("[retention] letters = \"{years}y\""), now)?;
        }
        Ok(())
    }

    fn texts_until(
        &mut self,
        day: &str,
        why: &str,
        stays: impl FnOnce() -> Stays,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let sql = "SELECT c.id FROM \"case\" AS c WHERE c.ended_on < ?1 AND c.state NOT IN ('open', 'fault') AND c.unjudged = 0
                       AND NOT EXISTS (SELECT 1 FROM erased_case AS e WHERE e.case_id = c.id)
                       AND NOT EXISTS (SELECT 1 FROM finding AS f WHERE f.case_id = c.id AND (f.standing IN ('open', 'pending')
                           OR f.contested_at IS NOT NULL OR f.appealed_at IS NOT NULL))
                   ORDER BY c.ended_on LIMIT ?2";
        let cases: Vec<i64> =
            self.list("look for what is kept no longer", sql, params![day, CASES], |row| row.get(0))?;
        if cases.is_empty() {
            return Ok(());
        }
        let fail = cannot("erase what is kept no longer");
        self.db.execute_batch("PRAGMA secure_delete = ON").map_err(&fail)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let stays = stays();
        let names = Rc::new(remains::names(&tx, &stays).map_err(&fail)?);
        let marks = marks_with(&tx, &stays.causes).map_err(&fail)?;
        let id = begin(&tx, &Begun::by_itself("retention", day, why, now.instant)).map_err(&fail)?;
        let mut erased = Erased { cases: cases.len() as u64, ..Erased::default() };
        for case in cases {
            let (marks, names, found) = (marks.clone(), Rc::clone(&names), BTreeMap::new());
            let mut eraser = Eraser { tx: &tx, marks, stays: &stays, names, numbers: 0, found, texts: 0 };
            eraser.case(case, id).map_err(&fail)?;
            eraser.letters(LettersOf::Findings(case), &mut erased.letters)?;
            erased.texts += eraser.texts;
        }
        end(&tx, id, &erased, now.instant).map_err(&fail)?;
        tx.commit().map_err(&fail)
    }

    fn letters_until(&mut self, day: &str, why: &str, now: &Now) -> Result<(), LedgerError> {
        let sql = "SELECT id FROM letter INDEXED BY letter_worded WHERE html <> '' AND written_at < ?1
                       AND (state <> 'queued' OR superseded_at IS NOT NULL) ORDER BY written_at LIMIT ?2";
        let old: Vec<i64> =
            self.list("look for letters that are kept no longer", sql, params![day, LETTERS], |row| {
                row.get(0)
            })?;
        if old.is_empty() {
            return Ok(());
        }
        let fail = cannot("erase the words of letters");
        self.db.execute_batch("PRAGMA secure_delete = ON").map_err(&fail)?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let id = begin(&tx, &Begun::by_itself("letters", day, why, now.instant)).map_err(&fail)?;
        for letter in &old {
            let sql = "UPDATE letter SET subject = ?2, text = ?2, html = '' WHERE id = ?1";
            tx.prepare_cached(sql).and_then(|mut it| it.execute(params![letter, WORDS])).map_err(&fail)?;
            let sql = "DELETE FROM letter_attachment WHERE letter_id = ?1";
            tx.prepare_cached(sql).and_then(|mut it| it.execute([letter])).map_err(&fail)?;
        }
        let erased = Erased { letters: old.len() as u64, ..Erased::default() };
        end(&tx, id, &erased, now.instant).map_err(&fail)?;
        tx.commit().map_err(&fail)
    }
}
