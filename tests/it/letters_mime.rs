//! DESIGN section 7: what a letter says, read back by a program that is not ours.

use std::process::{Command, Stdio};

use jianchad::testing::domain::letter::relay::Way;
use jianchad::testing::domain::letter::{Letter, Outcome};
use jianchad::testing::edge::notify;
use serde_json::Value;

use crate::installed::skip;
use crate::post::{FILE, NAME, Running, SUBJECT, letter, sender};

/// Prints what Python's mail parser finds, defects of any part included.
const READER: &str = r#"
import base64, email, email.policy, json, sys
mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
defects = [str(d) for part in mail.walk() for d in part.defects]
defects += [str(d) for part in mail.walk() for v in part.values() for d in getattr(v, "defects", [])]
files = [{"name": p.get_filename(), "type": p.get_content_type(), "charset": p.get_content_charset(),
          "content": base64.b64encode(p.get_payload(decode=True)).decode()} for p in mail.iter_attachments()]
plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
one = lambda field: {"name": mail[field].addresses[0].display_name, "address": mail[field].addresses[0].addr_spec}
json.dump({"defects": defects, "subject": mail["subject"], "from": one("from"), "to": one("to"),
           "reply_to": one("reply-to"), "date": mail["date"].datetime.isoformat(), "id": mail["message-id"],
           "type": mail.get_content_type(), "charsets": [plain.get_content_charset(), html.get_content_charset()],
           "text": plain.get_content(), "html": html.get_content(), "files": files}, sys.stdout)
"#;

/// What Python makes of a letter's bytes; `None` where there is no Python.
pub fn read_back(bytes: &[u8]) -> Option<Value> {
    use std::io::Write;
    let python =
        Command::new("python3").args(["-c", READER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else {
        skip("python3 is not installed");
        return None;
    };
    python.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "python3 could not read the letter");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Compares what came out with what went in, word for word.
pub fn assert_same(read: &Value, sent: &Letter) {
    assert_eq!(read["defects"], names_in_every_form(sent));
    assert_eq!(read["subject"], sent.subject);
    assert_eq!(read["from"]["name"], sender().from.name);
    assert_eq!(read["to"], serde_json::json!({"name": sent.to.name, "address": sent.to.address}));
    assert_eq!(read["reply_to"]["address"], "jcs@czs.test");
    assert_eq!(read["date"], sent.written_at.to_rfc3339());
    assert_eq!(read["id"], format!("<{}>", sent.message_id));
    assert_eq!(read["charsets"], serde_json::json!(["utf-8", "utf-8"]));
    let lines = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    assert_eq!(lines(read["text"].as_str().unwrap()), lines(&sent.text));
    assert_eq!(lines(read["html"].as_str().unwrap()), lines(&sent.html));
    assert_eq!(read["files"].as_array().unwrap().len(), sent.attachments.len());
    for (file, sent) in read["files"].as_array().unwrap().iter().zip(&sent.attachments) {
        assert_eq!(file["name"], sent.name);
        assert_eq!(file["content"], base64(&sent.content));
    }
}

/// What Python says of names that stand in every form, for mail programs that read but one: an encoded word in quotes, as old
/// programs want it, and a name in ASCII beside the full one, of which Python takes the full one. Of all else it says nothing.
fn names_in_every_form(sent: &Letter) -> Value {
    let mut said = Vec::new();
    for file in &sent.attachments {
        if file.name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)) {
            continue;
        }
        said.push("duplicate parameter name; duplicate ignored");
        said.extend(["encoded word inside quoted string", "missing trailing whitespace after encoded-word"]);
    }
    serde_json::json!(said)
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = |group: &[u8], place: usize| {
        let bits =
            group.iter().chain([&0, &0]).take(3).fold(0usize, |bits, byte| bits << 8 | usize::from(*byte));
        if place <= group.len() { char::from(DIGITS[bits >> (18 - 6 * place) & 63]) } else { '=' }
    };
    bytes.chunks(3).flat_map(|group| (0..4).map(move |place| digit(group, place))).collect()
}

/// The letter as the folder has it.
fn written(letter: &Letter) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut mailer = notify::open(&Way::Folder(folder.path().to_owned()), &sender()).unwrap();
    let Outcome::Sent { reply } = mailer.send(letter, &Running::new()) else { panic!("not written") };
    std::fs::read(reply).unwrap()
}

#[test]
fn every_word_of_a_letter_comes_out_as_it_went_in() {
    let sent = letter(1, "zhangsan@czs.test");
    let Some(read) = read_back(&written(&sent)) else { return };
    assert_same(&read, &sent);
    assert_eq!((read["subject"].as_str(), read["to"]["name"].as_str()), (Some(SUBJECT), Some(NAME)));
    assert_eq!(read["files"][0]["name"], FILE);
    assert_eq!(read["type"], "multipart/mixed");
}

#[test]
fn hard_letters_come_out_too() {
    let plain = Letter { attachments: Vec::new(), ..letter(1, "a@b.test") };
    let long =
        Letter {
            subject: "市住建局超时".repeat(60), text: "字".repeat(5000), ..letter(2, "a@b.test")
        };
    let mut odd = letter(3, "a@b.test");
    odd.subject = "=3D ?= \"quoted\" \u{1f6a9} 㐂 tail ".trim().to_owned();
    odd.to.name = "O'Neil \"Q\" <x@y>, 李四".to_owned();
    odd.text = format!("{}\n\ttab  two  spaces   \nFrom here\n--\n{}", "x".repeat(2000), "-".repeat(80));
    odd.attachments[0].name = "a b;c=\"d\" 100%.csv".to_owned();
    odd.attachments.push(odd.attachments[0].clone());
    odd.attachments[1].content = (0..=255).collect();
    odd.attachments[1].media_type = "application/octet-stream".to_owned();
    let mut bare = letter(4, "a@b.test");
    bare.to.name = String::new();
    bare.attachments[0].content = b"a,b\n1,2\n".to_vec();
    (bare.text, bare.html) = ("ascii only\n".to_owned(), "<p>ascii only</p>\n".to_owned());
    for sent in [plain, long, odd, bare] {
        let bytes = written(&sent);
        assert!(bytes.is_ascii() && bytes.split(|&b| b == b'\n').all(|line| line.len() < 1000));
        let Some(read) = read_back(&bytes) else { return };
        assert_same(&read, &sent);
    }
}
