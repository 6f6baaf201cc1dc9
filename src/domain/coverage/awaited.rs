//! Sources of which nothing was read yet: what they alone could show is unknown, and not absent.

use crate::domain::record::mapping::{Cell, SourceSpec};
use crate::domain::registry::{Channel, Item};

/// What a read could show of which nothing was read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// Name of its source.
    pub source: String,
    /// The only item that its rows can be of; `None`: any.
    pub item: Option<String>,
    /// The only unit that they can be of; `None`: any.
    pub unit: Option<String>,
}

impl Awaited {
    /// What the reads of a source could show: those that bring cases, with their items.
    pub fn of(source: &SourceSpec) -> impl Iterator<Item = Self> {
        let reads = source.reads.iter().filter(|read| read.evidence.is_none());
        reads.filter_map(|read| {
            let item = match read.item.as_ref()? {
                Cell::Always(item) => Some(item.clone()),
                Cell::Column(_) => None,
            };
            let in_column = read.unit.is_some() || read.of_case.unit_in_name.is_some();
            let unit = read.of_case.unit.clone().filter(|_| !in_column);
            Some(Self { source: source.name.clone(), item, unit })
        })
    }

    /// Whether it could show an item. One that is handled elsewhere by the catalogue's own word is not looked for in it.
    pub(super) fn may_show(&self, item: &Item) -> bool {
        item.channel == Channel::System
            && self.item.as_ref().is_none_or(|code| *code == item.code)
            && self.unit.as_ref().is_none_or(|code| *code == item.unit)
    }
}
