//! Bad weather: sources that vanish, files half written, mail servers that are down, a full disk, a clock that jumps.

use std::fs;
use std::process::Command;
use std::sync::{Arc, Mutex};

use jianchad::testing::domain::letter::{Letter, Mailer, Outcome};
use jianchad::testing::domain::now::Clock;
use jianchad::testing::domain::text::Language;
use rusqlite::Connection;

use crate::bench::{Bench, moment};

fn health(city: &Bench) -> String {
    city.ledger("SELECT state || ': ' || coalesce(message, '') FROM source_health").remove(0)
}

/// DESIGN 2: silence is not compliance, and it is no delay either; the next round recovers by itself.
#[test]
fn a_source_that_vanishes_freezes_its_cases_and_comes_back() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").licence("A-2", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-11"]);
    fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-10-14", "2011-10-17"]);
    assert!(health(&city).contains("does not exist") && health(&city).contains("try:"), "{}", health(&city));
    let standing = city.findings();
    assert!(standing.contains(&"A-1 time-limit promise notice open".to_owned()), "{standing:?}");
    assert!(standing.contains(&"approval source-dark notice open".to_owned()), "{standing:?}");
    assert!(!standing.iter().any(|finding| finding.contains("yellow")), "{standing:?}");
    // Meanwhile one of them was decided in time.
    fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    city.decided("A-1", "2011-10-13 10:00:00");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(
        city.findings(),
        [
            "A-1 time-limit promise notice resolved",
            "A-2 time-limit promise yellow open",
            "approval source-dark notice resolved",
            // Whether that was typed in time nobody saw.
            "approval 2011-10-11 09:05 met-unseen notice pending"
        ]
    );
    assert_eq!(health(&city), "ok: ");
}

#[test]
fn what_is_wrong_with_a_source_is_said_with_a_remedy() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    city.approval("ALTER TABLE events RENAME TO steps");
    city.rounds_on(&["2011-09-28"]);
    assert!(health(&city).contains("has no table or view `events`; there are"), "{}", health(&city));
    city.approval("ALTER TABLE steps RENAME TO events; ALTER TABLE cases RENAME COLUMN clerk TO worker");
    city.rounds_on(&["2011-09-29"]);
    assert!(health(&city).contains("clerk"), "{}", health(&city));
    fs::write(city.path("approval.db"), "this is no database, however long it may be".repeat(100)).unwrap();
    city.rounds_on(&["2011-09-30"]);
    assert!(health(&city).contains("is no SQLite database"), "{}", health(&city));
    assert_eq!(city.findings(), ["approval source-dark notice open"]);
}

/// A locked source waits for the next round; nothing else stops.
#[test]
fn a_locked_source_is_read_by_the_next_round() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let writer = Connection::open(city.path("approval.db")).unwrap();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    city.rounds_on(&["2011-09-27"]);
    assert!(health(&city).contains("locked by another program"), "{}", health(&city));
    writer.execute_batch("COMMIT").unwrap();
    city.rounds_on(&["2011-09-28"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["1"]);
}

#[test]
fn a_source_is_never_written() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let before = fs::read(city.path("approval.db")).unwrap();
    city.rounds_on(&["2011-09-27", "2011-10-28"]);
    assert_eq!(before, fs::read(city.path("approval.db")).unwrap());
    assert!(!city.path("approval.db-wal").exists() && !city.path("approval.db-journal").exists());
}

/// A mail server of the test's own: it does as it is told, and remembers what it took.
#[derive(Clone, Default)]
struct Server {
    mood: Arc<Mutex<Option<Outcome>>>,
    took: Arc<Mutex<Vec<String>>>,
}

impl Mailer for Server {
    fn send(&mut self, letter: &Letter, _clock: &dyn Clock) -> Outcome {
        let mood = self.mood.lock().unwrap().clone();
        if mood.is_none() {
            self.took.lock().unwrap().push(letter.message_id.clone());
        }
        mood.unwrap_or_else(|| Outcome::Sent { reply: "250 ok".into() })
    }
}

