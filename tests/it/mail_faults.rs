//! Letters against real connections: whatever the server does, nothing is lost and nothing comes twice in a normal run.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jianchad::testing::round::{self, Watch};

use crate::bench::{Bench, SetClock, moment};
use crate::installed::free_port;
use crate::said_in_chinese::{english, without_quotes};
use crate::smtp_server::{At, Cover, Does, Script, Server};

fn smtp(port: u16, more: &str) -> String {
    format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\ntimeout = \"2s\"\n{more}")
}

/// A city whose letters go to this port; the first round is that of a yellow card.
fn city(port: u16, more: &str) -> Bench {
    let mut city = Bench::with(&smtp(port, more));
    city.licence("A-1", "2011-09-26 10:00:00");
    city.round("2011-10-14 09:05");
    city
}

fn attempts(city: &Bench) -> Vec<String> {
    city.ledger("SELECT outcome || ': ' || detail FROM letter_attempt ORDER BY id")
}

/// Message-IDs of what the server took, in order.
fn ids(server: &Server) -> Vec<String> {
    let id = |letter: &String| {
        let line = letter.lines().find(|line| line.to_lowercase().starts_with("message-id:")).unwrap();
        line[11..].trim().to_owned()
    };
    server.heard(|heard| heard.letters.iter().map(id).collect())
}

#[test]
fn nobody_at_the_door_or_nobody_who_takes_letters() {
    let port = free_port();
    let mut nobody = city(port, "");
    let said = attempts(&nobody);
    // A fault of the server concerns all letters: one try tells it, the others need none.
    assert_eq!(said.len(), 1, "{said:?}");
    let server = format!("127.0.0.1:{port}");
    assert!(said[0].starts_with("try later: connecting to ") && said[0].contains(&server), "{said:?}");
    assert!(said[0].contains("see whether host and port are right"), "{said:?}");
    // It comes up again on the same port; what waited goes out, each letter once.
    let server = Server::plain(Script::new());
    nobody.configure(&format!("port = {port}"), &format!("port = {}", server.port));
    nobody.round("2011-10-14 09:07");
    let all = nobody.ledger("SELECT count(*) FROM letters").remove(0);
    assert_eq!(ids(&server).len().to_string(), all);
    nobody.round("2011-10-14 09:20");
    assert_eq!(ids(&server).len().to_string(), all);

    let closed = Server::plain(vec![(At::Greeting, 0, Does::SaysAndCloses("554 no service here\r\n"))]);
    let closed = city(closed.port, "");
    assert!(attempts(&closed)[0].contains("it answered 554 no service here"), "{:?}", attempts(&closed));
    assert_eq!(closed.ledger("SELECT DISTINCT state FROM letters"), ["queued"]);
}

/// A refused login discards no letter, and is tried again with the password that then stands in the file.
#[test]
fn a_refused_login_discards_nothing() {
    let server = Server::plain(vec![(At::Auth, 1, Does::Says(b"535 5.7.8 wrong password\r\n".to_vec()))]);
    let secret = tempfile::tempdir().unwrap();
    let file = secret.path().join("password");
    fs::write(&file, "wrong\n").unwrap();
    let login = format!("user = \"jiancha\"\npassword_file = \"{}\"", file.display());
    let mut city = city(server.port, &login);
    let said = attempts(&city);
    assert!(said.len() == 1 && said[0].contains("535 5.7.8 wrong password"), "{said:?}");
    assert!(said[0].contains("check user, password file and mechanism"), "{said:?}");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["queued"]);
    assert!(!said[0].contains("wrong\n") && server.count("MAIL") == 0);
    fs::write(&file, "right\n").unwrap();
    city.round("2011-10-14 09:07");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
}

