//! One set of stories for every kind of database: what is read of it, round after round, is what stands in it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jianchad::testing::domain::now::Now;
use jianchad::testing::domain::record::mapping::SourceSpec;
use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::source::{self, Cursors, Reading, Source, SourceError};

use crate::bench::{Bench, CONFIG, moment};
use crate::mysql_server::MyDatabase;
use crate::postgres_server::Database;

pub const NOW: &str = "2011-12-01 09:00";

/// A database that a vendor's system might have, in a small city.
pub struct Hall {
    pub city: Bench,
    pub database: Option<Database>,
    pub mysql: Option<MyDatabase>,
    /// An SQLite file that a program reads.
    program: bool,
    /// What a column of times is declared as.
    time: &'static str,
}

/// The interpreter of the readers that come with it, where it is installed.
pub fn python() -> Option<&'static str> {
    const PYTHON: &str = "/usr/bin/python3";
    let there = std::path::Path::new(PYTHON).exists();
    assert!(there || std::env::var_os("JIANCHAD_REQUIRE_SERVERS").is_none(), "{PYTHON} is not installed");
    if !there {
        eprintln!("left out: {PYTHON} is not installed");
    }
    there.then_some(PYTHON)
}

impl Hall {
    /// One with this database, or an SQLite file.
    pub fn of(database: Option<Database>, time: &'static str) -> Self {
        Self { city: Bench::new(), database, mysql: None, program: false, time }
    }

    /// A PostgreSQL of these times.
    pub fn postgres(time: &'static str) -> Option<Self> {
        Some(Self::of(Some(Database::new()?), time))
    }

    /// A MariaDB of these times.
    pub fn mysql(time: &'static str) -> Option<Self> {
        Some(Self { mysql: Some(MyDatabase::new()?), ..Self::of(None, time) })
    }

    /// An SQLite file that a program reads.
    pub fn program() -> Option<Self> {
        python().map(|_| Self { program: true, ..Self::of(None, "text") })
    }

    /// Every kind, with times of every type that it has; the first is SQLite.
    pub fn all() -> Vec<Self> {
        let mut halls = vec![Self::of(None, "text")];
        halls.extend(Self::program());
        for time in ["text", "varchar(40)", "timestamp", "timestamp(0)", "timestamptz"] {
            halls.extend(Self::postgres(time));
        }
        for time in ["varchar(40)", "datetime", "datetime(3)", "timestamp null"] {
            halls.extend(Self::mysql(time));
        }
        halls
    }

    /// What it is, for a message.
    pub fn what(&self) -> String {
        let kind = match (&self.database, &self.mysql) {
            (Some(_), _) => "postgres",
            (_, Some(_)) => "mysql",
            _ if self.program => "program",
            _ => "sqlite",
        };
        format!("{kind} {}", self.time)
    }

    /// Runs statements of its own application; `TIME` is the type of a time.
    pub fn run(&self, sql: &str) -> &Self {
        let sql = sql.replace("TIME", self.time);
        match (&self.database, &self.mysql) {
            (Some(database), _) => drop(database.run(&sql)),
            (_, Some(database)) => drop(database.run(&sql)),
            _ => {
                let db = rusqlite::Connection::open(self.city.path("hall.db")).unwrap();
                db.execute_batch(&sql).unwrap_or_else(|why| panic!("{sql}: {why}"));
            }
        }
        self
    }

    /// The lines of a source that reads it.
    pub fn lines(&self) -> String {
        match (&self.database, &self.mysql) {
            (Some(database), _) => database.lines(&self.city.path("")),
            (_, Some(database)) => database.lines(&self.city.path("")),
            _ if self.program => format!(
                "kind = \"program\"\ncommand = [\"/usr/bin/python3\", \"{}/config/examples/readers/database.py\", \"sqlite\", \
                 \"--dsn\", \"hall.db\"]\ndirectory = \".\"\n",
                env!("CARGO_MANIFEST_DIR")
            ),
            _ => "kind = \"sqlite\"\npath = \"hall.db\"\n".to_owned(),
        }
    }

