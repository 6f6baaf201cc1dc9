//! What people read stands in the language files: no string of the sources is a sentence in English, but for what is said to whoever
//! works on the program, what is spoken with servers, and the texts counted here.

use std::collections::BTreeMap;
use std::fs;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::architecture::{root, sources};

/// So many words in a row are a sentence, or the best part of one.
const WORDS: usize = 3;
/// Attributes whose texts people read; all others speak to the compiler or, by `error`, to developers.
const READ: [&str; 4] = ["arg", "command", "value", "clap"];
/// Macros and methods that speak of what cannot be, or to whoever tests.
const OF_MISTAKES: [&str; 8] =
    ["expect", "panic", "unreachable", "assert", "assert_eq", "assert_ne", "debug_assert", "debug_assert_eq"];
/// Files that speak SQL, and nothing else, in lower case.
const SPEAK_SQL: [&str; 4] = [
    "src/cli/demo/on_server.rs",
    "src/edge/source/sql/",
    "src/edge/source/sqlite/no_table.rs",
    "src/edge/source/sqlite/pass.rs",
];
/// Words of SQL as the ledger writes them.
const SQL: [&str; 12] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "CREATE", "JOIN", "AND", "EXISTS", "PRAGMA",
    "AS",
];
/// What the ledger was doing, by which whoever works on the program finds the place; people are told so.
const DOING: &str = "src/edge/ledger/";
/// What stands in a field of this name is what docs/rules.md says of a rule.
const CITED: (&str, &str) = ("src/domain/rules/", "meaning");
/// Files with other texts, with how many, and why.
const TEXTS: [(&str, usize, &str); 13] = [
    ("cli.rs", 1, "stands at the command like its help, of which a test compares every language"),
    ("cli/documents.rs", 2, "finds in a page what the library wrote there"),
    ("cli/help.rs", 3, "finds in a page what the library wrote there"),
    ("domain/letter/alert/lateness.rs", 1, "finds in a reason how it says that a case counts as accepted"),
    ("domain/letter/plain.rs", 10, "finds in reasons that were kept without their keys what is wrong"),
    ("domain/text/message.rs", 1, "what the form of a kept text should be, for whoever reads it in again"),
    ("edge/config/kept.rs", 1, "a path that nobody sees but in a test"),
    ("edge/config/syntax.rs", 10, "finds in what the library says what is wrong"),
    ("edge/ledger/stored.rs", 1, "columns"),
    ("edge/logging.rs", 1, "said when there is no journal to say it in"),
    ("edge/notify/file_name.rs", 2, "comments of what a macro makes"),
    ("edge/notify/smtp/wire.rs", 1, "an error of the system's kind, which has its words in every language"),
    ("edge/source/xes/outside.rs", 1, "by which what stands outside every row is known"),
];

/// Whether so many words of English stand in a row.
fn is_sentence(literal: &str) -> bool {
    let mut run = 0;
    literal.split([' ', '\n']).any(|part| {
        let word = part.trim_matches(|c| "(`“”,.;:!?)\"".contains(c));
        let plain = word.len() > 1 || word == "a";
        let small = word.chars().skip(1).all(|c| c.is_ascii_lowercase() || c == '\'');
        let ends = part.ends_with(['.', ';', ':']);
        let is = plain && small && word.starts_with(|c: char| c.is_ascii_alphabetic());
        run = if is { run + 1 } else { 0 };
        let enough = run >= WORDS;
        run = if ends { 0 } else { run };
        enough
    })
}

fn word(token: Option<&TokenTree>) -> String {
    token.map(ToString::to_string).unwrap_or_default()
}

