//! What a calendar is made from: the years announced, the days named in them, and where each was read.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Lunar;

/// A calendar as announced, before it becomes a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// First and last day for which every day off and every make-up day is known.
    pub known: RangeInclusive<NaiveDate>,
    /// The notices, by year; a year of a plain calendar has none.
    pub notices: BTreeMap<i32, Notice>,
    /// The days that differ from Monday to Friday worked, Saturday and Sunday off. Overlays win over notices.
    pub special: BTreeMap<NaiveDate, Special>,
    /// Whether the holidays that the law itself fixes hold beyond the known days, and for which years the moon's are known;
    /// `None`: they do not, as in a calendar of another country.
    #[serde(default)]
    pub fixed: Option<BTreeMap<i32, Lunar>>,
}

/// The notice that fixed a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Number (国办发明电〔2010〕40号), or the title where the number is not known.
    pub name: String,
    /// Where it was read.
    pub source: String,
}

/// A day named in a notice or in an overlay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Special {
    /// Whether it is worked.
    pub working: bool,
    /// The holiday it belongs to or makes up for; for an overlay what the overlay calls it.
    pub name: String,
    /// Where an overlay has it from; `None` for the days of the notices.
    pub overlay: Option<String>,
}

impl Declared {
    /// The content as lines of text in a fixed order: what the version of a calendar is the digest of.
    pub fn canonical(&self) -> String {
        let mut text = format!("known {} {}\n", self.known.start(), self.known.end());
        for (year, notice) in &self.notices {
            text += &format!("notice {year} {} {}\n", notice.name, notice.source);
        }
        for (date, special) in &self.special {
            let kind = if special.working { "work" } else { "off" };
            let source = special.overlay.as_deref().unwrap_or("-");
            text += &format!("{date} {kind} {} {source}\n", special.name);
        }
        for (year, it) in self.fixed.iter().flatten() {
            let Lunar { spring, qingming, dragon_boat, mid_autumn } = it;
            text += &format!("fixed {year} {spring} {qingming} {dragon_boat} {mid_autumn}\n");
        }
        text
    }
}
