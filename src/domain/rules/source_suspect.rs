//! 数据源存疑: what administrators and supervisors are told of a source that is no longer what was read of it before.

use crate::domain::record::MayShrink;
use crate::domain::text::Sentence;

/// So many cases are named at most.
pub const NAMED: usize = 10;

/// What a look over a whole source found, beside what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looked {
    /// Cases that were looked for: those not closed, and those that closed lately.
    pub compared: u64,
    /// Of these, cases of which a row was not there any more.
    pub missing: u64,
    /// How many of them nobody has accepted as missing.
    pub not_accepted: u64,
    /// The numbers of those that are missing, the first [`NAMED`].
    pub named: Vec<String>,
    /// Something that was known before was there.
    pub recognised: bool,
    /// A row that was there said something else than it did when it was read.
    pub differs: bool,
    /// A table of cases was empty that had some.
    pub empty: bool,
    /// Names of reads in which no row was as new any more as the newest that had been read.
    pub went_back: Vec<String>,
}

/// Why the source is doubted, if it is. A single case that is gone is a deletion, also of the newest row: it is found as one, and
/// its clocks run on. In an older copy more than one is missing, or rows say what they said before; where neither is so nobody can be
/// accused of anything.
pub fn judge(looked: &Looked, may_shrink: MayShrink) -> Option<Sentence> {
    let Looked { compared, missing, recognised, differs, empty, went_back, .. } = looked;
    let gone = *missing > 0;
    let older = !went_back.is_empty() && (*missing > 1 || *differs);
    let shrunk = !may_shrink.allows(*missing, *compared);
    if !(older || shrunk || (gone && (*empty || !recognised))) {
        return None;
    }
    let mut why = Sentence::default();
    let mut say = |zh: String, en: String| {
        let (comma, semicolon) = if why.zh.is_empty() { ("", "") } else { ("；", "; ") };
        why.zh.push_str(&format!("{comma}{zh}"));
        why.en.push_str(&format!("{semicolon}{en}"));
    };
    if gone {
        let (zh, en) = names(looked);
        say(
            format!("核对的{compared}件办件中有{missing}件已查不到：{zh}"),
            format!("{missing} of {compared} cases that were compared are no longer there: {en}"),
        );
    }
    if gone && !recognised {
        say("来源中没有任何此前读到的办件".into(), "it has no case at all that was known".into());
    }
    if older {
        let reads = went_back.join(", ");
        say(
            format!("最新标记倒退（{reads}），与换成较早的备份一致"),
            format!("the newest mark went back ({reads}), as in an older copy"),
        );
    }
    say(
        "该数据源存疑期间，其办件不作判定、不因时间推移发牌；恢复原状后自动解除，确属如此的，由人确认（jianchad source accept）"
            .into(),
        "nothing is judged by this source until it looks as before again or a person says that it is right (`jianchad source accept`)"
            .into(),
    );
    Some(why)
}

/// The numbers of the cases that are missing, the first of a long list.
fn names(looked: &Looked) -> (String, String) {
    let more = looked.missing > looked.named.len() as u64;
    let (zh, en) = (looked.named.join("、"), looked.named.join(", "));
    if more { (format!("{zh}等"), format!("{en} and others")) } else { (zh, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(compared: u64, missing: u64) -> Looked {
        let named = (1..=missing.min(NAMED as u64)).map(|count| format!("A-{count}")).collect();
        Looked { compared, missing, named, recognised: true, ..Looked::default() }
    }

    fn doubted(looked: &Looked) -> bool {
        judge(looked, MayShrink::default()).is_some()
    }

    /// A stock may lose two, or a tenth; the case after that is too many. So of seven cases that are all gone, and of one that is
    /// gone from a source in which nothing known is left.
    #[test]
    fn a_stock_that_shrinks_by_more_than_it_may_is_doubted() {
        for (compared, most) in [(3, 2), (7, 2), (29, 2), (30, 3), (300, 30)] {
            assert!(!doubted(&looked(compared, most)), "{most} of {compared}");
            assert!(doubted(&looked(compared, most + 1)), "{} of {compared}", most + 1);
        }
        let nothing_known = |missing| Looked { recognised: false, ..looked(missing, missing) };
        assert!(doubted(&nothing_known(1)) && doubted(&nothing_known(2)));
        assert!(!doubted(&nothing_known(0)), "a source of which nothing was known");
        assert!(doubted(&Looked { empty: true, ..looked(9, 1) }));
    }

    /// An older copy lacks two of the newest, or has a row that says what it said before; who deletes one row takes the mark back
    /// too, and is found by that row; and where nothing is missing and nothing differs the mark alone says nothing.
    #[test]
    fn a_mark_that_goes_back_is_doubted_unless_one_deletion_explains_it() {
        let older =
            |missing, differs| Looked { went_back: vec!["cases".into()], differs, ..looked(300, missing) };
        assert_eq!([0, 1, 2].map(|missing| doubted(&older(missing, false))), [false, false, true]);
        assert_eq!([0, 1, 2].map(|missing| doubted(&older(missing, true))), [true, true, true]);
        assert!(!doubted(&Looked { differs: true, ..looked(300, 0) }), "a change is a change");
        let why = judge(&older(2, false), MayShrink::default()).unwrap();
        assert!(why.zh.contains("300件办件中有2件已查不到：A-1、A-2；最新标记倒退（cases）"), "{}", why.zh);
        assert!(
            why.en.contains("2 of 300 cases") && why.en.contains("A-1, A-2; the newest mark"),
            "{}",
            why.en
        );
    }

    /// Ten are named, and of eleven that there are more.
    #[test]
    fn a_short_list_is_given_by_number() {
        let words = |missing| judge(&looked(20, missing), MayShrink::default()).unwrap();
        assert!(words(10).zh.contains("A-10；") && !words(10).zh.contains('等'), "{}", words(10).zh);
        assert!(
            words(11).zh.contains("A-10等；") && words(11).en.contains("A-10 and others"),
            "{}",
            words(11).en
        );
    }
}
