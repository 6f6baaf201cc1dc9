//! What a reason says is kept as data beside its words: an old finding can be said in every language, by every version.

use jianchad::testing::domain::text::{Language, Text};

use crate::adopt::{jianchad, said};
use crate::bench::Bench;

/// A city with a late case and one whose record contradicts itself, found in the night and told to nobody yet. One handler reads
/// English.
fn city() -> Bench {
    let mut city = Bench::new();
    let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
    let english = contacts.replace("handler.u1@example.gov.cn,中文", "handler.u1@example.gov.cn,英文");
    assert_ne!(contacts, english);
    city.write("registry/contacts.csv", &english);
    city.licence("LATE", "2011-09-26 10:00:00").licence("WRONG", "2011-10-10 10:00:00");
    city.decided("WRONG", "2011-10-09 10:00:00");
    city.round("2011-10-17 23:00");
    city
}

/// What somebody does who has the file and knows no trigger.
fn doctored(city: &Bench, set: &str) {
    let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    let trigger: String = db
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'finding_event_update'", [], |row| row.get(0))
        .unwrap();
    db.execute_batch(&format!(
        "DROP TRIGGER finding_event_update; UPDATE finding_event SET {set}; {trigger}"
    ))
    .unwrap();
}

/// What the commands show, and what the English letter says.
fn shown(city: &mut Bench) -> [String; 5] {
    let findings = said(&jianchad(city, &["findings"]));
    let chinese = said(&jianchad(city, &["findings", "--lang", "zh-CN"]));
    let card = city.ledger("SELECT finding FROM findings WHERE rule = 'data-fault'").remove(0);
    let card = said(&jianchad(city, &["card", "show", &card]));
    let explained = said(&jianchad(city, &["explain", "WRONG"]));
    city.restart().round("2011-10-18 09:05");
    let letter = "SELECT text FROM letters WHERE kind = 'alert' AND to_address = 'handler.u1@example.gov.cn'";
    [findings, card, explained, city.ledger(letter).concat(), chinese]
}

/// Issue 12.2: key and values stand in the ledger, covered by its triggers.
#[test]
fn a_reason_is_kept_as_key_and_values_and_stays() {
    let mut city = city();
    city.round("2011-10-18 09:05");
    let kept = city.ledger("SELECT why_data FROM findings ORDER BY case_number");
    let keys = ["time_limit-", "data_fault-"].map(|part| format!(r#""key":"{part}"#));
    assert!(kept.len() == 2 && kept[0].contains(&keys[0]) && kept[1].contains(&keys[1]), "{kept:?}");
    for (data, words) in kept.iter().zip(city.ledger("SELECT why_en FROM findings ORDER BY case_number")) {
        let text: Text = serde_json::from_str(data).unwrap();
        assert_eq!(text.words(Language::English), words);
    }
    city.approval("INSERT INTO events (number, kind, stage, at, clerk, note, changed)
                   VALUES ('LATE', 'extended', '', '2011-10-06 10:00:00', 'x', '延期 10 个工作日', '2011-10-18 10:00:00')");
    city.round("2011-10-18 11:00");
    let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    for (table, view) in [("finding_event", "finding_history"), ("deadline_change", "deadline_changes")] {
        let count = |which: &str| city.ledger(&format!("SELECT count(*) FROM {view} WHERE {which}")).concat();
        let by_us = if table == "finding_event" { "by IS NULL" } else { "1" };
        assert_eq!(count(by_us), count("json_extract(why_data, '$') IS NOT NULL"), "{table}");
        let refused = db.execute(&format!("UPDATE {table} SET why_data = NULL"), []).unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
}

/// What was told in Chinese stays as it was told; in English an old finding is said by today's messages.
#[test]
fn an_old_finding_is_said_by_what_is_kept() {
    let mut city = city();
    doctored(&city, "why = why || '（当时）', why_en = 'OLD WORDS'");
    let [english @ .., chinese] = shown(&mut city);
    for said in english {
        assert!(said.contains("lies before") && !said.contains("OLD WORDS"), "{said}");
    }
    assert_eq!(chinese.matches("（当时）").count(), 2, "{chinese}");
}

/// An older ledger has no data, a later program may know the key no more, somebody may have written anything: the stored words.
#[test]
fn what_cannot_be_said_anew_is_said_as_it_was() {
    for data in ["NULL", r#"'{"key":"data_fault-of_old","values":{"row":1}}'"#, "'{'"] {
        let mut city = city();
        doctored(&city, &format!("why_en = 'OLD WORDS', why_data = {data}"));
        let [english @ .., chinese] = shown(&mut city);
        for said in english {
            assert!(said.contains("OLD WORDS"), "{data}: {said}");
        }
        assert!(!chinese.contains("OLD WORDS"), "{chinese}");
    }
}

/// A hostile row does not make the ledger grow: what it writes into a reason is short before it is kept.
#[test]
fn what_a_record_writes_into_a_reason_has_a_bound() {
    let mut city = Bench::new();
    city.configure("item = \"item\"", "item = \"item\"\nunit = \"applicant\"");
    city.licence("A", "2011-09-26 10:00:00");
    let long = "长 ".repeat(20_000);
    city.approval(&format!(
        "UPDATE cases SET applicant = '{long}'; UPDATE events SET stage = '{long}', note = '{long}'"
    ));
    city.round("2011-10-14 09:05");
    let kept = city
        .ledger("SELECT max(length(CAST(why_data AS BLOB))) < 8192, sum(rule = 'data-fault') FROM findings");
    assert_eq!(kept, ["1|1"]);
}

/// What is wrong with a cell is kept so too. What stands in the cell is in no finding, neither in its words nor in its data.
#[test]
fn what_is_wrong_with_a_cell_is_kept_and_its_content_goes_no_further() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    city.approval("UPDATE events SET at = 'SECRET'");
    city.round("2011-10-17 23:00");
    let kept = city.ledger("SELECT reason_data FROM quarantine").concat();
    assert!(kept.contains(r#""key":"cell-quoted""#) && kept.contains("SECRET"), "{kept}");
    let found = city.ledger("SELECT why, why_en, why_data FROM findings WHERE rule = 'data-fault'").concat();
    assert!(found.contains(r#""key":"data_fault-content""#) && !found.contains("SECRET"), "{found}");
    let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    db.execute("UPDATE quarantine_row SET reason = 'OLD WORDS'", []).unwrap();
    let status = said(&jianchad(&city, &["status", "--format", "json"]));
    assert!(status.contains("SECRET") && !status.contains("OLD WORDS"), "{status}");
    db.execute("UPDATE quarantine_row SET reason_data = NULL", []).unwrap();
    assert!(said(&jianchad(&city, &["status", "--format", "json"])).contains("OLD WORDS"));
}
