//! Cards that running clocks have still to give, and that another policy would not give, or only later: it does not supervise the
//! case, does not issue by itself what comes of its clocks, counts them otherwise, or lets rows to come end or put them off.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use super::case_view::mode;
use super::judgement::{CaseState, Judgement};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::CaseFile;
use crate::domain::clock::{Reading, State};
use crate::domain::finding::Standing;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::rules::time_limit;

/// By so many days calendars may put a card off without a person's leave, all of them together since a person last adopted what
/// judges: the longest holiday and what lies beside it. A card that is put off by more is one that the yearly notice does not put off.
pub const HOLIDAY_DAYS: i64 = 10;

/// Why the cards of a case's clocks would not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It began before the first day of supervision.
    NotSupervised,
    /// They would wait for a supervisor to release them.
    Review,
    /// The rule would not be run.
    Off,
    /// No clock would give them: none runs, or the card table has no line for them.
    Dropped,
    /// They would come later.
    Later,
    /// They would come later, and by more than a holiday than by the calendar that a person last adopted.
    Crept,
    /// Rows to come could take them away or put them off, which could not so far.
    WayOut,
}

/// A card that a clock has still to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// Key of the clock's run.
    pub clock: String,
    /// The card.
    pub card: Card,
    /// The day on which it would be given and the later one, where it is put off; for what crept, by the calendar last adopted.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// What a case would lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub why: Why,
    /// The cards, by their clocks.
    pub cards: Vec<Awaited>,
}

/// A policy, and up to when it believes the source of a case.
pub type By<'a> = (&'a Policy, Option<DateTime<FixedOffset>>);

/// The old policy over other calendars than its own, where the new one counts by other days.
#[derive(Debug, Clone, Copy, Default)]
pub struct Calendars<'a> {
    /// Over those of the new policy.
    pub then: Option<&'a Policy>,
    /// Over those that a person last adopted, or by which the ledger began.
    pub adopted: Option<&'a Policy>,
}

/// What judged a case, and what came of it.
pub(super) type Judged<'a> = (By<'a>, &'a Judgement<'a>);

/// What a case would lose of the cards that its running clocks have still to give; `None`: nothing. What the calendar alone puts
/// off a little is no loss. `over`: how the old policy judges the case over other `calendars`.
pub(super) fn lost<'a>(
    (file, now): (&CaseFile, &Now),
    (old, judged): Judged<'_>,
    (new, anew): Judged<'_>,
    calendars: Calendars<'a>,
    over: impl Fn(&'a Policy) -> Judgement<'a>,
) -> Option<Lost> {
    let (before, after) = (mode(old.0, time_limit::ID), mode(new.0, time_limit::ID));
    let first = judged.active.map(|(first, _)| first);
    if before == Mode::Off || !old.0.supervises(first) {
        return None;
    }
    let highest = |clock: &Reading<'_>| {
        let card = clock.highest_to_come()?;
        Some(Awaited { clock: clock.key(), card, days: None })
    };
    let all = |why, clocks: &mut dyn Iterator<Item = &Reading<'_>>| {
        let cards: Vec<Awaited> = clocks.filter_map(highest).collect();
        (!cards.is_empty()).then_some(Lost { why, cards })
    };
    let mut clocks = judged.clocks.iter();
    if !new.0.supervises(first) {
        return all(Why::NotSupervised, &mut clocks);
    }
    if after == Mode::Off {
        return all(Why::Off, &mut clocks);
    }
    let held_back =
        (after > before).then(|| all(Why::Review, &mut clocks.filter(|clock| !goes_on(file, clock))));
    held_back.flatten().or_else(|| {
        let shift = believed(old, now) - believed(new, now);
        let found = compared(&judged.clocks, &anew.clocks, shift);
        let level = calendars.then.filter(|_| !found.is_empty()).map(&over);
        let rest = level.map(|level| compared(&level.clocks, &anew.clocks, shift));
        let (counted, little): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|it| counts(it, rest.as_deref()));
        let adopted = calendars.adopted.filter(|_| !little.is_empty()).map(&over);
        let crept = adopted.map(|adopted| crept(little, &adopted.clocks)).unwrap_or_default();
        worst(counted.into_iter().chain(crept)).or_else(|| {
            let open = ways_out(file, (old.0, judged), (new.0, anew), now)?;
            Some(Lost { why: Why::WayOut, cards: open.into_iter().filter_map(highest).collect() })
        })
    })
}

/// The running clocks to which rows to come could do what they could not so far; `None`: there is no such clock, and the case does
/// not wait for the meaning of a code either, for longer than so far.
fn ways_out<'j, 'a>(
    file: &CaseFile,
    (old, judged): (&Policy, &'j Judgement<'a>),
    (new, anew): (&Policy, &Judgement<'_>),
    now: &Now,
) -> Option<Vec<&'j Reading<'a>>> {
    let mut laxer = new.laxer_than(old);
    let item = file.header.as_ref().and_then(|header| new.registry.items.get(&header.item));
    laxer.pauses |= item.is_some_and(|item| new.clauses_leave_out_more(old, item, now.today()));
    let opens = |clock: &&Reading<'_>| {
        let mut heirs = heirs(clock, &judged.clocks, &anew.clocks).peekable();
        let opens = |heir: &Reading<'_>| {
            heir.rule.opens_beside(clock.rule) || (laxer.pauses && heir.rule.pauses.is_some())
        };
        is_running(clock) && heirs.peek().is_some() && (laxer.wait || heirs.all(opens))
    };
    let clocks: Vec<&Reading<'_>> = judged.clocks.iter().filter(opens).collect();
    let waits = laxer.wait && judged.state == CaseState::Fault;
    (waits || !clocks.is_empty()).then_some(clocks)
}

