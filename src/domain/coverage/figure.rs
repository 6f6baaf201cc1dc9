//! The figures: what is divided by what, and for whom.

use crate::domain::text::{Text, say, words};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// 事项覆盖率: items connected (active or silent) / items in the catalogue, which those past their validity have left.
    Items,
    /// 事项覆盖率（不含豁免）: items connected / items in the catalogue less the exempt ones.
    ItemsNotExempt,
    /// 活跃事项率: items active / items in the catalogue, the seasonal ones out of season left out.
    ItemsActive,
    /// 单位覆盖率: units with an active item / units with windows, the seasonal ones left out.
    Units,
    /// 乡镇覆盖率: townships with a service centre / townships.
    Places,
    /// 办件覆盖率: evidence of a case that was matched to one / evidence; unknown what may still be matched.
    Cases,
    /// 痕迹完整率: stages that finished cases left a trace of / stages they had to.
    Traces,
    /// 实时率: traces entered in time / traces whose time of entry is known; unknown the others.
    Timely,
    /// 字段完整率: required fields that are filled / required fields.
    Fields,
}

words!(Measure {
    Items = "items", "事项覆盖率";
    ItemsNotExempt = "items_not_exempt", "事项覆盖率（不含豁免）";
    ItemsActive = "items_active", "活跃事项率";
    Units = "units", "单位覆盖率";
    Places = "places", "乡镇服务中心覆盖率";
    Cases = "cases", "办件覆盖率";
    Traces = "traces", "痕迹完整率";
    Timely = "timely", "实时率";
    Fields = "fields", "字段完整率";
});

impl Measure {
    /// What is divided by what.
    pub fn meaning(self) -> Text {
        match self {
            Self::Items => say!("measure-items"),
            Self::ItemsNotExempt => say!("measure-items_not_exempt"),
            Self::ItemsActive => say!("measure-items_active"),
            Self::Units => say!("measure-units"),
            Self::Places => say!("measure-places"),
            Self::Cases => say!("measure-cases"),
            Self::Traces => say!("measure-traces"),
            Self::Timely => say!("measure-timely"),
            Self::Fields => say!("measure-fields"),
        }
    }
}

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    All,
    Unit,
    Region,
    Category,
}

words!(Scope { All = "all", "全部"; Unit = "unit", "单位"; Region = "region", "区划"; Category = "category", "事项类别"; });

/// A numerator and its denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many are.
    pub numerator: u64,
    /// Of how many.
    pub denominator: u64,
    /// Of how many it is not known; where these are part of the denominator, they are none of the numerator.
    pub unknown: u64,
}

impl Share {
    /// One more of those of which so many of one are.
    pub(super) fn count(&mut self, numerator: u64) {
        self.add(numerator, 1, 0);
    }

    pub(super) fn add(&mut self, numerator: u64, denominator: u64, unknown: u64) {
        self.numerator += numerator;
        self.denominator += denominator;
        self.unknown += unknown;
    }

    /// Per cent with one decimal; `None` of nothing. What is not whole is never written as 100.
    pub fn percent(&self) -> Option<f64> {
        let most = if self.numerator < self.denominator { 999.0 } else { f64::MAX };
        let tenths = || (self.numerator as f64 * 1000.0 / self.denominator as f64).round().min(most);
        (self.denominator > 0).then(|| tenths() / 10.0)
    }
}
