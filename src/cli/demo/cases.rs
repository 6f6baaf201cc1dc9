//! The demo city's cases: some twenty thousand ordinary ones, honest ones that only look bad, and what is planted.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};

use super::planted::Planted;
use super::random::Random;
use super::registry::{HALL, LAST_DAY_UNIT, QUIET, QUIET_UNIT, SILENT, SystemItem};
use crate::domain::calendar::Calendar;

/// Ordinary cases.
const ORDINARY: usize = 19_400;

/// A case as it went, before it has a number.
#[derive(Default, Clone)]
pub(super) struct Case {
    /// Place of its item among those of the system.
    pub(super) item: usize,
    pub(super) accepted: NaiveDateTime,
    /// What stands in the row as the time of acceptance, if not that time.
    pub(super) accepted_text: Option<String>,
    /// A code that the catalogue does not know.
    pub(super) unknown_item: Option<&'static str>,
    pub(super) clerk: usize,
    pub(super) steps: Vec<(&'static str, NaiveDateTime)>,
    pub(super) specials: Vec<Special>,
    pub(super) result: Option<CaseResult>,
    /// When the acceptance row was changed once more.
    pub(super) touched: Option<NaiveDateTime>,
    /// When all its rows were typed in one go, if they were not written as things happened.
    pub(super) typed: Option<NaiveDateTime>,
    /// When the row of its result was written, if not at once.
    pub(super) entered: Option<NaiveDateTime>,
    /// When its rows were deleted.
    pub(super) deleted: Option<NaiveDateTime>,
    /// The clerk decides what the clerk accepted.
    pub(super) alone: bool,
    /// Nobody's name stands at its acceptance.
    pub(super) nameless: bool,
    /// What was charged, in yuan.
    pub(super) charged: Option<&'static str>,
    /// It was accepted again under the same number after its end: when, and the stages and the result of that run.
    pub(super) second: Option<Box<Case>>,
    pub(super) handed: Option<HandOver>,
    /// A mark by which another case names it; and the mark of the one that it files again.
    pub(super) mark: Option<usize>,
    pub(super) again_of: Option<usize>,
    /// Findings that must come of it.
    pub(super) planted: Vec<Finding>,
    pub(super) what: &'static str,
}

/// A finding that must come of a case.
#[derive(Clone, Copy)]
pub(super) struct Finding {
    pub(super) rule: &'static str,
    /// Empty for rules that are no matter of time.
    pub(super) clock: &'static str,
    pub(super) card: &'static str,
}

impl Finding {
    /// A notice of a rule that is no matter of time.
    pub(super) const fn notice(rule: &'static str) -> Self {
        Self { rule, clock: "", card: "notice" }
    }

    /// A card of a clock.
    pub(super) const fn late(clock: &'static str, card: &'static str) -> Self {
        Self { rule: "time-limit", clock, card }
    }
}

/// A case passes to another unit.
#[derive(Clone)]
pub(super) struct HandOver {
    pub(super) at: NaiveDateTime,
    /// The code of that unit.
    pub(super) to: String,
    /// Findings that must come of the case and are that unit's.
    pub(super) planted: Vec<Finding>,
}

/// Kinds: 1 an extension, 2 a special procedure, 3 a notice of what is missing.
#[derive(Clone)]
pub(super) struct Special {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) reason: &'static str,
    /// How long it was granted for, where that was noted.
    pub(super) days: &'static str,
    pub(super) from: NaiveDateTime,
    pub(super) to: Option<NaiveDateTime>,
}

impl Special {
    /// An extension; of ten working days where no length is noted.
    pub(super) fn extension(reason: &'static str, days: &'static str, from: NaiveDateTime) -> Self {
        Self { kind: "1", name: "延长审批", reason, days, from, to: None }
    }

    /// A procedure that stops the clock until its end.
    pub(super) fn procedure(reason: &'static str, from: NaiveDateTime, to: Option<NaiveDateTime>) -> Self {
        Self { kind: "2", name: "特别程序", reason, days: "", from, to }
    }

    /// The applicant is told what is missing.
    pub(super) fn correction(reason: &'static str, from: NaiveDateTime) -> Self {
        Self { kind: "3", name: "补正告知", reason, days: "", from, to: None }
    }
}

#[derive(Clone)]
pub(super) struct CaseResult {
    pub(super) kind: &'static str,
    pub(super) at: NaiveDateTime,
    /// What stands in the row as the date, if not that time.
    pub(super) text: Option<String>,
    /// The reason given.
    pub(super) reason: &'static str,
    /// When the row was corrected, and to what date.
    pub(super) corrected: Option<(NaiveDateTime, NaiveDateTime)>,
}

/// Who makes the cases.
pub(super) struct Clerk<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) items: &'a [SystemItem],
    pub(super) random: &'a mut Random,
    /// Items that are in use all the time, the busier the more often.
    busy: Vec<usize>,
    /// The item of the hall's own list.
    pub(super) hall: usize,
    /// Findings on no single case that must come.
    pub(super) across: Vec<Planted>,
}

/// A day of the demo's year.
pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2011, month, day).expect("the demo names days that exist")
}

impl<'a> Clerk<'a> {
    pub(super) fn new(calendar: &'a Calendar, items: &'a [SystemItem], random: &'a mut Random) -> Self {
        let instant = |item: &usize| items[*item].promised.is_none();
        let hall = (HALL..items.len()).find(instant).unwrap_or(HALL);
        let mut clerk = Self { calendar, items, random, busy: Vec::new(), hall, across: Vec::new() };
        for item in (0..items.len()).filter(|item| !SILENT.contains(item) && !items[*item].ended) {
            let weight = 1 + 60 / (1 + clerk.random.below(30));
            if !clerk.has_a_story(item) {
                clerk.busy.extend(std::iter::repeat_n(item, weight));
            }
        }
        clerk
    }

