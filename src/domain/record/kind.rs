//! The kinds of traces, and sets of them.

use std::fmt;
use std::str::FromStr;

use crate::domain::text::{Fault, Sentence, Text, as_text, say};

/// One thing that can happen to a case (办理痕迹的类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TraceKind {
    Applied,
    SupplementRequested,
    SupplementReceived,
    Accepted,
    NotAccepted,
    Step,
    Paused,
    Resumed,
    Extended,
    Decided,
    Closed,
    Delivered,
    Withdrawn,
    Forwarded,
    Charged,
}

impl TraceKind {
    /// Every kind with its word in code and database and its word on screen, in the order of a case's life.
    pub const ALL: [(Self, &'static str, &'static str); 15] = [
        (Self::Applied, "applied", "申请"),
        (Self::SupplementRequested, "supplement_requested", "补正告知"),
        (Self::SupplementReceived, "supplement_received", "补正收件"),
        (Self::Accepted, "accepted", "受理"),
        (Self::NotAccepted, "not_accepted", "不予受理"),
        (Self::Step, "step", "环节"),
        (Self::Paused, "paused", "特别程序开始"),
        (Self::Resumed, "resumed", "特别程序结束"),
        (Self::Extended, "extended", "延期"),
        (Self::Decided, "decided", "决定"),
        (Self::Closed, "closed", "办结"),
        (Self::Delivered, "delivered", "送达"),
        (Self::Withdrawn, "withdrawn", "撤回"),
        (Self::Forwarded, "forwarded", "转报"),
        (Self::Charged, "charged", "收费"),
    ];

    /// The word in code, configuration and database.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The word people read.
    pub fn zh(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The word people read, in their language.
    pub fn text(self) -> Text {
        Text::Named(Sentence { zh: self.zh().to_owned(), en: self.word().to_owned() })
    }

    /// Whether it goes by a name, in code or on screen.
    pub fn is_called(self, name: &str) -> bool {
        self.word() == name || self.zh() == name
    }

    /// Whether a case is over with it, as far as its office is concerned.
    pub fn ends_a_case(self) -> bool {
        Kinds::ENDS.has(self)
    }
}

impl fmt::Display for TraceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

as_text!(TraceKind);

impl FromStr for TraceKind {
    type Err = Fault;

    /// Takes the English word or the Chinese one.
    fn from_str(text: &str) -> Result<Self, Fault> {
        let known = Self::ALL.iter().find(|(_, word, zh)| *word == text || *zh == text);
        known.map(|(kind, ..)| *kind).ok_or_else(|| {
            let known = Text::list(Self::ALL.iter().map(|(_, word, _)| Text::from(*word)), "list-comma");
            Fault(say!("wrong-kind", text, known))
        })
    }
}

/// Which kinds of trace a case has: most rules ask for one that it does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kinds(u16);

impl Kinds {
    /// None.
    pub const NONE: Self = Self(0);

    /// Those that begin a run of a case.
    pub const BEGINNINGS: Self = Self::NONE.with(TraceKind::Applied).with(TraceKind::Accepted);

    /// Those with which a case is over, as far as its office is concerned.
    pub const ENDS: Self = Self::NONE
        .with(TraceKind::Decided)
        .with(TraceKind::Closed)
        .with(TraceKind::NotAccepted)
        .with(TraceKind::Withdrawn);

    /// What nobody can plan to the minute: with these a limit begins, moves or ends.
    pub const ACTS: Self = Self::ENDS
        .with(TraceKind::Accepted)
        .with(TraceKind::SupplementRequested)
        .with(TraceKind::SupplementReceived)
        .with(TraceKind::Extended)
        .with(TraceKind::Delivered)
        .with(TraceKind::Forwarded);

    /// These and one more.
    #[must_use]
    pub const fn with(self, kind: TraceKind) -> Self {
        Self(self.0 | 1 << kind as u16)
    }

    /// Whether there is a trace of one of some kinds.
    pub fn meets(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }

    /// Whether there is a trace of a kind.
    pub fn has(self, kind: TraceKind) -> bool {
        self.0 & 1 << kind as u16 != 0
    }
}

impl FromIterator<TraceKind> for Kinds {
    fn from_iter<T: IntoIterator<Item = TraceKind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |kinds, kind| kinds | 1 << kind as u16))
    }
}
