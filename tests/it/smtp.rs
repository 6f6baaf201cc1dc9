//! DESIGN section 7, Delivery: what each fault of a mail server means for the letter, and for the next one.

use std::time::Duration;

use jianchad::testing::domain::letter::Mailer;
use jianchad::testing::domain::letter::relay::{Login, Relay, Way};
use jianchad::testing::edge::notify;

use crate::post::{Kind, Running, kind, letter, relay, secret, sender, words};
use crate::smtp_server::{At, Cover, Does, Script, Server};

pub const PASSWORD: &str = "很机密-s3cret";
/// `\0jiancha\0` and the password, as AUTH PLAIN sends it.
pub const ENCODED: &str = "AGppYW5jaGEA5b6I5py65a+GLXMzY3JldA==";

pub fn mailer(relay: Relay) -> Box<dyn Mailer + Send> {
    notify::open(&Way::Smtp(vec![relay]), &sender()).unwrap()
}

pub fn with_login(server: &Server, folder: &tempfile::TempDir) -> Relay {
    let password_file = secret(folder.path(), "password", &format!("{PASSWORD}\r\n"));
    let login = Login { user: "jiancha".to_owned(), password_file, mechanism: None };
    Relay { login: Some(login), timeout: Duration::from_millis(300), ..relay(server.port) }
}

/// One letter to a server with this script; then a second one to see that all is well again.
fn fate(script: Script) -> (Kind, String, Kind) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::plain(script);
    let mut mailer = mailer(with_login(&server, &folder));
    let clock = Running::new();
    let first = mailer.send(&letter(1, "zhangsan@czs.test"), &clock);
    let said = words(&first);
    let second = mailer.send(&letter(2, "lisi@czs.test"), &clock);
    (kind(&first), said, kind(&second))
}

fn says(text: &str) -> Does {
    Does::Says(text.as_bytes().to_vec())
}

fn gbk(text: &str) -> Does {
    Does::Says(encoding_rs::GBK.encode(text).0.into_owned())
}

fn check(at: At, does: Does, expected: Kind) {
    let case = format!("{at:?} {does:?}");
    let (first, said, second) = fate(vec![(at, 1, does)]);
    assert_eq!(first, expected, "{case}: {said}");
    assert_eq!(second, Kind::Sent, "the letter after {case}");
    assert!(!said.contains(PASSWORD) && !said.contains(ENCODED), "{said}");
    assert!(!said.contains(char::is_control), "{said}");
    if expected != Kind::Sent {
        assert!(said.contains("127.0.0.1:"), "{case} does not name the server: {said}");
        assert!(said.contains("; "), "{case} has no remedy: {said}");
    }
}

const BEFORE_THE_DOT: [At; 6] = [At::Greeting, At::Ehlo, At::Auth, At::Mail, At::Rcpt, At::Data];

#[test]
fn a_refused_login_or_a_server_in_trouble_holds_all_letters_and_loses_none() {
    for at in [At::Greeting, At::Ehlo, At::Auth] {
        for answer in ["554 no\r\n", "451 later\r\n", "421 closing\r\n"] {
            check(at, says(answer), Kind::LaterAll);
        }
    }
    for answer in
        ["535 5.7.8 wrong\r\n", "530 5.7.0 first\r\n", "534 5.7.9 weak\r\n", "538 encrypt\r\n", "334 \r\n"]
    {
        check(At::Auth, says(answer), Kind::LaterAll);
    }
}

#[test]
fn a_refused_sender_is_our_fault_and_refuses_no_letter() {
    for answer in ["550 5.7.1 not yours\r\n", "553 not authorised\r\n", "503 AUTH first\r\n", "452 full\r\n"]
    {
        check(At::Mail, says(answer), Kind::LaterAll);
    }
}

#[test]
fn a_recipient_or_a_letter_is_refused_for_good_by_5xx_and_for_now_by_4xx() {
    for at in [At::Rcpt, At::Data, At::Dot] {
        check(at, says("550 5.1.1 no such user\r\n"), Kind::Refused);
        check(at, says("451-4.7.1 come back\r\n451 4.7.1 later\r\n"), Kind::LaterThis);
        check(at, says("421 4.3.2 closing\r\n"), Kind::LaterAll);
        check(at, says("530 5.7.0 login first\r\n"), Kind::LaterAll);
        check(at, says("503 5.5.1 need AUTH\r\n"), Kind::LaterAll);
    }
}

#[test]
fn what_breaks_before_the_final_dot_leaves_the_letter_waiting() {
    for at in BEFORE_THE_DOT {
        for does in
            [Does::Closes, Does::Hangs, says("hello?\r\n"), says("199 what\r\n"), says("250-a\r\n550 b\r\n")]
        {
            check(at, does, Kind::LaterAll);
        }
    }
}