    /// Items that are part of what is planted on many cases together.
    pub(super) fn has_a_story(&self, item: usize) -> bool {
        let found = &self.items[item];
        item == QUIET
            || item == self.hall
            || found.ended
            || self.is_renewed(found)
            || found.unit == LAST_DAY_UNIT
            || SILENT.contains(&item)
    }

    /// Any item but the last, which is offered no longer.
    pub(super) fn any_item(&mut self) -> usize {
        self.random.below(self.items.len() - 1)
    }

    /// Whether an item has a former version, the last of the list: what is planted on that one leaves it alone.
    fn is_renewed(&self, found: &SystemItem) -> bool {
        self.items.last().is_some_and(|former| former.ended && former.code.starts_with(&found.code))
    }

    /// Every case of the city, and the findings that must come on no single one.
    pub(super) fn cases(mut self) -> (Vec<Case>, Vec<Planted>) {
        let mut cases = Vec::new();
        let hall = self.hall;
        let items = self.items;
        for item in (0..items.len()).filter(|item| *item != hall && !items[*item].ended) {
            // So that every item is seen: the silent ones early in September only, the others late in autumn.
            let (first, last) =
                if SILENT.contains(&item) { (day(9, 1), day(9, 9)) } else { (day(10, 24), day(11, 18)) };
            let accepted = self.office_time(first, last);
            cases.push(self.ordinary(item, accepted));
        }
        for _ in 0..ORDINARY {
            let item = *self.random.of(&self.busy);
            let quiet = self.items[item].unit == QUIET_UNIT;
            let accepted = self.office_time(day(9, 1), if quiet { day(12, 2) } else { day(12, 30) });
            cases.push(self.ordinary(item, accepted));
        }
        self.plant(&mut cases);
        self.plant_across(&mut cases);
        self.plant_last(&mut cases);
        (cases, self.across)
    }

    /// The n-th working day after a day.
    pub(super) fn after(&self, date: NaiveDate, days: u32) -> NaiveDate {
        self.calendar.after(date, days).expect("the demo stays within the calendar")
    }

    /// A time of a morning or early afternoon on a working day.
    pub(super) fn office_time(&mut self, first: NaiveDate, last: NaiveDate) -> NaiveDateTime {
        loop {
            let date = first + Duration::days(self.random.between(0, (last - first).num_days()));
            if self.calendar.day(date).working {
                return self.at(date, 9 * 60 + 10, 15 * 60);
            }
        }
    }

    /// A time of a day between two minutes of it.
    pub(super) fn at(&mut self, date: NaiveDate, first: i64, last: i64) -> NaiveDateTime {
        let seconds = self.random.between(first * 60, last * 60);
        date.and_hms_opt(0, 0, 0).expect("midnight exists in this city") + Duration::seconds(seconds)
    }

    /// A case whose decision falls on the n-th working day after its acceptance, with every stage on the way.
    pub(super) fn case(&mut self, item: usize, accepted: NaiveDateTime, decided_after: Option<u32>) -> Case {
        let clerk = self.random.below(12) + 1;
        let mut case = Case { item, accepted, clerk, ..Case::default() };
        let Some(days) = decided_after else { return case };
        let at = match days {
            0 => accepted + Duration::minutes(self.random.between(15, 90)),
            _ => {
                let date = self.after(accepted.date(), days);
                self.at(date, 9 * 60 + 30, 16 * 60 + 30)
            }
        };
        if at >= day(12, 31).and_hms_opt(0, 0, 0).expect("midnight exists in this city") {
            return case; // Beyond the demo's last day: it stays open.
        }
        let refused = ("1", "现场核查不符合规定条件，已告知复议和诉讼权利");
        let (kind, reason) = if self.random.below(25) == 0 { refused } else { ("0", "") };
        case.result = Some(CaseResult { kind, at, text: None, reason, corrected: None });
        self.walk(&mut case, at);
        case
    }

    /// The stages of a case, spread over the time until its decision.
    fn walk(&mut self, case: &mut Case, decided: NaiveDateTime) {
        let stages = &self.items[case.item].stages;
        let whole = (decided - case.accepted).num_seconds();
        for (place, stage) in (1..).zip(stages) {
            let share = whole * place / (stages.len() as i64 + 1);
            let last = case.steps.last().map_or(case.accepted, |(_, at)| *at);
            let at = self.in_office(case.accepted + Duration::seconds(share));
            case.steps.push((*stage, at.min(decided).max(last)));
        }
    }

    /// The last moment up to this one at which the office was open.
    fn in_office(&self, at: NaiveDateTime) -> NaiveDateTime {
        let time = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of the day exists");
        let (opens, closes) = (time(9, 10), time(16, 50));
        let mut date = at.date();
        if at.time() < opens {
            date -= Duration::days(1);
        }
        while !self.calendar.day(date).working {
            date -= Duration::days(1);
        }
        date.and_time(if date == at.date() { at.time().min(closes) } else { closes })
    }

    /// Decided before a notice could begin, or still far from it when the demo ends.
    pub(super) fn ordinary(&mut self, item: usize, accepted: NaiveDateTime) -> Case {
        let latest = self.items[item].promised.map_or(0, |days| days.saturating_sub(3));
        let days = self.random.between(0, i64::from(latest)) as u32;
        self.case(item, accepted, Some(days))
    }
}
