//! What tells apart two rows of one number, and what becomes of each: what they begin with, where they stand, which came when.

use crate::alike::{HEAD, accused, cases, faults, with_halls};
use crate::bench::Bench;

/// Rows that begin on another day are two cases, and so are rows of another item; read again in the other order each stays what it
/// was, and nobody is accused.
#[test]
fn an_item_and_a_beginning_each_tell_rows_apart() {
    let one = "A1,I20,2011-10-10 10:00,\n";
    for other in ["A1,I20,2011-10-11 15:00,\n", "A1,I60,2011-10-10 10:00,\n"] {
        let mut city = with_halls("hall.csv");
        city.write("hall.csv", &format!("{HEAD}{one}{other}"));
        city.rounds_on(&["2011-10-12"]);
        let items = "SELECT case_number || ' ' || item_code FROM cases ORDER BY 1";
        let (known, of_items) = (cases(&city), city.ledger(items));
        assert_eq!((known.len(), faults(&city).len()), (2, 2), "{other}");
        city.write("hall.csv", &format!("{HEAD}{other}{one}"));
        city.rounds_on(&["2011-10-13"]);
        assert_eq!((cases(&city), city.ledger(items), accused(&city)), (known, of_items, vec![]), "{other}");
    }
}

/// A row that contradicts what is known waits for the end of the reading: where the known row comes after it, it is another case and
/// no change of that one.
#[test]
fn a_row_in_front_of_the_known_one_is_no_change_of_it() {
    let mut city = with_halls("hall.csv");
    let known = "A1,I20,2011-10-10 10:00,\n";
    city.write("hall.csv", &format!("{HEAD}{known}"));
    city.rounds_on(&["2011-10-11"]);
    city.write("hall.csv", &format!("{HEAD}A1,I20,2011-10-11 15:00,\n{known}"));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(cases(&city), ["A1 (2) 2011-10-11 running", "A1 2011-10-10 running"]);
    assert_eq!(accused(&city), [""; 0]);
}

/// Rows that both say when they were entered, at different times, are versions of one another: the last one counts.
#[test]
fn rows_entered_at_other_times_are_versions() {
    let mut city = with_halls("hall.csv");
    city.configure("at = \"accepted\" }", "at = \"accepted\", recorded = \"entered\" }");
    let head = "no,item,accepted,decided,entered\n";
    let row = |day: u32, entered: &str| format!("A1,I20,2011-10-{day} 10:00,,2011-10-{entered} 11:00\n");
    city.write("hall.csv", &format!("{head}{}{}", row(10, "10"), row(11, "11")));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!((cases(&city), faults(&city)), (vec!["A1 2011-10-11 running".into()], vec![]));
    let mut alike = with_halls("hall.csv");
    alike.configure("at = \"accepted\" }", "at = \"accepted\", recorded = \"entered\" }");
    alike.write("hall.csv", &format!("{head}{}{}", row(10, "11"), row(11, "11")));
    alike.rounds_on(&["2011-10-12"]);
    assert_eq!((cases(&alike).len(), faults(&alike).len()), (2, 2), "entered at once, neither is the later");
}

/// A read with a watermark says which row is the later one: a number that stands twice in it is one case.
#[test]
fn a_watermark_tells_which_row_is_the_later() {
    let mut city = Bench::new();
    city.configure("table = \"cases\"", "table = \"loose\"");
    city.approval("CREATE TABLE loose AS SELECT * FROM cases");
    for day in [10, 11] {
        city.approval(&format!(
            "INSERT INTO loose (number, item, accepted, changed) VALUES ('A1', 'I20', '2011-10-{day} 10:00:00', '2011-10-{day} 10:00:00')"
        ));
    }
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(cases(&city), ["A1 2011-10-11 running"]);
    assert_eq!(city.ledger("SELECT count(*) FROM doubled_numbers"), ["0"]);
}

/// Two offices that count from 1: one of them corrects its row and puts others in front of it. It is the row of its file that is
/// changed, though the other file was not read; where it stands now is noted, and the number stands twice still.
#[test]
fn a_correction_is_of_the_row_of_its_file() {
    let mut city = with_halls("drop");
    city.write("drop/GTJ.csv", &format!("{HEAD}1,I60,2011-10-10 09:00,\n"));
    city.write("drop/ZJJ.csv", &format!("{HEAD}1,I20,2011-10-10 15:00,\n"));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(faults(&city).len(), 2);
    city.write("drop/ZJJ.csv", &format!("{HEAD}7,I20,2011-10-11 09:00,\n1,I20,2011-10-11 16:00,\n"));
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(
        cases(&city),
        ["1 (ZJJ.csv) 2011-10-11 running", "1 2011-10-10 running", "7 2011-10-11 running"]
    );
    let places = "SELECT case_number || ' ' || file || ' ' || line FROM doubled_numbers ORDER BY file";
    assert_eq!(city.ledger(places), ["1 GTJ.csv 2", "1 (ZJJ.csv) ZJJ.csv 3"]);
    assert_eq!(faults(&city).len(), 2, "one file was read, and says nothing of the other");
}

/// Fifty rows of one number are fifty cases; the fifty-first is set aside, with what to look at.
#[test]
fn a_column_that_is_no_number_makes_no_endless_cases() {
    let mut city = with_halls("hall.csv");
    let row = |count: u32| format!("无号,I20,2011-10-10 {:02}:{:02},\n", 9 + count / 60, count % 60);
    let rows: String = (0..51).map(row).collect();
    city.write("hall.csv", &format!("{HEAD}{rows}"));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["50"]);
    let aside = city.ledger("SELECT reason_zh FROM quarantine WHERE open").concat();
    assert!(aside.contains("50 条以上") && aside.contains("办件编号列是否配置正确"), "{aside}");
}

/// Cells that cannot be read in both rows of a number are noted for each of them.
#[test]
fn cells_in_doubt_are_noted_for_each_row() {
    let mut city = with_halls("hall.csv");
    city.write("hall.csv", &format!("{HEAD}A1,I20,2011-10-10 10:00,soon\nA1,I60,2011-10-11 15:00,soon\n"));
    city.rounds_on(&["2011-10-12"]);
    let aside = "SELECT source_row || ' ' || case_number FROM quarantine WHERE open ORDER BY 1";
    assert_eq!(city.ledger(aside), ["A1 (2) A1 (2)", "A1 A1"]);
}
