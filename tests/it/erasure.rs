//! Issue 14.7: personal text is erased from traces, revisions, findings, quarantine and letters, does not come back, and moves no card
//! and no day; who erased what and why stays.

use std::fs;

use jianchad::testing::domain::erased::stays::Stays;
use jianchad::testing::edge::ledger::{Erasure, Whose};
use rusqlite::Connection;

use crate::bench::{Bench, moment};
use crate::suspect::jianchad;

/// What a mapping took of one case: handler, name shown, notes, and a cell that cannot be read.
const TEXTS: [&str; 5] =
    ["钱多多", "周某某的厂房", "申请人周某某补正，电话13800001111", "听证，周某某到场", "周某某的日期"];

/// A city in which A is late and says all of [`TEXTS`], and B says as much of somebody else.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("table = \"cases\"", "table = \"cases\"\nname = \"办件\"\ndisplay = \"applicant\"");
    for (case, [by, shown, note, cause, garbled]) in [
        ("A", TEXTS),
        ("B", ["孙少少", "吴某某的厂房", "申请人吴某某补正", "听证，吴某某到场", "吴某某的日期"]),
    ] {
        city.licence(case, "2011-09-26 10:00:00").event(case, "extended", "", "2011-10-10 10:00:00");
        city.approval(&format!(
            "UPDATE cases SET clerk = '{by}', applicant = '{shown}' WHERE number = '{case}';
             UPDATE events SET clerk = '{by}' WHERE number = '{case}';
             INSERT INTO events (number, kind, stage, at, clerk, note, changed) VALUES
                 ('{case}', 'step', '审查', '2011-09-27 09:00:00', '{by}', '{note}', '2011-09-26 10:00:00'),
                 ('{case}', 'paused', '', '2011-10-11 09:00:00', '{by}', '{cause}', '2011-10-11 10:00:00'),
                 ('{case}', 'resumed', '', '2011-10-12 09:00:00', '{by}', '{cause}', '2011-10-12 10:00:00'),
                 ('{case}', 'step', '审查', '{garbled}', '{by}', NULL, '2011-10-12 10:00:00');",
        ));
    }
    city.rounds_on(&["2011-10-12", "2011-10-13"]);
    city.approval("UPDATE events SET note = note || '。', changed = '2011-10-13 10:00:00' WHERE note <> ''");
    city.rounds_on(&["2011-10-14", "2011-11-01"]);
    city.approval("UPDATE events SET at = '2011-10-12 11:00:00', changed = '2011-11-15 10:00:00' WHERE at = '周某某的日期'");
    city.rounds_on(&["2011-11-16"]);
    city
}

/// Everything that was found and counted, whatever it says of people.
fn facts(city: &Bench) -> Vec<String> {
    [
        "SELECT finding, card, standing, rule, clock, case_number, due_at, raised_at, changed_at, issued, told_at, contested_at FROM findings",
        "SELECT finding, at, event, card FROM finding_history ORDER BY finding, at, event",
        "SELECT case_number, clock, state, started_at, due_at, earliest_due_at, stopped_at, extended FROM deadlines ORDER BY 1, 2",
        "SELECT case_number, clock, at, due_before, due_after FROM deadline_changes",
        "SELECT case_number, kind, stage, occurred_at, recorded_at, first_seen_at, source_row, revision FROM case_timeline ORDER BY 1, 7, 2, 8",
        "SELECT source, source_row, case_number, column_name, open FROM quarantine ORDER BY 1, 2",
        "SELECT case_number, required, present, traces, timed, timely, asked, filled FROM case_measures ORDER BY 1",
    ]
    .iter()
    .flat_map(|sql| city.ledger(sql))
    .collect()
}

/// Which of some texts the ledger's files hold, byte for byte.
fn held<'t>(city: &Bench, texts: &[&'t str]) -> Vec<&'t str> {
    let mut bytes = Vec::new();
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db-journal"] {
        bytes.extend(fs::read(city.path(name)).unwrap_or_default());
    }
    let holds = |text: &&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    texts.iter().copied().filter(holds).collect()
}

