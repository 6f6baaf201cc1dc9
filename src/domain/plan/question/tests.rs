//! When what waits for a supervisor's decision is to be decided, and what is said of it.

use chrono::DateTime;
use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::clock::tests::policy;
use crate::domain::plan::reminders::{Unanswered, of};
use crate::domain::text::Language;

fn now(day: &str) -> Now {
    let text = format!("{day}T09:05:00+08:00");
    Now { instant: DateTime::parse_from_rfc3339(&text).unwrap(), replay: false }
}

fn at(text: &str) -> Moment {
    Moment::parse(text, Shanghai).unwrap()
}

/// Told on Monday 2011-10-17: to be decided by Monday 2011-10-24, five working days later.
fn question(asks: Asks) -> Question {
    let told = at("2011-10-17T09:05:00+08:00");
    Question { asks, since: told, told: Some(told) }
}

/// DESIGN section 12: within five working days, from the letter; what no letter told of has no day.
#[test]
fn a_question_is_to_be_decided_like_a_card_is_to_be_answered() {
    let policy = policy(&[]);
    assert_eq!(question(Asks::Withdrawal).decide_by(&policy), Some(at("2011-10-24")));
    let untold = Question { told: None, ..question(Asks::Objection) };
    assert_eq!(untold.decide_by(&policy), None);
}

/// The day before, the day, the day after that by which to decide: it goes one level up on the last alone.
#[test]
fn a_question_goes_up_when_its_day_has_passed() {
    let policy = policy(&[]);
    let asked = question(Asks::Withdrawal);
    let card = |reminders| Unanswered {
        finding: 1,
        told: asked.told.unwrap(),
        answer_due: asked.decide_by(&policy),
        reminded: Some(at("2011-10-24")),
        reminders,
        raised_up: false,
    };
    for reminders in [2, 3] {
        assert_eq!(of(&card(reminders), &policy, &now("2011-10-21")), None);
        assert_eq!(of(&card(reminders), &policy, &now("2011-10-24")), None);
        assert_eq!(of(&card(reminders), &policy, &now("2011-10-25")), Some(Reminder::RaiseUp));
    }
}

/// Whether a card falls goes before an objection to it; what is neither is no question.
#[test]
fn one_card_asks_one_thing() {
    let (contested, appealed) = (Some(at("2011-10-17")), Some(at("2011-10-14")));
    let of =
        |contested, appealed| Question::of(contested, appealed, None).map(|asked| (asked.asks, asked.since));
    assert_eq!(of(contested, appealed), Some((Asks::Withdrawal, at("2011-10-17"))));
    assert_eq!(of(None, appealed), Some((Asks::Objection, at("2011-10-14"))));
    assert_eq!(of(None, None), None);
}

#[test]
fn the_words_say_since_when_it_waits_and_until_when_it_was_to_be_decided() {
    let policy = policy(&[]);
    let why = question(Asks::Withdrawal).why(Reminder::Remind, &policy, &now("2011-10-19"));
    assert_eq!(why.words(Language::Chinese), "自10月17日09:05起待核撤，至今没有决定");
    let why = question(Asks::Withdrawal).why(Reminder::RaiseUp, &policy, &now("2011-10-25"));
    assert_eq!(
        why.words(Language::Chinese),
        "自10月17日09:05起待核撤，应于10月24日（含当日）前决定，至今没有决定"
    );
    let why = question(Asks::Objection).why(Reminder::RaiseUp, &policy, &now("2011-10-25"));
    assert_eq!(
        why.words(Language::English),
        "the objection of 2011-10-17 09:05 waits, was to be decided by the end of 2011-10-24, and is not decided yet"
    );
}
