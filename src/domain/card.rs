//! A card (牌), and how a rule gives one.

use super::text::words;

/// A finding's severity (牌).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Card {
    /// 提示 (预警).
    Notice,
    /// 黄牌.
    Yellow,
    /// 红牌.
    Red,
}

/// What a rule does when its condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// The card is issued.
    Auto,
    /// It waits for a supervisor (待发).
    Review,
    /// The rule is not run.
    Off,
}

words!(Card { Notice = "notice", "提示"; Yellow = "yellow", "黄牌"; Red = "red", "红牌"; });
words!(Mode { Auto = "auto", "自动"; Review = "review", "待发"; Off = "off", "停用"; });
