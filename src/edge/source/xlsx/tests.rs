//! Workbooks as offices and programs write them, whole, half written, of other kinds and hostile.

mod hostile;
mod sheets;
mod unfinished;
mod workbook;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::{TempDir, tempdir};

use super::super::Reading;
use super::super::tests::{NOW, Told, at, csv, long, refusal, wide, xlsx};
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::Language;
use workbook::{
    CHINESE_DAY, DAY, SIX_DIGITS, TIME, Workbook, none, number, of_kind, row, row_with, text, texts,
};

const EVENTS: &str = "id,no,stage,at\n1,A1,收件,2011-11-01 09:00:00\n2,A1,审核,2011-11-02";

fn put(path: &Path, bytes: &[u8], moment: &str) {
    fs::write(path, bytes).unwrap();
    let seconds = u64::try_from(at(moment).instant.timestamp()).unwrap();
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
}

/// A file that was written the day before the present.
fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.xlsx");
    put(&path, bytes, "2011-11-30T09:00:00+08:00");
    (folder, path)
}

fn events() -> ReadSpec {
    long(ReadFrom::Files)
}

fn tell(bytes: &[u8], sheet: Option<&str>) -> (Told, Reading) {
    let (_folder, path) = file(bytes);
    let mut told = Told::default();
    let reading = told.read(&mut *xlsx(&path, sheet, vec![events()]), &at(NOW));
    (told, reading)
}

/// What a sheet of these rows tells.
fn told_by(rows: String) -> Told {
    tell(&Workbook::new(&[("办件", rows)]).bytes(), None).0
}

fn refused(bytes: &[u8]) -> String {
    let (_folder, path) = file(bytes);
    refusal(&mut *xlsx(&path, None, vec![events()]))
}

fn notes(reading: &Reading) -> Vec<String> {
    reading.notes.iter().map(|note| note.words(Language::English)).collect()
}

fn doubts(told: &Told) -> Vec<String> {
    let said = told.rejected.iter().map(|it| it.reason.words(Language::English));
    let mut said: Vec<String> = said.collect();
    said.sort();
    said
}

fn header() -> String {
    row(1, &["id", "no", "stage", "at"].map(text))
}

/// One event a row below the header.
fn below(rows: &[[String; 4]]) -> String {
    let rows = (2..).zip(rows).map(|(at, cells)| row(at, cells));
    header() + &rows.collect::<String>()
}

/// A workbook with the same cells tells the same as CSV, with a key and without: titles, sums, a header that stands there again, rows
/// too long and rows without a number are found by the same way.
#[test]
fn the_same_cells_tell_the_same_as_csv() {
    let table = "办件情况表,,,\n\nid,no,stage,at,other\n1,A1,收件,2011-11-01 09:00:00,x\n2,A1,审核,2011年11月2日,\n\
                 3,A2,收件,2011-02-30,\n4,,收件,2011-11-02,\nid,no,stage,at,other\n5,A3,收件,2011-11-03,,,y\n6,A1,审核,2011-11-02\n\
                 合计,6,,,\n,,,,\n7,A4,收件,2011-11-02,,,";
    for reads in [vec![events()], vec![ReadSpec { key: Vec::new(), ..events() }]] {
        let (folder, path) = file(&Workbook::new(&[("办件", texts(table))]).bytes());
        let other = folder.path().join("events.csv");
        put(&other, table.as_bytes(), "2011-11-30T09:00:00+08:00");
        let (mut one, mut two) = (Told::default(), Told::default());
        let of_book = one.read(&mut *xlsx(&path, None, reads.clone()), &at(NOW));
        let of_text = two.read(&mut *csv(&other, reads), &at(NOW));
        assert_eq!(one.slots, two.slots);
        assert_eq!(one.items, two.items);
        assert!(one.slots.len() >= 4, "{:?}", one.slots);
        let as_csv =
            |said: Vec<String>| said.iter().map(|it| it.replace(".xlsx", ".csv")).collect::<Vec<_>>();
        assert_eq!(as_csv(doubts(&one)), doubts(&two));
        assert_eq!(as_csv(notes(&of_book)), notes(&of_text));
        assert_eq!(of_book.rows, of_text.rows);
    }
}

