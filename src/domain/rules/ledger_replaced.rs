//! 台账更换: what is said where the ledger is not the one that was last used at its place, or an older copy of it.

use chrono::{Days, NaiveDate};

use crate::domain::text::Sentence;

/// For so many days from the first on it is told.
const TOLD_DAYS: u64 = 7;

/// How far a ledger had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which ledger it is; empty: it was last written by a version that gave none a name.
    pub id: String,
    /// Its last round; 0: none yet.
    pub round: i64,
    /// When that began, to the minute.
    pub at: String,
}

/// What a ledger found at a place is, where it is not the one that was last used there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// Another one.
    Another,
    /// An older copy of it.
    Older,
    /// Nobody knows: what notes the last one is gone.
    Unknown,
}

/// Compares the ledger that is found with the one that was last used there. One without a round is a new one (`ledger-begun`); one
/// from before ledgers had names was never noted.
pub fn judge(found: &Mark, last: Option<&Mark>) -> Option<Replaced> {
    if found.round == 0 {
        return None;
    }
    match last {
        None if found.id.is_empty() => None,
        None => Some(Replaced::Unknown),
        Some(last) if last.id != found.id => Some(Replaced::Another),
        Some(last) => (found.round < last.round).then_some(Replaced::Older),
    }
}

/// Whether it is still to be told of a ledger that was found on a day.
pub fn stands(found: NaiveDate, today: NaiveDate) -> bool {
    today < found + Days::new(TOLD_DAYS)
}

/// What is told of it. `note`: the file that says which ledger was last used.
pub fn why(path: &str, replaced: Replaced, found: &Mark, last: Option<&Mark>, note: &str) -> Sentence {
    let zh = |mark: &Mark| format!("至第{}轮（{}）", mark.round, mark.at);
    let en = |mark: &Mark| format!("round {} of {}", mark.round, mark.at);
    let (now_zh, now_en) = (zh(found), en(found));
    let (last_zh, last_en) = last.map_or_else(Default::default, |last| (zh(last), en(last)));
    match replaced {
        Replaced::Another => Sentence {
            zh: format!(
                "监察台账{path}不是此处上次使用的那一份：现有台账运行{now_zh}，上次使用的台账运行{last_zh}；\
                 由上次使用的台账告知的监察牌、作出的核定均不在其中。如非有意更换，请停止服务并恢复原台账"
            ),
            en: format!(
                "the ledger {path} is not the one that was last used there: it has come to {now_en}, the one that was used to \
                 {last_en}; cards that that one told and decisions that were taken by it are not known; try: stop the service and put \
                 the old one back, unless this was meant"
            ),
        },
        Replaced::Older => Sentence {
            zh: format!(
                "监察台账{path}是一份较早的备份：运行{now_zh}，此处上次使用时已运行{last_zh}；\
                 其间告知的监察牌、作出的核定不在其中，其间的记录将重新读取，已发出的邮件可能再次发出。如系恢复备份，无需处理"
            ),
            en: format!(
                "the ledger {path} is an older copy: it has come to {now_en}, and had come to {last_en} when it was last used there; \
                 cards told and decisions taken in between are not known to it, the records of that time are read again, and letters \
                 may be written again; try: nothing, where a copy was restored on purpose"
            ),
        },
        Replaced::Unknown => Sentence {
            zh: format!(
                "监察台账{path}（运行{now_zh}）是否为此处上次使用的那一份无从查证：旁边的文件{note}不在或者无法读取。\
                 如系迁移安装或恢复备份，无需处理；如非有意，请核对台账来源"
            ),
            en: format!(
                "whether the ledger {path} ({now_en}) is the one that was last used there nobody can tell: the file {note} beside it is \
                 gone or cannot be read; try: nothing, where it was moved here or restored on purpose; else see where it came from"
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: &str, round: i64) -> Mark {
        Mark { id: id.into(), round, at: "2011-10-14 09:05".into() }
    }

    /// One round less than was noted is an older copy; as many, or more (quiet rounds note nothing), is the same. Another name is
    /// another ledger however far it has come.
    #[test]
    fn a_ledger_is_known_by_its_name_and_its_last_round() {
        let last = mark("a", 7);
        let judged = |id, round| judge(&mark(id, round), Some(&last));
        assert_eq!([6, 7, 8].map(|round| judged("a", round)), [Some(Replaced::Older), None, None]);
        assert_eq!([6, 7, 8].map(|round| judged("b", round)), [Some(Replaced::Another); 3]);
        assert_eq!(judged("", 7), Some(Replaced::Another), "a copy from before the upgrade");
        assert_eq!(judged("b", 0), None, "a new one");
        assert_eq!(judge(&mark("a", 1), None), Some(Replaced::Unknown));
        assert_eq!((judge(&mark("", 1), None), judge(&mark("a", 0), None)), (None, None));
    }

    /// The day itself, the seventh day, the eighth.
    #[test]
    fn it_is_told_for_a_week() {
        let day = |text: &str| text.parse().unwrap();
        let stands = |today| stands(day("2011-10-03"), day(today));
        assert_eq!(["2011-10-03", "2011-10-09", "2011-10-10"].map(stands), [true, true, false]);
    }
}
