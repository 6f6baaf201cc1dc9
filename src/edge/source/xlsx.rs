//! Workbooks of spreadsheets (`.xlsx`), read as they stream by.
//!
//! Read here over quick-xml and flate2: the ready reader (calamine 0.38) reserves what the table of shared texts says of its own
//! number, so that a file of 1,540 bytes ends the reading thread; it keeps all of those texts before anything is asked, cannot be
//! ended in the midst of it, and tells neither hidden rows nor formulas without a result.

mod archive;
mod book;
mod cell;
mod fault;
mod kind;
mod sheet;
mod strings;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

use std::fs::File;

use super::SourceError;
use super::batch_builder::BatchBuilder;
use super::files::{Fingerprint, Found, fault};
use super::folder::{Format, KnownBy, Pass};
use super::table::{Above, Header, Records, TableRow, Taken, twice};
use crate::domain::record::apply::Bound;
use crate::domain::record::value::quoted;
use crate::domain::text::{Text, say};
use archive::Archive;
use book::Book;
use cell::Epoch;
use fault::BookFault;
use sheet::{Rows, SheetRow};
use xml::Xml;

/// Bytes that a sheet may unpack to.
const SHEET: u64 = 2 << 30;

/// Tables in sheets of workbooks.
pub(super) struct Xlsx {
    /// The sheet's name; `None`: those that are shown and have the columns of the mapping.
    pub sheet: Option<String>,
    /// Number of the row that names the columns, counted from 1.
    pub header_row: u32,
}

impl Format for Xlsx {
    /// Those of older programs too: they are named with what to do.
    fn endings(&self) -> &'static [&'static str] {
        &[".xlsx", ".xlsm", ".xls", ".xlsb", ".et"]
    }

    /// A program that saves one writes its own name and the time into it.
    fn known_by(&self) -> KnownBy {
        KnownBy::Records
    }

    /// One that is not whole is still being written until it has lain untouched.
    fn read(
        &self,
        pass: &mut Pass<'_>,
        found: &Found,
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Fingerprint, SourceError> {
        let path = &found.path;
        let file = found.open()?;
        let mut print = Fingerprint::of(&file.metadata().map_err(|source| fault(path, source))?);
        match self.book(pass, found, (&file, print.size), batches) {
            Ok(hidden_tables) => Ok(Fingerprint { hidden_tables, ..print }),
            Err(BookFault::Misfit(error)) => Err(error),
            Err(BookFault::Io(source)) => Err(fault(path, source)),
            Err(BookFault::Broken(_)) if !pass.is_settled(&print) => {
                print.held_back = true;
                pass.notes.push(say!("reading-breaks_off", file = &found.name));
                Ok(print)
            }
            Err(BookFault::Broken(what) | BookFault::Refused(what)) => {
                Err(SourceError::Book { path: path.clone(), what })
            }
        }
    }
}

impl Xlsx {
    /// Hands on the rows of every sheet that is to be read; gives the names of hidden ones that could be.
    fn book(
        &self,
        pass: &mut Pass<'_>,
        found: &Found,
        (file, size): (&File, u64),
        batches: &mut BatchBuilder<'_>,
    ) -> Result<Vec<String>, BookFault> {
        kind::is_workbook(file)?;
        let archive = Archive::open(file, size, pass.over())?;
        let book = Book::open(&archive)?;
        let (strings, styles) = (book.strings(&archive)?, book.styles(&archive)?);
        let epoch = if book.since_1904 { Epoch::Of1904 } else { Epoch::Of1900 };
        let (mut read, mut hidden_tables, mut misfit) = (Vec::new(), Vec::new(), None);
        for sheet in book.sheets(self.sheet.as_deref())? {
            let part = archive.part(book.part(sheet), SHEET)?;
            let part = part.ok_or_else(|| BookFault::Broken(say!("fault-book_half")))?;
            let mut rows = Rows::new(Xml::new(part)?, (&strings, &styles), epoch);
            let mut row = SheetRow::new(&strings);
            let header = match self.header(pass, found, (&mut rows, &mut row), &sheet.name) {
                Ok(header) => header,
                // Another sheet of the book may hold the table.
                Err(error @ (BookFault::Misfit(_) | BookFault::Refused(_))) => {
                    misfit.get_or_insert(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            if sheet.hidden && self.sheet.is_none() {
                hidden_tables.push(sheet.name.clone());
                continue;
            }
            let number = u16::try_from(read.len()).unwrap_or(u16::MAX);
            read.push(sheet.name.as_str());
            let records = Records::new(&header, &found.name).of_sheet(&sheet.name, number);
            take_all(pass, (records, &header), (&mut rows, &mut row), batches)?;
            if batches.stopped {
                return Ok(hidden_tables);
            }
        }
        match misfit {
            Some(misfit) if read.is_empty() => Err(misfit),
            _ => {
                pass.notes.extend(book.said(&found.name, &read));
                Ok(hidden_tables)
            }
        }
    }

    /// Reads on to the header row, or to the first below it that has all columns of the mapping where only a title stands between, and
    /// binds the mapping to it.
    fn header<'a>(
        &self,
        pass: &Pass<'_>,
        found: &Found,
        (rows, row): (&mut Rows<'a>, &mut SheetRow<'a>),
        sheet: &str,
    ) -> Result<Header, BookFault> {
        let none = |what: Text| BookFault::Refused(say!("fault-book_at", sheet = quoted(sheet), what));
        let mut above = Above::default();
        while rows.next(row)? {
            if row.number() < self.header_row.into() || row.is_blank(2) {
                continue;
            }
            let names = row.names();
            let doubled = twice(pass, &names).map(|name| say!("fault-two_alike", which = quoted(name)));
            let misfit = match Bound::new(pass.read, pass.number, pass.zone(), &names) {
                Ok(_) if doubled.is_some() => return Err(none(doubled.unwrap_or_default())),
                Ok(bound) => {
                    let (file, line) = (&found.name, row.number());
                    let below = say!("reading-header_below", file, line);
                    let notes = (!above.is_empty()).then_some(below).into_iter().collect();
                    return Ok(Header { bound, names, notes });
                }
                Err(misfit) => misfit.without_names(),
            };
            let (path, read) = (found.path.clone(), pass.read.name.clone());
            above.add(&names, || match doubled {
                Some(what) => {
                    let what = say!("fault-book_at", sheet = quoted(sheet), what);
                    SourceError::Book { path, what }
                }
                None => SourceError::Unbound { path, read, faults: misfit },
            })?;
        }
        Err(above.first().map_or_else(|| none(say!("fault-no_header")), BookFault::Misfit))
    }
}

/// Hands on the rows below a header.
fn take_all<'a>(
    pass: &mut Pass<'_>,
    (mut records, header): (Records<'_>, &Header),
    (rows, row): (&mut Rows<'a>, &mut SheetRow<'a>),
    batches: &mut BatchBuilder<'_>,
) -> Result<(), BookFault> {
    let mut hidden = 0_u64;
    while rows.next(row)? {
        if row.is_blank(header.names.len()) {
            continue;
        }
        match records.take(row, batches) {
            Taken::Record => hidden += u64::from(row.hidden),
            Taken::Other => {}
            Taken::Stopped => return Ok(()),
        }
    }
    let file = records.file();
    pass.notes.extend(header.notes.iter().cloned().chain(records.said()));
    pass.notes.extend((hidden > 0).then(|| say!("reading-hidden_rows", file, count = hidden)));
    pass.nothing.append(&mut header.bound.taken_for_nothing());
    Ok(())
}
