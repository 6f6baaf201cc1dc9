//! The law's limits (法定时限), article by article, each with the days on which it is in force.

mod keeper;
mod mark;
mod versions;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::limit::Limit;
use crate::domain::limit::LimitSource;
use crate::domain::text::{Language, Sentence, Text, say, words};
pub use keeper::Keeper;
pub use mark::Mark;
pub use versions::version_faults;

/// Which way a limit is counted from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Towards the future.
    Forward,
    /// Towards the past: so long before a hearing.
    Back,
}

words!(Direction {
    Forward = "forward", "自起算日往后";
    Back = "back", "自起算日往前";
});

/// What a correction of the papers does to the clock (D4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Correction {
    /// It begins anew whenever corrected papers are in.
    Restart,
    /// It begins anew when the corrected papers are in, once: all that is missing is to be said at one time.
    RestartOnce,
    /// The time for it is left out.
    Pause,
    /// Nothing.
    Nothing,
}

words!(Correction {
    Restart = "restart", "补正后重新计算";
    RestartOnce = "restart-once", "补正后重新计算（以一次为限）";
    Pause = "pause", "补正时间不计入";
    Nothing = "none", "补正不影响计时";
});

/// What follows in law when the limit has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expiry {
    /// It is late, and no more.
    Overdue,
    /// Accepted, from the day the papers were received.
    AcceptedFromReceipt,
    /// Accepted, from the day the limit ended.
    AcceptedFromEnd,
    /// Granted.
    Granted,
    /// The applicant is taken to have given up.
    GivenUp,
}

words!(Expiry {
    Overdue = "overdue", "超期";
    AcceptedFromReceipt = "accepted-from-receipt", "自收到之日起视为受理";
    AcceptedFromEnd = "accepted-from-expiry", "自期限届满之日起视为受理";
    Granted = "granted", "视为准予";
    GivenUp = "given-up", "视为放弃";
});

/// Whether the text itself says which kind of days it means (D10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitSource {
    /// It does.
    Text,
    /// It does not; the unit is an assumption, and shown as one.
    Assumed,
}

words!(UnitSource {
    Text = "text", "法条写明或者有统一规定";
    Assumed = "assumed", "推定";
});

/// What may be left out of a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The causes the clause names: the list is closed.
    pub causes: Vec<String>,
    /// The clause, where it is another than the limit's own.
    pub article: Option<String>,
    /// Whether the applicant must be told in writing how long it takes.
    pub notice_required: bool,
    /// How long all of them may last together, where the law says so.
    pub limit: Option<Limit>,
    /// How long those of one cause may last, where the law says so.
    pub times: Vec<PauseTime>,
    /// Whose time it is.
    pub keeper: Keeper,
}

/// How long a special procedure of one cause may last by the law itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseTime {
    /// The cause, as it stands in the stage or the note of a record.
    pub cause: String,
    /// How long.
    pub limit: Limit,
    /// The clause that says so.
    pub basis: String,
}

/// What may be added to a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// How much.
    pub by: Limit,
    /// How often at most.
    pub times: u32,
    /// Who approves it.
    pub approver: Sentence,
}

