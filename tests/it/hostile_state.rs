//! What others do to what jianchad works with: its ledger, its disk, its pages, its permissions.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

use chrono::TimeDelta;
use jianchad::testing::service::{self, Service};

use crate::bench::{Bench, moment};

fn run(city: &Bench, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(arguments)
        .args(["--config".as_ref(), city.path("jianchad.toml").as_os_str()])
        .env("JIANCHAD_LANG", "en")
        .output()
        .unwrap()
}

fn text(said: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Issue 14.9: a page that never ends, or makes a text of gigabytes, is a mistake that `check-config` tells.
#[test]
fn a_page_that_never_ends_is_a_mistake() {
    for page in [
        "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
        "{% set x = \"a\" * 1000000000 %}{{ x }}",
        "{% set ns = namespace(x=\"aaaaaaaa\") %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{% include \"alert.txt\" %}",
        "{% extends \"alert.txt\" %}",
    ] {
        let mut city = Bench::new();
        city.configure("[mail]\n", "[mail]\ntemplates = \"pages\"\n");
        city.write("pages/alert.txt", page);
        let said = run(&city, &["check-config"]);
        assert_eq!(said.status.code(), Some(78), "{page}: {}", text(&said));
        assert!(text(&said).contains("alert.txt"), "{page}: {}", text(&said));
    }
}

/// Issue 14.8: the ledger is locked itself: neither another name for it nor a lock file that is gone lets a second writer in.
#[test]
fn a_ledger_has_one_writer_by_whatever_name() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    let letters = city.letters().len();
    symlink("ledger.db", city.path("other.db")).unwrap();
    fs::hard_link(city.path("ledger.db"), city.path("third.db")).unwrap();
    let written = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    for name in ["other.db", "third.db"] {
        let file = format!("{name}.toml");
        city.write(&file, &written.replace("\"ledger.db\"", &format!("\"{name}\"")));
        let config = service::load(&city.path(&file)).unwrap();
        let refused = Service::open(&config).err().unwrap_or_else(|| panic!("{name} was opened"));
        assert!(
            refused
                .for_operator(jianchad::testing::domain::text::Language::English)
                .contains("another jianchad is writing"),
            "{}",
            refused.for_operator(jianchad::testing::domain::text::Language::English)
        );
    }
    fs::remove_file(city.path("ledger.db-lock")).unwrap();
    let said = run(&city, &["once"]);
    assert_eq!(said.status.code(), Some(74), "{}", text(&said));
    assert!(text(&said).contains("another jianchad is writing"), "{}", text(&said));
    assert_eq!(city.letters().len(), letters);
}

/// A disk of a few megabytes, taken away when the test ends; `None` where this process may not mount.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        mount(&["-t", "tmpfs", "-o", "size=12m", "tmpfs"], folder.path()).then_some(Self(folder))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What cannot be unmounted now goes with the last file that is open on it.
        drop(Command::new("umount").arg("-l").arg(self.0.path()).status());
    }
}

fn mount(arguments: &[&str], on: &Path) -> bool {
    Command::new("mount").args(arguments).arg(on).output().is_ok_and(|done| done.status.success())
}

/// Issue 14.8: a full disk and a read-only one stand in `status` and in the exit codes of what looks at it.
#[test]
fn a_disk_that_takes_nothing_stands_in_status() {
    for (name, said_of) in [("full", "the disk under the ledger has"), ("read-only", "is read-only")] {
        let Some(disk) = Disk::new() else {
            println!("skipped: a small disk cannot be mounted here");
            return;
        };
        let ledger = disk.0.path().join("ledger.db");
        let mut city = Bench::new();
        city.configure("\"ledger.db\"", &format!("\"{}\"", ledger.display()));
        fs::create_dir(city.path("mail")).unwrap();
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-13"]);
        city.restart();
        let well = run(&city, &["status"]);
        assert_eq!(well.status.code(), Some(0), "{name}: {}", text(&well));
        if name == "full" {
            // It ends with an error when the disk is full, which is what it is for.
            drop(fs::write(disk.0.path().join("filler"), vec![0; 16 << 20]));
        } else {
            assert!(mount(&["-o", "remount,ro"], disk.0.path()));
        }
        let round = run(&city, &["once", "--at", "2011-10-14T09:05"]);
        assert_eq!(round.status.code(), Some(74), "{name}: {}", text(&round));
        let status = run(&city, &["status"]);
        assert_eq!(status.status.code(), Some(74), "{name}: {}", text(&status));
        assert!(text(&status).contains(said_of), "{name}: {}", text(&status));
        let json = run(&city, &["status", "--format", "json"]);
        assert!(String::from_utf8_lossy(&json.stdout).contains(said_of), "{name}: {}", text(&json));
        assert_eq!(json.status.code(), Some(74));
    }
}

