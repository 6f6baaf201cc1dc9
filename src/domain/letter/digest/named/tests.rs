use super::*;
use crate::domain::letter::example;

fn days(language: Language) -> Days {
    Days { language, today: "2011-11-02".parse().unwrap() }
}

const ZH: Language = Language::Chinese;

/// "No card moves unseen": each is named with what ended it; where the list is not the whole it says so, and no head stands alone.
#[test]
fn what_fell_untold_is_named_with_what_ended_it() {
    let mut overview = example::overview();
    let card = |finding: i64| FallenCard {
        finding,
        subject: "A-1".into(),
        unit: "甲局".into(),
        card: "黄牌".into(),
        withdrawn_at: "2011-10-14 09:05".into(),
        why: "在时限以内".into(),
    };
    (overview.fallen, overview.fallen_count) = (vec![card(8), card(7)], 2);
    let list = fallen(days(ZH), &overview).unwrap();
    assert!(list.head.starts_with("发出前即撤的牌（2张）"), "{}", list.head);
    assert_eq!(list.lines[0].join(" · "), "#8 · 10月14日09:05 · A-1 · 甲局 · 黄牌 · 在时限以内");
    overview.fallen_count = 3;
    let head = fallen(days(ZH), &overview).unwrap().head;
    assert!(head.contains("共3张，以下为最近的2张"), "{head}");
    (overview.fallen, overview.fallen_count) = (Vec::new(), 0);
    assert_eq!(fallen(days(Language::English), &overview), None);
}

/// A finding that nobody reads supervises nobody: what only infers is told to nobody before a supervisor
/// decides, so he is told of it, by name.
#[test]
fn what_waits_for_a_supervisor_is_named() {
    let mut overview = example::overview();
    let finding = |finding: i64| PendingFinding {
        finding,
        subject: "A-1".into(),
        unit: "甲局".into(),
        rule: "特别程序异常".into(),
        raised_at: "2011-11-01".into(),
        why: "字".repeat(121),
    };
    overview.pending = vec![finding(8), finding(7)];
    overview.pending_count = 2;
    let list = pending(days(ZH), &overview).unwrap();
    assert!(list.head.starts_with("待审核的监察事项（2项）"), "{}", list.head);
    let line = format!("#8 · 11月1日 · A-1 · 甲局 · 特别程序异常 · {}…", "字".repeat(120));
    assert_eq!(list.lines[0].join(" · "), line);
    overview.pending_count = 3;
    let head = |language| pending(days(language), &overview).unwrap().head;
    assert!(head(ZH).contains("共3项，以下为2项"), "{}", head(ZH));
    assert!(head(Language::English).contains("3 in all; 2 follow"), "{}", head(Language::English));
    (overview.pending, overview.pending_count) = (Vec::new(), 0);
    assert_eq!(pending(days(Language::English), &overview), None);
}

/// 名单见下 is said where the list follows, whole or with its length; without a card nothing is said.
#[test]
fn a_list_that_is_promised_follows() {
    let card = |number: u32| OverdueAnswer {
        case_number: number.to_string(),
        item: "施工许可".into(),
        unit: "甲局".into(),
        card: "黄牌".into(),
        cards: if number == 0 { 2 } else { 1 },
        answer_due: "2011-11-01".into(),
    };
    let mut overview = example::overview();
    overview.overdue_answers = (0..3).map(card).collect();
    (overview.overdue_answer_count, overview.overdue_case_count) = (4, 3);
    assert_eq!(unanswered_warning(ZH, &overview).unwrap(), "逾期未反馈的红黄牌4张，名单见下。");
    let list = unanswered(days(ZH), &overview).unwrap();
    assert_eq!(list.head, "逾期未反馈的红黄牌（4张，3件）");
    let first = list.lines[0].join(" · ");
    assert_eq!((list.lines.len(), &*first), (3, "黄牌等2张 · 0 · 施工许可 · 甲局 · 应于11月1日前反馈"));
    assert!(list.lines[1][0] == "黄牌", "one card is one");
    (overview.overdue_answer_count, overview.overdue_case_count) = (5, 4);
    let head = |language| unanswered(days(language), &overview).unwrap().head;
    assert!(head(ZH).contains("共5张、4件，以下为逾期最久的3件"));
    let en = head(Language::English);
    assert!(en.contains("5 cards on 4 cases; the 3 that wait longest follow"), "{en}");
    overview.overdue_answers = Vec::new();
    (overview.overdue_answer_count, overview.overdue_case_count) = (0, 0);
    assert_eq!((unanswered_warning(ZH, &overview), unanswered(days(ZH), &overview)), (None, None));
}

/// What will be late within five working days is named, the soonest first, with the day as a letter writes it.
#[test]
fn what_will_be_late_is_named() {
    let mut overview = example::overview();
    let due = |at: &str| DueSoon {
        case_number: "A-1".into(),
        item: "施工许可".into(),
        unit: "甲局".into(),
        clock: "承诺时限".into(),
        due_at: at.into(),
    };
    overview.due_soon = vec![due("2011-11-03"), due("2011-11-04T17:00:00+08:00")];
    overview.due_soon_count = 3;
    let list = due_soon(days(ZH), &overview).unwrap();
    assert!(list.head.contains("共3件，以下为最早到期的2件"), "{}", list.head);
    assert_eq!(list.lines[0].join(" · "), "11月3日 · A-1 · 施工许可 · 甲局 · 承诺时限");
    assert_eq!(list.lines[1][0], "11月4日17:00");
    overview.due_soon_count = 0;
    assert_eq!(due_soon(days(ZH), &overview), None);
}
