//! Special procedures and extensions: those that save a case, and those that do not.

use chrono::NaiveDate;

use super::super::cases::{Case, Clerk, Finding, Special, day};
use super::{DOUBT, EXTENSION, NOTICE, YELLOW};

/// The reason given for an extension, and how long it is to be, where that is noted.
type Note = (&'static str, &'static str);

const COMPLEX: Note = ("案情复杂", "");

impl Clerk<'_> {
    /// Decided `over` working days after the promise had passed, with an extension granted so many working days before or
    /// after that.
    pub(super) fn extended(
        &mut self,
        last: NaiveDate,
        over: u32,
        granted: i32,
        (reason, days): Note,
    ) -> Case {
        let (item, promised) = self.licence(5);
        let mut case = self.between(item, day(9, 5), last, Some(promised + over));
        let from = self.after(case.accepted.date(), promised.saturating_add_signed(granted));
        let from = self.at(from, 600, 900);
        case.specials.push(Special::extension(reason, days, from));
        case
    }

    pub(super) fn extended_too_late(&mut self) -> Case {
        let case = self.extended(day(11, 8), 3, 1, COMPLEX);
        Case { planted: vec![YELLOW, EXTENSION], what: "超过时限后才批准延期", ..case }
    }

    /// Twenty days more where the law gives ten: in time by what was granted, and late by what counts.
    pub(super) fn extended_too_long(&mut self) -> Case {
        let case = self.extended(day(10, 21), 12, -3, ("案情复杂", "20"));
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
        let special = Special::procedure("专家评审，特告〔2011〕26号", from, Some(to));
        case.specials.push(special);
        case
    }

    /// Ten working days more, granted in time.
    pub(super) fn saved_by_extension(&mut self) -> Case {
        self.extended(day(11, 18), 4, -3, COMPLEX)
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
        let from = self.at(from, 600, 900);
        case.specials.push(Special::procedure("检验，特告〔2011〕28号", from, None));
        let planted = vec![Finding::late("special", "yellow"), DOUBT, NOTICE];
        Case { planted, what: "特别程序一直没有结束", ..case }
    }
}
