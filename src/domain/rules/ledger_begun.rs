//! 新台账启用: what is said where a new ledger takes in its first cases: it does not know what was told by another one.

use chrono::{Days, NaiveDate};

use crate::domain::text::Sentence;

/// For so many days from the first on it is told.
const TOLD_DAYS: u64 = 7;

/// Ledgers that are named one by one.
const NAMED: usize = 5;

/// Whether it is still to be told of a ledger that took in its first cases on a day.
pub fn stands(began: NaiveDate, today: NaiveDate) -> bool {
    today < began + Days::new(TOLD_DAYS)
}

/// That a ledger begins, and what to do where nobody meant it to. `others`: ledgers that lie beside it.
pub fn why(path: &str, others: &[String]) -> Sentence {
    let named = |separator: &str| others[..others.len().min(NAMED)].join(separator);
    let beside = |words: &str| if others.is_empty() { String::new() } else { words.to_owned() };
    let (zh, en) = (
        beside(&format!("同一文件夹内另有{}个台账（{}）。", others.len(), named("、"))),
        beside(&format!(" beside {} of jianchad ({})", count(others.len()), named(", "))),
    );
    Sentence {
        zh: format!(
            "监察台账{path}自今日起启用，此前由其他台账告知的监察牌、作出的核定均不在其中。{zh}\
             如系首次安装或有意另立台账，无需处理；如非有意，请将配置中的 ledger 改回原路径"
        ),
        en: format!(
            "a new ledger begins today at {path}{en}: cards that were told and decisions that were taken by another one are not known \
             to it; try: nothing, where this is the first installation or was meant; else put the old path back (`ledger`)"
        ),
    }
}

fn count(ledgers: usize) -> String {
    if ledgers == 1 { "another ledger".into() } else { format!("{ledgers} other ledgers") }
}

/// The same in the digest.
pub fn in_digest(path: &str, began: NaiveDate) -> Sentence {
    Sentence {
        zh: format!("监察台账（{path}）自{began}起启用，此前由其他台账告知的情况不在其中"),
        en: format!(
            "the ledger ({path}) began on {began}; what was told by another one before is not known to it"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let alone = why("/srv/ledger.db", &[]);
        assert!(alone.zh.contains("首次安装") && !alone.zh.contains("另有") && !alone.en.contains("beside"));
        let beside = why("/srv/new.db", &["ledger.db".into()]);
        assert!(beside.zh.contains("另有1个台账（ledger.db）"), "{}", beside.zh);
        assert!(beside.en.contains("beside another ledger of jianchad (ledger.db)"), "{}", beside.en);
        let many: Vec<String> = (0..7).map(|number| format!("{number}.db")).collect();
        let many = why("/srv/new.db", &many).zh;
        assert!(many.contains("另有7个台账（0.db、1.db、2.db、3.db、4.db）"), "{many}");
    }
}
