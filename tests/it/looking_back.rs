//! What was judged can be explained later by what judged it then, and the past can be judged by other rules.

use std::process::{Command, Output};

use crate::bench::Bench;

fn jianchad(city: &Bench, arguments: &[&str]) -> Output {
    let config = city.path("jianchad.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(arguments).args(["-c", config.to_str().unwrap()]).env("JIANCHAD_LANG", "zh-CN");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// Points 4 and 6 of the law: a finding names what it was made with, and `--as-of` makes it again: by the item's limit, the
/// card table, the calendar and the records of that day, whatever was changed since.
#[test]
fn explain_reproduces_a_finding_by_the_rules_and_records_of_its_day() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.findings(), ["A time-limit promise yellow open"]);
    let then = said(&jianchad(&city, &["explain", "A", "--as-of", "2011-10-14T10:00", "--clock", "promise"]));
    assert!(then.contains("2011-10-13 到期") || then.contains("到期 2011-10-13"), "{then}");
    // A longer promise, a day off, and an acceptance that the source moves by a week.
    city.write("registry/items.csv", &crate::bench::ITEMS.replace("10个工作日", "15个工作日"));
    let off = "[[year]]\nyear = 2011\nsource = \"公告\"\n[[year.holiday]]\nname = \"停电\"\noff = [\"2011-10-12\"]\n";
    city.write("calendar.d/outage.toml", off);
    city.restart();
    city.approval(
        "UPDATE cases SET accepted = '2011-10-08 10:00:00', changed = '2011-10-17 10:00:00' WHERE number = 'A'",
    );
    city.rounds_on(&["2011-10-17"]);
    assert_eq!(
        city.findings(),
        [
            "A changed-after-fact notice pending",
            "A time-limit promise yellow pending-withdrawal",
            "A wrong-order notice pending"
        ]
    );
    let again =
        said(&jianchad(&city, &["explain", "A", "--as-of", "2011-10-14T10:00", "--clock", "promise"]));
    assert_eq!(again, then, "the same page, to the byte");
    assert!(then.contains("口径 按当时已知的记录、规则和工作日历"), "{then}");
    let now = said(&jianchad(&city, &["explain", "A", "--as-of", "2011-10-17T10:00"]));
    // The longer promise is for what begins from now on.
    assert!(now.contains("10 个工作日") && now.contains("（已被来源更改）"), "{now}");
    assert!(now.contains("停电") && now.contains("2011-10-13 → 2011-10-21"), "{now}");
    // Before the ledger knew the case there is nothing to reproduce: today's rules look back, and say so.
    let before = said(&jianchad(&city, &["explain", "A", "--as-of", "2011-10-10"]));
    assert!(before.contains("按现行规则和现有记录回溯至该时点"), "{before}");
}

/// The page as HTML: whole in itself, nothing fetched, and what the record says cannot become part of the page.
#[test]
fn explain_writes_a_page_that_can_be_attached() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00").paused("A", "2011-10-10 09:00:00");
    city.event("A", "resumed", "", "2011-10-21 09:00:00");
    city.approval("UPDATE events SET note = '特告 <b>26</b>' WHERE kind = 'paused'");
    city.approval(
        "INSERT INTO events (number, kind, at, clerk, amount, changed)
         VALUES ('A', 'extended', '2011-10-24 10:00:00', '李局长', '5wd', '2011-10-24 10:00:00')",
    );
    city.rounds_on(&["2011-10-25"]);
    let page = said(&jianchad(&city, &["explain", "A", "--format", "html", "--as-of", "2011-10-25T10:00"]));
    for part in [
        "<!doctype html>",
        "检测，特告 &lt;b&gt;26&lt;",
        "5 个工作日 2011-10-24 10:00 李局长",
        "国庆节调休上班",
        "《行政许可法》第四十二条",
        "2011-11-17",
        "示范市效能监察室",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    for part in ["<b>26", "http://", "https://", "<script", "<img"] {
        assert!(!page.contains(part), "{part} in\n{page}");
    }
    let english = said(&jianchad(&city, &["explain", "A", "--format", "html", "--lang", "en"]));
    assert!(english.contains("special procedure, left out") && english.contains("extended by"), "{english}");
}

