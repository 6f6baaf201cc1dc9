//! A connection that cannot write, and what SQLite's refusals mean to an operator.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use super::super::{Over, SourceError};
use crate::edge::{operator, plain_file};

/// How long to wait for a lock before the round goes on without this source.
const PATIENCE: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 5000 });

/// Bytes of a cell, and of a row, that SQLite hands out at all: what is larger is no record of a case.
const LARGEST_CELL: i32 = 16 << 20;

/// Steps of SQLite's machine between two looks at whether the reading is over: some tens of microseconds.
const STEPS: i32 = 1_000;

/// An open source database.
pub(super) struct Opened {
    /// The connection.
    pub connection: Connection,
    identity: (u64, u64),
    // Dropped after the connection: see `refuse_to_create_shm`.
    _looked_into: Option<File>,
}

impl Opened {
    /// Opens a file so that it cannot be written. When it is over SQLite ends what runs.
    pub fn new(path: &Path, over: Option<&Over>) -> Result<Self, SourceError> {
        let identity = identity(path)?;
        let looked_into = refuse_to_create_shm(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let prepare = || {
            let mut connection = Connection::open_with_flags(plain(path), flags)?;
            connection.busy_timeout(PATIENCE)?;
            connection.pragma_update(None, "query_only", true)?;
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
            connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LARGEST_CELL)?;
            if let Some(over) = over.cloned() {
                connection.progress_handler(STEPS, Some(move || over.is_over()))?;
            }
            Ok(connection)
        };
        let connection = prepare().map_err(|source| refusal(path, source))?;
        Ok(Self { connection, identity, _looked_into: looked_into })
    }

    /// When this is over SQLite ends what runs.
    pub fn end_when(&mut self, over: &Over) -> rusqlite::Result<()> {
        let over = over.clone();
        self.connection.progress_handler(STEPS, Some(move || over.is_over()))
    }

    /// Whether the path still leads to the file that was opened.
    pub fn is_current(&self, path: &Path) -> Result<bool, SourceError> {
        Ok(identity(path)? == self.identity)
    }

    /// A number that differs as soon as another connection has committed a change.
    pub fn data_version(&self, path: &Path) -> Result<i64, SourceError> {
        let version = self.connection.pragma_query_value(None, "data_version", |row| row.get(0));
        version.map_err(|source| refusal(path, source))
    }
}

/// Device and inode.
fn identity(path: &Path) -> Result<(u64, u64), SourceError> {
    let path_buf = || path.to_path_buf();
    let found = fs::metadata(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::Missing { path: path_buf() },
        io::ErrorKind::PermissionDenied => SourceError::Forbidden { path: path_buf(), source },
        _ => SourceError::Io { path: path_buf(), source },
    })?;
    if found.is_dir() {
        return Err(SourceError::Folder { path: path_buf() });
    }
    // SQLite would wait for whoever writes into a pipe.
    plain_file::is_file(found.file_type())
        .map_err(|what| SourceError::NoFile { path: path_buf(), what: operator::why(&what) })?;
    Ok((found.dev(), found.ino()))
}

/// SQLite is built to take `file:` names as URIs and some others as no file at all; a name with a folder
/// before it is always a file's.
fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() { path.to_path_buf() } else { Path::new(".").join(path) }
}

/// Opening a database in WAL mode creates its `-shm` file where there is none. Created by another user than
/// the owner's, it would lock the owner's own application out of writing: then the source stays closed.
///
/// Gives back the file where it had to be looked into: closing it would drop whatever locks this process has
/// on it, so it is kept as long as the connection.
fn refuse_to_create_shm(path: &Path) -> Result<Option<File>, SourceError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::PermissionDenied => SourceError::Forbidden { path: path.to_path_buf(), source },
        _ => SourceError::Io { path: path.to_path_buf(), source },
    };
    let owner = fs::metadata(path).map_err(failed)?.uid();
    // Where the system does not tell who we are, SQLite's own refusal has to do.
    let me = fs::metadata("/proc/self").map_or(owner, |me| me.uid());
    if me == owner || me == 0 || beside(path, "-shm").exists() {
        return Ok(None);
    }
    let file = File::open(path).map_err(failed)?;
    let mut header = Vec::with_capacity(20);
    (&file).take(20).read_to_end(&mut header).map_err(failed)?;
    if header.get(18) == Some(&2) {
        return Err(SourceError::WalClosed { path: path.to_path_buf() });
    }
    Ok(Some(file))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// What a refusal of SQLite's means.
pub(super) fn refusal(path: &Path, source: rusqlite::Error) -> SourceError {
    let path = path.to_path_buf();
    let rusqlite::Error::SqliteFailure(failure, _) = &source else {
        return SourceError::Sqlite { path, source };
    };
    match (failure.code, failure.extended_code) {
        (_, ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY) => {
            SourceError::Unfinished { path, source }
        }
        (_, ffi::SQLITE_READONLY_CANTINIT | ffi::SQLITE_READONLY_CANTLOCK) => SourceError::WalClosed { path },
        (ErrorCode::NotADatabase, _) => SourceError::NotADatabase { path, source },
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => SourceError::Busy { path, source },
        (ErrorCode::DatabaseCorrupt, _) => SourceError::Corrupt { path, source },
        (ErrorCode::SystemIoFailure, _) => SourceError::Disk { path, source },
        (ErrorCode::PermissionDenied, _) => {
            SourceError::Forbidden { path, source: io::Error::new(io::ErrorKind::PermissionDenied, source) }
        }
        (ErrorCode::TooBig, _) => SourceError::TooBig { path, source },
        (ErrorCode::CannotOpen, _) => match File::open(&path).map_err(|cause| (cause.kind(), cause)) {
            Err((io::ErrorKind::NotFound, _)) => SourceError::Missing { path },
            Err((io::ErrorKind::PermissionDenied, source)) => SourceError::Forbidden { path, source },
            // The file itself can be opened, so what cannot is its companion.
            _ if beside(&path, "-journal").exists() => SourceError::Unfinished { path, source },
            _ => SourceError::WalClosed { path },
        },
        _ => SourceError::Sqlite { path, source },
    }
}