/// The texts of a source that are sentences, but for those whose place says why.
fn gather(path: &str, tokens: &[TokenTree], into: &mut Vec<String>) {
    for (at, token) in tokens.iter().enumerate() {
        let before = |back: usize| word(at.checked_sub(back).and_then(|at| tokens.get(at)));
        match token {
            TokenTree::Group(group) => {
                let inside: Vec<_> = group.stream().into_iter().collect();
                let attribute = before(1) == "#" || before(1) == "!" && before(2) == "#";
                let silent = attribute && !READ.contains(&&*word(inside.first()));
                let called = if before(1) == "!" { before(2) } else { before(1) };
                if !silent && !OF_MISTAKES.contains(&&*called) {
                    gather(path, &inside, into);
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let sql = SPEAK_SQL.iter().any(|file| path.starts_with(file))
                    || text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| SQL.contains(&word));
                let doing = path.starts_with(DOING)
                    && text.trim_matches('"').chars().all(|c| c.is_ascii_lowercase() || " '".contains(c));
                let cited = path.starts_with(CITED.0) && before(1) == ":" && before(2) == CITED.1;
                into.extend(Some(text).filter(|text| !sql && !doing && !cited && is_sentence(text)));
            }
            _ => {}
        }
    }
}

fn sentences(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(path, &TokenStream::from_str(source).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found
}

/// What stands in sources and is not counted, and what is counted and stands there no more.
fn faults(sources: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, source) in sources {
        match TEXTS.iter().find(|(file, ..)| path.trim_start_matches("src/") == *file) {
            Some((file, ..)) => found.entry(file).or_default().extend(sentences(path, source)),
            None => faults.extend(sentences(path, source).iter().map(|it| format!("{path}: {it}"))),
        }
    }
    for (file, count, _) in TEXTS {
        let found = found.remove(file).unwrap_or_default();
        if found.len() != count {
            faults.push(format!("{file} has {} texts, not {count}: {found:#?}", found.len()));
        }
    }
    faults
}

/// Issue 12.2: everything that people read is said in every language, so it stands in none of the sources.
#[test]
fn no_source_says_anything_in_english() {
    let found = faults(&sources("src"));
    assert!(found.is_empty(), "{found:#?}");
    for file in fs::read_dir(root().join("src/edge/ledger/schema")).unwrap() {
        let path = file.unwrap().path();
        // Takes apart what earlier versions said.
        if path.ends_with("0015_unmapped_codes.sql") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let code: String = text.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
        // What a trigger refuses to do is said to whoever types statements at the ledger.
        let parts: Vec<&str> = code.split('\'').collect();
        let said = parts
            .chunks(2)
            .filter(|it| !it[0].ends_with("RAISE(ABORT, "))
            .filter_map(|it| it.get(1).copied());
        let said: Vec<_> = said.filter(|said| is_sentence(said)).collect();
        assert_eq!(said, [""; 0]);
    }
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_sentences_in_english_are_seen() {
    let found = |path: &str, code: &str| sentences(path, code).len();
    for code in [
        r#"fn f() { say("The case is late") }"#,
        r#"fn f() { format!("{case} is late since {day}: ask the unit") }"#,
        r#"const WHY: &str = "nobody has answered in time";"#,
        r#"fn f() { tracing::info!("a round has begun") }"#,
        r#"fn f() { writeln!(out, r"no letter was sent") }"#,
        r#"struct A { #[arg(long, help = "How to show it")] format: u8 }"#,
        r#"#[command(about = "Lists what is late")] struct A;"#,
        r#"const A: A = A { meaning: "What a reader is told" };"#,
        r#"fn f() { Err(Fault("the file cannot be read".into())) }"#,
    ] {
        assert_eq!(found("src/round.rs", code), 1, "{code}");
    }
    for code in [
        "/// The case is late by then.\nfn f() {}",
        r#"fn f() { it.expect("a day has a next one"); assert!(it, "not so many as that") }"#,
        r#"#[error("the day lies outside the calendar")] struct A;"#,
        r#"#[expect(dead_code, reason = "it is used by others")] fn f() {}"#,
        r#"const A: &str = "SELECT number FROM a WHERE the_case = which_one";"#,
        r#"fn f() { say!("wrong-word", word); open("time-limit", "a b") }"#,
    ] {
        assert_eq!(found("src/round.rs", code), 0, "{code}");
    }
    let ledger = "src/edge/ledger/post.rs";
    assert_eq!(found(ledger, r#"fn f() { cannot("read what was told") }"#), 0);
    assert_eq!(found(ledger, r#"fn f() { cannot("Nobody was told, so wait.") }"#), 1);
    assert_eq!(found("src/domain/rules/fee.rs", r#"const A: A = A { meaning: "What is charged here" };"#), 0);
}
