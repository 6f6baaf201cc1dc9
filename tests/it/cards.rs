//! A card's life at the keyboard, and what follows when nobody answers.

use std::process::Command;

use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::domain::moment::Moment;
use jianchad::testing::edge::ledger::{Done, Ledger, NotDone};

use crate::bench::{Bench, moment};

/// A city with one yellow card, told on Tuesday, 2011-10-25.
fn city() -> Bench {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    assert_eq!(standing(&city), ["A|yellow|open"]);
    city
}

fn standing(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number, card, standing FROM findings ORDER BY finding")
}

fn action(city: &Bench, action: &CardAction, at: &str, order: Option<&str>) -> Result<(), NotDone> {
    let at = moment(at).instant;
    let order_due = order.map(|due| Moment::instant(moment(due).instant));
    let mut ledger = Ledger::at_keyboard(&city.path("ledger.db"), chrono_tz::Asia::Shanghai).unwrap();
    ledger.enter_deed(&Done { finding: 1, action, by: "钱八", why: "情况属实", order_due, at })
}

fn told(city: &Bench, since: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(written_at, 1, 10) || ' ' || to_name || ' ' || subject FROM letters
         WHERE kind = 'alert' AND written_at > '{since}' ORDER BY letter"
    ))
}

/// DESIGN section 12: a reminder every two working days, three at most; one level up when the day by which to answer, 2011-11-01,
/// has passed, and not before; and nothing once it is answered.
#[test]
fn a_card_that_nobody_answers_goes_one_level_up() {
    let mut city = city();
    let first = city.ledger("SELECT answer_due, answered_at FROM findings");
    assert_eq!(first, ["2011-11-01|"], "five working days");
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(told(&city, "2011-10-26"), [""; 0]);
    city.rounds_on(&["2011-10-27"]);
    let reminded = told(&city, "2011-10-26");
    assert_eq!(reminded.len(), 2, "{reminded:?}");
    assert!(reminded.iter().all(|line| !line.contains("监察室")));
    let text =
        city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND written_at > '2011-10-27'").join("");
    assert!(text.contains("【黄牌 催办】A") && text.contains("10月25日09:05已告知，至今没有反馈"), "{text}");
    assert!(text.contains("已超期3个工作日") && text.contains("请于11月1日（含当日）前书面反馈"), "{text}");
    city.rounds_on(&["2011-10-28", "2011-10-31", "2011-11-01"]);
    let early = told(&city, "2011-10-25");
    assert!(early.iter().all(|line| !line.contains("监察室") && !line.contains("逾期")), "{early:?}");
    let digest = |city: &Bench| {
        let sql = "SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' ORDER BY letter DESC LIMIT 1";
        city.ledger(sql).join("")
    };
    assert!(!digest(&city).contains("逾期未反馈"), "{}", digest(&city));
    city.rounds_on(&["2011-11-02"]);
    let up = told(&city, "2011-11-02");
    assert!(up.iter().any(|line| line.contains("监察室") && line.contains("逾期未反馈")), "{up:?}");
    let said = digest(&city);
    assert!(
        said.contains("逾期未反馈的红黄牌1张，名单见下。")
            && said.contains("== 逾期未反馈的红黄牌（1张，1件） =="),
        "{said}"
    );
    assert!(said.contains("黄牌 · A · 施工许可 · 市住建局 · 应于"), "{said}");
    let text = city.ledger("SELECT text FROM letters WHERE to_name = '监察室' AND kind = 'alert'").join("");
    assert!(
        text.contains("黄牌 逾期未反馈，提级告知")
            && text.contains("10月25日09:05已告知，应于11月1日（含当日）前反馈，至今没有反馈"),
        "{text}"
    );
    assert!(text.contains("该单位原定11月1日前反馈，已逾期1个工作日，请督促其于收到之日反馈"), "{text}");
    for day in 3..=9 {
        city.rounds_on(&[&format!("2011-11-{day:02}")]);
    }
    let events = city.ledger(
        "SELECT event, count(*) FROM finding_history WHERE event IN ('reminded', 'unanswered') GROUP BY 1",
    );
    assert_eq!(events, ["reminded|3", "unanswered|1"]);
}

