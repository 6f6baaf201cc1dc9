//! How things stand at one moment: what `status`, the digest and the demo show.

mod quarantine;

use serde::Serialize;

use super::bulletin::Moved;
pub use quarantine::{Quarantine, QuarantinedRow};

/// How things stand. Words are in the language it was asked for in.
#[derive(Debug, Clone, Serialize)]
pub struct Overview {
    /// As of when.
    pub as_of: String,
    /// The card table in force.
    pub card_table: String,
    /// Version of everything that judges.
    pub policy: String,
    /// Open findings by card, and cards given so far.
    pub cards: Cards,
    /// The same by unit, in the official order; units without any are left out.
    pub units: Vec<UnitCards>,
    /// Names of the units that were given no card, in the official order.
    pub without_cards: Vec<String>,
    /// Cases with an open red card, the longest late first; at most the first hundred. How many there are stands in `cards`.
    pub red: Vec<RedCard>,
    /// Cases due in the next days that are still open, soonest first; at most the first thirty.
    pub due_soon: Vec<DueSoon>,
    /// How many there are.
    pub due_soon_count: u64,
    /// Cases with cards that were to be answered by an earlier day, those that wait longest first; at most the first hundred.
    pub overdue_answers: Vec<OverdueAnswer>,
    /// How many cards there are: a case may have several.
    pub overdue_answer_count: u64,
    /// On how many cases.
    pub overdue_case_count: u64,
    /// Findings that wait for a supervisor and that nobody else was told of: the newest, then the longest; at most ten of each.
    pub pending: Vec<PendingFinding>,
    /// How many there are.
    pub pending_count: u64,
    /// Cards given and withdrawn since the last working day without anybody having been told, newest first; at most the first ten.
    pub fallen: Vec<FallenCard>,
    /// How many there are.
    pub fallen_count: u64,
    /// Faults in the records of cases that are late or nearly so, the gravest card first; at most the first ten.
    pub in_the_way: Vec<FaultOfLate>,
    /// How many there are.
    pub in_the_way_count: u64,
    /// Coverage, whole.
    pub coverage: Vec<Figure>,
    /// Items that are silent or unconnected without leave, by number.
    pub missing: Missing,
    /// Items that came to the coverage or left it since the day before.
    pub moved: Vec<Moved>,
    /// The clocks in force, with the cases each runs on.
    pub clocks: Vec<ClockCount>,
    /// Sources.
    pub sources: Vec<SourceHealth>,
    /// Rows in quarantine.
    pub quarantine: Quarantine,
    /// Cases known, and how many are open or set aside.
    pub cases: Cases,
    /// Letters.
    pub letters: Letters,
    /// Shortcomings of our own: provisional deadlines and the like.
    pub warnings: Vec<String>,
    /// What is wrong with pages of the administrator's, in whose place the shipped ones stand.
    pub page_faults: Vec<String>,
}

/// Numbers by card.
#[derive(Debug, Clone, Copy, Default, Serialize, PartialEq, Eq)]
pub struct Cards {
    /// Cases with an open finding, each under its highest open card; data faults are left out.
    pub open_red: u64,
    pub open_yellow: u64,
    pub open_notice: u64,
    /// Cases that ever got the card and did not have it withdrawn, each under its highest card.
    pub red: u64,
    pub yellow: u64,
    pub notice: u64,
    pub revoked: u64,
    /// Cases with a finding that waits for a supervisor.
    pub pending: u64,
    /// Cases with a card that stands while a supervisor is asked whether it falls; they are counted above.
    pub contested: u64,
    /// Cards whose unit objects, and that wait for a decision; they are counted above.
    pub appealed: u64,
}

/// Cards of one unit.
#[derive(Debug, Clone, Serialize)]
pub struct UnitCards {
    pub code: String,
    pub name: String,
    pub red: u64,
    pub yellow: u64,
    pub notice: u64,
    pub open: u64,
    pub revoked: u64,
}

/// An open red card: whose case it is on, how late that is, and what is known of whose turn it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RedCard {
    pub case_number: String,
    pub item: String,
    pub unit: String,
    /// The unit that has the case now, where it was handed over.
    pub holder: Option<String>,
    /// The name of the clock, else of the rule.
    pub matter: String,
    /// How late the case is, where it is a matter of time.
    pub late: Option<String>,
    /// A supervisor is asked whether it falls.
    pub contested: bool,
    /// The unit objects, and that waits for a decision.
    pub appealed: bool,
    /// When an order to finish that is not settled is due.
    pub order_due: Option<String>,
    pub answered: bool,
    pub answer_due: Option<String>,
}

