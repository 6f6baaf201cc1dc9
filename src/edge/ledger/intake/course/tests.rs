//! Readings of several sources go on at once: what one of them remembers is not the other's.

use std::time::Duration;

use chrono::DateTime;
use chrono_tz::Asia::Shanghai;
use serde_json::json;

use super::super::super::{Course, Ledger};
use crate::domain::moment::Moment;
use crate::domain::now::{Now, TimeBase};
use crate::domain::record::connection::Connection;
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::record::sweep::Look;
use crate::domain::record::{Batch, Entry, Fact, Header, Slot, Trace, TraceKind};

/// A table of events; with a column of the item its rows are cases, without it they are of cases that others bring.
fn read(table: &str, item: Option<&str>) -> ReadSpec {
    let item = item.map(|column| json!({ "Column": column }));
    serde_json::from_value(json!({
        "name": table, "from": { "Table": table }, "watermark": null, "key": [], "shape": "Long", "case": "no", "item": item,
        "unit": null, "display": null, "earlier": null, "dates": [], "times": ["Iso"], "traces": [], "gone": null, "evidence": null,
    }))
    .unwrap()
}

fn source(name: &str, reads: Vec<ReadSpec>) -> SourceSpec {
    SourceSpec {
        name: name.into(),
        was: None,
        connection: Connection::Sqlite { path: "x".into(), encoding: None },
        zone: Shanghai,
        overlap: Duration::ZERO,
        overlap_rows: 0,
        sweep_at: None,
        sweep_back_days: 90,
        may_shrink: Default::default(),
        batch: false,
        lag: Duration::ZERO,
        overdue_after: 3,
        limits: Default::default(),
        catalogue: None,
        reads,
    }
}

/// One row of a read.
fn row(read: u16, case: &str) -> Batch {
    let trace = Trace {
        kind: TraceKind::Accepted,
        stage: None,
        occurred: Moment::parse("2011-10-10", Shanghai).unwrap(),
        recorded: None,
        by: None,
        note: None,
        amount: None,
        outcome: None,
        unit: None,
        asked: None,
        serial: None,
        due: None,
        step_dues: Vec::new(),
        resumes_any: false,
        entry: Entry::default(),
    };
    let slot = Slot { read, row: case.into(), part: 0 };
    let header = (read == 0).then(|| Header { item: "I20".into(), ..Header::default() });
    let fact = Fact {
        row: case.into(),
        case: case.to_owned(),
        header,
        traces: vec![(slot, Some(trace))],
        gone: false,
        in_doubt: None,
        place: Default::default(),
    };
    Batch { read, facts: vec![fact], ..Batch::default() }
}

/// The cases of a source, each with the reads that brought something of it.
fn cases(ledger: &Ledger, source: i64) -> Vec<String> {
    let sql =
        "SELECT c.number || ' ' || group_concat(t.read, '+' ORDER BY t.read) FROM \"case\" AS c JOIN trace AS t ON t.case_id = c.id
               WHERE c.source_id = ?1 GROUP BY c.id ORDER BY c.number";
    ledger.list("look at the cases", sql, [source], |row| row.get(0)).unwrap()
}

/// The second read of one source is of cases that its first brings, and finds them by their spelling too; that of the other brings
/// cases of its own. Batches of both come in turn, whichever began first.
#[test]
fn readings_that_alternate_do_not_share_how_their_rows_find_a_case() {
    for first in [0, 1] {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("ledger.db"), Shanghai).unwrap();
        let now = Now {
            instant: DateTime::parse_from_rfc3339("2011-10-11T09:05:00+08:00").unwrap(),
            replay: false,
        };
        let round = ledger.begin_round(&now, &TimeBase::Person, "v").unwrap();
        let further = source("further", vec![read("cases", Some("item")), read("results", None)]);
        let own = source("own", vec![read("cases", Some("item")), read("old_cases", Some("item"))]);
        let mut courses: Vec<Option<Course>> = vec![None, None];
        for which in [first, 1 - first] {
            let spec = [&further, &own][which];
            let id = ledger.source(&spec.name).unwrap();
            let mut course = ledger.begin_course(id, round);
            assert!(!ledger.sweep_if_due(&mut course, spec, Look::AsBefore, &now).unwrap());
            courses[which] = Some(course);
        }
        let mut courses: Vec<Course> = courses.into_iter().flatten().collect();
        for batch in [row(0, "A1"), row(1, "Ａ１")] {
            for course in &mut courses {
                ledger.take(course, &batch).unwrap();
            }
        }
        let [of_further, of_own] = [&courses[0], &courses[1]].map(Course::source);
        assert_eq!(cases(&ledger, of_further), ["A1 0+1"]);
        assert_eq!(cases(&ledger, of_own), ["A1 0", "Ａ１ 1"]);
    }
}
