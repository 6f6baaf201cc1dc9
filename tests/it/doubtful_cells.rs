//! A doubtful cell costs the cell and not the case: what else the row says counts, the clocks run, and the case is in doubt.

use crate::bench::Bench;

const FAULT: &str = "A-1 data-fault notice open";
const YELLOW: &str = "A-1 time-limit promise yellow open";

fn write(city: &Bench, set: &str, at: &str) {
    city.approval(&format!("UPDATE cases SET {set}, changed = '{at}' WHERE number = 'A-1'"));
}

/// A licence accepted on 2011-09-26, due on 10-13, whose row was garbled from the beginning.
fn garbled(set: &str) -> Bench {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").licence("B-1", "2011-09-26 10:00:00");
    write(&city, set, "2011-09-26 10:00:00");
    city
}

/// Issue 11, point 3: nobody escapes by typing garbage into one cell. In a row that is first read so the header and every good
/// trace count, the day before the due day, that day and the day after; the fault names the cell and the day in Chinese, and is to
/// be answered like any. Another case of the same table has no fault.
#[test]
fn a_row_first_read_with_a_garbled_end_is_not_yet_decided() {
    let cells = ["finished = '未定', result = 'granted'", "finished = '3020-01-01', result = 'granted'"];
    for (set, shown) in cells.into_iter().zip(["未定", "3020-01-01"]) {
        let mut city = garbled(set);
        let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
        city.write("registry/contacts.csv", &contacts.replace("英文", "中文"));
        city.rounds_on(&["2011-09-27"]);
        assert_eq!(city.findings(), [FAULT], "{set}");
        assert_eq!(
            city.ledger(
                "SELECT case_number, clock, substr(due_at, 1, 10) FROM deadlines WHERE clock = 'promise'"
            ),
            ["A-1|promise|2011-10-13", "B-1|promise|2011-10-13"]
        );
        let why = city.ledger("SELECT why FROM findings WHERE rule = 'data-fault'").concat();
        assert!(why.contains("“finished”列：所填内容不是") && !why.contains(shown), "{why}");
        assert!(why.contains("承诺时限 2011-10-13 到期") && !why.contains("column"), "{why}");
        assert_eq!(city.ledger("SELECT count(*) FROM findings WHERE answer_due IS NOT NULL"), ["1"]);
        city.rounds_on(&["2011-10-12", "2011-10-13"]);
        assert!(!city.findings().contains(&YELLOW.to_owned()), "{:?}", city.findings());
        city.rounds_on(&["2011-10-14"]);
        assert!(city.findings().contains(&YELLOW.to_owned()), "{:?}", city.findings());
        let pressed = "SELECT DISTINCT event FROM finding_history AS h JOIN findings AS f USING (finding)
                       WHERE f.rule = 'data-fault' AND event IN ('reminded', 'unanswered') ORDER BY 1";
        assert_eq!(city.ledger(pressed), ["reminded", "unanswered"]);
        let told = city
            .ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_address LIKE 'handler.u1@%'")
            .concat();
        assert!(told.contains("“finished”列") && !told.contains("column `"), "{told}");
        let digest = city.ledger("SELECT text FROM letters WHERE kind = 'digest'").concat();
        assert!(digest.contains("“finished”列") && !digest.contains("column `"), "{digest}");
    }
}

/// What was known before stays: garbage is nothing that was taken out. Neither does it count as a change.
#[test]
fn garbage_takes_nothing_out() {
    for set in [
        "finished = '未定'",
        "accepted = '待定'",
        "item = '', finished = '未定'",
        "item = x'ff', applied = 'x'",
    ] {
        let mut city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00").decided("A-1", "2011-10-10 10:00:00");
        city.rounds_on(&["2011-10-11"]);
        let known = "SELECT kind, occurred_at FROM case_timeline WHERE case_number = 'A-1' ORDER BY 1, 2";
        let before = city.ledger(known);
        write(&city, set, "2011-10-12 10:00:00");
        city.rounds_on(&["2011-10-13", "2011-10-28"]);
        assert_eq!(city.findings(), [FAULT], "{set}");
        assert_eq!(city.ledger(known), before, "{set}");
        assert_eq!(city.ledger("SELECT item_code FROM cases WHERE case_number = 'A-1'"), ["I20"], "{set}");
        write(
            &city,
            "item = 'I20', applied = accepted, accepted = '2011-09-26 10:00:00', finished = '2011-10-10 10:00:00'",
            "2011-10-28 11:00:00",
        );
        write(&city, "applied = accepted", "2011-10-28 11:00:00");
        city.rounds_on(&["2011-10-31"]);
        assert_eq!(city.findings(), ["A-1 data-fault notice resolved"], "{set}");
    }
}

