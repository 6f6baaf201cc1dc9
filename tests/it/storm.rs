//! The storm: the program is killed at random moments while clerks type late, change and take out rows, the mail server puts letters
//! off, people enter what they do with cards, and the clock goes back and ahead. `cargo test --release -- --ignored storm` kills a
//! thousand times; `JIANCHAD_STORM_KILLS` and `JIANCHAD_STORM_SEED` say otherwise.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::time::Duration;

use chrono::{Datelike, Days, NaiveDateTime, TimeDelta, Timelike};
use chrono_tz::Asia::Shanghai;
use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::domain::now::Clock;
use jianchad::testing::edge::ledger::{Done, Ledger};

use crate::bench::{Bench, moment};
use crate::installed::wait_for;
use crate::kill::{Dice, kill, program, taken};
use crate::post::Running;
use crate::smtp_server::{At, Does, Script, Server};
use told::{findings, left_behind, left_out, life, told_otherwise};

mod told;

/// The longest that the program is left alive, in milliseconds: a round of it takes less.
const ALIVE: u64 = 400;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// A server that puts off every fourth reader and now and then everything, for the first conversations.
fn deferring(dice: &mut Dice, kills: u64) -> Server {
    let mut script = Script::new();
    for nth in 1..=usize::try_from(kills).unwrap() * 2 {
        match dice.below(12) {
            0..3 => script.push((
                At::Rcpt,
                nth,
                Does::Says(b"451 4.7.1 greylisted, come back later\r\n".to_vec()),
            )),
            3 => script.push((At::Greeting, nth, Does::SaysAndCloses("421 4.3.2 too busy\r\n"))),
            4 => script.push((At::Data, nth, Does::Says(b"452 4.3.1 no room\r\n".to_vec()))),
            _ => {}
        }
    }
    Server::plain(script)
}

const UNTOLD: &str = "SELECT DISTINCT f.subject FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id
        JOIN finding_event AS e ON e.id = t.event_id JOIN finding AS f ON f.id = e.finding_id
    WHERE l.state = 'queued' AND l.superseded_at IS NULL AND NOT EXISTS (SELECT 1 FROM letter_event AS o
        JOIN letter AS s ON s.id = o.letter_id WHERE o.event_id = e.id AND s.sent_at IS NOT NULL)";

/// Whether the last round that came to its end read the source whole.
const READ: &str = "SELECT count(*) FROM source WHERE julianday(last_read_at) >=
        (SELECT julianday(started_at) FROM round WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1)";

const CAPS: &str = "[mail.caps]\nper_minute = 1000\nper_day = 10000\nin_all = 100000\n";

/// The city that is killed, its twin that is not, and what happens to both.
struct Storm {
    dice: Dice,
    killed: Bench,
    twin: Bench,
    server: Server,
    at: NaiveDateTime,
    cases: u64,
    /// Cases whose rows were changed, taken out or typed late: a reading of the end alone cannot know what was found of them.
    touched: BTreeSet<String>,
    /// Cases with news of which no letter has left yet. What is typed on them now comes before the letter, and in the twin, whose letters
    /// leave at once, after it: a supervisor is asked there, and nobody here.
    untold: BTreeSet<String>,
    kills: u64,
    deeds: u64,
}

