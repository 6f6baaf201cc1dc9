//! Every bound of what is taken for a file, and of when it has changed.

use std::os::unix::fs::symlink;

use tempfile::{TempDir, tempdir};

use super::*;
use crate::domain::text::Language;

/// The present of these tests, in whole seconds since 1970.
const PRESENT: i64 = 1_322_701_200;
const SECOND: i64 = 1_000_000_000;
const SETTLE: Duration = Duration::from_secs(300);

fn now(replay: bool) -> Now {
    Now { instant: chrono::DateTime::from_timestamp(PRESENT, 0).unwrap().fixed_offset(), replay }
}

fn print(size: u64, modified: i64) -> Fingerprint {
    Fingerprint { size, modified, ..Fingerprint::default() }
}

/// A folder with these files, each under the folders of its name.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    folder
}

fn listed(folder: &TempDir, folders: Folders) -> Listing {
    find(folder.path(), &[".csv", ".csv.gz"], folders).unwrap()
}

fn names(listing: &Listing) -> Vec<&str> {
    listing.files.iter().map(|file| file.name.as_str()).collect()
}

/// A file is finished when it has lain for as long as is asked for: a nanosecond less is too little.
#[test]
fn a_file_is_settled_from_its_last_moment_on() {
    let just = (PRESENT - 300) * SECOND;
    for (modified, settled) in [(just - 1, true), (just, true), (just + 1, false), (i64::MAX, false)] {
        assert_eq!(print(4, modified).is_settled(SETTLE, &now(false)), settled, "{modified}");
        assert!(print(4, modified).is_settled(SETTLE, &now(true)), "a replay takes it as it lies there");
    }
}

/// A file need not be read again while neither its size nor its time differs, unless its end was held back and has lain long enough.
#[test]
fn a_file_is_read_again_when_it_shows_a_change() {
    let (old, fresh) = ((PRESENT - 300) * SECOND, (PRESENT - 299) * SECOND);
    let covers = |was: &Fingerprint, is: &Fingerprint| was.covers(is, SETTLE, &now(false));
    assert!(covers(&print(4, old), &print(4, old)));
    for other in [print(3, old), print(5, old), print(4, old - 1), print(4, old + 1)] {
        assert!(!covers(&print(4, old), &other), "{other:?}");
    }
    for (modified, again) in [(old, true), (fresh, false)] {
        let held = Fingerprint { held_back: true, ..print(4, modified) };
        assert_eq!(covers(&held, &print(4, modified)), !again);
    }
}

/// A name is absent when it is so from each log that has events; a log without any says nothing.
#[test]
fn an_attribute_is_absent_when_no_log_has_it() {
    let taken = |logs: &[Option<&[&str]>]| {
        let print = |absent: &Option<&[&str]>| Fingerprint {
            absent: absent.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
            ..print(4, 0)
        };
        logs.iter().enumerate().map(|(number, log)| (number.to_string(), print(log))).collect::<Taken>()
    };
    assert_eq!(absent_from_all(&taken(&[])), [""; 0]);
    assert_eq!(absent_from_all(&taken(&[None])), [""; 0]);
    assert_eq!(absent_from_all(&taken(&[None, Some(&["a", "b"]), None])), ["a", "b"]);
    assert_eq!(absent_from_all(&taken(&[Some(&["a", "b"]), Some(&["b", "c"])])), ["b"]);
}

/// Files lie in sixteen folders in one another at most; what lies deeper is named, and so is every folder where none is looked through.
#[test]
fn folders_are_looked_through_to_a_depth() {
    let path = |depth: usize| format!("{}a.csv", "d/".repeat(depth));
    let folder = folder(&[&path(0), &path(15), &path(16), &path(17)]);
    let listing = listed(&folder, Folders::All);
    assert_eq!(names(&listing), [path(0), path(15), path(16)]);
    assert_eq!(listing.passed_over, ["d/".repeat(17)]);
    let listing = listed(&folder, Folders::Own);
    assert_eq!((names(&listing), &*listing.passed_over), (vec!["a.csv"], &["d/".to_owned()][..]));
}

/// What is still on its way, and what is hidden, is not there yet; every other ending is named, as it may have been meant.
#[test]
fn a_name_says_what_is_read() {
    let folder = folder(&[
        "a.csv",
        "B.CSV.GZ",
        "c.part.csv",
        "d~$.csv",
        ".hidden.csv",
        "~$open.csv",
        "e.csv.tmp",
        "f.csv.part",
        "g.txt",
        "csv",
        "h\u{202e}.csv",
        "i\u{202e}.txt",
    ]);
    let listing = listed(&folder, Folders::Own);
    assert_eq!(names(&listing), ["B.CSV.GZ", "a.csv", "c.part.csv", "d~$.csv"]);
    assert_eq!(listing.passed_over, ["csv", "g.txt"]);
    let refused: Vec<&str> = listing.refused.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(refused, ["h\u{202e}.csv"], "two names might look alike");
}

/// A file that became a link out of its folder after it was found is not opened; one that the configuration names itself may be a link.
#[test]
fn a_link_is_looked_at_again_when_it_is_opened() {
    let (folder, elsewhere) = (folder(&["a.csv", "b.csv"]), folder(&["secret.csv"]));
    let listing = listed(&folder, Folders::Own);
    let secret = elsewhere.path().join("secret.csv");
    for (name, target) in [("a.csv", secret.clone()), ("b.csv", folder.path().join("c.csv"))] {
        fs::remove_file(folder.path().join(name)).unwrap();
        symlink(target, folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("c.csv"), "text").unwrap();
    assert!(matches!(listing.files[0].open(), Err(SourceError::NoFile { .. })), "it leads out of the folder");
    assert!(listing.files[1].open().is_ok(), "it leads to a file of the folder");
    let named = folder.path().join("a.csv");
    let listing = find(&named, &[".csv"], Folders::Own).unwrap();
    assert!(!listing.is_folder && listing.files[0].open().is_ok());
}

/// Each refusal of the file system has its own words, as each has its own remedy.
#[test]
fn a_refusal_is_told_by_its_kind() {
    let said = |kind: io::ErrorKind| fault(Path::new("a"), kind.into());
    for kind in [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory] {
        assert!(matches!(said(kind), SourceError::Missing { .. }), "{kind}");
    }
    assert!(matches!(said(io::ErrorKind::PermissionDenied), SourceError::Forbidden { .. }));
    assert!(matches!(said(io::ErrorKind::InvalidInput), SourceError::NoFile { .. }));
    assert!(matches!(said(io::ErrorKind::StorageFull), SourceError::Io { .. }));
    let listing = find(folder(&[]).path(), &[".csv"], Folders::Own).unwrap();
    assert!(listing.is_folder && listing.files.is_empty());
    let nowhere = find(Path::new("/nonexistent/folder"), &[".csv"], Folders::Own).err().unwrap();
    assert!(nowhere.said().words(Language::English).contains("/nonexistent/folder"));
}