    /// The source as a configuration with these reads has it.
    pub fn spec(&self, reads: &str) -> SourceSpec {
        self.spec_of(&self.lines(), reads)
    }

    /// The same with other lines.
    pub fn spec_of(&self, lines: &str, reads: &str) -> SourceSpec {
        let head = CONFIG.split("[source.approval]").next().unwrap().replace("{mail}", "folder = \"mail\"");
        let file = self.city.path("jianchad.toml");
        self.city.write("jianchad.toml", &format!("{head}[source.approval]\n{lines}\n{reads}"));
        let config = jianchad::testing::service::load(&file).unwrap_or_else(|it| {
            panic!("{}", it.for_operator(jianchad::testing::domain::text::Language::English))
        });
        config.sources.into_iter().next().unwrap()
    }

    /// The source, not opened yet.
    pub fn source(&self, reads: &str) -> Box<dyn Source> {
        source::open(&self.spec(reads))
    }
}

/// One row a case, read from its watermark on.
pub const CASES: &str = "[[source.approval.read]]\ntable = \"cases\"\nshape = \"wide\"\nwatermark = \"changed\"\ncase = \"no\"\nitem = \"item\"\n\
    traces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"closed\", at = \"closed\" }]\n";

/// One row an event, read from its watermark on.
pub const EVENTS: &str = "[[source.approval.read]]\ntable = \"events\"\nshape = \"long\"\nwatermark = \"changed\"\nkey = [\"id\"]\ncase = \"no\"\n\
    traces = [{ kind = \"step\", at = \"at\", stage = \"stage\" }]\n";

pub const TABLES: &str =
    "create table cases(no varchar(20) primary key, item text, accepted TIME, closed TIME, changed TIME);
    create index cases_changed on cases(changed);
    create table events(id integer primary key, no text, stage text, at TIME, changed TIME);
    insert into cases values('A1', 'i1', '2011-11-01 09:00:00', null, '2011-11-01 09:00:00'),
        ('A2', 'i2', '2011-11-02 00:00:00', '2011-11-03 10:00:00', '2011-11-29 10:00:00'),
        ('A3', 'i2', '2011-11-28 08:00:00', null, '2011-11-30 10:00:00');";

/// What a ledger would hold of what was told.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    pub traces: BTreeMap<String, String>,
    pub items: BTreeMap<String, String>,
    pub doubts: Vec<String>,
    pub cursors: Cursors,
}

impl Told {
    /// Reads what changed, and keeps the cursors, as a round that is committed does.
    pub fn read(&mut self, source: &mut dyn Source, now: &Now) -> Reading {
        self.try_read(source, now).unwrap_or_else(|why| {
            panic!("{}", why.for_operator().words(jianchad::testing::domain::text::Language::English))
        })
    }

    pub fn try_read(&mut self, source: &mut dyn Source, now: &Now) -> Result<Reading, SourceError> {
        let cursors = self.cursors.clone();
        let reading = source.read(&cursors, now, &mut |batch| {
            for fact in batch.facts {
                let cells = fact.in_doubt.into_iter().flat_map(|it| it.cells);
                self.doubts
                    .extend(cells.map(|it| format!("{}: {}", it.row, it.reason.words(Language::English))));
                for (slot, trace) in fact.traces {
                    let at = format!("{} {:?}", fact.case, slot);
                    match trace {
                        Some(it) => {
                            let stage = it.stage.map(|it| format!(" {it}")).unwrap_or_default();
                            self.traces
                                .insert(at, format!("{} {}{stage} {}", fact.case, it.kind, it.occurred))
                        }
                        None => self.traces.remove(&at),
                    };
                }
                if let Some(header) = fact.header {
                    self.items.insert(fact.case, header.item);
                }
            }
            self.doubts.extend(
                batch.rejected.iter().map(|it| format!("{}: {}", it.row, it.reason.words(Language::English))),
            );
            ControlFlow::Continue(())
        })?;
        self.cursors = reading.cursors.clone();
        Ok(reading)
    }

    /// The traces, in the order of cases.
    pub fn traces(&self) -> Vec<&str> {
        self.traces.values().map(String::as_str).collect()
    }
}

