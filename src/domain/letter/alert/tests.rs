//! Letters from pure values: for every event, rule and reader, with and without each date.

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Asia::Shanghai;

use super::*;
use crate::domain::clock::Parts;
use crate::domain::clock::tests::policy as plain;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::example;
use crate::domain::letter::news::Running;
use crate::domain::letter::page::Pages;
use crate::domain::letter::reach::Reach;
use crate::domain::now::Now;
use crate::domain::record::TraceKind;
use crate::domain::registry::{Unit, UnitKind};
use crate::domain::rules::{RULES, time_limit};
use crate::domain::text::Sentence;

mod elsewhere;
mod forms;
mod questions;
mod reminders;
mod several;

const EVENTS: [Event; 14] = [
    Event::Raised,
    Event::Escalated,
    Event::Reopened,
    Event::Issued,
    Event::Moved,
    Event::Grown,
    Event::Referred,
    Event::Revoked,
    Event::Ordered,
    Event::Upheld,
    Event::Reminded,
    Event::Unanswered,
    Event::Contested,
    Event::Appealed,
];

fn policy() -> Policy {
    let mut policy = plain(&[]);
    let (code, name, region) = ("U1".to_owned(), "市住建局".to_owned(), "431000".to_owned());
    policy
        .registry
        .units
        .insert("U1".into(), Unit { code, name, region, kind: UnitKind::Municipal, order: 0 });
    policy.cards.name = "hunan".into();
    policy.version = "637ab".into();
    policy.office = "市效能监察室".into();
    policy
}

fn contact(role: Role, name: &str, language: Language) -> Contact {
    let unit = matches!(role, Role::Handler | Role::UnitLead).then(|| "U1".to_owned());
    Contact { unit, role, name: name.into(), ..example::reader(language) }
}

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_str(&format!("{text}:00+0800"), "%Y-%m-%d %H:%M:%S%z").unwrap()
}

fn day(text: &str) -> Moment {
    Moment::parse(text, Shanghai).unwrap()
}

/// A yellow card on a promise of ten working days that was due on 2011-10-24, raised on the day after.
fn late(event: Event) -> News {
    let limit = "10wd".parse().unwrap();
    let running = Running {
        started: day("2011-10-10"),
        limit,
        due: Some(day("2011-10-24")),
        clock: "promise".into(),
        stopped: None,
        paused_since: None,
        parts: Parts::default(),
        provisional: false,
    };
    let (zh, en) = (
        "承诺时限 10 个工作日，2011-10-24 到期，尚未办结，已超期 1 个工作日",
        "promise: 1 working days late",
    );
    News {
        subject: "A".into(),
        display: None,
        why: Sentence { zh: zh.into(), en: en.into() }.into(),
        note: None,
        silenced: None,
        unit: Some("U1".into()),
        item: None,
        card: Card::Yellow,
        answer_due: Some(day("2011-11-01")),
        order_due: None,
        together: None,
        deadline: Some(running),
        ..example::piece(event, at("2011-10-25 09:05"))
    }
}

fn write_to(contact: &Contact, news: &News, when: &str) -> Letter {
    write_all(contact, &[news], when)
}

fn text(role: Role, news: &News, when: &str) -> String {
    write_to(&contact(role, "李四", Language::Chinese), news, when).text
}

/// Every day that a text asks for something by, in its Chinese or its English form.
fn asked_by(text: &str, year: i32) -> Vec<NaiveDate> {
    let zh = text.match_indices("（含当日）前").map(|(at, _)| &text[..at]).map(|before| {
        let from =
            before.rfind(|c: char| !c.is_ascii_digit() && !"年月日".contains(c)).map_or(0, |at| at + 3);
        let numbers: Vec<u32> =
            before[from..].split(['年', '月', '日']).filter_map(|number| number.parse().ok()).collect();
        match numbers[..] {
            [month, day] => NaiveDate::from_ymd_opt(year, month, day),
            [year, month, day] => NaiveDate::from_ymd_opt(year as i32, month, day),
            _ => None,
        }
        .unwrap_or_else(|| panic!("no day stands before （含当日）前: {text}"))
    });
    let en = text.match_indices("by the end of ").map(|(at, words)| {
        let day = text.get(at + words.len()..at + words.len() + 10).unwrap_or_default();
        day.parse().unwrap_or_else(|_| panic!("no day stands behind `by the end of`: {text}"))
    });
    zh.chain(en).collect()
}

/// Every news there can be of a rule. What has no clock differs by no due day, and not by the colour of its card.
fn all_news(rule: &str, check: &mut impl FnMut(&News)) {
    let open = [Standing::Open, Standing::Resolved, Standing::PendingWithdrawal];
    for event in EVENTS {
        let timed = rule == time_limit::ID;
        let cards = if timed { &[Card::Notice, Card::Yellow, Card::Red][..] } else { &[Card::Yellow][..] };
        for card in cards.iter().copied() {
            for standing in if event == Event::Revoked { &[Standing::Revoked][..] } else { &open[..] } {
                for bits in (0..32_u32).filter(|bits| timed || bits & 0b01001 == 0) {
                    let has = |bit: u32| bits & 1 << bit != 0;
                    let mut news = News { card, standing: *standing, rule: rule.into(), ..late(event) };
                    news.clock = if timed { "promise".into() } else { String::new() };
                    let past = if has(4) { "2011-11-01" } else { "2011-11-21" };
                    news.answer_due = has(1).then(|| day(past));
                    news.order_due = has(2).then(|| day(past));
                    let due = has(3).then(|| day(if has(4) { "2011-10-24" } else { "2011-11-21" }));
                    if let Some(running) = &mut news.deadline {
                        running.due = due;
                        running.stopped = (*standing == Standing::Resolved)
                            .then(|| (day("2011-11-03"), TraceKind::Decided));
                    }
                    news.deadline = news.deadline.filter(|_| has(0) && timed);
                    check(&news);
                }
            }
        }
    }
}

