//! What happens to a finding, from the day on which it is found.

use crate::domain::text::words;

/// An event in a finding's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// It is found.
    Raised,
    /// Its card rises.
    Escalated,
    /// Its reason holds again.
    Reopened,
    /// It goes on, and is due on another day, or with another unit.
    Moved,
    /// There is twice as much of it, or more; of a change after the fact: it was changed further.
    Grown,
    /// It is a fault of a record that stands in the way of the verdict on a case that is late, or nearly so: its supervisor is told.
    Referred,
    /// A supervisor makes a card of it.
    Issued,
    /// A supervisor makes none of it.
    Dismissed,
    /// The unit answers.
    Answered,
    /// The unit objects.
    Appealed,
    /// A supervisor decides that it stands.
    Upheld,
    /// A supervisor sets a time by which the case is to be finished.
    Ordered,
    /// Nobody has answered, and it is told once more.
    Reminded,
    /// Nobody has answered, and it is told one level up.
    Unanswered,
    /// Its reason is gone.
    Resolved,
    /// It is withdrawn.
    Revoked,
    /// A supervisor is asked whether it falls.
    Contested,
    /// That question is over: the record has it hold.
    Confirmed,
}

words!(Event {
    Raised = "raised", "发现";
    Escalated = "escalated", "升级";
    Reopened = "reopened", "重新成立";
    Moved = "moved", "到期日变更";
    Grown = "grown", "情形扩大";
    Referred = "referred", "提请督促";
    Issued = "issued", "发出";
    Dismissed = "dismissed", "不予发出";
    Answered = "answered", "反馈";
    Appealed = "appealed", "申诉";
    Upheld = "upheld", "维持";
    Ordered = "ordered", "督办";
    Reminded = "reminded", "催办";
    Unanswered = "unanswered", "提级告知";
    Resolved = "resolved", "了结";
    Revoked = "revoked", "撤销";
    Contested = "contested", "待核撤";
    Confirmed = "confirmed", "确认成立";
});

impl Event {
    /// With these a finding begins, for the first time or anew.
    pub const BEGINS: [Self; 2] = [Self::Raised, Self::Reopened];
    /// With these jianchad gives a card.
    pub const GIVES: [Self; 3] = [Self::Raised, Self::Escalated, Self::Reopened];
    /// With these a card is to be answered from then on: given by jianchad or issued by a supervisor.
    pub const TO_ANSWER: [Self; 4] = [Self::Raised, Self::Escalated, Self::Reopened, Self::Issued];
    /// These wait for a supervisor's decision.
    pub const ASKS: [Self; 2] = [Self::Contested, Self::Appealed];
    /// These press for an answer.
    pub const PRESSES: [Self; 2] = [Self::Reminded, Self::Unanswered];
    /// These are told by letters.
    pub const TOLD: [Self; 14] = [
        Self::Raised,
        Self::Escalated,
        Self::Reopened,
        Self::Issued,
        Self::Moved,
        Self::Grown,
        Self::Referred,
        Self::Revoked,
        Self::Ordered,
        Self::Upheld,
        Self::Reminded,
        Self::Unanswered,
        Self::Contested,
        Self::Appealed,
    ];

    /// Whether it presses for an answer.
    pub fn presses(self) -> bool {
        Self::PRESSES.contains(&self)
    }
}
