//! The machine's clock steps: what it shows is believed where the machine's counter, a person or the records say so, and nothing is
//! judged or sent by it before.

use std::time::Duration;

use jianchad::testing::domain::now::{Clock, Now, TimeBase, Uptime};
use jianchad::testing::edge::clock::SystemClock;
use jianchad::testing::edge::ledger::Tally;
use jianchad::testing::round;

use crate::bench::{Bench, Nobody, moment};
use crate::post_office::Desk;
use crate::suspect::{delete, jianchad, of_rule};

/// A machine's clock; `counts`: the machine was never off, and its counter says so.
struct Machine {
    shows: Now,
    counts: bool,
}

impl Clock for Machine {
    fn now(&self) -> Now {
        self.shows
    }

    fn running(&self) -> Duration {
        Duration::ZERO
    }

    fn base(&self) -> TimeBase {
        let up = Duration::from_secs(self.shows.instant.timestamp().try_into().unwrap());
        TimeBase::Machine(self.counts.then(|| Uptime { boot: "first".to_owned(), up }))
    }
}

fn round_by(city: &mut Bench, shows: Now, counts: bool) -> Tally {
    let service = city.service();
    service.clock = Box::new(Machine { shows, counts });
    round::run(service, &shows, &Nobody).unwrap()
}

/// A round after the machine was started anew, at what its clock shows: nothing says how long it was off.
fn started(city: &mut Bench, at: &str) -> Tally {
    round_by(city, moment(at), false)
}

/// A round of a machine that ran since the last one.
fn counted(city: &mut Bench, at: &str) -> Tally {
    round_by(city, moment(at), true)
}

/// One licence that is due on 2011-10-24 by the promise and on 2011-11-07 by the law, read on its day.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    started(&mut city, "2011-10-11 09:05");
    city
}

const STEPS: &str = "SELECT ended_by, accepted_by FROM time_steps ORDER BY held_at";

fn told(city: &Bench) -> Vec<String> {
    city.ledger("SELECT kind, to_address, subject FROM letters ORDER BY letter")
}

/// A year ahead: nothing is read, judged, written or sent; the clock put right, all is as if there had been no step.
#[test]
fn a_clock_a_year_ahead_judges_nobody() {
    let (mut city, mut plain) = (city(), city());
    let before = told(&city);
    for at in ["2012-10-11 10:00", "2012-10-11 10:05", "2012-10-12 10:00"] {
        assert_eq!(started(&mut city, at), Tally::default(), "{at}");
        assert_eq!(round::deliver(city.service(), &Nobody).unwrap(), 0);
    }
    assert_eq!((city.findings(), told(&city)), (plain.findings(), before));
    assert_eq!(
        city.ledger("SELECT held_at, last_round_at FROM time_steps"),
        ["2012-10-11T10:00:00+08:00|2011-10-11T09:05:00+08:00"]
    );
    for at in ["2011-10-12 09:05", "2011-10-13 09:00", "2011-10-24 09:00", "2011-11-07 09:00"] {
        counted(&mut city, at);
        counted(&mut plain, at);
        assert_eq!((city.findings(), told(&city)), (plain.findings(), told(&plain)), "{at}");
    }
    assert_eq!(city.ledger(STEPS), ["clock|"]);
}

/// What waits in the outbox does not leave by a clock that is held either; put right, it leaves.
#[test]
fn what_waits_does_not_leave_by_a_clock_that_is_held() {
    let desk = Desk::default();
    let mut city = Bench::new();
    city.mailer(Box::new(desk.clone())).licence("A", "2011-10-10 09:00:00");
    *desk.down.lock().unwrap() = true;
    started(&mut city, "2011-10-11 09:05");
    *desk.down.lock().unwrap() = false;
    let wrong = moment("2012-10-11 10:00");
    let service = city.service();
    service.clock = Box::new(Machine { shows: wrong, counts: false });
    assert_eq!(round::deliver(service, &Nobody).unwrap(), 0);
    assert_eq!(desk.took.lock().unwrap().len(), 0);
    started(&mut city, "2011-10-11 11:00");
    assert!(!desk.took.lock().unwrap().is_empty(), "{:#?}", told(&city));
}

