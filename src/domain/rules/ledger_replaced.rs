//! 台账更换: what is said where the ledger is not the one that was last used at its place, or an older copy of it.

use chrono::{Days, NaiveDate};

use crate::domain::calendar::Calendar;
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

/// For so many working days letters on cases wait for somebody to say that they may go. A supervisor is told at once; who restores an
/// old copy to keep cards from being told has them kept for no longer.
const HELD_DAYS: u32 = 2;
/// The same where the calendar does not say, with a weekend in between.
const HELD_DAYS_OF_ALL: u64 = 4;

/// How long letters wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The day from which that is counted.
    pub from: NaiveDate,
    /// The last day on which they wait.
    pub until: NaiveDate,
}

/// How long letters wait of a ledger that was found on a day. `earlier`: from which day they were held before, if nobody has let them
/// go since: another copy put there within a week gives no more time.
pub fn wait(calendar: &Calendar, found: NaiveDate, earlier: Option<NaiveDate>) -> Wait {
    let from = earlier.filter(|earlier| *earlier <= found && stands(*earlier, found)).unwrap_or(found);
    let until = calendar.after(from, HELD_DAYS).unwrap_or(from + Days::new(HELD_DAYS_OF_ALL));
    Wait { from, until }
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

    /// Found on Friday 2011-10-14 letters wait to the end of Tuesday. Another copy on that Tuesday, or on Wednesday, when they went again,
    /// gives no more time, and neither does one on the seventh day; one on the eighth does. A day that lies ahead is no earlier one.
    #[test]
    fn letters_wait_for_two_working_days_and_another_copy_gives_no_more() {
        let policy = crate::domain::clock::tests::policy(&[]);
        let day = |text: &str| text.parse().unwrap();
        let until = |found, earlier: Option<&str>| {
            wait(&policy.calendar, day(found), earlier.map(day)).until.to_string()
        };
        assert_eq!(until("2011-10-14", None), "2011-10-18");
        for again in ["2011-10-14", "2011-10-18", "2011-10-19", "2011-10-20"] {
            assert_eq!(until(again, Some("2011-10-14")), "2011-10-18", "{again}");
        }
        assert_eq!(until("2011-10-21", Some("2011-10-14")), "2011-10-25");
        assert_eq!(until("2011-10-14", Some("2011-10-17")), "2011-10-18");
    }

    /// The day itself, the seventh day, the eighth.
    #[test]
    fn it_is_told_for_a_week() {
        let day = |text: &str| text.parse().unwrap();
        let stands = |today| stands(day("2011-10-03"), day(today));
        assert_eq!(["2011-10-03", "2011-10-09", "2011-10-10"].map(stands), [true, true, false]);
    }
}
