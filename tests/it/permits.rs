//! The permits example: an event log read as it is, on a made-up log of the same shape, and on the real one where
//! `JIANCHAD_PERMIT_LOG` names it.

use std::path::Path;
use std::process::Command;

use crate::bench::query;

/// Runs the example on a log, as of a day long after it, and gives the folder with its ledger.
fn example(log: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/examples/permits");
    std::fs::create_dir(folder.path().join("registry")).unwrap();
    for name in ["jianchad.toml", "calendar.toml"] {
        std::fs::copy(example.join(name), folder.path().join(name)).unwrap();
    }
    for name in ["regions.csv", "units.csv", "items.csv", "contacts.csv"] {
        let name = format!("registry/{name}");
        std::fs::copy(example.join(&name), folder.path().join(&name)).unwrap();
    }
    std::fs::copy(log, folder.path().join("receipt.csv")).unwrap();
    let mut once = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    once.args(["once", "--at", "2020-06-30T10:00", "--config"]).arg(folder.path().join("jianchad.toml"));
    let done = once.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    folder
}

/// Findings by rule, clock, card and standing, with their number.
const COUNTS: &str = "SELECT rule, clock, card, standing, count(*) FROM findings GROUP BY 1, 2, 3, 4";

#[test]
fn a_log_of_the_same_shape_gives_what_was_made_up_in_it() {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/permits/made-up.csv");
    let folder = example(&log);
    let ledger = folder.path().join("ledger.db");
    assert_eq!(
        query(&ledger, "SELECT case_number, rule, clock, standing FROM findings ORDER BY case_number, clock"),
        [
            "made-3|time-limit|handling|resolved",
            "made-5|time-limit|deadline|resolved",
            "made-5|time-limit|handling|resolved",
            "made-6|data-fault||open",
            "made-7|time-limit|deadline|open",
            "made-8|missing-step||open",
        ]
    );
    let why = query(&ledger, "SELECT why_en FROM findings WHERE case_number = 'made-8'").remove(0);
    assert!(why.contains("T02 Check confirmation of receipt”, “T05 Print"), "{why}");
    // Exactly twenty working days, ended within the day; and on the deadline's own day after its minute.
    let due = query(
        &ledger,
        "SELECT clock, due_at, state FROM deadlines WHERE case_number IN ('made-2', 'made-4') ORDER BY case_number, clock",
    );
    assert_eq!(due[1], "handling|2011-06-29|met");
    assert_eq!(due[2], "deadline|2011-10-31|met");
}

/// Counted independently from the log: 51 cases with more than twenty working days between first and last event, 309
/// closed after their deadline's day, 105 never closed, 2 that end before they start, 136 of the rest closed without one of
/// the six usual activities.
#[test]
fn the_real_log_gives_the_figures_counted_from_it_by_other_means() {
    let Some(log) = std::env::var_os("JIANCHAD_PERMIT_LOG") else {
        println!("skipped: JIANCHAD_PERMIT_LOG names no log");
        return;
    };
    let folder = example(Path::new(&log));
    let ledger = folder.path().join("ledger.db");
    assert_eq!(
        query(&ledger, COUNTS),
        [
            "data-fault||notice|open|2",
            "missing-step||notice|open|136",
            "time-limit|deadline|red|open|105",
            "time-limit|deadline|red|resolved|309",
            "time-limit|handling|yellow|resolved|51",
        ]
    );
    assert_eq!(query(&ledger, "SELECT count(*) FROM cases"), ["1434"]);
    assert_eq!(query(&ledger, "SELECT count(*) FROM case_timeline WHERE kind = 'step'"), ["8577"]);
    assert_eq!(query(&ledger, "SELECT count(*) FROM quarantine"), ["0"]);
}
