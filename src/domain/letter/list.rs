//! A list that goes with a letter as a workbook: for who sorts and prints it, as text for who gets no files.

use super::Attachment;
use super::sheet::{Cell, Sheet, WriteWorkbook};

/// Media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Sheets as a file that goes with a letter.
pub fn attachment(name: String, sheets: &[Sheet], write: WriteWorkbook) -> Attachment {
    Attachment { name, media_type: XLSX.to_owned(), content: write(sheets), shown_as: None, as_text: None }
}

/// The same with its text, which may stand in the letter itself where a server takes no files of its size.
pub fn attachment_with_text(name: String, sheets: &[Sheet], write: WriteWorkbook) -> Attachment {
    Attachment { as_text: Some(sheets.iter().map(text).collect()), ..attachment(name, sheets, write) }
}

/// A sheet as text, a row a line.
fn text(sheet: &Sheet) -> String {
    let rows = sheet.rows.iter().map(|row| row.iter().map(Cell::words).collect::<Vec<_>>().join(" | "));
    std::iter::once(sheet.headings.join(" | ")).chain(rows).map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No row of a list is lost where it stands in the letter, and a row of a record ends no line.
    #[test]
    fn a_sheet_says_the_same_as_text() {
        let sheet = Sheet {
            name: "清单".into(),
            title: "清单".into(),
            headings: vec!["办件编号".into(), "件数".into()],
            rows: vec![vec![Cell::text("431002201109260001\r\n黄牌"), Cell::Count(2)]],
        };
        let file = attachment_with_text("清单.xlsx".into(), &[sheet], |_| vec![1]);
        assert_eq!(file.as_text.unwrap(), "办件编号 | 件数\n431002201109260001  黄牌 | 2\n");
        assert_eq!(attachment("a.xlsx".into(), &[], |_| vec![1]).as_text, None);
    }
}
