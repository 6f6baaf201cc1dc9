//! A synthetic approval database shaped like the national UP_PRO tables: a steady stream of cases, so that more
//! cases are a longer past and never a busier day.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::{Path, PathBuf};

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
use rusqlite::{Connection, Transaction, params};

/// Items whose cases are handled in the system.
pub const CONNECTED: u64 = 415;

/// Promised limit of an item, in working days.
pub fn promised(item: u64) -> u64 {
    5 + item % 11
}

const TABLES: &str = "
    PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
    CREATE TABLE UP_PRO_ACCEPT (PROJECT_NO TEXT PRIMARY KEY, ITEM_CODE TEXT, ITEM_NAME TEXT, APPLICANT TEXT,
        ADDRESS TEXT, HANDLER TEXT, ACCEPT_TIME TEXT, PROMISE_DAYS INTEGER, RESULT TEXT, FINISH_TIME TEXT,
        REMARK TEXT, CD_TIME TEXT);
    CREATE INDEX UP_PRO_ACCEPT_CD ON UP_PRO_ACCEPT (CD_TIME);
    CREATE TABLE UP_PRO_PROCESS (ID INTEGER PRIMARY KEY, PROJECT_NO TEXT, EVENT TEXT, EVENT_NAME TEXT,
        EVENT_TIME TEXT, USER_NAME TEXT, IDEA TEXT, CD_TIME TEXT);
    CREATE INDEX UP_PRO_PROCESS_CD ON UP_PRO_PROCESS (CD_TIME);";

const ACCEPT: &str = "INSERT INTO UP_PRO_ACCEPT VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
const PROCESS: &str =
    "INSERT INTO UP_PRO_PROCESS (PROJECT_NO, EVENT, EVENT_NAME, EVENT_TIME, USER_NAME, IDEA, CD_TIME)
    VALUES (?1, ?2, ?3, ?4, ?5, '同意', ?4)";

/// What the stages of a case leave behind, with their share of the time to its decision in hundredths. A case
/// has these and its two times in the case table: six traces.
const STAGES: [(&str, u64); 4] = [("收件", 0), ("审查", 30), ("现场核查", 60), ("审核", 90)];

/// The source of a city.
pub struct Source {
    path: PathBuf,
    /// How many cases it has.
    pub cases: u64,
    /// How many begin on a working day.
    pub per_day: u64,
    seed: u64,
}

/// One event on its way into the database, in the order of time: case, code, name.
type Event = Reverse<(NaiveDateTime, u64, &'static str, &'static str)>;

impl Source {
    /// Makes the database.
    pub fn make(path: &Path, cases: u64, per_day: u64, seed: u64) -> Self {
        let source = Self { path: path.to_owned(), cases, per_day, seed };
        source.fill().expect("the database of the measurements can be written");
        source
    }

    /// The last moment in it: the end of a working day.
    pub fn end(&self) -> NaiveDateTime {
        last_day().and_hms_opt(17, 0, 0).expect("17:00 is a time")
    }

    /// Number of a case, from 0.
    pub fn number(&self, case: u64) -> String {
        let day = self.accepted(case).date().format("%Y%m%d");
        format!("431000{day}{case:08}")
    }

