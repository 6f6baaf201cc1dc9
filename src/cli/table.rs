//! A list as people, programs or spreadsheets read it.

use std::io::{IsTerminal, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use super::Format;
use crate::domain::text::visible::{cell, on_one_line};
use crate::domain::text::{Language, Text, say};
use crate::failure::Failure;

/// A list with named columns. Keys are for programs, headings for people.
pub(crate) struct List {
    keys: Vec<&'static str>,
    headings: Vec<String>,
    rows: Vec<Vec<Value>>,
    /// Keys of columns that a narrow terminal does without, the first first.
    leaves_out: &'static [&'static str],
    language: Language,
}

/// How wide a text may become before it is broken over lines where there is no room for it.
const WHOLE: usize = 36;
/// What stands around a cell.
const AROUND: usize = 3;

impl List {
    /// An empty list: each column with its key and its heading.
    pub(crate) fn new(columns: impl IntoIterator<Item = (&'static str, Text)>, language: Language) -> Self {
        let columns = columns.into_iter().map(|(key, heading)| (key, heading.words(language)));
        let (keys, headings) = columns.unzip();
        Self { keys, headings, rows: Vec::new(), leaves_out: &[], language }
    }

    /// Names the columns that a narrow terminal does without, the first first.
    pub(crate) fn leaving_out(self, leaves_out: &'static [&'static str]) -> Self {
        debug_assert!(leaves_out.iter().all(|key| self.keys.contains(key)));
        Self { leaves_out, ..self }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.keys.len());
        self.rows.push(row);
    }

    /// Writes the list.
    pub(crate) fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
        match format {
            Format::Table => self.fitted(terminal_columns(), out)?,
            Format::Wide => writeln!(out, "{}", self.table(&self.every()))?,
            Format::Json => {
                let object = |row: &Vec<Value>| {
                    let pairs = self.keys.iter().map(|key| (*key).to_owned()).zip(row.iter().cloned());
                    Value::Object(pairs.collect::<Map<_, _>>())
                };
                let list: Vec<Value> = self.rows.iter().map(object).collect();
                writeln!(out, "{:#}", Value::Array(list))?;
            }
            Format::Csv | Format::Excel => {
                if format == Format::Excel {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                let mut csv = csv::Writer::from_writer(out);
                let broken = |error: csv::Error| Failure::from(std::io::Error::other(error));
                // A spreadsheet is for people, CSV for programs.
                if format == Format::Excel {
                    csv.write_record(&self.headings).map_err(broken)?;
                } else {
                    csv.write_record(&self.keys).map_err(broken)?;
                }
                for row in &self.rows {
                    csv.write_record(row.iter().map(|value| of_spreadsheet(value, format)))
                        .map_err(broken)?;
                }
                csv.flush()?;
            }
        }
        Ok(())
    }

    fn every(&self) -> Vec<usize> {
        (0..self.keys.len()).collect()
    }

    fn table(&self, shown: &[usize]) -> Table {
        let mut table = Table::new();
        let rule = LineStyle::none().fill('─').junction('─');
        table.load_style(TableStyle::new().header_separator(rule).bottom_border(rule));
        table.set_header(shown.iter().map(|at| &self.headings[*at]));
        for row in &self.rows {
            table.add_row(shown.iter().map(|at| on_one_line(&text(&row[*at])).into_owned()));
        }
        table
    }

    /// The table in a terminal of so many columns: what there is no room for is left out, the least important first, and named below; then
    /// the longest texts are broken over lines, and at last all of them.
    fn fitted(&self, columns: Option<u16>, out: &mut dyn Write) -> std::io::Result<()> {
        let Some(columns) = columns else { return writeln!(out, "{}", self.table(&self.every())) };
        let widths: Vec<usize> = self.every().into_iter().map(|at| self.width(at)).collect();
        let least = |shown: &[usize]| {
            let cells: usize = shown.iter().map(|at| widths[*at].min(WHOLE) + AROUND).sum();
            cells.saturating_sub(1)
        };
        let mut shown = self.every();
        let mut left_out = self.leaves_out.iter();
        while least(&shown) > usize::from(columns) {
            let Some(key) = left_out.next() else { break };
            shown.retain(|at| self.keys[*at] != *key);
        }
        let mut table = self.table(&shown);
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(columns);
        if least(&shown) <= usize::from(columns) {
            for (place, at) in shown.iter().enumerate() {
                if let Some(column) = table.column_mut(place).filter(|_| widths[*at] <= WHOLE) {
                    column.set_constraint(ColumnConstraint::ContentWidth);
                }
            }
        }
        writeln!(out, "{table}")?;
        if shown.len() < self.keys.len() {
            let names =
                self.every().into_iter().filter(|at| !shown.contains(at)).map(|at| &self.headings[at]);
            let columns = Text::list(names.map(Text::from), "list-comma");
            writeln!(out, "{}", say!("table-left_out", columns).words(self.language))?;
        }
        Ok(())
    }

    /// How many columns of a terminal the widest cell of a column takes.
    fn width(&self, at: usize) -> usize {
        let cells = self.rows.iter().map(|row| on_one_line(&text(&row[at])).width());
        cells.chain([self.headings[at].width()]).max().unwrap_or_default()
    }
}

