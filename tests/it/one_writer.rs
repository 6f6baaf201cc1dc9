//! DESIGN section 8: the ledger under strain. One writer, a bounded log, no letter told twice or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use jianchad::testing::domain::letter::{Letter, Mailer, Outcome};
use jianchad::testing::domain::now::Clock;
use jianchad::testing::round::{self, Watch};
use jianchad::testing::service::{self, Service};
use rusqlite::Connection;

use crate::bench::{Bench, Nobody};

/// A disk of a few megabytes, taken away when the test ends, however it ends.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// `None` where this process may not mount.
    fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        let done =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).output();
        done.is_ok_and(|done| done.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // What cannot be unmounted now goes with the last file that is open on it.
        drop(Command::new("umount").arg("-l").arg(self.path()).status());
    }
}

/// A mail server that takes every letter, and by the way fills the disk.
#[derive(Clone)]
struct Filling {
    filler: PathBuf,
    took: Arc<Mutex<Vec<String>>>,
}

impl Mailer for Filling {
    fn send(&mut self, letter: &Letter, _clock: &dyn Clock) -> Outcome {
        // It ends with an error when the disk is full, which is what it is for.
        drop(fs::write(&self.filler, vec![0; 8 << 20]));
        self.took.lock().unwrap().push(letter.message_id.clone());
        Outcome::Sent { reply: "250 ok".into() }
    }
}

/// A letter that was sent and cannot be entered as sent is not sent again for that, and nor is another.
#[test]
fn a_letter_is_not_sent_again_because_the_disk_is_full() {
    let Some(disk) = SmallDisk::new("4m") else {
        println!("skipped: a small disk cannot be mounted here");
        return;
    };
    let mut city = Bench::new();
    city.configure("\"ledger.db\"", &format!("\"{}/ledger.db\"", disk.path().display()));
    city.licence("A-1", "2011-09-26 10:00:00");
    let filling = Filling { filler: disk.path().join("filler"), took: Arc::default() };
    city.mailer(Box::new(filling.clone()));
    let failed = city.try_round("2011-10-14 09:05").unwrap_err();
    assert!(
        failed
            .remedy()
            .words(jianchad::testing::domain::text::Language::English)
            .contains("free space on the disk"),
        "{failed:?}"
    );
    for _ in 0..5 {
        round::deliver(city.service(), &Nobody).unwrap_err();
    }
    assert_eq!(filling.took.lock().unwrap().len(), 1, "one letter is out, and the others wait for its entry");
    fs::remove_file(&filling.filler).unwrap();
    for now in ["2011-10-14 09:15", "2011-10-14 09:25"] {
        // Each letter fills the disk anew.
        while city.try_round(now).is_err() {
            fs::remove_file(&filling.filler).unwrap();
        }
        drop(fs::remove_file(&filling.filler));
    }
    let mut took = filling.took.lock().unwrap().clone();
    took.sort();
    let ledger = disk.path().join("ledger.db");
    let mut sent = crate::bench::query(&ledger, "SELECT message_id FROM letters WHERE state = 'sent'");
    sent.sort();
    assert_eq!(took, sent, "each letter once");
    assert_eq!(crate::bench::query(&ledger, "SELECT count(*) FROM letters WHERE state <> 'sent'"), ["0"]);
    city.restart();
}

/// Two rounds in one second must not share the Message-IDs of their letters: the second would be lost.
#[test]
fn two_rounds_in_one_second_lose_no_letter() {
    let mut city = Bench::new();
    city.configure("[source.approval]", "[mail.caps]\nper_minute = 2\n[source.approval]");
    city.licence("A-1", "2011-09-26 10:00:00");
    city.round("2011-10-14 09:05");
    city.licence("A-2", "2011-09-26 11:00:00");
    city.round("2011-10-14 09:05");
    assert_eq!(city.subjects("lead.u1@example.gov.cn").len(), 2);
    let ids = city.ledger("SELECT count(*), count(DISTINCT message_id) FROM letters WHERE state = 'sent'");
    assert_eq!(ids[0].split('|').next(), ids[0].split('|').next_back());
    let untold = "SELECT count(*) FROM finding_event WHERE id NOT IN (SELECT event_id FROM letter_event)";
    assert_eq!(city.ledger(untold), ["0"]);
    assert_eq!(city.letters().len(), city.ledger("SELECT 1 FROM letters").len());
}

