//! The permits example: an event log read as it is, on a made-up log of the same shape, and on the real one where
//! `JIANCHAD_PERMIT_LOG` names it.

use std::path::Path;
use std::process::Command;

use crate::bench::query;

/// Runs the example on a log, as of a day long after it, and gives the folder with its ledger.
fn example(log: &Path) -> tempfile::TempDir {
    let folder = prepared();
    std::fs::copy(log, folder.path().join("receipt.csv")).unwrap();
    once(&folder);
    folder
}

/// The same log as an event log in XES: the columns of the table are its attributes.
fn example_in_xes(log: &Path) -> tempfile::TempDir {
    let folder = prepared();
    std::fs::write(folder.path().join("receipt.xes"), as_xes(log)).unwrap();
    let config = folder.path().join("jianchad.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let text = text.replace("kind = \"csv\"", "kind = \"xes\"").replace("receipt.csv\"", "receipt.xes\"");
    std::fs::write(config, text).unwrap();
    once(&folder);
    folder
}

fn as_xes(log: &Path) -> String {
    let mut table = csv::Reader::from_path(log).unwrap();
    let columns = table.headers().unwrap().clone();
    let mut text = String::from("<log>\n");
    let mut last = String::new();
    let attribute = |key: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        if value.is_empty() { String::new() } else { format!("<string key=\"{key}\" value=\"{value}\"/>\n") }
    };
    let case = columns.iter().position(|column| column == "case:concept:name").unwrap();
    for row in table.records() {
        let row = row.unwrap();
        if row[case] != last {
            text += if last.is_empty() { "<trace>\n" } else { "</trace>\n<trace>\n" };
            last = row[case].to_owned();
            let of_case =
                columns.iter().zip(&row).filter_map(|(key, value)| Some((key.strip_prefix("case:")?, value)));
            text.extend(of_case.map(|(key, value)| attribute(key, value)));
        }
        let of_event = columns.iter().zip(&row).filter(|(key, _)| !key.starts_with("case:"));
        let event: String = of_event.map(|(key, value)| attribute(key, value)).collect();
        text += &format!("<event>\n{event}</event>\n");
    }
    text + "</trace>\n</log>\n"
}

/// The example's folder, without a log.
fn prepared() -> tempfile::TempDir {
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
    folder
}

fn once(folder: &tempfile::TempDir) {
    let mut once = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    once.args(["once", "--at", "2020-06-30T10:00", "--config"]).arg(folder.path().join("jianchad.toml"));
    let done = once.output().unwrap();
    // 1: done, and something wants attention.
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Findings by rule, clock, card and standing, with their number.
const COUNTS: &str = "SELECT rule, clock, card, standing, count(*) FROM findings WHERE rule <> 'ledger-begun' GROUP BY 1, 2, 3, 4";

#[test]
fn a_log_of_the_same_shape_gives_what_was_made_up_in_it() {
    let log = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/permits/made-up.csv");
    let folder = example(&log);
    let ledger = folder.path().join("ledger.db");
    assert_eq!(
        query(
            &ledger,
            "SELECT case_number, rule, clock, standing FROM findings WHERE rule <> 'ledger-begun' ORDER BY case_number, clock"
        ),
        [
            "made-3|time-limit|handling|resolved",
            "made-5|time-limit|deadline|resolved",
            "made-5|time-limit|handling|resolved",
            "made-6|data-fault||open",
            "made-6|time-limit|deadline|open",
            "made-7|time-limit|deadline|open",
            "made-8|missing-step||open",
        ]
    );
    let all = "SELECT case_number, rule, clock, card, standing, due_at, why FROM findings WHERE rule <> 'ledger-begun' ORDER BY 1, 2, 3";
    let in_xes = example_in_xes(&log);
    assert_eq!(query(&in_xes.path().join("ledger.db"), all), query(&ledger, all), "the same log in XES");
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
/// closed after their deadline's day, 105 never closed, 2 that end before they start and so never end, 136 of the rest closed without one of
/// the six usual activities and 3 never closed in which a later one of them is there without it, 514 with two of these in another order
/// than the catalogue's by a second or more (in one more by milliseconds).
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
            "missing-step||notice|open|139",
            "time-limit|deadline|red|open|107",
            "time-limit|deadline|red|resolved|309",
            "time-limit|handling|yellow|resolved|51",
            "wrong-order||notice|pending|514",
        ]
    );
    let in_xes = example_in_xes(Path::new(&log));
    assert_eq!(
        query(&in_xes.path().join("ledger.db"), COUNTS),
        query(&ledger, COUNTS),
        "the same log in XES"
    );
    assert_eq!(query(&ledger, "SELECT count(*) FROM cases"), ["1434"]);
    assert_eq!(query(&ledger, "SELECT count(*) FROM case_timeline WHERE kind = 'step'"), ["8577"]);
    assert_eq!(query(&ledger, "SELECT count(*) FROM quarantine"), ["0"]);
}
