//! An office that takes its own acceptance back and types it again begins a new time, and its supervisor learns of it.

use std::process::Command;

use crate::bench::Bench;

/// Case A was accepted on 2011-09-26, due on 13 October; it is withdrawn on 28 September, and accepted again on a day.
fn city(again: &str, applied: Option<&str>) -> Bench {
    let mut city = Bench::new();
    city.configure(
        "\"supplement_received\", not",
        "\"supplement_received\", applied = \"applied\", accepted = \"accepted\", not",
    );
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.finished("A", "withdrawn", "2011-09-28 10:00:00");
    if let Some(at) = applied {
        city.event("A", "applied", "", at);
    }
    city.event("A", "accepted", "", again);
    city
}

fn refiled(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || card || ' ' || standing FROM findings WHERE rule = 'refiled'")
}

/// Issue 11: before any letter the withdrawal and the second acceptance are typed, far from the limit. The supervisor learns that
/// something waits for him, the unit nothing; the case counts by its second run, and the page of the case shows the first.
#[test]
fn an_acceptance_taken_back_and_typed_again_waits_for_the_supervisor() {
    let mut city = city("2011-09-28 11:00:00", None);
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(refiled(&city), ["A notice pending"]);
    let why = city.ledger("SELECT why FROM findings WHERE rule = 'refiled'").concat();
    for words in [
        "2011-09-28 10:00 撤回",
        "2011-09-28 11:00 未见重新申请",
        "首次计时自 2011-09-26 10:00 起，2011-10-13 到期",
    ] {
        assert!(why.contains(words), "{words} in {why}");
    }
    let told = "SELECT DISTINCT to_address FROM letters WHERE text LIKE '%另有1件的监察事项待审核后发出%'";
    assert!(city.ledger(told).contains(&"supervisor@example.gov.cn".to_owned()), "{:?}", city.ledger(told));
    assert_eq!(city.subjects("handler.u1@example.gov.cn"), [""; 0]);
    let due =
        "SELECT clock, substr(due_at, 1, 10), state FROM deadlines WHERE clock LIKE 'promise%' ORDER BY 1";
    assert_eq!(city.ledger(due), ["promise|2011-10-13|void", "promise#2|2011-10-17|running"]);
    let config = city.path("jianchad.toml").display().to_string();
    let arguments = ["explain", "A", "--as-of", "2011-09-29T09:05", "--lang", "en", "-c", &config];
    let page = Command::new(env!("CARGO_BIN_EXE_jianchad")).args(arguments).output().unwrap();
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    for words in [
        "2011-09-27 Tue — day 1 of 10",
        "2011-10-13 Thu — day 10 of 10",
        "2011-09-29 Thu — day 1 of 10",
        "2011-10-17 Mon — day 10 of 10",
    ] {
        assert!(page.contains(words), "`{words}` is missing in:\n{page}");
    }
}

/// Three working days after the withdrawal (29 and 30 September and 8 October are worked) is soon, the fourth is not; and who
/// applies again files anew, which is lawful on whatever day.
#[test]
fn who_applies_again_is_not_accused() {
    for (again, applied, found) in [
        ("2011-10-08 09:00:00", None, 1),
        ("2011-10-09 09:00:00", None, 0),
        ("2011-09-28 11:00:00", Some("2011-09-28 10:30:00"), 0),
        ("2011-09-30 11:00:00", Some("2011-09-29 10:30:00"), 0),
    ] {
        let mut city = city(again, applied);
        city.rounds_on(&["2011-10-11"]);
        assert_eq!(refiled(&city).len(), found, "{again} {applied:?}");
    }
}

