//! The rows of a sheet as they stream by; none is kept.

use std::borrow::Cow;

use super::super::table::TableRow;
use super::cell::{Cell, Epoch, Stretch, number, text};
use super::fault::BookFault;
use super::strings::Strings;
use super::styles::Styles;
use super::xml::{Next, Xml, attributes, is_true, unwritten};
use crate::domain::record::value::{Row, Value};
use crate::domain::text::say;

/// Rows and columns that a sheet has at most, whichever program wrote it.
const ROWS: u64 = 1_048_576;
const COLUMNS: u32 = 16_384;
/// Bytes of text that stand in one row itself.
const ROW_TEXT: usize = 4 << 20;

/// A row, reused from one to the next.
pub(super) struct SheetRow<'a> {
    number: u64,
    /// It is not shown.
    pub hidden: bool,
    cells: Vec<(u32, Cell)>,
    text: String,
    strings: &'a Strings,
}

impl<'a> SheetRow<'a> {
    /// An empty one.
    pub fn new(strings: &'a Strings) -> Self {
        Self { number: 0, hidden: false, cells: Vec::new(), text: String::new(), strings }
    }

    fn value(&self, cell: Cell) -> Value<'_> {
        let stretch = |at: Stretch| &self.text[at.begin..at.end];
        match cell {
            Cell::Integer(number) => Value::Integer(number),
            Cell::Real(number) => Value::Real(number),
            Cell::Text(at) => text(stretch(at)),
            Cell::Shared(number) => text(self.strings.get(number).unwrap_or_default()),
            Cell::Time(at) => Value::Time(stretch(at)),
            Cell::Failed => Value::Failed,
        }
    }

    fn filled(&self) -> impl DoubleEndedIterator<Item = (usize, Value<'_>)> {
        let values = self.cells.iter().map(|(column, cell)| (*column as usize, self.value(*cell)));
        values.filter(|(_, value)| !value.is_empty())
    }
}

impl Row for SheetRow<'_> {
    fn cell(&self, column: usize) -> Value<'_> {
        let place = self.cells.binary_search_by_key(&column, |(column, _)| *column as usize);
        place.map_or(Value::Null, |place| self.value(self.cells[place].1))
    }
}

impl TableRow for SheetRow<'_> {
    fn number(&self) -> u64 {
        self.number
    }

    fn cells(&self) -> usize {
        self.filled().next_back().map_or(0, |(column, _)| column + 1)
    }

    fn shown(&self, position: usize) -> Cow<'_, str> {
        self.cell(position).text().unwrap_or_default()
    }

    fn is_blank(&self, _columns: usize) -> bool {
        self.filled().next().is_none()
    }

    fn is_filled_from(&self, position: usize) -> bool {
        self.filled().next_back().is_some_and(|(column, _)| column >= position)
    }

    fn first_filled(&self) -> Cow<'_, str> {
        self.filled().next().and_then(|(_, value)| value.text().ok()).unwrap_or_default()
    }
}

/// A sheet on its way.
pub(super) struct Rows<'a> {
    xml: Xml<'a>,
    strings: &'a Strings,
    styles: &'a Styles,
    epoch: Epoch,
    /// Number of the last row.
    row: u64,
    inside: bool,
}

impl<'a> Rows<'a> {
    /// The rows of a part, whose cells say what these mean.
    pub fn new(xml: Xml<'a>, (strings, styles): (&'a Strings, &'a Styles), epoch: Epoch) -> Self {
        Self { xml, strings, styles, epoch, row: 0, inside: false }
    }

