//! Special procedures side by side, seen from outside. 《行政许可法》第四十五条 leaves out the time of each, and nothing
//! says that they exclude each other.

use crate::bench::Bench;
use crate::profiles::{city, front};

/// Due days and states of a case's clocks.
fn clocks(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT clock || ' ' || coalesce(due_at, '-') || ' ' || state FROM deadlines
         WHERE case_number = '{case}' AND clock IN ('promise', 'statutory') ORDER BY clock"
    ))
}

/// A procedure of a stage, with its notice.
fn procedure(city: &Bench, case: &str, stage: &str, from: &str, to: Option<&str>) {
    for (kind, at) in [("paused", Some(from)), ("resumed", to)] {
        let Some(at) = at else { continue };
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
             VALUES ('{case}', '{kind}', '{stage}', '{at}', '0731', '特告〔2011〕26号', '{at}')"
        ));
    }
}

/// Whatever way two procedures lie to each other, their union is left out: 10-10 to 10-21, ten working days.
#[test]
fn the_union_of_procedures_is_left_out() {
    let mut bench = Bench::new();
    for (case, first, second) in [
        ("overlap", ("2011-10-10", "2011-10-17"), ("2011-10-13", "2011-10-21")),
        ("nested", ("2011-10-10", "2011-10-21"), ("2011-10-12", "2011-10-14")),
        ("touch", ("2011-10-10", "2011-10-14"), ("2011-10-14", "2011-10-21")),
    ] {
        bench.licence(case, "2011-09-26");
        procedure(&bench, case, "检测", first.0, Some(first.1));
        procedure(&bench, case, "专家评审", second.0, Some(second.1));
    }
    bench.licence("one", "2011-09-26");
    procedure(&bench, "one", "检测", "2011-10-10", Some("2011-10-21"));
    bench.rounds_on(&["2011-10-24"]);
    for case in ["one", "overlap", "nested", "touch"] {
        assert_eq!(
            clocks(&bench, case),
            ["promise 2011-10-27 running", "statutory 2011-11-10 running"],
            "{case}"
        );
    }
    assert_eq!(
        bench.ledger("SELECT count(*) FROM findings WHERE rule IN ('data-fault', 'special-unpaired')"),
        ["0"]
    );
    // The day is kept, and the day after is late.
    bench.rounds_on(&["2011-10-27"]);
    assert_eq!(bench.ledger("SELECT count(*) FROM findings WHERE card = 'yellow'"), ["0"]);
    bench.rounds_on(&["2011-10-28"]);
    assert_eq!(
        bench.ledger("SELECT count(*) FROM findings WHERE card = 'yellow' AND clock = 'promise'"),
        ["4"]
    );
}

/// While one of two goes on, the limit stands still, though the other has ended.
#[test]
fn the_end_of_one_procedure_is_not_the_end_of_another() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26");
    procedure(&city, "A-1", "检测", "2011-10-10", None);
    procedure(&city, "A-1", "专家评审", "2011-10-11", Some("2011-10-12"));
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(clocks(&city, "A-1"), ["promise - paused", "statutory - paused"]);
    let since =
        "SELECT DISTINCT substr(paused_since, 1, 10) FROM deadlines WHERE clock IN ('promise', 'statutory')";
    assert_eq!(city.ledger(since), ["2011-10-10"]);
}

/// An end without a beginning costs nothing beside it: the case is judged, and its other procedure counts.
#[test]
fn what_belongs_to_no_procedure_is_found_and_costs_only_itself() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26").event("A-1", "resumed", "听证", "2011-10-09");
    procedure(&city, "A-1", "检测", "2011-10-10", Some("2011-10-21"));
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(clocks(&city, "A-1"), ["promise 2011-10-27 running", "statutory 2011-11-10 running"]);
    assert_eq!(city.findings()[0], "A-1 special-unpaired notice open");
    assert_eq!(city.ledger("SELECT state FROM cases"), ["open"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'special-unpaired'");
    assert_eq!(why, ["特别程序 2011-10-09 结束，却没有开始记录；更正前不扣除"]);
    city.approval("UPDATE events SET kind = 'step', changed = '2011-10-24 15:00:00' WHERE stage = '听证'");
    city.rounds_on(&["2011-10-25"]);
    assert!(
        city.findings().contains(&"A-1 special-unpaired notice resolved".to_owned()),
        "{:?}",
        city.findings()
    );
}

/// An end alone is found too, where the case has no beginning of any procedure.
#[test]
fn an_end_alone_is_found() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26").event("A-1", "resumed", "听证", "2011-10-09");
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(city.findings(), ["A-1 special-unpaired notice open"]);
}

