//! What kinds of sources there are, and what leads to one.

use std::path::PathBuf;
use std::time::Duration;

use super::program::Program;
use super::server::Server;
use crate::domain::text::words;

/// The kinds of sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// An SQLite database file.
    Sqlite,
    /// CSV files.
    Csv,
    /// Workbooks of spreadsheets.
    Xlsx,
    /// Event logs in XES (IEEE 1849).
    Xes,
    /// A PostgreSQL server, or one that speaks its protocol.
    Postgres,
    /// A MySQL or MariaDB server, or one that speaks their protocol.
    MySql,
    /// A program that writes rows.
    Program,
}

words!(SourceKind {
    Sqlite = "sqlite", "SQLite 数据库";
    Csv = "csv", "CSV 文件";
    Xlsx = "xlsx", "Excel 工作簿";
    Xes = "xes", "XES 事件日志";
    Postgres = "postgres", "PostgreSQL 数据库";
    MySql = "mysql", "MySQL 数据库";
    Program = "program", "读取程序";
});

impl SourceKind {
    /// Whether it is a server that is asked over the network.
    pub fn is_server(self) -> bool {
        match self {
            Self::Postgres | Self::MySql => true,
            Self::Sqlite | Self::Csv | Self::Xlsx | Self::Xes | Self::Program => false,
        }
    }

    /// Whether it is files that are read as a whole, and not a database with tables.
    pub fn is_files(self) -> bool {
        match self {
            Self::Sqlite | Self::Postgres | Self::MySql | Self::Program => false,
            Self::Csv | Self::Xlsx | Self::Xes => true,
        }
    }
}

/// What a source is and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// An SQLite database file, opened so that it cannot be written.
    Sqlite {
        /// Its path.
        path: PathBuf,
        /// In which encoding texts are that are no UTF-8, by its name; `None`: nobody knows.
        encoding: Option<String>,
    },
    /// A database of a PostgreSQL server.
    Postgres(Server),
    /// A database of a MySQL or MariaDB server.
    MySql(Server),
    /// A program that writes rows.
    Program(Program),
    /// An event log in XES (IEEE 1849), `.xes` or `.xes.gz`, or a folder into which such files are dropped.
    Xes {
        /// File or folder.
        path: PathBuf,
        /// How long a file must lie untouched before one that breaks off is taken for spoilt.
        settle: Duration,
        /// The folders in it are looked through too.
        recursive: bool,
    },
    /// A workbook (`.xlsx`), or a folder into which such files are dropped.
    Xlsx {
        /// File or folder.
        path: PathBuf,
        /// The sheet's name; `None`: the first that is shown.
        sheet: Option<String>,
        /// How long a file must lie untouched before one that breaks off is taken for spoilt.
        settle: Duration,
        /// The folders in it are looked through too.
        recursive: bool,
        /// Number of the row that names the columns, counted from 1.
        header_row: u32,
    },
    /// A CSV file, or a folder into which such files are dropped.
    Csv {
        /// File or folder. In a folder every `*.csv` and `*.csv.gz` is read, in the order of names.
        path: PathBuf,
        /// Field delimiter.
        delimiter: u8,
        /// How long a file must lie untouched before an unfinished last line is taken as finished.
        settle: Duration,
        /// The folders in it are looked through too.
        recursive: bool,
        /// Number of the row that names the columns, counted from 1.
        header_row: u32,
    },
}

impl Connection {
    /// The encoding of texts that are no UTF-8, where it was said.
    pub fn encoding(&self) -> Option<&str> {
        match self {
            Self::Sqlite { encoding, .. }
            | Self::Postgres(Server { encoding, .. })
            | Self::MySql(Server { encoding, .. })
            | Self::Program(Program { encoding, .. }) => encoding.as_deref(),
            Self::Xes { .. } | Self::Csv { .. } | Self::Xlsx { .. } => None,
        }
    }

    /// In which way it is read, where that makes other records of the same rows: their encoding, what a program is started with,
    /// the sheet of a workbook.
    pub fn manner(&self) -> String {
        let encoding = self.encoding().unwrap_or_default();
        match self {
            Self::Program(program) => format!("{encoding}{:?}", program.arguments),
            Self::Xlsx { sheet, .. } => sheet.clone().unwrap_or_default(),
            Self::Sqlite { .. }
            | Self::Postgres(_)
            | Self::MySql(_)
            | Self::Xes { .. }
            | Self::Csv { .. } => encoding.to_owned(),
        }
    }

    /// Its kind.
    pub fn kind(&self) -> SourceKind {
        match self {
            Self::Sqlite { .. } => SourceKind::Sqlite,
            Self::Xes { .. } => SourceKind::Xes,
            Self::Csv { .. } => SourceKind::Csv,
            Self::Xlsx { .. } => SourceKind::Xlsx,
            Self::Postgres(_) => SourceKind::Postgres,
            Self::MySql(_) => SourceKind::MySql,
            Self::Program(_) => SourceKind::Program,
        }
    }

    /// Where it lies: its path, or what a server's database is called by.
    pub fn place(&self) -> PathBuf {
        match self {
            Self::Sqlite { path, .. }
            | Self::Csv { path, .. }
            | Self::Xlsx { path, .. }
            | Self::Xes { path, .. } => path.clone(),
            Self::Postgres(server) => format!("postgres://{}", server.place()).into(),
            Self::Program(program) => program.path.clone(),
            Self::MySql(server) => format!("mysql://{}", server.place()).into(),
        }
    }
}