    /// Reads the next row; `false` at the end.
    pub fn next(&mut self, row: &mut SheetRow<'a>) -> Result<bool, BookFault> {
        loop {
            match self.xml.next()? {
                Next::Start(tag) => match tag.local_name().as_ref() {
                    "sheetData" => self.inside = true,
                    "row" if self.inside => {
                        let [number, hidden] = attributes(&tag, ["r", "hidden"])?;
                        row.hidden = is_true(hidden.as_deref());
                        self.row = self.after(number.as_deref())?;
                        self.cells(row)?;
                        return Ok(true);
                    }
                    _ => {}
                },
                Next::Empty(tag) if self.inside && tag.local_name().as_ref() == "row" => {
                    let [number] = attributes(&tag, ["r"])?;
                    self.row = self.after(number.as_deref())?;
                }
                Next::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    /// The number of the row behind the last: the one that it says, else the next.
    fn after(&self, written: Option<&str>) -> Result<u64, BookFault> {
        let number = written.map_or(Some(self.row + 1), |written| written.trim().parse().ok());
        let number = number.filter(|number| (self.row + 1..=ROWS).contains(number));
        // Of two rows of one number another reader might take the other.
        number.ok_or_else(|| BookFault::Refused(say!("fault-book_rows", after = self.row)))
    }

    fn cells(&mut self, row: &mut SheetRow<'a>) -> Result<(), BookFault> {
        row.number = self.row;
        row.cells.clear();
        row.text.clear();
        let mut next = 0;
        loop {
            let (names, is_empty) = match self.xml.next()? {
                Next::Start(tag) if tag.local_name().as_ref() == "c" => {
                    (attributes(&tag, ["r", "s", "t"])?, false)
                }
                Next::Empty(tag) if tag.local_name().as_ref() == "c" => {
                    (attributes(&tag, ["r", "s", "t"])?, true)
                }
                Next::Start(_) => {
                    self.xml.skip()?;
                    continue;
                }
                Next::End => return Ok(()),
                _ => continue,
            };
            let [place, style, kind] = names;
            let column = place.map_or(Some(next), |place| column(&place, self.row));
            let column = column.filter(|column| (next..COLUMNS).contains(column));
            let misplaced = || BookFault::Refused(say!("fault-book_cells", row = self.row));
            let column = column.ok_or_else(misplaced)?;
            next = column + 1;
            if !is_empty {
                let style = style.and_then(|style| style.trim().parse().ok());
                let cell = self.cell(kind.as_deref().unwrap_or("n"), style, &mut row.text)?;
                row.cells.extend(cell.map(|cell| (column, cell)));
            }
            if row.text.len() > ROW_TEXT {
                return Err(BookFault::Refused(say!("fault-book_row", row = self.row)));
            }
        }
    }

    /// What stands in a cell that has begun, to its end.
    fn cell(
        &mut self,
        kind: &str,
        style: Option<usize>,
        row: &mut String,
    ) -> Result<Option<Cell>, BookFault> {
        let begin = row.len();
        let (mut said, mut formula) = (false, false);
        loop {
            match self.xml.next()? {
                Next::Start(tag) => match tag.local_name().as_ref() {
                    "v" => {
                        said = true;
                        row.truncate(begin);
                        self.xml.plain(row)?;
                    }
                    "is" => {
                        said = true;
                        row.truncate(begin);
                        self.xml.rich(row)?;
                    }
                    name => {
                        formula |= name == "f";
                        self.xml.skip()?;
                    }
                },
                Next::Empty(tag) => formula |= tag.local_name().as_ref() == "f",
                Next::End => break,
                _ => {}
            }
        }
        let is_blank = row[begin..].trim().is_empty();
        if !said || (is_blank && !matches!(kind, "str" | "inlineStr")) {
            row.truncate(begin);
            // The program that wrote it never worked it out: what it would be nobody knows.
            return Ok((formula && kind != "str").then_some(Cell::Failed));
        }
        self.meaning(kind, style, row, begin).map(Some)
    }

    fn meaning(
        &self,
        kind: &str,
        style: Option<usize>,
        row: &mut String,
        begin: usize,
    ) -> Result<Cell, BookFault> {
        let stretch = |row: &String| Stretch { begin, end: row.len() };
        Ok(match kind {
            "n" => {
                let written = row.split_off(begin);
                number(&written, self.styles.shown(style), self.epoch, row)
            }
            "s" => {
                let number = row.split_off(begin).trim().parse().ok();
                let number = number.filter(|number| self.strings.get(*number).is_some());
                let absent = || BookFault::Refused(say!("fault-book_no_text", row = self.row));
                Cell::Shared(number.ok_or_else(absent)?)
            }
            "b" => {
                let truth = row.split_off(begin);
                row.push_str(if truth.trim() == "0" { "FALSE" } else { "TRUE" });
                Cell::Text(stretch(row))
            }
            "d" => Cell::Time(stretch(row)),
            "e" => {
                row.truncate(begin);
                Cell::Failed
            }
            "str" => {
                unwritten(row, begin);
                Cell::Text(stretch(row))
            }
            "inlineStr" => Cell::Text(stretch(row)),
            _ => return Err(BookFault::Refused(say!("fault-book_cells", row = self.row))),
        })
    }
}

/// The column of a place such as `AB12`, counted from 0, in a row of this number.
fn column(place: &str, row: u64) -> Option<u32> {
    let digits = place.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, number) = place.split_at(digits);
    if number.parse() != Ok(row) || !(1..=3).contains(&letters.len()) {
        return None;
    }
    let letters = letters.bytes().map(|letter| letter.to_ascii_uppercase());
    letters
        .map(|letter| letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1))
        .try_fold(0, |column, letter| Some(column * 26 + letter?))?
        .checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::column;

    /// The last column of a sheet is XFD; a place of another row is none of this.
    #[test]
    fn a_place_names_its_column() {
        for (place, expected) in [
            ("A7", Some(0)),
            ("Z7", Some(25)),
            ("AA7", Some(26)),
            ("XFD7", Some(16_383)),
            ("xfd7", Some(16_383)),
            ("A8", None),
            ("7", None),
            ("A", None),
            ("", None),
            ("AAAA7", None),
            ("Ä7", None),
            ("A7A", None),
        ] {
            assert_eq!(column(place, 7), expected, "{place}");
        }
    }
}
