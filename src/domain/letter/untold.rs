//! Which events of findings become news, and which of them come to nothing before anybody reads of them.

use std::collections::{BTreeMap, HashMap};

use super::news::News;
use crate::domain::card::Card;
use crate::domain::finding::{Event, Standing};
use crate::domain::rules::{CHANGED_AFTER, OWN, TOLD_TO_REVIEW, met_unseen};

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
        piece.is_withdrawal()
            || Event::ASKS.contains(&piece.event)
            || piece.card > Card::Notice
            || OWN.contains(&piece.rule.as_str())
            || piece.rule == met_unseen::ID
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

/// What is told of a finding to different readers: none of them stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Track {
    /// That it is withdrawn.
    Withdrawal,
    /// That a supervisor is to decide.
    Question,
    /// That a fault of the record is in the way of a verdict.
    Referred,
    /// All else.
    Card,
}

impl Track {
    fn of(piece: &News) -> Self {
        match piece {
            _ if piece.is_withdrawal() => Self::Withdrawal,
            _ if piece.asks => Self::Question,
            _ if piece.event == Event::Referred => Self::Referred,
            _ => Self::Card,
        }
    }
}

/// Of each finding the last withdrawal, the last question, the last referral and the last of everything else, which stands for the events before
/// it. A warning that has come to nothing is left out, a question that is decided, and of a card that is withdrawn everything
/// but the withdrawal.
fn latest(pieces: impl Iterator<Item = News>) -> BTreeMap<i64, News> {
    let mut news: BTreeMap<i64, News> = BTreeMap::new();
    let mut last: HashMap<(i64, Track), i64> = HashMap::new();
    for mut piece in pieces {
        let withdrawal = piece.is_withdrawal();
        let over = match piece.standing {
            Standing::Revoked => true,
            Standing::Open | Standing::PendingWithdrawal => false,
            // For a supervisor to review, and told to nobody else.
            Standing::Pending if TOLD_TO_REVIEW.contains(&piece.rule.as_str()) => false,
            Standing::Pending | Standing::Resolved => piece.card == Card::Notice,
        } || (piece.asks && piece.question.is_none());
        if over && !withdrawal {
            continue;
        }
        let key = (piece.finding, Track::of(&piece));
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
    match piece.event {
        // Those who supervise are told of it too.
        Event::Grown if piece.rule == CHANGED_AFTER => 2,
        Event::Moved | Event::Grown | Event::Reminded => 0,
        Event::Unanswered | Event::Appealed => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests;
