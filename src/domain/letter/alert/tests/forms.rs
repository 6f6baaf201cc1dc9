//! Salutations, numbers, lateness and acts as they are said.

use super::*;
use crate::domain::clock::LeftOut;
use crate::domain::count::Pause;
use crate::domain::finding::Event;
use crate::domain::policy::{ClockRule, Trigger};
use crate::domain::statute::{Expiry, Mark};

fn of_case(number: &str, event_id: i64, news: News) -> News {
    News { subject: number.into(), event_id, ..news }
}

/// A yellow card of three days beside a red one of one day: the greatest lateness of the mail; what is withdrawn is counted for itself.
#[test]
fn a_subject_gives_the_greatest_lateness_and_counts_no_withdrawn_card() {
    let mut fresh = late(Event::Raised);
    fresh.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
    let red = of_case("B", 2, News { card: Card::Red, ..fresh });
    let (yellow, lead) = (late(Event::Raised), contact(Role::UnitLead, "李四", Language::Chinese));
    let subject = |reader: &Contact, news: &[&News]| write_all(reader, news, "2011-10-27 09:05").subject;
    assert_eq!(subject(&lead, &[&yellow, &red]), "【红牌 1 黄牌 1】市住建局 2 件超时限（最长超 3 个工作日）");
    let gone = of_case("C", 3, News { standing: Standing::Revoked, ..late(Event::Revoked) });
    assert_eq!(
        subject(&lead, &[&yellow, &gone]),
        "【黄牌】市住建局 1 件超时限，另撤销 1 件（最长超 3 个工作日）"
    );
    assert_eq!(subject(&lead, &[&gone]), "【撤销】市住建局 1 件撤销");
    let english = contact(Role::UnitLead, "Li", Language::English);
    assert_eq!(
        subject(&english, &[&yellow, &gone]),
        "[yellow] 市住建局: 1 case past a limit, 1 case withdrawn (up to 3 working days over)"
    );
    let nobody = News { unit: None, card: Card::Notice, ..late(Event::Raised) };
    assert_eq!(subject(&lead, &[&nobody]), "【提示】1 件临近时限");
    assert!(!write_all(&lead, &[&nobody], "2011-10-27 09:05").text.contains(" · "));
}

/// Due at 17:00: late by half an hour on the same day is no working day, neither finished nor running.
#[test]
fn a_part_of_the_due_day_is_no_working_day() {
    let mut news = late(Event::Raised);
    news.deadline.as_mut().unwrap().due = Some(day("2011-10-25T17:00:00+08:00"));
    let lead = |language| contact(Role::UnitLead, "李四", language);
    let running = write_to(&lead(Language::Chinese), &news, "2011-10-25 17:30");
    assert!(running.text.contains("尚未办结，已超期30分钟"), "{}", running.text);
    assert!(running.subject.ends_with("（最长超 30 分钟）"), "{}", running.subject);
    news.standing = Standing::Resolved;
    news.deadline.as_mut().unwrap().stopped = Some((day("2011-10-25T18:30:00+08:00"), TraceKind::Decided));
    let over = write_to(&lead(Language::Chinese), &news, "2011-10-26 09:05").text;
    assert!(over.contains("办结，超期1小时30分钟") && !over.contains("超期1个工作日"), "{over}");
    let over = write_to(&lead(Language::English), &news, "2011-10-26 09:05").text;
    assert!(over.contains("1 hour 30 minutes late"), "{over}");
    let day_late = write_to(&lead(Language::English), &late(Event::Raised), "2011-10-25 09:05").text;
    assert!(day_late.contains("still open, 1 working day late"), "{day_late}");
}

/// The administrator is not asked to have the administrator do it.
#[test]
fn an_administrator_is_asked_himself() {
    for rule in ["vanished-record", "silent-source"] {
        let news = News { rule: rule.into(), clock: String::new(), deadline: None, ..late(Event::Raised) };
        let said = |role| text(role, &news, "2011-10-25 09:05");
        assert!(said(Role::Supervisor).contains("系统管理员"), "{}", said(Role::Supervisor));
        assert!(!said(Role::Admin).contains("责成"), "{}", said(Role::Admin));
    }
}

