//! The exchange profiles on databases of their shape: a user names one, and gives a connection.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::bench::Bench;

/// A city whose only source is read by a profile; `more` stands behind it in the configuration.
pub fn city(profile: &str, more: &str) -> Bench {
    let mut city = Bench::new();
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (head, _) = text.split_once("[source.approval]").unwrap();
    let source = format!(
        "[source.front]\nkind = \"sqlite\"\npath = \"front.db\"\nsweep_at = \"never\"\nprofile = \"{profile}\"\n{more}"
    );
    city.write("jianchad.toml", &format!("{head}{source}"));
    city.restart();
    std::fs::copy(shipped(profile), city.path("front.db")).unwrap();
    city
}

/// A database of a profile's shape, as it is shipped.
fn shipped(profile: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/profiles").join(format!("{profile}.db"))
}

/// The databases are made from the text beside them; `JIANCHAD_WRITE_DOCUMENTS=1 cargo test shipped_databases` makes them anew.
#[test]
fn the_shipped_databases_hold_what_their_text_says() {
    for (name, text) in [
        ("up-pro", include_str!("../data/profiles/up-pro.sql")),
        ("ex-gdbs", include_str!("../data/profiles/ex-gdbs.sql")),
    ] {
        let made = Connection::open_in_memory().unwrap();
        made.execute_batch(&format!("PRAGMA page_size = 512; {text}")).unwrap();
        if std::env::var_os("JIANCHAD_WRITE_DOCUMENTS").is_some() {
            // VACUUM INTO wants no file there, and the first time there is none.
            let _ = std::fs::remove_file(shipped(name));
            made.execute("VACUUM INTO ?1", [shipped(name).to_str().unwrap()]).unwrap();
        }
        assert_eq!(content(&Connection::open(shipped(name)).unwrap()), content(&made), "{name}");
    }
}

/// Every table with its rows.
fn content(db: &Connection) -> Vec<String> {
    let list = |sql: &str| -> Vec<String> {
        let mut find = db.prepare(sql).unwrap();
        let columns = find.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..columns)
                .map(|at| row.get_ref(at).map(|value| format!("{value:?}")))
                .collect::<Result<Vec<_>, _>>()
        };
        find.query_map([], row).unwrap().map(|row| row.unwrap().join("|")).collect()
    };
    let mut tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut content = list("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name");
    content
        .extend(tables.iter().flat_map(|table| list(&format!("SELECT * FROM \"{table}\" ORDER BY rowid"))));
    content
}

pub fn front(city: &Bench, sql: &str) {
    Connection::open(city.path("front.db")).unwrap().execute_batch(sql).unwrap();
}

fn timeline(city: &Bench, case: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT substr(occurred_at, 6, 11) || ' ' || kind || ' ' || coalesce(stage, '') || ' ' || coalesce(by, '')
             || ' ' || coalesce(note, '') FROM case_timeline
         WHERE case_number = '{case}' AND current AND kind IS NOT NULL ORDER BY occurred_at, kind"
    ))
    .iter()
    .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
    .collect()
}

#[test]
fn the_national_platform_s_tables_are_read_by_name_alone() {
    let mut city = city("up-pro", "");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(
        timeline(&city, "P-1"),
        [
            "10-08T09:30 applied",
            "10-08T10:00 accepted 受理 张三",
            "10-09T09:00 supplement_requested 补正告知 张三 缺图纸",
            "10-10T09:00 step 审查 李四 同意",
            "10-11T09:00 paused 专家评审 王局长 特告〔2011〕26号",
            "10-14T09:00 resumed 专家评审 王局长",
            "10-18T16:00 decided 赵局长 准予许可"
        ]
    );
    assert_eq!(
        timeline(&city, "P-2"),
        ["10-09T10:00 accepted 受理 张三"],
        "a step without an end repeats its start, one without either is none"
    );
    assert_eq!(
        city.ledger("SELECT case_number, reason FROM quarantine"),
        ["P-3|column `result_type`: `7` is an unknown code: add it to `codes`"]
    );
    // Sent once more, with a later result: both versions stay. The old row is sent late, and changes nothing.
    front(
        &city,
        "INSERT INTO up_pro_result VALUES ('r1', 'P-1', '0', '2011-10-19 16:00:00', '准予许可', '赵局长', 'U', '2011-10-20 11:00:00')",
    );
    front(
        &city,
        "INSERT INTO up_pro_process VALUES ('s2', 'P-1', '审查', '4', '2011-10-10 08:00:00', '2011-10-10 08:30:00', '李四', '旧', 'I', '2011-10-10 09:00:00')",
    );
    city.rounds_on(&["2011-10-21", "2011-10-22"]);
    assert_eq!(timeline(&city, "P-1").last().unwrap(), "10-19T16:00 decided 赵局长 准予许可");
    assert_eq!(
        city.ledger("SELECT count(*) FROM case_timeline WHERE case_number = 'P-1' AND NOT current"),
        ["1"]
    );
    // Deleted at the source: what it said is kept, and the case is found.
    front(
        &city,
        "INSERT INTO up_pro_accept VALUES ('a2', 'P-2', 'I20', 'U1', NULL, '2011-10-09 10:00:00', NULL, '张三', 'D', '2011-10-22 10:00:00')",
    );
    city.rounds_on(&["2011-10-24"]);
    assert_eq!(timeline(&city, "P-2").len(), 1);
    let found = city.ledger("SELECT case_number, standing FROM findings WHERE rule = 'vanished-record'");
    assert_eq!(found, ["P-2|open"]);
}

