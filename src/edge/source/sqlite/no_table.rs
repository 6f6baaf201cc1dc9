//! A table that is not there: which ones are, and which was probably meant.

use super::super::SourceError;
use super::connection::refusal;
use super::pass::Pass;
use crate::domain::text::{Text, nearest, say};

impl Pass<'_> {
    /// That a table is not there.
    pub(super) fn no_table(&self, table: &str) -> Result<SourceError, SourceError> {
        const SHOWN: usize = 12;
        let sql = "select name from pragma_table_list where schema = 'main' and type in ('table', 'view') \
                   and name not like 'sqlite\\_%' escape '\\' order by name";
        let list = || {
            let mut statement = self.connection.prepare(sql)?;
            let names = statement.query_map([], |row| row.get::<_, String>(0))?;
            names.collect::<Result<Vec<_>, _>>()
        };
        let names = list().map_err(|source| refusal(self.path, source))?;
        let shown = names.iter().take(SHOWN).map(|shown| say!("cell-quoted", shown));
        let tables = Text::list(shown, "list-comma");
        let mut there = match names.len() {
            0 => say!("fault-tables_none"),
            1..=SHOWN => tables,
            all => say!("fault-tables_more", tables, more = all - SHOWN),
        };
        if let Some(meant) = nearest(table, names.iter().map(String::as_str)) {
            there = say!("fault-tables_meant", tables = there, meant);
        }
        Ok(SourceError::NoTable { path: self.path.to_path_buf(), table: table.to_owned(), there })
    }
}
