//! A limit hangs on a fact that the record does not show beyond doubt.

use std::cmp::Ordering;

use super::time_limit::short;
use super::{Breach, Matter, Rule, Sentence};
use crate::domain::clock::{Doubt, Reading};
use crate::domain::finding::{Card, Mode};

pub(super) const RULE: Rule = Rule {
    id: "doubtful-fact",
    zh: "计时依据存疑",
    en: "doubtful fact",
    meaning: "A limit ends on one of two days, as a fact on record can be read in two ways: a special procedure \
              without its cause, its written notice or its end, an extension without an approver or granted after \
              the limit had passed, a start without an hour for a limit in office hours. Notices go by the earlier \
              day, cards by the later. It stands while the difference matters, and falls when the record is mended.",
    basis: "《行政许可法》第四十二条、第四十五条：延期须经批准，特别程序所需时间须书面告知；疑点不利于当事人的，从宽认定",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge,
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    matter.clocks.iter().filter_map(|clock| breach(clock, matter)).collect()
}

/// The difference matters while the clock runs, and where it stopped between the two days. That nobody noted the hour
/// matters only then: of a source that never does every case would have to be told.
fn breach(clock: &Reading<'_>, matter: &Matter<'_>) -> Option<Breach> {
    let (doubt, due) = (clock.doubt.as_ref()?, clock.due?);
    let matters = match clock.stopped {
        Some((stop, _)) => stop.order(&doubt.earliest.at) == Ordering::Greater,
        None => doubt.reasons.iter().any(|reason| !matches!(reason, Doubt::Hour { .. })),
    };
    if !matters || clock.late() {
        return None;
    }
    let card = matter.policy.rules.get(RULE.id).map_or(Card::Notice, |setting| setting.card);
    let why = |chinese: bool| -> String {
        let list = |words: Vec<String>| words.join(if chinese { "；" } else { "; " });
        let reasons = list(doubt.reasons.iter().map(|reason| reason.words(chinese)).collect());
        let mut remedies: Vec<String> =
            doubt.reasons.iter().map(|reason| reason.remedy(chinese).to_owned()).collect();
        remedies.dedup();
        let (name, remedies) = (clock.name(chinese), list(remedies));
        let (earliest, latest) = (short(doubt.earliest.at), short(due.at));
        if chinese {
            format!("{name}：{reasons}。从严 {earliest} 到期，从宽 {latest} 到期；预警从严，发牌从宽。请{remedies}")
        } else {
            format!(
                "{name}: {reasons}. Due {earliest} read strictly, {latest} read leniently; notices go by the first, \
                 cards by the second. Please {remedies}"
            )
        }
    };
    let why = Sentence { zh: why(true), en: why(false) };
    Some(Breach { rule: RULE.id, clock: clock.key(), card, ongoing: true, passed: false, why })
}
