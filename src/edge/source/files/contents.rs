//! What stands in a file, told from what stood in it before: a file that was copied or only touched says nothing new.

use std::io::{self, Read};

use serde::{Deserialize, Serialize};

use super::super::Over;
use super::Found;
use crate::domain::digest::Running;

/// Former contents remembered of one file.
const REMEMBERED: usize = 60;

/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// What stands in a file that was taken, and what stood in it before. A file without a record says nothing, and is not among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::edge::source) struct Contents {
    /// Digest of its bytes; `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<u64>,
    /// When these were written, in nanoseconds since 1970, where that is not when the file was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// They tell of what happened after the time at which the file says to have been written: when they were nobody knows, but not before
    /// `since`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_unknown_time: bool,
    /// They are older than what had been read when they came: the file's time tells of no delivery.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outdated: bool,
    /// Digests of what stood in the file before, the last at the end, each with when it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<(u64, i64)>,
}

impl Contents {
    /// Whether nothing is known of them.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// When these bytes were written that stand in the file, or stood in it.
    pub fn written(&self, digest: u64, since: i64) -> Option<i64> {
        let now = self.digest.filter(|it| *it == digest).map(|_| since);
        now.or_else(|| self.former.iter().rev().find(|(it, _)| *it == digest).map(|(_, since)| *since))
    }

    /// Those of a file that had these since some time, and has others now.
    pub fn followed_by(&self, digest: Option<u64>, since: i64) -> Self {
        let mut former = self.former.clone();
        former.extend(self.digest.map(|it| (it, since)));
        former.drain(..former.len().saturating_sub(REMEMBERED));
        Self { digest, former, ..Self::default() }
    }
}

/// Digest of all bytes of a file; `None` where there are none, and where they cannot be read: whoever reads it says why.
pub(in crate::edge::source) fn digest_of(found: &Found, over: Option<&Over>) -> Option<u64> {
    if found.print.size == 0 {
        return None;
    }
    let mut file = found.open().ok()?;
    let (mut running, mut piece) = (Running::default(), vec![0; PIECE]);
    loop {
        over.map_or(Ok(()), Over::ends).ok()?;
        match file.read(&mut piece) {
            Ok(0) => return Some(running.digest()),
            Ok(read) => running.add(&piece[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
