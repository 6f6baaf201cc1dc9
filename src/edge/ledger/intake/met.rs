//! What one reading of a source has met so far.

use std::collections::HashMap;

use super::crowded::ByKind;
use super::doubled::OwnRows;
use super::held::TakenBack;
use super::keys::Keys;
use crate::domain::record::Written;
use crate::domain::record::spot::Place;

/// Cases remembered from batch to batch at most: events of a case follow one another closely.
const MET: usize = 200_000;

/// Cases met in one round's reading of one source, by number.
#[derive(Default)]
pub(in crate::edge::ledger) struct Met {
    pub(super) cases: HashMap<String, Known>,
    pub(super) keys: Keys,
    pub(super) rows: OwnRows,
    pub(super) taken_back: TakenBack,
}

impl Met {
    /// With room for the cases of another batch.
    pub(super) fn with_room(self) -> Self {
        if self.cases.len() < MET { self } else { Self { cases: HashMap::new(), ..self } }
    }
}

/// A case as the reading knows it.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) id: i64,
    /// It is already marked to be judged.
    pub(super) marked: bool,
    /// It entered in this round.
    pub(super) new: bool,
    /// Where its own row was met in this reading.
    pub(super) place: Place,
    /// When the file of that row was written, where it stands in one.
    pub(super) written: Written,
    /// How many traces and revisions of traces it has, up to a few beyond what it may have; `None`: nobody has looked yet.
    pub(super) traces: Option<u32>,
    /// How many of each kind, where it has too many in all.
    pub(super) of_kinds: Option<ByKind>,
    /// A trace of it was set aside in this reading, as it has too many.
    pub(super) crowded: bool,
}

impl Known {
    /// A case of which nothing is known but its row.
    pub(super) fn of(id: i64) -> Self {
        Self {
            id,
            marked: false,
            new: false,
            place: Place::default(),
            written: Written::NoFile,
            traces: None,
            of_kinds: None,
            crowded: false,
        }
    }
}