/// Closed before the final dot it cannot have arrived, closed after it may have: either way it is sent again, under
/// the same Message-ID, and is not sent again once it was taken.
#[test]
fn a_server_that_closes_in_the_middle_gets_the_letter_again() {
    let broken = Server::plain(vec![(At::Data, 1, Does::Closes), (At::Rcpt, 2, Does::Closes)]);
    let mut before = city(broken.port, "");
    assert!(attempts(&before)[0].starts_with("try later: "), "{:?}", attempts(&before));
    assert!(ids(&broken).is_empty());
    before.round("2011-10-14 09:06");
    before.round("2011-10-14 09:12");
    assert_eq!(before.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
    let mut once = ids(&broken);
    once.sort();
    once.dedup();
    assert_eq!(once.len(), ids(&broken).len(), "{once:?}");

    let silent = Server::plain(vec![(At::Dot, 1, Does::Closes)]);
    let mut after = city(silent.port, "");
    let said = attempts(&after);
    assert!(said[0].starts_with("uncertain: ") && said[0].contains("same Message-ID"), "{said:?}");
    assert!(said[1..].iter().all(|attempt| attempt.starts_with("sent: ")), "the others go on: {said:?}");
    let first = ids(&silent).remove(0);
    after.round("2011-10-14 09:06");
    after.round("2011-10-14 09:12");
    assert_eq!(after.ledger("SELECT DISTINCT state FROM letters"), ["sent"]);
    assert_eq!(ids(&silent).iter().filter(|id| **id == first).count(), 2);
}

/// A mailbox that is full or unknown concerns its owner only; `status` and the digest say who and why.
#[test]
fn a_refused_mailbox_stops_nobody_and_is_shown() {
    // The first letter is for handler.u1, the second for lead.u1.
    let script = vec![
        (At::Rcpt, 1, Does::Says(b"452 4.2.2 mailbox full\r\n".to_vec())),
        (At::Rcpt, 2, Does::Says(b"550 5.1.1 no such user\r\n".to_vec())),
    ];
    let server = Server::plain(script);
    let mut city = city(server.port, "");
    let states = "SELECT to_address || ' ' || state FROM letters WHERE kind = 'alert' ORDER BY 1";
    let lines = city.ledger(states);
    assert_eq!(lines, ["handler.u1@example.gov.cn queued", "lead.u1@example.gov.cn refused"]);
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters WHERE kind = 'digest'"), ["sent"]);
    city.round("2011-10-14 09:07");
    city.round("2011-10-17 09:05");
    let lines = city.ledger(states);
    assert_eq!(lines, ["handler.u1@example.gov.cn sent", "lead.u1@example.gov.cn refused"]);
    let last = city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE 'admin%'");
    let digest = last.last().unwrap();
    // What has arrived meanwhile is no longer told of; what was refused is, with whose it was.
    assert!(!digest.contains("mailbox full"), "{digest}");
    for words in ["1 refused", "lead.u1@example.gov.cn", "550 5.1.1 no such user", "correct the address"] {
        assert!(digest.contains(words), "`{words}` is missing in {digest}");
    }
    let said = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(arguments).arg("--config").arg(city.path("jianchad.toml"));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let shown = said(&["status", "--lang", "en"]);
    assert!(shown.contains("1 refused") && shown.contains("550 5.1.1 no such user"), "{shown}");
    // Whoever reads Chinese does so, but for the server's own words.
    let refused = city.ledger("SELECT letter FROM letters WHERE state = 'refused'").remove(0);
    for arguments in [&["status"][..], &["mail", "queue", "--refused", "--wide"], &["mail", "show", &refused]]
    {
        let shown = said(&[arguments, &["--lang", "zh-CN"]].concat());
        let letter = shown.find("\n\n").filter(|_| arguments[0] == "mail").unwrap_or(shown.len());
        for words in [
            "申报收件人 lead.u1@example.gov.cn",
            "服务器答复“550 5.1.1 no such user”",
            "请在通讯录中更正该邮箱",
        ] {
            assert!(shown.contains(words), "`{words}` is missing in {shown}");
        }
        let own = without_quotes(shown.get(..letter).unwrap_or_default());
        assert_eq!(english(&own), [""; 0], "{shown}");
    }
}

/// Further servers, each with its port.
fn further(ports: &[u16]) -> String {
    let relay = |port| {
        format!("\n[[mail.relay]]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\ntimeout = \"2s\"")
    };
    ports.iter().map(relay).collect()
}

/// Servers are tried in order, and one that takes no letter at all is asked once a run; what one of them refused for good, or
/// may have taken, is nothing for the next.
#[test]
fn a_later_server_is_asked_when_those_before_take_no_letter() {
    let (away, second) = (free_port(), Server::plain(Script::new()));
    let mut first_away = city(away, &further(&[second.port]));
    let all = first_away.ledger("SELECT count(*) FROM letters").remove(0);
    assert_eq!(ids(&second).len().to_string(), all);
    assert_eq!(first_away.ledger("SELECT DISTINCT outcome FROM letter_attempt"), ["sent"]);
    // The first is there again: the next run begins with it.
    let first = Server::plain(Script::new());
    first_away.configure(&format!("port = {away}"), &format!("port = {}", first.port));
    first_away.licence("A-2", "2011-09-28 10:00:00");
    first_away.rounds_on(&["2011-10-18"]);
    assert!(!ids(&first).is_empty());
    assert_eq!(ids(&second).len().to_string(), all);

    // Nobody there: one try says it of both.
    let both = [free_port(), free_port()];
    let said = attempts(&city(both[0], &further(&both[1..])));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(both.iter().all(|port| said[0].contains(&format!("127.0.0.1:{port}"))), "{said:?}");

    for action in [(At::Rcpt, 0, Does::Says(b"550 no such user\r\n".to_vec())), (At::Dot, 0, Does::Closes)] {
        let (picky, second) = (Server::plain(vec![action]), Server::plain(Script::new()));
        city(picky.port, &further(&[second.port]));
        assert_eq!(second.heard(|heard| heard.connections), 0);
    }
}

/// DESIGN section 7: a letter larger than the server takes goes out shorter, to the same readers and with the same events, and
/// is not refused for good; who says so by SIZE is not even asked.
#[test]
fn a_letter_too_large_goes_out_shorter() {
    let large = Does::Says(b"552 5.3.4 message size exceeds fixed limit\r\n".to_vec());
    let answers = Server::plain(vec![(At::Dot, 1, large.clone()), (At::Dot, 2, large)]);
    let offers = Server::start(Script::new(), Cover::None, &["SIZE 6000"]);
    for server in [answers, offers] {
        let mut city = city(server.port, "");
        // What is still too large is cut once more by the next run.
        city.round("2011-10-14 09:35");
        let states = city.ledger("SELECT DISTINCT state FROM letters ORDER BY 1");
        assert_eq!(states, ["sent", "superseded"], "{:?}", attempts(&city));
        let told = "SELECT DISTINCT to_address || t.event_id FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id WHERE ";
        let all = city.ledger(&format!("{told} 1 ORDER BY 1"));
        assert_eq!(city.ledger(&format!("{told} state = 'sent' ORDER BY 1")), all);
        assert!(!all.is_empty());
        let nobody_knows = "SELECT count(*) FROM letter WHERE kind = 'alert' AND capacities IS NULL";
        assert_eq!(city.ledger(nobody_knows), ["0"], "in which role the shorter letter is read");
        let head = "SELECT DISTINCT substr(text, 1, 13) FROM letter WHERE state = 'sent' AND message_id LIKE '%.2@%' AND to_address";
        assert_eq!(city.ledger(&format!("{head} <> 'admin@example.gov.cn'")), ["（邮件服务器限制邮件大小，"]);
        let other = city.ledger(&format!("{head} = 'admin@example.gov.cn'"));
        assert!(other.iter().all(|head| head == "(The mail ser"), "in its reader's language: {other:?}");
        // No line of what was to be told is lost.
        let sent = city
            .ledger("SELECT to_address || ' ' || text FROM letter WHERE superseded_at IS NULL")
            .join("\n");
        for line in city
            .ledger("SELECT text FROM letter WHERE superseded_at IS NOT NULL")
            .iter()
            .flat_map(|it| it.lines())
        {
            assert!(
                line.starts_with("（邮件服务器")
                    || line.starts_with("(The mail server")
                    || sent.contains(line),
                "{line}"
            );
        }
        let heard = ids(&server);
        for sent in city.ledger("SELECT message_id FROM letters WHERE state = 'sent'") {
            let times = heard.iter().filter(|id| **id == format!("<{sent}>")).count();
            assert_eq!(times, 1, "{sent} in {heard:?}");
        }
        assert!(attempts(&city).iter().any(|said| said.starts_with("too large: ")), "{:?}", attempts(&city));
    }
}

/// A server that takes nothing of any size is at fault itself: nothing is given up, no address is suspended, no card counts as told; and all
/// that was to be told is told once it takes letters again.
#[test]
fn a_server_that_takes_no_letter_of_any_size_gives_none_up() {
    let server = Server::start(Script::new(), Cover::None, &["SIZE 10"]);
    let told = "SELECT DISTINCT l.to_address || t.event_id FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id";
    let cards = "SELECT told_at IS NOT NULL FROM finding WHERE card = 'yellow'";
    let mut city = city(server.port, "[mail.caps]\nsuspend_after = 1");
    for minute in [20, 40] {
        city.round(&format!("2011-10-14 09:{minute}"));
    }
    let waits = "SELECT DISTINCT state FROM letters WHERE state <> 'superseded'";
    assert_eq!(city.ledger(waits), ["queued"], "{:?}", attempts(&city));
    assert!(ids(&server).is_empty() && city.service().ledger.suspended().unwrap().is_empty());
    assert_eq!(city.ledger(cards), ["0"]);
    let all = city.ledger(&format!("{told} ORDER BY 1"));
    let good = Server::plain(Vec::new());
    city.configure(&format!("port = {}", server.port), &format!("port = {}", good.port)).restart();
    // One letter a minute leaves for an address, and parts are letters.
    for minute in 10..50 {
        city.round(&format!("2011-10-14 11:{minute}"));
    }
    assert_eq!(city.ledger(waits), ["sent"], "{:?}", attempts(&city));
    assert_eq!(city.ledger(cards), ["1"]);
    assert_eq!(city.ledger(&format!("{told} WHERE l.state = 'sent' ORDER BY 1")), all);
}

/// Answers every recipient of a round with 554.
fn refuses_all() -> Server {
    let all =
        (1..=200).map(|place| (At::Rcpt, place, Does::Says(b"554 5.7.1 blocked\r\n".to_vec()))).collect();
    Server::plain(all)
}

/// A server that answers every recipient 554 is at fault itself: nothing is refused, no address is suspended, all letters wait; and they
/// leave once it takes letters again.
#[test]
fn a_server_that_refuses_everybody_suspends_nobody() {
    let server = refuses_all();
    let mut city = city(server.port, "[mail.caps]\nsuspend_after = 1");
    for minute in [10, 20, 30, 40, 50] {
        city.round(&format!("2011-10-14 09:{minute}"));
    }
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters"), ["queued"]);
    assert!(city.service().ledger.suspended().unwrap().is_empty());
    // Nobody is sent to mend contacts that are right, and no card counts as told.
    let said = status(&city);
    assert!(said.contains("问题在服务器自身") && said.contains("不必更改通讯录"), "{said}");
    assert!(!said.contains("请在通讯录中更正"), "{said}");
    assert_eq!(city.ledger("SELECT count(*) FROM finding WHERE told_at IS NOT NULL"), ["0"]);
    let good = Server::plain(Vec::new());
    city.configure(&format!("port = {}", server.port), &format!("port = {}", good.port)).restart();
    city.round("2011-10-14 11:30");
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters WHERE state <> 'superseded'"), ["sent"]);
    assert!(!status(&city).contains("问题在服务器自身"));
}

/// What `status` says in Chinese.
fn status(city: &Bench) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["status", "--lang", "zh-CN", "--config"]).arg(city.path("jianchad.toml"));
    let output = command.output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Two addresses that really are gone, beside others that get their letters: refused once more after the server took a letter, they are
