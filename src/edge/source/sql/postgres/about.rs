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

/// Roles of the server's own that write past every grant.
const POWERS: [&str; 5] = [
    "pg_execute_server_program",
    "pg_write_server_files",
    "pg_write_all_data",
    "pg_maintain",
    "pg_create_subscription",
];

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

    /// A session that only reads is no lock: it can be set off. Only rights that are not there are. A role that the login can take is as
    /// good as its own, whether it inherits its rights or not.
    fn may_write(&mut self) -> Result<Vec<Remark>, ServerError> {
        let asked = self.ask(
            "select r.rolname, r.rolname = current_user, r.rolsuper, r.rolcreaterole from pg_catalog.pg_roles r \
             where pg_catalog.pg_has_role(r.oid, 'member') order by r.rolname <> current_user, r.rolname limit 1000",
        )?;
        let roles: Vec<[String; 4]> = asked
            .into_iter()
            .filter_map(|row| {
                <[_; 4]>::try_from(row.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()).ok()
            })
            .collect();
        let Some([user, _, superuser, _]) = roles.first().filter(|[_, own, ..]| own == "t") else {
            return Ok(Vec::new());
        };
        if superuser == "t" {
            return Ok(vec![Remark::warning(say!("about-superuser", user))]);
        }
        let mut powers = Vec::new();
        for [name, _, superuser, creates] in &roles {
            if superuser == "t" {
                powers.push(format!("superuser ({name})"));
            }
            if creates == "t" {
                powers.push(if name == user {
                    "CREATEROLE".to_owned()
                } else {
                    format!("CREATEROLE ({name})")
                });
            }
            if POWERS.contains(&name.as_str()) {
                powers.push(name.clone());
            }
        }
        let mut remarks = Vec::new();
        if !powers.is_empty() {
            let powers = Text::list(powers.into_iter().map(Text::from).collect::<Vec<_>>(), "list-comma");
            remarks.push(Remark::warning(say!("about-powers", user, powers)));
        }
        let user = self.quote(user);
        remarks.extend(self.tables_to_write(&user)?);
        remarks.extend(self.definers()?);
        Ok(remarks)
    }

    fn tables_to_write(&mut self, user: &str) -> Result<Option<Remark>, ServerError> {
        let whole = |right: &str| format!("pg_catalog.has_table_privilege(r.oid, c.oid, '{right}')");
        // A right on columns is none on the table.
        let of_columns = "pg_catalog.has_any_column_privilege(r.oid, c.oid, 'insert, update')".to_owned();
        let rights: Vec<String> = WRITING.into_iter().map(whole).chain([of_columns]).collect();
        let asked = self.ask(&format!(
            "select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace \
             where c.relkind in ('r', 'p', 'v', 'f') and n.nspname not in ('pg_catalog', 'information_schema') \
             and n.nspname not like 'pg\\_%' and exists (select 1 from pg_catalog.pg_roles r \
             where pg_catalog.pg_has_role(r.oid, 'member') and ({})) order by 1, 2 limit 1000",
            rights.join(" or ")
        ))?;
        let (count, tables, rights) = (asked.len(), self.named(asked), WRITING.join(", "));
        Ok((count > 0).then(|| Remark::warning(say!("about-writes", count, tables, rights, user))))
    }

    /// Functions that act with the rights of another one.
    fn definers(&mut self) -> Result<Option<Remark>, ServerError> {
        let asked = self.ask(
            "select n.nspname, p.proname from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace \
             where p.prosecdef and p.prorettype <> 'pg_catalog.trigger'::pg_catalog.regtype \
             and n.nspname not in ('pg_catalog', 'information_schema') and not pg_catalog.pg_has_role(p.proowner, 'member') \
             and exists (select 1 from pg_catalog.pg_roles r where pg_catalog.pg_has_role(r.oid, 'member') \
             and pg_catalog.has_function_privilege(r.oid, p.oid, 'execute') and pg_catalog.has_schema_privilege(r.oid, n.oid, 'usage')) \
             and not exists (select 1 from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass \
             and d.objid = p.oid and d.deptype = 'e') order by 1, 2 limit 1000",
        )?;
        let (there, functions) = (!asked.is_empty(), self.named(asked));
        Ok(there.then(|| Remark::warning(say!("about-definers", functions))))
    }

    /// The first of what was found, each by its schema and its name.
    fn named(&self, found: Vec<Vec<Option<String>>>) -> Text {
        let named = found.into_iter().take(NAMED).map(|row| {
            let parts: Vec<String> = row.into_iter().flatten().map(|name| self.quote(&name)).collect();
            Text::from(parts.join("."))
        });
        Text::list(named.collect::<Vec<_>>(), "list-comma")
    }

    fn of_read(&mut self, read: &ReadSpec) -> Result<Vec<Remark>, ServerError> {
        let name = &read.name;
        let mut remarks = Vec::new();
        if read.watermark.is_none() {
            remarks.push(Remark::note(say!("about-no_watermark", read = name)));
        }
        let ReadFrom::Table(table) = &read.from else { return Ok(remarks) };
        let there = self.tables(Some(table))?;
        let exact = there.iter().find(|[_, name]| name == table);
        let Some([schema, relation]) = exact.or(there.first()).cloned() else { return Ok(remarks) };
        remarks.extend(self.where_it_is(name, [&schema, &relation], &there)?);
        let Some(watermark) = &read.watermark else { return Ok(remarks) };
        remarks.extend(self.no_index(name, watermark, [&schema, &relation])?);
        Ok(remarks)
    }

    /// Which table is read, which others have its name, and whether rows of it are hidden.
    fn where_it_is(
        &mut self,
        read: &str,
        [schema, relation]: [&String; 2],
        there: &[[String; 2]],
    ) -> Result<Vec<Remark>, ServerError> {
        let table = format!("{}.{}", self.quote(schema), self.quote(relation));
        let others: Vec<Vec<Option<String>>> = there
            .iter()
            .filter(|[other, name]| name == relation && other != schema)
            .map(|both| both.iter().cloned().map(Some).collect())
            .collect();
        let mut remarks = vec![if others.is_empty() {
            Remark::note(say!("about-schema", read, table = &table))
        } else {
            Remark::warning(say!("about-schemas", read, table = &table, others = self.named(others)))
        }];
        // Servers before 9.5 have no such thing.
        let knows = self.ask(
            "select 1 from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace \
             where n.nspname = 'pg_catalog' and p.proname = 'row_security_active' limit 1",
        )?;
        if !knows.is_empty() {
            let asked = self.ask(&format!(
                "select pg_catalog.row_security_active(c.oid) from pg_catalog.pg_class c \
                 join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = {} and c.relname = {}",
                text(schema),
                text(relation)
            ))?;
            if asked.first().and_then(|row| row.first()?.as_deref()) == Some("t") {
                remarks.push(Remark::warning(say!("about-row_security", read, table)));
            }
        }
        Ok(remarks)
    }

    fn no_index(
        &mut self,
        read: &str,
        column: &str,
        [schema, relation]: [&String; 2],
    ) -> Result<Option<Remark>, ServerError> {
        let asked = self.ask(&format!(
            "select c.relkind, exists (select 1 from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid \
             and a.attnum = i.indkey[0] where i.indrelid = c.oid and pg_catalog.lower(a.attname) = pg_catalog.lower({})) \
             from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where n.nspname = {} and c.relname = {}",
            text(column),
            text(schema),
            text(relation)
        ))?;
        let Some([Some(kind), Some(indexed)]) =
            asked.into_iter().next().and_then(|row| <[_; 2]>::try_from(row).ok())
        else {
            return Ok(None);
        };
        let slow = ["r", "p"].contains(&kind.as_str()) && indexed == "f";
        Ok(slow.then(|| Remark::note(say!("about-no_index", read, column))))
    }
}
