//! A source that cannot be read says nothing: it closes no finding, opens none, and keeps no other source waiting.

use std::fs;
use std::process::Command;

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

/// A second source, a CSV file of the forestry office.
const SECOND: &str = "[source.forest]\nkind = \"csv\"\npath = \"forest.csv\"\n[[source.forest.read]]\nshape = \"wide\"\n\
     case = \"no\"\nitem = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"decided\", at = \"decided\" }]\n";

fn two_sources() -> Bench {
    let mut city = Bench::new();
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    city.write("jianchad.toml", &format!("{text}\n{SECOND}"));
    city.write("forest.csv", "no,item,accepted,decided\nF-1,I60,2011-09-26 10:00,\n");
    city.licence("A-1", "2011-09-26 10:00:00");
    city.restart();
    city
}

fn source(city: &Bench, name: &str) -> String {
    city.ledger(&format!(
        "SELECT state || ': ' || coalesce(message, '') FROM source_health WHERE source = '{name}'"
    ))
    .remove(0)
}

#[test]
fn a_dark_source_is_told_to_the_administrator_once_and_keeps_nobody_waiting() {
    let mut city = two_sources();
    city.rounds_on(&["2011-10-11"]);
    fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    // The other source goes on: its case is overdue after 15 working days, on 2011-10-20.
    city.rounds_on(&["2011-10-17", "2011-10-18", "2011-10-21"]);
    assert_eq!(
        city.findings(),
        [
            "A-1 time-limit promise notice open",
            "F-1 time-limit promise yellow open",
            "approval source-dark notice open"
        ]
    );
    assert!(source(&city, "forest").starts_with("ok"), "{}", source(&city, "forest"));
    let alerts = city.ledger(
        "SELECT to_address, count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%approval.db%' GROUP BY 1",
    );
    assert_eq!(alerts, ["admin@example.gov.cn|1"]);
    let words =
        city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND text LIKE '%approval.db%'").remove(0);
    assert!(words.contains("does not exist") && words.contains("check `path`"), "{words}");
    // The supervisor reads that it is dark, the administrator why, as programs say it.
    let digest = |to: &str| {
        city.ledger(&format!("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE '{to}%'"))
            .pop()
            .unwrap()
    };
    assert!(digest("admin").contains("does not exist"), "{}", digest("admin"));
    assert!(digest("super").contains("approval · 中断") && !digest("super").contains("does not exist"));
    // While it was dark both were decided, one in time, one late.
    fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    city.decided("A-1", "2011-10-14 00:00:00");
    city.write("forest.csv", "no,item,accepted,decided\nF-1,I60,2011-09-26 10:00,2011-10-20 17:00\n");
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(
        city.findings(),
        [
            "A-1 time-limit promise yellow resolved",
            "F-1 time-limit promise yellow pending-withdrawal",
            "approval source-dark notice resolved"
        ]
    );
    // It goes dark again: that is news again.
    fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-10-25", "2011-10-26"]);
    let again =
        city.ledger("SELECT count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%approval.db%'");
    assert_eq!(again, ["2"]);
    assert_eq!(
        city.ledger("SELECT event FROM finding_history WHERE rule = 'source-dark'"),
        ["raised", "resolved", "reopened"]
    );
}

/// Never there from the beginning is dark too, and the first round does not wait for it.
#[test]
fn a_source_that_was_never_there_is_dark_from_the_first_round() {
    let mut city = two_sources();
    fs::remove_file(city.path("approval.db")).unwrap();
    city.rounds_on(&["2011-09-28"]);
    assert!(source(&city, "approval").contains("does not exist"), "{}", source(&city, "approval"));
    assert_eq!(city.ledger("SELECT case_number FROM cases"), ["F-1"]);
    assert_eq!(city.findings(), ["approval source-dark notice open"]);
}

/// The owner restores a copy: another file under the same name is noticed while the daemon goes on.
#[test]
fn a_file_put_in_the_place_of_another_is_the_one_that_is_read() {
    let mut city = two_sources();
    city.rounds_on(&["2011-09-28"]);
    fs::copy(city.path("approval.db"), city.path("copy.db")).unwrap();
    fs::rename(city.path("copy.db"), city.path("approval.db")).unwrap();
    city.licence("A-2", "2011-09-28 11:00:00").decided("A-1", "2011-09-28 12:00:00");
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(
        city.ledger("SELECT case_number, state FROM cases ORDER BY 1"),
        ["A-1|closed", "A-2|open", "F-1|open"]
    );
}

