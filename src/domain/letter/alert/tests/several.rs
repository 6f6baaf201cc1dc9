//! Several findings of one case in one letter.

use super::*;
use crate::domain::finding::Event;

/// Told and not answered is said of the finding that was told: of another of the same case under 另, by its name.
#[test]
fn what_was_told_of_one_finding_does_not_stand_under_another() {
    let fresh = late(Event::Raised);
    let said =
        Sentence { zh: "10月20日11:00已告知，至今没有反馈".into(), en: "told 2011-10-20".into() }.into();
    let why = Sentence { zh: "受理时间早于申请时间".into(), en: "out of order".into() }.into();
    let old = News {
        event_id: 2,
        rule: "data-fault".into(),
        clock: String::new(),
        card: Card::Notice,
        deadline: None,
        note: Some((None, said)),
        why,
        ..late(Event::Unanswered)
    };
    let unit = |language| contact(Role::UnitLead, "李四", language);
    let zh = write_all(&unit(Language::Chinese), &[&fresh, &old], "2011-10-25 09:05").text;
    assert!(zh.contains("另：数据差错：受理时间早于申请时间；10月20日11:00已告知，至今没有反馈\n"), "{zh}");
    assert_eq!(zh.matches("已告知").count(), 1, "{zh}");
    let gone = News { event: Event::Revoked, standing: Standing::Revoked, note: None, ..old.clone() };
    let text = write_all(&unit(Language::Chinese), &[&fresh, &gone], "2011-10-25 09:05").text;
    assert!(text.contains("另：撤销提示：数据差错：撤销理由：受理时间早于申请时间\n"), "{text}");
    let en = write_all(&unit(Language::English), &[&fresh, &old], "2011-10-25 09:05").text;
    assert!(en.contains("Also: data fault: out of order; told 2011-10-20\n"), "{en}");
    assert_eq!(en.matches("told 2011-10-20").count(), 1, "{en}");
}

/// The head is what still asks for something, though what is closed was told later or with a higher card; what is closed is asked
/// its reason behind it, and the subject counts the highest card.
#[test]
fn the_head_of_a_case_is_what_is_still_open() {
    let open = late(Event::Raised);
    let mut over = News {
        event_id: 7,
        clock: "statutory".into(),
        card: Card::Red,
        standing: Standing::Resolved,
        ..late(Event::Reminded)
    };
    over.deadline.as_mut().unwrap().stopped = Some((day("2011-10-25"), TraceKind::Accepted));
    let unit = |language| contact(Role::UnitLead, "李四", language);
    for news in [[&open, &over], [&over, &open]] {
        let zh = write_all(&unit(Language::Chinese), &news, "2011-10-27 09:05");
        assert!(zh.subject.starts_with("【红牌】"), "{}", zh.subject);
        let todo = zh.text.lines().find(|line| line.starts_with("办理要求：")).unwrap();
        assert!(todo.starts_with("办理要求：请立即办结，并说明超期原因。"), "{todo}");
        assert!(todo.contains("另就“承诺时限”：该项已经办理，请说明超期原因"), "{todo}");
        assert!(zh.text.contains("尚未办结，已超期3个工作日\n另：红牌："), "{}", zh.text);
        let en = write_all(&unit(Language::English), &news, "2011-10-27 09:05").text;
        assert!(en.contains("To do: Finish at once") && en.contains("This is done: give the reason"), "{en}");
    }
}

/// Of what is open the gravest leads, and of what is alike the latest; one action is asked for once.
#[test]
fn the_gravest_of_what_is_open_leads() {
    let (yellow, red) =
        (late(Event::Raised), News { event_id: 3, card: Card::Red, ..late(Event::Escalated) });
    let lead = contact(Role::UnitLead, "李四", Language::Chinese);
    let said = write_all(&lead, &[&yellow, &red], "2011-10-27 09:05").text;
    assert!(said.contains("【红牌】A") && said.matches("请立即办结").count() == 1, "{said}");
}

