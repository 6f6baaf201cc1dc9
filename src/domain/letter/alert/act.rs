//! The act that a clock waits for, as a letter asks for it.

use super::lateness::State;
use super::writer::Writer;
use crate::domain::clock::Act;
use crate::domain::letter::news::News;

impl Writer<'_> {
    /// The act that the clock of a finding waits for; of a clock that is declared no more, that the matter be finished.
    pub(super) fn act(&self, news: &News) -> Act {
        let act = if self.state(news) == State::Overdue { Act::of_passed } else { Act::of };
        self.clock(news).map_or(Act::Finish, act)
    }

    /// Whether another extension can be granted.
    pub(super) fn can_be_extended(&self, news: &News) -> bool {
        let used = news.deadline.as_ref().map_or(0, |running| running.parts.extensions.len());
        let rule = self.clock(news).and_then(|clock| clock.extends.as_ref());
        rule.is_some_and(|rule| used < rule.times as usize)
    }

    /// An act as it stands in a sentence: 办结, 作出受理或者不予受理的决定.
    pub(super) fn act_words(&self, news: &News, act: &Act) -> String {
        let name = match act {
            Act::Stage(name) => return self.say("act_stage", &[("name", name)]),
            Act::Other => return self.say("act_other", &[("name", &self.matter(news))]),
            Act::Finish => "act_finish",
            Act::Answer => "act_answer",
            Act::Deliver => "act_deliver",
            Act::Accept => "act_accept",
            Act::Ask => "act_ask",
            Act::AskOrAccept => "act_ask_or_accept",
            Act::Decide => "act_decide",
            Act::EndSpecial => "act_special",
            Act::Forward => "act_forward",
        };
        self.say(name, &[])
    }
}
