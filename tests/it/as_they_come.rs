//! Issue 13: records as they come. Numbers, items, units and files in the shapes that offices and spreadsheets give them.

use std::fs;
use std::io::Write;

use crate::alike::with_halls;
use crate::bench::Bench;

const HEAD: &str = "no,item,accepted,decided\n";

/// Halls that read one file, with lines of their own in the source and in the read.
fn halls(path: &str, source: &str, read: &str) -> Bench {
    let mut city = with_halls(path);
    city.configure("settle = \"0s\"", &format!("settle = \"0s\"\n{source}"));
    city.configure("shape = \"wide\"", &format!("shape = \"wide\"\n{read}"));
    city
}

fn cases(city: &Bench) -> Vec<String> {
    city.ledger(
        "SELECT case_number || ' ' || item_code || ' ' || coalesce(unit_code, '') FROM cases ORDER BY 1",
    )
}

fn set_aside(city: &Bench) -> Vec<String> {
    city.ledger("SELECT reason FROM quarantine WHERE open ORDER BY source_row")
}

/// What a spreadsheet puts around a number comes off, and a number that it has damaged is no number: two cases that were written
/// alike are not taken for one.
#[test]
fn numbers_come_as_spreadsheets_write_them() {
    let mut city = with_halls("hall.csv");
    let row = |number: &str| format!("{number},I20,2011-10-10,\n");
    let numbers = ["\"=\"\"431002\"\"\"", "'431003", "4.31002E+17", "4.31002E+17"].map(row).concat();
    city.write("hall.csv", &format!("{HEAD}{numbers}"));
    city.round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["431002 I20 U1", "431003 I20 U1"]);
    let refused = set_aside(&city);
    assert_eq!(refused.len(), 2);
    assert!(refused[0].contains("scientific form"), "{refused:?}");
}

/// A number made of two columns is known by both; a row that lacks one of them is set aside.
#[test]
fn a_number_may_be_made_of_two_columns() {
    let mut city = with_halls("hall.csv");
    city.configure("case = \"no\"", "case = [\"file\", \"no\"]");
    let row = |file: &str, number: &str| format!("{file},{number},I20,2011-10-10,\n");
    let rows = [row("甲", "1"), row("乙", "1"), row("甲/1", "2"), row("甲", "1/2"), row("", "3")].concat();
    city.write("hall.csv", &format!("file,{HEAD}{rows}"));
    city.round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["乙/1 I20 U1", "甲/1 I20 U1", "甲/1\\/2 I20 U1", "甲\\/1/2 I20 U1"]);
    assert_eq!(set_aside(&city).len(), 1);
}

/// A row that names no item, or one that the catalogue does not know, has the item of all rows; without that it is in doubt.
#[test]
fn an_item_that_is_not_known_falls_back() {
    let rows = "A1,I60,2011-10-10,\nA2,,2011-10-10,\nA3,无,2011-10-10,\nA4,XX,2011-10-10,\n";
    let mut city = halls("hall.csv", "", "item_is = \"I20\"");
    city.write("hall.csv", &format!("{HEAD}{rows}"));
    city.round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["A1 I60 U2", "A2 I20 U1", "A3 I20 U1", "A4 I20 U1"]);
    assert_eq!(city.findings(), [""; 0]);
    let mut city = with_halls("hall.csv");
    city.write("hall.csv", &format!("{HEAD}{rows}"));
    city.round("2011-10-11 09:05");
    assert_eq!(
        city.ledger("SELECT subject FROM finding WHERE rule = 'data-fault' ORDER BY 1"),
        ["A2", "A3", "A4"]
    );
}

/// The unit stands in the file's name, or is the same for all rows; a column of its own goes before both.
#[test]
fn a_unit_may_stand_in_the_name_of_a_file() {
    let mut city =
        halls("drop", "", "unit = \"unit\"\nunit_is = \"U1\"\nunit_from_file = \"办件_{unit}_*.csv\"");
    let head = HEAD.trim_end();
    for (file, rows) in [
        ("办件_U2_10.csv", "A1,I20,2011-10-10,,\nA2,I20,2011-10-10,,U3\n"),
        ("其他.csv", "A3,I20,2011-10-10,,\n"),
    ] {
        city.write(&format!("drop/{file}"), &format!("{head},unit\n{rows}"));
    }
    city.round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["A1 I20 U2", "A2 I20 U3", "A3 I20 U1"]);
}

