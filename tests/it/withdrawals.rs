//! A card that is withdrawn (撤销) is taken back from everybody who was told of it, where they are by now.

use std::fs;

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;
use rusqlite::Connection;

use crate::bench::{Bench, moment};
use crate::post_office::{Desk, keyboard};

const LEAD: &str = "lead.u1@example.gov.cn";
const NEW_LEAD: &str = "new.u1@example.gov.cn";
const HANDLER: &str = "handler.u1@example.gov.cn";
const ADMIN: &str = "admin@example.gov.cn";
const LEAD_ROW: &str = "U1,,单位负责人,李四,lead.u1@example.gov.cn,中文\n";

/// A city whose case A got its yellow card on 2011-10-14: handler and lead of U1 were told.
fn told() -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.findings(), ["A time-limit promise yellow open"]);
    assert_eq!(city.subjects(LEAD).len(), 1);
    city
}

/// Changes the contacts: `from` becomes `to`.
fn contacts(city: &mut Bench, from: &str, to: &str) {
    let file = "registry/contacts.csv";
    let text = fs::read_to_string(city.path(file)).unwrap();
    assert!(text.contains(from), "the contacts have no `{from}`");
    city.write(file, &text.replace(from, to));
    city.restart();
}

fn revoke(city: &Bench, at: &str) {
    let at = moment(at).instant;
    let finding = city.ledger("SELECT finding FROM findings WHERE card = 'yellow'").remove(0);
    let done = Done {
        finding: finding.parse().unwrap(),
        action: &CardAction::Revoke,
        by: "孙七",
        why: "计时有误",
        order_due: None,
        at,
    };
    keyboard(city).enter_deed(&done).unwrap();
}

/// To whom the withdrawal was written, in the order of addresses.
fn taken_back(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT DISTINCT to_address FROM letters WHERE kind = 'alert' AND (text LIKE '%撤销理由%' OR text LIKE '%Why it was withdrawn%'
             OR text LIKE '%计时有误%') AND state <> 'superseded' ORDER BY 1",
    )
}

fn text_to(city: &Bench, address: &str) -> String {
    let sql = format!(
        "SELECT subject || text FROM letters WHERE kind = 'alert' AND to_address = '{address}' ORDER BY letter DESC LIMIT 1"
    );
    city.ledger(&sql).concat()
}

/// An address is replaced after its owner was told: the new one gets the withdrawal, with the word that the card was told to
/// somebody else; the old one gets nothing, and nobody else more than before.
#[test]
fn a_new_address_in_the_same_role_is_told_of_the_withdrawal() {
    let mut city = told();
    contacts(&mut city, LEAD_ROW, &LEAD_ROW.replace(LEAD, NEW_LEAD));
    revoke(&city, "2011-10-17 08:40");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(taken_back(&city), [HANDLER, NEW_LEAD]);
    let text = text_to(&city, NEW_LEAD);
    assert!(text.contains("撤销黄牌") && text.contains("该黄牌此前告知的是原收件人，现已撤销"), "{text}");
    assert!(text_to(&city, HANDLER).contains("原黄牌已撤销，不计入统计，无需处理。"));
    assert_eq!(city.subjects(LEAD).len(), 1, "nothing more goes to the address that is gone");
    city.rounds_on(&["2011-10-18", "2011-10-19"]);
    assert_eq!(city.subjects(NEW_LEAD).len(), 1, "told once");
}

/// The lead is there no more, and nobody in the role: the administrators are told. An address that stands for somebody else by now
/// was told, and is told again.
#[test]
fn where_nobody_stands_in_the_role_the_administrators_are_told() {
    let mut city = told();
    contacts(&mut city, LEAD_ROW, "");
    revoke(&city, "2011-10-17 08:40");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(taken_back(&city), [ADMIN, HANDLER]);
    let mut city = told();
    let moved = LEAD_ROW.replace("U1,", "U3,") + &LEAD_ROW.replace(LEAD, NEW_LEAD);
    contacts(&mut city, LEAD_ROW, &moved);
    revoke(&city, "2011-10-17 08:40");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(taken_back(&city), [HANDLER, LEAD]);
}

/// A letter that an earlier version wrote does not say in which role it was read: those who read such a card now are told.
#[test]
fn a_ledger_from_before_takes_a_card_back_too() {
    let mut city = told();
    city.restart();
    let db = Connection::open(city.path("ledger.db")).unwrap();
    db.execute_batch("UPDATE letter SET capacities = NULL").unwrap();
    drop(db);
    contacts(&mut city, LEAD_ROW, &LEAD_ROW.replace(LEAD, NEW_LEAD));
    revoke(&city, "2011-10-17 08:40");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(taken_back(&city), [HANDLER, NEW_LEAD]);
}

/// A withdrawal that waits for a dead server beyond its day reaches who reads it in the place of another all the same.
#[test]
fn a_withdrawal_for_a_new_address_outlives_a_dead_server() {
    let mut city = told();
    contacts(&mut city, LEAD_ROW, &LEAD_ROW.replace(LEAD, NEW_LEAD));
    let desk = Desk::default();
    city.mailer(Box::new(desk.clone()));
    revoke(&city, "2011-10-17 08:40");
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    *desk.down.lock().unwrap() = false;
    city.rounds_on(&["2011-10-19"]);
    let took = desk.took.lock().unwrap().clone();
    let withdrawn: Vec<&str> =
        took.iter().filter(|(_, text)| text.contains("计时有误")).map(|(to, _)| to.as_str()).collect();
    assert_eq!(withdrawn.len(), 2, "{withdrawn:?}");
    assert!(withdrawn.contains(&NEW_LEAD) && withdrawn.contains(&HANDLER), "{withdrawn:?}");
}

/// A letter that waits for an address which is taken out of the contacts goes to who stands in the role, once, and not there.
#[test]
fn a_letter_that_waits_is_not_sent_to_an_address_that_is_gone() {
    let desk = Desk::default();
    let mut city = Bench::new();
    city.mailer(Box::new(desk.clone()));
    city.licence("A", "2011-09-26 10:00:00");
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-14"]);
    contacts(&mut city, LEAD_ROW, &LEAD_ROW.replace(LEAD, NEW_LEAD));
    city.mailer(Box::new(desk.clone()));
    *desk.down.lock().unwrap() = false;
    city.round("2011-10-14 10:35");
    let took = desk.took.lock().unwrap().clone();
    let mut readers: Vec<&str> =
        took.iter().filter(|(_, text)| text.contains("【黄牌】A")).map(|(to, _)| to.as_str()).collect();
    readers.sort_unstable();
    assert_eq!(readers, [HANDLER, NEW_LEAD]);
    revoke(&city, "2011-10-17 08:40");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(taken_back(&city), [HANDLER, NEW_LEAD]);
}

/// A withdrawal stands in the subject, also of a letter that tells something else of the same case.
#[test]
fn a_withdrawal_is_in_the_subject_of_a_letter_with_other_news() {
    let mut city = told();
    city.event("A", "resumed", "", "2011-10-14 15:00:00");
    revoke(&city, "2011-10-14 16:00");
    city.rounds_on(&["2011-10-17"]);
    let subjects = city.subjects(HANDLER);
    assert_eq!(subjects.last().unwrap(), "【提示】市住建局 1 件需核查，另撤销 1 件");
    assert_eq!(city.subjects(LEAD).last().unwrap(), "【撤销】市住建局 1 件撤销");
    assert!(!subjects[0].contains("撤销"), "{subjects:?}");
}
