//! Special procedures and extensions: those that save a case, and those that do not.

use super::super::cases::{Case, Clerk, Special, day};
use super::{DOUBT, EXTENSION, NOTICE, YELLOW};

impl Clerk<'_> {
    pub(super) fn extended_too_late(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(11, 8), Some(promised + 3));
        let from = self.after(case.accepted.date(), promised + 1);
        let from = self.at(from, 600, 900);
        case.specials.push(Special {
            kind: "1",
            name: "延长审批",
            reason: "案情复杂",
            from,
            to: None,
            ..Special::default()
        });
        Case { planted: vec![YELLOW, EXTENSION], what: "超过时限后才批准延期", ..case }
    }

    /// Twenty days more where the law gives ten: in time by what was granted, and late by what counts.
    pub(super) fn extended_too_long(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(10, 21), Some(promised + 12));
        let from = self.after(case.accepted.date(), promised - 3);
        let from = self.at(from, 600, 900);
        case.specials.push(Special {
            kind: "1",
            name: "延长审批",
            reason: "案情复杂",
            days: "20",
            from,
            ..Special::default()
        });
        Case { planted: vec![YELLOW, EXTENSION], what: "延期超过法定的十日", ..case }
    }

    /// In time only if the special procedure counts, and nothing shows that the applicant was told of it.
    pub(super) fn procedure_without_notice(&mut self) -> Case {
        let case = self.saved_by_procedure();
        let mut special = case.specials[0].clone();
        special.reason = "专家评审";
        Case {
            specials: vec![special], planted: vec![DOUBT], what: "特别程序没有书面告知的记录", ..case
        }
    }

    /// Seven working days are left out, so the decision is in time.
    pub(super) fn saved_by_procedure(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let mut case = self.between(item, day(9, 5), day(11, 4), Some(promised + 4));
        let accepted = case.accepted.date();
        let (from, to) = (self.after(accepted, 2), self.after(accepted, 8));
        let (from, to) = (self.at(from, 600, 900), self.at(to, 600, 900));
        let special = Special {
            kind: "2",
            name: "特别程序",
            reason: "专家评审，特告〔2011〕26号",
            from,
            to: Some(to),
            ..Special::default()
        };
        case.specials.push(special);
        case
    }

    /// Ten working days more, granted in time.
    pub(super) fn saved_by_extension(&mut self) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), day(11, 18), Some(promised + 4));
        let from = self.after(case.accepted.date(), promised - 3);
        let from = self.at(from, 600, 900);
        case.specials.push(Special {
            kind: "1",
            name: "延长审批",
            reason: "案情复杂",
            from,
            to: None,
            ..Special::default()
        });
        case
    }

    /// Two procedures that overlap: together they leave out the same seven working days.
    pub(super) fn saved_by_procedures_side_by_side(&mut self) -> Case {
        let mut case = self.saved_by_procedure();
        let (accepted, whole) = (case.accepted.date(), case.specials[0].clone());
        let (ends, begins) = (self.after(accepted, 6), self.after(accepted, 4));
        let (ends, begins) = (self.at(ends, 600, 900), self.at(begins, 600, 900));
        let second = Special { reason: "检测，特告〔2011〕27号", from: begins, ..whole.clone() };
        case.specials = vec![Special { to: Some(ends), ..whole }, second];
        case
    }

    /// A procedure that nobody ends: it gets a card of its own, and after fifteen working days the promise runs on in doubt.
    pub(super) fn procedure_without_end(&mut self) -> Case {
        let (item, _) = self.licence(7);
        let mut case = self.between(item, day(9, 5), day(10, 14), None);
        let from = self.after(case.accepted.date(), 2);
        let (from, reason) = (self.at(from, 600, 900), "检验，特告〔2011〕28号");
        case.specials.push(Special { kind: "2", name: "特别程序", reason, from, ..Special::default() });
        let planted = vec![("time-limit", "special", "yellow"), DOUBT, NOTICE];
        Case { planted, what: "特别程序一直没有结束", ..case }
    }
}
