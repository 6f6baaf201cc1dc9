//! A new ledger knows nothing of what another one told: whoever supervises is told that it begins, in one sentence.

use crate::adopt::{jianchad, said};
use crate::bench::{Bench, query};

/// The city with its rule on new ledgers in force, and a case that is late on 14 October.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("[rules.ledger-begun]\nmode = \"off\"\n", "[rules.missing-step]\nmode = \"off\"\n");
    city.accepted("A1", "I20", "2011-09-26 10:00:00");
    city
}

/// Letters on a new ledger to an address, those that a ledger holds.
fn told_in(city: &Bench, ledger: &str, address: &str) -> usize {
    let sql = format!("SELECT subject FROM letters WHERE to_address = '{address}'");
    let subjects = query(&city.path(ledger), &sql);
    subjects.iter().filter(|it| it.contains("新的监察台账启用") || it.contains("a new ledger begins")).count()
}

fn told(city: &Bench, address: &str) -> usize {
    told_in(city, "ledger.db", address)
}

const ADDRESSES: [&str; 4] = [
    "admin@example.gov.cn",
    "supervisor@example.gov.cn",
    "handler.u1@example.gov.cn",
    "lead.u1@example.gov.cn",
];

/// Issue 11, point 1: "a line of configuration takes every card that was told out of sight". With another path what begins says so, to
/// administrators and supervisors, once, and names the ledger that lies beside it; units are not told.
#[test]
fn another_path_is_told_with_the_ledger_that_was_left() {
    let mut city = city();
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    assert_eq!(ADDRESSES.map(|address| told(&city, address)), [1, 1, 0, 0], "the first installation");
    city.configure("ledger = \"ledger.db\"", "ledger = \"other.db\"");
    city.write("not-a-ledger.db", "SQLite format 3");
    let check = said(&jianchad(&city, &["check-config"]));
    for part in ["new ledger", "the first round begins one", "there is 1 other:", "ledger.db; try"] {
        assert!(check.contains(part), "{part} in {check}");
    }
    city.restart().rounds_on(&["2011-10-17", "2011-10-18"]);
    assert_eq!(ADDRESSES.map(|address| told_in(&city, "other.db", address)), [1, 1, 0, 0]);
    let text = query(
        &city.path("other.db"),
        "SELECT text FROM letters WHERE to_address = 'supervisor@example.gov.cn' AND subject LIKE '%台账启用%'",
    )
    .concat();
    for part in ["自今日起启用", "other.db", "同一文件夹内另有1个台账", "将配置中的 ledger 改回原路径"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("not-a-ledger"), "{text}");
    let check = said(&jianchad(&city, &["check-config"]));
    assert!(!check.contains("new ledger"), "{check}");
}

/// The first installation stays calm: nothing is told before a case is there, then one letter, which asks for nothing, and a
/// sentence in the digests of a week.
#[test]
fn the_first_installation_reads_one_sentence() {
    let mut city = Bench::new();
    city.configure("[rules.ledger-begun]\nmode = \"off\"\n", "");
    city.rounds_on(&["2011-09-26"]);
    assert_eq!(ADDRESSES.map(|address| told(&city, address)), [0; 4]);
    city.accepted("A1", "I20", "2011-09-26 15:00:00");
    let digests = |city: &Bench| {
        city.ledger("SELECT count(*) FROM letters WHERE kind = 'digest' AND text LIKE '%自2011-09-27起启用%'")
            .concat()
    };
    city.rounds_on(&["2011-09-27"]);
    assert_eq!((told(&city, ADDRESSES[1]), digests(&city)), (1, "1".to_owned()));
    let text = city.ledger("SELECT text FROM letters WHERE subject LIKE '%台账启用%'").concat();
    assert!(text.contains("如系首次安装") && !text.contains("另有"), "{text}");
    assert_eq!(city.findings(), ["ledger ledger-begun notice open"]);
    // The seventh day is a Monday in the holidays, so the last digest that says it is that of the 30th.
    city.rounds_on(&["2011-09-28", "2011-09-29", "2011-09-30"]);
    assert_eq!(digests(&city), "4");
    city.rounds_on(&["2011-10-08"]);
    assert_eq!((digests(&city), told(&city, ADDRESSES[1])), ("4".to_owned(), 1));
    assert_eq!(city.findings(), ["ledger ledger-begun notice resolved"]);
    city.restart().rounds_on(&["2011-10-09"]);
    assert_eq!(ADDRESSES.map(|address| told(&city, address)), [1, 1, 0, 0]);
}

/// Whoever switches the rule off along with the path is still read of in the digest.
#[test]
fn without_the_rule_the_digest_says_it() {
    let mut city = Bench::new();
    city.accepted("A1", "I20", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    assert_eq!((told(&city, ADDRESSES[1]), city.findings().len()), (0, 0));
    let said = "SELECT count(*) FROM letters WHERE kind = 'digest' AND text LIKE '%自2011-09-27起启用%'";
    assert_eq!(city.ledger(said), ["1"]);
}

/// A daemon that reads its file again goes on in another ledger, and says so just the same.
#[test]
fn a_path_changed_while_it_runs_is_told() {
    let mut city = city();
    city.rounds_on(&["2011-09-27"]);
    city.configure("ledger = \"ledger.db\"", "ledger = \"other.db\"").reload().rounds_on(&["2011-09-28"]);
    assert_eq!(told_in(&city, "other.db", ADDRESSES[1]), 1);
    // The old path put back is no new ledger.
    city.configure("ledger = \"other.db\"", "ledger = \"ledger.db\"").reload().rounds_on(&["2011-09-29"]);
    assert_eq!(told(&city, ADDRESSES[1]), 1);
}
