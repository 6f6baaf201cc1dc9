//! A source that hangs, swells or is slow keeps no other one waiting, and none of its cases is judged by half.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jianchad::testing::round::{self, Watch};

use crate::bench::Bench;

/// A round that waits for slow sources for so long, all together.
struct Waits(Duration);

impl Watch for Waits {
    fn goes_on(&self, _rows: u64, _cases: u64) {}

    fn stop(&self) -> bool {
        false
    }

    fn patience(&self) -> Duration {
        self.0
    }
}

/// Longer than any source of these tests takes that is in order, and no longer than one that hangs is worth.
const HASTY: Waits = Waits(Duration::from_millis(1_500));

/// A second source, read before the other; `cases` makes its table or view.
fn beside(limits: &str, cases: &str) -> Bench {
    let city = Bench::new();
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let other = format!(
        "[source.agency]\nkind = \"sqlite\"\npath = \"agency.db\"\nsweep_at = \"never\"\n{limits}\n[[source.agency.read]]\n\
         table = \"cases\"\nshape = \"wide\"\ncase = \"number\"\nitem = \"item\"\n\
         traces = [{{ kind = \"accepted\", at = \"accepted\" }}]\n[source.approval]"
    );
    city.write("jianchad.toml", &text.replace("[source.approval]", &other));
    agency(&city, cases);
    city.licence("A-1", "2011-09-26 10:00:00");
    city
}

fn agency(city: &Bench, sql: &str) {
    rusqlite::Connection::open(city.path("agency.db")).unwrap().execute_batch(sql).unwrap();
}

/// Reads on until a round is wanted.
fn read_on(city: &mut Bench) {
    assert!(
        round::read_on(city.service(), &HASTY, Duration::from_secs(60)).unwrap(),
        "nothing came to its end"
    );
}

fn agency_is(city: &Bench) -> String {
    city.ledger("SELECT state || ': ' || coalesce(message, '') FROM source_health WHERE source = 'agency'")
        .remove(0)
}

const A_1: &str = "A-1 time-limit promise yellow open";

/// Issue 14.4: it computes for ever before its first row. The other source is judged and told in the same round; this one is dark
/// with its reason once its time is up, and is not tried again at once.
#[test]
fn a_view_that_never_gives_a_row_keeps_nobody_waiting() {
    let never = "CREATE VIEW cases AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                     SELECT 'X-' || max(i) AS number, 'I20' AS item, '2011-09-26' AS accepted FROM n";
    let mut city = beside("silent_at_most = \"3s\"", never);
    city.watched_round("2011-10-19 09:05", &HASTY).unwrap();
    assert_eq!(city.findings(), [A_1]);
    assert!(!city.subjects("handler.u1@example.gov.cn").is_empty());
    assert_eq!(agency_is(&city), "unread: ", "its time is not up yet");
    read_on(&mut city);
    city.watched_round("2011-10-19 09:06", &HASTY).unwrap();
    assert_eq!(city.findings(), [A_1, "agency source-dark notice open"]);
    assert!(agency_is(&city).contains("gave no row for 3 s"), "{}", agency_is(&city));
    assert_eq!(
        city.ledger(
            "SELECT count(*) FROM cursor WHERE source_id = (SELECT id FROM source WHERE name = 'agency')"
        ),
        ["0"]
    );
    city.watched_round("2011-10-19 09:07", &HASTY).unwrap();
    assert!(city.service().sources.iter().all(|lane| lane.going.is_none()), "it rests");
}

/// Issue 14.4: it gives rows without end. It is ended at so many beyond what was known of it, and none of its cases is judged.
#[test]
fn a_source_that_swells_is_ended_and_judged_by_nobody() {
    let mut city = beside(
        "more_rows_at_most = 12000",
        "CREATE TABLE rows (number, item, accepted);
         INSERT INTO rows VALUES ('X-1', 'I20', '2011-10-10');
         CREATE VIEW cases AS SELECT * FROM rows",
    );
    city.round("2011-10-11 09:05");
    let endless = "DROP VIEW cases;
         CREATE VIEW cases AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT 'X-' || i AS number, 'I20' AS item, '2011-09-26' AS accepted FROM n LIMIT ";
    agency(&city, &format!("{endless} 12001"));
    city.round("2011-10-12 09:05");
    assert_eq!(agency_is(&city), "ok: ", "as many more as it may");
    agency(&city, &format!("{endless} 1000000"));
    city.round("2011-10-19 09:05");
    assert!(
        agency_is(&city).starts_with("dark: ") && agency_is(&city).contains("more than 12000 rows beyond")
    );
    let before = city.findings().len();
    city.round("2011-10-20 09:05");
    assert_eq!(city.findings().len(), before, "no card of it by the passing of time");
    assert!(city.findings().contains(&A_1.to_owned()), "{:?}", city.findings());
}

