//! 提请督促: faults in the records of late cases as supervisors are told of them. Of one source so many at once are no work of a clerk:
//! they are told together, once, and not case by case over days.

use std::collections::{BTreeMap, BTreeSet};

use super::news::News;
use crate::domain::finding::Event;
use crate::domain::text::{Kept, Text, say};

/// Cases of one source whose faults are told one by one.
pub const ONE_BY_ONE: usize = 20;
/// Cases that are named where they are told together.
const NAMED: usize = 10;

/// A finding that stands and was referred to supervisors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referred {
    /// Name of the source.
    pub source: String,
    /// Its row in the ledger.
    pub finding: i64,
}

/// Whether a piece of news refers a fault of one case.
pub fn is_one(piece: &News) -> bool {
    piece.event == Event::Referred && piece.together.is_none()
}

/// Puts together what is referred of a source with more than [`ONE_BY_ONE`] such cases, `standing` among them: one piece of news
/// when they become so many, and none of those that come to them later. All of them stand in the digest.
pub fn put_together(news: &mut BTreeMap<i64, News>, standing: &[Referred]) {
    let mut by_source: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for (event, piece) in news.iter().filter(|(_, piece)| is_one(piece)) {
        if let Some(source) = &piece.source {
            by_source.entry(source.clone()).or_default().push(*event);
        }
    }
    for (source, events) in by_source {
        let told_now: BTreeSet<i64> = events.iter().map(|event| news[event].finding).collect();
        let told = |it: &&Referred| it.source == source && !told_now.contains(&it.finding);
        let before = standing.iter().filter(told).count();
        if before + told_now.len() <= ONE_BY_ONE {
            continue;
        }
        let pieces: Vec<News> = events.iter().filter_map(|event| news.remove(event)).collect();
        if before <= ONE_BY_ONE {
            let one = of_source(&source, before + told_now.len(), pieces);
            news.extend(one.map(|piece| (piece.event_id, piece)));
        }
    }
}

/// One piece of news that stands for those of a source.
fn of_source(source: &str, count: usize, mut pieces: Vec<News>) -> Option<News> {
    let last = pieces.pop()?;
    let all = || pieces.iter().chain([&last]);
    let names: BTreeSet<&str> = all().map(|piece| &*piece.subject).collect();
    let more = names.len() > NAMED;
    let named = Text::list(names.into_iter().take(NAMED).map(Text::from), "list-comma");
    let named = if more { say!("list-and_others", items = named) } else { named };
    let text = say!("referred-together", source, count, named);
    let why = Kept { words: text.sentence(), text: Some(text) };
    let before = pieces.iter().flat_map(|piece| piece.stands_for.iter().copied().chain([piece.event_id]));
    let stands_for = before.chain(last.stands_for.iter().copied()).collect();
    Some(News {
        subject: source.to_owned(),
        stands_for,
        why,
        together: Some(count as u64),
        display: None,
        answer_due: None,
        note: None,
        unit: None,
        holder: None,
        source: None,
        item: None,
        deadline: None,
        found: None,
        ..last
    })
}

#[cfg(test)]
mod tests;
