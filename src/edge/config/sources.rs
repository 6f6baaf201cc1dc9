//! Sources and their mappings, from the file.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::written::{At, Table};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::policy::{ClockRule, Event, LimitSource};
use crate::domain::record::TraceKind;
use crate::domain::record::mapping::{
    Cell, KindSpec, ReadFrom, ReadSpec, Shape, SourceKind, SourceSpec, TimeFormat, TraceSpec,
};
use crate::domain::statute::Mark;

pub(super) fn read(written: &Table<'_>, folder: &Path, zone: Tz) -> Vec<SourceSpec> {
    let tables = written.named("source");
    tables.iter().filter_map(|(name, table)| source(&name.value, table, folder, zone)).collect()
}

fn duration(table: &Table<'_>, key: &'static str, default: Duration) -> Duration {
    table.parsed::<humantime::Duration>(key).map_or(default, |at| *at.value)
}

fn source(name: &str, table: &Table<'_>, folder: &Path, zone: Tz) -> Option<SourceSpec> {
    let kind = table.required("kind");
    let path = table.required("path").map(|at| folder.join(at.value));
    let zone = table.parsed("zone").map_or(zone, |at| at.value);
    let overlap = duration(table, "overlap", Duration::from_secs(24 * 3600));
    let sweep_at = sweep_at(table);
    let sweep_back_days = table.parsed::<Limit>("sweep_back").map_or(90, |at| match at.value {
        Limit::Span { amount, unit: LimitUnit::CalendarDays } => amount,
        _ => {
            table.wrong(&at, "must be a number of calendar days, such as 90d");
            90
        }
    });
    let delimiter = table.text("delimiter");
    let settle = table.parsed::<humantime::Duration>("settle");
    let csv = kind.as_ref().is_some_and(|at| ["csv", "xes"].contains(&at.value.as_str()));
    let reads: Vec<ReadSpec> =
        table.list("read").iter().filter_map(|table| read_spec(table, name, csv)).collect();
    if reads.is_empty() {
        table.wrong(&table.place(), format!("the source reads nothing: add [[source.{name}.read]]"));
    }
    table.nothing_else();
    let kind = kind?;
    let kind = match kind.value.as_str() {
        "sqlite" => {
            let keys = [delimiter.as_ref().map(|at| &at.key), settle.as_ref().map(|at| &at.key)];
            for key in keys.into_iter().flatten() {
                table.wrong(&At { key: key.clone(), ..table.place() }, "only a source of files has this key");
            }
            SourceKind::Sqlite { path: path? }
        }
        "xes" => {
            if let Some(at) = &delimiter {
                table.wrong(at, "an XES log has no delimiter");
            }
            SourceKind::Xes { path: path?, settle: settle.map_or(Duration::from_secs(30), |at| *at.value) }
        }
        "csv" => {
            let delimiter = delimiter.map_or(b',', |at| match at.value.as_bytes() {
                [one] => *one,
                _ => {
                    table.wrong(&at, "must be a single character such as \",\" or \"\\t\"");
                    b','
                }
            });
            let settle = settle.map_or(Duration::from_secs(30), |at| *at.value);
            SourceKind::Csv { path: path?, delimiter, settle }
        }
        other => {
            table.wrong(&kind, format!("there is no kind of source `{other}`; there are sqlite, csv, xes"));
            return None;
        }
    };
    Some(SourceSpec { name: name.to_owned(), kind, zone, overlap, sweep_at, sweep_back_days, reads })
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
        table.wrong(&at, "must be a time of day such as 02:00, or never");
    }
    time.ok()
}

fn read_spec(table: &Table<'_>, source: &str, csv: bool) -> Option<ReadSpec> {
    let (name, from) = read_from(table, source, csv);
    let watermark = table.text("watermark");
    if let Some(at) = watermark.as_ref().filter(|_| csv) {
        table.wrong(at, "a source of files has no watermark: a changed file is read again");
    }
    let shape = table.required("shape");
    let shape = shape.and_then(|at| match at.value.as_str() {
        "wide" => Some(Shape::Wide),
        "long" => Some(Shape::Long),
        _ => {
            table.wrong(&at, "must be \"wide\" (a row is a case) or \"long\" (a row is an event)");
            None
        }
    });
    let key = table.texts("key").unwrap_or_default();
    if let (Some(at), Some(Shape::Wide)) = (key.first(), shape) {
        table.wrong(at, "a wide row is known by its case number; only a long read has a key");
    }
    let case = table.required("case");
    let item = either(table, "item", "item_is");
    let unit = table.text("unit").map(|at| at.value);
    let display = table.text("display").map(|at| at.value);
    let dates = table.pairs("dates").unwrap_or_default();
    let times = times(table);
    if let Some(at) = watermark.as_ref().filter(|_| !times.iter().all(sortable)) {
        table.wrong(
            at,
            "the times of this read do not sort as text (%d/%m/%Y and the like): leave `watermark` out",
        );
    }
    let traces: Vec<TraceSpec> =
        table.list("traces").iter().filter_map(|table| trace(table, shape)).collect();
    if traces.is_empty() && item.is_none() {
        table.wrong(&table.place(), "this read gives neither `traces` nor an `item`: it would say nothing");
    }
    table.nothing_else();
    Some(ReadSpec {
        name,
        from: from?,
        watermark: watermark.map(|at| at.value),
        key: key.into_iter().map(|at| at.value).collect(),
        shape: shape?,
        case: case?.value,
        item,
        unit,
        display,
        dates: dates.into_iter().map(|(name, at)| (name, at.value)).collect(),
        times,
        traces,
    })
}

