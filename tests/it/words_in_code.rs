//! What people read stands in the language files: no string of the sources has Chinese in it but the words listed here, and no
//! file of SQL has any.

use std::collections::BTreeMap;
use std::fs;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::architecture::{root, sources};

/// Files with words that records, registries and settings are written in, or that are looked for in them. No sentence is one.
const READ: [(&str, &str); 33] = [
    ("cli/attribution.rs", "the answer that a person types"),
    ("cli/due/batch.rs", "cells of the table that is asked of"),
    ("cli/findings/gbt39046.rs", "headings and codes of a national standard"),
    ("domain/calendar/fixed.rs", "names of holidays, as the calendar's file has them"),
    ("domain/count/hours.rs", "office hours as the settings write them"),
    ("domain/count/hours/day.rs", "office hours as the settings write them"),
    ("domain/count/hours/days.rs", "office hours as the settings write them"),
    ("domain/erased.rs", "the mark in the place of what was erased, in both languages"),
    ("domain/letter/address.rs", "marks in an address"),
    ("domain/letter/example/standing.rs", "a name that is tried on every page"),
    ("domain/letter/mask.rs", "digits of personal numbers"),
    ("domain/letter/page/unbroken.rs", "marks of a day as letters write it"),
    ("domain/limit.rs", "limits as registries write them"),
    ("domain/record/apply/beside.rs", "what stands under a table"),
    ("domain/record/apply/trace.rs", "transitions of event logs"),
    ("domain/record/bind.rs", "how a form marks a column that must be filled in"),
    ("domain/record/kind.rs", "words of the kinds of traces"),
    ("domain/record/named_in.rs", "words before the number of a ticket in a note"),
    ("domain/record/nothing.rs", "what stands in an empty cell"),
    ("domain/record/number.rs", "marks in a case number"),
    ("domain/record/says.rs", "what stands in an empty cell"),
    ("domain/record/times/spelling.rs", "times as records write them"),
    ("domain/record/trace.rs", "categories of items"),
    ("domain/record/value.rs", "digits of personal numbers"),
    ("domain/registry/kind.rs", "categories of items, as registries write them"),
    ("domain/registry/stage.rs", "marks in the stages of an item"),
    ("domain/rules/approver.rs", "offices, and words by which a note says who approved"),
    ("domain/rules/fee.rs", "fees as registries write them"),
    ("domain/text/visible.rs", "marks that a spreadsheet takes for a formula"),
    ("edge/config/registry", "columns and cells of the registry"),
    ("edge/source/sql/postgres/conversation.rs", "what a server says of a request that somebody ended"),
    ("edge/source/watermark.rs", "days as databases write them"),
    ("edge/report/picture.rs", "the drawing of its test"),
];
/// Files with texts in Chinese that are looked for or cited, with how many at most.
const TEXTS: [(&str, usize, &str); 9] = [
    ("domain/clock/believed.rs", 1, "numbers in the name of a procedure"),
    ("domain/letter/alert.rs", 2, "names of offices, which are no persons"),
    (
        "domain/letter/alert/entry.rs",
        3,
        "marks between the parts of an entry, and at the end of what a person wrote",
    ),
    ("domain/letter/alert/lateness.rs", 1, "how a reason says that a case counts as accepted"),
    ("domain/letter/plain.rs", 28, "finds in reasons what is not for everybody"),
    ("domain/plan/moves.rs", 1, "how reasons began that were kept without their key"),
    ("domain/rules/data_fault.rs", 4, "finds in the reason of a row the line and what stands in the cell"),
    (
        "edge/config/clocks/declared.rs",
        3,
        "the clause of a limit, which is part of what judges: no wording of a language changes its version",
    ),
    ("edge/config/pause_times.rs", 2, "likewise"),
];
/// Records of the demo's city.
const DEMO: [&str; 2] = ["cli/demo.rs", "cli/demo/"];
/// What stands in a field of this name: what docs/rules.md says of a rule in English, with the words that it looks for in records.
const CITED: (&str, &str) = ("src/domain/rules/", "meaning");
/// What gives values their words.
const WORDS: [&str; 2] = ["words", "languages"];
/// A word has at most so many letters.
const LONGEST_WORD: usize = 10;

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether a literal is more than a word or a mark.
fn is_text(literal: &str) -> bool {
    let letters = literal.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).count();
    letters > LONGEST_WORD || letters > 1 && literal.contains(['，', '。', '；', '：', '！', '？'])
}

