//! 未映射代码: a source brings a code that its mapping does not know. Whose fault that is, and whom it is told.

use crate::domain::case_file::{CaseCourse, Hold, HoldState};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};

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
    /// Since when the first of these rows holds its case.
    pub hold: Hold,
}

/// Puts together the codes of columns that have too many of them: a letter for each would help nobody.
pub fn told(codes: Vec<Unmapped>) -> Vec<Unmapped> {
    let mut told: Vec<Unmapped> = Vec::new();
    for group in codes.chunk_by(|one, next| (&one.source, &one.column) == (&next.source, &next.column)) {
        match group {
            [first, ..] if group.len() > ONE_BY_ONE => {
                let sum = |count: fn(&Unmapped) -> u64| group.iter().map(count).sum();
                let (rows, cases) = (sum(|it| it.rows), sum(|it| it.cases));
                let since = group.iter().map(|it| it.hold.since).min_by_key(Moment::at);
                let hold = Hold {
                    since: since.unwrap_or(first.hold.since),
                    anew: group.iter().any(|it| it.hold.anew),
                };
                told.push(Unmapped { code: None, rows, cases, hold, ..first.clone() });
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

    /// What is told of it, with the last day on which its cases are held.
    pub fn why(&self, policy: &Policy, now: &Now) -> Text {
        let Self { source, column, code, rows, cases, example, hold } = self;
        let codes = match code {
            Some(code) => say!("unmapped_code-one", code),
            None => say!("unmapped_code-many"),
        };
        let example = example.as_ref().map(|case| say!("unmapped_code-such_as", case));
        let example = example.unwrap_or_else(|| Text::from(""));
        let held = held(hold.standing(CaseCourse::GoesOn, policy, now));
        let why = say!("unmapped_code", source, column, codes, rows = *rows, cases = *cases, example, held);
        if hold.anew { say!("unmapped_code-anew", why) } else { why }
    }
}

fn held(standing: HoldState) -> Text {
    match standing {
        HoldState::Until(day) => say!("unmapped_code-held", day),
        HoldState::UntilMapped | HoldState::Over(_) => say!("unmapped_code-over"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::domain::clock::tests::policy;
    use crate::domain::text::Language;

    fn unmapped(column: &str, code: &str) -> Unmapped {
        Unmapped {
            source: "approval".into(),
            column: column.into(),
            code: Some(code.into()),
            rows: 2,
            cases: 1,
            example: Some("A-1".into()),
            hold: Hold { since: Moment::parse("2011-10-11T09:05:00+08:00", Shanghai).unwrap(), anew: false },
        }
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

    fn now(text: &str) -> Now {
        Now { instant: DateTime::parse_from_rfc3339(text).unwrap(), replay: false }
    }

    /// Issue 11, point 3: nobody escapes by being inconsistent. Read on Tuesday 2011-10-11: five working days end with Tuesday
    /// 2011-10-18, and the hold with them. What a first reading brought of the past waits for the mapping; what it brought of the
    /// present does not.
    #[test]
    fn a_hold_lasts_as_long_as_an_answer_may_take() {
        let policy = policy(&[]);
        let hold = unmapped("kind", "x").hold;
        let until = Moment::parse("2011-10-18", Shanghai).unwrap();
        for course in [CaseCourse::GoesOn, CaseCourse::Past] {
            let standing = |at: &str| hold.standing(course, &policy, &now(at));
            assert_eq!(standing("2011-10-17T09:05:00+08:00"), HoldState::Until(until));
            assert_eq!(standing("2011-10-18T23:59:59+08:00"), HoldState::Until(until));
            assert_eq!(standing("2011-10-19T00:00:00+08:00"), HoldState::Over(until));
        }
        let ends = HoldState::Until(until).ends_at(&policy).unwrap();
        assert_eq!(ends.to_rfc3339(), "2011-10-19T00:00:00+08:00");
        assert!(HoldState::Until(until).is_held() && !HoldState::Over(until).is_held());
        let anew = Hold { anew: true, ..hold };
        let late = now("2012-10-19T09:05:00+08:00");
        assert_eq!(anew.standing(CaseCourse::Past, &policy, &late), HoldState::UntilMapped);
        assert_eq!(anew.standing(CaseCourse::GoesOn, &policy, &late), HoldState::Over(until));
        assert_eq!(HoldState::UntilMapped.ends_at(&policy), None);
    }

    /// The administrator is told a day, and after it that it has passed.
    #[test]
    fn the_administrator_is_told_until_when_no_card_comes() {
        let policy = policy(&[]);
        let said = |at: &str| {
            let why = unmapped("kind", "x").why(&policy, &now(at));
            [Language::Chinese, Language::English].map(|language| why.words(language))
        };
        let [zh, en] = said("2011-10-11T09:05:00+08:00");
        assert!(zh.contains("至 2011-10-18 为止，这些办件不新发黄牌、红牌"), "{zh}");
        assert!(en.contains("until 2011-10-18 these cases get no new yellow or red card"), "{en}");
        let [zh, en] = said("2011-10-19T09:05:00+08:00");
        assert!(zh.contains("暂缓期限已过") && en.contains("held no longer"), "{zh} {en}");
    }
}
