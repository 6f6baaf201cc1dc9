//! A record says that it was entered at a time at which it was not there yet, or keeps a limit that had passed when it was not there.

use super::gained::{Gained, gained};
use super::{CaseView, Property, Rule, late_entry};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::latest;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::columns::is_before_it_happened;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "backdated-entry",
    meaning: "A trace says that it was entered (`recorded`) more than a working day (`within` of late-entry) before the last reading \
              of its source in which it was not there, less the source's `lag`. Or the limit that it keeps had passed by that \
              reading, and nobody had been told of it yet: then a quarter of an hour is enough, and where nothing says when it was \
              entered, it is one that says to have happened more than a working day before that reading. Or it is an extension, or begins \
              a special procedure or correction, was entered more than a working day after it happened, without a time of entry or in a case that came with \
              the first reading, and put off a limit that was over by then, on its last working day or on the one before, though nobody \
              had been told of a card. Where it would \
              lift a card, it counts as entered no earlier than that reading. An entry before what happened cannot be, and is a \
              remark on its source; and a beginning, or an end of a special procedure or correction, that was there with a later time is \
              only corrected (`changed-after-fact`).",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::NeedsWitness],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let found = matter.traces.iter().find_map(|trace| Some((trace, false_entry(matter, trace)?)));
    let found = found.or_else(|| moved_late(matter));
    found.map_or_else(Vec::new, |(trace, why)| matter.found_at(&RULE, trace, why))
}

/// What was entered late and moved a limit at its end. Where its time of entry is known `late-entry` says so, but of a case that came
/// with the first reading.
fn moved_late<'m>(matter: &'m CaseView<'_>) -> Option<(&'m Trace, Text)> {
    let unsaid = |it: &Gained<'_>| it.trace.recorded.is_none() || matter.first_seen.is_none();
    let Gained { trace, clock, due } = gained(matter).into_iter().find(unsaid)?;
    let (kind, when, entry, name) =
        (trace.kind.text(), trace.occurred, matter.entry_words(trace), clock.name());
    Some((trace, say!("backdated_entry-moves", kind, when, entry, name, due)))
}

fn false_entry(matter: &CaseView<'_>, trace: &Trace) -> Option<Text> {
    let unseen = trace.entry.unseen_at?;
    let before = matter.said_before(trace);
    let keeps_in_time = || before.is_none() && matter.keeps_in_time(trace, unseen);
    if before.is_some_and(|before| can_only_lose(before, trace)) && !matter.keeps_in_time(trace, unseen) {
        return None;
    }
    if let Some(said) = trace.recorded.filter(|said| !is_before_it_happened(trace.occurred, *said)) {
        // An exchange of the night that nobody has set a lag for is no lie: what moves no limit has a working day.
        let is_false =
            late_entry::is_late(matter, said, unseen) || (is_sooner(said, unseen) && keeps_in_time());
        return is_false.then(|| false_words(trace, before, said, unseen));
    }
    let unsaid = trace.recorded.is_none() && trace.occurred.order(&unseen).is_lt();
    let is_false = unsaid && keeps_in_time() && late_entry::is_late(matter, trace.occurred, unseen);
    is_false.then(|| unsaid_words(trace, unseen))
}

fn false_words(trace: &Trace, before: Option<&Trace>, said: Moment, unseen: Moment) -> Text {
    let (kind, when, read) = (trace.kind.text(), trace.occurred, unseen);
    match before.filter(|before| before.kind == trace.kind) {
        Some(before) => {
            let (when, before) = Moment::told_apart(&when, &before.occurred);
            say!("backdated_entry-changed", kind, when, said, read, before)
        }
        None => say!("backdated_entry", kind, when, said, read),
    }
}

fn unsaid_words(trace: &Trace, unseen: Moment) -> Text {
    say!("backdated_entry-unsaid", kind = trace.kind.text(), when = trace.occurred, read = unseen)
}

/// Whether a trace that was there got nothing but an earlier time, by which its case is due earlier: whoever corrects that hides nothing,
/// and an entry's own time does not move with it. That it was changed is found for itself.
fn can_only_lose(before: &Trace, now: &Trace) -> bool {
    use TraceKind::{Accepted, Applied, Resumed, SupplementReceived};
    [Applied, Accepted, Resumed, SupplementReceived].contains(&now.kind)
        && (before.kind, before.recorded) == (now.kind, now.recorded)
        && now.occurred.order(&before.occurred).is_lt()
}

/// Whether one moment lies before another by more than clocks may differ.
fn is_sooner(said: Moment, unseen: Moment) -> bool {
    if said.hour_known() { latest(said.at()) < unseen.at() } else { said.date() < unseen.date() }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// By as much as clocks may differ nothing is sooner, by a second more it is; of a day without an hour, the day before.
    #[test]
    fn what_clocks_may_differ_by_is_not_sooner() {
        let unseen = Moment::parse("2011-10-12T09:00:00+08:00", Shanghai).unwrap();
        let skew = latest(unseen.at()) - unseen.at();
        let sooner =
            |second: i64| is_sooner(Moment::instant(unseen.at() - skew + TimeDelta::seconds(second)), unseen);
        assert_eq!([-1, 0, 1].map(sooner), [true, false, false]);
        let days = ["2011-10-11", "2011-10-12", "2011-10-13"];
        assert_eq!(
            days.map(|day| is_sooner(Moment::parse(day, Shanghai).unwrap(), unseen)),
            [true, false, false]
        );
    }
}
