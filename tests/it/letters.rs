//! Who is told what, when, and in which words.

use crate::bench::Bench;

/// DESIGN 7: red includes the readers of yellow, yellow those of notice; one mail a recipient and round.
#[test]
fn each_card_has_its_readers_and_each_reader_one_mail() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00").licence("A-2", "2011-09-26 11:00:00");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.subjects("handler.u1@example.gov.cn"), ["【提示】市住建局 2 件临近时限"]);
    assert_eq!(city.subjects("lead.u1@example.gov.cn"), Vec::<String>::new());
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.subjects("lead.u1@example.gov.cn"), ["【黄牌】市住建局 2 件超时限（最长超 1 个工作日）"]);
    assert_eq!(city.subjects("handler.u1@example.gov.cn").len(), 2);
    city.rounds_on(&["2011-10-28"]);
    let told = city
        .ledger("SELECT to_address FROM letters WHERE kind = 'alert' AND subject LIKE '%红牌%' ORDER BY 1");
    assert_eq!(told, ["handler.u1@example.gov.cn", "lead.u1@example.gov.cn", "supervisor@example.gov.cn"]);
    assert_eq!(city.subjects("handler.u2@example.gov.cn"), Vec::<String>::new(), "another unit's matter");
}

/// DESIGN 7: yellow and red go at once in office hours, else at the next opening; notices in one morning mail.
#[test]
fn nobody_is_told_at_night_or_on_a_day_off() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    for moment in ["2011-10-14 00:10", "2011-10-14 08:29", "2011-10-14 12:30", "2011-10-15 10:00"] {
        city.round(moment);
    }
    assert_eq!(city.subjects("lead.u1@example.gov.cn"), Vec::<String>::new());
    city.round("2011-10-17 09:00");
    assert_eq!(city.subjects("lead.u1@example.gov.cn").len(), 1);
    city.round("2011-10-17 09:10");
    assert_eq!(city.subjects("lead.u1@example.gov.cn").len(), 1, "told once");
}

/// DESIGN 7: the digest goes out even when there is nothing, once a working day, and says so.
#[test]
fn the_digest_comes_every_working_day() {
    let mut city = Bench::new();
    for moment in
        ["2011-10-14 08:20", "2011-10-14 08:30", "2011-10-14 15:00", "2011-10-15 10:00", "2011-10-17 08:40"]
    {
        city.round(moment);
    }
    let digests =
        city.ledger("SELECT written_at FROM letters WHERE kind = 'digest' AND to_address LIKE 'super%'");
    assert_eq!(digests, ["2011-10-14T08:30:00+08:00", "2011-10-17T08:40:00+08:00"]);
    let text =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'super%' LIMIT 1");
    assert!(text[0].contains("目前没有未结的红牌、黄牌和提示"), "{}", text[0]);
    let english =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'admin%' LIMIT 1");
    assert!(english[0].contains("No red card, yellow card or notice is open."), "{}", english[0]);
}

/// DESIGN 7: a storm is folded into one mail with a table by unit and the first cases in two lines each, the full list attached.
#[test]
fn a_storm_is_one_mail_with_the_list_attached() {
    let mut city = Bench::new();
    for number in 0..60 {
        city.licence(&format!("S-{number:03}"), "2011-09-26 10:00:00");
    }
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(
        city.subjects("lead.u1@example.gov.cn"),
        ["【黄牌】市住建局 60 件超时限（最长超 1 个工作日）"]
    );
    let text = city.ledger("SELECT text FROM letters WHERE to_address = 'lead.u1@example.gov.cn'").remove(0);
    assert_eq!(text.matches("【黄牌】S-").count(), 20);
    assert!(text.contains("本次共60件"), "{text}");
    let table = text.find("市住建局  红牌 0  黄牌 60  提示 0  撤销 0").expect("a table by unit");
    let cases: Vec<&str> = text[table..].split("【黄牌】").skip(1).collect();
    for case in &cases[..19] {
        let lines: Vec<&str> = case.trim_end().lines().collect();
        assert_eq!(lines.len(), 2, "{case}");
        assert!(lines[0].contains(" · 施工许可 · 市住建局") && lines[1].contains("请立即办结"), "{case}");
    }
    let list = city.ledger("SELECT name, as_text FROM letter_attachment LIMIT 1").join("\n");
    assert!(list.starts_with("监察清单-2011-10-14.xlsx|牌 | 办件编号"), "{list}");
    assert_eq!(list.matches("\n黄牌 | S-").count(), 60);
    assert!(list.contains("本单位公开承诺的办理时限") && list.contains("次日为第1日"), "{list}");
}

/// DESIGN 2: personal data stays where it is.
#[test]
fn no_applicant_is_named_in_mail_or_ledger() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let letters = city.letters().concat() + &city.ledger("SELECT text, html FROM letter").concat();
    assert!(letters.contains("A-1") && !letters.contains("某申请人"));
    let file = std::fs::read(city.path("ledger.db")).unwrap();
    assert!(!file.windows("某申请人".len()).any(|bytes| bytes == "某申请人".as_bytes()));
}

/// DESIGN 7: for each case its number, item, unit, when it ran from, the limit and its clause, the due date, the
/// count, what to do and by when to answer.
#[test]
fn a_mail_says_all_that_is_needed_to_act() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let text = city
        .ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_address = 'supervisor@example.gov.cn'")
        .remove(0);
    for words in [
        "【红牌】A-1",
        "施工许可 · 市住建局",
        "9月26日起算，法定时限20个工作日，10月27日到期，尚未办结，已超期1个工作日",
        "依据：《行政许可法》第四十二条",
        "其间休息日11天不计，调休上班2天计入；10月27日到期。",
        "请督促该单位立即办结，并责成其说明超期原因。该单位应于11月4日（含当日）前书面反馈。",
        "发牌标准：湖南（两级时限）。",
        "示范市效能监察室",
    ] {
        assert!(text.contains(words), "`{words}` is missing in:\n{text}");
    }
}

/// DESIGN 7: a unit that nobody answers for falls to the administrators, so that no card falls silent.
#[test]
fn a_source_that_goes_dark_is_told_to_the_administrator_once() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-10"]);
    std::fs::remove_file(city.path("approval.db")).unwrap();
    city.rounds_on(&["2011-10-11", "2011-10-12"]);
    let told = city.ledger("SELECT to_address, subject FROM letters WHERE kind = 'alert'");
    assert_eq!(told, ["admin@example.gov.cn|[System] no data from the source `approval`"]);
}
