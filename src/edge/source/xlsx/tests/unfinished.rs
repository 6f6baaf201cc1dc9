//! Workbooks on their way, and folders of them.

use tempfile::tempdir;

use super::workbook::{Workbook, texts};
use super::{EVENTS, NOW, Told, at, events, notes, put, refused, xlsx};
use crate::domain::now::Now;
use crate::edge::source::Source;

/// However much of a workbook has been copied by now, it waits; whole it is read, and one that never becomes whole is told.
#[test]
fn a_half_copied_workbook_waits() {
    let whole = Workbook::new(&[("办件", texts(EVENTS))]).bytes();
    let folder = tempdir().unwrap();
    let path = folder.path().join("events.xlsx");
    let mut told = Told::default();
    let mut source = xlsx(&path, None, vec![events()]);
    let read = |source: &mut dyn Source, told: &mut Told, now: &Now| told.read(source, now);
    for length in (0..whole.len()).step_by(7) {
        put(&path, &whole[..length], "2011-11-30T09:00:00+08:00");
        let reading = read(&mut *source, &mut told, &at("2011-11-30T09:04:59+08:00"));
        assert!(told.slots.is_empty(), "{length}");
        assert!(notes(&reading).concat().contains("as if it were still being written"), "{length}");
    }
    put(&path, &whole, "2011-11-30T09:05:00+08:00");
    read(&mut *source, &mut told, &at("2011-11-30T09:05:01+08:00"));
    assert_eq!(told.traces().len(), 2);
    for length in (1..whole.len()).step_by(97).chain([whole.len() - 1]) {
        let text = refused(&whole[..length]);
        assert!(
            text.contains("it breaks off") || text.contains("no workbook") || text.contains("a text"),
            "{length}: {text}"
        );
    }
    assert!(refused(&[]).contains("the file is empty"));
}

/// A file that did not change is not read again; the mark of an open document is no file.
#[test]
fn only_what_changed_is_read_again() {
    let folder = tempdir().unwrap();
    let whole = Workbook::new(&[("办件", texts(EVENTS))]).bytes();
    for name in ["a.xlsx", "~$a.xlsx", "b.XLSM"] {
        let bytes = if name.starts_with('~') { b"\x05owner".to_vec() } else { whole.clone() };
        put(&folder.path().join(name), &bytes, "2011-11-30T09:00:00+08:00");
    }
    let mut told = Told::default();
    let mut source = xlsx(folder.path(), None, vec![events()]);
    let first = told.read(&mut *source, &at(NOW));
    assert_eq!((first.rows, first.unread.len(), first.passed_over.len()), (4, 0, 0));
    let second = told.read(&mut *source, &at(NOW));
    assert!(second.unchanged && second.rows == 0);
}