/// A case that is due soon.
#[derive(Debug, Clone, Serialize)]
pub struct DueSoon {
    pub case_number: String,
    pub item: String,
    pub unit: String,
    pub clock: String,
    pub due_at: String,
}

/// A case with cards that its unit has not answered in time.
#[derive(Debug, Clone, Serialize)]
pub struct OverdueAnswer {
    pub case_number: String,
    pub item: String,
    pub unit: String,
    /// The highest of them.
    pub card: String,
    /// How many they are.
    pub cards: u64,
    /// The day of the first.
    pub answer_due: String,
}

/// A finding that waits for a supervisor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PendingFinding {
    pub finding: i64,
    pub subject: String,
    pub unit: String,
    pub rule: String,
    pub raised_at: String,
    pub why: String,
}

/// A card that fell before a letter told of it: what was entered after the due moment, and before the next letter, ended it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FallenCard {
    pub finding: i64,
    pub subject: String,
    pub unit: String,
    pub card: String,
    pub withdrawn_at: String,
    pub why: String,
}

/// One figure of coverage.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Word of the measure.
    pub measure: String,
    /// Its name.
    pub name: String,
    /// How many are.
    pub numerator: u64,
    /// Of how many.
    pub denominator: u64,
    /// Of how many it is not known.
    pub unknown: u64,
    /// Per cent with one decimal; absent of nothing.
    pub percent: Option<f64>,
    /// Change in percentage points since the last day on record.
    pub change: Option<f64>,
}

/// Items that are not seen.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Missing {
    /// How many are silent.
    pub silent: u64,
    /// How many never left a trace and have no leave.
    pub unconnected: u64,
    /// How many have leave.
    pub exempt: u64,
    /// How many are seasonal, and out of their season.
    pub out_of_season: u64,
    /// How many are not in force, and so no part of any figure of items.
    pub out_of_force: u64,
    /// The silent ones by name, the first twenty.
    pub silent_items: Vec<SilentItem>,
}

/// An item that has gone quiet.
#[derive(Debug, Clone, Serialize)]
pub struct SilentItem {
    pub item: String,
    pub unit: String,
    pub last_trace_on: Option<String>,
}

/// A clock in force.
#[derive(Debug, Clone, Serialize)]
pub struct ClockCount {
    /// Its id.
    pub clock: String,
    /// Its name.
    pub name: String,
    /// On how many cases it ran when they were last counted.
    pub cases: u64,
}

/// How a source is.
#[derive(Debug, Clone, Serialize)]
pub struct SourceHealth {
    pub name: String,
    pub state: String,
    pub message: Option<String>,
    /// When it was last looked at.
    pub last_read_at: Option<String>,
    /// When something new was last read of it.
    pub changed_at: Option<String>,
    pub newest_at: Option<String>,
    /// Up to when it can be believed, where that is not the last reading.
    pub complete_until: Option<String>,
    /// Its cases that fell due since then and get no card, where its delivery is overdue.
    pub held_back: Option<u64>,
    /// Since when cases wait for files that cannot be read.
    pub held_since: Option<String>,
    pub dark_since: Option<String>,
    pub rows_read: u64,
    /// Columns with dates that exist and were taken for nothing, and in how many cells.
    pub taken_for_nothing: Option<String>,
    /// Columns with texts of which only a part can be read, and how many.
    pub garbled: Option<String>,
    /// What stands in its folder and is not read.
    pub passed_over: Option<String>,
    /// Attributes of the mapping that no event of its logs has.
    pub never_seen: Option<String>,
    /// Columns in which every time is midnight: days, each with how many.
    pub days_only: Option<String>,
    /// Columns of entry times that lie hours before what was entered, throughout: `upd = acc − 8 h`.
    pub another_zone: Option<String>,
    /// Columns in which single entries lie before what was entered: `upd < acc × 1`.
    pub entered_before: Option<String>,
    /// Numbers of cases that differ only in their spelling, the newest: `建〔2025〕1号 / 建[2025]1号`.
    pub alike_numbers: Option<String>,
    /// How many such numbers there are.
    pub alike_count: u64,
}

/// A fault in the record of a case that is late or nearly so.
#[derive(Debug, Clone, Serialize)]
pub struct FaultOfLate {
    pub finding: i64,
    pub subject: String,
    pub unit: String,
    pub card: String,
    pub why: String,
}

/// Numbers of cases.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Cases {
    pub all: u64,
    pub open: u64,
    pub fault: u64,
}

/// Letters waiting and refused.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Letters {
    /// Waiting to be sent.
    pub queued: u64,
    /// Refused for good.
    pub refused: u64,
    /// Sent so far.
    pub sent: u64,
    /// What the last failed attempt said, while letters are waiting or refused.
    pub last_failure: Option<String>,
}
