//! Issue 14, point 8: a ledger that may not know what was told asks before it tells cards again, and nobody has them kept for good.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jianchad::testing::domain::letter::{Letter, Mailer, Outcome};
use jianchad::testing::domain::now::Clock;
use jianchad::testing::domain::text::Language;
use jianchad::testing::round;

use crate::bench::{Bench, Nobody, SetClock, moment};
use crate::suspect::jianchad;

const HANDLER: &str = "handler.u1@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";
const ADMIN: &str = "admin@example.gov.cn";

/// How many letters to an address lie in the mail folder.
fn arrived(city: &Bench, address: &str) -> usize {
    city.letters().iter().filter(|letter| letter.contains(&format!("<{address}>"))).count()
}

/// A case that is late on 14 October, and its card told; `old.db` is the ledger from before.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    copy(&mut city, "old.db");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(arrived(&city, HANDLER), 1);
    city
}

fn copy(city: &mut Bench, name: &str) {
    city.restart();
    fs::copy(city.path("ledger.db"), city.path(name)).unwrap();
}

/// Puts a file in the place of the ledger, as somebody does who has stopped the service.
fn put(city: &mut Bench, name: &str) {
    city.restart();
    fs::copy(city.path(name), city.path("ledger.db")).unwrap();
}

fn release(city: &mut Bench, at: &str) -> bool {
    city.service().ledger.release_mail("孙七", "恢复备份", &moment(at)).unwrap().is_some()
}

/// An older copy, another ledger, and one of which nobody knows: cases are judged and entered, and nothing that was told goes out again
/// up to the end of the second working day. Administrators and supervisors are told at once and by the digest, the unit is not; a card
/// that is new in between waits too. If nobody answers, everything is told from then on: who restores an old copy to keep cards from
/// being told has them kept for no longer.
#[test]
fn nothing_is_told_again_before_somebody_says_so_or_two_days_pass() {
    for kind in ["older", "another", "unknown"] {
        let mut city = city();
        put(&mut city, "old.db");
        match kind {
            "another" => {
                let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
                db.execute("UPDATE meta SET value = 'another' WHERE key = 'ledger_id'", []).unwrap();
            }
            "unknown" => fs::remove_file(city.path("ledger.db-last")).unwrap(),
            _ => {}
        }
        let before = [ADMIN, SUPERVISOR].map(|address| arrived(&city, address));
        city.round("2011-10-14 15:00");
        assert_eq!(city.findings()[0], "A-1 time-limit promise yellow open", "{kind}: judged and entered");
        let after = [ADMIN, SUPERVISOR].map(|address| arrived(&city, address));
        assert_eq!(after, before.map(|count| count + 1), "{kind}: one letter each, on the ledger");
        city.licence("A-2", "2011-09-27 10:00:00");
        city.rounds_on(&["2011-10-17", "2011-10-18"]);
        assert_eq!(arrived(&city, HANDLER), 1, "{kind}");
        assert_eq!(arrived(&city, "lead.u1@example.gov.cn"), 1, "{kind}");
        let digests = format!(
            "SELECT count(*) FROM letters WHERE kind = 'digest' AND to_address = '{SUPERVISOR}' AND text LIKE '%办件邮件暂停发送%'"
        );
        let digests = city.ledger(&digests);
        assert_eq!(digests, ["2"], "{kind}");
        city.restart().rounds_on(&["2011-10-19"]);
        assert_eq!(arrived(&city, HANDLER), 2, "{kind}: nobody answered");
        let told = format!("SELECT text FROM letters WHERE to_address = '{HANDLER}' AND kind = 'alert'");
        let told = city.ledger(&told).concat();
        assert!(told.contains("A-1") && told.contains("A-2"), "{kind}: {told}");
        let replaced = format!(
            "SELECT count(*) FROM letters WHERE to_address = '{ADMIN}' AND subject LIKE '%not the one%'"
        );
        assert_eq!(city.ledger(&replaced), ["1"], "{kind}: what was told meanwhile is not told again");
    }
}

/// Somebody says that the ledger is the right one: what is to be told goes with the next round, once.
#[test]
fn who_confirms_the_ledger_lets_the_letters_go() {
    let mut city = city();
    put(&mut city, "old.db");
    city.round("2011-10-14 15:00");
    city.restart();
    assert!(release(&mut city, "2011-10-17 08:50"));
    assert!(!release(&mut city, "2011-10-17 08:51"), "nothing is held any more");
    let service = city.service();
    let overview =
        service.ledger.overview(&service.policy, Language::Chinese, &moment("2011-10-17 08:52")).unwrap();
    assert!(overview.warnings[0].contains("已由孙七于 2011-10-17 08:50 确认"), "{:?}", overview.warnings);
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(arrived(&city, HANDLER), 2);
    assert_eq!(city.ledger("SELECT what, by, why FROM deeds"), ["ledger accept|孙七|恢复备份"]);
    assert!(!city.path("ledger.db-held").exists());
    put(&mut city, "old.db");
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    assert_eq!(arrived(&city, HANDLER), 2, "another copy asks anew");
}

