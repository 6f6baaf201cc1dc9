//! The registry (regions, units, items, contacts): who does what, within which limits, and who is told.

pub mod capacity;
pub mod catalogue;
pub mod dated_back;
mod kind;
mod stage;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::limit::Limit;
use super::season::Season;
use super::text::{Language, words};
pub use kind::ItemKind;
pub use stage::{Name, Stage};

/// An administrative division (区划).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Code, such as 431000.
    pub code: String,
    /// Name, such as 郴州市.
    pub name: String,
    /// province, city, county or township.
    pub level: Level,
    /// Code of the region above, if it is in the registry.
    pub parent: Option<String>,
    /// Whether a township has a service centre (政务服务中心); `None` where the question does not arise.
    pub service_centre: Option<bool>,
}

/// Level of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Province,
    City,
    County,
    Township,
    Street,
    Village,
}

/// Who runs a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// 市直: run by the government at this level.
    Municipal,
    /// 垂管: run from the province.
    Vertical,
    /// 季节性: has a window only part of the year; not counted among the units with windows.
    Seasonal,
}

/// An office with windows in the hall (单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Code.
    pub code: String,
    /// Name, such as 市住建局.
    pub name: String,
    /// Code of its region.
    pub region: String,
    /// Who runs it.
    pub kind: UnitKind,
    /// Place in the official order of units, from 0: the order of the file.
    pub order: u32,
}

/// How an item's cases run (办件类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseType {
    /// 即办件.
    Instant,
    /// 承诺件.
    Promised,
    /// 联办件.
    Joint,
    /// 上报件.
    Forwarded,
}

/// Where an item's cases are handled (办理渠道), as the catalogue declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// 审批系统内.
    System,
    /// 垂管部门自有系统.
    Vertical,
    /// 线下.
    Offline,
}

/// Leave for an item to stay outside the approval system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub granted_by: String,
    /// Last day it holds; `None`: until revoked.
    pub until: Option<NaiveDate>,
}

/// One approval or service that a unit offers (事项).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code of the unit.
    pub unit: String,
    /// Category, such as 行政许可.
    pub category: String,
    /// How its cases run.
    pub case_type: CaseType,
    /// The office's own limit (承诺时限).
    pub promised: Option<Limit>,
    /// The law's limit (法定时限).
    pub statutory: Option<Limit>,
    /// Clause of the statutory limit, such as 《行政许可法》第四十二条.
    pub basis: Option<String>,
    /// Stages that must leave a trace before a decision (必经环节), in order.
    pub stages: Vec<Stage>,
    /// Fixed fee in yuan, as the catalogue states it.
    pub fee: Option<String>,
    /// Where its cases are handled.
    pub channel: Channel,
    /// Leave to stay outside, if any.
    pub exemption: Option<Exemption>,
    /// First day on which it is offered (有效期起); `None`: since ever.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which it is offered (有效期止); `None`: until further notice.
    pub valid_until: Option<NaiveDate>,
    /// The part of the year in which it is offered (办理季节); `None`: all of it.
    pub season: Option<Season>,
    /// What the catalogue said of it before, in order of time: each version to its last day, `valid_until`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Item>,
    /// What it says for cases met before versions dated back were known, in order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub as_met: Vec<AsMet>,
}

/// What the catalogue says for the cases met up to a moment, where later versions give other words for the days before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsMet {
    /// The last moment of which that holds.
    pub until: DateTime<FixedOffset>,
    /// The entry as it goes for those cases.
    pub item: Item,
}

impl Item {
    /// The version of the catalogue's entry that governs what begins on a day: the first that had not ended by then.
    pub fn on(&self, day: impl FnOnce() -> Option<NaiveDate>) -> &Self {
        if self.earlier.is_empty() {
            return self;
        }
        let Some(day) = day() else { return self };
        let until = |version: &&Self| version.valid_until.is_some_and(|last| day <= last);
        self.earlier.iter().find(until).unwrap_or(self)
    }
}

/// What a contact is to the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 承办人.
    Handler,
    /// 单位负责人.
    UnitLead,
    /// 监察人员.
    Supervisor,
    /// 分管领导: told of what is not answered.
    Leader,
    /// 系统管理员.
    Admin,
}

/// A person or office that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Unit whose matters the contact is told; `None`: of every unit in `region`.
    pub unit: Option<String>,
    /// Region whose matters (with those below it) the contact is told; `None`: all.
    pub region: Option<String>,
    /// Role.
    pub role: Role,
    /// Name on the envelope.
    pub name: String,
    /// Mail address.
    pub address: String,
    /// Language.
    pub language: Language,
    /// The first day on which the contact holds the role; `None`: always did.
    pub valid_from: Option<NaiveDate>,
    /// The last.
    pub valid_until: Option<NaiveDate>,
    /// Address of the contact who stands in where this one cannot be told.
    pub stand_in: Option<String>,
}

impl Contact {
    /// Whether the contact holds the role on a day.
    pub fn serves(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

/// Items in the order of their codes. Every case that is judged looks its item up, so they are found by hash.
pub type Items = IndexMap<String, Item>;

/// The whole registry, checked: every code it names exists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registry {
    /// Regions by code.
    pub regions: BTreeMap<String, Region>,
    /// Units by code.
    pub units: BTreeMap<String, Unit>,
    /// Items by code.
    pub items: Items,
    /// Contacts in the order of the file.
    pub contacts: Vec<Contact>,
}

words!(Level { Province = "province", "省"; City = "city", "市"; County = "county", "县"; Township = "township", "乡镇"; Street = "street", "街道"; Village = "village", "村"; });
words!(UnitKind { Municipal = "municipal", "市直"; Vertical = "vertical", "垂管"; Seasonal = "seasonal", "季节性"; });
words!(CaseType { Instant = "instant", "即办件"; Promised = "promised", "承诺件"; Joint = "joint", "联办件"; Forwarded = "forwarded", "上报件"; });
words!(Channel { System = "system", "审批系统"; Vertical = "vertical", "垂管系统"; Offline = "offline", "线下"; });
words!(Role { Handler = "handler", "承办人"; UnitLead = "unit_lead", "单位负责人"; Supervisor = "supervisor", "监察人员"; Leader = "leader", "分管领导"; Admin = "admin", "系统管理员"; });

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::example;

    /// The day before the first, the first, the last, the day after it; without bounds on any day.
    #[test]
    fn a_contact_serves_from_its_first_day_to_its_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let always = example::reader(Language::Chinese);
        let bound = Contact {
            valid_from: Some(day("2011-10-10")),
            valid_until: Some(day("2011-10-14")),
            ..always.clone()
        };
        let days = ["2011-10-09", "2011-10-10", "2011-10-14", "2011-10-15"].map(day);
        assert_eq!(days.map(|day| bound.serves(day)), [false, true, true, false]);
        assert_eq!(days.map(|day| always.serves(day)), [true; 4]);
    }
}
