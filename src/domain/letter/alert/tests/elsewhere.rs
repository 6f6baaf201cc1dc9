//! A case that another unit has by now: who was late is asked the reason, and who has it the rest.

use super::*;
use crate::domain::finding::Event;
use crate::domain::rules::{deemed_granted, extension_misuse, special_excess};

/// The policy with a second unit, whose people are `of_holder`.
fn two_units() -> Policy {
    let mut policy = policy();
    let unit = Unit { code: "U2".into(), name: "市城管局".into(), ..policy.registry.units["U1"].clone() };
    policy.registry.units.insert("U2".into(), unit);
    policy
}

fn of_holder() -> Contact {
    Contact { unit: Some("U2".into()), ..contact(Role::Handler, "王五", Language::Chinese) }
}

fn handed(event: Event) -> News {
    News { holder: Some("U2".into()), ..late(event) }
}

fn letter_to(reader: &Contact, news: &[&News], when: &str) -> Letter {
    let (policy, now) = (&two_units(), &Now { instant: at(when), replay: false });
    let nobody = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &nobody };
    let pages = &Pages::default();
    let context = LetterContext {
        policy,
        pages,
        id_domain: "example.org",
        workbook: |_| Vec::new(),
        reach,
        away: None,
        now,
    };
    letter(reader, news, context).letter
}

fn said(role: Role, news: &News, when: &str) -> String {
    letter_to(&contact(role, "李四", Language::Chinese), &[news], when).text
}

/// DESIGN section 5, runs: the lateness is that of the unit that had the case when it fell due. It is asked for its reason and its
/// answer alone, told first or reminded; the letter names who has the case.
#[test]
fn who_was_late_is_asked_for_the_reason_alone() {
    for event in
        [Event::Raised, Event::Escalated, Event::Reminded, Event::Unanswered, Event::Upheld, Event::Grown]
    {
        for role in [Role::Handler, Role::UnitLead] {
            let text = said(role, &handed(event), "2011-10-27 09:05");
            let todo = "该件已移交市城管局，贵单位无需继续办理，请说明超期原因；对计时有异议的，可同时提出申诉并附佐证。";
            assert!(text.contains(todo) && text.contains("书面反馈。"), "{event} {text}");
            assert!(text.contains("移交后承办单位：市城管局"), "{text}");
            for asked in ["办结，并", "立即", "尽快", "下列办件请予办理"] {
                assert!(!text.contains(asked), "{asked}: {text}");
            }
        }
    }
    let english = contact(Role::UnitLead, "Li", Language::English);
    let text = letter_to(&english, &[&handed(Event::Reminded)], "2011-10-27 09:05").text;
    assert!(text.contains("The case is with 市城管局 now, and you need not go on with it"), "{text}");
    assert!(text.contains("Now with: 市城管局") && !text.contains("Finish at once"), "{text}");
}

/// Who supervises reads who was late, who has the case and who is to finish it.
#[test]
fn who_supervises_reads_who_was_late_and_who_is_to_finish() {
    for role in [Role::Supervisor, Role::Leader, Role::Admin] {
        let text = said(role, &handed(Event::Unanswered), "2011-10-27 09:05");
        let todo = "该件已移交市城管局，请督促市城管局尽快办结；超期由市住建局承担，请审核市住建局说明的超期原因。该单位应于";
        assert!(text.contains(todo), "{text}");
        assert!(!text.contains("督促该单位立即办结"), "{text}");
    }
}

/// For each letter that says so there is one that does not: the unit has the case itself (it was handed back), nobody handed it
/// over, or the case is over.
#[test]
fn who_has_the_case_is_asked_to_finish_it() {
    for holder in [None, Some("U1")] {
        let news = News { holder: holder.map(str::to_owned), ..late(Event::Reminded) };
        let text = said(Role::UnitLead, &news, "2011-10-27 09:05");
        assert!(text.contains("请立即办结，并说明超期原因。") && !text.contains("移交"), "{text}");
    }
    let mut over = News { standing: Standing::Resolved, ..handed(Event::Reminded) };
    over.deadline.as_mut().unwrap().stopped = Some((day("2011-10-26"), TraceKind::Decided));
    let text = said(Role::UnitLead, &over, "2011-10-27 09:05");
    assert!(text.contains("该件已经办结，请说明超期原因") && !text.contains("无需继续办理"), "{text}");
    let nobodys = News { unit: None, ..handed(Event::Raised) };
    assert!(said(Role::Supervisor, &nobodys, "2011-10-27 09:05").contains("请督促该单位立即办结"));
}

