//! Sentences of the record in words for those who do the work: without versions, program words and, in Chinese, English.

use crate::domain::record::TraceKind;
use crate::domain::registry::Role;
use crate::domain::text::Language;

/// How a sentence begins that tells of a row that cannot be read.
const SPOILT: &str = "有一条记录无法读取：";

/// What a letter says of what a program said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// It stands as it was said.
    Full,
    /// In words for those who do the work.
    Plain,
}

impl Detail {
    /// For whom: the administrator reads everything.
    pub fn of(role: Role) -> Self {
        if role == Role::Admin { Self::Full } else { Self::Plain }
    }
}

/// A sentence without the versions of rules and calendars.
pub(super) fn plain(text: &str, language: Language, detail: Detail) -> String {
    let text = without_versions(text);
    match language {
        Language::Chinese if detail == Detail::Full => text,
        Language::Chinese => text.split('；').map(row).collect::<Vec<_>>().join("；"),
        _ => unquoted(&text, detail),
    }
}

/// Leaves out `（A → B）` behind what was updated.
fn without_versions(text: &str) -> String {
    const UPDATED: [(&str, char); 4] = [
        ("监察规则更新（", '）'),
        ("工作日历更新（", '）'),
        ("other rules (", ')'),
        ("another calendar (", ')'),
    ];
    let mut text = text.to_owned();
    for (words, end) in UPDATED {
        let found = text.find(words).and_then(|at| Some((at, text[at..].find(end)? + at)));
        let Some((at, to)) = found.filter(|(at, to)| text[*at..*to].contains(" → ")) else { continue };
        let from = at + words.trim_end_matches(['（', '(', ' ']).len();
        text.replace_range(from..to + end.len_utf8(), "");
    }
    text
}

/// `supplement_requested` is supplement requested; what else stands in backticks is quoted, and left to the administrator.
fn unquoted(text: &str, detail: Detail) -> String {
    let hints =
        [": add it to `codes`", ": add it to `outcomes`"].into_iter().filter(|_| detail == Detail::Plain);
    let text = hints.fold(text.to_owned(), |text, hint| text.replace(hint, ""));
    let mut words = String::new();
    for (place, part) in text.split('`').enumerate() {
        match part.parse::<TraceKind>() {
            _ if place % 2 == 0 => words.push_str(part),
            Ok(kind) => words.push_str(&kind.word().replace('_', " ")),
            Err(_) if detail == Detail::Full => words.extend(["`", part, "`"]),
            Err(_) => words.extend(["“", part, "”"]),
        }
    }
    words
}

/// 有一条记录无法读取：ev.csv第7行，“kind”列的值“weird”不是已知的代码. What has no such words refers to the administrator.
fn row(sentence: &str) -> String {
    let Some(reason) = sentence.strip_prefix(SPOILT) else { return sentence.to_owned() };
    // What follows behind the fault is our own.
    let (reason, rest) = reason.split_at(reason.find('。').unwrap_or(reason.len()));
    let told = column(reason).or_else(|| fields(reason)).map(|told| format!("{SPOILT}{told}"));
    told.unwrap_or_else(|| "有一条记录无法读取，详情可向系统管理员查询".to_owned()) + rest
}

/// `file line 7, column `kind`: …`
fn column(reason: &str) -> Option<String> {
    const FAULTS: [(&str, &str); 11] = [
        ("unknown code", "不是已知的代码"),
        ("unknown outcome", "不是已知的办理结果"),
        ("no date that exists", "不是有效的日期"),
        ("not written as a time", "不是约定的时间格式"),
        ("is no length", "不是有效的时限"),
        ("no kind of trace", "不是已知的办理环节"),
        ("no end of a case", "不是办结类环节，不应有办理结果"),
        ("no case number", "没有办件编号"),
        ("no key", "没有编号"),
        ("no UTF-8", "字符编码有误"),
        ("binary data", "不是文字"),
    ];
    let (place, rest) = reason.split_once("column `")?;
    let (name, rest) = rest.split_once("`: ")?;
    let place = match place.trim_end_matches(", ") {
        "" => String::new(),
        place => format!("{}，", line(place)?),
    };
    let value = match rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        Some((value, _)) => format!("的值“{value}”"),
        None if rest.starts_with("a value not shown") => "的值（疑为个人号码，不予显示）".to_owned(),
        None => String::new(),
    };
    let fault =
        FAULTS.iter().find(|(said, _)| rest.contains(said)).map_or("无法识别", |(_, words)| *words);
    Some(format!("{place}“{name}”列{value}{fault}"))
}

/// `file line 7: 3 fields, where the header has 5`
fn fields(reason: &str) -> Option<String> {
    let (place, rest) = reason.split_once(": ")?;
    let (found, headed) = rest.split_once(" fields, where the header has ")?;
    Some(format!("{}，有{found}列，而表头为{headed}列", line(place)?))
}

/// `ev.csv line 7` is ev.csv第7行.
fn line(place: &str) -> Option<String> {
    let (file, line) = place.rsplit_once(" line ")?;
    Some(format!("{file}第{line}行"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_cannot_be_read_is_told_in_the_readers_language() {
        let said = |reason: &str| plain(&format!("{SPOILT}{reason}"), Language::Chinese, Detail::Plain);
        let code = "ev.csv line 7, column `kind`: `weird` is an unknown code: add it to `codes`";
        assert_eq!(said(code), "有一条记录无法读取：ev.csv第7行，“kind”列的值“weird”不是已知的代码");
        let hidden = "column `时间`: a value not shown here, for it looks like a personal number, is not written as a time in the formats of this read";
        assert_eq!(
            said(hidden),
            "有一条记录无法读取：“时间”列的值（疑为个人号码，不予显示）不是约定的时间格式"
        );
        let short = "ev.csv line 7: 3 fields, where the header has 5";
        assert_eq!(said(short), "有一条记录无法读取：ev.csv第7行，有3列，而表头为5列");
        let counted = "。更正前按其余记录暂计：承诺时限 2026-03-11 到期";
        assert!(said(&format!("{code}{counted}")).ends_with(&format!("不是已知的代码{counted}")));
        assert_eq!(said("whatever else"), "有一条记录无法读取，详情可向系统管理员查询");
        let two = format!("决定时间 2026-03-05 早于受理时间 2026-03-06；{SPOILT}{code}");
        assert!(
            plain(&two, Language::Chinese, Detail::Plain).starts_with("决定时间 2026-03-05 早于受理时间")
        );
        assert_eq!(plain(&two, Language::Chinese, Detail::Full), two);
        let en = plain(&format!("a row cannot be read: {code}"), Language::English, Detail::Plain);
        assert_eq!(en, "a row cannot be read: ev.csv line 7, column “kind”: “weird” is an unknown code");
    }

    #[test]
    fn kinds_are_plain_words_and_no_version_is_told() {
        let en = |text: &str| plain(text, Language::English, Detail::Plain);
        assert_eq!(
            en("`supplement_requested` at 9 lies before `applied`"),
            "supplement requested at 9 lies before applied"
        );
        assert_eq!(en("late (other rules (e04d2c60399d → 6d6b1bb078a8))"), "late (other rules)");
        let zh = |text: &str| plain(text, Language::Chinese, Detail::Full);
        assert_eq!(zh("按期（监察规则更新（e04d2c60399d → 6d6b1bb078a8））"), "按期（监察规则更新）");
        assert_eq!(zh("到期日：工作日历更新（2011 → 2012）。甲"), "到期日：工作日历更新。甲");
    }
}