#[test]
fn what_breaks_after_the_final_dot_leaves_the_letter_uncertain() {
    for does in [
        Does::Closes,
        Does::Hangs,
        Does::Drips,
        Does::RunsOn,
        says("hello?\r\n"),
        says("354 again\r\n"),
        says("250-a\r\n550 b\r\n"),
        Does::SaysAndCloses("250-half an ans"),
    ] {
        check(At::Dot, does, Kind::Uncertain);
    }
}

#[test]
fn a_server_that_drips_or_never_ends_its_answer_is_left_within_the_limit() {
    for at in BEFORE_THE_DOT {
        check(at, Does::Drips, Kind::LaterAll);
        check(at, Does::RunsOn, Kind::LaterAll);
    }
}

#[test]
fn an_answer_in_gbk_counts_by_its_code() {
    check(At::Dot, gbk("250 邮件已接收\r\n"), Kind::Sent);
    check(At::Greeting, gbk("220-欢迎使用\r\n220 邮件系统\r\n"), Kind::Sent);
    check(At::Dot, gbk("554 疑似垃圾邮件\r\n"), Kind::Refused);
    let (first, said, _) = fate(vec![(At::Rcpt, 1, gbk("550 用户不存在\r\n"))]);
    assert_eq!(first, Kind::Refused);
    assert!(said.contains("550 用户不存在"), "{said}");
}

#[test]
fn one_connection_carries_all_letters_of_a_run_and_is_closed_politely() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::plain(vec![(At::Rcpt, 2, says("550 no such user\r\n"))]);
    let mut mailer = mailer(with_login(&server, &folder));
    let clock = Running::new();
    let kinds: Vec<Kind> =
        (1..=4).map(|n| kind(&mailer.send(&letter(n, "zhangsan@czs.test"), &clock))).collect();
    mailer.finish();
    assert_eq!(kinds, [Kind::Sent, Kind::Refused, Kind::Sent, Kind::Sent]);
    assert_eq!(server.heard(|heard| (heard.connections, heard.letters.len())), (1, 3));
    assert_eq!((server.count("AUTH"), server.count("RSET")), (1, 1));
    let later = mailer.send(&letter(5, "zhangsan@czs.test"), &clock);
    assert_eq!(kind(&later), Kind::Sent, "after the end of a run another may begin");
    assert_eq!((server.count("AUTH"), server.count("QUIT")), (2, 1));
}

#[test]
fn a_kept_connection_that_the_server_gave_up_is_replaced_and_no_letter_goes_twice() {
    for (at, does) in [
        (At::Mail, Does::Closes),
        (At::Mail, Does::Hangs),
        (At::Mail, Does::SaysAndCloses("421 4.4.2 idle too long\r\n")),
        (At::Mail, says("550 too many letters on this connection\r\n")),
        (At::Rcpt, Does::Closes),
        (At::Data, Does::SaysAndCloses("421 bye\r\n")),
        (At::Data, says("250 what?\r\n")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::plain(vec![(at, 2, does.clone())]);
        let mut mailer = mailer(with_login(&server, &folder));
        let clock = Running::new();
        for number in 1..=2 {
            let outcome = mailer.send(&letter(number, "zhangsan@czs.test"), &clock);
            assert_eq!(kind(&outcome), Kind::Sent, "{at:?} {does:?}: {outcome:?}");
        }
        assert_eq!(server.heard(|heard| (heard.connections, heard.letters.len())), (2, 2), "{at:?} {does:?}");
    }
}

#[test]
fn a_letter_that_may_have_arrived_is_not_sent_again_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::plain(vec![(At::Dot, 2, Does::Closes)]);
    let mut mailer = mailer(with_login(&server, &folder));
    let clock = Running::new();
    mailer.send(&letter(1, "zhangsan@czs.test"), &clock);
    let outcome = mailer.send(&letter(2, "zhangsan@czs.test"), &clock);
    assert_eq!(kind(&outcome), Kind::Uncertain);
    assert!(words(&outcome).contains("same Message-ID"), "{outcome:?}");
    assert_eq!(server.heard(|heard| heard.letters.len()), 2);
}

#[test]
fn a_server_that_answers_ahead_of_the_question_is_not_believed() {
    check(At::Mail, says("250 ok\r\n250 ok\r\n"), Kind::LaterAll);
    check(At::Data, says("354 go ahead\r\n250 queued already\r\n"), Kind::LaterAll);
}

#[test]
fn nobody_listening_and_no_such_host_hold_all_letters() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for host in ["127.0.0.1", "[127.0.0.1]", "localhost", "no-such-host.invalid"] {
        let relay = Relay { host: host.to_owned(), ..relay(free) };
        let outcome = mailer(relay).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), Kind::LaterAll, "{host}");
        assert!(words(&outcome).contains(&format!("connecting to {host}:{free}")), "{outcome:?}");
    }
}

