//! Zones of single columns.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::super::written::Table;
use crate::domain::record::mapping::ReadSpec;
use crate::domain::text::say;

/// The zones of columns, each of which the read takes a time from.
pub(super) fn of_columns(table: &Table<'_>, read: ReadSpec) -> ReadSpec {
    let mut zones = BTreeMap::new();
    for (column, at) in table.pairs("zones").unwrap_or_default() {
        let known = read.time_columns().iter().any(|it| it.name == column)
            || read.watermark.as_ref().is_some_and(|it| *it == column);
        if !known {
            table.wrong(&at, say!("config-zone_column", column = &column));
        }
        match at.value.parse::<Tz>() {
            Ok(zone) => drop(zones.insert(column, zone.name().to_owned())),
            Err(_) => table.wrong(&at, say!("config-zone")),
        }
    }
    ReadSpec { zones, ..read }
}