impl Storm {
    fn new(seed: u64, kills: u64) -> Self {
        let mut dice = Dice(seed);
        let server = deferring(&mut dice, kills);
        let smtp = format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"", server.port);
        let [killed, twin] = [smtp, "folder = \"mail\"".to_owned()].map(|mail| {
            let mail = format!("{mail}\n{CAPS}");
            let city = Bench::with(&mail);
            let config = fs::read_to_string(city.path("jianchad.toml")).unwrap();
            city.write("jianchad.toml", &config.replace("sweep_at = \"never\"", "sweep_at = \"00:00\""));
            city
        });
        let at = "2011-10-10T09:05:00".parse::<NaiveDateTime>().unwrap();
        Self {
            dice,
            killed,
            twin,
            server,
            at,
            cases: 0,
            touched: BTreeSet::new(),
            untold: BTreeSet::new(),
            kills: 0,
            deeds: 0,
        }
    }

    fn both(&self, sql: &str) {
        self.killed.approval(sql);
        self.twin.approval(sql);
    }

    /// A moment before now that an office types.
    fn before(&mut self, days: u64) -> String {
        let hours = self.dice.below(days * 24).cast_signed();
        (self.at - TimeDelta::hours(hours) - TimeDelta::minutes(7)).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// One change of the records.
    fn change(&mut self) {
        let changed = self.at.format("%Y-%m-%d %H:%M:%S").to_string();
        let some = self.dice.below(self.cases.max(1));
        let case = format!("S-{some}");
        match self.dice.below(10) {
            4.. if self.untold.contains(&case) => self.begins(&changed, 1),
            0..3 => self.begins(&changed, 1),
            // Typed in days after.
            3 => self.begins(&changed, 25),
            4 | 5 => {
                let finished = self.before(1);
                self.both(&format!(
                    "UPDATE cases SET result = 'granted', finished = '{finished}', changed = '{changed}'
                     WHERE number = '{case}' AND result IS NULL AND accepted < '{finished}'"
                ));
                self.touched.insert(case);
            }
            6 => {
                let back = self.before(9);
                self.touched.insert(case.clone());
                self.both(&format!(
                    "UPDATE cases SET result = 'granted', finished = '{back}', changed = '{changed}' WHERE number = '{case}'"
                ));
            }
            7 => {
                let begun = self.before(2);
                self.touched.insert(case.clone());
                self.both(&format!(
                    "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
                     VALUES ('{case}', 'extended', '', '{begun}', '李局长', '批字26号', '{changed}')"
                ));
            }
            8 => {
                self.touched.insert(case.clone());
                self.both(&format!("DELETE FROM events WHERE number = '{case}'"));
            }
            _ => {
                self.touched.insert(case.clone());
                self.both(&format!(
                    "UPDATE cases SET accepted = date(accepted, '+1 day') || ' 10:00:00', changed = '{changed}'
                     WHERE number = '{case}' AND result IS NULL"
                ));
            }
        }
    }

    fn begins(&mut self, changed: &str, days: u64) {
        let (n, at) = (self.cases, self.before(days));
        self.cases += 1;
        if days > 1 {
            self.touched.insert(format!("S-{n}"));
        }
        let item = ["I20", "I60", "INOW"][usize::try_from(self.dice.below(3)).unwrap()];
        self.both(&format!(
            "INSERT INTO cases (number, item, clerk, applied, accepted, changed)
                 VALUES ('S-{n}', '{item}', '0731', '{at}', '{at}', '{changed}');
             INSERT INTO events (number, kind, stage, at, clerk, changed)
                 VALUES ('S-{n}', 'step', '审查', '{at}', '0732', '{changed}')"
        ));
    }

    /// Somebody does the same with a card of both.
    fn deed(&mut self) {
        let sql = "SELECT f.subject, f.rule, f.clock FROM finding AS f WHERE standing = 'open' AND case_id IS NOT NULL ORDER BY 1, 2, 3";
        let open = self.twin.ledger(sql);
        if open.is_empty() {
            return;
        }
        let chosen = open[usize::try_from(self.dice.below(open.len() as u64)).unwrap()].clone();
        let [case, rule, clock] = chosen.split('|').collect::<Vec<_>>()[..] else { panic!("{chosen}") };
        let otherwise = told_otherwise(&self.killed, &self.twin);
        if self.untold.contains(case) || otherwise.keys().any(|(other, _)| other == case) {
            return;
        }
        let action = [CardAction::Answer, CardAction::Appeal, CardAction::Uphold, CardAction::Revoke]
            [usize::try_from(self.dice.below(4)).unwrap()]
        .clone();
        if action == CardAction::Revoke {
            self.touched.insert(case.to_owned());
        }
        let at = moment(&self.at.format("%Y-%m-%d %H:%M").to_string()).instant + TimeDelta::minutes(9);
        let entered = [&self.killed, &self.twin].map(|city| {
            let find = format!(
                "SELECT id FROM finding WHERE subject = '{case}' AND rule = '{rule}' AND clock = '{clock}'"
            );
            let finding = city.ledger(&find)[0].parse().unwrap();
            let mut ledger = Ledger::at_keyboard(&city.path("ledger.db"), Shanghai).unwrap().signed("wang");
            let done = Done { finding, action: &action, by: "王五", why: "核实", order_due: None, at };
            ledger.enter_deed(&done).is_ok()
        });
        assert_eq!(entered[0], entered[1], "{action:?} of {chosen}: {:#?}", self.lives(case));
        self.deeds += u64::from(entered[0]);
    }

    /// What decides about a case or another subject, in the city that is killed and in its twin.
    fn lives(&self, subject: &str) -> [Vec<String>; 2] {
        [&self.killed, &self.twin].map(|city| life(city, subject))
    }

    /// The city is killed again and again at a moment, then finishes a round; its twin has one round.
    fn rounds(&mut self, at: NaiveDateTime, kills: u64) {
        let begins = at.format("%Y-%m-%dT%H:%M").to_string();
        for _ in 0..kills {
            let child = program(&self.killed, &["run", "--from", &begins]);
            // At a random moment, or in the midst of a conversation with the mail server.
            let talks = self.dice.below(2) == 0;
            let (alive, lines) = (self.dice.below(ALIVE), self.dice.below(24) as usize);
            let alive = Duration::from_millis(if talks { 2 * ALIVE } else { alive });
            let (said, clock) = (|| self.server.heard(|heard| heard.commands.len()), Running::new());
            let goal = said() + 1 + lines;
            wait_for("the moment of a kill", || {
                (clock.running() >= alive || talks && said() >= goal).then_some(())
            });
            kill(child);
            self.kills += 1;
        }
        self.whole_round(&begins);
        self.twin.round(&at.format("%Y-%m-%d %H:%M").to_string());
        self.untold = self.killed.ledger(UNTOLD).into_iter().collect();
    }

    /// The daemon runs until it has finished a round that read the source and tried what waits, as it tells its service manager, and is
    /// stopped. A source in whose reading it was killed is left to the round that follows at once.
    fn whole_round(&self, begins: &str) {
        let finished = "SELECT coalesce(max(id), 0) FROM round WHERE finished_at IS NOT NULL";
        let before = if self.killed.path("ledger.db").exists() { known(&self.killed, finished) } else { 0 };
        let said = fs::File::create(self.killed.path("said.txt")).unwrap();
        let manager = self.killed.path("manager.sock");
        drop(fs::remove_file(&manager));
        let socket = UnixDatagram::bind(&manager).unwrap();
        socket.set_nonblocking(true).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["run", "--from", begins, "--config"])
            .arg(self.killed.path("jianchad.toml"))
            .env("NOTIFY_SOCKET", &manager)
            .env("JIANCHAD_LANG", "en")
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .unwrap();
        let mut report = [0; 4096];
        wait_for("a whole round", || {
            let ended = child.try_wait().unwrap();
            let said = || fs::read_to_string(self.killed.path("said.txt")).unwrap();
            assert!(ended.is_none(), "the daemon ended by itself, {ended:?}: {}", said());
            let heard = socket.recv(&mut report).ok()?;
            // It says what a round did when the last letter that could leave has left.
            let over = String::from_utf8_lossy(&report[..heard]).contains("cases judged");
            let finished = known(&self.killed, finished) > before && known(&self.killed, READ) == 1;
            (over && finished).then_some(())
        });
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(child.wait().unwrap().success(), "it stops when it is told to");
    }

    /// The next moment of an office: minutes or days later, on a working day of the calendar or not.
    fn goes_on(&mut self) {
        let step = [TimeDelta::minutes(20), TimeDelta::hours(3), TimeDelta::days(1), TimeDelta::days(2)]
            [usize::try_from(self.dice.below(4)).unwrap()];
        self.at += step;
        if self.at.hour() < 9 || self.at.hour() >= 17 {
            self.at = (self.at.date() + Days::new(1)).and_hms_opt(9, 5, 0).unwrap();
        }
        while self.at.weekday().number_from_monday() > 5 {
            self.at += TimeDelta::days(1);
        }
    }

    /// All kills, and everything that happens between them.
    fn rage(&mut self, kills: u64, at_once: u64) {
        for _ in 0..16 {
            self.begins("2011-10-10 08:00:00", 25);
        }
        self.touched.clear();
        while self.kills < kills {
            for _ in 0..=self.dice.below(4) {
                self.change();
            }
            let now = 1 + self.dice.below(at_once.min(kills - self.kills));
            match self.dice.below(6) {
                // The clock was put back by hours, and is put right.
                0 => self.rounds(self.at - TimeDelta::hours(5), now),
                // It runs ahead, by less than is held for a person, and what it does is done.
                1 => {
                    self.at += TimeDelta::hours(1);
                    self.rounds(self.at, now);
                }
                _ => self.rounds(self.at, now),
            }
            for _ in 0..self.dice.below(3) {
                self.deed();
            }
            self.goes_on();
        }
    }

    /// Calm: nobody kills, the server takes everything, and what waits goes out.
    fn calms(&mut self) {
        let waits = "SELECT count(*) FROM letter WHERE state = 'queued' AND superseded_at IS NULL";
        for _ in 0..60 {
            self.goes_on();
            self.rounds(self.at, 0);
            if known(&self.killed, waits) == 0 && known(&self.twin, waits) == 0 {
                return;
            }
        }
        panic!(
            "letters still wait: {:?}",
            self.killed.ledger("SELECT * FROM letters WHERE state = 'queued'")
        );
    }
}

