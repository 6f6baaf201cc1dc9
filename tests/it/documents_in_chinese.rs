//! The documents in Chinese say what those in English say: section by section the same commands, queries, settings, tests and figures.

use std::collections::BTreeSet;
use std::fs;

use crate::architecture::root;

/// Documents that stand in both languages, without what tells them apart.
const BOTH: [&str; 5] = ["README", "docs/operations", "docs/ledger", "docs/rules", "docs/reliability"];

/// What a document of either language has under one heading.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    level: usize,
    /// Lines of its blocks, without what is said of them.
    blocks: Vec<String>,
    /// What stands in backticks.
    named: BTreeSet<String>,
    /// Figures of three digits and more.
    figures: BTreeSet<String>,
    links: BTreeSet<String>,
    rows: usize,
}

/// Words for what somebody fills in are of the language, and so is what is filled in.
fn without_fillers(code: &str) -> String {
    let filler = |word: &str| {
        !word.is_ascii()
            || word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).chars().all(|c| c.is_ascii_uppercase())
    };
    let quoted = code.starts_with('"');
    code.split(' ')
        .filter(|word| quoted || !filler(word) || word.starts_with("--"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn without_comment(line: &str) -> &str {
    if line.starts_with('#') { "" } else { line.split_once(" #").map_or(line, |(code, _)| code).trim_end() }
}

fn figures(line: &str) -> impl Iterator<Item = String> {
    let mut plain = String::new();
    let all: Vec<char> = line.chars().collect();
    for (at, c) in all.iter().enumerate() {
        let grouped = *c == ','
            && at > 0
            && all[at - 1].is_ascii_digit()
            && all.get(at + 1..at + 4).is_some_and(|next| next.iter().all(char::is_ascii_digit));
        if !grouped {
            plain.push(*c);
        }
    }
    let runs: Vec<String> = plain.split(|c: char| !c.is_ascii_digit()).map(str::to_owned).collect();
    runs.into_iter().filter(|run| run.len() > 2)
}

fn sections(text: &str) -> Vec<Section> {
    let mut all = vec![Section::default()];
    let mut fence: Option<bool> = None;
    for line in text.lines() {
        let section = all.last_mut().unwrap();
        if let Some(language) = line.strip_prefix("```") {
            // What a command puts out is in the language of its reader.
            fence =
                if fence.is_some() { None } else { Some(["sh", "sql", "toml", "ini"].contains(&language)) };
        } else if let Some(code) = fence {
            let line = without_fillers(without_comment(line));
            if code && !line.trim().is_empty() {
                section.blocks.push(line);
            }
        } else if !line.starts_with("<!--") {
            let level = line.chars().take_while(|c| *c == '#').count();
            if level > 0 {
                all.push(Section { level, ..Section::default() });
            }
            let section = all.last_mut().unwrap();
            section.rows += usize::from(line.starts_with('|'));
            let named = line.split('`').skip(1).step_by(2).map(without_fillers);
            section.named.extend(named.filter(|code| !code.trim().is_empty()));
            section.figures.extend(figures(line));
            let links = line.split("](").skip(1).filter_map(|link| link.split(')').next());
            section.links.extend(links.map(|link| link.replace(".zh-CN", "")));
        }
    }
    all
}

fn both(name: &str) -> [String; 2] {
    ["md", "zh-CN.md"].map(|end| fs::read_to_string(root().join(format!("{name}.{end}"))).unwrap())
}

#[test]
fn both_languages_have_the_same_sections_commands_settings_and_figures() {
    for name in BOTH {
        let [english, chinese] = both(name).map(|text| sections(&text));
        for (place, (english, chinese)) in english.iter().zip(&chinese).enumerate() {
            let of = format!("{name}, section {place} of the Chinese text");
            assert_eq!(chinese.level, english.level, "{of}: its level");
            assert_eq!(chinese.blocks, english.blocks, "{of}: its blocks");
            let differs = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
                format!("{of}: only in Chinese {:?}, only in English {:?}", one - other, other - one)
            };
            assert_eq!(chinese.named, english.named, "{}", differs(&chinese.named, &english.named));
            assert_eq!(chinese.figures, english.figures, "{}", differs(&chinese.figures, &english.figures));
            assert_eq!(chinese.links, english.links, "{}", differs(&chinese.links, &english.links));
            assert_eq!(chinese.rows, english.rows, "{of}: lines of its tables");
        }
        assert_eq!(chinese.len(), english.len(), "{name}: sections");
    }
}

/// Whoever opens one finds the other.
#[test]
fn each_document_names_that_of_the_other_language() {
    for name in BOTH {
        let [english, chinese] = both(name);
        let file = name.rsplit('/').next().unwrap();
        let head = |text: &str| text.lines().take(3).collect::<Vec<_>>().join("\n");
        assert!(head(&english).contains(&format!("[简体中文]({file}.zh-CN.md)")), "{name}");
        assert!(head(&chinese).contains(&format!("[English]({file}.md)")), "{name}");
        let readme = fs::read_to_string(root().join("README.zh-CN.md")).unwrap();
        let led_to = name == "README" || readme.contains(&format!("{name}.zh-CN.md"));
        assert!(led_to, "README.zh-CN.md does not lead to {name}");
    }
}

/// Paragraphs in Chinese are in Chinese: what is left of one without what stands in backticks has no three words of English in a row.
#[test]
fn the_documents_in_chinese_are_in_chinese() {
    for name in BOTH {
        let [_, chinese] = both(name);
        let mut fenced = false;
        for line in chinese.lines() {
            fenced ^= line.starts_with("```");
            if !fenced && !line.starts_with("<!--") {
                let outside: String = line.split('`').step_by(2).collect();
                assert_eq!(crate::said_in_chinese::english(&outside), [""; 0], "{name}: {line}");
            }
        }
    }
}

/// A guard that lets a breach pass is none.
#[test]
fn what_one_language_lacks_is_seen() {
    let english = "# A\n\n`answer_within` is 1,024 days.\n\n```sh\njianchad adopt --by NAME   # who\n```\n\n| `a` | b |\n";
    let same = "# 甲\n\n`answer_within` 为1024日。\n\n```sh\njianchad adopt --by 钱八   # 何人\n```\n\n| `a` | 乙 |\n";
    assert_eq!(sections(english), sections(same));
    for (from, to) in [
        ("`answer_within`", "答复期限"),
        ("1024", "1025"),
        ("adopt", "status"),
        ("| `a` | 乙 |\n", ""),
        ("# 甲", "## 甲"),
        ("--by ", ""),
    ] {
        assert_ne!(sections(english), sections(&same.replacen(from, to, 1)), "{from}");
    }
}
