//! The bulletin of a month: counted by hand, sent once, and the same bytes again.

use std::process::Command;

use crate::bench::Bench;
use crate::installed::skip;

/// October 2011: five applications of U1, of which two were closed late and one in time, one was not accepted (without a
/// reason, which is a notice), one is open; one
/// of U2, withdrawn; a card of U1 withdrawn by a person is counted apart. September: one case of U1, closed in time.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("withdrawn = \"withdrawn\"", "withdrawn = \"withdrawn\", rejected = \"not_accepted\"");
    city.licence("S", "2011-09-01 09:00:00").decided("S", "2011-09-05 09:00:00");
    city.rounds_on(&["2011-09-06"]);
    for number in ["A", "B", "C", "D", "E"] {
        city.licence(number, "2011-10-08 09:00:00");
    }
    city.accepted("W", "I60", "2011-10-08 09:00:00");
    city.decided("C", "2011-10-12 09:00:00");
    city.approval("UPDATE cases SET accepted = NULL, result = 'rejected', finished = '2011-10-09 10:00:00' WHERE number = 'D'");
    city.approval(
        "UPDATE cases SET result = 'withdrawn', finished = '2011-10-10 10:00:00' WHERE number = 'W'",
    );
    city.rounds_on(&["2011-10-12", "2011-10-25"]);
    city.decided("A", "2011-10-25 10:00:00").decided("B", "2011-10-25 11:00:00");
    city.rounds_on(&["2011-10-26", "2011-10-31"]);
    city
}