/// DESIGN section 9: incremental by watermark with an overlap; a row without a watermark is never behind it.
#[test]
fn what_changed_is_read_and_what_did_not_is_not() {
    for hall in Hall::all() {
        let what = hall.what();
        hall.run(TABLES);
        let mut source = hall.source(CASES);
        let mut told = Told::default();
        let now = moment(NOW);
        let reading = told.read(&mut *source, &now);
        assert_eq!((reading.rows, reading.whole.len(), reading.notes.len()), (3, 1, 0), "{what}");
        assert_eq!(reading.newest.unwrap().to_string(), "2011-11-30T10:00:00+08:00", "{what}");
        let wanted = [
            "A1 accepted 2011-11-01T09:00:00+08:00",
            "A2 accepted 2011-11-02T00:00:00+08:00",
            "A2 closed 2011-11-03T10:00:00+08:00",
            "A3 accepted 2011-11-28T08:00:00+08:00",
        ];
        assert_eq!(told.traces(), wanted, "{what}");
        hall.run("update cases set closed = '2011-11-30 00:00:00', changed = '2011-12-01 08:00:00' where no = 'A1'");
        let reading = told.read(&mut *source, &now);
        // The change, and what lies within the overlap of a day before the last watermark.
        assert_eq!((reading.rows, reading.whole.len()), (3, 0), "{what}");
        assert!(told.traces().iter().any(|it| it.starts_with("A1 closed 2011-11-30")), "{what}");
        hall.run("insert into cases values('A0', 'i', '2011-11-01 10:00:00', null, null)");
        told.read(&mut *source, &now);
        assert!(told.items.contains_key("A0"), "{what}");
        hall.run("update cases set item = 'i9' where no = 'A2'");
        told.read(&mut *source, &now);
        assert_eq!(told.items["A2"], "i2", "{what}: it lies more than a day before the watermark");
        let kept = std::mem::take(&mut told.cursors);
        told.read(&mut *source, &now);
        assert_eq!(
            (told.items["A2"].as_str(), kept == told.cursors),
            ("i9", false),
            "{what}: a sweep reads everything"
        );
    }
}

/// A time after the present moves no watermark: what comes with an ordinary time is read all the same, and the row itself is there.
#[test]
fn a_watermark_in_the_future_hides_nothing() {
    for hall in Hall::all() {
        let what = hall.what();
        hall.run(TABLES)
            .run("insert into cases values('A4', 'i', '2011-11-30 09:00:00', null, '2037-01-01 00:00:00')");
        let mut source = hall.source(CASES);
        let mut told = Told::default();
        let reading = told.read(&mut *source, &moment(NOW));
        assert!(told.items.contains_key("A4"), "{what}");
        assert!(
            reading.notes[0]
                .words(jianchad::testing::domain::text::Language::English)
                .contains("1 rows have a time after the present"),
            "{what} {:?}",
            reading.notes
        );
        hall.run("insert into cases values('A5', 'i', '2011-11-30 09:00:00', null, '2011-11-30 20:59:00')");
        told.read(&mut *source, &moment(NOW));
        assert!(told.items.contains_key("A5"), "{what}");
    }
}

/// As of a past moment what was written later is not there yet.
#[test]
fn in_a_replay_later_rows_are_not_yet_there() {
    for hall in Hall::all() {
        hall.run(TABLES);
        let past = Now { replay: true, ..moment("2011-11-29 22:00") };
        let reading = Told::default().read(&mut *hall.source(CASES), &past);
        assert_eq!((reading.rows, reading.notes.len()), (2, 0), "{}", hall.what());
    }
}

