//! Rows with fewer cells than columns, or more.

use super::super::super::tests::{NOW, Told, at, csv, refusal, wide};
use super::file;
use crate::domain::record::mapping::ReadFrom;
use crate::domain::text::Language;

/// Spreadsheets leave out empty cells at the end of a row, and add others; rows of empty cells say nothing.
#[test]
fn a_row_is_whole_without_its_empty_cells() {
    let head = "no,item,accepted,closed,note\n";
    let text = format!(
        "{head}A1,i,2011-11-01\nA2,i,2011-11-01,2011-11-02,,,\nA3,i\n,,,,\n , \nA4,i,2011-11-01,,, ,x\nA5\n"
    );
    let (_folder, path) = file(text);
    let mut told = Told::default();
    told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(
        told.traces(),
        ["A1 accepted None 2011-11-01", "A2 accepted None 2011-11-01", "A2 closed None 2011-11-02"]
    );
    assert_eq!(told.items.keys().collect::<Vec<_>>(), ["A1", "A2", "A3", "A5"]);
    let mut set_aside: Vec<_> =
        told.rejected.iter().map(|it| (it.case.as_deref().unwrap(), it.column.as_deref())).collect();
    set_aside.sort_unstable();
    assert_eq!(set_aside, [("A4", None), ("A5", Some("item"))]);
}

/// Where a row has too many cells its number stands in its place or so many places further on: a time that stands before it and is
/// moved says which.
#[test]
fn a_row_with_too_many_cells_is_set_aside_under_its_number() {
    let case = |row: &str| {
        let (_folder, path) = file(format!("accepted,item,no,closed\n{row}\n"));
        let mut told = Told::default();
        told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
        told.rejected[0].case.clone()
    };
    assert_eq!(case("2011-11-01,i,A1,x,2011-11-02").as_deref(), Some("A1"));
    assert_eq!(case("x,2011-11-01,i,A1,2011-11-02").as_deref(), Some("A1"));
    assert_eq!(case("2011-11-01,i,,A1,x"), None);
}

/// Files that were put together each bring their header along, and the first bytes of a text in UTF-8: neither is a record or part of a
/// number, and it is said how often it came. A row that is not the header word for word is a row.
#[test]
fn a_header_that_comes_again_is_no_record() {
    let head = "no,item,accepted,closed\n";
    let text = format!(
        "\u{feff}{head}A1,i,2011-11-01,\n\u{feff}{head}A2,i,2011-11-01,\n\u{feff}A3,i,2011-11-01,\nno,item,2011-11-01,\n no ,item,accepted,closed\n"
    );
    let (_folder, path) = file(text);
    let mut told = Told::default();
    let reading = told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(told.items.keys().collect::<Vec<_>>(), ["A1", "A2", "A3", "no"]);
    assert!(told.rejected.is_empty(), "{:?}", told.rejected);
    let notes: Vec<String> = reading.notes.iter().map(|note| note.words(Language::English)).collect();
    assert!(notes.iter().any(|note| note.contains("its header 2 more times")), "{notes:?}");
}

/// Of columns that nobody reads it does not matter which of two is which; of those that are read it does.
#[test]
fn two_columns_alike_that_nobody_reads_hold_up_nothing() {
    let (_folder, path) = file("no,item,remark,accepted,remark,closed\nA1,i,x,2011-11-01,y,2011-11-02\n");
    let mut told = Told::default();
    told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(told.traces(), ["A1 accepted None 2011-11-01", "A1 closed None 2011-11-02"]);
    let (_folder, path) = file("no,item,accepted,accepted,closed\nA1,i,2011-11-01,2011-11-03,2011-11-02\n");
    let refused = refusal(&mut *csv(&path, vec![wide(ReadFrom::Files)]));
    assert!(refused.contains("two columns are named `accepted`"), "{refused}");
}

/// What a wide file of these bytes tells, and the notes of its reading.
fn told(bytes: impl AsRef<[u8]>) -> (Told, Vec<String>) {
    let (_folder, path) = file(bytes);
    let mut told = Told::default();
    let reading = told.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    (told, reading.notes.iter().map(|note| note.words(Language::English)).collect())
}

const HEAD: &str = "no,item,accepted,closed\n";

/// A quotation mark at the beginning of a cell that was written without quoting swallows no row up to the next such cell; text over
/// several lines that is quoted is one cell.
#[test]
fn a_stray_quotation_mark_swallows_no_row() {
    for (rows, numbers) in [
        (
            "A1,\"i,2011-11-01,\nA2,i,2011-11-01,\nA3,\"i,2011-11-01,\nA4,i,2011-11-01,\n",
            &["A1", "A2", "A3", "A4"][..],
        ),
        ("A1,\"i,2011-11-01,\nA2,\"i,2011-11-01,\nA3,i,2011-11-01,\n", &["A1", "A2", "A3"]),
        ("A1,\"i,2011-11-01,\nA2,i,2011-11-01,\nA3,i\",2011-11-01,\n", &["A1", "A2", "A3"]),
        ("\"A1,i,2011-11-01,\nA2,i,2011-11-01,\n", &["A1", "A2"]),
        ("A1,\"i\nand, so on\",2011-11-01,\nA2,i,2011-11-01,\n", &["A1", "A2"]),
        ("A1,\"i \"\"x\"\"\n, y\n, z\",2011-11-01,\nA2,i,2011-11-01,\n", &["A1", "A2"]),
        ("A1,\"i, of, the, road\n, and so on\",2011-11-01,\nA2,i,2011-11-01,\n", &["A1", "A2"]),
    ] {
        let (told, notes) = told(format!("{HEAD}{rows}"));
        assert_eq!(told.items.keys().collect::<Vec<_>>(), numbers, "{rows}");
        assert_eq!(told.traces().len(), numbers.len(), "{rows}");
        assert!(told.rejected.is_empty(), "{rows}: {:?}", told.rejected);
        assert_eq!(notes.is_empty(), rows.contains("\n,") || rows.contains("so on"), "{notes:?}");
    }
    let far: String = (0..40_000).map(|number| format!("B{number},i,2011-11-01,2011-11-02\n")).collect();
    let (told, _) = told(format!("{HEAD}A1,\"i,2011-11-01,\n{far}"));
    assert_eq!(told.items.len(), 40_001, "also where no row is as long");
}

