//! Salutations, numbers, lateness and acts as they are said.

use super::*;
use crate::domain::policy::{ClockRule, Event};
use crate::domain::record::TraceKind;
use crate::domain::statute::Mark;

fn of_case(number: &str, event_id: i64, news: News) -> News {
    News { subject: number.into(), event_id, ..news }
}

/// A yellow card of three days beside a red one of one day: the greatest lateness of the mail; what is withdrawn is counted for itself.
#[test]
fn a_subject_gives_the_greatest_lateness_and_counts_no_withdrawn_card() {
    let mut fresh = late("raised");
    fresh.deadline.as_mut().unwrap().due = Some(day("2011-10-26"));
    let red = of_case("B", 2, News { card: Card::Red, ..fresh });
    let (yellow, lead) = (late("raised"), contact(Role::UnitLead, "李四", Language::Chinese));
    let subject = |reader: &Contact, news: &[&News]| write_all(reader, news, "2011-10-27 09:05").subject;
    assert_eq!(subject(&lead, &[&yellow, &red]), "【红牌 1 黄牌 1】市住建局 2 件超时限（最长超 3 个工作日）");
    let gone = of_case("C", 3, News { standing: Standing::Revoked, ..late("revoked") });
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
    let nobody = News { unit: None, card: Card::Notice, ..late("raised") };
    assert_eq!(subject(&lead, &[&nobody]), "【提示】1 件临近时限");
    assert!(!write_all(&lead, &[&nobody], "2011-10-27 09:05").text.contains(" · "));
}

/// Due at 17:00: late by half an hour on the same day is no working day, neither finished nor running.
#[test]
fn a_part_of_the_due_day_is_no_working_day() {
    let mut news = late("raised");
    news.deadline.as_mut().unwrap().due = Some(day("2011-10-25T17:00:00+08:00"));
    let lead = |language| contact(Role::UnitLead, "李四", language);
    let running = write_to(&lead(Language::Chinese), &news, "2011-10-25 17:30");
    assert!(running.text.contains("尚未办结，已超期30分钟"), "{}", running.text);
    assert!(running.subject.ends_with("（最长超 30 分钟）"), "{}", running.subject);
    news.standing = Standing::Resolved;
    news.deadline.as_mut().unwrap().stopped = Some(day("2011-10-25T18:30:00+08:00"));
    let over = write_to(&lead(Language::Chinese), &news, "2011-10-26 09:05").text;
    assert!(over.contains("办结，超期1小时30分钟") && !over.contains("超期1个工作日"), "{over}");
    let over = write_to(&lead(Language::English), &news, "2011-10-26 09:05").text;
    assert!(over.contains("1 hour 30 minutes late"), "{over}");
    let day_late = write_to(&lead(Language::English), &late("raised"), "2011-10-25 09:05").text;
    assert!(day_late.contains("still open, 1 working day late"), "{day_late}");
}

/// The administrator is not asked to have the administrator do it.
#[test]
fn an_administrator_is_asked_himself() {
    for rule in ["vanished-record", "silent-source"] {
        let news = News { rule: rule.into(), clock: String::new(), deadline: None, ..late("raised") };
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
        stops: Event::Marks(vec![Mark::Kind(TraceKind::Delivered)]),
        extends: None,
        ..policy.clocks[0].clone()
    };
    policy.clocks.push(clock);
    let mut news = News { clock: "XK9".into(), ..late("raised") };
    let now = &Now { instant: at("2011-10-25 09:05"), replay: false };
    let nobody = BTreeMap::new();
    let said = |news: &News, role| {
        let reach = Reach { today: now.today(), suspended: &nobody };
        let desk = Desk { policy: &policy, id_domain: "example.org", reach, away: None, now };
        letter(&contact(role, "李四", Language::Chinese), &[news], desk).letter.text
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
        let letter = write_to(&contact(role, name, Language::Chinese), &late("raised"), "2011-10-25 09:05");
        letter.text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(greeted(Role::Handler, "张三（规划科）"), "市住建局 张三同志：");
    assert_eq!(greeted(Role::Handler, "市住建局窗口"), "市住建局窗口：");
    assert_eq!(greeted(Role::UnitLead, "办公室"), "市住建局 办公室：");
    assert_eq!(greeted(Role::Supervisor, "监察室"), "监察室：");
    assert_eq!(greeted(Role::Supervisor, "欧阳建国"), "欧阳建国同志：");
    assert_eq!(greeted(Role::Admin, "Administrator"), "Administrator：");
}
