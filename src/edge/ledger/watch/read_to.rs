//! What a round says of a reading that came to its end.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::super::RoundId;
use crate::domain::record::apply::NothingAt;
use crate::domain::record::mapping::ReadSpec;
use crate::domain::text::Text;

/// How far a source was read.
#[derive(Debug, Clone, Copy)]
pub struct ReadTo<'a> {
    /// Its cursors, by read.
    pub cursors: &'a BTreeMap<u16, String>,
    /// Digest of the mapping it was read by.
    pub mapping: &'a str,
    /// What was read whole: read, and beginning of the row keys.
    pub whole: &'a [(u16, String)],
    /// Cells that were taken for nothing, by where they stand.
    pub nothing: &'a BTreeMap<NothingAt, u64>,
    /// Attributes of the mapping that no event of its logs has.
    pub never_seen: &'a BTreeSet<String>,
    /// What stands in its folder and is not read.
    pub passed_over: &'a [String],
    /// What its reads are.
    pub reads: &'a [ReadSpec],
    /// The round it was read in.
    pub round: RoundId,
    /// Rows handed on.
    pub rows: u64,
    /// The newest time seen.
    pub newest: Option<&'a str>,
    /// Something came that was not known, though it was read by the mapping of before.
    pub news: bool,
    /// What part could not be read, and why.
    pub incomplete: Option<&'a Text>,
    /// When the newest of its files was written, if it has any.
    pub delivered: Option<DateTime<FixedOffset>>,
}