/// One limit of one law, in one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statute {
    /// Id, never renamed: `XK6`.
    pub id: String,
    /// The law.
    pub law: Sentence,
    /// The clause.
    pub article: Sentence,
    /// What is to be done.
    pub step: Sentence,
    /// The rule it took the place of.
    pub follows: Option<String>,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force, if it has one.
    pub valid_to: Option<NaiveDate>,
    /// What starts it: the first of these that is there.
    pub starts: Vec<Mark>,
    /// What ends it.
    pub stops: Vec<Mark>,
    /// How long it is.
    pub limit: LimitSource,
    /// A date of the record that takes its place where there is one: a day fixed by notice.
    pub date_by_notice: Option<String>,
    /// Whether each of its starts begins it anew.
    pub repeats: bool,
    /// Which way it is counted.
    pub direction: Direction,
    /// Whether the start day is day 1 (D1).
    pub start_day_counts: bool,
    /// Whether a last day off moves on (D8).
    pub roll_last_day: bool,
    /// Where the unit comes from.
    pub unit_source: UnitSource,
    /// What is left out.
    pub exclusion: Option<Exclusion>,
    /// What may be added.
    pub extension: Option<Extension>,
    /// What a correction does.
    pub correction: Correction,
    /// Who must keep it.
    pub keeper: Keeper,
    /// Whether it binds only what is done at all: where nothing is asked for, nothing is asked for too late.
    pub conditional: bool,
    /// The rule that has the same fact for its own: where both run, this one gives no card.
    pub covered_by: Option<String>,
    /// What follows when it has passed.
    pub on_expiry: Expiry,
    /// What else there is to say.
    pub note: Sentence,
    /// Where the text was read.
    pub source: String,
    /// How well it was read: A the whole text, B an excerpt, C not seen.
    pub grade: char,
}

impl Correction {
    /// Whether corrected papers begin the clock anew.
    pub fn restarts(self) -> bool {
        matches!(self, Self::Restart | Self::RestartOnce)
    }
}

impl Statute {
    /// How long it is, where the text says so.
    pub fn length(&self) -> Option<&Limit> {
        match &self.limit {
            LimitSource::Fixed(limit) => Some(limit),
            _ => None,
        }
    }

    /// Whether it is in force on a day.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Why there is no rule for a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotGoverned {
    /// There is no rule of that id.
    #[error("there is no rule `{0}` in the statutes; `jianchad law` lists them")]
    Unknown(String),
    /// No version was in force.
    #[error("`{id}` was not in force on {day}: it is {}", .span.words(Language::English))]
    NotInForce {
        /// The rule asked for.
        id: String,
        /// The day of the start.
        day: NaiveDate,
        /// When it and its versions are.
        span: Text,
    },
}

impl From<NotGoverned> for Text {
    fn from(error: NotGoverned) -> Self {
        match error {
            NotGoverned::Unknown(rule) => say!("config-no_statute", rule, hint = say!("config-law_lists")),
            NotGoverned::NotInForce { id, day, span } => say!("wrong-not_in_force", id, day, span),
        }
    }
}

/// The library: every rule by its id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Statutes {
    /// By id.
    pub rules: BTreeMap<String, Statute>,
    /// Content hash.
    pub version: String,
}

impl Statutes {
    /// The version of a rule that governs a case whose limit started on `start`: the rule itself, or one that came
    /// before or after it (D15: the law in force at the start event).
    pub fn governing(&self, id: &str, start: NaiveDate) -> Result<&Statute, NotGoverned> {
        let versions = self.versions(id);
        if versions.is_empty() {
            return Err(NotGoverned::Unknown(id.to_owned()));
        }
        let found = versions.iter().find(|version| version.in_force(start));
        found.copied().ok_or_else(|| {
            let (from, to) = (versions[0].valid_from, versions[versions.len() - 1].valid_to);
            let span = match to {
                Some(to) => say!("wrong-in_force_from_to", from, to),
                None => say!("wrong-in_force_since", from),
            };
            NotGoverned::NotInForce { id: id.to_owned(), day: start, span }
        })
    }

    /// All versions of a rule in the order of time, whichever of them is named; none if there is no such rule.
    pub fn versions(&self, id: &str) -> Vec<&Statute> {
        let Some(named) = self.rules.get(id) else { return Vec::new() };
        let mut versions = vec![named];
        while let Some(earlier) = versions[0].follows.as_ref().and_then(|id| self.rules.get(id)) {
            versions.insert(0, earlier);
        }
        while let Some(later) =
            self.rules.values().find(|rule| rule.follows.as_ref() == versions.last().map(|it| &it.id))
        {
            versions.push(later);
        }
        versions
    }
}
