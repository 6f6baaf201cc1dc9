//! What an administrator is told of a server: what it is, whether this login could write, whose clock is right, what slows reading down.

use chrono::{DateTime, FixedOffset};

use super::super::clocks;
use super::super::fault::ServerError;
use super::super::session::Session;
use super::MySql;
use super::notation::text;
use crate::domain::record::mapping::{ReadFrom, ReadSpec};
use crate::domain::text::{Text, say};
use crate::edge::source::Remark;

/// Rights that only read, or say nothing.
const READING: [&str; 6] =
    ["SELECT", "USAGE", "SHOW VIEW", "SHOW DATABASES", "REPLICATION CLIENT", "PROCESS"];

/// Rows that are looked at for what no encoding says.
const LOOKED_AT: usize = 1_000;

/// Grants that are named.
const NAMED: usize = 3;

impl MySql {
    /// All that there is to say, at a moment by our own clock.
    pub(super) fn remarks(
        &mut self,
        now: DateTime<FixedOffset>,
        reads: &[ReadSpec],
    ) -> Result<Vec<Remark>, ServerError> {
        let asked =
            self.ask("select @@version, @@character_set_database, @@global.read_only, unix_timestamp()")?;
        let mut row = asked.into_iter().next().unwrap_or_default().into_iter().map(Option::unwrap_or_default);
        let (version, encoding) = (row.next().unwrap_or_default(), row.next().unwrap_or_default());
        let (standby, clock) = (row.next(), row.next());
        let name = if version.contains("MariaDB") { "" } else { "MySQL " };
        let server: String = format!("{name}{version}").chars().take(100).collect();
        let mut remarks = vec![Remark::note(say!("about-server", server, encoding))];
        if standby.as_deref() == Some("1") {
            remarks.push(Remark::note(say!("about-standby")));
        }
        remarks.extend(clocks::differ(clock.as_deref(), now));
        remarks.extend(self.may_write()?);
        for read in reads {
            remarks.extend(self.of_read(read)?);
        }
        Ok(remarks)
    }

    fn may_write(&mut self) -> Result<Vec<Remark>, ServerError> {
        let mut grants = self.list("show grants")?;
        let roles: Vec<String> = grants.iter().filter_map(|grant| role(grant)).collect();
        let mut unseen = Vec::new();
        for role in roles {
            // What a role may is seen by whoever has taken it.
            let of_role = if self.talk.version.contains("MariaDB") {
                self.run(&format!("set role {role}")).and_then(|()| self.list("show grants"))
            } else {
                self.list(&format!("show grants for current_user() using {role}"))
            };
            match of_role {
                Ok(more) => grants.extend(more),
                Err(error) if error.is_of_connection() => return Err(error),
                Err(_) => unseen.push(Text::from(role)),
            }
        }
        let mut writing: Vec<String> = grants.iter().filter_map(|grant| writes(grant)).collect();
        writing.dedup();
        let mut remarks = Vec::new();
        if !writing.is_empty() {
            let grants = Text::list(writing.into_iter().take(NAMED).map(Text::from), "list-items");
            remarks.push(Remark::warning(say!("about-grants", grants)));
        }
        if !unseen.is_empty() {
            remarks.push(Remark::warning(say!("about-roles", roles = Text::list(unseen, "list-comma"))));
        }
        Ok(remarks)
    }

    fn of_read(&mut self, read: &ReadSpec) -> Result<Vec<Remark>, ServerError> {
        let name = &read.name;
        let mut remarks = Vec::new();
        if read.watermark.is_none() {
            remarks.push(Remark::note(say!("about-no_watermark", read = name)));
        }
        let ReadFrom::Table(table) = &read.from else { return Ok(remarks) };
        if !self.as_they_are {
            remarks.extend(self.no_latin1(read, table)?);
        }
        let Some(watermark) = &read.watermark else { return Ok(remarks) };
        remarks.extend(self.no_index(name, table, watermark)?);
        Ok(remarks)
    }