/// Who has a case from another unit reads that at its head, with the day until when; who supervises does not.
#[test]
fn a_hand_over_is_the_head_for_who_has_the_case_now() {
    let why = Sentence {
        zh: "2011-10-25 09:00 由甲局移交市住建局办理，承诺时限 2011-11-02 到期".into(),
        en: "handed over at 2011-10-25 09:00".into(),
    }
    .into();
    let mut handed = News {
        rule: "handed-over".into(),
        clock: String::new(),
        card: Card::Notice,
        why,
        ..late(Event::Raised)
    };
    handed.deadline.as_mut().unwrap().due = Some(day("2011-11-02"));
    let fee = Sentence { zh: "实收 80.00 元".into(), en: "80.00 paid".into() }.into();
    let moved = News {
        event_id: 5,
        rule: "fee".into(),
        clock: String::new(),
        card: Card::Notice,
        why: fee,
        deadline: None,
        ..late(Event::Moved)
    };
    let unit = contact(Role::Handler, "李四", Language::Chinese);
    let letter = write_all(&unit, &[&moved, &handed], "2011-10-25 09:05");
    assert_eq!(letter.subject, "【提示】市住建局 1 件移交办理");
    assert!(letter.text.contains("【移交】A"), "{}", letter.text);
    let todo = "办理要求：请接续办理，并于11月2日（含当日）前办结；其他单位承办期间的超期不由贵单位承担。";
    assert!(letter.text.contains(todo) && letter.text.contains("到期日：11月2日"), "{}", letter.text);
    assert!(letter.text.contains("另：实收80.00 元") || letter.text.contains("另：实收 80.00 元"));
    let alone = write_all(&unit, &[&moved], "2011-10-25 09:05").text;
    assert!(alone.contains("【提示 承办单位变更】") && !alone.contains("到期日变更"), "{alone}");
    handed.deadline = None;
    let undated = write_all(&unit, &[&handed], "2011-10-25 09:05").text;
    assert!(undated.contains("请接续办理，尽快办结"), "{undated}");
    let english = contact(Role::Handler, "Li", Language::English);
    let said = write_all(&english, &[&moved, &handed], "2011-10-25 09:05").text;
    assert!(said.contains("[handed over] A") && said.contains("Please go on with the case"), "{said}");
}

/// A due day that did move is said to have moved.
#[test]
fn a_due_day_that_moved_is_said_to_have_moved() {
    let why = Sentence {
        zh: "到期日由 2011-10-20 改为 2011-10-24：延期".into(),
        en: "due 2011-10-24".into(),
    }
    .into();
    let said = text(Role::Handler, &News { why, ..late(Event::Moved) }, "2011-10-25 09:05");
    assert!(said.contains("【黄牌 到期日变更】"), "{said}");
}

/// The number of a subject is of what its words name: 超法定时限 is so late as the law's limit, and not as the promise.
#[test]
fn a_subject_gives_the_lateness_of_the_limit_it_names() {
    let mut law = News { event_id: 2, clock: "statutory".into(), card: Card::Red, ..late(Event::Raised) };
    law.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
    let lead = contact(Role::UnitLead, "李四", Language::Chinese);
    let letter = write_all(&lead, &[&late(Event::Raised), &law], "2011-10-27 09:05");
    assert_eq!(letter.subject, "【红牌】市住建局 1 件超法定时限（最长超 1 个工作日）");
    let other = News { subject: "B".into(), ..late(Event::Raised) };
    let letter = write_all(&lead, &[&law, &other], "2011-10-27 09:05");
    assert!(letter.subject.ends_with("2 件需处理（最长超 3 个工作日）"), "{}", letter.subject);
}

/// How to answer is told to who answers; who supervises is told what is done with an answer.
#[test]
fn who_supervises_is_not_told_to_answer() {
    let news = late(Event::Raised);
    let said = |role| text(role, &news, "2011-10-25 09:05");
    for role in [Role::Handler, Role::UnitLead] {
        assert!(said(role).contains("直接回复本邮件") && said(role).contains("可作申诉附件"));
    }
    for role in [Role::Supervisor, Role::Leader, Role::Admin] {
        assert!(!said(role).contains("直接回复本邮件") && !said(role).contains("可作申诉附件"));
        let enters = role == Role::Admin;
        assert_eq!(said(role).contains("单位的书面反馈，请审核后转系统管理员登记"), !enters);
        assert_eq!(
            said(role).contains("用 jianchad card 登记"),
            enters,
            "who enters it is not told to pass it on"
        );
    }
}

/// Of faults in records alone no count is spoken of; of a card beside them it is.
#[test]
fn a_count_is_offered_where_something_is_counted() {
    let fault =
        News { rule: "data-fault".into(), clock: String::new(), card: Card::Notice, ..late(Event::Raised) };
    let handler = contact(Role::Handler, "张三", Language::Chinese);
    let said = |news: &[&News]| write_all(&handler, news, "2011-10-25 09:05").text;
    assert!(!said(&[&fault]).contains("逐日计时可作申诉附件") && said(&[&fault]).contains("反馈方式"));
    let other = News { subject: "B".into(), ..late(Event::Raised) };
    assert!(said(&[&fault, &other]).contains("逐日计时可作申诉附件"));
}

/// 更正前按其余记录计时 is said where something times the case, and nowhere else.
#[test]
fn a_fault_says_what_times_the_case() {
    let fault =
        News { rule: "data-fault".into(), clock: String::new(), card: Card::Notice, ..late(Event::Raised) };
    let said = |news: &News| text(Role::Handler, news, "2011-10-25 09:05");
    assert!(said(&fault).contains("更正前按其余记录计时，超期照常发牌。"));
    let unknown = said(&News { deadline: None, ..fault });
    assert!(unknown.contains("该件更正前无法计时") && !unknown.contains("按其余记录"), "{unknown}");
}

