//! A source that takes back what was read of it: an upgrade that leaves a column empty, a database put back over a day's work. What is
//! taken back of many cases at once is nobody's doing in the office; what one cell says less is.

use std::fs;

use crate::bench::Bench;
use crate::suspect::{BOTH, city, delete, jianchad, of_rule, state, told_of};

const HANDLER: &str = "handler.u1@example.gov.cn";

/// A city of so many cases, all due on 13 October, of which the first were decided in time and read.
fn decided(cases: usize, of_these: usize) -> Bench {
    let mut city = city(cases);
    for number in 1..=of_these {
        city.decided(&format!("A-{number}"), "2011-09-28 15:00:00");
    }
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases WHERE state = 'closed'"), [of_these.to_string()]);
    city
}

/// Empties the decisions of the first so many cases, with another watermark or without.
fn empty(city: &Bench, cases: usize, mark: Option<&str>) {
    let mark = mark.map(|at| format!(", changed = '{at}'")).unwrap_or_default();
    city.approval(&format!(
        "CREATE TABLE IF NOT EXISTS kept AS SELECT * FROM cases;
         UPDATE cases SET result = NULL, finished = NULL{mark} WHERE CAST(substr(number, 3) AS INTEGER) <= {cases}"
    ));
}

fn put_back(city: &Bench) {
    city.approval(
        "UPDATE cases SET result = k.result, finished = k.finished FROM kept AS k WHERE k.number = cases.number",
    );
}

/// The cases of which somebody is accused.
fn accused(city: &Bench) -> Vec<String> {
    city.ledger("SELECT DISTINCT case_number FROM findings WHERE rule <> 'source-suspect' ORDER BY 1")
}

fn late(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number FROM findings WHERE rule = 'time-limit' AND card = 'yellow' ORDER BY 1")
}

/// An upgrade leaves the column of decisions empty, with new watermarks or with the old ones: nobody is accused, administrator and
/// supervisor are told once, by number, and the units are not. New work does not end it. When the column is back everything goes on, and
/// the one that was late all along has its card.
#[test]
fn a_column_that_is_empty_all_at_once_accuses_nobody() {
    for mark in [None, Some("2011-10-10 08:00:00")] {
        let mut city = decided(12, 11);
        empty(&city, 11, mark);
        for day in ["2011-10-10", "2011-10-14", "2011-10-17"] {
            city.accepted(&format!("B-{day}"), "I20", &format!("{day} 08:30:00"));
            city.rounds_on(&[day]);
            assert_eq!(state(&city), "suspect", "{mark:?} {day}");
            assert_eq!(accused(&city), [""; 0], "{mark:?} {day}");
        }
        assert_eq!(told_of(&city, "11件办件此前读到的内容被清空"), ["supervisor@example.gov.cn"], "{mark:?}");
        assert_eq!(told_of(&city, "A-10"), BOTH, "{mark:?}");
        assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE kind = 'alert'"), ["2"], "told once");
        assert_eq!(city.subjects(HANDLER), [""; 0]);
        put_back(&city);
        city.rounds_on(&["2011-10-18"]);
        assert_eq!(state(&city), "ok", "{mark:?}");
        assert_eq!(of_rule(&city, "source-suspect"), ["approval resolved"]);
        assert_eq!(of_rule(&city, "changed-after-fact"), [""; 0], "what is back was never changed");
        assert_eq!(late(&city), ["A-12"], "{mark:?}");
    }
}

/// Two may take back what they said, or as many as may be missing; each is found as a change, and its case is late. One more, and the
/// source is doubted.
#[test]
fn who_empties_one_cell_is_found() {
    for (setting, stock, most) in [("", 12, 2), ("", 30, 3), ("may_shrink = \"1\"", 12, 1)] {
        for emptied in [1, most, most + 1] {
            let mut city = decided(stock, stock);
            city.configure("path = \"approval.db\"", &format!("path = \"approval.db\"\n{setting}"));
            empty(&city, emptied, Some("2011-10-10 08:00:00"));
            city.rounds_on(&["2011-10-10", "2011-10-14"]);
            let expected = if emptied > most { ("suspect", 0) } else { ("ok", emptied) };
            assert_eq!(
                (state(&city).as_str(), late(&city).len()),
                expected,
                "{setting} {emptied} of {stock}"
            );
            assert_eq!(
                of_rule(&city, "changed-after-fact").len(),
                expected.1,
                "{setting} {emptied} of {stock}"
            );
        }
    }
}

/// Three of four that were decided are too many, however many are in hand; a case that is gone counts with those that are emptied.
#[test]
fn those_that_were_decided_are_a_stock_of_their_own() {
    for (emptied, is) in [(2, "ok"), (3, "suspect")] {
        let mut city = decided(44, 4);
        empty(&city, emptied, Some("2011-10-10 08:00:00"));
        city.rounds_on(&["2011-10-10"]);
        assert_eq!(state(&city), is, "{emptied}");
    }
    for (gone, is) in [(0, "ok"), (1, "suspect")] {
        let mut city = decided(12, 6);
        empty(&city, 2, None);
        (0..gone).for_each(|_| delete(&city, "A-12"));
        city.rounds_on(&["2011-10-10"]);
        assert_eq!(state(&city), is, "{gone}");
    }
}

