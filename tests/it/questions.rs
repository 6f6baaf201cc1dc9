//! What waits for a supervisor's decision: whether a card falls (待核撤), and objections (申诉).

use std::process::Command;

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::edge::ledger::Done;

use crate::bench::{Bench, moment};
use crate::post_office::keyboard;

const HANDLER: &str = "handler.u1@example.gov.cn";
const LEAD: &str = "lead.u1@example.gov.cn";
const LEAD_OF_OTHERS: &str = "lead.u2@example.gov.cn";
const SUPERVISOR: &str = "supervisor@example.gov.cn";
const SUPERVISOR_ELSEWHERE: &str = "east@example.gov.cn";
const LEADER: &str = "leader@example.gov.cn";
const CONTACTS: &str = "单位,区划,角色,姓名,邮箱,语言
U1,,承办人,张三,handler.u1@example.gov.cn,中文
U1,,单位负责人,李四,lead.u1@example.gov.cn,中文
U2,,单位负责人,赵六,lead.u2@example.gov.cn,中文
,431000,监察人员,监察室,supervisor@example.gov.cn,中文
,431001,监察人员,东乡监察员,east@example.gov.cn,中文
,431000,分管领导,周九,leader@example.gov.cn,中文
,,系统管理员,Administrator,admin@example.gov.cn,英文
";

/// A city that knows when results were entered, with a leader, and a supervisor of another place. Case A was accepted on
/// 2011-09-26 with ten working days, so that its yellow card comes on 2011-10-14.
fn city() -> Bench {
    let mut city = Bench::new();
    city.write("registry/contacts.csv", CONTACTS);
    city.configure("at = \"finished\" }", "at = \"finished\", recorded = \"changed\" }");
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(cards(&city), ["U1 yellow open"]);
    city
}

/// The same after a decision was typed on the 14th that is dated inside the limit: what is asked on the 17th.
fn disputed() -> Bench {
    let mut city = city();
    decision(&city, "2011-10-12 09:00:00", "2011-10-14 15:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
    city
}

fn decision(city: &Bench, finished: &str, entered: &str) {
    city.approval(&format!(
        "UPDATE cases SET result = 'granted', finished = '{finished}', changed = '{entered}' WHERE number = 'A'"
    ));
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT unit_code || ' ' || card || ' ' || standing FROM findings WHERE rule = 'time-limit' AND clock LIKE 'promise%' ORDER BY finding",
    )
}

/// Alerts to an address written on a day: subject and text.
fn alerts(city: &Bench, address: &str, day: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT subject || char(10) || text FROM letters WHERE kind = 'alert' AND to_address = '{address}' AND written_at LIKE '{day}%' ORDER BY letter"
    ))
}

fn asked(city: &Bench, day: &str) -> usize {
    alerts(city, SUPERVISOR, day).iter().filter(|mail| mail.contains("待核撤】")).count()
}

fn action(city: &Bench, action: &CardAction, at: &str) {
    let at = moment(at).instant;
    let finding =
        city.ledger("SELECT finding FROM findings WHERE card = 'yellow'").remove(0).parse().unwrap();
    let done = Done { finding, action, by: "孙七", why: "核对档案", order_due: None, at };
    keyboard(city).enter_deed(&done).unwrap();
}

// ---- after the decision (DESIGN section 5, who may lift a card)

