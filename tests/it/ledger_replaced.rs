//! A ledger that is not the one that was last used at its place: whoever supervises is told, once, and reads what it is.

use std::fs;

use jianchad::testing::domain::text::Language;

use crate::adopt::{jianchad, said};
use crate::bench::{Bench, moment};

const ADDRESSES: [&str; 4] = [
    "admin@example.gov.cn",
    "supervisor@example.gov.cn",
    "handler.u1@example.gov.cn",
    "lead.u1@example.gov.cn",
];
const NOTE: &str = "ledger.db-last";

/// A case that is late on 14 October, and its card told.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    city
}

/// Letters to an address on a ledger that is another one.
fn told(city: &Bench, address: &str) -> usize {
    let subjects = city.subjects(address);
    subjects
        .iter()
        .filter(|it| it.contains("台账已更换") || it.contains("not the one that was last used"))
        .count()
}

fn all_told(city: &Bench) -> [usize; 4] {
    ADDRESSES.map(|address| told(city, address))
}

fn why(city: &Bench) -> String {
    city.ledger("SELECT why FROM findings WHERE rule = 'ledger-replaced'").concat()
}

/// Puts a file in the place of the ledger, as somebody does who has stopped the service.
fn put(city: &mut Bench, name: &str) {
    city.restart();
    for log in ["ledger.db-wal", "ledger.db-shm"] {
        assert!(!city.path(log).exists(), "{log}");
    }
    fs::copy(city.path(name), city.path("ledger.db")).unwrap();
}

/// Makes a ledger aside, which knows of no card of the other one.
fn aside(city: &Bench) {
    for at in ["2011-09-26T15:00", "2011-10-14T11:00"] {
        let done = jianchad(city, &["once", "--at", at, "--ledger", city.path("side.db").to_str().unwrap()]);
        assert!(done.status.success(), "{}", said(&done));
    }
}

/// Made aside and moved to the place of the ledger: administrators and supervisors are told with both, units are not; digest and
/// status say it for a week.
#[test]
fn a_ledger_made_aside_is_told_with_both() {
    let mut city = city();
    aside(&city);
    put(&mut city, "side.db");
    city.round("2011-10-14 15:00");
    assert_eq!(all_told(&city), [1, 1, 0, 0]);
    let words = why(&city);
    for part in
        ["ledger.db不是此处上次使用的那一份", "至第2轮（2011-10-14 11:00）", "至第2轮（2011-10-14 09:05）"]
    {
        assert!(words.contains(part), "{part} in {words}");
    }
    city.restart().rounds_on(&["2011-10-17", "2011-10-20"]);
    let digests =
        "SELECT count(*) FROM letters WHERE kind = 'digest' AND text LIKE '%不是此处上次使用的那一份%'";
    assert_eq!((all_told(&city), city.ledger(digests)), ([1, 1, 0, 0], vec!["2".to_owned()]));
    let standing = "SELECT standing FROM findings WHERE rule = 'ledger-replaced'";
    assert_eq!(city.ledger(standing), ["open"]);
    city.restart().rounds_on(&["2011-10-21"]);
    assert_eq!((all_told(&city), city.ledger(standing)), ([1, 1, 0, 0], vec!["resolved".to_owned()]));
}

/// A copy from before the last round that wrote is told as what it is; one that lacks nothing, and the ledger itself, are not.
#[test]
fn an_older_copy_is_told_as_one() {
    for (copied_after, older) in [(0, true), (1, true), (2, false)] {
        let mut city = city();
        for (copies, day) in ["2011-10-17", "2011-10-18"].into_iter().enumerate() {
            city.restart();
            fs::copy(city.path("ledger.db"), city.path(&format!("{copies}.db"))).unwrap();
            city.rounds_on(&[day]);
        }
        city.restart();
        fs::copy(city.path("ledger.db"), city.path("2.db")).unwrap();
        put(&mut city, &format!("{copied_after}.db"));
        city.rounds_on(&["2011-10-19", "2011-10-20"]);
        city.restart().rounds_on(&["2011-10-21"]);
        let expected = if older { [1, 1, 0, 0] } else { [0; 4] };
        assert_eq!(all_told(&city), expected, "{copied_after}");
        if older {
            let words = why(&city);
            for part in [
                "较早的备份",
                &format!("至第{}轮", 2 + copied_after),
                "至第4轮（2011-10-18 09:05）",
                "无需处理",
            ] {
                assert!(words.contains(part), "{part} in {words}");
            }
        }
    }
}

/// Without its note nobody knows where a ledger comes from, and a garbled one is none; a ledger from before there were notes gets one
/// without a word, and so does the first installation.
#[test]
fn a_note_that_is_gone_is_told_and_an_upgrade_is_not() {
    for (kind, expected) in [("gone", 1), ("garbled", 1), ("a folder", 1), ("upgraded", 0), ("as it was", 0)]
    {
        let mut city = city();
        city.restart();
        if kind != "as it was" {
            fs::remove_file(city.path(NOTE)).unwrap();
        }
        match kind {
            "garbled" => drop(city.write(NOTE, "jianchad ledger")),
            "a folder" => fs::create_dir(city.path(NOTE)).unwrap(),
            "upgraded" => {
                let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
                db.execute("DELETE FROM meta WHERE key = 'ledger_id'", []).unwrap();
            }
            _ => {}
        }
        city.rounds_on(&["2011-10-17"]);
        for day in ["2011-10-18", "2011-10-19"] {
            city.restart().rounds_on(&[day]);
        }
        assert_eq!(all_told(&city), [expected, expected, 0, 0], "{kind}");
        assert_eq!(city.path(NOTE).is_file(), kind != "a folder", "{kind}");
        let service = city.service();
        let now = moment("2011-10-19 09:10");
        let overview = service.ledger.overview(&service.policy, Language::English, &now).unwrap();
        let said = overview.warnings.iter().any(|it| it.contains("nobody can tell"));
        assert_eq!(said, expected == 1, "{kind}: {:?}", overview.warnings);
    }
}

/// A round that finds nothing new writes no note; where none can be written the round goes on, and nobody is told of it at each start.
#[test]
fn a_quiet_round_writes_nothing_and_no_round_is_stopped() {
    let mut city = city();
    let note = |city: &Bench| fs::read_to_string(city.path(NOTE)).unwrap();
    let before = note(&city);
    assert!(before.ends_with("round 2 2011-10-14 09:05\n"), "{before}");
    city.round("2011-10-14 15:00");
    assert_eq!(note(&city), before);
    city.rounds_on(&["2011-10-17"]);
    assert!(note(&city).ends_with("round 4 2011-10-17 09:05\n"), "{}", note(&city));
    fs::create_dir_all(city.path("ledger.db-last.new/in/the/way")).unwrap();
    let before = note(&city);
    city.rounds_on(&["2011-10-18"]);
    city.restart().rounds_on(&["2011-10-19"]);
    assert_eq!((note(&city), all_told(&city)), (before, [0; 4]));
    city.restart();
    fs::remove_file(city.path(NOTE)).unwrap();
    for day in ["2011-10-20", "2011-10-21"] {
        city.restart().rounds_on(&[day]);
    }
    assert_eq!(all_told(&city), [1, 1, 0, 0]);
}
