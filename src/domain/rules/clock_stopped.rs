//! 计时停用: a clock that ran on cases when they were last counted runs on none: by what, is said where it can be seen.

use crate::domain::policy::{ClockRule, Policy};
use crate::domain::registry::{Item, ItemKind};
use crate::domain::text::{Sentence, Text, say};

/// On how many cases a clock runs, and on how many it came to its end since the last count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Runs {
    /// It runs, stands still in a special procedure, or has passed and goes on.
    pub running: u64,
    /// It was stopped: by the decision, or whatever else ends it.
    pub stopped: u64,
}

/// A clock as it was last counted.
#[derive(Debug, Clone)]
pub struct LastCount {
    /// Its id.
    pub clock: String,
    /// Its name.
    pub name: Sentence,
    /// On how many cases it ran.
    pub cases: u64,
}

/// Why a clock stopped, if it did. `dark`: sources that cannot be read.
/// A clock whose last cases came to their ends has not stopped.
pub fn judge(policy: &Policy, last: &LastCount, runs: Runs, dark: &[String]) -> Option<Text> {
    let LastCount { clock, name, cases: before } = last;
    let before = *before;
    let versions: Vec<&ClockRule> = policy.clocks.iter().filter(|rule| rule.id == *clock).collect();
    if before == 0 || (runs.running > 0 && !versions.is_empty()) {
        return None;
    }
    let of_its_kind = |item: &&Item| {
        let kind = ItemKind::of(&item.category);
        versions.iter().any(|rule| rule.is_for(item, kind))
    };
    let runs_on = |item: &Item| policy.clocks_on(item).any(|rule| rule.id == *clock);
    let items = || policy.registry.items.values();
    let cause = if versions.is_empty() {
        say!("clock_stopped-configuration")
    } else if !items().any(|item| of_its_kind(&item)) {
        say!("clock_stopped-catalogue")
    } else if !items().any(runs_on) {
        say!("clock_stopped-limits")
    } else if runs.stopped >= before {
        return None;
    } else if !dark.is_empty() {
        say!("clock_stopped-dark", sources = Text::list(dark.iter().map(Text::from), "list-comma"))
    } else {
        say!("clock_stopped-unknown")
    };
    Some(say!("clock_stopped", name = name.clone(), before, cause))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::domain::limit::LimitSource;
    use crate::domain::text::Language;
    use crate::edge::config::load;

    fn policy() -> Policy {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/jianchad.example.toml");
        load(&file).unwrap_or_else(|problems| panic!("{problems}")).policy
    }

    fn said(policy: &Policy, clock: &str, before: u64, running: u64, stopped: u64) -> Option<String> {
        let name = Sentence { zh: "承诺时限".into(), en: "promised limit".into() };
        let dark = ["old".to_owned()];
        let dark = if before == 7 { &dark[..] } else { &[] };
        let why = judge(
            policy,
            &LastCount { clock: clock.to_owned(), name, cases: before },
            Runs { running, stopped },
            dark,
        );
        why.map(|why| why.words(Language::Chinese))
    }

    /// Point 1: it ran on cases yesterday and runs on none today, with the reason where it is known.
    #[test]
    fn a_clock_that_runs_on_nothing_any_more_is_found_with_the_reason() {
        let mut policy = policy();
        let clock =
            policy.clocks.iter().find(|clock| clock.limit == LimitSource::Promised).unwrap().id.clone();
        assert_eq!(said(&policy, &clock, 2, 1, 0), None, "it runs");
        assert_eq!(said(&policy, &clock, 0, 0, 0), None, "it ran on none before");
        assert_eq!(said(&policy, &clock, 2, 0, 2), None, "both its cases came to their end");
        assert!(
            said(&policy, &clock, 2, 0, 1).unwrap().contains("此前在2件办件上计时，现已无一件：原因不明")
        );
        assert!(said(&policy, &clock, 7, 0, 1).unwrap().contains("数据源old无法读取"));
        policy.registry.items.values_mut().for_each(|item| item.promised = None);
        assert!(said(&policy, &clock, 2, 0, 2).unwrap().contains("均已无相应时限"));
        policy.registry.items.clear();
        assert!(said(&policy, &clock, 2, 0, 2).unwrap().contains("没有适用该计时的事项"));
        policy.clocks.clear();
        assert!(said(&policy, &clock, 2, 0, 0).unwrap().contains("不再启用"));
        assert!(said(&policy, &clock, 2, 2, 0).is_some(), "what still stands of it is never judged again");
    }
}
