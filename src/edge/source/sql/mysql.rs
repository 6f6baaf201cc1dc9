//! MySQL, MariaDB, and whatever speaks their protocol: simple questions, every cell as text, pages by key.

mod about;
mod conversation;
mod key;
mod login;
mod notation;
mod packet;

use chrono_tz::Tz;
use encoding_rs::UTF_8;

use super::super::Remark;
use super::super::over::Over;
use super::super::watermark::Mark;
use super::fault::{Fault, ServerError};
use super::session::{Came, Found, KeyColumn, Nature, PAGE, Ranges, RawRow, Session, Sink};
use crate::domain::now::Now;
use crate::domain::record::mapping::ReadSpec;
use crate::domain::record::server::Server;
use crate::domain::text::say;
use conversation::Conversation;
use notation::{hex, text, zone_name};

/// Seconds for which we wait for a lock that somebody else holds.
const LOCK: u32 = 5;

/// Seconds for which a server may wait until we take what it sends: while the ledger takes a page in, nobody does.
const TAKING: u32 = 600;

/// Bytes of an answer that are kept.
const ANSWER: usize = 4 << 20;

/// A column as a result announces it: its name and what it holds.
type Announced = (Vec<u8>, Nature);

/// A session on a server.
pub(super) struct MySql {
    talk: Conversation,
    zone: String,
    hold: u64,
    /// Whether texts come in the encoding of their columns, and not in UTF-8.
    as_they_are: bool,
    /// When the view of the database began, by the server's clock.
    begun: Option<String>,
    /// The rest of an answer is still under way.
    broken_off: bool,
}

impl MySql {
    /// Connects and logs in. Times with a zone are told in `zone`.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not let us in.
    pub fn open(server: &Server, zone: Tz, over: &Over) -> Result<Self, ServerError> {
        let talk = Conversation::open(server, over)?;
        let (zone, hold, as_they_are) =
            (zone_name(zone), server.snapshot_at_most.as_secs(), server.encoding.is_some());
        Ok(Self { talk, zone, hold, as_they_are, begun: None, broken_off: false })
    }

    /// Runs a statement that gives no rows.
    fn run(&mut self, sql: &str) -> Result<(), ServerError> {
        self.ask(sql).map(drop)
    }

    /// The same of a setting that not every server has.
    fn try_to(&mut self, sql: &str) -> Result<(), ServerError> {
        match self.run(sql) {
            Err(error) if error.is_of_connection() => Err(error),
            _ => Ok(()),
        }
    }

    /// Reads the rows of a statement; `take` may break off in the middle, and then nothing more can be asked.
    fn rows(
        &mut self,
        sql: &str,
        head: &mut dyn FnMut(&[Announced]),
        take: &mut dyn FnMut(RawRow<'_>) -> bool,
    ) -> Result<(), ServerError> {
        self.talk.query(sql)?;
        let (mut columns, mut count, mut announced, mut cells) = (Vec::new(), None, false, Ranges::new());
        let end = self.talk.each(|packet| {
            let Some(wanted) = count else {
                count = packet::count(packet);
                return match count {
                    Some(0) => Some(Ok(true)),
                    Some(_) => None,
                    None => Some(Err(say!("foreign-other_answer"))),
                };
            };
            if packet::is_end(packet) {
                if announced {
                    return Some(Ok(true));
                }
                head(&columns);
                announced = true;
                return (columns.len() != wanted).then(|| Err(say!("foreign-other_count")));
            }
            if !announced {
                let Some((name, nature)) = packet::column(packet) else {
                    return Some(Err(say!("foreign-no_column")));
                };
                columns.push((name.to_vec(), nature));
                return (columns.len() > wanted).then(|| Err(say!("foreign-other_count")));
            }
            if packet::cells(packet, wanted, &mut cells).is_none() {
                return Some(Err(say!("foreign-other_head")));
            }
            (!take(RawRow { bytes: packet, cells: &cells })).then_some(Ok(false))
        })?;
        self.broken_off |= end == Ok(false);
        end.map(drop).map_err(|what| self.talk.peer.foreign(what))
    }

    fn list(&mut self, sql: &str) -> Result<Vec<String>, ServerError> {
        Ok(self.ask(sql)?.into_iter().filter_map(|row| row.into_iter().next()?).collect())
    }
}

impl Session for MySql {
    fn begin(&mut self) -> Result<(), ServerError> {
        if self.begun.take().is_some() {
            self.run("rollback")?;
        }
        self.run("set names utf8mb4")?;
        if self.as_they_are {
            self.run("set character_set_results = null")?;
        }
        self.run(&format!("set session time_zone = {}", text(&self.zone)))?;
        self.run("set session transaction isolation level repeatable read")?;
        let longest = self.talk.longest;
        if self.talk.version.contains("MariaDB") {
            self.try_to(&format!("set session max_statement_time = {longest}"))?;
        } else {
            self.try_to(&format!("set session max_execution_time = {}", longest.saturating_mul(1_000)))?;
        }
        self.try_to(&format!("set session lock_wait_timeout = {LOCK}"))?;
        self.try_to(&format!("set session innodb_lock_wait_timeout = {LOCK}"))?;
        self.try_to(&format!("set session net_write_timeout = {TAKING}"))?;
        self.run("start transaction with consistent snapshot, read only")?;
        self.begun = self.list("select sysdate()")?.into_iter().next();
        Ok(())
    }

