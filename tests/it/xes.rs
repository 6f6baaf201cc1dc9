//! Event logs in XES as a source: streamed, packed or not, whole or spoilt.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bench::Bench;

const SOURCE: &str = r#"[source.log]
kind = "xes"
path = "log"
[[source.log.read]]
shape = "wide"
case = "case:concept:name"
item_is = "I20"
dates = { deadline = "case:deadline" }
traces = [{ kind = "accepted", at = "case:startdate" }]
[[source.log.read]]
shape = "long"
case = "case:concept:name"
traces = [
    { kind_from = "concept:name", codes = { "Decide & sign" = "decided" }, otherwise = "step", at = "time:timestamp", stage = "concept:name", by = "org:resource" },
]
[source.approval]"#;

/// A log of cases, each examined and decided on given days.
fn log(cases: &[(&str, &str, &str)]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org\">\n\
         <extension name=\"Concept\" prefix=\"concept\" uri=\"x\"/>\n<global scope=\"event\"><string key=\"concept:name\" value=\"none\"/></global>\n\
         <string key=\"concept:name\" value=\"the log's own name\"/>\n",
    );
    for (number, accepted, decided) in cases {
        write!(
            text,
            "<trace>\n<string key=\"concept:name\" value=\"{number}\"><string key=\"concept:name\" value=\"nested\"/></string>\n\
             <date key=\"startdate\" value=\"{accepted}T09:00:00.000+08:00\"/>\n<date key=\"deadline\" value=\"{accepted}\"/>\n\
             <event><string key=\"concept:name\" value=\"审查\"/><string key=\"org:resource\" value=\"王&#x4E94;\"/>\
             <date key=\"time:timestamp\" value=\"{decided}T10:00:00+08:00\"/></event>\n\
             <event>\n<string key='org:resource' value='李四'/>\n<string key=\"concept:name\" value=\"Decide &amp; sign\"/>\n\
             <date key=\"time:timestamp\" value=\"{decided}T11:00:00+08:00\"/>\n<list key=\"l\"><string key=\"org:resource\" value=\"x\"/></list>\n</event>\n\
             </trace>\n"
        )
        .unwrap();
    }
    text + "</log>\n"
}

fn city() -> Bench {
    let mut city = Bench::new();
    city.configure("[source.approval]", SOURCE);
    std::fs::create_dir(city.path("log")).unwrap();
    city
}

fn dark(city: &Bench) -> String {
    city.ledger("SELECT message FROM source_health WHERE source = 'log'").join("")
}

/// Traces and events become cases and traces; attributes of attributes, of the log and of `global` belong to nobody.
#[test]
fn a_log_is_read_packed_or_not() {
    let mut city = city();
    city.write("log/a.xes", &log(&[("A", "2011-10-10", "2011-10-25")]));
    let mut packed =
        GzEncoder::new(std::fs::File::create(city.path("log/b.xes.gz")).unwrap(), Compression::fast());
    packed.write_all(log(&[("B", "2011-10-10", "2011-10-20")]).as_bytes()).unwrap();
    packed.finish().unwrap();
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(dark(&city), "");
    let lines =
        city.ledger("SELECT case_number, occurred_at, kind, stage, by FROM case_timeline ORDER BY 1, 2");
    assert_eq!(
        lines,
        [
            "A|2011-10-10T09:00:00+08:00|accepted||",
            "A|2011-10-25T10:00:00+08:00|step|审查|王五",
            "A|2011-10-25T11:00:00+08:00|decided|Decide & sign|李四",
            "B|2011-10-10T09:00:00+08:00|accepted||",
            "B|2011-10-20T10:00:00+08:00|step|审查|王五",
            "B|2011-10-20T11:00:00+08:00|decided|Decide & sign|李四",
        ]
    );
    assert_eq!(city.findings(), ["A time-limit promise yellow resolved"]);
    // Nothing changed, nothing is read; a longer log brings what is new and doubles nothing.
    assert_eq!(city.round("2011-10-26 10:00").rows_read, 0);
    city.write("log/a.xes", &log(&[("A", "2011-10-10", "2011-10-25"), ("C", "2011-10-11", "2011-10-21")]));
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(city.ledger("SELECT count(*), count(DISTINCT case_number) FROM case_timeline"), ["9|3"]);
}

