//! A record contradicts itself or the registry: it is set aside, and held against nobody.

use std::cmp::Ordering;

use chrono::Duration;

use super::time_limit::short;
use super::{Breach, Rule, Sentence};
use crate::domain::finding::{Card, Mode};
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::{Header, Trace, TraceKind};
use crate::domain::registry::Item;

pub(super) const RULE: Rule = Rule {
    id: "data-fault",
    zh: "数据差错",
    en: "data fault",
    meaning: "A record contradicts itself (closed before it was accepted, a time in the future, a special \
              procedure that ends before it begins), names an item or unit that the registry does not know, or \
              has a row that cannot be read. Its clocks are not judged until it is mended: a data fault is not \
              delay and is held against nobody.",
    basis: "首批红黄牌多为录入差错（酒泉）；数据差错与超期分开统计",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: |_| Vec::new(),
};

/// How far a source's clock may run ahead of ours before its times count as the future.
const SKEW_MINUTES: i64 = 15;

/// Kinds that cannot come before others: (earlier, later).
const ORDER: [(TraceKind, TraceKind); 5] = [
    (TraceKind::Applied, TraceKind::Accepted),
    (TraceKind::Applied, TraceKind::Closed),
    (TraceKind::Accepted, TraceKind::Decided),
    (TraceKind::Accepted, TraceKind::Closed),
    (TraceKind::Decided, TraceKind::Delivered),
];

/// What is wrong with a case, if anything: every fault, not only the first. `spoilt` are the reasons of its rows
/// now in quarantine, `item` what the catalogue says of its item.
pub fn faults(
    policy: &Policy,
    header: Option<&Header>,
    item: Option<&Item>,
    traces: &[Trace],
    spoilt: &[String],
    now: &Now,
) -> Vec<Sentence> {
    let mut faults: Vec<Sentence> = spoilt
        .iter()
        .map(|reason| say(format!("有一条记录无法读取：{reason}"), format!("a row cannot be read: {reason}")))
        .collect();
    match header {
        None if spoilt.is_empty() => faults.push(say(
            "有办理痕迹，但没有办件基本信息".into(),
            "there are traces, but no record of the case itself".into(),
        )),
        None => {}
        Some(header) => unknown_codes(policy, header, item, &mut faults),
    }
    out_of_order(traces, &mut faults);
    pauses(traces, &mut faults);
    let latest = now.instant + Duration::minutes(SKEW_MINUTES);
    for trace in traces.iter().filter(|trace| trace.occurred.at() > latest) {
        let (zh, when) = (trace.kind.zh(), short(trace.occurred));
        faults.push(say(
            format!("{zh}时间 {when} 在将来"),
            format!("the time of `{}`, {when}, lies in the future", trace.kind),
        ));
    }
    faults
}

/// The breach of a case that has `faults`.
pub fn breach(policy: &Policy, faults: &[Sentence]) -> Option<Breach> {
    let join = |words: fn(&Sentence) -> &str| faults.iter().map(words).collect::<Vec<_>>();
    let why = Sentence { zh: join(|fault| &fault.zh).join("；"), en: join(|fault| &fault.en).join("; ") };
    let card = policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    let breach = Breach { rule: RULE.id, clock: String::new(), card, ongoing: true, passed: true, why };
    (!faults.is_empty()).then_some(breach)
}

fn say(zh: String, en: String) -> Sentence {
    Sentence { zh, en }
}

fn unknown_codes(policy: &Policy, header: &Header, item: Option<&Item>, faults: &mut Vec<Sentence>) {
    if item.is_none() {
        let code = &header.item;
        faults.push(say(
            format!("事项编码“{code}”不在事项目录中"),
            format!("item `{code}` is not in the catalogue"),
        ));
    }
    if let Some(code) = header.unit.as_ref().filter(|code| !policy.registry.units.contains_key(*code)) {
        faults.push(say(
            format!("单位编码“{code}”不在单位名录中"),
            format!("unit `{code}` is not in the registry"),
        ));
    }
}

fn out_of_order(traces: &[Trace], faults: &mut Vec<Sentence>) {
    const NONE: usize = usize::MAX;
    let mut first = [NONE; TraceKind::ALL.len()];
    for (place, trace) in traces.iter().enumerate() {
        let first = &mut first[trace.kind as usize];
        *first = (*first).min(place);
    }
    for (earlier, later) in ORDER {
        // In chronological order nothing lies before what stands before it.
        let (begun, ended) = (first[earlier as usize], first[later as usize]);
        if begun == NONE || ended >= begun {
            continue;
        }
        let (begun, ended) = (traces[begun].occurred, traces[ended].occurred);
        if ended.order(&begun) == Ordering::Less {
            let (begun, ended) = (short(begun), short(ended));
            faults.push(say(
                format!("{}时间 {ended} 早于{}时间 {begun}", later.zh(), earlier.zh()),
                format!("`{later}` at {ended} lies before `{earlier}` at {begun}"),
            ));
        }
    }
}

/// Special procedures begin and end in turn.
fn pauses(traces: &[Trace], faults: &mut Vec<Sentence>) {
    let mut open = false;
    for trace in traces {
        match (trace.kind, open) {
            (TraceKind::Paused, true) => {
                let when = short(trace.occurred);
                faults.push(say(
                    format!("特别程序 {when} 再次开始，而上一次尚未结束"),
                    format!("a special procedure begins at {when} while another is still open"),
                ));
            }
            (TraceKind::Resumed, false) => {
                let when = short(trace.occurred);
                faults.push(say(
                    format!("特别程序 {when} 结束，却没有开始记录"),
                    format!("a special procedure ends at {when} without having begun"),
                ));
            }
            (TraceKind::Paused, false) => open = true,
            (TraceKind::Resumed, true) => open = false,
            _ => {}
        }
    }
}
