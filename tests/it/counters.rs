//! Sources whose watermark is a number: gaps, late commits, counters that go back, on every kind of database.

use std::io::Write;
use std::process::{Child, Stdio};

use jianchad::testing::domain::text::Language;
use jianchad::testing::edge::source;

use crate::bench::moment;
use crate::halls::{Hall, NOW, Told};
use crate::installed::wait_for;

const READ: &str = "[[source.approval.read]]\ntable = \"events\"\nshape = \"long\"\nwatermark = \"n\"\nwatermark_kind = \"sequence\"\nkey = [\"id\"]\n\
    case = \"no\"\ntraces = [{ kind = \"step\", at = \"at\", stage = \"stage\" }]\n";

fn halls() -> impl Iterator<Item = Hall> {
    [Some(Hall::of(None, "text")), Hall::postgres("timestamp"), Hall::mysql("datetime")].into_iter().flatten()
}

fn table(hall: &Hall, number: &str) {
    hall.run(&format!(
        "create table events(id integer primary key, no varchar(20), stage text, at TIME, n {number})"
    ));
}

/// A row of a number.
fn row(hall: &Hall, id: u32, number: &str) {
    hall.run(&format!("insert into events values({id}, 'A{id}', 'S', '2011-11-01 10:00:00', {number})"));
}

fn cases(told: &Told) -> Vec<&str> {
    told.traces().iter().map(|it| it.split(' ').next().unwrap()).collect()
}

/// Rows take their numbers in another order than they are committed, and leave gaps: what lies within the overlap is read, to the
/// number; what has no number is always read, and a change takes a new one.
#[test]
fn what_took_its_number_early_and_came_late_is_read() {
    for hall in halls() {
        let what = hall.what();
        table(&hall, "bigint");
        let lines = format!("{}overlap_rows = 100\n", hall.lines());
        let mut source = source::open(&hall.spec_of(&lines, READ));
        row(&hall, 1, "10");
        row(&hall, 2, "5000");
        let mut told = Told::default();
        let reading = told.read(&mut *source, &moment(NOW));
        assert_eq!((reading.rows, reading.whole.len(), reading.notes.len()), (2, 1, 0), "{what}");
        // The number of the overlap, one before it and one behind it.
        for (id, number) in [(3, "4899"), (4, "4900"), (5, "4901"), (6, "null"), (7, "5001")] {
            row(&hall, id, number);
        }
        let reading = told.read(&mut *source, &moment(NOW));
        assert_eq!((reading.rows, reading.whole.len()), (5, 0), "{what}: with the one that was there");
        assert_eq!(cases(&told), ["A1", "A2", "A4", "A5", "A6", "A7"], "{what}");
        let note = reading.notes[0].words(Language::English);
        assert!(reading.notes.len() == 1 && note.contains("1 rows have no number in `n`"), "{what}: {note}");
        hall.run("update events set stage = 'T', n = 5002 where id = 1");
        told.read(&mut *source, &moment(NOW));
        assert!(told.traces().iter().any(|it| it.starts_with("A1 step T")), "{what}: {:?}", told.traces());
        told.cursors.clear();
        assert_eq!(told.read(&mut *source, &moment(NOW)).rows, 7, "{what}: a sweep reads everything");
        assert!(cases(&told).contains(&"A3"), "{what}");
    }
}

