//! What every part of an alert is written with: the reader, his language, the policy, the day.

use crate::domain::days::Days;
use crate::domain::letter::page::phrase;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::text::Language;

/// Cases in the attached list: some 3 MB. A mail server takes 10 MB and refuses for good what is larger.
pub(super) const LISTED: usize = 10_000;

/// Who acts: the unit itself, or those who see to it that it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain::letter) enum Reader {
    /// The unit: its handlers and its lead.
    Unit,
    /// Supervisors and leaders; administrators, of their own matters and of what nobody else can be told.
    Supervisor,
}

impl Reader {
    pub(in crate::domain::letter) fn of(role: Role) -> Self {
        match role {
            Role::Handler | Role::UnitLead => Self::Unit,
            Role::Supervisor | Role::Leader | Role::Admin => Self::Supervisor,
        }
    }

    /// The section of the words for a language that holds the actions of each rule.
    pub fn section(self) -> &'static str {
        match self {
            Self::Unit => "todo_unit",
            Self::Supervisor => "todo_supervisor",
        }
    }
}

/// Writes the parts of one letter.
pub(super) struct Writer<'a> {
    pub policy: &'a Policy,
    pub contact: &'a Contact,
    pub language: Language,
    pub role: Role,
    pub reader: Reader,
    pub now: &'a Now,
    /// When an answer to a card of this letter is due; `None` where the calendar does not reach so far.
    pub answer_due: Option<Moment>,
}

impl Writer<'_> {
    /// A phrase of alerts.
    pub fn say(&self, name: &str, values: &[(&str, &str)]) -> String {
        phrase(self.language, "alert", name, values)
    }

    /// Whether it is written in Chinese.
    pub fn chinese(&self) -> bool {
        self.language == Language::Chinese
    }

    /// How it writes days.
    pub fn days(&self) -> Days {
        Days { language: self.language, today: self.now.today() }
    }
}
