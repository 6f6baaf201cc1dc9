//! Case numbers that run on: kept as cases enter, looked through for gaps once a day.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use rusqlite::{Connection, params};

use super::super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::now::Now;
use crate::domain::stock::Sequence;

/// A number behind must have been seen so long ago for one before it to be missing.
const SETTLED: TimeDelta = TimeDelta::days(7);
/// Missing numbers that are named.
const NAMED: usize = 5;

/// What of a sequence entered.
struct Span {
    lowest: u64,
    highest: u64,
    cases: u64,
}

/// A case number, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Split<'n> {
    /// What stands before its last digits.
    prefix: &'n str,
    /// How many they are.
    width: u8,
    number: u64,
}

/// The numbers of cases that entered, by what stands before their digits and how many digits there are.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<(String, u8), Span>);

fn split(number: &str) -> Option<Split<'_>> {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(3..=18).contains(&digits) {
        return None;
    }
    let (prefix, digits) = number.split_at(number.len() - digits);
    Some(Split { prefix, width: u8::try_from(digits.len()).ok()?, number: digits.parse().ok()? })
}

impl Numbers {
    /// A case entered.
    pub fn note(&mut self, number: &str) {
        let Some(Split { prefix, width, number }) = split(number) else { return };
        let none = Span { lowest: number, highest: number, cases: 0 };
        let span = self.0.entry((prefix.to_owned(), width)).or_insert(none);
        (span.lowest, span.highest) = (span.lowest.min(number), span.highest.max(number));
        span.cases += 1;
    }

    /// Enters them, once a batch. What fills a gap, or lies before all, has the numbers looked through anew.
    pub fn enter(self, db: &Connection, source: i64) -> rusqlite::Result<()> {
        let sql = "INSERT INTO sequence (source_id, prefix, width, lowest, highest, cases) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                   ON CONFLICT DO UPDATE SET lowest = min(lowest, excluded.lowest),
                       highest = max(highest, excluded.highest), cases = cases + excluded.cases,
                       settled = iif(excluded.lowest <= settled, NULL, settled)";
        for ((prefix, width), Span { lowest, highest, cases }) in self.0 {
            let [lowest, highest, cases] = [lowest, highest, cases].map(|it| it as i64);
            db.prepare_cached(sql)?.execute(params![source, prefix, width, lowest, highest, cases])?;
        }
        Ok(())
    }
}

impl Ledger {
    /// The sequences that have gaps and yet run on: with half of their numbers missing they are none. What was looked through
    /// before and has settled is not looked through again.
    pub(in crate::edge::ledger) fn sequences(&self, now: &Now) -> Result<Vec<Sequence>, LedgerError> {
        let settled = (now.instant - SETTLED).to_rfc3339();
        let sql = "SELECT max(id) FROM round WHERE julianday(started_at) <= julianday(?1)";
        let round: Option<RoundId> = self
            .list("find the round of a week ago", sql, [settled], |row| row.get(0))?
            .into_iter()
            .next()
            .flatten();
        let Some(round) = round else { return Ok(Vec::new()) };
        let sql = "SELECT source_id, prefix, width, lowest, settled, missing, examples FROM sequence
                   WHERE cases < highest - lowest + 1 AND cases * 2 > highest - lowest + 1 ORDER BY source_id, prefix, width";
        let runs = self.list("read how case numbers run", sql, [], |row| {
            let settled = row.get::<_, Option<i64>>(4)?.map(|settled| settled as u64);
            let examples: String = row.get(6)?;
            Ok(Numbered {
                source: row.get(0)?,
                prefix: row.get(1)?,
                width: row.get(2)?,
                lowest: row.get::<_, i64>(3)? as u64,
                settled,
                missing: if settled.is_some() { row.get::<_, i64>(5)? as u64 } else { 0 },
                examples: examples.split(' ').filter_map(|number| number.parse().ok()).collect(),
            })
        })?;
        runs.into_iter().filter_map(|run| self.gaps(run, round).transpose()).collect()
    }

    /// Looks through the numbers behind the last that was settled.
    fn gaps(&self, mut run: Numbered, round: RoundId) -> Result<Option<Sequence>, LedgerError> {
        let fail = cannot("look for gaps in case numbers");
        let (prefix, width) = (run.prefix.clone(), run.width);
        let written = |number: u64| format!("{prefix}{number:0width$}");
        let sql =
            "SELECT number, first_round <= ?4 FROM \"case\" WHERE source_id = ?1 AND number BETWEEN ?2 AND ?3
                   ORDER BY number";
        let before = run.settled;
        let mut next = before.map_or(run.lowest, |settled| settled + 1);
        if before.is_none() {
            run.examples.clear();
        }
        let last = format!("{prefix}{}", "9".repeat(width));
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query(params![run.source, written(next), last, round]).map_err(&fail)?;
        // What is missing behind the last number that is settled is only noted, and counts with the next that is.
        let (mut waiting, mut waiting_examples) = (0, Vec::new());
        while let Some(row) = rows.next().map_err(&fail)? {
            let number: String = row.get(0).map_err(&fail)?;
            let Some(Split { prefix: before, width: digits, number: value }) = split(&number) else {
                continue;
            };
            if before != prefix || usize::from(digits) != width || value < next {
                continue; // Another sequence's number, between ours in the order of text.
            }
            waiting += value - next;
            waiting_examples.extend((next..value).take(NAMED - waiting_examples.len().min(NAMED)));
            next = value + 1;
            if row.get(1).map_err(&fail)? {
                run.missing += std::mem::take(&mut waiting);
                run.examples.append(&mut waiting_examples);
                run.settled = Some(value);
            }
        }
        run.examples.truncate(NAMED);
        let Some(settled) = run.settled else { return Ok(None) };
        if run.settled != before {
            let examples = run.examples.iter().map(u64::to_string).collect::<Vec<_>>().join(" ");
            let sql = "UPDATE sequence SET settled = ?4, missing = ?5, examples = ?6
                       WHERE source_id = ?1 AND prefix = ?2 AND width = ?3";
            let values = params![run.source, prefix, width, settled as i64, run.missing as i64, examples];
            self.db.prepare_cached(sql).and_then(|mut write| write.execute(values)).map_err(&fail)?;
        }
        Ok(Some(Sequence {
            pattern: format!("{prefix}{}", "#".repeat(width)),
            from: written(run.lowest),
            to: written(settled),
            all: settled - run.lowest + 1,
            missing: run.missing,
            examples: run.examples.iter().copied().map(written).collect(),
        }))
    }
}

/// A sequence as it is kept.
struct Numbered {
    source: i64,
    prefix: String,
    width: usize,
    lowest: u64,
    /// The number up to which it was looked through.
    settled: Option<u64>,
    /// How many were missing until there.
    missing: u64,
    /// The first of these.
    examples: Vec<u64>,
}

#[cfg(test)]
mod tests {
    use super::{Split, split};

    #[test]
    fn a_number_is_what_stands_before_its_digits_and_they() {
        assert_eq!(split("2011-004562"), Some(Split { prefix: "2011-", width: 6, number: 4562 }));
        assert_eq!(split("施许20110001"), Some(Split { prefix: "施许", width: 8, number: 20_110_001 }));
        assert_eq!(split("A-1"), None, "too few to run on");
        assert_eq!(split("12345678901234567890123"), None, "too many for a number");
        assert_eq!(split("B"), None);
    }
}
