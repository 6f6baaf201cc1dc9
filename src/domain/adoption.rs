//! A change of what judges: what it would do to the open cards, and whether it waits until a person adopts it.

mod carried;
mod closes;
mod forgone;
mod moved_sources;
mod stake;
mod trial;
mod unasked;
mod unreached;
mod words;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::finding::Standing;
use super::moment::Moment;
use super::plan::{CardMove, DueMove, Preview, Stand};
use super::policy::Policy;
use super::rules;
use crate::domain::card::Card;
use crate::domain::policy::ReviewAbove;
use crate::domain::text::{Text, say};
pub use carried::Carried;
pub use closes::Closes;
pub use moved_sources::{KnownFrom, MovedSources, Newcomer, SendWindow};
pub use stake::{AtStake, Counted, RowsToCome};
pub use trial::Trial;
pub use unasked::{LOOKED_BACK, Unasked};
pub use unreached::Unreached;

/// For so many days what a change moved without a person's leave counts along with what the next one would move, unless a person
/// has adopted one since.
pub const COUNTED_DAYS: u32 = 7;

/// One card that would come, go or change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The case's number.
    pub case: String,
    /// Name of the clock or rule.
    pub what: Text,
    /// Its card or due day now; empty: none.
    pub before: Text,
    /// What it would be; empty: none.
    pub after: Text,
}

/// What a change of what judges would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effect {
    /// Cases looked at.
    pub cases: u64,
    /// Cards open now.
    pub open: u64,
    /// Cards that would be given.
    pub raised: u64,
    /// Cards that would be taken back, those of rules over many cases among them.
    pub withdrawn: u64,
    /// Cards that would become graver.
    pub higher: u64,
    /// Cards that would become milder.
    pub lower: u64,
    /// Cards that would stand until a supervisor decides (待核撤).
    pub contested: u64,
    /// Cards of which that question would end, as they hold.
    pub uncontested: u64,
    /// Moves of cards that are due by what judges now, and would not come.
    pub withheld: u64,
    /// Cases with running clocks that would no longer be supervised.
    pub unsupervised: u64,
    /// Cases of which the running clocks have still cards to give that would no longer be issued.
    pub unissued: u64,
    /// Cases with running clocks of which cards to come would never come: other clocks, or another card table.
    pub dropped: u64,
    /// Cases with running clocks of which cards to come would come later, by more than the calendar brings about.
    pub put_off: u64,
    /// Cases with running clocks of which cards to come would come later than by the calendar last adopted by a person, by more
    /// than a holiday: small steps add up.
    pub crept: u64,
    /// Cases with running clocks of which rows to come could take cards away or put them off, which they could not so far.
    pub ways_out: u64,
    /// How far the calendar puts off whatever is to come, where that is more than a holiday.
    pub closes: Option<Closes>,
    /// How far office hours put off letters on whatever is to come, where that is days.
    pub unreached: Option<Unreached>,
    /// By card, notice first: how many would appear, how many would be gone.
    pub by_card: [[u64; 2]; 3],
    /// Cases of which a due date would move.
    pub due_moved: u64,
    /// Those of which one would come later.
    pub due_later: u64,
    /// Those of which one would come earlier.
    pub due_earlier: u64,
    /// Cases that keep what the catalogue said when they were met, as versions dated back to their days came later.
    pub left_alone: u64,
    /// What rests on sources that are to be read by another mapping.
    pub at_stake: Vec<AtStake>,
    /// Sources that leave, come or get another name.
    pub sources: MovedSources,
    /// Cards that changes which waited for nobody moved lately ([`COUNTED_DAYS`]): small steps add up.
    pub let_through: u64,
    /// As of when all this was worked out.
    pub as_of: String,
    /// The first cards that would move.
    pub first: Vec<Moved>,
    /// The first due dates that would move.
    pub first_due: Vec<Moved>,
}

/// Cards and due dates that are kept one by one.
const KEPT: usize = 20;

impl Effect {
    /// Adds what would become of a case. `names`: what names its clocks, the policy in force first.
    pub fn take(&mut self, number: &str, preview: &Preview, names: &[&Policy]) {
        let named = |key: &str| -> Text {
            let known = names.iter().find_map(|policy| policy.clock(key, None, None));
            known.map_or_else(|| Text::from(key), |rule| rule.name_of(key))
        };
        self.cases += 1;
        let goes = |way: Ordering| {
            let moves = |DueMove { before, after, .. }: &DueMove| {
                before.zip(*after).map(|(before, after)| before.at().cmp(&after.at()))
            };
            u64::from(preview.moves.iter().any(|it| moves(it) == Some(way)))
        };
        self.due_moved += u64::from(!preview.moves.is_empty());
        self.due_later += goes(Ordering::Less);
        self.due_earlier += goes(Ordering::Greater);
        for DueMove { clock, before, after } in
            preview.moves.iter().take(KEPT.saturating_sub(self.first_due.len()))
        {
            let day = |day: &Option<Moment>| day.map(Text::from).unwrap_or_default();
            let (what, before, after) = (named(clock), day(before), day(after));
            self.first_due.push(Moved { case: number.to_owned(), what, before, after });
        }
        for CardMove { rule, clock, before, after, withheld } in &preview.cards {
            if *withheld {
                self.withheld += 1;
            } else {
                self.count(*before, *after);
            }
            if self.first.len() < KEPT {
                let what = if clock.is_empty() { rules::name(rule) } else { named(clock) };
                let card = |stand: &Option<Stand>| stand.as_ref().map(words_of).unwrap_or_default();
                let (mut before, after) = (card(before), card(after));
                if *withheld {
                    before = say!("effect-about_to_be", card = before);
                }
                self.first.push(Moved { case: number.to_owned(), what, before, after });
            }
        }
        self.forgo(number, preview, named);
    }

