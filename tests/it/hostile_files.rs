//! What others put where files are looked for: links, pipes, bombs. docs/reliability.md names each attack.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bench::Bench;

const DROP: &str = r#"[source.drop]
kind = "csv"
path = "drop"
settle = "0s"
[[source.drop.read]]
shape = "wide"
case = "number"
item_is = "I20"
traces = [{ kind = "accepted", at = "accepted", by = "by" }, { kind = "decided", at = "decided" }]
[source.approval]"#;

const LOG: &str = r#"[source.log]
kind = "xes"
path = "log"
settle = "0s"
[[source.log.read]]
shape = "wide"
case = "case:concept:name"
item_is = "I20"
traces = [{ kind = "accepted", at = "case:startdate" }]
[source.approval]"#;

const HEAD: &str = "<?xml version=\"1.0\"?>\n<log>\n";
const GOOD: &str = "<trace><string key=\"concept:name\" value=\"G\"/><date key=\"startdate\" value=\"2011-09-26T10:00:00+08:00\"/></trace>\n";

/// What stands in a secret, and nowhere else.
const SECRET: &str = "hunter2-correct-horse";

/// A folder in which a case lies that is late on 2011-10-26.
fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", DROP);
    city.write("drop/a.csv", &late("A"));
    city
}

fn late(number: &str) -> String {
    format!("number,accepted,decided,by\n{number},2011-09-26 10:00:00,,王五\n")
}

/// The program in the city's folder, with whatever stands before it. One that has not ended after two minutes hangs.
fn run(city: &Bench, before: &str, arguments: &[&str]) -> Output {
    let said = Command::new("sh")
        .args(["-c", &format!("{before} exec timeout --kill-after=1 120 \"$@\""), "sh"])
        .arg(env!("CARGO_BIN_EXE_jianchad"))
        .args(arguments)
        .args(["--config".as_ref(), city.path("jianchad.toml").as_os_str()])
        .env("JIANCHAD_LANG", "en")
        .output()
        .unwrap();
    assert_ne!(said.status.code(), Some(124), "{arguments:?} hangs");
    said
}

/// A round of the program.
fn once(city: &Bench, at: &str) -> Output {
    run(city, "", &["once", "--at", at])
}

fn health(city: &Bench, source: &str) -> String {
    city.ledger(&format!("SELECT state || ': ' || message FROM source_health WHERE source = '{source}'"))
        .join("")
}

fn cards(city: &Bench) -> Vec<String> {
    city.ledger("SELECT case_number || ' ' || card FROM findings WHERE rule = 'time-limit' ORDER BY 1")
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Whether a text stands in the ledger, in its log, in a letter, or in what was said.
fn is_told(city: &Bench, said: &Output, text: &str) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    let mut files = vec![city.path("ledger.db"), city.path("ledger.db-wal")];
    files.extend(fs::read_dir(city.path("mail")).into_iter().flatten().map(|entry| entry.unwrap().path()));
    let written = city.ledger("SELECT text || html FROM letter").join("\n");
    files.iter().any(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes)))
        || [&said.stdout[..], &said.stderr, written.as_bytes()].iter().any(|bytes| holds(bytes))
}

/// Issue 14.3: a link out of the folder is not followed, so that who may write into the folder reads nothing that jianchad may read.
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let city = city();
    city.write("secret", &format!("{SECRET},x\n"));
    symlink("../secret", city.path("drop/x.csv")).unwrap();
    let said = once(&city, "2011-10-26T09:05");
    assert!(health(&city, "drop").contains("x.csv: it is a symbolic link that leads out of the folder"));
    assert!(!is_told(&city, &said, SECRET));
    assert_eq!(cards(&city), ["A yellow"], "the others are judged");
}

/// A link inside the folder is read, by its own name.
#[test]
fn a_link_inside_the_folder_is_read() {
    let city = city();
    city.write("drop/kept/b", &late("B"));
    symlink("kept/b", city.path("drop/b.csv")).unwrap();
    once(&city, "2011-10-26T09:05");
    assert_eq!(health(&city, "drop"), "");
    assert_eq!(cards(&city), ["A yellow", "B yellow"]);
}

