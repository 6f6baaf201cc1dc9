//! Slips of the pen: data faults that are held against nobody, and one that is put right.

use chrono::Duration;

use super::super::cases::{Case, CaseResult, Clerk, Special, day};
use super::{CHANGED, FAULT, RED, UNPAIRED, YELLOW};

impl Clerk<'_> {
    fn faulty(&mut self, what: &'static str, spoil: impl FnOnce(&mut Case, &mut CaseResult)) -> Case {
        let case = self.quick();
        Self::spoil(case, what, spoil)
    }

    fn spoil(mut case: Case, what: &'static str, spoil: impl FnOnce(&mut Case, &mut CaseResult)) -> Case {
        let mut result = case.result.take().expect("decided well before the demo ends");
        spoil(&mut case, &mut result);
        Case { result: Some(result), planted: vec![FAULT], what, ..case }
    }

    /// A decision that cannot be, or cannot be read, ends no counting.
    fn undecided(&self, case: Case) -> Case {
        let accepted = case.accepted.date();
        let passed = |days: u32| self.after(accepted, days) < day(12, 31);
        let promised = self.items[case.item].promised.is_some_and(passed);
        let cards = [(promised, YELLOW), (passed(20), RED)].into_iter().filter(|(passed, _)| *passed);
        Case { planted: std::iter::once(FAULT).chain(cards.map(|(_, card)| card)).collect(), ..case }
    }

    pub(super) fn decided_before_accepted(&mut self) -> Case {
        let case = self.faulty("决定日期误填为受理之前", decided_too_early);
        self.undecided(case)
    }

    pub(super) fn unknown_item(&mut self) -> Case {
        self.faulty("事项编码不在目录中", |case, _| case.unknown_item = Some("X99-99"))
    }

    pub(super) fn impossible_date(&mut self) -> Case {
        let case = self.faulty("决定日期为不存在的日期", |_, result| {
            result.text = Some("2011-11-31 10:00:00".into())
        });
        self.undecided(case)
    }

    pub(super) fn impossible_hour(&mut self) -> Case {
        let case = self.faulty("决定时间为不存在的时刻", |_, result| {
            result.text = Some("2011-11-30 25:10:00".into())
        });
        self.undecided(case)
    }

    pub(super) fn procedure_backwards(&mut self) -> Case {
        let case = self.faulty("特别程序结束早于开始", |case, _| {
            let from = case.accepted + Duration::hours(2);
            let to = Some(case.accepted + Duration::hours(1));
            case.specials.push(Special::procedure("检验", from, to));
        });
        Case { planted: vec![UNPAIRED], ..case }
    }

    pub(super) fn accepted_next_year(&mut self) -> Case {
        // Decided while nobody needs to have said yet what was missing: without its acceptance nothing else is late.
        let (item, _) = self.licence(7);
        let case = self.between(item, day(9, 5), day(12, 12), Some(3));
        Self::spoil(case, "受理日期误填为次年", |case, _| {
            case.accepted_text = Some(case.accepted.format("2012-%m-%d %H:%M:%S").to_string());
        })
    }

    /// A slip that is seen, and mended the day after, before anything was due: found, and resolved.
    pub(super) fn slip_corrected(&mut self) -> Case {
        let (item, promised) = self.licence(7);
        let accepted = self.accepted_where(|clerk, date| {
            clerk.after(date, promised - 4) >= day(12, 5) && clerk.after(date, promised) <= day(12, 28)
        });
        let mut case = self.case(item, accepted, Some(promised - 4));
        let mut result = case.result.take().expect("decided well before the demo ends");
        let mended = self.after(accepted.date(), promised - 3);
        result.corrected = Some((self.at(mended, 600, 900), result.at));
        decided_too_early(&mut case, &mut result);
        let what = "决定日期误填，后经更正";
        Case { result: Some(result), planted: vec![FAULT, CHANGED], what, ..case }
    }
}

fn decided_too_early(case: &mut Case, result: &mut CaseResult) {
    let wrong = case.accepted - Duration::days(9);
    result.text = Some(wrong.format("%Y-%m-%d %H:%M:%S").to_string());
}
