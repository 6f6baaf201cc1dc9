//! How a source's columns and codes become cases and traces: the declaration, as configured.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::connection::{Connection, SourceKind};
use super::limits::SourceLimits;
use super::of_case::OfCase;
use super::watermark_kind::WatermarkKind;
use super::{MayShrink, Meaning, Outcome, TraceKind, nothing};

/// One source of records: a connection and what is read over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSpec {
    /// Name, from the configuration file; identifies the source in the ledger.
    pub name: String,
    /// What it was called before, where it is the same source under another name.
    pub was: Option<String>,
    /// What it is and where.
    pub connection: Connection,
    /// Zone of times without an offset.
    pub zone: Tz,
    /// How far behind the watermark each round reads again.
    pub overlap: Duration,
    /// The same of one that is a number and no time.
    pub overlap_rows: u32,
    /// From when on, each day, everything is read once more; `None`: never. It finds what changed without moving its watermark.
    pub sweep_at: Option<NaiveTime>,
    /// Once a week a sweep compares closed cases too, if something happened to them within so many days.
    pub sweep_back_days: u32,
    /// By how much its stock may shrink at once before it is doubted itself.
    pub may_shrink: MayShrink,
    /// What it tells was delivered by others, in batches: a drop of files, a nightly exchange.
    pub batch: bool,
    /// By how much it lags behind what it tells of.
    pub lag: Duration,
    /// Delivered to in batches, it may be without a delivery for so many working days.
    pub overdue_after: u32,
    /// What it may take of time and room.
    pub limits: SourceLimits,
    /// The codes of the catalogue, where a read has an item for rows of which it names none.
    pub catalogue: Option<Arc<BTreeSet<String>>>,
    /// What is read, in order. A case is judged only when all reads of its source have succeeded.
    pub reads: Vec<ReadSpec>,
}

impl SourceSpec {
    /// Whether a sweep tells more than a round does. Files are read as a whole whenever they changed, and one that is
    /// taken away says nothing of its rows.
    pub fn needs_sweeps(&self) -> bool {
        match self.connection.kind() {
            SourceKind::Sqlite | SourceKind::Postgres | SourceKind::MySql | SourceKind::Program => true,
            SourceKind::Csv | SourceKind::Xlsx | SourceKind::Xes => false,
        }
    }

    /// Whether cards wait for its deliveries: others deliver to it in batches, and it brings cases and not only evidence.
    pub fn is_awaited(&self) -> bool {
        self.batch && brings_cases(&self.reads)
    }

    /// A digest of how the source is read: it changes when the mapping does, and then everything is read anew.
    pub fn digest(&self) -> String {
        let text = format!("{:?}{:?}{}", self.zone, self.reads, self.connection.manner());
        format!("{:016x}", crate::domain::digest::digest(&[&text]))
    }
}

/// Whether any of these reads brings cases and not only evidence (佐证).
pub(super) fn brings_cases(reads: &[ReadSpec]) -> bool {
    reads.iter().any(|read| read.evidence.is_none())
}

/// One table, query or set of files, and what its columns mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSpec {
    /// Name, shown in quarantine and logs: the table's, unless given.
    pub name: String,
    /// What to read.
    pub from: ReadFrom,
    /// Column that grows whenever a row is added or changed (databases only).
    pub watermark: Option<String>,
    /// What that column holds.
    #[serde(default, skip_serializing_if = "WatermarkKind::is_time")]
    pub watermark_kind: WatermarkKind,
    /// Columns that together identify a row; empty: one row a case (`wide`), or the trace's content (`long`).
    pub key: Vec<String>,
    /// `wide`: a row is a case, its slots are the case's. `long`: a row is an event of a case.
    pub shape: Shape,
    /// Column of the case number.
    pub case: String,
    /// Where the item's code stands; `None` where this read carries no header.
    pub item: Option<Cell>,
    /// Column of the unit's code.
    pub unit: Option<String>,
    /// Column of a name to show in mails.
    pub display: Option<String>,
    /// Column of the number of an earlier case that is filed again with this one.
    pub earlier: Option<String>,
    /// Dates the record carries: name and column.
    pub dates: Vec<(String, String)>,
    /// How times are written, tried in order.
    pub times: Vec<TimeFormat>,
    /// Zones of single columns, by name, for times without an offset; the others are in the source's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub zones: BTreeMap<String, String>,
    /// The traces that a row may hold.
    pub traces: Vec<TraceSpec>,
    /// Column that says that a row is deleted, and the codes by which it does.
    pub gone: Option<(String, Vec<String>)>,
    /// Words that stand for nothing.
    #[serde(default = "nothing::usual", skip_serializing_if = "nothing::is_usual")]
    pub nothing: Vec<String>,
    /// The same of single columns, by name, in the place of `nothing`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nothing_in: BTreeMap<String, Vec<String>>,
    /// What says of which case, item and unit a row is, where one column does not.
    #[serde(default, skip_serializing_if = "OfCase::is_usual")]
    pub of_case: OfCase,
    /// The rows are no cases but evidence (佐证) of them: the key stands in the place of the case's number, the time in that
    /// of its only trace.
    pub evidence: Option<EvidenceSpec>,
}

