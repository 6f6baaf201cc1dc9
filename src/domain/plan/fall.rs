//! How a finding ends, and what is said of it.

use super::judgement::Move;
use super::step::resolve;
use crate::domain::card::Card;
use crate::domain::finding::{Change, Known, Standing};
use crate::domain::rules::{self, CaseView, handed_over};
use crate::domain::text::Sentence;

/// What becomes of a finding whose reason is gone: a warning is resolved, a card that should never have been is
/// withdrawn, a fault is mended.
pub(super) fn of(known: &Known, matter: &CaseView<'_>, moves: &[Move]) -> Option<Change> {
    if known.standing == Standing::Revoked || (known.standing == Standing::Resolved && !known.passed) {
        return None;
    }
    let time = known.rule == "time-limit";
    if !time && known.standing == Standing::Resolved {
        return None;
    }
    let why = match known.rule.as_str() {
        "time-limit" => because(known, in_time(known, matter), moves),
        handed_over::ID if matter.is_over() => over(),
        handed_over::ID => taken_back(),
        "doubtful-fact" => settled(matter),
        rules::VANISHED => back(),
        _ => mended(),
    };
    // Whoever was told that it has a case is told that it has not.
    let not_handed_over = known.rule == handed_over::ID && !matter.is_over();
    if (time && known.passed && known.card > Card::Notice) || not_handed_over {
        return Some(Change::Revoke { id: known.id, why });
    }
    let rule = rules::rule(&known.rule)?.id;
    Some(resolve(Some(known.id), why, rule, &known.clock))
}

/// What moved the due day, where something did.
fn because(known: &Known, why: Sentence, moves: &[Move]) -> Sentence {
    let Some(moved) = moves.iter().find(|moved| moved.clock == known.clock) else { return why };
    Sentence { zh: format!("{}（{}）", why.zh, moved.why.zh), en: format!("{} ({})", why.en, moved.why.en) }
}

fn over() -> Sentence {
    Sentence { zh: "移交后的办件已办结".into(), en: "the case that was handed over is over".into() }
}

fn taken_back() -> Sentence {
    Sentence {
        zh: "按现有记录，该件没有移交".into(),
        en: "by the record as it stands the case was not handed over".into(),
    }
}

fn mended() -> Sentence {
    Sentence { zh: "记录已补正".into(), en: "the record has been mended".into() }
}

fn back() -> Sentence {
    Sentence { zh: "消失的记录已恢复".into(), en: "what had vanished is there again".into() }
}

/// A doubt ends when the record is mended, and also when both days have been kept.
fn settled(matter: &CaseView<'_>) -> Sentence {
    if matter.clocks.iter().all(|clock| clock.doubt.is_none()) {
        return mended();
    }
    Sentence { zh: "疑点已不影响结果".into(), en: "the doubt no longer matters".into() }
}

/// What the clock of a card says of a record by which the card does not stand.
pub(super) fn in_time(known: &Known, matter: &CaseView<'_>) -> Sentence {
    let clock = matter.clocks.iter().find(|clock| clock.has_key(&known.clock));
    let Some((clock, due)) = clock.and_then(|clock| Some((clock, clock.due?))) else {
        return Sentence {
            zh: "按现有记录，该时限不适用于本办件".into(),
            en: "by the record as it stands, this limit does not run on the case".into(),
        };
    };
    let due_at = due.at.to_the_minute();
    match clock.stopped {
        Some((stop, kind)) => {
            let stop = stop.to_the_minute();
            Sentence {
                zh: format!("{due_at}到期，{stop}已{}，在时限以内", kind.zh()),
                en: format!("due {due_at}, `{kind}` {stop}: within the limit"),
            }
        }
        None => Sentence {
            zh: format!("按现有记录和工作日历，到期日为{due_at}，条件不再成立"),
            en: format!("by the record and calendar as they stand it is due {due_at}: the reason is gone"),
        },
    }
}