    fn table(&mut self, table: &str) -> Result<Found, ServerError> {
        let of_database = "from information_schema.tables where table_schema = database()";
        let same = format!("select table_name {of_database} and lower(table_name) = lower({})", text(table));
        let there = self.list(&same)?;
        let Some(name) = there.iter().find(|name| *name == table).or(there.first()).cloned() else {
            let names =
                self.list(&format!("select table_name {of_database} order by table_name limit 1000"))?;
            return Err(self.error(Fault::no_table(table, &names)));
        };
        let of_table = format!("where table_schema = database() and table_name = {}", text(&name));
        let columns = self.list(&format!(
            "select column_name from information_schema.columns {of_table} order by ordinal_position"
        ))?;
        // What this login may not read is not among the columns.
        let key = self.ask(&format!(
            "select {} from information_schema.statistics s left join information_schema.columns c \
             on c.table_schema = s.table_schema and c.table_name = s.table_name and c.column_name = s.column_name \
             where s.table_schema = database() and s.table_name = {} and s.index_name = 'PRIMARY' order by s.seq_in_index",
            key::ASKED,
            text(&name)
        ))?;
        let key = key::columns(key, &self.zone, |name| self.quote(name));
        let engine = self.list(&format!("select lower(engine) from information_schema.tables {of_table}"))?;
        let steady = engine.first().is_some_and(|engine| engine == "innodb");
        Ok(Found { sql: self.quote(&name), columns, key, steady })
    }

    fn described(&mut self, select: &str) -> Result<Vec<(String, Nature)>, ServerError> {
        let mut columns = Vec::new();
        self.rows(&format!("{select} limit 0"), &mut |head| columns = head.to_vec(), &mut |_| true)?;
        let name = |bytes: &[u8]| UTF_8.decode_without_bom_handling(bytes).0.into_owned();
        Ok(columns.into_iter().map(|(bytes, nature)| (name(&bytes), nature)).collect())
    }

    fn read(&mut self, select: &str, sink: &mut dyn Sink) -> Result<Came, ServerError> {
        let mut rows = 0;
        self.rows(select, &mut |_| {}, &mut |row| {
            sink.row(row);
            rows += 1;
            rows % PAGE != 0 || sink.page()
        })?;
        if !self.broken_off && (rows == 0 || rows % PAGE != 0) {
            sink.page();
        }
        Ok(Came::Through)
    }

    fn page_limit(&self) -> Option<String> {
        Some(format!(" limit {PAGE}"))
    }

    fn held_too_long(&mut self) -> Result<bool, ServerError> {
        let Some(begun) = &self.begun else { return Ok(false) };
        let asked = format!("select timestampdiff(second, {}, sysdate()) >= {}", text(begun), self.hold);
        Ok(self.list(&asked)?.first().is_some_and(|answer| answer == "1"))
    }

    fn key_literal(&self, column: &KeyColumn, value: &[u8]) -> Option<String> {
        key::literal(&column.kind, value)
    }

    fn behind(&self, key: &[KeyColumn], last: &[String]) -> String {
        // Row values are no way into an index here.
        let behind = |at: usize| {
            let same =
                key.iter().zip(last).take(at).map(|(key, last)| format!("{} = {last} and ", key.column));
            format!("({}{} > {})", same.collect::<String>(), key[at].column, last[at])
        };
        (0..key.len()).map(behind).collect::<Vec<_>>().join(" or ")
    }

    fn ask(&mut self, select: &str) -> Result<Vec<Vec<Option<String>>>, ServerError> {
        let (mut rows, mut size, mut columns) = (Vec::new(), 0, 0);
        let words = self.talk.peer.words;
        self.rows(select, &mut |head| columns = head.len(), &mut |row: RawRow<'_>| {
            size += row.bytes.len();
            if size < ANSWER {
                let text = |bytes: &[u8]| {
                    let utf8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
                    utf8.unwrap_or_else(|| words.decode_without_bom_handling(bytes).0).into_owned()
                };
                rows.push((0..row.cells.len()).map(|at| row.cell(at).map(text)).collect());
            }
            true
        })?;
        Ok(rows)
    }

    fn about(&mut self, now: &Now, reads: &[ReadSpec]) -> Result<Vec<Remark>, ServerError> {
        self.remarks(now.instant, reads)
    }

    fn end(&mut self) {
        if !self.broken_off {
            self.talk.quit();
        }
    }

    fn quote(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``").replace('\0', ""))
    }

    fn literal(&self, mark: &Mark) -> String {
        match mark {
            Mark::Number(number) => number.to_string(),
            Mark::Text(written) if self.as_they_are && !written.is_ascii() => {
                format!("_latin1 x'{}'", hex(&self.talk.peer.words.encode(written).0))
            }
            Mark::Text(written) => text(written),
        }
    }

    fn error(&self, fault: Fault) -> ServerError {
        self.talk.peer.error(fault)
    }
}
