//! A daemon that ended by failure and runs again: the administrators learn it by mail, once a day for a cause, before anything that might
//! end it again.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::bench::Bench;
use crate::installed::wait_for;
use crate::smtp_server::{At, Does, Server};

const NOTE: &str = "ledger.db-run";

/// A running daemon, under a service manager that hears nothing it says.
struct Daemon {
    child: Child,
    _heard: UnixDatagram,
}

impl Daemon {
    fn start(city: &Bench, from: &str, watchdog: &str) -> Self {
        let path = city.path("notify.sock");
        drop(fs::remove_file(&path));
        let heard = UnixDatagram::bind(&path).unwrap();
        // What nobody reads must hold up nobody.
        heard.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["run", "--from", from, "--config"])
            .arg(city.path("jianchad.toml"))
            .env("WATCHDOG_USEC", watchdog)
            .env("NOTIFY_SOCKET", &path)
            .stderr(Stdio::from(fs::File::create(city.path("log.txt")).unwrap()))
            .spawn()
            .unwrap();
        let mut daemon = Self { child, _heard: heard };
        daemon.until(&format!("a note of the run of {from}"), || {
            fs::read_to_string(city.path(NOTE)).is_ok_and(|note| note.contains(&from.replace('T', " ")))
        });
        daemon
    }

    /// Waits for something, and empties what was said meanwhile.
    fn until(&mut self, what: &str, is_so: impl Fn() -> bool) {
        let mut buffer = [0; 4096];
        wait_for(what, || {
            while self._heard.recv(&mut buffer).is_ok() {}
            is_so().then_some(())
        });
    }

    fn signal(mut self, name: &str) {
        let kill = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(kill.unwrap().success());
        self.until("the end", || true);
        self.child.wait().unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Already gone where the test went well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn told(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT to_address, substr(written_at, 1, 10) FROM letters WHERE kind = 'system' ORDER BY letter",
    )
}

fn has_round(city: &Bench) -> bool {
    city.path("ledger.db").exists()
        && city.ledger("SELECT count(*) > 0 FROM rounds WHERE finished_at IS NOT NULL") == ["1"]
}

/// Killed, it is told at the next start, to the administrators and to nobody else; killed again on that day it is not; on the next day it is,
/// with how often. One that was stopped leaves nothing to tell.
#[test]
fn a_killed_daemon_is_told_once_a_day() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    let watchdog = "300000000";
    let mut daemon = Daemon::start(&city, "2011-12-27T09:40", watchdog);
    daemon.until("a round", || has_round(&city));
    daemon.signal("TERM");
    assert!(!city.path(NOTE).exists(), "it was stopped");
    let daemon = Daemon::start(&city, "2011-12-27T09:50", watchdog);
    assert_eq!(told(&city), [""; 0]);
    daemon.signal("KILL");
    for (at, expected) in
        [("2011-12-27T10:00", 1), ("2011-12-27T10:10", 1), ("2011-12-27T10:20", 1), ("2011-12-28T10:00", 2)]
    {
        let mut daemon = Daemon::start(&city, at, watchdog);
        daemon.until("a round", || has_round(&city));
        assert_eq!(told(&city).len(), expected, "{at}");
        daemon.signal("KILL");
    }
    assert_eq!(told(&city), ["admin@example.gov.cn|2011-12-27", "admin@example.gov.cn|2011-12-28"]);
    let texts = city.ledger("SELECT text FROM letter WHERE kind = 'system' ORDER BY id");
    assert!(
        texts[0].contains("started at 2011-12-27 09:50") && !texts[0].contains("more times"),
        "{texts:#?}"
    );
    assert!(
        texts[1].contains("started at 2011-12-27 10:20") && texts[1].contains("2 more times"),
        "{texts:#?}"
    );
    // It leaves as any letter does, and what only reads shows it.
    let mut daemon = Daemon::start(&city, "2011-12-29T10:00", watchdog);
    daemon.until("the letters sent", || {
        city.ledger("SELECT count(*) FROM letters WHERE kind = 'system' AND state = 'sent'") == ["3"]
    });
    daemon.signal("TERM");
    assert_eq!(
        city.restart().subjects("admin@example.gov.cn").iter().filter(|it| it.contains("runs again")).count(),
        3
    );
    let daemon = Daemon::start(&city, "2011-12-30T10:00", watchdog);
    daemon.signal("TERM");
    assert_eq!(told(&city).len(), 3, "it was stopped");
}

/// A round that stands still for half of what the watchdog allows is noted while it does, and told as what it was when the service
/// manager has ended it; one that goes on again is not.
#[test]
fn a_round_that_stood_still_is_told_as_that() {
    let server = Server::plain(vec![(At::Dot, 1, Does::Hangs)]);
    let mut city = Bench::with(&format!(
        "[mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\ntimeout = \"5m\"",
        server.port
    ));
    city.licence("A-1", "2011-09-26 10:00:00");
    city.service().mailer = None;
    assert!(city.round("2011-12-28 09:05").letters > 2);
    city.restart();
    let note = |city: &Bench| fs::read_to_string(city.path(NOTE)).unwrap_or_default();
    let mut daemon = Daemon::start(&city, "2011-12-28T10:00", "400000");
    daemon.until("a note that it stands still", || note(&city).contains("cause stood-still"));
    daemon.signal("ABRT");
    let mut daemon = Daemon::start(&city, "2011-12-28T10:10", "300000000");
    daemon.until("the letter", || told(&city) == ["admin@example.gov.cn|2011-12-28"]);
    let text = city.ledger("SELECT text FROM letter WHERE kind = 'system'").concat();
    assert!(text.contains("did not go on") && text.contains("WatchdogSec"), "{text}");
    assert!(note(&city).contains("cause killed"), "this one runs: {}", note(&city));
    daemon.signal("TERM");
}

/// A ledger that cannot be opened ends the daemon under a service manager; when it can be again, that is told with the reason.
#[test]
fn a_ledger_that_is_none_is_told_when_there_is_one() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.round("2011-12-28 09:05");
    city.restart();
    let ledger = city.path("ledger.db");
    fs::rename(&ledger, city.path("away.db")).unwrap();
    fs::write(&ledger, "this is no database, and was put in its place by mistake\n".repeat(40)).unwrap();
    let run = |manager: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(["run", "--from", "2011-12-28T09:30", "--config"]).arg(city.path("jianchad.toml"));
        if manager {
            command.env("NOTIFY_SOCKET", city.path("nobody.sock"));
        }
        command.output().unwrap().status.code()
    };
    let code = run(false);
    assert!(!city.path(NOTE).exists(), "at a keyboard it is said at once");
    if code == Some(74) {
        // Waited for under a service manager: nothing to tell.
        return;
    }
    assert_eq!(run(true), code);
    fs::rename(city.path("away.db"), &ledger).unwrap();
    let mut daemon = Daemon::start(&city, "2011-12-28T10:00", "300000000");
    daemon.until("the letter", || told(&city).len() == 1);
    let text = city.ledger("SELECT text FROM letter WHERE kind = 'system'").concat();
    assert!(text.contains("What it said:") && text.contains("ledger.db"), "{text}");
    daemon.signal("TERM");
}