/// A day is one by the style of its cell, in either epoch, beside days that are texts; nine o'clock is nine o'clock.
#[test]
fn days_are_known_by_their_style() {
    let rows = below(&[
        [text("1"), text("A1"), text("a"), number("40848.375", TIME)],
        [text("2"), text("A1"), text("b"), number("40849", DAY)],
        [text("3"), text("A1"), text("c"), number("40850", CHINESE_DAY)],
        [text("4"), text("A1"), text("d"), text("2011年11月5日")],
        [text("5"), text("A1"), text("e"), number("40848.374999999993", TIME)],
        [text("6"), text("A1"), text("f"), of_kind("d", "2011-11-06T10:00:00")],
        [text("7"), text("A1"), text("g"), number("40848", 0)],
        [text("8"), text("A1"), text("h"), number("60", DAY)],
    ]);
    let book = Workbook::new(&[("办件", rows)]);
    let (told, _) = tell(&book.bytes(), None);
    let expected = [
        "A1 step Some(\"a\") 2011-11-01T09:00:00+08:00",
        "A1 step Some(\"b\") 2011-11-02",
        "A1 step Some(\"c\") 2011-11-03",
        "A1 step Some(\"d\") 2011-11-05",
        "A1 step Some(\"e\") 2011-11-01T09:00:00+08:00",
        "A1 step Some(\"f\") 2011-11-06T10:00:00+08:00",
    ];
    assert_eq!(told.traces(), expected);
    let doubts = doubts(&told);
    assert_eq!(doubts.len(), 2, "{doubts:?}");
    assert!(
        doubts.iter().any(|it| it.contains("`40848` is not written as a time")),
        "a number without a style: {doubts:?}"
    );
    assert!(doubts.iter().any(|it| it.contains("1900-02-29")), "{doubts:?}");
    let of_1904 = book.replace("xl/workbook.xml", "<workbookPr/>", "<workbookPr date1904=\"1\"/>");
    let (told, _) = tell(&of_1904.replace("xl/worksheets/sheet1.xml", "40849", "39387").bytes(), None);
    assert!(told.traces().contains(&"A1 step Some(\"b\") 2011-11-02".to_owned()), "{:?}", told.traces());
}

/// Numbers of sixteen digits and more have lost their last: the row says of which case it is no more. With fifteen it does.
#[test]
fn a_number_that_lost_digits_is_no_case_number() {
    let one = |no: String| [text("1"), no, text("a"), text("2011-11-01")];
    for (no, case) in [
        (number("999999999999999", 0), Some("999999999999999")),
        (number("1000000000000000", 0), None),
        (number("431002198001011234", 0), None),
        (number("4.3100219800101101E+17", 0), None),
        (text("431002198001011234"), Some("431002198001011234")),
        (number("12", SIX_DIGITS), Some("000012")),
        (number("12", 0), Some("12")),
        (number("12.5", 0), None),
        (of_kind("e", "#N/A"), None),
        (of_kind("str", "建〔2011〕1号"), Some("建〔2011〕1号")),
    ] {
        let told = told_by(below(&[one(no.clone())]));
        let found: Vec<&str> = told.slots.keys().map(|(case, _)| case.as_str()).collect();
        assert_eq!(found, Vec::from_iter(case), "{no}");
        assert_eq!(told.rejected.len(), usize::from(case.is_none()), "{no}");
    }
    // As key it tells no rows apart either.
    let keyed = |id: String| told_by(below(&[[id, text("A1"), text("a"), text("2011-11-01")]]));
    assert_eq!(keyed(number("999999999999999", 0)).traces().len(), 1);
    let damaged = keyed(number("1000000000000000", 0));
    assert!(damaged.traces().is_empty());
    assert!(doubts(&damaged)[0].contains("the number is damaged"), "{:?}", doubts(&damaged));
}

