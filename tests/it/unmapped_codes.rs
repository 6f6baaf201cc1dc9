//! A code that the mapping does not know: the administrator is told, the case is held, and the hold has an end.

use std::process::Command;

use crate::bench::{Bench, query};

const ADMIN: &str = "admin@example.gov.cn";
const UNMAPPED: &str = "SELECT case_number, standing FROM findings WHERE rule = 'unmapped-code' ORDER BY 1";
const FAULT: &str = "A-1 data-fault notice open";
const NOTICE: &str = "A-1 time-limit promise notice open";
const YELLOW: &str = "A-1 time-limit promise yellow open";

/// What is found of cases, without what is told to the administrators of codes.
fn of_cases(city: &Bench) -> Vec<String> {
    let findings = city.findings().into_iter();
    findings.filter(|finding| !finding.contains("unmapped-code")).collect()
}

/// A licence accepted 2011-09-26 with ten working days, due 10-13, and finished with a code on 10-10 that is read on Tuesday
/// 10-11: five working days from then end with Tuesday 10-18.
fn held(case: &str, city: &mut Bench) {
    city.licence(case, "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-09"]);
    city.finished(case, "done", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
}

fn retype(city: &Bench, case: &str, result: &str, at: &str) {
    city.approval(&format!("UPDATE cases SET result = {result}, changed = '{at}' WHERE number = '{case}'"));
}

fn jianchad(city: &Bench, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let output = command.args(arguments).args(["-c", city.path("jianchad.toml").to_str().unwrap()]).output();
    String::from_utf8(output.unwrap().stdout).unwrap()
}

