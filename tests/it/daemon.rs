//! The daemon as systemd meets it: readiness, status, watchdog, reload, stop.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use jianchad::testing::domain::now::Clock;
use rusqlite::Connection;

use crate::bench::{Bench, query};
use crate::installed::wait_for;
use crate::post::Running;
use crate::smtp_server::{At, Does, Server};

/// What the daemon's clock shows at its start: a working day on which everything is long overdue.
const START: &str = "2011-12-28T10:00";

/// Runs a command to its end.
fn program(city: &Bench, command: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    program.env("JIANCHAD_LANG", "en").args([command, "--config"]);
    program.arg(city.path("jianchad.toml")).output().unwrap()
}

/// The running daemon and the socket on which it reports.
struct Daemon {
    child: Child,
    socket: UnixDatagram,
    heard: Vec<String>,
}

impl Daemon {
    fn start(city: &Bench) -> Self {
        let path = city.path("notify.sock");
        let socket = UnixDatagram::bind(&path).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["run", "--from", START, "--config"])
            .arg(city.path("jianchad.toml"))
            .env("NOTIFY_SOCKET", &path)
            .env("JIANCHAD_LANG", "en")
            .env("WATCHDOG_USEC", "400000")
            .stderr(Stdio::from(fs::File::create(city.path("log.txt")).unwrap()))
            .spawn()
            .unwrap();
        Self { child, socket, heard: Vec::new() }
    }

    /// Waits until a report holds these words, and gives it.
    fn hears(&mut self, words: &str) -> String {
        let mut buffer = [0_u8; 4096];
        // The watchdog's reports come for ever: so many without these words are in vain.
        for _ in 0..200 {
            let length = self.socket.recv(&mut buffer).unwrap_or_else(|error| {
                panic!("waited in vain for `{words}` ({error}); heard {:#?}", self.heard)
            });
            let report = String::from_utf8_lossy(&buffer[..length]).into_owned();
            self.heard.push(report.clone());
            if report.contains(words) {
                return report;
            }
        }
        panic!("waited in vain for `{words}`; heard {:#?}", self.heard)
    }

    fn signal(&self, name: &str) {
        let kill = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(kill.unwrap().success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Already gone where the test went well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn systemd_hears_that_it_is_ready_what_it_did_and_that_it_lives() {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let mut daemon = Daemon::start(&city);
    daemon.hears("READY=1");
    let status = daemon.hears("cases judged");
    assert!(
        status.contains("STATUS=2 rows, 1 cases judged, 2 findings raised") && status.contains("next round"),
        "{status}"
    );
    daemon.hears("WATCHDOG=1");
    // An administrator reads while it runs.
    assert_eq!(city.ledger("SELECT card FROM open_findings"), ["red", "yellow"]);
    let query = ["-readonly", "ledger.db", "SELECT card, case_number FROM open_findings"];
    match Command::new("sqlite3").args(query).current_dir(city.path("")).output() {
        Ok(done) => assert_eq!(String::from_utf8_lossy(&done.stdout), "red|A-1\nyellow|A-1\n", "{done:?}"),
        Err(_) => println!("skipped: the sqlite3 program is not installed"),
    }
    daemon.signal("TERM");
    daemon.hears("STOPPING=1");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
}

/// A reload whose file would take six red cards away waits: the status and the log say so, the cards stand, and a person adopts
/// it beside the running daemon.
#[test]
fn a_reload_that_moves_many_cards_waits_for_a_person() {
    let city = Bench::new();
    for number in 0..6 {
        city.licence(&format!("A-{number}"), "2011-09-26 10:00:00");
    }
    let mut daemon = Daemon::start(&city);
    daemon.hears("6 cases judged");
    let red = "SELECT count(*) FROM open_findings WHERE card = 'red'";
    assert_eq!(city.ledger(red), ["6"]);
    let file = city.path("jianchad.toml");
    let lenient =
        "[[cards.line]]\ncard = \"yellow\"\nclock = \"statutory\"\nwhen = \"passed\"\n[source.approval]";
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("[source.approval]", lenient)).unwrap();
    daemon.signal("HUP");
    let status = daemon.hears("a change of what judges waits for `jianchad adopt`");
    assert!(status.contains("0 cases judged"), "{status}");
    assert_eq!(city.ledger(red), ["6"]);
    let log = fs::read_to_string(city.path("log.txt")).unwrap();
    assert!(log.contains("until then the old one judges: of 12 open cards"), "{log}");
    let mut adopt = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let done =
        adopt.args(["adopt", "--by", "钱八", "--why", "会议纪要", "--config"]).arg(&file).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    daemon.signal("HUP");
    daemon.hears("6 cases judged, 6 findings raised");
    assert_eq!(city.ledger(red), ["0"]);
    assert_eq!(city.ledger("SELECT event, by FROM adoption ORDER BY id DESC LIMIT 1"), ["adopted|钱八"]);
}

#[test]
fn a_reload_takes_a_good_file_and_refuses_a_bad_one() {
    let city = Bench::new();
    let mut daemon = Daemon::start(&city);
    daemon.hears("next round");
    let file = city.path("jianchad.toml");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("kind = \"sqlite\"", "kind = \"oracle\"").replace("office", "ofice"))
        .unwrap();
    daemon.signal("HUP");
    assert!(daemon.hears("RELOADING=1").contains("MONOTONIC_USEC="));
    daemon.hears("READY=1");
    let status = daemon.hears("reload refused");
    assert!(status.contains("0 cases judged") && status.contains("next round"), "{status}");
    assert!(status.contains("check-config"), "{status}");
    let log = fs::read_to_string(city.path("log.txt")).unwrap();
    assert!(log.contains("no kind of source `oracle`") && log.contains("did you mean `office`?"), "{log}");
    // The old one is in force: its round went well, and what only reads goes by it.
    let listed = program(&city, "findings");
    assert!(listed.status.success(), "{listed:?}");
    assert!(String::from_utf8_lossy(&listed.stderr).contains("taken over on 2011-12-28 10:"), "{listed:?}");
    // Now a good one, with another case in the source.
    fs::write(&file, good).unwrap();
    city.licence("A-1", "2011-09-26 10:00:00");
    daemon.signal("HUP");
    daemon.hears("RELOADING=1");
    daemon.hears("READY=1");
    assert!(!daemon.hears("1 cases judged").contains("refused"));
    daemon.signal("TERM");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
}

