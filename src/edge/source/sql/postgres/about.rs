//! What an administrator is told of a server: what it is, whether this login could write, whose clock is right, what slows reading down.

use chrono::{DateTime, FixedOffset};

use super::super::clocks;
use super::super::fault::ServerError;
use super::super::session::Session;
use super::Postgres;
use super::notation::text;
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::{Text, say};
use crate::edge::source::Remark;

/// Tables that are named.
const NAMED: usize = 5;

/// Rights by which a table can be changed.
const WRITING: [&str; 4] = ["insert", "update", "delete", "truncate"];

impl Postgres {
    /// All that there is to say, at a moment by our own clock.
    pub(super) fn remarks(
        &mut self,
        now: DateTime<FixedOffset>,
        reads: &[ReadSpec],
    ) -> Result<Vec<Remark>, ServerError> {
        let mut remarks = self.what_it_is(now)?;
        remarks.extend(self.may_write()?);
        for read in reads {
            remarks.extend(self.of_read(read)?);
        }
        Ok(remarks)
    }

    fn what_it_is(&mut self, now: DateTime<FixedOffset>) -> Result<Vec<Remark>, ServerError> {
        let asked = self.ask(
            "select pg_catalog.version(), pg_catalog.pg_is_in_recovery(), \
             pg_catalog.floor(extract(epoch from pg_catalog.clock_timestamp()))::bigint",
        )?;
        let mut row = asked.into_iter().next().unwrap_or_default().into_iter().map(Option::unwrap_or_default);
        let (version, standby, clock) = (row.next(), row.next(), row.next());
        let version = version.unwrap_or_default();
        let server = version.split(" on ").next().unwrap_or_default().chars().take(100).collect::<String>();
        let mut remarks = vec![Remark::note(say!("about-server", server, encoding = &self.talk.keeps_in))];
        if standby.as_deref() == Some("t") {
            remarks.push(Remark::note(say!("about-standby")));
        }
        if self.talk.keeps_in == "SQL_ASCII" && self.talk.peer.words == encoding_rs::UTF_8 {
            remarks.push(Remark::warning(say!("about-no_encoding")));
        }
        remarks.extend(clocks::differ(clock.as_deref(), now));
        Ok(remarks)
    }

    /// A session that only reads is no lock: it can be set off. Only rights that are not there are.
    fn may_write(&mut self) -> Result<Option<Remark>, ServerError> {
        let asked =
            self.ask("select current_user, rolsuper from pg_catalog.pg_roles where rolname = current_user")?;
        let Some([Some(user), Some(superuser)]) =
            asked.into_iter().next().and_then(|row| <[_; 2]>::try_from(row).ok())
        else {
            return Ok(None);
        };
        if superuser == "t" {
            return Ok(Some(Remark::warning(say!("about-superuser", user))));
        }
        let rights: Vec<String> =
            WRITING.iter().map(|right| format!("pg_catalog.has_table_privilege(c.oid, '{right}')")).collect();
        let asked = self.ask(&format!(
            "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
             where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema') \
             and n.nspname not like 'pg\\_%' and ({}) order by 1, 2 limit 1000",
            rights.join(" or ")
        ))?;
        let count = asked.len();
        let named = asked.into_iter().take(NAMED).map(|row| {
            let parts: Vec<String> = row.into_iter().flatten().map(|name| self.quote(&name)).collect();
            Text::from(parts.join("."))
        });
        let tables = Text::list(named.collect::<Vec<_>>(), "list-comma");
        let (rights, user) = (WRITING.join(", "), self.quote(&user));
        Ok((count > 0).then(|| Remark::warning(say!("about-writes", count, tables, rights, user))))
    }

    fn of_read(&mut self, read: &ReadSpec) -> Result<Option<Remark>, ServerError> {
        let name = &read.name;
        let Some(watermark) = &read.watermark else {
            return Ok(Some(Remark::note(say!("about-no_watermark", read = name))));
        };
        let ReadFrom::Table(table) = &read.from else { return Ok(None) };
        let there = self.tables(Some(table))?;
        let exact = there.iter().find(|[_, name]| name == table);
        let Some([schema, relation]) = exact.or(there.first()) else { return Ok(None) };
        let asked = self.ask(&format!(
            "select c.relkind, exists (select 1 from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid \
             and a.attnum = i.indkey[0] where i.indrelid = c.oid and pg_catalog.lower(a.attname) = pg_catalog.lower({})) \
             from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = {} and c.relname = {}",
            text(watermark),
            text(schema),
            text(relation)
        ))?;
        let Some([Some(kind), Some(indexed)]) =
            asked.into_iter().next().and_then(|row| <[_; 2]>::try_from(row).ok())
        else {
            return Ok(None);
        };
        let slow = ["r", "p"].contains(&kind.as_str()) && indexed == "f";
        Ok(slow.then(|| Remark::note(say!("about-no_index", read = name, column = watermark))))
    }
}
