//! A source that cannot be read says nothing: it closes no finding, opens none, and keeps no other source waiting.

use std::fs;

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
    assert_eq!(city.findings(), ["approval source-dark notice resolved"]);
}