/// Issue 14.8: a ledger that is gone stands in the exit code of `status`; a round cut short in what it says.
#[test]
fn a_ledger_that_is_gone_and_a_round_cut_short_stand_in_status() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-13"]);
    city.restart();
    assert_eq!(run(&city, &["status"]).status.code(), Some(0));
    let db = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    db.execute("UPDATE round SET finished_at = NULL", []).unwrap();
    drop(db);
    let cut = run(&city, &["status"]);
    assert_eq!(cut.status.code(), Some(74), "{}", text(&cut));
    assert!(text(&cut).contains("did not come to its end"), "{}", text(&cut));
    fs::remove_file(city.path("ledger.db")).unwrap();
    assert_eq!(run(&city, &["status"]).status.code(), Some(66));
}

/// Issue 14.8: what is made by hand is for its user and group alone, whatever the shell's own mask.
#[test]
fn what_is_made_by_hand_is_for_user_and_group_alone() {
    let city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    let made = Command::new("sh")
        .args([
            "-c",
            "umask 000 && exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_jianchad"),
            "once",
            "--at",
            "2011-10-14T09:05",
            "--config",
        ])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    assert_eq!(made.status.code(), Some(0), "{}", text(&made));
    assert_eq!(mode(&city.path("ledger.db")), 0o640);
    assert_eq!(mode(&city.path("mail")), 0o750);
    let letters: Vec<_> =
        fs::read_dir(city.path("mail")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!letters.is_empty());
    for letter in letters {
        assert_eq!(mode(&letter), 0o640, "{}", letter.display());
    }
}

/// Issue 14.8: what others may read or write is told by `check-config`; what they may not is not.
#[test]
fn open_permissions_are_told() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-13"]);
    city.restart();
    fs::create_dir_all(city.path("mail")).unwrap();
    for (name, open, closed, says) in [
        ("ledger.db", 0o644, 0o640, "can read the ledger"),
        ("ledger.db", 0o662, 0o660, "can write the ledger"),
        ("mail", 0o757, 0o750, "can read and write the folder of letters"),
    ] {
        for (mode, told) in [(open, true), (closed, false)] {
            fs::set_permissions(city.path(name), fs::Permissions::from_mode(mode)).unwrap();
            let said = text(&run(&city, &["check-config"]));
            assert_eq!(said.contains(says), told, "{name} {mode:o}: {said}");
        }
    }
}

/// Issue 14.11: beyond the announced years the law itself fixes holidays: nothing leaves on 2027-01-01, a Friday; the day after the
/// long weekend it does.
#[test]
fn no_digest_leaves_on_a_holiday_of_the_law_beyond_the_calendar() {
    let mut city = Bench::new();
    for (at, letters) in [
        ("2026-12-31 09:05", true),
        ("2027-01-01 09:05", false),
        ("2027-01-01 16:05", false),
        ("2027-01-04 09:05", true),
        ("2027-05-01 09:05", false),
        ("2027-10-01 09:05", false),
    ] {
        let before = city.letters().len();
        city.round(at);
        assert_eq!(city.letters().len() > before, letters, "{at}");
    }
}

/// A delivery at a time with fractions of a second, as every disk keeps it, after a stretch without rounds stops no round.
#[test]
fn a_file_written_in_a_fraction_of_a_second_stops_no_round() {
    let mut city = Bench::new();
    let drop = "[source.drop]\nkind = \"csv\"\npath = \"drop\"\n[[source.drop.read]]\nshape = \"wide\"\ncase = \"number\"\nitem_is = \"I20\"\n\
                traces = [{ kind = \"accepted\", at = \"accepted\" }]\n[source.approval]";
    city.configure("[source.approval]", drop);
    city.write("drop/a.csv", "number,accepted\nA,2011-09-26 10:00:00\n");
    let written =
        crate::bench::moment("2011-10-10 08:00").instant + chrono::TimeDelta::nanoseconds(194_271_410);
    let file = fs::File::options().write(true).open(city.path("drop/a.csv")).unwrap();
    file.set_modified(written.into()).unwrap();
    for at in ["2011-10-10 09:05", "2011-10-26 09:05", "2012-03-06 09:05", "2012-03-06 09:15"] {
        city.try_round(at).unwrap_or_else(|error| panic!("{at}: {error:?}"));
    }
}

/// Issue 14.8: whoever holds a ledger and ends no round in three turns and half an hour is told of; a round that began before he took it is
/// not his. 44, 45 and 46 minutes after the later of both.
#[test]
fn a_daemon_that_ends_no_round_stands_in_status() {
    let mut city = Bench::new();
    city.round("2011-10-10 09:05");
    let every = TimeDelta::minutes(5);
    for (held, told) in [
        ("09:00", [("09:49", 0), ("09:50", 0), ("09:51", 1)]),
        ("10:00", [("10:44", 0), ("10:45", 0), ("10:46", 1)]),
    ] {
        let lock = fs::File::options().write(true).open(city.path("ledger.db-lock")).unwrap();
        lock.set_modified(moment(&format!("2011-10-10 {held}")).instant.into()).unwrap();
        for (at, faults) in told {
            let now = moment(&format!("2011-10-10 {at}"));
            let found = city.service().ledger.cannot_be_written(every, &now).unwrap();
            assert_eq!(found.len(), faults, "{held} {at}");
        }
    }
}
