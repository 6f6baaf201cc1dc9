//! How long personal text is kept, from the file.

use super::written::Table;
use crate::domain::erased::Retention;
use crate::domain::text::say;

/// So many years may be asked for.
const YEARS: std::ops::RangeInclusive<u32> = 1..=100;

pub(super) fn read(written: &Table<'_>) -> Retention {
    let Some(table) = written.table("retention") else { return Retention::default() };
    let years = |key: &'static str| {
        let at = table.text(key)?;
        if at.value == "never" {
            return None;
        }
        let years =
            at.value.strip_suffix('y').and_then(|text| text.parse().ok()).filter(|it| YEARS.contains(it));
        if years.is_none() {
            table.wrong(&at, say!("config-retention"));
        }
        years
    };
    let retention = Retention { personal_text: years("personal_text"), letters: years("letters") };
    table.nothing_else();
    retention
}
