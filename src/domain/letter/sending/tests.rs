use super::*;
use crate::domain::text::Text;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("{text}+08:00")).unwrap()
}

fn now(text: &str) -> Now {
    Now { instant: at(text), replay: false }
}

const CAPS: Caps = Caps { per_minute: 2, per_day: 3, in_all: 5, suspend_after: 2 };

/// A minute, five, half an hour, an hour, and an hour however long it takes.
#[test]
fn tries_are_further_and_further_apart() {
    let after = |attempts| next_try(attempts, at("2012-03-01T09:00:00")).format("%H:%M").to_string();
    assert_eq!([0, 1, 2, 3, 4, 1000].map(after), ["09:01", "09:05", "09:30", "10:00", "10:00", "10:00"]);
}

/// The longest wait is none of a clock that was set back; what is a minute later than that is.
#[test]
fn a_try_that_seems_too_far_away_is_due() {
    let now = now("2012-03-01T09:00:00");
    let longest = next_try(3, now.instant);
    assert!(longest < latest_try(&now));
    assert_eq!(longest + Duration::minutes(1), latest_try(&now));
}

/// Each bound lets what is one below it leave, and not what has reached it; one address does not use up another's.
#[test]
fn alerts_leave_up_to_the_caps() {
    let counted = |today, within_a_minute| {
        AlertsLeft::counted([("a@b".to_owned(), LeftLately { today, within_a_minute })])
    };
    for (today, within_a_minute, leaves) in
        [(0, 0, true), (2, 1, true), (3, 1, false), (4, 0, false), (2, 2, false), (2, 3, false)]
    {
        let left = counted(today, within_a_minute);
        assert_eq!(left.leaves_room_for("a@b", &CAPS), leaves, "{today} {within_a_minute}");
        assert!(left.leaves_room_for("c@d", &CAPS), "another address");
    }
    let mut left = counted(3, 0);
    left.enter("c@d");
    assert!(left.leaves_room(&CAPS), "four of five");
    left.enter("c@d");
    assert!(!left.leaves_room(&CAPS), "five of five");
    assert!(!left.leaves_room_for("c@d", &CAPS), "two within a minute");
}

fn put_off(outcome: &Outcome, (uncertain, refused_alike): (u32, bool), days_deferred: u32) -> Settled {
    let at = at("2012-03-01T09:00:00");
    settle(outcome, &Tried { attempts: 1, uncertain, refused_alike, days_deferred, at })
}

fn settled(outcome: &Outcome, uncertain: u32, refused_alike: bool) -> Settled {
    put_off(outcome, (uncertain, refused_alike), 0)
}

fn why() -> Text {
    Text::from("554 no")
}

/// What was sent is over; what was refused waits for somebody; all else is tried again.
#[test]
fn an_attempt_is_entered_as_what_came_of_it() {
    let again = Next::TriedAt(at("2012-03-01T09:05:00"));
    let entered = |attempt, next, address| Settled { attempt, next, address };
    let sent = Outcome::Sent { reply: "250".into() };
    assert_eq!(settled(&sent, 0, false), entered(Attempt::Sent, Next::Sent, AddressNews::Takes));
    for all in [true, false] {
        let later = Outcome::TryLater { why: why(), all };
        assert_eq!(settled(&later, 0, false), entered(Attempt::TryLater, again, AddressNews::None));
    }
    let large = Outcome::TooLarge { why: why() };
    let waits = entered(Attempt::TooLarge, again, AddressNews::None);
    assert_eq!(settled(&large, 0, false), waits, "a server that takes not even the shortest form");
    for (address, news) in [(true, AddressNews::Refused), (false, AddressNews::None)] {
        let refused = Outcome::Refused { address, why: why() };
        let waits = entered(Attempt::Refused, Next::WaitsForSomebody, news);
        assert_eq!(settled(&refused, 0, false), waits, "of the address: {address}");
        let alike = entered(Attempt::RefusedAlike, again, AddressNews::None);
        assert_eq!(settled(&refused, 0, true), alike, "the server's fault is no address's");
    }
}

/// The fourth day, the fifth and the sixth; and never for a fault that concerns all letters, or of a letter that may have arrived.
#[test]
fn an_address_that_is_put_off_for_days_gets_nothing_more() {
    let after = |outcome: &Outcome, days| put_off(outcome, (0, false), days);
    let again = Next::TriedAt(at("2012-03-01T09:05:00"));
    let given_up =
        Settled { attempt: Attempt::Refused, next: Next::WaitsForSomebody, address: AddressNews::PutOff };
    for outcome in [Outcome::TryLater { why: why(), all: false }, Outcome::TooLarge { why: why() }] {
        for (days, is_given_up) in [(0, false), (4, false), (5, true), (6, true)] {
            let settled = after(&outcome, days);
            assert_eq!(settled == given_up, is_given_up, "{days}: {settled:?}");
            assert_eq!(settled.next == again, !is_given_up, "{days}: {settled:?}");
        }
    }
    for outcome in [Outcome::TryLater { why: why(), all: true }, Outcome::Uncertain { why: why() }] {
        assert_eq!((after(&outcome, 9).next, after(&outcome, 9).address), (again, AddressNews::None));
    }
}

/// Two copies may be there and it is tried once more; the third is the last.
#[test]
fn a_letter_that_may_have_arrived_thrice_waits_for_somebody() {
    let uncertain = Outcome::Uncertain { why: why() };
    let next = |before| settled(&uncertain, before, false).next;
    let again = Next::TriedAt(at("2012-03-01T09:05:00"));
    assert_eq!([0, 1, 2, 3].map(next), [again, again, Next::WaitsForSomebody, Next::WaitsForSomebody]);
    assert!(uncertain.may_have_arrived() && Outcome::Sent { reply: String::new() }.may_have_arrived());
    assert!(!Outcome::TooLarge { why: why() }.may_have_arrived());
}

#[test]
fn an_address_is_suspended_by_refusals_in_a_row() {
    assert_eq!([1, 2, 3].map(|refusals| is_suspended(refusals, &CAPS)), [false, true, true]);
    let at_once = Caps { suspend_after: 0, ..CAPS };
    assert!(is_suspended(1, &at_once), "never less than the first");
}

/// The sixth day, the seventh to the second, and the eighth.
#[test]
fn a_suspended_address_is_tried_once_a_week() {
    let suspended = at("2012-03-01T09:00:00");
    for (moment, muted) in [
        ("2012-03-01T09:00:00", true),
        ("2012-03-07T09:00:00", true),
        ("2012-03-08T08:59:59", true),
        ("2012-03-08T09:00:00", false),
        ("2012-03-09T09:00:00", false),
    ] {
        assert_eq!(is_muted(suspended, &now(moment)), muted, "{moment}");
    }
}
