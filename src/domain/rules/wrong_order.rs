//! Stages left their traces in another order than the catalogue's.

use super::time_limit::short;
use super::{Breach, Matter, Rule, Sentence};
use crate::domain::finding::{Card, Mode};

pub(super) const RULE: Rule = Rule {
    id: "wrong-order",
    zh: "环节次序不符",
    en: "wrong order",
    meaning: "A stage of the catalogue left its first trace before the stage that comes before it.",
    basis: "固化流转环节（徐州）；环节次序由本规则推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge,
};

fn judge(matter: &Matter<'_>) -> Vec<Breach> {
    let mut last = None;
    let mut swapped = Vec::new();
    for stage in &matter.item.stages {
        let Some(trace) = matter.traces.iter().find(|trace| trace.is_of_stage(&stage.name)) else { continue };
        if let Some((before, at)) = last
            && trace.occurred.order(&at).is_lt()
        {
            swapped.push((before, short(at), stage.name.as_str(), short(trace.occurred)));
        }
        last = Some((stage.name.as_str(), trace.occurred));
    }
    if swapped.is_empty() {
        return Vec::new();
    }
    let words = |zh: bool| {
        let one = |(before, at, after, when): &(&str, String, &str, String)| match zh {
            true => format!("“{after}”（{when}）早于“{before}”（{at}）"),
            false => format!("“{after}” ({when}) lies before “{before}” ({at})"),
        };
        swapped.iter().map(one).collect::<Vec<_>>().join(if zh { "；" } else { "; " })
    };
    matter.found(&RULE, Sentence { zh: words(true), en: words(false) })
}
