//! A record that contradicts itself ends no counting: nobody escapes by being inconsistent.

use crate::bench::Bench;

fn fault(city: &Bench, what: &str) -> Vec<String> {
    city.ledger(&format!("SELECT {what} FROM findings WHERE rule = 'data-fault'"))
}

/// DESIGN 5: a time in the future, an end before its start, a row that cannot be read: the clocks go on without it. Accepted
/// 2011-09-26 with ten and twenty working days: due 10-13 and 10-27.
#[test]
fn what_contradicts_ends_no_counting() {
    for what in
        ["future step", "future decision", "decided before", "withdrawn before", "unreadable", "unknown unit"]
    {
        let mut city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-09-27"]);
        match what {
            "future step" => drop(city.event("A-1", "step", "决定", "2012-10-12 10:00:00")),
            "future decision" => drop(city.decided("A-1", "2012-10-12 10:00:00")),
            "decided before" => drop(city.decided("A-1", "2011-09-12 10:00:00")),
            "withdrawn before" => drop(city.finished("A-1", "withdrawn", "2011-09-12 10:00:00")),
            "unreadable" => drop(city.finished("A-1", "granted", "2011-99-12 10:00:00")),
            _ => {
                city.configure("item = \"item\"", "item = \"item\"\nunit = \"applicant\"");
            }
        }
        city.approval("UPDATE cases SET changed = '2011-10-09 10:00:00'; UPDATE events SET changed = '2011-10-09 10:00:00'");
        city.rounds_on(&["2011-10-10"]);
        assert_eq!(city.findings(), ["A-1 data-fault notice open"], "{what}");
        let why = fault(&city, "why");
        assert!(why[0].contains("承诺时限 2011-10-13 到期、法定时限 2011-10-27 到期"), "{what}: {why:?}");
        assert!(!why[0].contains("见办件详情"), "no more than one is wrong, {what}: {why:?}");
        assert_eq!(city.ledger("SELECT state FROM cases"), ["fault"]);
        city.rounds_on(&["2011-10-13"]);
        assert_eq!(city.findings()[1], "A-1 time-limit promise notice open", "{what}");
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(city.findings()[1], "A-1 time-limit promise yellow open", "{what}");
        city.rounds_on(&["2011-10-27", "2011-10-28"]);
        assert_eq!(city.findings()[2], "A-1 time-limit statutory red open", "{what}");
    }
}

/// A card is not lifted by making the record absurd, and falls back to the ordinary when the record is mended.
#[test]
fn a_card_is_not_lifted_by_an_absurd_record() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    let card = "A-1 time-limit promise yellow open".to_owned();
    assert_eq!(city.findings().join(", "), card);
    city.approval("UPDATE cases SET accepted = '2012-09-26 10:00:00', changed = '2011-10-14 11:00:00'");
    city.rounds_on(&["2011-10-17"]);
    assert!(city.findings().contains(&card), "{:?}", city.findings());
    assert!(city.findings().contains(&"A-1 data-fault notice open".to_owned()));
    city.approval("UPDATE cases SET accepted = '2011-09-26 10:00:00', changed = '2011-10-17 11:00:00'");
    city.rounds_on(&["2011-10-18"]);
    assert!(city.findings().contains(&card), "{:?}", city.findings());
    assert!(city.findings().contains(&"A-1 data-fault notice resolved".to_owned()));
}

/// An end that is on record and late closes the card, whatever else the record says; rules of traces wait meanwhile.
#[test]
fn a_late_end_in_a_faulty_record_is_late() {
    let mut city = Bench::new();
    city.accepted("A-1", "I20", "2011-09-26 10:00:00").decided("A-1", "2011-10-14 10:00:00");
    city.event("A-1", "step", "审查", "2012-09-30 10:00:00");
    city.approval("UPDATE events SET changed = '2011-09-30 10:00:00'");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        city.findings(),
        ["A-1 data-fault notice open", "A-1 time-limit promise yellow resolved"],
        "a step is missing only when the record says so"
    );
}