/// Mended before anything was told, the fault ends by itself and the case is judged by what it says. A card that was told while the
/// cell was in doubt does not fall by what was entered after its letter.
#[test]
fn mended_in_time_the_fault_ends_and_a_card_told_meanwhile_waits_for_a_person() {
    let decided = "finished = '2011-10-10 10:00:00', result = 'granted'";
    let mut city = garbled("finished = '未定', result = 'granted'");
    city.rounds_on(&["2011-10-11"]);
    write(&city, decided, "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    city.round("2011-10-12 11:00");
    assert!(city.findings().contains(&"A-1 data-fault notice resolved".to_owned()), "{:?}", city.findings());
    assert_eq!(
        city.ledger("SELECT state FROM deadlines WHERE case_number = 'A-1' AND clock = 'promise'"),
        ["met"]
    );
    assert_eq!(city.ledger("SELECT count(*) FROM quarantine WHERE open"), ["0"]);

    let mut late = garbled("finished = '未定', result = 'granted'");
    late.rounds_on(&["2011-10-14"]);
    assert!(late.findings().contains(&YELLOW.to_owned()));
    write(&late, decided, "2011-10-17 10:00:00");
    late.rounds_on(&["2011-10-18"]);
    let of_case = late.findings().into_iter().filter(|it| it.starts_with("A-1")).collect::<Vec<_>>();
    assert_eq!(
        of_case,
        ["A-1 data-fault notice resolved", "A-1 time-limit promise yellow pending-withdrawal"]
    );
}

/// Of an extension it must be plain for how long: it adds nothing until then, and what was known of it stays. A garbled name costs
/// only the name.
#[test]
fn the_cell_of_an_event_costs_the_event_or_only_the_text() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.approval("INSERT INTO events (number, kind, at, clerk, amount, changed) VALUES ('A-1', 'extended', '2011-09-28 10:00:00', '李局长', '十日', '2011-09-28 10:00:00')");
    city.rounds_on(&["2011-09-29"]);
    let due = "SELECT substr(due_at, 1, 10) FROM deadlines WHERE clock = 'statutory'";
    assert_eq!((city.findings(), city.ledger(due)), (vec![FAULT.to_owned()], vec!["2011-10-27".to_owned()]));
    city.approval("UPDATE events SET amount = '10', changed = '2011-09-30 08:00:00' WHERE kind = 'extended'");
    city.rounds_on(&["2011-09-30"]);
    assert_eq!(city.ledger(due), ["2011-11-10"]);
    city.approval("UPDATE events SET amount = '二十日', clerk = x'c0ee', note = x'00', changed = '2011-10-08 08:00:00' WHERE kind = 'extended'");
    city.rounds_on(&["2011-10-08"]);
    assert_eq!((city.findings(), city.ledger(due)), (vec![FAULT.to_owned()], vec!["2011-11-10".to_owned()]));
    assert_eq!(
        city.ledger("SELECT column_name FROM quarantine WHERE open AND case_number = 'A-1' ORDER BY 1"),
        ["amount", "clerk", "note"]
    );
    city.approval("UPDATE events SET amount = '10', note = NULL, changed = '2011-10-09 08:00:00' WHERE kind = 'extended'");
    city.rounds_on(&["2011-10-09"]);
    assert_eq!(city.ledger("SELECT column_name FROM quarantine WHERE open"), ["clerk"]);
    assert_eq!(
        city.ledger("SELECT by FROM case_timeline WHERE kind = 'extended'"),
        ["李局长"],
        "what was known of it stays"
    );
    assert_eq!(city.ledger("SELECT count(*) FROM vanished"), ["0"]);
}

