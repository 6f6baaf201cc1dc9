//! A source that is no longer what was read of it before: it is judged by nobody, and accuses nobody, until it looks as before or
//! a person says that it is right as it is.

use std::fs;
use std::process::Command;

use crate::bench::Bench;

const HANDLER: &str = "handler.u1@example.gov.cn";

/// A city whose source is swept every night, with so many cases, all due on 13 October; `other.db` is as its database was before.
pub fn city(cases: usize) -> Bench {
    let mut city = Bench::new();
    copy(&city, "other.db");
    city.configure("sweep_at = \"never\"", "sweep_at = \"02:00\"");
    for number in 1..=cases {
        city.licence(&format!("A-{number}"), &format!("2011-09-26 10:{number:02}:00"));
    }
    city.rounds_on(&["2011-09-27", "2011-09-28"]);
    city
}

fn copy(city: &Bench, name: &str) {
    city.approval(&format!("VACUUM INTO '{}'", city.path(name).display()));
}

/// Puts a copy in the place of the approval system's database.
fn put(city: &Bench, name: &str) {
    fs::copy(city.path(name), city.path("put.db")).unwrap();
    fs::rename(city.path("put.db"), city.path("approval.db")).unwrap();
}

pub fn delete(city: &Bench, number: &str) {
    city.approval(&format!(
        "DELETE FROM cases WHERE number = '{number}'; DELETE FROM events WHERE number = '{number}'"
    ));
}

pub fn state(city: &Bench) -> String {
    city.ledger("SELECT state FROM source_health WHERE source = 'approval'").concat()
}

pub fn of_rule(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT case_number || ' ' || standing FROM findings WHERE rule = '{rule}' ORDER BY 1"
    ))
}

/// The findings that say that a case did something wrong.
fn accused(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || rule FROM findings WHERE rule <> 'source-suspect' ORDER BY 1")
}

pub fn told_of(city: &Bench, words: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT DISTINCT to_address FROM letters WHERE kind = 'alert' AND text LIKE '%{words}%' ORDER BY 1"
    ))
}

pub fn jianchad(city: &Bench, arguments: &[&str]) -> (Option<i32>, String) {
    let config = city.path("jianchad.toml").display().to_string();
    let done =
        Command::new(env!("CARGO_BIN_EXE_jianchad")).args(arguments).args(["-c", &config]).output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
}

pub const BOTH: [&str; 2] = ["admin@example.gov.cn", "supervisor@example.gov.cn"];

/// A path that leads to another database, with the same tables and nothing in them or one case of its own, accuses nobody, however
/// small the stock is: no vanished record, no notice and no card of passing time. Administrator and supervisor are told once, by
/// number; the units are not. Pointed back, everything goes on.
#[test]
fn another_database_accuses_nobody() {
    for (stock, own) in [(1, false), (3, false), (3, true), (7, true)] {
        let mut city = city(stock);
        if own {
            let db = rusqlite::Connection::open(city.path("other.db")).unwrap();
            let sql = "INSERT INTO cases (number, item, accepted, changed) VALUES ('B-1', 'I20', '2011-10-08 09:00:00', '2011-10-08 09:00:00')";
            db.execute(sql, []).unwrap();
        }
        city.configure("path = \"approval.db\"", "path = \"other.db\"");
        city.rounds_on(&["2011-10-08", "2011-10-10", "2011-10-14", "2011-10-28"]);
        assert_eq!(city.findings(), ["approval source-suspect notice open"], "{stock}");
        assert_eq!(state(&city), "suspect");
        assert_eq!(
            city.ledger("SELECT count(*) FROM cases"),
            [stock.to_string()],
            "nothing of it is taken in"
        );
        assert_eq!(told_of(&city, &format!("A-{stock}")), BOTH);
        assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE kind = 'alert'"), ["2"], "told once");
        assert_eq!(city.subjects(HANDLER), [""; 0]);
        city.configure("path = \"other.db\"", "path = \"approval.db\"");
        city.rounds_on(&["2011-10-31"]);
        assert_eq!(state(&city), "ok");
        assert_eq!(of_rule(&city, "vanished-record"), [""; 0]);
        assert_eq!(of_rule(&city, "source-suspect"), ["approval resolved"]);
        let late = "SELECT count(*) FROM findings WHERE rule = 'time-limit' AND card = 'yellow'";
        assert_eq!(city.ledger(late), [stock.to_string()]);
    }
}

