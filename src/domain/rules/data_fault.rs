//! A record contradicts itself or the registry: it is set aside, and held against nobody.

mod beginning;
mod crowded;
mod fault;
mod order;

pub use fault::Fault;
use fault::fault;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{
    CaseFile, DATA_FAULT, Doubled, HoldState, Revision, latest, said_before, unbegun,
};
use crate::domain::clock::Reading;
use crate::domain::finding::{Breach, Known};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::spot::Place;
use crate::domain::record::terms::SourceTerms;
use crate::domain::record::{Header, Spoilt, Trace, TraceKind, chronological};
use crate::domain::registry::Item;
use crate::domain::text::{Kept, Language, Sentence, Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: DATA_FAULT,
    meaning: "A record contradicts itself (closed before it was accepted, a time in the future; what is lawfully planned, see \
              `entered-ahead`, only where that is more than 60 days ahead), names an item or unit that the registry does not \
              know, has a cell or row that cannot be read, or bears a number that another row of the same reading bears too, \
              with another beginning or item, though neither says that it is the later version: each is then timed for \
              itself, the second under the number with its file or a count in brackets. It is to be answered \
              and is reminded of like a card, though it is held against nobody. Where the case is late or nearly so, a limit of it having \
              given a notice or a card, its supervisors are told too, once for each fault; of more than 20 such cases of one source \
              all supervisors and the administrators are told together. What contradicts ends no \
              counting: the clocks go on without it and give their cards; other rules wait until the record is \
              mended. A cell that cannot be read costs the cell and not the case: the rest of its row counts, and what was \
              known of the cell stays. An item that the catalogue does not know takes a case from no item: the one known before counts, and \
              without any there is nothing to count by. An acceptance or application that is emptied or typed over, with \
              nothing in its place, counts on until it is put back; one that never was is named when the case is decided or closed, where one row \
              tells of both. Of more than 300 traces of one kind, steps aside, \
              the first 300 count, and a case has 20,000 traces at most, beside what begins or ends it. A code that the mapping does not know is no \
              fault of the record at first: it goes to the administrators (`unmapped-code`), and the case gets no new \
              yellow or red card for as many days as an answer may take. What is not mapped by then counts as a row \
              that cannot be read.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[Property::AsksForAnswer, Property::Uncounted, Property::NamesClockOfCase],
    judge: None,
};

/// Faults of a case that its finding names one by one: a word typed into every row of a case is told in a few lines.
const NAMED: usize = 5;

/// What is wrong with a case, if anything: every fault, not only the first. `item` is the one by which it is judged, `spoilt` are its
/// rows now in quarantine.
pub fn faults(
    policy: &Policy,
    (header, item): (Option<&Header>, Option<&Item>),
    traces: &[Trace],
    spoilt: &[Spoilt],
    now: &Now,
) -> Vec<Fault> {
    let mut faults: Vec<Fault> = spoilt.iter().map(unreadable).collect();
    match header {
        None if spoilt.is_empty() => faults.push(fault(say!("data_fault-no_header"))),
        None => {}
        Some(header) => unknown_item(header, item, &mut faults),
    }
    unknown_units(policy, header, traces, &mut faults);
    crowded::check(traces, &mut faults);
    order::check(traces, &mut faults);
    let latest = latest(now.instant);
    for trace in traces.iter().filter(|trace| trace.occurred.at() > latest && !trace.entry.clock_ahead) {
        faults.push(fault(say!("data_fault-future", kind = trace.kind.text(), when = trace.occurred)));
    }
    faults
}

/// What is wrong with a case by all that is known of it: its record, its rows in quarantine, a number that stands twice, a beginning
/// that was taken out.
pub fn of(file: &CaseFile, item: Option<&Item>, policy: &Policy, now: &Now) -> Vec<Fault> {
    // What takes a case off its clocks is named before a word that is typed into every row.
    let mut all: Vec<Fault> = file.beginnings_taken_out().iter().map(beginning::fault).collect();
    all.extend(faults(policy, (file.header.as_ref(), item), &file.traces, &file.spoilt, now));
    all.extend(file.doubled.as_ref().map(doubled));
    let source = file.unbegun_in.as_ref().and_then(|name| policy.sources.get(name));
    let row_tells = source.is_some_and(SourceTerms::tells_from_beginning_to_end);
    let ended = unbegun(&file.traces).filter(|_| row_tells && file.beginnings_taken_out().is_empty());
    all.extend(
        ended.map(|end| fault(say!("data_fault-unbegun", kind = end.kind.text(), when = end.occurred))),
    );
    all
}