/// Whether the word of a value is a sentence. That of a clause may be longer than other words.
fn is_said(word: &str) -> bool {
    let letters = word.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}')).count();
    letters > 2 * LONGEST_WORD || word.contains(['，', '。', '；', '：', '！', '？'])
}

/// A text with the characters that it writes as `\u{…}`; a single one so written is a bound of a range.
fn unescaped(literal: &str) -> String {
    if literal.starts_with('\'') {
        return literal.to_owned();
    }
    let mut parts = literal.split("\\u{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap_or((part, ""));
        text.extend(u32::from_str_radix(&code.replace('_', ""), 16).ok().and_then(char::from_u32));
        text.push_str(rest);
    }
    text
}

/// The literals with Chinese of a source, but those whose place says why they have it.
fn gather(path: &str, tokens: &[TokenTree], into: &mut Vec<String>) {
    let is = |at: Option<usize>, one_of: &[&str]| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| one_of.contains(&&*token.to_string()))
    };
    for (place, token) in tokens.iter().enumerate() {
        let before = |back: usize| place.checked_sub(back);
        match token {
            TokenTree::Group(group) => {
                let attribute = is(before(1), &["#"]) || is(before(2), &["#"]) && is(before(1), &["!"]);
                let words = is(before(1), &["!"]) && is(before(2), &WORDS);
                let inside: Vec<_> = group.stream().into_iter().collect();
                let comment = attribute && inside.first().is_some_and(|word| word.to_string() == "doc");
                let mut found = Vec::new();
                gather(path, &inside, &mut found);
                // A word of a value is no sentence.
                into.extend(found.into_iter().filter(|it| !comment && (!words || is_said(&unescaped(it)))));
            }
            TokenTree::Literal(literal) => {
                let cited = path.starts_with(CITED.0) && is(before(1), &[":"]) && is(before(2), &[CITED.1]);
                let text = literal.to_string();
                into.extend(Some(text).filter(|it| !cited && unescaped(it).contains(is_chinese)));
            }
            _ => {}
        }
    }
}

fn chinese(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    gather(path, &TokenStream::from_str(text).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found
}

/// What stands in sources and is on no list, and what the lists have that stands there no more.
fn faults(sources: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, text) in sources {
        let literals = chinese(path, text);
        let path = path.trim_start_matches("src/");
        let listed = READ.iter().map(|(file, _)| *file).find(|file| path.starts_with(file));
        let texts = TEXTS.iter().map(|(file, ..)| *file).find(|file| path == *file);
        for literal in literals.into_iter().filter(|_| !DEMO.iter().any(|of| path.starts_with(of))) {
            match (listed, texts) {
                (_, Some(file)) => *used.entry(file).or_default() += 1,
                (Some(file), None) if !is_text(&unescaped(&literal)) => *used.entry(file).or_default() += 1,
                _ => faults.push(format!("{path}: {literal} belongs into the language files")),
            }
        }
    }
    let unused = READ.iter().filter(|(file, _)| !used.contains_key(file));
    faults.extend(unused.map(|(file, _)| format!("{file} is on the list and has no Chinese")));
    let texts = TEXTS.iter().map(|(file, most, _)| (file, most, used.get(file).copied().unwrap_or(0)));
    let wrong = texts.filter(|(_, most, found)| !(1..=**most).contains(found));
    faults.extend(wrong.map(|(file, most, found)| format!("{file} has {found} texts and may have {most}")));
    faults
}

/// Issue 12.2: everything that people read is said in every language, so it stands in none of the sources.
#[test]
fn no_source_says_anything_in_chinese() {
    assert_eq!(faults(&sources("src")), [""; 0]);
    let schema = fs::read_dir(root().join("src/edge/ledger/schema")).unwrap();
    for file in schema.map(|entry| entry.unwrap().path()) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.lines().map(|line| line.split("--").next().unwrap_or_default());
        let said: Vec<_> = code.filter(|line| line.contains(is_chinese)).collect();
        assert_eq!(said, [""; 0], "{}", file.display());
    }
}

