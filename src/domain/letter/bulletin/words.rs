//! A bulletin in sentences, as offices write them: the state, the problems by name, what is required, the date.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::bulletin::{Bulletin, Compared, Line, Outcomes, RuleLine, Watched};
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
    let cards = match (bulletin.watched(), bulletin.begun_within()) {
        (Watched::NotBegun, _) => say("unsupervised", &[]),
        (Watched::NoRound, _) => say("no_round", &[]),
        (Watched::NotYet, _) => {
            let last = bulletin.last_round_on.map_or_else(String::new, |day| dated(day, language));
            return vec![say("not_yet", &[("day", &last)])];
        }
        (Watched::Yes, Some(day)) => {
            format!("{}{}", say("supervised_from", &[("day", &dated(day, language))]), cards)
        }
        (Watched::Yes, None) => cards,
    };
    let given =
        Some(&bulletin.sums).filter(|_| !bulletin.is_unsupervised()).and_then(|sums| given(sums, language));
    let until = bulletin.known_until().map(|day| say("known_until", &[("day", &dated(day, language))]));
    let coverage = bulletin.coverage.last().map(|day| say("coverage_now", &[("figure", &on(day, language))]));
    let decided = decided(&bulletin.sums.all.outcomes, language);
    [Some(sentence(cases)), Some(cards), given, decided, coverage, until].into_iter().flatten().collect()
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
        let what = if of_cards { format!("cases_{name}") } else { name.to_owned() };
        let (now, before, what) =
            (now.to_string(), before.to_string(), phrase(language, "bulletin", &what, &[]));
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
    let counts =
        [("cases_red", red), ("cases_yellow", yellow), ("cases_notice", notice), ("cases_revoked", revoked)];
    let parts = counts.map(part);
    say("cards_alone", &[("cards", &listed(parts.into(), "list-comma", language))])
}

/// The cards, of which a case may have several, beside the cases; nothing where none was given.
fn given(sums: &Compared, language: Language) -> Option<String> {
    let cards = counted(&sums.all_cards(), language);
    (!cards.is_empty()).then(|| phrase(language, "bulletin", "given", &[("cards", &cards)]))
}

/// Cards by colour, those of which there are any.
fn counted(line: &RuleLine, language: Language) -> String {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let counts = [("red", line.red), ("yellow", line.yellow), ("notice", line.notice)];
    let part = |(what, count): &(&str, u64)| {
        say("cards_part", &[("what", &say(what, &[])), ("count", &count.to_string())])
    };
    listed(counts.iter().filter(|(_, count)| *count > 0).map(part).collect(), "list-comma", language)
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
    let none = match bulletin.watched() {
        Watched::Yes => "no_problems",
        Watched::NotBegun => "no_problems_unsupervised",
        Watched::NotYet | Watched::NoRound => "no_problems_unwatched",
    };
    if all.is_empty() { vec![phrase(language, "bulletin", none, &[])] } else { numbered(all, language) }
}

fn problem(line: &RuleLine, language: Language) -> String {
    let say = |name: &str, values: &[(&str, &str)]| phrase(language, "bulletin", name, values);
    let cards = counted(line, language);
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
mod tests;
