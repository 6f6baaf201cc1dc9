//! One read of a source: its columns, and what they mean.

use std::collections::BTreeMap;

use super::super::written::{At, Table, list};
use super::nothing;
use super::times::{sortable, times};
use super::{is_of_files, of_case, trace, zones};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::record::TraceKind;
use crate::domain::record::connection::SourceKind;
use crate::domain::record::mapping::{
    Cell, EvidenceSpec, KindSpec, MatchBy, ReadFrom, ReadSpec, Shape, TraceSpec,
};
use crate::domain::record::of_case::OfCase;
use crate::domain::record::planned::STEP_DUE;
use crate::domain::record::watermark_kind::WatermarkKind;
use crate::domain::text::say;

pub(super) fn spec(
    table: &Table<'_>,
    source: &str,
    kind: Option<SourceKind>,
    of_source: &[String],
) -> Option<ReadSpec> {
    let (name, from) = read_from(table, source, kind);
    let watermark = table.text("watermark");
    if let Some(at) = watermark.as_ref().filter(|_| is_of_files(kind)) {
        table.wrong(at, say!("config-no_watermark"));
    }
    let shape = table.required("shape");
    let shape = shape.and_then(|at| match at.value.as_str() {
        "wide" => Some(Shape::Wide),
        "long" => Some(Shape::Long),
        _ => {
            table.wrong(&at, say!("config-shape"));
            None
        }
    });
    let key = table.texts("key").unwrap_or_default();
    if let (Some(at), Some(Shape::Wide)) = (key.first(), shape) {
        table.wrong(at, say!("config-wide_key"));
    }
    let (case, further) = of_case::number(table);
    let (item, of_case) = of_case::item_and_unit(table, further);
    let text = |key| table.text(key).map(|at| at.value);
    let (unit, display, earlier) = (text("unit"), text("display"), text("earlier"));
    let (dates, gone) = (dates(table, item.as_ref()), gone(table));
    let times = times(table);
    let watermark_kind = watermark_kind(table, watermark.as_ref());
    let by_time = watermark.as_ref().filter(|_| watermark_kind.is_time());
    if let Some(at) = by_time.filter(|_| !times.iter().all(sortable)) {
        table.wrong(at, say!("config-unsortable"));
    }
    let traces: Vec<TraceSpec> =
        table.list("traces").iter().filter_map(|table| trace::trace(table, shape)).collect();
    if traces.is_empty() && item.is_none() {
        table.lacks(&["traces", "item"], table.place(), say!("config-says_nothing"));
    }
    let (nothing, of_single) =
        (nothing::words(table).unwrap_or_else(|| of_source.to_vec()), nothing::of_single(table));
    let (Some(from), Some(shape), Some(case)) = (from, shape, case) else { return incomplete(table) };
    let read = ReadSpec {
        name,
        from,
        watermark: watermark.map(|at| at.value),
        watermark_kind,
        key: key.into_iter().map(|at| at.value).collect(),
        shape,
        case,
        item,
        unit,
        display,
        earlier,
        dates,
        times,
        traces,
        gone,
        nothing,
        nothing_in: BTreeMap::new(),
        zones: BTreeMap::new(),
        of_case,
        evidence: None,
    };
    Some(whole(table, nothing::of_columns(table, of_single, read)))
}

/// What the watermark's column holds; only where there is one.
fn watermark_kind(table: &Table<'_>, watermark: Option<&At<String>>) -> WatermarkKind {
    let Some(at) = table.text("watermark_kind") else { return WatermarkKind::default() };
    if watermark.is_none() {
        table.wrong(&at, say!("config-kind_of_none"));
    }
    at.value.parse().unwrap_or_else(|_| {
        let known = list(WatermarkKind::ALL.iter().map(|(_, word, _)| *word));
        table.wrong(&at, say!("config-watermark_kind", kind = &at.value, known));
        WatermarkKind::default()
    })
}

/// A read that lacks what it needs; any other key is wrong all the same.
fn incomplete(table: &Table<'_>) -> Option<ReadSpec> {
    table.is_missing("zones");
    table.nothing_else();
    None
}

/// A read with the zones of its columns; any other key is wrong.
fn whole(table: &Table<'_>, read: ReadSpec) -> ReadSpec {
    let read = zones::of_columns(table, read);
    table.nothing_else();
    read
}

/// Columns with dates of the case, and with the due days of steps, by the name of the step, of rows that speak of their whole case: a step that never gets a row of
/// its own is late by them too.
fn dates(table: &Table<'_>, item: Option<&Cell>) -> Vec<(String, String)> {
    let dates = table.pairs("dates").unwrap_or_default();
    let dues = table.pairs("step_dues").unwrap_or_default();
    if let Some((_, at)) = dues.first().filter(|_| item.is_none()) {
        table.wrong(at, say!("config-step_dues"));
    }
    let dues = dues.into_iter().map(|(step, at)| (format!("{STEP_DUE}{step}"), at));
    dates.into_iter().chain(dues).map(|(name, at)| (name, at.value)).collect()
}