#[test]
fn what_is_answered_is_not_reminded_of() {
    let mut city = city();
    action(&city, &CardAction::Answer, "2011-10-26 15:00", None).unwrap();
    city.rounds_on(&["2011-10-27", "2011-10-28", "2011-10-31"]);
    assert_eq!(told(&city, "2011-10-26"), [""; 0]);
    let history = city.ledger("SELECT event, by, why FROM finding_history");
    assert_eq!(history.last().unwrap(), "answered|钱八|情况属实");
    let why = city.ledger("SELECT why FROM findings").join("");
    assert!(why.contains("承诺时限"), "the reason of the card is not the answer: {why}");
}

/// 申诉: withdrawn on appeal, it is told, counted apart, and does not come back by itself.
#[test]
fn a_card_that_is_withdrawn_stays_so() {
    let mut city = city();
    action(&city, &CardAction::Appeal, "2011-10-26 15:00", None).unwrap();
    assert!(matches!(action(&city, &CardAction::Appeal, "2011-10-26 16:00", None), Err(NotDone::Refused(_))));
    action(&city, &CardAction::Uphold, "2011-10-27 10:00", None).unwrap();
    city.rounds_on(&["2011-10-27"]);
    let text =
        city.ledger("SELECT text FROM letters WHERE kind = 'alert' ORDER BY letter DESC LIMIT 1").join("");
    assert!(text.contains("黄牌 核定维持") && text.contains("维持理由：情况属实（经办人：钱八）"), "{text}");
    action(&city, &CardAction::Revoke, "2011-10-28 10:00", None).unwrap();
    city.rounds_on(&["2011-10-28"]);
    let mail = told(&city, "2011-10-28");
    assert!(mail.iter().all(|line| line.contains("撤销")) && !mail.is_empty(), "{mail:?}");
    city.approval("UPDATE cases SET clerk = '乙', changed = '2011-10-31 08:00:00'");
    city.rounds_on(&["2011-10-31", "2011-11-10"]);
    assert_eq!(standing(&city)[0], "A|yellow|revoked");
    let counts = city.ledger("SELECT yellow, revoked FROM unit_ranking WHERE unit_code = 'U1'");
    assert_eq!(counts, ["0|1"]);
}

/// DESIGN section 5: everybody who was told is told again, whatever else was done with the card on the same day; who was told of
/// nothing hears nothing.
#[test]
fn a_withdrawal_is_told_whatever_was_done_before_it_on_the_same_day() {
    let order = CardAction::Order("5wd".parse().unwrap());
    let days: [&[&CardAction]; 6] = [
        &[],
        &[&CardAction::Answer],
        &[&CardAction::Appeal],
        &[&CardAction::Appeal, &CardAction::Uphold],
        &[&order],
        &[&order, &CardAction::Appeal, &CardAction::Uphold],
    ];
    for actions in days {
        let mut city = city();
        for (minute, done) in actions.iter().copied().chain([&CardAction::Revoke]).enumerate() {
            let due = matches!(done, CardAction::Order(_)).then_some("2011-11-01 17:00");
            action(&city, done, &format!("2011-10-26 08:{:02}", 10 + minute), due).unwrap();
        }
        city.rounds_on(&["2011-10-26"]);
        let mut told = told(&city, "2011-10-26");
        told.sort_unstable();
        let subject = "【撤销】市住建局 1 件撤销";
        assert_eq!(
            told,
            [format!("2011-10-26 张三（规划科） {subject}"), format!("2011-10-26 李四 {subject}")],
            "{actions:?}"
        );
    }
}

/// 督办: an order to finish has its own deadline; its failure is red, and stays red.
#[test]
fn an_order_that_is_not_kept_is_red() {
    let mut city = city();
    let order = CardAction::Order("2wd".parse().unwrap());
    action(&city, &order, "2011-10-25 15:00", Some("2011-10-27 17:00")).unwrap();
    city.rounds_on(&["2011-10-26", "2011-10-27"]);
    let text = city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND text LIKE '%督办%'").join("");
    assert!(text.contains("请按督办要求于10月27日17:00前办结"), "{text}");
    assert_eq!(standing(&city), ["A|yellow|open"]);
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(standing(&city), ["A|red|open"]);
    city.decided("A", "2011-10-28 16:00:00");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(standing(&city)[0], "A|red|resolved");
    let events = city.ledger("SELECT event, card FROM finding_history WHERE finding = 1");
    assert!(!events.iter().any(|event| event.starts_with("revoked")), "{events:?}");
}

