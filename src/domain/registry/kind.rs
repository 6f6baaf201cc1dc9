//! What kind of matter an item is, by the words that catalogues use for its category.

use crate::domain::text::words;

/// The kind of matter (事项类型), by which the law's clocks are chosen. GB/T 39046—2020 codes 01 to 10 and 20, and the matters
/// that have laws of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    Licence,
    Penalty,
    Compulsion,
    Levy,
    Payment,
    Inspection,
    Confirmation,
    Reward,
    Ruling,
    Service,
    Disclosure,
    Petition,
    Reconsideration,
    Complaint,
    Property,
    Business,
    Water,
    Other,
}

words!(ItemKind {
    Licence = "licence", "行政许可";
    Penalty = "penalty", "行政处罚";
    Compulsion = "compulsion", "行政强制";
    Levy = "levy", "行政征收";
    Payment = "payment", "行政给付";
    Inspection = "inspection", "行政检查";
    Confirmation = "confirmation", "行政确认";
    Reward = "reward", "行政奖励";
    Ruling = "ruling", "行政裁决";
    Service = "service", "公共服务";
    Disclosure = "disclosure", "政府信息公开";
    Petition = "petition", "信访";
    Reconsideration = "reconsideration", "行政复议";
    Complaint = "complaint", "投诉举报";
    Property = "property", "不动产登记";
    Business = "business", "市场主体登记";
    Water = "water", "取水许可";
    Other = "other", "其他";
});

/// Codes of GB/T 39046—2020, table A.1.
const CODES: [(&str, ItemKind); 11] = [
    ("01", ItemKind::Licence),
    ("02", ItemKind::Penalty),
    ("03", ItemKind::Compulsion),
    ("04", ItemKind::Levy),
    ("05", ItemKind::Payment),
    ("06", ItemKind::Inspection),
    ("07", ItemKind::Confirmation),
    ("08", ItemKind::Reward),
    ("09", ItemKind::Ruling),
    ("10", ItemKind::Other),
    ("20", ItemKind::Service),
];

/// Parts of the words that catalogues use; the first that is found decides, so what is more special stands first. 非行政许可
/// is no licence, and 信访复查 no reconsideration.
const PARTS: [(&str, ItemKind); 29] = [
    ("非行政许可", ItemKind::Other),
    ("非许可", ItemKind::Other),
    ("行政复议", ItemKind::Reconsideration),
    ("信访", ItemKind::Petition),
    ("信息公开", ItemKind::Disclosure),
    ("依申请公开", ItemKind::Disclosure),
    ("投诉", ItemKind::Complaint),
    ("举报", ItemKind::Complaint),
    ("不动产登记", ItemKind::Property),
    ("市场主体登记", ItemKind::Business),
    ("经营主体登记", ItemKind::Business),
    ("企业登记", ItemKind::Business),
    ("商事登记", ItemKind::Business),
    ("取水", ItemKind::Water),
    ("处罚", ItemKind::Penalty),
    ("强制", ItemKind::Compulsion),
    ("征收", ItemKind::Levy),
    ("征用", ItemKind::Levy),
    ("给付", ItemKind::Payment),
    ("检查", ItemKind::Inspection),
    ("确认", ItemKind::Confirmation),
    ("奖励", ItemKind::Reward),
    ("裁决", ItemKind::Ruling),
    ("公共服务", ItemKind::Service),
    ("便民服务", ItemKind::Service),
    ("政务服务", ItemKind::Service),
    ("复议", ItemKind::Reconsideration),
    ("行政审批", ItemKind::Licence),
    ("许可", ItemKind::Licence),
];

impl ItemKind {
    /// The kind that a category means, be it written as a word, in English, or as a code; what is not known is `other`.
    pub fn of(category: &str) -> Self {
        // The usual words are met whole, and cost a comparison each.
        let whole = |category: &str| {
            let met = Self::ALL.iter().find(|(_, word, zh)| *zh == category || *word == category);
            met.map(|(kind, ..)| *kind)
        };
        if let Some(kind) = whole(category).or_else(|| whole(category.trim())) {
            return kind;
        }
        let category = category.trim();
        let digits = category.trim_end_matches(|c: char| !c.is_ascii_digit());
        let code = if digits.len() == 1 { format!("0{digits}") } else { digits.to_owned() };
        let named = || PARTS.iter().find(|(part, _)| category.contains(part)).map(|(_, kind)| *kind);
        let coded = || CODES.iter().find(|(known, _)| *known == code).map(|(_, kind)| *kind);
        named().or_else(coded).unwrap_or(Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of real catalogues, and the codes of GB/T 39046—2020.
    #[test]
    fn the_words_of_catalogues_are_understood() {
        for (category, kind) in [
            ("行政许可", ItemKind::Licence),
            ("行政许可类", ItemKind::Licence),
            ("许可", ItemKind::Licence),
            ("行政审批", ItemKind::Licence),
            ("01", ItemKind::Licence),
            ("1", ItemKind::Licence),
            ("01行政许可", ItemKind::Licence),
            ("非行政许可审批", ItemKind::Other),
            ("行政处罚", ItemKind::Penalty),
            ("02", ItemKind::Penalty),
            ("行政强制措施", ItemKind::Compulsion),
            ("行政确认", ItemKind::Confirmation),
            ("信访事项", ItemKind::Petition),
            ("信访复查", ItemKind::Petition),
            ("政府信息公开", ItemKind::Disclosure),
            ("依申请公开", ItemKind::Disclosure),
            ("政府信息公开申请", ItemKind::Disclosure),
            ("行政复议", ItemKind::Reconsideration),
            ("投诉", ItemKind::Complaint),
            ("投诉举报", ItemKind::Complaint),
            ("公共服务", ItemKind::Service),
            ("20", ItemKind::Service),
            ("不动产登记", ItemKind::Property),
            ("企业登记", ItemKind::Business),
            ("取水许可", ItemKind::Water),
            ("行政许可（取水）", ItemKind::Water),
            ("其他", ItemKind::Other),
            ("其他行政权力", ItemKind::Other),
            ("10", ItemKind::Other),
            ("99", ItemKind::Other),
            ("licence", ItemKind::Licence),
            ("", ItemKind::Other),
        ] {
            assert_eq!(ItemKind::of(category), kind, "{category}");
        }
    }
}