fn read_from(table: &Table<'_>, source: &str, csv: bool) -> (String, Option<ReadFrom>) {
    let (named, query) = (table.text("table"), table.text("query"));
    let own = table.text("name").map(|at| at.value);
    let name = own.or(named.as_ref().map(|at| at.value.clone())).unwrap_or_else(|| source.to_owned());
    let from = match (named, query, csv) {
        (None, None, true) => Some(ReadFrom::Files),
        (Some(at), _, true) | (None, Some(at), true) => {
            table.wrong(&at, "a source of files has no tables: leave this key out");
            None
        }
        (Some(at), None, false) => Some(ReadFrom::Table(at.value)),
        (None, Some(at), false) => Some(ReadFrom::Query(at.value)),
        (Some(_), Some(at), false) => {
            table.wrong(&at, "give `table` or `query`, not both");
            None
        }
        (None, None, false) => {
            table.wrong(&table.place(), "give the `table` (or the `query`) to read");
            None
        }
    };
    (name, from)
}

/// A column, or a value for all rows.
fn either(table: &Table<'_>, column: &'static str, always: &'static str) -> Option<Cell> {
    match (table.text(column), table.text(always)) {
        (Some(_), Some(at)) => {
            table.wrong(
                &at,
                format!("give `{column}` (a column) or `{always}` (the same for all rows), not both"),
            );
            None
        }
        (Some(at), None) => Some(Cell::Column(at.value)),
        (None, Some(at)) => Some(Cell::Always(at.value)),
        (None, None) => None,
    }
}

fn times(table: &Table<'_>) -> Vec<TimeFormat> {
    let Some(list) = table.texts("times") else { return vec![TimeFormat::Iso] };
    let one = |at: At<String>| match at.value.as_str() {
        "iso" => Some(TimeFormat::Iso),
        "epoch-s" => Some(TimeFormat::EpochSeconds),
        "epoch-ms" => Some(TimeFormat::EpochMilliseconds),
        pattern => {
            let items: Vec<_> = chrono::format::StrftimeItems::new(pattern).collect();
            if pattern.contains('%') && !items.contains(&chrono::format::Item::Error) {
                return Some(TimeFormat::Pattern(pattern.to_owned()));
            }
            table.wrong(&at, "must be iso, epoch-s, epoch-ms, or a pattern such as %Y/%m/%d %H:%M");
            None
        }
    };
    list.into_iter().filter_map(one).collect()
}

/// Whether times so written sort as text or numbers in the order of time.
fn sortable(format: &TimeFormat) -> bool {
    let TimeFormat::Pattern(pattern) = format else { return true };
    let order: Vec<char> = pattern.split('%').skip(1).filter_map(|part| part.chars().next()).collect();
    let expected = ['Y', 'm', 'd', 'H', 'M', 'S'];
    !order.is_empty() && order.iter().zip(expected).all(|(found, expected)| *found == expected)
}

fn trace(table: &Table<'_>, shape: Option<Shape>) -> Option<TraceSpec> {
    let at = table.required("at");
    let kind = kind(table);
    let per = table.text("per");
    let per_row = match per.as_ref().map(|at| at.value.as_str()) {
        None => shape == Some(Shape::Long),
        Some("row") if shape == Some(Shape::Wide) => {
            if let Some(at) = &per {
                table.wrong(at, "in a wide read every trace belongs to the case");
            }
            false
        }
        Some("row") => true,
        Some("case") => false,
        Some(_) => {
            if let Some(at) = &per {
                table.wrong(at, "must be \"row\" or \"case\"");
            }
            false
        }
    };
    let column = |key| table.text(key).map(|at| at.value);
    let (recorded, by, note, amount) = (column("recorded"), column("by"), column("note"), column("amount"));
    let stage = either(table, "stage", "stage_is");
    table.nothing_else();
    Some(TraceSpec { kind: kind?, at: at?.value, recorded, by, stage, note, amount, per_row })
}

fn kind(table: &Table<'_>) -> Option<KindSpec> {
    let always = table.parsed::<TraceKind>("kind");
    let from = table.text("kind_from");
    let codes = table.pairs("codes");
    let otherwise = table.parsed::<TraceKind>("otherwise").map(|at| at.value);
    let Some(from) = from else {
        if always.is_none() {
            table.required("kind");
        }
        return always.map(|at| KindSpec::Always(at.value));
    };
    if let Some(at) = always {
        table.wrong(&at, "give `kind` or `kind_from`, not both");
    }
    let mut meanings = BTreeMap::new();
    for (code, at) in codes.unwrap_or_default() {
        // An empty word: the code is known and leaves no trace.
        let meaning = if at.value.is_empty() { Ok(None) } else { at.value.parse().map(Some) };
        match meaning {
            Ok(meaning) => drop(meanings.insert(code, meaning)),
            Err(error) => table.wrong(&at, error),
        }
    }
    if meanings.is_empty() && otherwise.is_none() {
        table.wrong(&from, "say what the codes mean: codes = { 1 = \"accepted\", … }");
    }
    Some(KindSpec::Coded { column: from.value, codes: meanings, otherwise })
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
        if let Event::Marks(marks) = &clock.starts
            && let [Mark::Date(name)] = &marks[..]
            && !sources.is_empty()
            && !delivered(name)
        {
            let place = At { key: format!("clock {}", clock.id), ..written.place() };
            written.wrong(&place, format!("no read brings the date `{name}`: add it to `dates` of a read"));
        }
        if let LimitSource::Fixed(Limit::RecordDate(name)) = &clock.limit
            && !sources.is_empty()
            && !delivered(name)
        {
            let place = At { key: format!("clock {}", clock.id), ..written.place() };
            written.wrong(&place, format!("no read brings the date `{name}`: add it to `dates` of a read"));
        }
    }
}
