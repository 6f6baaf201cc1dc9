//! What stands twice in a source: rows alike, and numbers.

use crate::bench::{Bench, ITEMS};

/// A city that also reads files of payments without keys, the item with a fee of 200.
fn with_payments() -> Bench {
    let mut city = Bench::new();
    city.write("registry/items.csv", &ITEMS.replace("受理;审查,,审批系统", "受理;审查,200,审批系统"));
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let paid = "[source.paid]\nkind = \"csv\"\npath = \"paid\"\nsettle = \"0s\"\n[[source.paid.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n[[source.paid.read]]\nshape = \"long\"\ncase = \"no\"\n\
                traces = [{ kind = \"charged\", at = \"paid\", by = \"clerk\", note = \"sum\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{paid}"));
    city.restart();
    city
}

fn payments(city: &Bench) -> Vec<String> {
    city.ledger("SELECT count(*), sum(note) FROM case_timeline WHERE kind = 'charged'")
}

/// Issue 13: rows without a key are told apart by content and place: two payments of one day, kind and hand are two, and the file
/// read again, whole or in another file that tells of them once more, adds nothing.
#[test]
fn two_payments_alike_are_two_and_stay_two() {
    let mut city = with_payments();
    let head = "no,item,accepted,paid,sum,clerk\n";
    let row = |sum: &str| format!("P1,I20,2011-10-10,2011-10-10,{sum},0731\n");
    city.write("paid/1.csv", &format!("{head}{}{}", row("100"), row("100")));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(payments(&city), ["2|200"]);
    assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule IN ('fee', 'changed-after-fact')"), [""; 0]);
    city.write("paid/2.csv", &format!("{head}{}{}", row("100"), row("100")));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(payments(&city), ["2|200"], "another file tells of them once more");
    city.write("paid/2.csv", &format!("{head}{}{}{}", row("100"), row("100"), row("100")));
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(payments(&city), ["3|300"]);
    assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule = 'fee'"), ["fee"]);
    let read = std::fs::read(city.path("paid/1.csv")).unwrap();
    std::fs::write(city.path("paid/1.csv"), read).unwrap();
    city.restart().rounds_on(&["2011-10-14"]);
    assert_eq!(payments(&city), ["3|300"]);
}

// ---- one number twice

/// A city that reads halls' files, one row a case, and nothing else.
pub fn with_halls(path: &str) -> Bench {
    let mut city = Bench::new();
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("[source.approval]").unwrap();
    let hall = format!(
        "[source.hall]\nkind = \"csv\"\npath = \"{path}\"\nsettle = \"0s\"\n[[source.hall.read]]\nshape = \"wide\"\ncase = \"no\"\n\
         item = \"item\"\ntraces = [{{ kind = \"accepted\", at = \"accepted\" }}, {{ kind = \"decided\", at = \"decided\" }}]\n"
    );
    city.write("jianchad.toml", &format!("{before}{hall}"));
    city.restart();
    city
}

pub const HEAD: &str = "no,item,accepted,decided\n";

pub fn cases(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || substr(started_at, 1, 10) || ' ' || state FROM deadlines WHERE clock = 'promise' ORDER BY 1",
    )
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || card FROM findings WHERE rule = 'time-limit' AND clock = 'promise' ORDER BY 1",
    )
}

pub fn accused(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || why FROM findings WHERE rule = 'changed-after-fact'")
}

pub fn faults(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ': ' || why FROM findings WHERE rule = 'data-fault' AND standing = 'open' ORDER BY 1")
}

