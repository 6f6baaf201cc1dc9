//! What comes of judging a case.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::case_file::Counted;
use crate::domain::clock::Reading;
use crate::domain::finding::Change;
use crate::domain::moment::Moment;
use crate::domain::record::holders::Holders;
use crate::domain::stock::Ended;
use crate::domain::text::{Text, words};

/// A due moment that is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Key of the clock's run.
    pub clock: String,
    /// What it was.
    pub before: Option<Moment>,
    /// What it is.
    pub after: Option<Moment>,
    /// Why.
    pub why: Text,
}

/// Where a case stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaseState {
    /// 在办.
    Open,
    /// 办结.
    Closed,
    /// 数据差错: set aside until its record is mended.
    Fault,
}

words!(CaseState {
    Open = "open", "在办";
    Closed = "closed", "办结";
    Fault = "fault", "数据差错";
});

/// The judgement of one case.
#[derive(Debug)]
pub struct Judgement<'a> {
    /// Where it stands.
    pub state: CaseState,
    /// Its clocks; empty while the case is set aside.
    pub clocks: Vec<Reading<'a>>,
    /// When passing time alone can next change a finding.
    pub next_change_at: Option<DateTime<FixedOffset>>,
    /// First and last thing that happened to it.
    pub active: Option<(NaiveDate, NaiveDate)>,
    /// Due moments that moved since it was last judged.
    pub moves: Vec<Move>,
    /// How it counts in the measures of its traces; `None`: as before.
    pub counted: Option<Counted>,
    /// How it ended, if it is over.
    pub ended: Option<Ended>,
    /// What changes in its findings.
    pub changes: Vec<Change>,
    /// Which unit had it when, where it was handed over.
    pub handed_over: Option<Holders>,
}

impl Judgement<'_> {
    /// Of a case of which nothing is judged yet.
    pub(super) fn not_yet(
        active: Option<(NaiveDate, NaiveDate)>,
        to_come: Option<DateTime<FixedOffset>>,
    ) -> Self {
        Self {
            state: CaseState::Fault,
            clocks: Vec::new(),
            next_change_at: to_come,
            active,
            moves: Vec::new(),
            counted: None,
            ended: None,
            changes: Vec::new(),
            handed_over: None,
        }
    }
}
