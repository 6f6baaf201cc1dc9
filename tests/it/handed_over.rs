//! A case passes to another unit (移交): who was late answers for it, who has it finishes it, and each letter says so.

use std::fs;

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::{Desk, keyboard};

const LEAD: &str = "lead.u1@example.gov.cn";
const HANDLER: &str = "handler.u1@example.gov.cn";
const NEXT_LEAD: &str = "lead.u2@example.gov.cn";
const NEXT_HANDLER: &str = "handler.u2@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";
const ADMIN: &str = "admin@example.gov.cn";
/// What the unit that was late is asked, and what that of a case of its own is.
const REASON: &str = "该件已移交市林业局，贵单位无需继续办理，请说明超期原因";
const FINISH: &str = "请立即办结，并说明超期原因。";

/// Tickets: each event names the unit that has the case from there on. T was accepted by U1 on 2011-09-26 with ten working days,
/// so that its yellow card comes on 2011-10-14 and what the law gives ends on 2011-10-27.
fn tickets() -> Bench {
    let mut city = Bench::new();
    city.configure(
        "key = [\"id\"]\ncase = \"number\"",
        "key = [\"id\"]\ncase = \"number\"\nitem = \"item\"\nunit = \"unit\"",
    );
    city.approval(
        "ALTER TABLE events ADD COLUMN unit TEXT; ALTER TABLE events ADD COLUMN item TEXT DEFAULT 'I20'",
    );
    city.configure("codes = { step", "codes = { accepted = \"accepted\", decided = \"decided\", step");
    event(&city, "accepted", "U1", "2011-09-26 10:00:00");
    city
}

fn event(city: &Bench, kind: &str, unit: &str, at: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, unit, changed) VALUES ('T', '{kind}', '审查', '{at}', '0731', '{unit}', '{at}')"
    ));
}

/// The same, told to U1 on 2011-10-14 and handed over on the 17th.
fn handed_over(to: &str) -> Bench {
    let mut city = tickets();
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    event(&city, "step", to, "2011-10-17 09:00:00");
    city
}

/// Alerts to an address written on a day: subject and text.
fn alerts(city: &Bench, address: &str, day: &str) -> String {
    city.ledger(&format!(
        "SELECT subject || char(10) || text FROM letters WHERE kind = 'alert' AND to_address = '{address}' AND written_at LIKE '{day}%' ORDER BY letter"
    ))
    .concat()
}

fn on_the_yellow_card(city: &Bench, action: &CardAction, order_due: Option<&str>, at: &str) {
    let at = moment(at).instant;
    let finding = city.ledger("SELECT finding FROM findings WHERE card = 'yellow'").remove(0);
    let order_due = order_due
        .map(|due| jianchad::testing::domain::moment::Moment::parse(due, chrono_tz::Asia::Shanghai).unwrap());
    let done =
        Done { finding: finding.parse().unwrap(), action, by: "孙七", why: "限期办结", order_due, at };
    keyboard(city).enter_deed(&done).unwrap();
}

/// Reminded and raised up after the hand-over, the unit that was late is asked for its reason, and the supervisor to see that the
/// other one finishes; a case that nobody handed over is to be finished by its unit.
#[test]
fn reminders_after_a_hand_over_ask_for_the_reason() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-20", "2011-10-24"]);
    assert!(alerts(&city, LEAD, "2011-10-14").contains(FINISH));
    for (address, day) in [(LEAD, "2011-10-18"), (HANDLER, "2011-10-18"), (LEAD, "2011-10-24")] {
        let told = alerts(&city, address, day);
        assert!(told.contains(REASON) && told.contains("移交后承办单位：市林业局"), "{day} {told}");
        assert!(told.contains("书面反馈") || told.contains("请于收到之日反馈"), "{told}");
        assert!(!told.contains("立即办结"), "{day} {told}");
    }
    let above = alerts(&city, SUPERVISOR, "2011-10-24");
    let todo = "请督促市林业局尽快办结；超期由市住建局承担，请审核市住建局说明的超期原因。";
    assert!(above.contains("逾期未反馈") && above.contains(todo), "{above}");
    for address in [NEXT_LEAD, NEXT_HANDLER] {
        let told = alerts(&city, address, "2011-10-17");
        assert!(told.contains("接续办理") && told.contains("其他单位承办期间的超期不由贵单位承担"), "{told}");
        assert!(!alerts(&city, address, "2011-10").contains("黄牌"), "no card of theirs");
    }
    let mut kept = tickets();
    kept.rounds_on(&["2011-09-27", "2011-10-14", "2011-10-18"]);
    assert!(alerts(&kept, LEAD, "2011-10-18").contains(FINISH));
}

