//! DESIGN section 7, Delivery: letters through real mail servers, Postfix and aiosmtpd, each started by its test.
//!
//! Where a server is not installed the test says so and passes, unless `JIANCHAD_REQUIRE_SERVERS=1`.
//! `.ci/servers` installs them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use jianchad::testing::domain::letter::relay::{AuthMechanism, Login, Relay, TlsMode, Way};
use jianchad::testing::domain::letter::{Letter, Mailer};
use jianchad::testing::edge::notify;

use crate::installed::{free_port, is_root, skip};
use crate::letters_mime::{assert_same, read_back};
use crate::post::{Kind, Running, kind, letter, relay, secret, sender, words};
use crate::postfix::Postfix;
use crate::smtp_tls::Papers;

pub const PASSWORD: &str = "口令 s3cret\"\\";

/// What any server of these tests is asked.
struct Desk {
    ca_file: PathBuf,
    folder: PathBuf,
}

impl Desk {
    fn relay(&self, port: u16, tls: TlsMode, mechanism: Option<AuthMechanism>, password: &str) -> Relay {
        let password_file = secret(&self.folder, "password", password);
        let login = Login { user: "jiancha".to_owned(), password_file, mechanism };
        let host = "localhost".to_owned();
        Relay { host, tls, ca_file: Some(self.ca_file.clone()), login: Some(login), ..relay(port) }
    }

    /// Three letters on one connection, one of them to nobody; then the same with a wrong password.
    fn letters_and_a_wrong_password(&self, relays: &[Relay], arrived: impl Fn(&Letter) -> Vec<u8>) {
        let clock = Running::new();
        for (run, relay) in (1..).zip(relays) {
            let mut mailer = open(relay.clone());
            let sent = letter(run * 10, "zhangsan@czs.test");
            let outcome = mailer.send(&sent, &clock);
            assert_eq!(kind(&outcome), Kind::Sent, "{outcome:?}");
            let refused = mailer.send(&letter(run * 10 + 1, "nobody@czs.test"), &clock);
            assert_eq!(kind(&refused), Kind::Refused, "{refused:?}");
            assert!(words(&refused).contains("550"), "{refused:?}");
            let other = letter(run * 10 + 2, "zhangsan@czs.test");
            assert_eq!(kind(&mailer.send(&other, &clock)), Kind::Sent);
            mailer.finish();
            for sent in [&sent, &other] {
                if let Some(read) = read_back(&arrived(sent)) {
                    assert_same(&read, sent);
                }
            }
        }
        for relay in relays {
            let login = Login {
                password_file: secret(&self.folder, "wrong", "wrong"),
                ..relay.login.clone().unwrap()
            };
            let outcome = open(Relay { login: Some(login), ..relay.clone() })
                .send(&letter(99, "zhangsan@czs.test"), &clock);
            assert_eq!(kind(&outcome), Kind::LaterAll, "{outcome:?}");
            assert!(words(&outcome).contains("535"), "{outcome:?}");
        }
    }
}

pub fn open(relay: Relay) -> Box<dyn Mailer + Send> {
    notify::open(&Way::Smtp(vec![relay]), &sender()).unwrap()
}

#[test]
fn postfix_takes_letters_over_both_kinds_of_encryption_and_refuses_a_wrong_password() {
    let present = ["/usr/sbin/postfix", "/usr/sbin/saslpasswd2"].iter().all(|path| Path::new(path).exists());
    if !present || !is_root() {
        return skip("Postfix with saslpasswd2 is not installed, or this is not root");
    }
    let papers = Papers::sound();
    let postfix = Postfix::start(&papers);
    let files = tempfile::tempdir().unwrap();
    let desk = Desk { ca_file: papers.file("ca.pem"), folder: files.path().to_owned() };
    let relays = [
        desk.relay(postfix.start_tls, TlsMode::StartTls, None, PASSWORD),
        desk.relay(postfix.implicit, TlsMode::Implicit, Some(AuthMechanism::Login), PASSWORD),
    ];
    desk.letters_and_a_wrong_password(&relays, |letter| postfix.arrived(letter));
}

/// A server of another make: it writes each letter to a file named by its Message-ID before it answers.
const AIOSMTPD: &str = r#"
import email, ssl, sys
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, folder, cert, key, password, implicit = sys.argv[1:7]

class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 fine"

    async def handle_DATA(self, server, session, envelope):
        name = email.message_from_bytes(envelope.content)["message-id"].strip("<>")
        with open(folder + "/" + name, "wb") as mail:
            mail.write(envelope.content)
        return "250 2.0.0 kept"

def right(server, session, envelope, mechanism, login):
    good = isinstance(login, LoginPassword) and (login.login, login.password) == (b"jiancha", password.encode())
    return AuthResult(success=good, handled=good)

context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(cert, key)
settings = dict(hostname="127.0.0.1", port=int(port), authenticator=right, auth_required=True)
if implicit == "implicit":
    settings.update(ssl_context=context, auth_require_tls=False)
else:
    settings.update(tls_context=context, require_starttls=True)
controller = Controller(Box(), **settings)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
"#;

fn python() -> Command {
    let mut python = Command::new("python3");
    if let Some(path) = std::env::var_os("JIANCHAD_TEST_PYTHONPATH") {
        python.env("PYTHONPATH", path);
    }
    python
}

/// Starts aiosmtpd. It ends when its input does.
fn aiosmtpd(papers: &Papers, folder: &Path, implicit: bool) -> (Child, u16) {
    let port = free_port();
    let mut child = python()
        .args(["-c", AIOSMTPD, &port.to_string()])
        .args([folder, &papers.file("cert.pem"), &papers.file("key.pem")])
        .args([PASSWORD, if implicit { "implicit" } else { "starttls" }])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert_eq!(said, "ready\n");
    (child, port)
}

#[test]
fn aiosmtpd_takes_letters_over_both_kinds_of_encryption_and_refuses_a_wrong_password() {
    let present = python().args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if !present.is_ok_and(|status| status.success()) {
        return skip("aiosmtpd is not installed");
    }
    let papers = Papers::sound();
    let files = tempfile::tempdir().unwrap();
    let desk = Desk { ca_file: papers.file("ca.pem"), folder: files.path().to_owned() };
    let (mut first, start_tls) = aiosmtpd(&papers, files.path(), false);
    let (mut second, implicit) = aiosmtpd(&papers, files.path(), true);
    let relays = [
        desk.relay(start_tls, TlsMode::StartTls, Some(AuthMechanism::Login), PASSWORD),
        desk.relay(implicit, TlsMode::Implicit, None, PASSWORD),
    ];
    desk.letters_and_a_wrong_password(&relays, |letter| {
        fs::read(files.path().join(&letter.message_id)).unwrap()
    });
    for child in [&mut first, &mut second] {
        drop(child.stdin.take());
        child.wait().unwrap();
    }
}
