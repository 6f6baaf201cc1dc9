//! 数据源存疑: what administrators and supervisors are told of a source that is no longer what was read of it before.

use crate::domain::record::MayShrink;
use crate::domain::text::{Text, say};

/// So many cases are named at most.
pub const NAMED: usize = 10;

/// So many cases of so many, that lost something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Cases of which a row was not there any more, or did not say any more what it had said.
    pub missing: u64,
    /// Cases that were looked for.
    pub compared: u64,
}

/// Where the doubt of a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoubtState {
    /// It is not doubted.
    None,
    /// It waits for somebody to say something of it.
    Waits,
    /// Somebody has said that it is right as it is.
    Accepted,
}

impl DoubtState {
    /// Whether it is news that the source is doubted for what was just looked over: who has accepted it has not accepted this.
    pub fn is_news(self) -> bool {
        match self {
            Self::None | Self::Accepted => true,
            Self::Waits => false,
        }
    }
}

/// What a look over a whole source found, beside what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Looked {
    /// Cases that were looked for: those not closed, and those that closed lately.
    pub compared: u64,
    /// Of these, cases of which a row was not there any more.
    pub missing: u64,
    /// Cases of which no row is missing, and one is emptied of what it had said, or says what it had said before that.
    pub taken_back: u64,
    /// How many of both nobody has accepted.
    pub not_accepted: u64,
    /// The same of the cases not closed alone.
    pub unfinished: Share,
    /// Both of all cases, those closed lately too.
    pub lost: Share,
    /// Closed cases whose end is taken back.
    pub ends: Share,
    /// Cases for which the source is doubted as an older copy or as something of them was taken back, and that are still not as they
    /// were read.
    pub standing: u64,
    /// The numbers of those that are missing, the first [`NAMED`].
    pub named: Vec<String>,
    /// Of those that had something taken back.
    pub named_taken_back: Vec<String>,
    /// Of the cases for which the source is doubted, those that lost nothing and say something else than was read.
    pub otherwise: u64,
    /// Their numbers.
    pub named_otherwise: Vec<String>,
    /// Something that was known before was there.
    pub recognised: bool,
    /// A row that was there said something else than it did when it was read.
    pub differs: bool,
    /// A table of cases was empty that had some.
    pub empty: bool,
    /// Names of reads in which no row was as new any more as the newest that had been read.
    pub went_back: Vec<String>,
}

impl Looked {
    /// Whether it is what the source was some time ago: some of it is there, and the newest of it is not. A table without a row is merely
    /// empty.
    pub fn is_older_copy(&self) -> bool {
        !self.went_back.is_empty() && self.recognised && !self.empty
    }
}

/// What somebody said of rows that are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoneRows {
    /// They may be.
    Accepted,
    /// Nothing.
    NotAccepted,
}

/// Why the source is doubted after it was swept, if it is: not where all that is missing was accepted.
pub fn judge_swept(looked: &Looked, may_shrink: MayShrink, gone: GoneRows) -> Option<Text> {
    let right = gone == GoneRows::Accepted && looked.not_accepted == 0;
    judge(looked, may_shrink).filter(|_| !right)
}

/// Why the source is doubted, if it is. A single case that is gone is a deletion, also of the newest row: it is found as one, and
/// its clocks run on. In an older copy more than one is missing, or rows say what they said before; where neither is so nobody can be
/// accused of anything. Of the cases not closed no greater share may be missing than of all: else those that closed lately, which are
/// looked for on some days only, would have a doubt end by being there. Nor may more have something taken back, and of those closed no
/// greater share their end: a column that an upgrade left empty is nobody's doing in the office. An older copy, and what was
/// emptied, is doubted as long as any case for which it is doubted is not as it was read: new rows say nothing of what was lost. Of a
/// table that was filled anew a row that is still missing is a deletion.
pub fn judge(looked: &Looked, may_shrink: MayShrink) -> Option<Text> {
    let Looked { compared, missing, taken_back, unfinished, lost, ends, standing, .. } = looked;
    let Looked { recognised, differs, empty, went_back, .. } = looked;
    let gone = *missing > 0;
    let older = !went_back.is_empty() && (*missing > 1 || *differs);
    let all = Share { missing: *missing, compared: *compared };
    let shrunk = [all, *unfinished].into_iter().find(|it| !may_shrink.allows(it.missing, it.compared));
    let emptied =
        *taken_back > 0 && [*lost, *ends].iter().any(|it| !may_shrink.allows(it.missing, it.compared));
    let other = gone && (*empty || !recognised);
    if !(older || shrunk.is_some() || emptied || other || *standing > 0) {
        return None;
    }
    let mut why = Vec::new();
    if gone {
        let Share { missing, compared } = shrunk.unwrap_or(all);
        why.push(say!(
            "source_suspect-gone",
            compared,
            missing,
            named = names(&looked.named, looked.missing)
        ));
    }
    if gone && !recognised {
        why.push(say!("source_suspect-nothing_known"));
    }
    if *taken_back > 0 {
        let named = names(&looked.named_taken_back, *taken_back);
        why.push(say!("source_suspect-taken_back", cases = *taken_back, named));
    }
    if older {
        why.push(say!("source_suspect-older", reads = went_back.join(", ")));
    }
    if looked.otherwise > 0 {
        let named = names(&looked.named_otherwise, looked.otherwise);
        why.push(say!("source_suspect-otherwise", cases = looked.otherwise, named));
    }
    why.push(say!("source_suspect-meanwhile"));
    Some(Text::list(why, "list-semicolon"))
}

