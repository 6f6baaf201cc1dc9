//! A record contradicts itself or the registry: it is set aside, and held against nobody.

mod beginning;
mod fault;
mod order;

pub use fault::Fault;
use fault::say;
use std::cmp::Ordering;

use super::Rule;
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::{CaseFile, DATA_FAULT, Doubled, HoldState, Revision, latest, said_before};
use crate::domain::clock::Reading;
use crate::domain::finding::{Breach, Known};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::spot::Place;
use crate::domain::record::{Header, Spoilt, Trace, TraceKind, chronological};
use crate::domain::registry::Item;
use crate::domain::text::{Sentence, Text, say};

pub(in crate::domain) const RULE: Rule = Rule {
    id: DATA_FAULT,
    zh: "数据差错",
    en: "data fault",
    meaning: "A record contradicts itself (closed before it was accepted, a time in the future; what is lawfully planned, see \
              `entered-ahead`, only where that is more than 60 days ahead), names an item or unit that the registry does not \
              know, has a cell or row that cannot be read, or bears a number that another row of the same reading bears too, \
              with another beginning or item, though neither says that it is the later version: each is then timed for \
              itself, the second under the number with its file or a count in brackets. It is to be answered \
              and is reminded of like a card, though it is held against nobody. What contradicts ends no \
              counting: the clocks go on without it and give their cards; other rules wait until the record is \
              mended. A cell that cannot be read costs the cell and not the case: the rest of its row counts, and what was \
              known of the cell stays. An item that the catalogue does not know takes a case from no item: the one known before counts, and \
              without any there is nothing to count by. An acceptance or application that is emptied or typed over, with \
              nothing in its place, counts on until it is put back. A code that the mapping does not know is no \
              fault of the record at first: it goes to the administrators (`unmapped-code`), and the case gets no new \
              yellow or red card for as many days as an answer may take. What is not mapped by then counts as a row \
              that cannot be read.",
    basis: "首批红黄牌多为录入差错（酒泉）；数据差错与超期分开统计",
    mode: Mode::Auto,
    card: Some(Card::Notice),
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
    let mut faults = Vec::new();
    add(policy, (header, item), traces, spoilt, now, &mut faults);
    faults
}

fn add(
    policy: &Policy,
    (header, item): (Option<&Header>, Option<&Item>),
    traces: &[Trace],
    spoilt: &[Spoilt],
    now: &Now,
    faults: &mut Vec<Fault>,
) {
    faults.extend(spoilt.iter().map(unreadable));
    match header {
        None if spoilt.is_empty() => faults.push(say(
            "有办理痕迹，但没有办件基本信息".into(),
            "there are traces, but no record of the case itself".into(),
        )),
        None => {}
        Some(header) => unknown_item(header, item, faults),
    }
    unknown_units(policy, header, traces, faults);
    order::check(traces, faults);
    let latest = latest(now.instant);
    for trace in traces.iter().filter(|trace| trace.occurred.at() > latest) {
        let (zh, when) = (trace.kind.zh(), trace.occurred.to_the_minute());
        faults.push(say(
            format!("{zh}时间 {when} 在将来"),
            format!("the time of `{}`, {when}, lies in the future", trace.kind),
        ));
    }
}

/// What is wrong with a case by all that is known of it: its record, its rows in quarantine, a number that stands twice, a beginning
/// that was taken out.
pub fn of(file: &CaseFile, item: Option<&Item>, policy: &Policy, now: &Now) -> Vec<Fault> {
    // What takes a case off its clocks is named before a word that is typed into every row.
    let mut all: Vec<Fault> = file.beginnings_taken_out().iter().map(beginning::fault).collect();
    add(policy, (file.header.as_ref(), item), &file.traces, &file.spoilt, now, &mut all);
    all.extend(file.doubled.as_ref().map(doubled));
    all
}