/// A person who says that it is right has it judged by, for those cases and no others: each emptied decision is then a change, and its
/// case late.
#[test]
fn what_somebody_accepts_is_judged_by() {
    for more in [false, true] {
        let mut city = decided(12, 11);
        empty(&city, 5, Some("2011-10-10 08:00:00"));
        city.rounds_on(&["2011-10-10"]);
        assert_eq!(state(&city), "suspect");
        let accept = ["source", "accept", "approval", "--by", "孙七", "--why", "均未办结", "--lang", "zh-CN"];
        let (code, said) = jianchad(&city, &accept);
        assert!(code == Some(0) && said.contains("A-1、A-2、A-3、A-4、A-5"), "{said}");
        if more {
            empty(&city, 6, Some("2011-10-11 08:00:00"));
        }
        city.rounds_on(&["2011-10-11", "2011-10-14"]);
        let expected = if more { ("suspect", 0) } else { ("ok", 5) };
        let found = of_rule(&city, "changed-after-fact").len();
        assert_eq!((state(&city).as_str(), found), expected, "{more}");
        let cards: &[&str] = if more { &[] } else { &["A-1", "A-12", "A-2", "A-3", "A-4", "A-5"] };
        assert_eq!(late(&city), cards, "{more}");
    }
}

/// What an older copy lost is lost whatever the office types into it since, a new case or the decision once more: the doubt stands, and
/// nobody is accused. It ends when what was lost is back.
#[test]
fn new_work_does_not_end_a_doubt() {
    for (lost, again) in [(2, false), (0, true), (1, true)] {
        let mut city = city(4);
        city.approval(&format!("VACUUM INTO '{}'", city.path("older.db").display()));
        city.decided("A-1", "2011-10-10 10:00:00");
        for number in 0..lost {
            city.licence(&format!("N-{number}"), "2011-10-10 11:00:00");
        }
        city.rounds_on(&["2011-10-11"]);
        let before = accused(&city);
        fs::rename(city.path("approval.db"), city.path("right.db")).unwrap();
        fs::rename(city.path("older.db"), city.path("approval.db")).unwrap();
        city.rounds_on(&["2011-10-12"]);
        assert_eq!(state(&city), "suspect", "{lost} {again}");
        city.licence("C-1", "2011-10-12 10:00:00");
        if again {
            city.decided("A-1", "2011-10-12 11:00:00");
        }
        city.round("2011-10-12 12:00");
        city.rounds_on(&["2011-10-13", "2011-10-14", "2011-10-17"]);
        assert_eq!((state(&city).as_str(), accused(&city)), ("suspect", before), "{lost} {again}");
        let words = city.ledger("SELECT why FROM suspicions").concat();
        assert!(words.contains("A-1"), "{words}");
        fs::rename(city.path("right.db"), city.path("approval.db")).unwrap();
        city.rounds_on(&["2011-10-18"]);
        assert_eq!(state(&city), "ok", "{lost} {again}");
        assert_eq!(of_rule(&city, "vanished-record"), [""; 0]);
        assert_eq!(of_rule(&city, "changed-after-fact"), [""; 0]);
        assert_eq!(late(&city), ["A-2", "A-3", "A-4"]);
    }
}

/// Where an older copy was put back and worked on before anybody read it, no mark went back: what it lost of many cases shows it.
#[test]
fn an_older_copy_that_was_worked_on_is_doubted_for_what_it_lost() {
    let mut city = city(12);
    city.approval(&format!("VACUUM INTO '{}'", city.path("older.db").display()));
    for number in 1..=6 {
        city.decided(&format!("A-{number}"), "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11"]);
    let before = accused(&city);
    fs::rename(city.path("older.db"), city.path("approval.db")).unwrap();
    city.licence("C-1", "2011-10-11 10:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-14"]);
    assert_eq!((state(&city).as_str(), accused(&city)), ("suspect", before));
    assert_eq!(told_of(&city, "6件办件此前读到的内容被清空"), ["supervisor@example.gov.cn"]);
}

/// A file is doubted for what it takes back as a database is, and for nothing that it does not tell any more.
#[test]
fn a_file_takes_back_nothing_either() {
    let mut city = Bench::new();
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let forest = "[source.forest]\nkind = \"csv\"\npath = \"forest.csv\"\n[[source.forest.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                  item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"decided\", at = \"decided\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{forest}"));
    let rows = |emptied: u32| {
        let row = |number: u32| {
            let decided = if number <= emptied { "" } else { "2011-09-28 15:00" };
            format!("F-{number},INOW,2011-09-28 10:00,{decided}\n")
        };
        (1..=12).map(row).collect::<String>()
    };
    let deliver = |city: &Bench, rows: String| {
        city.write("forest.csv", &format!("no,item,accepted,decided\n{rows}"));
    };
    let forest =
        |city: &Bench| city.ledger("SELECT state FROM source_health WHERE source = 'forest'").concat();
    deliver(&city, rows(0));
    city.rounds_on(&["2011-09-29"]);
    deliver(&city, rows(12));
    city.rounds_on(&["2011-09-30", "2011-10-08"]);
    assert_eq!((forest(&city).as_str(), late(&city)), ("suspect", vec![]));
    assert_eq!(told_of(&city, "F-10"), BOTH);
    // Fewer than may be taken back, yet some of those for which it is doubted.
    deliver(&city, rows(2));
    city.rounds_on(&["2011-10-09"]);
    assert_eq!(forest(&city), "suspect");
    deliver(&city, rows(0).lines().skip(3).map(|row| format!("{row}\n")).collect());
    city.rounds_on(&["2011-10-10"]);
    assert_eq!((forest(&city).as_str(), accused(&city)), ("ok", vec![]));
    deliver(&city, rows(2));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!((forest(&city).as_str(), late(&city)), ("ok", vec!["F-1".to_owned(), "F-2".to_owned()]));
}