/// Issue 13: two rows of one number in one reading, of which neither says that it is the later one, are two cases: both are named,
/// the late one gets its card, nobody is accused, and reading the same bytes again adds nothing, in whatever order they come.
#[test]
fn a_number_that_stands_twice_is_two_cases() {
    let mut city = with_halls("hall.csv");
    let late = "A1,I20,2011-09-26 10:00,\n";
    let other = "A1,I60,2011-09-27 15:00,2011-09-28 10:00\n";
    city.write("hall.csv", &format!("{HEAD}{late}{other}"));
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cases(&city), ["A1 (2) 2011-09-27 met", "A1 2011-09-26 overdue"]);
    assert_eq!(cards(&city), ["A1 yellow"]);
    let named = faults(&city).concat();
    assert!(named.contains("编号“A1”在来源中重复（hall.csv 第2行、hall.csv 第3行）"), "{named}");
    let rows = city.ledger("SELECT count(*) FROM case_timeline");
    for (day, text) in [
        ("2011-10-18", format!("{HEAD}{late}{other}")),
        ("2011-10-19", format!("{HEAD}{other}{late}")),
        ("2011-10-20", format!("{HEAD}B1,I20,2011-10-20 10:00,\n{late}{other}")),
    ] {
        city.write("hall.csv", &text);
        city.restart().rounds_on(&[day]);
        let of_two = "SELECT count(*) FROM case_timeline WHERE case_number LIKE 'A1%'";
        assert_eq!(city.ledger(of_two), rows, "{day}");
        assert_eq!((accused(&city), cards(&city)), (Vec::new(), vec!["A1 yellow".into()]), "{day}");
    }
    // What happens to one of them happens to that one.
    city.write("hall.csv", &format!("{HEAD}{}{other}", late.replace(",\n", ",2011-10-20 16:00\n")));
    city.rounds_on(&["2011-10-21"]);
    assert!(cases(&city).contains(&"A1 2011-09-26 met_late".to_owned()), "{:?}", cases(&city));
    assert_eq!(accused(&city), [""; 0]);
}

/// Two offices that count from 1 in a file each: no case is lost, whoever's file is read last.
#[test]
fn two_offices_that_count_from_one_lose_no_case() {
    let mut city = with_halls("drop");
    city.write(
        "drop/GTJ.csv",
        &format!("{HEAD}1,I60,2011-09-20 09:00,\n2,I60,2011-09-21 09:00,2011-09-22 10:00\n"),
    );
    city.write(
        "drop/ZJJ.csv",
        &format!("{HEAD}1,I20,2011-09-26 09:00,2011-09-28 10:00\n2,I20,2011-09-26 09:00,\n"),
    );
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(
        cases(&city),
        [
            "1 (ZJJ.csv) 2011-09-26 met",
            "1 2011-09-20 overdue",
            "2 (ZJJ.csv) 2011-09-26 overdue",
            "2 2011-09-21 met"
        ]
    );
    assert_eq!(
        (accused(&city), cards(&city)),
        (Vec::new(), vec!["1 yellow".into(), "2 (ZJJ.csv) yellow".into()])
    );
    let rows = city.ledger("SELECT count(*) FROM case_timeline");
    city.restart();
    for (name, day) in [("ZJJ", "2011-10-21"), ("GTJ", "2011-10-24")] {
        let text = std::fs::read_to_string(city.path(&format!("drop/{name}.csv"))).unwrap();
        city.write(&format!("drop/{name}.csv"), &format!("{text}\n"));
        city.rounds_on(&[day]);
        assert_eq!(
            (city.ledger("SELECT count(*) FROM case_timeline"), accused(&city)),
            (rows.clone(), Vec::new()),
            "{name}"
        );
    }
}

/// What is a later version of one row stays one case: the same beginning in a later file, and an edit of the only row.
#[test]
fn versions_of_a_row_are_one_case() {
    let mut city = with_halls("drop");
    city.write("drop/1.csv", &format!("{HEAD}A1,I20,2011-09-26 10:00,\n"));
    city.write("drop/2.csv", &format!("{HEAD}A1,I20,2011-09-26 10:00,2011-09-29 10:00\n"));
    city.rounds_on(&["2011-09-30"]);
    assert_eq!(cases(&city), ["A1 2011-09-26 met"]);
    let mut city = with_halls("hall.csv");
    city.write("hall.csv", &format!("{HEAD}B1,I20,2011-09-26 10:00,\n"));
    city.rounds_on(&["2011-09-30"]);
    city.write("hall.csv", &format!("{HEAD}B1,I20,2011-09-27 10:00,\n"));
    city.rounds_on(&["2011-10-08"]);
    assert_eq!(cases(&city), ["B1 2011-09-27 running"]);
    assert_eq!(accused(&city).len(), 1, "the edit is one: {:?}", accused(&city));
    assert_eq!(faults(&city), [""; 0]);
}

