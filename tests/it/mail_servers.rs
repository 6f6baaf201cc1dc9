//! DESIGN section 7, Delivery: letters through real mail servers, Postfix and aiosmtpd, each started by its test.
//!
//! Where a server is not installed the test says so and passes, unless `JIANCHAD_REQUIRE_SERVERS=1`.
//! `.ci/servers` installs them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use jianchad::domain::letter::relay::{AuthMechanism, Login, Relay, TlsMode, Way};
use jianchad::domain::letter::{Letter, Mailer};
use jianchad::domain::now::Clock;
use jianchad::edge::notify;

use crate::letters_mime::{assert_same, read_back};
use crate::post::{Kind, Running, kind, letter, relay, secret, sender, words};
use crate::smtp_tls::Papers;

const PASSWORD: &str = "口令 s3cret\"\\";
const NOBODY: u32 = 65534;

/// Says that a server is missing; a failure where all of them must be there.
fn skip(why: &str) {
    assert!(std::env::var("JIANCHAD_REQUIRE_SERVERS").as_deref() != Ok("1"), "{why}; run .ci/servers");
    println!("skipped: {why}");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Looks again and again until something is there: real servers deliver when they please.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let clock = Running::new();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(clock.running() < Duration::from_secs(30), "{what} did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

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

fn open(relay: Relay) -> Box<dyn Mailer + Send> {
    notify::open(&Way::Smtp(Box::new(relay)), &sender()).unwrap()
}

/// A Postfix of our own: its own configuration, queue and mailboxes, two ports, no part in the system's mail.
struct Postfix {
    master: Child,
    folder: tempfile::TempDir,
    start_tls: u16,
    implicit: u16,
}

impl Postfix {
    fn start(papers: &Papers) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        for (name, owner) in
            [("config", 0), ("queue", 0), ("data", postfix_user()), ("boxes", NOBODY), ("config/sasl", 0)]
        {
            fs::create_dir(path.join(name)).unwrap();
            chown(path.join(name), Some(owner), Some(0)).unwrap();
        }
        let (start_tls, implicit) = (free_port(), free_port());
        fs::write(path.join("config/main.cf"), main_cf(path, papers)).unwrap();
        fs::write(path.join("config/master.cf"), master_cf(start_tls, implicit)).unwrap();
        let sasl = format!(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {}\n",
            path.join("users").display()
        );
        // Debian's Postfix looks here, whatever cyrus_sasl_config_path says.
        fs::write(path.join("config/sasl/smtpd.conf"), sasl).unwrap();
        add_user(path);
        let config = path.join("config");
        let checked = Command::new("/usr/sbin/postfix").arg("-c").arg(&config).arg("check").status().unwrap();
        assert!(checked.success(), "postfix check");
        let master = Command::new("/usr/lib/postfix/sbin/master")
            .args(["-d", "-c"])
            .arg(&config)
            .process_group(0) // it ends its children by their group
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let postfix = Self { master, folder, start_tls, implicit };
        wait_for("postfix", || TcpStream::connect(("127.0.0.1", implicit)).ok());
        postfix
    }

    /// The letter as it lies in the mailbox.
    fn arrived(&self, letter: &Letter) -> Vec<u8> {
        let id = format!("Message-ID: <{}>", letter.message_id);
        wait_for(&letter.message_id, || {
            let mails = fs::read_dir(self.folder.path().join("boxes/zhangsan/new")).ok()?;
            let mut bytes = mails.filter_map(|mail| fs::read(mail.ok()?.path()).ok());
            bytes.find(|mail| String::from_utf8_lossy(mail).contains(&id))
        })
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = fs::read_to_string(self.folder.path().join("mail.log"));
            println!("Postfix's log:\n{}", log.unwrap_or_default());
        }
        // `stop` asks the master to end its children; the wait is for the master itself.
        let config = self.folder.path().join("config");
        let stopped = Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(config)
            .arg("stop")
            .stderr(Stdio::null())
            .status();
        if !stopped.is_ok_and(|status| status.success()) {
            self.master.kill().ok();
        }
        self.master.wait().ok();
    }
}