/// What a formula gave last counts; one without a result costs its cell, and what stands beside it is read.
#[test]
fn a_formula_counts_by_its_last_result() {
    let formula = |value: &str| format!("<c s=\"2\"><f>NOW()</f>{value}</c>");
    let told = told_by(below(&[
        [text("1"), text("A1"), text("a"), formula("<v>40848.375</v>")],
        [text("2"), text("A1"), text("b"), formula("")],
        [text("3"), text("A1"), text("c"), formula("<v></v>")],
        [text("4"), text("A1"), text("d"), of_kind("e", "#REF!")],
        [text("5"), text("A1"), of_kind("b", "1"), text("2011-11-02")],
        [text("6"), text("A1"), of_kind("b", "0"), text("2011-11-03")],
        [
            text("7"),
            text("A1"),
            "<c t=\"inlineStr\"><is><r><t>收</t></r><rPh><t>x</t></rPh><r><t>件</t></r></is></c>".into(),
            text("2011-11-04"),
        ],
        [text("8"), text("A1"), text("a_x000D_&amp;&#x4E00;_x"), text("2011-11-05")],
    ]));
    let expected = [
        "A1 step Some(\"a\") 2011-11-01T09:00:00+08:00",
        "A1 step Some(\"TRUE\") 2011-11-02",
        "A1 step Some(\"FALSE\") 2011-11-03",
        "A1 step Some(\"收件\") 2011-11-04",
        "A1 step Some(\"a\\r&一_x\") 2011-11-05",
    ];
    assert_eq!(told.traces(), expected);
    let doubts = doubts(&told);
    assert_eq!(doubts.len(), 3, "{doubts:?}");
    assert!(doubts.iter().all(|it| it.contains("column `at`: a formula of the spreadsheet")), "{doubts:?}");
}

/// Texts that cells share are those of their number.
#[test]
fn shared_texts_are_found_by_their_number() {
    let rows = below(&[[text("1"), of_kind("s", "1"), of_kind("s", "2"), of_kind("s", "3")]]);
    let shared =
        "<si/><si><t>A1</t></si><si><r><t>收</t></r><r><t>件</t></r></si><si><t>2011-11-01</t></si></sst>";
    let book = Workbook::new(&[("办件", rows)]).replace("xl/sharedStrings.xml", "</sst>", shared);
    assert_eq!(tell(&book.bytes(), None).0.traces(), ["A1 step Some(\"收件\") 2011-11-01"]);
    let beyond = book.replace("xl/worksheets/sheet1.xml", "<v>3</v>", "<v>4</v>");
    assert!(refused(&beyond.bytes()).contains("row 2 names a shared text that is not there"));
}

/// Titles above the header fill a cell or few, also merged ones; of `header_row` on it is looked for. Empty rows behind are nothing.
#[test]
fn a_title_stands_above_the_header() {
    let names = ["id", "no", "stage", "at"].map(text);
    let event = ["1", "A1", "a", "2011-11-01"].map(text);
    let rows = row(1, &[text("2011年办件表"), none(), none(), none()])
        + &row(4, &names)
        + &row(7, &event)
        + "<row r=\"9\"/><row r=\"1048576\"><c r=\"D1048576\" s=\"1\"/></row>";
    let book = Workbook::new(&[("办件", rows)]);
    let merged = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:D1\"/></mergeCells>";
    let (told, reading) =
        tell(&book.replace("xl/worksheets/sheet1.xml", "</sheetData>", merged).bytes(), None);
    assert_eq!(told.traces(), ["A1 step Some(\"a\") 2011-11-01"]);
    assert_eq!(reading.rows, 1);
    assert!(notes(&reading)[0].contains("stands below a title, in row 4"), "{:?}", notes(&reading));
    let without = refused(&Workbook::new(&[("办件", texts("id,no,stage,time\n1,A1,a,2011-11-01"))]).bytes());
    assert!(without.contains("there is no column `at`"), "{without}");
    assert!(
        refused(&Workbook::new(&[("办件", String::new())]).bytes())
            .contains("sheet `办件`: there is no header row")
    );
    let twice = refused(&Workbook::new(&[("办件", texts("id,no,no,stage,at"))]).bytes());
    assert!(twice.contains("sheet `办件`: two columns are named `no`"), "{twice}");
}

/// The mapping of one row a case, with the columns in any order and others between.
#[test]
fn a_row_a_case_is_read_too() {
    let names = ["closed", "x", "no", "item", "accepted"].map(text);
    let case = [number("40850.5", TIME), none(), text("A1"), number("12", SIX_DIGITS), number("40848", DAY)];
    let (_folder, path) = file(&Workbook::new(&[("办件", row(1, &names) + &row(2, &case))]).bytes());
    let mut told = Told::default();
    told.read(&mut *xlsx(&path, None, vec![wide(ReadFrom::Files)]), &at(NOW));
    assert_eq!(told.traces(), ["A1 accepted None 2011-11-01", "A1 closed None 2011-11-03T12:00:00+08:00"]);
    assert_eq!(told.items["A1"], "000012");
}
