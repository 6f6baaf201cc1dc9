//! Which events become news, over all lives of a card that people, the record and time can give it.

use std::collections::BTreeSet;

use chrono::DateTime;

use super::*;
use crate::domain::finding::Event;
use crate::domain::letter::example;
use crate::domain::letter::news::Informed;

const LEAD: &str = "lead";
const SUPERVISOR: &str = "supervisor";
const LEADER: &str = "leader";

/// What may happen to a card: by a person, by the record, by time; and that letters are written.
const STEPS: [Event; 12] = [
    Event::Answered,
    Event::Appealed,
    Event::Upheld,
    Event::Ordered,
    Event::Escalated,
    Event::Moved,
    Event::Grown,
    Event::Reminded,
    Event::Unanswered,
    Event::Resolved,
    Event::Revoked,
    Event::Reopened,
];

/// A finding with its events and what each reader knows of it.
#[derive(Clone)]
struct Life {
    card: Card,
    standing: Standing,
    events: Vec<(Event, Card)>,
    /// Events told so far.
    told: usize,
    /// A supervisor is asked to decide on an objection.
    asked: bool,
    /// He was told of the last one.
    knows_of_it: bool,
    /// By reader: whether the last letter took the card back.
    knows: BTreeMap<&'static str, bool>,
}

impl Life {
    fn begun(card: Card) -> Self {
        let events = vec![(Event::Raised, card)];
        let (standing, knows) = (Standing::Open, BTreeMap::new());
        Self { card, standing, events, told: 0, asked: false, knows_of_it: false, knows }
    }

    /// The next step, if it may follow.
    fn step(&mut self, step: Event) -> bool {
        use Standing::{Open, Resolved, Revoked};
        let may = match step {
            Event::Escalated => self.standing == Open && self.card < Card::Red,
            Event::Moved | Event::Grown | Event::Ordered | Event::Resolved => self.standing == Open,
            Event::Reopened => self.standing != Open,
            Event::Appealed if self.card == Card::Notice => self.standing == Open,
            _ => self.standing != Revoked,
        };
        match step {
            _ if !may => return false,
            Event::Appealed => (self.asked, self.knows_of_it) = (true, false),
            Event::Upheld => self.asked = false,
            Event::Escalated => self.card = Card::Red,
            Event::Resolved => {
                self.standing = Resolved;
                self.asked &= self.card > Card::Notice;
            }
            Event::Revoked => (self.standing, self.asked) = (Revoked, false),
            Event::Reopened => self.standing = Open,
            _ => {}
        }
        self.events.push((step, self.card));
        true
    }

    /// The events that the ledger would give: those not told yet, of the card as it is.
    fn pieces(&self) -> Vec<News> {
        let reader = |reader: &str| Informed { address: reader.to_owned(), capacities: Vec::new() };
        let told: Vec<Informed> =
            self.knows.iter().filter(|(_, gone)| !**gone).map(|(name, _)| reader(name)).collect();
        let newsworthy = |(_, (event, card)): &(usize, &(Event, Card))| {
            !matches!(*event, Event::Answered | Event::Resolved)
                && (matches!(*event, Event::Revoked | Event::Appealed) || *card == self.card)
        };
        let events = self.events.iter().enumerate().skip(self.told).filter(newsworthy);
        let at = DateTime::UNIX_EPOCH.fixed_offset();
        let piece = |(number, (event, card)): (usize, &(Event, Card))| News {
            event_id: number as i64 + 1,
            card: if *event == Event::Appealed { self.card } else { *card },
            standing: self.standing,
            told: if *event == Event::Revoked { told.clone() } else { Vec::new() },
            question: example::piece(*event, at).question.filter(|_| self.asked),
            ..example::piece(*event, at)
        };
        events.map(piece).collect()
    }

