//! A fee that differs from the catalogue's.

use super::{CaseView, Rule};
use crate::domain::card::{Card, Mode};
use crate::domain::finding::Breach;
use crate::domain::record::{Trace, TraceKind};
use crate::domain::text::say;

pub(super) const RULE: Rule = Rule {
    id: "fee",
    meaning: "The sum of the charges (the numbers in their notes) is more than the fixed fee of the item \
              (收费标准; 不收费, 免费, 无 and 0 are a fee of nothing), or the case ended with less. Where one of the charges cannot be \
              read, nothing is said.",
    mode: Mode::Auto,
    card: Some(Card::Notice),
    properties: &[],
    judge: Some(judge),
};

fn judge(matter: &CaseView<'_>) -> Vec<Breach> {
    if !matter.kinds.has(TraceKind::Charged) {
        return Vec::new();
    }
    let Some(fixed) = matter.item.fee.as_deref().and_then(fixed_fee) else { return Vec::new() };
    let charged = || matter.traces.iter().filter(|trace| trace.kind == TraceKind::Charged);
    let Some(last) = charged().next_back() else { return Vec::new() };
    let add = |sum: i64, trace: &Trace| sum.checked_add(cents(trace.note.as_deref()?)?);
    let Some(sum) = charged().try_fold(0, add) else { return Vec::new() };
    // What is not paid yet may be paid until the case is over.
    if sum == fixed || (sum < fixed && !matter.is_over()) {
        return Vec::new();
    }
    let why = say!("fee", sum = yuan(sum), when = last.occurred, fixed = yuan(fixed));
    matter.found_at(&RULE, last, why)
}

/// The fixed fee of an item as its catalogue words it; `None` where it is no fixed sum.
fn fixed_fee(text: &str) -> Option<i64> {
    const NOTHING: [&str; 7] = ["不收费", "不收取费用", "免费", "免收", "免征", "无收费", "无"];
    let words = text.trim().trim_end_matches(['。', '.', '；', ';']);
    if NOTHING.contains(&words) { Some(0) } else { cents(text) }
}

/// The sum in a text that is a number with at most two decimals, perhaps with commas between its thousands and followed by 元; nothing
/// else is a sum: `200,00` may be two hundred or twenty thousand.
fn cents(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('元').trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut thousands = whole.split([',', '，']);
    let first = thousands.next()?;
    let grouped = whole.len() > first.len();
    if grouped && (!(1..=3).contains(&first.len()) || !thousands.all(|group| group.len() == 3)) {
        return None;
    }
    let whole = &whole.replace([',', '，'], "");
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(format!("{part:0<2}").parse().ok()?)
}

fn yuan(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::fixed_fee;

    /// 收费标准: what catalogues write where nothing is charged is a fixed fee of nothing, and what is no fixed sum is none.
    #[test]
    fn nothing_is_a_fee_of_nothing() {
        for text in ["不收费", " 免费 ", "无", "0", "0元", "0.00 元", "不收费。"] {
            assert_eq!(fixed_fee(text), Some(0), "{text}");
        }
        assert_eq!((fixed_fee("0.01"), fixed_fee("1,200 元")), (Some(1), Some(120_000)));
        for (text, sum) in [("1,234,567.8", 123_456_780), ("12，000", 1_200_000), ("200", 20_000)] {
            assert_eq!(fixed_fee(text), Some(sum), "{text}");
        }
        for text in ["200,00", "1,2000", "1200,000", ",200", "1,,200", "1,200,", "1,20.00"] {
            assert_eq!(fixed_fee(text), None, "{text}");
        }
        for text in ["", "按物价局批文", "无固定标准", "不收费（工本费除外）", "/", "10元/本"]
        {
            assert_eq!(fixed_fee(text), None, "{text}");
        }
    }

    /// A sum has whole yuan before it and two decimals at most behind.
    #[test]
    fn a_sum_has_two_decimals_at_most() {
        assert_eq!(
            ["1.2", "1.23", "1.234", ".50", "1.", "1.x"].map(fixed_fee),
            [Some(120), Some(123), None, None, fixed_fee("1"), None]
        );
    }
}
