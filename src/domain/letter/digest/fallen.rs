//! Cards that fell before a letter told of them: what is typed in the night after a limit lifts them unasked, and is seen here.

use super::pending::line;
use crate::domain::letter::page::phrase;
use crate::domain::overview::{FallenCard, Overview};
use crate::domain::text::Language;

/// The head of the list, which says what they are, and where the list is not the whole.
pub(super) fn fallen_head(language: Language, overview: &Overview) -> Option<String> {
    let (shown, count) = (overview.fallen.len() as u64, overview.fallen_count);
    let name = if shown < count { "fallen_first" } else { "fallen_all" };
    let [shown, all] = [shown, count].map(|number| number.to_string());
    (count > 0).then(|| phrase(language, "digest", name, &[("count", &all), ("shown", &shown)]))
}

/// The list: number, when it fell, case, unit, card and by what.
pub(super) fn fallen(overview: &Overview) -> Vec<String> {
    let one =
        |it: &FallenCard| line(it.finding, [&it.withdrawn_at, &it.subject, &it.unit, &it.card], &it.why);
    overview.fallen.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::example;

    /// "No card moves unseen": each is named with what ended it; where the list is not the whole it says so, and no head stands alone.
    #[test]
    fn what_fell_untold_is_named_with_what_ended_it() {
        let mut overview = example::overview();
        let card = |finding: i64| FallenCard {
            finding,
            subject: "A-1".into(),
            unit: "甲局".into(),
            card: "黄牌".into(),
            withdrawn_at: "2011-10-14 09:05".into(),
            why: "在时限以内".into(),
        };
        (overview.fallen, overview.fallen_count) = (vec![card(8), card(7)], 2);
        let head = |overview: &Overview| fallen_head(Language::Chinese, overview).unwrap();
        assert!(head(&overview).starts_with("发出前即撤的牌（2张）"), "{}", head(&overview));
        assert_eq!(fallen(&overview)[0], "#8 · 2011-10-14 09:05 · A-1 · 甲局 · 黄牌 · 在时限以内");
        overview.fallen_count = 3;
        assert!(head(&overview).contains("共3张，以下为最近的2张"), "{}", head(&overview));
        (overview.fallen, overview.fallen_count) = (Vec::new(), 0);
        assert_eq!((fallen_head(Language::English, &overview), fallen(&overview)), (None, Vec::new()));
    }
}
