//! Sums by item that are kept as cases are judged, so that no measure has to go through all of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use super::super::intake::Intake;
use super::super::stored::parsed;
use super::super::{Ledger, LedgerError};
use crate::domain::case_file::{Counted, LaterRun, Marks};
use crate::domain::record::{Header, Meaning};

/// How a case has counted so far, from the columns of `case` behind `earlier`.
pub(in crate::edge::ledger) fn counted(row: &Row<'_>) -> rusqlite::Result<Counted> {
    let begun: Option<String> = row.get(10)?;
    let (ended_on, ended_as): (Option<String>, Option<String>) = (row.get(18)?, row.get(19)?);
    Ok(Counted {
        begun_on: begun.and_then(|day| day.parse().ok()), // What is no day was never counted on one.
        marks: Marks {
            required: row.get(11)?,
            present: row.get(12)?,
            traces: row.get(13)?,
            timed: row.get(14)?,
            timely: row.get(15)?,
            asked: row.get(16)?,
            filled: row.get(17)?,
        },
        later: Vec::new(),
        ended: ended_on.and_then(|day| day.parse().ok()).zip(ended_as.and_then(|kind| kind.parse().ok())),
    })
}

/// The numbers of a case, in the order of their columns.
pub(in crate::edge::ledger) fn numbers(marks: &Marks) -> [i64; 7] {
    let Marks { required, present, traces, timed, timely, asked, filled } = *marks;
    [required, present, traces, timed, timely, asked, filled].map(i64::from)
}

/// Whose a case is: the item, and the unit that has it where it is not that of the item.
type Whose<'f> = (&'f str, &'f str);

/// Ends of cases that are counted together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct EndOf<'f> {
    whose: Whose<'f>,
    day: NaiveDate,
    kind: Meaning,
}

/// What changes in the sums of the items, gathered over a batch of cases.
#[derive(Default)]
pub(in crate::edge::ledger) struct Changes<'f> {
    items: BTreeMap<&'f str, (i64, [i64; 7])>,
    days: BTreeMap<(Whose<'f>, NaiveDate), i64>,
    ends: BTreeMap<EndOf<'f>, i64>,
}

impl<'f> Changes<'f> {
    /// A case that counted in one way counts in another.
    pub fn note(&mut self, header: &'f Header, before: &Counted, after: &Counted) {
        if before == after {
            return;
        }
        let item = header.item.as_str();
        let whose = (item, header.unit.as_deref().unwrap_or_default());
        let (cases, sums) = self.items.entry(item).or_default();
        *cases += i64::from(after.begun_on.is_some()) - i64::from(before.begun_on.is_some());
        for (sum, (new, old)) in sums.iter_mut().zip(numbers(&after.marks).iter().zip(numbers(&before.marks)))
        {
            *sum += new - old;
        }
        for (counted, by) in [(before, -1), (after, 1)] {
            let ends = counted.later.iter().filter_map(|(_, ended)| *ended);
            for (day, kind) in ends.chain(counted.ended) {
                *self.ends.entry(EndOf { whose, day, kind }).or_default() += by;
            }
            for day in counted.later.iter().map(|(day, _)| *day).chain(counted.begun_on) {
                *self.days.entry((whose, day)).or_default() += by;
            }
        }
    }

    /// Enters them.
    pub fn enter(self, db: &Connection) -> rusqlite::Result<()> {
        let sql = "INSERT INTO item_count VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT DO UPDATE SET cases = cases + ?2, required = required + ?3, present = present + ?4,
                       traces = traces + ?5, timed = timed + ?6, timely = timely + ?7, asked = asked + ?8,
                       filled = filled + ?9";
        for (item, (cases, [required, present, traces, timed, timely, asked, filled])) in self.items {
            let row = params![item, cases, required, present, traces, timed, timely, asked, filled];
            db.prepare_cached(sql)?.execute(row)?;
        }
        let sql = "INSERT INTO item_day VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET cases = cases + ?4";
        for (((item, unit), day), by) in self.days.into_iter().filter(|(_, by)| *by != 0) {
            db.prepare_cached(sql)?.execute(params![item, unit, day.to_string(), by])?;
        }
        let sql =
            "INSERT INTO item_end VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET cases = cases + ?5";
        for (EndOf { whose: (item, unit), day, kind }, by) in self.ends.into_iter().filter(|(_, by)| *by != 0)
        {
            db.prepare_cached(sql)?.execute(params![item, unit, day.to_string(), kind.to_string(), by])?;
        }
        Ok(())
    }
}