/// A column renamed by an upgrade: said with the names that are there; found again, everything goes on.
#[test]
fn a_renamed_column_is_named_with_those_that_are_there() {
    let mut city = two_sources();
    city.rounds_on(&["2011-09-28"]);
    city.approval("ALTER TABLE cases RENAME COLUMN accepted TO taken_in");
    city.rounds_on(&["2011-10-14"]);
    let said = source(&city, "approval");
    for words in ["dark: ", "`accepted`", "`taken_in`", "try: ", "renamed"] {
        assert!(said.contains(words), "`{words}` is missing in {said}");
    }
    assert_eq!(city.findings(), ["approval source-dark notice open"], "no card while we cannot see");
    city.approval("ALTER TABLE cases RENAME COLUMN taken_in TO accepted");
    city.decided("A-1", "2011-10-13 12:00:00");
    city.rounds_on(&["2011-10-17"]);
    let unseen = "approval 2011-09-28 09:05 met-unseen notice pending";
    assert_eq!(city.findings(), ["approval source-dark notice resolved", unseen]);
}

/// The words about a source that stand where the administrator and where the supervisor look.
fn digest(city: &Bench, to: &str) -> String {
    let sql =
        format!("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE '{to}%' ORDER BY letter");
    city.ledger(&sql).pop().unwrap()
}

/// A database that an exchange fills, with one case of which the last delivery came on 13 October.
fn delivered() -> Bench {
    let mut city = Bench::new();
    city.configure("path = \"approval.db\"", "path = \"approval.db\"\ndelivers = \"batch\"");
    city.configure("[mail]", "[supervision]\nactive_within = \"10d\"\n[mail]");
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-12"]);
    city.accepted("X", "INOW", "2011-10-13 08:00:00").decided("X", "2011-10-13 08:30:00");
    city.rounds_on(&["2011-10-13"]);
    city
}

/// Whoever stops the delivery stops the cards of passing time; so the administrator is told, once, on the first day after
/// three working days without one (14, 17 and 18 October), and not a day before; and everybody who looks sees it.
#[test]
fn a_delivery_that_does_not_come_is_told_to_the_administrator_once() {
    let mut city = delivered();
    city.rounds_on(&["2011-10-14", "2011-10-17", "2011-10-18"]);
    assert_eq!(source(&city, "approval"), "ok: ");
    let dark = "SELECT standing FROM findings WHERE rule = 'source-dark'";
    assert_eq!(city.ledger(dark), [""; 0]);
    city.rounds_on(&["2011-10-19", "2011-10-20"]);
    let said = source(&city, "approval");
    assert!(said.starts_with("overdue: nothing was delivered since 2011-10-13 09:05"), "{said}");
    assert_eq!(city.ledger(dark), ["open"]);
    let told = "SELECT to_address, count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%overdue_after%' GROUP BY 1";
    assert_eq!(city.ledger(told), ["admin@example.gov.cn|1"]);
    // What fell due since then is held back, and shown to be.
    assert!(!city.findings().iter().any(|line| line.contains("yellow")), "{:?}", city.findings());
    let words = digest(&city, "super");
    for part in ["报送逾期", "数据完整至 2011-10-13 09:05", "暂不发牌的办件 1 件"] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(digest(&city, "admin").contains("overdue_after"));
    let status = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["status", "--lang", "en", "-c", city.path("jianchad.toml").to_str().unwrap()])
        .output()
        .unwrap();
    let status = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(
        status.contains("overdue") && status.contains("1 case that fell due since gets no card yet"),
        "{status}"
    );
    // Nobody knows whether an item without recent traces has gone quiet.
    let state = "SELECT state FROM item_state WHERE item = 'I20'";
    assert_eq!(city.ledger(state), ["unknown"]);
    // It comes: the card is given, and that is no news any more.
    city.accepted("Y", "INOW", "2011-10-20 15:00:00").decided("Y", "2011-10-20 15:30:00");
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(city.ledger(dark), ["resolved"]);
    assert_eq!(source(&city, "approval"), "ok: ");
    assert!(
        city.findings().contains(&"A-1 time-limit promise yellow open".to_owned()),
        "{:?}",
        city.findings()
    );
}