/// A header that the mapping does not know may be anything: it is counted, and stands nowhere.
#[test]
fn an_unknown_header_is_counted_and_not_quoted() {
    let twice = format!("number,accepted,decided,by,{SECRET},{SECRET}\n1,2,,,,\n");
    for (text, is_fault) in [(format!("{SECRET},x\n1,2\n"), true), (twice, false)] {
        let city = city();
        city.write("drop/x.csv", &text);
        let said = once(&city, "2011-10-26T09:05");
        let health = health(&city, "drop");
        assert_eq!(health.contains("not shown here"), is_fault, "{health}");
        assert!(!is_told(&city, &said, SECRET));
    }
    let mut city = Bench::new();
    city.configure("[source.approval]", LOG);
    city.write("log/x.xes", &format!("{HEAD}<trace><string key=\"{SECRET}\" value=\"1\"/></trace></log>"));
    let said = once(&city, "2011-10-26T09:05");
    assert!(health(&city, "log").contains("1 others, which are not shown here"), "{}", health(&city, "log"));
    assert!(!is_told(&city, &said, SECRET));
}

/// What is no file holds nothing: it alone is named, and every case is judged.
#[test]
fn what_is_no_file_is_named_and_holds_up_nothing() {
    type Kind = (&'static str, fn(&Path), &'static str);
    let kinds: [Kind; 6] = [
        ("circle", |path| symlink(path.file_name().unwrap(), path).unwrap(), "leads nowhere, or in a circle"),
        ("nowhere", |path| symlink("absent", path).unwrap(), "leads nowhere, or in a circle"),
        ("device", |path| symlink("/dev/zero", path).unwrap(), "leads out of the folder"),
        ("pipe", pipe, "it is a named pipe"),
        ("socket", |path| drop(UnixListener::bind(path).unwrap()), "it is a socket"),
        ("folder", |path| fs::create_dir(path).unwrap(), "it is a folder"),
    ];
    for (name, plant, what) in kinds {
        let city = city();
        plant(&city.path("drop/x.csv"));
        once(&city, "2011-10-26T09:05");
        assert!(health(&city, "drop").contains(what), "{name}: {}", health(&city, "drop"));
        assert!(health(&city, "drop").contains("x.csv"), "{name}");
        assert_eq!(cards(&city), ["A yellow"], "{name}");
    }
}

/// `path` itself may be no file: nothing waits for a pipe, and reads of a device without an end.
#[test]
fn a_path_that_is_no_file_is_refused_at_once() {
    let other = DROP.replace("path = \"drop\"", "path = \"thing\"");
    for (declared, source, place) in [
        (other.as_str(), "drop", "thing"),
        (&LOG.replace("path = \"log\"", "path = \"thing\""), "log", "thing"),
        ("[source.approval]", "approval", "approval.db"),
    ] {
        for plant in [pipe as fn(&Path), |path| symlink("/dev/zero", path).unwrap()] {
            let mut city = Bench::new();
            city.configure("[source.approval]", declared);
            drop(fs::remove_file(city.path(place)));
            plant(&city.path(place));
            once(&city, "2011-10-26T09:05");
            assert!(health(&city, source).contains(", and no file"), "{source}: {}", health(&city, source));
        }
    }
}

/// Files of settings: the program ends with what is wrong, and waits for nobody.
#[test]
fn settings_that_are_no_file_are_refused_at_once() {
    for (file, key) in [
        ("registry/items.csv", ""),
        ("jianchad.toml", ""),
        ("calendar.d/2012.toml", ""),
        ("statutes/x.toml", "statutes = \"statutes\"\n"),
        ("key.pem", "[mail.dkim]\nselector = \"a\"\nkey_file = \"key.pem\"\n"),
        (
            "password",
            "[mail.smtp]\nhost = \"mail.example.gov.cn\"\nuser = \"a\"\npassword_file = \"password\"\n",
        ),
        ("pages/alert.txt", "[mail]\ntemplates = \"pages\"\n"),
    ] {
        let mut city = if key.starts_with("[mail.smtp]") { Bench::with(key) } else { Bench::new() };
        if key.starts_with("[mail.dkim]") {
            city.configure("[source.approval]", &format!("{key}[source.approval]"));
        } else if key.starts_with("[mail]") {
            city.configure("[mail]\n", key);
        } else if !key.is_empty() && !key.starts_with('[') {
            city.configure("office", &format!("{key}office"));
        }
        city.write(file, "");
        fs::remove_file(city.path(file)).unwrap();
        pipe(&city.path(file));
        let said = run(&city, "", &["check-config"]);
        let text =
            format!("{}{}", String::from_utf8_lossy(&said.stdout), String::from_utf8_lossy(&said.stderr));
        assert_eq!(said.status.code(), Some(78), "{file}: {text}");
        assert!(text.contains("it is a named pipe, and no file"), "{file}: {text}");
    }
}

