//! Slips of the pen: data faults that are held against nobody, and one that is put right.

use chrono::Duration;

use super::super::cases::{Case, CaseResult, Clerk, Special, day};
use super::{CHANGED, FAULT};

impl Clerk<'_> {
    fn faulty(&mut self, what: &'static str, spoil: impl FnOnce(&mut Case, &mut CaseResult)) -> Case {
        let mut case = self.quick();
        let mut result = case.result.take().expect("decided well before the demo ends");
        spoil(&mut case, &mut result);
        Case { result: Some(result), planted: vec![FAULT], what, ..case }
    }

    pub(super) fn decided_before_accepted(&mut self) -> Case {
        self.faulty("决定日期误填为受理之前", |case, result| {
            let wrong = case.accepted - Duration::days(9);
            result.text = Some(wrong.format("%Y-%m-%d %H:%M:%S").to_string());
        })
    }

    pub(super) fn unknown_item(&mut self) -> Case {
        self.faulty("事项编码不在目录中", |case, _| case.unknown_item = Some("X99-99"))
    }

    pub(super) fn impossible_date(&mut self) -> Case {
        self.faulty("决定日期为不存在的日期", |_, result| {
            result.text = Some("2011-11-31 10:00:00".into())
        })
    }

    pub(super) fn unknown_result(&mut self) -> Case {
        self.faulty("办结结果代码不在代码表中", |_, result| result.kind = "9")
    }

    pub(super) fn procedure_backwards(&mut self) -> Case {
        self.faulty("特别程序结束早于开始", |case, _| {
            let from = case.accepted + Duration::hours(2);
            let to = Some(case.accepted + Duration::hours(1));
            case.specials.push(Special { kind: "2", name: "特别程序", reason: "检验", from, to });
        })
    }

    pub(super) fn accepted_next_year(&mut self) -> Case {
        self.faulty("受理日期误填为次年", |case, _| {
            case.accepted_text = Some(case.accepted.format("2012-%m-%d %H:%M:%S").to_string());
        })
    }

    /// A slip that a later round sees mended: found, and resolved.
    pub(super) fn slip_corrected(&mut self) -> Case {
        let mut case = self.decided_before_accepted();
        if let Some(result) = &mut case.result {
            let mended = day(12, 20).and_hms_opt(10, 0, 0).expect("ten o'clock exists");
            result.corrected = Some((mended, result.at));
        }
        Case { planted: vec![FAULT, CHANGED], what: "决定日期误填，后经更正", ..case }
    }
}