/// Rows of one moment, rows that commit late and in any order: what is read over days is what one reading finds.
#[test]
fn what_is_read_over_days_is_what_one_reading_finds() {
    for hall in Hall::all() {
        hall.run(TABLES);
        let mut source = hall.source(EVENTS);
        let mut told = Told::default();
        for day in 10..20 {
            let insert = |id: u32, changed: &str| {
                hall.run(&format!(
                    "insert into events values({id}, 'A{}', 'S{day}', '2011-11-01 10:00:00', '2011-11-{changed}')",
                    id % 3
                ));
            };
            insert(day * 10, &format!("{day} 09:00:00"));
            // At the same moment as one that was read, and up to the overlap before it.
            insert(day * 10 + 1, &format!("{} 09:00:00", day - 1));
            insert(day * 10 + 2, &format!("{day} 09:00:00"));
            hall.run(&format!(
                "update events set stage = 'T{day}', changed = '2011-11-{day} 09:00:00' where id = {}",
                (day - 1) * 10
            ));
            told.read(&mut *source, &moment(&format!("2011-11-{} 09:00", day + 1)));
        }
        let mut whole = Told::default();
        assert_eq!(whole.read(&mut *hall.source(EVENTS), &moment(NOW)).rows, 30);
        assert_eq!(told.traces, whole.traces, "{}", hall.what());
    }
}

/// A server that is killed while it is read: dark, the cursors stay, and the next reading is whole.
#[test]
fn a_connection_that_breaks_off_moves_no_cursor() {
    for hall in [Hall::postgres("timestamp"), Hall::mysql("datetime")].into_iter().flatten() {
        let (reader, many) = match (&hall.database, &hall.mysql) {
            (Some(database), _) => (
                database.reader(),
                "insert into cases select 'B' || i, 'i', '2011-11-01', null, '2011-11-30 10:00:00' from generate_series(1, 25000) i",
            ),
            (_, database) => (
                database.as_ref().unwrap().reader(),
                "insert into cases select concat('B', seq), 'i', '2011-11-01', null, '2011-11-30 10:00:00' from seq_1_to_25000",
            ),
        };
        hall.run(TABLES).run(many);
        let kill = match hall.database {
            Some(_) => {
                format!("select pg_terminate_backend(pid) from pg_stat_activity where usename = '{reader}'")
            }
            None => format!("kill user {reader}"),
        };
        let mut source = hall.source(CASES);
        let mut batches = 0;
        let error = source.read(&Cursors::new(), &moment(NOW), &mut |_| {
            batches += 1;
            hall.run(&kill);
            ControlFlow::Continue(())
        });
        let text = error.unwrap_err().for_operator().words(Language::English);
        assert!(text.contains("ended the connection") || text.contains("broke off"), "{text}");
        assert_eq!(batches, 1, "{}", hall.what());
        let mut told = Told::default();
        assert_eq!((told.read(&mut *source, &moment(NOW)).rows, told.items.len()), (25_003, 25_003));
    }
}

/// Complaint: a case begins in one table and ends in another. Rows that move while both are read are told once, in one of them.
#[test]
fn rows_that_move_between_tables_while_both_are_read_are_told_once() {
    let servers = [Hall::postgres("timestamp"), Hall::mysql("datetime")];
    servers.into_iter().flatten().for_each(|hall| rows_that_move_are_told_once(&hall));
}

fn rows_that_move_are_told_once(hall: &Hall) {
    let rows = 25_000;
    hall.run(
        "create table open_cases(no varchar(20) primary key, item text, accepted TIME);
         create table done_cases(no varchar(20) primary key, item text, accepted TIME, closed TIME);",
    );
    for begin in (0..rows).step_by(5_000) {
        let row = |i: u64| format!("('A{i}', 'i', '2011-11-01 00:00:00')");
        let values: Vec<String> = (begin..begin + 5_000).map(row).collect();
        hall.run(&format!("insert into open_cases values {}", values.join(", ")));
    }
    let reads = "[[source.approval.read]]\ntable = \"open_cases\"\nshape = \"wide\"\ncase = \"no\"\nitem = \"item\"\n\
         traces = [{ kind = \"accepted\", at = \"accepted\" }]\n[[source.approval.read]]\ntable = \"done_cases\"\nshape = \"wide\"\n\
         case = \"no\"\nitem = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }, { kind = \"closed\", at = \"closed\" }]\n";
    let mut source = hall.source(reads);
    let moved = std::cell::Cell::new(0);
    let seen = |source: &mut dyn Source| {
        let (mut times, mut batches) = (BTreeMap::<String, u32>::new(), 0);
        let reading = source.read(&Cursors::new(), &moment(NOW), &mut |batch| {
            batches += 1;
            for fact in batch.facts {
                *times.entry(fact.case).or_default() += 1;
            }
            // As the application does: gone from the one, in the other, in one transaction.
            hall.run(&format!(
                "begin; insert into done_cases select no, item, accepted, '2011-11-30 00:00:00' from open_cases where no like '%{0}';
                 delete from open_cases where no like '%{0}'; commit;",
                moved.get()
            ));
            moved.set(moved.get() + 1);
            ControlFlow::Continue(())
        });
        assert_eq!(reading.unwrap().rows, rows, "after {batches} batches");
        assert!(batches > 2);
        (times.len() as u64, times.values().all(|times| *times == 1))
    };
    assert_eq!(seen(&mut *source), (rows, true));
    assert_eq!(seen(&mut *source), (rows, true), "while there are rows in both");
}

