//! Stages left their traces in another order than the catalogue's.

use super::{CaseView, Property, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::record::Trace;
use crate::domain::registry::{Name, Stage};
use crate::domain::text::{Text, say};

pub(super) const RULE: Rule = Rule {
    id: "wrong-order",
    meaning: "A stage of the catalogue left its first trace before the stage that comes before it (one that has none is `missing-step`, which names the later \
              one; when it comes and is later than that, it is out of order), or more than one \
              was taken of stages of which only one is to be (`现场核查|书面核查`).",
    mode: Mode::Review,
    card: Some(Card::Notice),
    properties: &[Property::PerRun],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    let mut last: Option<(&Stage, Moment)> = None;
    let mut wrong: Vec<Text> = Vec::new();
    let mut fact: Option<&Trace> = None;
    for stage in &matter.item.stages {
        let Some(trace) = matter.traces.iter().find(|trace| stage.left(trace)) else { continue };
        if let Some((before, at)) = &last
            && trace.occurred.is_surely_before(at)
        {
            fact = Some(trace);
            let (when, at) = Moment::told_apart(&trace.occurred, at);
            let stage = stage.name();
            wrong.push(say!("wrong_order", stage, when, before = before.name(), at));
        }
        last = Some((stage, trace.occurred));
        if stage.names.len() == 1 {
            continue;
        }
        let taken = |one: &&Name| matter.traces.iter().any(|trace| one.left(trace));
        let taken: Vec<Text> =
            stage.names.iter().filter(taken).map(|name| Text::from(name.as_str())).collect();
        if taken.len() > 1 {
            fact = Some(trace);
            wrong.push(say!("wrong_order-both", stages = Text::list(taken, "list-quoted")));
        }
    }
    let Some(fact) = fact else { return Vec::new() };
    matter.found_at(&RULE, fact, Text::list(wrong, "list-semicolon"))
}