/// An extension beyond what is allowed: the day that is right is named.
#[test]
fn a_misused_extension_names_the_day_that_is_right() {
    let mut news = News { rule: "extension-misuse".into(), clock: String::new(), ..late(Event::Raised) };
    news.deadline.as_mut().unwrap().due = Some(day("2011-11-07"));
    let said = text(Role::Handler, &news, "2011-10-25 09:05");
    assert!(said.contains("请于11月7日（含当日）前办结。") && !said.contains("原期限"), "{said}");
    news.deadline = None;
    let said = text(Role::Handler, &news, "2011-10-25 09:05");
    assert!(said.contains("不合规定的延期不计入时限。"), "{said}");
}

/// A card that was upheld is so late as it was told, though the record has it in time by now.
#[test]
fn an_upheld_card_gives_its_lateness() {
    let given = late(Event::Raised).why;
    let mut news = News { given: Some(given.clone()), standing: Standing::Resolved, ..late(Event::Reminded) };
    news.deadline.as_mut().unwrap().stopped = Some((day("2011-10-21"), TraceKind::Decided));
    let said = text(Role::UnitLead, &news, "2011-10-27 09:05");
    assert!(
        said.contains("告知时承诺时限10个工作日，10月24日到期，尚未办结，已超期1个工作日；经核定维持")
            || said.contains("已超期 1 个工作日；经核定维持"),
        "{said}"
    );
    assert!(!said.contains("现已了结"), "{said}");
    news.given = None;
    assert!(text(Role::UnitLead, &news, "2011-10-27 09:05").contains("现已了结"));
    // A warning is late of nothing.
    let notice = News { given: Some(given.clone()), card: Card::Notice, ..late(Event::Raised) };
    let said = text(Role::UnitLead, &notice, "2011-10-21 09:05");
    assert!(!said.contains("经核定维持"), "{said}");
    // What is late by the record as it stands is so late as it is by now.
    let news = News { given: Some(given), ..late(Event::Reminded) };
    let said = text(Role::UnitLead, &news, "2011-10-27 09:05");
    assert!(said.contains("超期3个工作日") && !said.contains("经核定维持"), "{said}");
}

/// A withdrawal stands in the subject of every letter that has one, whatever else is told of its case; of a letter that has none, no
/// subject says so.
#[test]
fn a_subject_names_every_withdrawal() {
    let fault = News {
        event_id: 2,
        rule: "data-fault".into(),
        clock: String::new(),
        card: Card::Notice,
        deadline: None,
        ..late(Event::Raised)
    };
    let gone = News { event_id: 3, standing: Standing::Revoked, ..late(Event::Revoked) };
    let more = News { event_id: 4, clock: "statutory".into(), card: Card::Red, ..gone.clone() };
    let other = News { subject: "B".into(), event_id: 5, ..gone.clone() };
    let asked = News { event_id: 6, ..late(Event::Contested) };
    for (role, language) in [
        (Role::Handler, Language::Chinese),
        (Role::Supervisor, Language::Chinese),
        (Role::Admin, Language::English),
    ] {
        let reader = contact(role, "李四", language);
        let subject = |news: &[&News]| write_all(&reader, news, "2011-10-27 09:05").subject;
        let chinese = language == Language::Chinese;
        let said = |count: u32| match (chinese, count) {
            (true, _) => format!("，另撤销 {count} 件"),
            (false, 1) => ", 1 case withdrawn".to_owned(),
            (false, _) => format!(", {count} cases withdrawn"),
        };
        for news in [&[&fault, &gone][..], &[&gone, &fault], &[&fault, &gone, &more], &[&asked, &gone]] {
            assert!(subject(news).contains(&said(1)), "{}", subject(news));
        }
        let both = subject(&[&fault, &gone, &other]);
        assert!(both.contains(&said(2)), "{both}");
        assert!(!subject(&[&fault]).contains("撤销") && !subject(&[&fault]).contains("withdrawn"));
    }
    let lead = contact(Role::UnitLead, "李四", Language::Chinese);
    let letter = write_all(&lead, &[&fault, &gone], "2011-10-27 09:05");
    assert_eq!(letter.subject, "【提示】市住建局 1 件需核查，另撤销 1 件");
    assert!(letter.text.contains("另：撤销黄牌：撤销理由："), "{}", letter.text);
}

/// Of our own running too: what is withdrawn is not told as if it were so.
#[test]
fn a_withdrawn_finding_of_our_own_is_told_as_withdrawn() {
    let own = |event: Event| News {
        subject: "approval".into(),
        rule: "source-dark".into(),
        unit: None,
        clock: String::new(),
        deadline: None,
        ..late(event)
    };
    let admin = contact(Role::Admin, "信息中心", Language::Chinese);
    let gone = News { standing: Standing::Revoked, ..own(Event::Revoked) };
    let subject = |news: &News| write_to(&admin, news, "2011-10-27 09:05").subject;
    assert_eq!(subject(&own(Event::Raised)), "【系统提示】数据源“approval”中断");
    assert!(subject(&gone).contains("撤销"), "{}", subject(&gone));
}
