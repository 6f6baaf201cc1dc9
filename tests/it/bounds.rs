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
