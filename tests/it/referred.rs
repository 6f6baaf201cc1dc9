//! Issue 14, point 5: of a fault in the record of a case that is late or nearly so the supervisor is told, and not only the handler.

use crate::bench::Bench;

const SUPERVISOR: &str = "supervisor@example.gov.cn";
const REFERRED: &str = "数据差错影响超期认定";

/// Alerts to the supervisor that tell of a step in the future, by the day on which they were written.
fn told(city: &Bench) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(written_at, 1, 10) FROM letters WHERE kind = 'alert' AND to_address = '{SUPERVISOR}'
             AND (text LIKE '%在将来%' OR text LIKE '%{REFERRED}%') ORDER BY letter"
    ))
}

/// Alerts to an address with an entry that refers a fault, likewise.
fn referred_to(city: &Bench, address: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(written_at, 1, 10) FROM letters WHERE kind = 'alert' AND to_address = '{address}'
             AND text LIKE '%提示 {REFERRED}%' ORDER BY letter"
    ))
}

/// Days on which the digest of the supervisor names such faults.
fn in_digests(city: &Bench) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(written_at, 1, 10) FROM letters WHERE kind = 'digest' AND to_address = '{SUPERVISOR}'
             AND text LIKE '%{REFERRED}的办件%' ORDER BY letter"
    ))
}

fn spoil(city: &Bench, number: &str, day: &str) {
    city.event(number, "step", "决定", "2012-10-12 10:00:00");
    city.approval(&format!("UPDATE events SET changed = '{day} 08:30:00' WHERE number = '{number}'"));
}

/// Accepted 2011-09-26 with ten working days: due on Thursday 10-13, nearly late on the day that gives the notice. A fault found on
/// the day before is the handler's alone until then; it is told to the supervisor once, whatever day passes, and stands in the digest
/// until it is mended. Of the unit and of others nobody is told of that.
#[test]
fn a_fault_of_a_case_that_is_nearly_late_is_told_to_the_supervisor_once() {
    let mut city = Bench::new();
    city.elsewhere();
    city.licence("A-1", "2011-09-26 10:00:00").licence("A-2", "2011-10-10 10:00:00");
    for number in ["A-1", "A-2"] {
        spoil(&city, number, "2011-10-10");
    }
    let notice = "SELECT count(*) FROM findings WHERE rule = 'time-limit' AND case_number = 'A-1'";
    city.rounds_on(&["2011-10-10"]);
    assert_eq!((city.ledger(notice), told(&city)), (vec!["0".to_owned()], vec![]));
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(notice), ["1"]);
    assert_eq!(told(&city), ["2011-10-11"]);
    city.restart().rounds_on(&["2011-10-13", "2011-10-14", "2011-10-17"]);
    assert_eq!(told(&city), ["2011-10-11"], "once, also when it is late");
    for other in ["handler.u1", "lead.u1", "handler.u2", "lead.u2", "lead.u3", "handler.u9", "admin"] {
        assert_eq!(referred_to(&city, &format!("{other}@example.gov.cn")), [""; 0], "{other}");
    }
    let text = format!("SELECT text FROM letters WHERE kind = 'alert' AND to_address = '{SUPERVISOR}'");
    let text = city.ledger(&text).concat();
    for part in ["A-1", "2012年10月12日10:00在将来", "请督促该单位更正记录", "承诺时限10月13日到期"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(
        text.contains(&format!("提示 {REFERRED}")) && !text.contains("A-2"),
        "A-2 is not late yet: {text}"
    );
    assert_eq!(in_digests(&city), ["2011-10-11", "2011-10-13", "2011-10-14", "2011-10-17"]);
    let english = "SELECT text FROM letters WHERE kind = 'digest' AND to_address = 'admin@example.gov.cn'
                       AND written_at LIKE '2011-10-17%'";
    let english = city.ledger(english).concat();
    assert!(english.contains("records of cases that are late or nearly so (1)"), "{english}");
    city.approval("UPDATE events SET at = '2011-10-17 10:00:00', changed = '2011-10-17 11:00:00' WHERE number = 'A-1' AND stage = '决定'");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(in_digests(&city).len(), 4, "it is mended");
    let over = "SELECT why FROM finding_history WHERE rule = 'data-fault' AND case_number = 'A-1' AND event = 'resolved'";
    assert_eq!(city.ledger(over), ["记录已补正"], "nothing has come true of what was put right");
    assert_eq!(
        city.ledger("SELECT standing FROM findings WHERE rule = 'data-fault' AND case_number = 'A-1'"),
        ["resolved"]
    );
}

/// A fault that comes to a case with a card is told with the next morning's letters; another fault of that case is told, and the same
/// one that was mended and came back.
#[test]
fn another_fault_is_told_and_the_same_one_is_not() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    spoil(&city, "A-1", "2011-10-14");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(told(&city), ["2011-10-17"]);
    city.event("A-1", "step", "审查", "2013-10-12 10:00:00");
    city.approval("UPDATE events SET changed = '2011-10-18 10:00:00' WHERE at LIKE '2013%'");
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    assert_eq!(told(&city), ["2011-10-17", "2011-10-19"]);
    city.approval("UPDATE events SET at = '2011-10-17 10:00:00', changed = '2011-10-20 10:00:00' WHERE at LIKE '201%' AND at > '2012'");
    city.rounds_on(&["2011-10-21"]);
    spoil(&city, "A-1", "2011-10-21");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    let all = city.ledger("SELECT at, event, why FROM finding_history WHERE rule = 'data-fault' ORDER BY at");
    assert_eq!(told(&city), ["2011-10-17", "2011-10-19", "2011-10-24"], "{all:?}");
}