/// What fell due with the first unit and is told first after the hand-over.
#[test]
fn a_first_letter_after_a_hand_over_asks_for_the_reason() {
    let mut city = tickets();
    event(&city, "step", "U2", "2011-10-31 09:00:00");
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(
        city.ledger("SELECT rule, clock, card, unit_code FROM findings ORDER BY 1, 2"),
        ["handed-over||notice|U2", "time-limit|promise|yellow|U1", "time-limit|statutory|red|U1"]
    );
    for address in [LEAD, HANDLER] {
        let told = alerts(&city, address, "2011-11-01");
        assert!(told.contains("【红牌】") && told.contains(REASON) && !told.contains("立即办结"), "{told}");
    }
    let above = alerts(&city, SUPERVISOR, "2011-11-01");
    assert!(above.contains("请督促市林业局尽快办结") && !above.contains("督促该单位立即办结"), "{above}");
    assert!(!alerts(&city, NEXT_LEAD, "2011-11-01").contains("牌】"));
}

/// The second unit has a card of its own on the case: it is to finish, and the first still answers for its own alone.
#[test]
fn each_unit_is_asked_what_is_its_own() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-28"]);
    assert_eq!(
        city.ledger("SELECT card, unit_code FROM findings WHERE rule = 'time-limit' ORDER BY 1"),
        ["red|U2", "yellow|U1"]
    );
    let next = alerts(&city, NEXT_LEAD, "2011-10-28");
    assert!(next.contains(FINISH) && !next.contains("移交后承办单位"), "{next}");
    let above = alerts(&city, SUPERVISOR, "2011-10-28");
    assert!(above.contains("请督促该单位立即办结") && above.contains("超期由市住建局承担"), "{above}");
    assert!(!alerts(&city, LEAD, "2011-10-28").contains("红牌"), "that card is of the other unit");
    event(&city, "decided", "U2", "2011-10-28 15:00:00");
    city.rounds_on(&["2011-10-31", "2011-11-01"]);
    let told = alerts(&city, LEAD, "2011-11-01");
    assert!(told.contains("该件已经办结，请说明超期原因"), "{told}");
}

/// Handed back, the first unit is to finish the case again, and is not told that its own lateness is none of its.
#[test]
fn a_case_handed_back_is_to_be_finished_by_the_first_unit() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert!(alerts(&city, LEAD, "2011-10-18").contains(REASON));
    event(&city, "step", "U1", "2011-10-19 09:00:00");
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    let back = alerts(&city, LEAD, "2011-10-19");
    assert!(back.contains("由市林业局移交市住建局办理") && !back.contains("移交前的超期"), "{back}");
    let told = alerts(&city, LEAD, "2011-10-20");
    assert!(told.contains(FINISH) && !told.contains("移交后承办单位"), "{told}");
    assert_eq!(city.ledger("SELECT unit_code FROM cases"), ["U1"]);
}

/// A hand-over that an edited row undoes: the first unit has the case as if it had never been handed over, and the second, which was
/// told that it has it, is told that it has not; one that was never told is told nothing.
#[test]
fn a_hand_over_that_is_taken_back_is_taken_back_from_who_was_told() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    city.approval("UPDATE events SET unit = 'U1', changed = '2011-10-19 08:00:00' WHERE unit = 'U2'");
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'handed-over'"), ["revoked"]);
    for address in [NEXT_LEAD, NEXT_HANDLER] {
        let told = alerts(&city, address, "2011-10-19");
        assert!(told.contains("撤销") && told.contains("按现有记录，该件没有移交"), "{told}");
    }
    assert!(!alerts(&city, LEAD, "2011-10-19").contains("没有移交"));
    let told = alerts(&city, LEAD, "2011-10-20");
    assert!(told.contains(FINISH) && !told.contains("移交"), "{told}");
    assert_eq!(city.ledger("SELECT unit_code FROM cases"), ["U1"]);
    // It may be handed over after all.
    event(&city, "step", "U2", "2011-10-21 09:00:00");
    city.rounds_on(&["2011-10-21"]);
    assert!(alerts(&city, NEXT_LEAD, "2011-10-21").contains("接续办理"));
}

