use chrono::DateTime;

use super::*;
use crate::domain::letter::example;
use crate::domain::text::Language;

fn pieces(source: &str, findings: std::ops::RangeInclusive<i64>) -> BTreeMap<i64, News> {
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    let piece = |finding: i64| News {
        event_id: finding + 1000,
        finding,
        subject: format!("A-{finding:02}"),
        source: Some(source.into()),
        ..example::piece(Event::Referred, at)
    };
    findings.map(|finding| (finding + 1000, piece(finding))).collect()
}

fn standing(source: &str, findings: std::ops::RangeInclusive<i64>) -> Vec<Referred> {
    findings.map(|finding| Referred { source: source.into(), finding }).collect()
}

/// What is told of each piece: its subject, and for how many cases it stands.
fn told(mut news: BTreeMap<i64, News>, standing: &[Referred]) -> Vec<(String, Option<u64>)> {
    put_together(&mut news, standing);
    news.into_values().map(|piece| (piece.subject, piece.together)).collect()
}

/// Nineteen and twenty are told one by one, and the case after them has all told as one matter of the source; of two sources each for
/// itself, and what is no such fault as it is.
#[test]
fn more_than_twenty_of_a_source_are_one_matter() {
    for count in [19, 20] {
        assert_eq!(told(pieces("a", 1..=count), &[]).len() as i64, count);
    }
    let mut news = pieces("a", 1..=21);
    news.extend(pieces("b", 30..=31));
    let raised = News {
        event_id: 1,
        finding: 50,
        ..example::piece(Event::Raised, DateTime::UNIX_EPOCH.fixed_offset())
    };
    let subject = raised.subject.clone();
    news.insert(1, raised);
    put_together(&mut news, &[]);
    let all: Vec<_> = news.values().map(|piece| (piece.subject.as_str(), piece.together)).collect();
    assert_eq!(all, [(&*subject, None), ("a", Some(21)), ("A-30", None), ("A-31", None)]);
    let one = &news[&1021];
    assert_eq!(one.stands_for, (1001..=1020).collect::<Vec<_>>(), "none of them is told again");
    let [zh, en] =
        [Language::Chinese, Language::English].map(|language| one.why.words(language).into_owned());
    assert!(zh.contains("有21件") && zh.contains("A-09、A-10等") && !zh.contains("A-11"), "{zh}");
    assert!(en.contains("21 cases of source `a`") && en.contains("A-10 and others"), "{en}");
}

/// What was told before counts with what comes: with the twenty-first they are one matter, and none is told after it until they are
/// fewer. A case that was told before and has another fault counts once, and those of another source not at all.
#[test]
fn what_comes_later_is_no_letter_of_its_own() {
    let with = |told_before: i64| told(pieces("a", 50..=50), &standing("a", 1..=told_before));
    assert_eq!(with(19), [("A-50".to_owned(), None)]);
    assert_eq!(with(20), [("a".to_owned(), Some(21))]);
    assert_eq!(with(21), []);
    assert_eq!(told(pieces("a", 20..=20), &standing("a", 1..=20)), [("A-20".to_owned(), None)]);
    assert_eq!(told(pieces("a", 50..=50), &standing("b", 1..=99)), [("A-50".to_owned(), None)]);
}

/// Of ten cases all are named, of eleven the first ten and that there are others.
#[test]
fn of_more_than_ten_cases_the_first_are_named() {
    let said = |last| {
        let pieces = pieces("a", 1..=last).into_values().collect();
        of_source("a", 30, pieces).unwrap().why.words.zh
    };
    let others = |text: &str| say!("list-and_others", items = Text::from(text)).words(Language::Chinese);
    let mark = others("").trim().to_owned();
    let others = |last: i64| said(last).matches(&mark).count();
    assert_eq!((others(10), others(11)), (others(9), others(9) + 1), "{}", said(11));
    assert!(said(10).contains("A-10") && said(11).contains("A-10") && !said(11).contains("A-11"));
}
