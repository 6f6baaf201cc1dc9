//! The documents hold: every query runs, every view and rule is described, the changelog names the version.

use std::fs;
use std::path::Path;

use jianchad::testing::domain::card::Mode;
use jianchad::testing::domain::rules::{OWN, RULES, Rule, name};
use jianchad::testing::domain::text::Language;
use rusqlite::Connection;

use crate::bench::Bench;

const LEDGER: [&str; 2] = ["docs/ledger.md", "docs/ledger.zh-CN.md"];

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn every_query_of_the_ledger_s_description_runs() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    for text in LEDGER.map(document) {
        let blocks: Vec<&str> =
            text.split("```sql\n").skip(1).filter_map(|block| block.split("```").next()).collect();
        assert!(blocks.len() >= 12);
        for sql in blocks {
            city.ledger(sql.trim().trim_end_matches(';'));
        }
    }
    assert_eq!(
        city.ledger("SELECT card, case_number, unit_name, due_at FROM open_findings"),
        ["red|A-1|市住建局|2011-10-27", "yellow|A-1|市住建局|2011-10-13"]
    );
}

#[test]
fn every_view_and_every_column_is_described() {
    let mut city = Bench::new();
    city.rounds_on(&["2011-10-28"]);
    let texts = LEDGER.map(document);
    let db = Connection::open(city.path("ledger.db")).unwrap();
    let views = city.ledger("SELECT name FROM sqlite_schema WHERE type = 'view'");
    assert!(views.len() >= 11);
    for view in views {
        let statement = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
        for (file, text) in LEDGER.iter().zip(&texts) {
            assert!(text.contains(&view), "{file}: the view `{view}` is not described");
            for column in statement.column_names() {
                let described = text.contains(&format!("`{column}`"));
                assert!(described, "{file}: the column `{view}.{column}` is not described");
            }
        }
    }
}

/// How a rule is shown below its heading.
fn shown(rule: &Rule, language: Language, meaning: &str) -> String {
    let english = language == Language::English;
    let mode = match (rule.mode, english) {
        (Mode::Auto, true) => "issued at once (`auto`)",
        (Mode::Review, true) => "waits for a supervisor (`review`)",
        (Mode::Off, true) => "off",
        (Mode::Auto, false) => "自动发出（`auto`）",
        (Mode::Review, false) => "待监察人员审核（`review`）",
        (Mode::Off, false) => "停用",
    };
    let card = match (rule.card, english) {
        (None, true) => "by the card table".to_owned(),
        (None, false) => "依发牌标准".to_owned(),
        (Some(card), true) => format!("{} ({})", card.word(), card.zh()),
        (Some(card), false) => card.zh().to_owned(),
    };
    let heading = format!("\n## `{}` {}\n", rule.id, name(rule.id).words(Language::Chinese));
    if english {
        format!(
            "{heading}\n{meaning}.\n\n- card: {card}\n- mode: {mode}\n- rests on: {}\n",
            rule.basis().words(Language::Chinese)
        )
    } else {
        let of = fingerprint(rule.meaning.trim_end_matches('.'));
        format!(
            "{heading}\n<!-- {of} -->\n{meaning}\n\n- 牌：{card}\n- 发出方式：{mode}\n- 依据：{}\n",
            rule.basis().words(Language::Chinese)
        )
    }
}

/// Which English text a Chinese one says (FNV-1a).
fn fingerprint(text: &str) -> String {
    let mixed = |sum: u32, byte: u8| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    format!("{:08x}", text.bytes().fold(0x811c_9dc5, mixed))
}

/// What docs/rules.zh-CN.md says of a rule. It names the English text that it says, so that none stays behind when that changes.
fn meaning_in_chinese<'a>(document: &'a str, rule: &Rule) -> &'a str {
    let heading = format!("\n## `{}` ", rule.id);
    let of = fingerprint(rule.meaning.trim_end_matches('.'));
    let at =
        document.find(&heading).unwrap_or_else(|| panic!("docs/rules.zh-CN.md says nothing of {}", rule.id));
    let mut lines = document[at + 1..].lines().skip(2);
    let marked = lines.next().unwrap_or_default();
    let hint = "has another meaning by now: say it in docs/rules.zh-CN.md, then mark that text";
    assert_eq!(marked, format!("<!-- {of} -->"), "`{}` {hint}", rule.id);
    lines
        .next()
        .filter(|meaning| meaning.ends_with('。'))
        .unwrap_or_else(|| panic!("{} has no meaning", rule.id))
}

/// docs/rules.md is written from the rules themselves, and so is what is not a sentence in docs/rules.zh-CN.md;
/// `JIANCHAD_WRITE_DOCUMENTS=1 cargo test rules_document` writes both anew.
#[test]
fn the_rules_document_says_what_the_rules_are() {
    let mark = "<!-- from here on written from src/domain/rules -->\n";
    for (file, language) in [("docs/rules.md", Language::English), ("docs/rules.zh-CN.md", Language::Chinese)]
    {
        let mut text = document(file);
        let at = text.find(mark).unwrap() + mark.len();
        let mut written = text[..at].to_owned();
        for id in OWN {
            assert!(written.contains(&format!("`{id}` ")), "{file} says nothing of {id}");
        }
        for rule in RULES {
            let meaning = match language {
                Language::English => rule.meaning.trim_end_matches('.'),
                Language::Chinese => meaning_in_chinese(&text, rule),
            };
            written.push_str(&shown(rule, language, meaning));
        }
        if std::env::var_os("JIANCHAD_WRITE_DOCUMENTS").is_some() {
            fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), &written).unwrap();
            text.clone_from(&written);
        }
        assert_eq!(text, written);
    }
}

#[test]
fn the_changelog_names_the_version() {
    let heading = format!("## [{}] - ", env!("CARGO_PKG_VERSION"));
    assert!(document("CHANGELOG.md").contains(&heading));
}

/// Every file that a README names is there.
#[test]
fn the_readmes_name_files_that_exist() {
    for name in ["README.md", "README.zh-CN.md"] {
        let text = document(name);
        assert!(!text.contains("{{"), "{name} has a place to be filled");
        for link in text.split("](").skip(1).filter_map(|link| link.split(')').next()) {
            if !link.starts_with("http") {
                assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(link).exists(), "{name}: {link}");
            }
        }
        for command in ["cargo run --release --locked -- demo", "cargo test --locked"] {
            assert!(text.contains(command), "{name}: {command}");
        }
    }
}

/// Every row of the fault table names a test that exists.
#[test]
fn every_attack_of_the_fault_table_has_its_test() {
    for table in ["docs/reliability.md", "docs/reliability.zh-CN.md"].map(document) {
        names_its_tests(&table);
    }
}

fn names_its_tests(table: &str) {
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| {
            line.starts_with("| ") && !["| attack ", "| 攻击 "].iter().any(|head| line.starts_with(head))
        })
        .collect();
    assert!(rows.len() >= 25, "{}", rows.len());
    for row in rows {
        let named = row.trim_end_matches(" |").rsplit(" | ").next().unwrap().trim_matches('`');
        let (file, test) = named.split_once("::").unwrap_or_else(|| panic!("{row} names no test"));
        let text = document(&format!("tests/it/{file}.rs"));
        let stands = text.contains(&format!("#[test]\nfn {test}()"));
        assert!(stands, "tests/it/{file}.rs has no test `{test}`");
    }
}
