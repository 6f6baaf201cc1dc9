//! What many cases say together.

use chrono::{Datelike, Days, NaiveDate};

use crate::bench::Bench;

/// A city whose rows carry the time of entry and a reason.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure(
        "at = \"finished\" }",
        "at = \"finished\", by = \"clerk\", recorded = \"changed\", note = \"applicant\" }",
    );
    city.configure("withdrawn = \"withdrawn\"", "withdrawn = \"withdrawn\", rejected = \"not_accepted\"");
    city
}

fn found(city: &Bench, rule: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT case_number || ' ' || coalesce(unit_name, '') || ' ' || standing FROM findings WHERE rule = '{rule}' ORDER BY 1"
    ))
}

fn why(city: &Bench, rule: &str) -> String {
    city.ledger(&format!("SELECT why FROM findings WHERE rule = '{rule}'")).join("\n")
}

/// Rounds on every day from one to another.
fn daily(city: &mut Bench, from: &str, to: &str) {
    let (from, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    for day in from.iter_days().take_while(|day| *day <= to) {
        city.rounds_on(&[&day.to_string()]);
    }
}

/// B9: five ends entered by one person within five minutes; four, or five in ten minutes, are nobody's business.
#[test]
fn a_burst_of_entries_is_found() {
    let mut city = city();
    let ends = |city: &Bench, clerk: &str, minutes: &[u32]| {
        for (number, minute) in minutes.iter().enumerate() {
            let number = format!("{clerk}-{number}");
            city.licence(&number, "2011-10-10 09:00:00");
            city.approval(&format!(
                "UPDATE cases SET clerk = '{clerk}', result = 'granted', finished = '2011-10-13 10:00:00',
                     changed = '2011-10-14 16:{minute:02}:00' WHERE number = '{number}'"
            ));
        }
    };
    daily(&mut city, "2011-10-10", "2011-10-13");
    for (clerk, minutes) in [
        ("甲", &[0, 1, 2, 3, 4, 30][..]),
        ("乙", &[20, 21, 22, 23]),
        ("丙", &[33, 36, 39, 42, 45, 48]),
        ("丁", &[10, 10, 11, 12, 13, 14, 15]),
    ] {
        ends(&city, clerk, minutes);
    }
    daily(&mut city, "2011-10-14", "2011-10-16");
    assert_eq!(
        found(&city, "entry-burst"),
        ["丁 2011-10-14 16:10 市住建局 pending", "甲 2011-10-14 16:00 市住建局 pending"]
    );
    assert!(
        why(&city, "entry-burst").contains("丁 于 2011-10-14 16:10 至 2011-10-14 16:15 录入 7 件的办结"),
        "{}",
        why(&city, "entry-burst")
    );
    for clerk in ["戊", "己", "庚"] {
        ends(&city, clerk, &[40, 40, 41, 41, 42]);
        city.approval(&format!("UPDATE cases SET changed = '2011-10-17 02:00:00' WHERE clerk = '{clerk}'"));
    }
    daily(&mut city, "2011-10-17", "2011-10-19");
    assert_eq!(
        found(&city, "entry-burst").len(),
        2,
        "once found, it is found once; an exchange at night is nobody's sitting"
    );
}

/// B2: five refusals with one reason, word for word but for blanks and marks.
#[test]
fn one_reason_for_many_refusals_is_found() {
    let mut city = city();
    for number in 0..6 {
        let reason =
            ["材料不齐", "材料不齐。", " 材料不齐", "材料，不齐", "材料不齐", "超出职权范围"][number];
        city.accepted(&format!("R{number}"), "I20", "2011-10-10 09:00:00");
        city.approval(&format!(
            "UPDATE cases SET accepted = NULL, result = 'rejected', finished = '2011-10-11 10:00:00', applicant = '{reason}'
             WHERE number = 'R{number}'"
        ));
    }
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "copied-reason"), ["U1 材料不齐 市住建局 pending"]);
    assert!(why(&city, "copied-reason").contains("不予受理 5 件"));
}