/// What a person or a tool writes under a table is no record, and is counted; a row that names an item or a time is one.
#[test]
fn what_stands_beside_the_records_is_none() {
    let rows = "A1,i,2011-11-01,\n第1页,,,\nA2,i,2011-11-01,\n合 计,,,2\n制表人：张三,,审核：李四,\n(2 rows affected)\n";
    let (told_of, notes) = told(format!("{HEAD}{rows}"));
    assert_eq!(told_of.items.keys().collect::<Vec<_>>(), ["A1", "A2"]);
    assert!(told_of.rejected.is_empty(), "{:?}", told_of.rejected);
    assert!(notes.iter().any(|note| note.contains("4 rows of sums")), "{notes:?}");
    let (_folder, path) = file("remark,no,item,accepted,closed\nx,A1,i,2011-11-01,\nTotal,8577\n,合计,,2,\n");
    let mut counted = Told::default();
    counted.read(&mut *csv(&path, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(counted.items.keys().collect::<Vec<_>>(), ["A1"], "a sum may stand before the number");
    let (told_of, notes) = told(format!("{HEAD}合计,i,,\n总计,,2011-11-01,\n"));
    assert_eq!(told_of.items.keys().collect::<Vec<_>>(), ["合计", "总计"]);
    assert!(notes.is_empty(), "{notes:?}");
}

/// Where the delimiter that was set divides no header, another that does is taken; a title above the header is passed over, rows are not.
#[test]
fn a_header_is_found() {
    let rows = format!("{HEAD}A1,i,2011-11-01,\n");
    for text in [
        rows.replace(',', ";"),
        rows.replace(',', "\t"),
        rows.replace(',', "|"),
        rows.replace("no,item", "\"no\",\"item\"").replace(',', ";"),
        format!("SEP=;\n{}", rows.replace(',', ";")),
        format!("某县办件明细,,,\n统计日期：2011-11-30,单位：件,,\n\n{rows}"),
        format!(" \n,,,\n{rows}"),
        rows.replace("no,", "\u{200b}no,")
            .replace("accepted", "\"acc\nepted\"")
            .replace("closed", " Closed\u{3000}"),
    ] {
        let (told, notes) = told(&text);
        assert_eq!(told.traces(), ["A1 accepted None 2011-11-01"], "{text}");
        assert_eq!(
            notes.len(),
            usize::from(
                text.contains('某')
                    || !text.contains(",accepted") && !text.contains("SEP") && !text.contains("epted\"")
            ),
            "{notes:?}"
        );
    }
    let (_folder, path) = file(format!("number,item,accepted,closed\nB1,i,2011-11-01,\n{rows}"));
    let refused = refusal(&mut *csv(&path, vec![wide(ReadFrom::Files)]));
    assert!(refused.contains("there is no column `no`"), "rows stand between: {refused}");
    let (_folder, path) = file(" \n\n");
    assert!(refusal(&mut *csv(&path, vec![wide(ReadFrom::Files)])).contains("no header row"));
}

/// A file that was put together from parts in two encodings is read line by line; UTF-16 is known without its mark.
#[test]
fn each_part_is_read_in_its_own_encoding() {
    let (first, second) =
        ("no,item,accepted,closed\nA1,施工,2011-11-01,\n", "A2,林地,2011-11-01,\nA3,证明,2011-11-01,\n");
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    // The header is in ASCII, and with the mark in UTF-8.
    for (bytes, counted) in [
        ([first.as_bytes(), &gb18030(second)].concat(), "1 in UTF-8, 2 in GB18030, 0 in neither"),
        ([gb18030(first), second.as_bytes().to_vec()].concat(), "2 in UTF-8, 1 in GB18030, 0 in neither"),
        (
            [b"\xef\xbb\xbf", first.as_bytes(), &gb18030(second)].concat(),
            "2 in UTF-8, 2 in GB18030, 0 in neither",
        ),
    ] {
        let (told, notes) = told(bytes);
        assert_eq!(told.items.values().collect::<Vec<_>>(), ["施工", "林地", "证明"]);
        assert!(
            told.rejected.is_empty() && notes[0].contains("partly in UTF-8 and partly in GB18030"),
            "{notes:?}"
        );
        assert!(notes[0].contains(counted), "{notes:?}");
    }
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let (told, _) = told(first.encode_utf16().flat_map(bytes).collect::<Vec<u8>>());
        assert_eq!(told.items.values().collect::<Vec<_>>(), ["施工"]);
    }
}
