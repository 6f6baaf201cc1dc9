//! What whoever looks after the machine reads in Chinese: failures, journal and states hold no sentence in English.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output, Stdio};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use rusqlite::Connection;

use crate::architecture::root;
use crate::bench::Bench;

/// Commands to type.
const TYPED: [&str; 2] = ["systemctl reload jianchad", "jianchad time accept"];

/// Programs with which a command to type begins.
const PROGRAMS: [&str; 10] = [
    "jianchad",
    "systemctl",
    "sudo",
    "sqlite3",
    "usermod",
    "chmod",
    "iconv",
    "journalctl",
    "pragma",
    "revoke",
];

/// Names of things, and settings, values and words of files and databases as they are written.
const NAMES: &str = "
    ASCII CSV Excel GBK GaussDB GiB HTML JSON KiB MariaDB Message-ID MiB MySQL Office PDF PEM PostgreSQL RSA RTF SCRAM SIZE SMTPUTF8 SQLite TLS UTC UTF-16
    UTF-8 WAL XES XML ZIP openGauss systemd chrono strftime timedatectl ca-certificates jianchad jianchad-supervisor root
    IPAddressAllow LoadCredential MemoryMax WatchdogSec FILE FROM SELECT Fri Mon-Thu 10min 2min
    accepted adopt all alter any batch big5 card cards case category charged closing codes contacts.csv count csv date decided.by
    delivers doc encoding epoch-ms epoch-s erasures error excel excel-1904 extension false findings from full gbk gbt39046 granted hello
    help host hostssl html implicit iso issue json key kind late-entry ledger limit live login long mechanism midnight mysql never none
    notice number off once outcomes passed path pauses plain port postgres profile public promise promised query read red region require
    required-field review row same-day schema scram-sha-256 select sequence shm special-misuse sqlite ssl start starttls status statutory
    table text tls toml trace true unit usage vacuum was watermark when wide xls xlsx xoauth2 yellow yes zones";

/// Stretches of three English words and more, also where a value breaks them: a number, a path, something in quotes.
pub fn english(text: &str) -> Vec<String> {
    let text = TYPED.iter().fold(text.to_owned(), |text, typed| text.replace(typed, ""));
    let mut found = Vec::new();
    for stretch in text.split(|c: char| !c.is_ascii() || "\n;:".contains(c)) {
        let word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'');
        let (mut run, mut broken) = (Vec::new(), false);
        for part in stretch.split(' ').chain([""]) {
            if word(part) {
                run.push(part);
                broken = false;
            } else if is_value(part) && !broken && !run.is_empty() {
                broken = true;
            } else {
                if run.len() > 2 {
                    found.push(run.join(" "));
                }
                run.clear();
                broken = false;
            }
        }
    }
    found
}

/// What a message may be given: what begins with a digit, or stands in quotes or brackets, or is a path.
fn is_value(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit() || "`'\"(/".contains(c))
}

/// What stands outside quotation marks.
pub fn without_quotes(text: &str) -> String {
    let mut outside = String::new();
    for part in text.split('“') {
        outside.push_str(part.split_once('”').map_or(part, |(_, rest)| rest));
    }
    outside
}

/// What a command says, and its exit code.
fn said(city: &Bench, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.env_remove("JIANCHAD_LANG").env_remove("NOTIFY_SOCKET").env_remove("JOURNAL_STREAM");
    command.env("LC_ALL", "zh_CN.UTF-8").env("JIANCHAD_LOG", "info").stdin(Stdio::null());
    let Output { status, stdout, stderr } =
        command.args(arguments).arg("-c").arg(city.path("jianchad.toml")).output().unwrap();
    let text = String::from_utf8([stderr, stdout].concat()).unwrap();
    (status.code(), text)
}

/// Files that anybody may read are warned of.
fn keep_from_others(city: &Bench) {
    let ledger = city.path("ledger.db");
    if ledger.exists() {
        fs::set_permissions(ledger, fs::Permissions::from_mode(0o640)).unwrap();
    }
}