/// Half of twenty on the last day. It does not come and go with single cases: it passes under two fifths.
#[test]
fn closings_on_the_last_day_are_a_hint() {
    let mut city = city();
    for number in 0..20 {
        let day = if number % 2 == 0 { "24" } else { "13" };
        city.licence(&format!("H{number}"), "2011-10-10 09:00:00");
        city.decided(&format!("H{number}"), &format!("2011-10-{day} 10:00:00"));
    }
    city.rounds_on(&["2011-10-25"]);
    assert_eq!(found(&city, "last-day-heap"), ["U1 市住建局 pending"]);
    assert!(why(&city, "last-day-heap").contains("办结 20 件，其中 10 件"));
    city.licence("H20", "2011-10-25 09:00:00").decided("H20", "2011-10-26 09:00:00");
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(found(&city, "last-day-heap"), ["U1 市住建局 pending"], "10 of 21");
    for number in 21..27 {
        city.licence(&format!("H{number}"), "2011-10-27 09:00:00");
        city.decided(&format!("H{number}"), "2011-10-27 10:00:00");
    }
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(found(&city, "last-day-heap"), ["U1 市住建局 resolved"], "10 of 27");
}

/// DESIGN section 5: the mode and the card of a rule are configuration, also for what stands.
#[test]
fn what_stands_follows_the_configuration() {
    let mut city = city();
    for number in 0..20 {
        city.licence(&format!("H{number}"), "2011-10-10 09:00:00");
        city.decided(&format!("H{number}"), "2011-10-24 10:00:00");
    }
    city.rounds_on(&["2011-10-25"]);
    city.configure(
        "[source.approval]",
        "[rules.last-day-heap]\nmode = \"auto\"\ncard = \"yellow\"\n[source.approval]",
    );
    city.restart().rounds_on(&["2011-10-26"]);
    let standing = "SELECT standing, card FROM findings WHERE rule = 'last-day-heap'";
    assert_eq!(city.ledger(standing), ["open|yellow"]);
    city.configure("card = \"yellow\"", "card = \"notice\"");
    city.restart().rounds_on(&["2011-10-27"]);
    assert_eq!(city.ledger(standing), ["open|notice"]);
    city.configure("mode = \"auto\"\ncard = \"notice\"", "mode = \"off\"");
    city.restart().rounds_on(&["2011-10-28"]);
    assert_eq!(city.ledger(standing), ["resolved|notice"]);
    let events = "SELECT e.event, e.card FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
                  WHERE f.rule = 'last-day-heap' ORDER BY e.id";
    assert_eq!(
        city.ledger(events),
        ["raised|notice", "escalated|yellow", "revoked|yellow", "reopened|notice", "resolved|notice"]
    );
}

/// Numbers that no case has, a week after those behind them were seen; one that comes late closes its gap.
#[test]
fn a_gap_in_case_numbers_is_found() {
    let mut city = city();
    for number in (1..=60).filter(|number| ![17, 18].contains(number)) {
        city.licence(&format!("施许〔2011〕{number:04}"), "2011-10-10 09:00:00");
    }
    for number in [5, 900, 77_000] {
        city.licence(&format!("杂-{number:05}"), "2011-10-10 09:00:00");
    }
    city.rounds_on(&["2011-10-10"]);
    city.licence("施许〔2011〕0062", "2011-10-17 09:00:00");
    city.rounds_on(&["2011-10-16", "2011-10-17"]);
    assert_eq!(found(&city, "number-gap"), ["施许〔2011〕####  pending"]);
    let gap = "施许〔2011〕0001 至 施许〔2011〕0060 共 60 个编号，其中 2 个没有办件，如 施许〔2011〕0017、施许〔2011〕0018";
    assert_eq!(why(&city, "number-gap"), gap, "0061 may still come");
    city.licence("施许〔2011〕0065", "2011-10-18 09:00:00");
    city.rounds_on(&["2011-10-18", "2011-10-25", "2011-10-26"]);
    assert_eq!(found(&city, "number-gap"), ["施许〔2011〕####  pending"]);
    assert!(why(&city, "number-gap").contains("其中 5 个没有办件"), "told anew when it has doubled");
    for late in [17, 18, 61, 63, 64] {
        city.licence(&format!("施许〔2011〕{late:04}"), "2011-10-26 09:00:00");
    }
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(found(&city, "number-gap"), ["施许〔2011〕####  resolved"]);
    city.licence("施许〔2011〕0067", "2011-10-27 09:00:00");
    city.rounds_on(&["2011-10-28", "2011-11-04", "2011-11-05"]);
    let anew = why(&city, "number-gap");
    assert!(anew.ends_with("其中 1 个没有办件，如 施许〔2011〕0066"), "what was filled is forgotten: {anew}");
}

