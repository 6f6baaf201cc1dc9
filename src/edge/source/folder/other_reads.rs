//! Files of a folder that are for another read of its source: each read takes those that have its columns.

use std::collections::BTreeMap;

use super::super::SourceError;
use super::super::files::{Fingerprint, Taken};
use crate::domain::text::{Text, say};

/// A file without the columns of a read, which may have passed it over before.
pub(in crate::edge::source) struct Misfit {
    pub name: String,
    pub print: Fingerprint,
    pub error: SourceError,
}

/// One read over the files, when it is over.
pub(super) struct Run {
    pub number: u16,
    /// The read's name.
    pub name: String,
    /// The cursor from which it went on.
    pub cursor: Option<String>,
    pub taken: Taken,
    pub misfits: Vec<Misfit>,
    /// Whether any file was opened.
    pub opened: bool,
}

impl Run {
    /// The read by its place in the source, and by its name, which several may share.
    fn said(&self) -> Text {
        say!("reading-number", number = self.number + 1, name = &self.name)
    }
}

/// What could not be read of a folder.
#[derive(Default)]
pub(super) struct Unread {
    pub notes: Vec<Text>,
    /// Files, each with a sentence.
    pub files: BTreeMap<String, Text>,
}

/// Passes over, in each read, the files that another one took; those that none did could not be read.
pub(super) fn settle(runs: &mut [Run]) -> Unread {
    let mut unread = Unread::default();
    for place in 0..runs.len() {
        for Misfit { name, print, error } in std::mem::take(&mut runs[place].misfits) {
            let takes = |run: &&Run| run.taken.get(&name).is_some_and(|it| !it.of_another && !it.gone);
            // A read that takes no file at all has a slip of the pen in its mapping.
            let takes_some = runs[place].taken.values().any(|it| !it.of_another);
            let Some(other) = runs.iter().find(takes).filter(|_| takes_some).map(Run::said) else {
                let (what, remedy) = (error.with_cause(), error.remedy());
                unread.notes.push(say!("fault-note", what = what.clone(), remedy));
                unread.files.entry(name).or_insert(what);
                continue;
            };
            let run = &mut runs[place];
            if !print.of_another {
                unread.notes.push(say!("reading-of_another", file = &name, read = run.said(), other));
            }
            run.taken.insert(name, Fingerprint { of_another: true, ..print });
        }
    }
    unread
}