/// A stop in the middle of a long first read: within ten seconds, and the next start takes up what was left.
#[test]
fn a_stop_in_the_middle_of_a_round_is_taken_up_by_the_next() {
    let city = Bench::new();
    city.approval(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 60000)
         INSERT INTO cases (number, item, applied, accepted, result, finished, changed)
         SELECT 'L-' || n, 'I60', '2011-09-26 09:00:00', '2011-09-26 10:00:00', 'granted', '2011-09-27 10:00:00',
             '2011-09-27 10:00:00' FROM n",
    );
    let mut daemon = Daemon::start(&city);
    daemon.hears("a round is running");
    daemon.signal("TERM");
    daemon.hears("STOPPING=1");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
    fs::remove_file(city.path("notify.sock")).unwrap();
    let before: u64 = city.ledger("SELECT count(*) FROM cases WHERE state IS NOT NULL")[0].parse().unwrap();
    assert!(before < 60_000, "the round was over before it was stopped");
    let mut daemon = Daemon::start(&city);
    daemon.hears("next round");
    daemon.signal("TERM");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
    assert_eq!(city.ledger("SELECT state, count(*) FROM cases GROUP BY state"), ["closed|60000"]);
    assert_eq!(city.ledger("PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn a_wrong_configuration_ends_with_78_and_a_bad_ledger_with_74() {
    let city = Bench::new();
    let run = || program(&city, "run");
    let file = city.path("jianchad.toml");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("\"ledger.db\"", "\"no/such/folder/ledger.db\"")).unwrap();
    let done = run();
    assert_eq!(done.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&done.stderr).contains("check that the folder exists"), "{done:?}");
    fs::write(&file, good.replace("sqlite", "oracle").replace("from =", "form =")).unwrap();
    let done = run();
    assert_eq!(done.status.code(), Some(78));
    let mistakes = String::from_utf8_lossy(&done.stderr).into_owned();
    for words in ["no kind of source `oracle`", "did you mean `from`?", "did you mean `kind_from`?", "try:"] {
        assert!(mistakes.contains(words), "`{words}` is missing in {mistakes}");
    }
}

