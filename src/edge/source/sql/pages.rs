//! A table that is read in the order of its key, page by page or view by view; and whether on the way nothing was left out and nothing
//! came twice.

use super::super::SourceError;
use super::fault::Fault;
use super::pass::Pass;
use super::session::{Came, Found, KeyColumn, PAGE};
use super::taking::Taking;

/// Values of a key as they came; `None`: NULL.
type Values = [Option<Vec<u8>>];

impl Pass<'_> {
    /// Reads everything, in the order of the key where there is one: a view of the database that was held for as long as it may be is
    /// let go, and another one goes on behind the last row.
    pub(super) fn all(
        &mut self,
        select: &str,
        found: &Found,
        taking: &mut Taking<'_, '_, '_>,
    ) -> Result<(), SourceError> {
        let (key, limit) = (&found.key, self.session.page_limit().filter(|_| !found.key.is_empty()));
        let (order, end) = (order_by(key), limit.as_deref().unwrap_or_default());
        let (mut last, mut one_view): (Option<Vec<String>>, bool) = (None, true);
        loop {
            let behind = last.as_ref().map(|last| format!(" where {}", self.session.behind(key, last)));
            let sql = format!("{select}{}{order}{end}", behind.unwrap_or_default());
            let before = taking.reader.position;
            taking.first.clear();
            let came = self.session.read(&sql, taking).map_err(|error| self.of_read(error))?;
            let rows = taking.reader.position - before;
            if let Some(last) = last.as_ref().filter(|_| rows > 0) {
                self.comes_behind(found, last, &taking.first)?;
            }
            let full = limit.is_some() && rows == PAGE as u64;
            if came == Came::Through && (!full || taking.batches.stopped) {
                let in_pages = last.is_some() && limit.is_some() && !taking.batches.stopped;
                return if in_pages && one_view && found.steady {
                    self.is_complete(found, taking.reader.position)
                } else {
                    Ok(())
                };
            }
            if key.is_empty() {
                return Err(self.held_too_long());
            }
            let held = full && self.session.held_too_long().map_err(|error| self.of_read(error))?;
            last = Some(self.literals(key, &taking.last)?);
            if came == Came::ToTheBound || held {
                one_view = false;
                self.session.begin().map_err(|error| self.of_read(error))?;
            }
        }
    }

    fn literals(&self, key: &[KeyColumn], values: &Values) -> Result<Vec<String>, SourceError> {
        let literal = |(column, value): (&KeyColumn, &Option<Vec<u8>>)| {
            self.session.key_literal(column, value.as_deref()?)
        };
        let literals: Option<Vec<String>> = key.iter().zip(values).map(literal).collect();
        let whole = literals.filter(|literals| literals.len() == key.len());
        whole.ok_or_else(|| self.of_read(self.session.error(Fault::Disordered)))
    }

    /// The server itself says whether the first row of a page comes behind the last one of the page before, in the order in which it
    /// gives its rows: where it compares them otherwise, rows come twice.
    fn comes_behind(&mut self, found: &Found, last: &[String], first: &Values) -> Result<(), SourceError> {
        let key = &found.key;
        let first = self.literals(key, first)?;
        let is = |row: &[String]| {
            let same = key.iter().zip(row).map(|(key, value)| format!("{} = {value}", key.column));
            same.collect::<Vec<_>>().join(" and ")
        };
        let (is_first, is_last, order) = (is(&first), is(last), order_by(key));
        let sql = format!(
            "select case when {is_first} then 1 else 0 end from {} where ({is_last}) or ({is_first}){order}",
            found.sql
        );
        let rows = self.session.ask(&sql).map_err(|error| self.of_read(error))?;
        let is_first = |row: &Vec<Option<String>>| row.first().and_then(Option::as_deref) == Some("1");
        let goes_back = last == first || rows.len() > 1 && rows.first().is_some_and(is_first);
        if goes_back { Err(self.of_read(self.session.error(Fault::Disordered))) } else { Ok(()) }
    }

    /// Whether all rows came that are there in the view in which they were read.
    fn is_complete(&mut self, found: &Found, came: u64) -> Result<(), SourceError> {
        let counted = self.session.ask(&format!("select count(*) from {}", found.sql));
        let counted = counted.map_err(|error| self.of_read(error))?;
        let there = counted.first().and_then(|row| row.first()?.as_ref()?.parse().ok());
        match there {
            Some(there) if there != came => {
                Err(self.of_read(self.session.error(Fault::Miscounted { came, there })))
            }
            _ => Ok(()),
        }
    }
}

fn order_by(key: &[KeyColumn]) -> String {
    let columns: Vec<&str> = key.iter().map(|it| it.column.as_str()).collect();
    if columns.is_empty() { String::new() } else { format!(" order by {}", columns.join(", ")) }
}

#[cfg(test)]
mod tests;
