//! Whether nobody but root and ourselves can change a program that is to be run.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::is_file;
use crate::domain::text::{Text, say};
use crate::edge::operator::refusal;

/// Others than owner and group root that may write.
const BY_GROUP: u32 = 0o020;
const BY_ALL: u32 = 0o002;
/// In such a folder everybody may write, and change only what is his own.
const STICKY: u32 = 0o1000;
const RUNS: u32 = 0o111;

/// The file that a path of a program leads to.
///
/// # Errors
/// Those of the system; and, in the words of the error, where it is no file or none that is run, or where somebody else than root and
/// the user of this process could write it, or lay another in its place.
pub fn trusted(path: &Path) -> io::Result<PathBuf> {
    let real = fs::canonicalize(path)?;
    let found = fs::metadata(&real)?;
    is_file(found.file_type())?;
    if found.mode() & RUNS == 0 {
        return Err(refusal(ErrorKind::PermissionDenied, say!("trusted-not_run")));
    }
    let named = fs::canonicalize(path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(path))?;
    closed(&real, &found)?;
    for folder in real.ancestors().skip(1).chain(named.ancestors()) {
        closed(folder, &fs::metadata(folder)?)?;
    }
    Ok(real)
}

fn closed(path: &Path, found: &Metadata) -> io::Result<()> {
    let own = rustix::process::geteuid().as_raw();
    let (mode, group, owner) = (found.mode(), found.gid(), found.uid());
    let kind = if found.is_dir() { Kind::Folder } else { Kind::File };
    match open_to(mode, (owner, group), own, kind, &path.display().to_string()) {
        None => Ok(()),
        Some(why) => Err(refusal(ErrorKind::PermissionDenied, why)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

/// Who else may write a file or folder, if somebody may.
fn open_to(mode: u32, (owner, group): (u32, u32), own: u32, kind: Kind, path: &str) -> Option<Text> {
    if owner != 0 && owner != own {
        return Some(say!("trusted-owner", path, owner = owner.to_string()));
    }
    if kind == Kind::Folder && mode & STICKY != 0 {
        return None;
    }
    if mode & BY_ALL != 0 {
        return Some(say!("trusted-all", path));
    }
    (mode & BY_GROUP != 0 && group != 0).then(|| say!("trusted-group", path, group = group.to_string()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;
    use crate::domain::text::Language;

    /// A program that somebody else could change would run as he likes, with what we may read.
    #[test]
    fn only_root_and_we_may_write_a_program() {
        let open = |mode, owner, group, folder| {
            let why = open_to(mode, (owner, group), 7, folder, "it");
            why.map(|why| why.words(Language::English).split(' ').take(3).collect::<Vec<_>>().join(" "))
        };
        for (mode, owner, group) in [(0o755, 0, 0), (0o755, 7, 7), (0o775, 0, 0), (0o700, 7, 9)] {
            assert_eq!(open(mode, owner, group, Kind::File), None, "{mode:o} {owner} {group}");
        }
        assert_eq!(open(0o755, 8, 0, Kind::File).as_deref(), Some("it belongs to"));
        assert_eq!(open(0o757, 0, 0, Kind::File).as_deref(), Some("everybody may write"));
        assert_eq!(open(0o775, 0, 7, Kind::File).as_deref(), Some("the group with"));
        assert_eq!(open(0o1777, 0, 0, Kind::Folder), None, "nobody puts another file in the place of one");
        assert_eq!(open(0o1777, 0, 0, Kind::File).as_deref(), Some("everybody may write"));
        assert_eq!(open(0o777, 0, 0, Kind::Folder).as_deref(), Some("everybody may write"));
    }

    /// The folders on the way count too, also those of a link.
    #[test]
    fn the_way_to_a_program_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
        fs::create_dir(&ours).unwrap();
        fs::create_dir(&theirs).unwrap();
        let program = ours.join("read");
        fs::write(&program, "").unwrap();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        set(&ours, 0o755);
        set(&theirs, 0o777);
        set(&program, 0o644);
        let why = |path: &Path| trusted(path).map_err(|why| why.to_string());
        assert!(why(&program).unwrap_err().contains("not executable"));
        set(&program, 0o755);
        assert_eq!(why(&program).unwrap(), fs::canonicalize(&program).unwrap());
        symlink(&program, theirs.join("link")).unwrap();
        assert!(why(&theirs.join("link")).unwrap_err().contains("theirs"));
        set(&theirs, 0o755);
        assert_eq!(why(&theirs.join("link")).unwrap(), fs::canonicalize(&program).unwrap());
        set(&ours, 0o757);
        assert!(why(&theirs.join("link")).unwrap_err().contains("ours"));
        assert!(why(&ours).unwrap_err().contains("folder"));
        assert_eq!(trusted(&ours.join("absent")).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
