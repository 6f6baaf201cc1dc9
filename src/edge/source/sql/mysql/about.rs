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

    fn may_write(&mut self) -> Result<Option<Remark>, ServerError> {
        let grants = self.list("show grants")?;
        let writing: Vec<Text> =
            grants.iter().filter_map(|grant| writes(grant)).take(NAMED).map(Text::from).collect();
        let count = writing.len();
        let grants = Text::list(writing, "list-items");
        Ok((count > 0).then(|| Remark::warning(say!("about-grants", grants))))
    }

    fn of_read(&mut self, read: &ReadSpec) -> Result<Option<Remark>, ServerError> {
        let name = &read.name;
        let Some(watermark) = &read.watermark else {
            return Ok(Some(Remark::note(say!("about-no_watermark", read = name))));
        };
        let ReadFrom::Table(table) = &read.from else { return Ok(None) };
        let (table, column) = (text(table), text(watermark));
        let asked = self.list(&format!(
            "select table_type = 'BASE TABLE' and not exists (select 1 from information_schema.statistics s \
             where s.table_schema = t.table_schema and s.table_name = t.table_name and s.seq_in_index = 1 \
             and lower(s.column_name) = lower({column})) from information_schema.tables t \
             where t.table_schema = database() and lower(t.table_name) = lower({table})"
        ))?;
        let slow = asked.first().is_some_and(|answer| answer == "1");
        Ok(slow.then(|| Remark::note(say!("about-no_index", read = name, column = watermark))))
    }
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
    }
}
