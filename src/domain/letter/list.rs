//! The whole list of a folded mail, as a CSV file that opens in a spreadsheet.

use super::Attachment;
use crate::domain::text::visible::cell;

/// A table as an attachment: with a byte order mark, so that a spreadsheet takes it for UTF-8, and with nothing that a
/// spreadsheet would run as a formula.
pub(super) fn attachment<const N: usize>(
    name: String,
    rows: impl IntoIterator<Item = [String; N]>,
) -> Attachment {
    let mut out = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    for row in rows {
        out.write_record(row.iter().map(|text| cell(text).into_owned()))
            .expect("a list in memory can be written");
    }
    let content = out.into_inner().expect("a list in memory can be written");
    Attachment { name, media_type: "text/csv; charset=utf-8".into(), content, shown_as: None }
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn a_spreadsheet_runs_nothing() {
        let rows =
            [["=HYPERLINK(1)".to_owned(), "@x".to_owned(), "-1".to_owned(), "林地，\"甲\"".to_owned()]];
        let text = String::from_utf8(attachment(String::new(), rows).content).unwrap();
        assert_eq!(text, "\u{feff}'=HYPERLINK(1),'@x,'-1,\"林地，\"\"甲\"\"\"\n");
    }
}