/// A ledger whose disk is away when the service starts is waited for: the service is up, says what it waits for, is fed to the watchdog, and
/// supervises as soon as the disk is there. At a keyboard the same is said at once (above).
#[test]
fn a_ledger_that_is_away_at_the_start_is_waited_for() {
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let file = city.path("jianchad.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"ledger.db\"", "\"share/ledger.db\"")).unwrap();
    let mut daemon = Daemon::start(&city);
    daemon.hears("READY=1");
    let status = daemon.hears("STATUS=waits for its ledger, nothing is supervised");
    assert!(status.contains("share/ledger.db") && status.contains("try:"), "{status}");
    daemon.hears("WATCHDOG=1");
    fs::create_dir(city.path("share")).unwrap();
    daemon.hears("1 cases judged");
    daemon.signal("TERM");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
    // A stop is heard while it waits, too.
    fs::rename(city.path("share"), city.path("away")).unwrap();
    fs::remove_file(city.path("notify.sock")).unwrap();
    let mut daemon = Daemon::start(&city);
    daemon.hears("STATUS=waits for its ledger");
    daemon.signal("TERM");
    daemon.hears("STOPPING=1");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
    assert_eq!(query(&city.path("away/ledger.db"), "SELECT count(*) FROM findings"), ["2"]);
}

/// DESIGN 12: one writer. A second one says so and leaves at once, whatever the first is doing.
#[test]
fn a_second_writer_is_turned_away() {
    let city = Bench::new();
    let mut daemon = Daemon::start(&city);
    daemon.hears("READY=1");
    for command in ["once", "run"] {
        let done = program(&city, command);
        assert_eq!(done.status.code(), Some(74), "{command}");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.contains("another jianchad is writing") && said.contains("try:"), "{said}");
    }
    // Readers are welcome; and a reload does not turn the daemon away from its own ledger.
    assert!(program(&city, "status").status.success());
    daemon.hears("next round");
    daemon.signal("HUP");
    daemon.hears("READY=1");
    assert!(!daemon.hears("next round").contains("refused"));
    // However a writer ends, its lock ends with it.
    daemon.signal("KILL");
    daemon.child.wait().unwrap();
    assert!(program(&city, "once").status.success());
}

/// Letters of a day in office hours, not sent yet.
fn outbox(mail: &str) -> Bench {
    let mut city = Bench::with(mail);
    city.licence("A-1", "2011-09-26 10:00:00");
    city.service().mailer = None;
    assert!(city.round("2011-12-28 09:05").letters > 2);
    city.restart();
    city
}

/// A stop ends within ten seconds, also while a mail server keeps us waiting for a minute.
#[test]
fn a_stop_does_not_wait_for_a_mail_server_that_hangs() {
    let server = Server::plain(vec![(At::Dot, 2, Does::Hangs)]);
    let smtp = format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"", server.port);
    let city = outbox(&smtp);
    let mut daemon = Daemon::start(&city);
    wait_for("the second letter", || (server.heard(|heard| heard.letters.len()) == 2).then_some(()));
    daemon.signal("TERM");
    daemon.hears("STOPPING=1");
    let since = Running::new();
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
    assert!(since.running() < Duration::from_secs(10), "{:?}", since.running());
    // The first is sent, the second may have arrived and is kept, the others wait.
    let states = city.ledger("SELECT state, count(*) > 1 FROM letters GROUP BY state ORDER BY state");
    assert_eq!(states, ["queued|1", "sent|0"]);
    assert_eq!(city.ledger("PRAGMA integrity_check"), ["ok"]);
}