/// A title above the header, a line `sep=` and both; the header is where the spreadsheet shows it.
#[test]
fn a_header_may_stand_below_a_title() {
    let row = "A1,I20,2011-10-10,\n";
    for (text, header_row) in [
        (format!("sep=,\n{HEAD}{row}"), 1),
        (format!("sep=;\n{HEAD}{row}").replace(',', ";"), 1),
        (format!("某县办件统计表,,,\n{HEAD}{row}"), 2),
        (format!("某县办件统计表\n\n{HEAD}{row}"), 3),
        (format!("sep=,\n某县办件统计表,,,\n{HEAD}{row}"), 2),
    ] {
        let mut city = halls("hall.csv", &format!("header_row = {header_row}"), "");
        city.write("hall.csv", &text);
        city.round("2011-10-11 09:05");
        assert_eq!(cases(&city), ["A1 I20 U1"], "{text}");
    }
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

/// A packed file is read; what stands in the folder and is not read is named, and so is a folder in it until it is asked for.
#[test]
fn what_a_folder_holds_is_read_or_named() {
    let row = |number: &str| format!("{HEAD}{number},I20,2011-10-10,\n");
    let mut city = with_halls("drop");
    city.write("drop/a.csv", &row("A1")).write("drop/sub/b.csv", &row("B1"));
    city.write("drop/list.xlsx", "").write("drop/later.csv.part", "").write("drop/.hidden", "");
    fs::write(city.path("drop/c.csv.gz"), packed(&row("C1"))).unwrap();
    city.round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["A1 I20 U1", "C1 I20 U1"]);
    let health = "SELECT state || ' ' || coalesce(passed_over, '') FROM source_health";
    assert_eq!(city.ledger(health), ["ok list.xlsx, sub/"]);
    city.configure("settle = \"0s\"", "settle = \"0s\"\nrecursive = true");
    city.round("2011-10-11 10:05");
    assert_eq!(cases(&city), ["A1 I20 U1", "B1 I20 U1", "C1 I20 U1"]);
    assert_eq!(city.ledger(health), ["ok list.xlsx"]);
    fs::write(city.path("drop/c.csv.gz"), &packed(&row("C2"))[..20]).unwrap();
    city.round("2011-10-11 10:35");
    assert_eq!(city.ledger("SELECT state FROM source_health"), ["ok"], "it is still being written");
    let file = fs::File::options().append(true).open(city.path("drop/c.csv.gz")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_318_000_000)).unwrap();
    city.round("2011-10-11 11:05");
    assert_eq!(city.ledger("SELECT state FROM source_health"), ["incomplete"], "it breaks off");
}

/// A folder from which every file is gone is a share that is not mounted: nothing is judged until one is there again. One file of
/// several may go.
#[test]
fn an_emptied_folder_is_dark() {
    let mut city = with_halls("drop");
    city.write("drop/a.csv", &format!("{HEAD}A1,I20,2011-10-10,\n"));
    city.write("drop/b.csv", &format!("{HEAD}B1,I20,2011-10-10,\n"));
    let state = |city: &Bench| city.ledger("SELECT state FROM source_health").concat();
    city.round("2011-10-11 09:05");
    fs::remove_file(city.path("drop/a.csv")).unwrap();
    city.round("2011-10-11 10:05");
    assert_eq!(state(&city), "ok");
    fs::remove_file(city.path("drop/b.csv")).unwrap();
    city.round("2011-10-11 11:05");
    assert_eq!(state(&city), "dark");
    city.write("drop/b.csv", &format!("{HEAD}B1,I20,2011-10-10,2011-10-11\n"));
    city.round("2011-10-11 12:05");
    assert_eq!(state(&city), "ok");
    let never = &mut with_halls("drop");
    fs::create_dir(never.path("drop")).unwrap();
    never.round("2011-10-11 09:05");
    assert_eq!(state(never), "ok", "a folder in which nothing was yet is a quiet day");
}