fn is_chinese(text: &str, part: &str) {
    assert!(text.contains(part), "{text}");
    assert_eq!(english(&without_quotes(text)), [""; 0], "{text}");
}

/// Issue 12.2: a source that cannot be read, each in its way, is told in Chinese by the journal, by `once` and by `status`.
#[test]
fn a_source_that_cannot_be_read_is_told_in_chinese() {
    type Harm = fn(&Bench);
    let harms: [(Harm, &str); 6] = [
        (|city| fs::remove_file(city.path("approval.db")).unwrap(), "文件不存在"),
        (
            |city| {
                fs::remove_file(city.path("approval.db")).unwrap();
                fs::create_dir(city.path("approval.db")).unwrap();
            },
            "它是文件夹",
        ),
        (
            |city| fs::write(city.path("approval.db"), "no database at all, but long enough").unwrap(),
            "不是 SQLite 数据库",
        ),
        (|city| _ = city.approval("ALTER TABLE cases RENAME TO other"), "没有表或视图“cases”"),
        (|city| _ = city.approval("ALTER TABLE cases RENAME COLUMN item TO matter"), "没有列“item”"),
        (
            |city| {
                let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
                let text = text.replacen("table = \"cases\"", "query = \"select nothing from cases\"", 1);
                fs::write(city.path("jianchad.toml"), text).unwrap();
            },
            "查询语句有误",
        ),
    ];
    for (harm, part) in harms {
        let city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        let (code, first) = said(&city, &["once", "--at", "2011-10-11T09:05"]);
        assert_eq!(code, Some(0), "{first}");
        harm(&city);
        let once = said(&city, &["once", "--at", "2011-10-12T09:05"]).1;
        is_chinese(&once, part);
        assert!(once.contains("处理办法"), "{once}");
        let status = said(&city, &["status"]).1;
        is_chinese(&status, part);
        // Whoever reads English still does, and so does the view for programs.
        let message = city.ledger("SELECT message FROM source_health").remove(0);
        assert!(!english(&message).is_empty() && message.contains("; try: "), "{message}");
    }
}

/// A file that cannot be read is told in Chinese while the others are read.
#[test]
fn a_spoilt_file_is_told_in_chinese() {
    let mut city = Bench::new();
    city.configure(
        "kind = \"sqlite\"\npath = \"approval.db\"",
        "kind = \"csv\"\npath = \"drop\"\nsettle = \"0s\"",
    );
    let text = fs::read_to_string(city.path("jianchad.toml")).unwrap();
    let text = text.replace("table = \"cases\"\n", "").replace("watermark = \"changed\"\n", "");
    let until = text.find("[[source.approval.read]]\ntable = \"events\"").unwrap();
    fs::write(city.path("jianchad.toml"), &text[..until]).unwrap();
    let head = "number,item,applied,accepted,clerk,result,finished\n";
    city.write("drop/a.csv", &format!("{head}A-1,I20,2011-09-26 09:00:00,2011-09-26 10:00:00,张,,\n"));
    // A row stands in the quotation that is never closed, between lines that are none.
    let row = "I20,2011-09-26 09:00:00,2011-09-26 10:00:00,张,,";
    city.write("drop/b.csv", &format!("{head}A-2,\"{row}\n附\nA-3,{row}\n附\n"));
    let once = said(&city, &["once", "--at", "2035-10-11T09:05"]).1;
    is_chinese(&once, "引号始终没有闭合");
    is_chinese(&said(&city, &["status"]).1, "引号始终没有闭合");
}

