//! Bounds are bounds: of extensions, of special procedures, of what a clause leaves out.

use crate::bench::Bench;

/// Due days of a case's clocks.
fn due(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT clock || ' ' || coalesce(due_at, '-') || ' ' || state FROM deadlines
         WHERE case_number = '{case}' AND clock IN ('promise', 'statutory') ORDER BY clock"
    ))
}

fn extended(city: &Bench, case: &str, at: &str, amount: &str, asked: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, amount, note, changed)
         VALUES ('{case}', 'extended', NULL, '{at}', '李局长', '{amount}', '{asked}', '{at}')"
    ));
}

/// statutes.md XK6, D7, P4: ten working days at most, once, and not after the limit unless asked for before. The promise of
/// ten working days from 2011-09-26 is due 10-13, the law's twenty 10-27.
#[test]
fn an_extension_beyond_its_bound_is_found_and_adds_nothing() {
    let mut city = Bench::new();
    city.configure("amount = \"amount\" }]", "amount = \"amount\", asked = \"note\" }]");
    for case in ["A-1", "A-2", "A-3", "A-4", "A-5"] {
        city.licence(case, "2011-09-26");
    }
    extended(&city, "A-1", "2011-10-10", "10wd", "");
    extended(&city, "A-2", "2011-10-10", "30wd", "");
    extended(&city, "A-3", "2011-10-10", "10wd", "");
    extended(&city, "A-3", "2011-10-11", "10wd", "");
    extended(&city, "A-4", "2011-10-28", "10wd", "");
    extended(&city, "A-5", "2011-10-28", "10wd", "2011-10-13");
    city.rounds_on(&["2011-10-31"]);
    let extended = ["promise 2011-10-27 overdue", "statutory 2011-11-10 running"];
    for case in ["A-1", "A-2", "A-3", "A-5"] {
        assert_eq!(due(&city, case), extended, "{case}");
    }
    assert_eq!(due(&city, "A-4"), ["promise 2011-10-13 overdue", "statutory 2011-10-27 overdue"]);
    let found = city.ledger(
        "SELECT case_number, card, standing, why FROM findings WHERE rule = 'extension-misuse' ORDER BY case_number",
    );
    let heads: Vec<&str> = found.iter().map(|line| line.split("：").next().unwrap()).collect();
    assert_eq!(heads, ["A-2|notice|open|承诺时限", "A-3|notice|open|承诺时限", "A-4|notice|open|承诺时限"]);
    assert!(found[0].contains("超过规定的 10 个工作日"), "{found:?}");
    assert!(found[1].contains("2011-10-11 延期超过允许的延期次数"), "{found:?}");
    assert!(found[2].contains("批准时已超过时限"), "{found:?}");
    // The record is mended: it says now that it was asked for in time.
    city.approval("UPDATE events SET note = '2011-10-12', changed = '2011-10-31 12:00:00' WHERE number = 'A-4' AND kind = 'extended'");
    city.rounds_on(&["2011-11-01"]);
    let standing = "SELECT standing FROM findings WHERE rule = 'extension-misuse' AND case_number = 'A-4'";
    assert_eq!(city.ledger(standing), ["resolved"]);
}

