//! Cards as GB/T 39046—2020 (政务服务平台基础数据规范), table 11 (电子监察), wants them: exactly its eleven fields.

use std::io::Write;

use crate::domain::card::Card;
use crate::domain::text::visible::cell;
use crate::edge::ledger::StandardCard;
use crate::failure::Failure;

/// The fields in the standard's order.
const FIELDS: [&str; 11] = [
    "办件编号",
    "督办内容",
    "机构名称",
    "事项类型代码",
    "督办发出时间",
    "监察编号",
    "监察规则编号",
    "监察预警类型代码",
    "状态产生时间",
    "监察结果描述",
    "责任部门",
];

/// Kinds of items by the standard's table A.1.
const KINDS: [(&str, &str); 11] = [
    ("行政许可", "01"),
    ("行政处罚", "02"),
    ("行政强制", "03"),
    ("行政征收", "04"),
    ("行政给付", "05"),
    ("行政检查", "06"),
    ("行政确认", "07"),
    ("行政奖励", "08"),
    ("行政裁决", "09"),
    ("其他", "10"),
    ("公共服务", "20"),
];

/// The cards as a table, for the platform above.
pub(super) fn write(cards: &[StandardCard], out: &mut dyn Write) -> Result<(), Failure> {
    let mut csv = csv::Writer::from_writer(out);
    let broken = |error: csv::Error| Failure::from(std::io::Error::other(error));
    csv.write_record(FIELDS).map_err(broken)?;
    for card in cards {
        csv.write_record(row(card).iter().map(|text| cell(text).into_owned())).map_err(broken)?;
    }
    Ok(csv.flush()?)
}

fn row(card: &StandardCard) -> [String; 11] {
    let kind = card
        .category
        .as_deref()
        .and_then(|category| KINDS.iter().find(|(name, _)| category.contains(name)).map(|(_, code)| *code));
    // The standard leaves the digit open; these are the values in use (预警, 黄牌, 红牌).
    let digit = match card.card {
        Card::Red => "3",
        Card::Yellow => "2",
        Card::Notice => "1",
    };
    let rule =
        if card.clock.is_empty() { card.rule.clone() } else { format!("{}/{}", card.rule, card.clock) };
    [
        card.case_number.clone(),
        card.why.clone(),
        card.unit_name.clone(),
        kind.unwrap_or("10").to_owned(),
        card.told_at.as_deref().map(stamp).unwrap_or_default(),
        card.finding.to_string(),
        rule,
        digit.to_owned(),
        stamp(&card.changed_at),
        format!("{}，{}：{}", card.card.zh(), card.standing.zh(), card.why),
        card.unit_name.clone(),
    ]
}

/// `2011-10-28T09:05:00+08:00` as the standard writes it: `20111028T090500`.
fn stamp(at: &str) -> String {
    at.chars().take(19).filter(|c| !matches!(c, '-' | ':')).collect()
}
