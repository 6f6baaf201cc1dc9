//! When a card that nobody answers is reminded of, and when it goes one level up.

use chrono::DateTime;
use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::clock::tests::policy;
use crate::domain::text::Language;

fn now(day: &str) -> Now {
    let text = format!("{day}T09:05:00+08:00");
    Now { instant: DateTime::parse_from_rfc3339(&text).unwrap(), replay: false }
}

fn day(text: &str) -> Moment {
    Moment::parse(text, Shanghai).unwrap()
}

/// Told on Tuesday 2011-10-25, to be answered by Tuesday 2011-11-01.
fn card() -> Unanswered {
    let told = Moment::parse("2011-10-25T09:05:00+08:00", Shanghai).unwrap();
    let answer_due = Some(day("2011-11-01"));
    Unanswered { finding: 1, told, answer_due, reminded: None, reminders: 0, raised_up: false }
}

/// 逾期未反馈 is true from the day after that by which to answer: the day before, the day, the day after. Before it a card is only
/// reminded of.
#[test]
fn a_card_goes_up_when_its_day_to_answer_has_passed() {
    let (mut policy, told) = (policy(&[]), Unanswered { reminded: Some(day("2011-10-31")), ..card() });
    assert_eq!(of(&told, &policy, &now("2011-10-31")), None);
    assert_eq!(of(&told, &policy, &now("2011-11-01")), None);
    assert_eq!(of(&told, &policy, &now("2011-11-02")), Some(Reminder::RaiseUp));
    assert_eq!(
        of(&Unanswered { raised_up: true, ..told }, &policy, &now("2011-11-02")),
        Some(Reminder::Remind)
    );
    policy.reminders.raise_up_after = 3;
    let told = Unanswered { reminded: Some(day("2011-11-02")), ..told };
    assert_eq!(of(&told, &policy, &now("2011-11-03")), None);
    assert_eq!(
        of(&told, &policy, &now("2011-11-04")),
        Some(Reminder::RaiseUp),
        "three working days after the first"
    );
}

/// Every second working day after it was told, three times at most; who was reminded three times is told one level up all the same.
#[test]
fn a_card_is_reminded_of_three_times_at_most() {
    let policy = policy(&[]);
    assert_eq!(of(&card(), &policy, &now("2011-10-26")), None);
    assert_eq!(of(&card(), &policy, &now("2011-10-27")), Some(Reminder::Remind));
    let often = Unanswered { reminders: 3, reminded: Some(day("2011-10-25")), ..card() };
    assert_eq!(of(&often, &policy, &now("2011-10-31")), None);
    assert_eq!(of(&often, &policy, &now("2011-11-02")), Some(Reminder::RaiseUp));
    assert_eq!(of(&Unanswered { raised_up: true, ..often }, &policy, &now("2011-11-08")), None);
}

#[test]
fn the_words_say_since_when_it_is_known_and_by_when_to_answer() {
    let why = Reminder::Remind.why(&card(), &now("2011-10-27"));
    assert_eq!(why.words(Language::Chinese), "10月25日09:05已告知，至今没有反馈");
    let why = Reminder::RaiseUp.why(&card(), &now("2011-11-02"));
    assert_eq!(
        why.words(Language::Chinese),
        "10月25日09:05已告知，应于11月1日（含当日）前反馈，至今没有反馈"
    );
}

/// 督办: kept to its last minute, failed from the next.
#[test]
fn an_order_is_kept_to_its_last_minute() {
    let due = Moment::parse("2011-10-27T17:00:00+08:00", Shanghai).unwrap();
    let over = |text: &str| Ordered { finding: 1, due, over: Moment::parse(text, Shanghai) };
    let open = Ordered { finding: 1, due, over: None };
    assert_eq!(settle(&open, &now("2011-10-27")), None);
    let Some(Settled::Failed(why)) = settle(&open, &now("2011-10-28")) else { panic!("it has failed") };
    assert_eq!(why.words(Language::Chinese), "督办要求10月27日17:00前办结，至今没有办结");
    assert_eq!(settle(&over("2011-10-27T17:00:00+08:00"), &now("2011-10-28")), Some(Settled::Kept));
    let failed = settle(&over("2011-10-27T17:00:01+08:00"), &now("2011-10-28"));
    assert!(matches!(failed, Some(Settled::Failed(why)) if why.words(Language::Chinese).contains("才了结")));
}
