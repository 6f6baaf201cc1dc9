//! Lists as a workbook: the same lists give the same bytes. What is text stays text, and a printed page is A4 across.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::domain::letter::sheet::{Cell, Sheet};

/// Longest text of a cell, in characters: a spreadsheet takes 32767.
const LONGEST: usize = 32_000;
/// The narrowest column, the widest of short texts, and that of sentences, in columns of text; what is longer is wrapped. With
/// these the widest of our lists is readable when it is as wide as a page.
const WIDTHS: (usize, usize, usize) = (6, 18, 34);
/// From which width on texts are sentences.
const SENTENCE: usize = 40;
/// What is left free of a column's width where its texts are wrapped.
const SLACK: usize = 4;
/// Height of a line, in points, and of the highest row that a spreadsheet takes, in lines.
const LINE: (f64, usize) = (15.0, 27);
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

/// Widths, heights, headings that stay, and pages that print: across, as wide as one page, the headings on each.
fn lay_out(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let widths: Vec<usize> = (0..sheet.headings.len()).map(|column| width(sheet, column)).collect();
    for (column, width) in (0..).zip(&widths) {
        page.set_column_width(column, *width as f64)?;
    }
    // Not every spreadsheet measures wrapped texts when it opens a file: what has no height there is cut off after its first line.
    let headings = sheet.headings.iter().map(String::as_str).zip(&widths);
    page.set_row_height(HEADINGS, height(headings))?;
    for (place, row) in (HEADINGS + 1..).zip(&sheet.rows) {
        let texts = row.iter().zip(&widths).filter_map(|(cell, width)| Some((text(cell)?, width)));
        page.set_row_height(place, height(texts))?;
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

fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(words) => Some(words),
        Cell::Count(_) => None,
    }
}

fn width(sheet: &Sheet, column: usize) -> usize {
    let cells = sheet.rows.iter().filter_map(|row| Some(text(row.get(column)?)?.width()));
    let widest = cells.chain([sheet.headings[column].width()]).max().unwrap_or(0) + 2;
    let at_most = if widest > SENTENCE { WIDTHS.2 } else { WIDTHS.1 };
    widest.clamp(WIDTHS.0, at_most)
}

/// Height of a row in points, by its texts with the widths of their columns.
fn height<'a>(texts: impl Iterator<Item = (&'a str, &'a usize)>) -> f64 {
    let lines = |(words, column): (&str, &usize)| -> usize {
        let narrow = if words.width() + 2 > *column { column.saturating_sub(SLACK) } else { *column };
        words.split('\n').map(|line| line.width().div_ceil(narrow.max(1)).max(1)).sum()
    };
    let most = texts.map(lines).max().unwrap_or(1).min(LINE.1);
    LINE.0 * most as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(words: &str, column: usize) -> f64 {
        height([(words, &column)].into_iter()) / LINE.0
    }

    /// A text that fills its column stands on one line; one more character needs another, with some columns left free; and no row
    /// is higher than a spreadsheet takes.
    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        assert_eq!((lines("", 10), lines("12345678", 10), lines("123456789", 10)), (1.0, 1.0, 2.0));
        assert_eq!(
            (lines("受理受理", 10), lines("受理受理受", 10), lines("受理受理受理受", 10)),
            (1.0, 2.0, 3.0)
        );
        assert_eq!((lines("1\n2", 10), lines("1\n\n3", 10)), (2.0, 3.0));
        assert_eq!((lines(&"1\n".repeat(25), 10), lines(&"1\n".repeat(26), 10)), (26.0, 27.0));
        assert_eq!(lines(&"1\n".repeat(27), 10), 27.0);
        assert_eq!(height([("1", &10), ("123456789", &10)].into_iter()), 2.0 * LINE.0);
    }

    /// Sentences get the widest columns, short texts what they need up to less.
    #[test]
    fn a_column_is_as_wide_as_what_it_holds() {
        let of = |words: String| {
            let (name, title) = (String::new(), String::new());
            let rows = vec![vec![Cell::Text(words)]];
            width(&Sheet { name, title, headings: vec!["牌".to_owned()], rows }, 0)
        };
        let widths = [1, 5, 16, 17, 38, 39].map(|length| of("1".repeat(length)));
        assert_eq!(widths, [6, 7, 18, 18, 18, 34]);
    }
}
