//! Due moments that moved: by the record, by other rules, by another calendar.

use super::Move;
use crate::domain::case_file::Held;
use crate::domain::clock::Reading;
use crate::domain::finding::{Breach, Change, Known, Standing};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::text::Sentence;

/// How the reason begins where a due day moved, and nothing else.
const MOVED: &str = "到期日由";

/// Whether a reason says that a due day moved; what came to another unit gives the reason of the finding itself.
pub fn says_due_day(why: &Sentence) -> bool {
    why.zh.starts_with(MOVED)
}

/// The clocks that were judged before and are now due at another moment, or no longer run.
pub(super) fn of(held: &[Held], clocks: &[Reading<'_>], policy: &Policy) -> Vec<Move> {
    held.iter()
        .filter_map(|held| {
            let now = clocks.iter().find(|clock| clock.has_key(&held.clock));
            let (before, after) = (held.due, now.and_then(Reading::fixed_due));
            (before != after || now.is_none()).then(|| Move {
                clock: held.clock.clone(),
                before,
                after,
                why: Sentence { zh: why(held, policy, true), en: why(held, policy, false) },
            })
        })
        .collect()
}

/// Versions differ: the calendar's goes before the rest, as it is the one that changes every year.
fn why(held: &Held, policy: &Policy, chinese: bool) -> String {
    let calendar = policy.calendar.version();
    let other_calendar = held.by.calendar.as_deref().filter(|version| *version != calendar);
    match (other_calendar, held.by.policy == policy.version, chinese) {
        (Some(before), _, true) => format!("工作日历更新（{before} → {calendar}）"),
        (Some(before), _, false) => format!("another calendar ({before} → {calendar})"),
        (None, false, true) => format!("监察规则更新（{} → {}）", held.by.policy, policy.version),
        (None, false, false) => format!("other rules ({} → {})", held.by.policy, policy.version),
        (None, true, true) => "来源记录更新".into(),
        (None, true, false) => "the record changed at its source".into(),
    }
}

/// That a finding goes on under another day, for those who were told the first.
pub(super) fn news(known: Option<&Known>, breach: &Breach, moves: &[Move]) -> Option<Change> {
    let known = known.filter(|known| known.standing == Standing::Open && breach.ongoing)?;
    let moved = moves.iter().find(|it| it.clock == breach.clock && breach.rule == "time-limit")?;
    let (before, after) = (short_of(moved.before)?, short_of(moved.after)?);
    let why = Sentence {
        zh: format!("{MOVED} {before} 改为 {after}：{}。{}", moved.why.zh, breach.why.zh),
        en: format!("due {after} instead of {before}: {}. {}", moved.why.en, breach.why.en),
    };
    Some(Change::Move { id: known.id, why })
}

fn short_of(moment: Option<Moment>) -> Option<String> {
    moment.map(|it| it.to_the_minute())
}
