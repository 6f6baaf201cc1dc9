//! A list as people, programs or spreadsheets read it.

use std::io::{IsTerminal, Write};

use comfy_table::{ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::{Map, Value};

use super::Format;
use crate::domain::text::visible::{cell, on_one_line};
use crate::domain::text::{Language, Text};
use crate::failure::Failure;

/// A list with named columns. Keys are for programs, headings for people.
pub(crate) struct List {
    keys: Vec<&'static str>,
    headings: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl List {
    /// An empty list: each column with its key and its heading.
    pub(crate) fn new(columns: impl IntoIterator<Item = (&'static str, Text)>, language: Language) -> Self {
        let columns = columns.into_iter().map(|(key, heading)| (key, heading.words(language)));
        let (keys, headings) = columns.unzip();
        Self { keys, headings, rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.keys.len());
        self.rows.push(row);
    }

    /// Writes the list.
    pub(crate) fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
        match format {
            Format::Table => writeln!(out, "{}", fitted(self.table()))?,
            Format::Json => {
                let object = |row: &Vec<Value>| {
                    let pairs = self.keys.iter().map(|key| (*key).to_owned()).zip(row.iter().cloned());
                    Value::Object(pairs.collect::<Map<_, _>>())
                };
                let list: Vec<Value> = self.rows.iter().map(object).collect();
                writeln!(out, "{:#}", Value::Array(list))?;
            }
            Format::Csv | Format::Excel => {
                let excel = format == Format::Excel;
                if excel {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                let mut csv = csv::Writer::from_writer(out);
                let broken = |error: csv::Error| Failure::from(std::io::Error::other(error));
                csv.write_record(&self.keys).map_err(broken)?;
                for row in &self.rows {
                    csv.write_record(row.iter().map(|value| of_spreadsheet(value, excel))).map_err(broken)?;
                }
                csv.flush()?;
            }
        }
        Ok(())
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table.load_style(TableStyle::new().header_separator(rule).bottom_border(rule));
        table.set_header(&self.headings);
        for row in &self.rows {
            table.add_row(row.iter().map(|value| on_one_line(&text(value)).into_owned()));
        }
        table
    }
}

/// Digits that Excel takes for a number without changing them: of longer ones it shows `4.31002E+17`.
const EXCEL_DIGITS: usize = 11;

/// A number is one; what is text is taken by no spreadsheet for a formula, and by Excel a long number for no number.
fn of_spreadsheet(value: &Value, excel: bool) -> String {
    match value {
        Value::String(text)
            if excel && text.len() > EXCEL_DIGITS && text.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("=\"{text}\"")
        }
        Value::String(text) => cell(text).into_owned(),
        other => text(other),
    }
}

/// Wraps what is wider than the terminal, where there is one.
fn fitted(mut table: Table) -> Table {
    if let Some(columns) = terminal_columns() {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(columns);
    }
    table
}

/// How wide the terminal is that the program writes to.
fn terminal_columns() -> Option<u16> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    Some(size.ws_col).filter(|columns| *columns >= 20)
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
