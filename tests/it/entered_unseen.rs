//! What was entered later than it says: a row counts from the reading that did not have it, whatever day somebody types.

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

/// A city whose events know withdrawals, acceptances and decisions, and when each was typed; `recorded`: the mapping reads that. Case A
/// is due on 13 October.
fn city(recorded: bool) -> Bench {
    let mut city = Bench::new();
    city.configure(
        "codes = { step",
        "codes = { applied = \"applied\", accepted = \"accepted\", withdrawn = \"withdrawn\", decided = \"decided\", step",
    );
    city.approval("ALTER TABLE events ADD COLUMN typed TEXT");
    if recorded {
        city.configure("at = \"at\", stage", "at = \"at\", recorded = \"typed\", stage");
    }
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city
}

/// A row of a kind and a time, which says that it was typed at another, and is first there for the next round.
fn row(city: &Bench, kind: &str, at: &str, typed: &str, there: &str) {
    city.approval(&format!(
        "INSERT INTO events (number, kind, at, clerk, typed, changed) VALUES ('A', '{kind}', '{at}', '0731', '{typed}', '{there}')"
    ));
}

fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!("SELECT why FROM findings WHERE rule = '{rule}' AND standing = 'pending'"))
}

/// A withdrawal of 28 September, there for the round after a day: the last working day before 13 October is the 12th. Where nothing says
/// when it was typed the reading without it does, and where it says so falsely too; one that says so truly is believed.
#[test]
fn a_withdrawal_that_was_entered_at_the_limit_was_made_there() {
    for (recorded, typed, lag, last, again, near) in [
        (false, "", "0s", "2011-10-11 09:05", "2011-10-12 09:05", false),
        (false, "", "0s", "2011-10-12 09:05", "2011-10-13 09:05", true),
        (false, "", "0s", "2011-10-13 09:05", "2011-10-13 15:00", true),
        (false, "", "1d", "2011-10-12 09:05", "2011-10-13 09:05", false),
        (true, "2011-10-11 16:00:00", "0s", "2011-10-11 09:05", "2011-10-12 09:05", false),
        (true, "2011-10-12 08:00:00", "0s", "2011-10-11 09:05", "2011-10-12 09:05", true),
        (true, "2011-09-28 10:00:00", "0s", "2011-10-11 09:05", "2011-10-12 09:05", false),
        (true, "2011-09-28 10:00:00", "0s", "2011-10-12 09:05", "2011-10-13 09:05", true),
    ] {
        let mut city = city(recorded);
        city.configure("sweep_at = \"never\"", &format!("sweep_at = \"never\"\nlag = \"{lag}\""));
        city.rounds_on(&["2011-10-10"]);
        city.round(last);
        row(&city, "withdrawn", "2011-09-28 10:00:00", typed, &again.replace("09:05", "09:00"));
        city.round(again);
        let said = found(&city, "withdrawn-at-limit");
        assert_eq!(!said.is_empty(), near, "{typed} {lag} {last}: {:?}", city.findings());
        let entry = match typed {
            "2011-10-12 08:00:00" => "（2011-10-12 08:00 录入）".to_owned(),
            _ => format!("（{last} 读取时尚无此记录）"),
        };
        assert!(!near || said[0].contains(&format!("2011-09-28 10:00 撤回{entry}")), "{said:?}");
    }
    let mut first = Bench::new();
    first.licence("A", "2011-09-26 10:00:00").finished("A", "withdrawn", "2011-09-28 10:00:00");
    first.rounds_on(&["2011-10-13"]);
    assert_eq!(found(&first, "withdrawn-at-limit"), [""; 0], "what a first reading brings");
}