/// A step is held from more than a day and an hour after the last round on, as a timer of every day is late on some, and from more than an
/// hour before it.
#[test]
fn a_machine_that_was_off_for_a_day_is_ordinary() {
    let ahead = [
        ("2011-10-12 09:05", false),
        ("2011-10-12 09:06", false),
        ("2011-10-12 10:04", false),
        ("2011-10-12 10:05", false),
        ("2011-10-12 10:06", true),
    ];
    let back = [
        ("2011-10-11 08:06", false),
        ("2011-10-11 08:05", false),
        ("2011-10-11 08:04", true),
        ("2011-10-10 12:00", true),
    ];
    for (at, held) in ahead.into_iter().chain(back) {
        let mut city = city();
        started(&mut city, at);
        assert_eq!(city.ledger(STEPS).len(), usize::from(held), "{at}");
    }
}

/// A hall that was closed over the holidays, its machine off: the first records of the day it opens say that its clock is right, those of
/// three cases. What was typed into the future before does not.
#[test]
fn records_of_the_day_say_that_the_clock_is_right() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-28 09:00:00").licence("B", "2011-10-09 08:00:00");
    started(&mut city, "2011-09-29 09:05");
    started(&mut city, "2011-10-09 08:00");
    assert_eq!(city.ledger(STEPS), ["|"]);
    city.licence("C", "2011-10-08 07:00:00");
    started(&mut city, "2011-10-09 08:10");
    assert_eq!(city.ledger(STEPS), ["|"], "of an earlier day");
    city.licence("D", "2011-10-09 08:20:00")
        .licence("E", "2011-10-09 08:21:00")
        .licence("F", "2011-10-09 08:31:00");
    started(&mut city, "2011-10-09 08:10");
    assert_eq!(city.ledger(STEPS), ["|"], "of the future");
    started(&mut city, "2011-10-09 08:30");
    assert_eq!(city.ledger(STEPS), ["|"], "of two cases, and one of the future");
    let tally = started(&mut city, "2011-10-09 08:31");
    assert_eq!(city.ledger(STEPS), ["records|"]);
    assert!(tally.cases_judged >= 3, "{tally:?}");
}

/// A planned hearing of the day that a wrong clock shows, or a row with a mistyped year, confirms nothing; nor do three of them where no
/// record is of the working days in between. Put right, the clock is not held up by them.
#[test]
fn one_planned_hearing_confirms_no_wrong_clock() {
    let mut city = city();
    for case in ["B", "C", "D"] {
        city.licence(case, "2011-11-10 09:00:00");
        assert_eq!(started(&mut city, "2011-11-10 10:00"), Tally::default(), "{case}");
    }
    assert_eq!((city.ledger(STEPS), city.findings().len()), (vec!["|".to_owned()], 0));
    started(&mut city, "2011-10-11 10:00");
    assert_eq!(city.ledger(STEPS), ["clock|"]);
    // The machine was off for a month, and the office worked on: half of the working days in between are 11.
    let mut city = self::city();
    for case in ["B", "C", "D"] {
        city.licence(case, "2011-11-10 09:00:00");
    }
    for (number, day) in
        ["10-12", "10-13", "10-14", "10-17", "10-18", "10-19", "10-20", "10-21", "10-24", "10-25"]
            .iter()
            .enumerate()
    {
        city.licence(&format!("E{number}"), &format!("2011-{day} 09:00:00"));
    }
    assert_eq!(started(&mut city, "2011-11-10 10:00"), Tally::default(), "of ten days of 21");
    city.licence("F", "2011-10-26 09:00:00");
    assert!(started(&mut city, "2011-11-10 10:00").cases_judged > 0);
    assert_eq!(city.ledger(STEPS), ["records|"]);
}

