//! Lists as a workbook: the same lists give the same bytes. What is text stays text, and a printed page is A4 across.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::domain::letter::sheet::{Cell, Sheet};

/// Longest text of a cell, in characters: a spreadsheet takes 32767.
const LONGEST: usize = 32_000;
/// The narrowest and the widest column, in columns of text; what is longer is wrapped.
const WIDTHS: (usize, usize) = (6, 48);
/// Number of the paper in the format: A4.
const A4: u8 = 9;
/// The row of the headings, below the title and an empty one.
const HEADINGS: u32 = 2;

/// The bytes of a workbook.
///
/// # Errors
/// If a sheet has no name that a spreadsheet takes, or more rows than one holds.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A file that says when it was made is another file each time.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        fill(page, sheet)?;
        lay_out(page, sheet)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let head = bold.clone().set_border_bottom(FormatBorder::Thin).set_text_wrap();
    // As text also when somebody types into it.
    let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let count = Format::new().set_align(FormatAlign::Top);
    page.write_string_with_format(0, 0, &sheet.title, &bold)?;
    for (column, heading) in (0..).zip(&sheet.headings) {
        page.write_string_with_format(HEADINGS, column, heading, &head)?;
    }
    for (place, row) in (HEADINGS + 1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Count(number) => {
                    page.write_number_with_format(place, column, *number as f64, &count)?
                }
                Cell::Text(words) => {
                    let end = words.char_indices().nth(LONGEST).map_or(words.len(), |(end, _)| end);
                    page.write_string_with_format(place, column, &words[..end], &text)?
                }
            };
        }
    }
    Ok(())
}

/// Widths, headings that stay, and pages that print: across, as wide as one page, the headings on each.
fn lay_out(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    for (column, heading) in sheet.headings.iter().enumerate() {
        let cells = sheet.rows.iter().filter_map(|row| match row.get(column) {
            Some(Cell::Text(words)) => Some(words.width()),
            _ => None,
        });
        let widest = cells.chain([heading.width()]).max().unwrap_or(0) + 2;
        page.set_column_width(column as u16, widest.clamp(WIDTHS.0, WIDTHS.1) as f64)?;
    }
    let (rows, columns) = (sheet.rows.len() as u32, sheet.headings.len() as u16);
    if rows > 0 && columns > 0 {
        let last = HEADINGS + rows;
        page.ignore_error_range(HEADINGS + 1, 0, last, columns - 1, IgnoreError::NumberStoredAsText)?;
        page.autofilter(HEADINGS, 0, last, columns - 1)?;
    }
    page.set_freeze_panes(HEADINGS + 1, 1)?
        .set_repeat_rows(HEADINGS, HEADINGS)?
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_footer("&C&P / &N");
    Ok(())
}