/// B21: an item that had a case every working day goes quiet, and so does a whole unit; a dark source says nothing; an item
/// out of its season is not missed.
#[test]
fn silence_against_ones_own_past_is_found() {
    let mut city = city();
    let items = crate::bench::ITEMS
        .replace("免纳入期限\n", "免纳入期限,办理季节\n")
        .replace("审批系统,,,\n", "审批系统,,,,\n");
    let items = items.replace("办公室,\n", "办公室,,\n").replace(
        "INOW,证明开具,U2,公共服务,即办件,当日,,,,,审批系统,,,,",
        "INOW,证明开具,U2,公共服务,即办件,当日,,,,,审批系统,,,,01-01/08-31",
    );
    city.write("registry/items.csv", &items);
    let begin = NaiveDate::from_ymd_opt(2011, 3, 1).unwrap();
    let until = |item: &str| match item {
        "I20" => NaiveDate::from_ymd_opt(2011, 10, 10).unwrap(),
        "INOW" => NaiveDate::from_ymd_opt(2011, 8, 31).unwrap(),
        _ => NaiveDate::from_ymd_opt(2011, 10, 28).unwrap(),
    };
    let mut number = 0;
    for item in ["I20", "I60", "INOW"] {
        for day in begin
            .iter_days()
            .take_while(|day| *day <= until(item))
            .filter(|day| day.weekday().number_from_monday() < 6)
        {
            number += 1;
            city.accepted(&format!("N{number}x"), item, &format!("{day} 09:00:00"));
            city.decided(&format!("N{number}x"), &format!("{day} 09:30:00"));
        }
    }
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(found(&city, "silent-item"), [""; 0]);
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(
        found(&city, "silent-unit"),
        ["U1 市住建局 pending"],
        "its only item: the unit is named, not the item"
    );
    assert_eq!((found(&city, "silent-item"), found(&city, "silent-source")), (vec![], vec![]));
    assert!(
        why(&city, "silent-unit").contains("市住建局已连续 14 个工作日没有新办件"),
        "{}",
        why(&city, "silent-unit")
    );
    city.accepted("BACK", "I20", "2011-10-31 09:00:00");
    city.rounds_on(&["2011-11-01"]);
    assert_eq!(found(&city, "silent-unit"), ["U1 市住建局 resolved"]);
    std::fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    city.rounds_on(&["2011-11-02", "2011-12-01"]);
    assert_eq!(found(&city, "silent-source"), [""; 0], "a dark source is not a silent one");
    std::fs::rename(city.path("away.db"), city.path("approval.db")).unwrap();
    let later = NaiveDate::from_ymd_opt(2011, 12, 1).unwrap().checked_add_days(Days::new(1)).unwrap();
    city.rounds_on(&["2011-12-01", &later.to_string()]);
    assert_eq!(found(&city, "silent-source"), ["approval  pending"], "read, and nothing in it");
    assert_eq!(found(&city, "silent-unit"), ["U1 市住建局 resolved"]);
    city.rounds_on(&["2012-12-03", "2012-12-04"]);
    assert_eq!(
        found(&city, "silent-source"),
        ["approval  pending"],
        "silent for longer than is looked back on"
    );
    assert!(why(&city, "silent-source").starts_with("approval已连续 250 个工作日没有新办件"), "told anew");
}