    /// A round writes its letters.
    fn tell(&mut self) {
        for told in [Told::Cards, Told::Notices] {
            for piece in to_tell(self.pieces(), told).values() {
                self.knows_of_it |= piece.event == Event::Appealed;
                let readers: Vec<&'static str> = match (piece.event, piece.card) {
                    (Event::Appealed, _) => vec![SUPERVISOR],
                    (Event::Revoked, _) => [LEAD, SUPERVISOR, LEADER]
                        .into_iter()
                        .filter(|it| piece.told.iter().any(|to| to.address == *it))
                        .collect(),
                    (Event::Unanswered, _) => vec![LEAD, SUPERVISOR, LEADER],
                    (_, Card::Red) => vec![LEAD, SUPERVISOR],
                    _ => vec![LEAD],
                };
                for reader in readers {
                    let before = self.knows.insert(reader, piece.is_withdrawal());
                    assert!(
                        !piece.is_withdrawal() || before == Some(false),
                        "{reader} was told to forget what they never knew: {:?}",
                        self.events
                    );
                }
            }
        }
        self.told = self.events.len();
    }
}

/// Every sequence of up to four steps, with letters written after any of them or none, calls `check` at its end.
fn all_lives(life: &Life, depth: u32, check: &mut impl FnMut(Life)) {
    let mut told = life.clone();
    told.tell();
    check(told.clone());
    if depth == 0 {
        return;
    }
    for before in [life, &told] {
        for step in STEPS {
            let mut next = before.clone();
            if next.step(step) {
                all_lives(&next, depth - 1, check);
            }
        }
    }
}

/// DESIGN section 5: a card that is withdrawn is taken back from everybody who was told, whatever else happened to it in
/// between, and from nobody else; an open card is known to those whom its colour concerns.
#[test]
fn whatever_happened_in_between_a_withdrawn_card_is_taken_back_from_all_who_were_told() {
    let mut lives = 0;
    for card in [Card::Notice, Card::Yellow, Card::Red] {
        all_lives(&Life::begun(card), 4, &mut |life| {
            lives += 1;
            match life.standing {
                Standing::Revoked => {
                    assert!(life.knows.values().all(|gone| *gone), "{:?} {:?}", life.events, life.knows);
                }
                Standing::Open => {
                    assert!(!life.asked || life.knows_of_it, "nobody decides: {:?}", life.events);
                    assert_eq!(life.knows.get(LEAD), Some(&false), "{:?}", life.events);
                    assert!(
                        life.card < Card::Red || life.knows.get(SUPERVISOR) == Some(&false),
                        "{:?}",
                        life.events
                    );
                }
                _ => {}
            }
        });
    }
    assert!(lives > 100_000, "{lives}");
}

/// Whoever was told of nothing is told of no withdrawal.
#[test]
fn a_card_withdrawn_before_anybody_was_told_is_no_news() {
    for between in STEPS {
        let mut life = Life::begun(Card::Yellow);
        if !life.step(between) || !life.step(Event::Revoked) {
            continue;
        }
        assert!(to_tell(life.pieces(), Told::Cards).is_empty(), "{between}");
    }
}

/// A card raised and ordered to be finished on one day is told once, and counts as told.
#[test]
fn the_last_event_stands_for_those_before_it() {
    let told = |steps: &[Event]| {
        let mut life = Life::begun(Card::Yellow);
        assert!(steps.iter().all(|step| life.step(*step)));
        let news = to_tell(life.pieces(), Told::Cards).into_values();
        news.map(|piece| (piece.event, piece.stands_for)).collect::<BTreeSet<_>>()
    };
    assert_eq!(told(&[Event::Ordered]), BTreeSet::from([(Event::Ordered, vec![1])]));
    for light in [Event::Moved, Event::Grown, Event::Reminded, Event::Unanswered] {
        assert_eq!(told(&[light]), BTreeSet::from([(Event::Raised, vec![])]), "{light}");
    }
}

/// What is decided before a letter leaves is asked of nobody; a question takes no other news away, and none takes it.
#[test]
fn a_question_is_told_while_it_waits() {
    let told = |steps: &[Event]| {
        let mut life = Life::begun(Card::Yellow);
        assert!(steps.iter().all(|step| life.step(*step)));
        to_tell(life.pieces(), Told::Cards).into_values().map(|piece| piece.event).collect::<Vec<_>>()
    };
    assert_eq!(told(&[Event::Appealed]), [Event::Raised, Event::Appealed]);
    assert_eq!(told(&[Event::Appealed, Event::Ordered]), [Event::Appealed, Event::Ordered]);
    assert_eq!(told(&[Event::Appealed, Event::Upheld]), [Event::Upheld]);
    assert_eq!(told(&[Event::Appealed, Event::Revoked]), []);
}
