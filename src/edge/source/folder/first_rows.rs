//! The first rows of each file of a folder, and why others have none: for whoever sets it up.

use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use super::super::files::{self, Listing};
use super::super::{Cursors, FirstRows, SourceError};
use super::Folder;
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::text::say;

/// Files that are looked into.
const LOOKED_AT: usize = 200;

impl Folder {
    /// Each file for itself, the newest first, so that no mistake of one hides another.
    pub(super) fn look_into(&self, now: &Now, take: &mut dyn FnMut(Batch)) -> Result<FirstRows, SourceError> {
        let Listing { is_folder, mut files, refused, passed_over } =
            files::find(&self.path, self.format.endings(), self.folders)?;
        files.sort_by_key(|file| std::cmp::Reverse(file.print.modified));
        let older = files.split_off(files.len().min(LOOKED_AT)).len();
        let mut found = FirstRows { passed_over, older, ..FirstRows::default() };
        let mut absent: Option<BTreeSet<String>> = None;
        for file in files {
            let one = Listing { is_folder, files: vec![file], ..Listing::default() };
            let mut first = |batch| {
                take(batch);
                ControlFlow::Break(())
            };
            let reading = self.read_all(&one, &mut HashMap::new(), &Cursors::new(), (now, &mut first))?;
            let unread = reading.incomplete.is_some();
            found.unread.extend(reading.notes.into_iter().filter(|_| unread));
            if !unread && !reading.stopped {
                let before = absent.get_or_insert_with(|| reading.never_seen.clone());
                before.retain(|name| reading.never_seen.contains(name));
            }
        }
        found.never_seen = absent.unwrap_or_default();
        let said =
            |error: &SourceError| say!("fault-note", what = error.with_cause(), remedy = error.remedy());
        found.unread.extend(refused.iter().map(|(_, error)| said(error)));
        Ok(found)
    }
}