/// Keeps the runs of a case after the first.
pub(in crate::edge::ledger) fn keep_later(
    db: &Connection,
    case: i64,
    later: &[LaterRun],
) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM later_run WHERE case_id = ?1")?.execute([case])?;
    let sql =
        "INSERT INTO later_run (case_id, run, begun_on, ended_on, ended_as) VALUES (?1, ?2, ?3, ?4, ?5)";
    for (run, (begun, ended)) in (2_i64..).zip(later) {
        let (day, kind) = (ended.map(|(day, _)| day.to_string()), ended.map(|(_, kind)| kind.to_string()));
        db.prepare_cached(sql)?.execute(params![case, run, begun.to_string(), day, kind])?;
    }
    Ok(())
}

impl Ledger {
    /// The runs of a case after the first, as they were last counted.
    pub(in crate::edge::ledger) fn later_runs(&self, case: i64) -> Result<Vec<LaterRun>, LedgerError> {
        let sql = "SELECT begun_on, ended_on, ended_as FROM later_run WHERE case_id = ?1 ORDER BY run";
        let rows = self.list("read the runs of a case", sql, [case], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?, row.get::<_, Option<String>>(2)?))
        })?;
        let run = |(begun, day, kind): (String, Option<String>, Option<String>)| {
            let day = day.map(|day| parsed("a day", &day)).transpose()?;
            let kind = kind.map(|kind| parsed("how a case ended", &kind)).transpose()?;
            Ok((parsed("a day", &begun)?, day.zip(kind)))
        };
        rows.into_iter().map(run).collect()
    }
}

impl Intake<'_> {
    /// A case turns out to be another item's or unit's: it no longer counts for the one before, and is counted anew when judged.
    pub(in crate::edge::ledger) fn uncount(&self, case: i64) -> rusqlite::Result<()> {
        let sums = "UPDATE item_count AS i SET cases = i.cases - (c.first_on IS NOT NULL), required = i.required - c.required,
                        present = i.present - c.present, traces = i.traces - c.traces, timed = i.timed - c.timed,
                        timely = i.timely - c.timely, asked = i.asked - c.asked, filled = i.filled - c.filled
                    FROM \"case\" AS c WHERE c.id = ?1 AND i.item = c.item";
        let day = "UPDATE item_day AS d SET cases = d.cases - 1 FROM \"case\" AS c
                   WHERE c.id = ?1 AND d.item = c.item AND d.unit = coalesce(c.unit, '') AND d.day = c.first_on";
        let end = "UPDATE item_end AS d SET cases = d.cases - 1 FROM \"case\" AS c
                   WHERE c.id = ?1 AND d.item = c.item AND d.unit = coalesce(c.unit, '') AND d.day = c.ended_on
                       AND d.kind = c.ended_as";
        // Of its later runs one goes after the other, as several may have begun or ended on one day.
        let later_days = "UPDATE item_day AS d SET cases = d.cases - n FROM (SELECT c.item, coalesce(c.unit, '') AS unit, r.begun_on AS day,
                              count(*) AS n FROM later_run AS r JOIN \"case\" AS c ON c.id = r.case_id
                              WHERE c.id = ?1 GROUP BY 1, 2, 3) AS l
                          WHERE d.item = l.item AND d.unit = l.unit AND d.day = l.day";
        let later_ends = "UPDATE item_end AS d SET cases = d.cases - n FROM (SELECT c.item, coalesce(c.unit, '') AS unit, r.ended_on AS day,
                              r.ended_as AS kind, count(*) AS n FROM later_run AS r JOIN \"case\" AS c ON c.id = r.case_id
                              WHERE c.id = ?1 AND r.ended_on IS NOT NULL GROUP BY 1, 2, 3, 4) AS l
                          WHERE d.item = l.item AND d.unit = l.unit AND d.day = l.day AND d.kind = l.kind";
        let later = "DELETE FROM later_run WHERE case_id = ?1";
        let case_itself =
            "UPDATE \"case\" SET first_on = NULL, ended_on = NULL, ended_as = NULL, required = 0, present = 0, traces = 0, timed = 0,
                               timely = 0, asked = 0, filled = 0 WHERE id = ?1";
        for sql in [sums, day, end, later_days, later_ends, later, case_itself] {
            self.statement(sql)?.execute([case])?;
        }
        Ok(())
    }
}
