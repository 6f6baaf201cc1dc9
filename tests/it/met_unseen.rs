//! What fell due while its source was not read: nobody is accused, as nobody looked; and the supervisor is told which cases are in
//! time only by what was first read afterwards.

use std::fs;

use crate::bench::Bench;

const HANDLER: &str = "handler.u1@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";

/// Cases A and B, accepted on 26 September and due on 13 October, and a source that was read last at a moment.
fn city(last_read: &str) -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00").licence("B", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    city.round(last_read);
    city
}

/// Somebody enters a decision of 12 October, whenever that is.
fn typed(city: &Bench, number: &str) {
    city.decided(number, "2011-10-12 10:00:00");
}

fn away(city: &Bench) {
    fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
}

fn back(city: &Bench) {
    fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
}

/// The cases of the findings there are, by the view.
fn unseen(city: &Bench) -> Vec<String> {
    let findings = city.ledger("SELECT count(*) FROM findings WHERE rule = 'met-unseen'").concat();
    let cases = city.ledger("SELECT DISTINCT case_number FROM met_unseen ORDER BY 1");
    assert_eq!(findings, if cases.is_empty() { "0" } else { "1" }, "one finding for one stretch: {cases:?}");
    cases
}

fn why(city: &Bench) -> String {
    city.ledger("SELECT why FROM findings WHERE rule = 'met-unseen'").concat()
}

/// Who was told, each with the day.
fn told(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT to_address, substr(written_at, 1, 10) FROM letters WHERE kind = 'alert' AND text LIKE '%未能读取，其间到期%' ORDER BY 1, 2",
    )
}

