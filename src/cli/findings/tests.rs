//! A third language seen through commands.

use std::path::Path;

use clap::Parser;

use super::super::explain::Explain;
use super::super::once::Once;
use super::*;
use crate::domain::text::accented;

#[derive(Parser)]
enum Line {
    Once(Once),
    Findings(Findings),
    Explain(Explain),
}

fn said(folder: &Path, arguments: &str) -> String {
    let config = folder.join("jianchad.toml");
    let words = arguments.split_whitespace().map(Into::into);
    let line = ["jianchad".into()].into_iter().chain(words).chain(["-c".into(), config.into_os_string()]);
    let mut out = Vec::new();
    match Line::parse_from(line) {
        Line::Once(once) => drop(once.run(&mut out)),
        Line::Findings(findings) => findings.run(&mut out).unwrap(),
        Line::Explain(explain) => explain.run(&mut out).unwrap(),
    }
    String::from_utf8(out).unwrap()
}

/// Issue 12.2: a third language, one file and one line, is asked for like any; headings, words and the reasons in the ledger are
/// said in it, and nothing else is said than in English.
#[test]
fn commands_speak_a_third_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let example = root.join("config/examples/permits");
    std::fs::create_dir(folder.path().join("registry")).unwrap();
    for name in ["jianchad.toml", "calendar.toml"] {
        std::fs::copy(example.join(name), folder.path().join(name)).unwrap();
    }
    for name in ["regions", "units", "items", "contacts"] {
        let name = format!("registry/{name}.csv");
        std::fs::copy(example.join(&name), folder.path().join(&name)).unwrap();
    }
    std::fs::copy(root.join("tests/data/permits/made-up.csv"), folder.path().join("receipt.csv")).unwrap();
    said(folder.path(), "once --at 2020-06-30T10:00");
    for command in ["findings --format json", "findings", "explain made-8"] {
        let [english, third, chinese] = ["en", "en-XA", "zh-CN"]
            .map(|language| said(folder.path(), &format!("{command} --lang {language}")));
        assert_eq!(accented(&third), accented(&english), "{command}");
        assert!(third != english && chinese != third, "{command}: {third}");
    }
    let reasons = said(folder.path(), "findings --format json --lang en-XA");
    let reasons: Vec<serde_json::Value> = serde_json::from_str(&reasons).unwrap();
    for line in reasons.iter().filter(|line| line["rule"] != "data-fault") {
        assert!(line["why"].as_str().unwrap().contains('é'), "{line}");
    }
}
