//! The files that a configuration is made of: from the disk, and noted as they were read; or from a copy that was kept of them.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::edge::plain_file;

/// What was read, by its path: below the configuration's own folder as seen from there, else as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// Contents of files.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// What lies in folders, in order, by name.
    pub folders: BTreeMap<PathBuf, Vec<PathBuf>>,
}

/// Where the files of one configuration are read. A clone reads and notes as the first does.
#[derive(Debug, Clone, Default)]
pub struct Files(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    folder: PathBuf,
    /// Read in the place of the disk.
    kept: Option<Taken>,
    noted: Mutex<Taken>,
}

impl Files {
    /// Those on the disk, of a configuration in a folder.
    pub(super) fn on_disk(folder: &Path) -> Self {
        Self(Arc::new(Inner { folder: folder.to_owned(), ..Inner::default() }))
    }

    /// Those of a copy, as if they lay where they were read.
    pub(super) fn kept(folder: &Path, kept: Taken) -> Self {
        Self(Arc::new(Inner { folder: folder.to_owned(), kept: Some(kept), ..Inner::default() }))
    }

    /// Whether they come from a copy: nothing is sent or signed by one.
    pub(super) fn are_kept(&self) -> bool {
        self.0.kept.is_some()
    }

    /// What was read so far.
    pub(super) fn noted(&self) -> Taken {
        self.0.noted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn name(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.0.folder).unwrap_or(path).to_owned()
    }

    /// Lets go of what was read.
    pub(super) fn forget(&self) {
        *self.0.noted.lock().unwrap_or_else(PoisonError::into_inner) = Taken::default();
    }

    /// All bytes of a file.
    pub(super) fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(kept) = &self.0.kept {
            return kept.files.get(&self.name(path)).cloned().ok_or_else(|| ErrorKind::NotFound.into());
        }
        let bytes = plain_file::read(path)?;
        let mut noted = self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.files.insert(self.name(path), bytes.clone());
        Ok(bytes)
    }

    /// All of a file as text in UTF-8.
    pub(super) fn read_to_string(&self, path: &Path) -> io::Result<String> {
        plain_file::text(self.read(path)?)
    }

    /// The paths of what lies in a folder, in the order of their names.
    pub(super) fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let name = self.name(folder);
        let names = match &self.0.kept {
            Some(kept) => kept.folders.get(&name).cloned().ok_or(ErrorKind::NotFound)?,
            None => {
                let entries = std::fs::read_dir(folder)?;
                let mut names: Vec<PathBuf> =
                    entries.filter_map(|entry| Some(entry.ok()?.file_name().into())).collect();
                names.sort();
                let mut noted = self.0.noted.lock().unwrap_or_else(PoisonError::into_inner);
                noted.folders.insert(name, names.clone());
                names
            }
        };
        Ok(names.into_iter().map(|name| folder.join(name)).collect())
    }
}