/// A letter whose time comes between two rounds is sent then; the status goes on to tell of the last round.
#[test]
fn a_letter_that_waited_is_sent_between_two_rounds() {
    let city = outbox("folder = \"mail\"");
    let later = "UPDATE letter SET next_try_at = '2011-12-28T10:00:08+08:00'";
    Connection::open(city.path("ledger.db")).unwrap().execute_batch(later).unwrap();
    let waiting = city.ledger("SELECT count(*) FROM letters WHERE state = 'queued'").remove(0);
    let mut daemon = Daemon::start(&city);
    let status = daemon.hears("next round");
    assert!(status.contains(&format!("{waiting} letters wait to be sent")), "{status}");
    daemon.hears("letters are being sent");
    let status = daemon.hears("next round");
    assert!(status.contains("0 cases judged") && !status.contains("wait to be sent"), "{status}");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
}

/// Killed at any moment, again and again: in the end everything is there once.
#[test]
fn killed_again_and_again_it_loses_nothing() {
    let city = Bench::new();
    for number in 0..400 {
        let day = if number % 2 == 0 { "2011-09-26" } else { "2011-11-28" };
        city.approval(&format!(
            "INSERT INTO cases (number, item, applied, accepted, changed)
             VALUES ('K-{number}', 'I60', '{day} 09:00:00', '{day} 10:00:00', '{day} 10:00:00')"
        ));
    }
    let once = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(["once", "--at", "2011-12-28T10:00", "--config"]).arg(city.path("jianchad.toml"));
        command.stdout(Stdio::null()).spawn().unwrap()
    };
    // Each time a little later in its work, by its own progress through the processor.
    for turn in 0..30_u32 {
        let mut child = once();
        for _ in 0..turn * 40 {
            std::thread::yield_now();
        }
        std::thread::park_timeout(Duration::from_millis(u64::from(turn * 7 % 90)));
        // It may have finished by itself.
        drop(child.kill());
        child.wait().unwrap();
    }
    assert!(once().wait().unwrap().success());
    assert_eq!(city.ledger("PRAGMA integrity_check"), ["ok"]);
    assert_eq!(city.ledger("SELECT count(*) FROM cases WHERE state = 'open'"), ["400"]);
    // Fifteen working days have passed for all of them, sixty days for those of September.
    assert_eq!(city.ledger("SELECT card, count(*) FROM findings GROUP BY card"), ["red|200", "yellow|400"]);
    let events = city.ledger("SELECT count(*), count(DISTINCT finding || event) FROM finding_history");
    assert_eq!(events, ["600|600"]);
    let letters =
        city.ledger("SELECT count(*) FROM letters WHERE state = 'sent'")[0].parse::<usize>().unwrap();
    assert_eq!(city.letters().len(), letters, "each letter is one file, however often it was sent");
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE state <> 'sent'"), ["0"]);
    let untold = "SELECT count(*) FROM finding_event WHERE id NOT IN (SELECT event_id FROM letter_event)";
    assert_eq!(city.ledger(untold), ["0"]);
}

/// The servers that are read are looked at as the daemon starts, beside the rounds: the journal says what each is and whether its login
/// could write, and one that never answers keeps nobody waiting.
#[test]
fn the_journal_says_what_is_read_and_how() {
    let mute = crate::postgres::peer(|_| {});
    let lines = |port: u16| {
        format!("kind = \"postgres\"\nhost = \"localhost\"\nport = {port}\ndatabase = \"d\"\nuser = \"u\"\n")
    };
    let city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let config = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let reads = crate::halls::CASES.replace("source.approval", "source.NAME");
    let mut more = format!("[source.mute]\n{}tls = \"off\"\n{}", lines(mute), reads.replace("NAME", "mute"));
    let database = crate::postgres_server::Database::new();
    if let Some(database) = &database {
        database.run(&crate::halls::TABLES.replace("TIME", "timestamp"));
        database.run(&format!("grant update on cases to {}", database.reader()));
        more +=
            &format!("[source.hall]\n{}{}", database.lines(&city.path("")), reads.replace("NAME", "hall"));
    }
    city.write("jianchad.toml", &format!("{config}{more}"));
    let mut daemon = Daemon::start(&city);
    daemon.hears("READY=1");
    if database.is_some() {
        let says = |words: &str| {
            wait_for(words, || {
                Some(()).filter(|()| fs::read_to_string(city.path("log.txt")).unwrap().contains(words))
            });
        };
        says("PostgreSQL ");
        says("this login could change");
    }
    daemon.signal("TERM");
    daemon.hears("STOPPING=1");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
}
