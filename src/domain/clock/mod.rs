//! A clock (计时): one limit running on one case, from the case's traces to a deadline and a card.

mod reading;
mod threshold;

use chrono::{DateTime, FixedOffset};

use super::count::{Due, Pause};
use super::finding::Card;
use super::limit::Limit;
use super::moment::Moment;
use super::policy::ClockRule;
use super::record::TraceKind;
use super::registry::words;

pub use reading::read;

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// 未开始: no trace has started it.
    NotStarted,
    /// 计时中.
    Running,
    /// 暂停: inside a special procedure.
    Paused,
    /// 按期.
    Met,
    /// 超期办结: stopped after its due moment.
    MetLate,
    /// 超期: still running after its due moment.
    Overdue,
    /// 终止: the matter was withdrawn in time.
    Void,
}

words!(State {
    NotStarted = "not_started", "未开始";
    Running = "running", "计时中";
    Paused = "paused", "暂停";
    Met = "met", "按期";
    MetLate = "met_late", "超期办结";
    Overdue = "overdue", "超期";
    Void = "void", "终止";
});

/// One clock as it stands on one case at one moment.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Its declaration.
    pub rule: &'a ClockRule,
    /// The limit that runs.
    pub limit: Limit,
    /// Clause of the limit: the item's own, else the clock's.
    pub basis: &'a str,
    /// Where it stands.
    pub state: State,
    /// What started it.
    pub started: Option<Moment>,
    /// The clock by whose passing the case counts as accepted, where that started this one (D5).
    pub deemed: Option<&'a ClockRule>,
    /// What stopped it.
    pub stopped: Option<(Moment, TraceKind)>,
    /// Where it ends. While a pause is open: where it would end if the pause ended now.
    pub due: Option<Due>,
    /// Special procedures left out, in order; the last may still be open.
    pub pauses: Vec<Pause>,
    /// Since when the open pause runs.
    pub paused_since: Option<Moment>,
    /// Extensions counted in.
    pub extensions: Vec<Limit>,
    /// Extensions recorded and not counted, with the reason why.
    pub disregarded: Vec<Disregarded>,
    /// The card it gives by the card table.
    pub card: Option<Card>,
    /// Next instant at which passing time alone can change the card.
    pub next_change_at: Option<DateTime<FixedOffset>>,
}

/// An extension on record that does not lengthen the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disregarded {
    /// Granted after the limit had passed: an extension asked for then counts as overdue (P4, D7).
    TooLate(Moment),
    /// More extensions than the rule allows.
    TooMany(Moment),
    /// Without a length in a unit that can be added to this limit.
    NoLength(Moment),
}

impl Disregarded {
    /// The sentence for `explain`.
    pub fn words(&self, chinese: bool) -> String {
        let (when, zh, en) = match self {
            Self::TooLate(when) => {
                (when, "批准时已超过时限，不予计入", "granted after the limit had passed: not counted")
            }
            Self::TooMany(when) => {
                (when, "超过允许的延期次数，不予计入", "beyond the number of extensions allowed: not counted")
            }
            Self::NoLength(when) => (
                when,
                "未载明可与本时限相加的延长期限，不予计入",
                "gives no length that can be added to this limit: not counted",
            ),
        };
        if chinese { format!("{when} 延期{zh}") } else { format!("extension of {when} {en}") }
    }
}

impl Reading<'_> {
    /// Whether the due moment has been passed, be the clock stopped or not.
    pub fn late(&self) -> bool {
        matches!(self.state, State::MetLate | State::Overdue)
    }

    /// Name of the clock.
    pub fn name(&self, chinese: bool) -> &str {
        if chinese { &self.rule.name_zh } else { &self.rule.name_en }
    }
}

#[cfg(test)]
mod tests;