/// It has an answer day, is reminded of and goes one level up like a card; a notice does not.
#[test]
fn a_data_fault_is_pressed_for_like_a_card() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-10-08 10:00:00").event("A-1", "step", "决定", "2012-10-12 10:00:00");
    city.licence("A-2", "2011-09-28 10:00:00");
    city.approval("UPDATE events SET changed = '2011-10-08 11:00:00'");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(fault(&city, "answer_due"), ["2011-10-20"]);
    assert_eq!(
        city.ledger("SELECT count(*) FROM findings WHERE card = 'notice' AND answer_due IS NOT NULL"),
        ["1"]
    );
    for day in ["14", "17", "18", "19", "20", "21", "24", "25", "26", "27", "28", "31"] {
        city.rounds_on(&[&format!("2011-10-{day}")]);
        if day == "21" {
            let sql = "SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' ORDER BY written_at DESC LIMIT 1";
            let digest = city.ledger(sql).join("");
            assert!(digest.contains("2011-10-21"), "{digest}");
            assert!(!digest.contains("逾期未反馈的红黄牌"), "a notice is no card: {digest}");
            assert!(digest.contains("件办件记录矛盾，相关环节暂不判定，其余环节照常计时"), "{digest}");
        }
    }
    let pressed = "SELECT DISTINCT event FROM finding_history AS h JOIN findings AS f USING (finding)
                   WHERE f.rule = 'data-fault' AND event IN ('reminded', 'unanswered') ORDER BY 1";
    assert_eq!(city.ledger(pressed), ["reminded", "unanswered"]);
    // Answered, it is left alone.
    let mut answered = Bench::new();
    answered.licence("A-1", "2011-10-08 10:00:00").event("A-1", "step", "决定", "2012-10-12 10:00:00");
    answered.approval("UPDATE events SET changed = '2011-10-08 11:00:00'");
    answered.rounds_on(&["2011-10-13"]);
    assert_eq!(answered.ledger(pressed), [""; 0]);
}

/// Nothing to count by leaves the fault alone: an item that the catalogue does not know, a case without a header.
#[test]
fn what_cannot_be_counted_keeps_its_fault_and_no_more() {
    let mut city = Bench::new();
    city.accepted("A-1", "I99", "2011-09-26 10:00:00").event("A-2", "step", "审查", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14", "2011-10-28"]);
    assert_eq!(city.findings(), ["A-1 data-fault notice open", "A-2 data-fault notice open"]);
    assert_eq!(city.ledger("SELECT count(*) FROM deadlines"), ["0"]);
}

const ADMIN: &str = "admin@example.gov.cn";
/// A letter on what names no unit says where it is from, and a letter on what is no matter of time on what day it was found.
#[test]
fn a_letter_names_the_unit_or_the_source_and_the_day() {
    let mut city = Bench::new();
    city.accepted("A-1", "I99", "2011-09-26 10:00:00").event("A-2", "step", "审查", "2011-09-26 10:00:00");
    city.licence("A-3", "2011-10-08 10:00:00").event("A-3", "step", "决定", "2012-10-12 10:00:00");
    city.approval("UPDATE events SET changed = '2011-10-08 11:00:00'");
    city.rounds_on(&["2011-10-13"]);
    let admin = city
        .ledger(&format!("SELECT text, html FROM letter WHERE kind = 'alert' AND to_address = '{ADMIN}'"))
        .concat();
    assert_eq!(admin.matches("unit not known (source “approval”)").count(), 4, "{admin}");
    let handler = city
        .ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_address = 'handler.u1@example.gov.cn'")
        .concat();
    assert!(
        handler.contains("施工许可 · 市住建局") && handler.contains("发现时间：10月13日09:05"),
        "{handler}"
    );
}

/// An item code that the catalogue lacks is told to whoever looks after the catalogue too, once; the unit is asked as ever, as it may have
/// mistyped the code to be rid of a limit. Another fault, and an item that is there, are nothing to the administrator.
#[test]
fn an_item_that_the_catalogue_lacks_is_told_to_the_administrator() {
    let mut city = Bench::new();
    city.configure("item = \"item\"", "item = \"item\"\nunit = \"applicant\"");
    for (number, item) in [("X", "I99"), ("F", "I20"), ("A", "I20")] {
        city.accepted(number, item, "2011-09-26 10:00:00");
    }
    city.approval("UPDATE cases SET applicant = 'U1'");
    city.event("F", "step", "决定", "2012-10-12 10:00:00");
    city.approval("UPDATE events SET changed = '2011-09-26 10:00:00'");
    city.rounds_on(&[
        "2011-09-27",
        "2011-09-28",
        "2011-09-29",
        "2011-09-30",
        "2011-10-08",
        "2011-10-09",
        "2011-10-10",
        "2011-10-11",
        "2011-10-12",
    ]);
    let told = |address: &str, what: &str| {
        city.ledger(&format!(
            "SELECT count(*) FROM letters WHERE kind = 'alert' AND to_address = '{address}' AND text LIKE '%{what}%'"
        ))
        .concat()
    };
    assert_eq!(told("admin@example.gov.cn", "items.csv"), "1");
    assert_eq!(told("admin@example.gov.cn", "F%2012-10-12"), "0");
    assert_ne!(told("handler.u1@example.gov.cn", "I99"), "0");
    assert_eq!(told("handler.u2@example.gov.cn", "I99"), "0");
    let unanswered = "SELECT count(*) FROM finding_event WHERE event = 'unanswered' AND finding_id IN (SELECT id FROM finding WHERE subject = 'X')";
    assert_eq!(city.ledger(unanswered), ["1"], "it goes one level up as ever");
}