/// What would have been flagged under shorter promises (the city's plan): the past once more through the same code, into a
/// scratch ledger, compared with what was found. Same inputs, same bytes; nothing is written but what is asked to be kept.
#[test]
fn a_replay_says_what_other_limits_would_have_found() {
    let mut city = Bench::new();
    // Ten working days from 2011-10-10 end on 10-24, seven on 10-19.
    for number in ["LATE", "TIGHT", "QUICK"] {
        city.licence(number, "2011-10-10 09:00:00");
    }
    city.rounds_on(&["2011-10-11"]);
    city.decided("QUICK", "2011-10-12 10:00:00");
    city.rounds_on(&["2011-10-13", "2011-10-20"]);
    city.decided("TIGHT", "2011-10-21 10:00:00");
    city.rounds_on(&["2011-10-24", "2011-10-25"]);
    city.decided("LATE", "2011-10-26 10:00:00");
    city.rounds_on(&["2011-10-27"]);
    let period = ["--from", "2011-10-10", "--to", "2011-10-28"];
    let replay = |more: &[&str]| said(&jianchad(&city, &[&["replay"], &period[..], more].concat()));
    let same = replay(&["--format", "csv"]);
    assert_eq!(same.lines().skip(1).collect::<Vec<_>>(), [""; 0], "by the same rules the same cards");
    let shorter = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let items = crate::bench::ITEMS.replace("10个工作日", "7个工作日");
    for name in ["units", "contacts", "regions"] {
        let sheet = std::fs::read_to_string(city.path(&format!("registry/{name}.csv"))).unwrap();
        city.write(&format!("shorter/{name}.csv"), &sheet);
    }
    city.write("shorter/items.csv", &items);
    city.write("shorter.toml", &shorter.replace("folder = \"registry\"", "folder = \"shorter\""));
    let before = std::fs::read(city.path("ledger.db")).unwrap();
    let against = city.path("shorter.toml");
    let against = against.to_str().unwrap();
    let told = |format: &str| {
        let config = city.path("jianchad.toml");
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        let other =
            ["--against", config.to_str().unwrap(), "-c", against, "--format", format, "--lang", "zh-CN"];
        said(&command.args(["replay"]).args(period).args(other).output().unwrap())
    };
    let list = told("csv");
    let rows: Vec<_> = list.lines().skip(1).collect();
    assert_eq!(
        rows,
        ["TIGHT,市住建局,施工许可,time-limit,promise,notice,2011-10-20,yellow,2011-10-17,approval"]
    );
    assert_eq!(told("csv"), list, "same inputs, same bytes");
    let table = told("table");
    assert!(table.contains("回放 2011-10-10 至 2011-10-28") && table.contains("TIGHT"), "{table}");
    assert_eq!(std::fs::read(city.path("ledger.db")).unwrap(), before);
    // The scratch ledger can be kept, and is never written over.
    let kept = city.path("scratch.db");
    replay(&["--keep", kept.to_str().unwrap()]);
    assert_eq!(
        crate::bench::query(&kept, "SELECT case_number, card FROM findings WHERE card = 'yellow'"),
        ["LATE|yellow"]
    );
    let again = jianchad(&city, &[&["replay"], &period[..], &["--keep", kept.to_str().unwrap()]].concat());
    assert_eq!(again.status.code(), Some(2));
    // A source that is away: nothing is said about the past.
    std::fs::rename(city.path("approval.db"), city.path("away.db")).unwrap();
    let away = jianchad(&city, &[&["replay"], &period[..]].concat());
    assert_eq!(away.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&away.stderr).contains("approval 未能完整读取"), "{away:?}");
}

