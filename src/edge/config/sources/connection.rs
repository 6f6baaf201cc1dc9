//! What a source is and where; the keys that belong to another kind are wrong.

use std::path::PathBuf;
use std::time::Duration;

use super::super::written::{At, Table};
use crate::domain::record::connection::{Connection, SourceKind};
use crate::domain::record::program::Program;
use crate::domain::record::server::Server;
use crate::domain::text::{Text, say};

/// Where a source lies.
pub(super) enum Place {
    /// At a path.
    Path(PathBuf),
    /// On a server, whose encoding is not known yet.
    Server(Server),
    /// In a program, whose encoding is not known yet.
    Program(Program),
}

/// The keys of a connection as they are written, whatever the kind of the source.
pub(super) struct Written {
    delimiter: Option<At<String>>,
    sheet: Option<At<String>>,
    settle: Option<At<humantime::Duration>>,
    recursive: Option<At<bool>>,
    header_row: Option<At<u32>>,
    encoding: Option<At<String>>,
}

impl Written {
    /// As a table has them.
    pub fn of(table: &Table<'_>) -> Self {
        Self {
            delimiter: table.text("delimiter"),
            sheet: table.text("sheet"),
            settle: table.parsed("settle"),
            recursive: table.truth("recursive"),
            header_row: table.number("header_row"),
            encoding: table.text("encoding"),
        }
    }

    /// The connection of a kind.
    pub fn connection(self, table: &Table<'_>, kind: SourceKind, place: Place) -> Option<Connection> {
        let path = match place {
            Place::Path(path) => path,
            Place::Server(server) => {
                let server = Server { encoding: self.of_database(table), ..server };
                return match kind {
                    SourceKind::Postgres => Some(Connection::Postgres(server)),
                    SourceKind::MySql => Some(Connection::MySql(server)),
                    SourceKind::Sqlite
                    | SourceKind::Csv
                    | SourceKind::Xlsx
                    | SourceKind::Xes
                    | SourceKind::Program => None,
                };
            }
            Place::Program(program) => {
                return Some(Connection::Program(Program { encoding: self.of_database(table), ..program }));
            }
        };
        match kind {
            SourceKind::Postgres | SourceKind::MySql | SourceKind::Program => None,
            SourceKind::Sqlite => Some(Connection::Sqlite { path, encoding: self.of_database(table) }),
            SourceKind::Xes | SourceKind::Csv | SourceKind::Xlsx => Some(self.of_files(table, kind, path)),
        }
    }

    /// The encoding of a database, which has no keys of files.
    fn of_database(self, table: &Table<'_>) -> Option<String> {
        let of_files = [key(&self.settle), key(&self.recursive), key(&self.delimiter)];
        let of_tables = [key(&self.header_row), key(&self.sheet)];
        refuse(table, of_files.into_iter().chain(of_tables), &say!("config-of_files"));
        self.encoding.and_then(|at| known(table, at))
    }

    fn of_files(self, table: &Table<'_>, kind: SourceKind, path: PathBuf) -> Connection {
        let settle = self.settle.as_ref().map_or(Duration::from_secs(30), |at| *at.value);
        let recursive = self.recursive.as_ref().is_some_and(|at| at.value);
        let encoding = match kind {
            SourceKind::Csv => say!("config-csv_encoding"),
            SourceKind::Xlsx => say!("config-book_encoding"),
            _ => say!("config-log_encoding"),
        };
        refuse(table, [key(&self.encoding)].into_iter(), &encoding);
        if kind != SourceKind::Csv {
            refuse(table, [key(&self.delimiter)].into_iter(), &say!("config-of_csv"));
        }
        if kind != SourceKind::Xlsx {
            refuse(table, [key(&self.sheet)].into_iter(), &say!("config-of_book"));
        }
        match kind {
            SourceKind::Csv => {
                let delimiter = self.delimiter.map_or(b',', |at| match at.value.as_bytes() {
                    [one] => *one,
                    _ => {
                        table.wrong(&at, say!("config-delimiter"));
                        b','
                    }
                });
                let header_row = header_row(table, self.header_row);
                Connection::Csv { path, delimiter, settle, recursive, header_row }
            }
            SourceKind::Xlsx => {
                if let Some(at) = self.sheet.as_ref().filter(|at| at.value.trim().is_empty()) {
                    table.wrong(at, say!("config-say_something"));
                }
                let header_row = header_row(table, self.header_row);
                Connection::Xlsx { path, sheet: self.sheet.map(|at| at.value), settle, recursive, header_row }
            }
            _ => {
                refuse(table, [key(&self.header_row)].into_iter(), &say!("config-of_tables"));
                Connection::Xes { path, settle, recursive }
            }
        }
    }
}

/// The number of the row that names the columns.
fn header_row(table: &Table<'_>, at: Option<At<u32>>) -> u32 {
    at.map_or(1, |at| {
        if !(1..=100).contains(&at.value) {
            table.wrong(&at, say!("config-header_row"));
        }
        at.value
    })
}

/// An encoding by its name, if there is one of it.
fn known(table: &Table<'_>, at: At<String>) -> Option<String> {
    if encoding_rs::Encoding::for_label(at.value.as_bytes()).is_none() {
        table.wrong(&at, say!("config-no_encoding"));
        return None;
    }
    Some(at.value)
}

/// Where a key stands, if it does.
fn key<T>(at: &Option<At<T>>) -> Option<At<()>> {
    at.as_ref().map(|at| At { value: (), span: at.span.clone(), key: at.key.clone() })
}

fn refuse(table: &Table<'_>, keys: impl Iterator<Item = Option<At<()>>>, why: &Text) {
    keys.flatten().for_each(|at| table.wrong(&at, why.clone()));
}
