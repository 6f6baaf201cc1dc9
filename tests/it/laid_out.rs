//! Issue 13: tables as people and tools lay them out. What is no record accuses nobody, and lets nobody off.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::alike::with_halls;
use crate::bench::Bench;

const HEAD: &str = "no,item,accepted,decided\n";
const ROWS: &str = "甲1,I60,2011-10-10,2011-10-12\n甲2,I60,2011-10-10,\n甲3,I60,2011-10-10,2011-10-31\n";

fn set_aside(city: &Bench) -> Vec<String> {
    city.ledger("SELECT reason FROM quarantine WHERE open ORDER BY source_row")
}

/// A city that has read a table of these bytes when its second case is late.
fn read(bytes: &[u8]) -> Bench {
    let mut city = with_halls("hall.csv");
    fs::write(city.path("hall.csv"), bytes).unwrap();
    // It was delivered this morning and has lain still, so its end is its end.
    let delivered = UNIX_EPOCH + Duration::from_secs(1_320_105_600);
    fs::File::options().append(true).open(city.path("hall.csv")).unwrap().set_modified(delivered).unwrap();
    city.round("2011-11-01 09:05");
    city
}

/// Sums, titles, signatures, stray quotation marks, another delimiter, parts in another encoding, times as spreadsheets write them: the
/// late case has its card, the others have none, and nothing is a fault.
#[test]
fn a_table_is_judged_alike_however_it_is_laid_out() {
    let gb18030 = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let plain = format!("{HEAD}{ROWS}");
    for bytes in [
        plain.clone().into_bytes(),
        format!("{plain}合计,,,3\n制表人：张三,,审核：李四,\n第 1 页 共 1 页,,,\n").into_bytes(),
        format!("{plain}小计,2,,\n合计：3件,3,,1\n").into_bytes(),
        format!("某县办件明细表,,,\n\n{plain}").into_bytes(),
        plain.replace("2011-10-10", "'2011-10-10").into_bytes(),
        plain
            .replace("2011-10-10", "\"=\"\"2011-10-10\"\"\"")
            .replace(",\n", ",\"=\"\"\"\"\"\n")
            .into_bytes(),
        plain.replace(',', ";").into_bytes(),
        plain.replace("甲2,", "甲2,\"").into_bytes(),
        plain.replace("甲1,", "甲1,\"").replace("甲2,", "甲2,\"").into_bytes(),
        [
            HEAD.as_bytes(),
            "甲1,I60,2011-10-10,2011-10-12\n".as_bytes(),
            &gb18030(&ROWS[ROWS.find("甲2").unwrap()..]),
        ]
        .concat(),
        plain.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        plain.replace("2011-10-", "2011/10/").into_bytes(),
        plain.replace("2011-10-10", "2011年10月10日").into_bytes(),
        plain.replace("2011-10-", "201110").into_bytes(),
        plain.replace("decided", "\"deci\nded\"").replace("no,", "\u{200b}no ,").into_bytes(),
        plain.replace(",\n", ",NaT\n").into_bytes(),
    ] {
        let city = read(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(city.findings(), ["甲2 time-limit promise yellow open"], "{text}");
        assert_eq!(set_aside(&city), [""; 0], "{text}");
        assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["3"], "{text}");
    }
}

/// A row that tells a time is a case, whatever its number is, and so is one that names an item that is no count: nobody hides a case
/// behind a word for a sum.
#[test]
fn a_sum_that_tells_a_time_is_a_case() {
    for (row, cases) in [
        ("合计,3,,", "3"),
        ("合计,3,2011-10-10,", "4"),
        ("合计,3,20111010,", "4"),
        ("合计,I60,,", "4"),
        ("合计,3A,,", "4"),
        ("合计建1,3,,", "4"),
    ] {
        let city = read(format!("{HEAD}{ROWS}{row}\n").as_bytes());
        assert_eq!(city.ledger("SELECT count(*) FROM cases"), [cases], "{row}");
        assert!(city.findings().contains(&"甲2 time-limit promise yellow open".to_owned()), "{row}");
    }
    let city = read(format!("{HEAD}{ROWS}合计,I60,2011-10-10,\n").as_bytes());
    assert_eq!(
        city.findings(),
        ["合计 time-limit promise yellow open", "甲2 time-limit promise yellow open"]
    );
}

/// What a spreadsheet writes where it has no value is no number: two cases are not taken for one, and none is late under it.
#[test]
fn an_error_of_a_spreadsheet_is_no_number() {
    let rows = "#N/A,I60,2011-10-10,\n#N/A,I60,2011-10-11,\n########,I60,2011-10-10,\nNaN,I60,2011-10-10,\n";
    let city = read(format!("{HEAD}{rows}{ROWS}").as_bytes());
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["3"]);
    let reasons = set_aside(&city);
    assert_eq!(reasons.len(), 4, "{reasons:?}");
    assert!(reasons[..3].iter().all(|it| it.contains("where it has no value")), "{reasons:?}");
}

/// Seconds that are taken for milliseconds make every case forty years late: such a time is in doubt.
#[test]
fn a_number_in_another_unit_accuses_nobody() {
    for (unit, cards) in [("epoch-s", &["A time-limit promise yellow open"][..]), ("epoch-ms", &[])] {
        let mut city = with_halls("hall.csv");
        city.configure("shape = \"wide\"", &format!("shape = \"wide\"\ntimes = [\"{unit}\"]"));
        city.write("hall.csv", &format!("{HEAD}A,I60,1318208400,\n"));
        city.round("2011-11-01 09:05");
        let found = city.findings();
        assert_eq!(found.iter().filter(|it| it.contains("time-limit")).collect::<Vec<_>>(), cards, "{unit}");
        assert_eq!(set_aside(&city).iter().any(|it| it.contains("in another unit")), cards.is_empty());
    }
}

/// A day that two patterns of a read tell in two ways is in doubt, and starts nothing; one that only one of them tells counts.
#[test]
fn a_day_that_may_be_two_starts_nothing() {
    let mut city = with_halls("hall.csv");
    city.configure("shape = \"wide\"", "shape = \"wide\"\ntimes = [\"%d/%m/%Y\", \"%m/%d/%Y\"]");
    city.write("hall.csv", &format!("{HEAD}A,I60,08/10/2011,\nB,I60,13/09/2011,\n"));
    city.round("2011-11-01 09:05");
    assert_eq!(city.findings(), ["A data-fault notice open", "B time-limit promise yellow open"]);
}

/// A name that cannot be read is a name: nobody is said to have typed a filler.
#[test]
fn a_garbled_name_is_no_filler() {
    let mut city = Bench::new();
    city.approval(
        "INSERT INTO cases (number, item, clerk, accepted, changed) VALUES
         ('A1', 'I60', CAST(x'D5C5' AS TEXT), '2011-10-10', '2011-10-10 09:00'),
         ('A2', 'I60', '——', '2011-10-10', '2011-10-10 09:00')",
    );
    city.round("2011-10-11 09:05");
    assert_eq!(city.findings(), ["A2 dummy-values notice pending"]);
}
