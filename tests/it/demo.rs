//! The demo city: what was planted is found, and nothing else; the figures of the 2011 report come out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::query;

/// Makes the demo `city` below a folder.
fn demo(folder: &Path) -> String {
    std::fs::create_dir(folder).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let done = command.current_dir(folder).args(["demo", "city", "--lang", "en"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Every file below a folder with its content, by path.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (printed, _) = std::thread::scope(|scope| {
        let first = scope.spawn(|| demo(&one));
        let second = scope.spawn(|| demo(&two));
        (first.join().unwrap(), second.join().unwrap())
    });
    let (one, two) = (one.join("city"), two.join("city"));

    let planted = std::fs::read_to_string(one.join("planted.csv")).unwrap();
    let planted: BTreeSet<String> = planted
        .lines()
        .skip(1)
        .map(|line| line.splitn(5, ',').take(4).collect::<Vec<_>>().join("|"))
        .collect();
    let ledger = one.join("ledger.db");
    let found =
        query(&ledger, "SELECT case_number, rule, clock, card FROM findings WHERE standing <> 'revoked'");
    let found: BTreeSet<String> = found.into_iter().collect();
    assert!(planted.len() > 400);
    let missed: Vec<_> = planted.difference(&found).collect();
    let invented: Vec<_> = found.difference(&planted).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed {missed:?}\ninvented {invented:?}");
    assert_eq!(query(&ledger, "SELECT count(*) FROM findings WHERE standing = 'revoked'"), ["0"]);

    // The report: 68 % of 610 items, 161 of 202 townships.
    let figures = query(
        &ledger,
        "SELECT measure, numerator, denominator, percent FROM coverage
         WHERE scope = 'all' AND day = '2011-12-31' AND measure IN ('items', 'places') ORDER BY measure",
    );
    assert_eq!(figures, ["items|415|610|68", "places|161|202|79.7"]);
    assert_eq!(query(&ledger, "SELECT count(*) FROM coverage_missing WHERE state = 'silent'"), ["6"]);
    for words in ["68.0", "79.7", "explain 2011-", "open_findings"] {
        assert!(printed.contains(words), "`{words}` is missing in:\n{printed}");
    }

    // Same seed, same bytes: mails, ledger and all.
    let (one, two) = (files(&one), files(&two));
    let names = |files: &[(PathBuf, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    // The write-ahead log is SQLite's own scratch file, salted with chance.
    let differ: Vec<_> = one
        .iter()
        .zip(&two)
        .filter(|((path, left), (_, right))| left != right && !path.to_string_lossy().contains("-wal"))
        .map(|((path, _), _)| path)
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}