fn postfix_user() -> u32 {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.starts_with("postfix:")).unwrap();
    line.split(':').nth(2).unwrap().parse().unwrap()
}

fn add_user(path: &Path) {
    use std::io::Write;
    let users = path.join("users");
    let mut command = Command::new("/usr/sbin/saslpasswd2")
        .args(["-c", "-p", "-u", "czs.test", "-f"])
        .arg(&users)
        .arg("jiancha")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    command.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    assert!(command.wait().unwrap().success());
    chown(users, Some(postfix_user()), None).unwrap();
}

fn main_cf(path: &Path, papers: &Papers) -> String {
    let path = path.display();
    // The server starts as root, so the key may stay where only root can read it.
    let (cert, key) = (papers.file("cert.pem"), papers.file("key.pem"));
    format!(
        "compatibility_level = 3.6
queue_directory = {path}/queue
data_directory = {path}/data
maillog_file = {path}/mail.log
maillog_file_prefixes = {path}
myhostname = mail.czs.test
mydestination =
alias_maps =
local_recipient_maps =
mynetworks =
inet_interfaces = loopback-only
virtual_mailbox_domains = czs.test
virtual_mailbox_base = {path}/boxes
virtual_mailbox_maps = inline:{{ zhangsan@czs.test=zhangsan/ }}
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
smtpd_tls_cert_file = {cert}
smtpd_tls_key_file = {key}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
smtpd_sasl_local_domain = czs.test
cyrus_sasl_config_path = {path}/config/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
",
        cert = cert.display(),
        key = key.display(),
    )
}

fn master_cf(start_tls: u16, implicit: u16) -> String {
    format!(
        "127.0.0.1:{start_tls} inet n - n - - smtpd
127.0.0.1:{implicit} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
"
    )
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

/// Whether files made here belong to root.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
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

/// A server's program that is ended with its test.
struct Sink(Child);

impl Drop for Sink {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Run with `cargo test --release --test it -- --ignored --nocapture pace`.
#[test]
#[ignore = "measures; says little while other tests run"]
fn the_pace_of_one_connection_is_within_three_times_that_of_smtp_source() {
    const LETTERS: u32 = 1000;
    if !Path::new("/usr/sbin/smtp-sink").exists() {
        return skip("smtp-sink is not installed");
    }
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let user: &[&str] = if is_root() { &["-u", "nobody"] } else { &[] };
    let _sink = Sink(Command::new("/usr/sbin/smtp-sink").args(user).args([&address, "100"]).spawn().unwrap());
    wait_for("smtp-sink", || TcpStream::connect(&address).ok());
    let mut large = letter(0, "zhangsan@czs.test");
    large.attachments[0].content = "1,建筑工程施工许可\n".repeat(250).into_bytes();
    let clock = Running::new();
    for round in 1..=5 {
        let start = clock.running();
        let source = Command::new("/usr/sbin/smtp-source")
            .args(["-d", "-s", "1", "-m", &LETTERS.to_string(), "-l", "10240", &address])
            .status()
            .unwrap();
        assert!(source.success());
        let theirs = clock.running() - start;
        let mut mailer = open(relay(port));
        let start = clock.running();
        for number in 0..LETTERS {
            large.message_id = format!("{number}.pace@jianchad.czs.test");
            assert_eq!(kind(&mailer.send(&large, &clock)), Kind::Sent);
        }
        mailer.finish();
        let ours = clock.running() - start;
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{round}: smtp-source {theirs:?}, jianchad {ours:?}, ratio {ratio:.2}");
        assert!(f64::from(LETTERS) / ours.as_secs_f64() > 500.0, "a pause in every letter");
    }
}
