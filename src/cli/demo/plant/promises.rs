//! Promises that change while cases run: each case keeps the promise of the day on which it began. All are decided on the
//! seventh working day, which is late by five working days and not by ten.

use chrono::NaiveDate;

use super::super::cases::{Case, Clerk, day};
use super::super::registry::{Change, SystemItem};
use super::YELLOW;

impl Clerk<'_> {
    fn seven_days(&mut self, change: Change, first: NaiveDate, last: NaiveDate) -> Case {
        let changed = |item: &SystemItem| item.change == Some(change);
        let item = self.items.iter().position(changed).expect("one promise of the catalogue changes so");
        self.between(item, first, last, Some(7))
    }

    pub(super) fn late_by_the_shorter_promise(&mut self) -> Case {
        let case = self.seven_days(Change::Shorter, day(12, 12), day(12, 19));
        Case { planted: vec![YELLOW], what: "承诺缩短后受理，超新承诺时限才办结", ..case }
    }

    /// In time as it was promised, though the promise is shorter before it is decided.
    pub(super) fn in_time_by_the_former_promise(&mut self) -> Case {
        self.seven_days(Change::Shorter, day(12, 1), day(12, 9))
    }

    /// The card stays, though the promise is longer before it is decided.
    pub(super) fn late_by_the_former_promise(&mut self) -> Case {
        let case = self.seven_days(Change::Longer, day(12, 1), day(12, 9));
        Case { planted: vec![YELLOW], what: "承诺延长前受理，超原承诺时限才办结", ..case }
    }

    pub(super) fn in_time_by_the_longer_promise(&mut self) -> Case {
        self.seven_days(Change::Longer, day(12, 12), day(12, 19))
    }
}
