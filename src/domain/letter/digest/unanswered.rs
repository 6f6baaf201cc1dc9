//! The cards that nobody answered in time, as the digest lists them.

use crate::domain::days::Days;
use crate::domain::letter::page::phrase;
use crate::domain::now::Now;
use crate::domain::overview::{OverdueAnswer, Overview};
use crate::domain::text::{Language, say};

/// That cards were not answered in time, and that the list follows.
pub(super) fn unanswered_warning(language: Language, overview: &Overview) -> Option<String> {
    let count = overview.overdue_answer_count;
    (count > 0).then(|| say!("digest-unanswered", count).words(language))
}

/// The head of that list, which says where it is not the whole.
pub(super) fn unanswered_head(language: Language, overview: &Overview) -> Option<String> {
    let (shown, count) = (overview.overdue_answers.len() as u64, overview.overdue_answer_count);
    let name = if shown < count { "unanswered_first" } else { "unanswered_all" };
    let [shown, all] = [shown, count].map(|number| number.to_string());
    (count > 0).then(|| phrase(language, "digest", name, &[("count", &all), ("shown", &shown)]))
}

/// The list: card, case, unit, the day by which to answer.
pub(super) fn unanswered(language: Language, overview: &Overview, now: &Now) -> Vec<String> {
    let days = Days { language, today: now.today() };
    let one = |card: &OverdueAnswer| {
        let due = days.within(&card.answer_due);
        let due = phrase(language, "digest", "answer_due", &[("due", &due)]);
        let parts = [&card.card, &card.case_number, &card.unit, &due];
        let said = parts.into_iter().filter(|part| !part.is_empty());
        said.map(String::as_str).collect::<Vec<_>>().join(" · ")
    };
    overview.overdue_answers.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::letter::example;

    /// 名单见下 is said where the list follows, whole or with its length; without a card nothing is said.
    #[test]
    fn a_list_that_is_promised_follows() {
        let instant = DateTime::parse_from_rfc3339("2011-11-02T08:30:00+08:00").unwrap();
        let now = Now { instant, replay: false };
        let card = |number: u32| OverdueAnswer {
            case_number: number.to_string(),
            unit: "甲局".into(),
            card: "黄牌".into(),
            answer_due: "2011-11-01".into(),
        };
        let mut overview = example::overview();
        let zh = Language::Chinese;
        overview.overdue_answers = (0..3).map(card).collect();
        overview.overdue_answer_count = 3;
        assert_eq!(unanswered_warning(zh, &overview).unwrap(), "逾期未反馈的红黄牌3张，名单见下。");
        assert_eq!(unanswered_head(zh, &overview).unwrap(), "逾期未反馈的红黄牌（3张）");
        let list = unanswered(zh, &overview, &now);
        assert_eq!((list.len(), list[0].as_str()), (3, "黄牌 · 0 · 甲局 · 应于11月1日前反馈"));
        overview.overdue_answer_count = 4;
        assert!(unanswered_head(zh, &overview).unwrap().contains("共4张，以下为逾期最久的3张"));
        let en = unanswered_head(Language::English, &overview).unwrap();
        assert!(en.contains("4 in all; the 3 that wait longest follow"), "{en}");
        (overview.overdue_answers, overview.overdue_answer_count) = (Vec::new(), 0);
        assert_eq!((unanswered_warning(zh, &overview), unanswered_head(zh, &overview)), (None, None));
    }
}