/// One file cannot be read: its cases wait, the others are judged; once it can be read its own are.
#[test]
fn a_file_that_cannot_be_read_holds_up_its_own_cases_alone() {
    let mut city = city();
    city.write("drop/b.csv", &late("B"));
    city.rounds_on(&["2011-10-10"]);
    assert_eq!(cards(&city), [""; 0]);
    fs::rename(city.path("drop/b.csv"), city.path("b.csv")).unwrap();
    fs::create_dir(city.path("drop/b.csv")).unwrap();
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(cards(&city), ["A yellow"]);
    assert!(health(&city, "drop").contains("drop/b.csv: it is a folder"), "{}", health(&city, "drop"));
    assert_eq!(city.ledger("SELECT count(*) FROM vanished"), ["0"], "what it told before stays");
    fs::remove_dir(city.path("drop/b.csv")).unwrap();
    fs::rename(city.path("b.csv"), city.path("drop/b.csv")).unwrap();
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(cards(&city), ["A yellow", "B yellow"]);
    assert_eq!(health(&city, "drop"), "");
}

/// A line that is no text: so many of them make a file that is none.
const NO_TEXT: &str = "\0\0\n";

/// What of a source was judged, and until when the rest waits: cards and, of the message, the day.
fn waits(city: &Bench) -> (Vec<String>, Option<String>) {
    let said = health(city, "drop");
    let day = said.split_once("are not judged until ").map(|(_, day)| day[..10].to_owned());
    (cards(city), day)
}

/// Issue 13.1: a spoilt file that was never read may tell of any case, also after rows that could be read. No card comes for what it may
/// hold, for as long as an answer may take; then all are judged by the rest.
#[test]
fn a_new_file_that_is_spoilt_holds_up_every_case_for_a_while() {
    let spoilt = |before: &str| format!("number,accepted,decided,by\n{before}{}", NO_TEXT.repeat(20));
    for (second, before) in [("B", ""), ("A", ""), ("B", "D,2011-10-24 10:00:00,,王五\n")] {
        let mut city = city();
        city.write("drop/b.csv", &late(second));
        fs::write(city.path("drop/c.csv"), spoilt(before)).unwrap();
        let until = Some("2011-11-02".to_owned());
        for day in ["2011-10-26", "2011-10-27", "2011-11-02"] {
            city.rounds_on(&[day]);
            assert_eq!(waits(&city), (vec![], until.clone()), "{second} {before} {day}");
        }
        assert!(health(&city, "drop").contains("drop/c.csv, line"), "{}", health(&city, "drop"));
        city.rounds_on(&["2011-11-03"]);
        let late: &[&str] =
            if second == "B" { &["A red", "A yellow", "B red", "B yellow"] } else { &["A red", "A yellow"] };
        assert_eq!(cards(&city), late, "{before}");
        let said = health(&city, "drop");
        assert!(said.contains("c.csv") && said.contains("no case waits for it"), "{said}");
    }
}