/// A withdrawal of 28 September and an acceptance of 10 October are five working days apart by the days that they name. Typed in one
/// sitting they are one deed; typed when they say they are two, and lawful.
#[test]
fn an_acceptance_taken_back_in_one_sitting_is_one_whatever_days_are_typed() {
    for (recorded, typed) in [(false, ""), (true, "2011-10-11 08:00:00"), (true, "2011-09-28 10:00:00")] {
        let mut city = city(recorded);
        city.rounds_on(&["2011-10-10", "2011-10-11"]);
        row(&city, "withdrawn", "2011-09-28 10:00:00", typed, "2011-10-11 16:00:00");
        row(&city, "accepted", "2011-10-10 09:00:00", typed, "2011-10-11 16:00:00");
        city.rounds_on(&["2011-10-12"]);
        let said = found(&city, "refiled").concat();
        for part in
            ["2011-09-28 10:00 撤回（2011-10-11 09:05 读取时尚无此记录）", "2011-10-10 09:00 未见重新申请"]
        {
            assert!(said.contains(part), "{typed}: {part} in {said}");
        }
    }
    let mut honest = city(false);
    row(&honest, "withdrawn", "2011-09-28 10:00:00", "", "2011-09-28 10:00:00");
    honest.rounds_on(&["2011-09-28", "2011-09-29", "2011-10-10"]);
    row(&honest, "accepted", "2011-10-10 11:00:00", "", "2011-10-10 11:00:00");
    honest.rounds_on(&["2011-10-11"]);
    assert_eq!(found(&honest, "refiled"), [""; 0]);
}

/// Taken back once and typed again after four working days may be as it says; the second time it is a habit. Who applies again, as the
/// row says, is looked at in the third life only: a clerk types applications too.
#[test]
fn who_takes_his_acceptance_back_time_and_again_is_found_after_however_many_days() {
    for (applies, times, found_it) in [(false, 1, false), (false, 2, true), (true, 1, false), (true, 2, true)]
    {
        let mut city = city(false);
        let days =
            [("2011-09-28 10:00:00", "2011-10-09 10:00:00"), ("2011-10-11 10:00:00", "2011-10-18 10:00:00")];
        for (withdrawn, again) in &days[..times] {
            row(&city, "withdrawn", withdrawn, "", withdrawn);
            city.round(&withdrawn.replace("10:00:00", "15:00"));
            if applies {
                city.approval("UPDATE events SET kind = kind");
                city.approval(&format!(
                    "INSERT INTO events (number, kind, at, clerk, changed) VALUES ('A', 'applied', '{again}', '0731', '{again}')"
                ));
            }
            row(&city, "accepted", &again.replace("10:00", "10:30"), "", &again.replace("10:00", "10:30"));
            city.round(&again.replace("10:00:00", "15:00"));
        }
        let said = found(&city, "refiled");
        assert_eq!(!said.is_empty(), found_it, "{applies} {times}: {:?}", city.findings());
        let words = if applies { "如此先后办理 3 次" } else { "该件已如此 2 次" };
        assert!(!found_it || said[0].contains(words), "{said:?}");
    }
}

/// The limit passed with 13 October, the reading of the night after had no decision, and nobody is told at night. Typed in the morning
/// and dated back it is in time, and the supervisor learns that it was not there; so where the source says a false time of entry, be
/// it by a few hours. A quarter of an hour is what clocks may differ, a working day what an honest office takes to type.
#[test]
fn a_decision_that_was_not_there_when_its_limit_had_passed_is_found() {
    for (recorded, at, typed, night, found_it) in [
        (false, "2011-10-12 10:00:00", "", "2011-10-14 00:10", true),
        (false, "2011-10-13 10:00:00", "", "2011-10-14 00:10", false),
        (false, "2011-10-12 10:00:00", "", "2011-10-13 23:50", false),
        (true, "2011-10-13 15:00:00", "2011-10-13 16:00:00", "2011-10-14 00:10", true),
        (true, "2011-10-13 15:00:00", "2011-10-13 23:54:00", "2011-10-14 00:10", true),
        (true, "2011-10-13 15:00:00", "2011-10-13 23:56:00", "2011-10-14 00:10", false),
        (true, "2011-10-13 15:00:00", "2011-10-13 16:00:00", "2011-10-13 23:50", false),
        (true, "2011-10-13 15:00:00", "2011-10-14 08:00:00", "2011-10-14 00:10", false),
    ] {
        let mut city = city(recorded);
        city.rounds_on(&["2011-10-12", "2011-10-13"]);
        city.round(night);
        row(&city, "decided", at, typed, "2011-10-14 08:00:00");
        city.rounds_on(&["2011-10-14"]);
        let said = found(&city, "backdated-entry");
        assert_eq!(!said.is_empty(), found_it, "{at} {typed} {night}: {said:?}");
        assert!(!found_it || said[0].contains("2011-10-14 00:10 读取时尚无此记录"), "{said:?}");
        assert!(!city.findings().iter().any(|line| line.contains("yellow open")), "{:?}", city.findings());
        assert_eq!(
            city.subjects("handler.u1@example.gov.cn").iter().filter(|it| it.contains("需核查")).count(),
            0
        );
    }
}

