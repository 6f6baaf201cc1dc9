//! Which files there are, and by what it shows that one has changed.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::SourceError;
use crate::domain::now::Now;

/// A file to read.
pub(super) struct Found {
    /// Its name without folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What it looked like when it was found.
    pub print: Fingerprint,
}

/// By what it shows that a file has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// Bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// An unfinished end was held back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held_back: bool,
    /// Of an event log: which attributes of the mapping none of its events has; `None`: it has no events, or is no event log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Vec<String>>,
}

/// The files a read has taken, by name: its cursor.
pub(super) type Taken = BTreeMap<String, Fingerprint>;

/// The attributes of a mapping that no event of any of the logs has.
pub(super) fn absent_from_all(taken: &Taken) -> Vec<String> {
    let mut of_files = taken.values().filter_map(|print| print.absent.as_ref());
    let Some(first) = of_files.next() else { return Vec::new() };
    let mut absent = first.clone();
    of_files.for_each(|of_file| absent.retain(|name| of_file.contains(name)));
    absent
}

impl Fingerprint {
    pub fn of(found: &Metadata) -> Self {
        let modified = found.mtime().saturating_mul(1_000_000_000).saturating_add(found.mtime_nsec());
        Self { size: found.len(), modified, held_back: false, absent: None }
    }

    /// Whether the file has lain untouched for so long that an unfinished end is its end. In a replay the
    /// present says nothing of when the file was written, and it is taken as it lies there.
    pub fn is_settled(&self, settle: Duration, now: &Now) -> bool {
        let settle = i64::try_from(settle.as_nanos()).unwrap_or(i64::MAX);
        let present = now.instant.timestamp().saturating_mul(1_000_000_000);
        now.replay || self.modified.saturating_add(settle) <= present
    }

    /// Whether a file that was taken when it looked like `self` need not be read again.
    pub fn covers(&self, found: &Self, settle: Duration, now: &Now) -> bool {
        let same = self.size == found.size && self.modified == found.modified;
        same && !(self.held_back && found.is_settled(settle, now))
    }
}

/// The files of a source, in the order of their names: the one that `path` names, or all of the folder whose names
/// end in one of `endings`. The flag says which.
pub(super) fn find(path: &Path, endings: &[&str]) -> Result<(bool, Vec<Found>), SourceError> {
    let found = fs::metadata(path).map_err(|source| fault(path, source))?;
    if !found.is_dir() {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let one = Found { name, path: path.to_path_buf(), print: Fingerprint::of(&found) };
        return Ok((false, vec![one]));
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|source| fault(path, source))? {
        let entry = entry.map_err(|source| fault(path, source))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let lower = name.to_lowercase();
        if name.starts_with('.') || !endings.iter().any(|ending| lower.ends_with(ending)) {
            continue;
        }
        // A link is followed; what vanished since it was listed is not there.
        match fs::metadata(entry.path()) {
            Ok(found) if found.is_file() => {
                files.push(Found { name, path: entry.path(), print: Fingerprint::of(&found) });
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(fault(&entry.path(), source)),
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((true, files))
}

/// What a refusal of the file system means.
pub(super) fn fault(path: &Path, source: io::Error) -> SourceError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::Missing { path },
        io::ErrorKind::PermissionDenied => SourceError::Forbidden { path, source },
        _ => SourceError::Io { path, source },
    }
}