/// What begins again without a number, before it has ended, holds no limit open for good: 10-17 to 10-21 is left out, five working
/// days, and what goes on beside it by another name as ever.
#[test]
fn a_procedure_begun_again_costs_only_itself() {
    let mut city = Bench::new();
    for case in ["twice", "beside"] {
        city.licence(case, "2011-09-26");
        procedure(&city, case, "检测", "2011-10-10", None);
        procedure(&city, case, "检测", "2011-10-17", Some("2011-10-21"));
    }
    procedure(&city, "beside", "专家评审", "2011-10-12", Some("2011-10-18"));
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(clocks(&city, "twice"), ["promise 2011-10-13 overdue", "statutory 2011-11-03 running"]);
    assert_eq!(clocks(&city, "beside"), ["promise 2011-10-25 running", "statutory 2011-11-08 running"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'special-unpaired' ORDER BY case_number");
    let said = "特别程序 2011-10-10 开始，尚未结束，2011-10-17 再次开始，未载明编号，只按其中一次扣除";
    assert_eq!(why, [said, said]);
}

/// `serial` of the mapping: what began twice under one number leaves nothing out, the one beside it does.
#[test]
fn a_serial_number_says_what_belongs_together() {
    let mut city = Bench::new();
    city.configure("stage = \"stage\",", "stage = \"stage\", serial = \"amount\",");
    city.configure(", amount = \"amount\" }]", " }]");
    city.licence("A-1", "2011-09-26").licence("A-2", "2011-09-26");
    let row = |case: &str, kind: &str, at: &str, serial: &str| {
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, note, amount, changed)
             VALUES ('{case}', '{kind}', '检测', '{at}', '0731', '特告 26 号', '{serial}', '{at}')"
        ));
    };
    for (kind, at, serial) in [
        ("paused", "2011-10-10", "1"),
        ("paused", "2011-10-12", "2"),
        ("resumed", "2011-10-13", "2"),
        ("resumed", "2011-10-21", "1"),
    ] {
        row("A-1", kind, at, serial);
    }
    for (kind, at, serial) in [
        ("paused", "2011-10-10", "1"),
        ("paused", "2011-10-11", "2"),
        ("paused", "2011-10-12", "1"),
        ("resumed", "2011-10-13", "2"),
        ("resumed", "2011-10-21", "1"),
    ] {
        row("A-2", kind, at, serial);
    }
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(clocks(&city, "A-1"), ["promise 2011-10-27 running", "statutory 2011-11-10 running"]);
    // Three working days are left out, 10-11 to 10-13: due 10-18, and over.
    assert_eq!(clocks(&city, "A-2"), ["promise 2011-10-18 overdue", "statutory 2011-11-01 running"]);
    assert_eq!(city.ledger("SELECT case_number FROM findings WHERE rule = 'special-unpaired'"), ["A-2"]);
}

/// The national platform: a row holds its own beginning and end, whatever the rows beside it say.
#[test]
fn rows_of_the_national_platform_pair_with_themselves() {
    let mut city = city("up-pro", "");
    let row = |city: &Bench, guid: &str, case: &str, from: &str, to: &str| {
        front(
            city,
            &format!(
                "INSERT INTO up_pro_special_procedure VALUES ('{guid}', '{case}', '2', '检测', '{from}', '特告 26 号', '王局长',
                     '{to}', '', 'I', '2011-10-20 09:00:00')"
            ),
        );
    };
    // Accepted 2011-10-09. The first goes on, the second is over.
    row(&city, "t2", "P-2", "2011-10-11", "");
    row(&city, "t3", "P-2", "2011-10-12", "2011-10-13");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(clocks(&city, "P-2"), ["promise - paused", "statutory - paused"]);
    row(&city, "t2", "P-2", "2011-10-11", "2011-10-21");
    front(
        &city,
        "UPDATE up_pro_special_procedure SET cd_time = '2011-10-21 12:00:00' WHERE end_time = '2011-10-21'",
    );
    city.rounds_on(&["2011-10-24"]);
    // Nine working days, 10-11 to 10-21, are left out of ten and of twenty from 10-09 on.
    assert_eq!(clocks(&city, "P-2"), ["promise 2011-11-03 running", "statutory 2011-11-17 running"]);
}

/// Guangdong's tables: the end in another table bears the same running number (XH).
#[test]
fn ends_of_guangdong_s_tables_pair_by_their_running_number() {
    let mut city = city("ex-gdbs", "");
    front(
        &city,
        "INSERT INTO EX_GDBS_SB VALUES ('G-9', 'I20', '2011-09-26 09:00:00', NULL, 1, '431000', 1, 0, '2011-09-26 09:01:00');
         INSERT INTO EX_GDBS_SL VALUES ('G-9', '1', '2011-09-26 10:00:00', NULL, '张三', 'A019', 1, '2011-09-26 10:01:00');
         INSERT INTO EX_GDBS_TBCXSQ VALUES
             ('G-9', '1', 'B', '2011-10-10 09:00:00', '王局长', '检验，特告 1 号', 15, 'G', 1, '2011-10-10 09:01:00'),
             ('G-9', '2', 'B', '2011-10-11 09:00:00', '王局长', '检验，特告 2 号', 15, 'G', 1, '2011-10-11 09:01:00');
         INSERT INTO EX_GDBS_TBCXJG VALUES ('G-9', '2', '合格', '2011-10-13 09:00:00', '2011-10-13 10:00:00', 1, '2011-10-13 10:01:00')",
    );
    city.rounds_on(&["2011-10-20"]);
    let since = "SELECT clock, substr(paused_since, 1, 10) FROM deadlines WHERE case_number = 'G-9' AND clock = 'promise'";
    assert_eq!(city.ledger(since), ["promise|2011-10-10"], "the first still goes on");
    front(
        &city,
        "INSERT INTO EX_GDBS_TBCXJG VALUES ('G-9', '1', '合格', '2011-10-21 09:00:00', '2011-10-21 10:00:00', 1, '2011-10-21 10:01:00')",
    );
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(clocks(&city, "G-9"), ["promise 2011-10-27 running", "statutory 2011-11-10 running"]);
}
