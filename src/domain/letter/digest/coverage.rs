//! Coverage in a digest: its figures, what changed in them, who is not seen.

use serde::Serialize;

use crate::domain::days::Days;
use crate::domain::letter::page::phrase;
use crate::domain::overview::{Figure, Missing, Overview, SilentItem};
use crate::domain::text::Language;

/// A figure of coverage.
#[derive(Serialize)]
pub(super) struct Line {
    pub name: String,
    pub numerator: u64,
    pub denominator: u64,
    pub percent: String,
    pub change: String,
}

/// How many items are not seen, and why.
pub(super) fn missing(missing: &Missing, language: Language) -> String {
    let Missing { unconnected, silent, exempt, out_of_season, out_of_force, .. } = missing;
    let numbers = [unconnected, silent, exempt, out_of_season, out_of_force].map(u64::to_string);
    let names = ["unconnected", "silent", "exempt", "out_of_season", "out_of_force"];
    let values: Vec<_> = names.into_iter().zip(numbers.iter().map(String::as_str)).collect();
    phrase(language, "digest", "missing", &values)
}

pub(super) fn percent(figure: &Figure) -> String {
    figure.percent.map_or_else(|| "—".into(), |percent| format!("{percent:.1}%"))
}

pub(super) fn line(language: Language, figure: &Figure) -> Line {
    let changed = figure.change.filter(|change| change.abs() >= 0.05);
    let points = |change: f64| phrase(language, "digest", "points", &[("points", &format!("{change:+.1}"))]);
    let unknown = || phrase(language, "digest", "unknown", &[("count", &figure.unknown.to_string())]);
    let note = if figure.unknown > 0 { unknown() } else { String::new() };
    Line {
        name: format!("{}{note}", figure.name),
        numerator: figure.numerator,
        denominator: figure.denominator,
        percent: percent(figure),
        change: changed.map_or_else(String::new, points),
    }
}

/// The figures that changed, each with by how much; a sentence where none did.
pub(super) fn changed(language: Language, coverage: &[Figure]) -> Vec<String> {
    let lines = coverage.iter().map(|figure| line(language, figure)).filter(|line| !line.change.is_empty());
    let changed = |line: Line| format!("{} {} {}", line.name, line.percent, line.change);
    let lines: Vec<String> = lines.map(changed).collect();
    if lines.is_empty() { vec![phrase(language, "digest", "unchanged", &[])] } else { lines }
}

pub(super) fn silent(days: Days, overview: &Overview) -> Vec<String> {
    let one = |silent: &SilentItem| {
        let day = days.within(silent.last_trace_on.as_deref().unwrap_or("—"));
        let last = phrase(days.language, "digest", "last_trace", &[("day", &day)]);
        format!("{} · {} · {last}", silent.item, silent.unit)
    };
    overview.missing.silent_items.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A change of less than half of a tenth of a point is none: it would be said as nothing.
    #[test]
    fn half_a_tenth_of_a_point_is_a_change() {
        let said = |change: f64| {
            let (measure, name) = ("items_active".to_owned(), "事项".to_owned());
            let (percent, change) = (Some(50.0), Some(change));
            let figure = Figure { measure, name, numerator: 1, denominator: 2, unknown: 0, percent, change };
            !line(Language::Chinese, &figure).change.is_empty()
        };
        assert_eq!([0.0, 0.049, 0.05, 0.1, -0.05, -0.049].map(said), [false, false, true, true, true, false]);
    }
}
