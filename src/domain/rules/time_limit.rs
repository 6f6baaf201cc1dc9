//! A clock is near its limit, or past it: the card table says which card.

use chrono_tz::Tz;

use super::{CaseView, Rule};
use crate::domain::card::Mode;
use crate::domain::clock::{Act, Reading, State};
use crate::domain::count::working_days_late;
use crate::domain::finding::Breach;
use crate::domain::moment::Moment;
use crate::domain::text::Sentence;

/// Id of the rule.
pub const ID: &str = "time-limit";

pub(super) const RULE: Rule = Rule {
    id: ID,
    zh: "办理时限",
    en: "time limit",
    meaning: "A clock (the office's promise, the law's limit) comes near its due moment or passes it; the card \
              table in force says from when and with which card. A case closed in time gets no notice; a case \
              closed late still gets its card.",
    basis: "《行政许可法》第四十二条；电子监察时限规则（预警、黄牌、红牌）",
    mode: Mode::Auto,
    card: None,
    judge: Some(judge),
};

/// What is late, or near its limit.
pub fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    matter.clocks.iter().filter_map(|clock| breach(clock, matter)).collect()
}

fn breach(clock: &Reading<'_>, matter: &CaseView<'_>) -> Option<Breach> {
    let card = clock.card?;
    let why = why(clock, matter)?;
    let ongoing = clock.stopped.is_none();
    // A run's lateness is that of the unit that had it when it fell due, and its warning of the one that has it.
    let holder =
        clock.due.filter(|_| clock.late()).map_or(matter.holders.last(), |due| matter.holders.at(due.at));
    let unit = holder.map(str::to_owned);
    Some(Breach { rule: RULE.id, clock: clock.key(), card, ongoing, passed: clock.late(), unit, why })
}

fn why(clock: &Reading<'_>, matter: &CaseView<'_>) -> Option<Sentence> {
    let (start, due) = (clock.started?, clock.due?);
    let (name_zh, name_en) = (clock.name(true), clock.name(false));
    let (limit_zh, limit_en) = (clock.limit.words(true), clock.limit.words(false));
    let until = clock.stopped.map(|(stop, _)| stop).or(clock.paused_since);
    let late_until = until.unwrap_or(Moment::instant(matter.now.instant));
    let days = days_late(clock, matter.policy.zone, late_until);
    let [late_zh, late_en] = [true, false].map(|chinese| lateness(days, due.at, late_until, chinese));
    let due_at = due.at.to_the_minute();
    if clock.rule.is_counted_back() {
        let known = matter.traces.iter().any(|trace| clock.rule.stops_with(trace));
        return Some(counted_back(clock, start, due_at, until.filter(|_| known)));
    }
    let act = Act::of(clock.rule);
    let [open_zh, open_en] = [true, false].map(|chinese| act.pending(chinese));
    let (zh, en) = match clock.state {
        State::MetLate => {
            let (stop, by) = clock.stopped?;
            let (stop, [done_zh, done_en]) =
                (stop.to_the_minute(), [true, false].map(|chinese| act.done(by, chinese)));
            (
                format!("{name_zh} {limit_zh}，{due_at} 到期，{stop} {done_zh}，超期 {late_zh}"),
                format!("{name_en} {limit_en}: due {due_at}, {done_en} {stop}, {late_en} late"),
            )
        }
        State::Overdue => (
            format!("{name_zh} {limit_zh}，{due_at} 到期，{open_zh}，已超期 {late_zh}"),
            format!("{name_en} {limit_en}: due {due_at}, {open_en}, {late_en} late"),
        ),
        _ => {
            let (due_zh, due_en) = near(clock, due_at);
            (
                format!("{name_zh} {limit_zh}，{due_zh}，{open_zh}"),
                format!("{name_en} {limit_en}: {due_en}, {open_en}"),
            )
        }
    };
    let begun = start.date();
    let (mut zh, mut en) = match clock.deemed {
        None => (format!("{begun} 起算，{zh}"), format!("running since {begun}, {en}")),
        Some(rule) => (
            format!("逾期未告知，依{}自 {begun} 起视为受理并起算，{zh}", rule.basis),
            format!("not told in time, so it counts as accepted since {begun} by {}: {en}", rule.basis),
        ),
    };
    if let Some(again) = clock.vain_correction {
        zh.push_str(&format!("（{}）", further_correction(again, true)));
        en.push_str(&format!(" ({})", further_correction(again, false)));
    }
    if due.provisional {
        zh.push_str("（该年度放假安排尚未公布，日期暂定）");
        en.push_str(" (provisional: the working-day calendar for then is not announced)");
    }
    Some(Sentence { zh, en })
}