/// An older copy in the place of the database has lost what came since: two cases and a decision, or only the decision. It
/// accuses nobody while it is there, and neither does its end: what was read before and is read again was never changed.
#[test]
fn an_older_copy_accuses_nobody() {
    for (sweeps, lost) in [(true, 2), (true, 1), (true, 0), (false, 2), (false, 0)] {
        let mut city = city(4);
        if !sweeps {
            city.configure("sweep_at = \"02:00\"", "sweep_at = \"never\"");
        }
        copy(&city, "older.db");
        city.decided("A-1", "2011-10-10 10:00:00");
        for number in 0..lost {
            city.licence(&format!("N-{number}"), "2011-10-10 11:00:00");
        }
        city.rounds_on(&["2011-10-11"]);
        let before = accused(&city);
        copy(&city, "right.db");
        put(&city, "older.db");
        city.rounds_on(&["2011-10-12", "2011-10-14", "2011-10-17"]);
        assert_eq!(state(&city), "suspect", "{sweeps} {lost}");
        assert_eq!(accused(&city), before);
        let words = city.ledger("SELECT why FROM suspicions").concat();
        assert!(words.contains("最新标记倒退（cases"), "{words}");
        assert_eq!(words.contains("N-0"), lost > 0, "{words}");
        put(&city, "right.db");
        city.rounds_on(&["2011-10-18"]);
        assert_eq!(state(&city), "ok");
        assert_eq!(of_rule(&city, "vanished-record"), [""; 0]);
        assert_eq!(of_rule(&city, "changed-after-fact"), [""; 0]);
        assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A-1'"), ["closed"]);
        assert!(accused(&city).contains(&"A-2 time-limit".to_owned()), "{:?}", accused(&city));
    }
}

/// Who deletes one row, also the newest, is found by that row, in a stock of three as in one of seven; the source goes on.
#[test]
fn one_deletion_is_a_vanished_record_in_a_small_stock() {
    for stock in [3, 7] {
        for gone in ["A-1".to_owned(), format!("A-{stock}")] {
            let mut city = city(stock);
            delete(&city, &gone);
            city.rounds_on(&["2011-10-14"]);
            assert_eq!(of_rule(&city, "vanished-record"), [format!("{gone} open")]);
            assert_eq!(state(&city), "ok");
            let late = "SELECT count(*) FROM findings WHERE rule = 'time-limit' AND card = 'yellow'";
            assert_eq!(city.ledger(late), [stock.to_string()], "the clocks of the deleted case run on");
        }
    }
}

/// The newest row is missed by the first round after it was deleted, and need not wait for the night.
#[test]
fn a_deleted_newest_row_is_found_by_the_next_round() {
    let mut city = city(3);
    city.round("2011-10-10 09:05");
    delete(&city, "A-3");
    city.round("2011-10-10 09:10");
    assert_eq!(of_rule(&city, "vanished-record"), ["A-3 open"]);
    assert_eq!(state(&city), "ok");
}

/// Whoever deletes the only case freezes its source, which two people are told of by the number of the case; accepted as it is, the
/// source goes on, and the deletion is found: the case is late the day after it was due.
#[test]
fn the_only_case_cannot_be_deleted_unseen() {
    let mut city = city(1);
    delete(&city, "A-1");
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(city.findings(), ["approval source-suspect notice open"]);
    assert_eq!(told_of(&city, "1件办件中有1件已查不到：A-1"), ["supervisor@example.gov.cn"]);
    assert_eq!(
        told_of(&city, "1 of 1 cases that were compared are no longer there: A-1"),
        ["admin@example.gov.cn"]
    );
    let accept = ["source", "accept", "approval", "--by", "孙七", "--why", "确已删除", "--lang", "zh-CN"];
    let (code, said) = jianchad(&city, &accept);
    assert!(code == Some(0) && said.contains("A-1") && said.contains("孙七已确认现状属实"), "{said}");
    city.rounds_on(&["2011-10-13"]);
    assert_eq!(of_rule(&city, "vanished-record"), ["A-1 open"]);
    assert_eq!(state(&city), "ok");
    city.rounds_on(&["2011-10-14"]);
    assert!(
        city.findings().contains(&"A-1 time-limit promise yellow open".to_owned()),
        "{:?}",
        city.findings()
    );
    city.accepted("B-1", "INOW", "2011-10-14 10:00:00");
    city.rounds_on(&["2011-10-17", "2011-10-18"]);
    assert!(
        city.findings().contains(&"B-1 time-limit promise yellow open".to_owned()),
        "{:?}",
        city.findings()
    );
    assert_eq!(state(&city), "ok");
    let step = "SELECT accepted_by, accepted_why, ended_at IS NOT NULL FROM suspicions";
    assert_eq!(city.ledger(step), ["孙七|确已删除|1"]);
}

