//! The act that a clock waits for, by what ends it: a decision, a delivery, the end of a special procedure.

use super::{News, Writer};
use crate::domain::policy::{ClockRule, Event};
use crate::domain::record::TraceKind;
use crate::domain::registry::ItemKind;
use crate::domain::statute::Mark;

/// What ends a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// The matter is finished. Before its limit it may be put off where the clock can be extended.
    Finish {
        /// An extension can be granted.
        extends: bool,
    },
    /// Any other, by the name of its phrase.
    Other(&'static str),
    /// A stage, by its name.
    Stage(String),
}

impl Act {
    /// The act that ends a clock.
    pub(super) fn of(clock: &ClockRule) -> Self {
        use TraceKind::{
            Accepted, Applied, Closed, Decided, Delivered, Forwarded, NotAccepted, Resumed,
            SupplementReceived, SupplementRequested,
        };
        let extends = clock.extends.is_some();
        if matches!(clock.id.as_str(), "promise" | "statutory") {
            return Self::Finish { extends };
        }
        let (Event::Marks(marks) | Event::Earliest(marks)) = &clock.stops else {
            return Self::Other("act_other");
        };
        if let [Mark::Stage(stage), ..] = &marks[..] {
            return Self::Stage(stage.clone());
        }
        let kinds: Vec<TraceKind> = marks.iter().filter_map(Mark::kind).collect();
        let has = |kind| kinds.contains(&kind);
        match kinds[..] {
            // What the applicant owes is not asked of the unit in its own words.
            _ if has(Applied) || has(SupplementReceived) => Self::Other("act_other"),
            [Delivered] => Self::Other("act_deliver"),
            [Resumed] => Self::Other("act_special"),
            [Forwarded] => Self::Other("act_forward"),
            [SupplementRequested] => Self::Other("act_ask"),
            // A petition is registered, passed on, answered: what it is stands in the clock's name.
            _ if has(Accepted) && clock.kinds[..] == [ItemKind::Petition] => Self::Other("act_other"),
            _ if has(Accepted) && has(SupplementRequested) => Self::Other("act_ask_or_accept"),
            _ if has(Accepted) || kinds[..] == [NotAccepted] => Self::Other("act_accept"),
            _ if has(Decided) || has(Closed) => Self::Finish { extends },
            _ => Self::Other("act_other"),
        }
    }
}

impl Writer<'_> {
    /// The act that the clock of a finding waits for; of a clock that is declared no more, that the matter be finished.
    pub(super) fn act(&self, news: &News) -> Act {
        self.clock(news).map_or(Act::Finish { extends: false }, Act::of)
    }

    /// An act as it stands in a sentence: 办结, 作出受理或者不予受理的决定.
    pub(super) fn act_words(&self, news: &News, act: &Act) -> String {
        match act {
            Act::Finish { .. } => self.say("act_finish", &[]),
            Act::Stage(name) => self.say("act_stage", &[("name", name)]),
            Act::Other(phrase) => self.say(phrase, &[("name", &self.matter(news))]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::tests::policy;

    /// Only what ends with 办结 is asked to be finished, and only what can be extended names an extension.
    #[test]
    fn a_clock_asks_for_what_ends_it() {
        let plain = policy(&[]).clocks.remove(0);
        let act = |id: &str, stops: &str| {
            let stops = stops.split(' ').map(|mark| mark.parse::<Mark>().unwrap()).collect();
            Act::of(&ClockRule {
                id: id.into(),
                stops: Event::Earliest(stops),
                extends: plain.extends.clone().filter(|_| id == "promise"),
                ..plain.clone()
            })
        };
        assert_eq!(act("promise", "decided closed not_accepted"), Act::Finish { extends: true });
        assert_eq!(act("statutory", "decided closed"), Act::Finish { extends: false });
        assert_eq!(act("XK9", "delivered"), Act::Other("act_deliver"));
        assert_eq!(act("XK3", "accepted not_accepted decided closed"), Act::Other("act_accept"));
        let asked = "supplement_requested accepted not_accepted decided closed";
        assert_eq!(act("XK2", asked), Act::Other("act_ask_or_accept"));
        assert_eq!(act("XG4", "supplement_requested"), Act::Other("act_ask"));
        assert_eq!(act("FY10", "step:发送被申请人 decided closed"), Act::Stage("发送被申请人".into()));
        assert_eq!(act("special", "resumed"), Act::Other("act_special"));
        assert_eq!(act("FY11", "supplement_received accepted"), Act::Other("act_other"));
        assert_eq!(act("SS2", "forwarded"), Act::Other("act_forward"));
        let stops = vec![Mark::Kind(TraceKind::Accepted), Mark::Kind(TraceKind::Forwarded)];
        let (id, kinds) = ("XF4".into(), vec![ItemKind::Petition]);
        let petition = ClockRule { id, kinds, stops: Event::Earliest(stops), ..plain.clone() };
        assert_eq!(Act::of(&petition), Act::Other("act_other"));
    }
}