/// A clock that ends with a delivery asks for one, of the unit and of those who see to it, and names no extension.
#[test]
fn a_delivery_is_asked_for_as_such() {
    let mut policy = policy();
    let clock = ClockRule {
        id: "XK9".into(),
        name_zh: "颁发、送达许可证件".into(),
        stops: Trigger::Marks(vec![Mark::Kind(TraceKind::Delivered)]),
        extends: None,
        ..policy.clocks[0].clone()
    };
    policy.clocks.push(clock);
    let mut news = News { clock: "XK9".into(), ..late(Event::Raised) };
    news.deadline.as_mut().unwrap().clock = "XK9".into();
    let now = &Now { instant: at("2011-10-25 09:05"), replay: false };
    let nobody = BTreeMap::new();
    let said = |news: &News, role| {
        let reach = Reach { today: now.today(), suspended: &nobody };
        let pages = &Pages::default();
        let context = LetterContext {
            policy: &policy,
            pages,
            id_domain: "example.org",
            workbook: |_| Vec::new(),
            reach,
            away: None,
            now,
        };
        letter(&contact(role, "李四", Language::Chinese), &[news], context).letter.text
    };
    let unit = said(&news, Role::UnitLead);
    assert!(unit.contains("请立即送达有关证件或者文书，并说明超期原因。"), "{unit}");
    let supervisor = said(&news, Role::Supervisor);
    assert!(supervisor.contains("请督促该单位立即送达有关证件或者文书"), "{supervisor}");
    news.card = Card::Notice;
    news.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
    let near = said(&news, Role::UnitLead);
    assert!(
        near.contains("请于10月26日（含当日）前送达有关证件或者文书。") && !near.contains("延期"),
        "{near}"
    );
}

/// Salutations: a person is a comrade, an office is none, and a unit is named once.
#[test]
fn people_and_offices_are_greeted_as_such() {
    let greeted = |role, name: &str| {
        let letter =
            write_to(&contact(role, name, Language::Chinese), &late(Event::Raised), "2011-10-25 09:05");
        letter.text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(greeted(Role::Handler, "张三（规划科）"), "市住建局 张三同志：");
    assert_eq!(greeted(Role::Handler, "市住建局窗口"), "市住建局窗口：");
    assert_eq!(greeted(Role::UnitLead, "办公室"), "市住建局 办公室：");
    assert_eq!(greeted(Role::Supervisor, "监察室"), "监察室：");
    assert_eq!(greeted(Role::Supervisor, "欧阳建国"), "欧阳建国同志：");
    assert_eq!(greeted(Role::Admin, "Administrator"), "Administrator：");
}

fn under(clock: ClockRule, role: Role, language: Language, news: &[&News], when: &str) -> Letter {
    let mut policy = policy();
    policy.clocks.push(clock);
    let now = &Now { instant: at(when), replay: false };
    let nobody = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &nobody };
    let pages = &Pages::default();
    let context = LetterContext {
        policy: &policy,
        pages,
        id_domain: "example.org",
        workbook: |_| Vec::new(),
        reach,
        away: None,
        now,
    };
    letter(&contact(role, "李四", language), news, context).letter
}

/// The count names all that makes the due day, so that it can be checked: what is left out with its days, what is added, the sum.
#[test]
fn a_count_names_what_is_left_out_and_added() {
    let mut news = late(Event::Raised);
    let running = news.deadline.as_mut().unwrap();
    let pause = |from: &str, to: &str, special, open| LeftOut {
        pause: Pause { from: day(from), to: day(to) },
        special,
        open,
    };
    // 10 working days from 2011-10-10 and ten more, less 10-12 to 10-18 (5) and 10-20 to 10-21 (2).
    running.parts.left_out =
        vec![pause("2011-10-12", "2011-10-18", true, false), pause("2011-10-20", "2011-10-21", false, false)];
    running.parts.extensions = vec!["10wd".parse().unwrap()];
    running.due = Some(day("2011-11-16"));
    let lead = |language| contact(Role::UnitLead, "李四", language);
    let zh = write_to(&lead(Language::Chinese), &news, "2011-11-17 09:05");
    let said = "计时：10月10日起算，次日为第1日；其间休息日10天不计；特别程序10月12日至10月18日，共5个工作日不计；\
                补正10月20日至10月21日，共2个工作日不计；延长10个工作日，合计20个工作日；11月16日到期。";
    assert!(zh.text.contains(said), "{}", zh.text);
    // Counts are marked so that no line ends in them.
    let html = zh.html.replace("<span style=\"white-space:nowrap\">", "").replace("</span>", "");
    assert!(html.contains("延长10个工作日，合计20个工作日"), "{html}");
    let en = write_to(&lead(Language::English), &news, "2011-11-17 09:05").text;
    let said = "10 days of rest on the way are not counted; the special procedure from 2011-10-12 to 2011-10-18, 5 working days \
                is left out; the correction from 2011-10-20 to 2011-10-21, 2 working days is left out; extended by 10 working \
                days, 20 working days in all; due 2011-11-16.";
    assert!(en.contains(said), "{en}");
    // One that goes on, and one that begins only behind the due day.
    let running = news.deadline.as_mut().unwrap();
    running.parts.extensions.clear();
    running.parts.left_out =
        vec![pause("2011-10-20", "2011-11-17", true, true), pause("2011-11-17", "2011-11-18", false, false)];
    let zh = write_to(&lead(Language::Chinese), &news, "2011-11-17 09:05").text;
    assert!(zh.contains("特别程序10月20日起尚未结束，共") && !zh.contains("；补正"), "{zh}");
    assert!(!zh.contains("合计"), "{zh}");
}