#[test]
fn codes_of_a_place_go_before_those_of_the_profile() {
    let codes =
        "[[source.front.codes]]\ncolumn = \"result_type\"\ncodes = { 6 = \"decided\", 7 = \"decided\" }\n";
    let mut city = city("up-pro", codes);
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(city.ledger("SELECT count(*) FROM quarantine"), ["0"]);
    assert_eq!(timeline(&city, "P-3").last().unwrap(), "10-12T16:00 decided 赵局长 不予许可");
    city.configure("result_type", "result_kind");
    let failed =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| city.rounds_on(&["2011-10-21"]).path("")));
    let said = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(said.contains("the profile `up-pro` reads no code from this column"), "{said}");
}

#[test]
fn guangdong_s_ten_tables_are_read_by_name_alone() {
    let mut city = city("ex-gdbs", "");
    city.rounds_on(&["2011-10-20"]);
    assert_eq!(
        timeline(&city, "G-1"),
        [
            "10-08T09:00 applied",
            "10-08T09:30 step 网上预受理",
            "10-08T10:00 accepted 张三",
            "10-09T10:00 supplement_requested 缺图纸",
            "10-10T10:00 supplement_received",
            "10-11T09:00 step 承办 张三 拟同意",
            "10-11T15:00 step 审核 李四 同意",
            "10-12T09:00 extended 王局长 案情复杂",
            "10-12T10:00 paused 赵局长 检验，特告〔2011〕8号",
            "10-14T10:00 resumed",
            "10-18T10:00 step 批准 王局长 同意",
            "10-18T11:00 charged 120.00",
            "10-18T11:00 decided 准予",
            "10-19T09:00 delivered"
        ]
    );
    let extended = city.ledger("SELECT amount FROM trace WHERE kind = 'extended'");
    assert_eq!(extended, ["10wd"]);
    // The higher VERSION holds, whichever came first.
    assert_eq!(
        timeline(&city, "G-2"),
        ["10-10T09:00 applied", "10-10T10:30 accepted 张三", "10-13T09:00 withdrawn 材料不实"]
    );
    assert_eq!(city.ledger("SELECT earlier FROM \"case\" WHERE number = 'G-3'"), ["G-2"]);
}

/// How a matter was decided comes with the profiles' own codes, and with those of the place.
#[test]
fn profiles_say_how_a_matter_was_decided() {
    let outcomes = |city: &Bench| {
        city.ledger("SELECT case_number, kind, coalesce(outcome, '?') FROM case_timeline WHERE kind IN ('decided', 'closed') AND current")
    };
    let codes = "[[source.front.codes]]\ncolumn = \"result_type\"\ncodes = { 6 = \"decided:granted\", 7 = \"decided:refused\" }\n";
    let mut national = city("up-pro", codes);
    national.rounds_on(&["2011-10-20"]);
    assert_eq!(outcomes(&national), ["P-1|decided|granted", "P-3|decided|refused"]);
    let codes = "[[source.front.codes]]\ncolumn = \"BJJGDM\"\ncodes = { 1 = \"decided:refused\", 6 = \"decided:granted\" }\n";
    let mut guangdong = city("ex-gdbs", codes);
    front(
        &guangdong,
        "INSERT INTO EX_GDBS_BJ VALUES ('G-3', '6', '办结', NULL, '120.00', '2011-10-19 09:00:00', 1, '2011-10-19 09:01:00')",
    );
    guangdong.rounds_on(&["2011-10-20"]);
    assert_eq!(outcomes(&guangdong), ["G-1|decided|granted", "G-2|decided|refused", "G-3|decided|granted"]);
}

/// A code of the place takes what follows from its meaning: what begins a procedure ends it, what is no decision charges
/// nothing.
#[test]
fn a_code_of_a_place_leaves_all_that_its_meaning_leaves() {
    let codes = "[[source.front.codes]]\ncolumn = \"TBCXZL\"\ncodes = { A = \"paused\", B = \"extended\" }\n\
                 [[source.front.codes]]\ncolumn = \"BJJGDM\"\ncodes = { 0 = \"withdrawn\" }\n";
    let mut city = city("ex-gdbs", codes);
    city.rounds_on(&["2011-10-27"]);
    let kinds = "SELECT substr(occurred_at, 6, 5), kind FROM case_timeline WHERE case_number = 'G-1'
                 AND kind IN ('paused', 'resumed', 'extended', 'charged', 'withdrawn') ORDER BY occurred_at, kind";
    assert_eq!(city.ledger(kinds), ["10-12|paused", "10-12|extended", "10-18|withdrawn", "10-26|resumed"]);
}