/// A ledger that cannot be used, each in its way, is told in Chinese by the daemon and by commands.
#[test]
fn a_ledger_that_cannot_be_used_is_told_in_chinese() {
    type Harm = fn(&Bench);
    let harms: [(Harm, &[&str], &str); 4] = [
        (|_| {}, &["status"], "尚无监察台账"),
        (
            |city| _ = city.write("ledger.db", "no database at all, but long enough"),
            &["once"],
            "文件不是数据库",
        ),
        (
            |city| _ = fs::copy(city.path("approval.db"), city.path("ledger.db")).unwrap(),
            &["run"],
            "是其他程序的",
        ),
        (
            |city| {
                assert_eq!(said(city, &["once", "--at", "2011-10-11T09:05"]).0, Some(0));
                let db = Connection::open(city.path("ledger.db")).unwrap();
                db.execute_batch("PRAGMA user_version = 99").unwrap();
            },
            &["run"],
            "结构版本为99",
        ),
    ];
    for (harm, command, part) in harms {
        let city = Bench::new();
        city.licence("A-1", "2011-09-26 10:00:00");
        harm(&city);
        keep_from_others(&city);
        let (code, said) = said(&city, command);
        assert!(code != Some(0), "{said}");
        is_chinese(&said, part);
        assert!(said.starts_with("jianchad：") && said.contains("处理办法："), "{said}");
    }
}

/// The daemon speaks the language of the configuration, whatever that of the machine is; `--lang` goes first.
#[test]
fn the_journal_is_in_the_language_of_the_configuration() {
    for (of_file, option, head) in
        [("zh-CN", None, "jianchad："), ("en", None, "jianchad: "), ("en", Some("zh-CN"), "jianchad：")]
    {
        let mut city = Bench::new();
        city.configure("office =", &format!("language = \"{of_file}\"\noffice ="));
        fs::copy(city.path("approval.db"), city.path("ledger.db")).unwrap();
        keep_from_others(&city);
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.env_remove("JIANCHAD_LANG").env_remove("NOTIFY_SOCKET").env("LC_ALL", "C");
        command.arg("run").arg("-c").arg(city.path("jianchad.toml"));
        command.args(option.into_iter().flat_map(|language| ["--lang", language]));
        let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
        assert!(said.starts_with(head), "{of_file} {option:?}: {said}");
    }
}

/// Issue 13: where neither an option nor the locale says a language, commands speak that of the configuration, also of its own mistakes;
/// and the service and its reload do so whatever the locale is.
#[test]
fn commands_speak_the_language_of_the_configuration() {
    let mut city = Bench::new();
    city.configure("office =", "language = \"zh-CN\"\noffice =");
    city.configure("[mail]", "[mial]");
    let said = |arguments: &[&str], lang: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
        for name in [
            "JIANCHAD_LANG",
            "JIANCHAD_CONFIG",
            "LC_ALL",
            "LC_MESSAGES",
            "LANG",
            "NOTIFY_SOCKET",
            "JOURNAL_STREAM",
        ] {
            command.env_remove(name);
        }
        let path = city.path("jianchad.toml");
        command.args(arguments).arg("-c").arg(path).envs(lang.iter().copied()).stdin(Stdio::null());
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let (zh, en) = ("是否应为 `mail`？", "did you mean `mail`?");
    let american: &[(&str, &str)] = &[("LANG", "en_US.UTF-8")];
    for (arguments, lang, part) in [
        (&["check-config"][..], &[][..], zh),
        (&["check-config"], &[("LANG", "C")], zh),
        (&["status"], &[("LC_ALL", "POSIX")], zh),
        (&["once"], &[("LC_ALL", ""), ("LANG", "C.UTF-8")], zh),
        (&["once"], &[("LC_ALL", ""), ("LANG", "en_US.UTF-8")], en),
        (&["check-config"], american, en),
        (&["check-config"], &[("JIANCHAD_LANG", "en")], en),
        (&["check-config", "--lang", "en"], &[], en),
        (&["check-config", "--only-files"], american, zh),
        (&["run"], american, zh),
        (&["run", "--lang", "en"], american, en),
    ] {
        let text = said(arguments, lang);
        assert!(text.contains(part), "{arguments:?} {lang:?}: {text}");
        if part == zh {
            is_chinese(&text, "错误");
        }
    }
    city.configure("language = \"zh-CN\"", "language = \"en\"");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command
        .env_remove("JIANCHAD_LANG")
        .env("LC_ALL", "C")
        .arg("check-config")
        .arg("-c")
        .arg(city.path("jianchad.toml"));
    assert!(String::from_utf8(command.output().unwrap().stderr).unwrap().contains(en));
}