/// refused for themselves.
#[test]
fn two_who_are_gone_are_refused_in_the_end() {
    let gone = |place| (At::Rcpt, place, Does::Says(b"550 5.1.1 no such user\r\n".to_vec()));
    let server = Server::plain(vec![gone(1), gone(2)]);
    let mut city = city(server.port, "");
    let states = "SELECT to_address || ' ' || state FROM letters WHERE kind = 'alert' ORDER BY 1";
    assert_eq!(city.ledger(states), ["handler.u1@example.gov.cn queued", "lead.u1@example.gov.cn queued"]);
    assert_eq!(city.ledger("SELECT DISTINCT state FROM letters WHERE kind = 'digest'"), ["sent"]);
    let again = Server::plain(vec![gone(1), gone(2)]);
    city.configure(&format!("port = {}", server.port), &format!("port = {}", again.port)).restart();
    city.round("2011-10-14 09:15");
    assert_eq!(city.ledger(states), ["handler.u1@example.gov.cn refused", "lead.u1@example.gov.cn refused"]);
}

/// Counts how often somebody heard that the round goes on.
#[derive(Default)]
struct Beats(AtomicU64);

impl Watch for Beats {
    fn goes_on(&self, _rows: u64, _cases: u64) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn stop(&self) -> bool {
        false
    }
}

