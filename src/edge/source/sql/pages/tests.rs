//! A server that leaves rows out, or gives them twice.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use super::super::super::batch_builder::BatchBuilder;
use super::super::super::one_read::OneRead;
use super::super::super::tests::{NOW, at, table, wide};
use super::super::super::watermark::Mark;
use super::super::super::{Remark, SourceError};
use super::super::fault::{Engine, Fault, ServerError};
use super::super::pass::Pass;
use super::super::session::{Came, Found, KeyColumn, KeyKind, Nature, PAGE, RawRow, Session, Sink};
use crate::domain::now::Now;
use crate::domain::record::connection::Connection;
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::text::Language;

/// A server that gives these pages, whatever it is asked, and says that it counts so many rows and puts the two rows at the border of
/// pages in this order.
struct Script {
    pages: VecDeque<std::ops::Range<usize>>,
    counts: usize,
    order: [&'static str; 2],
}

impl Session for Script {
    fn begin(&mut self) -> Result<(), ServerError> {
        Ok(())
    }
    fn table(&mut self, _: &str) -> Result<Found, ServerError> {
        let columns = ["no", "item", "accepted", "closed"].map(str::to_owned).to_vec();
        let (column, exact) = ("k".to_owned(), "k".to_owned());
        let key = vec![KeyColumn { column, exact, kind: KeyKind::Number }];
        Ok(Found { sql: "cases".to_owned(), columns, key, steady: true })
    }
    fn described(&mut self, _: &str) -> Result<Vec<(String, Nature)>, ServerError> {
        Ok(vec![(String::new(), Nature::Text); 5])
    }
    fn read(&mut self, _: &str, sink: &mut dyn Sink) -> Result<Came, ServerError> {
        for row in self.pages.pop_front().unwrap_or_default() {
            // Accepted, closed, item, number, and behind them the key.
            let number = row.to_string();
            let text = format!("2011-11-01i{number}{number}");
            let ends = [10, 11, 11 + number.len(), 11 + 2 * number.len()];
            let cells =
                [Some((0, 10)), None, Some((10, 11)), Some((ends[1], ends[2])), Some((ends[2], ends[3]))];
            sink.row(RawRow { bytes: text.as_bytes(), cells: &cells });
        }
        sink.page();
        Ok(Came::Through)
    }
    fn page_limit(&self) -> Option<String> {
        Some(" limit".to_owned())
    }
    fn key_literal(&self, _: &KeyColumn, value: &[u8]) -> Option<String> {
        Some(String::from_utf8_lossy(value).into_owned())
    }
    fn ask(&mut self, select: &str) -> Result<Vec<Vec<Option<String>>>, ServerError> {
        if select.starts_with("select count") {
            return Ok(vec![vec![Some(self.counts.to_string())]]);
        }
        assert!(select.ends_with(" order by k"), "{select}");
        Ok(self.order.map(|first| vec![Some(first.to_owned())]).to_vec())
    }
    fn about(&mut self, _: &Now, _: &[ReadSpec]) -> Result<Vec<Remark>, ServerError> {
        Ok(Vec::new())
    }
    fn end(&mut self) {}
    fn quote(&self, name: &str) -> String {
        name.to_owned()
    }
    fn literal(&self, _: &Mark) -> String {
        String::new()
    }
    fn error(&self, fault: Fault) -> ServerError {
        ServerError::new(Engine::MySql, "db", fault)
    }
}

fn came(mut script: Script) -> Result<u64, String> {
    let source = SourceSpec {
        batch: false,
        lag: std::time::Duration::ZERO,
        overdue_after: 3,
        name: "test".into(),
        was: None,
        connection: Connection::Sqlite { path: "x".into(), encoding: None },
        zone: chrono_tz::Asia::Shanghai,
        overlap: std::time::Duration::ZERO,
        overlap_rows: 0,
        sweep_at: None,
        sweep_back_days: 90,
        may_shrink: Default::default(),
        limits: Default::default(),
        catalogue: None,
        reads: vec![wide(table("cases"))],
    };
    let mut take = |_| ControlFlow::Continue(());
    let mut batches = BatchBuilder::new(&at(NOW), &mut take);
    let one = OneRead { source: &source, number: 0, read: &source.reads[0], over: None, replay: false };
    let passed: Result<_, SourceError> = Pass { session: &mut script, one }.run(None, &mut batches);
    passed.map(|_| batches.rows).map_err(|error| error.for_operator().words(Language::English))
}

/// Nothing is concluded from rows of which some were left out or came twice: a reading is whole, or it is broken.
#[test]
fn a_reading_that_leaves_rows_out_is_broken_and_never_short() {
    let pages = |second: std::ops::Range<usize>| VecDeque::from([0..PAGE, second]);
    let script = |second, counts, order| Script { pages: pages(second), counts, order };
    assert_eq!(came(script(PAGE..PAGE + 7, PAGE + 7, ["0", "1"])), Ok(PAGE as u64 + 7));
    let why = came(script(PAGE + 1..PAGE + 7, PAGE + 7, ["0", "1"])).unwrap_err();
    assert!(why.contains("10006 rows came of this table, and 10007 are there"), "{why}");
    let why = came(script(PAGE..PAGE + 8, PAGE + 7, ["0", "1"])).unwrap_err();
    assert!(why.contains("10008 rows came of this table, and 10007 are there"), "{why}");
    let why = came(script(PAGE..PAGE + 7, PAGE + 7, ["1", "0"])).unwrap_err();
    assert!(
        why.contains("in another order than it compares their keys in") && why.contains("`query`"),
        "{why}"
    );
    let why = came(script(PAGE - 1..PAGE + 7, PAGE + 7, ["0", "1"])).unwrap_err();
    assert!(why.contains("gives a row twice"), "{why}");
    let one = Script { pages: std::iter::once(0..PAGE - 1).collect(), counts: 0, order: ["1", "0"] };
    assert_eq!(came(one), Ok(PAGE as u64 - 1), "one page is one statement");
}
