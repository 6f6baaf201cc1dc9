//! The map and the layers hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

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
    let outside = [
        "std::*",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::os",
        "std::io::stdin",
        "std::io::stdout",
        "std::io::stderr",
        "std::thread",
        "chrono::Local",
        "chrono::offset::Local",
    ];
    let is_a_value = |name: &str| {
        name.ends_with("::Ipv4Addr") || name.ends_with("::Ipv6Addr") || name.ends_with("::IpAddr")
    };
    let mut breaches = BTreeSet::new();
    for module in imports.modules() {
        let top = |module: &str| module.split("::").nth(1).unwrap_or_default().to_owned();
        let Some((layer, below)) = layers.iter().find(|(layer, _)| top(module) == *layer) else {
            if !["", "main", "testing"].contains(&top(module).as_str()) {
                breaches.insert(format!("{module} stands in no layer"));
            }
            continue;
        };
        let room = |module: &str| module.split("::").take(3).collect::<Vec<_>>().join("::");
        for used in imports.uses(module).into_iter().chain(imports.hands_on(module)) {
            let inside = is_in(&used, "crate");
            let wrong = inside && !below.contains(&top(&used).as_str())
                || *layer == "domain" && outside.iter().any(|name| is_in(&used, name)) && !is_a_value(&used)
                || *layer == "edge"
                    && top(&used) == "edge"
                    && room(&used) != room(module)
                    && !OF_ALL_EDGES.iter().any(|home| is_in(&used, home));
            if wrong {
                breaches.insert(format!("{module} uses {used}"));
            }
        }
    }
    breaches.into_iter().collect()
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

/// The parts of the domain from the ground up, as src/domain.rs has them.
pub fn floors() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/domain.rs")).unwrap();
    text.lines().filter_map(|line| Some(line.split_once("mod ")?.1.strip_suffix(';')?.to_owned())).collect()
}

/// The order of src/domain.rs is that of its floors: each uses only what stands before it.
#[test]
fn the_domain_is_read_from_the_ground_up() {
    let floors: Vec<String> = floors().iter().map(|name| format!("crate::domain::{name}")).collect();
    let imports = imports();
    let floor = |module: &str| floors.iter().position(|floor| is_in(module, floor));
    for module in imports.modules().filter(|module| floor(module).is_some()) {
        for used in imports.uses(module).iter().filter(|used| floor(used).is_some()) {
            assert!(floor(used) <= floor(module), "{module} uses {used}, which is read after it");
        }
    }
}

/// Where each library may be used. A dependency that stands here nowhere has no home: a test says so.
const HOMES: [(&str, &[&str]); 42] = [
    ("tokio", &["daemon"]),
    ("rusqlite", &["edge::ledger", "edge::source", "cli::demo::database"]),
    ("lettre", &["edge::notify"]),
    ("rustls", &["edge::notify", "edge::source::sql"]),
    ("rustls_native_certs", &["edge::notify", "edge::source::sql"]),
    ("rustls_pki_types", &["domain::letter::dkim", "edge::notify", "edge::source::sql"]),
    ("postgres_protocol", &["edge::source::sql::postgres"]),
    ("bytes", &["edge::source::sql::postgres"]),
    ("minijinja", &["domain::letter::page"]),
    ("resvg", &["edge::report"]),
    ("rust_xlsxwriter", &["edge::report"]),
    ("toml", &["edge::config"]),
    ("fluent_bundle", &["domain::text"]),
    ("fluent_syntax", &["domain::text"]),
    ("icu_normalizer", &["domain::record::number"]),
    ("idna", &["domain::letter::address"]),
    ("indexmap", &["domain::registry"]),
    ("base64", &["domain::letter", "edge::notify"]),
    ("ring", &["domain::erased", "domain::letter::dkim", "domain::sample", "edge"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("comfy_table", &["cli"]),
    ("indicatif", &["cli"]),
    ("tempfile", &["cli::replay"]),
    ("unicode_width", &["domain::letter", "edge::config", "edge::report", "cli"]),
    ("csv", &["edge::config", "edge::source", "cli"]),
    ("humantime", &["edge::config"]),
    ("quick_xml", &["edge::source::xes", "edge::source::xlsx"]),
    ("flate2", &["edge::source::csv", "edge::source::xes", "edge::source::xlsx"]),
    ("sd_notify", &["edge::systemd"]),
    ("encoding_rs", &["edge::config", "edge::source", "edge::notify"]),
    ("rustix", &["edge", "service", "cli"]),
    ("tracing", &["edge", "service", "round", "daemon"]),
    ("tracing_journald", &["edge::logging"]),
    ("tracing_subscriber", &["edge::logging"]),
    // Values and their forms: everywhere.
    ("chrono", &[""]),
    ("chrono_tz", &[""]),
    ("serde", &[""]),
    ("serde_json", &[""]),
    ("thiserror", &[""]),
    ("std", &[""]),
];

/// Libraries used out of their homes.
fn strays(imports: &Imports) -> Vec<String> {
    let at_home = |module: &str, homes: &[&str]| {
        homes.iter().any(|home| home.is_empty() || is_in(module, &format!("crate::{home}")))
    };
    let mut strays = Vec::new();
    for module in imports.modules() {
        for used in imports.uses(module).into_iter().chain(imports.hands_on(module)) {
            let library = used.split("::").next().unwrap();
            let home = HOMES.iter().find(|(name, _)| *name == library);
            if home.is_some_and(|(_, homes)| !at_home(module, homes)) {
                strays.push(format!("{module} uses {used}"));
            }
        }
    }
    strays
}

/// A library that nobody gave a home would be one that the domain may use.
#[test]
fn each_library_has_a_home() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    let names = dependencies.lines().filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")));
    let names: BTreeSet<String> = names.chain(["std".to_owned()]).collect();
    let housed: BTreeSet<String> = HOMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, housed);
}