/// Upheld, the card stands against the facts that were before the supervisor; what is no fact of the days asks nothing, and what
/// was taken out and typed again neither. Another fact that would lift it asks once more, once.
#[test]
fn an_upheld_card_is_asked_of_again_for_other_facts_only() {
    let mut city = disputed();
    action(&city, &CardAction::Uphold, "2011-10-17 15:00");
    city.approval("UPDATE cases SET clerk = '乙', changed = '2011-10-18 08:00:00'");
    city.event("A", "step", "复核", "2011-10-18 08:00:00");
    city.rounds_on(&["2011-10-18"]);
    city.approval("UPDATE cases SET result = NULL, finished = NULL, changed = '2011-10-18 15:00:00'");
    city.rounds_on(&["2011-10-19"]);
    decision(&city, "2011-10-12 09:00:00", "2011-10-19 15:00:00");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(["2011-10-18", "2011-10-19", "2011-10-20"].map(|day| asked(&city, day)), [0, 0, 0]);
    assert!(!cards(&city)[0].contains("pending"), "{:?}", cards(&city));
    decision(&city, "2011-10-11 09:00:00", "2011-10-20 15:00:00");
    city.rounds_on(&["2011-10-21"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
    let told = alerts(&city, SUPERVISOR, "2011-10-21").concat();
    for part in ["10月17日15:00核定维持，此后又有录入", "现有记录：10月11日09:00决定，10月20日15:00录入"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    action(&city, &CardAction::Uphold, "2011-10-21 15:00");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    assert_eq!(["2011-10-24", "2011-10-25"].map(|day| asked(&city, day)), [0, 0]);
    assert!(!cards(&city)[0].contains("pending"), "{:?}", cards(&city));
}

/// What is typed while a supervisor weighs is put before him too, and a decision on what he knew does not cover it.
#[test]
fn what_is_entered_while_it_waits_is_asked_of_too() {
    let mut city = disputed();
    decision(&city, "2011-10-11 09:00:00", "2011-10-17 15:00:00");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(asked(&city, "2011-10-18"), 1);
    assert!(alerts(&city, SUPERVISOR, "2011-10-18").concat().contains("10月11日09:00决定"));
    assert_eq!(
        city.ledger("SELECT substr(contested_at, 1, 10) FROM findings WHERE card = 'yellow'"),
        ["2011-10-17"]
    );
    // Typed before he decides, and read after it.
    decision(&city, "2011-10-10 09:00:00", "2011-10-18 10:00:00");
    action(&city, &CardAction::Uphold, "2011-10-18 15:00");
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
    assert_eq!(asked(&city, "2011-10-19"), 1);
}

/// Withdrawn, as the supervisor takes what was entered for true: the same record gives no card again, whatever else is typed; a
/// later change that makes the case late does, as a new card that is told.
#[test]
fn a_withdrawn_card_comes_back_when_the_record_says_late_again() {
    let mut city = disputed();
    action(&city, &CardAction::Revoke, "2011-10-17 15:00");
    city.approval("UPDATE cases SET clerk = '乙', changed = '2011-10-18 08:00:00'");
    city.rounds_on(&["2011-10-18", "2011-10-19", "2011-10-28"]);
    assert_eq!(cards(&city), ["U1 yellow revoked"]);
    assert!(alerts(&city, LEAD, "2011-10-18").concat().contains("撤销理由：核对档案"));
    city.approval("UPDATE cases SET result = NULL, finished = NULL, changed = '2011-10-28 15:00:00'");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(cards(&city), ["U1 yellow open"]);
    assert!(
        alerts(&city, LEAD, "2011-10-31")
            .concat()
            .contains("另：9月26日起算，承诺时限10个工作日，10月13日到期，尚未办结"),
        "it is told anew"
    );
    assert_eq!(
        city.ledger("SELECT 1 FROM finding_history WHERE event = 'unanswered'"),
        [""; 0],
        "it is to be answered from now on"
    );
    // And what would lift that card is a question of its own.
    decision(&city, "2011-10-12 09:00:00", "2011-10-31 15:00:00");
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
}

/// A special procedure that was taken for true moves the due day, here to 2011-10-27, and no further: what
/// passes that day is late.
#[test]
fn a_withdrawn_card_comes_back_when_the_later_day_passes() {
    let mut city = city();
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
             ('A', 'paused', '检测', '2011-09-28 09:00:00', '0731', '特告〔2011〕26号', '2011-10-14 15:00:00'),
             ('A', 'resumed', '检测', '2011-10-14 09:00:00', '0731', '', '2011-10-14 15:00:00')",
    );
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
    let told = alerts(&city, SUPERVISOR, "2011-10-17").concat();
    assert!(
        told.contains("9月28日09:00特别程序开始“检测”，特告〔2011〕26号，0731，10月17日09:05录入"),
        "{told}"
    );
    action(&city, &CardAction::Revoke, "2011-10-17 15:00");
    city.rounds_on(&["2011-10-18"]);
    let due = city.ledger("SELECT substr(due_at, 1, 10) FROM deadlines WHERE clock = 'promise'").remove(0);
    assert_eq!(due, "2011-10-27");
    city.rounds_on(&["2011-10-27"]);
    assert!(!cards(&city)[0].contains("yellow open"), "{:?}", cards(&city));
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(cards(&city), ["U1 yellow open"]);
}

/// The dispute shows that another unit had the case when it fell due: the first is told that it has no card, the other gets it,
/// and nobody else is told.
#[test]
fn the_unit_that_had_the_case_gets_the_card() {
    let mut city = Bench::new();
    city.write("registry/contacts.csv", CONTACTS);
    city.configure(
        "key = [\"id\"]\ncase = \"number\"",
        "key = [\"id\"]\ncase = \"number\"\nitem = \"item\"\nunit = \"unit\"",
    );
    city.configure("codes = { step", "codes = { accepted = \"accepted\", step");
    city.approval(
        "ALTER TABLE events ADD COLUMN unit TEXT; ALTER TABLE events ADD COLUMN item TEXT DEFAULT 'I20'",
    );
    let event = |city: &Bench, kind: &str, unit: &str, at: &str, changed: &str| {
        city.approval(&format!(
            "INSERT INTO events (number, kind, stage, at, clerk, unit, changed) VALUES ('T', '{kind}', '审查', '{at}', '0731', '{unit}', '{changed}')"
        ));
    };
    event(&city, "accepted", "U1", "2011-09-26 10:00:00", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-09-27", "2011-10-14"]);
    event(&city, "step", "U2", "2011-10-10 09:00:00", "2011-10-17 08:00:00");
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(cards(&city), ["U1 yellow pending-withdrawal"]);
    let told = alerts(&city, SUPERVISOR, "2011-10-17").concat();
    assert!(told.contains("由此得出：到期时由市林业局（U2）承办，超期由其承担"), "{told}");
    action(&city, &CardAction::Revoke, "2011-10-17 15:00");
    city.rounds_on(&["2011-10-18"]);
    assert_eq!(cards(&city), ["U2 yellow open"]);
    let subjects = |address| {
        let mails = alerts(&city, address, "2011-10-18");
        mails.iter().map(|mail| mail.lines().next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(subjects(LEAD_OF_OTHERS), ["【黄牌】市林业局 1 件超时限（最长超 3 个工作日）"]);
    assert_eq!(subjects(LEAD), ["【撤销】市住建局 1 件撤销"]);
    assert_eq!(subjects(SUPERVISOR_ELSEWHERE), [""; 0]);
    city.rounds_on(&["2011-10-19"]);
    assert_eq!(cards(&city), ["U2 yellow open"]);
}

// ---- what waits is pressed for (DESIGN section 12)

/// A question has a day by which it is to be decided, here 2011-10-24: it is reminded of three times, and on the day after it
/// goes one level up, to the leader and to no unit; decided, it is told to nobody any more.
#[test]
fn what_nobody_decides_goes_one_level_up() {
    let mut city = disputed();
    assert!(
        alerts(&city, SUPERVISOR, "2011-10-17")
            .concat()
            .contains("于10月24日（含当日）前决定撤销或者维持该黄牌")
    );
    city.rounds_on(&["2011-10-18", "2011-10-19", "2011-10-20", "2011-10-21", "2011-10-24"]);
    let pressed = ["2011-10-18", "2011-10-19", "2011-10-20", "2011-10-21", "2011-10-24"];
    assert_eq!(pressed.map(|day| alerts(&city, SUPERVISOR, day).len()), [0, 1, 0, 1, 0]);
    assert!(pressed.iter().all(|day| alerts(&city, LEADER, day).is_empty()));
    city.rounds_on(&["2011-10-25"]);
    let up = alerts(&city, LEADER, "2011-10-25").concat();
    for part in [
        "【黄牌】市住建局 1 件逾期未决定",
        "【黄牌 待核撤逾期未决定，提级告知】A",
        "自10月17日09:05起待核撤，应于10月24日（含当日）前决定，至今没有决定",
        "于收到之日（原定10月24日前决定，已逾期1个工作日）决定",
        "告知时的记录：无此记录",
    ] {
        assert!(up.contains(part), "{part} in {up}");
    }
    assert_eq!(alerts(&city, SUPERVISOR, "2011-10-25").len(), 1);
    for other in [HANDLER, LEAD, LEAD_OF_OTHERS, SUPERVISOR_ELSEWHERE] {
        assert!(alerts(&city, other, "2011-10-25").is_empty(), "{other}");
    }
    for day in ["26", "27", "28", "31"] {
        city.rounds_on(&[&format!("2011-10-{day}")]);
    }
    let pressed = "SELECT event, count(*) FROM finding_history WHERE event IN ('reminded', 'unanswered') AND card = 'yellow' GROUP BY 1";
    assert_eq!(city.ledger(pressed), ["reminded|3", "unanswered|1"]);
    action(&city, &CardAction::Uphold, "2011-10-31 15:00");
    city.rounds_on(&["2011-11-01", "2011-11-02"]);
    for reader in [SUPERVISOR, LEADER] {
        assert!(!alerts(&city, reader, "2011-11-0").concat().contains("待核撤"), "{reader}");
    }
}

/// An objection is told to the supervisor who decides, with its words and the day, and to nobody who does not; the digest counts
/// it. Untouched, it is reminded of and goes up; decided, it is over.
#[test]
fn an_objection_reaches_who_decides() {
    let mut city = city();
    action(&city, &CardAction::Appeal, "2011-10-14 15:00");
    city.rounds_on(&["2011-10-17"]);
    let told = alerts(&city, SUPERVISOR, "2011-10-17");
    assert_eq!(told.len(), 1);
    for part in [
        "【黄牌】市住建局 1 件申诉待决定",
        "【黄牌 申诉待决定】A",
        "申诉理由：核对档案（登记人：孙七）",
        "请核对申诉理由和计时，于10月24日（含当日）前决定撤销或者维持该黄牌",
        "已超期2个工作日",
    ] {
        assert!(told[0].contains(part), "{part} in {}", told[0]);
    }
    assert!(!told[0].contains("反馈方式"), "{}", told[0]);
    for other in [HANDLER, LEAD, LEAD_OF_OTHERS, SUPERVISOR_ELSEWHERE, LEADER] {
        assert!(alerts(&city, other, "2011-10-17").is_empty(), "{other}");
    }
    let digest = |day: &str| {
        city.ledger(&format!(
            "SELECT text FROM letters WHERE kind = 'digest' AND to_address = '{SUPERVISOR}' AND written_at LIKE '{day}%'"
        ))
        .concat()
    };
    assert!(digest("2011-10-17").contains("另有1件申诉待决定。"), "{}", digest("2011-10-17"));
    assert!(!digest("2011-10-14").contains("申诉"), "{}", digest("2011-10-14"));
    city.rounds_on(&["2011-10-19"]);
    assert!(alerts(&city, SUPERVISOR, "2011-10-19").concat().contains("黄牌 申诉待决定催办"));
    city.rounds_on(&["2011-10-24"]);
    assert!(alerts(&city, LEADER, "2011-10-24").is_empty());
    city.rounds_on(&["2011-10-25"]);
    assert!(alerts(&city, LEADER, "2011-10-25").concat().contains("黄牌 申诉逾期未决定，提级告知"));
    action(&city, &CardAction::Uphold, "2011-10-25 15:00");
    city.rounds_on(&["2011-10-26", "2011-10-27"]);
    assert!(alerts(&city, LEAD, "2011-10-26").concat().contains("核定维持"));
    assert!(!alerts(&city, SUPERVISOR, "2011-10-2").concat().contains("2011-10-26"));
    for day in ["2011-10-26", "2011-10-27"] {
        assert!(alerts(&city, SUPERVISOR, day).is_empty() && alerts(&city, LEADER, day).is_empty(), "{day}");
    }
}

// ---- what it says

/// The supervisor has both values with the entry time of each, items by their names, and the count that the card rests on, in
/// both parts of the mail and in both languages.
#[test]
fn the_letter_shows_both_records_and_the_count() {
    let chinese = [
        "时限：承诺时限10个工作日",
        "原起算时间：9月26日10:00",
        "原到期日：10月13日",
        "其间休息日7天不计，调休上班2天计入；计满10个工作日，10月13日到期；告知时已超期1个工作日。",
        "告知时间：10月14日09:05",
        "告知时的记录：事项施工许可（I20），10月14日09:05首次读取时已在案",
        "现有记录：事项林地审核（I60），10月17日09:05录入",
        "由此得出：按现有记录和工作日历，到期日为10月20日，条件不再成立",
    ];
    let english = [
        "[yellow] 市住建局: 1 case with a withdrawal to decide",
        "[yellow: withdrawal to decide] A",
        "Limit: promised limit 10 working days",
        "Was due: 2011-10-13",
        "10 working days counted, due 2011-10-13; 1 working day late when it was told.",
        "Told: 2011-10-14 09:05",
        "On record then: item 施工许可 (I20), on record when first read 2011-10-14 09:05",
        "On record now: item 林地审核 (I60), entered 2011-10-17 09:05",
        "decide by the end of 2011-10-24 whether the yellow card falls or stands",
    ];
    for (language, parts) in [("中文", &chinese[..]), ("英文", &english[..])] {
        let mut city = Bench::new();
        let contacts = CONTACTS
            .replace("supervisor@example.gov.cn,中文", &format!("supervisor@example.gov.cn,{language}"));
        city.write("registry/contacts.csv", &contacts);
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-14"]);
        city.approval("UPDATE cases SET item = 'I60', changed = '2011-10-17 08:00:00'");
        city.rounds_on(&["2011-10-17"]);
        let mail = alerts(&city, SUPERVISOR, "2011-10-17").concat();
        let html = city
            .ledger(&format!("SELECT html FROM letter WHERE kind = 'alert' AND to_address = '{SUPERVISOR}'"))
            .concat();
        // As it is read: days are marked so that no line ends in them.
        let html = html.replace("<span style=\"white-space:nowrap\">", "").replace("</span>", "");
        for part in parts {
            assert!(mail.contains(part), "`{part}` in:\n{mail}");
            let labelled = part.split_once('：').or(part.split_once(": ")).filter(|_| !part.starts_with('['));
            let value = labelled.map_or(*part, |(_, value)| value).trim_start_matches('[').replace("] A", "");
            assert!(html.contains(&value), "`{value}` in:\n{html}");
        }
    }
}

/// `explain` shows that a card is disputed, with both records, when it was told and what to do; no program word in Chinese.
#[test]
fn explain_shows_what_waits_to_be_decided() {
    let mut city = disputed();
    city.service();
    let config = city.path("jianchad.toml");
    let run = |language: &str, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(arguments)
            .args(["--config", config.to_str().unwrap()])
            .env("JIANCHAD_LANG", language)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let number = city.ledger("SELECT finding FROM findings WHERE card = 'yellow'").remove(0);
    for format in ["text", "html"] {
        let page = run("zh-CN", &["explain", "A", "--format", format]);
        for part in [
            "待核撤",
            "黄牌于 2011-10-14 09:05 告知",
            "无此记录",
            "2011-10-12 09:00 决定（2011-10-14 15:00 录入）",
            "计满10个工作日，2011-10-13 到期，告知时已超期 1 个工作日",
            &format!("jianchad card uphold {number}"),
            &format!("jianchad card revoke {number}"),
        ] {
            assert!(page.contains(part), "`{part}` in:\n{page}");
        }
        assert!(!page.contains("10 个工作日    按期"), "{page}");
    }
    let page = run("en", &["explain", "A"]);
    for part in [
        "pending-withdrawal",
        "told at 2011-10-14 09:05",
        "`decided` 2011-10-12 09:00 (entered 2011-10-14 15:00)",
        "card revoke",
    ] {
        assert!(page.contains(part), "`{part}` in:\n{page}");
    }
    let show = ["card", "show", &number];
    for arguments in
        [&["explain", "A"][..], &show, &["card", "review"], &["findings"], &["status"], &["plan"]]
    {
        let said = run("zh-CN", arguments);
        assert!(!said.contains("contested") && !said.contains("pending-withdrawal"), "{arguments:?}: {said}");
    }
    assert!(run("zh-CN", &["explain", "A", "--format", "json"]).contains("\"pending_withdrawal\": [\n"));
    // By the record as it is the clock may not run at all.
    city.approval("UPDATE cases SET item = 'INOW', changed = '2011-10-17 10:00:00'");
    city.rounds_on(&["2011-10-18"]);
    let page = run("zh-CN", &["explain", "A"]);
    assert!(page.contains("事项施工许可（I20）") && page.contains("card uphold"), "{page}");
}

/// How late a case was when its card was told is counted up to the letter, though the record of then names an end in years to come.
#[test]
fn an_end_in_the_future_says_nothing_of_how_late_a_case_was() {
    for (told, late) in [("2011-10-14", "1个工作日"), ("2011-10-17", "2个工作日")] {
        let mut city = Bench::new();
        city.licence("A", "2011-09-26 10:00:00");
        city.rounds_on(&["2011-10-11"]);
        let finished = |city: &Bench, at: &str, changed: &str| {
            city.approval(&format!(
                "UPDATE cases SET result = 'granted', finished = '{at}', changed = '{changed}'"
            ));
        };
        finished(&city, "2012-01-04 10:00:00", "2011-10-11 16:00:00");
        city.rounds_on(&["2011-10-12", told]);
        finished(&city, "2011-10-12 10:00:00", "2011-10-18 08:00:00");
        city.rounds_on(&["2011-10-18"]);
        let letter = "SELECT text FROM letters WHERE kind = 'alert' AND to_address LIKE 'supervisor%' AND subject LIKE '%待核撤%'";
        let letter = city.ledger(letter).concat();
        assert!(letter.contains(&format!("告知时已超期{late}")), "{told}: {letter}");
    }
}