/// The same story on every kind of database: cards and letters are the same, to the byte.
#[test]
fn a_story_is_told_alike_by_every_kind_of_database() {
    let story = |mut hall: Hall| {
        hall.run(
            "create table cases (number varchar(40) primary key, item text, clerk text, applied TIME, accepted TIME,
                 result text, finished TIME, applicant text, changed TIME);
             create table events (id integer primary key, number text, kind text, stage text, at TIME, clerk text,
                 note text, amount text, changed TIME);",
        );
        let reads = CONFIG.split_once("sweep_at = \"never\"").unwrap().1;
        hall.spec_of(&format!("{}sweep_at = \"02:00\"\n", hall.lines()), reads);
        let accepted = |number: &str, at: &str| {
            hall.run(&format!(
                "insert into cases (number, item, clerk, applied, accepted, applicant, changed)
                 values ('{number}', 'I20', '0731', '{at}', '{at}', '某申请人', '{at}')"
            ));
        };
        accepted("A-1", "2011-09-26 10:00:00");
        accepted("A-2", "2011-09-26 11:00:00");
        accepted("A-3", "2011-10-10 11:00:00");
        hall.city.rounds_on(&["2011-10-11", "2011-10-17"]);
        hall.run("update cases set result = 'granted', finished = '2011-10-18 09:00:00', changed = '2011-10-18 09:00:00' where number = 'A-2'");
        hall.run("insert into events (id, number, kind, stage, at, clerk, changed) values (1, 'A-1', 'step', '审查', '2011-09-27 10:00:00', '0731', '2011-10-18 10:00:00')");
        hall.city.rounds_on(&["2011-10-18", "2011-10-19"]);
        hall.run("delete from cases where number = 'A-3'");
        hall.city.rounds_on(&["2011-10-20", "2011-10-21"]);
        let city = hall.city.path("");
        let city = city.file_name().unwrap().to_str().unwrap();
        // The kind of a source is part of what judges, and so of its version.
        let version =
            jianchad::testing::service::load(&hall.city.path("jianchad.toml")).unwrap_or_else(|it| {
                panic!("{}", it.for_operator(jianchad::testing::domain::text::Language::English))
            });
        let version = version.policy.version[..12].to_owned();
        let plain = |letter: &String| letter.replace(city, "CITY").replace(&version, "VERSION");
        let letters: Vec<String> = hall
            .city
            .ledger("SELECT to_address || ' ' || subject || text || html FROM letter ORDER BY id")
            .iter()
            .map(plain)
            .collect();
        assert!(letters.len() > 3, "{letters:?}");
        (hall.city.findings(), letters, hall.what())
    };
    let mut stories = Hall::all().into_iter().map(story);
    let (findings, letters, _) = stories.next().unwrap();
    assert!(findings.contains(&"A-1 time-limit promise yellow open".to_owned()), "{findings:?}");
    assert!(findings.iter().any(|it| it.starts_with("A-3 vanished-record")), "{findings:?}");
    for (other, others, what) in stories {
        assert_eq!(other, findings, "{what}");
        for (other, letter) in others.iter().zip(&letters) {
            let differs = other.lines().zip(letter.lines()).find(|(one, two)| one != two);
            assert_eq!(differs, None, "{what}");
        }
        assert!(others == letters, "{what}: letters differ");
    }
}