/// A folder of daily increments: the file that lay there spoilt ended the case in time, and no card ever comes of it. The administrators
/// are told when it is found, and the digest says so to whoever supervises.
#[test]
fn a_spoilt_increment_that_ended_a_case_gives_no_card() {
    let mut city = city();
    city.rounds_on(&["2011-10-10"]);
    fs::write(
        city.path("drop/c.csv"),
        format!(
            "number,accepted,decided,by\nA,2011-09-26 10:00:00,2011-10-12 10:00:00,\n{}",
            NO_TEXT.repeat(20)
        ),
    )
    .unwrap();
    city.rounds_on(&["2011-10-26", "2011-10-28"]);
    assert_eq!(waits(&city), (vec![], Some("2011-11-02".to_owned())));
    let told = |kind: &str, of: &str| {
        city.ledger(&format!("SELECT to_address FROM letters WHERE kind = '{kind}' AND text LIKE '%{of}%'"))
            .join(" ")
    };
    let alerted = told("alert", "c.csv%2011-11-02");
    assert!(alerted.split(' ').all(|reader| reader == "admin@example.gov.cn"), "{alerted}");
    let readers = told("digest", "办件自 2011-10-26 09:05 起暂缓判定");
    assert!(readers.contains("supervisor@"), "{readers}");
    city.write("drop/c.csv", "number,accepted,decided,by\nA,2011-09-26 10:00:00,2011-10-12 10:00:00,王五\n");
    city.rounds_on(&["2011-10-31", "2011-11-03"]);
    assert_eq!(waits(&city), (vec![], None));
    assert_eq!(city.ledger("SELECT state FROM \"case\""), ["closed"]);
}

/// Nobody stops cards for good by a broken file each day: another one found meanwhile gives no more time, what waited is judged when it
/// is over, and only then can something be held up anew.
#[test]
fn broken_files_one_after_the_other_hold_up_no_card_for_good() {
    let mut city = city();
    city.rounds_on(&["2011-10-10"]);
    fs::write(city.path("drop/c.csv"), format!("number\n{}", NO_TEXT.repeat(20))).unwrap();
    city.rounds_on(&["2011-10-26"]);
    fs::write(city.path("drop/d.csv"), format!("number\n{}", NO_TEXT.repeat(20))).unwrap();
    fs::remove_file(city.path("drop/c.csv")).unwrap();
    city.rounds_on(&["2011-10-31"]);
    assert_eq!(waits(&city), (vec![], Some("2011-11-02".to_owned())));
    fs::write(city.path("drop/e.csv"), format!("number\n{}", NO_TEXT.repeat(20))).unwrap();
    city.rounds_on(&["2011-11-03"]);
    assert_eq!(waits(&city), (vec!["A red".to_owned(), "A yellow".to_owned()], None));
    fs::write(city.path("drop/f.csv"), format!("number\n{}", NO_TEXT.repeat(20))).unwrap();
    city.rounds_on(&["2011-11-04"]);
    assert_eq!(waits(&city).1.as_deref(), Some("2011-11-11"));
}

/// A file that was read before and stays spoilt holds up its own cases for as long, and no other's.
#[test]
fn a_file_that_stays_spoilt_holds_up_its_own_cases_for_a_while() {
    let mut city = city();
    city.write("drop/b.csv", &late("B"));
    city.rounds_on(&["2011-10-10"]);
    fs::write(city.path("drop/b.csv"), format!("number,accepted,decided,by\n{}", NO_TEXT.repeat(20)))
        .unwrap();
    city.rounds_on(&["2011-10-26", "2011-11-02"]);
    assert_eq!(
        waits(&city),
        (vec!["A red".to_owned(), "A yellow".to_owned()], Some("2011-11-02".to_owned()))
    );
    city.rounds_on(&["2011-11-03"]);
    assert_eq!(cards(&city), ["A red", "A yellow", "B red", "B yellow"]);
}

