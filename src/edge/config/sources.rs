//! Sources and their mappings, from the file.

mod cell;
mod connection;
mod nothing;
mod of_case;
mod profile;
mod program;
mod read;
mod server;
mod steps;
mod times;
mod trace;
mod zones;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::written::{At, Table, list};
use crate::domain::limit::LimitSource;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::record::MayShrink;
use crate::domain::record::connection::SourceKind;
use crate::domain::record::limits::SourceLimits;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::nothing::usual;
use crate::domain::record::watermark_kind::WatermarkKind;
use crate::domain::registry::Registry;
use crate::domain::statute::Mark;
use crate::domain::text::{nearest, say};

pub(super) use steps::are_known as steps_are_known;

pub(super) fn read(written: &Table<'_>, folder: &Path, zone: Tz) -> Vec<SourceSpec> {
    let tables = written.named("source");
    let names: Vec<&str> = tables.iter().map(|(name, _)| name.value.as_str()).collect();
    let mut specs: Vec<SourceSpec> = Vec::new();
    for (name, table) in &tables {
        let was = was(table, &names, &specs);
        specs.extend(source(&name.value, table, folder, zone).map(|spec| SourceSpec { was, ..spec }));
    }
    specs
}

/// Reads that have an item for rows of which the catalogue knows none are told which it knows.
pub(super) fn know_items(sources: &mut [SourceSpec], registry: &Registry) {
    let asks = |source: &SourceSpec| source.reads.iter().any(|read| read.of_case.item.is_some());
    let known = || Arc::new(registry.items.keys().cloned().collect());
    sources.iter_mut().filter(|source| asks(source)).for_each(|source| source.catalogue = Some(known()));
}

/// What is written as the item or unit of all rows should stand in the registry: else each case of the source is a faulty record, which
/// stops no other source.
pub(super) fn are_declared(written: &Table<'_>, registry: &Registry) {
    let items: Vec<&str> = registry.items.keys().map(String::as_str).collect();
    let units: Vec<&str> = registry.units.keys().map(String::as_str).collect();
    for (_, source) in written.named("source") {
        for read in ["read", "evidence"].iter().flat_map(|key| source.list(key)) {
            for (key, known) in [("item_is", &items), ("unit_is", &units)] {
                let Some(at) = read.text(key).filter(|at| !known.contains(&at.value.as_str())) else {
                    continue;
                };
                let code = &at.value;
                let what = if key == "item_is" {
                    say!("config-no_item", code)
                } else {
                    say!("config-no_unit", code)
                };
                let what = match nearest(code, known.iter().copied()) {
                    Some(known) => say!("config-hinted", what, hint = say!("config-meant", known)),
                    None => what,
                };
                read.warn(&at, what);
            }
        }
    }
}

/// What a source was called before: a name that no source has any more, and that no other one claims.
fn was(table: &Table<'_>, names: &[&str], before: &[SourceSpec]) -> Option<String> {
    let at = table.text("was")?;
    if names.contains(&at.value.as_str()) {
        table.wrong(&at, say!("config-was_there", name = &at.value));
    } else if let Some(other) = before.iter().find(|other| other.was.as_ref() == Some(&at.value)) {
        table.wrong(&at, say!("config-was_already", other = &other.name, name = &at.value));
    }
    Some(at.value)
}

fn duration(table: &Table<'_>, key: &'static str, default: Duration) -> Duration {
    table.parsed::<humantime::Duration>(key).map_or(default, |at| *at.value)
}

fn source(name: &str, table: &Table<'_>, folder: &Path, zone: Tz) -> Option<SourceSpec> {
    let kind = table.required("kind").and_then(|at| kind_of(table, &at));
    let place = place(table, folder, kind);
    let zone = table.parsed("zone").map_or(zone, |at| at.value);
    let overlap = duration(table, "overlap", Duration::from_secs(24 * 3600));
    let overlap_rows = table.number("overlap_rows").map_or(10_000, |at| at.value);
    let lag = duration(table, "lag", Duration::ZERO);
    let sweep_at = sweep_at(table);
    let sweep_back_days = table.parsed::<Limit>("sweep_back").map_or(90, |at| match at.value {
        Limit::Span { amount, unit: LimitUnit::CalendarDays } => amount,
        _ => {
            table.wrong(&at, say!("config-calendar_days", such = "90d"));
            90
        }
    });
    let may_shrink = table.parsed("may_shrink").map_or_else(MayShrink::default, |at| at.value);
    let written = connection::Written::of(table);
    let (delivers, limits) = (Delivers::read(table, kind), limits(table, kind));
    let overdue_after = overdue_after(table, delivers);
    let nothing = nothing::words(table).unwrap_or_else(usual);
    let mut reads = profile::reads(table, name, kind, &nothing);
    let own: Vec<_> =
        table.list("read").iter().map(|table| read::spec(table, name, kind, &nothing)).collect();
    let nothing_wrong = own.iter().all(Option::is_some);
    reads.extend(own.into_iter().flatten());
    if nothing_wrong && !reads.is_empty() && reads.iter().all(|read| read.item.is_none()) {
        table.warn(&table.place(), say!("config-no_item_at_all"));
    }
    reads.extend(
        table.list("evidence").iter().filter_map(|table| read::evidence(table, name, kind, &nothing)),
    );
    // A read that is there has said what is wrong with it.
    let ways = ["read", "evidence", "profile"];
    if reads.is_empty() && ways.iter().all(|key| table.is_missing(key)) {
        table.lacks(&ways, table.place(), say!("config-reads_nothing", name));
    }
    let versions = reads.iter().any(|read| read.watermark_kind == WatermarkKind::RowVersion);
    if versions && kind.is_some_and(|kind| kind != SourceKind::Postgres) {
        table.wrong(&table.place(), say!("config-no_rowversion"));
    }
    table.nothing_else();
    let connection = written.connection(table, kind?, place?)?;
    Some(SourceSpec {
        name: name.to_owned(),
        was: None,
        connection,
        zone,
        overlap,
        overlap_rows,
        sweep_at,
        sweep_back_days,
        may_shrink,
        batch: delivers == Delivers::Batch,
        lag,
        overdue_after,
        limits,
        catalogue: None,
        reads,
    })
}

