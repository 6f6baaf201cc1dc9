//! What a source says: cases, traces, a batch of rows, and a row that is none.

pub mod apply;
pub mod bind;
pub mod doubt;
mod field;
pub mod holders;
pub mod mapping;
pub mod nothing;
pub mod pairs;
pub mod rekeyed;
pub mod runs;
pub mod spot;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod times;
mod trace;
pub mod value;
mod wrong;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::moment::Moment;
use super::text::Sentence;
use doubt::InDoubt;
pub use field::{Field, Part};
pub use trace::{Amount, Entry, Meaning, Outcome, Trace, is_disclosure};

/// One thing that can happen to a case (办理痕迹的类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the trade's; DESIGN's table gives the Chinese in `zh`")]
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

    /// Whether a case is over with it, as far as its office is concerned.
    pub fn ends_a_case(self) -> bool {
        Kinds::ENDS.has(self)
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

    /// Those of some traces.
    pub fn of(traces: &[Trace]) -> Self {
        traces.iter().map(|trace| trace.kind).collect()
    }

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

impl fmt::Display for TraceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

crate::domain::text::as_text!(TraceKind);

impl FromStr for TraceKind {
    type Err = String;

    /// Takes the English word or the Chinese one.
    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(_, word, zh)| *word == text || *zh == text);
        known.map(|(kind, ..)| *kind).ok_or_else(|| {
            let words: Vec<_> = Self::ALL.iter().map(|(_, word, _)| *word).collect();
            format!("`{text}` is no kind of trace; there are {}", words.join(", "))
        })
    }
}

/// Whether a text says anything: 无, / and the like are what a form is filled with to be let through.
#[inline]
pub fn says_something(text: &str) -> bool {
    // Most names, notes and numbers need no look into the tables of Unicode.
    match text.as_bytes() {
        // It begins and ends with an ideograph from U+5000 to U+9FFF; these are the fillers of two ideographs.
        [0xE5..=0xE9, .., 0xE5..=0xE9, _, _] => !matches!(text, "没有" | "不详" | "暂无"),
        [b'0'..=b'9', ..] => true, // No filler begins with a digit.
        _ => is_no_filler(text),
    }
}

fn is_no_filler(text: &str) -> bool {
    const EMPTY: [&str; 9] = ["无", "没有", "不详", "暂无", "空", "none", "null", "n/a", "na"];
    const LONGEST: usize = "没有".len();
    let ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let text = text.trim_matches(|c: char| !ideograph(c) && !c.is_alphanumeric());
    text.len() > LONGEST || !(text.is_empty() || EMPTY.iter().any(|empty| text.eq_ignore_ascii_case(empty)))
}

/// The place of a trace in its source: which read, which row, which column of it.
///
/// A slot keeps its identity when the row is read again, so a changed row becomes a new revision of the
/// slot and never a second trace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Number of the read within its source, in the order of the configuration file, from 0.
    pub read: u16,
    /// Key of the row in the source; empty where the row is the case itself.
    pub row: Arc<str>,
    /// Number of the trace within the row's mapping, from 0.
    pub part: u16,
}

/// What one row of a source says of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Key of the row within its read: what an operator searches for in the source.
    pub row: Arc<str>,
    /// The case's number (办件编号).
    pub case: String,
    /// What the row says of the case as such, if this read carries it.
    pub header: Option<Header>,
    /// The traces of the row's slots; `None` where the slot is empty in the source.
    pub traces: Vec<(Slot, Option<Trace>)>,
    /// The source says that the row is deleted.
    pub gone: bool,
    /// What of it cannot be read, if anything.
    pub in_doubt: Option<Box<InDoubt>>,
}

/// What a source says of a case apart from its traces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Code of the item (事项编码).
    pub item: String,
    /// Code of the handling unit, where it may differ from the item's own.
    pub unit: Option<String>,
    /// Dates the record itself carries, by the name the mapping gives them (a promised day, an expiry).
    pub dates: Vec<(String, Moment)>,
    /// A name to show in mails, only if the mapping asks for one.
    pub display: Option<String>,
    /// Number of an earlier case of which this one is the renewed filing.
    pub earlier: Option<String>,
}

/// A cell that could not be understood, or a row of which nothing could: it is quarantined with the row's key and the reason, and
/// counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Key of the row within its read, or its line number where no key could be read.
    pub row: String,
    /// The case the row speaks of, where that much could be read.
    pub case: Option<String>,
    /// The column at fault.
    pub column: Option<String>,
    /// Why, in a sentence; quotes the value, shortened, where it is no personal datum.
    pub reason: Sentence,
    /// The code, as it may be shown, if nothing is wrong but that the mapping does not know it.
    pub unmapped: Option<String>,
}

/// A cell or row of a case that is in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoilt {
    /// Why, as of [`Rejected`].
    pub reason: Sentence,
    /// The column at fault; `None`: the row as a whole.
    pub column: Option<String>,
    /// The code, if nothing is wrong but that the mapping does not know it.
    pub unmapped: Option<String>,
}

/// A piece of what a source yields in one round.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// Number of the read within its source, in the order of the configuration file, from 0.
    pub read: u16,
    /// Rows understood.
    pub facts: Vec<Fact>,
    /// Rows not understood.
    pub rejected: Vec<Rejected>,
}

impl Header {
    /// A date the record itself carries, by its name.
    pub fn date(&self, name: &str) -> Option<Moment> {
        self.dates.iter().find(|(key, _)| key == name).map(|(_, at)| *at)
    }
}

/// Puts traces in chronological order. Where hours are unknown, a day's traces follow the order of a case's life.
pub fn chronological(traces: &mut [Trace]) {
    // The usual case first: of one offset, so that instants order the days too.
    let offset = |trace: &Trace| *trace.occurred.at().offset();
    if traces.windows(2).all(|pair| offset(&pair[0]) == offset(&pair[1])) {
        let place = |trace: &Trace| (trace.occurred.at().naive_utc(), trace.kind);
        if !traces.is_sorted_by_key(place) {
            traces.sort_by_key(place);
        }
    } else {
        traces.sort_by_key(|trace| (trace.occurred.date(), trace.occurred.at(), trace.kind));
    }
}