/// The day that a warning is given for: the strict one where a fact is doubtful. Beside it stands the later one, unless a pause
/// without end moves that on with every day.
fn near(clock: &Reading<'_>, due_at: String) -> (String, String) {
    let Some(doubt) = &clock.doubt else { return (format!("{due_at} 到期"), format!("due {due_at}")) };
    let strict = doubt.earliest.at.to_the_minute();
    if clock.paused_since.is_some() {
        return (format!("从严口径到期日 {strict}"), format!("due {strict} by the strict count"));
    }
    (
        format!("{due_at} 到期（从严口径到期日 {strict}）"),
        format!("due {due_at} ({strict} by the strict count)"),
    )
}

/// That a correction which was asked for once more begins no limit anew, in half a sentence.
pub fn further_correction(again: Moment, chinese: bool) -> String {
    let again = again.to_the_minute();
    if chinese {
        format!("{again} 再次补正，依法应当一次告知，时限不再重新计算")
    } else {
        format!("the further correction of {again} begins nothing anew: it is to be asked for once")
    }
}

/// A limit that is counted back from an event: what was to be done by then, and when it was done, if it was.
fn counted_back(clock: &Reading<'_>, event: Moment, due: String, done: Option<Moment>) -> Sentence {
    let event = event.to_the_minute();
    let (name_zh, name_en) = (clock.name(true), clock.name(false));
    let (limit_zh, limit_en) = (clock.limit.words(true), clock.limit.words(false));
    let (done_zh, done_en) = match done.map(|it| it.to_the_minute()) {
        Some(done) => (format!("{done} 才办理"), format!("done {done}")),
        None => ("没有办理记录".to_owned(), "there is no record of it".to_owned()),
    };
    Sentence {
        zh: format!("{name_zh}：应于 {event} 之前 {limit_zh}，即最迟 {due} 办理，{done_zh}"),
        en: format!("{name_en}: to be done {limit_en} before {event}, that is by {due}; {done_en}"),
    }
}

/// Working days from the due day to the moment it was finished, or now; at least 1 once the limit is passed, as a
/// part of a day counts as one.
pub fn days_late(clock: &Reading<'_>, zone: Tz, until: Moment) -> u32 {
    let Some(due) = clock.due.filter(|_| clock.late()) else { return 0 };
    working_days_late(clock.calendar, zone, &due.at, &until).unwrap_or(0).max(1)
}

/// How late it is in words: working days; on the due day itself, where an hour is due, hours and minutes.
pub fn lateness(days: u32, due: Moment, until: Moment, chinese: bool) -> String {
    if due.hour_known() && until.hour_known() && due.date() == until.date() {
        let minutes = (until.at() - due.at()).num_minutes().max(0);
        let parts = [(minutes / 60, " 小时", "hour"), (minutes % 60, " 分钟", "minute")];
        let parts = parts.into_iter().filter(|(amount, ..)| *amount > 0);
        let said =
            parts.map(|(amount, zh, en)| if chinese { format!("{amount}{zh}") } else { many(amount, en) });
        let said = said.collect::<Vec<_>>().join(" ");
        let least = if chinese { "不足 1 分钟" } else { "less than a minute" };
        return if said.is_empty() { least.to_owned() } else { said };
    }
    if chinese { format!("{days} 个工作日") } else { many(days.into(), "working day") }
}

/// `1 hour`, `3 hours`.
fn many(amount: i64, what: &str) -> String {
    format!("{amount} {what}{}", if amount == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    /// Due at 17:00 and finished at 17:30 of the same day is no working day late.
    #[test]
    fn a_part_of_the_due_day_is_said_in_hours_and_minutes() {
        let at = |text: &str| Moment::parse(text, Shanghai).unwrap();
        let due = at("2026-03-10T17:00:00+08:00");
        let late = |until: &str, days| [true, false].map(|zh| lateness(days, due, at(until), zh));
        assert_eq!(late("2026-03-10T17:30:00+08:00", 1), ["30 分钟", "30 minutes"]);
        assert_eq!(late("2026-03-10T19:01:00+08:00", 1), ["2 小时 1 分钟", "2 hours 1 minute"]);
        assert_eq!(late("2026-03-10T17:00:20+08:00", 1), ["不足 1 分钟", "less than a minute"]);
        assert_eq!(late("2026-03-11T09:00:00+08:00", 1), ["1 个工作日", "1 working day"]);
        assert_eq!(late("2026-03-12", 2), ["2 个工作日", "2 working days"]);
    }
}