/// Of a card that was told the supervisor is asked by the card; a step that moves no limit has its working day; and what lags counts
/// from before its lag.
#[test]
fn what_is_asked_or_moves_nothing_is_not_found_once_more() {
    let mut told = city(true);
    told.rounds_on(&["2011-10-13", "2011-10-14"]);
    row(&told, "decided", "2011-10-13 15:00:00", "2011-10-13 16:00:00", "2011-10-14 10:00:00");
    told.round("2011-10-14 15:00");
    assert_eq!(found(&told, "backdated-entry"), [""; 0]);
    assert!(
        told.findings().iter().any(|line| line.ends_with("yellow pending-withdrawal")),
        "{:?}",
        told.findings()
    );
    for (kind, lag) in [("step", "0s"), ("decided", "1d")] {
        let mut city = city(true);
        city.configure("sweep_at = \"never\"", &format!("sweep_at = \"never\"\nlag = \"{lag}\""));
        city.rounds_on(&["2011-10-12", "2011-10-13"]);
        city.round("2011-10-14 00:10");
        row(&city, kind, "2011-10-13 15:00:00", "2011-10-13 16:00:00", "2011-10-14 08:00:00");
        city.rounds_on(&["2011-10-14"]);
        assert_eq!(found(&city, "backdated-entry"), [""; 0], "{kind} {lag}");
    }
}

/// A row whose note is put right days later was entered when it was first said.
#[test]
fn a_note_that_is_put_right_moves_no_time_of_entry() {
    for moved in [false, true] {
        let mut city = city(true);
        row(&city, "step", "2011-09-28 09:00:00", "2011-09-28 09:01:00", "2011-09-28 09:01:00");
        city.rounds_on(&["2011-09-28", "2011-10-10", "2011-10-11"]);
        let at = if moved { "2011-09-28 08:00:00" } else { "2011-09-28 09:00:00" };
        city.approval(&format!(
            "UPDATE events SET note = '更正', at = '{at}', changed = '2011-10-11 16:00:00' WHERE typed IS NOT NULL"
        ));
        city.rounds_on(&["2011-10-12"]);
        assert_eq!(!found(&city, "backdated-entry").is_empty(), moved, "{:?}", city.findings());
    }
}

/// A decision dated in time and typed within a working day, before the letter left, acts at once and accuses nobody; but the digest
/// names the card that nobody was told of on that day and on the next working day, to those who supervise, and no longer. A card
/// that was told, a late decision and a case in time are not among them.
#[test]
fn a_card_that_fell_before_anybody_was_told_is_named_to_supervisors() {
    let digest = |city: &Bench, day: &str| {
        city.ledger(&format!(
            "SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' AND written_at LIKE '{day}%'"
        ))
        .concat()
    };
    for (at, night, named) in [
        ("2011-10-13 10:00:00", "2011-10-14 00:10", true),
        ("2011-10-13 10:00:00", "2011-10-13 23:50", false),
        ("2011-10-14 07:50:00", "2011-10-14 00:10", false),
        ("2011-10-13 10:00:00", "2011-10-14 09:00", false),
    ] {
        let mut city = city(false);
        city.rounds_on(&["2011-10-12", "2011-10-13"]);
        city.round(night);
        let there = if night.ends_with("09:00") { "2011-10-14 09:30:00" } else { "2011-10-14 08:00:00" };
        row(&city, "decided", at, "", there);
        city.rounds_on(&["2011-10-14", "2011-10-17", "2011-10-18"]);
        let told = ["2011-10-14", "2011-10-17", "2011-10-18"].map(|day| digest(&city, day));
        let names = |text: &String| text.contains("发出前即撤的牌（1张）") && text.contains(" · A · ");
        assert!(told.iter().all(|text| text.contains("2011-10-1")), "{at} {night}: a digest each day");
        assert_eq!(told.each_ref().map(names), [named, named, false], "{at} {night}: {told:#?}");
        assert_eq!(found(&city, "backdated-entry"), [""; 0], "{at} {night}");
        let handler = city.ledger("SELECT text FROM letters WHERE to_address LIKE 'handler%'").concat();
        assert!(!handler.contains("发出前即撤"), "{handler}");
    }
}