fn report(city: &Bench, arguments: &[&str]) -> String {
    let config = city.path("jianchad.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["report", "bulletin", "--lang", "zh-CN", "--config", config.to_str().unwrap()])
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_month_is_counted_as_by_hand() {
    let city = city();
    let text = report(&city, &["--period", "2011-10"]);
    let row =
        |name: &str| text.lines().find(|line| line.starts_with(name)).map(str::to_owned).unwrap_or_default();
    // 收件 办结 不予受理 退回撤回 预警 黄牌 红牌 撤销
    assert_eq!(row("市住建局"), "市住建局  5  3  1  0  1  3  0  0", "{text}");
    assert_eq!(row("市林业局"), "市林业局  1  0  0  1  0  0  0  0");
    assert_eq!(row("合计"), "合计  6  3  1  1  1  3  0  0");
    assert_eq!(row("上期合计"), "上期合计  1  1  0  0  0  0  0  0");
    assert!(
        text.contains("收件6件，比上期（1件）增加5件") && text.contains("办理时限  0  3  0  0"),
        "{text}"
    );
    assert!(text.contains("11至30日  1"), "E has been open for 23 days: {text}");
    assert_eq!(text, report(&city, &["--period", "2011-10"]), "the same ledger, the same bytes");
    let (one, two) = (city.path("one.xlsx"), city.path("two.xlsx"));
    for file in [&one, &two] {
        report(&city, &["--period", "2011-10", "--xlsx", file.to_str().unwrap()]);
    }
    let book = std::fs::read(&one).unwrap();
    assert!(book.starts_with(b"PK") && book == std::fs::read(&two).unwrap());
    let page = city.path("bulletin.html");
    report(&city, &["--period", "2011-10", "--html", page.to_str().unwrap()]);
    assert!(std::fs::read_to_string(page).unwrap().contains("市住建局"));
    assert!(report(&city, &["--period", "October"]).contains("不是期间"));
}

/// October 2011: five cases, three with a unit that has no item of its own; U4 has items and no case, and the only case of an item of U6
/// is with another.
fn elsewhere() -> Bench {
    let mut city = Bench::new();
    city.write(
        "registry/units.csv",
        &format!(
            "{}U5,市城管局,431000,市直\nU4,市档案局,431000,市直\nU6,市交通局,431000,市直\n",
            crate::bench::UNITS
        ),
    );
    let idle =
        "I99,档案销毁,U4,行政许可,承诺件,20个工作日,20个工作日,《行政许可法》第四十二条,,,审批系统,,,\n";
    let elsewhere = idle.replace("I99,档案销毁,U4", "I98,道路挖掘,U6");
    city.write("registry/items.csv", &format!("{}{idle}{elsewhere}", crate::bench::ITEMS));
    city.approval("ALTER TABLE cases ADD COLUMN unit TEXT");
    city.configure("item = \"item\"", "item = \"item\"\nunit = \"unit\"");
    // The only case of an item of U6 is with U5.
    let cases = [
        ("A", "I20", "U2"),
        ("B", "I20", "U5"),
        ("C", "I60", "U5"),
        ("D", "I20", "no such unit"),
        ("E", "I98", "U5"),
    ];
    for (number, item, unit) in cases {
        city.accepted(number, item, "2011-10-10 09:00:00");
        city.approval(&format!("UPDATE cases SET unit = '{unit}' WHERE number = '{number}'"));
    }
    city.decided("C", "2011-10-12 09:00:00").decided("E", "2011-10-12 09:00:00");
    city
}

/// A case counts for the unit that has it, which need not be that of its item, and its card stands in the same line; one that goes
/// over to another unit goes over in every figure. Only who had no case, and no case of an item of his elsewhere, is told so.
#[test]
fn a_case_counts_for_the_unit_that_has_it() {
    let mut city = elsewhere();
    city.rounds_on(&["2011-10-13", "2011-10-31"]);
    let rows = |city: &Bench, period: &str| -> Vec<String> {
        let text = report(city, &["--period", period]);
        let is_unit = |line: &&str| {
            line.starts_with("市") && line.matches("  ").count() == 8 || line.starts_with("合计")
        };
        text.lines().filter(is_unit).map(str::to_owned).collect()
    };
    // 收件 办结 不予受理 退回撤回 预警 黄牌 红牌 撤销: D's unit is unknown, so that it is that of its item.
    let [housing, forestry, city_management] = [
        "市住建局  1  0  0  0  0  1  0  0",
        "市林业局  1  0  0  0  0  1  0  0",
        "市城管局  3  2  0  0  0  1  0  0",
    ];
    assert_eq!(
        rows(&city, "2011-10")[..4],
        [housing, forestry, city_management, "合计  5  2  0  0  0  3  0  0"]
    );
    let text = report(&city, &["--period", "2011-10"]);
    assert!(text.contains("没有收件的单位1个：市档案局"), "{text}");
    let unread = report(&city, &["--period", "2011-11"]);
    assert!(unread.contains("最近一轮电子监察在2011年10月31日") && !unread.contains("没有收件"), "{unread}");
    assert!(unread.contains("合计  —  —  —  —  —  —  —  —") && !unread.contains("系统外受理"), "{unread}");
    let refused = report(&city, &["--period", "2011-11", "--send"]);
    assert!(refused.contains("通报不予发送"), "{refused}");
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE kind = 'bulletin'"), ["0"]);
    city.approval("UPDATE cases SET unit = 'U1', changed = '2011-11-01 09:00:00' WHERE number = 'B'");
    city.approval("UPDATE cases SET unit = NULL, changed = '2011-11-01 09:00:00' WHERE number = 'A'");
    city.rounds_on(&["2011-11-01"]);
    let month = report(&city, &["--period", "2011-11"]);
    assert!(
        month.contains("没有收件的单位") && month.contains("截至2011年11月1日"),
        "the month after: {month}"
    );
    let counted = city
        .ledger("SELECT unit, sum(cases) FROM item_day GROUP BY unit HAVING sum(cases) > 0 ORDER BY unit");
    assert_eq!(counted, ["|1", "U1|1", "U5|2", "no such unit|1"]);
    let rows = rows(&city, "2011-10");
    assert!(rows[0].starts_with("市住建局  3  0  0  0"), "{rows:?}");
    // Of a ledger in which they were counted by item alone.
    let before = city.ledger("SELECT * FROM item_day WHERE cases > 0 UNION ALL SELECT item, unit || day, kind, cases FROM item_end WHERE cases > 0");
    rusqlite::Connection::open(city.path("ledger.db")).unwrap().execute_batch(AS_IT_WAS).unwrap();
    city.restart();
    city.rounds_on(&["2011-11-02"]);
    let after = city.ledger("SELECT * FROM item_day WHERE cases > 0 UNION ALL SELECT item, unit || day, kind, cases FROM item_end WHERE cases > 0");
    assert_eq!(after, before);
}

/// Cases and cards are two things, each named for what it is wherever it stands: one case late by its promise and then by the law is
/// one case with a red card and has two cards. Those of a unit that the catalogue no longer has are in every sum.
#[test]
fn cases_are_not_taken_for_cards() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-08"]);
    // I20: ten working days promised, twenty by the law. A and C are past both by the end of the month, B is past its promise.
    for (number, accepted) in [("A", "2011-09-13"), ("B", "2011-10-10"), ("C", "2011-09-13")] {
        city.accepted(number, "I20", &format!("{accepted} 09:00:00"));
    }
    city.rounds_on(&["2011-10-31"]);
    let gone = "UPDATE finding SET unit = 'U9' WHERE case_id = (SELECT id FROM \"case\" WHERE number = 'C')";
    rusqlite::Connection::open(city.path("ledger.db")).unwrap().execute_batch(gone).unwrap();
    let text = report(&city, &["--period", "2011-10"]);
    for said in [
        "红牌办件2件、黄牌办件1件、",
        "逐张计，本期共发红牌2张、黄牌3张",
        "办理时限：红牌2张、黄牌3张",
        "涉及市住建局、名录外单位U9",
        "== 各单位办理与发牌（件） ==",
        "== 各监察点发牌（张） ==",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let numbers = |table: &str, row: &str| {
        let table = text.split(table).nth(1).unwrap();
        let line = table.lines().find(|line| line.starts_with(row)).unwrap().to_owned();
        line.split("  ").map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(numbers("与发牌（件） ==", "市住建局")[6..8], ["1", "1"], "yellow and red cases");
    assert_eq!(numbers("与发牌（件） ==", "名录外单位U9")[6..8], ["0", "1"]);
    assert_eq!(numbers("与发牌（件） ==", "合计")[6..8], ["1", "2"]);
    assert_eq!(numbers("发牌（张） ==", "办理时限")[2..4], ["3", "2"], "yellow and red cards");
    assert_eq!(numbers("发牌（张） ==", "合计")[2..4], ["3", "2"]);
}

/// The sums as they were before they knew units: a ledger of 38 schema files, without the due days of other steps that came after.
const AS_IT_WAS: &str = "
    DROP TABLE item_day; DROP TABLE item_end;
    CREATE TABLE item_day (item TEXT NOT NULL, day TEXT NOT NULL, cases INTEGER NOT NULL, PRIMARY KEY (item, day)) STRICT, WITHOUT ROWID;
    CREATE TABLE item_end (item TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, cases INTEGER NOT NULL,
        PRIMARY KEY (item, day, kind)) STRICT, WITHOUT ROWID;
    DROP TRIGGER trace_update;
    ALTER TABLE trace DROP COLUMN step_dues;
    CREATE TRIGGER trace_update BEFORE UPDATE ON trace BEGIN SELECT RAISE(ABORT, 'traces are append-only'); END;
    PRAGMA user_version = 38;
";

/// 不予许可 and 不予公开 are counted apart from what was granted, by unit; what the record does not say is counted as such; and a
/// decision corrected later is counted as it now is, in the month in which it was made.
#[test]
fn outcomes_are_counted_by_unit() {
    let mut city = Bench::new();
    let items = format!(
        "{}IPUB,信息公开申请,U2,政府信息公开,承诺件,20个工作日,20个工作日,《政府信息公开条例》第三十三条,,,审批系统,,,\n",
        crate::bench::ITEMS
    );
    city.write("registry/items.csv", &items);
    city.configure(
        "granted = \"decided\", refused = \"decided\"",
        "granted = \"decided:granted\", refused = \"decided:refused\", part = \"decided:partly\", none = \"closed:not_held\", \
         other = \"closed:elsewhere\", done = \"closed\"",
    );
    let cases =
        [("A", "I20", "granted"), ("B", "I20", "refused"), ("C", "I20", "done"), ("D", "IPUB", "refused")];
    let more =
        [("E", "IPUB", "part"), ("F", "IPUB", "none"), ("G", "IPUB", "other"), ("H", "IPUB", "granted")];
    for (number, item, result) in cases.into_iter().chain(more) {
        city.accepted(number, item, "2011-10-10 10:00:00").finished(number, result, "2011-10-12 10:00:00");
    }
    city.rounds_on(&["2011-10-13"]);
    let rows = |city: &Bench| -> Vec<String> {
        let text = report(city, &["--period", "2011-10"]);
        let table = text.split("== 各单位办理结果 ==").nth(1).unwrap();
        table.lines().skip(1).take(5).map(str::to_owned).collect()
    };
    let heads = "单位  办结  准予  不予许可  不予公开  部分公开  不存在  非本机关  结果未注明";
    let before = "上期合计  0  0  0  0  0  0  0  0";
    let first = [
        "市住建局  3  1  1  0  0  0  0  1",
        "市林业局  5  1  0  1  1  1  1  0",
        "合计  8  2  1  1  1  1  1  1",
    ];
    assert_eq!(rows(&city), [heads, first[0], first[1], first[2], before]);
    city.approval(
        "UPDATE cases SET result = 'granted', changed = '2011-10-20 10:00:00' WHERE number IN ('B', 'C')",
    );
    city.rounds_on(&["2011-11-02"]);
    let then = ["市住建局  3  3  0  0  0  0  0  0", first[1], "合计  8  4  0  1  1  1  1  0"];
    assert_eq!(rows(&city), [heads, then[0], then[1], then[2], before]);
    let summary = report(&city, &["--period", "2011-10"]);
    assert!(
        summary.contains("办结结果：准予4件，不予公开1件，部分公开1件，不存在1件，非本机关1件。"),
        "{summary}"
    );
}

/// On the first working day of the month the bulletin of the month before goes to those who get bulletins, once.
#[test]
fn the_bulletin_of_a_month_is_sent_once() {
    let mut city = city();
    city.rounds_on(&["2011-11-01", "2011-11-02"]);
    let sent =
        "SELECT to_name, subject, substr(written_at, 1, 10), state FROM letters WHERE kind = 'bulletin'";
    let expected = [
        "监察室|【监察通报】2011年9月行政审批电子监察情况（红牌办件0件、黄牌办件0件）|2011-10-12|sent",
        "监察室|【监察通报】2011年10月行政审批电子监察情况（红牌办件0件、黄牌办件3件）|2011-11-01|sent",
    ];
    assert_eq!(city.ledger(sent), expected);
    assert!(city.letters().iter().any(|mail| mail.contains("spreadsheetml.sheet")));
    assert!(
        report(&city, &["--period", "2011-10", "--send"]).contains("0 封邮件已列入待发"),
        "it is the one that was sent"
    );
}

/// Every morning the month so far stands beside the same days of the month before, without the day that begins.
#[test]
fn a_digest_compares_the_month_so_far() {
    let city = city();
    let digest = city.ledger(
        "SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' AND written_at LIKE '2011-10-26%'",
    );
    let text = digest.join("");
    for line in [
        "本期（2011年10月1日至25日）与上月同期对比",
        "收件6件，比上期（1件）增加5件",
        "办结3件，比上期（1件）增加2件",
        "办理时限  黄牌 3",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

/// A digest is shown as it went out.
#[test]
fn a_digest_is_shown_as_it_went_out() {
    let city = city();
    let config = city.path("jianchad.toml");
    let run = |period: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["report", "digest", "--period", period, "--config", config.to_str().unwrap()])
            .output()
            .unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let stored = city
        .ledger("SELECT text FROM letters WHERE kind = 'digest' AND written_at LIKE '2011-10-25%' LIMIT 1");
    assert_eq!(run("2011-10-25").trim_end(), stored.join("\n").trim_end());
    assert!(run("2011-10-22").contains("no digest was written on 2011-10-22"));
}

/// Where a Chinese font is installed the bulletin has pictures, each shown by the page that it came with; and where there is
/// none the page has its pictures of table cells.
#[test]
fn a_bulletin_has_pictures_where_a_font_can_draw_their_words() {
    let mut city = city();
    city.rounds_on(&["2011-11-01"]);
    let query =
        "SELECT a.name, a.shown_as, instr(l.html, 'cid:' || a.shown_as) > 0, substr(hex(a.content), 1, 8)
        FROM letter_attachment AS a JOIN letter AS l ON l.id = a.letter_id
        WHERE l.message_id LIKE 'bulletin.2011-10.%' ORDER BY a.place";
    let files = city.ledger(query);
    let id = |name: &str| format!("{name}.png|{name}.bulletin.2011-10.");
    let has_font = Command::new("fc-list").arg(":lang=zh").output().is_ok_and(|done| !done.stdout.is_empty());
    if !has_font {
        skip("no Chinese font is installed (fc-list :lang=zh)");
        assert_eq!(files.len(), 1, "the workbook alone: {files:?}");
        return;
    }
    assert!(files[0].contains(".xlsx"), "{files:?}");
    for (file, name) in files[1..].iter().zip(["ages", "cards", "coverage"]) {
        assert!(file.starts_with(&id(name)) && file.ends_with("|1|89504E47"), "{file}");
    }
    let mail = city.letters().into_iter().find(|mail| mail.contains("bulletin.2011-10")).unwrap();
    for line in ["Content-ID: <coverage.bulletin.2011-10.", "Content-Type: image/png", "multipart/related"] {
        assert!(mail.contains(line), "{line}");
    }
}