fn is_running(clock: &Reading<'_>) -> bool {
    matches!(clock.state, State::Running | State::Paused | State::Overdue)
}

/// Up to when a source is believed.
fn believed((_, until): By<'_>, now: &Now) -> DateTime<FixedOffset> {
    until.unwrap_or(now.instant)
}

/// Whether a card of the clock is open: what was issued once does not go back to wait when it becomes graver.
fn goes_on(file: &CaseFile, clock: &Reading<'_>) -> bool {
    let of_it = |rule: &str, key: &str| rule == time_limit::ID && clock.has_key(key);
    file.known.iter().any(|known| known.standing == Standing::Open && of_it(&known.rule, &known.clock))
}

/// A card that would come later or, without days, never.
type Found = (Why, Awaited);

/// The cards that the one set of clocks has still to give, and the other only later or never. What passing time gives is believed
/// so much later then (`shift`). A warning that comes later is no loss, but one that never comes is.
fn compared(clocks: &[Reading<'_>], others: &[Reading<'_>], shift: TimeDelta) -> Vec<Found> {
    let mut found = Vec::new();
    for clock in clocks {
        for (card, from) in clock.cards_to_come() {
            let awaited = |days| Awaited { clock: clock.key(), card, days };
            match comes(clock, (card, from), clocks, others) {
                Comes::Given => {}
                Comes::Never => found.push((Why::Dropped, awaited(None))),
                Comes::From(then) => {
                    let days = (from.date_naive(), (then + shift).date_naive());
                    if card > Card::Notice && days.1 > days.0 {
                        found.push((Why::Later, awaited(Some(days))));
                    }
                }
            }
        }
    }
    found
}

/// When another set of clocks gives a card.
enum Comes {
    /// It gives it now.
    Given,
    /// From then on, if nothing happens before.
    From(DateTime<FixedOffset>),
    Never,
}

/// When a card of a clock comes by other clocks, or a graver one no later: by the run with its key, else by one that takes its
/// place.
fn comes(
    clock: &Reading<'_>,
    (card, from): (Card, DateTime<FixedOffset>),
    clocks: &[Reading<'_>],
    others: &[Reading<'_>],
) -> Comes {
    let mut first = Comes::Never;
    for heir in heirs(clock, clocks, others) {
        if heir.card >= Some(card) {
            return Comes::Given;
        }
        let counts = |(it, at): &(Card, _)| *it == card || (*it > card && *at <= from);
        let at = heir.cards_to_come().filter(counts).map(|(_, at)| at).min();
        first = match (first, at) {
            (Comes::From(earlier), Some(at)) => Comes::From(earlier.min(at)),
            (_, Some(at)) => Comes::From(at),
            (first, None) => first,
        };
    }
    first
}

/// What another set of clocks has in the place of a clock: the run with its key, else those that begin with it and are new.
fn heirs<'o, 'a>(
    clock: &Reading<'_>,
    clocks: &[Reading<'_>],
    others: &'o [Reading<'a>],
) -> impl Iterator<Item = &'o Reading<'a>> {
    let known = |key: &str, among: &[Reading<'_>]| among.iter().any(|it| it.has_key(key));
    let key = clock.key();
    let stays = known(&key, others);
    others.iter().filter(move |other| {
        let successor = || !known(&other.key(), clocks) && other.started == clock.started;
        if stays { other.has_key(&key) } else { successor() }
    })
}

/// Whether a loss counts: one that the calendar alone does not bring, or that puts a card off by more than a holiday.
fn counts((why, it): &Found, by_calendar: Option<&[Found]>) -> bool {
    let far = it.days.is_some_and(is_far);
    let same = |(other, that): &Found| other == why && (&that.clock, that.card) == (&it.clock, it.card);
    far || by_calendar.is_none_or(|rest| rest.iter().any(same))
}

fn is_far((before, after): (NaiveDate, NaiveDate)) -> bool {
    (after - before).num_days() > HOLIDAY_DAYS
}

/// Of cards that a calendar puts off a little, those that come far later than by the calendar that was last adopted: small steps
/// add up. They may be due by that one.
fn crept(little: Vec<Found>, adopted: &[Reading<'_>]) -> Vec<Found> {
    let far = |(_, it): Found| {
        let clock = adopted.iter().find(|clock| clock.has_key(&it.clock))?;
        let from = clock.cards().filter(|(card, _)| *card >= it.card).map(|(_, from)| from).min()?;
        let days = (from.date_naive(), it.days?.1);
        is_far(days).then_some((Why::Crept, Awaited { days: Some(days), ..it }))
    };
    little.into_iter().filter_map(far).collect()
}

/// The losses of the gravest kind: a case counts once.
fn worst(found: impl Iterator<Item = Found>) -> Option<Lost> {
    let mut found: Vec<Found> = found.collect();
    let gravest = |why| found.iter().any(|(of, _)| *of == why);
    let why = [Why::Dropped, Why::Later, Why::Crept].into_iter().find(|why| gravest(*why))?;
    found.retain(|(of, _)| *of == why);
    Some(Lost { why, cards: found.into_iter().map(|(_, awaited)| awaited).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten days later is a holiday, eleven are not.
    #[test]
    fn more_than_a_holiday_is_far() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let far =
            ["2011-10-10", "2011-10-11", "2011-10-12"].map(|after| is_far((day("2011-10-01"), day(after))));
        assert_eq!((HOLIDAY_DAYS, far), (10, [false, false, true]));
    }
}