/// What is no log stops its source and nothing else, with file, line and remedy; entities are not expanded.
#[test]
fn a_spoilt_log_says_where_and_closes_nothing() {
    let good = log(&[("A", "2011-10-10", "2011-10-12")]);
    let bomb = format!(
        "<!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n{}",
        good.replace("\"A\"", "\"&b;\"")
    );
    for (text, said) in [
        (good[..good.len() / 2].to_owned(), "a.xes, line"),
        (good.replace("</trace>", "</event>"), "a.xes, line"),
        (bomb, "a.xes, line"),
        ("number,when\n1,2\n".to_owned(), "this is no XES event log"),
        (
            good.replace("time:timestamp", "time:stamp"),
            "no event of the log has the attribute `time:timestamp`",
        ),
        (good.replace("value=\"审查\"", "value=\"审查"), "a.xes, line"),
    ] {
        let mut city = city();
        city.write("log/a.xes", &text);
        let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_318_000_000);
        std::fs::File::options()
            .append(true)
            .open(city.path("log/a.xes"))
            .unwrap()
            .set_modified(past)
            .unwrap();
        city.accepted("OTHER", "I20", "2011-10-10 10:00:00");
        city.rounds_on(&["2011-10-26"]);
        assert!(dark(&city).contains(said), "{said} in {}", dark(&city));
        assert!(city.findings().contains(&"OTHER time-limit promise yellow open".to_owned()));
        assert!(city.findings().iter().all(|finding| !finding.starts_with("A ")), "{:?}", city.findings());
    }
}

/// A bad row of a good log is set aside with its line; a log that is still being written waits.
#[test]
fn a_bad_event_is_set_aside_and_an_unfinished_log_waits() {
    let mut city = city();
    let text = log(&[("A", "2011-10-10", "2011-10-12"), ("B", "2011-10-10", "2011-10-12")]);
    city.write("log/a.xes", &text.replacen("2011-10-12T11:00:00+08:00", "soon", 1));
    city.rounds_on(&["2011-10-13"]);
    let rows = city.ledger("SELECT case_number, reason FROM quarantine");
    assert!(rows.len() == 1 && rows[0].starts_with("A|a.xes line 1") && rows[0].contains("soon"), "{rows:?}");
    assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A'"), ["fault"]);
    city.write("log/a.xes", &text);
    city.rounds_on(&["2011-10-14"]);
    assert_eq!(city.ledger("SELECT state FROM cases WHERE case_number = 'A'"), ["closed"]);
}

/// IEEE 1849: every attribute is optional. A file of a quiet day, in which no event has a name or a deadline, is read like any and holds
/// up no other; an attribute that no file ever had is a remark, and one by which events are told apart is a slip of the pen.
#[test]
fn an_optional_attribute_may_be_absent() {
    let mut city = city();
    let never_seen = "SELECT state, never_seen FROM source_health WHERE source = 'log'";
    let quiet = |case: &str| {
        let text = log(&[(case, "2011-10-10", "2011-10-25")]);
        text.replace("org:resource", "org:role").replace("\"deadline\"", "\"promise\"")
    };
    city.write("log/a.xes", &quiet("A"));
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(city.findings(), ["A time-limit promise yellow resolved"]);
    assert_eq!(city.ledger(never_seen), ["ok|case:deadline, org:resource"]);
    let mut status = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    let file = city.path("jianchad.toml");
    let status =
        status.args(["status", "--lang", "en", "-c", file.to_str().unwrap()]).output().unwrap().stdout;
    assert!(String::from_utf8(status).unwrap().contains("never seen"));
    city.write("log/b.xes", &log(&[("B", "2011-10-10", "2011-10-25")]));
    city.write("log/c.xes", "<log></log>");
    city.rounds_on(&["2011-10-27"]);
    assert_eq!(city.ledger(never_seen), ["ok|"]);
    assert!(
        city.findings().contains(&"B time-limit promise yellow resolved".to_owned()),
        "{:?}",
        city.findings()
    );
    city.write("log/d.xes", &quiet("D").replace("\"concept:name\"", "\"concept:title\""));
    city.rounds_on(&["2011-10-28"]);
    assert!(
        dark(&city).contains("no event of the log has the attribute `case:concept:name`"),
        "{}",
        dark(&city)
    );
}