/// Where a source lies; of one whose kind is not known, the keys of the kind that it seems to be are no mistakes of their own.
fn place(table: &Table<'_>, folder: &Path, kind: Option<SourceKind>) -> Option<connection::Place> {
    match kind {
        Some(kind) if kind.is_server() => server::server(table, folder, kind).map(connection::Place::Server),
        Some(SourceKind::Program) => program::program(table, folder).map(connection::Place::Program),
        None if table.is_missing("path") && !table.is_missing("host") => {
            server::KEYS.iter().for_each(|key| _ = table.is_missing(key));
            None
        }
        None if table.is_missing("path") && !table.is_missing("command") => {
            program::KEYS.iter().for_each(|key| _ = table.is_missing(key));
            None
        }
        _ => table.required("path").map(|at| connection::Place::Path(folder.join(at.value))),
    }
}

fn kind_of(table: &Table<'_>, at: &At<String>) -> Option<SourceKind> {
    let kind = SourceKind::ALL.iter().find(|(_, word, _)| *word == at.value);
    if kind.is_none() {
        let known = list(SourceKind::ALL.iter().map(|(_, word, _)| *word));
        table.wrong(at, say!("config-no_kind", kind = &at.value, known));
    }
    kind.map(|(kind, ..)| *kind)
}

/// Whether it is files that are read. Of a kind that is not known nobody can say.
fn is_of_files(kind: Option<SourceKind>) -> bool {
    kind.is_some_and(SourceKind::is_files)
}

/// How a source comes by what it tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Delivers {
    /// It is written to as things happen.
    Live,
    /// Others deliver to it in batches, as they do to a folder of files.
    Batch,
}

impl Delivers {
    fn read(table: &Table<'_>, kind: Option<SourceKind>) -> Self {
        let usual = if is_of_files(kind) { Self::Batch } else { Self::Live };
        let Some(at) = table.text("delivers") else { return usual };
        match at.value.as_str() {
            "batch" => Self::Batch,
            "live" => Self::Live,
            _ => {
                table.wrong(&at, say!("config-delivers"));
                Self::Live
            }
        }
    }
}

/// What a source may take of time and room.
fn limits(table: &Table<'_>, kind: Option<SourceKind>) -> SourceLimits {
    let usual = SourceLimits::default();
    let at_least = |key: &'static str, usual: Duration| {
        let Some(at) = table.parsed::<humantime::Duration>(key) else { return usual };
        if at.value.as_secs() == 0 {
            table.wrong(&at, say!("config-a_second"));
        }
        *at.value
    };
    let cell = table.number("cell_at_most").map_or(usual.cell, |at| {
        if is_of_files(kind) {
            table.wrong(&at, say!("config-of_database"));
        }
        if at.value < 200 {
            table.wrong(&at, say!("config-cell_at_most"));
        }
        at.value as usize
    });
    SourceLimits {
        silence: at_least("silent_at_most", usual.silence),
        reading: at_least("reading_at_most", usual.reading),
        more_rows: table.number("more_rows_at_most").map_or(usual.more_rows, |at| at.value.into()),
        cell,
    }
}

/// For how many working days a source may be without a delivery; by default three.
fn overdue_after(table: &Table<'_>, delivers: Delivers) -> u32 {
    const DAYS: u32 = 3;
    let Some(at) = table.parsed::<Limit>("overdue_after") else { return DAYS };
    if delivers == Delivers::Live {
        table.wrong(&at, say!("config-of_batch"));
    }
    match at.value {
        Limit::Span { amount, unit: LimitUnit::WorkingDays } if amount > 0 => amount,
        _ => {
            table.wrong(&at, say!("config-working_days", such = "3wd"));
            DAYS
        }
    }
}

/// A time of day, or `never`; by default two in the morning.
fn sweep_at(table: &Table<'_>) -> Option<NaiveTime> {
    let two = NaiveTime::from_hms_opt(2, 0, 0);
    let Some(at) = table.text("sweep_at") else { return two };
    if at.value == "never" {
        return None;
    }
    let time = NaiveTime::parse_from_str(&at.value, "%H:%M");
    if time.is_err() {
        table.wrong(&at, say!("config-sweep_at"));
    }
    time.ok()
}

/// A clock that ends on a date of the record needs a read that brings the date.
pub(super) fn deliver_dates(written: &Table<'_>, clocks: &[ClockRule], sources: &[SourceSpec]) {
    let delivered = |name: &str| {
        sources
            .iter()
            .flat_map(|source| &source.reads)
            .any(|read| read.dates.iter().any(|(key, _)| key == name))
    };
    for clock in clocks {
        if let Trigger::Marks(marks) = &clock.starts
            && let [Mark::Date(name)] = &marks[..]
            && !sources.is_empty()
            && !delivered(name)
        {
            let place = At { key: format!("clock {}", clock.id), ..written.place() };
            written.wrong(&place, say!("config-no_date", name));
        }
        if let LimitSource::Fixed(Limit::RecordDate(name)) = &clock.limit
            && !sources.is_empty()
            && !delivered(name)
        {
            let place = At { key: format!("clock {}", clock.id), ..written.place() };
            written.wrong(&place, say!("config-no_date", name));
        }
    }
}
