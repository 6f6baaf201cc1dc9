//! Cases that pass to another unit: what falls due is the lateness of the one that has the case then.

use super::super::cases::{Case, Clerk, Finding, HandOver, day};
use super::YELLOW;

const HANDED: Finding = Finding::notice("handed-over");

impl Clerk<'_> {
    /// A case that passes to another unit on the n-th working day after its acceptance, with what is found of that unit.
    fn hand_over(&mut self, case: Case, days: u32, planted: &[Finding]) -> Case {
        let to = loop {
            let (other, _) = self.licence(5);
            if self.items[other].unit != self.items[case.item].unit {
                break self.items[other].unit_code().to_owned();
            }
        };
        let date = self.after(case.accepted.date(), days);
        let at = self.at(date, 600, 900);
        Case { handed: Some(HandOver { at, to, planted: planted.to_vec() }), ..case }
    }

    pub(super) fn handed_over_and_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised) <= day(12, 30) && clerk.after(date, 20) >= day(12, 31)
        });
        let case = self.case(item, accepted, None);
        let case = self.hand_over(case, promised - 3, &[YELLOW, HANDED]);
        Case { what: "限期前移交，在接办单位超承诺时限", ..case }
    }

    /// Over before anybody looked: read in one go it is the lateness of the same unit, and there is nobody left to be told.
    pub(super) fn handed_over_and_closed_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let case = self.between(item, day(9, 5), day(11, 8), Some(promised + 3));
        let case = self.hand_over(case, promised - 3, &[YELLOW]);
        Case { what: "限期前移交，接办单位超承诺时限后才办结", ..case }
    }

    /// Late before it was handed over: the card is the former unit's, the rest of the work the other's.
    pub(super) fn late_and_handed_over(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised + 2) <= day(12, 30) && clerk.after(date, 20) >= day(12, 31)
        });
        let case = self.case(item, accepted, None);
        let case = self.hand_over(case, promised + 2, &[HANDED]);
        Case { planted: vec![YELLOW], what: "超承诺时限之后才移交", ..case }
    }

    /// The unit that has it now is told, and finishes before a notice is due.
    pub(super) fn handed_over_in_time(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let accepted = self.accepted_where(|clerk, date| {
            date >= day(12, 1) && clerk.after(date, promised - 3) <= day(12, 30)
        });
        let case = self.case(item, accepted, Some(promised - 3));
        let case = self.hand_over(case, 1, &[HANDED]);
        Case { what: "移交后由接办单位按时办结", ..case }
    }

    /// Handed over and finished in time before anybody looked.
    pub(super) fn handed_over_and_over(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let case = self.between(item, day(9, 5), day(11, 11), Some(promised - 3));
        self.hand_over(case, 1, &[])
    }
}