/// The numbers of so many cases, the first of a long list.
fn names(named: &[String], cases: u64) -> Text {
    let names = Text::list(named.iter().map(Text::from), "list-comma");
    let more = cases > named.len() as u64;
    if more { say!("list-and_others", items = names) } else { names }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    fn looked(compared: u64, missing: u64) -> Looked {
        let named = (1..=missing.min(NAMED as u64)).map(|count| format!("A-{count}")).collect();
        Looked { compared, missing, named, recognised: true, ..Looked::default() }
    }

    fn doubted(looked: &Looked) -> bool {
        judge(looked, MayShrink::default()).is_some()
    }

    fn said(looked: &Looked) -> [String; 2] {
        let why = judge(looked, MayShrink::default()).unwrap();
        [Language::Chinese, Language::English].map(|language| why.words(language))
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

    /// What somebody has accepted as missing is no reason to doubt; one case more is.
    #[test]
    fn what_was_accepted_is_not_doubted() {
        let of = |not_accepted| Looked { not_accepted, ..looked(7, 3) };
        let swept = |not_accepted, gone| judge_swept(&of(not_accepted), MayShrink::default(), gone).is_some();
        assert!(swept(3, GoneRows::NotAccepted) && swept(0, GoneRows::NotAccepted));
        assert!(!swept(0, GoneRows::Accepted));
        assert!(swept(1, GoneRows::Accepted), "somebody accepted others");
        let few = Looked { not_accepted: 2, ..looked(7, 2) };
        assert_eq!(
            judge_swept(&few, MayShrink::default(), GoneRows::NotAccepted),
            None,
            "they may be missing"
        );
    }

    /// Three of three in hand are too many, however many that closed lately are there; a tenth of those in hand is not.
    #[test]
    fn those_in_hand_are_a_stock_of_their_own() {
        let of = |missing, compared| Looked { unfinished: Share { missing, compared }, ..looked(300, 3) };
        for (missing, compared, is) in [(2, 2, false), (3, 3, true), (3, 29, true), (3, 30, false)] {
            assert_eq!(doubted(&of(missing, compared)), is, "{missing} of {compared}");
        }
        let [zh, en] = said(&of(3, 3));
        assert!(zh.contains("3件办件中有3件") && en.contains("3 of 3 cases"), "{zh} {en}");
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
        let [zh, en] = said(&older(2, false));
        assert!(zh.contains("300件办件中有2件已查不到：A-1、A-2；最新标记倒退（cases）"), "{zh}");
        assert!(en.contains("2 of 300 cases") && en.contains("A-1, A-2; the newest mark"), "{en}");
    }

    /// Of thirty cases three may have something taken back, missing ones counted in; of four that are over two may lose their end.
    #[test]
    fn what_is_taken_back_counts_as_lost() {
        let of = |lost: [u64; 2], ends: [u64; 2]| {
            let share = |[missing, compared]: [u64; 2]| Share { missing, compared };
            let named_taken_back = vec!["A-7".to_owned()];
            Looked { taken_back: 1, lost: share(lost), ends: share(ends), named_taken_back, ..looked(300, 0) }
        };
        for (lost, ends, is) in [
            ([2, 2], [0, 0], false),
            ([3, 30], [0, 0], false),
            ([4, 30], [0, 0], true),
            ([3, 300], [2, 4], false),
            ([3, 300], [3, 4], true),
        ] {
            assert_eq!(doubted(&of(lost, ends)), is, "{lost:?} {ends:?}");
        }
        let [zh, en] = said(&of([4, 30], [0, 0]));
        assert!(
            zh.starts_with("1件办件此前读到的内容被清空") && en.contains("A-7; nothing is judged"),
            "{zh} {en}"
        );
    }

    /// A doubt stands while one case by which it stands is not as it was read, and says which where nothing else does.
    #[test]
    fn a_doubt_stands_by_what_it_rests_on() {
        let named = || vec!["A-7".to_owned()];
        let standing =
            |cases| Looked { standing: cases, otherwise: cases, named_otherwise: named(), ..looked(300, 0) };
        assert_eq!([0, 1].map(|cases| doubted(&standing(cases))), [false, true]);
        let [zh, en] = said(&standing(1));
        assert!(zh.contains("A-7；") && en.contains("something else than was read: A-7"), "{zh} {en}");
    }

    /// A table that is empty, or holds nothing of what was known, is no older copy; nor is one in which the newest row is there.
    #[test]
    fn an_older_copy_has_what_is_old() {
        let of = |went_back: &[&str], recognised, empty| {
            let went_back = went_back.iter().map(|read| (*read).to_owned()).collect();
            Looked { went_back, recognised, empty, ..looked(300, 0) }.is_older_copy()
        };
        let all = [
            of(&["cases"], true, false),
            of(&[], true, false),
            of(&["cases"], false, false),
            of(&["cases"], true, true),
        ];
        assert_eq!(all, [true, false, false, false]);
    }

    /// Ten are named, and of eleven that there are more.
    #[test]
    fn a_short_list_is_given_by_number() {
        let [ten, _] = said(&looked(20, 10));
        assert!(ten.contains("A-10；") && !ten.contains('等'), "{ten}");
        let [zh, en] = said(&looked(20, 11));
        assert!(zh.contains("A-10等；") && en.contains("A-10 and others"), "{zh} {en}");
    }

    /// Told once: daily reminders are another matter. A doubt after an acceptance is another one.
    #[test]
    fn a_doubt_is_news_until_it_waits() {
        let news = [DoubtState::None, DoubtState::Waits, DoubtState::Accepted].map(DoubtState::is_news);
        assert_eq!(news, [true, false, true]);
    }
}
