//! The lists of a digest: each with a head that says what is to be done, and where it is not the whole.

use serde::Serialize;

use crate::domain::days::Days;
use crate::domain::letter::page::phrase;
use crate::domain::overview::{DueSoon, FallenCard, FaultOfLate, OverdueAnswer, Overview, PendingFinding};
use crate::domain::text::{Language, say};

/// Longest reason that stands in a list, in characters.
const SHOWN: usize = 120;

/// A list with its head.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct Named {
    pub head: String,
    /// What stands in one line, part by part.
    pub lines: Vec<Vec<String>>,
}

/// A list under its head, where it is not the whole under the second one; nothing where there is nothing.
pub(super) fn named(
    language: Language,
    heads: [&str; 2],
    lines: Vec<Vec<String>>,
    count: u64,
) -> Option<Named> {
    let shown = lines.len() as u64;
    let head = heads[usize::from(shown < count)];
    let [shown, all] = [shown, count].map(|number| number.to_string());
    let head = || phrase(language, "digest", head, &[("count", &all), ("shown", &shown)]);
    (count > 0).then(|| Named { head: head(), lines })
}

/// The parts of a line that say something.
pub(super) fn line<'p>(parts: impl IntoIterator<Item = &'p str>) -> Vec<String> {
    parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A stored day or moment as a letter writes it.
pub(super) fn written(days: Days, at: &str) -> String {
    let minute: String = at.chars().take("2011-10-12T09:00".len()).collect();
    days.within(&minute.replace('T', " "))
}

/// One finding: its number, what there is of it, and the beginning of the reason.
fn finding(number: i64, parts: [&str; 4], why: &str) -> Vec<String> {
    let number = format!("#{number}");
    let why = match why.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &why[..end]),
        None => why.to_owned(),
    };
    line([&*number].into_iter().chain(parts).chain([&*why]))
}

/// The findings that wait for a supervisor: nobody else is told of them before he decides.
pub(super) fn pending(days: Days, overview: &Overview) -> Option<Named> {
    let one = |it: &PendingFinding| {
        let (raised, why) = (days.within(&it.raised_at), days.within(&it.why));
        finding(it.finding, [&raised, &it.subject, &it.unit, &it.rule], &why)
    };
    named(
        days.language,
        ["pending_all", "pending_first"],
        overview.pending.iter().map(one).collect(),
        overview.pending_count,
    )
}

/// Cards that fell before a letter told of them: what is typed in the night after a limit lifts them unasked, and is seen here.
pub(super) fn fallen(days: Days, overview: &Overview) -> Option<Named> {
    let one = |it: &FallenCard| {
        let (withdrawn, why) = (days.within(&it.withdrawn_at), days.within(&it.why));
        finding(it.finding, [&withdrawn, &it.subject, &it.unit, &it.card], &why)
    };
    named(
        days.language,
        ["fallen_all", "fallen_first"],
        overview.fallen.iter().map(one).collect(),
        overview.fallen_count,
    )
}

/// Faults in the records of cases that are late or nearly so: until they are mended nobody can say how late.
pub(super) fn in_the_way(days: Days, overview: &Overview) -> Option<Named> {
    let one =
        |it: &FaultOfLate| finding(it.finding, [&it.subject, &it.unit, &it.card, ""], &days.within(&it.why));
    named(
        days.language,
        ["in_the_way_all", "in_the_way_first"],
        overview.in_the_way.iter().map(one).collect(),
        overview.in_the_way_count,
    )
}

/// That cards were not answered in time, and that the list follows.
pub(super) fn unanswered_warning(language: Language, overview: &Overview) -> Option<String> {
    let count = overview.overdue_answer_count;
    (count > 0).then(|| say!("digest-unanswered", count).words(language))
}

/// The cases with cards that nobody answered in time: the highest card, case, item, unit, the day by which to answer.
pub(super) fn unanswered(days: Days, overview: &Overview) -> Option<Named> {
    let one = |card: &OverdueAnswer| {
        let due = days.within(&card.answer_due);
        let due = phrase(days.language, "digest", "answer_due", &[("due", &due)]);
        let several = phrase(days.language, "digest", "several_cards", &[("count", &card.cards.to_string())]);
        let cards = if card.cards > 1 { format!("{}{several}", card.card) } else { card.card.clone() };
        line([&*cards, &card.case_number, &card.item, &card.unit, &due])
    };
    let lines: Vec<_> = overview.overdue_answers.iter().map(one).collect();
    let head = ["unanswered_all", "unanswered_first"]
        [usize::from((lines.len() as u64) < overview.overdue_case_count)];
    let numbers = [overview.overdue_case_count, overview.overdue_answer_count, lines.len() as u64];
    let [count, cards, shown] = numbers.map(|number| number.to_string());
    let values = [("count", count.as_str()), ("cards", &cards), ("shown", &shown)];
    (overview.overdue_case_count > 0)
        .then(|| Named { head: phrase(days.language, "digest", head, &values), lines })
}

/// The cases that will be late within five working days: day, case, item, unit, clock.
pub(super) fn due_soon(days: Days, overview: &Overview) -> Option<Named> {
    let one = |due: &DueSoon| {
        line([&*written(days, &due.due_at), &due.case_number, &due.item, &due.unit, &due.clock])
    };
    named(
        days.language,
        ["due_soon_all", "due_soon_first"],
        overview.due_soon.iter().map(one).collect(),
        overview.due_soon_count,
    )
}

#[cfg(test)]
mod tests;