/// A file without the right to read it: run as somebody who may not.
#[test]
fn a_file_without_permission_is_left_out() {
    let city = city();
    city.write("drop/x.csv", &late("X"));
    fs::set_permissions(city.path("drop/x.csv"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(city.path("drop/x.csv")).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    once(&city, "2011-10-26T09:05");
    assert!(health(&city, "drop").contains("x.csv: permission denied"), "{}", health(&city, "drop"));
    assert_eq!(cards(&city), [""; 0], "it may tell of any case");
    once(&city, "2011-11-03T09:05");
    assert_eq!(cards(&city), ["A red", "A yellow"]);
}

/// The program reading hostile logs and tables with 200 MiB of memory: it goes on, names the file, and judges the rest.
fn within_200_mib(city: &Bench) {
    let said = run(city, "ulimit -d 204800 &&", &["once", "--at", "2011-10-26T09:05"]);
    let text = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.code().is_some_and(|code| code < 2), "{:?}: {text}", said.status);
}

/// A piece of a log, and how often it stands there.
type Pieces = Vec<(String, usize)>;

/// Issue 14.3: logs that unpack to far more than they are, or hold a tag, a key or a value without end.
#[test]
fn a_packed_log_is_bounded_in_bytes_lengths_and_memory() {
    const MIB: usize = 1 << 20;
    let once = |text: &str| (text.to_owned(), 1);
    let attacks: [(&str, Pieces, &str); 8] = [
        (
            "600 keys of 1 MB",
            vec![once("<trace>"), (format!("<string key=\"{}\" value=\"v\"/>", "k".repeat(MIB - 100)), 600)],
            "a key of more than",
        ),
        (
            "a text of 6 MB",
            vec![once("<trace>"), ("x".repeat(MIB), 6), once("</trace>")],
            "a text longer than",
        ),
        (
            "a tag of 6 MB",
            vec![once("<trace><string key=\"a\" value=\""), ("x".repeat(MIB), 6), once("\"/></trace>")],
            "a tag or a text",
        ),
        (
            "a tag without an end",
            vec![once("<trace><string key=\"a\" value=\""), ("x".repeat(MIB), 600)],
            "a tag or a text",
        ),
        ("a comment without an end", vec![once("<!--"), ("x".repeat(MIB), 600)], "a tag or a text"),
        ("nothing but blanks", vec![(" ".repeat(MIB), 600)], "a tag or a text"),
        (
            "100,000 attributes",
            vec![(format!("<trace><string {}/></trace>", "a=\"\" ".repeat(100_000)), 1)],
            "100 attributes",
        ),
        (
            "values without an end",
            vec![(format!("<trace><string key=\"a\" value=\"{}\"/></trace>", "v".repeat(60_000)), 3_000)],
            "unpacks to more",
        ),
    ];
    for (name, pieces, what) in attacks {
        let mut city = Bench::new();
        city.configure("[source.approval]", LOG);
        city.write("log/a.xes", &format!("{HEAD}{GOOD}</log>"));
        let file = fs::File::create(city.path("log/b.xes.gz")).unwrap();
        let mut packed = GzEncoder::new(file, Compression::best());
        packed.write_all(HEAD.as_bytes()).unwrap();
        for (piece, times) in pieces {
            (0..times).for_each(|_| packed.write_all(piece.as_bytes()).unwrap());
        }
        packed.finish().unwrap();
        within_200_mib(&city);
        assert!(health(&city, "log").contains("b.xes.gz"), "{name}: {}", health(&city, "log"));
        assert!(health(&city, "log").contains(what), "{name}: {}", health(&city, "log"));
        assert_eq!(cards(&city), [""; 0], "{name}: it may tell of any case");
        self::once(&city, "2011-11-03T09:05");
        assert_eq!(cards(&city), ["G red", "G yellow"], "{name}: the others are judged");
    }
}

/// Tables with a line of 2 GB (of holes, so that it takes no room), with a million cells in a row, with cells as long as they may be.
#[test]
fn a_table_is_bounded_in_bytes_cells_and_memory() {
    let long = |number: usize| format!("B{number},2011-10-25,,{}\n", "z".repeat(900_000));
    for (name, text, what) in [
        ("a million columns", ",".repeat(1_000_000), "5,000 cells"),
        (
            "a million cells",
            format!("number,accepted,decided,by\nB,2011-10-25,,{}\n", ",".repeat(1_000_000)),
            "5,000 cells",
        ),
        (
            "a line without an end",
            format!("number,accepted,decided,by\n{}", "x".repeat(8 << 20)),
            "a line longer than 1 MiB",
        ),
        ("long cells", format!("number,accepted,decided,by\n{}", (0..40).map(long).collect::<String>()), ""),
    ] {
        let city = city();
        city.write("drop/b.csv", &text);
        within_200_mib(&city);
        assert!(health(&city, "drop").contains(what), "{name}: {}", health(&city, "drop"));
        let at_once: &[&str] = if what.is_empty() { &["A yellow"] } else { &[] };
        assert_eq!(cards(&city), at_once, "{name}: what cannot be read may tell of any case");
        once(&city, "2011-11-03T09:05");
        assert_eq!(cards(&city), ["A red", "A yellow"], "{name}: the others are judged");
    }
    let city = city();
    let holes = fs::File::create(city.path("drop/b.csv")).unwrap();
    holes.set_len(2 << 30).unwrap();
    within_200_mib(&city);
    assert!(health(&city, "drop").contains("a zero byte"), "{}", health(&city, "drop"));
}

fn sources(city: &Bench, language: &str) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["check-config", "--sources", "--config"]).arg(city.path("jianchad.toml"));
    let output = command.env("JIANCHAD_LANG", language).output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

