//! A card in question (待核撤) as the days go on: nobody but a supervisor settles it, and it rests on what it was told by.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

const HANDLER: &str = "handler.u1@example.gov.cn";
const LEAD: &str = "lead.u1@example.gov.cn";
const LEAD_OF_OTHERS: &str = "lead.u2@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";
/// A promise passed is yellow, and red from the fifth working day after: for case A on 2011-10-20.
const RED_LATER: &str = "[[cards.line]]\ncard = \"yellow\"\nclock = \"promise\"\nwhen = \"passed\"\n\
     [[cards.line]]\ncard = \"red\"\nclock = \"promise\"\nwhen = \"+5wd\"\n[source.approval]";
const AS_SHIPPED: &str = "[source.approval]";
/// Working days from the day after the card was told on.
const DAYS: [&str; 14] =
    ["17", "18", "19", "20", "21", "24", "25", "26", "27", "28", "31", "11-01", "11-02", "11-03"];

/// Case A was accepted on 2011-09-26 with ten working days: due on 2011-10-13, told yellow on the 14th.
fn told_on_the_14th(lines: &str) -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", lines);
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city), ["yellow open"]);
    city
}

/// A special procedure dated back, which moves the due day to 2011-10-27: asked of on the 17th.
fn paused_behind(lines: &str) -> Bench {
    let mut city = told_on_the_14th(lines);
    pause(&city);
    days(&mut city, "17", "17");
    assert_eq!(cards(&city), ["yellow pending-withdrawal"]);
    city
}

fn pause(city: &Bench) {
    entered(city, "paused", "2011-09-28 09:00:00", "", "2011-10-14 15:00:00");
    entered(city, "resumed", "2011-10-14 09:00:00", "", "2011-10-14 15:00:00");
}

/// A row that was typed at a time and says that something had happened at another.
fn entered(city: &Bench, kind: &str, at: &str, amount: &str, changed: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, stage, at, clerk, amount, note, changed)
         VALUES ('A', '{kind}', '检测', '{at}', '李局长', NULLIF('{amount}', ''), '特告〔2011〕26号', '{changed}')"
    ));
}

fn day(text: &str) -> String {
    if text.contains('-') { format!("2011-{text}") } else { format!("2011-10-{text}") }
}

/// Rounds on every working day from one to another.
fn days(city: &mut Bench, from: &str, until: &str) {
    let place = |of: &str| DAYS.iter().position(|day| *day == of).unwrap();
    for text in &DAYS[place(from)..=place(until)] {
        city.rounds_on(&[&day(text)]);
    }
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT card || ' ' || standing FROM findings WHERE rule = 'time-limit' AND clock = 'promise'",
    )
}

/// What became of the question and of the card, in order.
fn events(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT event FROM finding_history WHERE rule = 'time-limit' AND clock = 'promise'
         AND event IN ('contested', 'confirmed', 'upheld', 'revoked', 'reopened', 'resolved', 'moved')",
    )
}

/// Alerts written to an address on a day: subject and text.
fn alerts(city: &Bench, address: &str, day: &str) -> String {
    city.ledger(&format!(
        "SELECT subject || char(10) || text FROM letters WHERE kind = 'alert' AND to_address = '{address}' AND written_at LIKE '{day}%' ORDER BY letter"
    ))
    .concat()
}

fn settle(city: &Bench, action: &CardAction, at: &str) {
    let at = moment(at).instant;
    let finding =
        city.ledger("SELECT finding FROM findings WHERE clock = 'promise'").remove(0).parse().unwrap();
    let done = Done { finding, action, by: "孙七", why: "核对档案", order_due: None, at };
    keyboard(city).enter_deed(&done).unwrap();
}

/// The day before the back-dated due day, that day, the day after: the case is late by any count, and still a supervisor is
/// asked; he is reminded, and told that it was not due when it was told. The unit hears of no other day.
#[test]
fn a_back_dated_due_day_that_passes_settles_nothing() {
    let mut city = paused_behind(AS_SHIPPED);
    for (from, text) in [("18", "26"), ("27", "27"), ("28", "28"), ("31", "11-03")] {
        days(&mut city, from, text);
        assert_eq!(cards(&city), ["yellow pending-withdrawal"], "{text}");
    }
    assert_eq!(events(&city), ["contested"]);
    let pressed = "SELECT event, count(*) FROM finding_history WHERE event IN ('reminded', 'unanswered') AND clock = 'promise' GROUP BY 1";
    assert_eq!(city.ledger(pressed), ["reminded|3", "unanswered|1"]);
    assert!(alerts(&city, SUPERVISOR, "2011-10-17").contains("到期日为10月27日，条件不再成立"));
    for reader in [HANDLER, LEAD, LEAD_OF_OTHERS] {
        let told = alerts(&city, reader, "2011-1");
        assert!(!told.contains("10月27日到期，尚未办结"), "{reader}: {told}");
    }
    let disputes = city.ledger("SELECT pending_withdrawal FROM unit_ranking WHERE unit_code = 'U1'");
    assert_eq!(disputes, ["1"], "it counts as before");
}

