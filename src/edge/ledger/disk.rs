//! Whether the ledger can be written to at all: what a round that failed could not enter, whoever asks must find out.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use rustix::fs::StatVfsMountFlags;

use super::lock;
use super::stored::instant;
use super::{Ledger, LedgerError};
use crate::domain::now::Now;
use crate::domain::text::{Text, say};

/// Free bytes below which a round may not get through.
const ROOM: u64 = 8 << 20;

impl Ledger {
    /// What keeps rounds from being entered: a disk that is full or read-only, a round that did not come to its end, a daemon
    /// none of whose rounds does. `every`: how often it begins one.
    pub fn cannot_be_written(&self, every: TimeDelta, now: &Now) -> Result<Vec<Text>, LedgerError> {
        let file = self.path.display().to_string();
        let mut found: Vec<Text> = disk(&self.path).into_iter().collect();
        let at_work = lock::held_since(&self.path).map(DateTime::<Utc>::from);
        let last = self.list("read the last round", LAST, [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
        })?;
        if let Some((started, finished)) = last.first() {
            let begun = instant(started)?;
            let patience = TimeDelta::minutes(30) + every.min(TimeDelta::days(1)) * 3;
            match at_work {
                Some(since) if now.instant - begun.max(since.into()) > patience => {
                    found.push(say!("disk-no_round", at = started.as_str(), file));
                }
                None if !finished => found.push(say!("disk-unfinished", at = started.as_str())),
                _ => {}
            }
        }
        Ok(found)
    }
}

const LAST: &str = "SELECT started_at, finished_at IS NOT NULL FROM round ORDER BY id DESC LIMIT 1";

/// The name by which SQLite reads a ledger as it lies there and makes nothing beside it; `None` where changes may be missing in it.
pub(super) fn as_it_lies(ledger: &Path) -> Option<PathBuf> {
    let mut log = ledger.as_os_str().to_owned();
    log.push("-wal");
    // Nothing stands in a log that is empty.
    if std::fs::metadata(&log).is_ok_and(|log| log.len() > 0) || lock::held_since(ledger).is_some() {
        return None;
    }
    let path = std::path::absolute(ledger).ok()?;
    let escaped = path.to_str()?.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    Some(format!("file:{escaped}?immutable=1").into())
}

/// What is wrong with the disk under a ledger.
fn disk(ledger: &Path) -> Option<Text> {
    let file = ledger.display().to_string();
    // Where the system does not tell, nothing is said.
    let disk = rustix::fs::statvfs(ledger).ok()?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Some(say!("disk-read_only", file));
    }
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    is_short_of_room(free, disk.f_blocks)
        .then(|| say!("disk-full", file, free = format!("{:.1} MiB", free as f64 / 1_048_576.0)))
}

/// Free bytes below which not even the files beside a ledger can be made.
const NO_ROOM: u64 = 256 << 10;

/// Whether the disk under a ledger, or under the folder where it is to be, is so full that it cannot even be opened.
pub(super) fn has_no_room(ledger: &Path) -> bool {
    let disk =
        rustix::fs::statvfs(ledger).or_else(|_| rustix::fs::statvfs(ledger.parent().unwrap_or(ledger)));
    disk.is_ok_and(|disk| is_full(disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks))
}

fn is_full(free: u64, blocks: u64) -> bool {
    free < NO_ROOM && blocks > 0
}

/// A file system that has no blocks does not tell how many are free.
fn is_short_of_room(free: u64, blocks: u64) -> bool {
    free < ROOM && blocks > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Below eight mebibytes a round may not get through.
    #[test]
    fn a_disk_is_full_below_the_room_of_a_round() {
        for (free, blocks, full) in [
            (0, 1, true),
            ((8 << 20) - 1, 1, true),
            (8 << 20, 1, false),
            ((8 << 20) + 1, 1, false),
            (0, 0, false),
        ] {
            assert_eq!(is_short_of_room(free, blocks), full, "{free} {blocks}");
        }
        for (free, blocks, full) in
            [(0, 1, true), ((256 << 10) - 1, 1, true), (256 << 10, 1, false), (0, 0, false)]
        {
            assert_eq!(is_full(free, blocks), full, "{free} {blocks}");
        }
    }
}