/// GB/T 39046—2020, table 11: exactly its eleven fields, of cards that were issued.
#[test]
fn cards_are_exported_as_the_national_standard_wants_them() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-14"]);
    let table = said(&jianchad(&city, &["findings", "--format", "gbt39046"]));
    let mut lines = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(
        lines.headers().unwrap().iter().collect::<Vec<_>>().join(","),
        "办件编号,督办内容,机构名称,事项类型代码,督办发出时间,监察编号,监察规则编号,监察预警类型代码,状态产生时间,监察结果描述,责任部门"
    );
    let rows: Vec<csv::StringRecord> = lines.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let row: Vec<&str> = rows[0].iter().collect();
    assert_eq!([row[0], row[2], row[3], row[4], row[5]], ["A", "市住建局", "01", "20111014T090500", "1"]);
    assert_eq!([row[6], row[7], row[8], row[10]], ["time-limit/promise", "2", "20111014T090500", "市住建局"]);
    assert!(row[1].contains("超期 1 个工作日") && row[9].starts_with("黄牌，未结："), "{row:?}");
}

/// A list for inspection by people: the same seed draws the same cases, whoever draws.
#[test]
fn a_sample_can_be_drawn_again_by_anybody() {
    let mut city = Bench::new();
    for number in 0..40 {
        city.licence(&format!("A-{number}"), "2011-10-10 10:00:00");
        city.decided(
            &format!("A-{number}"),
            if number < 30 { "2011-10-31 10:00:00" } else { "2011-11-01 10:00:00" },
        );
    }
    city.rounds_on(&["2011-11-02"]);
    let drawn = |seed: &str| {
        let month = ["sample", "--month", "2011-10", "--size", "5", "--seed", seed, "--format", "csv"];
        said(&jianchad(&city, &month))
    };
    let list = drawn("公开种子");
    assert_eq!(drawn("公开种子"), list);
    assert_ne!(drawn("另一种子"), list);
    let mut lots: Vec<(String, String)> = (0..30)
        .map(|number| format!("A-{number}"))
        .map(|number| (jianchad::testing::domain::sample::lot("公开种子", "approval", &number), number))
        .collect();
    lots.sort();
    let numbers: Vec<&str> = list.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(numbers, lots[..5].iter().map(|(_, number)| number.as_str()).collect::<Vec<_>>());
    assert_eq!(jianchad(&city, &["sample", "--month", "2011-13", "--seed", "s"]).status.code(), Some(2));
}

/// A replay of a period is compared with the cards as they stood at its end, not with what became of them since; and rules
/// that need somebody to have looked on have no say in it.
#[test]
fn a_replay_is_compared_with_the_period_and_not_with_today() {
    let mut city = Bench::new();
    city.accepted("A", "I20", "2011-10-10 10:00:00").event("A", "step", "审查", "2011-10-10 11:00:00");
    city.rounds_on(&["2011-10-11", "2011-10-20"]);
    assert_eq!(city.findings(), ["A time-limit promise notice open"]);
    city.rounds_on(&["2011-10-25"]);
    city.approval("UPDATE cases SET accepted = '2011-10-10 10:30:00', changed = '2011-10-26 10:00:00'");
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(city.findings(), ["A changed-after-fact notice pending", "A time-limit promise yellow open"]);
    for to in ["2011-10-21", "2011-10-28"] {
        let list = said(&jianchad(&city, &["replay", "--from", "2011-10-10", "--to", to, "--format", "csv"]));
        assert_eq!(list.lines().skip(1).collect::<Vec<_>>(), [""; 0], "{to}: {list}");
    }
}

/// The page names the extension that was counted, and the lateness that the letter names.
#[test]
fn explain_names_the_extension_that_counts() {
    let mut city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    for (when, by, amount) in [("2011-10-09", "甲局长", "当日"), ("2011-10-10", "乙局长", "5wd")] {
        city.approval(&format!(
            "INSERT INTO events (number, kind, at, clerk, amount, changed)
             VALUES ('A', 'extended', '{when} 10:00:00', '{by}', '{amount}', '{when} 10:00:00')"
        ));
    }
    city.paused("A", "2011-10-24 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let arguments = ["explain", "A", "--clock", "promise", "--as-of", "2011-10-28T10:00"];
    let page = said(&jianchad(&city, &arguments));
    assert!(page.contains("延期 5 个工作日 2011-10-10 10:00 乙局长"), "{page}");
    assert!(!page.contains("5 个工作日 2011-10-09"), "{page}");
    let why = city.ledger("SELECT why FROM findings WHERE clock = 'promise'").join("");
    assert!(why.contains("超期 2 个工作日") && page.contains("超期 2 个工作日"), "{why}\n{page}");
}