/// A reading that goes on over rounds gives what it gives in one: rows that come, change, vanish and are there again, in a source
/// that is swept, and their cards and letters.
#[test]
fn what_is_read_over_rounds_is_judged_as_if_it_had_been_read_in_one() {
    let days = ["2011-10-10", "2011-10-17", "2011-10-18", "2011-10-19", "2011-10-20"];
    let story = |watch: &Waits| {
        let mut city = beside(
            "",
            "CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('X-1', 'I20', '2011-09-26'), ('X-2', 'I20', '2011-09-27')",
        );
        city.configure("sweep_at = \"never\"\n\n[[source.agency", "[[source.agency");
        for (day, at) in days.iter().enumerate() {
            match day {
                1 => agency(&city, "DELETE FROM cases WHERE number = 'X-2'"),
                2 => agency(&city, "INSERT INTO cases VALUES ('X-3', 'I60', '2011-09-20')"),
                3 => agency(&city, "INSERT INTO cases VALUES ('X-2', 'I20', '2011-09-27')"),
                _ => {}
            }
            for minute in 5..30 {
                city.watched_round(&format!("{at} 09:{minute:02}"), watch).unwrap();
                if city.service().sources.iter().all(|lane| lane.going.is_none()) {
                    break;
                }
                read_on(&mut city);
            }
            assert!(city.service().sources.iter().all(|lane| lane.going.is_none()), "it came to its end");
        }
        let traces = "SELECT number, read, row, part, revision, kind, occurred_at FROM trace JOIN \"case\" AS c ON c.id = case_id
                      ORDER BY 1, 2, 3, 4, 5";
        let gone = "SELECT read, row, back_round IS NULL FROM vanished_row ORDER BY 1, 2";
        (city.findings(), city.ledger(traces), city.ledger(gone), city.ledger("SELECT count(*) FROM round"))
    };
    let (findings, traces, gone, rounds) = story(&Waits(Duration::MAX));
    let (late, late_traces, late_gone, late_rounds) = story(&Waits(Duration::ZERO));
    assert_eq!(rounds, ["5"]);
    assert_ne!(late_rounds, rounds, "no reading is over at once");
    assert!(findings.len() > 3 && !gone.is_empty(), "{findings:?} {gone:?}");
    assert_eq!((late, late_traces, late_gone), (findings, traces, gone));
}

/// While a source is being read its cases are not judged by half: not even a limit passes.
#[test]
fn nothing_is_judged_of_a_source_that_is_being_read() {
    let mut city = beside(
        "",
        "CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('X-1', 'I20', '2011-09-26')",
    );
    city.round("2011-10-11 09:05");
    agency(&city, "INSERT INTO cases VALUES ('X-2', 'I20', '2011-10-09')");
    let slow = Waits(Duration::ZERO);
    city.watched_round("2011-10-19 09:05", &slow).unwrap();
    assert!(
        !city.findings().iter().any(|line| line.starts_with("X-1 time-limit promise yellow")),
        "{:?}",
        city.findings()
    );
    for minute in 6..30 {
        read_on(&mut city);
        city.watched_round(&format!("2011-10-19 09:{minute:02}"), &slow).unwrap();
        if city.service().sources.iter().all(|lane| lane.going.is_none()) {
            break;
        }
    }
    assert!(
        city.findings().contains(&"X-1 time-limit promise yellow open".to_owned()),
        "{:?}",
        city.findings()
    );
}

/// Issue 14.4: the program was killed while a source was being read. The next first round leaves it out, judges and tells the
/// others, and the round after that reads it.
#[test]
fn the_source_in_which_the_program_died_comes_last() {
    let mut city = beside(
        "",
        "CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('X-1', 'I20', '2011-09-26')",
    );
    city.round("2011-10-11 09:05");
    assert_eq!(
        city.ledger("SELECT DISTINCT value FROM meta WHERE key LIKE 'being_read_%'"),
        [""],
        "all were read"
    );
    let ledger = rusqlite::Connection::open(city.path("ledger.db")).unwrap();
    let died = "UPDATE meta SET value = 'yes' WHERE key = 'being_read_' || (SELECT id FROM source WHERE name = 'agency')";
    assert_eq!(ledger.execute(died, []).unwrap(), 1);
    drop(ledger);
    city.restart();
    city.round("2011-10-19 09:05");
    assert_eq!(city.findings(), [A_1, "X-1 time-limit promise notice open"]);
    assert!(city.service().sources.iter().any(|lane| lane.wants_round()), "a round follows at once");
    city.round("2011-10-19 09:06");
    assert_eq!(city.findings(), [A_1, "X-1 time-limit promise yellow open"]);
    assert!(!city.service().sources.iter().any(|lane| lane.wants_round()));
}