/// Where pauses are longer a longer one may be set; a source that is read as it grows has no deliveries and is never overdue.
#[test]
fn a_quiet_source_is_not_overdue_before_its_time() {
    let days = ["2011-10-14", "2011-10-17", "2011-10-18", "2011-10-19", "2011-10-20"];
    let mut city = delivered();
    city.configure("delivers = \"batch\"", "delivers = \"batch\"\noverdue_after = \"5wd\"");
    city.rounds_on(&days);
    assert_eq!(source(&city, "approval"), "ok: ");
    city.rounds_on(&["2011-10-21"]);
    assert!(source(&city, "approval").starts_with("overdue"), "{}", source(&city, "approval"));
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-12"]).rounds_on(&days);
    assert_eq!(source(&city, "approval"), "ok: ");
    // No card waits for a list of evidence.
    let tickets = "[source.tickets]\nkind = \"sqlite\"\npath = \"approval.db\"\ndelivers = \"batch\"\n[[source.tickets.evidence]]\n\
                   list = \"tickets\"\ntable = \"cases\"\nkey = \"number\"\nat = \"accepted\"\nmatch = \"number\"\n";
    city.configure("[source.approval]", &format!("{tickets}[source.approval]"));
    city.rounds_on(&["2011-10-21"]).rounds_on(&[
        "2011-10-24",
        "2011-10-25",
        "2011-10-26",
        "2011-10-27",
        "2011-10-28",
    ]);
    assert_eq!(source(&city, "tickets"), "ok: ");
}

/// A delivery that brings only what is older than the newest record is one all the same: the horizon moves with whatever was
/// not known before, and not with what another mapping reads out of the old rows.
#[test]
fn whatever_was_not_known_is_a_delivery_and_another_mapping_is_none() {
    let delivered_at =
        |city: &Bench| city.ledger("SELECT substr(delivered_at, 1, 10) FROM source_health").concat();
    let mut city = delivered();
    city.event("A-1", "step", "复核", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(delivered_at(&city), "2011-10-17");
    let mut city = delivered();
    city.configure("by = \"clerk\" },", "},");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(delivered_at(&city), "2011-10-13");
}

/// A source that is no longer in the configuration is not in order: it says so where it is looked for, and the administrator
/// is told once how many cases rest on it; put back, it is in order again.
#[test]
fn a_source_that_was_taken_out_is_shown_as_removed() {
    let mut city = two_sources();
    city.rounds_on(&["2011-10-11"]);
    city.configure("[source.forest]", "[source.woods]")
        .configure("[[source.forest.read]]", "[[source.woods.read]]");
    let adopt = |city: &Bench| drop(said(&jianchad(city, &["adopt", "--by", "王", "--why", "x"])));
    city.rounds_on(&["2011-10-12"]);
    adopt(&city);
    city.rounds_on(&["2011-10-13"]);
    assert!(source(&city, "forest").starts_with("removed"), "{}", source(&city, "forest"));
    assert!(source(&city, "woods").starts_with("ok"));
    assert!(digest(&city, "super").contains("forest · 已不在配置中"), "{}", digest(&city, "super"));
    let told = "SELECT to_address, count(*) FROM letters WHERE kind = 'alert' AND text LIKE '%no longer configured%' GROUP BY 1";
    assert_eq!(city.ledger(told), ["admin@example.gov.cn|1"]);
    city.configure("[source.woods]", "[source.forest]")
        .configure("[[source.woods.read]]", "[[source.forest.read]]");
    adopt(&city);
    city.rounds_on(&["2011-10-14"]);
    assert!(source(&city, "forest").starts_with("ok"), "{}", source(&city, "forest"));
    let standing = "SELECT subject, standing FROM finding WHERE rule = 'source-dark' ORDER BY subject";
    assert_eq!(city.ledger(standing), ["forest|resolved", "woods|open"]);
}