/// For whatever reason it was not read: the file is away, is no database, is another one, or the daemon did not run. The supervisor is
/// told once, on the day on which it is read again; the unit is not; nobody gets a card for A, and B gets the one that is its own.
#[test]
fn whoever_sees_to_it_that_nobody_looks_gains_nothing_unseen() {
    type Blind<'b> = &'b dyn Fn(&mut Bench, bool);
    let renamed = |city: &mut Bench, blind: bool| if blind { away(city) } else { back(city) };
    let garbled = |city: &mut Bench, blind: bool| {
        if blind {
            away(city);
            city.write("approval.db", &"this is no database, however long it may be".repeat(100));
        } else {
            back(city);
        }
    };
    let another = |city: &mut Bench, blind: bool| {
        if blind {
            city.approval(&format!("VACUUM INTO '{}'", city.path("other.db").display()));
            let other = rusqlite::Connection::open(city.path("other.db")).unwrap();
            other.execute_batch("DELETE FROM cases; DELETE FROM events").unwrap();
            city.configure("path = \"approval.db\"", "path = \"other.db\"");
        } else {
            city.configure("path = \"other.db\"", "path = \"approval.db\"");
        }
    };
    let kinds: [(&str, Blind<'_>, bool); 4] = [
        ("away", &renamed, true),
        ("no database", &garbled, true),
        ("doubted", &another, true),
        ("no round", &|_, _| (), false),
    ];
    for (kind, blind, rounds) in kinds {
        let mut city = city("2011-10-13 09:05");
        blind(&mut city, true);
        if rounds {
            city.rounds_on(&["2011-10-14", "2011-10-15", "2011-10-16"]);
        }
        blind(&mut city, false);
        typed(&city, "A");
        city.rounds_on(&["2011-10-17", "2011-10-18"]);
        assert_eq!(unseen(&city), ["A"], "{kind}");
        let words = why(&city);
        for part in ["2011-10-13 09:05 至 2011-10-17 09:05 未能读取", "有 1 件", "A（2011-10-13到期）"]
        {
            assert!(words.contains(part), "{kind}: {part} in {words}");
        }
        assert_eq!(told(&city), [format!("{SUPERVISOR}|2011-10-17")], "{kind}");
        assert!(!city.subjects(HANDLER).iter().any(|subject| subject.contains("未读")), "{kind}");
        let cards = "SELECT case_number || ' ' || card || ' ' || standing FROM findings WHERE rule = 'time-limit' AND card <> 'notice'";
        assert_eq!(city.ledger(cards), ["B yellow open"], "{kind}");
        let view = "SELECT source, clock, substr(due_at, 1, 10), clock_state, substr(last_read_at, 1, 10), substr(read_again_at, 1, 10) FROM met_unseen";
        assert_eq!(city.ledger(view), ["approval|promise|2011-10-13|met|2011-10-13|2011-10-17"], "{kind}");
        let standing = "SELECT case_number || ' ' || standing FROM findings WHERE rule = 'met-unseen'";
        assert_eq!(city.ledger(standing), ["approval 2011-10-13 09:05 pending"], "{kind}");
    }
}

/// It counts what fell due in between: the limit passes at the end of 13 October. Read again before that, or read after it, nothing
/// fell due unseen.
#[test]
fn only_what_fell_due_in_between_is_told() {
    for (last, dark, again, found) in [
        ("2011-10-12 15:00", "2011-10-12 16:00", "2011-10-13 23:50", false),
        ("2011-10-12 15:00", "2011-10-12 16:00", "2011-10-14 00:10", true),
        ("2011-10-13 23:50", "2011-10-13 23:55", "2011-10-14 09:05", true),
        ("2011-10-14 00:10", "2011-10-14 00:20", "2011-10-14 09:05", false),
    ] {
        let mut city = city(last);
        away(&city);
        city.round(dark);
        back(&city);
        typed(&city, "A");
        city.round(again);
        assert_eq!(!unseen(&city).is_empty(), found, "{last} to {again}");
    }
}

/// A daemon that is stopped over the end of the due day hides what is typed then as a day without it does, be it for an hour and a
/// minute: the supervisor is told, the unit is not. What was read before it was stopped, or falls due outside, is as ever; and so is
/// what an hour hid.
#[test]
fn a_stop_over_the_end_of_the_due_day_is_told() {
    for (stopped, again, found) in [
        ("2011-10-13 16:00", "2011-10-14 08:40", true),
        ("2011-10-13 16:00", "2011-10-14 15:30", true),
        ("2011-10-13 23:30", "2011-10-14 00:31", true),
        ("2011-10-13 23:30", "2011-10-14 00:30", false),
        ("2011-10-13 23:55", "2011-10-14 00:05", false),
        ("2011-10-13 20:00", "2011-10-13 23:59", false),
        ("2011-10-14 00:01", "2011-10-14 08:40", false),
    ] {
        for typed_before in [false, true] {
            let mut city = city("2011-10-13 09:05");
            if typed_before {
                typed(&city, "A");
            }
            read_often(&mut city);
            city.round(stopped);
            if !typed_before {
                typed(&city, "A");
            }
            city.round(again);
            city.round("2011-10-14 16:00");
            let found = found && !typed_before;
            assert_eq!(!unseen(&city).is_empty(), found, "{stopped} to {again}, {typed_before}");
            let told = if found { vec![format!("{SUPERVISOR}|2011-10-14")] } else { vec![] };
            assert_eq!(self::told(&city), told, "{stopped} to {again}, {typed_before}");
            assert!(!city.subjects(HANDLER).iter().any(|subject| subject.contains("未读")), "{stopped}");
        }
    }
}

/// A daemon that reads all day long, from which one hour is enough.
fn read_often(city: &mut Bench) {
    for minute in [15, 25, 35, 45, 55] {
        city.round(&format!("2011-10-13 09:{minute}"));
    }
}

/// Neither one lazy day nor a longer `poll_every`, written shortly before, makes a stretch ordinary: how often rounds ran all week
/// does. A daemon that has polled every six hours for weeks is not asked for more, and neither is a timer.
#[test]
fn one_lazy_day_and_a_longer_poll_hide_nothing() {
    let week = ["07", "08", "09", "10", "11", "12"];
    let often = ["09:05", "12:05", "15:35"];
    for (times, poll, last, found) in [
        (&often[..], None, &["13 08:30"][..], true),
        (&often, Some("1d"), &["13 08:30"], true),
        (&often[..1], None, &["13 08:30"], false),
        (
            &["02:00", "08:00", "14:00", "20:00"],
            Some("6h"),
            &["13 02:00", "13 08:00", "13 14:00", "13 20:00"],
            false,
        ),
        (&["02:00", "08:00", "14:00", "20:00"], Some("6h"), &["13 02:00", "13 08:00", "13 14:00"], true),
    ] {
        let mut city = Bench::new();
        city.licence("A", "2011-09-26 10:00:00");
        for time in week.iter().flat_map(|day| times.iter().map(move |time| format!("2011-10-{day} {time}")))
        {
            city.round(&time);
        }
        if let Some(poll) = poll {
            city.configure("office =", &format!("poll_every = \"{poll}\"\noffice ="));
        }
        for time in last {
            city.round(&format!("2011-10-{time}"));
        }
        typed(&city, "A");
        city.round("2011-10-14 02:30");
        city.round("2011-10-14 15:05");
        assert_eq!(!unseen(&city).is_empty(), found, "{times:?} {poll:?}");
        assert_eq!(!told(&city).is_empty(), found, "{times:?} {poll:?}");
    }
}

/// What is delivered in batches is measured by its deliveries, whenever the daemon runs: one that stands still over the weekend has
/// missed none, and a Friday's honest decision is told to nobody. A delivery that was missed for longer than `overdue_after` counts,
/// whether a round ran meanwhile or not; a live source is missed by the day.
#[test]
fn a_daemon_that_rests_over_the_weekend_has_missed_no_delivery() {
    for (batch, again, found) in [
        (true, "2011-10-17", false),
        (true, "2011-10-18", false),
        (true, "2011-10-19", false),
        (true, "2011-10-20", true),
        (false, "2011-10-17", true),
    ] {
        let mut city = Bench::new();
        if batch {
            city.configure("path = \"approval.db\"", "path = \"approval.db\"\ndelivers = \"batch\"");
        }
        // Due on 14 October, a Friday, and decided that afternoon.
        city.licence("F", "2011-09-27 10:00:00");
        for day in ["12", "13", "14"] {
            city.accepted(day, "INOW", &format!("2011-10-{day} 05:00:00"));
            city.round(&format!("2011-10-{day} 06:05"));
            city.round(&format!("2011-10-{day} 15:05"));
        }
        city.decided("F", "2011-10-14 16:40:00");
        city.rounds_on(&[again]);
        assert_eq!(!unseen(&city).is_empty(), found, "{batch} {again}");
        assert_eq!(!told(&city).is_empty(), found, "{batch} {again}");
    }
}

/// Calm: nobody is told of what is ordinary. A machine that copies itself each night has read what was entered by day; a timer that
/// reads once each working morning reads on a Monday what a Friday decided; what is delivered at six in the morning was complete then.
#[test]
fn what_is_ordinary_is_not_told() {
    let nights = ["2011-10-11", "2011-10-12", "2011-10-13", "2011-10-14", "2011-10-15"];
    let mut backup = city("2011-10-13 09:05");
    typed(&backup, "A");
    for (day, next) in nights.iter().zip(&nights[1..]).skip(2) {
        for time in ["09:00", "15:00", "17:30", "22:00"] {
            backup.round(&format!("{day} {time}"));
        }
        backup.round(&format!("{next} 05:00"));
    }
    assert_eq!(unseen(&backup), [""; 0]);

    let mut timer = Bench::new();
    timer.licence("F", "2011-09-27 10:00:00");
    timer.rounds_on(&["2011-10-12", "2011-10-13", "2011-10-14"]);
    timer.decided("F", "2011-10-14 15:00:00");
    timer.rounds_on(&["2011-10-17"]);
    assert_eq!(
        (unseen(&timer), timer.ledger("SELECT state FROM deadlines WHERE clock = 'promise'")),
        (vec![], vec!["met".to_owned()])
    );

    let mut batch = Bench::new();
    batch.configure("path = \"approval.db\"", "path = \"approval.db\"\ndelivers = \"batch\"");
    batch.licence("A", "2011-09-26 10:00:00");
    for (time, delivers) in [("12 06:05", true), ("12 16:00", false), ("13 06:05", true), ("13 16:00", false)]
    {
        if delivers {
            batch.accepted(time, "INOW", &format!("2011-10-{} 05:00:00", &time[..2]));
        }
        batch.round(&format!("2011-10-{time}"));
    }
    typed(&batch, "A");
    batch.round("2011-10-14 06:05");
    batch.round("2011-10-14 09:05");
    assert_eq!(unseen(&batch), [""; 0]);
}

/// A source that is away for an hour and a minute over the end of the due day hid what was typed; a file that is exchanged at midnight
/// hid nothing.
#[test]
fn a_file_that_is_exchanged_at_midnight_hid_nothing() {
    for (again, found) in [("2011-10-14 00:50", false), ("2011-10-14 00:51", true)] {
        let mut city = city("2011-10-13 23:50");
        away(&city);
        city.round("2011-10-14 00:00");
        back(&city);
        typed(&city, "A");
        city.round(again);
        assert_eq!(!unseen(&city).is_empty(), found, "{again}");
    }
}

/// What is late is late, what was decided before is in time, and an applicant's withdrawal or an extension that was not there lifts a
/// card as a decision does. What is due on the day on which it begins is left out.
#[test]
fn whatever_keeps_a_limit_unseen_is_told() {
    for (sql, found) in [
        ("", false),
        ("UPDATE cases SET result = 'granted', finished = '2011-10-14 08:00:00', changed = '2011-10-14 08:00:00' WHERE number = 'A'", false),
        ("UPDATE cases SET result = 'withdrawn', finished = '2011-10-12 08:00:00', changed = '2011-10-14 08:00:00' WHERE number = 'A'", true),
        (
            "INSERT INTO events (number, kind, at, clerk, amount, changed)
             VALUES ('A', 'extended', '2011-10-12 10:00:00', '李局长', '5wd', '2011-10-14 08:00:00')",
            true,
        ),
        (
            "INSERT INTO cases (number, item, accepted, result, finished, changed)
             VALUES ('S', 'INOW', '2011-10-13 10:00:00', 'granted', '2011-10-13 11:00:00', '2011-10-14 08:00:00')",
            false,
        ),
    ] {
        let mut city = city("2011-10-13 09:05");
        away(&city);
        city.rounds_on(&["2011-10-14"]);
        back(&city);
        city.approval(sql);
        city.round("2011-10-14 15:00");
        assert_eq!(!unseen(&city).is_empty(), found, "{sql}");
        assert_eq!(!told(&city).is_empty(), found, "{sql}");
    }
    let mut before = city("2011-10-12 15:00");
    typed(&before, "A");
    before.rounds_on(&["2011-10-13"]);
    away(&before);
    before.rounds_on(&["2011-10-14"]);
    back(&before);
    before.round("2011-10-14 15:00");
    assert_eq!(unseen(&before), [""; 0]);
}

/// A case that came altogether while nobody looked counts too; a first installation is no such time, as nothing was read before.
#[test]
fn nothing_was_unseen_before_the_first_reading() {
    for installed in [true, false] {
        let mut city = Bench::new();
        city.licence("OLD", "2011-09-26 10:00:00");
        if installed {
            city.rounds_on(&["2011-09-27"]);
        }
        city.licence("N", "2011-09-27 10:00:00");
        typed(&city, "N");
        city.rounds_on(&["2011-10-17"]);
        assert_eq!(unseen(&city), if installed { vec!["N"] } else { vec![] });
    }
}

/// To a card that somebody was told of the question is put as ever, and no second one.
#[test]
fn of_a_card_that_was_told_a_supervisor_is_asked_anyhow() {
    let mut city = city("2011-10-14 09:05");
    away(&city);
    city.rounds_on(&["2011-10-15", "2011-10-16"]);
    back(&city);
    typed(&city, "A");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(unseen(&city), [""; 0]);
    let of_a = "SELECT standing FROM findings WHERE case_number = 'A' AND rule = 'time-limit'";
    assert_eq!(city.ledger(of_a), ["pending-withdrawal"]);
}

/// Who stops a delivery for longer than `overdue_after` stops the cards like one who takes the file away; within that time a delivery
/// is only one that comes later.
#[test]
fn what_an_overdue_delivery_hid_is_told() {
    for (comes, found) in [("2011-10-18", false), ("2011-10-20", true)] {
        let mut city = Bench::new();
        city.configure("path = \"approval.db\"", "path = \"approval.db\"\ndelivers = \"batch\"");
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-12"]);
        city.accepted("X", "INOW", "2011-10-13 08:00:00").decided("X", "2011-10-13 08:30:00");
        let days = [
            "2011-10-13",
            "2011-10-14",
            "2011-10-15",
            "2011-10-16",
            "2011-10-17",
            "2011-10-18",
            "2011-10-19",
            "2011-10-20",
        ];
        let before = days.iter().position(|day| *day == comes).unwrap();
        city.rounds_on(&days[..before]);
        city.approval(&format!(
            "UPDATE cases SET result = 'granted', finished = '2011-10-12 10:00:00', changed = '{comes} 08:00:00' WHERE number = 'A'"
        ));
        city.rounds_on(&[comes]);
        assert_eq!(!unseen(&city).is_empty(), found, "{comes}");
    }
}

/// Each stretch has its finding, and one that hid nothing has none; switched off, nothing is found.
#[test]
fn each_stretch_is_for_itself() {
    for off in [false, true] {
        let mut city = city("2011-10-13 09:05");
        if off {
            city.configure("[mail]", "[rules.met-unseen]\nmode = \"off\"\n[mail]");
        }
        for (day, number) in [("2011-10-14", Some("A")), ("2011-10-15", None), ("2011-10-16", None)] {
            away(&city);
            city.rounds_on(&[day]);
            back(&city);
            if let Some(number) = number {
                typed(&city, number);
            }
            city.round(&format!("{day} 15:00"));
        }
        assert_eq!(unseen(&city), if off { vec![] } else { vec!["A"] });
        assert_eq!(
            city.ledger(
                "SELECT count(*), count(ended_round), sum(looked) FROM blindness WHERE after_round > 2"
            ),
            ["3|3|3"]
        );
    }
}
