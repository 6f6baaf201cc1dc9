//! Killed at any instruction: no card is lost, no letter is lost, and at most one is repeated, under its own Message-ID.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rusqlite::{Connection, OpenFlags};

use crate::bench::Bench;
use crate::installed::wait_for;
use crate::smtp_server::{Script, Server};

/// Cases of the city; one in ten is overdue at the moment of the test, the others were decided in time.
const CASES: u64 = 6_000;
/// People to be told, each with a letter of his own.
const READERS: usize = 60;

/// Numbers that look random and are the same each time (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

fn city(port: u16) -> Bench {
    let city = Bench::with(&format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\""));
    let people: String =
        (0..READERS).map(|n| format!(",,监察人员,监察员{n},reader{n}@example.gov.cn,中文\n")).collect();
    let contacts = fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
    city.write("registry/contacts.csv", &format!("{contacts}{people}"));
    city.approval(&format!(
        "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < {CASES}),
             row (n, day) AS (SELECT n, date('2011-08-01', (n % 60) || ' days') FROM n)
         INSERT INTO cases (number, item, applied, accepted, result, finished, changed)
         SELECT 'K-' || n, 'I20', day || ' 09:00:00', day || ' 10:00:00', iif(n % 10, 'granted', NULL),
             iif(n % 10, date(day, '1 days') || ' 10:00:00', NULL), day || ' 10:00:00' FROM row"
    ));
    city
}

/// A round as of a day at the end of 2011: it reads, judges and writes letters, and leaves the sending to the daemon.
fn once(city: &Bench) -> Child {
    program(city, &["once", "--at", "2011-12-28T10:00"])
}

pub fn program(city: &Bench, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(arguments)
        .arg("--config")
        .arg(city.path("jianchad.toml"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How far the work has come: it only ever grows, with every commit.
fn progress(ledger: &Path) -> u64 {
    let sum = "SELECT (SELECT count(*) FROM \"case\") + (SELECT count(*) FROM deadline)
                   + (SELECT count(*) FROM finding_event) + (SELECT count(*) FROM letter)";
    // Before there is a schema, nothing has been done.
    let open = Connection::open_with_flags(ledger, OpenFlags::SQLITE_OPEN_READ_ONLY);
    open.and_then(|db| db.query_row(sum, [], |row| row.get(0))).unwrap_or(0)
}

pub fn kill(mut child: Child) {
    // It may have ended by itself.
    drop(child.kill());
    child.wait().unwrap();
}

fn events(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number, rule, clock, event, card FROM finding_history ORDER BY 1, 2, 3, 4, 5")
}

/// Message-IDs of what the server took, with how often.
pub fn taken(server: &Server) -> BTreeMap<String, usize> {
    let mut taken = BTreeMap::new();
    server.heard(|heard| {
        for letter in &heard.letters {
            let id = letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap();
            *taken.entry(id.trim_matches(['<', '>']).to_owned()).or_insert(0) += 1;
        }
    });
    taken
}

#[test]
fn killed_while_it_reads_judges_and_sends_it_loses_nothing() {
    let server = Server::plain(Script::new());
    let (spared, killed) = (city(server.port), city(server.port));
    assert!(matches!(once(&spared).wait().unwrap().code(), Some(0 | 1)));
    let whole = progress(&spared.path("ledger.db"));
    let ledger = killed.path("ledger.db");
    let mut dice = Dice(20111228);
    let mut marks: Vec<u64> = (0..16).map(|_| dice.below(whole)).collect();
    marks.sort_unstable();
    let mut in_the_middle = 0;
    for mark in marks {
        let mut child = once(&killed);
        wait_for("the mark", || {
            (progress(&ledger) >= mark || child.try_wait().unwrap().is_some()).then_some(())
        });
        kill(child);
        in_the_middle += usize::from(progress(&ledger) < whole);
        assert_eq!(killed.ledger("PRAGMA quick_check"), ["ok"]);
    }
    assert!(in_the_middle >= 5, "too few of the kills fell into the work: {in_the_middle}");
    assert!(matches!(once(&killed).wait().unwrap().code(), Some(0 | 1)));
    assert_eq!(events(&killed), events(&spared), "every finding of a round that was not killed, each once");
    assert!(events(&killed).len() > 1_000);
    let waiting = killed.ledger("SELECT count(*) FROM letters WHERE state = 'queued'").remove(0);
    assert!(waiting.parse::<usize>().unwrap() >= READERS, "{waiting}");
    send(&server, &killed, &mut dice);
}

/// The daemon sends what waits, and is killed whenever the server has taken one to three letters more.
fn send(server: &Server, killed: &Bench, dice: &mut Dice) {
    let took = || server.heard(|heard| heard.letters.len());
    let mut kills = 0;
    loop {
        let mut goal = took() + 1 + usize::try_from(dice.below(3)).unwrap();
        let mut daemon = program(killed, &["run", "--from", "2011-12-28T10:05"]);
        let waiting = "SELECT count(*) FROM letters WHERE state = 'queued'";
        wait_for("the next letters", || {
            if killed.ledger(waiting) == ["0"] {
                goal = 0;
            }
            assert!(daemon.try_wait().unwrap().is_none(), "the daemon ended");
            (took() >= goal).then_some(())
        });
        kill(daemon);
        if goal == 0 {
            break;
        }
        kills += 1;
        assert!(kills < 4 * READERS, "the letters do not get fewer");
    }
    assert!(kills >= 20, "{kills}");
    assert_eq!(killed.ledger("PRAGMA integrity_check"), ["ok"]);
    let taken = taken(server);
    let mut known = killed.ledger("SELECT message_id FROM letters WHERE state = 'sent'");
    known.sort();
    assert_eq!(
        taken.keys().cloned().collect::<Vec<_>>(),
        known,
        "each letter of the ledger arrived, and no other"
    );
    let repeated: usize = taken.values().map(|times| times - 1).sum();
    assert!(repeated <= kills, "{repeated} letters came again after {kills} kills");
    let most = taken.values().max().unwrap();
    assert!(*most <= 3, "one letter came {most} times");
}
