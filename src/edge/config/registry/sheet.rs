//! One CSV file of the registry: headers in English or Chinese, UTF-8 or GB18030, any order of columns.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::super::problems::Problems;
use super::header::{Column, Columns, HeaderFault, understood, usual_name};
use super::plain_text::{Lines, decode};
use crate::domain::text::{Fault, Text, nearest, say};
use crate::edge::operator;

/// What a file of the registry declares, by its code, as far as it could be read.
pub(super) struct Declared<'d, T> {
    pub all: &'d BTreeMap<String, T>,
    /// The file could be read: what is not among them is not declared.
    pub whole: bool,
}

impl<T> Declared<'_, T> {
    /// That a code is not declared, with the nearest that is.
    pub(super) fn lacks(&self, code: &str, what: Text) -> Option<Text> {
        let lacks = self.whole && !self.all.contains_key(code);
        lacks.then(|| match nearest(code, self.all.keys().map(String::as_str)) {
            Some(known) => say!("config-hinted", what, hint = say!("config-meant", known)),
            None => what,
        })
    }
}

/// A file of the registry, read and split into cells.
pub(super) struct Sheet<'p> {
    path: PathBuf,
    columns: &'static [Column],
    headers: csv::StringRecord,
    /// For each of `columns` the place in the file.
    places: Vec<Option<usize>>,
    /// No column is missing that every row needs, which would have been told of the header.
    pub(super) whole: bool,
    /// English names of columns that stand there under a misspelt name, which was told of the header.
    misspelt: Vec<&'static str>,
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
    pub(super) fn open(path: &Path, columns: Columns, problems: &'p RefCell<Problems>) -> Option<Self> {
        let wrong =
            |line, column: &str, message: Text| problems.borrow_mut().add(path, line, column, message);
        let bytes = problems.borrow().files.read(path);
        let bytes = bytes
            .map_err(|error| wrong(None, "", say!("config-unread", why = operator::why(&error))))
            .ok()?;
        let text = decode(&bytes).map_err(|(line, what)| wrong(line, "", what)).ok()?;
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers = reader
            .headers()
            .map_err(|error| wrong(Some(1), "", say!("config-no_csv", words = error.to_string())))
            .ok()?
            .clone();
        let mut line_of = Lines::new(&text);
        let line = line_of.at(headers.position().map_or(0, |position| position.byte()) as usize);
        let header = understood(&columns, &headers);
        for HeaderFault { column, message, is_warning } in header.faults {
            wrong(Some(line), &column, message);
            if is_warning {
                problems.borrow_mut().only_a_warning();
            }
        }
        let mut rows = Vec::new();
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
        let (path, columns) = (path.to_owned(), columns.all);
        let (places, whole, misspelt) = (header.places, header.whole, header.misspelt);
        Some(Self { path, columns, headers, places, whole, misspelt, rows, problems })
    }

    /// The rows in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { sheet: self, line: *line, cells })
    }

    /// Adds a mistake of no row in particular.
    pub(super) fn wrong(&self, column: &str, message: impl Into<Fault>) {
        self.problems.borrow_mut().add(&self.path, None, self.name(column), message);
    }

    /// What a column is called in the file, or would be.
    fn name(&self, column: &str) -> &str {
        let Some(at) = self.columns.iter().position(|it| it.0 == column) else { return "" };
        let own = self.places[at].and_then(|place| self.headers.get(place));
        own.unwrap_or_else(|| usual_name(&self.columns[at], &self.headers))
    }

    fn has(&self, column: &str) -> bool {
        self.columns.iter().zip(&self.places).any(|(it, place)| it.0 == column && place.is_some())
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
        // That the file has no such column was told once.
        if cell.is_none() && self.sheet.has(name) {
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

    /// Whether the file has this column under a misspelt name.
    pub(super) fn is_misspelt(&self, name: &str) -> bool {
        self.sheet.misspelt.contains(&name)
    }

    /// Adds a mistake in a column of this row; the column is named as the file names it.
    pub(super) fn wrong(&self, name: &str, message: impl Into<Fault>) {
        let key = self.sheet.name(name);
        self.sheet.problems.borrow_mut().add(&self.sheet.path, Some(self.line), key, message);
    }

    /// Adds a warning in a column of this row.
    pub(super) fn warn(&self, name: &str, message: impl Into<Fault>) {
        self.wrong(name, message);
        self.sheet.problems.borrow_mut().only_a_warning();
    }
}
