//! Cells that cannot be read.

use super::super::doubt::{HeaderPart, TracePart};
use super::*;

/// A doubtful cell costs the cell, not the case: what else the row says is kept, and the slot of the cell is left alone.
#[test]
fn a_cell_that_cannot_be_read_costs_the_cell() {
    let good = [Value::Integer(7), text("A1"), text("i"), NONE, text("2011-09-26"), NONE];
    let with = |position: usize, value| {
        let mut row = good;
        row[position] = value;
        let mut spec = spec(Shape::Wide);
        spec.traces.push(trace(KindSpec::Always(TraceKind::Extended.into())));
        read(&spec, row).unwrap()
    };
    let why = |position, value| cells(&with(position, value))[0].1.clone();
    assert_eq!(why(2, NONE), "column `item`: no item code");
    assert!(why(2, Value::Garbled("张\u{fffd}")).contains("no UTF-8"));
    assert!(why(4, text("2011-02-30")).starts_with("column `at`: `2011-02-30` is no date"));
    assert!(why(4, Value::Blob).contains("binary"));
    assert!(why(5, text("soon")).contains("`soon` is no length"));
    assert!(why(5, text("date:expiry")).contains("no length"));
    assert!(!why(4, text("431002198001011234")).contains("4310"));
    // An unreadable item leaves the traces, an unreadable time the header.
    let fact = with(2, NONE);
    assert_eq!(fact.in_doubt.unwrap().header, [HeaderPart::Item]);
    assert_eq!(fact.traces.len(), 2);
    let fact = with(4, text("未定"));
    assert_eq!((fact.traces.len(), fact.in_doubt.unwrap().slots.len()), (0, 2));
    assert_eq!(fact.header.unwrap().item, "i");
    // For how long is what an extension says; to an application it is no matter.
    let fact = with(5, text("十日"));
    let in_doubt = fact.in_doubt.unwrap();
    assert_eq!(in_doubt.cells.len(), 1, "a column of two traces is one cell");
    assert_eq!(in_doubt.slots.iter().map(|slot| slot.part).collect::<Vec<_>>(), [1]);
    assert_eq!(fact.traces[0].1.as_ref().map(|trace| trace.kind), Some(TraceKind::Applied));
    assert_eq!(in_doubt.traces, [(0, TracePart::Amount)]);
}

/// Texts without which a trace is a trace cost only themselves: of one that is garbled what can be read is kept, and counted; a date of the record only itself.
#[test]
fn a_garbled_text_costs_only_the_text() {
    let mut cells = [NONE; COLUMNS.len()];
    (cells[1], cells[2], cells[5]) = (text("A1"), text("i"), text("2011-09-26"));
    (cells[6], cells[7]) = (text("长期"), Value::Garbled("张\u{fffd}"));
    let fact = bind(&spec(Shape::Wide)).row(&cells[..], Spot::RowId(3)).unwrap();
    let in_doubt = fact.in_doubt.unwrap();
    assert_eq!(in_doubt.header, [HeaderPart::Date("promised".into())]);
    assert_eq!(in_doubt.traces, [(0, TracePart::Recorded)]);
    let columns: Vec<_> = in_doubt.cells.iter().filter_map(|cell| cell.column.as_deref()).collect();
    assert_eq!((columns, &in_doubt.slots[..]), (vec!["entered"], &[][..]));
    let trace = fact.traces[0].1.clone().unwrap();
    assert_eq!(
        (trace.kind, trace.by.as_deref(), trace.recorded),
        (TraceKind::Applied, Some("张\u{fffd}"), None)
    );
}

/// A row known by what it tells has no slot while that is in doubt: mended, it would be there twice. A row whose key cannot be read
/// tells of its case all the same.
#[test]
fn a_long_row_in_doubt_has_no_slot_that_would_be_another_when_mended() {
    let mut spec = spec(Shape::Long);
    let mut cells = [NONE; COLUMNS.len()];
    (cells[1], cells[2], cells[5], cells[7]) = (text("A1"), text("i"), text("2011-09-26"), Value::Blob);
    for at in [text("2011-09-26"), text("soon")] {
        cells[5] = at;
        let fact = bind(&spec).row(&cells[..], Spot::RowId(3)).unwrap();
        assert_eq!((&*fact.row, fact.traces.len()), ("rowid 3", 0));
        let in_doubt = fact.in_doubt.unwrap();
        assert_eq!(
            (in_doubt.slots.len(), in_doubt.traces.len(), in_doubt.cells[0].row.as_str()),
            (0, 0, "rowid 3")
        );
    }
    spec.key = vec!["id".into()];
    (cells[5], cells[7]) = (text("2011-09-26"), NONE);
    let fact = bind(&spec).row(&cells[..], Spot::Line { file: &"a.csv".into(), line: 9 }).unwrap();
    assert_eq!(
        fact.in_doubt.unwrap().cells[0].reason.words(Language::English),
        "a.csv line 9, column `id`: the row's key is empty"
    );
    assert_eq!((&*fact.row, fact.traces.len(), fact.header.is_some()), ("a.csv:9", 0, true));
    // With a key of its own it keeps its slot, whatever else is in doubt.
    (cells[0], cells[7]) = (Value::Integer(7), Value::Blob);
    let fact = bind(&spec).row(&cells[..], Spot::RowId(3)).unwrap();
    assert_eq!((&*fact.row, fact.traces.len()), ("7", 1));
}

/// The unit on an event's row is that of the event; one that cannot be read takes the case from nobody.
#[test]
fn a_garbled_unit_of_an_event_is_in_doubt_for_the_event() {
    let spec = ReadSpec { key: vec!["id".into()], unit: Some("code".into()), ..spec(Shape::Long) };
    let row =
        [Value::Integer(7), text("A1"), text("i"), Value::Garbled("张\u{fffd}"), text("2011-09-26"), NONE];
    let fact = read(&spec, row).unwrap();
    let in_doubt = fact.in_doubt.unwrap();
    assert_eq!((in_doubt.traces, in_doubt.header), (vec![(0, TracePart::Unit)], vec![]));
}