#[test]
fn each_library_stays_in_its_home() {
    assert_eq!(strays(&imports()), [""; 0]);
}

/// Ways in which a rule can name what lies above the domain or outside the program.
const OUT_OF_LAYERS: [&str; 26] = [
    "use super::super::super::edge::notify;",
    "fn f() { crate::edge::notify::send() }",
    "use {crate::edge::notify as letters};",
    "use std::fs;",
    "use std::{env, fmt};",
    "fn f() { std::net::TcpStream::connect(()) }",
    "fn f() { println!(\"{}\", std::process::id()) }",
    "fn f() { self::super::super::super::edge::notify::send() }",
    "mod inner { fn f() { super::super::super::super::edge::notify::send() } }",
    "mod inner { pub mod deeper { use super::super::super::super::super::edge::notify; } }",
    "use crate::edge as e; fn f() { e::notify::send() }",
    "use super::super::super as top; fn f() { top::edge::notify::send() }",
    "use crate::{edge::{notify::{smtp::*}}};",
    "pub use crate::edge::notify::send;",
    "pub(in crate::domain) use crate::edge::notify::send as tell;",
    "macro_rules! send { () => { $crate::edge::notify::send() } }",
    "use std as s; fn f() { s::fs::read(\"\") }",
    "use std::{self as s}; fn f() { s::env::var(\"\") }",
    "use ::std::{fs::{self as files}};",
    "fn f() { ::std::r#fs::read(\"\") }",
    "pub use std::env as around;",
    "use std::*;",
    "use std::{*};",
    "fn f() { std::io::stdout() }",
    "use std::io; fn f() { io::stderr() }",
    "use chrono::Local;",
];
/// Ways in which a library can be used where it is not at home.
const OUT_OF_HOMES: [&str; 7] = [
    "use {chrono::Days, rusqlite::Connection};",
    "fn f() { lettre::send() }",
    "use toml::{de, ser};",
    "use rusqlite as db; fn f() { db::open() }",
    "pub use rusqlite::Connection as Db;",
    "use {::rustix::fs::open};",
    "fn f() { tracing::info!(\"\") }",
];

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
            ("edge/notify/smtp.rs", ""),
        ];
        let imports = Imports::of(files);
        (breaches_of_layers(&imports).len(), strays(&imports).len(), imports.rings().len())
    };
    assert_eq!(plant("pub struct Late;"), (0, 0, 0));
    for layer in OUT_OF_LAYERS {
        let (layers, strays, rings) = plant(layer);
        assert!(layers > 0 && strays == 0 && rings == 0, "{layer}");
    }
    for stray in OUT_OF_HOMES {
        let (layers, strays, rings) = plant(stray);
        assert!(layers == 0 && strays > 0 && rings == 0, "{stray}");
    }
    assert_eq!(plant("use crate::edge::ledger::Ledger;"), (1, 0, 1), "and back: a ring");
    assert_eq!(plant("#[cfg(test)] mod tests { use std::fs; }"), (0, 0, 0));
    let beside = Imports::of([("edge/notify.rs", "use super::source::Row;"), ("edge/source.rs", "")]);
    assert_eq!(breaches_of_layers(&beside), ["crate::edge::notify uses crate::edge::source"]);
    let new = Imports::of([("helper.rs", "use std::fs;")]);
    assert_eq!(breaches_of_layers(&new), ["crate::helper stands in no layer"]);
}
