//! What is known of the time at which a trace was entered, whatever day it names.

use super::CaseView;
use crate::domain::card::Card;
use crate::domain::clock::{Reading, State};
use crate::domain::moment::Moment;
use crate::domain::record::Trace;
use crate::domain::rules::time_limit;
use crate::domain::text::{Text, say};

impl CaseView<'_> {
    /// Whether somebody saw a trace appear. Of a case that was there at the first reading of its source that holds for what came later in
    /// a place where nothing had been: what was there may have been touched since it was entered.
    pub(super) fn saw_appear(&self, trace: &Trace) -> bool {
        self.first_seen.is_some() || trace.entry.watched
    }

    /// The moment before which a trace was surely not entered: the last reading that did not have it, or what it says itself, where
    /// that is later. `None` for what the first reading of its source brought.
    pub(super) fn not_entered_before(&self, trace: &Trace) -> Option<Moment> {
        let unseen = trace.entry.unseen_at?;
        Some(self.entered(trace).filter(|said| said.order(&unseen).is_gt()).unwrap_or(unseen))
    }

    /// When a trace begins to bear on its case: when it happened, by its own word, and not before it was entered.
    pub(super) fn bears_from(&self, trace: &Trace) -> Moment {
        let entered = self.not_entered_before(trace);
        entered.filter(|entered| entered.order(&trace.occurred).is_gt()).unwrap_or(trace.occurred)
    }

    /// What a trace said before, where it said another time or was of another kind: that it was changed is found for itself.
    pub(super) fn said_before(&self, trace: &Trace) -> Option<&Trace> {
        let is = |it: &Trace| (it.kind, it.occurred) == (trace.kind, trace.occurred);
        let changed = self.revisions.iter().rfind(|it| it.after.as_ref().is_some_and(is) && !is(&it.before));
        changed.map(|it| &it.before)
    }

    /// That a trace was entered on a later day than the one it names, in brackets; nothing where it was not.
    pub(super) fn entry_words(&self, trace: &Trace) -> Text {
        let Some(entered) = self.not_entered_before(trace).filter(|it| it.date() > trace.occurred.date())
        else {
            return Text::from("");
        };
        if trace.entry.unseen_at == Some(entered) {
            say!("entry-unseen", at = entered)
        } else {
            say!("entry-entered", at = entered)
        }
    }

    /// Whether a trace that a reading did not have keeps a clock in time that was past its due moment by that reading, and gives a card
    /// of which nobody was told: where somebody was, a supervisor is asked of it anyhow.
    pub(super) fn keeps_in_time(&self, trace: &Trace, unseen: Moment) -> bool {
        let past = |clock: &Reading<'_>| clock.due.is_some_and(|due| unseen.order(&due.at).is_gt());
        let gives = |clock: &Reading<'_>| {
            self.policy.cards.of(&clock.rule.id).iter().any(|line| line.card > Card::Notice)
        };
        let told = |clock: &Reading<'_>| {
            let mut known = self.known.iter().filter(|it| it.rule == time_limit::ID && it.told.is_some());
            known.any(|it| clock.has_key(&it.clock))
        };
        self.clocks.iter().any(|clock| {
            matches!(clock.state, State::Met | State::Void)
                && clock.stopped == Some((trace.occurred, trace.kind))
                && past(clock)
                && gives(clock)
                && !told(clock)
        })
    }
}
