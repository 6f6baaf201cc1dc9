//! Holidays that the law itself fixes (《全国年节及纪念日放假办法》): days off in every year, whatever is announced later.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days of a year that the moon and the sun fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lunar {
    /// 正月初一.
    pub spring: NaiveDate,
    /// 清明.
    pub qingming: NaiveDate,
    /// 五月初五.
    pub dragon_boat: NaiveDate,
    /// 八月十五.
    pub mid_autumn: NaiveDate,
}

/// A version of the 办法: the first year it governs, its days of the sun's calendar, and how far 春节 reaches before and
/// behind its first day. 清明, 端午 and 中秋 are days off from 2008 on.
struct Version {
    from: i32,
    solar: &'static [SolarDay],
    spring: (i64, i64),
}

/// A day off of the sun's calendar.
struct SolarDay {
    month: u32,
    day: u32,
    name: &'static str,
}

const fn solar(month: u32, day: u32, name: &'static str) -> SolarDay {
    SolarDay { month, day, name }
}

/// The texts of 1999-09-18, 2007-12-14, 2013-12-11 and 2024-11-10, the latest first.
const VERSIONS: [Version; 4] = [
    Version {
        from: 2025,
        solar: &[
            solar(1, 1, "元旦"),
            solar(5, 1, "劳动节"),
            solar(5, 2, "劳动节"),
            solar(10, 1, "国庆节"),
            solar(10, 2, "国庆节"),
            solar(10, 3, "国庆节"),
        ],
        spring: (-1, 2),
    },
    Version { from: 2014, solar: SIX, spring: (0, 2) },
    Version { from: 2008, solar: SIX, spring: (-1, 1) },
    Version {
        from: 2000,
        solar: &[
            solar(1, 1, "元旦"),
            solar(5, 1, "劳动节"),
            solar(5, 2, "劳动节"),
            solar(5, 3, "劳动节"),
            solar(10, 1, "国庆节"),
            solar(10, 2, "国庆节"),
            solar(10, 3, "国庆节"),
        ],
        spring: (0, 2),
    },
];

/// What 2007 and 2013 have in common.
const SIX: &[SolarDay] = &[
    solar(1, 1, "元旦"),
    solar(5, 1, "劳动节"),
    solar(10, 1, "国庆节"),
    solar(10, 2, "国庆节"),
    solar(10, 3, "国庆节"),
];

/// First year with 清明, 端午 and 中秋.
const THREE_MORE: i32 = 2008;

/// The days off that the law fixes in a year, with their names; the moon's only where its table reaches so far.
pub(super) fn of_year(year: i32, lunar: &BTreeMap<i32, Lunar>) -> Vec<(NaiveDate, &'static str)> {
    let Some(version) = VERSIONS.iter().find(|version| version.from <= year) else { return Vec::new() };
    let solar = version.solar.iter();
    let mut days: Vec<_> =
        solar.filter_map(|it| Some((NaiveDate::from_ymd_opt(year, it.month, it.day)?, it.name))).collect();
    let Some(it) = lunar.get(&year) else { return days };
    let (first, last) = version.spring;
    days.extend((first..=last).map(|after| (it.spring + chrono::TimeDelta::days(after), "春节")));
    if year >= THREE_MORE {
        days.extend([(it.qingming, "清明节"), (it.dragon_boat, "端午节"), (it.mid_autumn, "中秋节")]);
    }
    days
}