    /// Columns that say latin1 and whose first rows hold more than ASCII: old systems put GBK there.
    fn no_latin1(&mut self, read: &ReadSpec, table: &str) -> Result<Option<Remark>, ServerError> {
        let asked = self.ask(&format!(
            "select table_name, column_name from information_schema.columns where table_schema = database() \
             and lower(table_name) = lower({}) and character_set_name = 'latin1' order by ordinal_position",
            text(table)
        ))?;
        let used = read.columns();
        let mut columns = Vec::new();
        for row in asked {
            let Ok([Some(table), Some(column)]) = <[Option<String>; 2]>::try_from(row) else { continue };
            if !used.iter().any(|name| name.eq_ignore_ascii_case(&column)) {
                continue;
            }
            let (from, cell) = (self.quote(&table), self.quote(&column));
            let found = self.list(&format!(
                "select 1 from (select {cell} as c from {from} limit {LOOKED_AT}) as s \
                 where length(c) <> length(convert(c using utf8mb4)) limit 1"
            ));
            match found {
                Ok(found) => columns.extend((!found.is_empty()).then(|| say!("cell-quoted", shown = column))),
                Err(error) if error.is_of_connection() => return Err(error),
                // Why it cannot be read is said of its rows.
                Err(_) => {}
            }
        }
        let (there, columns) = (!columns.is_empty(), Text::list(columns, "list-comma"));
        Ok(there.then(|| Remark::warning(say!("about-latin1", read = &read.name, columns))))
    }

    fn no_index(&mut self, read: &str, table: &str, watermark: &str) -> Result<Option<Remark>, ServerError> {
        let (table, column) = (text(table), text(watermark));
        let asked = self.list(&format!(
            "select table_type = 'BASE TABLE' and not exists (select 1 from information_schema.statistics s \
             where s.table_schema = t.table_schema and s.table_name = t.table_name and s.seq_in_index = 1 \
             and lower(s.column_name) = lower({column})) from information_schema.tables t \
             where t.table_schema = database() and lower(t.table_name) = lower({table})"
        ))?;
        let slow = asked.first().is_some_and(|answer| answer == "1");
        Ok(slow.then(|| Remark::note(say!("about-no_index", read, column = watermark))))
    }
}

/// The role that a grant gives, as the server writes it.
fn role(grant: &str) -> Option<String> {
    let (role, _) = grant.strip_prefix("GRANT ")?.split_once(" TO ")?;
    let is_name = !role.contains(" ON ") && !role.contains([';', '(', '*']);
    is_name.then(|| role.to_owned())
}

/// A grant that allows more than reading, without whom it is given to: a digest of his password may stand there.
fn writes(grant: &str) -> Option<String> {
    let rights = grant.strip_prefix("GRANT ")?;
    let end = rights.find(" TO ")?;
    let (rights, on) = rights[..end].split_once(" ON ")?;
    // Columns stand in parentheses, with commas between them.
    let mut depth = 0;
    let apart = rights.split(|sign: char| {
        depth += i32::from(sign == '(') - i32::from(sign == ')');
        sign == ',' && depth == 0
    });
    let reads = |right: &str| READING.contains(&right.split('(').next().unwrap_or_default().trim());
    (!apart.map(str::to_owned).collect::<Vec<_>>().iter().all(|right| reads(right)))
        .then(|| format!("{rights} ON {on}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What only reads is no matter; nothing that stands for a password is shown.
    #[test]
    fn a_grant_that_writes_is_known() {
        let of = |grant: &str| writes(grant);
        assert_eq!(of("GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*AB'"), None);
        assert_eq!(of("GRANT SELECT (`a`, `b`), SHOW VIEW ON `hall`.* TO `u`@`%`"), None);
        assert_eq!(
            of("GRANT SELECT, UPDATE (`a`) ON `h`.`t` TO `u`@`%`").as_deref(),
            Some("SELECT, UPDATE (`a`) ON `h`.`t`")
        );
        let all =
            of("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` IDENTIFIED BY PASSWORD '*AB' WITH GRANT OPTION");
        assert_eq!(all.as_deref(), Some("ALL PRIVILEGES ON *.*"));
        assert_eq!(of("GRANT FILE ON *.* TO `u`@`%`").as_deref(), Some("FILE ON *.*"));
        assert_eq!(role("GRANT `jw` TO `u`@`%`").as_deref(), Some("`jw`"));
        assert_eq!(role("GRANT `jw`@`%` TO `u`@`%`").as_deref(), Some("`jw`@`%`"));
        assert_eq!(role("GRANT SELECT ON `h`.* TO `u`@`%`"), None);
    }
}