/// The same of every rule that asks for going on with the case; of the others, with whom the record is to be mended.
#[test]
fn no_rule_asks_the_former_unit_to_go_on() {
    for rule in RULES.iter().map(|rule| rule.id).filter(|rule| *rule != "handed-over") {
        for event in EVENTS
            .into_iter()
            .filter(|event| ![Event::Revoked, Event::Contested, Event::Appealed].contains(event))
        {
            let timed = rule == time_limit::ID;
            let (clock, deadline) = (late(event).clock, late(event).deadline);
            let mut news = News { rule: rule.into(), ..handed(event) };
            (news.clock, news.deadline) = if timed { (clock, deadline) } else { (String::new(), None) };
            for role in [Role::Handler, Role::Supervisor, Role::Admin] {
                let text = said(role, &news, "2011-10-27 09:05");
                assert!(text.contains("移交") && text.contains("市城管局"), "{rule} {event}: {text}");
                assert!(!text.contains('{'), "{rule} {event}: {text}");
            }
            let text = said(Role::Handler, &news, "2011-10-27 09:05");
            for asked in ["请立即办结", "请尽快", "请按准予", "请于10月"] {
                let answer = text.contains("书面反馈") && asked == "请于10月";
                assert!(!text.contains(asked) || answer, "{asked} {rule} {event}: {text}");
            }
        }
    }
    let mut extended =
        News { rule: extension_misuse::ID.into(), clock: String::new(), ..handed(Event::Raised) };
    extended.deadline.as_mut().unwrap().due = Some(day("2011-11-07"));
    for (role, words) in [
        (Role::Handler, "该件已移交市城管局，由其于11月7日（含当日）前办结。"),
        (Role::Supervisor, "请督促市城管局于11月7日（含当日）前办结。"),
    ] {
        let text = said(role, &extended, "2011-10-27 09:05");
        assert!(text.contains(words), "{text}");
    }
    for rule in [deemed_granted::ID, special_excess::ID] {
        let news = News { rule: rule.into(), clock: String::new(), deadline: None, ..handed(Event::Raised) };
        assert!(said(Role::Handler, &news, "2011-10-27 09:05").contains("由其"), "{rule}");
        assert!(said(Role::Supervisor, &news, "2011-10-27 09:05").contains("请督促市城管局"), "{rule}");
    }
}

/// 督办: the day before, the day and the day after that of an order, for the unit whose card it is on, the one that has the case
/// and the supervisor.
#[test]
fn an_order_to_finish_is_for_the_unit_that_has_the_case() {
    let ordered = News { order_due: Some(day("2011-10-27")), ..handed(Event::Ordered) };
    for when in ["2011-10-26 09:05", "2011-10-27 17:59"] {
        let text = |reader: &Contact| letter_to(reader, &[&ordered], when).text;
        let former = text(&contact(Role::Handler, "李四", Language::Chinese));
        assert!(former.contains("督办要求由市城管局于10月27日（含当日）前办结，请予配合"), "{former}");
        let holder = text(&of_holder());
        let todo = "该件现由贵单位办理，请按督办要求于10月27日（含当日）前办结；移交前的超期由市住建局承担。";
        assert!(holder.contains(todo) && holder.contains("下列办件请予办理"), "{holder}");
        let supervisor = text(&contact(Role::Supervisor, "监察室", Language::Chinese));
        assert!(supervisor.contains("请督促市城管局按督办要求于10月27日（含当日）前办结"), "{supervisor}");
    }
    let text = |reader: &Contact| letter_to(reader, &[&ordered], "2011-10-28 09:05").text;
    assert!(text(&of_holder()).contains("督办期限（10月27日）已过，请立即落实并书面报告结果。"));
    let former = text(&contact(Role::Handler, "李四", Language::Chinese));
    assert!(former.contains("督办期限（10月27日）已过；该件已移交市城管局，请予配合"), "{former}");
    let mut news = News { rule: "handed-over".into(), clock: String::new(), ..handed(Event::Raised) };
    (news.unit, news.card, news.order_due) = (Some("U2".into()), Card::Notice, ordered.order_due);
    let text = |when: &str| letter_to(&of_holder(), &[&news], when).text;
    assert!(text("2011-10-27 09:05").contains("该件另有督办要求，应于10月27日（含当日）前落实。"));
    assert!(!text("2011-10-28 09:05").contains("督办要求"));
}

/// The new unit has a card of its own on the case: in a supervisor's letter each stands for itself, with what is asked of it.
#[test]
fn each_unit_answers_for_its_own_card() {
    let mut own = News { event_id: 2, clock: "statutory".into(), card: Card::Red, ..handed(Event::Raised) };
    (own.unit, own.deadline.as_mut().unwrap().due) = (Some("U2".into()), Some(day("2011-10-26")));
    let letter = letter_to(
        &contact(Role::Supervisor, "监察室", Language::Chinese),
        &[&handed(Event::Unanswered), &own],
        "2011-10-27 09:05",
    );
    assert!(letter.subject.contains("2 个单位"), "{}", letter.subject);
    assert!(letter.text.contains("请督促该单位立即办结，并责成其说明超期原因。"), "{}", letter.text);
    assert!(letter.text.contains("超期由市住建局承担"), "{}", letter.text);
    let unit = letter_to(&of_holder(), &[&own], "2011-10-27 09:05").text;
    assert!(unit.contains("请立即办结，并说明超期原因。") && !unit.contains("移交"), "{unit}");
}