/// The column that says that a row is deleted, and the codes by which it does.
fn gone(table: &Table<'_>) -> Option<(String, Vec<String>)> {
    let gone = table.text("gone");
    let codes =
        table.texts("gone_codes").unwrap_or_default().into_iter().map(|at| at.value).collect::<Vec<_>>();
    if let Some(at) = gone.as_ref().filter(|_| codes.is_empty()) {
        table.wrong(at, say!("config-gone_codes"));
    }
    gone.map(|at| (at.value, codes))
}

/// Evidence: each row one piece, known by a column of its own, or by its key and day.
pub(super) fn evidence(
    table: &Table<'_>,
    source: &str,
    kind: Option<SourceKind>,
    of_source: &[String],
) -> Option<ReadSpec> {
    let (name, from) = read_from(table, source, kind);
    let watermark = table.text("watermark");
    let watermark_kind = watermark_kind(table, watermark.as_ref());
    let list = table.text("list").map_or_else(|| source.to_owned(), |at| at.value);
    let (key, at) = (table.required("key"), table.required("at"));
    let id = table.text("id").map(|at| at.value);
    let by = table.required("match").and_then(|at| match at.value.as_str() {
        "number" => Some(MatchBy::Number),
        kind => match kind.parse() {
            Ok(kind) => Some(MatchBy::Note(kind)),
            Err(_) => {
                table.wrong(&at, say!("config-match"));
                None
            }
        },
    });
    let exactly = table.truth("match_exactly").is_some_and(|at| at.value);
    let days = |key: &'static str, usual: u32| {
        table.parsed::<Limit>(key).map_or(usual, |at| match at.value {
            Limit::Span { amount, unit: LimitUnit::CalendarDays } => amount,
            _ => {
                table.wrong(&at, say!("config-calendar_days", such = "30d"));
                usual
            }
        })
    };
    let (within_days, wait_days) = (days("within", 30), days("wait", 7));
    let (item, unit) = (table.text("item").map(|at| at.value), table.text("unit").map(|at| at.value));
    let times = times(table);
    let (nothing, of_single) =
        (nothing::words(table).unwrap_or_else(|| of_source.to_vec()), nothing::of_single(table));
    let kind = KindSpec::Always(TraceKind::Applied.into());
    let (Some(from), Some(key), Some(at), Some(by)) = (from, key, at, by) else { return incomplete(table) };
    let trace = TraceSpec { per_row: id.is_some(), ..TraceSpec::new(kind, at.value) };
    let has_rows = id.is_some();
    let read = ReadSpec {
        name,
        from,
        watermark: watermark.map(|at| at.value),
        watermark_kind,
        shape: if id.is_some() { Shape::Long } else { Shape::Wide },
        key: id.into_iter().collect(),
        case: key.value,
        item: Some(item.map_or_else(|| Cell::Always(String::new()), Cell::Column)),
        unit,
        display: None,
        earlier: None,
        dates: Vec::new(),
        times,
        traces: vec![trace],
        gone: None,
        nothing,
        nothing_in: BTreeMap::new(),
        zones: BTreeMap::new(),
        of_case: OfCase::default(),
        evidence: Some(EvidenceSpec { list, by, exactly, has_rows, within_days, wait_days }),
    };
    Some(whole(table, nothing::of_columns(table, of_single, read)))
}

fn read_from(table: &Table<'_>, source: &str, kind: Option<SourceKind>) -> (String, Option<ReadFrom>) {
    let files = is_of_files(kind);
    let (named, query) = (table.text("table"), table.text("query"));
    let own = table.text("name").map(|at| at.value);
    let name = own.or(named.as_ref().map(|at| at.value.clone())).unwrap_or_else(|| source.to_owned());
    let from = match (named, query, files) {
        (None, None, true) => Some(ReadFrom::Files),
        (None, None, _) if kind == Some(SourceKind::Program) => Some(ReadFrom::Program),
        (Some(at), _, true) | (None, Some(at), true) => {
            table.wrong(&at, say!("config-no_tables"));
            None
        }
        (Some(at), None, false) => Some(ReadFrom::Table(at.value)),
        (None, Some(at), false) => Some(ReadFrom::Query(at.value)),
        (Some(_), Some(at), false) => {
            table.wrong(&at, say!("config-table_or_query"));
            None
        }
        (None, None, false) => {
            table.lacks(&["table", "query"], table.place(), say!("config-no_table"));
            None
        }
    };
    (name, from)
}
