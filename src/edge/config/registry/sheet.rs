//! One CSV file of the registry: headers in English or Chinese, UTF-8 or GB18030, any order of columns.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use encoding_rs::GB18030;

use super::super::problems::Problems;
use crate::domain::text::{Fault, Text, say};
use crate::edge::operator;

/// A column: its name in English, and its names in Chinese.
pub(super) type Column = (&'static str, &'static [&'static str]);

/// A file of the registry, read and split into cells.
pub(super) struct Sheet<'p> {
    path: PathBuf,
    columns: &'static [Column],
    /// For each of `columns` the place in the file.
    places: Vec<Option<usize>>,
    rows: Vec<(usize, csv::StringRecord)>,
    problems: &'p RefCell<Problems>,
}

/// A row, with its line.
#[derive(Clone, Copy)]
pub(super) struct Row<'s> {
    sheet: &'s Sheet<'s>,
    /// Line of the file, from 1.
    pub(super) line: usize,
    cells: &'s csv::StringRecord,
}

impl<'p> Sheet<'p> {
    /// Reads a file; what keeps it from being read at all is a mistake.
    pub(super) fn open(
        path: &Path,
        columns: &'static [Column],
        problems: &'p RefCell<Problems>,
    ) -> Option<Self> {
        let wrong =
            |line, column: &str, message: Text| problems.borrow_mut().add(path, line, column, message);
        let bytes = problems.borrow().files.read(path);
        let bytes = bytes
            .map_err(|error| wrong(None, "", say!("config-unread", why = operator::why(&error))))
            .ok()?;
        let text = decode(&bytes).map_err(|line| {
            wrong(Some(line), "", say!("config-no_text"));
        });
        let text = text.ok()?;
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers = reader
            .headers()
            .map_err(|error| wrong(Some(1), "", say!("config-no_csv", words = error.to_string())))
            .ok()?
            .clone();
        let named = |column: &Column, header: &str| column.0 == header || column.1.contains(&header);
        let places =
            columns.iter().map(|column| headers.iter().position(|header| named(column, header))).collect();
        for (at, header) in headers.iter().enumerate() {
            if !columns.iter().any(|column| named(column, header)) {
                wrong(Some(1), header, say!("config-unknown_column"));
                problems.borrow_mut().only_a_warning();
            } else if headers
                .iter()
                .take(at)
                .any(|earlier| columns.iter().any(|column| named(column, header) && named(column, earlier)))
            {
                wrong(Some(1), header, say!("config-column_twice"));
            }
        }
        let mut rows = Vec::new();
        let mut line_of = Lines::new(&text);
        for record in reader.into_records() {
            match record {
                Ok(cells) => {
                    let offset = cells.position().map_or(0, |position| position.byte());
                    let line = line_of.at(offset as usize);
                    if cells.len() != headers.len() {
                        let (cells, columns) = (cells.len(), headers.len());
                        wrong(Some(line), "", say!("config-cells", cells, columns));
                    } else if cells.iter().any(|cell| !cell.is_empty()) {
                        rows.push((line, cells));
                    }
                }
                Err(error) => wrong(None, "", say!("config-no_csv", words = error.to_string())),
            }
        }
        Some(Self { path: path.to_owned(), columns, places, rows, problems })
    }

    /// The rows in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { sheet: self, line: *line, cells })
    }

    /// Adds a mistake of no row in particular.
    pub(super) fn wrong(&self, column: &str, message: impl Into<Fault>) {
        self.problems.borrow_mut().add(&self.path, None, column, message);
    }
}

impl Row<'_> {
    /// The cell of a column; `None` if it is empty or the file has no such column.
    pub(super) fn cell(&self, name: &'static str) -> Option<&str> {
        let at = self.sheet.columns.iter().position(|column| column.0 == name)?;
        let place = self.sheet.places.get(at).copied().flatten()?;
        self.cells.get(place).filter(|cell| !cell.is_empty())
    }

    /// The cell of a column that must be filled.
    pub(super) fn required(&self, name: &'static str) -> Option<&str> {
        let cell = self.cell(name);
        if cell.is_none() {
            self.wrong(name, say!("config-fill_in"));
        }
        cell
    }

    /// What a cell stands for, if it is filled.
    pub(super) fn parsed<T: FromStr>(&self, name: &'static str) -> Option<T>
    where
        Text: From<T::Err>,
    {
        let cell = self.cell(name)?;
        cell.parse().map_err(|error: T::Err| self.wrong(name, Text::from(error))).ok()
    }

    /// What a cell stands for that must be filled.
    pub(super) fn needed<T: FromStr>(&self, name: &'static str) -> Option<T>
    where
        Text: From<T::Err>,
    {
        self.required(name)?;
        self.parsed(name)
    }

    /// Adds a mistake in a column of this row; the column is named as the file names it, with its English name.
    pub(super) fn wrong(&self, name: &str, message: impl Into<Fault>) {
        let chinese =
            self.sheet.columns.iter().find(|column| column.0 == name).and_then(|column| column.1.first());
        let key = chinese.map_or_else(|| name.to_owned(), |chinese| format!("{name} ({chinese})"));
        self.sheet.problems.borrow_mut().add(&self.sheet.path, Some(self.line), key, message);
    }

    /// Adds a warning in a column of this row.
    pub(super) fn warn(&self, name: &str, message: impl Into<Fault>) {
        self.wrong(name, message);
        self.sheet.problems.borrow_mut().only_a_warning();
    }
}

/// Text of a file in UTF-8 (with or without a mark) or GB18030; else the line with the first bytes that are neither.
fn decode(bytes: &[u8]) -> Result<String, usize> {
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    let error = match std::str::from_utf8(plain) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    let chinese = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    chinese
        .map(|text| text.into_owned())
        .ok_or_else(|| plain[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1)
}

/// Line numbers of growing byte offsets.
struct Lines<'t> {
    text: &'t str,
    offset: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, offset: 0, line: 1 }
    }

    fn at(&mut self, offset: usize) -> usize {
        let end = offset.min(self.text.len()).max(self.offset);
        let between = &self.text.as_bytes()[self.offset..end];
        self.line += between.iter().filter(|byte| **byte == b'\n').count();
        self.offset = end;
        self.line
    }
}
