//! Reminders and answers: each letter is of its own day.

use super::*;
use crate::domain::finding::Event;

/// 77 of 183 reminders of the demo disagreed with their own subject: words, subject and list say how late the case is today.
#[test]
fn a_reminder_counts_on_its_own_day() {
    let news = late(Event::Reminded);
    let letter = write_to(&contact(Role::UnitLead, "李四", Language::Chinese), &news, "2011-10-27 09:05");
    assert_eq!(letter.subject, "【黄牌】市住建局 1 件待反馈（最长超 3 个工作日）");
    assert!(
        letter.text.contains("10月10日起算，承诺时限10个工作日，10月24日到期，尚未办结，已超期3个工作日")
    );
    assert!(!letter.text.contains("超期 1 个"), "{}", letter.text);
    assert!(
        letter.text.contains("请立即办结，并说明超期原因。请于11月1日（含当日）前书面反馈。"),
        "{}",
        letter.text
    );
}

/// A red card by the law's limit is so late in a reminder as in its first letter, plus the days since, and not as late as by the promise.
#[test]
fn a_reminder_of_a_red_card_counts_by_the_limit_that_gave_it() {
    let lead = contact(Role::UnitLead, "李四", Language::Chinese);
    for (event, when, subject) in [
        (Event::Raised, "2011-10-27 09:05", "【红牌】市住建局 1 件超法定时限（最长超 1 个工作日）"),
        (Event::Reminded, "2011-10-31 09:05", "【红牌】市住建局 1 件待反馈（最长超法定时限 3 个工作日）"),
        (
            Event::Unanswered,
            "2011-11-02 09:05",
            "【红牌】市住建局 1 件逾期未反馈（最长超法定时限 5 个工作日）",
        ),
    ] {
        let mut law = News { event_id: 2, clock: "statutory".into(), card: Card::Red, ..late(event) };
        law.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
        assert_eq!(write_all(&lead, &[&late(event), &law], when).subject, subject);
        let promise = write_all(&lead, &[&late(event)], when).subject;
        assert!(!promise.contains("法定"), "{promise}");
    }
}

/// A case that ended meanwhile is not to be finished: it was late by so many days, and the reason is asked for.
#[test]
fn a_reminder_of_a_case_that_ended_asks_for_the_reason() {
    let mut news = News { standing: Standing::Resolved, ..late(Event::Reminded) };
    news.deadline.as_mut().unwrap().stopped = Some((day("2011-10-26"), TraceKind::Decided));
    let said = text(Role::UnitLead, &news, "2011-10-31 09:05");
    assert!(said.contains("10月26日办结，超期2个工作日"), "{said}");
    assert!(said.contains("该件已经办结，请说明超期原因") && !said.contains("立即办结"), "{said}");
    let said = text(Role::Supervisor, &news, "2011-10-31 09:05");
    assert!(said.contains("请审核该单位说明的超期原因") && !said.contains("督促该单位立即办结"), "{said}");
    let other = News { rule: "missing-step".into(), deadline: None, ..news };
    assert!(text(Role::UnitLead, &other, "2011-10-31 09:05").contains("该情形现已消除，请说明原因"));
}

/// The day before, the day, the day after that by which to answer (2011-11-01): 逾期未反馈 is said on the last alone, and what is
/// asked for then is asked for at once.
#[test]
fn nobody_is_late_with_an_answer_before_its_day_has_passed() {
    for event in [Event::Reminded, Event::Unanswered] {
        let said = |when: &str| {
            let letter = write_to(&contact(Role::UnitLead, "李四", Language::Chinese), &late(event), when);
            letter.subject + &letter.text
        };
        for when in ["2011-10-31 09:05", "2011-11-01 17:59"] {
            let said = said(when);
            assert!(!said.contains("逾期") && said.contains("请于11月1日（含当日）前书面反馈"), "{said}");
        }
        let said = said("2011-11-02 09:05");
        assert!(said.contains("逾期未反馈") && !said.contains("11月1日（含当日）前书面反馈"), "{said}");
        assert!(said.contains("原定11月1日前反馈，已逾期1个工作日，请于收到之日反馈。"), "{said}");
    }
}
