//! A source is waited for as long as wanted, and left behind where it cannot be ended.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::super::tests::{NOW, at, sqlite, table, wide};
use super::*;

/// A source that answers when it is let to, and does not heed that it is over.
struct Deaf {
    spec: SourceSpec,
    let_go: Receiver<()>,
}

impl Source for Deaf {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        _: &Cursors,
        _: &Now,
        take: &mut dyn FnMut(Batch) -> std::ops::ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let mut stopped = false;
        while !stopped && self.let_go.recv().is_ok() {
            stopped = take(Batch::default()).is_break();
        }
        Ok(Reading { rows: 7, stopped, ..Reading::default() })
    }
}

fn spec(silence: Duration) -> SourceSpec {
    let usual = sqlite(Path::new("none.db"), vec![wide(table("cases"))]);
    let limits = SourceLimits { silence, ..SourceLimits::default() };
    SourceSpec { limits, ..usual.spec().clone() }
}

fn deaf(silence: Duration) -> (Reader, Sender<()>) {
    let (go, let_go) = channel();
    let spec = spec(silence);
    let source = Box::new(Deaf { spec: spec.clone(), let_go });
    (Reader::of(spec, source), go)
}

const LONG: Duration = Duration::from_secs(600);

/// Who asks waits as long as he wants to; the batches come in their order, and the last word after them.
#[test]
fn an_answer_is_waited_for_as_long_as_wanted() {
    let (mut reader, go) = deaf(LONG);
    assert!(reader.answer(LONG).is_none(), "nobody asked");
    reader.read(Cursors::new(), at(NOW));
    assert!(reader.answer(Duration::ZERO).is_none());
    go.send(()).unwrap();
    assert!(matches!(reader.answer(LONG), Some(Answer::Batch(_))));
    drop(go);
    assert!(matches!(reader.answer(LONG), Some(Answer::Read(Ok(reading))) if reading.rows == 7));
    assert!(reader.answer(LONG).is_none(), "it was the last");
}

/// One that cannot be ended is left behind with its reason, is not begun beside itself, and is read again once it is let go.
#[test]
fn what_cannot_be_ended_is_left_behind() {
    let (mut reader, go) = deaf(Duration::from_millis(100));
    reader.read(Cursors::new(), at(NOW));
    assert!(matches!(reader.answer(LONG), Some(Answer::Read(Err(SourceError::Silent { .. })))));
    reader.read(Cursors::new(), at(NOW));
    assert!(matches!(reader.answer(LONG), Some(Answer::Read(Err(SourceError::Hangs { .. })))));
    drop(go);
    let mut tries = std::iter::repeat_with(|| {
        reader.read(Cursors::new(), at(NOW));
        reader.answer(LONG)
    });
    assert!(tries.any(|answer| matches!(answer, Some(Answer::Read(Ok(_))))));
}

/// A source that gives something now and then is not silent; one whose batch waits to be taken is not silent either.
#[test]
fn what_waits_to_be_taken_is_not_silent() {
    let (mut reader, go) = deaf(Duration::from_millis(200));
    reader.read(Cursors::new(), at(NOW));
    // More than may wait: its thread waits with the third until the first is taken, for longer than it may be silent.
    (0..3).for_each(|_| go.send(()).unwrap());
    let (_never, waits) = channel::<()>();
    assert!(waits.recv_timeout(Duration::from_millis(600)).is_err());
    drop(go);
    for _ in 0..3 {
        assert!(matches!(reader.answer(LONG), Some(Answer::Batch(_))));
    }
    assert!(matches!(reader.answer(LONG), Some(Answer::Read(Ok(_)))));
}

/// What was cut off is not read; what came to its end in the same moment is.
#[test]
fn what_is_cut_off_is_not_read() {
    for (more, whole) in [(false, true), (true, false)] {
        let (mut reader, go) = deaf(LONG);
        reader.read(Cursors::new(), at(NOW));
        reader.going.as_ref().unwrap().over.end();
        if more {
            go.send(()).unwrap();
            assert!(matches!(reader.answer(LONG), Some(Answer::Batch(_))));
        }
        drop(go);
        match reader.answer(LONG) {
            Some(Answer::Read(Ok(_))) => assert!(whole),
            Some(Answer::Read(Err(SourceError::Silent { .. }))) => assert!(!whole),
            other => panic!("{other:?}"),
        }
    }
}

/// A source whose thread broke off is dark with that reason, and is opened anew.
#[test]
fn what_broke_off_is_opened_anew() {
    struct Breaks(SourceSpec);
    impl Source for Breaks {
        fn spec(&self) -> &SourceSpec {
            &self.0
        }
        fn read(
            &mut self,
            _: &Cursors,
            _: &Now,
            _: &mut dyn FnMut(Batch) -> std::ops::ControlFlow<()>,
        ) -> Result<Reading, SourceError> {
            panic!("this source breaks off, as a test wants it to")
        }
    }
    let spec = spec(LONG);
    let mut reader = Reader::of(spec.clone(), Box::new(Breaks(spec)));
    reader.read(Cursors::new(), at(NOW));
    assert!(matches!(reader.answer(LONG), Some(Answer::Read(Err(SourceError::BrokeOff { .. })))));
    reader.read(Cursors::new(), at(NOW));
    let Some(Answer::Read(Err(error))) = reader.answer(LONG) else { panic!("no answer") };
    assert!(matches!(error, SourceError::Missing { .. }), "it is the database that is not there: {error}");
}

/// One that was given up and heeds it is read again at once.
#[test]
fn what_was_given_up_is_waited_for() {
    let (mut reader, go) = deaf(LONG);
    for _ in 0..3 {
        reader.read(Cursors::new(), at(NOW));
        go.send(()).unwrap();
        assert!(matches!(reader.answer(LONG), Some(Answer::Batch(_))));
        // It hears of it when it hands the next one on.
        reader.give_up();
        go.send(()).unwrap();
    }
    reader.read(Cursors::new(), at(NOW));
    drop(go);
    // What was sent and not heard may still be there.
    let mut answers =
        std::iter::repeat_with(|| reader.answer(LONG)).skip_while(|it| matches!(it, Some(Answer::Batch(_))));
    assert!(matches!(answers.next(), Some(Some(Answer::Read(Ok(reading)))) if reading.rows == 7));
}