/// Reads the agency over rounds that do not wait for it, to its end. Gives the minute of the last.
fn over_rounds(city: &mut Bench, day: &str) -> u32 {
    (5..30)
        .find(|minute| {
            city.watched_round(&format!("{day} 09:{minute:02}"), &Waits(Duration::ZERO)).unwrap();
            let over = city.service().sources.iter().all(|lane| lane.going.is_none());
            if !over {
                read_on(city);
            }
            over
        })
        .expect("it comes to its end")
}

/// What a reading over rounds brings was there when it began, and nobody watched from then on; a source that is no longer slow is
/// waited for again.
#[test]
fn a_reading_over_rounds_is_of_the_round_in_which_it_began() {
    let mut city = beside(
        "",
        "CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('X-1', 'I20', '2011-10-10')",
    );
    assert!(over_rounds(&mut city, "2011-10-11") > 5, "it was read over rounds");
    let of_agency = "(SELECT id FROM source WHERE name = 'agency')";
    let read_at = "SELECT substr(last_read_at, 1, 16) FROM source_health WHERE source = 'agency'";
    assert_eq!(city.ledger(read_at), ["2011-10-11T09:05"]);
    let spans = format!(
        "SELECT from_round || ' to ' || coalesce(to_round, '') FROM source_span WHERE source_id = {of_agency}"
    );
    assert_eq!(city.ledger(&spans), ["1 to 1"]);
    agency(&city, "INSERT INTO cases VALUES ('X-2', 'I20', '2011-09-26')");
    city.watched_round("2011-10-19 09:05", &HASTY).unwrap();
    let card = "X-2 time-limit promise yellow open".to_owned();
    assert!(city.findings().contains(&card), "{:?}", city.findings());
}

/// A round that is told to stop.
struct Stops(AtomicBool);

impl Watch for Stops {
    fn goes_on(&self, _rows: u64, _cases: u64) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A reading that is stopped in order is no death: the next round reads the source as always.
#[test]
fn a_source_whose_reading_was_stopped_is_read_next_time() {
    let mut city = beside("", "CREATE TABLE cases (number, item, accepted)");
    agency(
        &city,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                   INSERT INTO cases SELECT 'X-' || i, 'I20', '2011-10-10' FROM n",
    );
    city.watched_round("2011-10-11 09:05", &Stops(AtomicBool::new(false))).unwrap();
    let known = "SELECT count(*) FROM \"case\" WHERE number LIKE 'X-%'";
    assert_ne!(city.ledger(known), ["20000"], "it was stopped on its way");
    city.restart();
    city.round("2011-10-11 09:06");
    assert_eq!(city.ledger(known), ["20000"]);
}

/// Issue 14.4: a pipe in the place of a database is refused by its kind; SQLite would wait for ever for somebody to write to it.
#[test]
fn a_pipe_is_no_database() {
    let mut city = beside("", "CREATE TABLE cases (number, item, accepted)");
    std::fs::remove_file(city.path("agency.db")).unwrap();
    assert!(Command::new("mkfifo").arg(city.path("agency.db")).status().unwrap().success());
    city.round("2011-10-19 09:05");
    assert!(agency_is(&city).contains("pipe"), "{}", agency_is(&city));
    assert!(city.findings().contains(&A_1.to_owned()));
}

/// Issue 14.4: a key of a megabyte does not enter the ledger, nor does a cell that no record has; at the bound both do. The key is
/// the note, a slash and a digit.
#[test]
fn keys_and_cells_have_a_length() {
    let mut city = beside(
        "cell_at_most = 300",
        "CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('X-1', 'I20', '2011-09-26')",
    );
    let key = |length: usize| "k".repeat(length);
    for (number, length) in [("A-1", 998), ("A-2", 999), ("A-3", 1_000), ("A-4", 1_000_000)] {
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, changed) VALUES ('{number}', 'step', '审查', '2011-10-08 10:00:00', '0731', '2011-10-08 10:00:00')"
        ));
        city.approval(&format!(
            "UPDATE events SET note = '{}' WHERE number = '{number}' AND at = '2011-10-08 10:00:00'",
            key(length)
        ));
    }
    city.configure("key = [\"id\"]", "key = [\"note\", \"id\"]");
    for (number, length) in [("C-1", 299), ("C-2", 300), ("C-3", 301)] {
        agency(&city, &format!("INSERT INTO cases VALUES ('{number}', '{}', '2011-10-08')", key(length)));
    }
    city.round("2011-10-11 09:05");
    let aside = city.ledger(
        "SELECT case_number || ' ' || column_name FROM quarantine_row WHERE cleared_round IS NULL ORDER BY 1",
    );
    assert_eq!(aside, ["A-2 note", "A-3 note", "A-4 note", "C-3 item"]);
    assert_eq!(city.ledger("SELECT max(length(row)) <= 1000 FROM trace"), ["1"]);
}

