//! The map and the layers hold.

use std::fs;
use std::path::PathBuf;

use jianchad::testing::domain::finding::Event;
use jianchad::testing::domain::rules::{OWN, RULES};

use crate::imports::Imports;

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder, without its tests, as a path from the root and its text.
pub fn sources(below: &str) -> Vec<(String, String)> {
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

/// What the files of the crate use.
fn imports() -> Imports {
    let sources = sources("src");
    Imports::of(sources.iter().map(|(path, text)| (path.trim_start_matches("src/"), text.as_str())))
}

/// Modules below one, or it itself.
fn is_in(module: &str, home: &str) -> bool {
    module.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What every edge may use: how files are opened that others may have put there, and in which words it fails.
const OF_ALL_EDGES: [&str; 2] = ["crate::edge::plain_file", "crate::edge::operator"];

/// The layers, each with those that it may use; and the domain touches neither disk nor network nor environment.
fn breaches_of_layers(imports: &Imports) -> Vec<String> {
    let layers: [(&str, &[&str]); 7] = [
        ("domain", &["domain"]),
        ("edge", &["domain", "edge"]),
        ("service", &["domain", "edge", "failure", "service"]),
        ("round", &["domain", "edge", "service", "round"]),
        ("daemon", &["daemon", "domain", "edge", "failure", "service", "round"]),
        ("failure", &["domain", "edge"]),
        ("cli", &["cli", "daemon", "domain", "edge", "failure", "service", "round"]),
    ];
    let outside =
        ["std::fs", "std::env", "std::net", "std::process", "std::os", "std::io::stdin", "std::thread"];
    let is_a_value = |name: &str| {
        name.ends_with("::Ipv4Addr") || name.ends_with("::Ipv6Addr") || name.ends_with("::IpAddr")
    };
    let mut breaches = Vec::new();
    for module in imports.modules() {
        let top = |module: &str| module.split("::").nth(1).unwrap_or_default().to_owned();
        let Some((layer, below)) = layers.iter().find(|(layer, _)| top(module) == *layer) else { continue };
        let room = |module: &str| module.split("::").take(3).collect::<Vec<_>>().join("::");
        for used in imports.uses(module) {
            let inside = is_in(&used, "crate");
            let wrong = inside && !below.contains(&top(&used).as_str())
                || *layer == "domain" && outside.iter().any(|name| is_in(&used, name)) && !is_a_value(&used)
                || *layer == "edge"
                    && top(&used) == "edge"
                    && room(&used) != room(module)
                    && !OF_ALL_EDGES.iter().any(|home| is_in(&used, home));
            if wrong {
                breaches.push(format!("{module} uses {used}"));
            }
        }
    }
    breaches
}

#[test]
fn each_layer_uses_only_what_lies_below_it_and_no_edge_another() {
    assert_eq!(breaches_of_layers(&imports()), [""; 0]);
}

/// Issue of a house that others can carry on: the domain stands in floors, and no two of its files use one another.
#[test]
fn no_two_files_of_the_domain_stand_in_a_ring() {
    let mut rings = imports().rings();
    rings.retain(|ring| ring.iter().any(|module| is_in(module, "crate::domain")));
    assert!(rings.is_empty(), "{rings:#?}");
}

/// Elsewhere the parts of a module use the module; no file uses one beside it that uses it.
#[test]
fn no_two_files_beside_one_another_stand_in_a_ring() {
    let rings = imports().rings_beside();
    assert!(rings.is_empty(), "{rings:#?}");
}

/// The order of src/domain.rs is that of its floors: each uses only what stands before it.
#[test]
fn the_domain_is_read_from_the_ground_up() {
    let text = fs::read_to_string(root().join("src/domain.rs")).unwrap();
    let floors: Vec<String> = text
        .lines()
        .filter_map(|line| line.split_once("mod ")?.1.strip_suffix(';'))
        .map(|name| format!("crate::domain::{name}"))
        .collect();
    let imports = imports();
    let floor = |module: &str| floors.iter().position(|floor| is_in(module, floor));
    for module in imports.modules().filter(|module| floor(module).is_some()) {
        for used in imports.uses(module).iter().filter(|used| floor(used).is_some()) {
            assert!(floor(used) <= floor(module), "{module} uses {used}, which is read after it");
        }
    }
}

/// Libraries used out of their homes.
fn strays(imports: &Imports) -> Vec<String> {
    let homes: [(&str, &[&str]); 18] = [
        ("tokio", &["daemon"]),
        ("rusqlite", &["edge::ledger", "edge::source", "cli::demo::database"]),
        ("lettre", &["edge::notify"]),
        ("rustls", &["edge::notify", "edge::source::sql"]),
        ("postgres_protocol", &["edge::source::sql::postgres"]),
        ("bytes", &["edge::source::sql::postgres"]),
        ("minijinja", &["domain::letter::page"]),
        ("resvg", &["edge::report"]),
        ("rust_xlsxwriter", &["edge::report"]),
        ("toml", &["edge::config"]),
        ("fluent_bundle", &["domain::text"]),
        ("icu_normalizer", &["domain::record::number"]),
        ("fluent_syntax", &["domain::text"]),
        ("clap", &["cli"]),
        ("quick_xml", &["edge::source::xes", "edge::source::xlsx"]),
        ("flate2", &["edge::source::csv", "edge::source::xes", "edge::source::xlsx"]),
        ("sd_notify", &["edge::systemd"]),
        ("encoding_rs", &["edge::config", "edge::source", "edge::notify"]),
    ];
    let mut strays = Vec::new();
    for module in imports.modules() {
        for used in imports.uses(module) {
            let library = used.split("::").next().unwrap();
            let home = homes.iter().find(|(name, _)| *name == library);
            if home.is_some_and(|(_, home)| !home.iter().any(|home| is_in(module, &format!("crate::{home}"))))
            {
                strays.push(format!("{module} uses {used}"));
            }
        }
    }
    strays
}

#[test]
fn each_library_stays_in_its_home() {
    assert_eq!(strays(&imports()), [""; 0]);
}

/// A guard that lets a breach pass is none: each is planted here, in the ways in which it can be written.
#[test]
fn planted_breaches_are_seen() {
    let plant = |rule: &str| {
        let files = [
            ("lib.rs", ""),
            ("domain.rs", "pub mod rules;"),
            ("domain/rules.rs", "mod late; pub use late::Late;"),
            ("domain/rules/late.rs", rule),
            ("edge.rs", "pub mod ledger; pub mod notify;"),
            ("edge/ledger.rs", "pub struct Ledger; use crate::domain::rules::Late;"),
            ("edge/notify.rs", ""),
        ];
        let imports = Imports::of(files);
        (breaches_of_layers(&imports).len(), strays(&imports).len(), imports.rings().len())
    };
    assert_eq!(plant("pub struct Late;"), (0, 0, 0));
    for layer in [
        "use super::super::super::edge::notify;",
        "fn f() { crate::edge::notify::send() }",
        "use {crate::edge::notify as letters};",
        "use std::fs;",
        "use std::{env, fmt};",
        "fn f() { std::net::TcpStream::connect(()) }",
        "fn f() { println!(\"{}\", std::process::id()) }",
    ] {
        assert_eq!(plant(layer), (1, 0, 0), "{layer}");
    }
    for stray in
        ["use {chrono::Days, rusqlite::Connection};", "fn f() { lettre::send() }", "use toml::{de, ser};"]
    {
        let (layers, strays, rings) = plant(stray);
        assert!(layers == 0 && strays > 0 && rings == 0, "{stray}");
    }
    assert_eq!(plant("use crate::edge::ledger::Ledger;"), (1, 0, 1), "and back: a ring");
    assert_eq!(plant("#[cfg(test)] mod tests { use std::fs; }"), (0, 0, 0));
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

/// Where a statement in SQL compares an event with a word instead of a value of the enum.
fn named_events(text: &str) -> Vec<&str> {
    let compared = |at: usize| {
        let after = text[at + "event".len()..].trim_start();
        let word =
            ["IN ('", "NOT IN ('", "= '", "<> '", "IS '"].iter().find_map(|how| after.strip_prefix(how));
        word.and_then(|word| word.split('\'').next()).is_some_and(|word| word.parse::<Event>().is_ok())
    };
    let places = text.match_indices("event").filter(|(at, _)| compared(*at));
    places.map(|(at, _)| text[at..].lines().next().unwrap_or_default()).collect()
}

/// The ids of rules that a source has in a literal of its own, in a statement too. One without a hyphen may be another word.
fn named_rules(text: &str) -> Vec<&'static str> {
    let ids = RULES.iter().map(|rule| rule.id).chain(OWN).filter(|id| id.contains('-'));
    // A text may have the key of a rule's name.
    let text = text.replace("say!(\"", "");
    ids.filter(|id| text.contains(&format!("\"{id}\"")) || text.contains(&format!("'{id}'"))).collect()
}

/// A rule's id stands where the rule does: whoever needs it names the constant, so that the compiler knows of it.
#[test]
fn no_rule_is_named_by_its_id_elsewhere() {
    // The file of a case stands a floor below the rules.
    let of_rules = |path: &str| {
        ["src/domain/rules", "src/cli/demo", "src/domain/case_file.rs"]
            .iter()
            .any(|of| path.starts_with(of))
    };
    for (path, text) in sources("src").into_iter().filter(|(path, _)| !of_rules(path)) {
        assert_eq!(named_rules(&text), [""; 0], "{path}");
    }
    assert_eq!(
        named_rules("f.rule = 'time-limit' OR rule IN ('off-hours-entry', {ids})"),
        ["time-limit", "off-hours-entry"]
    );
    assert_eq!(named_rules("it.rule == \"time-limit\""), ["time-limit"]);
    assert!(named_rules("f.rule = '{limit}' -- time-limit").is_empty());
}

/// A word of an event that is typed slips without the compiler's notice: they stand in `src/domain/finding/event.rs`.
#[test]
fn no_statement_names_an_event_by_its_word() {
    for (path, text) in sources("src") {
        assert_eq!(named_events(&text), [""; 0], "{path}");
    }
    assert_eq!(named_events("x.event IN ('raised')").len(), 1);
    assert_eq!(named_events("(e.event <> 'raised' AND o.event NOT IN ('moved'))").len(), 2);
    assert!(named_events("e.event IN ({begins}) AND e.event = {revoked}").is_empty());
}
