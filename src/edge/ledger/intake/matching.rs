//! Which case a piece of evidence belongs to.

use chrono::{Days, NaiveDate};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::super::{Ledger, LedgerError, RoundId, cannot, marks};
use super::evidence::count;
use crate::domain::now::Now;
use crate::domain::record::TraceKind;
use crate::domain::record::mapping::{EvidenceSpec, MatchBy};
use crate::domain::record::named_in::{joined, keys_named};
use crate::domain::record::number::plain;

/// Pieces looked at between two commits.
const AT_ONCE: u32 = 10_000;
/// Civil days over which evidence without a case is looked at.
const LOOKED_AT: u32 = 90;

/// Of which evidence the cases are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichEvidence {
    /// Of what is waiting.
    Waiting,
    /// Of all that rules look at.
    All,
}

impl Ledger {
    /// Looks for the cases of evidence that has none.
    pub fn match_evidence(
        &mut self,
        specs: &[EvidenceSpec],
        round: RoundId,
        now: &Now,
        which: WhichEvidence,
    ) -> Result<(), LedgerError> {
        let fail = cannot("match evidence to cases");
        let all = which == WhichEvidence::All;
        for spec in specs {
            if let MatchBy::Note(kind) = spec.by {
                // Only where it is asked for: notes are many, and most are free text.
                let sql = format!(
                    "CREATE INDEX IF NOT EXISTS trace_note_{kind} ON trace (note) WHERE kind = '{kind}' AND note IS NOT NULL"
                );
                self.db.execute_batch(&sql).map_err(&fail)?;
                if all && !spec.exactly {
                    spell_notes(&mut self.db, kind).map_err(&fail)?;
                }
            }
            let back = if all { LOOKED_AT + spec.wait_days + spec.within_days } else { spec.wait_days };
            let since = now.today().checked_sub_days(Days::new(back.into())).unwrap_or(NaiveDate::MIN);
            let mut after = (since.to_string(), 0);
            while let Some(last) = match_some(&mut self.db, spec, round, &after).map_err(&fail)? {
                after = last;
            }
        }
        Ok(())
    }
}

/// Notes how the notes of a kind of trace are spelled. Readings may bring traces under the round in which they began, so all are looked
/// through.
fn spell_notes(db: &mut Connection, kind: TraceKind) -> rusqlite::Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let sql = format!("SELECT DISTINCT note FROM trace WHERE kind = '{kind}' AND note IS NOT NULL");
        let mut notes = tx.prepare_cached(&sql)?;
        let mut enter =
            tx.prepare_cached("INSERT INTO note_form VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?;
        let mut rows = notes.query([])?;
        while let Some(row) = rows.next()? {
            let note: String = row.get(0)?;
            let forms = keys_named(&note).into_iter().chain([plain(&note)]);
            for form in forms.filter(|form| *form != note) {
                enter.execute([kind.word(), &form, &note])?;
            }
        }
    }
    tx.commit()
}

/// Matches at most [`AT_ONCE`] pieces behind a day and piece; gives the last it looked at. Where a key recurs, a case goes to
/// the piece that is nearest to it.
fn match_some(
    db: &mut Connection,
    spec: &EvidenceSpec,
    round: RoundId,
    (after_day, after): &(String, i64),
) -> rusqlite::Result<Option<(String, i64)>> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = "SELECT id, key, item, unit, day FROM evidence INDEXED BY evidence_unmatched
               WHERE case_id IS NULL AND list = ?1 AND (day, id) > (?2, ?3) ORDER BY day, id LIMIT ?4";
    let pieces: Vec<(i64, [String; 4])> = {
        let mut find = tx.prepare_cached(sql)?;
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]));
        find.query_map(params![spec.list, after_day, after, AT_ONCE], read)?.collect::<Result<_, _>>()?
    };
    // Of each case that carries the key the day nearest to the piece: that of the trace that carries it, or of any.
    const DAY: &str = "substr(t.occurred_at, 1, 10)";
    let cases = cases_by(spec.by);
    let find = format!(
        "SELECT m.id, m.day FROM (SELECT t.case_id AS id, {DAY} AS day, min(abs(julianday({DAY}) - julianday(?2))) AS far
                           FROM {cases} GROUP BY t.case_id) AS m
         WHERE m.far <= ?3 AND NOT EXISTS (SELECT 1 FROM evidence AS o WHERE o.list = ?4 AND o.key = ?1 AND o.id <> ?5
             AND abs(julianday(o.day) - julianday(m.day)) < m.far) ORDER BY m.far, m.id LIMIT 1"
    );
    let erased = marks::marks(&tx)?;
    for (id, [key, item, unit, day]) in &pieces {
        let form = if spec.exactly { key.clone() } else { plain(key) };
        // A note that was erased is found by its mark.
        let marks = erased.as_ref().filter(|_| spec.by != MatchBy::Number);
        let without_hyphen = joined(&form);
        let [as_it_is, spelled, named] =
            [key, &form, &without_hyphen].map(|text| marks.map(|marks| marks.of(text)));
        let number = params![key, day, spec.within_days, spec.list, id, form, !spec.exactly];
        let by_note = params![
            key,
            day,
            spec.within_days,
            spec.list,
            id,
            form,
            !spec.exactly,
            as_it_is,
            spelled,
            without_hyphen,
            named
        ];
        let values: &[&dyn rusqlite::ToSql] = if spec.by == MatchBy::Number { number } else { by_note };
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
        if let Some((case, on)) = tx.prepare_cached(&find)?.query_row(values, read).optional()? {
            tx.prepare_cached(
                "UPDATE evidence SET case_id = ?2, case_on = ?3, matched_round = ?4 WHERE id = ?1",
            )?
            .execute(params![id, case, on, round])?;
            count(&tx, [day, &spec.list, item, unit], 0, 1)?;
        }
    }
    tx.commit()?;
    Ok(pieces.into_iter().next_back().map(|(id, [.., day])| (day, id)))
}

/// The cases that carry a key, with each of their traces, or with that which carries it.
fn cases_by(by: MatchBy) -> String {
    match by {
        MatchBy::Number => "\"case\" AS c JOIN trace AS t ON t.case_id = c.id
             WHERE c.id IN (SELECT id FROM \"case\" WHERE source_id IN (SELECT id FROM source) AND number IN (?1, ?6)
                 UNION SELECT case_id FROM number_form WHERE ?7 AND source_id IN (SELECT id FROM source) AND form = ?6)
                 AND t.kind IS NOT NULL"
            .to_owned(),
        MatchBy::Note(kind) => {
            format!(
                "trace AS t WHERE t.kind = '{kind}' AND t.note IS NOT NULL AND t.note IN (SELECT ?1 UNION SELECT ?8 UNION SELECT ?6 WHERE ?7
                     UNION SELECT ?9 WHERE ?7
                     UNION SELECT note FROM note_form WHERE ?7 AND kind = '{kind}' AND form IN (?6, ?9, ?10, ?11))"
            )
        }
    }
}