/// A wrong clock that a person confirmed, and one record typed for a day to come: the records of the day, of three cases, still say that
/// the clock put right is right.
#[test]
fn one_mistyped_year_does_not_hold_a_clock_that_was_put_right() {
    let mut city = city();
    let wrong = moment("2011-11-10 10:00");
    round_by(&mut city, wrong, false);
    city.service().ledger.accept_time("孙七", "误", &wrong).unwrap();
    city.licence("X", "2011-11-10 09:30:00");
    round_by(&mut city, wrong, false);
    city.licence("B", "2011-10-12 08:30:00")
        .licence("C", "2011-10-12 08:40:00")
        .licence("D", "2011-10-12 08:50:00");
    started(&mut city, "2011-10-12 09:10");
    assert_eq!(city.ledger(STEPS), ["records|", "person|孙七"], "by the moments that were held");
}

/// What is said of a step that is held is of the clock as it is now: it may have left the day at which it was found.
#[test]
fn a_step_that_is_held_is_said_as_the_clock_stands() {
    let mut city = city();
    let held = "SELECT held_at FROM time_steps";
    for (at, said) in [
        ("2012-10-11 10:00", "2012-10-11T10:00:00+08:00"),
        ("2012-10-12 10:00", "2012-10-11T10:00:00+08:00"),
        ("2012-10-12 10:01", "2012-10-12T10:01:00+08:00"),
        ("2000-01-01 08:00", "2000-01-01T08:00:00+08:00"),
    ] {
        started(&mut city, at);
        assert_eq!(city.ledger(held), [said], "{at}");
    }
}

/// A machine that is off over the weekend goes on with the first record of Monday, and not without one.
#[test]
fn a_machine_that_is_off_at_weekends_goes_on_on_monday() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    started(&mut city, "2011-10-14 17:00");
    started(&mut city, "2011-10-17 08:30");
    assert_eq!(city.ledger(STEPS), ["|"]);
    city.licence("B", "2011-10-17 08:40:00");
    started(&mut city, "2011-10-17 08:45");
    assert_eq!(city.ledger(STEPS), ["records|"]);
    counted(&mut city, "2011-10-17 10:00");
    let digests = "SELECT text FROM letters WHERE kind = 'digest' AND written_at > '2011-10-17'";
    let digests = city.ledger(digests);
    assert!(
        !digests.is_empty() && digests.iter().all(|text| !text.contains("跳变")),
        "no news: {digests:#?}"
    );
}

/// Without a record a person says so; it holds for that moment only.
#[test]
fn a_person_says_that_the_clock_is_right() {
    let mut city = city();
    let (code, error) = jianchad(&city, &["time", "accept", "--by", "孙七", "--why", "停机"]);
    assert_eq!(code, Some(66), "nothing is held: {error}");
    let now = SystemClock::new(chrono_tz::Asia::Shanghai).now();
    round_by(&mut city, now, false);
    let (code, status) = jianchad(&city, &["status", "--lang", "zh-CN"]);
    assert!(code == Some(74) && status.contains("时间跳变待确认"), "{status}");
    let (code, said) = jianchad(&city, &["time", "accept", "--by", "孙七", "--why", "停机"]);
    assert!(code == Some(0) && said.contains("孙七"), "{said}");
    let tally = round_by(&mut city, now, false);
    assert_eq!((tally.cases_judged, city.ledger(STEPS)), (1, vec!["person|孙七".to_owned()]));
    let later = Now { instant: now.instant + chrono::TimeDelta::days(400), ..now };
    round_by(&mut city, later, false);
    assert_eq!(city.ledger(STEPS), ["person|孙七", "|"]);
}