/// Pages of letters have no words of their own, in whichever language: what differs by language is a message.
fn words_of_page(page: &str) -> Vec<String> {
    let mut words = String::new();
    let mut rest = page;
    while let Some(at) = rest.find(['{', '<', '&']) {
        words.push_str(&rest[..at]);
        let ends = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<style", "</style>"), ("<", ">"), ("&", ";")];
        let end = ends.iter().find(|(begin, _)| rest[at..].starts_with(begin)).map_or("{", |(_, end)| *end);
        let inside = rest[at..].find(end).map_or(rest.len(), |to| at + to + end.len());
        if rest[at..inside].contains("lang ==") || rest[at..inside].contains("lang !=") {
            words.push_str(&rest[at..inside]);
        }
        rest = &rest[inside..];
    }
    words.push_str(rest);
    // Where units that stand in a row are parted, their mark is put back.
    let apart = words.split(|c: char| !c.is_alphanumeric() && !is_chinese(c) || c == '、');
    apart
        .filter(|word| word.contains(|c: char| c.is_alphabetic() || is_chinese(c)))
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_page_has_words_of_its_own() {
    for file in fs::read_dir(root().join("src/domain/letter/page")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "html" || end == "txt") {
            assert_eq!(words_of_page(&fs::read_to_string(&path).unwrap()), [""; 0], "{}", path.display());
        }
    }
    let page = "{# Seen by all. #}<p title=\"x\">{{ t.alert.todo }}&nbsp;· {% if c.unit %}2{% endif %}</p>\n";
    assert_eq!(words_of_page(page), [""; 0]);
    for planted in ["已", "：", "Late", "{% if lang == \"en\" %}"] {
        assert!(!words_of_page(&format!("{page}{planted}")).is_empty(), "{planted}");
    }
}

/// Names, cells and terms may be cited in the English file; a sentence may not.
#[test]
fn english_says_no_sentence_in_chinese() {
    let sentence = |line: &str| line.split(|c| !is_chinese(c)).any(is_text);
    let text = fs::read_to_string(root().join("lang/en.ftl")).unwrap();
    let found: Vec<_> = text.lines().filter(|line| sentence(line)).collect();
    assert_eq!(found, [""; 0]);
    assert!(sentence("alert-x = Late: 已经超期，请办结") && !sentence("alert-x = Late (有效期止)"));
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_sentences_are_seen() {
    let with = |path: &str, code: &str| {
        let mut all = sources("src");
        let file = all.iter_mut().find(|(name, _)| name == path).unwrap();
        file.1.push_str(code);
        faults(&all)
    };
    for code in [
        r#"fn f() { say("已超期"); }"#,
        r#"const SQL: &str = "SELECT '已超期'";"#,
        r#"fn f(c: bool) { if c { '，' } else { ',' }; }"#,
        r#"fn f() { format!(r"{a}，{b}"); }"#,
        r#"mod m { fn f() { a(&[b("牌")]); } }"#,
        r#"const A: A = A { zh: "牌" };"#,
        r#"const A: A = A { basis: "《行政许可法》第四十二条" };"#,
        r#"const A: A = A { meaning: "已超期" };"#,
        r#"#[command(about = "列出超期办件")] struct A;"#,
        r#"struct A { #[arg(long, help = "红牌")] card: u8 }"#,
        r#"#[error("已超期")] struct A;"#,
        r#"fn f() { say("\u{5df2}\u{8d85}\u{671f}"); }"#,
        r#"fn f() { say(concat!("已", 1)); }"#,
        r#"fn f() { say(r"已超期"); }"#,
        r#"words!(A { B = "b", "已超期，请尽快办结"; });"#,
    ] {
        assert_eq!(with("src/round.rs", code).len(), 1, "{code}");
    }
    for code in [
        r#"/// 红牌
        fn f() {}"#,
        r#"words!(A { B = "b", "红牌"; });"#,
        r#"fn f() { say("card"); } // 红牌"#,
    ] {
        assert_eq!(with("src/round.rs", code), [""; 0], "{code}");
    }
    let rule = r#"const A: A = A { meaning: "a cell (有效期起)" };"#;
    assert_eq!(with("src/domain/rules/fee.rs", rule), [""; 0]);
    // A word may stand in a file that is listed; a sentence may not, and in a counted one nothing more.
    assert_eq!(with("src/domain/limit.rs", r#"const A: &str = "工作日";"#), [""; 0]);
    assert_eq!(with("src/domain/limit.rs", r#"const A: &str = "已超期，请办结";"#).len(), 1);
    assert_eq!(with("src/domain/plan/moves.rs", r#"const A: &str = "到期日";"#).len(), 1);
}
