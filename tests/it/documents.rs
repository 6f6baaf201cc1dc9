//! The documents hold: every query runs, every view and rule is described, the changelog names the version.

use std::fs;
use std::path::Path;

use jianchad::domain::card::Mode;
use jianchad::domain::rules::{OWN, RULES, name};
use jianchad::domain::text::Language;
use rusqlite::Connection;

use crate::bench::Bench;

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

#[test]
fn every_query_of_the_ledger_s_description_runs() {
    let mut city = Bench::new();
    city.licence("A-1", "2011-09-26 10:00:00");
    city.rounds_on(&["2011-10-28"]);
    let text = document("docs/ledger.md");
    let blocks: Vec<&str> =
        text.split("```sql\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert!(blocks.len() >= 12);
    for sql in blocks {
        city.ledger(sql.trim().trim_end_matches(';'));
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
    let text = document("docs/ledger.md");
    let db = Connection::open(city.path("ledger.db")).unwrap();
    let views = city.ledger("SELECT name FROM sqlite_schema WHERE type = 'view'");
    assert!(views.len() >= 11);
    for view in views {
        assert!(text.contains(&view), "the view `{view}` is not described");
        let statement = db.prepare(&format!("SELECT * FROM {view}")).unwrap();
        for column in statement.column_names() {
            assert!(text.contains(&format!("`{column}`")), "the column `{view}.{column}` is not described");
        }
    }
}

/// docs/rules.md is written from the rules themselves; `JIANCHAD_WRITE_DOCUMENTS=1 cargo test rules_document` writes it
/// anew.
#[test]
fn the_rules_document_says_what_the_rules_are() {
    let mut text = document("docs/rules.md");
    let mark = "<!-- from here on written from src/domain/rules -->\n";
    let at = text.find(mark).unwrap() + mark.len();
    let mut written = text[..at].to_owned();
    for id in OWN {
        assert!(written.contains(&format!("`{id}` ")), "docs/rules.md says nothing of {id}");
    }
    for rule in &RULES {
        let mode = match rule.mode {
            Mode::Auto => "issued at once (`auto`)",
            Mode::Review => "waits for a supervisor (`review`)",
            Mode::Off => "off",
        };
        let card = rule.card.map_or_else(
            || "by the card table".to_owned(),
            |card| format!("{} ({})", card.word(), card.zh()),
        );
        written.push_str(&format!(
            "\n## `{}` {}\n\n{}.\n\n- card: {card}\n- mode: {mode}\n- rests on: {}\n",
            rule.id,
            name(rule.id).words(Language::Chinese),
            rule.meaning.trim_end_matches('.'),
            rule.basis
        ));
    }
    if std::env::var_os("JIANCHAD_WRITE_DOCUMENTS").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md"), &written).unwrap();
        text.clone_from(&written);
    }
    assert_eq!(text, written);
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
    let table = document("docs/reliability.md");
    let rows: Vec<&str> =
        table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| attack ")).collect();
    assert!(rows.len() >= 25, "{}", rows.len());
    for row in rows {
        let named = row.trim_end_matches(" |").rsplit(" | ").next().unwrap().trim_matches('`');
        let (file, test) = named.split_once("::").unwrap_or_else(|| panic!("{row} names no test"));
        let text = document(&format!("tests/it/{file}.rs"));
        let stands = text.contains(&format!("#[test]\nfn {test}()"));
        assert!(stands, "tests/it/{file}.rs has no test `{test}`");
    }
}