/// How evidence from outside the approval system is matched to cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceSpec {
    /// The list it belongs to: queue tickets, fee receipts, a licence register.
    pub list: String,
    /// Where a case carries the key: in its number, or in the note of a kind of trace.
    pub by: MatchBy,
    /// The key finds only a case that carries it as it stands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exactly: bool,
    /// A column names each piece; otherwise it is known by its key and day.
    pub has_rows: bool,
    /// A case has a trace at most so many days before or after the evidence.
    pub within_days: u32,
    /// For so many days evidence without a case waits for one.
    pub wait_days: u32,
}

/// Where a case carries the key of its evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MatchBy {
    /// In its number.
    Number,
    /// In the note of such a trace.
    Note(TraceKind),
}

/// What to read from a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadFrom {
    /// A table or view of a database.
    Table(String),
    /// A `select` of a database.
    Query(String),
    /// The file or files of a CSV or XES source.
    Files,
    /// Whatever a program gives under the name of the read.
    Program,
}

/// Shape of a read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// One row a case, a time column per step.
    Wide,
    /// One row a trace.
    Long,
}

/// A value that is either the same for all rows or stands in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// The same for every row.
    Always(String),
    /// In this column.
    Column(String),
}

/// How a time is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimeFormat {
    /// ISO 8601 / RFC 3339 in its usual variants: `2011-09-26`, `2011-09-26 16:30[:00[.000]]`, with `T` or a
    /// space, with or without an offset.
    Iso,
    /// Seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    EpochMilliseconds,
    /// Days since 1899-12-30 as spreadsheets count them; without a fraction a bare date.
    Excel,
    /// Days since 1904-01-01, as spreadsheets that were begun on a Mac count them.
    Excel1904,
    /// A pattern in chrono's strftime notation; without `%H` it is a bare date.
    Pattern(String),
}

/// One trace that a row may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceSpec {
    /// What kind of trace.
    pub kind: KindSpec,
    /// Column of the time it happened; an empty cell means that the trace is not there.
    pub at: String,
    /// Column of the time it was entered.
    pub recorded: Option<String>,
    /// Column of who did it.
    pub by: Option<String>,
    /// Name of the stage.
    pub stage: Option<Cell>,
    /// Column of a reason, notice number or approver.
    pub note: Option<String>,
    /// Column of a granted length: a limit such as `10wd`, or a bare number in the clock's own unit.
    pub amount: Option<String>,
    /// Column of how the matter was decided, and what its codes mean; `None`: known, and no outcome.
    pub outcome: Option<(String, BTreeMap<String, Option<Outcome>>)>,
    /// Column of the code of the unit that has the case from this trace on.
    pub unit: Option<String>,
    /// Column of when it was asked for.
    pub asked: Option<String>,
    /// Column that says whether the row is the start of an activity or its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<String>,
    /// Column of the serial number that pairs the beginning and the end of a special procedure.
    pub serial: Option<String>,
    /// Column of when it should have been done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Due days of other steps that it names: the step and the column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub step_dues: Vec<(String, String)>,
    /// A special procedure that it begins ends with whatever comes next of the case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resumes_any: bool,
    /// `true`: the trace belongs to the row. `false`: to the case, and every row of the case repeats it.
    pub per_row: bool,
}

impl ReadSpec {
    /// Whether its rows have no key of their own, so that they are known by what they say.
    pub fn is_known_by_content(&self) -> bool {
        self.shape == Shape::Long && self.key.is_empty() && self.evidence.is_none()
    }
}

impl TraceSpec {
    /// A trace of a wide row that says no more than what happened and when.
    pub fn new(kind: KindSpec, at: String) -> Self {
        Self {
            kind,
            at,
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
            per_row: false,
        }
    }
}

/// Where a trace's kind comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum KindSpec {
    /// The same for every row.
    Always(Meaning),
    /// A code in a column.
    Coded {
        /// The column.
        column: String,
        /// Meaning of each code; `None`: known, and no trace.
        codes: BTreeMap<String, Option<Meaning>>,
        /// Meaning of every other code; `None`: unknown, the row is rejected.
        otherwise: Option<Meaning>,
    },
}