/// DESIGN 7: a refused login discards nothing; tried again after 1, 5, 30 minutes, then hourly; delivered once.
#[test]
fn letters_outlive_a_mail_server_that_is_down() {
    let mut city = Bench::new();
    let server = Server::default();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.mailer(Box::new(server.clone()));
    *server.mood.lock().unwrap() = Some(Outcome::TryLater { why: "the login was refused".into(), all: true });
    let queued = city.round("2011-10-14 09:00").letters;
    assert!(queued >= 3);
    let first = "SELECT attempts || ' ' || substr(next_try_at, 12, 5) FROM letters WHERE attempts > 0";
    assert_eq!(city.ledger(first), ["1 09:01"]);
    for (now, next) in
        [("09:01", "2 09:06"), ("09:06", "3 09:36"), ("09:36", "4 10:36"), ("10:36", "5 11:36")]
    {
        city.round(&format!("2011-10-14 {now}"));
        assert!(city.ledger(first).contains(&next.to_owned()), "{now}: {:?}", city.ledger(first));
    }
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["queued"]);
    let status = city.ledger("SELECT last_outcome FROM letters WHERE attempts > 0 LIMIT 1");
    assert_eq!(status, ["try later: the login was refused"]);
    *server.mood.lock().unwrap() = None;
    for now in ["2011-10-14 12:00", "2011-10-14 13:00", "2011-10-14 14:00"] {
        city.round(now);
    }
    let mut took = server.took.lock().unwrap().clone();
    let all = took.len();
    took.sort();
    took.dedup();
    assert_eq!((all as u64, took.len() as u64), (queued, queued), "each letter once");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
}

/// DESIGN 7: a permanently refused recipient is shown; the others still get theirs.
#[test]
fn one_refused_recipient_stops_nobody_else() {
    struct Picky;
    impl Mailer for Picky {
        fn send(&mut self, letter: &Letter, _clock: &dyn Clock) -> Outcome {
            match letter.to.address.starts_with("lead") {
                true => Outcome::Refused { address: true, why: "550 no such user".into() },
                false => Outcome::Sent { reply: String::new() },
            }
        }
    }
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.mailer(Box::new(Picky));
    city.rounds_on(&["2011-10-14"]);
    let states = city.ledger("SELECT to_address, state FROM letters WHERE kind = 'alert' ORDER BY 1");
    assert_eq!(states, ["handler.u1@example.gov.cn|sent", "lead.u1@example.gov.cn|refused"]);
    city.rounds_on(&["2011-10-17"]);
    let digest = city
        .ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'admin%'")
        .pop()
        .unwrap();
    assert!(digest.contains("1 refused") && digest.contains("550 no such user"), "{digest}");
}

/// A clock that jumps back an hour, or forward a day: nothing repeats, nothing is lost.
#[test]
fn a_clock_that_jumps_repeats_nothing() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    for now in
        ["2011-10-14 10:00", "2011-10-14 09:00", "2011-10-17 10:00", "2011-10-14 11:00", "2011-10-17 10:10"]
    {
        city.round(now);
    }
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow open"]);
    assert_eq!(city.subjects("lead.u1@example.gov.cn").len(), 1);
    assert_eq!(city.ledger("SELECT count(*) FROM finding_history"), ["1"]);
}

/// CSV: a half-written file waits, GB18030 is read, a spoilt row is set aside with its line.
#[test]
fn dropped_files_are_read_as_they_come() {
    let mut city = Bench::new();
    let config = "office = \"x\"\n[registry]\nfolder = \"registry\"\n[mail]\nfrom = \"a@example.gov.cn\"\n\
         [source.drop]\nkind = \"csv\"\npath = \"drop\"\n[[source.drop.read]]\nshape = \"wide\"\ncase = \"办件编号\"\n\
         item = \"事项\"\ntraces = [{ kind = \"accepted\", at = \"受理\" }, { kind = \"decided\", at = \"办结\" }]\n";
    city.write("jianchad.toml", config);
    let head = "办件编号,事项,受理,办结\n";
    let (chinese, _, _) =
        encoding_rs::GB18030.encode("办件编号,事项,受理,办结\nC-1,I60,2011-09-26 10:00,2011-09-27\n");
    fs::create_dir(city.path("drop")).unwrap();
    fs::write(city.path("drop/a.csv"), &chinese).unwrap();
    city.write("drop/b.csv", &format!("{head}C-2,I60,2011-02-30,\nC-3,I60,2011-09-26,2011-09-27\n"));
    city.rounds_on(&["2011-09-28"]);
    assert_eq!(
        city.ledger("SELECT case_number, state FROM cases ORDER BY 1"),
        ["C-1|closed", "C-2|fault", "C-3|closed"]
    );
    let row = city.ledger("SELECT case_number, column_name, reason FROM quarantine").remove(0);
    assert!(row.starts_with("C-2|受理|") && row.contains("line 2") && row.contains("2011-02-30"), "{row}");
    city.write(
        "drop/b.csv",
        &format!("{head}C-2,I60,2011-02-28,2011-03-01\nC-3,I60,2011-09-26,2011-09-27\n"),
    );
    fs::write(city.path("drop/c.csv"), [0xFF, 0xFF, b'\n', 0xFF]).unwrap();
    city.rounds_on(&["2011-09-29"]);
    assert_eq!(city.ledger("SELECT count(*) FROM quarantine WHERE open"), ["0"]);
    assert!(
        health(&city).starts_with("incomplete: ") && health(&city).contains("c.csv"),
        "{}",
        health(&city)
    );
}