/// A number that stands once again is no fault any more, and what is left of it stays the case that it was.
#[test]
fn a_number_mended_is_no_fault() {
    let mut city = with_halls("hall.csv");
    let (one, other) = ("A1,I20,2011-10-10 10:00,\n", "A1,I60,2011-10-11 15:00,\n");
    city.write("hall.csv", &format!("{HEAD}{one}{other}"));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(faults(&city).len(), 2);
    city.write("hall.csv", &format!("{HEAD}{}{other}", one.replace("A1", "A2")));
    city.rounds_on(&["2011-10-13"]);
    assert_eq!((faults(&city), accused(&city)), (Vec::new(), Vec::new()));
    assert_eq!(cases(&city), ["A1 (2) 2011-10-11 running", "A1 2011-10-10 running", "A2 2011-10-10 running"]);
}

/// A cell that cannot be read in one of two rows of a number is that row's: the other case is not told of it, and what was known of
/// the row stays, be the cell the one by which the two are told apart.
#[test]
fn a_cell_in_doubt_of_a_number_that_stands_twice_is_its_own_rows() {
    let mut city = with_halls("hall.csv");
    let rows = |one: &str, other: &str| format!("{HEAD}A1,{one}\nA1,{other}\n");
    city.write("hall.csv", &rows("I20,2011-09-26 10:00,", "I60,2011-09-27 15:00,soon"));
    city.rounds_on(&["2011-10-17"]);
    let known = ["A1 (2) 2011-09-27 running", "A1 2011-09-26 overdue"];
    assert_eq!(cases(&city), known);
    let told = |city: &Bench| {
        let tell = |fault: String| {
            (fault.contains("A1 (2)"), fault.contains("在来源中重复"), fault.contains("“decided”列"))
        };
        faults(city).into_iter().map(tell).collect::<Vec<_>>()
    };
    assert_eq!(told(&city), [(true, true, true), (false, true, false)], "{:?}", faults(&city));
    for (day, text, in_doubt) in [
        ("2011-10-18", rows("I20,one day,", "I60,2011-09-27 15:00,"), &["A1 accepted"][..]),
        ("2011-10-19", rows(",2011-09-26 10:00,", "I60,2011-09-27 15:00,"), &["A1 item"]),
        ("2011-10-20", rows("I20,2011-09-26 10:00,", ",one day,"), &["A1 (2) accepted", "A1 (2) item"]),
        ("2011-10-21", rows("I20,2011-09-26 10:00,", "I60,2011-09-27 15:00,"), &[]),
    ] {
        city.write("hall.csv", &text);
        city.rounds_on(&[day]);
        assert_eq!(cases(&city), known, "{day}");
        assert_eq!(accused(&city), [""; 0], "{day}");
        assert_eq!(faults(&city).len(), 2, "{day}");
        assert_eq!(
            city.ledger("SELECT case_number || ' ' || column_name FROM quarantine WHERE open ORDER BY 1"),
            in_doubt,
            "{day}"
        );
    }
}

/// Files of a folder that tell of one case are read again in the order of their names: the state is that of the last one, and what
/// an older version says meanwhile is nobody's change; a change that stays is one, and is told with what stood before the reading.
#[test]
fn an_earlier_file_read_again_changes_nothing() {
    let mut city = with_halls("drop");
    let start = "A1,I20,2011-09-26 10:00";
    city.write("drop/1.csv", &format!("{HEAD}{start},\n"));
    city.write("drop/2.csv", &format!("{HEAD}{start},2011-09-29 10:00\n"));
    city.rounds_on(&["2011-09-30"]);
    for (day, older) in [
        ("2011-10-08", ""),
        ("2011-10-09", "2011-09-28 10:00"),
        ("2011-10-10", "2011-09-29 10:00"),
        ("2011-10-11", "2011-09-27 10:00"),
    ] {
        city.write("drop/1.csv", &format!("{HEAD}{start},{older}\n"));
        city.rounds_on(&[day]);
        assert_eq!((cases(&city), accused(&city)), (vec!["A1 2011-09-26 met".into()], Vec::new()), "{day}");
    }
    city.write("drop/2.csv", &format!("{HEAD}{start},2011-09-28 15:00\n"));
    city.write("drop/1.csv", &format!("{HEAD}{start},2011-09-27 10:00\n\n"));
    city.rounds_on(&["2011-10-12"]);
    let told = accused(&city).concat();
    assert!(told.contains("2011-09-29 10:00") && told.contains("2011-09-28 15:00"), "{told}");
    assert!(!told.contains("2011-09-27"), "{told}");
}

