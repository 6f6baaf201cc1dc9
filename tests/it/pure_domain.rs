//! What no import shows: by a macro, a method or the compiler's own words the domain could reach the world too, and a file could be
//! compiled as another than it is read as.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::architecture::sources;

/// Macros that read or write what is no value.
const MACROS: [&str; 11] = [
    "print",
    "println",
    "eprint",
    "eprintln",
    "dbg",
    "env",
    "option_env",
    "include",
    "include_str",
    "include_bytes",
    "thread_local",
];
/// What the program carries within it: its words and the pages of its letters.
const CARRIES: [&str; 3] =
    ["src/domain/text/language.rs", "src/domain/text/pseudo.rs", "src/domain/letter/page.rs"];
/// Modules of the standard library that are the world, by whatever name the library goes.
const MODULES: [&str; 6] = ["fs", "env", "net", "process", "os", "thread"];
/// Of them these are values.
const VALUES: [&str; 3] = ["IpAddr", "Ipv4Addr", "Ipv6Addr"];
/// Methods of paths and times that ask the disk and the clock.
const METHODS: [&str; 11] = [
    "exists",
    "try_exists",
    "is_file",
    "is_dir",
    "is_symlink",
    "metadata",
    "symlink_metadata",
    "canonicalize",
    "read_dir",
    "read_link",
    "elapsed",
];
/// Types and functions, likewise.
const WORDS: [&str; 5] = ["SystemTime", "UNIX_EPOCH", "SystemRandom", "stdin", "stdout"];
/// RSA signatures after PKCS #1 take a source of random numbers and draw none.
const SIGNS: &str = "src/domain/letter/dkim.rs";

fn text(token: Option<&TokenTree>) -> String {
    token.map(|token| token.to_string().trim_start_matches("r#").to_owned()).unwrap_or_default()
}

/// Ways out of the domain in a source of it.
fn ways_out(path: &str, tokens: &[TokenTree], found: &mut Vec<String>) {
    for (at, token) in tokens.iter().enumerate() {
        let after = |further: usize| text(tokens.get(at + further));
        let before = |back: usize| text(at.checked_sub(back).and_then(|at| tokens.get(at)));
        match token {
            TokenTree::Group(group) => {
                ways_out(path, &group.stream().into_iter().collect::<Vec<_>>(), found);
            }
            TokenTree::Ident(_) => {
                let word = text(Some(token));
                let in_path = after(1) == ":" && after(2) == ":";
                let within = before(1) == ":" && before(2) == ":";
                let carried = word == "include_str" && CARRIES.contains(&path);
                let wrong = MACROS.contains(&&*word) && after(1) == "!" && !carried
                    || MODULES.contains(&&*word) && (in_path || within) && !VALUES.contains(&&*after(3))
                    || METHODS.contains(&&*word) && before(1) == "."
                    || METHODS.contains(&&*word) && within
                    || WORDS.contains(&&*word) && path != SIGNS
                    || ["std", "core"].contains(&&*word) && in_path && after(3) == "$";
                found.extend(wrong.then(|| format!("{path}: {}{word}", before(1))));
            }
            _ => {}
        }
    }
}

/// What makes another module of a file than its place says, or gives a library another name.
fn disguises(path: &str, tokens: &[TokenTree], found: &mut Vec<String>) {
    for (at, token) in tokens.iter().enumerate() {
        let after = |further: usize| text(tokens.get(at + further));
        match token {
            TokenTree::Group(group) => {
                disguises(path, &group.stream().into_iter().collect::<Vec<_>>(), found);
            }
            TokenTree::Ident(_) => {
                let wrong = text(Some(token)) == "extern" && after(1) == "crate"
                    || text(Some(token)) == "include" && after(1) == "!"
                    || text(Some(token)) == "path" && after(1) == "=" && after(2).ends_with(".rs\"");
                found.extend(wrong.then(|| format!("{path}: {} {}", text(Some(token)), after(1))));
            }
            _ => {}
        }
    }
}

fn read(with: fn(&str, &[TokenTree], &mut Vec<String>), path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    with(path, &TokenStream::from_str(source).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found
}

/// The domain is values in, values out: it asks neither time nor disk nor network nor environment, by no way of writing it.
#[test]
fn the_domain_has_no_way_out() {
    for (path, source) in sources("src/domain").into_iter().chain(sources("src/domain.rs")) {
        assert_eq!(read(ways_out, &path, &source), [""; 0]);
    }
}

#[test]
fn no_file_is_compiled_as_another() {
    for (path, source) in sources("src") {
        assert_eq!(read(disguises, &path, &source), [""; 0]);
    }
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_ways_out_are_seen() {
    let plant = |source: &str| read(ways_out, "src/domain/rules/fee.rs", source).len();
    for source in [
        r#"fn f() { println!("card") }"#,
        r#"fn f() { std::eprintln!("card") }"#,
        r#"const A: &str = env!("HOME");"#,
        r#"const A: &str = include_str!("/etc/hostname");"#,
        r#"const A: &[u8] = std::include_bytes!("/etc/hostname");"#,
        r#"fn f() { s::fs::read("x"); }"#,
        r#"macro_rules! m { ($s:ident) => { $s::fs::read("x") } }"#,
        r#"macro_rules! m { ($m:ident) => { std::$m::read("x") } }"#,
        r#"fn f() { fs::read("x"); }"#,
        r#"fn f() { r#fs::read("x"); }"#,
        r#"fn f(path: &Path) -> bool { path.exists() }"#,
        r#"fn f(path: &Path) -> bool { Path::is_file(path) }"#,
        r#"fn f(paths: &[&Path]) -> bool { paths.iter().any(|path| path.try_exists().is_ok()) }"#,
        r#"use std::time::UNIX_EPOCH;"#,
        r#"fn f() { SystemTime::now() }"#,
        r#"fn f() { since.elapsed() }"#,
        r#"use ring::rand::SystemRandom;"#,
        r#"fn f() { net::TcpStream::connect(()) }"#,
    ] {
        assert_eq!(plant(source), 1, "{source}");
    }
    for source in [
        r#"fn f() { say!("rule-fee"); format!("{a}") }"#,
        "use std::net::Ipv4Addr;",
        "fn f(net: u32, item: &Item) -> u32 { net + item.env }",
        "fn exists(it: &str) -> bool { exists(it) }",
    ] {
        assert_eq!(plant(source), 0, "{source}");
    }
    let plant = |source: &str| read(disguises, "src/domain/rules/fee.rs", source).len();
    for source in [
        r#"#[path = "../../edge/notify.rs"] mod notify;"#,
        r#"#[cfg_attr(all(), path = "../../edge/notify.rs")] mod notify;"#,
        r#"include!("../../edge/notify.rs");"#,
        "extern crate std as s;",
        "mod m { pub extern crate self as me; }",
    ] {
        assert!(plant(source) > 0, "{source}");
    }
    assert_eq!(plant(r#"#[serde(with = "values")] fn f(path: &str) { include_str!("a") }"#), 0);
}