/// Two may be missing by default; the third makes the source doubted. With `may_shrink` set to one the second does; a laxer bound
/// holds when somebody has adopted it.
#[test]
fn the_bound_is_a_setting() {
    for (setting, most) in [("", 2), ("may_shrink = \"1\"", 1), ("may_shrink = \"50%\"", 4)] {
        for gone in [most, most + 1] {
            let mut city = city(8);
            city.configure("path = \"approval.db\"", &format!("path = \"approval.db\"\n{setting}"));
            if most > 2 {
                let (code, said) = jianchad(&city, &["adopt", "--by", "王", "--why", "清理旧件"]);
                assert_eq!(code, Some(0), "{said}");
            }
            (1..=gone).for_each(|number| delete(&city, &format!("A-{number}")));
            city.rounds_on(&["2011-09-29"]);
            let expected = if gone > most { ("suspect", 0) } else { ("ok", gone) };
            let found = of_rule(&city, "vanished-record").len();
            assert_eq!((state(&city).as_str(), found), expected, "{setting}, {gone}");
        }
    }
    let mut wrong = city(1);
    wrong.configure("path = \"approval.db\"", "path = \"approval.db\"\nmay_shrink = \"few\"");
    let (code, said) = jianchad(&wrong, &["check-config", "--lang", "en"]);
    assert!(code == Some(78) && said.contains("`few` is no number of cases"), "{said}");
}

/// A stock that loses one case a night is never doubted, and each of them is found.
#[test]
fn a_stock_that_shrinks_slowly_is_found_case_by_case() {
    let mut city = city(6);
    for (number, day) in ["2011-09-29", "2011-09-30", "2011-10-08", "2011-10-09"].iter().enumerate() {
        delete(&city, &format!("A-{}", number + 1));
        city.rounds_on(&[day]);
        assert_eq!(of_rule(&city, "vanished-record").len(), number + 1, "{day}");
        assert_eq!(state(&city), "ok");
    }
}

/// Other sources go on, and whoever looks sees which does not: digest of administrator and supervisor, `status`, `check-config`.
#[test]
fn the_other_sources_go_on_and_everybody_sees_which_does_not() {
    let mut city = city(3);
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let forest = "[source.forest]\nkind = \"csv\"\npath = \"forest.csv\"\n[[source.forest.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                  item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{forest}"));
    city.write("forest.csv", "no,item,accepted\nF-1,INOW,2011-09-28 10:00\n");
    city.configure("path = \"approval.db\"", "path = \"other.db\"");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(
        city.findings(),
        ["F-1 time-limit promise yellow open", "approval source-suspect notice open"]
    );
    for (to, words) in
        [("admin", "A-1, A-2, A-3"), ("super", "approval · 存疑，暂不判定 · 核对的3件办件中有3件")]
    {
        let digest = format!("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE '{to}%'");
        let digest = city.ledger(&digest).pop().unwrap();
        assert!(digest.contains(words), "{to}: {digest}");
    }
    for (lang, words) in
        [("zh-CN", "核对的3件办件中有3件已查不到：A-1、A-2、A-3"), ("en", "3 of 3 cases that were compared")]
    {
        // A source that is doubted wants attention.
        for (command, ends) in [("status", 1), ("check-config", 0)] {
            let (code, said) = jianchad(&city, &[command, "--lang", lang]);
            let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(code == Some(ends) && said.contains(words), "{command} {lang}: {said}");
        }
    }
}

/// A row that leaves no trace, deleted while it was the newest, or a mark that was set back beside facts that stay as they were, is no
/// reason to doubt a source: nobody could be accused of anything.
#[test]
fn a_mark_alone_says_nothing() {
    let mut city = city(3);
    city.approval(
        "UPDATE cases SET changed = '2011-09-20 10:00:00'; UPDATE events SET changed = '2011-09-20 10:00:00'",
    );
    city.rounds_on(&["2011-10-10", "2011-10-14"]);
    assert_eq!(state(&city), "ok");
    let late = "SELECT count(*) FROM findings WHERE rule = 'time-limit' AND card = 'yellow'";
    assert_eq!(city.ledger(late), ["3"]);
    assert_eq!(city.ledger("SELECT count(*) FROM suspicions"), ["0"]);
}