/// While a step is held nothing is entered at the keyboard: it would keep its days by a clock that may be wrong. Confirmed, it is.
#[test]
fn nothing_is_entered_by_a_clock_that_is_held() {
    let mut city = city();
    let now = SystemClock::new(chrono_tz::Asia::Shanghai).now();
    let until = (now.today() + chrono::Days::new(30)).to_string();
    let silence = ["silence", "add", "--unit", "U1", "--until", &until, "--by", "孙七", "--why", "培训"];
    round_by(&mut city, now, false);
    for deed in [&silence[..], &["source", "accept", "approval", "--by", "孙七", "--why", "属实"]] {
        let (code, said) = jianchad(&city, deed);
        assert!(code == Some(74) && said.contains("time accept"), "{deed:?} {code:?}: {said}");
    }
    assert_eq!(city.ledger("SELECT count(*) FROM silence"), ["0"]);
    for shown in [&["plan"][..], &["explain", "A"]] {
        let (code, said) = jianchad(&city, shown);
        assert!(code == Some(0) && said.contains("time accept"), "{shown:?} {code:?}: {said}");
    }
    let held = city.service().ledger.held_time().unwrap().unwrap();
    for (at, doubted) in [
        ("2011-10-11 08:04", true),
        ("2011-10-11 08:05", false),
        ("2011-10-12 10:05", false),
        ("2011-10-12 10:06", true),
    ] {
        assert_eq!(held.is_doubted(&moment(at)), doubted, "{at}");
    }
    assert_eq!(jianchad(&city, &["time", "accept", "--by", "孙七", "--why", "停机"]).0, Some(0));
    let (code, said) = jianchad(&city, &silence);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(city.ledger("SELECT count(*) FROM silence"), ["1"]);
}

/// Years back, as a machine whose battery is flat: nothing is dated so. What was known by the last round contradicts it.
#[test]
fn a_clock_years_back_sends_nothing() {
    let mut city = city();
    let before = told(&city);
    for at in ["2000-01-01 00:10", "2011-09-01 09:00"] {
        assert_eq!(started(&mut city, at), Tally::default(), "{at}");
    }
    assert_eq!(told(&city), before);
    started(&mut city, "2011-10-11 18:00");
    assert_eq!(city.ledger(STEPS), ["clock|"]);
    assert_eq!(city.ledger("SELECT count(*) FROM rounds WHERE started_at < '2011'"), ["0"]);
}

/// A step ahead that somebody confirmed wrongly: the clock put right, what it found is judged anew and taken back from everybody who
/// was told, and nobody is muted until that date.
#[test]
fn what_a_wrong_clock_found_is_taken_back() {
    let mut city = Bench::new();
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"").configure(
        "[source.approval]",
        "[mail.caps]\nper_minute = 1\nper_day = 9\nin_all = 9\n[source.approval]",
    );
    city.licence("A", "2011-10-10 09:00:00");
    started(&mut city, "2011-10-11 09:05");
    let wrong = moment("2012-10-11 10:00");
    round_by(&mut city, wrong, false);
    city.service().ledger.accept_time("孙七", "误", &wrong).unwrap();
    round_by(&mut city, wrong, false);
    let cards = "SELECT card || ' ' || standing FROM findings WHERE case_number = 'A' AND rule = 'time-limit' ORDER BY finding";
    assert_eq!(city.ledger(cards), ["yellow open", "red open"]);
    let next = "SELECT text FROM letters WHERE kind = 'alert' AND text LIKE '%时钟此前有误%2012年10月11日%现已校准%'";
    city.licence("B", "2011-10-12 08:30:00")
        .licence("C", "2011-10-12 08:40:00")
        .licence("D", "2011-10-12 09:11:00");
    assert_eq!(
        started(&mut city, "2011-10-12 09:10"),
        Tally::default(),
        "records of two cases, and one of the future"
    );
    assert_eq!(city.ledger(next), [""; 0]);
    started(&mut city, "2011-10-12 09:11");
    assert!(!city.ledger(next).is_empty(), "the letters say that the clock was wrong");
    assert_eq!(city.ledger(cards), ["yellow revoked", "red revoked"]);
    for address in ["lead.u1@example.gov.cn", "supervisor@example.gov.cn"] {
        let sql = format!("SELECT subject FROM letters WHERE to_address = '{address}' AND state = 'sent'");
        let subjects = city.ledger(&sql);
        assert!(subjects.iter().any(|it| it.contains("【撤销】")), "{address}: {subjects:#?}");
    }
    delete(&city, "B");
    counted(&mut city, "2011-10-13 09:05");
    assert_eq!(of_rule(&city, "vanished-record"), ["B open"], "no sweep is left out until that date");
    counted(&mut city, "2011-10-24 09:05");
    counted(&mut city, "2011-11-01 09:05");
    assert_eq!(city.ledger(cards), ["yellow open", "red revoked"]);
}

