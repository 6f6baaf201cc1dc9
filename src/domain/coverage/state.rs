//! Where an item stands: active, silent, unconnected, exempt, unknown.

use chrono::NaiveDate;

use super::Activity;
use crate::domain::registry::{Channel, Item, words};
use crate::domain::rules::Sentence;

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
    /// 不明: connected, no trace within the window, and its source cannot be read.
    Unknown,
}

words!(ItemState {
    Active = "active", "活跃";
    Silent = "silent", "静默";
    Unconnected = "unconnected", "未接入";
    Exempt = "exempt", "豁免";
    Unknown = "unknown", "不明";
});

/// Where an item stands, and why.
pub(super) fn of(
    item: &Item,
    seen: Option<&Activity>,
    since: NaiveDate,
    today: NaiveDate,
) -> (ItemState, Sentence) {
    if let Some(Activity { last, dark_since, .. }) = seen {
        let (state, zh, en) = match dark_since {
            _ if *last >= since => {
                (ItemState::Active, "近期有办理痕迹".to_owned(), "has recent traces".to_owned())
            }
            Some(dark) => (
                ItemState::Unknown,
                format!("{last}之后再无痕迹，而其数据源自 {dark} 起无法读取，情况不明"),
                format!("no trace since {last}; its source cannot be read since {dark}, so nobody knows"),
            ),
            None => (
                ItemState::Silent,
                format!("曾有办理痕迹，{last}之后再无痕迹"),
                format!("left traces once, none since {last}"),
            ),
        };
        return (state, Sentence { zh, en });
    }
    let valid = item.exemption.as_ref().filter(|leave| leave.until.is_none_or(|until| until >= today));
    if let Some(leave) = valid {
        let zh_until = leave.until.map_or(String::new(), |until| format!("，至{until}"));
        let en_until = leave.until.map_or(String::new(), |until| format!(", until {until}"));
        let zh = format!("{}（{}批准{zh_until}）", leave.reason, leave.granted_by);
        let en = format!("{} (granted by {}{en_until})", leave.reason, leave.granted_by);
        return (ItemState::Exempt, Sentence { zh, en });
    }
    let (zh, en) = match (item.channel, &item.exemption) {
        (_, Some(_)) => ("豁免已到期，从未有办理痕迹", "its exemption has run out; never left a trace"),
        (Channel::System, None) => (
            "目录标为在审批系统办理，但从未有办理痕迹",
            "declared as handled in the system, never left a trace",
        ),
        (Channel::Vertical, None) => {
            ("在垂管部门自有系统办理", "handled in the vertical agency's own system")
        }
        (Channel::Offline, None) => ("线下办理", "handled offline"),
    };
    (ItemState::Unconnected, Sentence { zh: zh.into(), en: en.into() })
}