/// A pause has an end: fifteen working days unless its record or a clause says so, from 2011-10-10 until 10-31. Warned of two
/// working days before, a card when it is over; the setting, the record's own length and the end of it move that.
#[test]
fn a_procedure_that_goes_on_is_warned_of_and_gets_a_card() {
    let special = |city: &Bench| {
        city.ledger("SELECT case_number || ' ' || card || ' ' || standing FROM findings WHERE clock LIKE 'special%' ORDER BY 1")
    };
    let mut city = Bench::new();
    for case in ["A-1", "A-2", "A-3"] {
        city.licence(case, "2011-09-26").paused(case, "2011-10-10");
    }
    city.approval("UPDATE events SET amount = '20wd' WHERE number = 'A-2' AND kind = 'paused'");
    city.event("A-3", "resumed", "检测", "2011-10-28");
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(special(&city), [""; 0]);
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(special(&city), ["A-1 notice open", "A-3 notice open"], "the end of A-3 is to come");
    city.rounds_on(&["2011-10-28", "2011-10-31"]);
    assert_eq!(special(&city), ["A-1 notice open", "A-3 notice resolved"]);
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(special(&city), ["A-1 yellow open", "A-3 notice resolved"]);
    // The limits that it holds up are doubtful from then on, and the promise runs on by the stricter count.
    let found = city.findings();
    assert!(found.contains(&"A-1 doubtful-fact notice open".to_owned()), "{found:?}");
    assert!(!found.contains(&"A-2 doubtful-fact notice open".to_owned()), "{found:?}");
    city.rounds_on(&["2011-11-07", "2011-11-08"]);
    assert!(special(&city).contains(&"A-2 yellow open".to_owned()), "{:?}", special(&city));
    // Ended late, its card stays and nothing is left to do.
    city.event("A-1", "resumed", "检测", "2011-11-09");
    city.rounds_on(&["2011-11-10"]);
    assert_eq!(special(&city)[0], "A-1 yellow resolved");
    // A setting gives it more.
    let mut patient = Bench::new();
    patient.configure("[source.approval]", "[supervision]\npause_limit = \"30wd\"\n[source.approval]");
    patient.licence("A-1", "2011-09-26").paused("A-1", "2011-10-10");
    patient.rounds_on(&["2011-11-01"]);
    assert_eq!(patient.findings(), [""; 0]);
}

/// A warning that comes by the strict count names that day: of a pause without end it is the same on every day, while the later one
/// moves on. A warning of a limit in which nothing is doubtful names its own.
#[test]
fn a_warning_by_the_strict_count_names_its_day() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26").paused("A-1", "2011-10-10");
    city.licence("A-2", "2011-10-24");
    city.rounds_on(&["2011-10-31", "2011-11-01", "2011-11-02", "2011-11-03", "2011-11-04"]);
    let warned = |case: &str| {
        city.ledger(&format!(
            "SELECT why FROM findings WHERE clock = 'promise' AND card = 'notice' AND case_number = '{case}'"
        ))
        .concat()
    };
    let by = "SELECT earliest_due_at FROM deadlines WHERE clock = 'promise' AND case_number = 'A-1'";
    let strict = city.ledger(by).concat();
    assert_eq!(
        warned("A-1"),
        format!("2011-09-26 起算，承诺时限 10 个工作日，从严口径到期日 {strict}，尚未办结")
    );
    assert_eq!(warned("A-2"), "2011-10-24 起算，承诺时限 10 个工作日，2011-11-07 到期，尚未办结");
}

/// 《政府信息公开条例》 Arts. 32, 33: what is left out never exceeds the fifteen working days of the clause, and the excess is
/// found. Asked 2024-03-01, twenty working days; third parties asked 2024-03-11: without them due 03-29, at most 04-22.
#[test]
fn asking_third_parties_is_left_out_for_fifteen_working_days() {
    let mut city = Bench::new();
    city.configure(
        "[source.approval]",
        "[[clock]]\nlaw = \"XG6\"\nid = \"answer\"\n[[cards.line]]\ncard = \"red\"\nclock = \"answer\"\nwhen = \"passed\"\n[source.approval]",
    );
    for (case, to) in [("B-1", "2024-03-29"), ("B-2", "2024-04-01"), ("B-3", "2024-05-31")] {
        city.accepted(case, "I20", "2024-03-01");
        for (kind, at) in [("paused", "2024-03-11"), ("resumed", to)] {
            city.approval(&format!(
                "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
                 VALUES ('{case}', '{kind}', '征求第三方和其他机关意见', '{at}', '0731', '函 5 号', '{at}')"
            ));
        }
    }
    city.rounds_on(&["2024-06-03"]);
    let due = city.ledger("SELECT case_number, due_at FROM deadlines WHERE clock = 'answer' ORDER BY 1");
    assert_eq!(due, ["B-1|2024-04-22", "B-2|2024-04-22", "B-3|2024-04-22"]);
    let excess = "SELECT case_number FROM findings WHERE rule = 'special-excess' ORDER BY 1";
    assert_eq!(city.ledger(excess), ["B-2", "B-3"]);
}
