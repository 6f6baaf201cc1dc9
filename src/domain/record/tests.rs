//! DESIGN section 9: the mapping of rows.

mod doubt;
mod nothing;
mod plain;

use std::collections::BTreeMap;

use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::apply::Bound;
use super::bind::Misfit;
use super::mapping::{Cell, KindSpec, ReadFrom, ReadSpec, Shape, TimeFormat, TraceSpec};
use super::spot::Spot;
use super::value::Value;
use super::{Amount, Fact, Meaning, Outcome, Rejected, TraceKind};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::text::Language;

const COLUMNS: [&str; 9] = ["id", "no", "item", "name", "code", "at", "entered", "by", "days"];

fn trace(kind: KindSpec) -> TraceSpec {
    TraceSpec {
        kind,
        at: "at".into(),
        recorded: Some("entered".into()),
        by: Some("by".into()),
        stage: None,
        note: None,
        amount: Some("days".into()),
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

fn coded(otherwise: Option<TraceKind>) -> KindSpec {
    let otherwise = otherwise.map(Meaning::from);
    let codes = [("1", Some(TraceKind::Accepted)), ("9", None)];
    let codes = codes
        .into_iter()
        .map(|(code, kind)| (code.to_owned(), kind.map(Meaning::from)))
        .collect::<BTreeMap<_, _>>();
    KindSpec::Coded { column: "code".into(), codes, otherwise }
}

pub(super) fn spec(shape: Shape) -> ReadSpec {
    ReadSpec {
        name: "cases".into(),
        from: ReadFrom::Files,
        watermark: None,
        watermark_kind: crate::domain::record::watermark_kind::WatermarkKind::Time,
        key: Vec::new(),
        shape,
        case: "no".into(),
        item: Some(Cell::Column("item".into())),
        unit: None,
        display: None,
        earlier: None,
        gone: None,
        nothing: crate::domain::record::nothing::usual(),
        nothing_in: std::collections::BTreeMap::new(),
        zones: std::collections::BTreeMap::new(),
        of_case: super::of_case::OfCase::default(),
        evidence: None,
        dates: vec![("promised".into(), "entered".into())],
        times: vec![TimeFormat::Iso],
        traces: vec![trace(KindSpec::Always(TraceKind::Applied.into()))],
    }
}

fn bind(spec: &ReadSpec) -> Bound {
    Bound::new(spec, 3, Shanghai, &COLUMNS.map(str::to_owned)).unwrap()
}

/// A row with an id, a case, an item, a code, a time and days; what else there is stays empty.
fn read(spec: &ReadSpec, row: [Value<'_>; 6]) -> Result<Fact, Box<Rejected>> {
    let [id, no, item, code, at, days] = row;
    let cells = [id, no, item, Value::Text("n"), code, at, Value::Null, Value::Text(" 007 "), days];
    bind(spec).row::<[Value<'_>]>(&cells, Spot::Position(1))
}

/// The cells of a row that cannot be read, each with its column and the reason in English.
fn cells(fact: &Fact) -> Vec<(&str, String)> {
    let cells = fact.in_doubt.iter().flat_map(|it| &it.cells);
    cells.map(|cell| (cell.column.as_deref().unwrap(), cell.reason.words(Language::English))).collect()
}

const NONE: Value<'_> = Value::Null;

fn text(text: &str) -> Value<'_> {
    Value::Text(text)
}

#[test]
fn a_wide_row_is_a_case_and_its_slots_are_the_cases() {
    let row = [Value::Integer(7), text(" A1 "), Value::Integer(12), NONE, text("2011-09-26"), text("10wd")];
    let fact = read(&spec(Shape::Wide), row).unwrap();
    assert_eq!((&*fact.row, fact.case.as_str()), ("A1", "A1"));
    assert_eq!(fact.header.unwrap().item, "12");
    let [(slot, Some(trace))] = &fact.traces[..] else { panic!("one trace") };
    assert_eq!((slot.read, &*slot.row, slot.part), (3, "", 0));
    assert_eq!(trace.by.as_deref(), Some("007"));
    assert_eq!(trace.amount, Some(Amount::Limit(Limit::Span { amount: 10, unit: LimitUnit::WorkingDays })));
}

#[test]
fn an_empty_cell_is_an_empty_slot() {
    for empty in [NONE, text(""), text(" \t ")] {
        let fact = read(&spec(Shape::Wide), [NONE, text("A1"), text("i"), NONE, empty, NONE]).unwrap();
        assert_eq!(fact.traces.len(), 1);
        assert_eq!(fact.traces[0].1, None);
    }
}

#[test]
fn a_long_row_is_known_by_its_key_and_what_belongs_to_the_case_is_not() {
    let mut spec = spec(Shape::Long);
    spec.key = vec!["id".into(), "no".into()];
    spec.traces.push(TraceSpec { per_row: false, ..trace(KindSpec::Always(TraceKind::Closed.into())) });
    let row = [Value::Integer(7), text("A/1"), text("i"), NONE, text("2011-09-26"), Value::Integer(3)];
    let fact = read(&spec, row).unwrap();
    let rows: Vec<_> = fact.traces.iter().map(|(slot, _)| (&*slot.row, slot.part)).collect();
    assert_eq!((&*fact.row, rows), ("7/A\\/1", vec![("7/A\\/1", 0), ("", 1)]));
    assert_eq!(fact.traces[0].1.as_ref().unwrap().amount, Some(Amount::Bare(3)));
}

#[test]
fn a_long_row_without_a_key_is_known_by_what_it_tells() {
    let spec = spec(Shape::Long);
    let key = |at, days| {
        let fact = read(&spec, [NONE, text("A1"), text("i"), NONE, text(at), days]).unwrap();
        fact.traces[0].0.row.clone()
    };
    assert_eq!(key("2011-09-26", NONE), key("2011-09-26", Value::Integer(3)));
    assert_ne!(key("2011-09-26", NONE), key("2011-09-26 00:00", NONE));
    assert_ne!(key("2011-09-26", NONE), key("2011-09-27", NONE));
    // Stable from one version to the next: ledgers hold it.
    assert_eq!(&*key("2011-09-26", NONE), "5fe3d2d3807ae535");
    let empty = read(&spec, [NONE, text("A1"), text("i"), NONE, NONE, NONE]).unwrap();
    assert!(empty.traces.is_empty());
}

#[test]
fn codes_tell_the_kind_and_an_unknown_one_stops_the_row_loudly() {
    let mut spec = spec(Shape::Wide);
    spec.traces = vec![trace(coded(None))];
    let kind = |spec: &ReadSpec, code, at| {
        let fact = read(spec, [NONE, text("A1"), text("i"), code, at, NONE])?;
        Ok::<_, Box<Rejected>>(fact.traces[0].1.as_ref().map(|trace| trace.kind))
    };
    let at = text("2011-09-26");
    assert_eq!(kind(&spec, Value::Integer(1), at), Ok(Some(TraceKind::Accepted)));
    assert_eq!(kind(&spec, text(" 1 "), at), Ok(Some(TraceKind::Accepted)));
    assert_eq!(kind(&spec, text("9"), at), Ok(None));
    assert_eq!(kind(&spec, NONE, NONE), Ok(None));
    for at in [at, NONE] {
        let fact = read(&spec, [NONE, text("A1"), text("i"), text("5"), at, NONE]).unwrap();
        let reason = "column `code`: `5` is an unknown code: add it to `codes`";
        assert_eq!(cells(&fact), [("code", reason.to_owned())]);
        let in_doubt = fact.in_doubt.unwrap();
        assert_eq!((in_doubt.slots.len(), in_doubt.cells[0].case.as_deref()), (1, Some("A1")));
        assert_eq!(in_doubt.cells[0].unmapped.as_deref(), Some("5"));
        assert!(
            fact.traces.is_empty() && fact.header.is_some(),
            "the slot stays as it was, the header is read"
        );
    }
    spec.traces = vec![trace(coded(Some(TraceKind::Step)))];
    assert_eq!(kind(&spec, text("5"), at), Ok(Some(TraceKind::Step)));
}

/// Only a row that does not say of which case it is says nothing.
#[test]
fn a_row_without_a_case_is_rejected_with_column_and_reason() {
    let mut spec = spec(Shape::Wide);
    spec.key = vec!["id".into()];
    for no in [text(" "), NONE, text("NULL"), text("—")] {
        let rejected = read(&spec, [Value::Integer(7), no, text("i"), NONE, NONE, NONE]).unwrap_err();
        assert_eq!(rejected.reason.words(Language::English), "column `no`: no case number");
        assert_eq!(rejected.reason.words(Language::Chinese), "“no”列：没有办件编号");
        assert_eq!((rejected.row.as_str(), rejected.case), ("7", None));
    }
}

#[test]
fn a_missing_column_is_named_with_those_that_are_there() {
    let mut spec = spec(Shape::Wide);
    (spec.case, spec.watermark) = ("nr".into(), Some("changed".into()));
    let misfit = Bound::new(&spec, 0, Shanghai, &COLUMNS.map(str::to_owned)).unwrap_err();
    let met = spec.columns().len() - 2;
    let missing = ["changed", "nr"].map(str::to_owned).into();
    assert_eq!(misfit, Misfit::MissingColumns { missing, met, there: COLUMNS.map(str::to_owned).into() });
    spec.watermark = Some("AT".into());
    spec.case = "No".into();
    assert!(
        Bound::new(&spec, 0, Shanghai, &COLUMNS.map(str::to_owned)).is_ok(),
        "letters' case does not matter"
    );
}

fn any_value() -> impl Strategy<Value = (u8, i64, f64, String)> {
    (0u8..6, any::<i64>(), any::<f64>(), "\\PC{0,30}|[0-9T:+. -]{0,30}")
}

fn value((which, integer, real, text): &(u8, i64, f64, String)) -> Value<'_> {
    match which {
        0 => Value::Null,
        1 => Value::Integer(*integer),
        2 => Value::Real(*real),
        3 => Value::Garbled("\u{fffd}"),
        4 => Value::Blob,
        _ => Value::Text(text),
    }
}

proptest! {
    #[test]
    fn no_garbage_makes_the_mapping_panic(cells in prop::collection::vec(any_value(), 6), long: bool, keyed: bool) {
        let mut spec = spec(if long { Shape::Long } else { Shape::Wide });
        spec.traces = vec![trace(coded(Some(TraceKind::Step)))];
        spec.times.extend([TimeFormat::EpochMilliseconds, TimeFormat::Pattern("%d.%m.%Y %I %p %z".into())]);
        if keyed {
            spec.key = vec!["id".into(), "code".into()];
        }
        let row: Vec<_> = cells.iter().map(value).collect();
        match read(&spec, row.try_into().unwrap()) {
            Ok(fact) => {
                prop_assert!(!fact.case.is_empty() && !fact.row.is_empty());
                for cell in fact.in_doubt.iter().flat_map(|it| &it.cells) {
                    prop_assert!(cell.reason.words(Language::English).chars().count() < 200 && cell.column.is_some());
                }
            }
            Err(rejected) => prop_assert!(rejected.column.is_some()),
        }
    }
}

/// DESIGN section 1: a decision carries an outcome, from its code or from a column of its own; what is no end of a case has none.
#[test]
fn a_decision_carries_its_outcome() {
    let meaning = |text: &str| text.parse::<Meaning>();
    let refused = Meaning { kind: TraceKind::Decided, outcome: Some(Outcome::Refused) };
    assert_eq!(meaning("decided:refused"), Ok(refused));
    assert_eq!(meaning("decided"), Ok(TraceKind::Decided.into()));
    for text in ["decided", "closed:not_held"] {
        assert_eq!(meaning(text).unwrap().to_string(), text);
    }
    assert!(meaning("accepted:granted").unwrap_err().to_string().contains("no end of a case"));
    assert!(meaning("decided:maybe").is_err());
    let codes =
        BTreeMap::from([("1".to_owned(), Some(refused)), ("7".to_owned(), Some(TraceKind::Decided.into()))]);
    let mut spec = spec(Shape::Wide);
    spec.traces[0].kind = KindSpec::Coded { column: "code".into(), codes, otherwise: None };
    spec.traces[0].outcome = Some(("by".into(), BTreeMap::from([("N".to_owned(), Some(Outcome::NotHeld))])));
    let outcome = |code: &str, cell: &str| {
        let mut cells = [Value::Null; COLUMNS.len()];
        (cells[1], cells[2], cells[5]) = (Value::Text("A"), Value::Text("I"), Value::Text("2011-10-10"));
        (cells[4], cells[7]) = (Value::Text(code), Value::Text(cell));
        let fact = bind(&spec).row(&cells[..], Spot::Position(1)).unwrap();
        let cell = fact.in_doubt.map(|it| it.cells[0].reason.words(Language::English));
        cell.map_or_else(|| Ok(fact.traces[0].1.clone().unwrap().outcome), Err)
    };
    assert_eq!(outcome("1", ""), Ok(Some(Outcome::Refused)), "by the code");
    assert_eq!(outcome("1", "N"), Ok(Some(Outcome::NotHeld)), "the column goes before it");
    assert_eq!(outcome("7", "准予"), Ok(Some(Outcome::Granted)), "by the word");
    assert_eq!(outcome("7", ""), Ok(None));
    assert!(outcome("7", "X").unwrap_err().contains("unknown outcome"));
}
