//! Due moments that moved: by the record, by other rules, by another calendar, by another mapping.

use std::cmp::Ordering;

use super::judgement::Move;
use crate::domain::case_file::{CaseFile, Held, Remapped};
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
pub(super) fn of(file: &CaseFile, clocks: &[Reading<'_>], policy: &Policy) -> Vec<Move> {
    file.held
        .iter()
        .filter_map(|held| {
            let now = clocks.iter().find(|clock| clock.has_key(&held.clock));
            let (before, after) = (held.due, now.and_then(Reading::fixed_due));
            let remapped = file.remapped.as_ref().filter(|it| held.by.at.order(&it.at) == Ordering::Less);
            (before != after || now.is_none()).then(|| Move {
                clock: held.clock.clone(),
                before,
                after,
                why: remapped.map_or_else(|| why(held, policy), Remapped::words),
            })
        })
        .collect()
}

/// Versions differ: the calendar's goes before the rest, as it is the one that changes every year.
fn why(held: &Held, policy: &Policy) -> Sentence {
    let (calendar, version, before) = (policy.calendar.version(), &policy.version, &held.by.policy);
    match held.by.calendar.as_deref().filter(|version| *version != calendar) {
        Some(before) => Sentence {
            zh: format!("工作日历更新（{before} → {calendar}）"),
            en: format!("another calendar ({before} → {calendar})"),
        },
        None if before != version => Sentence {
            zh: format!("监察规则更新（{before} → {version}）"),
            en: format!("other rules ({before} → {version})"),
        },
        None => Sentence { zh: "来源记录更新".into(), en: "the record changed at its source".into() },
    }
}

impl Remapped {
    /// That a record is read otherwise, though it may say what it said.
    fn words(&self) -> Sentence {
        let source = &self.source;
        Sentence {
            zh: format!("数据源“{source}”改按新的映射读取"),
            en: format!("source `{source}` is read by another mapping"),
        }
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
