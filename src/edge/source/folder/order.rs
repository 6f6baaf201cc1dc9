//! Which of the files of a folder has the last word: the one whose contents were written last, and not the one that was touched, copied
//! or named last.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::time::Duration;

use super::super::files::{Contents, Fingerprint, Found, Taken};
use crate::domain::now::Now;

/// What a file is to what was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is as it was when it was taken.
    AsTaken,
    /// It was written or touched since, and says what it said.
    WrittenAgain,
    /// Another file says what it says, or said so.
    Copied,
    /// It says what it said once, before it said what was read last.
    GoneBack,
    /// What it says was not read yet.
    New,
}

/// Whether a file holds a record.
#[derive(Clone, Copy)]
pub(super) enum Says {
    Something,
    Nothing,
}

/// A file in its place.
pub(super) struct Placed<'l> {
    pub found: &'l Found,
    pub standing: Standing,
    /// What is kept of it if it is not read again.
    pub print: Fingerprint,
    /// When the newest act happened that it tells of, where it was looked into.
    newest: Option<i64>,
}

/// What a file says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// By what it is known again; `None`: it says nothing, or cannot be read.
    pub digest: Option<u64>,
    /// When the newest act happened that it tells of, in nanoseconds since 1970, as far as it is no moment to come: it was written no
    /// earlier.
    pub newest: Option<i64>,
}

/// Whether other files may tell of the same cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Company {
    Alone,
    Others,
}

/// By what files are compared with what was taken before.
pub(super) struct Comparison<'a> {
    pub before: &'a Taken,
    pub settle: Duration,
    pub now: &'a Now,
}

impl Comparison<'_> {
    /// The files in the order in which they have a say: by when what stands in each was written, else by their names. A time in the
    /// future says nothing, and comes last.
    pub(super) fn in_order<'l>(&self, files: &'l [Found], look: &dyn Fn(&Found) -> Look) -> Vec<Placed<'l>> {
        let mut placed: Vec<_> = files.iter().map(|found| self.place(found, look)).collect();
        // Alike at their first reading, they are copies of the oldest of them.
        let mut oldest: HashMap<u64, i64> = HashMap::new();
        for file in placed.iter().filter(|file| file.standing == Standing::New) {
            let Some(digest) = file.print.contents.digest else { continue };
            let since = oldest.entry(digest).or_insert(i64::MAX);
            *since = (*since).min(file.print.modified);
        }
        for file in placed.iter_mut().filter(|file| file.standing == Standing::New) {
            let since = file.print.contents.digest.and_then(|digest| oldest.get(&digest));
            let since = since.copied().filter(|since| *since != file.print.modified);
            let later = file.newest.filter(|newest| *newest > since.unwrap_or(file.print.modified));
            file.print.contents.of_unknown_time = later.is_some();
            file.print.contents.since = later.or(since);
        }
        placed.sort_by(|one, other| {
            let since = |file: &Placed<'_>| self.told_time(&file.print).unwrap_or_else(|| file.print.since());
            since(one).cmp(&since(other)).then_with(|| by_name(&one.found.name, &other.found.name))
        });
        placed
    }

    fn place<'l>(&self, found: &'l Found, look: &dyn Fn(&Found) -> Look) -> Placed<'l> {
        let known = self.before.get(&found.name);
        if let Some(known) = known.filter(|known| known.covers(&found.print, self.settle, self.now)) {
            let print = Fingerprint { gone: false, ..known.clone() };
            return Placed { found, standing: Standing::AsTaken, print, newest: None };
        }
        let Look { digest, newest } = look(found);
        let (standing, print) = self.compared(found, known, digest);
        Placed { found, standing, print, newest }
    }

    /// What a file of these bytes is that does not look as it did when it was taken.
    fn compared(
        &self,
        found: &Found,
        known: Option<&Fingerprint>,
        digest: Option<u64>,
    ) -> (Standing, Fingerprint) {
        let Fingerprint { size, modified, .. } = found.print;
        if let (Some(digest), Some(known)) = (digest, known) {
            if known.contents.digest == Some(digest) {
                let contents = Contents { since: Some(known.since()), ..known.contents.clone() };
                let print =
                    Fingerprint { size, modified, contents, cut_off: None, gone: false, ..known.clone() };
                return (Standing::WrittenAgain, print);
            }
            if known.contents.written(digest, known.since()).is_some() {
                return (Standing::GoneBack, Fingerprint { gone: false, ..known.clone() });
            }
        }
        if let Some((digest, (since, twin))) =
            digest.and_then(|it| Some((it, written_elsewhere(it, self.before)?)))
        {
            let newest = self.before.values().map(Fingerprint::since).max();
            let outdated = newest.is_some_and(|newest| since < newest);
            let former =
                known.map_or_else(Vec::new, |known| known.contents.followed_by(None, known.since()).former);
            let of_unknown_time = twin.contents.of_unknown_time;
            let contents =
                Contents { digest: Some(digest), since: Some(since), of_unknown_time, outdated, former };
            let print = Fingerprint { size, modified, contents, cut_off: None, gone: false, ..twin.clone() };
            return (Standing::Copied, print);
        }
        let contents = match known {
            Some(known) => known.contents.followed_by(digest, known.since()),
            None => Contents { digest, ..Contents::default() },
        };
        (Standing::New, Fingerprint { size, modified, contents, ..Fingerprint::default() })
    }

    /// When what stands in a file was written, as far as that says something: a time that has not come yet is that of all such files,
    /// and `None` that of one that tells of later acts.
    pub(super) fn told_time(&self, print: &Fingerprint) -> Option<i64> {
        let (written, present) = (print.since(), self.now.instant.timestamp_nanos_opt().unwrap_or(i64::MAX));
        let told = if self.now.replay || written <= present { written } else { i64::MAX };
        (!print.contents.of_unknown_time).then_some(told)
    }
}

