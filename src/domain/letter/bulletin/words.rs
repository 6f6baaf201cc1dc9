//! A bulletin in sentences, as offices write them: the state, the problems by name, what is required, the date.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::bulletin::{Bulletin, Compared, Line, Outcomes, RuleLine};
use crate::domain::letter::figures::on;
use crate::domain::letter::page::phrase;
use crate::domain::policy::Policy;
use crate::domain::rules::{self, time_limit};
use crate::domain::text::{Language, Text, say};

/// Units that are named of a problem.
const NAMED: usize = 10;

/// The state: cases, cards, decisions, coverage, a sentence each.
pub(super) fn state(bulletin: &Bulletin, language: Language) -> Vec<String> {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let sums = summary(&bulletin.sums, language);
    let sentence = |parts: &[String]| {
        let parts = listed(parts.to_vec(), "list-semicolon", language);
        say("sentence", &[("words", &parts)])
    };
    let (cases, cards) = sums.split_at(2);
    let cards = if bulletin.sums.watched_before { sentence(cards) } else { alone(&bulletin.sums, language) };
    let cards = match bulletin.begun_within() {
        _ if bulletin.is_unsupervised() => say("unsupervised", &[]),
        Some(day) => {
            format!("{}{}", say("supervised_from", &[("day", &dated(day, language))]), cards)
        }
        None => cards,
    };
    let coverage = bulletin.coverage.last().map(|day| say("coverage_now", &[("figure", &on(day, language))]));
    [Some(sentence(cases)), Some(cards), decided(&bulletin.sums.all.outcomes, language), coverage]
        .into_iter()
        .flatten()
        .collect()
}

/// The sums, each against the period before.
pub(in crate::domain::letter) fn summary(sums: &Compared, language: Language) -> Vec<String> {
    let Compared { all, before, .. } = sums;
    [
        ("begun", all.begun, before.begun),
        ("closed", all.closed, before.closed),
        ("notice", all.notice, before.notice),
        ("yellow", all.yellow, before.yellow),
        ("red", all.red, before.red),
        ("revoked", all.revoked, before.revoked),
    ]
    .map(|(name, now, before)| {
        let of_cards = !["begun", "closed"].contains(&name);
        let how = match now.cmp(&before) {
            _ if of_cards && !sums.watched_before => "alone",
            Ordering::Less => "fewer",
            Ordering::Equal => "as_many",
            Ordering::Greater => "more",
        };
        let change = now.abs_diff(before).to_string();
        let (now, before, what) =
            (now.to_string(), before.to_string(), phrase(language, "bulletin", name, &[]));
        let values = [("what", what.as_str()), ("now", &now), ("before", &before), ("change", &change)];
        phrase(language, "bulletin", how, &values)
    })
    .into()
}

/// The cards of a period before which nobody looked: there is nothing to compare them with.
fn alone(sums: &Compared, language: Language) -> String {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let Line { red, yellow, notice, revoked, .. } = sums.all;
    let part = |(what, count): (&str, u64)| {
        say("decided_part", &[("what", &say(what, &[])), ("count", &count.to_string())])
    };
    let parts = [("red", red), ("yellow", yellow), ("notice", notice), ("revoked", revoked)].map(part);
    say("cards_alone", &[("cards", &listed(parts.into(), "list-comma", language))])
}

/// How the closed cases were decided, in a sentence; nothing where none was closed.
fn decided(outcomes: &Outcomes, language: Language) -> Option<String> {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let named = Outcomes::NAMES.iter().zip(outcomes.counts()).filter(|(_, count)| *count > 0);
    let parts: Vec<String> = named
        .map(|(name, count)| say("decided_part", &[("what", &say(name, &[])), ("count", &count.to_string())]))
        .collect();
    let empty = parts.is_empty();
    let joined = listed(parts, "list-clause", language);
    (!empty).then(|| say("decided", &[("parts", &joined)]))
}

