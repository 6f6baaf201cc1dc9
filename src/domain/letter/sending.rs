//! Which alerts may leave, when a letter is tried again, and what becomes of it and of the address that refused it. The ledger selects
//! what waits and stores what is decided here.

use std::collections::HashMap;

use chrono::{DateTime, Duration, FixedOffset};

use super::Outcome;
use super::relay::Caps;
use crate::domain::now::Now;

/// Backoff: minutes until the next try after the first, second and third; after that [`LONGEST_WAIT`], for as long as it takes.
const BACKOFF_MINUTES: [i64; 3] = [1, 5, 30];
/// Minutes between two tries at most.
const LONGEST_WAIT: i64 = 60;
/// So many copies of a letter may arrive at a server that takes it and does not say so. Then it waits for a person.
const COPIES: u32 = 3;
/// After so many days the next letter to a suspended address is a trial of it.
const TRIAL_AFTER_DAYS: i64 = 7;
/// An address that takes nothing on so many days, while others get their letters, gets nothing more (RFC 5321 section 4.5.4.1: four or
/// five days): a mailbox that stays full must not keep from whoever stands in what it does not take.
pub const DAYS_DEFERRED: u32 = 5;

/// When a letter is tried again after an attempt before which there were so many.
pub fn next_try(attempts: u32, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    at + Duration::minutes(BACKOFF_MINUTES.get(attempts as usize).copied().unwrap_or(LONGEST_WAIT))
}

/// Up to when a next try can be due by the clock that goes now: one that is later was entered by a clock that was set back since,
/// and its time has come.
pub fn latest_try(now: &Now) -> DateTime<FixedOffset> {
    now.instant + Duration::minutes(LONGEST_WAIT + 1)
}

/// How many alerts left for an address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftLately {
    /// On this day.
    pub today: u32,
    /// Within the last minute.
    pub within_a_minute: u32,
}

/// How many alerts left: what the caps are held against.
#[derive(Debug, Clone, Default)]
pub struct AlertsLeft {
    in_all: u32,
    to: HashMap<String, LeftLately>,
}

impl AlertsLeft {
    /// As they were counted, by address.
    pub fn counted(to: impl IntoIterator<Item = (String, LeftLately)>) -> Self {
        let to: HashMap<String, LeftLately> = to.into_iter().collect();
        Self { in_all: to.values().map(|it| it.today).sum(), to }
    }

    /// Whether any more may leave on this day.
    pub fn leaves_room(&self, caps: &Caps) -> bool {
        self.in_all < caps.in_all
    }

    /// Whether another one may leave for an address.
    pub fn leaves_room_for(&self, address: &str, caps: &Caps) -> bool {
        let LeftLately { today, within_a_minute } = self.to.get(address).copied().unwrap_or_default();
        today < caps.per_day && within_a_minute < caps.per_minute
    }

    /// One more left.
    pub fn enter(&mut self, address: &str) {
        self.in_all += 1;
        let lately = self.to.entry(address.to_owned()).or_default();
        lately.today += 1;
        lately.within_a_minute += 1;
    }
}

/// What is known of a letter when an attempt to hand it over is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// Attempts before this one.
    pub attempts: u32,
    /// Of these, attempts that may have arrived.
    pub uncertain: u32,
    /// Others were refused with the same words in between: the server refuses all alike.
    pub refused_alike: bool,
    /// Days on which its address was put off since it last took a letter, and on which others got theirs.
    pub days_deferred: u32,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// What an attempt counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The server took the letter.
    Sent,
    /// Not now.
    TryLater,
    /// It may have arrived.
    Uncertain,
    /// Too large, and there is no shorter form.
    TooLarge,
    /// Refused for good.
    Refused,
    /// Refused together with others: a fault of the server.
    RefusedAlike,
}

/// What happens to a letter after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it was sent.
    Sent,
    /// It is tried again.
    TriedAt(DateTime<FixedOffset>),
    /// It waits for a person.
    WaitsForSomebody,
}

/// What an attempt says of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressNews {
    /// It takes letters: refusals before do not count.
    Takes,
    /// It was refused for good once more.
    Refused,
    /// It was put off for too long: it counts as suspended at once.
    PutOff,
    /// Nothing.
    None,
}

/// What is entered of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// As what.
    pub attempt: Attempt,
    /// What happens to the letter.
    pub next: Next,
    /// What it says of the address.
    pub address: AddressNews,
}

impl Outcome {
    /// Whether the letter is there, or may be.
    pub fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Sent { .. } | Self::Uncertain { .. })
    }
}

/// What is to be entered of an attempt with an outcome.
pub fn settle(outcome: &Outcome, tried: &Tried) -> Settled {
    let again = Next::TriedAt(next_try(tried.attempts, tried.at));
    let put_off = matches!(outcome, Outcome::TryLater { all: false, .. } | Outcome::TooLarge { .. })
        && tried.days_deferred >= DAYS_DEFERRED;
    let (attempt, next) = match outcome {
        _ if put_off => (Attempt::Refused, Next::WaitsForSomebody),
        Outcome::Sent { .. } => (Attempt::Sent, Next::Sent),
        Outcome::TryLater { .. } => (Attempt::TryLater, again),
        Outcome::Uncertain { .. } if tried.uncertain + 1 >= COPIES => {
            (Attempt::Uncertain, Next::WaitsForSomebody)
        }
        Outcome::Uncertain { .. } => (Attempt::Uncertain, again),
        // Whoever takes not even the shortest form takes nothing: that is no fault of the letter.
        Outcome::TooLarge { .. } => (Attempt::TooLarge, again),
        Outcome::Refused { .. } if tried.refused_alike => (Attempt::RefusedAlike, again),
        Outcome::Refused { .. } => (Attempt::Refused, Next::WaitsForSomebody),
    };
    let address = match outcome {
        _ if put_off => AddressNews::PutOff,
        Outcome::Sent { .. } => AddressNews::Takes,
        Outcome::Refused { address: true, .. } if !tried.refused_alike => AddressNews::Refused,
        _ => AddressNews::None,
    };
    Settled { attempt, next, address }
}

/// Whether an address that was refused for good so many times in a row gets nothing more.
pub fn is_suspended(refusals: u32, caps: &Caps) -> bool {
    refusals >= caps.suspend_after
}

/// Whether nothing is sent to an address that was suspended at a moment: once a week the next letter is a trial of it.
pub fn is_muted(suspended_at: DateTime<FixedOffset>, now: &Now) -> bool {
    suspended_at > now.instant - Duration::days(TRIAL_AFTER_DAYS)
}

#[cfg(test)]
mod tests;