fn traces_of_agency(city: &Bench) -> u64 {
    let sql = "SELECT count(*) FROM trace AS t JOIN \"case\" AS c ON c.id = t.case_id
               WHERE c.source_id = (SELECT id FROM source WHERE name = 'agency')";
    city.ledger(sql)[0].parse().unwrap()
}

/// What a reading brought that was cut is not known of the source: the bound does not move by it, however often it is read, the ledger
/// does not grow, and `status` counts no case of it. Once it is in order it is read as ever.
#[test]
fn a_source_that_swells_does_not_move_its_bound() {
    let mut city = beside(
        "more_rows_at_most = 12000",
        "CREATE VIEW cases AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT 'X-' || i || '-' || random() AS number, 'I20' AS item, '2011-09-26' AS accepted FROM n LIMIT 100000",
    );
    city.round("2011-10-11 09:05");
    // Each time by a program that does not remember that it rests.
    let brought = traces_of_agency(&city);
    assert!(brought <= 12_000, "{brought}");
    for day in ["2011-10-12", "2011-10-13", "2011-10-14"] {
        city.restart().round(&format!("{day} 09:05"));
        let is = agency_is(&city);
        assert!(is.starts_with("dark: ") && is.contains("beyond the 0 that are known"), "{day}: {is}");
        assert_eq!(traces_of_agency(&city), brought, "{day}");
    }
    let overview = |city: &mut Bench| {
        let service = city.service();
        let now = crate::bench::moment("2011-10-14 10:00");
        service
            .ledger
            .overview(&service.policy, jianchad::testing::domain::text::Language::English, &now)
            .unwrap()
    };
    assert_eq!(overview(&mut city).cases.all, 1, "the other source's");
    agency(
        &city,
        "DROP VIEW cases; CREATE TABLE cases (number, item, accepted); INSERT INTO cases VALUES ('Y-1', 'I20', '2011-10-10')",
    );
    city.restart().round("2011-10-17 09:05");
    city.round("2011-10-17 09:15");
    assert_eq!(agency_is(&city), "ok: ");
    assert_eq!(traces_of_agency(&city), brought + 1);
}

/// A source that was never read is not in order, however long it hangs; and one in which the program was ended before its first row
/// comes last in the next first round.
#[test]
fn a_source_that_hangs_before_its_first_row_is_not_in_order_and_comes_last() {
    let mut city = beside(
        "",
        "CREATE VIEW cases AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
             SELECT 'X-1' AS number, 'I20' AS item, '2011-09-26' AS accepted FROM n WHERE i < 0",
    );
    let state = |city: &mut Bench| {
        let service = city.service();
        let now = crate::bench::moment("2011-10-19 10:00");
        let language = jianchad::testing::domain::text::Language::English;
        let found = service.ledger.overview(&service.policy, language, &now).unwrap().sources;
        found.into_iter().find(|source| source.name == "agency").unwrap().state
    };
    city.watched_round("2011-10-19 09:05", &Waits(Duration::from_millis(200))).unwrap();
    assert!(city.service().sources.iter().any(|lane| lane.is_going()));
    assert_eq!(state(&mut city), "unread");
    // As after a kill: nothing was put in order.
    city.restart();
    city.watched_round("2011-10-19 09:15", &Waits(Duration::MAX)).unwrap();
    assert!(city.service().sources.iter().any(|lane| lane.left_out), "left out, and nobody waited for it");
    assert_eq!(city.findings(), [A_1]);
    // Stopped in order while it is read on: that is no death.
    city.watched_round("2011-10-19 09:16", &Waits(Duration::ZERO)).unwrap();
    round::read_on(city.service(), &Stops(AtomicBool::new(true)), Duration::from_secs(1)).unwrap();
    let noted = "SELECT DISTINCT value FROM meta WHERE key LIKE 'being_read_%'";
    assert_eq!(city.ledger(noted), [""]);
}