/// Upheld after that day, the card goes on by the day that was told, in every letter, and nothing is asked again.
#[test]
fn upheld_it_goes_on_by_the_day_that_was_told() {
    let mut city = paused_behind(AS_SHIPPED);
    days(&mut city, "18", "28");
    settle(&city, &CardAction::Uphold, "2011-10-28 15:00");
    days(&mut city, "31", "11-03");
    assert_eq!(cards(&city), ["yellow open"]);
    assert_eq!(events(&city), ["contested", "upheld"]);
    for (day, says) in [("2011-10-31", "核定维持"), ("2011-11-02", "催办")] {
        let told = alerts(&city, LEAD, day);
        assert!(told.contains(says) && told.contains("10月13日到期"), "{told}");
        assert!(!told.contains("10月27日"), "{told}");
    }
    assert_eq!(alerts(&city, LEAD_OF_OTHERS, "2011-1"), "");
    // A late decision ends it, and the card counts.
    city.decided("A", "2011-11-03 15:00:00");
    city.rounds_on(&["2011-11-04"]);
    assert_eq!(cards(&city), ["yellow resolved"]);
}

/// Withdrawn after that day, the case is late by the record that the supervisor took for true: a new card comes, told anew with
/// its own days, beside the withdrawal of the first.
#[test]
fn withdrawn_a_late_case_gets_a_card_of_its_own_days() {
    let mut city = paused_behind(AS_SHIPPED);
    days(&mut city, "18", "28");
    settle(&city, &CardAction::Revoke, "2011-10-28 15:00");
    days(&mut city, "31", "31");
    assert_eq!(cards(&city), ["yellow open"]);
    assert_eq!(events(&city), ["contested", "revoked", "reopened"]);
    let told = alerts(&city, LEAD, "2011-10-31");
    for part in ["撤销理由：核对档案", "10月27日到期，尚未办结，已超期2个工作日"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!told.contains("10月14日09:05已告知"), "{told}");
    days(&mut city, "11-01", "11-03");
    assert_eq!(cards(&city), ["yellow open"]);
    assert!(alerts(&city, LEAD, "2011-11-02").contains("10月31日09:05已告知"));
}

/// The facts taken back after that day, the card holds by itself, and no supervisor is waited for.
#[test]
fn facts_taken_back_end_the_question() {
    let mut city = paused_behind(AS_SHIPPED);
    days(&mut city, "18", "28");
    city.approval("UPDATE events SET kind = 'step', changed = '2011-10-28 15:00:00'");
    days(&mut city, "31", "31");
    assert_eq!(
        (cards(&city), events(&city)),
        (vec!["yellow open".to_owned()], vec!["contested".to_owned(), "confirmed".to_owned()])
    );
    let due = city.ledger("SELECT substr(due_at, 1, 10) FROM deadlines WHERE clock = 'promise'");
    assert_eq!(due, ["2011-10-13"]);
}

