//! What the tests of all sources share: declarations, a fixed present, and what a reading yielded.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::record::mapping::{Cell, KindSpec, ReadFrom, ReadSpec, Shape, TimeFormat, TraceSpec};
use crate::domain::record::{Rejected, Slot, TraceKind};
use crate::domain::text::Language;

/// The present of the tests.
pub const NOW: &str = "2011-12-01T09:00:00+08:00";

pub fn at(text: &str) -> Now {
    Now { instant: text.parse().unwrap(), replay: false }
}

pub fn replay(text: &str) -> Now {
    Now { replay: true, ..at(text) }
}

fn trace(kind: TraceKind, column: &str) -> TraceSpec {
    TraceSpec {
        kind: KindSpec::Always(kind.into()),
        at: column.into(),
        recorded: None,
        by: None,
        stage: None,
        note: None,
        amount: None,
        outcome: None,
        unit: None,
        asked: None,
        lifecycle: None,
        serial: None,
        due: None,
        step_dues: Vec::new(),
        resumes_any: false,
        per_row: true,
    }
}

/// One row a case: `no`, `item`, `accepted`, `closed`.
pub fn wide(from: ReadFrom) -> ReadSpec {
    ReadSpec {
        name: "cases".into(),
        from,
        watermark: None,
        watermark_kind: crate::domain::record::watermark_kind::WatermarkKind::Time,
        key: Vec::new(),
        shape: Shape::Wide,
        case: "no".into(),
        item: Some(Cell::Column("item".into())),
        unit: None,
        display: None,
        earlier: None,
        gone: None,
        nothing: crate::domain::record::nothing::usual(),
        nothing_in: std::collections::BTreeMap::new(),
        zones: std::collections::BTreeMap::new(),
        of_case: crate::domain::record::of_case::OfCase::default(),
        evidence: None,
        dates: Vec::new(),
        times: vec![TimeFormat::Iso],
        traces: vec![trace(TraceKind::Accepted, "accepted"), trace(TraceKind::Closed, "closed")],
    }
}

/// One row an event: `id`, `no`, `stage`, `at`.
pub fn long(from: ReadFrom) -> ReadSpec {
    let step = TraceSpec { stage: Some(Cell::Column("stage".into())), ..trace(TraceKind::Step, "at") };
    let (key, name) = (vec!["id".into()], "events".into());
    ReadSpec { name, key, shape: Shape::Long, item: None, traces: vec![step], ..wide(from) }
}

pub fn table(name: &str) -> ReadFrom {
    ReadFrom::Table(name.into())
}

pub fn sqlite(path: &Path, reads: Vec<ReadSpec>) -> Box<dyn Source> {
    source(Connection::Sqlite { path: path.into(), encoding: None }, reads)
}

pub fn csv(path: &Path, reads: Vec<ReadSpec>) -> Box<dyn Source> {
    source(
        Connection::Csv {
            path: path.into(),
            delimiter: b',',
            settle: Duration::from_secs(300),
            recursive: false,
            header_row: 1,
        },
        reads,
    )
}

pub fn xlsx(path: &Path, sheet: Option<&str>, reads: Vec<ReadSpec>) -> Box<dyn Source> {
    source(
        Connection::Xlsx {
            path: path.into(),
            sheet: sheet.map(str::to_owned),
            settle: Duration::from_secs(300),
            recursive: false,
            header_row: 1,
        },
        reads,
    )
}

fn source(connection: Connection, reads: Vec<ReadSpec>) -> Box<dyn Source> {
    let overlap = Duration::from_secs(24 * 3600);
    open(&SourceSpec {
        batch: false,
        lag: std::time::Duration::ZERO,
        overdue_after: 3,
        name: "test".into(),
        was: None,
        connection,
        zone: Shanghai,
        overlap,
        sweep_at: None,
        sweep_back_days: 90,
        overlap_rows: 10_000,
        may_shrink: Default::default(),
        limits: Default::default(),
        catalogue: None,
        reads,
    })
}

/// What a ledger would hold of what a source told, in one or in many readings.
#[derive(Debug, Default, PartialEq)]
pub struct Told {
    pub slots: BTreeMap<(String, Slot), Option<String>>,
    pub items: BTreeMap<String, String>,
    pub rejected: Vec<Rejected>,
    pub cursors: Cursors,
}

impl Told {
    pub fn take(&mut self, batch: Batch) {
        assert!(batch.facts.len() + batch.rejected.len() <= BATCH);
        for fact in batch.facts {
            self.rejected.extend(fact.in_doubt.into_iter().flat_map(|it| it.cells));
            for (slot, trace) in fact.traces {
                assert_eq!(slot.read, batch.read);
                let trace = trace.map(|it| format!("{} {:?} {}", it.kind, it.stage, it.occurred));
                self.slots.insert((fact.case.clone(), slot), trace);
            }
            if let Some(header) = fact.header {
                self.items.insert(fact.case, header.item);
            }
        }
        self.rejected.extend(batch.rejected);
    }

    /// Reads what changed and keeps the new cursors, as a round that is committed does.
    pub fn read(&mut self, source: &mut dyn Source, now: &Now) -> Reading {
        let cursors = self.cursors.clone();
        let mut take = |batch| {
            self.take(batch);
            ControlFlow::Continue(())
        };
        let reading = source.read(&cursors, now, &mut take).unwrap();
        self.cursors = reading.cursors.clone();
        reading
    }

    /// The traces that are there, in the order of cases, each in short.
    pub fn traces(&self) -> Vec<String> {
        let there = self.slots.iter().filter_map(|((case, _), trace)| Some((case, trace.as_ref()?)));
        there.map(|(case, trace)| format!("{case} {trace}")).collect()
    }
}

/// Why a source cannot be read: the whole chain, and the remedy.
pub fn refusal(source: &mut dyn Source) -> String {
    let error = source.read(&Cursors::new(), &at(NOW), &mut |_| ControlFlow::Continue(())).unwrap_err();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    assert!(!error.remedy().is_empty());
    format!("{text}; {}", error.remedy().words(Language::English))
}