/// The file in which these bytes stand or stood, and since when.
fn written_elsewhere(digest: u64, before: &Taken) -> Option<(i64, &Fingerprint)> {
    let of = |print: &Fingerprint| print.contents.written(digest, print.since());
    before.values().filter_map(|print| Some((of(print)?, print))).min_by_key(|(since, _)| *since)
}

/// Names as people order them: numbers in them by what they count (9月 before 10月), and a name before what only goes on behind it.
pub(super) fn by_name(one: &str, other: &str) -> Ordering {
    fn stem(name: &str) -> &str {
        let name = name.strip_suffix(".gz").unwrap_or(name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
    parts(stem(one)).cmp(&parts(stem(other))).then_with(|| one.cmp(other))
}

/// The parts of a name: what stands between numbers, and each number by its length and digits.
fn parts(name: &str) -> Vec<(usize, &str)> {
    let is_digit = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let of_digits = is_digit(rest);
        let end = rest.find(|sign: char| sign.is_ascii_digit() != of_digits).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let part = if of_digits { part.trim_start_matches('0') } else { part };
        parts.push((if of_digits { part.len() } else { 0 }, part));
        rest = behind;
    }
    parts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::{Comparison, by_name};
    use crate::edge::source::files::{Contents, Fingerprint};
    use crate::edge::source::tests::{at, replay};

    /// A file from the future says nothing by its time and comes last, that of the present is as old as it says; a replay has no present.
    /// Of one that tells of later acts nobody knows.
    #[test]
    fn a_time_that_has_not_come_says_nothing() {
        let told = |now, of_unknown_time| {
            let before = BTreeMap::new();
            let comparison = Comparison { before: &before, settle: Duration::ZERO, now: &now };
            let present = now.instant.timestamp_nanos_opt().unwrap();
            [-1, 0, 1].map(|later| {
                let modified = present + later;
                let contents = Contents { of_unknown_time, ..Contents::default() };
                let told =
                    comparison.told_time(&Fingerprint { modified, contents, ..Fingerprint::default() });
                told.map(|told| told == modified)
            })
        };
        const PRESENT: &str = "2011-11-30T10:00:00+08:00";
        assert_eq!(told(at(PRESENT), false), [Some(true), Some(true), Some(false)]);
        assert_eq!(told(replay(PRESENT), false), [Some(true); 3]);
        assert_eq!(told(at(PRESENT), true), [None; 3], "it tells of later acts");
    }

    /// Names come in the order in which people count.
    #[test]
    fn names_are_ordered_as_people_count() {
        let order = [
            ["9月.csv", "10月.csv"],
            ["办件.csv", "办件 (2).csv"],
            ["办件 (2).csv", "办件 (10).csv"],
            ["2011-9-30.csv", "2011-10-01.csv"],
            ["a.csv", "b.csv"],
            ["a.csv", "a.csv.gz"],
            ["a01.csv", "a1.csv"],
        ];
        for [one, other] in order {
            assert!(by_name(one, other).is_lt() && by_name(other, one).is_gt(), "{one} {other}");
        }
        assert!(by_name("a.csv", "a.csv").is_eq());
    }
}
