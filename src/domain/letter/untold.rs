//! Which events of findings become news, and which of them come to nothing before anybody reads of them.

use std::collections::{BTreeMap, HashMap};

use super::news::News;
use crate::domain::finding::{Card, Standing};
use crate::domain::rules::OWN;

/// Which news a round tells: cards at once in office hours, notices once in the morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Yellow and red cards, withdrawals, faults of a source.
    Cards,
    /// Notices.
    Notices,
}

/// What is to be told of events that nobody was told of yet, by the number of the event. `pieces` are in the order of the
/// events, and every withdrawal names those who were told of the card.
pub fn to_tell(pieces: impl IntoIterator<Item = News>, told: Told) -> BTreeMap<i64, News> {
    let at_once = |piece: &News| {
        piece.is_withdrawal() || piece.card > Card::Notice || OWN.contains(&piece.rule.as_str())
    };
    // A card withdrawn before anybody was told of it is no news: there is nothing to take back.
    let concerns_somebody = |piece: &News| !piece.is_withdrawal() || !piece.told.is_empty();
    let pieces = pieces.into_iter().filter(|piece| at_once(piece) == (told == Told::Cards));
    latest(pieces.filter(|piece| concerns_somebody(piece)))
}

/// What still is so of what letters that wait were to tell, by the number of the event.
pub fn still_so(pieces: impl IntoIterator<Item = News>) -> BTreeMap<i64, News> {
    let so = |piece: &News| piece.is_withdrawal() == (piece.standing == Standing::Revoked);
    latest(pieces.into_iter().filter(so))
}

/// Of each finding the last withdrawal and the last of everything else, which stands for the events before it. A warning that
/// has come to nothing is left out, and of a card that is withdrawn everything but the withdrawal.
fn latest(pieces: impl Iterator<Item = News>) -> BTreeMap<i64, News> {
    let mut news: BTreeMap<i64, News> = BTreeMap::new();
    let mut last: HashMap<(i64, bool), i64> = HashMap::new();
    for mut piece in pieces {
        let withdrawal = piece.is_withdrawal();
        let over = match piece.standing {
            Standing::Revoked => true,
            Standing::Open | Standing::PendingWithdrawal => false,
            Standing::Pending | Standing::Resolved => piece.card == Card::Notice,
        };
        if over && !withdrawal {
            continue;
        }
        let key = (piece.finding, withdrawal);
        if let Some(before) = last.get(&key).and_then(|event| news.get(event)) {
            if weight(&piece) < weight(before) || weight(&piece) == 0 {
                continue; // Whoever is told of the card now is told of the day that holds, and of all there is.
            }
            let event = before.event_id;
            let before = news.remove(&event).expect("it was found there");
            piece.stands_for = before.stands_for;
            piece.stands_for.push(before.event_id);
        }
        last.insert(key, piece.event_id);
        news.insert(piece.event_id, piece);
    }
    news
}

/// An event takes the place of a lighter one or of one like it; the lightest of none.
fn weight(piece: &News) -> u8 {
    match piece.event.as_str() {
        "moved" | "grown" | "reminded" => 0,
        "unanswered" => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::DateTime;

    use super::*;
    use crate::domain::letter::example;

    const LEAD: &str = "lead";
    const SUPERVISOR: &str = "supervisor";
    const LEADER: &str = "leader";

    /// What may happen to a card: by a person, by the record, by time; and that letters are written.
    const STEPS: [&str; 12] = [
        "answered",
        "appealed",
        "upheld",
        "ordered",
        "escalated",
        "moved",
        "grown",
        "reminded",
        "unanswered",
        "resolved",
        "revoked",
        "reopened",
    ];

    /// A finding with its events and what each reader knows of it.
    #[derive(Clone)]
    struct Life {
        card: Card,
        standing: Standing,
        events: Vec<(&'static str, Card)>,
        /// Events told so far.
        told: usize,
        /// By reader: whether the last letter took the card back.
        knows: BTreeMap<&'static str, bool>,
    }

    impl Life {
        fn begun(card: Card) -> Self {
            let events = vec![("raised", card)];
            Self { card, standing: Standing::Open, events, told: 0, knows: BTreeMap::new() }
        }

        /// The next step, if it may follow.
        fn step(&mut self, step: &'static str) -> bool {
            use Standing::{Open, Resolved, Revoked};
            let may = match step {
                "escalated" => self.standing == Open && self.card < Card::Red,
                "moved" | "grown" | "ordered" | "resolved" => self.standing == Open,
                "reopened" => self.standing != Open,
                _ => self.standing != Revoked,
            };
            match step {
                _ if !may => return false,
                "escalated" => self.card = Card::Red,
                "resolved" => self.standing = Resolved,
                "revoked" => self.standing = Revoked,
                "reopened" => self.standing = Open,
                _ => {}
            }
            self.events.push((step, self.card));
            true
        }

        /// The events that the ledger would give: those not told yet, of the card as it is.
        fn pieces(&self) -> Vec<News> {
            let told: Vec<String> = self
                .knows
                .iter()
                .filter(|(_, gone)| !**gone)
                .map(|(reader, _)| (*reader).to_owned())
                .collect();
            let newsworthy = |(_, (event, card)): &(usize, &(&str, Card))| {
                !matches!(*event, "answered" | "appealed" | "resolved")
                    && (*event == "revoked" || *card == self.card)
            };
            let events = self.events.iter().enumerate().skip(self.told).filter(newsworthy);
            let at = DateTime::UNIX_EPOCH.fixed_offset();
            let piece = |(number, (event, card)): (usize, &(&str, Card))| News {
                event_id: number as i64 + 1,
                card: *card,
                standing: self.standing,
                told: if *event == "revoked" { told.clone() } else { Vec::new() },
                ..example::piece(event, at)
            };
            events.map(piece).collect()
        }

        /// A round writes its letters.
        fn tell(&mut self) {
            for told in [Told::Cards, Told::Notices] {
                for piece in to_tell(self.pieces(), told).values() {
                    let readers: Vec<&'static str> = match (piece.event.as_str(), piece.card) {
                        ("revoked", _) => [LEAD, SUPERVISOR, LEADER]
                            .into_iter()
                            .filter(|it| piece.told.iter().any(|to| to == it))
                            .collect(),
                        ("unanswered", _) => vec![LEAD, SUPERVISOR, LEADER],
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
            if !life.step(between) || !life.step("revoked") {
                continue;
            }
            assert!(to_tell(life.pieces(), Told::Cards).is_empty(), "{between}");
        }
    }

    /// A card raised and ordered to be finished on one day is told once, and counts as told.
    #[test]
    fn the_last_event_stands_for_those_before_it() {
        let told = |steps: &[&'static str]| {
            let mut life = Life::begun(Card::Yellow);
            assert!(steps.iter().all(|step| life.step(step)));
            let news = to_tell(life.pieces(), Told::Cards).into_values();
            news.map(|piece| (piece.event, piece.stands_for)).collect::<BTreeSet<_>>()
        };
        assert_eq!(told(&["ordered"]), BTreeSet::from([("ordered".to_owned(), vec![1])]));
        for light in ["moved", "grown", "reminded", "unanswered"] {
            assert_eq!(told(&[light]), BTreeSet::from([("raised".to_owned(), vec![])]), "{light}");
        }
    }
}
