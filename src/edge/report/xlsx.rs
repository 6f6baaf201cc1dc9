//! A bulletin's tables as a workbook: the same bulletin gives the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// A sheet: its name, its headings, its rows, the last of which may sum up.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name of the sheet.
    pub name: String,
    /// Line above the table.
    pub title: String,
    /// Headings.
    pub headings: Vec<String>,
    /// Rows; a cell that is a number stands as one.
    pub rows: Vec<Vec<String>>,
}

/// The bytes of a workbook.
///
/// # Errors
/// If a sheet has no name that a spreadsheet takes, or more rows than one holds.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A file that says when it was made is another file each time.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let (bold, head) = (
        Format::new().set_bold(),
        Format::new().set_bold().set_border_bottom(rust_xlsxwriter::FormatBorder::Thin),
    );
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        page.write_string_with_format(0, 0, &sheet.title, &bold)?;
        for (column, heading) in (0..).zip(&sheet.headings) {
            page.write_string_with_format(2, column, heading, &head)?;
        }
        for (place, row) in (3..).zip(&sheet.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell.parse::<f64>() {
                    Ok(number) if number.is_finite() => page.write_number(place, column, number)?,
                    _ => page.write_string(place, column, cell)?,
                };
            }
        }
        page.set_freeze_panes(3, 1)?.set_column_width(0, 28)?;
    }
    book.save_to_buffer()
}
