//! Single cells of a row: texts, times, codes, lengths.

use chrono::NaiveDate;

use super::super::bind::TraceCells;
use super::super::mapping::KindSpec;
use super::super::number::unwrapped;
use super::super::value::{Row, Value, cut, quoted};
use super::super::wrong::Wrong;
use super::super::{Amount, Meaning, Outcome};
use super::seen::{Fault, Seen};
use super::{Bound, KEPT};
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::text::say;

/// Longest length that a bare number gives.
const LONGEST: u32 = 9999;

/// The first day on which a number that counts from 1970 is believed: before it lies what is in another unit, as seconds that are taken
/// for milliseconds.
const BELIEVED: NaiveDate = NaiveDate::from_ymd_opt(1970, 2, 1).expect("it exists");

/// A cell without what a spreadsheet put around it (`="…"`, a leading apostrophe), for whoever reads a time, a length or a code.
fn bare(cell: Value<'_>) -> Value<'_> {
    match cell {
        Value::Text(text) => Value::Text(unwrapped(text.trim())),
        other => other,
    }
}

impl Bound {
    /// A text, `None` where nothing stands.
    pub(super) fn text<R: Row + ?Sized>(&self, row: &R, column: usize) -> Result<Option<String>, Fault> {
        let cell = row.cell(column);
        if self.nothing[column].is(cell) {
            return Ok(None);
        }
        let text = cell.text().map_err(|why| (column, why.into()))?;
        Ok(Some(text.into_owned()))
    }

    /// Text that is kept, cut to a bearable length.
    pub(super) fn kept<R: Row + ?Sized>(
        &self,
        row: &R,
        column: Option<usize>,
    ) -> Result<Option<String>, Fault> {
        let Some(column) = column else { return Ok(None) };
        let text = self.text(row, column)?;
        Ok(text.map(|text| if text.len() > KEPT { cut(&text, KEPT).to_owned() } else { text }))
    }

    /// Text that people read and nothing is judged by: where it is garbled, what can be read of it is kept.
    pub(super) fn readable<R: Row + ?Sized>(
        &self,
        row: &R,
        column: Option<usize>,
        seen: &mut Seen,
    ) -> Result<Option<String>, Fault> {
        let Some(at) = column else { return Ok(None) };
        let Value::Garbled(text) = row.cell(at) else { return self.kept(row, column) };
        if !seen.garbled.contains(&at) {
            seen.garbled.push(at);
        }
        Ok(Some(cut(text.trim(), KEPT).to_owned()))
    }

    /// A time, `None` where nothing stands or a date that stands for it.
    pub(super) fn moment<R: Row + ?Sized>(
        &self,
        row: &R,
        column: usize,
        seen: &mut Seen,
    ) -> Result<Option<Moment>, Fault> {
        let (cell, nothing) = (bare(row.cell(column)), &self.nothing[column]);
        if let Some(word) = nothing.date_in(cell) {
            seen.nothing.push((column, word.to_owned()));
            return Ok(None);
        }
        if nothing.is(cell) {
            return Ok(None);
        }
        let (written, unread) = match self.times.written(cell) {
            Ok((written, position)) if self.times.is_epoch(position) && written.date < BELIEVED => {
                let text = quoted(&cell.text().unwrap_or_default());
                (Some(written), Some(say!("cell-other_unit", text)))
            }
            Ok((written, _)) => (Some(written), None),
            Err(unread) => (unread.beyond, Some(unread.why)),
        };
        if let Some(written) = written {
            let moment = match self.zones.get(&column) {
                Some(zone) => self.times.place_from(written, *zone),
                None => self.times.place(written),
            };
            let local = || nothing.local(moment.at().naive_local()).filter(|_| written.time.is_some());
            if let Some(word) = nothing.time(written.date, written.time).or_else(local) {
                seen.nothing.push((column, word.to_owned()));
                return Ok(None);
            }
            if unread.is_none() {
                return Ok(Some(moment));
            }
        }
        Err((column, unread.unwrap_or_default().into()))
    }

    /// A time to the second: only what happened is told apart by less.
    pub(super) fn second<R: Row + ?Sized>(
        &self,
        row: &R,
        column: usize,
        seen: &mut Seen,
    ) -> Result<Option<Moment>, Fault> {
        Ok(self.moment(row, column, seen)?.map(|at| at.to_the_second()))
    }

    /// The kind of the row's trace; `None` for a code that stands for no trace. A code that is missing where
    /// no time stands either is no code at all; one that is unknown is never passed over.
    pub(super) fn meaning<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
        occurred: Option<Moment>,
    ) -> Result<Option<Meaning>, Fault> {
        let (codes, otherwise) = match &cells.kind {
            KindSpec::Always(kind) => return Ok(Some(*kind)),
            KindSpec::Coded { codes, otherwise, .. } => (codes, otherwise),
        };
        let cell = row.cell(cells.code);
        let code = cell.text().map_err(|why| (cells.code, why.into()))?;
        // A code may be written as nothing is elsewhere.
        if let Some(known) = codes.get(code.as_ref()).or_else(|| codes.get(unwrapped(&code))) {
            return Ok(*known);
        }
        let missing = self.nothing[cells.code].is(bare(cell));
        match otherwise {
            Some(kind) => Ok(Some(*kind)),
            None if missing && occurred.is_none() => Ok(None),
            None => match codes.get("").filter(|_| missing) {
                Some(known) => Ok(*known),
                None => Err((cells.code, Wrong::unknown_code(&code))),
            },
        }
    }

    /// Whether no code stands where one says what happened.
    pub(super) fn is_code_missing<R: Row + ?Sized>(&self, cells: &TraceCells, row: &R) -> bool {
        let cell = row.cell(cells.code);
        match &cells.kind {
            KindSpec::Always(_) => false,
            KindSpec::Coded { codes, .. } => {
                self.nothing[cells.code].is(bare(cell))
                    && cell.text().is_ok_and(|code| !codes.contains_key(code.as_ref()))
            }
        }
    }

    /// How the matter was decided, by the row's own column: by its codes, else by the words of an outcome.
    pub(super) fn outcome<R: Row + ?Sized>(
        &self,
        cells: &TraceCells,
        row: &R,
    ) -> Result<Option<Outcome>, Fault> {
        let Some((column, codes)) = &cells.outcome else { return Ok(None) };
        let cell = row.cell(*column);
        let code = cell.text().map_err(|why| (*column, why.into()))?;
        match codes.get(code.as_ref()).or_else(|| codes.get(unwrapped(&code))) {
            Some(known) => Ok(*known),
            None if self.nothing[*column].is(bare(cell)) => Ok(None),
            None => unwrapped(&code).parse().map(Some).map_err(|_| (*column, Wrong::unknown_outcome(&code))),
        }
    }

    /// A length: with its unit, or a bare number.
    pub(super) fn amount<R: Row + ?Sized>(&self, row: &R, column: usize) -> Result<Option<Amount>, Fault> {
        let Some(text) = self.text(row, column)? else { return Ok(None) };
        let text = unwrapped(&text);
        if text.is_empty() {
            return Ok(None);
        }
        if let Ok(number) = text.parse::<u32>()
            && number <= LONGEST
        {
            return Ok(Some(Amount::Bare(number)));
        }
        match text.parse::<Limit>() {
            Ok(limit @ (Limit::Span { .. } | Limit::SameDay)) => Ok(Some(Amount::Limit(limit))),
            _ => {
                let wrong = say!("cell-no_length", text = quoted(text), most = LONGEST);
                Err((column, wrong.into()))
            }
        }
    }
}