/// Whether among the faults that a finding would name is one that a person has not withdrawn with it: that is another finding.
pub fn is_another(faults: &[Fault], known: &Known) -> bool {
    let Some(withdrawn) = &known.withdrawn else { return false };
    known.rule == RULE.id && says_more(faults, &withdrawn.words)
}

/// Whether among the faults that a finding would name is one of which `words`, in Chinese, say nothing.
pub fn says_more(faults: &[Fault], words: &str) -> bool {
    let mut named = faults.iter().filter(|fault| !fault.of_mapping).take(NAMED);
    named.any(|fault| !words.contains(&*fault.known_by.words(Language::Chinese)))
}

/// The traces by which a case with faults is timed: with a beginning that was taken out, and without what contradicts.
pub fn timed_by(file: &CaseFile, now: &Now) -> Vec<Trace> {
    let taken_out = file.beginnings_taken_out();
    if taken_out.is_empty() {
        return sound(&file.traces, &file.revisions, now);
    }
    let traces: Vec<Trace> = file.traces.iter().cloned().chain(taken_out).collect();
    sound(&traces, &file.revisions, now)
}

/// The breach of a case that has `faults`: those of its record, and codes that the mapping does not know no longer than its hold
/// lasts.
pub fn breach(policy: &Policy, faults: &[Fault], hold: Option<HoldState>) -> Option<Breach> {
    let over = hold.filter(|hold| !hold.is_held());
    let mut faults: Vec<Text> = faults
        .iter()
        .filter(|fault| !fault.of_mapping || over.is_some())
        .map(|fault| fault.why.clone())
        .collect();
    if faults.is_empty() {
        return None;
    }
    let more = faults.len().saturating_sub(NAMED);
    faults.truncate(NAMED);
    faults.extend((more > 0).then(|| say!("data_fault-more", more)));
    faults.extend(over.map(HoldState::why));
    let why = Text::list(faults, "list-semicolon");
    let card = policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    Some(Breach { rule: RULE.id, clock: String::new(), card, ongoing: true, passed: true, unit: None, why })
}

fn unreadable(spoilt: &Spoilt) -> Fault {
    let Spoilt { reason, column, unmapped } = spoilt;
    let shown = without_value(reason);
    // What it is told by: the content of the cell is not, and other garbage in it is no other fault.
    let said = &shown.words.zh;
    let placed = said.split_once('行').filter(|(place, _)| place.contains(" 第"));
    // Its line moves with every row before it.
    let known_by = Text::from(placed.map_or(&**said, |(_, what)| what));
    let (of_mapping, why) = match (column, unmapped) {
        (Some(column), Some(code)) => (true, say!("data_fault-unmapped", column, code)),
        (Some(_), None) => (false, say!("data_fault-cell", reason = shown)),
        (None, _) => (false, say!("data_fault-row", reason = shown)),
    };
    Fault { why, of_mapping, known_by }
}

/// A reason without what stands in the cell: that is for whoever mends it, and in no mail.
fn without_value(reason: &Kept) -> Kept {
    let cut = |text: &str, (before, after): (&str, char), place: &str, words: &str| {
        let (head, rest) = text.split_once(before)?;
        let (_, rest) = rest.rsplit_once(after)?;
        Some(format!("{head}{place}{words}{rest}"))
    };
    // Said once: a case may have many such rows, and judging makes no words.
    static CONTENT: LazyLock<(Text, Sentence)> = LazyLock::new(|| {
        let content = say!("data_fault-content");
        let words = content.sentence();
        (content, words)
    });
    let (content, Sentence { zh: content_zh, en: content_en }) = &*CONTENT;
    let Sentence { zh, en } = &reason.words;
    let words = Sentence {
        zh: cut(zh, ("列：“", '”'), "列：", content_zh).unwrap_or_else(|| zh.clone()),
        en: cut(en, ("`: `", '`'), "`: ", content_en).unwrap_or_else(|| en.clone()),
    };
    Kept { words, text: reason.text.clone().map(|text| text.with("cell-quoted", content)) }
}