/// An extension is advised while one can be granted, and not after the last.
#[test]
fn nobody_is_advised_to_extend_what_was_extended() {
    let mut near = News { card: Card::Notice, ..late(Event::Raised) };
    near.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
    let said = |news: &News, role| text(role, news, "2011-10-25 09:05");
    assert!(said(&near, Role::Handler).contains("前办结；确需延期的，应当在到期前办理延期审批"));
    assert!(said(&near, Role::Supervisor).contains("拟延期的"));
    near.deadline.as_mut().unwrap().parts.extensions = vec!["10wd".parse().unwrap()];
    for role in [Role::Handler, Role::Supervisor] {
        let said = said(&near, role);
        assert!(said.contains("10月26日（含当日）前办结。") && !said.contains("延期"), "{said}");
    }
}

/// 办结 is said of what was finished: an acceptance, a matter passed on, a delivery, a special procedure ended is called so.
#[test]
fn what_ended_a_clock_is_called_by_its_kind() {
    let stopped = |id: &str, stops: &str, by: TraceKind, language| {
        let marks = stops.split(' ').map(|mark| mark.parse::<Mark>().unwrap()).collect();
        let clock =
            ClockRule { id: id.into(), stops: Trigger::Earliest(marks), ..policy().clocks[0].clone() };
        let mut news = News { clock: id.into(), standing: Standing::Resolved, ..late(Event::Raised) };
        let running = news.deadline.as_mut().unwrap();
        (running.clock, running.stopped) = (id.into(), Some((day("2011-10-26"), by)));
        under(clock, Role::UnitLead, language, &[&news], "2011-10-27 09:05").text
    };
    for (id, stops, by, zh, en) in [
        ("XK2", "supplement_requested accepted decided", TraceKind::Accepted, "受理", "accepted"),
        ("SS2", "forwarded decided", TraceKind::Forwarded, "转报", "passed on"),
        ("XK9", "delivered", TraceKind::Delivered, "送达", "delivered"),
        ("special", "resumed", TraceKind::Resumed, "特别程序结束", "special procedure ended"),
    ] {
        let said = stopped(id, stops, by, Language::Chinese);
        assert!(said.contains(&format!("10月26日{zh}，超期2个工作日")) && !said.contains("办结"), "{said}");
        assert!(said.contains("该项已经办理，请说明超期原因"), "{said}");
        let said = stopped(id, stops, by, Language::English);
        assert!(said.contains(&format!("{en} 2011-10-26, 2 working days late")), "{said}");
        assert!(!said.contains("finished"), "{said}");
    }
    let said = stopped("SS3", "decided", TraceKind::Decided, Language::Chinese);
    assert!(said.contains("10月26日办结，超期2个工作日") && said.contains("该件已经办结"), "{said}");
}

/// What is not done yet is named as it is asked for.
#[test]
fn what_is_not_passed_on_is_not_unfinished() {
    let marks = vec![Mark::Kind(TraceKind::Forwarded), Mark::Kind(TraceKind::Decided)];
    let clock = ClockRule { id: "SS2".into(), stops: Trigger::Earliest(marks), ..policy().clocks[0].clone() };
    let mut news = News { clock: "SS2".into(), ..late(Event::Raised) };
    news.deadline.as_mut().unwrap().clock = "SS2".into();
    let said = under(clock, Role::UnitLead, Language::Chinese, &[&news], "2011-10-25 09:05").text;
    assert!(said.contains("尚未转报，已超期1个工作日") && said.contains("请立即转报"), "{said}");
    assert!(!said.contains("办结"), "{said}");
}

/// Once a case counts as accepted (《行政许可法》第三十二条) nobody is asked for a correction or an acceptance: it is to be decided.
#[test]
fn what_counts_as_accepted_is_asked_to_be_decided() {
    let marks = ["supplement_requested", "accepted", "decided"].map(|mark| mark.parse::<Mark>().unwrap());
    let clock = ClockRule {
        id: "XK2".into(),
        stops: Trigger::Earliest(marks.into()),
        on_expiry: Expiry::AcceptedFromReceipt,
        extends: None,
        ..policy().clocks[0].clone()
    };
    let mut news = News { clock: "XK2".into(), ..late(Event::Raised) };
    news.deadline.as_mut().unwrap().clock = "XK2".into();
    let said = |role, when: &str| {
        under(clock.clone(), role, Language::Chinese, &[&news], when).text.replace('\n', " ")
    };
    let due = said(Role::Handler, "2011-10-24 17:00");
    assert!(due.contains("前一次告知补正，或者作出受理、不予受理的决定。"), "{due}");
    for role in [Role::Handler, Role::Supervisor] {
        let late = said(role, "2011-10-25 09:05");
        assert!(late.contains("依法已视为受理") && late.contains("作出决定"), "{late}");
        assert!(!late.contains("一次告知补正，或者"), "{late}");
    }
}