/// Whether units received nothing while they were supervised: before that nobody knows what they received.
fn is_idle(bulletin: &Bulletin) -> bool {
    !bulletin.idle.is_empty() && !bulletin.is_unsupervised()
}

/// The problems, the gravest first, each with the units concerned; units that received nothing.
pub(super) fn problems(bulletin: &Bulletin, language: Language) -> Vec<String> {
    let mut lines: Vec<&RuleLine> =
        bulletin.sums.rules.iter().filter(|line| line.red + line.yellow + line.notice > 0).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.red, line.yellow, line.notice)));
    let by_rule = lines.iter().map(|line| problem(line, language));
    let idle = is_idle(bulletin).then(|| {
        let (count, names) = (bulletin.idle.len().to_string(), names(&bulletin.idle, language));
        phrase(language, "bulletin", "idle", &[("count", &count), ("names", &names)])
    });
    let all: Vec<String> = by_rule.chain(idle).collect();
    let none = if bulletin.is_unsupervised() { "no_problems_unsupervised" } else { "no_problems" };
    if all.is_empty() { vec![phrase(language, "bulletin", none, &[])] } else { numbered(all, language) }
}

fn problem(line: &RuleLine, language: Language) -> String {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let counts = [("red", line.red), ("yellow", line.yellow), ("notice", line.notice)];
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let part = |(what, count): &(&str, u64)| {
        say("decided_part", &[("what", &say(what, &[])), ("count", &count.to_string())])
    };
    let cards = listed(counts.map(part).collect(), "list-comma", language);
    let rule = rules::name(&line.rule).words(language);
    let values = [("rule", &*rule), ("cards", &cards), ("units", &names(&line.units, language))];
    say(if line.units.is_empty() { "problem_of_none" } else { "problem" }, &values)
}

/// Words one after another, as a language sets them apart.
fn listed(words: Vec<String>, between: &'static str, language: Language) -> String {
    Text::list(words.into_iter().map(Text::from), between).words(language)
}

/// Names, the first of many with how many there are.
fn names(names: &[String], language: Language) -> String {
    let first = listed(names.iter().take(NAMED).cloned().collect(), "list-comma", language);
    if names.len() <= NAMED {
        return first;
    }
    phrase(language, "bulletin", "and_more", &[("names", &first), ("count", &names.len().to_string())])
}

/// What is required of the units, by what was found.
pub(super) fn required(bulletin: &Bulletin, language: Language) -> Vec<String> {
    let rules = || bulletin.sums.rules.iter().filter(|line| line.red + line.yellow + line.notice > 0);
    let asked = [
        (rules().any(|line| line.red + line.yellow > 0), "require_answer"),
        (rules().any(|line| line.rule != time_limit::ID), "require_record"),
        (is_idle(bulletin), "require_idle"),
        (rules().next().is_some(), "require_appeal"),
    ];
    let said = asked.iter().filter(|(asked, _)| *asked);
    let said: Vec<String> = said.map(|(_, name)| phrase(language, "bulletin", name, &[])).collect();
    if said.is_empty() {
        vec![phrase(language, "bulletin", "require_go_on", &[])]
    } else {
        numbered(said, language)
    }
}

/// 一、二、三: each paragraph with its number before it.
fn numbered(paragraphs: Vec<String>, language: Language) -> Vec<String> {
    let number = |place: usize| say!("bulletin-number", place = place as i64 + 1).words(language);
    paragraphs.into_iter().enumerate().map(|(place, words)| format!("{}{words}", number(place))).collect()
}

/// The day of the bulletin: the first working day behind its period, on which it goes out.
pub(super) fn issued(bulletin: &Bulletin, policy: &Policy) -> NaiveDate {
    let end = bulletin.sums.period.to;
    policy.calendar.after(end, 1).unwrap_or(end + Days::new(1))
}

