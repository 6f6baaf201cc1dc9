//! PostgreSQL, and whatever speaks its protocol: simple questions, every cell as text.

mod about;
mod conversation;
mod frame;
mod notation;
mod view;

use super::super::watermark::{LogPosition, Mark};
use super::super::{Over, Remark};
use super::fault::{Fault, ServerError};
use super::session::{Came, Found, KeyColumn, KeyKind, Nature, PAGE, Ranges, RawRow, Session, Sink};
use crate::domain::now::Now;
use crate::domain::record::mapping::ReadSpec;
use crate::domain::record::server::Server;
use crate::domain::text::say;
use conversation::Conversation;
use notation::{bytes, decoded, in_order, log_position, nature, text};

/// Bytes of an answer that are kept.
const ANSWER: usize = 4 << 20;

/// A session on a server.
pub(super) struct Postgres {
    talk: Conversation,
    schema: Option<String>,
    zone: String,
    timeout: u128,
    hold: u128,
    /// A view of the database is held.
    begun: bool,
}

impl Postgres {
    /// Connects and logs in. Times with a zone are told in `zone`.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not let us in.
    pub fn open(server: &Server, zone: &str, over: &Over) -> Result<Self, ServerError> {
        let talk = Conversation::open(server, over)?;
        let (schema, zone) = (server.schema.clone(), zone.to_owned());
        let (timeout, hold) = (server.timeout.as_millis(), server.snapshot_at_most.as_millis());
        Ok(Self { talk, schema, zone, timeout, hold, begun: false })
    }

    /// Runs statements that give no rows.
    fn run(&mut self, sql: &str) -> Result<(), ServerError> {
        self.talk.query(sql)?;
        self.talk.each(|tag, _| (tag == b'Z').then_some(()))
    }

    /// The tables and views in which a name is looked for, of this name in any case or all.
    fn tables(&mut self, named: Option<&str>) -> Result<Vec<[String; 2]>, ServerError> {
        let schema = match &self.schema {
            Some(schema) => format!("n.nspname = {}", text(schema)),
            None => "n.nspname = any (pg_catalog.current_schemas(false))".to_owned(),
        };
        let named = named.map_or_else(String::new, |name| {
            format!(" and pg_catalog.lower(c.relname) = pg_catalog.lower({})", text(name))
        });
        let rows = self.ask(&format!(
            "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
             where c.relkind in ('r', 'v', 'm', 'f', 'p') and {schema}{named} \
             order by c.relname, not pg_catalog.pg_table_is_visible(c.oid), n.nspname limit 1000"
        ))?;
        Ok(rows
            .into_iter()
            .filter_map(|row| <[Option<String>; 2]>::try_from(row).ok())
            .map(|row| row.map(Option::unwrap_or_default))
            .collect())
    }

    /// Fetches a page; how many rows it had.
    fn fetch(&mut self, sink: &mut dyn Sink) -> Result<usize, ServerError> {
        self.talk.query(&format!("fetch forward {PAGE} from jianchad"))?;
        let (mut cells, mut columns, mut rows) = (Ranges::new(), 0, 0);
        let fault = self.talk.each(|tag, message| match tag {
            b'T' => {
                columns = frame::columns(message).map_or(0, |columns| columns.len());
                None
            }
            b'D' if rows == PAGE => Some(Some(say!("foreign-more_rows"))),
            b'D' => match frame::cells(message, columns, &mut cells) {
                None => Some(Some(say!("foreign-other_head"))),
                Some(()) => {
                    rows += 1;
                    sink.row(RawRow { bytes: message, cells: &cells });
                    None
                }
            },
            b'C' if frame::rows_of(message) != Some(rows) => Some(Some(say!("foreign-other_rows"))),
            b'Z' => Some(None),
            _ => None,
        })?;
        match fault {
            Some(what) => Err(self.talk.peer.error(Fault::Foreign(what))),
            None => Ok(rows),
        }
    }

    /// Whether the view has been held for as long as it may, by the server's clock.
    fn held_too_long(&mut self) -> Result<bool, ServerError> {
        let hold = self.hold;
        let asked = self.ask(&format!(
            "select clock_timestamp() - transaction_timestamp() > interval '{hold} milliseconds'"
        ))?;
        Ok(asked.first().and_then(|row| row.first()?.as_deref()) == Some("t"))
    }
}

impl Session for Postgres {
    fn begin(&mut self) -> Result<(), ServerError> {
        if std::mem::replace(&mut self.begun, true) {
            self.run("rollback")?;
        }
        self.open_view()
    }