/// Text in another encoding costs nothing where the encoding is said, else what cannot be read of it; a case number costs its row.
#[test]
fn garbled_text_is_kept_as_far_as_it_can_be_read() {
    let mut city = Bench::new();
    city.approval(
        "INSERT INTO cases (number, item, clerk, accepted, changed) VALUES
         ('A1', 'I20', CAST(x'D5C5C8FD31' AS TEXT), '2011-10-10', '2011-10-10 09:00'),
         (CAST(x'D5C5' AS TEXT), 'I20', '0731', '2011-10-10', '2011-10-10 09:00')",
    );
    city.round("2011-10-11 09:05");
    let by = |city: &Bench| city.ledger("SELECT by FROM case_timeline WHERE kind = 'accepted' AND current");
    assert_eq!(by(&city), ["\u{fffd}\u{fffd}\u{fffd}\u{fffd}1"]);
    assert_eq!(city.findings(), [""; 0]);
    assert_eq!(
        city.ledger("SELECT garbled || '|' || coalesce(taken_for_nothing, '') FROM source_health"),
        ["clerk × 1|"]
    );
    assert_eq!(set_aside(&city).len(), 1);
    city.configure("path = \"approval.db\"", "path = \"approval.db\"\nencoding = \"gb18030\"");
    city.round("2011-10-11 10:05");
    assert_eq!(by(&city), ["张三1", "0731"]);
    assert_eq!(city.ledger("SELECT coalesce(garbled, '') FROM source_health"), [""]);
    assert_eq!(city.ledger("SELECT rule FROM findings WHERE rule = 'changed-after-fact'"), [""; 0]);
}

/// A broken byte in a CSV file costs its cell and no other.
#[test]
fn a_broken_byte_costs_its_cell() {
    let mut city = with_halls("hall.csv");
    city.configure("at = \"accepted\"", "at = \"accepted\", by = \"clerk\"");
    let text = format!("{},clerk\nA1,I20,2011-10-10,,张三审核员\nA2,I20,2011-10-10,,张?\n", HEAD.trim_end());
    let mut bytes = text.into_bytes();
    let broken = bytes.iter().rposition(|byte| *byte == b'?').unwrap();
    bytes[broken] = 0xff;
    fs::write(city.path("hall.csv"), bytes).unwrap();
    city.round("2011-10-11 09:05");
    assert_eq!(
        city.ledger("SELECT by FROM case_timeline ORDER BY case_number"),
        ["张三审核员", "张\u{fffd}"]
    );
    assert_eq!(city.findings(), [""; 0]);
}

/// An event log in the encoding that it declares; events that stand outside a trace are counted.
#[test]
fn an_event_log_says_its_encoding() {
    let log = "<?xml version=\"1.0\" encoding=\"GBK\"?>\n<log><event><string key=\"concept:name\" value=\"受理\"/></event>\n\
               <trace><string key=\"concept:name\" value=\"A1\"/><event><string key=\"concept:name\" value=\"受理\"/>\
               <date key=\"time:timestamp\" value=\"2011-10-10T09:00:00+08:00\"/></event></trace></log>";
    let mut city = Bench::new();
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let source = "[source.log]\nkind = \"xes\"\npath = \"log.xes\"\nsettle = \"0s\"\n[[source.log.read]]\nshape = \"long\"\n\
                  case = \"case:concept:name\"\nitem_is = \"I20\"\ntraces = [{ kind_from = \"concept:name\", \
                  codes = { \"受理\" = \"accepted\" }, at = \"time:timestamp\" }]\n";
    city.write("jianchad.toml", &format!("{text}\n{source}"));
    fs::write(city.path("log.xes"), encoding_rs::GBK.encode(log).0).unwrap();
    city.restart().round("2011-10-11 09:05");
    assert_eq!(cases(&city), ["A1 I20 U1"]);
    assert_eq!(
        set_aside(&city),
        ["log.xes: 1 events stand outside any trace, so nobody knows of which case they are"]
    );
}