/// The other side: a card that was told and that a day off takes away by itself is taken back by letter, and is not named among those
/// that nobody was told of.
#[test]
fn a_card_that_was_told_and_fell_is_not_named_as_untold() {
    let mut city = city(false);
    city.rounds_on(&["2011-10-12", "2011-10-13", "2011-10-14"]);
    let yellow = |city: &Bench| city.findings().iter().any(|line| line.ends_with("yellow open"));
    assert!(yellow(&city), "{:?}", city.findings());
    city.write(
        "calendar.d/closed.toml",
        "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2011-10-09\", \"2011-10-10\", \"2011-10-11\", \"2011-10-12\", \"2011-10-13\"]\n",
    );
    city.restart().round("2011-10-14 15:00");
    city.rounds_on(&["2011-10-17"]);
    let revoked = "SELECT standing FROM findings WHERE rule = 'time-limit' AND clock = 'promise'";
    assert_eq!(city.ledger(revoked), ["revoked"], "{:?}", city.findings());
    assert_eq!(city.subjects("handler.u1@example.gov.cn").iter().filter(|it| it.contains("撤销")).count(), 1);
    let digests =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%'");
    assert!(!digests.concat().contains("发出前即撤"), "{digests:#?}");
}

/// What a person withdraws in the night, before any letter, is his own deed and no card that fell unasked.
#[test]
fn a_card_that_a_person_withdrew_before_its_letter_is_not_named() {
    let mut city = city(false);
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    city.round("2011-10-14 00:10");
    let finding = city.ledger("SELECT finding FROM findings WHERE rule = 'time-limit' AND card = 'yellow'");
    let (finding, at) = (finding[0].parse().unwrap(), moment("2011-10-14 08:00").instant);
    let (action, by, why) = (&CardAction::Revoke, "孙七", "窗口当日停电");
    keyboard(&city).enter_deed(&Done { finding, action, by, why, order_due: None, at }).unwrap();
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert_eq!(city.ledger(&format!("SELECT standing FROM findings WHERE finding = {finding}")), ["revoked"]);
    let digests =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%'");
    assert!(!digests.is_empty() && !digests.concat().contains("发出前即撤"), "{digests:#?}");
}

/// Ten of the cards that fell untold are named, the last first, and all are counted.
#[test]
fn ten_cards_that_fell_untold_are_named_and_all_are_counted() {
    for (count, head) in [(10, "发出前即撤的牌（10张）"), (11, "发出前即撤的牌（共11张，以下为最近的10张")]
    {
        let mut city = city(false);
        for number in 0..count {
            city.licence(&format!("L-{number:02}"), "2011-09-26 10:00:00");
        }
        city.decided("A", "2011-09-29 10:00:00");
        city.rounds_on(&["2011-10-12", "2011-10-13"]);
        city.round("2011-10-14 00:10");
        city.approval(
            "UPDATE cases SET result = 'granted', finished = '2011-10-13 10:00:00', changed = '2011-10-14 08:00:00'
             WHERE number LIKE 'L-%'",
        );
        city.rounds_on(&["2011-10-14"]);
        let digest = city
            .ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' AND written_at LIKE '2011-10-14%'")
            .concat();
        assert!(digest.contains(head), "{digest}");
        let lines = |number: usize| digest.matches(&format!(" · L-{number:02} · ")).count();
        assert_eq!((0..count).map(lines).sum::<usize>(), 10, "{digest}");
        assert_eq!(lines(0), usize::from(count == 10), "what was withdrawn first is left out: {digest}");
    }
}