/// No letter has an empty date, none asks for something by a day gone by, whatever is known of a card: over all events, rules and
/// readers, with and without each date.
#[test]
fn no_letter_has_an_empty_date_or_asks_by_a_past_day() {
    let when = "2011-11-08 09:05";
    let mut letters = 0;
    for rule in RULES.iter().map(|rule| rule.id).chain(OWN) {
        for (language, ..) in Language::ALL {
            for role in [Role::Handler, Role::Supervisor, Role::Admin] {
                let reader = contact(role, "李四", *language);
                all_news(rule, &mut |news| {
                    let letter = write_to(&reader, news, when);
                    letters += 1;
                    for part in [&letter.subject, &letter.text] {
                        for empty in
                            ["于前", "于（", "于办结", " by .", " by ;", " by ,", "{", "}", "（）", "()"]
                        {
                            assert!(!part.contains(empty), "`{empty}` in {news:?}\n{part}");
                        }
                    }
                    for asked in asked_by(&letter.text, 2011) {
                        let failed = news.order_failed;
                        assert!(
                            asked.to_string().as_str() >= "2011-11-08" || failed,
                            "{asked}: {}",
                            letter.text
                        );
                    }
                });
            }
        }
    }
    assert!(letters > 40_000, "{letters}");
}

/// A unit works, a supervisor sees to it: the same event in the words of each.
#[test]
fn a_supervisor_urges_and_checks_where_a_unit_works() {
    let news = late(Event::Raised);
    let when = "2011-10-25 09:05";
    let unit = text(Role::Handler, &news, when);
    assert!(unit.starts_with("市住建局 李四同志：") && unit.contains("下列办件请予办理"), "{unit}");
    assert!(unit.contains("办理要求：请立即办结，并说明超期原因。"), "{unit}");
    let supervisor = text(Role::Supervisor, &news, when);
    assert!(supervisor.contains("通报如下，请督促办理"), "{supervisor}");
    assert!(supervisor.contains("请督促该单位立即办结"), "{supervisor}");
    assert!(supervisor.contains("该单位应于11月1日（含当日）前书面反馈"), "{supervisor}");
}

/// 撤销理由 with who withdrew it, and nothing of what the card had said.
#[test]
fn a_withdrawal_gives_its_reason() {
    let said = Sentence { zh: "计时有误".into(), en: "wrong count".into() };
    let revoked = News { standing: Standing::Revoked, ..late(Event::Revoked) };
    let by_hand = News { note: Some((Some("钱国平".into()), said.into())), ..revoked.clone() };
    let text = |news: &News| text(Role::UnitLead, news, "2011-10-28 09:05");
    assert!(text(&by_hand).contains("撤销理由：计时有误（经办人：钱国平）"), "{}", text(&by_hand));
    assert!(!text(&by_hand).contains("尚未办结"), "{}", text(&by_hand));
    assert!(text(&revoked).contains("撤销理由：承诺时限"), "{}", text(&revoked));
}

/// No name of a program, no id of a rule and no English in a Chinese letter to anyone but the administrator.
#[test]
fn a_chinese_letter_is_in_chinese() {
    for role in [Role::Handler, Role::UnitLead, Role::Supervisor, Role::Leader] {
        for rule in RULES.iter().map(|rule| rule.id) {
            for event in EVENTS {
                let why = Sentence { zh: "缘由".into(), en: String::new() }.into();
                let news = News { rule: rule.into(), why, subject: "甲".into(), ..late(event) };
                let said = text(role, &news, "2011-10-31 09:05");
                assert!(!said.contains(|c: char| c.is_ascii_alphabetic()), "{rule} {event}: {said}");
                assert!(said.contains("发牌标准：湖南（两级时限）。"), "{said}");
            }
        }
    }
    assert!(text(Role::Admin, &late(Event::Raised), "2011-10-31 09:05").contains("规则版本637ab"));
}

/// A failed order says so beside how late the case is, and asks for the matter at once.
#[test]
fn an_order_that_was_not_kept_is_named() {
    let news = News { order_failed: true, order_due: Some(day("2011-10-27")), ..late(Event::Escalated) };
    let said = text(Role::UnitLead, &news, "2011-10-28 09:05");
    assert!(said.contains("督办要求10月27日（含当日）前办结，未按期办结。"), "{said}");
    let open = News { order_due: Some(day("2011-10-27")), ..late(Event::Ordered) };
    assert!(
        text(Role::UnitLead, &open, "2011-10-27 17:00").contains("请按督办要求于10月27日（含当日）前办结")
    );
    assert!(text(Role::UnitLead, &open, "2011-10-28 09:05").contains("督办期限（10月27日）已过，请立即落实"));
}

fn write_all(contact: &Contact, news: &[&News], when: &str) -> Letter {
    let (policy, now) = (&policy(), &Now { instant: at(when), replay: false });
    let nobody = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &nobody };
    letter(
        contact,
        news,
        LetterContext {
            policy,
            pages: &Pages::default(),
            id_domain: "example.org",
            workbook: |_| Vec::new(),
            reach,
            away: None,
            now,
        },
    )
    .letter
}