/// What the Chinese file says outside its variables, and outside what is to be typed: in backticks and quotation marks.
fn own_words(pattern: &Pattern<&str>, into: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.push_str(value),
            // A variable may break a phrase, and a phrase goes on behind it.
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { value }),
            } => {
                into.push_str(value);
            }
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter().for_each(|variant| own_words(&variant.value, into));
            }
            PatternElement::Placeable { .. } => into.push('\u{fffc}'),
        }
    }
}

/// What is wrong with a message of the Chinese file: words of three Latin letters and more that are no name, and phrases, also
/// where a variable (U+FFFC) breaks them. What begins with a program is a command to type.
fn foreign(words: &str) -> Vec<String> {
    let outside = without_quotes(&words.split('`').step_by(2).collect::<Vec<_>>().join("，"));
    let mut found = Vec::new();
    for run in outside.split(|c: char| !c.is_ascii() && c != '\u{fffc}') {
        let run = run.trim_matches(|c: char| !c.is_alphanumeric() && !"-[]\u{fffc}".contains(c));
        if PROGRAMS.iter().any(|program| run.split(' ').next() == Some(program)) {
            continue;
        }
        let phrases = english(&run.replace('\u{fffc}', "xx")).into_iter();
        found.extend(phrases.filter(|phrase| phrase.split(' ').any(|word| word != "xx")));
        let parts = run.split(|c: char| !c.is_ascii_alphanumeric() && !"_-./:@<>=[]\"".contains(c));
        let words =
            parts.map(
                |word| if word.starts_with("--") { "" } else { word.trim_matches(|c| ".:/-\"".contains(c)) },
            );
        let long = |word: &&str| word.split(|c: char| !c.is_ascii_alphabetic()).any(|part| part.len() > 2);
        let written = |word: &&str| word.contains(['_', '=', '@', '[', ']', '/', ':', '"']);
        let named = |word: &&str| NAMES.split_whitespace().any(|name| name == *word);
        found.extend(words.filter(|word| long(word) && !written(word) && !named(word)).map(str::to_owned));
    }
    found
}

/// Nothing that the program says in Chinese is in English: what stands in Latin letters is a name, a setting or something to type.
#[test]
fn no_message_is_in_english() {
    let text = fs::read_to_string(root().join("lang/zh-CN.ftl")).unwrap();
    let file = parser::parse(text.as_str()).unwrap();
    let mut found = Vec::new();
    for entry in &file.body {
        let Entry::Message(message) = entry else { continue };
        let mut words = String::new();
        message.value.iter().for_each(|value| own_words(value, &mut words));
        found.extend(foreign(&words).into_iter().map(|word| format!("{}: {word}", message.id.name)));
    }
    assert_eq!(found, [""; 0]);
}

/// A guard that lets a breach pass is none.
#[test]
fn a_sentence_in_english_is_seen() {
    for text in [
        "无法读取：cannot read the file",
        "the disk failed",
        "甲：it does not exist",
        "no column `item` in table `cases`",
        "read 12 rows of 3 files",
    ] {
        assert_eq!(english(text).len(), 1, "{text}");
    }
    for text in [
        "运行 jianchad once",
        "请执行 systemctl reload jianchad 开始一轮",
        "state=ok",
        "2011-10-11 09:05 INFO 已读取 12 rows",
    ] {
        assert_eq!(english(text), [""; 0], "{text}");
    }
    assert_eq!(english(&without_quotes("系统提示“no such column at all”，见上")), [""; 0]);
    assert_eq!(
        foreign("could not \u{fffc} the file"),
        ["could not xx the file", "could", "not", "the", "file"]
    );
    assert_eq!(foreign("无法 write 台账"), ["write"]);
    assert_eq!(
        foreign("系统提示“no such column”，请改 `a path` 或 poll_every，再运行 jianchad adopt --yes"),
        [""; 0]
    );
}
