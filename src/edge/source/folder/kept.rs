//! What is kept of the files that a read has taken.

use chrono::{DateTime, FixedOffset};

use super::super::files::{Contents, Fingerprint, Found, Taken};
use super::order::{Placed, Says};
use super::pass::Pass;

impl Pass<'_> {
    /// Whether a file of a name was read before by this read, and not passed over as one that is for another.
    pub(super) fn has_taken(&self, name: &str) -> bool {
        self.before.get(name).is_some_and(|known| !known.of_another)
    }

    /// What is kept of a file that is left out: what stands in it next is read, be it what it was.
    pub(super) fn left_as_known(&self, name: &str) -> Option<Fingerprint> {
        let known = self.before.get(name)?;
        let contents = Contents { digest: None, since: Some(known.since()), ..known.contents.clone() };
        Some(Fingerprint { contents, ..known.clone() })
    }

    /// What is kept of a file's contents that were read. Those that say nothing, and those that were not yet there when they were compared,
    /// are passed over.
    pub(super) fn contents_of(&self, file: &Placed<'_>, print: &Fingerprint, says: Says) -> Contents {
        let known = self.before.get(&file.found.name);
        let same = print.size == file.found.print.size && print.modified == file.found.print.modified;
        match (says, known) {
            (Says::Something, _) if same && !print.held_back => file.print.contents.clone(),
            (Says::Something, Some(known)) => known.contents.followed_by(None, known.since()),
            (Says::Nothing, Some(known)) if known.contents.digest.is_some() => {
                Contents { since: Some(known.since()), ..known.contents.clone() }
            }
            _ => Contents::default(),
        }
    }

    /// When what was last taken of the files was written: where a file is not written to its end, or says what it said once, that is when it
    /// was before.
    pub(super) fn delivered(&self, found: &[Found], taken: &Taken) -> Option<DateTime<FixedOffset>> {
        let written = found.iter().map(|file| {
            let (print, name) = (&file.print, &file.name);
            match taken.get(name) {
                Some(it) if it.contents.outdated => it.since(),
                Some(it) if it.held_back => {
                    self.before.get(name).map_or(print.modified, |known| known.modified)
                }
                Some(it) if self.gone_back.contains(name) => it.modified,
                _ => print.modified,
            }
        });
        written.max().map(|at| DateTime::from_timestamp_nanos(at).fixed_offset())
    }
}