/// An extension typed in when the case is late by any count: due the day before the card was told it asks nothing, due on that
/// day or the day after it does, as the record as it stands would not have given the card then.
#[test]
fn what_was_not_due_when_it_was_told_is_asked_of_though_it_is_late_now() {
    for (length, due, standing) in [
        ("2", "10月17日", "yellow open"),
        ("3", "10月18日", "yellow pending-withdrawal"),
        ("4", "10月19日", "yellow pending-withdrawal"),
    ] {
        let mut city = Bench::new();
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-18"]);
        assert_eq!(cards(&city), ["yellow open"]);
        entered(&city, "extended", "2011-10-12 09:00:00", length, "2011-10-21 15:00:00");
        days(&mut city, "24", "26");
        assert_eq!(cards(&city), [standing], "{length}");
        let told = alerts(&city, SUPERVISOR, "2011-10-24");
        if standing == "yellow open" {
            assert!(!told.contains("待核撤") && events(&city) == ["moved"], "{told}");
            continue;
        }
        for part in [
            "10月12日09:00延期",
            "原到期日：10月13日",
            &format!("{due}到期，尚未办结，已超期"),
            "10月18日09:05告知时尚未到期",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert_eq!(events(&city), ["contested"]);
    }
}

/// What honestly happened after the letter asks nothing: a special procedure of a case that is late, a late decision.
#[test]
fn what_happened_after_the_letter_asks_nothing() {
    let mut city = told_on_the_14th(AS_SHIPPED);
    entered(&city, "paused", "2011-10-17 10:00:00", "", "2011-10-17 10:00:00");
    days(&mut city, "18", "20");
    assert_eq!(cards(&city), ["yellow open"]);
    entered(&city, "resumed", "2011-10-20 10:00:00", "", "2011-10-20 10:00:00");
    days(&mut city, "21", "24");
    city.decided("A", "2011-10-24 15:00:00");
    days(&mut city, "25", "26");
    assert_eq!(cards(&city), ["yellow resolved"]);
    assert_eq!(events(&city), ["resolved"]);
}

/// In question, the card rises by the record that it rests on, here on 2011-10-20 (the day before, the day, the day after), as
/// a fact that was typed after the letter holds up nothing by itself; red and yellow are one question, and fall together.
#[test]
fn a_card_in_question_rises_by_what_it_rests_on() {
    let mut city = paused_behind(RED_LATER);
    for (from, text, card) in
        [("18", "19", "yellow"), ("20", "20", "red"), ("21", "21", "red"), ("24", "31", "red")]
    {
        days(&mut city, from, text);
        assert_eq!(cards(&city), [format!("{card} pending-withdrawal")], "{text}");
    }
    let told = alerts(&city, LEAD, "2011-10-20");
    for part in ["红牌", "10月13日到期", "已超期5个工作日", "该红牌待核撤：是否撤销，待监察人员核定"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!told.contains("10月27日到期"), "{told}");
    assert_eq!(alerts(&city, LEAD_OF_OTHERS, "2011-1"), "");
    assert_eq!(events(&city), ["contested"], "once for one set of facts");
    settle(&city, &CardAction::Revoke, "2011-10-31 15:00");
    days(&mut city, "11-01", "11-02");
    assert_eq!(cards(&city), ["yellow open"], "by the record it is late since the 27th");
    days(&mut city, "11-03", "11-03");
    assert_eq!(cards(&city), ["red open"]);
}

/// Upheld, the card rises by the record that it rests on too.
#[test]
fn an_upheld_card_rises_by_what_it_rests_on() {
    let mut city = paused_behind(RED_LATER);
    settle(&city, &CardAction::Uphold, "2011-10-17 15:00");
    for (from, text, card) in [("18", "19", "yellow"), ("20", "20", "red"), ("21", "31", "red")] {
        days(&mut city, from, text);
        assert_eq!(cards(&city), [format!("{card} open")], "{text}");
    }
    assert!(alerts(&city, LEAD, "2011-10-20").contains("10月13日到期"));
    assert_eq!(events(&city), ["contested", "upheld"]);
}

/// A red card is judged as of its own letter: what would have given only a yellow one then is in question, also when the record
/// as it stands gives a red one by now (from 2011-10-24). A case that is over rises no more.
#[test]
fn a_red_card_is_judged_as_of_its_own_letter() {
    let mut city = Bench::new();
    city.configure(AS_SHIPPED, RED_LATER);
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-18", "2011-10-20"]);
    assert_eq!(cards(&city), ["red open"]);
    entered(&city, "extended", "2011-10-12 09:00:00", "2", "2011-10-20 15:00:00");
    for (from, text) in [("21", "21"), ("24", "24"), ("25", "28")] {
        days(&mut city, from, text);
        assert_eq!(cards(&city), ["red pending-withdrawal"], "{text}");
    }
    let mut city = paused_behind(RED_LATER);
    city.decided("A", "2011-10-17 15:00:00");
    days(&mut city, "18", "21");
    assert_eq!(cards(&city), ["yellow pending-withdrawal"]);
}

/// Looked at every day, twice a day or after a fortnight, the record gives the same.
#[test]
fn rounds_more_or_fewer_give_the_same() {
    let looked = |rounds: fn(&mut Bench)| {
        let mut city = paused_behind(RED_LATER);
        rounds(&mut city);
        (cards(&city), events(&city), city.ledger("SELECT why FROM findings WHERE clock = 'promise'"))
    };
    let daily = looked(|city| days(city, "18", "31"));
    let rarely = looked(|city| {
        city.rounds_on(&["2011-10-31"]);
    });
    let often = looked(|city| {
        for day in ["18", "19", "20", "21", "24", "25", "26", "27", "28", "31"] {
            city.round(&format!("2011-10-{day} 09:05"));
            city.round(&format!("2011-10-{day} 15:00"));
        }
    });
    assert_eq!(daily.0, ["red pending-withdrawal"]);
    assert_eq!((&daily.0, &daily.1), (&rarely.0, &rarely.1));
    assert_eq!(daily, often);
}