    fn fill(&self) -> rusqlite::Result<()> {
        let mut db = Connection::open(&self.path)?;
        db.execute_batch(TABLES)?;
        let mut waiting: BinaryHeap<Event> = BinaryHeap::new();
        let mut case = 0;
        while case < self.cases {
            let tx = db.transaction()?;
            for _ in 0..50_000.min(self.cases - case) {
                self.begin(&tx, case, &mut waiting)?;
                case += 1;
            }
            let until = if case < self.cases { self.accepted(case) } else { self.end() };
            while let Some(Reverse((at, case, code, name))) = waiting.pop_if_before(until) {
                // Who receives the papers does not examine them.
                let by = format!("{:04}", (case + if name == STAGES[0].0 { 0 } else { 300 }) % 900);
                tx.prepare_cached(PROCESS)?.execute(params![
                    self.number(case),
                    code,
                    name,
                    written(at),
                    by
                ])?;
            }
            tx.commit()?;
        }
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Writes a case's row as it stands at the end, and lays its events ready.
    fn begin(
        &self,
        tx: &Transaction<'_>,
        case: u64,
        waiting: &mut BinaryHeap<Event>,
    ) -> rusqlite::Result<()> {
        let (accepted, finish) = (self.accepted(case), self.finish(case));
        let seconds = u64::try_from((finish - accepted).num_seconds()).unwrap_or(0);
        let after = |share: u64| accepted + chrono::Duration::seconds((seconds * share / 100) as i64);
        waiting.extend(STAGES.map(|(name, share)| Reverse((after(share), case, "1", name))));
        if self.paused(case) {
            waiting.push(Reverse((after(40), case, "2", "特别程序")));
            waiting.push(Reverse((after(50), case, "3", "特别程序")));
        }
        let done = finish <= self.end();
        let item = self.item(case);
        tx.prepare_cached(ACCEPT)?.execute(params![
            self.number(case),
            format!("I{item:03}"),
            format!("第{item:03}号许可"),
            "某申请人",
            "示范市人民路一号",
            format!("{:04}", case % 900),
            written(accepted),
            promised(item),
            done.then_some("1"),
            done.then(|| written(finish)),
            "材料齐全，符合法定形式",
            written(if done { finish } else { accepted }),
        ])?;
        Ok(())
    }

    fn chance(&self, case: u64, of: u64) -> u64 {
        let mut mixed = (self.seed ^ case.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(of);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn item(&self, case: u64) -> u64 {
        self.chance(case, 1) % CONNECTED
    }

    /// Whether a special procedure interrupts the case: one in twenty.
    fn paused(&self, case: u64) -> bool {
        self.chance(case, 2).is_multiple_of(20)
    }

    fn accepted(&self, case: u64) -> NaiveDateTime {
        let back = self.cases - 1 - case;
        let second = 28_800 * (self.per_day - 1 - back % self.per_day) / self.per_day;
        let opening = weekdays_before(last_day(), back / self.per_day).and_hms_opt(9, 0, 0);
        opening.expect("9:00 is a time") + chrono::Duration::seconds(second as i64)
    }

    /// When the case is decided: 97 of 100 within the promise, the others up to ten weekdays late.
    fn finish(&self, case: u64) -> NaiveDateTime {
        let days = promised(self.item(case));
        let chance = self.chance(case, 3);
        let taken =
            if chance.is_multiple_of(33) { days + 2 + chance / 33 % 9 } else { 1 + chance / 33 % (days - 3) };
        let accepted = self.accepted(case);
        weekdays_after(accepted.date(), taken).and_time(accepted.time())
    }

    /// Something new on `count` neighbouring cases that were done long since, all with six traces: each gets a
    /// seventh, and its row a corrected time. `block` chooses where, `at` is when it was entered.
    pub fn change(&self, block: u64, count: u64, at: NaiveDateTime) -> u64 {
        let first = self.cases - (44 * self.per_day).min(self.cases) + block * (count + count / 8);
        let change = || -> rusqlite::Result<u64> {
            let mut db = Connection::open(&self.path)?;
            let tx = db.transaction()?;
            let mut changed = 0;
            let alike = |case: &u64| !self.paused(*case) && self.finish(*case) <= self.end();
            for case in (first..self.cases).filter(alike).take(count as usize) {
                let number = self.number(case);
                let finish = written(self.finish(case) + chrono::Duration::minutes(1));
                let sql = "UPDATE UP_PRO_ACCEPT SET FINISH_TIME = ?2, CD_TIME = ?3
                           WHERE PROJECT_NO = ?1 AND FINISH_TIME IS NOT NULL";
                changed += tx.prepare_cached(sql)?.execute(params![number, finish, written(at)])? as u64;
                tx.prepare_cached(PROCESS)?.execute(params![number, "1", "归档", written(at), "0731"])?;
            }
            tx.commit()?;
            Ok(changed)
        };
        change().expect("the database of the measurements can be written")
    }

    /// The application writes something that concerns no case.
    pub fn touch(&self) {
        let touch = || -> rusqlite::Result<()> {
            Connection::open(&self.path)?
                .execute_batch("CREATE TABLE IF NOT EXISTS LOGIN (AT TEXT); INSERT INTO LOGIN VALUES ('x')")
        };
        touch().expect("the database of the measurements can be written");
    }
}

trait PopIfBefore {
    fn pop_if_before(&mut self, until: NaiveDateTime) -> Option<Event>;
}

impl PopIfBefore for BinaryHeap<Event> {
    fn pop_if_before(&mut self, until: NaiveDateTime) -> Option<Event> {
        if self.peek()?.0.0 < until { self.pop() } else { None }
    }
}

/// A Friday inside the announced calendar.
fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 11, 14).expect("there is such a day")
}

fn written(at: NaiveDateTime) -> String {
    let (date, time) = (at.date(), at.time());
    format!("{date} {time}")
}

/// `n` weekdays before a Friday.
fn weekdays_before(friday: NaiveDate, n: u64) -> NaiveDate {
    friday - Days::new(n / 5 * 7 + n % 5)
}

/// `n` weekdays after a weekday.
fn weekdays_after(day: NaiveDate, n: u64) -> NaiveDate {
    let from_monday = u64::from(day.weekday().num_days_from_monday()) + n;
    day - Days::new(day.weekday().num_days_from_monday().into())
        + Days::new(from_monday / 5 * 7 + from_monday % 5)
}
