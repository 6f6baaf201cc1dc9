//! What a letter says of what waits for a supervisor's decision, from pure values.

use super::*;
use crate::domain::finding::Event;
use crate::domain::plan::late::{Counted, Dispute, Fact, Said};
use crate::domain::plan::question::{Asks, Question};

fn said(words: &str, entry: &str) -> Said {
    Said { words: Some(words.into()), entry: entry.into() }
}

/// Told on 2011-10-25, asked of on Wednesday 2011-10-26: to be decided by 2011-11-02.
fn asked(event: Event, asks: Asks) -> News {
    let (since, told) = (day("2011-10-26T09:05:00+08:00"), day("2011-10-26T09:05:00+08:00"));
    let question = Some(Question { asks, since, told: Some(told) });
    News { asks: true, question, ..late(event) }
}

fn disputed(event: Event) -> News {
    let counted = Counted {
        name: Sentence { zh: "承诺时限".into(), en: "promised limit".into() }.into(),
        started: day("2011-10-10"),
        limit: "10wd".parse().unwrap(),
        due: day("2011-10-24"),
        parts: Parts::default(),
        days: Some(10),
        late: Some(Sentence { zh: "1 个工作日".into(), en: "1 working day".into() }.into()),
        provisional: false,
    };
    let fact = Fact {
        before: Some(said("2011-10-10 受理", "2011-10-10 10:00 录入")),
        after: said("2011-10-12 受理", "2011-10-25 16:00 录入"),
    };
    let now = Sentence { zh: "2011-10-26到期".into(), en: "due 2011-10-26".into() };
    let dispute = Dispute {
        finding: 1,
        clock: "promise".into(),
        card: Card::Yellow,
        told: day("2011-10-25T09:05:00+08:00"),
        upheld: None,
        rests_on: Some(counted),
        facts: vec![fact],
        now: now.into(),
    };
    let standing = Standing::PendingWithdrawal;
    News { dispute: Some(Box::new(dispute)), standing, ..asked(event, Asks::Withdrawal) }
}

/// Both values, each with its time of entry, the count that the card rests on and what follows now, as a letter writes days.
#[test]
fn both_records_stand_with_their_times_of_entry() {
    let said = text(Role::Supervisor, &disputed(Event::Contested), "2011-10-26 09:05");
    for part in [
        "【黄牌 待核撤】A",
        "10月25日09:05告知之后录入的记录使该黄牌不再成立",
        "原起算时间：10月10日\n原到期日：10月24日\n原计时：10月10日起算",
        "计满10个工作日，10月24日到期；告知时已超期1个工作日。",
        "告知时的记录：10月10日受理，10月10日10:00录入",
        "现有记录：10月12日受理，10月25日16:00录入",
        "由此得出：10月26日到期",
    ] {
        assert!(said.contains(part), "`{part}` in {said}");
    }
    let news = disputed(Event::Contested);
    let gone = Said { words: None, ..news.dispute.as_ref().unwrap().facts[0].after.clone() };
    let mut taken_out = news.clone();
    taken_out.dispute.as_mut().unwrap().facts[0].after = gone;
    let said = text(Role::Supervisor, &taken_out, "2011-10-26 09:05");
    assert!(said.contains("现有记录：已删去，10月25日16:00录入"), "{said}");
}

/// The day before, the day, the day after that by which it is to be decided (2011-11-02): 逾期 is said on the last alone.
#[test]
fn nobody_is_late_with_a_decision_before_its_day_has_passed() {
    let undecided = [disputed(Event::Reminded), asked(Event::Reminded, Asks::Objection)];
    for news in
        undecided.iter().flat_map(|news| [news.clone(), News { event: Event::Unanswered, ..news.clone() }])
    {
        let said = |when: &str| {
            let letter = write_to(&contact(Role::Supervisor, "李四", Language::Chinese), &news, when);
            (letter.subject, letter.text)
        };
        for when in ["2011-11-01 09:05", "2011-11-02 17:59"] {
            let (subject, text) = said(when);
            assert!(
                !subject.contains("逾期") && text.contains("于11月2日（含当日）前决定撤销或者维持该黄牌"),
                "{text}"
            );
        }
        let (subject, text) = said("2011-11-03 09:05");
        assert!(subject.contains("1 件逾期未决定"), "{subject}");
        assert!(text.contains("于收到之日（原定11月2日前决定，已逾期1个工作日）决定撤销"), "{text}");
    }
}

/// The unit is told that its card waits, and asked for nothing; nobody is asked to answer a question by mail.
#[test]
fn a_unit_is_asked_to_decide_nothing() {
    let said = text(Role::UnitLead, &disputed(Event::Contested), "2011-10-26 09:05");
    assert!(said.contains("该黄牌是否撤销，待监察人员核定；核定之前照常计入。"), "{said}");
    assert!(!said.contains("请核对") && !said.contains("反馈方式"), "{said}");
}

/// In English a number of cases reads as a sentence.
#[test]
fn an_english_subject_is_english() {
    let reader = contact(Role::Supervisor, "Li", Language::English);
    let subject = |news: &[&News]| write_all(&reader, news, "2011-10-26 09:05").subject;
    let (one, other) =
        (disputed(Event::Contested), News { subject: "B".into(), event_id: 2, ..disputed(Event::Contested) });
    assert_eq!(subject(&[&one]), "[yellow] 市住建局: 1 case with a withdrawal to decide");
    assert_eq!(subject(&[&one, &other]), "[yellow] 市住建局: 2 cases with a withdrawal to decide");
    let objection = asked(Event::Appealed, Asks::Objection);
    assert_eq!(
        subject(&[&objection]),
        "[yellow] 市住建局: 1 case with an objection to decide (up to 2 working days over)"
    );
}

/// A letter of questions alone asks a supervisor to decide, and nobody to see a case through.
#[test]
fn a_letter_of_questions_asks_for_a_decision() {
    let news = disputed(Event::Contested);
    let said = |role| text(role, &news, "2011-10-26 09:05");
    let supervisor = said(Role::Supervisor);
    assert!(
        supervisor.contains("下列监察牌是否撤销，请核定。") && !supervisor.contains("督促办理"),
        "{supervisor}"
    );
    assert!(said(Role::Handler).contains("下列监察牌待监察人员核定"), "{}", said(Role::Handler));
    let both = write_all(
        &contact(Role::Supervisor, "李四", Language::Chinese),
        &[&news, &News { subject: "B".into(), ..late(Event::Raised) }],
        "2011-10-26 09:05",
    );
    assert!(both.text.contains("请督促办理"), "{}", both.text);
}