/// A full disk: the round fails with a sentence and a remedy, and the next one goes on where it stopped.
#[test]
fn a_full_disk_loses_nothing() {
    let disk = tempfile::tempdir().unwrap();
    let mount =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(disk.path()).output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        println!("skipped: a small disk cannot be mounted here");
        return;
    }
    let mut city = Bench::new();
    city.configure("\"ledger.db\"", &format!("\"{}/ledger.db\"", disk.path().display()));
    let several = |first: usize, count: usize| {
        let rows: Vec<String> = (first..first + count)
            .map(|n| format!("('D-{n}', 'I20', '0731', '2011-09-26 10:00:00', '2011-09-26 10:00:00', '2011-09-26 10:00:00')"))
            .collect();
        format!(
            "INSERT INTO cases (number, item, clerk, applied, accepted, changed) VALUES {}",
            rows.join(",")
        )
    };
    city.approval(&several(0, 5));
    city.round("2011-09-27 09:05");
    city.approval(&several(100, 9000));
    let failed = city.try_round("2011-09-27 09:15").unwrap_err();
    assert!(
        failed.remedy().words(jianchad::testing::domain::text::Language::English).contains("free space"),
        "{failed:?}"
    );
    // Nothing can even be made beside the ledger: SQLite only says that it could not be opened.
    let filler = disk.path().join("filler");
    assert!(std::fs::write(&filler, vec![0; 4 << 20]).is_err());
    city.restart();
    let config = city.path("jianchad.toml").display().to_string();
    let once = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["once", "--lang", "en", "-c", &config])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&once.stderr).into_owned();
    assert!(!once.status.success() && said.contains("free space"), "{said}");
    std::fs::remove_file(&filler).unwrap();
    let grown = Command::new("mount").args(["-o", "remount,size=200m"]).arg(disk.path()).status().unwrap();
    assert!(grown.success());
    city.round("2011-09-27 09:25");
    let ledger = disk.path().join("ledger.db");
    assert_eq!(crate::bench::query(&ledger, "SELECT count(*) FROM cases"), ["9005"]);
    assert_eq!(crate::bench::query(&ledger, "PRAGMA integrity_check"), ["ok"]);
    city.restart();
    assert!(Command::new("umount").arg("-l").arg(disk.path()).status().unwrap().success());
}

/// A ledger that is moved away while it is open is noticed, not written to in the dark.
#[test]
fn a_ledger_that_vanishes_is_noticed_and_taken_up_again() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27"]);
    fs::rename(city.path("ledger.db"), city.path("moved.db")).unwrap();
    let failed = city.try_round("2011-09-28 09:05").unwrap_err();
    assert!(failed.to_string().contains("no longer where it was opened"), "{failed}");
    fs::rename(city.path("moved.db"), city.path("ledger.db")).unwrap();
    city.round("2011-09-28 09:15");
    assert_eq!(city.ledger("SELECT count(*) FROM rounds"), ["2"]);
}

/// DESIGN 8: history is append-only, and the ledger says what it is.
#[test]
fn the_ledger_guards_its_history() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    city.restart();
    let db = Connection::open(city.path("ledger.db")).unwrap();
    for sql in [
        "UPDATE trace SET occurred_at = '2011-09-27'",
        "DELETE FROM trace",
        "UPDATE finding_event SET card = 'notice'",
        "DELETE FROM finding_event",
        "DELETE FROM finding",
        "DELETE FROM \"case\"",
        "UPDATE letter SET subject = 'x'",
        "DELETE FROM letter",
        "UPDATE letter_attempt SET outcome = 'x'",
        "DELETE FROM letter_attempt",
    ] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
    assert!(db.execute("INSERT INTO meta VALUES (1.5, x'00')", []).is_err(), "STRICT");
    let pragma = |name: &str| city.ledger(&format!("PRAGMA {name}")).remove(0);
    assert_eq!((pragma("journal_mode").as_str(), pragma("user_version").as_str()), ("wal", "40"));
    assert_eq!(pragma("application_id"), "1245923396");
    db.execute_batch("PRAGMA user_version = 99").unwrap();
    let file = city.path("jianchad.toml");
    let config = jianchad::testing::service::load(&file).unwrap();
    let newer = jianchad::testing::service::Service::open(&config)
        .err()
        .unwrap()
        .for_operator(jianchad::testing::domain::text::Language::English);
    assert!(newer.contains("schema 99") && newer.contains("try: run the jianchad that wrote it"), "{newer}");
    fs::copy(city.path("approval.db"), city.path("other.db")).unwrap();
    city.configure("\"ledger.db\"", "\"other.db\"");
    let config = jianchad::testing::service::load(&file).unwrap();
    let foreign = jianchad::testing::service::Service::open(&config)
        .err()
        .unwrap()
        .for_operator(jianchad::testing::domain::text::Language::English);
    assert!(foreign.contains("of another program"), "{foreign}");
}