/// Whoever sets a folder of files up is told of each file that cannot be read, why, and which name was probably meant; and nothing of
/// a file whose first row is no header.
#[test]
fn each_file_of_a_folder_is_looked_into_by_check_config() {
    let mut city = Bench::new();
    let drop = "[source.drop]\nkind = \"csv\"\npath = \"drop\"\nsettle = \"0s\"\n[[source.drop.read]]\nshape = \"wide\"\n\
                case = \"办件编号\"\nitem_is = \"I20\"\ntraces = [{ kind = \"accepted\", at = \"受理时间\" }]\n[source.approval]";
    city.configure("[source.approval]", drop);
    city.write("drop/a.csv", "办件编号,受理时间\nA,2011-09-26 10:00:00\n");
    let (code, said) = sources(&city, "en");
    assert!(code == Some(0) && said.contains("A · 施工许可"), "{code:?} {said}");
    let (gbk, _, _) = encoding_rs::GBK.encode("办件编号,受理时问\nB,2011-09-26 10:00:00\n");
    for (name, bytes, told) in [
        ("b.csv", &gbk[..], "is `受理时问` meant by `受理时间`?"),
        (
            "c.csv",
            "办件编号,受理时问\nB,2011-09-26 10:00:00\n".as_bytes(),
            "is `受理时问` meant by `受理时间`?",
        ),
        ("d.csv", b"PK\x03\x04\x14\0\x06\0\x08\0", "d.csv, line 1: this is a workbook (.xlsx)"),
        ("e.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "old Office (.xls, .doc)"),
        ("f.csv", b"\xef\xbb\xbf\n <TABLE><tr><td>x</td></tr></TABLE>", "this is a page (HTML)"),
        ("g.csv", b"SQLite format 3\0\x10\0", "this is an SQLite database"),
        ("h.csv", "办件编号,受理时间\nH,\"2011\n-\nI,2011-09-26\n-\n".as_bytes(), "is never closed"),
    ] {
        // It has lain still for long, so its end is its end.
        let file = std::fs::File::create(city.path(&format!("drop/{name}"))).unwrap();
        (&file).write_all(bytes).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_300_000_000)).unwrap();
        let (code, said) = sources(&city, "en");
        assert!(code == Some(78) && said.contains(told), "{name}: {code:?} {said}");
        assert!(said.contains("A · 施工许可"), "what can be read is shown: {said}");
        assert_eq!(sources(&city, "zh-CN").0, Some(78), "{name}");
        std::fs::remove_file(city.path(&format!("drop/{name}"))).unwrap();
    }
    city.write("secret", "password,key\nhunter2,x\n");
    std::os::unix::fs::symlink(city.path("secret"), city.path("drop/i.csv")).unwrap();
    city.write("drop/j.csv", "password,key\nhunter2,x\n");
    let (code, said) = sources(&city, "en");
    assert!(code == Some(78) && said.contains("i.csv: it is a symbolic link that leads out"), "{said}");
    assert!(said.contains("the names of the 2 that are there are not shown here;"), "{said}");
    assert!(!said.contains("password") && !said.contains("hunter2"), "{said}");
}
