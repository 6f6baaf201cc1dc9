//! Words for nothing in the cells of a row.

use super::*;

/// Words for nothing are nothing in every kind of cell; dates that exist are counted, each cell once; a column may have its own.
#[test]
fn words_for_nothing_are_read_as_nothing() {
    let mut spec = spec(Shape::Wide);
    spec.traces = vec![trace(coded(None)), trace(KindSpec::Always(TraceKind::Closed.into()))];
    spec.times.push(TimeFormat::EpochSeconds);
    let bound = bind(&spec);
    let read = |bound: &Bound, code, at, days| {
        let mut cells = [NONE; COLUMNS.len()];
        (cells[1], cells[2], cells[4], cells[5], cells[8]) = (text("A1"), text("i"), code, at, days);
        bound.row(&cells[..], Spot::Position(1)).unwrap()
    };
    for at in [
        "NULL",
        "\\N",
        "-",
        "无",
        "0000-00-00 00:00:00",
        "1900-01-01",
        "9999-12-31 00:00:00",
        "1970-01-01 08:00:00",
    ] {
        let fact = read(&bound, text("null"), text(at), text("—"));
        assert_eq!(
            (fact.in_doubt.is_none(), fact.traces.iter().all(|(_, trace)| trace.is_none())),
            (true, true),
            "{at}"
        );
    }
    assert!(read(&bound, NONE, Value::Integer(0), NONE).in_doubt.is_none(), "the beginning of Unix time");
    let taken: Vec<_> =
        bound.taken_for_nothing().into_iter().map(|it| (it.column, it.word, it.cells)).collect();
    let of = |word: &str, cells| ("at".to_owned(), word.to_owned(), cells);
    assert_eq!(taken, [of("1900-01-01", 1), of("1970-01-01 08:00:00", 2), of("9999-12-31", 1)]);
    // Beyond reason, and in no list.
    for at in ["3020-01-01", "1900-01-01 09:30"] {
        assert_eq!(cells(&read(&bound, text("1"), text(at), NONE)).len(), 1, "{at}");
    }
    // A code may be written as nothing is elsewhere, and a column may have its own words.
    let KindSpec::Coded { codes, .. } = &mut spec.traces[0].kind else { panic!("coded") };
    codes.insert("-".into(), Some(TraceKind::Accepted.into()));
    spec.nothing_in = BTreeMap::from([("at".to_owned(), vec!["x".to_owned()])]);
    let bound = bind(&spec);
    let fact = read(&bound, text("-"), text("2011-09-26"), NONE);
    assert_eq!(fact.traces[0].1.as_ref().unwrap().kind, TraceKind::Accepted);
    assert!(read(&bound, NONE, text("x"), NONE).in_doubt.is_none());
    assert!(read(&bound, text("1"), text("9999-12-31"), NONE).in_doubt.is_some());
}

/// What a hand types into a reason or a name to be let through is left to the rules; what a machine writes there is nothing.
#[test]
fn a_dummy_that_a_hand_typed_stays() {
    let by = |word| {
        let mut cells = [NONE; COLUMNS.len()];
        (cells[1], cells[2], cells[5], cells[7]) = (text("A1"), text("i"), text("2011-09-26"), text(word));
        bind(&spec(Shape::Wide)).row(&cells[..], Spot::Position(1)).unwrap().traces[0].1.clone().unwrap().by
    };
    assert_eq!(by("无").as_deref(), Some("无"));
    assert_eq!((by("NULL"), by("\\N")), (None, None));
}