/// An end of another kind takes back nothing by itself: a decision, a closing, a refusal to accept. At the limit, with an acceptance
/// soon after it that nobody applied for, it gives the unit a new time as a withdrawal does (《行政许可法》第四十二条): the last
/// working day and the one before (12 and 13 October), not the one before those, and not where somebody applied in between.
#[test]
fn whoever_ends_at_the_limit_and_accepts_again_waits_for_the_supervisor() {
    for (end, at, again, applied, found) in [
        ("closed", "2011-10-13 14:00:00", "2011-10-13 14:30:00", None, 1),
        ("closed", "2011-10-12 14:00:00", "2011-10-13 14:30:00", None, 1),
        ("closed", "2011-10-11 14:00:00", "2011-10-11 14:30:00", None, 0),
        ("not_accepted", "2011-10-13 14:00:00", "2011-10-14 09:30:00", None, 1),
        // It ends no clock that runs to the decision, so nothing begins anew.
        ("forwarded", "2011-10-13 14:00:00", "2011-10-14 09:30:00", None, 0),
        ("decided", "2011-10-13 14:00:00", "2011-10-13 14:30:00", None, 1),
        ("decided", "2011-10-13 14:00:00", "2011-10-19 09:30:00", None, 0),
        ("decided", "2011-10-13 14:00:00", "2011-10-14 09:30:00", Some("2011-10-14 09:00:00"), 0),
    ] {
        let mut city = Bench::new();
        let codes = "\"supplement_received\", applied = \"applied\", accepted = \"accepted\", closed = \"closed\", \
                     forwarded = \"forwarded\", decided = \"decided\", not";
        city.configure("\"supplement_received\", not", codes);
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-10", "2011-10-11"]);
        city.event("A", end, "", at);
        applied.iter().for_each(|at| _ = city.event("A", "applied", "", at));
        city.event("A", "accepted", "", again);
        city.rounds_on(&["2011-10-14", "2011-10-20"]);
        let clocks = city.ledger("SELECT clock, state, due_at, stopped_at FROM deadlines");
        assert_eq!(refiled(&city).len(), found, "{end} {at} {again} {applied:?} {clocks:?}");
        assert_eq!(
            city.subjects("handler.u1@example.gov.cn").iter().filter(|it| it.contains("重新")).count(),
            0
        );
    }
}

/// With a limit of one working day the day of acceptance is the one before the last: what ends and begins again on that day is taken
/// for no way round the limit; on the last day it is.
#[test]
fn what_ends_on_the_day_on_which_it_began_is_no_way_round_its_limit() {
    for (end, again, found) in
        [("2011-09-27 15:00:00", "2011-09-27 15:30:00", 0), ("2011-09-28 15:00:00", "2011-09-28 15:30:00", 1)]
    {
        let mut city = Bench::new();
        city.write(
            "registry/items.csv",
            &crate::bench::ITEMS.replace("承诺件,10个工作日,", "承诺件,1个工作日,"),
        );
        city.configure(
            "\"supplement_received\", not",
            "\"supplement_received\", accepted = \"accepted\", closed = \"closed\", not",
        );
        city.licence("A", "2011-09-27 10:00:00");
        city.round("2011-09-27 11:00");
        city.event("A", "closed", "", end).event("A", "accepted", "", again);
        city.rounds_on(&["2011-09-29"]);
        let clocks = city.ledger("SELECT clock, state, due_at, stopped_at FROM deadlines");
        assert_eq!(refiled(&city).len(), found, "{end} {clocks:?}");
    }
}

/// "A case can live twice"; in its third life, each begun within twenty working days of the end before, it waits for the supervisor
/// however it ended and whoever applied, as a clock that begins anew for ever is never late. The twentieth working day after
/// 28 September is 31 October.
#[test]
fn the_third_life_of_a_number_waits_for_the_supervisor_however_the_others_ended() {
    for (second, third, found) in [
        ("2011-10-28", Some("2011-11-03"), 1),
        ("2011-10-31", Some("2011-11-03"), 1),
        ("2011-11-01", Some("2011-11-03"), 0),
        ("2011-10-28", None, 0),
    ] {
        let mut city = Bench::new();
        city.configure(
            "\"supplement_received\", not",
            "\"supplement_received\", decided = \"decided\", applied = \"applied\", accepted = \"accepted\", not",
        );
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-09-27"]);
        let mut live = |day: &str, kind: &str| {
            city.event("A", kind, "", &format!("{day} 10:00:00"));
            city.round(&format!("{day} 15:00"));
        };
        live("2011-09-28", "decided");
        live(second, "applied");
        live(second, "accepted");
        if let Some(third) = third {
            live("2011-11-02", "decided");
            live(third, "applied");
            live(third, "accepted");
        }
        assert_eq!(refiled(&city).len(), found, "{second} {third:?}: {:?}", city.findings());
        let why = city.ledger("SELECT why FROM findings WHERE rule = 'refiled'").concat();
        assert!(found == 0 || why.contains("如此先后办理 3 次：首次自 2011-09-26 10:00 起"), "{why}");
        assert!(!city.letters().iter().any(|it| it.contains("handler") && it.contains("重新申报")));
    }
}
