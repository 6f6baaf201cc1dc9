//! Rows of a table that a person laid out: sums, page numbers, signatures, what a tool says at the end. None is of a case.

use super::super::bind::Place;
use super::super::number::half_width;
use super::super::value::Row;
use super::Bound;
use super::seen::Seen;

/// What a sum begins with; behind it there are numbers and units alone.
const SUMS: [&str; 9] = ["合计", "总计", "小计", "共计", "累计", "总数", "grandtotal", "subtotal", "total"];

/// What may stand before such a word.
const OF_SUMS: [&str; 6] = ["本页", "本表", "本月", "全部", "以上", "当页"];

/// What a line of words begins with, up to a colon.
const LABELS: [&str; 27] = [
    "制表",
    "填表",
    "填报",
    "审核",
    "复核",
    "审批人",
    "单位负责人",
    "负责人",
    "经办人",
    "导出",
    "打印",
    "统计",
    "报表",
    "生成",
    "备注",
    "注",
    "说明",
    "数据来源",
    "查询",
    "记录数",
    "总记录数",
    "页码",
    "generated",
    "exported",
    "printed",
    "note",
    "source",
];

/// What tools say of the rows they have written.
const TOOLS: [&str; 8] = [
    "rowsaffected",
    "rowaffected",
    "rowsselected",
    "rowselected",
    "rowsinset",
    "rowinset",
    "行受影响",
    "已选择",
];

/// Signs that may stand in a sum or beside a page number.
const SIGNS: &str = "0123456789:.,;/()";
/// What is counted there, and the words around a page.
const UNITS: &str = "件条项行个份宗笔户次";
const PAGES: &str = "共第页";

impl Bound {
    /// Whether a row stands beside the records of its table: where a number of a case should stand, or in the `first` cell that is filled,
    /// there are words for a sum, a page, a signature, it names no item, and no time that it tells can be read. A count in a sum is neither.
    pub fn is_beside_the_records<R: Row + ?Sized>(&self, row: &R, first: &str) -> bool {
        let [column] = self.case[..] else { return false };
        let Ok(text) = row.cell(column).text() else { return false };
        if !are_words_beside(&text) && !are_words_beside(first.trim()) {
            return false;
        }
        let item = self.header.as_ref().and_then(|cells| match cells.item {
            Place::Column(column) if column != self.case[0] => Some(column),
            _ => None,
        });
        let says_nothing = |column: usize| self.nothing[column].is(row.cell(column));
        let counts = |column: usize, most: usize| row.cell(column).text().is_ok_and(|it| is_count(&it, most));
        let is_sum = is_sum(&plain(&text))
            || is_sum(&plain(first)) && (says_nothing(column) || counts(column, LONGEST_COUNT));
        let names_item = item.is_some_and(|it| !(says_nothing(it) || is_sum && counts(it, LONGEST_COUNT)));
        let seen = &mut Seen::default();
        let mut times =
            self.traces.iter().map(|cells| cells.at).filter(|at| !is_sum || !counts(*at, NO_YEAR));
        !names_item && !times.any(|at| matches!(self.moment(row, at, seen), Ok(Some(_))))
    }
}

/// A count has no more digits, and one in the column of a time no more than those that no day of the present is written in.
const LONGEST_COUNT: usize = 9;
const NO_YEAR: usize = 4;

/// Whether a text is a number of so many digits at most, with a unit or without.
fn is_count(text: &str, most: usize) -> bool {
    let text = plain(text);
    let digits = text.trim_end_matches(|sign| UNITS.contains(sign)).replace(',', "");
    (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// A text without blanks, in half-width small letters.
fn plain(text: &str) -> String {
    let signs = text.chars().filter(|sign| !sign.is_whitespace());
    signs.map(|sign| half_width(sign).to_ascii_lowercase()).collect()
}

/// Whether nothing stands in a text but numbers and what is counted in them.
fn is_of_units(rest: &str) -> bool {
    rest.chars().all(|sign| [SIGNS, UNITS, PAGES].iter().any(|signs| signs.contains(sign)))
}

/// Whether a plain text is a word for a sum, with a count behind it or without.
fn is_sum(plain: &str) -> bool {
    let bare = OF_SUMS.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(plain);
    SUMS.iter().any(|word| bare.strip_prefix(word).is_some_and(is_of_units))
}

/// Whether a text is one of those that stand beside a table.
fn are_words_beside(text: &str) -> bool {
    // Nearly every number has a digit or a sign of its own in front.
    if text.len() < 3 || text.len() > 400 || text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let plain = plain(text);
    let is_page =
        is_of_units(&plain) && plain.contains('页') && (plain.contains('第') || plain.contains('共'))
            || plain
                .strip_prefix("page")
                .is_some_and(|rest| !rest.is_empty() && is_of_units(&rest.replacen("of", "/", 1)));
    let is_label = plain.split_once(':').is_some_and(|(label, _)| {
        label.chars().count() <= 8 && LABELS.iter().any(|word| label.starts_with(word))
    });
    let is_of_tool =
        TOOLS.iter().any(|words| plain.contains(words)) && plain.chars().any(|c| c.is_ascii_digit());
    is_sum(&plain) || is_page || is_label || is_of_tool
}

#[cfg(test)]
mod tests {
    use super::are_words_beside;

    /// What people and tools write under a table is no case number; a case number with such a word in it is one.
    #[test]
    fn words_beside_a_table_are_no_numbers() {
        for text in [
            "合计",
            "合 计",
            "合计：3件",
            "本页小计",
            "总计 12",
            "Total",
            "Grand Total: 7",
            "第2页",
            "第 1 页，共 3 页",
            "Page 1 of 3",
            "制表人：张三",
            "导出时间: 2011-10-01 09:00:00",
            "备注：以上均已办结",
            "(3 rows affected)",
            "（3 行受影响）",
            "3 rows selected.",
        ] {
            assert!(are_words_beside(text), "{text}");
        }
        for text in [
            "A1",
            "20111001",
            "合计建〔2011〕1号",
            "建:2011-1",
            "注A-1",
            "第一号",
            "Total-建1",
            "页2011",
            "制表2011",
            "共2011-3",
            "Page",
            "2011",
            "Total-2011-1",
        ] {
            assert!(!are_words_beside(text), "{text}");
        }
    }
}
