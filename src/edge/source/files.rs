//! Which files there are, and by what it shows that one has changed.

mod contents;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::SourceError;
use crate::domain::now::Now;
use crate::domain::text::visible::on_one_line;
use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};
pub(super) use contents::{Contents, digest_of};

/// A file to read.
pub(super) struct Found {
    /// Its name without folders.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// What it looked like when it was found.
    pub print: Fingerprint,
    /// The folder in which it must lie, without links; `None` where `path` names it itself.
    within: Option<PathBuf>,
}

/// What lies at a source's path.
#[derive(Default)]
pub(super) struct Listing {
    /// Whether it is a folder of files.
    pub is_folder: bool,
    /// The files, in the order of their names.
    pub files: Vec<Found>,
    /// What has the name of a file and is none: it can hold nothing.
    pub refused: Vec<(String, SourceError)>,
    /// What else stands there that might be meant: files of other endings, folders that are not looked through.
    pub passed_over: Vec<String>,
}

impl Found {
    /// Opens it, without waiting for anybody.
    ///
    /// # Errors
    /// Also where it is a file no more, or leads out of its folder by now.
    pub fn open(&self) -> Result<File, SourceError> {
        let file = plain_file::open(&self.path).map_err(|source| fault(&self.path, source))?;
        match &self.within {
            Some(folder) if !lies_in(&self.path, folder) => {
                Err(SourceError::NoFile { path: self.path.clone(), what: outside() })
            }
            _ => Ok(file),
        }
    }
}

/// What is said of a link to somewhere else: whoever may write into the folder might have anything read that jianchad may read.
fn outside() -> Text {
    say!("fault-link_outside")
}

/// Whether a path, its links followed, ends below a folder.
fn lies_in(path: &Path, folder: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.starts_with(folder))
}

/// By what it shows that a file has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Of a table: whether it ends with the end of a line; `None`: nobody has looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_line: Option<bool>,
    /// When the file was written that was refused since, as it seemed to be cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<i64>,
    /// Sheets that are hidden, not read, and have the columns of the mapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_tables: Vec<String>,
    /// What stands in it.
    #[serde(default, skip_serializing_if = "Contents::is_unknown")]
    pub contents: Contents,
    /// It lacks the columns of this read, and another read of its source takes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_another: bool,
    /// It was taken away since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// The files a read has taken, by name: its cursor.
pub(super) type Taken = BTreeMap<String, Fingerprint>;

/// Sheets that are hidden and could be read, each behind its file.
pub(super) fn hidden_tables(taken: &Taken) -> impl Iterator<Item = String> {
    let there = taken.iter().filter(|(_, print)| !print.gone);
    there.flat_map(|(file, print)| print.hidden_tables.iter().map(move |sheet| format!("{file} [{sheet}]")))
}

/// The attributes of a mapping that no event of any of the logs has.
pub(super) fn absent_from_all(taken: &Taken) -> Vec<String> {
    let mut of_files = taken.values().filter_map(|print| print.absent.as_ref());
    let Some(first) = of_files.next() else { return Vec::new() };
    let mut absent = first.clone();
    of_files.for_each(|of_file| absent.retain(|name| of_file.contains(name)));
    absent
}

impl Fingerprint {
    /// As a file lies there.
    pub fn of(found: &Metadata) -> Self {
        let modified = found.mtime().saturating_mul(1_000_000_000).saturating_add(found.mtime_nsec());
        Self { size: found.len(), modified, ..Self::default() }
    }

    /// Whether the file has lain untouched for so long that an unfinished end is its end. In a replay the
    /// present says nothing of when the file was written, and it is taken as it lies there.
    pub fn is_settled(&self, settle: Duration, now: &Now) -> bool {
        let settle = i64::try_from(settle.as_nanos()).unwrap_or(i64::MAX);
        let present = now.instant.timestamp().saturating_mul(1_000_000_000);
        now.replay || self.modified.saturating_add(settle) <= present
    }

    /// When what stands in the file was written, in nanoseconds since 1970: a copy is as old as what it was made of.
    pub fn since(&self) -> i64 {
        self.contents.since.unwrap_or(self.modified)
    }

    /// Whether a file that was taken when it looked like `self` need not be read again.
    pub fn covers(&self, found: &Self, settle: Duration, now: &Now) -> bool {
        let same = self.size == found.size && self.modified == found.modified;
        same && !(self.held_back && found.is_settled(settle, now))
    }
}