/// A hand-over on the case's own row, by the catalogue's unit, and taken back in the same way.
#[test]
fn a_case_is_handed_over_by_its_own_row_too() {
    let mut city = Bench::new();
    city.configure("item = \"item\"\ntraces", "item = \"item\"\nunit = \"unit\"\ntraces");
    city.approval("ALTER TABLE cases ADD COLUMN unit TEXT").accepted("T", "I20", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    city.approval("UPDATE cases SET unit = 'U2', changed = '2011-10-17 08:00:00'");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    let told = alerts(&city, LEAD, "2011-10-18");
    assert!(told.contains(REASON) && !told.contains("立即办结"), "{told}");
    city.approval("UPDATE cases SET unit = 'U1', changed = '2011-10-19 08:00:00'");
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    assert!(alerts(&city, LEAD, "2011-10-20").contains(FINISH));
}

/// Of several hand-overs the last says who has the case.
#[test]
fn the_last_of_several_hand_overs_holds() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17"]);
    event(&city, "step", "U3", "2011-10-18 08:00:00");
    city.rounds_on(&["2011-10-18"]);
    let told = alerts(&city, LEAD, "2011-10-18");
    assert!(told.contains("该件已移交市国税局") && !told.contains("市林业局"), "{told}");
    assert!(alerts(&city, "lead.u3@example.gov.cn", "2011-10-18").contains("由市林业局移交市国税局办理"));
}

/// What is said of a hand-over names what still runs and the days on which that is due.
#[test]
fn a_hand_over_names_what_is_due() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'handed-over'").concat();
    assert!(
        why.contains("由市住建局移交市林业局办理，") && why.contains("法定时限 2011-10-27 到期"),
        "{why}"
    );
}

/// A unit without contacts has the case: the administrators are told that it has it, and the letters name it all the same.
#[test]
fn a_unit_without_contacts_is_named_and_its_matters_go_to_the_administrators() {
    let mut city = tickets();
    let units = fs::read_to_string(city.path("registry/units.csv")).unwrap();
    city.write("registry/units.csv", &format!("{units}U4,市水利局,431000,市直\n"));
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    event(&city, "step", "U4", "2011-10-17 09:00:00");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    let told = alerts(&city, ADMIN, "2011-10-17");
    assert!(told.contains("handed over") && told.contains("市水利局"), "{told}");
    assert!(alerts(&city, LEAD, "2011-10-18").contains("该件已移交市水利局"));
}

/// 督办 on the card of the unit that was late: the one that has the case is ordered to finish it.
#[test]
fn an_order_reaches_the_unit_that_has_the_case() {
    let mut city = handed_over("U2");
    city.rounds_on(&["2011-10-17"]);
    let order = CardAction::Order("5wd".parse().unwrap());
    on_the_yellow_card(&city, &order, Some("2011-10-24"), "2011-10-17 15:00");
    city.rounds_on(&["2011-10-18"]);
    for address in [NEXT_LEAD, NEXT_HANDLER] {
        let told = alerts(&city, address, "2011-10-18");
        assert!(told.contains("请按督办要求于10月24日（含当日）前办结"), "{told}");
        assert!(told.contains("移交前的超期由市住建局承担"), "{told}");
    }
    let told = alerts(&city, LEAD, "2011-10-18");
    assert!(told.contains("督办要求由市林业局于10月24日（含当日）前办结"), "{told}");
    assert!(alerts(&city, "lead.u3@example.gov.cn", "2011-10-18").is_empty());
    // Who was ordered is told that the card is gone.
    on_the_yellow_card(&city, &CardAction::Revoke, None, "2011-10-19 15:00");
    city.rounds_on(&["2011-10-20"]);
    for address in [LEAD, NEXT_LEAD] {
        assert!(alerts(&city, address, "2011-10-20").contains("撤销黄牌"), "{address}");
    }
}

/// An order that stands when the case is handed over goes with it.
#[test]
fn an_order_goes_with_the_case() {
    let mut city = tickets();
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    let order = CardAction::Order("5wd".parse().unwrap());
    on_the_yellow_card(&city, &order, Some("2011-10-21"), "2011-10-14 15:00");
    city.rounds_on(&["2011-10-17"]);
    event(&city, "step", "U2", "2011-10-18 08:00:00");
    city.rounds_on(&["2011-10-18"]);
    let told = alerts(&city, NEXT_LEAD, "2011-10-18");
    assert!(told.contains("该件另有督办要求，应于10月21日（含当日）前落实。"), "{told}");
}

/// A letter that waits when the case is handed over is written anew with who has it.
#[test]
fn a_letter_that_waits_names_the_unit_that_has_the_case_by_then() {
    let desk = Desk::default();
    let mut city = tickets();
    city.mailer(Box::new(desk.clone()));
    city.rounds_on(&["2011-09-27"]);
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-14"]);
    event(&city, "step", "U2", "2011-10-14 09:30:00");
    city.round("2011-10-14 10:05");
    *desk.down.lock().unwrap() = false;
    city.round("2011-10-14 14:35");
    let told = desk.alerts_to(LEAD).concat();
    assert!(told.contains(REASON) && !told.contains("立即办结"), "{told}");
}
