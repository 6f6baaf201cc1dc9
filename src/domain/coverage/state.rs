//! Where an item stands: active, silent, unconnected, exempt, unknown, out of season, out of force.

use chrono::{Days, NaiveDate};

use crate::domain::registry::{Channel, Item, UnitKind};
use crate::domain::season::Season;
use crate::domain::text::{Text, say, words};

/// Where an item stands, decided from its traces and never from a flag alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemState {
    /// 活跃: traces within the window.
    Active,
    /// 静默: connected, no trace within the window.
    Silent,
    /// 未接入: never left a trace.
    Unconnected,
    /// 豁免: never left a trace, and has leave not to.
    Exempt,
    /// 不明: connected, no trace within the window, and its source cannot be read; or never seen, and of a source that could show it nothing was
    /// read yet.
    Unknown,
    /// 非办理季节: connected, offered only in a part of the year, and this is not it.
    OutOfSeason,
    /// 不在有效期: the catalogue does not offer it on this day.
    OutOfForce,
}

words!(ItemState {
    Active = "active", "活跃";
    Silent = "silent", "静默";
    Unconnected = "unconnected", "未接入";
    Exempt = "exempt", "豁免";
    Unknown = "unknown", "不明";
    OutOfSeason = "out_of_season", "非办理季节";
    OutOfForce = "out_of_force", "不在有效期";
});

/// What the ledger knows of an item's traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// First day with one.
    pub first: NaiveDate,
    /// Last day with one.
    pub last: NaiveDate,
    /// Since when the source they came from cannot be read, if it cannot.
    pub dark_since: Option<NaiveDate>,
}

/// Where an item stands, and why. `days`: a trace so many days old still makes it active, of its season where it has one.
pub(super) fn of(
    item: &Item,
    unit: Option<UnitKind>,
    seen: Option<&Activity>,
    days: u32,
    today: NaiveDate,
) -> (ItemState, Text) {
    if let Some(why) = out_of_force(item, today) {
        return (ItemState::OutOfForce, why);
    }
    let plain = today.checked_sub_days(Days::new(days.into())).unwrap_or(today);
    if seen.is_some_and(|seen| seen.last < plain)
        && let Some(why) = out_of_season(item, unit, today)
    {
        return (ItemState::OutOfSeason, why);
    }
    let since = item.season.map_or(plain, |season| days_of(season, days, today).min(plain));
    if let Some(Activity { last, dark_since, .. }) = seen {
        return match dark_since {
            _ if *last >= since => (ItemState::Active, say!("coverage-active")),
            Some(dark) => (ItemState::Unknown, say!("coverage-unknown", last, dark)),
            None => (ItemState::Silent, say!("coverage-silent", last)),
        };
    }
    let valid = item.exemption.as_ref().filter(|leave| leave.until.is_none_or(|until| until >= today));
    if let Some(leave) = valid {
        let (reason, by) = (&leave.reason, &leave.granted_by);
        let why = match leave.until {
            Some(until) => say!("coverage-exempt_until", reason, by, until),
            None => say!("coverage-exempt", reason, by),
        };
        return (ItemState::Exempt, why);
    }
    let why = match (item.channel, &item.exemption) {
        (_, Some(_)) => say!("coverage-exemption_over"),
        (Channel::System, None) => say!("coverage-declared"),
        (Channel::Vertical, None) => say!("coverage-vertical"),
        (Channel::Offline, None) => say!("coverage-offline"),
    };
    (ItemState::Unconnected, why)
}

/// That the catalogue does not offer an item on a day.
fn out_of_force(item: &Item, today: NaiveDate) -> Option<Text> {
    let item = item.on(|| Some(today));
    if let Some(from) = item.valid_from.filter(|from| today < *from) {
        return Some(say!("coverage-from", from));
    }
    let until = item.valid_until.filter(|until| *until < today)?;
    Some(say!("coverage-until", until))
}

/// That an item is not to be expected now: its season is over, or its unit has a window only in some part of the year.
fn out_of_season(item: &Item, unit: Option<UnitKind>, today: NaiveDate) -> Option<Text> {
    match item.season {
        Some(season) if season.holds(today) => None,
        Some(season) => Some(say!("coverage-season", season = season.text())),
        None => (unit == Some(UnitKind::Seasonal)).then(|| say!("coverage-seasonal_unit")),
    }
}

/// The day so many days of a season back, at most a year: the first day of a season finds nothing silent.
fn days_of(season: Season, days: u32, today: NaiveDate) -> NaiveDate {
    let (mut left, mut first) = (days, today);
    for day in std::iter::successors(Some(today), NaiveDate::pred_opt).take(367) {
        first = day;
        if left == 0 {
            break;
        }
        left -= u32::from(season.holds(day));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::registry::Exemption;

    /// 办理季节 06-01/09-30: so many days of it, across the part of the year in which it rests, and no more than a year.
    #[test]
    fn a_window_counts_the_days_of_its_season() {
        let of = |days, today: &str| {
            days_of("06-01/09-30".parse().unwrap(), days, today.parse().unwrap()).to_string()
        };
        assert_eq!(of(90, "2011-09-30"), "2011-07-02");
        assert_eq!(of(90, "2011-06-01"), "2010-07-03", "one day of this season, 89 of the last");
        assert_eq!(of(90, "2011-03-01"), "2010-07-02", "out of season it stands still");
        assert_eq!(of(150, "2011-06-01"), "2010-05-31", "a year at most");
    }

    /// Leave to stay outside holds on its last day, and an item is offered from its first day to its last: the day before, the day, the
    /// day after.
    #[test]
    fn leave_and_validity_hold_on_their_first_and_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let state = |item: &Item, today: &str| of(item, None, None, 90, day(today)).0;
        let leave = Exemption {
            reason: "保密".into(),
            granted_by: "市政府办公室".into(),
            until: Some(day("2011-10-14")),
        };
        let item = crate::domain::clock::tests::item("20wd");
        let exempt = Item { exemption: Some(leave), ..item.clone() };
        let days = ["2011-10-13", "2011-10-14", "2011-10-15"];
        assert_eq!(
            days.map(|day| state(&exempt, day)),
            [ItemState::Exempt, ItemState::Exempt, ItemState::Unconnected]
        );
        let from = Item { valid_from: Some(day("2011-10-14")), ..item.clone() };
        assert_eq!(
            days.map(|day| state(&from, day)),
            [ItemState::OutOfForce, ItemState::Unconnected, ItemState::Unconnected]
        );
        let until = Item { valid_until: Some(day("2011-10-14")), ..item };
        assert_eq!(
            days.map(|day| state(&until, day)),
            [ItemState::Unconnected, ItemState::Unconnected, ItemState::OutOfForce]
        );
    }
}
