//! Whose a row is: the number of its case, its codes, and the unit that no column gives.

use std::borrow::Cow;

use super::super::number::{is_damaged, is_no_value, unwrapped};
use super::super::spot::Spot;
use super::super::value::{Row, Value, quoted, whole};
use super::seen::Fault;
use super::{Bound, KEPT};
use crate::domain::text::say;

/// From here on not every whole number is one of floating point: its last digits may be lost.
const WHOLE: f64 = 1e15;

impl Bound {
    /// The number of the row's case, its parts joined by `/`.
    pub(super) fn case_number<R: Row + ?Sized>(&self, row: &R) -> Result<String, Fault> {
        let [column] = self.case[..] else {
            let parts: Vec<String> =
                self.case.iter().map(|column| self.number(row, *column)).collect::<Result<_, _>>()?;
            // A slash inside a part must not make two numbers alike.
            let parts: Vec<String> =
                parts.iter().map(|part| part.replace('\\', "\\\\").replace('/', "\\/")).collect();
            return self.bearable(self.case[0], parts.join("/"));
        };
        let number = self.number(row, column)?;
        self.bearable(column, number)
    }

    fn number<R: Row + ?Sized>(&self, row: &R, column: usize) -> Result<String, Fault> {
        let cell = row.cell(column);
        let text = self.bare(row, column)?;
        if text.is_empty() || self.nothing[column].is(cell) {
            let wrong = if self.evidence { say!("cell-no_key_value") } else { say!("cell-no_number") };
            return Err((column, wrong.into()));
        }
        let fraction = || say!("cell-fraction_number", text = quoted(&text));
        let wrong = match cell {
            _ if is_no_value(&text) => say!("cell-no_value", text = quoted(&text)),
            _ if is_damaged(&text) => say!("cell-damaged_number"),
            Value::Real(number) if number.abs() >= WHOLE => say!("cell-damaged_number"),
            Value::Real(number) if number.fract() != 0.0 => fraction(),
            Value::Decimal(number) if whole(number).is_none() => fraction(),
            Value::Single(_) => say!("cell-single_number"),
            _ => return Ok(text.into_owned()),
        };
        Err((column, wrong.into()))
    }

    fn bearable(&self, column: usize, number: String) -> Result<String, Fault> {
        if number.len() <= KEPT {
            return Ok(number);
        }
        Err((column, say!("cell-long_number", most = KEPT).into()))
    }

    /// A number or code without what a spreadsheet put around it, or a column's decimals behind it.
    pub(super) fn bare<'r, R: Row + ?Sized>(&self, row: &'r R, column: usize) -> Result<Cow<'r, str>, Fault> {
        let cell = row.cell(column);
        if let Value::Decimal(number) = cell {
            return Ok(Cow::Borrowed(whole(number).unwrap_or(number)));
        }
        Ok(match cell.text().map_err(|why| (column, why.into()))? {
            Cow::Borrowed(text) => Cow::Borrowed(unwrapped(text)),
            Cow::Owned(text) => Cow::Owned(text),
        })
    }

    /// A part of a row's key. Rows whose keys may be written alike have none.
    pub(super) fn part_of_key<'r, R: Row + ?Sized>(
        &self,
        row: &'r R,
        column: usize,
    ) -> Result<Cow<'r, str>, Fault> {
        match row.cell(column) {
            Value::Single(_) => Err((column, say!("cell-single_number").into())),
            Value::Real(number) if number.abs() >= WHOLE => Err((column, say!("cell-damaged_number").into())),
            _ => self.bare(row, column),
        }
    }

    /// A code, `None` where nothing stands.
    pub(super) fn code<R: Row + ?Sized>(&self, row: &R, column: usize) -> Result<Option<String>, Fault> {
        let text = self.kept(row, Some(column))?;
        Ok(text.map(|text| unwrapped(&text).to_owned()).filter(|text| !text.is_empty()))
    }

    /// The unit of a row that names none.
    pub(super) fn unit_beside(&self, spot: Spot<'_>) -> Option<String> {
        let in_name = match (&self.of_case.unit_in_name, spot) {
            (
                Some(pattern),
                Spot::Line { file, .. } | Spot::Sheet { file, .. } | Spot::Event { file, .. },
            ) => pattern.unit(file).map(str::to_owned),
            _ => None,
        };
        in_name.or_else(|| self.of_case.unit.clone())
    }
}
