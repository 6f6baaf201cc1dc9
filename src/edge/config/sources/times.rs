//! How the times of a read are written.

use super::super::written::{At, Table};
use crate::domain::record::mapping::TimeFormat;
use crate::domain::text::say;

/// How the times of a read are written.
pub(super) fn times(table: &Table<'_>) -> Vec<TimeFormat> {
    let Some(list) = table.texts("times") else { return vec![TimeFormat::Iso] };
    let one = |at: At<String>| match at.value.as_str() {
        "iso" => Some(TimeFormat::Iso),
        "epoch-s" => Some(TimeFormat::EpochSeconds),
        "epoch-ms" => Some(TimeFormat::EpochMilliseconds),
        "excel" => Some(TimeFormat::Excel),
        "excel-1904" => Some(TimeFormat::Excel1904),
        pattern => {
            let items: Vec<_> = chrono::format::StrftimeItems::new(pattern).collect();
            if pattern.contains('%') && !items.contains(&chrono::format::Item::Error) {
                return Some(TimeFormat::Pattern(pattern.to_owned()));
            }
            table.wrong(&at, say!("config-times"));
            None
        }
    };
    list.into_iter().filter_map(one).collect()
}

/// Whether times so written sort as text or numbers in the order of time.
pub(super) fn sortable(format: &TimeFormat) -> bool {
    let TimeFormat::Pattern(pattern) = format else { return true };
    let order: Vec<char> = pattern.split('%').skip(1).filter_map(|part| part.chars().next()).collect();
    let expected = ['Y', 'm', 'd', 'H', 'M', 'S'];
    !order.is_empty() && order.iter().zip(expected).all(|(found, expected)| *found == expected)
}
