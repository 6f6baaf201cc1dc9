//! From a row to a mail: cards, their lives, and what the supervisor reads.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

/// A case whose row says no time yet is open, and nothing is found of it.
#[test]
fn a_case_of_which_nothing_is_told_yet_is_open() {
    let mut city = Bench::new();
    city.approval("INSERT INTO cases (number, item, changed) VALUES ('A-1', 'I20', '2011-09-26 10:00:00')");
    city.rounds_on(&["2011-09-27", "2011-10-31"]);
    assert_eq!(city.ledger("SELECT state FROM cases"), ["open"]);
    assert_eq!(city.findings(), [""; 0]);
}

/// DESIGN 3: 2011-09-26 and 10 working days end on 2011-10-13, as 1–7 October are off and 8 and 9 October worked.
#[test]
fn a_case_gets_notice_yellow_and_red_as_its_limits_pass() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-10-10"]);
    assert_eq!(city.findings(), Vec::<String>::new());
    // Promise: 10 working days end on 2011-10-13; the second working day before it is 2011-10-11.
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise notice open"]);
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise notice open"]);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow open"]);
    // Law: 20 working days end on 2011-10-27.
    city.rounds_on(&["2011-10-27", "2011-10-28"]);
    let both = ["A-1 time-limit promise yellow open", "A-1 time-limit statutory red open"];
    assert_eq!(city.findings(), both);
    let lead = city.subjects("lead.u1@example.gov.cn");
    assert_eq!(lead.len(), 3, "{lead:?}");
    assert_eq!(lead[1], "【黄牌】市住建局 1 件逾期未反馈（最长超 10 个工作日）");
    assert_eq!(lead[2], "【红牌】市住建局 1 件超法定时限（最长超 1 个工作日）");
}

/// DESIGN 4: a case closed in time never gets a notice; a case that closed late still gets its card.
#[test]
fn closed_in_time_is_silent_and_closed_late_has_its_card() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").decided("A-1", "2011-10-13 20:00:00");
    city.licence("A-2", "2011-09-26 10:00:00").decided("A-2", "2011-10-14 00:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(city.findings(), ["A-2 time-limit promise yellow resolved"]);
}

/// DESIGN 5: a warning that comes to nothing is resolved, and counts as a notice only.
#[test]
fn a_notice_ends_with_the_decision() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    city.decided("A-1", "2011-10-12 11:00:00");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise notice resolved"]);
}

/// DESIGN 5: what was entered after the letter on a card had left does not lift it; a supervisor does, and those told are told
/// again.
#[test]
fn a_card_that_late_data_disprove_is_a_supervisor_s_to_withdraw() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow open"]);
    city.approval(
        "UPDATE cases SET result = 'granted', finished = '2011-10-12 09:00:00', changed = '2011-10-14 15:00:00'",
    );
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow pending-withdrawal"]);
    let at = moment("2011-10-17 10:00").instant;
    let done = Done {
        finding: 1,
        action: &CardAction::Revoke,
        by: "孙七",
        why: "查实按期办结",
        order_due: None,
        at,
    };
    keyboard(&city).enter_deed(&done).unwrap();
    city.round("2011-10-17 10:10");
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow revoked"]);
    let lead = city.subjects("lead.u1@example.gov.cn");
    assert_eq!(lead.last().unwrap(), "【撤销】市住建局 1 件撤销");
    let events = city.ledger("SELECT event FROM finding_history WHERE case_number = 'A-1'");
    assert_eq!(events, ["raised", "contested", "revoked"]);
}

/// DESIGN 3: the same, paused 2011-10-10 to 2011-10-21, ends ten working days later.
#[test]
fn a_special_procedure_is_not_counted() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.paused("A-1", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.ledger("SELECT state, due_at FROM deadlines WHERE clock = 'statutory'"), ["paused|"]);
    city.event("A-1", "resumed", "", "2011-10-21 09:00:00");
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(
        city.ledger("SELECT clock, state, due_at FROM deadlines"),
        ["promise|running|2011-10-27", "special|met|2011-10-31", "statutory|running|2011-11-10"]
    );
    assert_eq!(city.findings(), Vec::<String>::new());
}

/// 《行政许可法》 Art. 42: ten working days more, with leave (D7). Granted after the limit it lifts nothing, unless the record says
/// that it was asked for in time (P4), and is found.
#[test]
fn an_extension_counts_when_it_was_granted_in_time() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").event("A-1", "extended", "", "2011-10-13 16:00:00");
    city.licence("A-2", "2011-09-26 10:00:00").event("A-2", "extended", "", "2011-10-28 16:00:00");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(
        city.ledger("SELECT case_number, clock, due_at, earliest_due_at FROM deadlines"),
        [
            "A-1|promise|2011-10-27|",
            "A-1|statutory|2011-11-10|",
            "A-2|promise|2011-10-13|",
            "A-2|statutory|2011-10-27|"
        ]
    );
    assert_eq!(
        city.findings(),
        [
            "A-1 time-limit promise yellow open",
            "A-2 extension-misuse notice open",
            "A-2 time-limit promise yellow open",
            "A-2 time-limit statutory red open"
        ]
    );
}

