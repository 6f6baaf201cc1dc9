//! What the approval system writes into its tables as a case goes on.

use chrono::{Duration, NaiveDateTime};

use super::cases::{Case, CaseResult, Special};

/// One row written by the approval system.
pub(crate) struct Entry {
    /// When it was written: the row's `cd_time`.
    pub(super) at: NaiveDateTime,
    /// What was written.
    pub(super) write: Write,
}

/// What the approval system wrote.
pub(crate) enum Write {
    /// A new row: table, columns and values.
    Insert(&'static str, Vec<(&'static str, String)>),
    /// Changed columns of the rows of a case or of one row: table, columns and values, key column and key.
    Update(&'static str, Vec<(&'static str, String)>, &'static str, String),
    /// Rows of a case that were deleted: table, case.
    Delete(&'static str, String),
}

impl Entry {
    /// The same row, written at another time.
    fn written_at(&mut self, at: NaiveDateTime) {
        self.at = at;
        let (Write::Insert(_, row) | Write::Update(_, row, ..)) = &mut self.write else { return };
        for (_, value) in row.iter_mut().filter(|(column, _)| *column == "cd_time") {
            *value = text(at);
        }
    }
}

fn text(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// The rows of one case.
pub(super) struct Rows<'a> {
    pub(super) case: &'a Case,
    pub(super) number: &'a str,
    /// The number of the case that it files again.
    pub(super) former: &'a str,
    /// The code of its item.
    pub(super) code: &'a str,
    pub(super) entries: &'a mut Vec<Entry>,
}

impl Rows<'_> {
    /// Every row that the approval system writes for the case.
    pub(super) fn enter(mut self) {
        let (case, begin) = (self.case, self.entries.len());
        self.acceptance();
        self.run(case);
        for (place, special) in (1..).zip(&case.specials) {
            self.special(special, format!("{}-{place}", self.number));
        }
        if let Some(second) = &case.second {
            self.step("重新受理", second.accepted, None);
            self.run(second);
        }
        if let Some(hand_over) = &case.handed {
            self.step("转办", hand_over.at, Some(&hand_over.to));
        }
        if let Some(at) = case.touched {
            let row = vec![("handle_user_name", format!("{}99", &self.code[..3]))];
            self.update(at, "up_pro_accept", row, "project_no", self.number.to_owned());
        }
        if let Some(at) = case.deleted {
            let delete = |table| Entry { at, write: Write::Delete(table, self.number.to_owned()) };
            self.entries.extend(["up_pro_accept", "up_pro_process"].map(delete));
        }
        if let Some(typed) = case.typed {
            self.entries[begin..].iter_mut().for_each(|entry| entry.written_at(typed));
        }
    }

    /// The unit that has the case at a time.
    fn unit(&self, at: NaiveDateTime) -> &str {
        let hand_over = self.case.handed.as_ref().filter(|hand_over| hand_over.at <= at);
        hand_over.map_or(&self.code[..3], |hand_over| &hand_over.to)
    }

    /// Who works on the case at a time.
    fn clerk(&self, at: NaiveDateTime) -> String {
        format!("{}{:02}", self.unit(at), self.case.clerk)
    }

    fn acceptance(&mut self) {
        let (case, number) = (self.case, self.number);
        let clerk = if case.nameless { String::new() } else { self.clerk(case.accepted) };
        let row = vec![
            ("task_code", case.unknown_item.unwrap_or(self.code).to_owned()),
            ("apply_date", text(case.accepted - Duration::minutes(5))),
            ("accept_date", case.accepted_text.clone().unwrap_or_else(|| text(case.accepted))),
            ("handle_user_name", clerk),
            ("former_project_no", self.former.to_owned()),
            ("apply_name", format!("申请人{}", &number[5..])),
            ("apply_mobile", format!("1380000{}", &number[7..])),
        ];
        self.insert(case.accepted + Duration::minutes(3), "up_pro_accept", row);
    }

    /// Stages and result of a run of the case.
    fn run(&mut self, run: &Case) {
        for (stage, at) in &run.steps {
            self.step(stage, *at, None);
        }
        if let Some(result) = &run.result {
            self.result(run, result);
        }
    }

    /// A row of the case's way, which may name the unit that has the case from then on.
    fn step(&mut self, name: &str, at: NaiveDateTime, unit: Option<&str>) {
        let mut row = vec![
            ("process_name", name.to_owned()),
            ("event_start_time", text(at - Duration::minutes(20))),
            ("event_end_time", text(at)),
            ("handle_user_name", self.clerk(at)),
        ];
        row.extend(unit.map(|unit| ("org_code", unit.to_owned())));
        self.insert(at + Duration::minutes(2), "up_pro_process", row);
    }

    /// The row of a special procedure or an extension, and its end.
    fn special(&mut self, special: &Special, serial: String) {
        let row = vec![
            ("special_no", serial.clone()),
            ("special_type", special.kind.to_owned()),
            ("special_name", special.name.to_owned()),
            ("special_time", text(special.from)),
            ("special_reason", special.reason.to_owned()),
            ("special_days", special.days.to_owned()),
        ];
        self.insert(special.from + Duration::minutes(4), "up_pro_special_procedure", row);
        if let Some(to) = special.to {
            let at = to.max(special.from) + Duration::minutes(6);
            let ends = vec![("end_time", text(to))];
            self.update(at, "up_pro_special_procedure", ends, "special_no", serial);
        }
    }

    /// The row of a run's result, and its correction.
    fn result(&mut self, run: &Case, result: &CaseResult) {
        let alone = run.alone.then(|| self.clerk(result.at));
        let mut row = vec![
            ("result_type", result.kind.to_owned()),
            ("result_date", result.text.clone().unwrap_or_else(|| text(result.at))),
            ("result_explain", result.reason.to_owned()),
            ("handle_user_name", alone.unwrap_or_else(|| format!("{}批准01", self.unit(result.at)))),
        ];
        if let Some(sum) = run.charged {
            row.extend([("charge_date", text(result.at)), ("charge", sum.to_owned())]);
        }
        let entered = run.entered.unwrap_or(result.at + Duration::minutes(5));
        self.insert(entered, "up_pro_result", row);
        if let Some((at, date)) = result.corrected {
            let row = vec![("result_date", text(date))];
            self.update(at, "up_pro_result", row, "project_no", self.number.to_owned());
        }
    }

    fn insert(&mut self, at: NaiveDateTime, table: &'static str, mut row: Vec<(&'static str, String)>) {
        row.push(("project_no", self.number.to_owned()));
        row.push(("cd_time", text(at)));
        self.entries.push(Entry { at, write: Write::Insert(table, row) });
    }

    fn update(
        &mut self,
        at: NaiveDateTime,
        table: &'static str,
        mut row: Vec<(&'static str, String)>,
        column: &'static str,
        key: String,
    ) {
        row.push(("cd_time", text(at)));
        self.entries.push(Entry { at, write: Write::Update(table, row, column, key) });
    }
}
