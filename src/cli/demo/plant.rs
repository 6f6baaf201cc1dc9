//! What is planted: cards of every colour, missing stages, slips of the pen, cases that live twice, pass to another unit or
//! see their promise changed; and honest cases that only look bad.

mod conduct;
mod faults;
mod handed;
mod patterns;
mod procedures;
mod promises;
mod runs;
mod traces;

use chrono::NaiveDate;

use super::cases::{Case, Clerk, Finding, day};
use super::registry::QUIET_UNIT;

const YELLOW: Finding = Finding::late("promise", "yellow");
const RED: Finding = Finding::late("statutory", "red");
const NOTICE: Finding = Finding::late("promise", "notice");
const MISSING: Finding = Finding::notice("missing-step");
const DOUBT: Finding = Finding::notice("doubtful-fact");
const EXTENSION: Finding = Finding::notice("extension-misuse");
const CHANGED: Finding = Finding::notice("changed-after-fact");
const UNPAIRED: Finding = Finding::notice("special-unpaired");
const FAULT: Finding = Finding::notice("data-fault");

/// How one case of a kind is made.
type Make<'a> = fn(&mut Clerk<'a>) -> Case;

impl<'a> Clerk<'a> {
    /// Adds everything that is planted, and the decoys.
    pub(super) fn plant(&mut self, cases: &mut Vec<Case>) {
        let plans: [(usize, Make<'a>); 34] = [
            (110, Self::closed_late),
            (40, Self::open_past_promise),
            (13, Self::closed_past_law),
            (12, Self::open_past_law),
            (80, Self::just_in_time),
            (40, Self::nearly_due),
            (15, Self::instant_overnight),
            (60, Self::without_review),
            (10, Self::decided_before_accepted),
            (8, Self::unknown_item),
            (6, Self::impossible_date),
            (6, Self::impossible_hour),
            (4, Self::procedure_backwards),
            (4, Self::accepted_next_year),
            (2, Self::slip_corrected),
            (5, Self::extended_too_late),
            (4, Self::extended_too_long),
            (6, Self::procedure_without_notice),
            (5, Self::procedure_without_end),
            (12, Self::typed_afterwards),
            (8, Self::decided_in_minutes),
            (6, Self::withdrawn_on_the_last_day),
            (5, Self::approved_by_nobody),
            (5, Self::stages_swapped),
            (5, Self::decided_by_the_clerk),
            (4, Self::asked_after_acceptance),
            (4, Self::paused_on_the_last_day),
            (4, Self::refused_without_reason),
            (5, Self::charged_for_nothing),
            (3, Self::accepted_after_the_end),
            (4, Self::accepted_by_nobody),
            (4, Self::entered_at_night),
            (4, Self::deleted),
            (3, Self::withdrawn_for_another),
        ];
        let decoys: [(usize, Make<'a>); 6] = [
            (20, Self::saved_by_procedure),
            (6, Self::saved_by_procedures_side_by_side),
            (15, Self::saved_by_extension),
            (20, Self::decided_in_the_evening),
            (15, Self::withdrawn_in_time),
            (20, Self::touched_afterwards),
        ];
        self.make(cases, &plans);
        self.make(cases, &decoys);
    }

    /// Adds what came to the demo later: after all else, so that the other cases have the chances they had without it.
    pub(super) fn plant_last(&mut self, cases: &mut Vec<Case>) {
        let plans: [(usize, Make<'a>); 10] = [
            (4, Self::entered_after_the_letter),
            (5, Self::second_run_closed_late),
            (4, Self::second_run_open_past_promise),
            (4, Self::first_run_late),
            (5, Self::handed_over_and_late),
            (4, Self::handed_over_and_closed_late),
            (4, Self::late_and_handed_over),
            (4, Self::handed_over_in_time),
            (4, Self::late_by_the_shorter_promise),
            (4, Self::late_by_the_former_promise),
        ];
        let decoys: [(usize, Make<'a>); 4] = [
            (6, Self::second_run_in_time),
            (4, Self::handed_over_and_over),
            (4, Self::in_time_by_the_former_promise),
            (4, Self::in_time_by_the_longer_promise),
        ];
        self.make(cases, &plans);
        self.make(cases, &decoys);
    }

    fn make(&mut self, cases: &mut Vec<Case>, plans: &[(usize, Make<'a>)]) {
        for (count, make) in plans {
            cases.extend((0..*count).map(|_| make(self)));
        }
    }

    /// An item with a promise of at least five working days under a law of twenty; some units have more than their
    /// share of trouble.
    fn licence(&mut self, least: u32) -> (usize, u32) {
        loop {
            let item = self.any_item();
            let found = &self.items[item];
            let usual = matches!(found.promised, Some(days) if (least..=10).contains(&days))
                && !self.has_a_story(item)
                && found.change.is_none()
                && found.unit != QUIET_UNIT;
            let troubled = found.unit % 5 == 2 || self.random.below(4) == 0;
            if let (Some(promised), true, true, Some(20)) = (found.promised, usual, troubled, found.statutory)
            {
                return (item, promised);
            }
        }
    }

    /// A case accepted between two days, decided on the n-th working day after.
    fn between(&mut self, item: usize, first: NaiveDate, last: NaiveDate, days: Option<u32>) -> Case {
        let accepted = self.office_time(first, last);
        self.case(item, accepted, days)
    }

    /// A working day on which a case can be accepted so that `holds` is true of it.
    fn accepted_where(&mut self, holds: impl Fn(&Self, NaiveDate) -> bool) -> chrono::NaiveDateTime {
        loop {
            let accepted = self.office_time(day(10, 10), day(12, 30));
            if holds(self, accepted.date()) {
                return accepted;
            }
        }
    }

    fn closed_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let over = self.random.between(1, 6) as u32;
        let case = self.between(item, day(9, 5), day(12, 5), Some(promised + over));
        Case { planted: vec![YELLOW], what: "超承诺时限后才办结", ..case }
    }

    fn open_past_promise(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised) <= day(12, 30) && clerk.after(date, 20) >= day(12, 31)
        });
        Case { planted: vec![YELLOW], what: "超承诺时限仍未办结", ..self.case(item, accepted, None) }
    }

    fn closed_past_law(&mut self) -> Case {
        let (item, _) = self.licence(5);
        let over = self.random.between(1, 5) as u32;
        let case = self.between(item, day(9, 5), day(11, 21), Some(20 + over));
        Case { planted: vec![YELLOW, RED], what: "超法定时限后才办结", ..case }
    }

    fn open_past_law(&mut self) -> Case {
        let (item, _) = self.licence(5);
        let case = self.between(item, day(11, 1), day(11, 25), None);
        Case { planted: vec![YELLOW, RED], what: "超法定时限仍未办结", ..case }
    }

    /// Seen open by a round when the notice begins, and decided in time after it.
    fn just_in_time(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised - 2) >= day(12, 1) && clerk.after(date, promised) <= day(12, 30)
        });
        let days = promised - self.random.below(2) as u32;
        let case = self.case(item, accepted, Some(days));
        Case { planted: vec![NOTICE], what: "临近承诺时限才办结，未超期", ..case }
    }

    fn nearly_due(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised - 2) <= day(12, 31) && clerk.after(date, promised) >= day(12, 31)
        });
        Case {
            planted: vec![NOTICE], what: "临近承诺时限，尚未办结", ..self.case(item, accepted, None)
        }
    }

    fn instant_overnight(&mut self) -> Case {
        let item = loop {
            let item = self.any_item();
            let quiet = self.items[item].unit == QUIET_UNIT || self.has_a_story(item);
            if self.items[item].promised.is_none() && !quiet {
                break item;
            }
        };
        let case = self.between(item, day(9, 5), day(12, 28), Some(1));
        Case { planted: vec![YELLOW], what: "即办件未在当日办结", ..case }
    }

    fn without_review(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(12, 12), Some(promised - 4));
        case.steps.retain(|(stage, _)| *stage != "审查");
        Case { planted: vec![MISSING], what: "未留下“审查”环节痕迹", ..case }
    }

    /// An ordinary case that is about to go wrong.
    fn quick(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        self.between(item, day(9, 5), day(12, 12), Some(promised - 4))
    }

    /// On the last day, after closing time: still in time, as the day lasts until midnight.
    fn decided_in_the_evening(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(11, 11), Some(promised));
        let evening = self.after(case.accepted.date(), promised);
        if let Some(result) = &mut case.result {
            result.at = evening.and_hms_opt(21, 40, 0).expect("the evening exists");
        }
        case
    }

    fn withdrawn_in_time(&mut self) -> Case {
        let mut case = self.quick();
        if let Some(result) = &mut case.result {
            result.kind = "2";
        }
        case
    }

    /// A row written once more, long after: nothing about its dates changes.
    fn touched_afterwards(&mut self) -> Case {
        let mut case = self.quick();
        case.touched = Some(self.office_time(day(12, 14), day(12, 29)));
        case
    }
}
