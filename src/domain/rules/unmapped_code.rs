//! 未映射代码: a source brings a code that its mapping does not know. Whose fault that is, and whom it is told.

use super::Sentence;
use crate::domain::record::apply::{UNKNOWN_CODE, UNKNOWN_OUTCOME};

/// Codes of one column that are told one by one; more of them are told together.
pub const ONE_BY_ONE: usize = 10;

/// Rows in quarantine for a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// Name of the source.
    pub source: String,
    /// The column, and the code as it may be shown.
    pub column: String,
    /// The code; `None`: several of one column.
    pub code: Option<String>,
    /// How many rows.
    pub rows: u64,
    /// How many cases they are of.
    pub cases: u64,
    /// The first of these cases, if the rows name any.
    pub example: Option<String>,
}

/// Whether the reason for which a row is in quarantine is that its mapping does not know a code: a fault of the mapping, and of
/// no office.
pub fn is_of_mapping(reason: &str) -> bool {
    reason.contains(UNKNOWN_CODE) || reason.contains(UNKNOWN_OUTCOME)
}

/// The column and the code of such a reason.
pub fn column_and_code(reason: &str) -> Option<(&str, &str)> {
    let (_, rest) = reason.split_once("column `")?;
    let (column, rest) = rest.split_once("`: ")?;
    let end = rest.find(UNKNOWN_CODE).or_else(|| rest.find(UNKNOWN_OUTCOME))?;
    Some((column, rest[..end].trim().trim_matches('`')))
}

/// Puts together the codes of columns that have too many of them: a letter for each would help nobody.
pub fn told(codes: Vec<Unmapped>) -> Vec<Unmapped> {
    let mut told: Vec<Unmapped> = Vec::new();
    for group in codes.chunk_by(|one, next| (&one.source, &one.column) == (&next.source, &next.column)) {
        match group {
            [first, ..] if group.len() > ONE_BY_ONE => {
                let sum = |count: fn(&Unmapped) -> u64| group.iter().map(count).sum();
                let (rows, cases) = (sum(|it| it.rows), sum(|it| it.cases));
                told.push(Unmapped { code: None, rows, cases, ..first.clone() });
            }
            _ => told.extend_from_slice(group),
        }
    }
    told
}

impl Unmapped {
    /// What the finding is about: one for each code, however many rows have it.
    pub fn subject(&self) -> String {
        let Self { source, column, code, .. } = self;
        [source.as_str(), column, code.as_deref().unwrap_or("*")].join(" · ")
    }

    /// What is told of it.
    pub fn why(&self) -> Sentence {
        let Self { source, column, code, rows, cases, example } = self;
        let (code_zh, code_en) = match code {
            Some(code) => {
                (format!("未映射的代码“{code}”"), format!("the code `{code}`, which is not mapped"))
            }
            None => ("多个未映射的代码".to_owned(), "many codes that are not mapped".to_owned()),
        };
        let such_zh = example.as_ref().map(|case| format!("（如 {case}）")).unwrap_or_default();
        let such_en = example.as_ref().map(|case| format!(" (such as {case})")).unwrap_or_default();
        Sentence {
            zh: format!(
                "数据源“{source}”的“{column}”列有{code_zh}，涉及记录 {rows} 条、办件 {cases} 件{such_zh}；补入映射之前，这些办件不新发黄牌、红牌"
            ),
            en: format!(
                "the column `{column}` of the source `{source}` has {code_en}: {rows} rows, {cases} cases{such_en}; until it is mapped, these cases get no new yellow or red card"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unmapped(column: &str, code: &str) -> Unmapped {
        Unmapped {
            source: "approval".into(),
            column: column.into(),
            code: Some(code.into()),
            rows: 2,
            cases: 1,
            example: Some("A-1".into()),
        }
    }

    #[test]
    fn a_reason_names_the_column_and_the_code() {
        let code = format!("ev.csv line 7, column `kind`: `weird` {UNKNOWN_CODE}");
        assert!(is_of_mapping(&code));
        assert_eq!(column_and_code(&code), Some(("kind", "weird")));
        let outcome = format!("column `结果`: `9` {UNKNOWN_OUTCOME}");
        assert_eq!(column_and_code(&outcome), Some(("结果", "9")));
        let date = "column `at`: `x` is not written as a time in the formats of this read";
        assert!(!is_of_mapping(date) && column_and_code(date).is_none());
    }

    /// Ten codes of a column are ten letters at most; the eleventh makes one of them all, and other columns stand for themselves.
    #[test]
    fn too_many_codes_of_a_column_are_told_together() {
        let codes = |count: u32| {
            let many = (0..count).map(|number| unmapped("kind", &number.to_string()));
            many.chain([unmapped("result", "x")]).collect::<Vec<_>>()
        };
        assert_eq!(told(codes(10)).len(), 11);
        let told = told(codes(11));
        assert_eq!(
            told.iter().map(Unmapped::subject).collect::<Vec<_>>(),
            ["approval · kind · *", "approval · result · x"]
        );
        assert_eq!((told[0].rows, told[0].cases), (22, 11));
    }
}
