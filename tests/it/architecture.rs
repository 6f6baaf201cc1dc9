//! The map and the layers hold.

use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, without its tests, as a path from the root and its text.
fn sources(below: &str) -> Vec<(String, String)> {
    let mut sources = Vec::new();
    let mut waiting = vec![root().join(below)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let test = name.ends_with("tests.rs") || name.contains("/tests/");
        if name.ends_with(".rs") && !test {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
            sources.push((name, code));
        }
    }
    sources.sort();
    assert!(!sources.is_empty(), "nothing below {below}");
    sources
}

/// The modules of the crate that a text names: `crate::edge::ledger` gives `edge::ledger`.
fn named(text: &str) -> Vec<String> {
    let path = |rest: &str| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    text.split("crate::").skip(1).map(path).collect()
}

#[test]
fn each_layer_uses_only_what_lies_below_it() {
    let layers: [(&str, &[&str]); 6] = [
        ("src/domain", &["domain"]),
        ("src/house.rs", &["domain", "edge", "failure"]),
        ("src/round.rs", &["domain", "edge", "house"]),
        ("src/daemon.rs", &["domain", "edge", "failure", "house", "round"]),
        ("src/failure.rs", &["edge"]),
        ("src/cli", &["cli", "daemon", "domain", "edge", "failure", "house", "round"]),
    ];
    for (layer, below) in layers {
        for (path, text) in sources(layer) {
            for name in named(&text) {
                let top = name.split("::").next().unwrap();
                assert!(below.contains(&top), "{path} uses crate::{name}");
            }
        }
    }
}

#[test]
fn no_edge_knows_another() {
    for (path, text) in sources("src/edge") {
        let own = path.strip_prefix("src/edge/").unwrap().split(['/', '.']).next().unwrap();
        for name in named(&text) {
            let allowed = name.starts_with("domain") || name.starts_with(&format!("edge::{own}"));
            assert!(allowed, "{path} uses crate::{name}");
        }
    }
}

#[test]
fn each_library_stays_in_its_home() {
    let homes: [(&str, &[&str]); 13] = [
        ("tokio", &["src/daemon.rs"]),
        ("rusqlite", &["src/edge/ledger", "src/edge/source", "src/cli/demo/database.rs"]),
        ("lettre", &["src/edge/notify"]),
        ("rustls", &["src/edge/notify"]),
        ("minijinja", &["src/domain/letter/page.rs"]),
        ("resvg", &["src/edge/report/"]),
        ("rust_xlsxwriter", &["src/edge/report/"]),
        ("toml", &["src/edge/config", "src/domain/letter/page.rs"]),
        ("clap", &["src/cli"]),
        ("quick_xml", &["src/edge/source/xes.rs"]),
        ("flate2", &["src/edge/source/xes.rs"]),
        ("sd_notify", &["src/edge/systemd.rs"]),
        ("encoding_rs", &["src/edge/config", "src/edge/source", "src/edge/notify"]),
    ];
    for (library, home) in homes {
        for (path, text) in sources("src") {
            let uses = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//")).any(|line| {
                let begin = line.find(&format!("{library}::"));
                begin.is_some_and(|at| {
                    at == 0 || !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            assert!(!uses || home.iter().any(|home| path.starts_with(home)), "{path} uses {library}");
        }
    }
}

#[test]
fn the_map_names_what_there_is() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(map.lines().count() <= 150);
    for word in map.split(|c: char| c.is_whitespace() || "`(),;:|".contains(c)) {
        let word = word.trim_end_matches('.');
        if ["src/", "config/", "systemd/", "docs/", "tests/", "benches/"]
            .iter()
            .any(|top| word.starts_with(top))
        {
            assert!(root().join(word).exists(), "ARCHITECTURE.md names `{word}`, which is not there");
        }
    }
    for folder in ["src/domain", "src/edge", "src"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let minor = ["mod", "moment", "now", "limit", "policy", "finding", "digest", "overview"];
            assert!(
                minor.contains(&name.as_str()) || map.contains(&name),
                "ARCHITECTURE.md leaves out `{name}`"
            );
        }
    }
}

#[test]
fn rooms_are_of_readable_size_and_finished() {
    for (path, text) in sources("src") {
        let whole = fs::read_to_string(root().join(&path)).unwrap();
        assert!(whole.lines().count() <= 300, "{path} has {} lines", whole.lines().count());
        assert!(whole.starts_with("//! "), "{path} does not say what it is");
        for word in ["todo!", "unimplemented!", "dbg!", "FIXME", "TODO", ".unwrap()"] {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
}