/// Two versions of a case in the files of a first reading are what it says last, and no change.
#[test]
fn a_first_reading_changes_nothing() {
    let mut city = with_halls("drop");
    city.write("drop/1.csv", &format!("{HEAD}A1,I20,2011-09-26 10:00,2011-09-28 10:00\n"));
    city.write("drop/2.csv", &format!("{HEAD}A1,I20,2011-09-26 10:00,2011-09-29 10:00\n"));
    city.rounds_on(&["2011-09-30"]);
    city.write("drop/2.csv", &format!("{HEAD}A1,I20,2011-09-26 10:00,2011-09-29 10:00\n\n"));
    city.rounds_on(&["2011-10-08"]);
    assert_eq!((cases(&city), accused(&city)), (vec!["A1 2011-09-26 met".into()], Vec::new()));
}

// ---- one number in two spellings

/// Issue 13: a case is known by its number as it stands. Two numbers that differ only in their spelling are two cases, each with its own
/// card, and both are named to the administrator, on screen and in the digest; who reads no data faults is not troubled with them.
#[test]
fn numbers_that_differ_only_in_their_spelling_are_named_and_never_merged() {
    let mut city = Bench::new();
    city.licence("建〔2025〕1号", "2011-09-26 10:00:00").licence("建〔2025〕2号", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    let named = "SELECT case_number FROM alike_numbers ORDER BY case_number";
    assert_eq!(city.ledger(named), [""; 0]);
    for spelled in ["建[2025]1号", "’建〔2025〕1号", "建〔２０２５〕 1号"] {
        city.licence(spelled, "2011-09-27 10:00:00");
    }
    city.rounds_on(&["2011-09-28", "2011-10-17"]);
    assert_eq!(city.ledger(named), ["’建〔2025〕1号", "建[2025]1号", "建〔2025〕1号", "建〔２０２５〕 1号"]);
    assert_eq!(cards(&city).len(), 5, "{:?}", cards(&city));
    let config = city.path("jianchad.toml").display().to_string();
    for (lang, words) in [
        ("zh-CN", "仅写法不同的办件编号 1 组，各自计入"),
        ("en", "1 number in more than one spelling, each counted"),
    ] {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["status", "--lang", lang, "-c", &config])
            .output()
            .unwrap();
        let said: String =
            String::from_utf8_lossy(&status.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(words) && said.contains("建[2025]1号"), "{said}");
    }
    let digest = |to: &str| {
        let sql = format!(
            "SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE '{to}%' ORDER BY letter"
        );
        city.ledger(&sql).pop().unwrap()
    };
    assert!(
        digest("admin").contains("1 numbers in more than one spelling, each counted: "),
        "{}",
        digest("admin")
    );
    assert!(!digest("super").contains("写法不同"));
}

/// A number that stands twice, once a person has withdrawn the fault, is no other fault because its rows have moved down a line.
#[test]
fn a_withdrawn_fault_of_a_doubled_number_does_not_come_back_with_other_lines() {
    let mut city = with_halls("hall.csv");
    let rows = "A1,I20,2011-10-10 10:00,\nA1,I60,2011-10-11 15:00,\n";
    city.write("hall.csv", &format!("{HEAD}{rows}"));
    city.rounds_on(&["2011-10-12"]);
    for finding in city.ledger("SELECT finding FROM findings WHERE rule = 'data-fault'") {
        let (finding, at) = (finding.parse().unwrap(), crate::bench::moment("2011-10-12 15:00").instant);
        let action = &jianchad::testing::domain::card_action::CardAction::Revoke;
        let done = jianchad::testing::edge::ledger::Done {
            finding,
            action,
            by: "孙七",
            why: "两家单位各自编号",
            order_due: None,
            at,
        };
        crate::post_office::keyboard(&city).enter_deed(&done).unwrap();
    }
    city.write("hall.csv", &format!("{HEAD}B1,I20,2011-10-12 16:00,\nB2,I20,2011-10-12 16:00,\n{rows}"));
    city.rounds_on(&["2011-10-13", "2011-10-24"]);
    assert_eq!(faults(&city), [""; 0]);
    // What is wrong with one of them besides is another fault.
    city.write("hall.csv", &format!("{HEAD}{}", rows.replace("I20", "I20?")));
    city.rounds_on(&["2011-10-25"]);
    assert!(faults(&city).concat().contains("I20?"), "{:?}", faults(&city));
}