fn forget(city: &mut Bench, whose: &[&str]) -> (Option<i32>, String) {
    city.restart();
    let deed = ["--by", "监察员", "--why", "依申请删除", "--yes", "--lang", "zh-CN"];
    jianchad(city, &[&["forget"], whose, &deed].concat())
}

/// 《个人信息保护法》第四十七条: what is erased is in no byte of the ledger, and in no letter that waits or lies in the folder; days, cards,
/// findings and their times are as they were, and so is what is known of everybody else.
#[test]
fn a_case_is_erased_from_every_byte_and_nothing_moves() {
    let mut city = city();
    assert_eq!(held(&city, &TEXTS), TEXTS, "it was there");
    let before = facts(&city);
    for rule in ["time-limit", "dummy-values", "data-fault"] {
        assert!(before.iter().any(|line| line.contains(rule) && line.contains("|A|")), "{rule}: {before:#?}");
    }
    let of_b =
        "SELECT by, note FROM case_timeline WHERE case_number = 'B' ORDER BY source_row, revision, kind";
    let (other, letters) = (city.ledger(of_b), city.letters().len());
    city.restart();
    let scrap =
        "CREATE TABLE scrap (text TEXT); INSERT INTO scrap VALUES ('钱多多 周某某的厂房'); DROP TABLE scrap";
    let db = Connection::open(city.path("ledger.db")).unwrap();
    db.execute_batch(&format!("PRAGMA secure_delete = OFF; {scrap}")).unwrap();
    drop(db);
    let (code, said) = forget(&mut city, &["--case", "A"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(held(&city, &TEXTS), [""; 0], "{said}");
    assert_eq!(facts(&city), before);
    assert_eq!(city.ledger(of_b), other);
    assert!(city.letters().len() < letters, "what lay in the folder with it is gone: {said}");
    let marks =
        city.ledger("SELECT DISTINCT by FROM case_timeline WHERE case_number = 'A' AND by IS NOT NULL");
    assert_eq!(marks.len(), 1, "one handler is one still: {marks:?}");
    assert!(marks[0].starts_with("〔已删除 erased "), "{marks:?}");
    let causes =
        "SELECT count(*) FROM case_timeline WHERE case_number = 'A' AND note LIKE '〔已删除 erased%〕%听证%'";
    assert_eq!(city.ledger(causes), ["4"], "the cause of the special procedure stays");
    let deed = "SELECT what, subject, by, why FROM deeds";
    assert_eq!(city.ledger(deed), ["forget case|A|监察员|依申请删除"]);
    assert_eq!(
        city.ledger("SELECT what, subject, by, why, cases FROM erasures"),
        ["case|A|监察员|依申请删除|1"]
    );
    let explained = jianchad(&city, &["explain", "A", "--lang", "zh-CN"]).1;
    assert!(
        explained.contains("由监察员删除：依申请删除") && explained.contains("已删除 erased"),
        "{explained}"
    );
    // Data keeps its shape: lists, in this order.
    let data = jianchad(&city, &["explain", "A", "--format", "json"]).1;
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let erased: Vec<&str> =
        data["story"]["erased"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
    assert_eq!((erased.len(), &erased[1..]), (3, &["监察员", "依申请删除"][..]), "the day first: {erased:?}");
    assert!(!jianchad(&city, &["explain", "B", "--lang", "zh-CN"]).1.contains("已删除"));
    assert_eq!(city.ledger("PRAGMA integrity_check"), ["ok"]);
}

/// The source still has it, and says it again with every reading, in new rows too: none of it is stored.
#[test]
fn what_was_erased_does_not_come_back() {
    let mut city = city();
    forget(&mut city, &["--case", "A"]);
    let before = facts(&city);
    city.configure("sweep_at = \"never\"", "sweep_at = \"00:00\"");
    city.approval(
        "UPDATE events SET changed = '2011-11-17 08:00:00'; UPDATE cases SET changed = '2011-11-17 08:00:00'",
    );
    city.round("2011-11-17 08:30");
    let (counted, now) =
        (|lines: &[String]| lines.iter().filter(|line| line.contains("|1|")).count(), facts(&city));
    assert_eq!(now.len(), before.len(), "the same rows once more are no change: {}", counted(&now));
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
             VALUES ('A', 'step', '审查', '2011-11-17 09:00:00', '钱多多', '周某某的厂房', '2011-11-17 10:00:00'),
                    ('A', 'step', '审查', '周某某的日期', '钱多多', NULL, '2011-11-17 10:00:00')",
    );
    city.rounds_on(&["2011-11-18", "2011-11-21"]);
    assert_eq!(held(&city, &TEXTS), [""; 0]);
    let marks =
        city.ledger("SELECT DISTINCT by FROM case_timeline WHERE case_number = 'A' AND by IS NOT NULL");
    assert_eq!(marks.len(), 1, "the same handler has the same mark: {marks:?}");
    for letter in city.ledger("SELECT text || subject FROM letters") {
        assert!(TEXTS.iter().all(|text| !letter.contains(text)), "{letter}");
    }
}

const BURSTS: &str =
    "SELECT count(*), sum(standing = 'pending'), sum(weight) FROM finding WHERE rule = 'entry-burst'";

/// A city in which one person typed in the ends of six cases within seconds.
fn burst() -> Bench {
    let mut city = Bench::new();
    city.configure(
        "{ kind_from = \"result\", codes = { granted = \"decided\", refused = \"decided\", withdrawn = \"withdrawn\" }, at = \"finished\" }",
        "{ kind_from = \"result\", codes = { granted = \"decided\", refused = \"decided\", withdrawn = \"withdrawn\" }, at = \"finished\", recorded = \"changed\", by = \"clerk\" }",
    );
    city.rounds_on(&["2011-10-08"]);
    for n in 1..=6 {
        city.licence(&format!("K-{n}"), "2011-10-08 10:00:00");
    }
    city.licence("L-1", "2011-10-08 10:00:00");
    city.approval(
        "UPDATE cases SET clerk = '钱多多'; UPDATE cases SET clerk = '钱多多多' WHERE number = 'L-1'",
    );
    city.round("2011-10-08 12:00");
    for n in 1..=6 {
        city.decided(&format!("K-{n}"), &format!("2011-10-10 10:00:0{n}"));
    }
    city.approval(
        "INSERT INTO events (number, kind, stage, at, clerk, note, changed)
        VALUES ('L-1', 'step', '审查', '2011-10-10 10:00:00', '0731', '送钱多多审', '2011-10-10 10:00:00')",
    );
    city.round("2011-10-10 12:00");
    city.rounds_on(&["2011-10-11"]);
    assert_eq!(city.ledger(BURSTS), ["1|1|6"], "{:?}", city.findings());
    city
}

/// One case of a burst is erased, and the person in it with it: the burst is one still, of as many entries, and no other comes.
#[test]
fn a_case_keeps_its_place_among_others() {
    let mut city = burst();
    let (code, said) = forget(&mut city, &["--case", "K-3"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(city.ledger(BURSTS), ["1|1|6"]);
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(city.ledger(BURSTS), ["1|1|6"], "{:?}", city.findings());
    assert_ne!(city.ledger("SELECT count(*) FROM case_timeline WHERE by = '钱多多'"), ["0"], "of the others");
}

/// Whoever is erased is erased in all cases, and what they do next; who has a longer name is not, and neither is what rules found of
/// many cases together: a burst stays one burst of as many entries.
#[test]
fn a_person_is_erased_in_all_cases_and_the_next() {
    let mut city = burst();
    let (before, weight) =
        (facts(&city).len(), city.ledger("SELECT weight FROM finding WHERE rule = 'entry-burst'"));
    let (code, said) = forget(&mut city, &["--person", "钱多多"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(held(&city, &["送钱多多审"]), [""; 0]);
    let longer = "SELECT count(*) FROM case_timeline WHERE by = '钱多多多'";
    assert_eq!(city.ledger(longer), ["1"], "somebody else's name");
    assert_eq!(city.ledger("SELECT count(DISTINCT by) FROM case_timeline WHERE by LIKE '〔已删除%'"), ["1"]);
    let named = "SELECT count(*) FROM findings AS f JOIN finding_history AS h USING (finding)
                 WHERE f.case_number || h.why || h.why_en || coalesce(h.why_data, '') LIKE '%钱多多 %'";
    assert_eq!(city.ledger(named), ["0"]);
    city.licence("M-1", "2011-10-11 10:00:00");
    city.approval("UPDATE cases SET clerk = '钱多多' WHERE number = 'M-1'");
    city.rounds_on(&["2011-10-12"]);
    assert_eq!(city.ledger("SELECT count(*) FROM case_timeline WHERE by = '钱多多'"), ["0"]);
    assert_eq!(city.ledger("SELECT count(DISTINCT by) FROM case_timeline WHERE by LIKE '〔已删除%'"), ["1"]);
    assert_eq!(city.ledger(BURSTS), ["1|1|6"], "no second one, and it is not over");
    assert_eq!(city.ledger("SELECT weight FROM finding WHERE rule = 'entry-burst'"), weight);
    assert!(facts(&city).len() > before);
    assert!(
        city.ledger("SELECT subject || by || why FROM deeds").iter().all(|deed| !deed.contains("钱多多"))
    );
}

/// Whoever enters it is not the one who is erased, the note of it does not name them, and no name is as short as a word.
#[test]
fn the_note_of_it_names_nobody() {
    let mut city = city();
    city.restart();
    for deed in [["--by", "钱多多", "--why", "本人申请"], ["--by", "监察员", "--why", "钱多多申请"]]
    {
        let (code, said) =
            jianchad(&city, &[&["forget", "--person", "钱多多", "--yes"][..], &deed[..]].concat());
        assert_eq!(code, Some(2), "{said}");
    }
    assert_eq!(forget(&mut city, &["--person", "钱"]).0, Some(2));
    assert_eq!(forget(&mut city, &["--case", "Z"]).0, Some(66));
    assert_eq!(forget(&mut city, &["--case", "A", "--source", "other"]).0, Some(66));
    assert_eq!(forget(&mut city, &["--case", "A", "--person", "钱多多"]).0, Some(2));
    assert_eq!(city.ledger("SELECT count(*) FROM erasures"), ["0"]);
    city.service();
    let deed = ["--by", "监察员", "--why", "依申请删除", "--yes", "--lang", "en"];
    let (code, said) = jianchad(&city, &[&["forget", "--case", "A"][..], &deed].concat());
    assert_ne!(code, Some(0));
    assert!(said.contains("systemctl stop jianchad"), "{said}");
    assert_eq!(held(&city, &TEXTS), TEXTS);
}

/// Supervisors read in the digest who erased what, for a week, and the offices do not; a day after the week it is over.
#[test]
fn the_digest_tells_who_erased_what() {
    let mut city = city();
    let at = moment("2011-11-16 10:00").instant;
    let whose = Whose::Case { number: "A", source: None };
    let stays = Stays { causes: vec!["听证".into()], ..Stays::default() };
    let erasure = Erasure { whose, by: "监察员", why: "依申请删除", at, stays: &stays };
    city.service().ledger.erase(&erasure).unwrap().unwrap();
    let told = |city: &Bench, day: &str, kind: &str| {
        let sql = format!(
            "SELECT count(*) FROM letters WHERE written_at LIKE '{day}%' AND kind {kind} AND text LIKE '%监察员删除了办件 A%'"
        );
        city.ledger(&sql)
    };
    city.rounds_on(&["2011-11-17", "2011-11-22", "2011-11-23", "2011-11-24"]);
    assert_ne!(told(&city, "2011-11-17", "= 'digest'"), ["0"]);
    assert_ne!(told(&city, "2011-11-23", "= 'digest'"), ["0"]);
    assert_eq!(told(&city, "2011-11-24", "= 'digest'"), ["0"]);
    assert_eq!(told(&city, "2011-11", "<> 'digest'"), ["0"]);
}

/// Tables whose history stays, with the columns in which a mark may stand.
const ERASABLE: [(&str, &[&str]); 5] = [
    ("trace", &["by", "note"]),
    ("case_change", &["display"]),
    ("finding_event", &["why", "why_en", "why_data"]),
    ("deadline_change", &["why", "why_en", "why_data"]),
    ("letter", &["subject", "text", "html"]),
];
/// Columns of a letter that change as it is sent.
const OF_SENDING: [&str; 11] = [
    "urgency",
    "kind",
    "to_name",
    "round_id",
    "state",
    "attempts",
    "next_try_at",
    "superseded_at",
    "sent_at",
    "handed_at",
    "capacities",
];
const MARK: &str = "'〔已删除 erased abcdefghabcdefgh〕'";

/// Tries to write each of some values into each column of a table; gives how many tries there were.
fn changes_refused(db: &Connection, table: &str, texts: &[&str], erasing: bool) -> usize {
    let columns: Vec<String> = db
        .prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut tried = 0;
    for column in columns.iter().filter(|it| table != "letter" || !OF_SENDING.contains(&it.as_str())) {
        for value in ["NULL", "'x1'", "7", "''", MARK] {
            let other = format!("SELECT count(*) FROM {table} WHERE {column} IS NOT {value}");
            if db.query_row(&other, [], |row| row.get::<_, i64>(0)).unwrap() == 0 {
                continue;
            }
            db.execute_batch("SAVEPOINT try").unwrap();
            let result = db.execute(&format!("UPDATE {table} SET {column} = {value}"), []);
            db.execute_batch("ROLLBACK TO try; RELEASE try").unwrap();
            let is_text = texts.contains(&column.as_str());
            let may = erasing && is_text && (value == MARK || (column == "html" && value == "''"));
            assert!(result.is_err() || may, "{table}.{column} = {value}, erasing: {erasing}");
            tried += 1;
        }
    }
    assert!(db.execute(&format!("DELETE FROM {table}"), []).is_err(), "{table}");
    tried
}

/// History is append-only as ever: of every table that says so every column is refused without an erasure, and during one all but a
/// mark in the place of a text.
#[test]
fn history_gives_way_to_a_mark_and_to_nothing_else() {
    let city = city();
    let db = Connection::open(city.path("ledger.db")).unwrap();
    db.execute_batch(
        "INSERT INTO case_change (case_id, round_id, item, display) SELECT id, 1, 'I20', '某人' FROM \"case\" LIMIT 1;
         INSERT INTO deadline_change (case_id, clock, round_id, why, why_en, policy, why_data)
             SELECT id, 'promise', 1, 'x', 'x', '', '\"x\"' FROM \"case\" LIMIT 1;",
    )
    .unwrap();
    let refused = |erasing| -> usize {
        ERASABLE.iter().map(|(table, texts)| changes_refused(&db, table, texts, erasing)).sum()
    };
    assert!(refused(false) > 150);
    let begin =
        "INSERT INTO erasure (at, what, subject, why) VALUES ('2011-11-16T10:00:00+08:00', 'case', 'A', 'x')";
    db.execute_batch(begin).unwrap();
    assert!(refused(true) > 150);
    let marked = format!("UPDATE trace SET by = {MARK} WHERE by IS NOT NULL");
    assert!(db.execute(&marked.replace("SET", "SET stage = 'x',"), []).is_err());
    assert!(db.execute(&marked, []).unwrap() > 0, "a mark may");
    db.execute_batch("UPDATE erasure SET done_at = at").unwrap();
    let again = marked.as_str();
    for sql in
        [again, "UPDATE erasure SET why = 'y'", "UPDATE erasure SET done_at = NULL", "DELETE FROM erasure"]
    {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
}

/// `[retention]`: the day before, the day, the day after; of what is still open a case is kept whole.
#[test]
fn what_is_old_goes_on_its_day_and_what_is_open_stays() {
    let mut city = city();
    city.approval(
        "UPDATE events SET at = '2011-10-12 11:00:00', changed = '2011-11-16 10:00:00' WHERE at LIKE '%日期';
         UPDATE cases SET result = 'granted', finished = '2011-11-17 08:00:00', changed = '2011-11-17 08:00:00'",
    );
    city.rounds_on(&["2011-11-17", "2011-11-18"]);
    let pending = |city: &Bench, case: &str| {
        city.ledger(&format!(
            "SELECT finding FROM findings WHERE standing = 'pending' AND case_number = '{case}'"
        ))
    };
    let dismiss = |city: &mut Bench, case: &str| {
        assert_ne!(pending(city, case), [""; 0], "{case}");
        city.restart();
        for finding in pending(city, case) {
            let (code, said) = jianchad(
                city,
                &["card", "review", "--dismiss", &finding, "--by", "监察员", "--why", "核实", "--yes"],
            );
            assert_eq!(code, Some(0), "{said}");
        }
    };
    dismiss(&mut city, "B");
    city.rounds_on(&["2011-11-21"]);
    let of = "SELECT c.number FROM \"case\" AS c JOIN erased_case AS e ON e.case_id = c.id";
    city.rounds_on(&["2012-11-15"]);
    city.configure("[mail]", "[retention]\npersonal_text = \"1y\"\n[mail]");
    city.rounds_on(&["2012-11-16", "2012-11-17"]);
    assert_eq!(city.ledger(of), [""; 0], "kept for a whole year");
    city.rounds_on(&["2012-11-18"]);
    assert_eq!(city.ledger(of), ["B"], "something waits for a supervisor on A: {:?}", city.findings());
    let of_a = "SELECT count(*) FROM case_timeline WHERE by = '钱多多'";
    assert_ne!(city.ledger(of_a), ["0"]);
    dismiss(&mut city, "A");
    city.rounds_on(&["2012-11-19"]);
    assert_eq!(city.ledger(of), ["A", "B"], "{:?}", city.findings());
    assert_eq!(city.ledger(of_a), ["0"]);
    assert_eq!(city.ledger("SELECT what, cases FROM erasures"), ["retention|1"; 2]);
}

/// The words of letters go on their day; that they were written, to whom, and what they told stays.
#[test]
fn the_words_of_old_letters_go_on_their_day() {
    let mut city = city();
    let first = city.ledger("SELECT min(substr(written_at, 1, 10)), count(*) FROM letters");
    city.configure("[mail]", "[retention]\nletters = \"1y\"\n[mail]");
    let (day, _) = first[0].split_once('|').unwrap();
    let day: chrono::NaiveDate = day.parse().unwrap();
    let whole = "SELECT count(*) FROM letters WHERE text LIKE '〔已删除 erased〕%'";
    let year = day.checked_add_months(chrono::Months::new(12)).unwrap();
    for (after, some) in [(0, false), (1, true)] {
        city.rounds_on(&[&(year + chrono::Days::new(after)).to_string()]);
        assert_eq!(city.ledger(whole) != ["0"], some, "{after}");
    }
    let told = "SELECT count(*) FROM letters WHERE text LIKE '〔已删除 erased〕%' AND to_address <> '' AND written_at <> ''";
    assert_eq!(city.ledger(told), city.ledger(whole));
    assert_eq!(city.ledger("SELECT DISTINCT what FROM erasures"), ["letters"]);
}

/// Years, or never: anything else is refused with what it may be.
#[test]
fn how_long_text_is_kept_is_said_in_years() {
    let city = Bench::new();
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    for (value, taken) in [
        ("never", true),
        ("1y", true),
        ("100y", true),
        ("0y", false),
        ("101y", false),
        ("30d", false),
        ("5", false),
    ] {
        city.write("jianchad.toml", &format!("{text}\n[retention]\npersonal_text = \"{value}\"\n"));
        let (code, said) = jianchad(&city, &["check-config"]);
        assert_eq!(code == Some(0), taken, "{value}: {said}");
    }
}

/// While somebody reads the ledger its log of changes is kept: that is said, and the same command ends it later.
#[test]
fn bytes_that_a_reader_keeps_are_told() {
    let mut city = city();
    city.restart();
    let reader = Connection::open(city.path("ledger.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM trace").unwrap();
    let (code, said) = forget(&mut city, &["--case", "A"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("仍留有部分字节") && said.contains("关闭所有正在读取台账的程序"), "{said}");
    assert_ne!(held(&city, &TEXTS), [""; 0]);
    drop(reader);
    city.rounds_on(&["2011-11-17"]);
    let told = "SELECT count(*) FROM letters WHERE kind = 'digest' AND written_at LIKE '2011-11-17%' AND text LIKE '%仍留有部分字节%'";
    assert_ne!(city.ledger(told), ["0"], "the digest says it daily");
    assert_eq!(forget(&mut city, &["--case", "A"]).0, Some(0));
    assert_eq!(held(&city, &TEXTS), [""; 0]);
    city.rounds_on(&["2011-11-18"]);
    assert_eq!(city.ledger(&told.replace("11-17", "11-18")), ["0"]);
}
