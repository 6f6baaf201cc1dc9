//! Files that others may have put there: opened without waiting, refused at once where they are none, never read without a bound.

pub mod known_kind;
mod trusted;

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::operator::refusal;
use crate::domain::text::say;
pub use trusted::trusted;

/// Largest file of settings, in bytes: a registry of a million rows is smaller.
const AT_MOST: u64 = 256 << 20;

/// Opens a regular file for reading. A link is followed.
///
/// # Errors
/// Those of the system; and [`io::ErrorKind::InvalidInput`], with its kind in the words of the error, where it is no file: a
/// named pipe would be waited for, a device might never end.
pub fn open(path: &Path) -> io::Result<File> {
    is_file(fs::metadata(path)?.file_type())?;
    // It may have been put in the place of the file meanwhile.
    let waits_for_nobody = i32::try_from(OFlags::NONBLOCK.bits()).expect("a flag of the system's own");
    let file = OpenOptions::new().read(true).custom_flags(waits_for_nobody).open(path)?;
    is_file(file.metadata()?.file_type())?;
    Ok(file)
}

/// All bytes of a regular file.
///
/// # Errors
/// Those of [`open`]; and where it is larger than 256 MiB.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(AT_MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > AT_MOST {
        return Err(refusal(io::ErrorKind::InvalidInput, say!("fault-too_large")));
    }
    Ok(bytes)
}

/// All of a regular file as text in UTF-8.
///
/// # Errors
/// Those of [`read`]; and where it is no UTF-8.
pub fn read_to_string(path: &Path) -> io::Result<String> {
    text(read(path)?)
}

/// Bytes as text in UTF-8.
///
/// # Errors
/// Where they are none.
pub fn text(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes);
    text.map_err(|_| refusal(io::ErrorKind::InvalidData, say!("fault-no_utf8")))
}

/// Puts a file in the place of another, whole or not at all: one that is half written would be one that cannot be read. Others than
/// user and group do not read it.
///
/// # Errors
/// Those of the system; the file is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let new = PathBuf::from(new);
    // What a program that was killed left, or a link that somebody laid there.
    if new.symlink_metadata().is_ok() {
        fs::remove_file(&new)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o640).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)
}

/// What this process makes from now on nobody but its user and group reads (0640), as under the unit.
pub fn keep_from_others() {
    let others = Mode::RWXO | Mode::WGRP;
    let before = rustix::process::umask(others);
    rustix::process::umask(before | others);
}

/// Whether it is a regular file.
///
/// # Errors
/// What it is instead.
pub fn is_file(kind: FileType) -> io::Result<()> {
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_dir() {
        say!("fault-is_folder")
    } else if kind.is_fifo() {
        say!("fault-is_pipe")
    } else if kind.is_socket() {
        say!("fault-is_socket")
    } else if kind.is_symlink() {
        say!("fault-is_link")
    } else {
        say!("fault-is_device")
    };
    Err(refusal(io::ErrorKind::InvalidInput, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is no file is refused by its kind, at once; a file and a link to one are read.
    #[test]
    fn only_a_file_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("file"), "text").unwrap();
        std::os::unix::fs::symlink("file", at("link")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("pipe"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .unwrap();
        assert_eq!(read_to_string(&at("file")).unwrap(), "text");
        assert_eq!(read_to_string(&at("link")).unwrap(), "text");
        for (path, what) in [
            (at("pipe"), "it is a named pipe, and no file"),
            (folder.path().to_owned(), "it is a folder, and no file"),
            ("/dev/zero".into(), "it is a device, and no file"),
        ] {
            assert_eq!(read(&path).unwrap_err().to_string(), what);
        }
        assert_eq!(read(&at("absent")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    /// A file is replaced as a whole, and what was left of an earlier try is no hindrance.
    #[test]
    fn a_file_takes_the_place_of_the_last_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db-last");
        fs::write(folder.path().join("ledger.db-last.new"), "half").unwrap();
        for text in ["one", "two"] {
            replace(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace(&folder.path().join("no/where"), b"one").is_err());
    }
}