/// What the watchdog is fed with: each thing that is said or heard in a conversation with a mail server, and not the letter that is through
/// alone, so that no slow server looks like a round that hangs.
#[test]
fn a_conversation_feeds_the_watchdog_by_its_own_progress() {
    let beats = |script: Script| {
        let server = Server::plain(script);
        let mut city = Bench::with(&smtp(server.port, ""));
        city.licence("A-1", "2011-09-26 10:00:00");
        let one = "UPDATE letter SET state = 'sent' WHERE id > 1";
        city.service().mailer = None;
        city.round("2011-10-28 09:05");
        city.restart();
        rusqlite::Connection::open(city.path("ledger.db")).unwrap().execute_batch(one).unwrap();
        city.service().clock = Box::new(SetClock(Arc::new(Mutex::new(moment("2011-10-28 09:10")))));
        let watch = Beats::default();
        round::deliver(city.service(), &watch).unwrap();
        (watch.0.into_inner(), server.heard(|heard| heard.letters.len()))
    };
    let (whole, letters) = beats(Vec::new());
    assert_eq!(letters, 1);
    let (silent, letters) = beats(vec![(At::Greeting, 0, Does::Closes)]);
    assert_eq!(letters, 0);
    // EHLO, MAIL, RCPT, DATA, the letter and the receipt, each asked and answered.
    assert!(whole >= silent + 12, "{whole} beats of a whole conversation, {silent} of none");
}

