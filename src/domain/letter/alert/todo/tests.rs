//! Every rule has an action of its own, for the unit and for those who supervise it.

use std::collections::BTreeMap;

use super::*;
use crate::domain::rules::{OWN, RULES, special_excess};

/// The ways in which the action of a rule is put, besides the plain one.
const VARIANTS: [(&str, &[&str]); 7] = [
    (
        time_limit::ID,
        &[
            "near",
            "ended",
            "undated",
            "deemed",
            "act",
            "act-near",
            "act-ended",
            "act-undated",
            "elsewhere",
            "elsewhere-near",
        ],
    ),
    (handed_over::ID, &["undated"]),
    (extension_misuse::ID, &["undated", "elsewhere"]),
    (special_excess::ID, &["elsewhere"]),
    (deemed_granted::ID, &["elsewhere"]),
    ("data-fault", &["stopped", "uncounted"]),
    ("step-due", &["done", "due_day"]),
];

/// A new rule without its words fails here: each rule, each reader, each language; and no two rules share them.
#[test]
fn every_rule_asks_for_something_of_its_own() {
    for (language, ..) in Language::ALL {
        let mut said: BTreeMap<&str, (Reader, &str)> = BTreeMap::new();
        for reader in [Reader::Unit, Reader::Supervisor] {
            for rule in RULES.iter().map(|rule| rule.id).chain(OWN) {
                let name = action(*language, reader, rule, None).unwrap_or_else(|| {
                    panic!("{} of {language} has no words for `{rule}`", reader.section())
                });
                let words = &*language.phrases()[reader.section()][&name];
                let other = said.insert(words, (reader, rule));
                assert_eq!(other, None, "{language} {reader:?} {rule}");
            }
            for (rule, variants) in &VARIANTS {
                for variant in *variants {
                    let name = action(*language, reader, rule, Some(variant)).expect(variant);
                    let words = &*language.phrases()[reader.section()][&name];
                    assert_eq!(said.insert(words, (reader, variant)), None);
                }
            }
            // Nothing stands there that no rule asks for.
            let names = language.phrases()[reader.section()].keys();
            for name in names {
                let known = RULES.iter().map(|rule| rule.id).chain(OWN).any(|rule| name == rule);
                let variant = |(rule, variants): &(&str, &[&str])| {
                    name.strip_prefix(rule)
                        .and_then(|name| name.strip_prefix('-'))
                        .is_some_and(|name| variants.contains(&name))
                };
                assert!(known || VARIANTS.iter().any(variant), "{name}");
            }
        }
    }
}

/// Those who supervise are asked to urge, check and review (督促、核实、审核), and never to finish a case.
#[test]
fn supervisors_are_not_told_to_do_the_work() {
    let verbs = [
        "督促", "核实", "审核", "核查", "抽查", "核对", "责成", "责令", "检查", "查看", "了解", "比对",
        "关注", "提醒",
    ];
    let section = &Language::Chinese.phrases()["todo_supervisor"];
    for (rule, words) in section.iter().filter(|(rule, _)| !OWN.contains(&rule.as_str())) {
        assert!(verbs.iter().any(|verb| words.contains(verb)), "{rule}: {words}");
        assert!(!words.starts_with("请立即办结") && !words.starts_with("请补"), "{rule}: {words}");
    }
}

#[test]
fn who_answers_for_a_unit_is_no_supervisor() {
    let of = |role| Reader::of(role);
    assert_eq!([of(Role::Handler), of(Role::UnitLead)], [Reader::Unit; 2]);
    assert_eq!([of(Role::Supervisor), of(Role::Leader), of(Role::Admin)], [Reader::Supervisor; 3]);
}