/// Which folders are looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folders {
    /// The one that is named.
    Own,
    /// Those in it too.
    All,
}

/// The file that `path` names, or those of the folder whose names end in one of `endings`.
pub(super) fn find(path: &Path, endings: &[&str], folders: Folders) -> Result<Listing, SourceError> {
    let found = fs::metadata(path).map_err(|source| fault(path, source))?;
    if !found.is_dir() {
        plain_file::is_file(found.file_type()).map_err(|source| fault(path, source))?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let one = Found { name, path: path.to_path_buf(), print: Fingerprint::of(&found), within: None };
        return Ok(Listing { files: vec![one], ..Listing::default() });
    }
    let within = fs::canonicalize(path).map_err(|source| fault(path, source))?;
    let mut listing = Listing { is_folder: true, ..Listing::default() };
    Looking { endings, folders, within: &within }.through(path, "", 0, &mut listing)?;
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    listing.refused.sort_by(|a, b| a.0.cmp(&b.0));
    listing.passed_over.sort();
    Ok(listing)
}

/// Folders lie in one another no deeper than this.
const DEEPEST: u32 = 16;

/// What is looked for in a folder.
struct Looking<'a> {
    endings: &'a [&'a str],
    folders: Folders,
    within: &'a Path,
}

impl Looking<'_> {
    /// A folder that is a link is not looked through: it may lead anywhere, and back.
    fn through(
        &self,
        folder: &Path,
        prefix: &str,
        depth: u32,
        listing: &mut Listing,
    ) -> Result<(), SourceError> {
        for entry in fs::read_dir(folder).map_err(|source| fault(folder, source))? {
            let entry = entry.map_err(|source| fault(folder, source))?;
            let own = entry.file_name().to_string_lossy().into_owned();
            if is_on_its_way(&own) {
                continue;
            }
            let (name, path) = (format!("{prefix}{own}"), entry.path());
            let lower = own.to_lowercase();
            let taken = self.endings.iter().any(|ending| lower.ends_with(ending));
            if on_one_line(&own) != own {
                if taken {
                    // It stands in messages, and two of them might look alike.
                    let (path, what) = (folder.join(on_one_line(&own).as_ref()), say!("fault-name_unseen"));
                    listing.refused.push((name, SourceError::NoFile { path, what }));
                }
                continue;
            }
            if !taken {
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                if is_folder && self.folders == Folders::All && depth < DEEPEST {
                    self.through(&path, &format!("{name}/"), depth + 1, listing)?;
                } else {
                    listing.passed_over.push(if is_folder { format!("{name}/") } else { name });
                }
                continue;
            }
            match kind(&path, self.within) {
                Ok(Some(found)) => {
                    let (print, within) = (Fingerprint::of(&found), Some(self.within.to_path_buf()));
                    listing.files.push(Found { name, path, print, within });
                }
                Ok(None) => {}
                Err(error) => listing.refused.push((name, error)),
            }
        }
        Ok(())
    }
}

/// Whether a name says that the file is hidden or not finished yet, or the mark of an open document.
fn is_on_its_way(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || [".tmp", ".part"].iter().any(|end| name.ends_with(end))
}

/// What a file of a folder looks like; `None` where it vanished since it was listed. A link is followed inside the folder.
fn kind(path: &Path, within: &Path) -> Result<Option<Metadata>, SourceError> {
    let none = |what: Text| SourceError::NoFile { path: path.to_path_buf(), what };
    let own = match fs::symlink_metadata(path) {
        Ok(own) => own,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(fault(path, source)),
    };
    if !own.is_symlink() {
        return match plain_file::is_file(own.file_type()) {
            Ok(()) => Ok(Some(own)),
            Err(what) => Err(none(operator::why(&what))),
        };
    }
    let Ok(real) = fs::canonicalize(path) else {
        return Err(none(say!("fault-link_nowhere")));
    };
    if !real.starts_with(within) {
        return Err(none(outside()));
    }
    let found = fs::metadata(&real).map_err(|source| fault(path, source))?;
    plain_file::is_file(found.file_type()).map_err(|what| none(operator::why(&what)))?;
    Ok(Some(found))
}

/// What a refusal of the file system means.
pub(super) fn fault(path: &Path, source: io::Error) -> SourceError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => SourceError::Missing { path },
        io::ErrorKind::PermissionDenied => SourceError::Forbidden { path, source },
        io::ErrorKind::InvalidInput => SourceError::NoFile { path, what: operator::why(&source) },
        _ => SourceError::Io { path, source },
    }
}
