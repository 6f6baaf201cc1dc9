//! A row that is gone from one table and stands in another: a case that went over from those in hand to those finished, or back.

use super::TraceKind;
use super::mapping::{ReadSpec, Shape};
use crate::domain::moment::Moment;

/// The numbers of those reads whose rows are cases: a case may go over from one of these tables to another.
pub fn tables_of_cases(reads: &[ReadSpec]) -> impl Iterator<Item = u16> {
    let of_cases =
        |read: &ReadSpec| read.shape == Shape::Wide && read.item.is_some() && read.evidence.is_none();
    reads.iter().zip(0..).filter(move |(read, _)| of_cases(read)).map(|(_, number)| number)
}

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
    are_told(gone, others, |said, other| other.since > said.since)
}

fn are_told(gone: &[Said], others: &[Said], may_tell: impl Fn(&Said, &Said) -> bool) -> bool {
    let mut met = false;
    for said in gone {
        let mut told = others.iter().filter(|it| may_tell(said, it) && it.is_of_kind(said)).peekable();
        if told.peek().is_some() {
            if !told.any(|it| it.is_when(said)) {
                return false;
            }
            met = true;
        }
    }
    met
}

/// What a row that is gone had told, and what is there of its case.
#[derive(Debug, Clone, Copy)]
pub struct LeftBehind<'a> {
    /// What the row told at last.
    pub gone: &'a [Said],
    /// Whether it, as it was once read, told how the case ended.
    pub had_end: bool,
    /// What the case's own row in another table tells, where there is one.
    pub own: &'a [Said],
    /// What all rows of the case tell that are there.
    pub all: &'a [Said],
}

/// What becomes of a row that is gone, while its case stands among those in hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WentBack {
    /// The kinds of its ends that no row tells any more: these are taken back.
    pub ends: Vec<TraceKind>,
    /// The case's own row tells the rest, so that nothing was deleted.
    pub is_told: bool,
}

/// A case went back from those finished to those in hand when its row is gone from one table and the one in another tells of no end:
/// its end is taken back, as it would be by emptying its cell. What else it told stays on record.
pub fn went_back(left: LeftBehind<'_>) -> WentBack {
    let LeftBehind { gone, had_end, own, all } = left;
    if !had_end || own.is_empty() || own.iter().any(|it| it.kind.ends_a_case()) {
        return WentBack::default();
    }
    let (ends, rest): (Vec<&Said>, Vec<&Said>) = gone.iter().partition(|it| it.kind.ends_a_case());
    let untold = |end: &&Said| !all.iter().any(|it| it.is_of_kind(end));
    let rest: Vec<Said> = rest.into_iter().cloned().collect();
    WentBack {
        ends: ends.into_iter().filter(untold).map(|it| it.kind).collect(),
        is_told: are_told(&rest, own, |_, _| true),
    }
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

    /// The row among the finished is gone and the one in hand, which was there before it, tells of no end: the decision is taken back,
    /// and nothing was deleted. With another acceptance something was; with an end in hand, another end elsewhere, or no row in hand
    /// the row that is gone counts on.
    #[test]
    fn a_case_that_is_in_hand_again_has_lost_its_end() {
        let accepted = |at, since| said(Accepted, at, since);
        let finished = [accepted("2011-10-10 09:00:00", 2), said(Decided, "2011-10-12 10:00:00", 2)];
        let in_hand = [accepted("2011-10-10 09:00:00", 1)];
        let left = |gone, own, all| went_back(LeftBehind { gone, had_end: true, own, all });
        let back = |is_told| WentBack { ends: vec![Decided], is_told };
        assert_eq!(left(&finished, &in_hand, &in_hand), back(true));
        let of_a_day_later = [accepted("2011-10-11 09:00:00", 1)];
        assert_eq!(left(&finished, &of_a_day_later, &in_hand), back(false));
        let of_another = [in_hand[0].clone(), said(Decided, "2011-10-13", 3)];
        let none = WentBack { ends: Vec::new(), is_told: true };
        assert_eq!(left(&finished, &in_hand, &of_another), none, "another row tells of a decision");
        assert_eq!(left(&finished[..1], &in_hand, &in_hand), none, "it was taken back before");
        assert_eq!(left(&finished, &of_another, &of_another), WentBack::default());
        assert_eq!(left(&finished, &[], &in_hand), WentBack::default());
        let copy = LeftBehind { gone: &finished[..1], had_end: false, own: &in_hand, all: &in_hand };
        assert_eq!(went_back(copy), WentBack::default(), "a copy in hand that was deleted");
    }
}