/// An order that ends sooner takes the place of one that runs; one that ends on the same day or later would put off the red card.
#[test]
fn a_sooner_order_takes_the_place_of_one_that_runs() {
    let mut city = city();
    let order = CardAction::Order("5wd".parse().unwrap());
    action(&city, &order, "2011-10-25 15:00", Some("2011-11-01 17:00")).unwrap();
    for later in ["2011-11-01 17:00", "2011-11-02 17:00"] {
        let refused = action(&city, &order, "2011-10-25 15:30", Some(later));
        assert!(matches!(refused, Err(NotDone::Refused(_))), "{later}");
    }
    action(&city, &order, "2011-10-25 16:00", Some("2011-10-31 17:00")).unwrap();
    city.rounds_on(&["2011-10-26"]);
    let text = city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND text LIKE '%督办%'").join("");
    assert!(text.contains("10月31日17:00前办结") && !text.contains("11月1日17:00前办结"), "{text}");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(standing(&city), ["A|yellow|open"]);
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(standing(&city), ["A|red|open"]);
}

/// While the source is dark nobody knows whether it was kept.
#[test]
fn an_order_does_not_fail_while_the_source_is_dark() {
    let mut city = city();
    action(&city, &CardAction::Order("2wd".parse().unwrap()), "2011-10-25 15:00", Some("2011-10-27 17:00"))
        .unwrap();
    city.rounds_on(&["2011-10-26"]);
    city.decided("A", "2011-10-27 10:00:00");
    std::fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(standing(&city)[0], "A|yellow|open");
    std::fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(standing(&city)[0], "A|yellow|resolved");
}

#[test]
fn an_order_that_is_kept_changes_nothing() {
    let mut city = city();
    action(&city, &CardAction::Order("3wd".parse().unwrap()), "2011-10-25 15:00", Some("2011-10-28 17:00"))
        .unwrap();
    city.rounds_on(&["2011-10-26"]);
    city.decided("A", "2011-10-28 16:50:00");
    city.round("2011-10-28 17:10");
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(standing(&city), ["A|yellow|resolved"]);
    assert_eq!(city.ledger("SELECT order_kept FROM findings"), ["1"]);
}

/// What only infers waits for a supervisor, who issues it or does not; what is not issued is no withdrawn card.
#[test]
fn what_waits_is_issued_or_dismissed() {
    for (deed_done, expected, counted) in
        [(CardAction::Issue, "B|notice|open", "1|0"), (CardAction::Dismiss, "B|notice|revoked", "0|0")]
    {
        let mut city = Bench::new();
        city.licence("B", "2011-10-10 09:00:00").decided("B", "2011-10-10 09:05:00");
        city.rounds_on(&["2011-10-12"]);
        assert_eq!(standing(&city), ["B|notice|pending"]);
        assert!(matches!(
            action(&city, &CardAction::Revoke, "2011-10-12 10:00", None),
            Err(NotDone::Refused(_))
        ));
        action(&city, &deed_done, "2011-10-12 15:00", None).unwrap();
        city.rounds_on(&["2011-10-13"]);
        assert_eq!(standing(&city), [expected]);
        assert_eq!(city.ledger("SELECT notice, revoked FROM unit_ranking WHERE unit_code = 'U1'"), [counted]);
        let told = told(&city, "2011-10-12T16").len();
        assert_eq!(told > 0, deed_done == CardAction::Issue);
    }
}