/// A moment that a person gave is no witness of the machine's clock, and needs none.
#[test]
fn a_moment_given_by_hand_is_no_step() {
    let mut city = city();
    let service = city.service();
    let given = moment("2011-12-01 10:00");
    service.clock = Box::new(SystemClock::set_to(given, chrono_tz::Asia::Shanghai));
    round::run(service, &given, &Nobody).unwrap();
    assert_eq!(city.ledger(STEPS), [""; 0]);
    started(&mut city, "2011-10-12 09:00");
    assert_eq!(city.ledger(STEPS), [""; 0]);
}

/// Somebody sets the clock back behind the limit of a card that was told, and has the decision typed: where no step ahead was believed
/// before, records of that day are no reason to believe it. The clock put right, the decision came after the letter.
#[test]
fn a_clock_set_back_behind_a_limit_lifts_no_card() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00").licence("B", "2011-10-21 10:00:00");
    for at in ["2011-10-21 17:00", "2011-10-25 10:00"] {
        counted(&mut city, at);
    }
    let cards = "SELECT rule || ' ' || standing FROM findings WHERE case_number = 'A' ORDER BY finding";
    assert_eq!(city.ledger(cards), ["time-limit open"]);
    city.decided("A", "2011-10-21 11:00:00");
    for at in ["2011-10-21 17:30", "2011-10-25 08:00"] {
        assert_eq!(started(&mut city, at), Tally::default(), "{at}");
    }
    counted(&mut city, "2011-10-25 10:30");
    assert_eq!(city.ledger(cards), ["time-limit pending-withdrawal"]);
    counted(&mut city, "2011-10-26 10:00");
    let digests = "SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1";
    assert!(city.ledger(digests)[0].contains("本机时间曾有误"), "{:#?}", city.ledger(digests));
}

/// The same with somebody who says that it is right: that the row was not there before is on record whatever the clock showed, and
/// supervisors read who confirmed it.
#[test]
fn what_was_read_by_a_clock_that_went_back_was_not_there_before() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00").licence("B", "2011-10-21 10:00:00");
    for at in ["2011-10-21 17:00", "2011-10-25 07:00"] {
        counted(&mut city, at);
    }
    let wrong = moment("2011-10-21 17:30");
    round_by(&mut city, wrong, false);
    city.service().ledger.accept_time("孙七", "校时", &wrong).unwrap();
    city.decided("A", "2011-10-21 11:00:00");
    round_by(&mut city, wrong, false);
    assert_eq!(city.ledger(STEPS), ["person|孙七"]);
    started(&mut city, "2011-10-22 09:00");
    city.restart();
    started(&mut city, "2011-10-23 09:00");
    started(&mut city, "2011-10-24 09:00");
    counted(&mut city, "2011-10-25 08:30");
    let found = city.ledger(
        "SELECT rule || ' ' || standing FROM findings WHERE case_number = 'A' AND rule <> 'time-limit'",
    );
    assert_eq!(found, ["backdated-entry pending"]);
    let digests = "SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'supervisor@%' ORDER BY letter DESC LIMIT 1";
    assert!(city.ledger(digests)[0].contains("经孙七确认"), "{:#?}", city.ledger(digests));
}
