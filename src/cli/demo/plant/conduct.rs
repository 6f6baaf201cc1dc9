//! Cases whose record shows how they were handled: out of order, by one person, refused without a word, deleted.

use chrono::Duration;

use super::super::cases::{Case, CaseResult, Clerk, Finding, Special, day};
use super::super::registry::QUIET_UNIT;

impl Clerk<'_> {
    pub(super) fn stages_swapped(&mut self) -> Case {
        let (item, promised) = loop {
            let (item, promised) = self.licence(10);
            if self.items[item].stages.len() == 2 {
                break (item, promised);
            }
        };
        let mut case = self.between(item, day(9, 5), day(12, 1), Some(promised - 4));
        let (first, second) = (case.steps[0].1, case.steps[1].1);
        (case.steps[0].1, case.steps[1].1) = (second, first.min(second - Duration::hours(1)));
        Case { planted: vec![Finding::notice("wrong-order")], what: "环节次序颠倒", ..case }
    }

    pub(super) fn decided_by_the_clerk(&mut self) -> Case {
        let case = self.quick();
        Case {
            alone: true,
            planted: vec![Finding::notice("one-person")],
            what: "受理、审查、决定为同一人",
            ..case
        }
    }

    pub(super) fn asked_after_acceptance(&mut self) -> Case {
        let mut case = self.quick();
        let asked = self.after(case.accepted.date(), 1);
        let from = self.at(asked, 600, 900);
        case.specials.push(Special::correction("缺少附图", from));
        Case {
            planted: vec![Finding::notice("second-correction")], what: "受理之后才告知补正", ..case
        }
    }

    /// The clock is stopped on the day it would have run out.
    pub(super) fn paused_on_the_last_day(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let mut case = self.between(item, day(9, 5), day(11, 4), Some(promised + 3));
        let accepted = case.accepted.date();
        let (from, to) = (self.after(accepted, promised), self.after(accepted, promised + 3));
        let (from, to) = (self.at(from, 600, 700), self.at(to, 545, 560));
        case.specials.push(Special::procedure("专家评审，特告〔2011〕9号", from, Some(to)));
        Case {
            planted: vec![Finding::notice("special-misuse")], what: "时限最后一日才启动特别程序", ..case
        }
    }

    /// Never accepted; refused two days after it was applied for.
    pub(super) fn refused(&mut self, item: usize, reason: &'static str) -> Case {
        let mut case = self.between(item, day(10, 10), day(11, 18), Some(2));
        (case.accepted_text, case.steps) = (Some(String::new()), Vec::new());
        if let Some(result) = &mut case.result {
            *result = CaseResult { kind: "3", reason, ..result.clone() };
        }
        case
    }

    pub(super) fn refused_without_reason(&mut self) -> Case {
        let (item, _) = self.licence(5);
        let case = self.refused(item, "");
        Case {
            planted: vec![Finding::notice("bare-refusal")], what: "不予受理而未说明理由", ..case
        }
    }

    pub(super) fn charged_for_nothing(&mut self) -> Case {
        let case = self.quick();
        Case {
            charged: Some("50.00"), planted: vec![Finding::notice("fee")], what: "免费事项收费", ..case
        }
    }

    pub(super) fn accepted_after_the_end(&mut self) -> Case {
        let item =
            self.items.iter().position(|item| item.ended).expect("one item of the catalogue has ended");
        let accepted = self.office_time(day(12, 5), day(12, 9));
        let case = self.case(item, accepted, Some(1));
        Case { planted: vec![Finding::notice("expired-item")], what: "受理已失效的事项", ..case }
    }

    pub(super) fn accepted_by_nobody(&mut self) -> Case {
        let case = self.quick();
        Case {
            nameless: true, planted: vec![Finding::notice("required-field")], what: "受理人未填", ..case
        }
    }

    pub(super) fn entered_at_night(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let accepted = self.office_time(day(12, 2), day(12, 12));
        let mut case = self.case(item, accepted, Some(promised - 4));
        if let Some(result) = &mut case.result {
            result.at = result.at.date().and_hms_opt(22, 30, 0).expect("the night exists");
        }
        Case { planted: vec![Finding::notice("off-hours-entry")], what: "深夜录入", ..case }
    }

    /// Open, and its rows are taken out before Christmas.
    pub(super) fn deleted(&mut self) -> Case {
        let item = loop {
            let item = self.any_item();
            let quiet = self.items[item].unit == QUIET_UNIT || self.has_a_story(item);
            if self.items[item].promised.is_some_and(|days| days >= 15) && !quiet {
                break item;
            }
        };
        let accepted = self.office_time(day(12, 15), day(12, 16));
        let deleted = Some(accepted + Duration::days(7));
        let case = self.case(item, accepted, None);
        Case {
            deleted, planted: vec![Finding::notice("vanished-record")], what: "在办件被删除", ..case
        }
    }

    /// Withdrawn on its last day; [`Self::plant_across`] files it again.
    pub(super) fn withdrawn_for_another(&mut self) -> Case {
        let mark = Some(self.random.below(1 << 40));
        Case { mark, ..self.withdrawn_on_the_last_day() }
    }
}
