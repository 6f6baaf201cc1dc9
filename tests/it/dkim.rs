//! A signature under every letter, as another program verifies it.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::bench::Bench;
use crate::installed::skip;

/// Verifies the mail on standard input against the published key in the first argument.
const VERIFY: &str = "
import dkim, sys
mail, record = sys.stdin.buffer.read(), sys.argv[1].encode()
def published(name, timeout=5):
    assert name == b'jiancha._domainkey.example.gov.cn.', name
    return record
print(dkim.verify(mail, dnsfunc=published))
";

fn python() -> Command {
    let mut python = Command::new("python3");
    if let Some(path) = std::env::var_os("JIANCHAD_TEST_PYTHONPATH") {
        python.env("PYTHONPATH", path);
    }
    python
}

fn verifies(mail: &[u8], record: &str) -> bool {
    let mut child = python()
        .args(["-c", VERIFY, record])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs: it was asked for dkim before");
    child.stdin.take().unwrap().write_all(mail).unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    said.trim() == "True" || {
        assert_eq!(said.trim(), "False");
        false
    }
}

/// openssl's answer; `None` where it is not installed.
fn openssl(city: &Bench, arguments: &[&str]) -> Option<Vec<u8>> {
    let done = Command::new("openssl").args(arguments).current_dir(city.path("")).output().ok()?;
    assert!(done.status.success(), "{done:?}");
    Some(done.stdout)
}

fn base64(bytes: &[u8]) -> String {
    let mut child =
        Command::new("base64").arg("-w0").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn another_program_finds_the_signature_good_and_a_changed_letter_bad() {
    let is_there =
        python().args(["-c", "import dkim, nacl"]).output().is_ok_and(|done| done.status.success());
    if !is_there || Command::new("openssl").arg("version").output().is_err() {
        return skip("openssl, or Python's dkimpy and PyNaCl, are not installed");
    }
    for (algorithm, kind) in [("ed25519", "ed25519"), ("rsa", "rsa")] {
        let mut city = Bench::new();
        openssl(&city, &["genpkey", "-algorithm", algorithm, "-out", "dkim.pem"]).unwrap();
        let public = openssl(&city, &["pkey", "-in", "dkim.pem", "-pubout", "-outform", "DER"]).unwrap();
        // RFC 8463: of Ed25519 the key alone, the last 32 bytes.
        let public = if kind == "rsa" { &public[..] } else { &public[public.len() - 32..] };
        let record = format!("v=DKIM1; k={kind}; p={}", base64(public));
        city.configure("[mail]", "[mail.dkim]\nselector = \"jiancha\"\nkey_file = \"dkim.pem\"\n[mail]");
        city.licence("A-1", "2011-09-26 10:00:00");
        assert!(city.round("2011-12-28 09:05").letters > 2);
        for mail in city.letters() {
            assert!(mail.starts_with(&format!("DKIM-Signature: v=1; a={algorithm}-sha256;")), "{mail}");
            assert!(verifies(mail.as_bytes(), &record), "{mail}");
            let changed = mail.replacen("\r\nSubject: ", "\r\nSubject: x", 1);
            assert!(changed != mail && !verifies(changed.as_bytes(), &record));
            let another = mail.replacen("\r\nTo: ", "\r\nFrom: <thief@example.com>\r\nTo: ", 1);
            assert!(another != mail && !verifies(another.as_bytes(), &record));
        }
    }
}

/// A key that signs nothing is a mistake of the configuration, with its line.
#[test]
fn a_key_that_cannot_sign_is_told_with_its_line() {
    let mut city = Bench::new();
    city.configure("[mail]", "[mail.dkim]\nselector = \"jiancha\"\nkey_file = \"jianchad.toml\"\n[mail]");
    let done = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["check-config", "--config"])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(78), "{said}");
    assert!(said.contains("mail.dkim.key_file") && said.contains("is no private key in PEM"), "{said}");
}