/// A code that the mapping does not know is the mapping's fault: the administrator is told, once for each code and not for each
/// row, with the day until which no card comes; the unit is told nothing and gets no red; a notice beforehand it may get. Mapped
/// in time, the record comes in and is judged.
#[test]
fn an_unmapped_code_is_told_to_the_administrator_and_held_against_nobody() {
    let mut city = Bench::new();
    for case in ["A-1", "A-2", "A-3"] {
        city.licence(case, "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-10-09"]);
    for (case, code) in [("A-1", "done"), ("A-2", "done"), ("A-3", "ended")] {
        city.finished(case, code, "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(UNMAPPED), ["approval · result · done|open", "approval · result · ended|open"]);
    let told = city.ledger("SELECT to_address, subject, text FROM letters WHERE kind = 'alert' AND subject LIKE '%[System]%' OR text LIKE '%not mapped%'");
    assert!(told.len() == 1 && told[0].starts_with(ADMIN), "{told:?}");
    for part in [
        "the code `done`, which is not mapped: 2 rows, 2 cases (such as A-1)",
        "until 2011-10-18 these cases get no new yellow or red card",
        "the code `ended`",
        "add it to `codes` of that read",
    ] {
        assert!(told[0].contains(part), "{part} in {told:?}");
    }
    city.rounds_on(&["2011-10-12", "2011-10-13", "2011-10-14", "2011-10-17", "2011-10-18"]);
    assert_eq!(
        city.ledger("SELECT case_number FROM findings WHERE card <> 'notice' OR rule = 'data-fault'"),
        [""; 0]
    );
    assert_eq!(
        city.ledger("SELECT count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%not mapped%'"),
        ["1"],
        "told once"
    );
    assert!(
        city.ledger("SELECT text FROM letters WHERE to_address LIKE '%u1@%'")
            .iter()
            .all(|mail| !mail.contains("代码"))
    );
    city.configure("granted = \"decided\"", "granted = \"decided\", done = \"decided\"");
    city.restart().round("2011-10-18 16:00");
    assert_eq!(
        city.ledger(UNMAPPED),
        ["approval · result · done|resolved", "approval · result · ended|open"]
    );
    assert_eq!(
        city.ledger("SELECT count(*) FROM findings WHERE card <> 'notice'"),
        ["0"],
        "they were finished in time"
    );
    // What turns out to be late gets its card when the code is mapped, and a card that was given stays.
    city.configure("done = \"decided\"", "done = \"decided\", ended = \"step\"");
    city.restart().round("2011-10-18 17:00");
    let cards = "SELECT case_number, card, standing FROM findings WHERE card <> 'notice' ORDER BY 2";
    assert_eq!(city.ledger(cards), ["A-3|yellow|open"]);
    city.finished("A-3", "gone", "2011-10-19 10:00:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.ledger(cards), ["A-3|yellow|open"]);
}

/// Issue 11, point 3: nobody escapes by being inconsistent. The day before the hold ends, its last day, and the day after, which
/// comes by itself: the case is a data fault, its clocks give their cards, and the unit is told why. A case without such a row
/// has its card in the meantime.
#[test]
fn a_code_that_nobody_maps_holds_no_longer_than_an_answer_may_take() {
    let mut city = Bench::new();
    city.licence("B-1", "2011-09-26 10:00:00");
    held("A-1", &mut city);
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(of_cases(&city), [NOTICE, "B-1 time-limit promise yellow open"]);
    city.round("2011-10-18 23:50");
    assert_eq!(of_cases(&city)[0], NOTICE);
    let read = city.ledger("SELECT rows_read FROM rounds ORDER BY round DESC LIMIT 1");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(city.ledger("SELECT rows_read FROM rounds ORDER BY round DESC LIMIT 1"), read, "nothing new");
    assert_eq!(of_cases(&city)[..2], [FAULT, YELLOW]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'data-fault'").concat();
    assert!(
        why.contains("“result”列的代码“done”没有映射") && why.contains("至 2011-10-18 仍未补入映射"),
        "{why}"
    );
    let told = city
        .ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_address LIKE 'handler.u1@%' AND text LIKE '%A-1%'")
        .concat();
    assert!(told.contains("10月18日仍未补入映射，不再暂缓"), "{told}");
    assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A-1'"), ["fault"]);
    city.rounds_on(&["2011-10-27", "2011-10-28"]);
    assert!(
        of_cases(&city).contains(&"A-1 time-limit statutory red open".to_owned()),
        "{:?}",
        of_cases(&city)
    );
}

/// A case of which nothing can be read but that it is there, typed while its source was watched: nothing can be counted, and it
/// is told as a data fault when its hold ends, by itself. The next one, whose row can be read, is told nothing.
#[test]
fn a_case_of_which_nothing_can_be_read_is_told_when_its_hold_ends() {
    let mut city = Bench::new();
    city.licence("B-1", "2011-10-09 10:00:00");
    city.rounds_on(&["2011-10-10"]);
    city.accepted("A-1", "I20", "2011-10-10 10:00:00").finished("A-1", "done", "2011-10-10 16:00:00");
    city.rounds_on(&["2011-10-11"]);
    city.round("2011-10-18 23:50");
    assert_eq!(of_cases(&city), [""; 0]);
    city.round("2011-10-19 00:00");
    assert_eq!(of_cases(&city), [FAULT]);
}

/// Another code that nobody will map, typed on the last day or after a row that was cleared between, begins no new hold; a case
/// in which one first appears later has its own days.
#[test]
fn retyping_begins_no_new_hold() {
    for between in ["'other'", "NULL"] {
        let mut city = Bench::new();
        city.licence("B-1", "2011-09-26 10:00:00");
        held("A-1", &mut city);
        city.finished("B-1", "done", "2011-10-13 10:00:00");
        city.rounds_on(&["2011-10-14"]);
        retype(&city, "A-1", between, "2011-10-17 10:00:00");
        city.rounds_on(&["2011-10-18"]);
        retype(&city, "A-1", "'third'", "2011-10-18 10:00:00");
        city.rounds_on(&["2011-10-19"]);
        assert_eq!(of_cases(&city), [FAULT, YELLOW, "B-1 time-limit promise notice open"], "{between}");
        city.rounds_on(&["2011-10-21"]);
        assert_eq!(of_cases(&city).len(), 3, "{between}");
        city.rounds_on(&["2011-10-24"]);
        assert_eq!(
            of_cases(&city)[2..],
            ["B-1 data-fault notice open", "B-1 time-limit promise yellow open"],
            "{between}"
        );
    }
}

/// Mapped after its hold has ended, the record comes in: the fault is mended, and whether the card falls is a supervisor's
/// question, as no line of a mapping lifts a card by itself.
#[test]
fn mapped_after_the_hold_the_case_is_judged_by_what_it_says() {
    let mut city = Bench::new();
    held("A-1", &mut city);
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(of_cases(&city), [FAULT, YELLOW]);
    city.configure("granted = \"decided\"", "granted = \"decided\", done = \"decided\"");
    city.restart().rounds_on(&["2011-10-20"]);
    assert_eq!(of_cases(&city)[0], "A-1 data-fault notice resolved");
    assert_eq!(of_cases(&city)[1], "A-1 time-limit promise yellow pending-withdrawal");
    assert_eq!(city.ledger(UNMAPPED), ["approval · result · done|resolved"]);
}

/// A first reading brings the past: what was over, or long without a sign of life, waits for the mapping without a letter, while
/// what runs is held no longer than any other. It has signs of life again when anything of it is read.
#[test]
fn a_first_reading_of_years_gives_no_storm_when_the_holds_end() {
    let mut city = Bench::new();
    for number in 0..20 {
        let case = format!("OVER-{number}");
        city.licence(&case, "2010-03-01 10:00:00").decided(&case, "2010-03-10 10:00:00");
        city.event(&case, "weird", "审查", "2010-03-09 10:00:00");
        let case = format!("LOST-{number}");
        city.licence(&case, "2010-03-01 10:00:00").event(&case, "ended", "", "2010-03-10 10:00:00");
        let case = format!("DARK-{number}");
        city.accepted(&case, "I20", "2010-03-01 10:00:00").finished(&case, "done", "2010-03-10 10:00:00");
    }
    city.licence("A-1", "2011-09-26 10:00:00").event("A-1", "ended", "", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    let told =
        city.ledger(&format!("SELECT text FROM letters WHERE kind = 'alert' AND to_address = '{ADMIN}'"));
    assert!(told.concat().contains("over or long without a sign of life at the first reading"), "{told:?}");
    city.rounds_on(&["2011-10-18"]);
    let of = |city: &Bench, case: &str| {
        let sql = format!("SELECT rule, card FROM findings WHERE case_number LIKE '{case}%' ORDER BY 1, 2");
        city.ledger(&sql)
    };
    let storm = |city: &Bench| ["OVER", "LOST", "DARK"].map(|case| of(city, case).len());
    assert_eq!(storm(&city), [0; 3]);
    city.rounds_on(&["2011-10-19", "2011-10-28", "2011-11-28"]);
    assert_eq!(storm(&city), [0; 3]);
    assert_eq!(of(&city, "A-1"), ["data-fault|notice", "time-limit|red", "time-limit|yellow"]);
    city.event("LOST-1", "step", "审查", "2011-11-28 10:00:00");
    city.rounds_on(&["2011-11-29"]);
    assert_eq!(of(&city, "LOST-1"), ["data-fault|notice", "time-limit|red", "time-limit|yellow"]);
    assert_eq!(of(&city, "LOST-2"), [""; 0]);
}

/// A code that the configuration loses is our doing: cases that were long over are told of as little as after a first reading.
#[test]
fn a_code_that_the_mapping_loses_gives_no_storm_either() {
    let mut city = Bench::new();
    city.licence("OVER", "2011-03-01 10:00:00");
    city.rounds_on(&["2011-03-02"]);
    city.decided("OVER", "2011-03-03 10:00:00");
    city.rounds_on(&["2011-03-04"]);
    city.configure("granted = \"decided\", ", "");
    city.restart().rounds_on(&["2011-10-11"]);
    let mut adopt = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    adopt.args([
        "adopt",
        "--by",
        "管理员",
        "--why",
        "试",
        "-c",
        city.path("jianchad.toml").to_str().unwrap(),
    ]);
    adopt.output().unwrap();
    city.restart().rounds_on(&["2011-10-12", "2011-10-20", "2011-11-20"]);
    assert_eq!(city.ledger(UNMAPPED), ["approval · result · granted|open"]);
    assert_eq!(of_cases(&city), [""; 0]);
}

/// The cause is a value of its own: a cell that quotes what is said of unknown codes is garbled like any other, and its office
/// is told at once.
#[test]
fn no_cell_passes_for_a_code_that_is_not_mapped() {
    for cell in ["is an unknown code: add it to `codes`", "` is an unknown code: add it to `codes`"] {
        let mut city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-09"]);
        city.approval(&format!(
            "UPDATE cases SET result = 'granted', finished = '{cell}', changed = '2011-10-10 10:00:00'"
        ));
        city.rounds_on(&["2011-10-11"]);
        assert_eq!(of_cases(&city)[0], FAULT, "{cell}");
        assert_eq!(city.ledger(UNMAPPED), [""; 0], "{cell}");
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(of_cases(&city), [FAULT, YELLOW], "{cell}");
        assert_eq!(city.ledger("SELECT unmapped_code IS NULL FROM quarantine WHERE open"), ["1"]);
    }
}

/// `explain --as-of` says of each day what was so, with the day on which the hold ends; a replay that reads everything once ends
/// with the same findings of the case.
#[test]
fn looking_back_says_the_same() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-09"]);
    city.event("A-1", "ended", "", "2011-10-10 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    let page = |city: &Bench, at: &str| {
        jianchad(city, &["explain", "A-1", "--lang", "en", "--as-of", &format!("{at}T10:00")])
    };
    let during = "no new yellow or red card until 2011-10-18";
    let after = "the code was not mapped by 2011-10-18: the case is held no longer";
    assert!(page(&city, "2011-10-11").contains(during));
    city.rounds_on(&["2011-10-18", "2011-10-19", "2011-10-28"]);
    let cards = "SELECT rule, clock, card, standing FROM findings WHERE case_number = 'A-1' ORDER BY 1, 2";
    let kept = city.path("scratch.db");
    let period = ["replay", "--from", "2011-09-26", "--to", "2011-10-28", "--keep"];
    jianchad(&city, &[&period[..], &[kept.to_str().unwrap()]].concat());
    assert_eq!(query(&kept, cards), city.ledger(cards));
    assert_eq!(city.ledger(cards).len(), 3);
    city.configure("codes = { step = \"step\"", "codes = { ended = \"step\", step = \"step\"");
    city.restart().rounds_on(&["2011-10-31"]);
    for (day, has, has_not) in
        [("2011-10-11", during, after), ("2011-10-18", during, after), ("2011-10-19", after, during)]
    {
        let page = page(&city, day);
        assert!(page.contains(has) && !page.contains(has_not), "{day}: {page}");
    }
    let page = page(&city, "2011-10-31");
    assert!(!page.contains("Data faults (until mended"), "{page}");
}

/// How long a case is held is a part of what judges: a longer `answer_within` takes back unseen no more than any other line.
#[test]
fn a_longer_hold_is_a_change_of_what_judges() {
    let mut city = Bench::new();
    let cases = ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"];
    for case in cases {
        city.licence(case, "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-10-09"]);
    for case in cases {
        city.finished(case, "done", "2011-10-10 10:00:00");
    }
    city.rounds_on(&["2011-10-11", "2011-10-19"]);
    let faults = "SELECT count(*) FROM findings WHERE rule = 'data-fault' AND standing = 'open'";
    assert_eq!(city.ledger(faults), ["6"]);
    city.configure("[mail]", "[supervision]\nanswer_within = \"60wd\"\n[mail]");
    city.restart().round("2011-10-19 10:00");
    assert_eq!(city.ledger("SELECT event FROM adoptions WHERE before IS NOT NULL"), ["waits"]);
    assert_eq!(city.ledger(faults), ["6"]);
}