/// P2: an instant matter is due by closing time of the same working day.
#[test]
fn an_instant_matter_is_due_the_same_day() {
    let mut city = Bench::new();
    city.accepted("B-1", "INOW", "2011-10-10 09:00:00").decided("B-1", "2011-10-10 17:00:00");
    city.accepted("B-2", "INOW", "2011-10-10 09:00:00").decided("B-2", "2011-10-10 17:00:01");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.findings(), ["B-2 time-limit promise yellow resolved"]);
}

/// domain.md B10: a required stage without a trace.
#[test]
fn a_missing_stage_is_found_and_mended() {
    let mut city = Bench::new();
    city.accepted("A-1", "I20", "2011-10-10 09:00:00").decided("A-1", "2011-10-12 09:00:00");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(city.findings(), ["A-1 missing-step notice open"]);
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, changed)
         VALUES ('A-1', 'step', '审查', '2011-10-11 09:00:00', '0731', '2011-10-13 16:00:00')",
    );
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.findings(), ["A-1 missing-step notice resolved"]);
}

/// DESIGN 5: data error is not delay, and an end before the start ends no counting. What cannot be counted gets no card.
#[test]
fn a_record_that_contradicts_itself_is_found_and_ends_no_counting() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").decided("A-1", "2011-09-20 10:00:00");
    city.accepted("A-2", "I99", "2011-09-26 10:00:00");
    city.accepted("A-3", "I20", "2012-01-01 10:00:00");
    city.approval("UPDATE cases SET changed = '2011-10-28 10:00:00'");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(
        city.findings(),
        [
            "A-1 data-fault notice open",
            "A-1 time-limit promise yellow open",
            "A-1 time-limit statutory red open",
            "A-2 data-fault notice open",
            "A-3 data-fault notice open"
        ]
    );
    assert_eq!(city.ledger("SELECT count(*) FROM unit_ranking WHERE notice > 0"), ["0"]);
}

/// DESIGN 3: a new day of the calendar or a restart changes nothing by itself; a quiet round judges nothing.
#[test]
fn a_quiet_round_judges_nothing() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    let quiet = city.round("2011-09-27 09:15");
    assert_eq!((quiet.rows_read, quiet.cases_judged, quiet.letters), (0, 0, 0));
    let after_restart = city.restart().round("2011-09-28 09:15");
    assert_eq!(after_restart.cases_judged, 0);
}

/// DESIGN 8: a case whose traces changed at the source keeps both versions.
#[test]
fn both_versions_of_a_changed_trace_are_kept() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.approval("UPDATE cases SET accepted = '2011-09-28 10:00:00', changed = '2011-09-28 10:00:00'");
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(
        city.ledger(
            "SELECT occurred_at, current FROM case_timeline WHERE kind = 'accepted' ORDER BY revision"
        ),
        ["2011-09-26T10:00:00+08:00|0", "2011-09-28T10:00:00+08:00|1"]
    );
    assert_eq!(
        city.ledger("SELECT started_at FROM deadlines WHERE clock = 'promise'"),
        ["2011-09-28T10:00:00+08:00"]
    );
}

/// DESIGN 5: the case-level and row-level faults are quarantined, counted, and cleared when mended.
#[test]
fn a_spoilt_row_waits_in_quarantine_until_it_is_mended() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.approval(
        "UPDATE cases SET result = 'granted', finished = '2011-99-09 09:00:00', changed = '2011-10-09 09:00:00'",
    );
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(city.findings(), ["A-1 data-fault notice open"]);
    assert_eq!(city.ledger("SELECT case_number, column_name, open FROM quarantine"), ["A-1|finished|1"]);
    city.approval("UPDATE cases SET finished = '2011-10-09 09:00:00', changed = '2011-10-10 15:00:00'");
    city.rounds_on(&["2011-10-11", "2011-10-31"]);
    assert_eq!(city.findings(), ["A-1 data-fault notice resolved"]);
    assert_eq!(city.ledger("SELECT open FROM quarantine"), ["0"]);
}

/// DESIGN 9: an unknown code stops that record loudly; once the code has its meaning, the record comes in.
#[test]
fn a_code_that_gets_its_meaning_lets_the_record_in() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").finished("A-1", "void", "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-13"]);
    let code = "approval · result · void unmapped-code notice open";
    assert_eq!(city.findings(), ["A-1 time-limit promise notice open", code], "the clock runs meanwhile");
    city.configure("granted = \"decided\",", "granted = \"decided\", void = \"closed\",");
    city.rounds_on(&["2011-10-14", "2011-12-01"]);
    let code = "approval · result · void unmapped-code notice resolved";
    assert_eq!(city.findings(), ["A-1 time-limit promise notice resolved", code]);
    assert_eq!(city.ledger("SELECT count(*) FROM quarantine WHERE open"), ["0"]);
}