    /// Adds what would become of a case that is over: of its cards only, as its days are past.
    pub fn take_closed(&mut self, number: &str, preview: Preview, names: &[&Policy]) {
        self.take(number, &Preview { moves: Vec::new(), ..preview }, names);
        self.cases -= 1;
    }

    /// Adds one card that would come, go or change.
    fn count(&mut self, before: Option<Stand>, after: Option<Stand>) {
        let asked = |stand: Option<Stand>| stand.is_some_and(|stand| stand.contested);
        let by = match (before, after) {
            _ if asked(after) && !asked(before) => &mut self.contested,
            (Some(before), Some(after))
                if before.contested && !after.contested && before.card == after.card =>
            {
                &mut self.uncontested
            }
            (None, _) => &mut self.raised,
            (_, None) => &mut self.withdrawn,
            (Some(before), Some(after)) if before.is_over() != after.is_over() => {
                if after.is_over() {
                    &mut self.withdrawn
                } else {
                    &mut self.raised
                }
            }
            (before, after) if after.map(|it| it.card) > before.map(|it| it.card) => &mut self.higher,
            _ => &mut self.lower,
        };
        *by += 1;
        for (at, card) in [lost(after, before), lost(before, after)].into_iter().enumerate() {
            card.iter().for_each(|card| self.by_card[*card as usize][at] += 1);
        }
    }

    /// Adds open findings over many cases that a rule gives up.
    pub fn give_up(&mut self, rule: &str, card: Card, subject: &str) {
        self.withdrawn += 1;
        self.by_card[card as usize][1] += 1;
        if self.first.len() < KEPT {
            let (what, before) = (rules::name(rule), card.text());
            self.first.push(Moved { case: subject.to_owned(), what, before, after: Text::default() });
        }
    }

    /// Adds what rests on a source that is to be read by another mapping.
    pub fn stake(&mut self, at_stake: AtStake) {
        if at_stake.is_any() {
            self.at_stake.push(at_stake);
        }
    }

    /// How many cards would move, or may.
    pub fn moved(&self) -> u64 {
        let may: u64 = self.at_stake.iter().map(AtStake::most).sum();
        let Self { raised, withdrawn, higher, lower, contested, uncontested, withheld, .. } = self;
        raised
            + withdrawn
            + higher
            + lower
            + contested
            + uncontested
            + withheld
            + self.forgone()
            + may
            + self.sources.most()
    }

    /// How many cases it concerns: by their due days, or by their cards where those are more.
    pub fn touched(&self) -> u64 {
        self.due_moved.max(self.moved())
    }

    /// Whether it waits for a person: it would move more than the setting in force so far lets pass, with what passed lately,
    /// or makes that setting laxer, for what may pass unseen is not for the file alone to say; or cases would be judged by nobody,
    /// or twice; or the calendar closes more than a holiday does, be it on days that no case has reached, or letters would leave days
    /// later. What else moves nothing may pass.
    pub fn waits(&self, in_force: ReviewAbove, to_come: ReviewAbove) -> bool {
        let moved = self.moved();
        let too_many = moved > 0 && !in_force.allows(moved + self.let_through, self.open);
        let put_off = self.closes.is_some() || self.unreached.is_some();
        to_come.is_laxer_than(in_force) || too_many || self.sources.waits() || put_off
    }
}

/// The card that stands the one way and not the other.
fn lost(one: Option<Stand>, other: Option<Stand>) -> Option<Card> {
    let not =
        |one: &Stand| other.is_none_or(|other| other.card != one.card || (other.is_over() && !one.is_over()));
    one.filter(not).map(|one| one.card)
}

/// How a card stands, as people read it.
fn words_of(stand: &Stand) -> Text {
    let card = stand.card.text();
    let standing = if stand.contested { Standing::PendingWithdrawal } else { stand.standing };
    if standing == Standing::Open { card } else { say!("effect-standing", card, standing = standing.text()) }
}

#[cfg(test)]
mod tests;
