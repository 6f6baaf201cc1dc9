//! The findings that wait for a supervisor, as the digest lists them: nobody else is told of them before he decides.

use crate::domain::letter::page::phrase;
use crate::domain::overview::{Overview, PendingFinding};
use crate::domain::text::Language;

/// Longest reason that stands in the list, in characters.
const SHOWN: usize = 120;

/// The head of the list, which says what is to be done, and where the list is not the whole.
pub(super) fn pending_head(language: Language, overview: &Overview) -> Option<String> {
    let (shown, count) = (overview.pending.len() as u64, overview.pending_count);
    let name = if shown < count { "pending_first" } else { "pending_all" };
    let [shown, all] = [shown, count].map(|number| number.to_string());
    (count > 0).then(|| phrase(language, "digest", name, &[("count", &all), ("shown", &shown)]))
}

/// The list: number, day, case, unit, rule and reason.
pub(super) fn pending(overview: &Overview) -> Vec<String> {
    let one =
        |it: &PendingFinding| line(it.finding, [&it.raised_at, &it.subject, &it.unit, &it.rule], &it.why);
    overview.pending.iter().map(one).collect()
}

/// One finding of a list: its number, what there is of it, and the beginning of the reason.
pub(super) fn line(finding: i64, parts: [&str; 4], why: &str) -> String {
    let number = format!("#{finding}");
    let why = match why.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &why[..end]),
        None => why.to_owned(),
    };
    let said = [&number].into_iter().map(String::as_str).chain(parts).chain([why.as_str()]);
    said.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::example;

    /// A finding that nobody reads supervises nobody: what only infers is told to nobody before a supervisor
    /// decides, so he is told of it, by name.
    #[test]
    fn what_waits_for_a_supervisor_is_named() {
        let mut overview = example::overview();
        let finding = |finding: i64| PendingFinding {
            finding,
            subject: "A-1".into(),
            unit: "甲局".into(),
            rule: "特别程序异常".into(),
            raised_at: "2011-11-01".into(),
            why: "字".repeat(121),
        };
        overview.pending = vec![finding(8), finding(7)];
        overview.pending_count = 2;
        let head = |language| pending_head(language, &overview).unwrap();
        assert!(
            head(Language::Chinese).starts_with("待审核的监察发现（2项）"),
            "{}",
            head(Language::Chinese)
        );
        let list = pending(&overview);
        assert_eq!(list[0], format!("#8 · 2011-11-01 · A-1 · 甲局 · 特别程序异常 · {}…", "字".repeat(120)));
        overview.pending_count = 3;
        let head = |language| pending_head(language, &overview).unwrap();
        assert!(head(Language::Chinese).contains("共3项，以下为2项"), "{}", head(Language::Chinese));
        assert!(head(Language::English).contains("3 in all; 2 follow"), "{}", head(Language::English));
        (overview.pending, overview.pending_count) = (Vec::new(), 0);
        assert_eq!((pending_head(Language::English, &overview), pending(&overview)), (None, Vec::new()));
    }
}