/// A number that stands twice: whose correction is whose nobody can say, so each row is timed for itself.
pub fn doubled(doubled: &Doubled) -> Fault {
    let number = &doubled.number;
    let place = |place: &Place| match &place.file {
        Some(file) => say!("data_fault-line", file = &**file, line = place.line),
        None => say!("data_fault-number", row = place.line),
    };
    let places = Text::list(doubled.places.iter().map(place), "list-comma");
    Fault {
        // Its lines move with every row before them.
        known_by: say!("data_fault-twice", number),
        ..fault(say!("data_fault-doubled", number, places))
    }
}

/// A code that the catalogue does not know: the case is judged by another item, or by none.
fn unknown_item(header: &Header, item: Option<&Item>, faults: &mut Vec<Fault>) {
    if item.is_none_or(|item| item.code != header.item) {
        faults.push(fault(say!("data_fault-item", code = &header.item)));
    }
}

/// Units that the registry does not know, of the case itself and of its events: each once.
fn unknown_units(policy: &Policy, header: Option<&Header>, traces: &[Trace], faults: &mut Vec<Fault>) {
    let named = header.and_then(|header| header.unit.as_deref()).into_iter();
    let named = named.chain(traces.iter().filter_map(|trace| trace.unit.as_deref()));
    let mut met = HashSet::new();
    let unknown = named.filter(|code| !policy.registry.units.contains_key(*code) && met.insert(*code));
    faults.extend(unknown.map(|code| fault(say!("data_fault-unit", code))));
}

/// What is left of a case's traces, in chronological order, without those that contradict: times in the future, for which what
/// was said before stands, and ends that lie before what they end. An absurd record ends no counting.
pub fn sound(traces: &[Trace], revisions: &[Revision], now: &Now) -> Vec<Trace> {
    use TraceKind::{Accepted, Applied, Closed, Decided, Delivered, SupplementRequested};
    let latest = latest(now.instant);
    let past = |trace: &&Trace| trace.occurred.at() <= latest;
    let mut sound: Vec<Trace> = traces
        .iter()
        .filter_map(|trace| {
            Some(trace).filter(past).or_else(|| said_before(trace, revisions.iter()).find(past))
        })
        .cloned()
        .collect();
    chronological(&mut sound);
    crowded::keep_the_first(&mut sound);
    let before = |trace: &Trace, start: Option<Moment>| {
        start.is_some_and(|start| trace.occurred.is_surely_before(&start))
    };
    let first = |traces: &[Trace], kinds: &[TraceKind]| {
        traces.iter().find(|trace| kinds.contains(&trace.kind)).map(|trace| trace.occurred)
    };
    let applied = first(&sound, &[Applied]);
    let (begun, any) = (first(&sound, &[Accepted]).or(applied), first(&sound, &[Applied, Accepted]));
    sound.retain(|trace| match trace.kind {
        Decided | Closed => !before(trace, begun),
        SupplementRequested => !before(trace, applied),
        kind if order::ENDS.contains(&kind) => !before(trace, any),
        _ => true,
    });
    let decided = first(&sound, &[Decided]);
    sound.retain(|trace| trace.kind != Delivered || !before(trace, decided));
    sound
}

/// When the clocks of a case would end by what is left of its record, for the words of the fault.
pub fn with_days(breach: Breach, clocks: &[Reading<'_>]) -> Breach {
    Breach { why: meanwhile(breach.why, say!("meanwhile-mended"), clocks), ..breach }
}

/// Adds the days on which the running clocks of a case end, behind what they go by meanwhile.
pub(super) fn meanwhile(why: Text, by: Text, clocks: &[Reading<'_>]) -> Text {
    let running = clocks.iter().filter(|clock| clock.stopped.is_none() && !clock.rule.is_counted_back());
    let due = |clock: &Reading<'_>| Some(say!("meanwhile-due", name = clock.name(), day = clock.due?.at));
    let days: Vec<Text> = running.filter_map(due).collect();
    if days.is_empty() { why } else { say!("meanwhile", why, by, days = Text::list(days, "list-comma")) }
}