/// Digits that Excel takes for a number without changing them: of longer ones it shows `4.31002E+17`.
const EXCEL_DIGITS: usize = 11;

/// A number is one; what is text is taken by no spreadsheet for a formula, and by Excel a long number for no number.
fn of_spreadsheet(value: &Value, format: Format) -> String {
    match value {
        Value::String(text)
            if format == Format::Excel
                && text.len() > EXCEL_DIGITS
                && text.bytes().all(|b| b.is_ascii_digit()) =>
        {
            format!("=\"{text}\"")
        }
        Value::String(text) => cell(text).into_owned(),
        other => text(other),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        let heading = |word: &str| Text::from(word);
        let columns = [("case", heading("办件")), ("unit", heading("单位")), ("why", heading("原因"))];
        let mut list = List::new(columns, Language::Chinese).leaving_out(&["unit"]);
        list.push(vec!["2011-000467".into(), "市卫生和计划生育委员会".into(), "已超期三十九个工作日".into()]);
        list
    }

    fn at(list: &List, columns: u16) -> String {
        let mut out = Vec::new();
        list.fitted(Some(columns), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// 11, 22 and 20 wide, three around each but for the last: at 61 everything is there, at 60 the unit is left out and named, and no
    /// case number is broken before that is not enough.
    #[test]
    fn what_a_terminal_has_no_room_for_is_left_out_and_named() {
        for columns in [200, 62, 61] {
            let wide = at(&list(), columns);
            assert!(wide.contains("市卫生和计划生育委员会") && !wide.contains("--wide"), "{columns}: {wide}");
        }
        for columns in [60, 38, 37, 36] {
            let narrow = at(&list(), columns);
            assert!(!narrow.contains("市卫生") && narrow.contains("单位（加 --wide"), "{columns}: {narrow}");
            assert_eq!(
                narrow.contains("2011-000467") && narrow.contains("已超期三十九个工作日"),
                columns >= 36,
                "{narrow}"
            );
            let widest = narrow.lines().take(4).map(|line| line.trim_end().width()).max();
            assert!(widest <= Some(usize::from(columns)), "{columns}: {narrow}");
        }
        assert!(!at(&list(), 24).contains("2011-000467"), "broken at last");
    }

    /// A long text takes the lines that it needs beside columns that stay whole.
    #[test]
    fn a_long_text_is_broken_over_lines_beside_whole_columns() {
        let mut list = list();
        list.push(vec!["2011-000468".into(), "".into(), "一二三四五六七八九十".repeat(9).into()]);
        let shown = at(&list, 80);
        assert!(shown.contains("2011-000468") && shown.contains("市卫生和计划生育委员会"), "{shown}");
        assert!(shown.lines().all(|line| line.width() <= 80) && shown.lines().count() > 6, "{shown}");
    }
}