/// Where letters cannot be put into their folder, everything else goes on: cases are read and judged, letters wait in the outbox, and
/// `status` says so and ends with 74 until they leave.
#[test]
fn letters_wait_where_their_folder_is_unusable() {
    let status = |city: &Bench| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"));
        command.args(["status", "--lang", "en", "--config"]).arg(city.path("jianchad.toml"));
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    std::fs::write(city.path("mail"), "a file").unwrap();
    city.rounds_on(&["2011-10-25"]);
    assert_eq!(city.findings(), ["A time-limit promise yellow open"]);
    let waiting = "SELECT count(*) > 0, sum(state <> 'queued') FROM letters";
    assert_eq!(city.ledger(waiting), ["1|0"]);
    let (code, said) = status(&city);
    assert_eq!(code, Some(74), "{said}");
    assert!(said.contains("is no folder: ") && said.contains("waiting)"), "{said}");
    // A folder into which nothing can be written, not even by root.
    std::fs::remove_file(city.path("mail")).unwrap();
    std::os::unix::fs::symlink("/proc/self", city.path("mail")).unwrap();
    city.restart().round("2011-10-25 09:15");
    let (code, said) = status(&city);
    assert!(code == Some(74) && said.contains("cannot be put into their folder"), "{said}");
    std::fs::remove_file(city.path("mail")).unwrap();
    city.restart().round("2011-10-26 09:05");
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE state = 'queued'"), ["0"]);
    let (code, said) = status(&city);
    assert!(code != Some(74) && !said.contains("folder"), "{said}");
    assert!(city.letters().len() > 1);
}
