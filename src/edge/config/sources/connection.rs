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
            settle: table.parsed("settle"),
            recursive: table.truth("recursive"),
            header_row: table.number("header_row"),
            encoding: table.text("encoding"),
        }
    }

    /// The connection of a kind.
    pub fn connection(self, table: &Table<'_>, kind: SourceKind, place: Place) -> Option<Connection> {
        let of_files = [key(&self.settle), key(&self.recursive)];
        let of_csv = [key(&self.delimiter), key(&self.header_row)];
        let of_database = [key(&self.encoding)];
        let settle = self.settle.as_ref().map_or(Duration::from_secs(30), |at| *at.value);
        let recursive = self.recursive.as_ref().is_some_and(|at| at.value);
        let path = match place {
            Place::Path(path) => path,
            Place::Server(server) => {
                refuse(table, of_files.into_iter().chain(of_csv), &say!("config-of_files"));
                let encoding = self.encoding.and_then(|at| known(table, at));
                let server = Server { encoding, ..server };
                return match kind {
                    SourceKind::Postgres => Some(Connection::Postgres(server)),
                    SourceKind::MySql => Some(Connection::MySql(server)),
                    SourceKind::Sqlite | SourceKind::Csv | SourceKind::Xes | SourceKind::Program => None,
                };
            }
            Place::Program(program) => {
                refuse(table, of_files.into_iter().chain(of_csv), &say!("config-of_files"));
                let encoding = self.encoding.and_then(|at| known(table, at));
                return Some(Connection::Program(Program { encoding, ..program }));
            }
        };
        match kind {
            SourceKind::Postgres | SourceKind::MySql | SourceKind::Program => None,
            SourceKind::Sqlite => {
                refuse(table, of_files.into_iter().chain(of_csv), &say!("config-of_files"));
                let encoding = self.encoding.and_then(|at| known(table, at));
                Some(Connection::Sqlite { path, encoding })
            }
            SourceKind::Xes => {
                refuse(table, of_csv.into_iter(), &say!("config-of_csv"));
                refuse(table, of_database.into_iter(), &say!("config-log_encoding"));
                Some(Connection::Xes { path, settle, recursive })
            }
            SourceKind::Csv => {
                refuse(table, of_database.into_iter(), &say!("config-csv_encoding"));
                let delimiter = self.delimiter.map_or(b',', |at| match at.value.as_bytes() {
                    [one] => *one,
                    _ => {
                        table.wrong(&at, say!("config-delimiter"));
                        b','
                    }
                });
                let header_row = self.header_row.map_or(1, |at| {
                    if !(1..=100).contains(&at.value) {
                        table.wrong(&at, say!("config-header_row"));
                    }
                    at.value
                });
                Some(Connection::Csv { path, delimiter, settle, recursive, header_row })
            }
        }
    }
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