/// A further read and evidence find their case by its number but for the spelling; `match_exactly` turns that off, and two cases of
/// one spelling are never guessed between.
#[test]
fn keys_find_their_case_whatever_their_spelling() {
    let fees = "[source.fees]\nkind = \"csv\"\npath = \"fees.csv\"\nsettle = \"0s\"\n[[source.fees.evidence]]\nkey = \"no\"\n\
                at = \"paid\"\nmatch = \"number\"\n{exactly}\n";
    for exactly in [false, true] {
        let mut city = Bench::new();
        let line = if exactly { "match_exactly = true" } else { "" };
        let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
        let text = text.replace("key = [\"id\"]", &format!("key = [\"id\"]\n{line}"));
        city.write("jianchad.toml", &format!("{text}\n{}", fees.replace("{exactly}", line)));
        city.write("fees.csv", "no,paid\n建(2011) 1号,2011-10-10\n建（2011）2号,2011-10-10\n");
        city.accepted("建〔2011〕1号", "I20", "2011-10-10 09:00");
        city.accepted("建〔2011〕2号", "I20", "2011-10-10 09:00").accepted(
            "建[2011]2号",
            "I20",
            "2011-10-10 09:00",
        );
        city.event("建【2011】1号", "step", "审查", "2011-10-10 10:00");
        city.restart().round("2011-10-11 09:05");
        let steps = city.ledger("SELECT case_number FROM case_timeline WHERE kind = 'step'");
        let matched = city.ledger("SELECT key || ' ' || case_number FROM evidence_matches WHERE case_number IS NOT NULL ORDER BY key");
        if exactly {
            assert_eq!((steps, matched), (vec!["建【2011】1号".to_owned()], Vec::new()));
        } else {
            assert_eq!(steps, ["建〔2011〕1号"]);
            assert_eq!(matched.len(), 2, "{matched:?}");
            assert_eq!(matched[0], "建(2011) 1号 建〔2011〕1号");
        }
    }
}

/// A log in which a special procedure has no end of its own: whatever comes next of its case ends it, and the limit goes on from there;
/// as long as nothing comes it lasts. Without the setting it lasts on.
#[test]
fn a_pause_may_end_with_whatever_comes_next() {
    for (resumes, due) in [(", resumes = \"any\"", "2011-10-25"), ("", "")] {
        let mut city = with_halls("log.csv");
        city.configure("shape = \"wide\"", "shape = \"long\"");
        let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
        let (before, _) = text.split_once("traces = ").unwrap();
        let traces = "traces = [{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\", p = \"paused\", d = \"decided\" }, at = \"at\", \
                      stage = \"stage\", note = \"note\"";
        city.write("jianchad.toml", &format!("{before}{traces}{resumes} }}]\n"));
        let rows = ["a,,2011-09-26 09:00,", "p,检测,2011-09-28 10:00,特告1号"];
        let rows = rows.map(|row| format!("L1,I20,{row}\n")).concat();
        let head = "no,item,what,stage,at,note\n";
        city.write("log.csv", &format!("{head}{rows}"));
        city.restart().round("2011-09-30 09:05");
        let promise = "SELECT coalesce(due_at, '') || ' ' || state FROM deadlines WHERE clock = 'promise'";
        assert_eq!(city.ledger(promise), [" paused"], "{resumes}");
        city.write("log.csv", &format!("{head}{rows}L1,I20,s,审查,2011-10-12 10:00,\n"));
        city.round("2011-10-17 09:05");
        let state = if resumes.is_empty() { "paused" } else { "running" };
        assert_eq!(city.ledger(promise), [format!("{due} {state}")], "{resumes}");
        let unpaired =
            city.ledger("SELECT rule FROM findings WHERE rule IN ('special-unpaired', 'doubtful-fact')");
        assert_eq!(unpaired, [""; 0], "{resumes}");
    }
}

/// Evidence finds the case in whose note its key stands, whatever the spelling of either; not where `match_exactly` is set.
#[test]
fn a_key_in_a_note_is_found_whatever_its_spelling() {
    let tickets = "[source.tickets]\nkind = \"csv\"\npath = \"tickets.csv\"\nsettle = \"0s\"\n[[source.tickets.evidence]]\nkey = \"no\"\n\
                   at = \"taken\"\nmatch = \"accepted\"\n{exactly}\n";
    for exactly in [false, true] {
        let mut city = Bench::new();
        city.configure("by = \"clerk\" },", "by = \"clerk\", note = \"applicant\" },");
        let line = if exactly { "match_exactly = true" } else { "" };
        let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
        city.write("jianchad.toml", &format!("{text}\n{}", tickets.replace("{exactly}", line)));
        city.write(
            "tickets.csv",
            "no,taken\n票[2011]１号,2011-10-10\n票〔2011〕2号,2011-10-10\n票(2011)3号,2011-10-10\n",
        );
        for (number, note) in [("A", "票〔2011〕 1号"), ("B", "票〔2011〕2号"), ("C", "票〔2011〕③号")]
        {
            city.accepted(number, "I20", "2011-10-10 09:00");
            city.approval(&format!("UPDATE cases SET applicant = '{note}' WHERE number = '{number}'"));
        }
        city.restart().round("2011-10-11 09:05");
        let matched =
            city.ledger("SELECT case_number FROM evidence_matches WHERE case_number IS NOT NULL ORDER BY 1");
        assert_eq!(matched, if exactly { vec!["B"] } else { vec!["A", "B", "C"] });
    }
}

