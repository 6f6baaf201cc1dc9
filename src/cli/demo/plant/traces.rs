//! Cases whose traces give them away: typed in afterwards, decided in minutes, withdrawn at the limit, approved by nobody.

use chrono::Duration;

use super::super::cases::{Case, Clerk, Finding, day};
use super::{DOUBT, YELLOW};

const TRACES: [Finding; 6] = [
    Finding::notice("late-entry"),
    Finding::notice("entered-together"),
    Finding::notice("seen-finished"),
    Finding::notice("too-fast"),
    Finding::notice("withdrawn-at-limit"),
    Finding::notice("dummy-values"),
];

impl Clerk<'_> {
    /// Handled elsewhere in November and typed in one go in December: late, all at once, and finished when first seen.
    pub(super) fn typed_afterwards(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let case = self.between(item, day(11, 7), day(11, 16), Some(promised - 2));
        let typed = Some(self.office_time(day(12, 7), day(12, 28)));
        Case { typed, planted: TRACES[..3].to_vec(), what: "系统外办结，事后一次录入", ..case }
    }

    /// Open when its card was told; a decision inside the limit was typed on the day after that, and lifts nothing.
    pub(super) fn entered_after_the_letter(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            date >= day(12, 2) && clerk.after(date, promised + 2) <= day(12, 29)
        });
        let case = self.case(item, accepted, Some(promised - 1));
        let typed = self.after(accepted.date(), promised + 2);
        let entered = Some(self.at(typed, 600, 900));
        Case { entered, planted: vec![YELLOW, TRACES[0]], what: "发牌后补录限期内的决定", ..case }
    }

    pub(super) fn decided_in_minutes(&mut self) -> Case {
        let (item, _) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(12, 20), Some(0));
        let (at, stages) = (case.accepted + Duration::minutes(6), case.steps.len());
        for (place, (_, when)) in (1..).zip(&mut case.steps) {
            *when = case.accepted + Duration::minutes(place * 6 / (stages as i64 + 1));
        }
        if let Some(result) = &mut case.result {
            result.at = at;
        }
        Case { planted: vec![TRACES[3]], what: "受理后数分钟即作出决定", ..case }
    }

    pub(super) fn withdrawn_on_the_last_day(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(11, 4), Some(promised));
        if let Some(result) = &mut case.result {
            result.kind = "2";
        }
        Case { planted: vec![TRACES[4]], what: "承诺时限最后一日撤回", ..case }
    }

    /// The extension that saves it bears 无 where the reason and the approver should be.
    pub(super) fn approved_by_nobody(&mut self) -> Case {
        let case = self.extended(day(11, 4), 4, -3, ("无", ""));
        Case { planted: vec![DOUBT, TRACES[5]], what: "延期没有理由和批准人", ..case }
    }
}
