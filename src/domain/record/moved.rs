//! A row that is gone from one table and stands in another: a case that went over from those in hand to those finished.

use super::TraceKind;
use crate::domain::moment::Moment;

/// What a row says of one trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What happened.
    pub kind: TraceKind,
    /// In which stage.
    pub stage: Option<String>,
    /// When.
    pub occurred: Moment,
    /// Number of the round that first read it.
    pub since: i64,
}

impl Said {
    fn is_of_kind(&self, other: &Self) -> bool {
        (self.kind, &self.stage) == (other.kind, &other.stage)
    }

    /// Whether both tell of the same moment, as far as each keeps it: one of the tables may have days only.
    fn is_when(&self, other: &Self) -> bool {
        let [one, other] = [self, other].map(|it| it.occurred.without_midnight());
        one.order(&other).is_eq()
    }
}

/// Whether rows of other tables that were first read after a row tell what it told: at least one of its traces, and none of them
/// otherwise. What it told beside that stays on record and counts, so nobody gains by moving it.
pub fn has_moved(gone: &[Said], others: &[Said]) -> bool {
    let mut met = false;
    for said in gone {
        let mut told = others.iter().filter(|it| it.since > said.since && it.is_of_kind(said)).peekable();
        if told.peek().is_some() {
            if !told.any(|it| it.is_when(said)) {
                return false;
            }
            met = true;
        }
    }
    met
}

#[cfg(test)]
mod tests {
    use super::*;
    use TraceKind::{Accepted, Applied, Decided, Step};

    fn said(kind: TraceKind, at: &str, since: i64) -> Said {
        let written = match at.split_once(' ') {
            Some((day, time)) => format!("{day}T{time}+08:00"),
            None => at.to_owned(),
        };
        let occurred = Moment::parse(&written, chrono_tz::Asia::Shanghai).unwrap();
        Said { kind, stage: None, occurred, since }
    }

    /// The same acceptance elsewhere is the same row, to the minute that the other table keeps and no further; another one is not,
    /// and neither is one that stood there all along or came together with it.
    #[test]
    fn a_row_that_stands_elsewhere_is_no_deletion() {
        let gone = [said(Applied, "2011-10-10 08:00:00", 1), said(Accepted, "2011-10-10 09:00:00", 1)];
        let there = |kind, at, since| has_moved(&gone, &[said(kind, at, since)]);
        assert!(there(Accepted, "2011-10-10 09:00:00", 2));
        assert!(
            there(Accepted, "2011-10-10", 2) && there(Accepted, "2011-10-10 00:00:00", 2),
            "a table of days"
        );
        for day in ["2011-10-09", "2011-10-11", "2011-10-10 09:01:00"] {
            assert!(!there(Accepted, day, 2), "{day}");
        }
        assert!(!there(Accepted, "2011-10-10 09:00:00", 1), "it stood there all along");
        assert!(!there(Decided, "2011-10-10 09:00:00", 2), "nothing of what it told is there");
        assert!(!has_moved(&gone, &[]) && !has_moved(&[], &gone));
    }

    /// What the other table has otherwise is a change that is to be seen; two tables together may hold it all.
    #[test]
    fn what_is_told_otherwise_has_not_moved() {
        let gone = [said(Applied, "2011-10-10 08:00:00", 1), said(Accepted, "2011-10-10 09:00:00", 1)];
        let accepted = said(Accepted, "2011-10-10 09:00:00", 2);
        let moved = |applied| has_moved(&gone, &[accepted.clone(), said(Applied, applied, 3)]);
        assert!(moved("2011-10-10 08:00:00") && !moved("2011-10-11 08:00:00"));
        let step = |stage: &str, since| Said { stage: Some(stage.into()), ..said(Step, "2011-10-12", since) };
        assert!(has_moved(&[step("审查", 1)], &[step("审查", 2)]));
        assert!(!has_moved(&[step("审查", 1)], &[step("听证", 2)]), "another stage is another trace");
    }
}
