//! A clock is near its limit, or past it: the card table says which card.

use chrono_tz::Tz;

use super::{CaseView, Property, Rule};
use crate::domain::card::Mode;
use crate::domain::clock::{Act, Reading, State};
use crate::domain::count::working_days_late;
use crate::domain::finding::Breach;
use crate::domain::limit::LimitUnit;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, say};

/// Id of the rule.
pub const ID: &str = "time-limit";

pub(super) const RULE: Rule = Rule {
    id: ID,
    meaning: "A clock (the office's promise, the law's limit) comes near its due moment or passes it; the card \
              table in force says from when and with which card. A case closed in time gets no notice; a case \
              closed late still gets its card.",
    mode: Mode::Auto,
    card: None,
    properties: &[Property::OfClocks],
    judge: Some(judge),
};

/// What is late, or near its limit.
pub fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    matter.clocks.iter().filter_map(|clock| breach(clock, matter)).collect()
}

fn breach(clock: &Reading<'_>, matter: &CaseView<'_>) -> Option<Breach> {
    let card = clock.card?;
    let why = why(clock, matter)?;
    let ongoing = clock.stopped.is_none();
    // A run's lateness is that of the unit that had it when it fell due, and its warning of the one that has it.
    let holder =
        clock.due.filter(|_| clock.late()).map_or(matter.holders.last(), |due| matter.holders.at(due.at));
    let unit = holder.map(str::to_owned);
    Some(Breach { rule: RULE.id, clock: clock.key(), card, ongoing, passed: clock.late(), unit, why })
}

fn why(clock: &Reading<'_>, matter: &CaseView<'_>) -> Option<Text> {
    let (begun, due) = (clock.started?, clock.due?);
    let (name, limit) = (clock.name(), clock.limit.text());
    let until = clock.stopped.map(|(stop, _)| stop).or(clock.paused_since);
    let late_until = until.unwrap_or(Moment::instant(matter.now.instant));
    let late = lateness(days_late(clock, matter.policy.zone, late_until), due.at, late_until);
    if clock.rule.is_counted_back() {
        let known = matter.traces.iter().any(|trace| clock.rule.stops_with(trace));
        let done = until.filter(|_| known).map(|done| say!("time_limit-back_done", done));
        let done = done.unwrap_or_else(|| say!("time_limit-back_open"));
        return Some(say!("time_limit-back", name, event = begun, limit, due = due.at, done));
    }
    let act = Act::of(clock.rule);
    let open = act.pending();
    let what = match clock.state {
        State::MetLate => {
            let (stop, by) = clock.stopped?;
            let (due, stop) = Moment::told_apart(&due.at, &stop);
            say!("time_limit-met_late", name, limit, due, stop, done = act.done(by), late)
        }
        State::Overdue => say!("time_limit-overdue", name, limit, due = due.at, open, late),
        _ => say!("time_limit-running", name, limit, due = near(clock, due.at), open),
    };
    let nothing = || Text::from("");
    let again =
        clock.vain_correction.map(|again| say!("time_limit-in_brackets", words = further_correction(again)));
    let again = again.unwrap_or_else(nothing);
    let provisional = if due.provisional { say!("time_limit-provisional") } else { nothing() };
    let begun = begun.date();
    Some(match clock.deemed {
        None => say!("time_limit-begun", begun, what, again, provisional),
        Some(rule) => say!("time_limit-deemed", begun, basis = &rule.basis, what, again, provisional),
    })
}

/// The day that a warning is given for: the strict one where a fact is doubtful. Beside it stands the later one, unless a pause
/// without end moves that on with every day.
fn near(clock: &Reading<'_>, due: Moment) -> Text {
    let Some(doubt) = &clock.doubt else { return say!("time_limit-due", due) };
    let strict = doubt.earliest.at;
    if clock.paused_since.is_some() {
        return say!("time_limit-due_strictly", strict);
    }
    say!("time_limit-due_both", due, strict)
}

/// That a correction which was asked for once more begins no limit anew, in half a sentence.
pub fn further_correction(again: Moment) -> Text {
    say!("time_limit-again", again)
}

/// Working days from the due day to the moment it was finished, or now; at least 1 once the limit is passed, as a
/// part of a day counts as one.
pub fn days_late(clock: &Reading<'_>, zone: Tz, until: Moment) -> u32 {
    let Some(due) = clock.due.filter(|_| clock.late()) else { return 0 };
    working_days_late(clock.calendar, zone, &due.at, &until).unwrap_or(0).max(1)
}

/// How late it is in words: working days; on the due day itself, where an hour is due, hours and minutes.
pub fn lateness(days: u32, due: Moment, until: Moment) -> Text {
    if due.hour_known() && until.hour_known() && due.date() == until.date() {
        let minutes = (until.at() - due.at()).num_minutes().max(0);
        return match (minutes / 60, minutes % 60) {
            (0, 0) => say!("time_limit-moment"),
            (0, count) => say!("time_limit-minutes", count),
            (count, 0) => say!("time_limit-hours", count),
            (hours, count) => {
                let parts = [say!("time_limit-hours", count = hours), say!("time_limit-minutes", count)];
                Text::list(parts, "list-space")
            }
        };
    }
    LimitUnit::WorkingDays.of(days.into())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;
    use crate::domain::text::Language;

    /// Due at 17:00 and finished at 17:30 of the same day is no working day late.
    #[test]
    fn a_part_of_the_due_day_is_said_in_hours_and_minutes() {
        let at = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let due = at("2026-03-10T17:00:00+08:00");
        let both = [Language::Chinese, Language::English];
        let late = |until: &str, days| both.map(|it| lateness(days, due, at(until)).words(it));
        assert_eq!(late("2026-03-10T17:30:00+08:00", 1), ["30 分钟", "30 minutes"]);
        assert_eq!(late("2026-03-10T19:01:00+08:00", 1), ["2 小时 1 分钟", "2 hours 1 minute"]);
        assert_eq!(late("2026-03-10T17:00:20+08:00", 1), ["不足 1 分钟", "less than a minute"]);
        assert_eq!(late("2026-03-11T09:00:00+08:00", 1), ["1 个工作日", "1 working day"]);
        assert_eq!(late("2026-03-12", 2), ["2 个工作日", "2 working days"]);
    }
}