/// A mail server that takes every letter and hangs up before it says so, until it is mended.
struct Cuts(Arc<Mutex<bool>>);

impl Mailer for Cuts {
    fn send(&mut self, _: &Letter, _: &dyn Clock) -> Outcome {
        match *self.0.lock().unwrap() {
            true => Outcome::Uncertain { why: "it hung up".into() },
            false => Outcome::Sent { reply: "250 ok".into() },
        }
    }
}

/// Issue 14.2: a server that takes a letter and does not say so gets three copies of it, and no fourth before a person says so.
#[test]
fn a_server_that_takes_letters_and_does_not_say_so_gets_three_copies() {
    let mut city = Bench::new();
    let cuts = Arc::new(Mutex::new(true));
    city.licence("A-1", "2011-09-26 10:00:00");
    city.mailer(Box::new(Cuts(Arc::clone(&cuts))));
    let copies = "SELECT max(attempts), min(state), max(state) FROM letter WHERE kind = 'alert'";
    for (at, stand) in [
        ("2011-10-14 09:05", "1|queued|queued"),
        ("2011-10-14 10:10", "2|queued|queued"),
        ("2011-10-14 11:20", "3|refused|refused"),
        ("2011-10-14 13:40", "3|refused|refused"),
        ("2011-10-14 15:50", "3|refused|refused"),
    ] {
        city.round(at);
        assert_eq!(city.ledger(copies), [stand], "{at}");
    }
    *cuts.lock().unwrap() = false;
    let letter = city.ledger("SELECT id FROM letter WHERE kind = 'alert' ORDER BY id LIMIT 1").remove(0);
    let said = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(arguments).args(["--lang", "zh-CN", "--config"]).arg(city.path("jianchad.toml"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let status = said(&["status"]);
    assert!(status.contains("封邮件可能已经送达而邮件服务器没有确认，不再自动发送"), "{status}");
    city.service().ledger.retry_letters(Some(letter.parse().unwrap())).unwrap();
    city.round("2011-10-14 16:00");
    assert_eq!(city.ledger(&format!("SELECT state, attempts FROM letter WHERE id = {letter}")), ["sent|4"]);
}

/// Issue 14.2: who may have got a letter that no server confirmed is not said to leave it unanswered, neither on the day after the last
/// for an answer nor later; a letter that is known to have left is.
#[test]
fn a_card_that_nobody_surely_got_is_not_said_to_be_unanswered() {
    for cuts in [true, false] {
        let mut city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        city.mailer(Box::new(Cuts(Arc::new(Mutex::new(cuts)))));
        for day in ["2011-10-14", "2011-10-17", "2011-10-18"] {
            for hour in ["09:05", "10:10", "11:20"] {
                city.round(&format!("{day} {hour}"));
            }
        }
        city.rounds_on(&["2011-10-19", "2011-10-20"]);
        let due =
            city.ledger("SELECT substr(answer_due, 1, 10) FROM finding WHERE card = 'yellow'").remove(0);
        assert_eq!(due, "2011-10-21");
        let told = city.ledger("SELECT count(*) FROM finding WHERE card = 'yellow' AND told_at IS NOT NULL");
        assert_eq!(told, ["1"], "what may have arrived counts as told where a record is typed after it");
        for (day, overdue) in [("2011-10-21", 0), ("2011-10-24", 1), ("2011-10-25", 1)] {
            city.rounds_on(&[day]);
            let (service, now) = (city.service(), moment(&format!("{day} 09:10")));
            let overview = service.ledger.overview(&service.policy, Language::Chinese, &now).unwrap();
            let expected = if cuts { 0 } else { overdue };
            assert_eq!(overview.overdue_answer_count, expected, "{cuts} {day}");
        }
    }
}

/// Issue 14.2: no card counts as told while no letter on it left, and the day on which it is told is that of the letter that did.
#[test]
fn what_nobody_got_is_told_to_nobody() {
    let mut city = Bench::new();
    let server = Server::default();
    *server.mood.lock().unwrap() = Some(Outcome::TryLater { why: "connecting: refused".into(), all: true });
    city.licence("A-1", "2011-09-26 10:00:00");
    city.mailer(Box::new(server.clone()));
    let told = "SELECT coalesce(told_at, 'nobody') FROM findings WHERE card = 'yellow'";
    city.round("2011-10-14 09:05");
    assert_eq!(city.ledger(told), ["nobody"]);
    city.round("2011-10-17 09:05");
    assert_eq!(city.ledger(told), ["nobody"]);
    *server.mood.lock().unwrap() = None;
    city.round("2011-10-18 09:05");
    assert_eq!(city.ledger(told), ["2011-10-18T09:05:00+08:00"]);
}
