//! A spam filter's opinion of our letters, offline: what a mailbox throws away warns nobody.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::bench::Bench;
use crate::installed::skip;

/// SpamAssassin calls a mail spam from 5 points on; ours stay far below.
const MOST: f64 = 2.0;

#[test]
fn no_letter_looks_like_spam() {
    if Command::new("spamassassin").arg("--version").output().is_err() {
        return skip("spamassassin is not installed");
    }
    let mut city = Bench::new();
    city.licence("A", "2011-09-08 09:00:00").accepted("B", "I60", "2011-07-01 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-12", "2011-11-01"]);
    let mut kinds: Vec<(String, String)> = Vec::new();
    for mail in city.letters() {
        let name =
            |header: &str| mail.lines().find(|line| line.starts_with(header)).unwrap_or_default().to_owned();
        let kind = name("Message-ID: <").split('.').next().unwrap_or_default().to_owned();
        let language = name("To: ").contains("admin").to_string();
        if !kinds.contains(&(kind.clone(), language.clone())) {
            println!("{kind} {}: {:.1} points", name("To: "), points(&mail));
            kinds.push((kind, language));
            assert!(points(&mail) < MOST, "{mail}");
        }
    }
    assert!(kinds.len() >= 4, "{kinds:?}");
    let spam = "Subject: x\n\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n";
    assert!(points(spam) > 100.0, "the filter has its rules");
}

/// What SpamAssassin gives a mail by its own rules, without the network.
fn points(mail: &str) -> f64 {
    let mut filter = Command::new("spamassassin")
        .args(["--local", "--test-mode"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    filter.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    let output = filter.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let status = text.split("X-Spam-Status:").nth(1).unwrap_or_else(|| panic!("no verdict in\n{text}"));
    let score = status.split("score=").nth(1).and_then(|rest| rest.split_whitespace().next());
    score.and_then(|score| score.parse().ok()).unwrap_or_else(|| panic!("no score in {status}"))
}