    fn table(&mut self, table: &str) -> Result<Found, ServerError> {
        let there = self.tables(Some(table))?;
        let exact = there.iter().find(|[_, name]| name == table);
        let Some([schema, name]) = exact.or(there.first()).cloned() else {
            let names: Vec<String> = self.tables(None)?.into_iter().map(|[_, name]| name).collect();
            return Err(self.error(Fault::no_table(table, &names)));
        };
        let of_it = format!(
            "a.attrelid = (select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
             where n.nspname = {} and c.relname = {}) and a.attnum > 0 and not a.attisdropped",
            text(&schema),
            text(&name)
        );
        let first = |rows: Vec<Vec<Option<String>>>| {
            rows.into_iter().filter_map(|row| row.into_iter().next()?).collect()
        };
        let columns = self.ask(&format!(
            "select a.attname from pg_catalog.pg_attribute a where {of_it} order by a.attnum"
        ))?;
        let key = self.ask(&format!(
            "select a.attname, a.attnum, i.indkey, pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select') from pg_catalog.pg_attribute a join pg_catalog.pg_index i \
             on i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey) where {of_it}"
        ))?;
        let sql = format!("{}.{}", self.quote(&schema), self.quote(&name));
        let key = in_order(key).into_iter().map(|name| {
            let column = self.quote(&name);
            KeyColumn { exact: column.clone(), column, kind: KeyKind::Text }
        });
        Ok(Found { sql, columns: first(columns), key: key.collect(), steady: true })
    }

    fn described(&mut self, select: &str) -> Result<Vec<(String, Nature)>, ServerError> {
        // The extended protocol takes one statement and no more.
        let sql = self.talk.encoded(select);
        self.talk.say(&[(b'P', &[b"\0", &sql, b"\0\0\0"]), (b'D', &[b"S\0"]), (b'S', &[])])?;
        let words = self.talk.peer.words;
        let mut columns = Vec::new();
        self.talk.each(|tag, message| {
            if tag == b'T' {
                let announced = frame::columns(message).unwrap_or_default();
                let name = |bytes: &[u8]| words.decode_without_bom_handling(bytes).0.into_owned();
                columns = announced.iter().map(|it| (name(it.name), nature(it.type_id))).collect();
            }
            (tag == b'Z').then_some(())
        })?;
        Ok(columns)
    }

    fn read(&mut self, select: &str, sink: &mut dyn Sink) -> Result<Came, ServerError> {
        self.run(&format!("declare jianchad no scroll cursor for {select}"))?;
        loop {
            let rows = self.fetch(sink)?;
            if !sink.page() || rows < PAGE {
                break;
            }
            if self.held_too_long()? {
                return Ok(Came::ToTheBound);
            }
        }
        self.run("close jianchad")?;
        Ok(Came::Through)
    }

    fn settled(&mut self) -> Result<Option<i64>, ServerError> {
        let asked = self.ask("select pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot())")?;
        Ok(asked.first().and_then(|row| row.first()?.as_ref()?.parse().ok()))
    }

    fn position(&mut self) -> Result<Option<(LogPosition, bool)>, ServerError> {
        let major = self.talk.version.split(['.', ' ']).next().and_then(|it| it.parse::<u32>().ok());
        if major.is_none_or(|major| major < 10) {
            return Ok(None);
        }
        let asked = self.ask(
            "select system_identifier, pg_catalog.pg_is_in_recovery(), case when pg_catalog.pg_is_in_recovery() \
             then pg_catalog.pg_last_wal_replay_lsn() else pg_catalog.pg_current_wal_insert_lsn() end - '0/0'::pg_catalog.pg_lsn \
             from pg_catalog.pg_control_system()",
        );
        match asked {
            Err(error) if error.is_of_connection() => Err(error),
            // Whatever else speaks this protocol need not know its log.
            Err(_) => self.talk.await_question().map(|()| None),
            Ok(rows) => Ok(rows.into_iter().next().and_then(log_position)),
        }
    }

    fn gives_floats_whole(&self) -> bool {
        // From 12 on, where `extra_float_digits` is what it is from home.
        let major = self.talk.version.split(['.', ' ']).next().and_then(|major| major.parse::<u32>().ok());
        major.is_some_and(|major| major >= 12)
    }

    fn key_literal(&self, _: &KeyColumn, value: &[u8]) -> Option<String> {
        // Bytes come as they are kept, or as UTF-8 of which the server makes its own encoding again.
        match self.bytes_as_they_are() {
            true => Some(bytes(value)),
            false => Some(text(std::str::from_utf8(value).ok()?)),
        }
    }

    fn ask(&mut self, select: &str) -> Result<Vec<Vec<Option<String>>>, ServerError> {
        self.talk.query(select)?;
        let words = self.talk.peer.words;
        let (mut rows, mut cells, mut columns, mut size) = (Vec::new(), Ranges::new(), 0, 0);
        self.talk.each(|tag, message| {
            size += message.len();
            match tag {
                b'T' => columns = frame::columns(message).map_or(0, |columns| columns.len()),
                b'D' if size < ANSWER && frame::cells(message, columns, &mut cells).is_some() => {
                    let row = RawRow { bytes: message, cells: &cells };
                    let cell = |at| row.cell(at).map(|bytes| decoded(bytes, words));
                    rows.push((0..columns).map(cell).collect());
                }
                _ => {}
            }
            (tag == b'Z').then_some(())
        })?;
        Ok(rows)
    }

    fn about(&mut self, now: &Now, reads: &[ReadSpec]) -> Result<Vec<Remark>, ServerError> {
        self.remarks(now.instant, reads)
    }

    fn end(&mut self) {
        // Nothing depends on it any more.
        let _ = self.run("rollback").and_then(|()| self.talk.say(&[(b'X', &[])]));
    }

    fn quote(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\"").replace('\0', ""))
    }

    fn literal(&self, mark: &Mark) -> String {
        match mark {
            Mark::Number(number) => number.to_string(),
            Mark::Text(written) => text(written),
        }
    }

    fn error(&self, fault: Fault) -> ServerError {
        self.talk.peer.error(fault)
    }
}
