//! The demo city: what was planted is found, and nothing else, with the unit whose it is; the figures of the 2011 report come
//! out.

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
        .map(|line| line.splitn(6, ',').take(5).collect::<Vec<_>>().join("|"))
        .collect();
    let ledger = one.join("ledger.db");
    let found = query(
        &ledger,
        "SELECT case_number, rule, clock, card, coalesce(unit_code, '') FROM findings WHERE standing <> 'revoked'",
    );
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

    lives_twice(&ledger);
    passes_on(&ledger);
    keeps_its_promise(&ledger);

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

/// DESIGN section 5: the end of the first run is not the end of the second, and a first run that was late says nothing of the
/// second.
fn lives_twice(ledger: &Path) {
    let second =
        "SELECT state, count(*) FROM deadlines WHERE clock = 'promise#2' GROUP BY state ORDER BY state";
    assert_eq!(query(ledger, second), ["met|10", "met_late|5", "overdue|4"]);
    let late_once = "SELECT count(*) FROM deadlines AS one JOIN deadlines AS two USING (case_number)
         WHERE one.clock = 'promise' AND one.state = 'met_late' AND two.clock = 'promise#2' AND two.state = 'met'";
    assert_eq!(query(ledger, late_once), ["4"]);
}

/// DESIGN section 5: a run's lateness belongs to the unit that had it when it fell due. The unit that has it now is told, and
/// no other.
fn passes_on(ledger: &Path) {
    let of_another = "SELECT rule, card, count(*) FROM findings WHERE unit_code <> substr(item_code, 1, 3)
         GROUP BY rule, card ORDER BY rule";
    assert_eq!(query(ledger, of_another), ["handed-over|notice|13", "time-limit|yellow|9"]);
    let of_both = "SELECT count(*) FROM findings AS handed JOIN findings AS late USING (case_number)
         WHERE handed.rule = 'handed-over' AND late.rule = 'time-limit' AND late.unit_code <> handed.unit_code";
    assert_eq!(query(ledger, of_both), ["4"], "late before it was handed over");
    let told = |unit: &str| {
        format!(
            "SELECT count(DISTINCT finding) FROM findings AS f JOIN letters AS l
                 ON l.to_address LIKE {unit} || '.%'
                     AND l.text LIKE '%' || f.case_number || '%移交' || f.unit_name || '办理%'
             WHERE f.rule = 'handed-over'"
        )
    };
    assert_eq!(query(ledger, &told("f.unit_code")), ["13"]);
    assert_eq!(query(ledger, &told("substr(f.item_code, 1, 3)")), ["0"], "the unit that had it before");
}

/// DESIGN section 4: the promise of the day on which a case began governs. What took seven working days is late by a promise
/// of five and not by one of ten, whichever came first.
fn keeps_its_promise(ledger: &Path) {
    let seven_days = "SELECT iif(started_at < '2011-12-12', 'before', 'since'), time_limit, state, count(*) FROM deadlines AS d
         WHERE clock = 'promise' AND julianday(stopped_at) - julianday(started_at) > 8
             AND (SELECT count(DISTINCT time_limit) FROM deadlines AS of
                  WHERE of.clock = 'promise' AND of.item_name = d.item_name) > 1
         GROUP BY 1, 2, 3 ORDER BY 1, 2";
    let expected = ["before|10wd|met|4", "before|5wd|met_late|4", "since|10wd|met|4", "since|5wd|met_late|4"];
    assert_eq!(query(ledger, seven_days), expected);
}