/// An old copy put there again and again gives no more time than the first one, and each one is told.
#[test]
fn a_copy_put_there_again_gives_no_more_time() {
    let mut city = city();
    put(&mut city, "old.db");
    city.round("2011-10-14 15:00");
    let told = arrived(&city, ADMIN);
    for day in ["2011-10-17", "2011-10-18"] {
        put(&mut city, "old.db");
        city.rounds_on(&[day]);
    }
    assert_eq!(arrived(&city, HANDLER), 1);
    assert!(arrived(&city, ADMIN) >= told + 2, "each is told");
    put(&mut city, "old.db");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(arrived(&city, HANDLER), 2, "the third copy holds nothing any more");
}

struct Down;

impl Mailer for Down {
    fn send(&mut self, _: &Letter, _: &dyn Clock) -> Outcome {
        Outcome::TryLater { why: "down".into(), all: true }
    }
}

/// A copy in which letters wait that left since: they do not leave again before somebody says so, neither with a round nor before the
/// first one.
#[test]
fn letters_that_wait_in_a_copy_wait_on() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.mailer(Box::new(Down));
    city.rounds_on(&["2011-10-14"]);
    copy(&mut city, "waiting.db");
    city.round("2011-10-14 10:05");
    // The same letter is the same file, so the ledger is asked.
    let left = format!("SELECT count(*) FROM letter WHERE to_address = '{HANDLER}' AND sent_at IS NOT NULL");
    assert_eq!((city.ledger(&left), arrived(&city, HANDLER)), (vec!["1".to_owned()], 1));
    put(&mut city, "waiting.db");
    let service = city.service();
    service.clock = Box::new(SetClock(Arc::new(Mutex::new(moment("2011-10-14 15:00")))));
    round::deliver(service, &Nobody).unwrap();
    assert_eq!(city.ledger(&left), ["0"], "before the first round");
    let before = arrived(&city, ADMIN);
    city.round("2011-10-14 15:00");
    assert_eq!(city.ledger(&left), ["0"]);
    assert!(arrived(&city, ADMIN) > before, "but for the letters on the ledger");
    assert!(release(&mut city, "2011-10-14 15:10"));
    city.round("2011-10-14 15:20");
    city.round("2011-10-14 15:40");
    assert_eq!(city.ledger(&left), ["1"]);
}

/// Whoever does not want to be asked says so (`mode = "off"`), and the ledger itself is never asked of.
#[test]
fn the_ledger_itself_and_a_rule_that_is_off_hold_nothing() {
    for off in [true, false] {
        let mut city = city();
        if off {
            city.configure(
                "[rules.ledger-begun]",
                "[rules.ledger-replaced]\nmode = \"off\"\n[rules.ledger-begun]",
            );
            put(&mut city, "old.db");
        }
        city.restart().rounds_on(&["2011-10-17"]);
        assert_eq!(arrived(&city, HANDLER), if off { 2 } else { 1 }, "{off}");
        let service = city.service();
        assert_eq!(service.ledger.held_mail().unwrap(), None);
    }
}

/// By the commands, and by the machine's clock: `status` ends with 74 while letters are held, and the answer is entered once.
#[test]
fn status_says_what_is_held_and_the_command_lets_it_go() {
    let mut city = Bench::new();
    city.restart();
    let once = |city: &Bench| jianchad(city, &["once", "--lang", "en"]);
    assert!(matches!(once(&city).0, Some(0 | 1)), "{:?}", once(&city));
    fs::remove_file(city.path("ledger.db-last")).unwrap();
    let (code, said) = once(&city);
    assert!(matches!(code, Some(0 | 1)) && said.contains("letters on cases are held"), "{code:?} {said}");
    let (code, said) = jianchad(&city, &["status", "--lang", "en"]);
    assert!(code == Some(74) && said.contains("jianchad ledger accept"), "{code:?} {said}");
    assert_eq!(jianchad(&city, &["status", "--format", "json"]).0, Some(74));
    let accept = ["ledger", "accept", "--by", "孙七", "--why", "迁移", "--lang", "en"];
    let (code, said) = jianchad(&city, &accept);
    assert!(
        code == Some(0) && said.contains("孙七 says that the ledger is the right one"),
        "{code:?} {said}"
    );
    assert_eq!(jianchad(&city, &accept).0, Some(66));
    assert_ne!(jianchad(&city, &["status"]).0, Some(74));
    assert!(Path::new(&city.path("ledger.db-last")).exists());
}