/// Milliseconds put events in order, whichever way the rows go, and are kept. A file that comes to have them says nothing new.
#[test]
fn milliseconds_put_events_in_order() {
    let mut city = with_halls("log.csv");
    city.configure("shape = \"wide\"", "shape = \"long\"");
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("traces = ").unwrap();
    let traces = "key = [\"id\"]\ntraces = [{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\", p = \"paused\", r = \"resumed\" }, \
                  at = \"at\", note = \"note\" }]\n";
    city.write("jianchad.toml", &format!("{before}{traces}"));
    let rows = |fractions: [&str; 2]| {
        let [ended, begun] = fractions;
        format!(
            "id,no,item,what,at,note\n1,L1,I20,a,2011-09-26 09:00:00,\n2,L1,I20,s,2011-09-28 11:00:00,\n3,L1,I20,s,2011-09-28 10:30:00,\n\
             4,L1,I20,r,2011-09-28 10:00:00{ended},\n5,L1,I20,p,2011-09-28 10:00:00{begun},听证告知1号\n"
        )
    };
    let unpaired = "SELECT rule FROM findings WHERE rule IN ('special-unpaired', 'changed-after-fact')";
    city.write("log.csv", &rows(["", ""]));
    city.restart().round("2011-09-29 09:05");
    city.write("log.csv", &rows([".900", ".100"]));
    city.round("2011-09-29 10:05");
    assert_eq!(
        city.ledger("SELECT count(*), max(revision) FROM case_timeline"),
        ["5|1"],
        "it says what it said"
    );
    assert_eq!(city.ledger(unpaired), [""; 0]);
    let mut city = with_halls("log.csv");
    city.write("jianchad.toml", &format!("{before}{traces}"));
    city.write("log.csv", &rows([".100", ".900"]));
    city.restart().round("2011-09-29 09:05");
    assert_eq!(city.ledger(unpaired), ["special-unpaired"], "it ended before it began");
    city.write("log.csv", &rows([".900", ".100"]));
    city.round("2011-09-29 10:05");
    assert_eq!(city.ledger("SELECT standing FROM findings WHERE rule = 'special-unpaired'"), ["resolved"]);
    let begun = city.ledger("SELECT occurred_at FROM case_timeline WHERE kind = 'paused' AND current");
    assert_eq!(begun, ["2011-09-28T10:00:00.100+08:00"]);
}

/// The start and the end of an activity are joined: a step counts once, when it is complete, and a special procedure lasts from its start
/// to its end. A row that says nothing of the sort is an end.
#[test]
fn start_and_end_of_an_activity_are_joined() {
    let mut city = with_halls("log.csv");
    city.configure("shape = \"wide\"", "shape = \"long\"");
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let (before, _) = text.split_once("traces = ").unwrap();
    let traces = "traces = [{ kind_from = \"what\", codes = { a = \"accepted\", s = \"step\", p = \"paused\", d = \"decided\" }, at = \"at\", \
                  stage = \"stage\", note = \"note\", lifecycle = \"transition\" }]\n";
    city.write("jianchad.toml", &format!("{before}{traces}"));
    let rows = [
        "a,,,2011-09-26 09:00,",
        "s,审查,start,2011-09-27 09:00,",
        "s,审查,complete,2011-09-28 09:00,",
        "p,检测,start,2011-09-28 10:00,特告1号",
        "p,检测,suspend,2011-10-08 10:00,",
        "p,检测,COMPLETE,2011-10-14 10:00,",
    ];
    let rows = rows.map(|row| format!("L1,I20,{row}\n")).concat();
    city.write("log.csv", &format!("no,item,what,stage,transition,at,note\n{rows}"));
    city.restart().round("2011-10-17 09:05");
    let timeline = city
        .ledger("SELECT kind || ' ' || substr(occurred_at, 6, 5) FROM case_timeline ORDER BY occurred_at");
    assert_eq!(timeline, ["accepted 09-26", "step 09-28", "paused 09-28", "resumed 10-14"]);
    assert_eq!(city.ledger("SELECT due_at FROM deadlines WHERE clock = 'statutory'"), ["2011-11-10"]);
}