/// A day with its year, without zeros before: 2012年1月4日 (GB/T 9704—2012, 7.3.5.3).
pub(super) fn dated(date: NaiveDate, language: Language) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    say!("date-year", date, year, month, day).words(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::letter::example;

    const ZH: Language = Language::Chinese;

    fn bulletin() -> Bulletin {
        example::found("2011-11-15".parse().unwrap())
    }

    /// A period before supervision began has no cards to count, and says so; one in which it began says since when; from its first
    /// day on nothing is said.
    #[test]
    fn a_period_before_supervision_says_so() {
        let said = |from: Option<&str>| {
            let from = from.map(|day| day.parse().unwrap());
            state(&Bulletin { supervised_from: from, ..bulletin() }, ZH).concat()
        };
        for before in [None, Some("2011-12-01")] {
            assert!(said(before).contains("尚未启用") && !said(before).contains("红牌"), "{}", said(before));
        }
        assert!(said(Some("2011-11-30")).contains("自2011年11月30日起"), "{}", said(Some("2011-11-30")));
        assert!(said(Some("2011-11-02")).contains("自2011年11月2日起"));
        assert!(!said(Some("2011-11-01")).contains("启用") && said(Some("2011-11-01")).contains("红牌1件"));
    }

    /// Before supervision nobody knows what a unit received, so nobody is accused of receiving nothing; from its first day on it is said.
    #[test]
    fn nobody_is_idle_before_supervision() {
        let day = |text: &str| text.parse().unwrap();
        for (from, idle) in [("2011-12-02", false), ("2011-12-01", false), ("2011-11-30", true)] {
            let found =
                Bulletin {
                    supervised_from: Some(day(from)), idle: vec!["市税务局".into()], ..bulletin()
                };
            let said = [problems(&found, ZH), required(&found, ZH)].concat().join("\n");
            assert_eq!(
                (said.contains("市税务局"), said.contains("没有收件")),
                (idle, idle),
                "{from}: {said}"
            );
        }
    }

    /// The gravest problem first, with the units by name in their order, and of more than ten how many.
    #[test]
    fn problems_are_named_with_their_units() {
        let line = |rule: &str, red: u64, yellow: u64, units: usize| RuleLine {
            rule: rule.into(),
            red,
            yellow,
            units: (0..units).map(|unit| format!("局{unit}")).collect(),
            ..RuleLine::default()
        };
        let mut found = bulletin();
        found.idle.clear();
        found.sums.rules =
            vec![line("fee", 0, 2, 1), line(time_limit::ID, 3, 1, 11), line("too-fast", 0, 0, 0)];
        let said = problems(&found, ZH);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].starts_with("（一）办理时限：红牌3件、黄牌1件，涉及局0、局1"), "{}", said[0]);
        assert!(said[0].contains("局9等11个单位") && !said[0].contains("局10"), "{}", said[0]);
        assert!(said[1].starts_with("（二）收费不符：黄牌2件，涉及局0"), "{}", said[1]);
        assert_eq!(required(&found, ZH).len(), 3);
        found.sums.rules.clear();
        assert_eq!(required(&found, ZH).len(), 1);
        assert!(problems(&found, ZH)[0].starts_with("本期未发现"), "{:?}", problems(&found, ZH));
    }

    #[test]
    fn a_date_is_written_as_offices_write_it() {
        assert_eq!(dated("2012-01-04".parse().unwrap(), ZH), "2012年1月4日");
    }

    /// Nine units and ten are all named, of eleven the first ten and how many there are.
    #[test]
    fn of_more_than_ten_the_first_are_named() {
        let named = |count: usize| {
            let all: Vec<String> = (1..=count).map(|number| format!("甲{number}")).collect();
            (names(&all, ZH) == listed(all.clone(), "list-comma", ZH), names(&all, ZH).contains("11"))
        };
        assert_eq!([9, 10, 11].map(named), [(true, false), (true, false), (false, true)]);
    }
}
