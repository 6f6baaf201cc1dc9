//! Stages left their traces in another order than the catalogue's.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::Trace;
use crate::domain::registry::{Name, Stage};
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "wrong-order",
    zh: "环节次序不符",
    en: "wrong order",
    meaning: "A stage of the catalogue left its first trace before the stage that comes before it, or more than one \
              was taken of stages of which only one is to be (`现场核查|书面核查`).",
    basis: "固化流转环节（徐州）；环节次序由本规则推定",
    mode: Mode::Review,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let mut last: Option<(&Stage, Moment)> = None;
    let mut wrong: Vec<Sentence> = Vec::new();
    let mut fact: Option<&Trace> = None;
    for stage in &matter.item.stages {
        let Some(trace) = matter.traces.iter().find(|trace| stage.left(trace)) else { continue };
        if let Some((before, at)) = &last
            && trace.occurred.order(at).is_lt()
        {
            let (before, name) = (before.name(), stage.name());
            let (at, when) = (at.to_the_minute(), trace.occurred.to_the_minute());
            fact = Some(trace);
            wrong.push(Sentence {
                zh: format!("“{name}”（{when}）早于“{before}”（{at}）"),
                en: format!("“{name}” ({when}) lies before “{before}” ({at})"),
            });
        }
        last = Some((stage, trace.occurred));
        if stage.names.len() == 1 {
            continue;
        }
        let taken = |one: &&Name| matter.traces.iter().any(|trace| one.left(trace));
        let taken: Vec<&str> = stage.names.iter().filter(taken).map(Name::as_str).collect();
        if taken.len() > 1 {
            fact = Some(trace);
            wrong.push(Sentence {
                zh: format!("“{}”只应办理其一", taken.join("”、“")),
                en: format!("only one of “{}” is to be taken", taken.join("”, “")),
            });
        }
    }
    let Some(fact) = fact else { return Vec::new() };
    let words = |zh: bool, between| wrong.iter().map(|it| it.words(zh)).collect::<Vec<_>>().join(between);
    matter.found_at(&RULE, fact, Sentence { zh: words(true, "；"), en: words(false, "; ") })
}
