//! Beginnings and ends of special procedures that do not belong together.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::TraceKind;
use crate::domain::record::pairs::{Odd, procedures};
use crate::domain::text::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "special-unpaired",
    zh: "特别程序记录不成对",
    en: "special procedure not in pairs",
    meaning: "A special procedure has an end without a beginning, began twice under one serial number, or ended \
              before it began. It leaves nothing out of any limit until the record is mended; procedures beside \
              it, and the rest of the case, are judged as ever. Of one that began twice without a number, by the \
              same name or by none, one is left out: from the last beginning to the end, and while it goes on \
              from the first.",
    basis: "《行政许可法》第四十五条：所需时间不计算在期限内，以记录载明的起止为准",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::Paused) && !matter.kinds.has(TraceKind::Resumed) {
        return Vec::new();
    }
    let when = |at: usize| (matter.traces[at].occurred).to_the_minute();
    let words = |odd: &Odd| match *odd {
        Odd::NoBeginning(end) => (
            format!("特别程序 {} 结束，却没有开始记录", when(end)),
            format!("a special procedure ends at {} without having begun", when(end)),
        ),
        Odd::Again(first, again) => (
            format!(
                "特别程序 {} 开始，尚未结束，{} 再次开始，未载明编号，只按其中一次扣除",
                when(first),
                when(again)
            ),
            format!(
                "a special procedure begins at {} and again at {}, not ended between and without a number: only one \
                 of them is left out",
                when(first),
                when(again)
            ),
        ),
        Odd::Twice(first, again) => (
            format!("同一特别程序 {} 开始，尚未结束，{} 再次开始", when(first), when(again)),
            format!(
                "one special procedure begins at {} and again at {}, not ended between",
                when(first),
                when(again)
            ),
        ),
        Odd::Backwards(begun, end) => (
            format!("特别程序结束时间 {} 早于开始时间 {}", when(end), when(begun)),
            format!("a special procedure ends at {}, before it begins at {}", when(end), when(begun)),
        ),
    };
    let odd = procedures(matter.traces).odd;
    if odd.is_empty() {
        return Vec::new();
    }
    let kind = if matter.kinds.has(TraceKind::Paused) { TraceKind::Paused } else { TraceKind::Resumed };
    let counts = |odd: &Odd| matches!(odd, Odd::Again(..));
    let said = |(zh, en): (Vec<String>, Vec<String>)| (zh.join("；"), en.join("; "));
    let (zh, en) = said(odd.iter().map(words).unzip());
    if odd.iter().all(counts) {
        return matter.found_with(&RULE, kind, Sentence { zh, en });
    }
    let why = Sentence {
        zh: format!("{zh}；更正前不扣除"), en: format!("{en}; nothing is left out for it")
    };
    matter.found_with(&RULE, kind, why)
}
