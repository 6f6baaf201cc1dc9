//! Lists from outside the approval system: queue tickets, the register of licences; and the hall's own list of services.

use chrono::{Duration, NaiveDate};

use super::cases::{Case, day};
use super::planted::Planted;
use super::random::Random;
use super::registry::SystemItem;
use crate::domain::calendar::Calendar;

/// Items outside the system of which evidence is found.
const UNSEEN: usize = 6;
/// Matters of each of them in the autumn.
const MATTERS: usize = 60;

/// A row of a list.
pub(super) struct Piece {
    key: String,
    on: NaiveDate,
    item: String,
}

/// The two lists.
pub(super) struct Evidence<'r> {
    pub(super) random: &'r mut Random,
    pub(super) tickets: Vec<Piece>,
    pub(super) register: Vec<Piece>,
}

impl Evidence<'_> {
    /// The lists end with November, and each has about a third of what there was. What was typed in afterwards is on neither.
    pub(super) fn of_cases(&mut self, cases: &[Case], numbers: &[String], items: &[SystemItem]) {
        for (case, number) in cases.iter().zip(numbers).filter(|(case, _)| case.typed.is_none()) {
            let (accepted, code) = (case.accepted.date(), &items[case.item].code);
            if accepted <= day(11, 30) && self.random.below(100) < 35 {
                self.tickets.push(Piece { key: number.clone(), on: accepted, item: code.clone() });
            }
            let issued =
                case.result.as_ref().filter(|result| result.kind == "0").map(|result| result.at.date());
            if let Some(issued) = issued.filter(|issued| *issued <= day(11, 30))
                && self.random.below(100) < 30
            {
                self.register.push(Piece { key: number.clone(), on: issued, item: code.clone() });
            }
        }
    }

    /// Matters that the approval system does not have. Gives the findings that must come of them.
    pub(super) fn outside(&mut self, codes: &[String]) -> Vec<Planted> {
        let what = "系统外办理，佐证名册上有而系统内无";
        let mut planted = Vec::new();
        for code in codes.iter().step_by(codes.len() / UNSEEN).take(UNSEEN) {
            let (tickets, register) = (self.tickets.len(), self.register.len());
            for matter in 0..MATTERS {
                let number = format!("线下{}{matter:03}", code.replace('-', ""));
                let date = day(10, 10) + Duration::days(self.random.between(0, 45));
                if self.random.below(100) < 35 {
                    self.tickets.push(Piece { key: number.clone(), on: date, item: code.clone() });
                }
                if self.random.below(100) < 30 {
                    let issued = date + Duration::days(3);
                    self.register.push(Piece { key: number, on: issued, item: code.clone() });
                }
            }
            if self.tickets.len() > tickets {
                planted.push(Planted::across(format!("排队叫号 {code}"), &code[..3], "off-system", what));
            }
            if self.register.len() > register {
                planted.push(Planted::across(format!("证照登记 {code}"), &code[..3], "off-system", what));
            }
        }
        planted
    }

    pub(super) fn files(&self) -> [(&'static str, String); 2] {
        let list = |head: &str, rows: &[Piece]| {
            let mut text = format!("{head}\n");
            for Piece { key, on, item } in rows {
                text.push_str(&format!("{key},{on},{item}\n"));
            }
            text
        };
        [
            ("evidence/tickets.csv", list("办件编号,取号日期,事项编码", &self.tickets)),
            ("evidence/register.csv", list("办件编号,发证日期,事项编码", &self.register)),
        ]
    }
}

/// The hall's own list of one instant service: two a working day from September to November.
pub(super) fn hall_list(calendar: &Calendar, code: &str) -> String {
    let mut text = String::from("编号,事项编码,受理时间,办结时间,经办人\n");
    let days = day(9, 1).iter_days().take_while(|date| *date <= day(11, 30));
    for (place, date) in days.filter(|date| calendar.day(*date).working).enumerate() {
        for (hour, row) in [(9, 1), (14, 2)] {
            let number = 2 * place + row;
            text.push_str(&format!(
                "大厅{number:04},{code},{date} {hour:02}:20:00,{date} {hour:02}:50:00,大厅一号窗\n"
            ));
        }
    }
    text
}