/// A key has a thousand bytes, a value sixty-four kibibytes, a tag a hundred attributes: one more, and the log is not read, nor is
/// anything of it judged.
#[test]
fn an_attribute_has_so_many_bytes_and_a_tag_so_many_attributes() {
    let whole = log(&[("A", "2011-10-10", "2011-10-25")]);
    let with = |tag: &str| whole.replacen("<event>", &format!("{tag}<event>"), 1);
    let key = |length: usize| with(&format!("<string key=\"{}\" value=\"v\"/>", "k".repeat(length)));
    let value = |length: usize| with(&format!("<string key=\"k\" value=\"{}\"/>", "v".repeat(length)));
    let tag = |count: usize| {
        let others: String = (2..count).map(|number| format!("a{number}=\"\" ")).collect();
        with(&format!("<string key=\"k\" {others} value=\"v\"/>"))
    };
    for (text, said) in [
        (key(1_000), ""),
        (key(1_001), "a key of more than 1,000 bytes"),
        (value(64 << 10), ""),
        (value((64 << 10) + 1), "a value of more than 64 KiB"),
        (tag(100), ""),
        (tag(101), "a tag of more than 100 attributes"),
    ] {
        let mut city = city();
        city.write("log/a.xes", &text);
        city.rounds_on(&["2011-10-26"]);
        assert!(
            dark(&city).contains(said) && dark(&city).is_empty() == said.is_empty(),
            "{said}: {}",
            dark(&city)
        );
        let found = if said.is_empty() {
            "A time-limit promise yellow resolved"
        } else {
            "log source-dark notice open"
        };
        assert_eq!(city.findings(), [found], "{said}");
    }
}

/// A log of the events of one moment, with line ends or without, tells the same in the same order, and each event that cannot be read is
/// named; a value with a bare `&` is garbled, and no other.
#[test]
fn a_log_on_one_line_is_judged_like_any() {
    let event = |kind: &str, at: &str| {
        format!(
            "<event>\n<string key=\"concept:name\" value=\"{kind}\"/>\n<string key=\"org:resource\" value=\"A&B\"/>\n\
             <date key=\"time:timestamp\" value=\"{at}\"/>\n</event>\n"
        )
    };
    let trace = |number: &str, events: &[String]| {
        format!("<trace>\n<string key=\"concept:name\" value=\"{number}\"/>\n{}</trace>\n", events.concat())
    };
    let (at, later) = ("2011-10-10T09:00:00+08:00", "2011-10-20T09:00:00+08:00");
    let text = [
        "<log>\n".to_owned(),
        trace("A", &[event("accept", at), event("test", at), event("back", at), event("look", later)]),
        trace("B", &[event("accept", at), event("back", at), event("test", at), event("look", later)]),
        trace("C", &[event("accept", at), event("look", "soon")]),
        trace("D", &[event("accept", at), event("look", "later")]),
        "</log>\n".to_owned(),
    ]
    .concat();
    let mut told = Vec::new();
    for text in [text.clone(), text.replace('\n', "")] {
        let mut city = Bench::new();
        let source = "[source.log]\nkind = \"xes\"\npath = \"a.xes\"\nsettle = \"0s\"\n[[source.log.read]]\nshape = \"long\"\n\
                      case = \"case:concept:name\"\nitem_is = \"I20\"\ntraces = [{ kind_from = \"concept:name\", codes = { accept = \"accepted\", \
                      test = \"paused\" }, otherwise = \"step\", at = \"time:timestamp\", stage = \"concept:name\", by = \"org:resource\", \
                      resumes = \"any\" }]\n[source.approval]";
        city.configure("[source.approval]", source);
        city.write("a.xes", &text);
        city.round("2011-10-21 09:05");
        assert_eq!(dark(&city), "");
        assert_eq!(city.ledger("SELECT DISTINCT by FROM case_timeline"), ["A\u{fffd}B"]);
        let aside = city.ledger("SELECT case_number FROM quarantine WHERE open ORDER BY 1");
        assert_eq!(aside, ["C", "D"], "each is named");
        told.push(city.ledger(
            "SELECT case_number, clock, state, substr(due_at, 1, 10) FROM deadlines ORDER BY case_number, clock",
        ));
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].iter().any(|it| it.starts_with("A|promise|running|2011-10-24")), "{told:?}");
    let of_b = told[0].iter().find(|it| it.starts_with("B|promise|")).unwrap();
    assert!(!of_b.ends_with("2011-10-24"), "the order counts: {told:?}");
}

/// UTF-16 is known by how it writes the first sign, without a mark and whatever the declaration says.
#[test]
fn a_log_in_utf_16_needs_no_mark() {
    let text = log(&[("A", "2011-10-10", "2011-10-25")]);
    let mut city = city();
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(city.path("log/a.xes"), bytes).unwrap();
    city.rounds_on(&["2011-10-26"]);
    assert_eq!(
        (dark(&city), city.findings()),
        (String::new(), vec!["A time-limit promise yellow resolved".to_owned()])
    );
}