/// A row that says nothing but of which case it is names the case.
#[test]
fn a_case_of_which_only_the_number_can_be_read_is_in_doubt() {
    let mut city = Bench::new();
    city.approval("INSERT INTO cases (number, item, applied, accepted, finished, result, changed) VALUES ('A-1', NULL, 'x', 'x', 'x', 'granted', '2011-09-26 10:00:00')");
    city.rounds_on(&["2011-09-27"]);
    assert_eq!(city.findings(), [FAULT]);
    assert_eq!(city.ledger("SELECT case_number, state FROM cases"), ["A-1|fault"]);
    assert_eq!(
        city.ledger("SELECT column_name FROM quarantine WHERE open ORDER BY 1"),
        ["accepted", "applied", "finished", "item"]
    );
    assert_eq!(city.round("2011-09-27 10:00").rows_rejected, 0);
}

/// A sweep that finds a row with a garbled cell finds the row: nothing of it has vanished.
#[test]
fn a_row_in_doubt_has_not_vanished() {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    for case in ["A-1", "B-1", "C-1"] {
        city.licence(case, "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-09-27"]);
    city.approval("UPDATE events SET at = '待定' WHERE number = 'A-1'");
    write(&city, "accepted = '待定', applied = '待定'", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-28"]);
    assert_eq!(city.ledger("SELECT count(*) FROM vanished"), ["0"]);
    assert_eq!(city.findings(), [FAULT]);
}

/// Words for nothing are a setting of the source, with dates that exist counted beside its health and shown by `status`; what one
/// column says otherwise holds for that column.
#[test]
fn dates_for_nothing_are_counted_and_shown() {
    let mut city = Bench::new();
    for (case, finished) in
        [("A-1", "1900-01-01 00:00:00"), ("A-2", "9999-12-31"), ("A-3", "0000-00-00"), ("A-4", "\\N")]
    {
        city.licence(case, "2011-09-26 10:00:00");
        city.approval(&format!(
            "UPDATE cases SET finished = '{finished}', result = 'NULL' WHERE number = '{case}'"
        ));
    }
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger("SELECT count(*) FROM quarantine"), ["0"]);
    assert_eq!(
        city.ledger("SELECT count(*) FROM findings WHERE card = 'yellow' AND standing = 'open'"),
        ["4"]
    );
    let health = "SELECT taken_for_nothing FROM source_health";
    assert_eq!(city.ledger(health), ["finished 1900-01-01 × 1; finished 9999-12-31 × 1"]);
    let mut status = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let status = status
        .args(["status", "--lang", "zh-CN", "-c", city.path("jianchad.toml").to_str().unwrap()])
        .output();
    let status = String::from_utf8(status.unwrap().stdout).unwrap();
    assert!(status.contains("按空值读取") && status.contains("1900-01-01"), "{status}");
    // A partial reading counts nothing down, a whole one counts anew.
    city.approval("UPDATE cases SET finished = NULL, changed = '2011-10-14 10:00:00' WHERE number = 'A-1'");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(city.ledger(health), ["finished 1900-01-01 × 1; finished 9999-12-31 × 1"]);
    city.configure("table = \"cases\"", "table = \"cases\"\nnothing_in = { finished = [\"9999-12-31\"] }");
    city.restart().rounds_on(&["2011-10-18"]);
    assert_eq!(city.ledger(health), ["finished 9999-12-31 × 1"]);
}

/// `nothing` of a source holds for each of its reads, but for those that have their own.
#[test]
fn a_source_may_name_its_own_words_for_nothing() {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"never\"\nnothing = [\"未办\"]");
    city.licence("A-1", "2011-09-26 10:00:00").licence("A-2", "2011-09-26 10:00:00");
    city.approval("UPDATE cases SET finished = iif(number = 'A-1', '未办', '9999-12-31'), result = '未办'");
    city.rounds_on(&["2011-09-27"]);
    assert_eq!(city.ledger("SELECT case_number, column_name FROM quarantine"), ["A-2|finished"]);
}
