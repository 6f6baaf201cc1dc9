//! 新台账启用: what is said where a new ledger takes in its first cases: it does not know what was told by another one.

use chrono::{Days, NaiveDate};

use crate::domain::text::{Text, say};

/// For so many days from the first on it is told.
const TOLD_DAYS: u64 = 7;

/// Ledgers that are named one by one.
const NAMED: usize = 5;

/// Whether it is still to be told of a ledger that took in its first cases on a day.
pub fn stands(began: NaiveDate, today: NaiveDate) -> bool {
    today < began + Days::new(TOLD_DAYS)
}

/// That a ledger begins, and what to do where nobody meant it to. `others`: ledgers that lie beside it.
pub fn why(path: &str, others: &[String]) -> Text {
    if others.is_empty() {
        return say!("ledger_begun", path);
    }
    let named = Text::list(others.iter().take(NAMED).map(Text::from), "list-comma");
    say!("ledger_begun-beside", path, count = others.len(), named)
}

/// The same in the digest.
pub fn in_digest(began: NaiveDate) -> Text {
    say!("ledger_begun-digest", began)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    /// The day itself, the seventh day, the eighth.
    #[test]
    fn it_is_told_for_a_week() {
        let day = |text: &str| text.parse().unwrap();
        let stands = |today| stands(day("2011-10-03"), day(today));
        assert_eq!(["2011-10-03", "2011-10-09", "2011-10-10"].map(stands), [true, true, false]);
    }

    /// The first installation reads that nothing need be done, and of no other ledger; who finds one there reads its name.
    #[test]
    fn a_ledger_beside_it_is_named_and_none_is_not() {
        let words = |path: &str, others: &[String]| {
            [Language::Chinese, Language::English].map(|language| why(path, others).words(language))
        };
        let [zh, en] = words("/srv/ledger.db", &[]);
        assert!(zh.contains("首次安装") && !zh.contains("另有") && !en.contains("beside"));
        let [zh, en] = words("/srv/new.db", &["ledger.db".into()]);
        assert!(zh.contains("另有1个台账（ledger.db）"), "{zh}");
        assert!(en.contains("beside another ledger of jianchad (ledger.db)"), "{en}");
        let many: Vec<String> = (0..7).map(|number| format!("{number}.db")).collect();
        let [many, _] = words("/srv/new.db", &many);
        assert!(many.contains("另有7个台账（0.db、1.db、2.db、3.db、4.db）"), "{many}");
    }
}
