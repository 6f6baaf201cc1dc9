//! A bulletin in sentences: what it says of its period, and what of one that nobody looked at.

use super::*;
use crate::domain::letter::example;

const ZH: Language = Language::Chinese;

fn bulletin() -> Bulletin {
    example::found("2011-11-15".parse().unwrap())
}

/// A period before supervision began has no cards to count, and says so; one in which it began says since when; from its first
/// day on nothing is said.
#[test]
fn a_period_before_supervision_says_so() {
    let said = |from: Option<&str>| {
        let from = from.map(|day| day.parse().unwrap());
        state(&Bulletin { supervised_from: from, ..bulletin() }, ZH).concat()
    };
    for before in [None, Some("2011-12-01")] {
        assert!(said(before).contains("尚未启用") && !said(before).contains("红牌"), "{}", said(before));
    }
    assert!(said(Some("2011-11-30")).contains("自2011年11月30日起"), "{}", said(Some("2011-11-30")));
    assert!(said(Some("2011-11-02")).contains("自2011年11月2日起"));
    assert!(!said(Some("2011-11-01")).contains("启用") && said(Some("2011-11-01")).contains("红牌办件1件"));
}

/// Of a period that begins after the last round nothing is known, not even that nothing was received; one that goes on after it
/// says up to when; one without a round, and read later, has no cards.
#[test]
fn a_period_that_nobody_looked_at_says_so() {
    let said = |last: &str, within: bool| {
        let mut found = Bulletin {
            supervised_from: Some("2011-09-01".parse().unwrap()),
            last_round_on: Some(last.parse().unwrap()),
            round_within: within,
            idle: vec!["市税务局".into()],
            ..bulletin()
        };
        if !within {
            found.sums.rules.clear();
        }
        [state(&found, ZH), problems(&found, ZH), required(&found, ZH)].concat().join("\n")
    };
    let unread = said("2011-10-31", false);
    assert!(unread.contains("最近一轮电子监察在2011年10月31日"), "{unread}");
    assert!(
        !unread.contains("收件1") && !unread.contains("红牌") && !unread.contains("市税务局"),
        "{unread}"
    );
    for (last, until) in
        [("2011-11-01", true), ("2011-11-29", true), ("2011-11-30", false), ("2011-12-01", false)]
    {
        let said = said(last, true);
        assert_eq!(said.contains("以上情况截至2011年11月"), until, "{last}: {said}");
        assert!(said.contains("红牌办件1件") && said.contains("市税务局"), "{last}: {said}");
    }
    let later = said("2011-12-01", false);
    assert!(
        later.contains("没有运行") && !later.contains("红牌办件") && !later.contains("市税务局"),
        "{later}"
    );
    assert!(later.contains("收件"), "its cases were read later: {later}");
}

/// Before supervision nobody knows what a unit received, so nobody is accused of receiving nothing; from its first day on it is said.
#[test]
fn nobody_is_idle_before_supervision() {
    let day = |text: &str| text.parse().unwrap();
    for (from, idle) in [("2011-12-02", false), ("2011-12-01", false), ("2011-11-30", true)] {
        let found =
            Bulletin { supervised_from: Some(day(from)), idle: vec!["市税务局".into()], ..bulletin() };
        let said = [problems(&found, ZH), required(&found, ZH)].concat().join("\n");
        assert_eq!((said.contains("市税务局"), said.contains("没有收件")), (idle, idle), "{from}: {said}");
    }
}

/// The gravest problem first, with the units by name in their order, and of more than ten how many.
#[test]
fn problems_are_named_with_their_units() {
    let line = |rule: &str, red: u64, yellow: u64, units: usize| RuleLine {
        rule: rule.into(),
        red,
        yellow,
        units: (0..units).map(|unit| format!("局{unit}")).collect(),
        ..RuleLine::default()
    };
    let mut found = bulletin();
    found.idle.clear();
    found.sums.rules = vec![line("fee", 0, 2, 1), line(time_limit::ID, 3, 1, 11), line("too-fast", 0, 0, 0)];
    let said = problems(&found, ZH);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("（一）办理时限：红牌3张、黄牌1张，涉及局0、局1"), "{}", said[0]);
    assert!(said[0].contains("局9等11个单位") && !said[0].contains("局10"), "{}", said[0]);
    assert!(said[1].starts_with("（二）收费不符：黄牌2张，涉及局0"), "{}", said[1]);
    assert_eq!(required(&found, ZH).len(), 3);
    found.sums.rules.clear();
    assert_eq!(required(&found, ZH).len(), 1);
    assert!(problems(&found, ZH)[0].starts_with("本期未发现"), "{:?}", problems(&found, ZH));
}

#[test]
fn a_date_is_written_as_offices_write_it() {
    assert_eq!(dated("2012-01-04".parse().unwrap(), ZH), "2012年1月4日");
}

/// Nine units and ten are all named, of eleven the first ten and how many there are.
#[test]
fn of_more_than_ten_the_first_are_named() {
    let named = |count: usize| {
        let all: Vec<String> = (1..=count).map(|number| format!("甲{number}")).collect();
        (names(&all, ZH) == listed(all.clone(), "list-comma", ZH), names(&all, ZH).contains("11"))
    };
    assert_eq!([9, 10, 11].map(named), [(true, false), (true, false), (false, true)]);
}