/// A round that is told to stop has seen half of what there is: it writes no digest of that, and marks none as written.
#[test]
fn a_round_told_to_stop_writes_no_letters() {
    struct AtOnce;
    impl Watch for AtOnce {
        fn goes_on(&self, _rows: u64, _cases: u64) {}

        fn stop(&self) -> bool {
            true
        }
    }
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let now = crate::bench::moment("2011-10-14 09:05");
    let stopped = round::run(city.service(), &now, &AtOnce).unwrap();
    assert_eq!((stopped.cases_judged, stopped.letters), (0, 0));
    assert_eq!(city.ledger("SELECT count(*) FROM letters"), ["0"]);
    assert_eq!(city.ledger("SELECT finished_at IS NULL FROM rounds"), ["1"]);
    city.round("2011-10-14 09:15");
    assert_eq!(city.subjects("supervisor@example.gov.cn").len(), 1, "the digest of that day");
    assert_eq!(city.subjects("lead.u1@example.gov.cn").len(), 1);
}

/// A clock that falls back behind a card's moment withdraws no card, and keeps no letter waiting for it.
#[test]
fn a_clock_that_falls_back_takes_nothing_back() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.service().mailer = None;
    city.round("2011-10-14 00:05");
    city.restart();
    // An hour back, and something new is known of the case: it is judged again.
    city.event("A-1", "step", "受理", "2011-10-13 16:00:00");
    city.round("2011-10-13 23:10");
    assert_eq!(city.findings(), ["A-1 time-limit promise yellow open"]);
    assert_eq!(city.ledger("SELECT DISTINCT event FROM finding_history"), ["raised"]);
    // The clock was a day ahead when a letter was tried in vain; it does not wait for that day.
    let db = Connection::open(city.path("ledger.db")).unwrap();
    city.service().mailer = None;
    city.round("2011-10-14 09:05");
    assert!(db.execute("UPDATE letter SET next_try_at = '2011-10-15T09:06:00+08:00'", []).unwrap() > 0);
    city.restart();
    city.round("2011-10-14 09:15");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
}

/// lessons.md 20: the write-ahead log does not grow with the rounds, and a reader who stays does not stop them.
#[test]
fn the_log_stays_small_and_readers_stop_nobody() {
    let mut city = Bench::new();
    let reader = || Connection::open(city.path("ledger.db")).unwrap();
    let several = |first: usize, day: &str| {
        format!(
            "WITH RECURSIVE n (n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n WHERE n < {first} + 2999)
             INSERT INTO cases (number, item, applied, accepted, changed)
             SELECT 'W-' || n, 'I60', '{day} 09:00:00', '{day} 10:00:00', '{day} 10:00:00' FROM n"
        )
    };
    let log = || fs::metadata(city.path("ledger.db-wal")).map_or(0, |file| file.len());
    let mut largest = 0;
    for (turn, day) in
        ["2011-09-26", "2011-09-27", "2011-09-28", "2011-09-29", "2011-09-30"].iter().enumerate()
    {
        city.approval(&several(turn * 3000, day));
        if turn == 1 {
            let reader = reader();
            reader.execute_batch("BEGIN; SELECT count(*) FROM open_findings;").unwrap();
            round_at(&city, day);
            let stays: i64 = reader.query_row("SELECT count(*) FROM cases", [], |row| row.get(0)).unwrap();
            assert_eq!(stays, 3000, "a reader sees what stood when it began");
        } else {
            round_at(&city, day);
        }
        largest = largest.max(log());
    }
    assert!(largest <= 64 << 20, "{largest}");
    let db = reader();
    let (busy, pages, kept): (i64, i64, i64) = db
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!((busy, pages, kept), (0, 0, 0));
    assert_eq!(log(), 0);
    assert_eq!(city.ledger("SELECT count(*) FROM cases"), ["15000"]);
    assert_eq!(city.ledger("PRAGMA foreign_key_check"), Vec::<String>::new());
    city.restart();
}

/// A round by a service of its own, which is gone afterwards.
fn round_at(city: &Bench, day: &str) {
    let config = service::load(&city.path("jianchad.toml")).unwrap();
    let mut service = Service::open(&config).unwrap_or_else(|failure| {
        panic!("{}", failure.for_operator(jianchad::testing::domain::text::Language::English))
    });
    let now = crate::bench::moment(&format!("{day} 18:00"));
    round::run(&mut service, &now, &Nobody).unwrap();
}
