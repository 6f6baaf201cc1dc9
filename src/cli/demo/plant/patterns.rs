//! What is planted on many cases together: a burst, a reason copied, a heap on the last day, silence, filings anew.

use chrono::Duration;

use super::super::cases::{Case, Clerk, Finding, day};
use super::super::planted::Planted;
use super::super::registry::{LAST_DAY_UNIT, QUIET, QUIET_UNIT, SystemItem};

/// The reason given to all.
const REASON: &str = "申请材料不符合法定形式";

impl Clerk<'_> {
    /// Adds all of it.
    pub(in super::super) fn plant_across(&mut self, cases: &mut Vec<Case>) {
        self.burst(cases);
        self.one_reason(cases);
        self.last_day(cases);
        self.quiet_item(cases);
        let unit = self.unit(QUIET_UNIT);
        self.across.push(Planted::across(unit.clone(), &unit, "silent-unit", "十二月起全部事项无新办件"));
        self.across.push(Planted::across("hall".into(), "", "silent-source", "大厅登记表自十二月起再无新行"));
        self.filed_again(cases);
    }

    /// Code of a unit by its number.
    fn unit(&self, number: usize) -> String {
        let item = self.items.iter().find(|item| item.unit == number);
        item.map_or_else(String::new, |item| item.unit_code().to_owned())
    }

    /// Six decisions of a morning, all entered at four in the afternoon.
    fn burst(&mut self, cases: &mut Vec<Case>) {
        let (item, _) = self.licence(7);
        let four = day(12, 14).and_hms_opt(16, 0, 0).expect("four in the afternoon exists");
        for minute in [0, 1, 1, 2, 3, 4] {
            let accepted = self.at(day(12, 12), 560, 700);
            let mut case = self.case(item, accepted, Some(2));
            if let Some(result) = &mut case.result {
                result.at = day(12, 14).and_hms_opt(10, 0, 0).expect("the morning exists");
            }
            case.steps
                .iter_mut()
                .for_each(|(_, at)| *at = (*at).min(day(12, 13).and_hms_opt(16, 0, 0).unwrap_or(*at)));
            cases.push(Case { entered: Some(four + Duration::minutes(minute)), ..case });
        }
        let unit = self.items[item].unit_code();
        let subject = format!("{unit}批准01 2011-12-14 16:00");
        self.across.push(Planted::across(subject, unit, "entry-burst", "数分钟内集中录入六件办结"));
    }

    fn one_reason(&mut self, cases: &mut Vec<Case>) {
        let (item, _) = self.licence(5);
        for _ in 0..6 {
            let case = self.refused(item, REASON);
            cases.push(case);
        }
        let unit = self.items[item].unit_code();
        let subject = format!("{unit} {REASON}");
        self.across.push(Planted::across(subject, unit, "copied-reason", "以同一理由不予受理六件"));
    }

    fn last_day(&mut self, cases: &mut Vec<Case>) {
        let of_unit = |item: &usize| {
            self.items[*item].unit == LAST_DAY_UNIT
                && self.items[*item].promised.is_some_and(|days| days >= 5)
        };
        let items: Vec<usize> = (0..self.items.len()).filter(of_unit).collect();
        for number in 0..60 {
            let item = items[number % items.len()];
            let promised = self.items[item].promised.unwrap_or(5);
            let last = if promised > 10 { day(10, 28) } else { day(11, 11) };
            let accepted = self.office_time(day(10, 8), last);
            let case = self.case(item, accepted, Some(promised));
            cases.push(case);
        }
        let unit = self.unit(LAST_DAY_UNIT);
        self.across.push(Planted::across(unit.clone(), &unit, "last-day-heap", "办结集中于到期当日"));
    }

    /// A case every working day, and none after the first days of December.
    fn quiet_item(&mut self, cases: &mut Vec<Case>) {
        let days = day(9, 1).iter_days().take_while(|date| *date <= day(12, 2));
        for date in days.filter(|date| self.calendar.day(*date).working).collect::<Vec<_>>() {
            let accepted = self.at(date, 560, 900);
            let case = self.ordinary(QUIET, accepted);
            cases.push(case);
        }
        let SystemItem { code, .. } = &self.items[QUIET];
        let what = "一向每日有件，十二月起无新办件";
        self.across.push(Planted::across(code.clone(), &code[..3], "silent-item", what));
    }

    /// What was withdrawn on its last day comes again two days later.
    fn filed_again(&mut self, cases: &mut Vec<Case>) {
        let marked = |case: &Case| Some((case.mark?, case.item, case.result.as_ref()?.at));
        let withdrawn: Vec<_> = cases.iter().filter_map(marked).collect();
        for (mark, item, at) in withdrawn {
            let date = self.after(at.date(), 2);
            let accepted = self.at(date, 560, 900);
            let planted = vec![Finding::notice("refiled")];
            let case = self.case(item, accepted, Some(1));
            cases.push(Case { again_of: Some(mark), planted, what: "撤回后重新申报", ..case });
        }
    }
}
