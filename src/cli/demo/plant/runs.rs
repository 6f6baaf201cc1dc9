//! Cases that live twice: ended, and accepted again under the same number.

use chrono::NaiveDateTime;

use super::super::cases::{Case, Clerk, Finding, day};
use super::YELLOW;

/// The promise of the second run.
const SECOND: Finding = Finding::late("promise#2", "yellow");
/// Working days from the first acceptance to the second.
const AGAIN: u32 = 7;

impl Clerk<'_> {
    /// Decided two working days after its acceptance, and accepted again five later.
    fn accepted_again(&mut self, item: usize, accepted: NaiveDateTime, decided_after: Option<u32>) -> Case {
        let case = self.case(item, accepted, Some(2));
        self.again(case, AGAIN, decided_after)
    }

    /// Accepted again so many working days after its first acceptance.
    fn again(&mut self, case: Case, days: u32, decided_after: Option<u32>) -> Case {
        let date = self.after(case.accepted.date(), days);
        let accepted = self.at(date, 600, 900);
        let second = self.case(case.item, accepted, decided_after);
        Case { second: Some(Box::new(second)), ..case }
    }

    pub(super) fn second_run_closed_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.office_time(day(9, 5), day(11, 25));
        let case = self.accepted_again(item, accepted, Some(promised + 2));
        Case { planted: vec![SECOND], what: "办结后重新受理，第二次超承诺时限", ..case }
    }

    /// The end of the first run is not the end of the second.
    pub(super) fn second_run_open_past_promise(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            let again = clerk.after(date, AGAIN);
            clerk.after(again, promised) <= day(12, 30) && clerk.after(again, 20) >= day(12, 31)
        });
        let case = self.accepted_again(item, accepted, None);
        Case {
            planted: vec![SECOND], what: "办结后重新受理，第二次超承诺时限仍未办结", ..case
        }
    }

    /// What was late the first time stays so, whatever the second run is.
    pub(super) fn first_run_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let case = self.between(item, day(9, 5), day(11, 11), Some(promised + 2));
        let case = self.again(case, promised + 4, Some(2));
        Case { planted: vec![YELLOW], what: "第一次超承诺时限，重新受理后按时办结", ..case }
    }

    /// Withdrawn long before its limit, and accepted again. Counted from its first acceptance it would be late.
    pub(super) fn second_run_in_time(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.office_time(day(9, 5), day(12, 2));
        let mut case = self.accepted_again(item, accepted, Some(promised - 3));
        if let Some(result) = &mut case.result {
            result.kind = "2";
        }
        case
    }
}