/// Issue 14.4: a source that cannot be read stops no look at what does not rest on it: a burst is found and so is the silence of another
/// source; what might stand in it is not said to be missing before it can be read, and then on the same day.
#[test]
fn one_source_that_cannot_be_read_blinds_nobody_to_the_others() {
    let mut city = city();
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let other = "[source.agency]\nkind = \"csv\"\npath = \"agency.csv\"\nsettle = \"0s\"\n[[source.agency.read]]\nshape = \"wide\"\ncase = \"no\"\n\
                 item = \"item\"\ntraces = [{ kind = \"accepted\", at = \"accepted\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{other}")).write("agency.csv", "no,item,accepted\n");
    city.restart();
    let days = NaiveDate::from_ymd_opt(2011, 3, 1).unwrap().iter_days();
    let days = days.take_while(|day| day.to_string().as_str() <= "2011-09-09");
    for (number, day) in days.filter(|day| day.weekday().number_from_monday() < 6).enumerate() {
        city.accepted(&format!("N{number}x"), "I20", &format!("{day} 09:00:00"));
        city.decided(&format!("N{number}x"), &format!("{day} 09:30:00"));
    }
    city.rounds_on(&["2011-09-19"]);
    for number in (1..=60).filter(|number| *number != 17) {
        city.accepted(&format!("施许〔2011〕{number:04}"), "I60", "2011-09-20 09:00:00");
    }
    city.rounds_on(&["2011-09-20"]);
    std::fs::rename(city.path("agency.csv"), city.path("away.csv")).unwrap();
    daily(&mut city, "2011-10-12", "2011-10-13");
    for number in 0..5 {
        city.approval(&format!(
            "UPDATE cases SET clerk = '甲', result = 'granted', finished = '2011-10-13 10:00:00',
                 changed = '2011-10-13 16:0{number}:00' WHERE number = '施许〔2011〕000{number}' OR number = '施许〔2011〕001{number}'"
        ));
    }
    daily(&mut city, "2011-10-14", "2011-10-17");
    assert_eq!(found(&city, "entry-burst").len(), 1);
    assert_eq!(found(&city, "silent-source"), ["approval  pending"]);
    assert_eq!(found(&city, "number-gap"), [""; 0], "17 may stand in what cannot be read");
    std::fs::rename(city.path("away.csv"), city.path("agency.csv")).unwrap();
    city.round("2011-10-17 15:00");
    assert_eq!(found(&city, "number-gap"), ["施许〔2011〕####  pending"]);
    std::fs::rename(city.path("agency.csv"), city.path("away.csv")).unwrap();
    city.accepted("施许〔2011〕0017", "I60", "2011-10-18 09:00:00").accepted(
        "BACK",
        "I20",
        "2011-10-18 09:00:00",
    );
    daily(&mut city, "2011-10-18", "2011-10-19");
    assert_eq!(found(&city, "number-gap"), ["施许〔2011〕####  pending"], "what stands, stands");
    assert_eq!(found(&city, "silent-source"), ["approval  resolved"]);
}