/// The daemon keeps the ledger, and a person enters what was done beside it.
#[test]
fn a_card_is_answered_at_the_keyboard_while_the_daemon_runs() {
    let mut city = city();
    city.service();
    let config = city.path("jianchad.toml");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .arg("card")
            .args(arguments)
            .args(["--config", config.to_str().unwrap()])
            .env("JIANCHAD_LANG", "zh-CN")
            .output()
            .unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (code, text) = run(&["answer", "1", "--by", "李四", "--why", "材料原件遗失，已补"]);
    let about = "监察事项 1：反馈（黄牌，办件 A，施工许可，市住建局，办理时限）";
    assert_eq!((code, text.trim()), (0, &*format!("监察事项 1：已登记反馈（经办人：李四）\n{about}")));
    // What was typed stands beside what the system knows of whoever typed it, and stays.
    let deeds = "SELECT what, subject, by, why, login <> '' FROM deeds";
    assert_eq!(city.ledger(deeds), ["card answered|1|李四|材料原件遗失，已补|1"]);
    for change in ["UPDATE deed SET login = 'nobody'", "DELETE FROM deed"] {
        let refused = rusqlite::Connection::open(city.path("ledger.db")).unwrap().execute(change, []);
        assert!(refused.unwrap_err().to_string().contains("stays"), "{change}");
    }
    let (code, text) = run(&["show", "1"]);
    assert!(code == 0 && text.contains("反馈") && text.contains("材料原件遗失，已补"), "{text}");
    let (code, text) = run(&["issue", "1", "--by", "李四", "--why", "x"]);
    assert!(code == 2 && text.contains("监察事项 1 未登记：不在待发之列"), "{text}");
    let (code, text) = run(&["answer", "99", "--by", "李四", "--why", "x"]);
    assert!(code == 66 && text.contains("没有编号为 99 的监察事项"), "{text}");
    let (code, text) = run(&["answer", "1", "--by", " ", "--why", "x"]);
    assert!(code == 2 && text.contains("不能为空"), "{text}");
    assert_eq!(run(&["review"]).0, 0);
    // What came to nothing is entered nowhere.
    assert_eq!(city.ledger("SELECT count(*) FROM deeds"), ["1"]);
}

/// 督办 and 逾期未反馈 are not said of one card at once: an order stands in the place of an answer, until it has failed. Told on
/// 2011-10-25, to be answered by 2011-11-01, ordered to be finished by 2011-11-04.
#[test]
fn an_order_stands_in_the_place_of_an_answer() {
    let mut city = city();
    let order = CardAction::Order("8wd".parse().unwrap());
    action(&city, &order, "2011-10-25 15:00", Some("2011-11-04 17:00")).unwrap();
    let said = |city: &Bench, day: &str| {
        city.ledger(&format!("SELECT subject || text FROM letters WHERE written_at LIKE '{day}%' AND kind IN ('alert', 'digest')")).concat()
    };
    for day in
        ["2011-10-26", "2011-10-27", "2011-10-31", "2011-11-01", "2011-11-02", "2011-11-03", "2011-11-04"]
    {
        city.rounds_on(&[day]);
        let said = said(&city, day);
        assert!(
            !said.contains("逾期未反馈") && !said.contains("催办") && !said.contains("not been answered"),
            "{day}: {said}"
        );
    }
    assert!(said(&city, "2011-10-26").contains("请按督办要求于11月4日17:00前办结"));
    // Not kept, it is a red card, to be answered from its own letter on.
    city.rounds_on(&["2011-11-07"]);
    assert_eq!(standing(&city)[0], "A|red|open");
    assert!(!said(&city, "2011-11-07").contains("逾期未反馈"), "{}", said(&city, "2011-11-07"));
    for day in ["2011-11-08", "2011-11-09", "2011-11-10", "2011-11-11", "2011-11-14", "2011-11-15"] {
        city.rounds_on(&[day]);
    }
    assert!(said(&city, "2011-11-15").contains("逾期未反馈"), "{}", said(&city, "2011-11-15"));
    // Kept, nothing is asked for any more.
    let mut kept = self::city();
    action(&kept, &order, "2011-10-25 15:00", Some("2011-11-04 17:00")).unwrap();
    kept.rounds_on(&["2011-10-26"]);
    kept.decided("A", "2011-11-03 10:00:00");
    kept.rounds_on(&["2011-11-04", "2011-11-07", "2011-11-08", "2011-11-09"]);
    assert!(!said(&kept, "2011-11-0").contains("逾期未反馈"));
}