/// Whether among the faults that a finding would name is one that a person has not withdrawn with it: that is another finding.
pub fn is_another(faults: &[Fault], known: &Known) -> bool {
    let Some(withdrawn) = &known.withdrawn else { return false };
    let named = faults.iter().filter(|fault| !fault.of_mapping).take(NAMED);
    known.rule == RULE.id && { named }.any(|fault| !withdrawn.words.contains(&*fault.known_by))
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
    let mut faults: Vec<Sentence> = faults
        .iter()
        .filter(|fault| !fault.of_mapping || over.is_some())
        .map(|fault| fault.why.clone())
        .collect();
    if faults.is_empty() {
        return None;
    }
    let more = faults.len().saturating_sub(NAMED);
    faults.truncate(NAMED);
    faults.extend((more > 0).then(|| Sentence {
        zh: format!("另有{more}处，见办件详情"),
        en: format!("{more} more, which `explain` shows"),
    }));
    faults.extend(over.map(HoldState::why));
    let join = |words: fn(&Sentence) -> &str| faults.iter().map(words).collect::<Vec<_>>();
    let why =
        Sentence { zh: join(|fault| &fault.zh).join("；"), en: join(|fault| &fault.en).join("; ") }.into();
    let card = policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    Some(Breach { rule: RULE.id, clock: String::new(), card, ongoing: true, passed: true, unit: None, why })
}

fn unreadable(spoilt: &Spoilt) -> Fault {
    let Spoilt { reason, column, unmapped } = spoilt;
    let placed = reason.zh.split_once('行').filter(|(place, _)| place.contains(" 第"));
    // Its line moves with every row before it.
    let known_by = placed.map_or(&*reason.zh, |(_, what)| what).to_owned();
    let fault = match (column, unmapped) {
        (Some(column), Some(code)) => Fault {
            of_mapping: true,
            ..say(
                format!("有一条记录的一项无法读取：“{column}”列的代码“{code}”没有映射"),
                format!("a cell cannot be read: the code `{code}` of the column `{column}` is not mapped"),
            )
        },
        (Some(_), None) => say(
            format!("有一条记录的一项无法读取：{}", reason.zh),
            format!("a cell cannot be read: {}", reason.en),
        ),
        (None, _) => {
            say(format!("有一条记录无法读取：{}", reason.zh), format!("a row cannot be read: {}", reason.en))
        }
    };
    Fault { known_by, ..fault }
}

/// A number that stands twice: whose correction is whose nobody can say, so each row is timed for itself.
pub fn doubled(doubled: &Doubled) -> Fault {
    let number = &doubled.number;
    let place = |place: &Place, [row, line]: [&str; 2]| match &place.file {
        Some(file) => format!("{file} {}", line.replace("{}", &place.line.to_string())),
        None => row.replace("{}", &place.line.to_string()),
    };
    let places = |words: [&str; 2], join: &str| {
        doubled.places.iter().map(|it| place(it, words)).collect::<Vec<_>>().join(join)
    };
    Fault {
        // Its lines move with every row before them.
        known_by: format!("编号“{number}”在来源中重复"),
        ..say(
            format!("编号“{number}”在来源中重复（{}），各条记录分别计时", places(["第{}条", "第{}行"], "、")),
            format!(
                "the number `{number}` stands twice ({}): each row is timed for itself",
                places(["row {}", "line {}"], ", ")
            ),
        )
    }
}

/// A code that the catalogue does not know: the case is judged by another item, or by none.
fn unknown_item(header: &Header, item: Option<&Item>, faults: &mut Vec<Fault>) {
    if item.is_none_or(|item| item.code != header.item) {
        let code = &header.item;
        faults.push(say(
            format!("事项编码“{code}”不在事项目录中"),
            format!("item `{code}` is not in the catalogue"),
        ));
    }
}

/// Units that the registry does not know, of the case itself and of its events: each once.
fn unknown_units(policy: &Policy, header: Option<&Header>, traces: &[Trace], faults: &mut Vec<Fault>) {
    let named = header.and_then(|header| header.unit.as_deref()).into_iter();
    let named = named.chain(traces.iter().filter_map(|trace| trace.unit.as_deref()));
    let mut unknown: Vec<&str> = Vec::new();
    for code in named {
        if !policy.registry.units.contains_key(code) && !unknown.contains(&code) {
            unknown.push(code);
        }
    }
    faults.extend(unknown.into_iter().map(|code| {
        say(format!("单位编码“{code}”不在单位名录中"), format!("unit `{code}` is not in the registry"))
    }));
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
    let before = |trace: &Trace, start: Option<Moment>| {
        start.is_some_and(|start| trace.occurred.order(&start) == Ordering::Less)
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