/// A cell that cannot be read is one fault, whatever is typed into it: told once, however often the row is read anew.
#[test]
fn a_cell_that_cannot_be_read_is_told_once() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").finished("A-1", "granted", "待定");
    city.approval("UPDATE cases SET changed = '2011-10-13 10:00:00'");
    city.rounds_on(&["2011-10-14"]);
    for day in ["2011-10-17", "2011-10-18", "2011-10-19"] {
        city.approval(&format!("UPDATE cases SET changed = '{day} 08:00:00', finished = '待定{day}'"));
        city.rounds_on(&[day]);
    }
    let referred = "SELECT substr(at, 1, 10) FROM finding_history WHERE event = 'referred'";
    assert_eq!(city.ledger(referred), ["2011-10-14"]);
}

/// What is mended before the letter is written is told to nobody, and so is what a person has withdrawn.
#[test]
fn what_is_mended_before_the_morning_is_told_to_nobody() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    spoil(&city, "A-1", "2011-10-14");
    city.round("2011-10-14 15:00");
    let events = "SELECT event FROM finding_history WHERE rule = 'data-fault' ORDER BY at, event DESC";
    assert_eq!(city.ledger(events), ["referred", "raised"]);
    city.approval(
        "UPDATE events SET at = '2011-10-14 10:00:00', changed = '2011-10-14 16:00:00' WHERE at LIKE '2012%'",
    );
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(told(&city), [""; 0]);
}

/// A hall's export goes wrong: twenty-five late cases of one source are one entry, for those who supervise and those who look after it,
/// and what comes to them later is no letter.
#[test]
fn many_of_one_source_are_one_letter() {
    let mut city = Bench::new();
    for number in 1..=26 {
        city.licence(&format!("A-{number:02}"), "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-10-14"]);
    for number in 1..=25 {
        spoil(&city, &format!("A-{number:02}"), "2011-10-14");
    }
    city.rounds_on(&["2011-10-17"]);
    spoil(&city, "A-26", "2011-10-17");
    city.rounds_on(&["2011-10-18", "2011-10-19"]);
    assert_eq!(told(&city), ["2011-10-17"]);
    let text = |address: &str| {
        city.ledger(&format!(
            "SELECT text FROM letters WHERE kind = 'alert' AND written_at >= '2011-10-17' AND to_address = '{address}@example.gov.cn'"
        ))
        .concat()
    };
    let zh = text("supervisor");
    assert!(zh.contains("数据源“approval”有25件") && zh.contains("A-10等"), "{zh}");
    assert!(zh.contains("请会同数据来源单位查明") && !zh.contains("A-11") && !zh.contains("A-26"), "{zh}");
    let en = text("admin");
    assert!(
        en.contains("25 cases of source `approval`") && en.contains("Find out with whoever keeps the source"),
        "{en}"
    );
    let unit = text("handler.u1");
    assert!(unit.contains("A-01") && !unit.contains(REFERRED) && !unit.contains("查明是来源"), "{unit}");
    let digest = city.ledger(&format!("SELECT text FROM letters WHERE kind = 'digest' AND to_address = '{SUPERVISOR}' AND written_at LIKE '2011-10-18%'"));
    assert!(digest.concat().contains("共26件，以下为牌级最高的10件"), "{digest:?}");
}

/// A fault that a person withdrew before its case was late is told to no supervisor afterwards, and stands in no digest.
#[test]
fn a_fault_that_was_withdrawn_is_not_referred() {
    use jianchad::testing::domain::card_action::CardAction;
    use jianchad::testing::edge::ledger::Done;
    for withdrawn in [true, false] {
        let mut city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        spoil(&city, "A-1", "2011-10-10");
        city.rounds_on(&["2011-10-10"]);
        let finding =
            city.ledger("SELECT finding FROM findings WHERE rule = 'data-fault'")[0].parse().unwrap();
        let at = crate::bench::moment("2011-10-10 15:00").instant;
        let (action, by, why) = (&CardAction::Revoke, "孙七", "已核实");
        if withdrawn {
            let done = Done { finding, action, by, why, order_due: None, at };
            crate::post_office::keyboard(&city).enter_deed(&done).unwrap();
        }
        city.rounds_on(&["2011-10-11", "2011-10-13", "2011-10-14", "2011-10-17"]);
        assert_eq!(referred_to(&city, SUPERVISOR).is_empty(), withdrawn, "{:?}", told(&city));
        assert_eq!(in_digests(&city).is_empty(), withdrawn);
        let events = city.ledger("SELECT count(*) FROM finding_history WHERE event = 'referred'");
        assert_eq!(events, [if withdrawn { "0" } else { "1" }]);
    }
}