/// A counter that begins anew, or a table that was restored, has no number any more that was read: it is looked over as one that went
/// back. Once it is believed its own numbers count.
#[test]
fn numbers_that_went_back_are_seen() {
    for hall in halls() {
        let what = hall.what();
        table(&hall, "bigint");
        (1..=3).for_each(|id| row(&hall, id, &format!("900{id}")));
        let mut source = hall.source(READ);
        let mut told = Told::default();
        told.read(&mut *source, &moment(NOW));
        hall.run("delete from events where id = 2");
        assert_eq!(
            source.glance(&told.cursors).unwrap().went_back,
            [0_u16; 0],
            "{what}: the newest is there"
        );
        hall.run("delete from events where id = 3");
        assert_eq!(source.glance(&told.cursors).unwrap().went_back, [0], "{what}");
        row(&hall, 4, "12");
        told.cursors.clear();
        told.read(&mut *hall.source(READ), &moment(NOW));
        hall.run("delete from events where id = 1");
        row(&hall, 5, "13");
        told.cursors.clear();
        assert_eq!(told.read(&mut *source, &moment(NOW)).rows, 2, "{what}");
        row(&hall, 6, "14");
        assert_eq!(source.glance(&told.cursors).unwrap().went_back, [0_u16; 0], "{what}");
        told.read(&mut *source, &moment(NOW));
        assert!(cases(&told).contains(&"A6"), "{what}");
    }
}

/// A column of texts does not sort as numbers do: everything is read, and it is said.
#[test]
fn a_column_that_holds_no_numbers_is_read_whole() {
    for hall in halls() {
        let what = hall.what();
        table(&hall, "varchar(20)");
        (1..=3).for_each(|id| row(&hall, id, &format!("'{id}'")));
        let mut source = hall.source(READ);
        let mut told = Told::default();
        for _ in 0..2 {
            told.cursors.values_mut().for_each(|it| *it = it.replace('}', ",\"watermark\":3}"));
            let reading = told.read(&mut *source, &moment(NOW));
            row(&hall, 9 + u32::try_from(told.traces.len()).unwrap(), "'0'");
            let notes: Vec<String> = reading.notes.iter().map(|it| it.words(Language::English)).collect();
            assert!(notes.iter().any(|it| it.contains("have no number in `n`")), "{what}: {notes:?}");
            assert_eq!(reading.rows, told.traces.len() as u64, "{what}");
        }
    }
}

/// A statement of an application that has not been committed yet.
struct UnderWay(Child);

impl UnderWay {
    fn begin(hall: &Hall, sql: &str) -> Self {
        let database = hall.database.as_ref().unwrap();
        let mut psql = database.server.client(&database.name);
        let mut child = psql.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "begin; {sql};").unwrap();
        let asked = "select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'";
        wait_for("a transaction", || Some(()).filter(|()| database.run(asked) == "1"));
        Self(child)
    }

    fn commit(mut self) {
        writeln!(self.0.stdin.as_mut().unwrap(), "commit;").unwrap();
        drop(self.0.stdin.take());
        assert!(self.0.wait().unwrap().success());
    }
}

/// The number of a transaction is no promise of its end: what is under way while others are read is read when it is there, however
/// late.
#[test]
fn what_is_committed_late_is_not_missed_by_its_row_version() {
    for number in ["xid8", "bigint"] {
        let Some(hall) = Hall::postgres("timestamp") else { return };
        table(&hall, number);
        hall.run(&format!(
            "create function touch() returns trigger language plpgsql as
                 $$ begin new.n := pg_current_xact_id()::text::{number}; return new; end $$;
             create trigger touch before insert or update on events for each row execute function touch()"
        ));
        let mut source = hall.source(&READ.replace("\"sequence\"", "\"rowversion\""));
        let mut told = Told::default();
        row(&hall, 1, "null");
        let slow =
            UnderWay::begin(&hall, "insert into events values(2, 'A2', 'S', '2011-11-01 10:00:00', null)");
        row(&hall, 3, "null");
        told.read(&mut *source, &moment(NOW));
        row(&hall, 4, "null");
        told.read(&mut *source, &moment(NOW));
        assert_eq!(cases(&told), ["A1", "A3", "A4"], "{number}");
        assert_eq!(source.glance(&told.cursors).unwrap().went_back, [0_u16; 0], "{number}");
        slow.commit();
        told.read(&mut *source, &moment(NOW));
        assert_eq!(cases(&told), ["A1", "A2", "A3", "A4"], "{number}");
        hall.run("update events set stage = 'T' where id = 1");
        told.read(&mut *source, &moment(NOW));
        assert!(told.traces().iter().any(|it| it.starts_with("A1 step T")), "{number}");
    }
}