/// A table that is filled once a week is not silent in between, nor are its items.
#[test]
fn a_source_that_delivers_weekly_is_not_silent_in_between() {
    let mut city = city();
    let days = |from: &str, to: &str| -> Vec<NaiveDate> {
        let (from, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
        let weekday = |day: &NaiveDate| day.weekday().number_from_monday() < 6;
        from.iter_days().take_while(|day| *day <= to).filter(weekday).collect()
    };
    let deliver = |city: &Bench, from: &str, to: &str| {
        for day in days(from, to) {
            for item in ["I20", "I60"] {
                city.accepted(&format!("W{day}{item}x"), item, &format!("{day} 09:00:00"));
                city.decided(&format!("W{day}{item}x"), &format!("{day} 09:30:00"));
            }
        }
    };
    deliver(&city, "2011-03-01", "2011-09-02");
    daily(&mut city, "2011-09-03", "2011-09-08");
    for friday in ["2011-09-09", "2011-09-16", "2011-09-23"] {
        let monday = friday.parse::<NaiveDate>().unwrap() - Days::new(4);
        deliver(&city, &monday.to_string(), friday);
        let thursday = friday.parse::<NaiveDate>().unwrap() + Days::new(6);
        daily(&mut city, friday, &thursday.to_string());
    }
    let silent = "SELECT rule, case_number, e.event, substr(e.at, 1, 10) FROM findings AS f
                  JOIN finding_event AS e ON e.finding_id = f.finding WHERE rule LIKE 'silent-%' ORDER BY e.id";
    assert_eq!(
        city.ledger(silent),
        ["silent-source|approval|raised|2011-09-07", "silent-source|approval|resolved|2011-09-09"],
        "only before it was known how the source delivers"
    );
    daily(&mut city, "2011-09-30", "2011-10-20");
    assert_eq!(
        city.ledger(silent)[2..],
        ["silent-source|approval|reopened|2011-10-09", "silent-source|approval|grown|2011-10-15"],
        "no week was left out before"
    );
    assert_eq!(found(&city, "silent-item"), [""; 0]);
}

/// An item that has gone quiet is not taken for recovered when the rest of its unit goes quiet too.
#[test]
fn an_item_stays_silent_when_its_unit_does() {
    let mut city = city();
    let items =
        crate::bench::ITEMS.replace("INOW,证明开具,U2", "INOW,证明开具,U1").replace("当日", "3个工作日");
    city.write("registry/items.csv", &items);
    let begin = NaiveDate::from_ymd_opt(2011, 3, 1).unwrap();
    for (item, until) in [("I20", "2011-09-30"), ("INOW", "2011-10-20"), ("I60", "2011-11-10")] {
        for day in begin.iter_days().take_while(|day| *day <= until.parse().unwrap()) {
            city.accepted(&format!("S{item}{day}x"), item, &format!("{day} 09:00:00"));
        }
    }
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(found(&city, "silent-item"), ["I20 市住建局 pending"]);
    city.rounds_on(&["2011-11-10"]);
    assert_eq!(found(&city, "silent-unit"), ["U1 市住建局 pending"]);
    assert_eq!(found(&city, "silent-item"), ["I20 市住建局 pending"]);
}

/// DESIGN section 4: a new version of an item is no new item. What had a case every day under the former one is missed.
#[test]
fn an_item_is_missed_though_its_catalogue_entry_is_new() {
    let mut city = city();
    let dated: Vec<String> = crate::bench::ITEMS
        .lines()
        .flat_map(|line| match line.split(',').next() {
            Some("事项编码") => vec![format!("{line},有效期起,有效期止")],
            Some("I20") => vec![format!("{line},,2011-09-15"), format!("{line},2011-09-16,")],
            _ => vec![format!("{line},,")],
        })
        .collect();
    city.write("registry/items.csv", &dated.join("\n"));
    let begin = NaiveDate::from_ymd_opt(2011, 3, 1).unwrap();
    for (item, until) in [("I20", "2011-09-30"), ("I60", "2011-10-20")] {
        for day in begin.iter_days().take_while(|day| *day <= until.parse().unwrap()) {
            city.accepted(&format!("V{item}{day}x"), item, &format!("{day} 09:00:00"));
        }
    }
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(found(&city, "silent-unit"), ["U1 市住建局 pending"], "its only item");
}
