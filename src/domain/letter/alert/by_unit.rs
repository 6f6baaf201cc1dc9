//! How many cases of each card a mail tells of, by unit: a mail of many cases begins with it.

use serde::Serialize;

use super::entry::highest;
use super::writer::Writer;
use crate::domain::card::Card;
use crate::domain::letter::news::News;

/// A unit, with the cases that the mail tells of it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct ByUnit {
    pub name: String,
    pub red: u64,
    pub yellow: u64,
    pub notice: u64,
    pub revoked: u64,
}

impl Writer<'_> {
    /// Each unit once, the one with the gravest case first; a case counts under its highest card, or as withdrawn.
    pub(super) fn by_unit(&self, groups: &[Vec<&News>]) -> Vec<ByUnit> {
        let mut units: Vec<ByUnit> = Vec::new();
        for group in groups {
            let name = self.unit_or_source(group[0]);
            let name = if name.is_empty() { self.say("no_unit", &[]) } else { name };
            let at = units.iter().position(|unit| unit.name == name).unwrap_or_else(|| {
                units.push(ByUnit { name, ..ByUnit::default() });
                units.len() - 1
            });
            let unit = &mut units[at];
            let count = match highest(group) {
                _ if group[0].is_withdrawal() => &mut unit.revoked,
                Card::Red => &mut unit.red,
                Card::Yellow => &mut unit.yellow,
                Card::Notice => &mut unit.notice,
            };
            *count += 1;
        }
        units
    }
}