/// A number of the ledger; 0 before there is one.
fn known(city: &Bench, sql: &str) -> u64 {
    let db = rusqlite::Connection::open_with_flags(
        city.path("ledger.db"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY,
    );
    db.and_then(|db| db.query_row(sql, [], |row| row.get(0))).unwrap_or(0)
}

/// Cards on limits of cases, as they stand.
fn cards(city: &Bench, of: impl Fn(&str) -> bool) -> Vec<String> {
    let sql = "SELECT case_number, rule, clock, card, standing FROM findings
               WHERE card <> 'notice' AND rule = 'time-limit' ORDER BY 1, 2, 3";
    city.ledger(sql).into_iter().filter(|line| of(line.split('|').next().unwrap())).collect()
}

fn storm(seed: u64, kills: u64, at_once: u64) {
    println!("JIANCHAD_STORM_SEED={seed} JIANCHAD_STORM_KILLS={kills}");
    let mut storm = Storm::new(seed, kills);
    storm.rage(kills, at_once);
    storm.calms();
    let Storm { killed, twin, server, kills, touched, .. } = &storm;
    assert_eq!(killed.ledger("PRAGMA integrity_check"), ["ok"]);
    let left_out = left_out(killed, twin);
    let [left, right] = [killed, twin].map(|city| findings(city, &left_out));
    let (out, compared) = (left_out.len(), right.len());
    assert!(4 * out <= compared, "{out} of {} findings: {left_out:?}", out + compared);
    if let Some(other) = left.symmetric_difference(&right).next() {
        let (killed, twin) = (left.difference(&right), right.difference(&left));
        let others = (killed.collect::<Vec<_>>(), twin.collect::<Vec<_>>());
        let lives = storm.lives(other.split(' ').next().unwrap());
        panic!("as if nobody had killed it; in the one life, and in the other: {others:#?}: {lives:#?}");
    }
    let behind = left_behind(killed, twin, &left_out);
    let lives = behind.first().map(|line| storm.lives(line.split(' ').nth(1).unwrap()));
    assert_eq!(behind, [""; 0], "each reader knows the last state of each card: {lives:#?}");
    let taken = taken(server);
    let sent: BTreeSet<String> =
        killed.ledger("SELECT message_id FROM letters WHERE state = 'sent'").into_iter().collect();
    let known: BTreeSet<String> = killed.ledger("SELECT message_id FROM letters").into_iter().collect();
    let lost: Vec<_> = sent.iter().filter(|id| !taken.contains_key(*id)).collect();
    assert!(lost.is_empty(), "said to be sent and never taken: {lost:?}");
    assert!(taken.keys().all(|id| known.contains(id)), "a letter that the ledger does not hold");
    let repeats: usize = taken.values().map(|times| times - 1).sum();
    assert!(repeats as u64 <= *kills, "{repeats} letters came again after {kills} kills");
    assert_eq!(killed.ledger("SELECT count(*) FROM letters WHERE state = 'refused'"), ["0"]);
    // A reading of the end alone: what does not rest on when a row was typed is the same.
    let mut fresh = Bench::new();
    fs::copy(twin.path("approval.db"), fresh.path("approval.db")).unwrap();
    fresh.round(&storm.at.format("%Y-%m-%d %H:%M").to_string());
    let plain = |case: &str| !touched.contains(case);
    assert_eq!(cards(&storm.killed, plain), cards(&fresh, plain), "as a reading of the end alone finds it");
    println!(
        "{} kills, {} cases ({} plain), {} findings compared ({} told otherwise, {} left out), {} cards, {} deeds, {} letters, {repeats} repeated",
        storm.kills,
        storm.cases,
        storm.cases - storm.touched.len() as u64,
        left.len(),
        told_otherwise(&storm.killed, &storm.twin).len(),
        left_out.len(),
        cards(&storm.killed, |_| true).len(),
        storm.deeds,
        sent.len(),
    );
}

/// Issue 14: a small one, in every run of the tests.
#[test]
fn a_few_kills_change_nothing() {
    storm(number("JIANCHAD_STORM_SEED", 20111228), number("JIANCHAD_STORM_KILLS", 12).min(12), 1);
}

/// Issue 14, *Reach*: the whole of it.
#[test]
#[ignore = "a thousand kills take minutes"]
fn a_thousand_kills_change_nothing() {
    let seed = u64::from(std::process::id()) << 20 | 0xC1;
    storm(number("JIANCHAD_STORM_SEED", seed), number("JIANCHAD_STORM_KILLS", 1_000), 12);
}
