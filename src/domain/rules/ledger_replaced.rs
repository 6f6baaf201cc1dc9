//! 台账更换: what is said where the ledger is not the one that was last used at its place, or an older copy of it.

use chrono::{Days, NaiveDate};

use crate::domain::text::{Text, say};

/// For so many days from the first on it is told.
const TOLD_DAYS: u64 = 7;

/// How far a ledger had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which ledger it is; empty: it was last written by a version that gave none a name.
    pub id: String,
    /// Its last round; 0: none yet.
    pub round: i64,
    /// When that began, to the minute.
    pub at: String,
}

/// What a ledger found at a place is, where it is not the one that was last used there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// Another one.
    Another,
    /// An older copy of it.
    Older,
    /// Nobody knows: what notes the last one is gone.
    Unknown,
}

/// Compares the ledger that is found with the one that was last used there. One without a round is a new one (`ledger-begun`); one
/// from before ledgers had names was never noted.
pub fn judge(found: &Mark, last: Option<&Mark>) -> Option<Replaced> {
    if found.round == 0 {
        return None;
    }
    match last {
        None if found.id.is_empty() => None,
        None => Some(Replaced::Unknown),
        Some(last) if last.id != found.id => Some(Replaced::Another),
        Some(last) => (found.round < last.round).then_some(Replaced::Older),
    }
}

/// Whether it is still to be told of a ledger that was found on a day.
pub fn stands(found: NaiveDate, today: NaiveDate) -> bool {
    today < found + Days::new(TOLD_DAYS)
}

/// What is told of it. `note`: the file that says which ledger was last used.
pub fn why(path: &str, replaced: Replaced, found: &Mark, last: Option<&Mark>, note: &str) -> Text {
    let mark = |mark: &Mark| say!("ledger_replaced-mark", round = mark.round, at = &mark.at);
    let (now, last) = (mark(found), last.map_or_else(|| Text::from(""), mark));
    match replaced {
        Replaced::Another => say!("ledger_replaced-another", path, now, last),
        Replaced::Older => say!("ledger_replaced-older", path, now, last),
        Replaced::Unknown => say!("ledger_replaced-unknown", path, now, note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: &str, round: i64) -> Mark {
        Mark { id: id.into(), round, at: "2011-10-14 09:05".into() }
    }

    /// One round less than was noted is an older copy; as many, or more (quiet rounds note nothing), is the same. Another name is
    /// another ledger however far it has come.
    #[test]
    fn a_ledger_is_known_by_its_name_and_its_last_round() {
        let last = mark("a", 7);
        let judged = |id, round| judge(&mark(id, round), Some(&last));
        assert_eq!([6, 7, 8].map(|round| judged("a", round)), [Some(Replaced::Older), None, None]);
        assert_eq!([6, 7, 8].map(|round| judged("b", round)), [Some(Replaced::Another); 3]);
        assert_eq!(judged("", 7), Some(Replaced::Another), "a copy from before the upgrade");
        assert_eq!(judged("b", 0), None, "a new one");
        assert_eq!(judge(&mark("a", 1), None), Some(Replaced::Unknown));
        assert_eq!((judge(&mark("", 1), None), judge(&mark("a", 0), None)), (None, None));
    }

    /// The day itself, the seventh day, the eighth.
    #[test]
    fn it_is_told_for_a_week() {
        let day = |text: &str| text.parse().unwrap();
        let stands = |today| stands(day("2011-10-03"), day(today));
        assert_eq!(["2011-10-03", "2011-10-09", "2011-10-10"].map(stands), [true, true, false]);
    }
}