#[test]
fn an_address_outside_ascii_goes_only_to_a_server_that_takes_it() {
    for (offers, expected) in [(&["SMTPUTF8"][..], Kind::Sent), (&["8BITMIME"][..], Kind::Refused)] {
        let server = Server::start(Script::new(), Cover::None, offers);
        let outcome = mailer(relay(server.port)).send(&letter(1, "张三@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), expected, "{outcome:?}");
        assert_eq!(
            server.count("MAIL FROM:<jiancha@czs.test> SMTPUTF8"),
            usize::from(expected == Kind::Sent)
        );
    }
}

#[test]
fn a_letter_too_large_is_told_in_the_words_the_server_hung_up_with() {
    let server = Server::plain(vec![(At::Data, 1, Does::Interrupts("552 5.3.4 too large\r\n"))]);
    let mut mailer = mailer(relay(server.port));
    let mut large = letter(1, "zhangsan@czs.test");
    large.attachments[0].content = vec![0; 8 << 20];
    let outcome = mailer.send(&large, &Running::new());
    assert_eq!(kind(&outcome), Kind::TooLarge, "{outcome:?}");
    assert!(words(&outcome).contains("552 5.3.4 too large"), "{outcome:?}");
    assert_eq!(kind(&mailer.send(&letter(2, "zhangsan@czs.test"), &Running::new())), Kind::Sent);
}

#[test]
fn a_dot_at_the_beginning_of_a_line_is_doubled_and_ends_nothing() {
    let server = Server::plain(Script::new());
    let mut dotted = letter(1, "zhangsan@czs.test");
    dotted.text = "one\n.\n.two\r\n..three\nRSET\n".to_owned();
    let outcome = mailer(relay(server.port)).send(&dotted, &Running::new());
    assert_eq!(kind(&outcome), Kind::Sent);
    let taken = server.heard(|heard| heard.letters[0].clone());
    assert!(taken.contains("one\r\n..\r\n..two\r\n...three\r\nRSET\r\n"), "{taken}");
    assert_eq!(server.count("RSET"), 0);
}

/// RFC 3463: 5.2.2 is a mailbox that is full and 5.3.1 a server that is, which no shorter letter mends, and which passes.
#[test]
fn a_full_mailbox_is_no_letter_too_large() {
    for (at, words_said, expected) in [
        (At::Rcpt, "552 5.2.2 mailbox full\r\n", Kind::LaterThis),
        (At::Rcpt, "552 mailbox full\r\n", Kind::LaterThis),
        (At::Rcpt, "550 5.2.2 over quota\r\n", Kind::LaterThis),
        (At::Rcpt, "550 5.2.1 mailbox disabled\r\n", Kind::Refused),
        (At::Dot, "552 5.2.2 mailbox full\r\n", Kind::LaterThis),
        (At::Rcpt, "552 5.2.3 too big for this mailbox\r\n", Kind::TooLarge),
        (At::Mail, "552 5.3.1 mail system full\r\n", Kind::LaterAll),
        (At::Rcpt, "552 5.3.1 mail system full\r\n", Kind::LaterAll),
        (At::Dot, "552 5.3.1 mail system full\r\n", Kind::LaterAll),
        (At::Dot, "552 too much mail data\r\n", Kind::TooLarge),
        (At::Dot, "554 5.3.4 too big\r\n", Kind::TooLarge),
        (At::Dot, "552-5.2.3 too\r\n552 5.2.3 big\r\n", Kind::TooLarge),
        (At::Dot, "452 4.3.1 disk full\r\n", Kind::LaterThis),
    ] {
        let server = Server::plain(vec![(at, 1, Does::Says(words_said.as_bytes().to_vec()))]);
        let outcome = mailer(relay(server.port)).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), expected, "{words_said}: {outcome:?}");
    }
}

/// RFC 1870: SIZE without a number, or of 0, limits nothing.
#[test]
fn an_offer_of_size_is_read() {
    const OFFERS: [(&[&str], Kind); 4] = [
        (&["SIZE 100"], Kind::TooLarge),
        (&["SIZE"], Kind::Sent),
        (&["SIZE 0"], Kind::Sent),
        (&["SIZE 9000000"], Kind::Sent),
    ];
    for (offers, expected) in OFFERS {
        let server = Server::start(Script::new(), Cover::None, offers);
        let outcome = mailer(relay(server.port)).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), expected, "{offers:?}: {outcome:?}");
    }
}

/// Refused for good from the recipient on is refused to the recipient, whether his address or what he was to get: else a mailbox that takes no
/// letter of ours would never be suspended.
#[test]
fn a_letter_refused_after_data_is_refused_to_its_recipient() {
    use jianchad::testing::domain::letter::Outcome;
    for at in [At::Rcpt, At::Data, At::Dot] {
        let server = Server::plain(vec![(at, 1, says("554 5.7.1 spam content\r\n"))]);
        let outcome = mailer(relay(server.port)).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert!(matches!(outcome, Outcome::Refused { address: true, .. }), "{at:?}: {outcome:?}");
    }
}
