//! DESIGN section 7, Delivery: encryption is required unless set otherwise, and nothing is said without it.

use std::net::UdpSocket;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jianchad::testing::domain::letter::relay::{Login, Relay, TlsMode, Way};
use jianchad::testing::domain::letter::{Mailer, Outcome};
use jianchad::testing::domain::now::{Clock, Now};
use jianchad::testing::edge::notify;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

use crate::post::{Kind, Running, kind, letter, relay, secret, sender, words};
use crate::smtp_server::{At, Cover, Does, Script, Server};

/// An authority, a server's certificate signed by it, and the files both lie in.
pub struct Papers {
    folder: tempfile::TempDir,
    chain: String,
    key: KeyPair,
}

impl Papers {
    /// For these names, valid from year to year.
    pub fn for_names(names: &[&str], from: i32, to: i32) -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let owner = names.join(" ") + &format!(" {from}");
        authority.distinguished_name.push(rcgen::DnType::CommonName, format!("authority of {owner}"));
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut server = CertificateParams::new(names).unwrap();
        server.not_before = rcgen::date_time_ymd(from, 1, 1);
        server.not_after = rcgen::date_time_ymd(to, 1, 1);
        let key = KeyPair::generate().unwrap();
        let server = server.signed_by(&key, &authority).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
        std::fs::write(folder.path().join("cert.pem"), server.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), key.serialize_pem()).unwrap();
        Self { folder, chain: server.pem(), key }
    }

    pub fn sound() -> Self {
        Self::for_names(&["localhost", "127.0.0.1"], 2000, 2100)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn server(&self) -> Arc<ServerConfig> {
        use rustls::pki_types::{CertificateDer, pem::PemObject};
        let chain = CertificateDer::pem_slice_iter(self.chain.as_bytes()).collect::<Result<_, _>>().unwrap();
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap())
    }
}

const OFFERS: &[&str] = &["STARTTLS", "AUTH PLAIN"];

fn encrypted(server: &Server, papers: &Papers, tls: TlsMode) -> Relay {
    let password_file = secret(papers.folder.path(), "password", "s3cret\n");
    let login = Login { user: "jiancha".to_owned(), password_file, mechanism: None };
    Relay {
        tls,
        ca_file: Some(papers.file("ca.pem")),
        login: Some(login),
        timeout: Duration::from_secs(2),
        ..relay(server.port)
    }
}

fn mailer(relay: Relay) -> Box<dyn Mailer + Send> {
    notify::open(&Way::Smtp(vec![relay]), &sender()).unwrap()
}

fn send(relay: Relay) -> Outcome {
    mailer(relay).send(&letter(1, "zhangsan@czs.test"), &Running::new())
}

fn heard_in_the_clear(server: &Server) -> Vec<String> {
    server.heard(|heard| heard.commands.iter().filter(|line| line.starts_with('!')).cloned().collect())
}

#[test]
fn letters_go_encrypted_from_the_first_byte_or_on_request_to_a_name_or_an_address() {
    let papers = Papers::sound();
    for host in ["localhost", "127.0.0.1"] {
        for (tls, cover) in [
            (TlsMode::Implicit, Cover::FromTheStart(papers.server())),
            (TlsMode::StartTls, Cover::OnRequest(papers.server())),
        ] {
            let server = Server::start(Script::new(), cover, OFFERS);
            let mut mailer = mailer(Relay { host: host.to_owned(), ..encrypted(&server, &papers, tls) });
            for number in 1..=3 {
                let outcome = mailer.send(&letter(number, "zhangsan@czs.test"), &Running::new());
                assert_eq!(kind(&outcome), Kind::Sent, "{host} {tls:?}: {outcome:?}");
            }
            mailer.finish();
            assert_eq!(server.heard(|heard| (heard.connections, heard.letters.len())), (1, 3));
            let expected = if tls == TlsMode::StartTls { 2 } else { 0 };
            assert_eq!(heard_in_the_clear(&server).len(), expected, "only EHLO and STARTTLS");
        }
    }
}

#[test]
fn without_an_offer_of_encryption_nothing_is_said() {
    let papers = Papers::sound();
    let server = Server::start(Script::new(), Cover::None, &["AUTH PLAIN"]);
    let outcome = send(encrypted(&server, &papers, TlsMode::StartTls));
    assert_eq!(kind(&outcome), Kind::LaterAll);
    assert!(words(&outcome).contains("nothing is said in the clear"), "{outcome:?}");
    assert_eq!(heard_in_the_clear(&server), ["!EHLO jianchad.czs.test"]);
}

#[test]
fn what_a_stranger_puts_before_the_encrypted_answers_is_not_believed() {
    let papers = Papers::sound();
    let injected = b"220 go ahead\r\n250-czs.test\r\n250 AUTH PLAIN\r\n".to_vec();
    let script = vec![(At::StartTls, 1, Does::Says(injected))];
    let server = Server::start(script, Cover::OnRequest(papers.server()), OFFERS);
    let mut mailer = mailer(encrypted(&server, &papers, TlsMode::StartTls));
    let outcome = mailer.send(&letter(1, "zhangsan@czs.test"), &Running::new());
    assert_eq!(kind(&outcome), Kind::LaterAll);
    assert!(words(&outcome).contains("tampering"), "{outcome:?}");
    assert_eq!((server.count("AUTH"), server.count("MAIL")), (0, 0));
    assert_eq!(kind(&mailer.send(&letter(1, "zhangsan@czs.test"), &Running::new())), Kind::Sent);
}

#[test]
fn a_refused_or_broken_start_of_encryption_holds_all_letters() {
    let papers = Papers::sound();
    for does in [
        Does::Says(b"454 4.7.0 not now\r\n".to_vec()),
        Does::Says(b"502 no\r\n".to_vec()),
        Does::Closes,
        Does::Hangs,
        Does::SaysAndCloses("220 go ahead\r\n"),
    ] {
        let case = format!("{does:?}");
        let server = Server::start(vec![(At::StartTls, 1, does)], Cover::OnRequest(papers.server()), OFFERS);
        let relay =
            Relay { timeout: Duration::from_millis(300), ..encrypted(&server, &papers, TlsMode::StartTls) };
        assert_eq!(kind(&send(relay)), Kind::LaterAll, "{case}");
        assert_eq!((server.count("AUTH"), server.count("MAIL")), (0, 0), "{case}");
    }
}

#[test]
fn a_certificate_that_proves_nothing_is_refused_with_a_remedy() {
    let papers = Papers::sound();
    let strangers = Papers::for_names(&["stranger.test"], 2000, 2100);
    let renewed = Papers::sound();
    let other_name = Papers::for_names(&["mail.elsewhere.test"], 2000, 2100);
    let expired = Papers::for_names(&["127.0.0.1"], 2000, 2001);
    for (shown, ca_file, hint) in [
        (&papers, Some(strangers.file("ca.pem")), "set ca_file"),
        (&papers, Some(renewed.file("ca.pem")), "set ca_file"),
        (&papers, None, "ca"),
        (&other_name, Some(other_name.file("ca.pem")), "another name"),
        (&expired, Some(expired.file("ca.pem")), "not valid today"),
        (&papers, Some(papers.file("none.pem")), "none.pem"),
        (&papers, Some(papers.file("key.pem")), "holds no certificate"),
    ] {
        let server = Server::start(Script::new(), Cover::FromTheStart(shown.server()), OFFERS);
        let relay = Relay { ca_file, ..encrypted(&server, &papers, TlsMode::Implicit) };
        let outcome = send(relay);
        assert_eq!(kind(&outcome), Kind::LaterAll, "{outcome:?}");
        assert!(words(&outcome).contains(hint), "{outcome:?} says nothing of {hint}");
        assert_eq!(server.count("AUTH"), 0);
    }
}

#[test]
fn the_wrong_kind_of_encryption_for_a_port_is_recognised() {
    let papers = Papers::sound();
    let clear = Server::start(Script::new(), Cover::None, OFFERS);
    let outcome = send(encrypted(&clear, &papers, TlsMode::Implicit));
    assert_eq!(kind(&outcome), Kind::LaterAll);
    assert!(words(&outcome).contains("port 465"), "{outcome:?}");

    let covered = Server::start(Script::new(), Cover::FromTheStart(papers.server()), OFFERS);
    let relay =
        Relay { timeout: Duration::from_millis(300), ..encrypted(&covered, &papers, TlsMode::StartTls) };
    let outcome = send(relay);
    assert_eq!(kind(&outcome), Kind::LaterAll);
    assert!(words(&outcome).contains("tls = implicit"), "{outcome:?}");
}

#[test]
fn hangs_and_drips_under_encryption_end_within_the_limit_too() {
    let papers = Papers::sound();
    for (at, expected) in [(At::Ehlo, Kind::LaterAll), (At::Dot, Kind::Uncertain)] {
        for does in [Does::Hangs, Does::Drips, Does::RunsOn, Does::Closes] {
            let case = format!("{at:?} {does:?}");
            let server = Server::start(vec![(at, 1, does)], Cover::FromTheStart(papers.server()), OFFERS);
            let relay = Relay {
                timeout: Duration::from_millis(300),
                ..encrypted(&server, &papers, TlsMode::Implicit)
            };
            assert_eq!(kind(&send(relay)), expected, "{case}");
        }
    }
}

/// A clock that the server moves.
struct Moved(Arc<AtomicU64>);

impl Clock for Moved {
    fn now(&self) -> Now {
        Running::new().now()
    }

    fn running(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A letter has five times the limit of one answer until it is handed over, so that seven answers that each keep within their own (EHLO,
/// STARTTLS, EHLO, AUTH, MAIL, RCPT, DATA) hold up no other letter for longer. The receipt has its own time, and so has the next letter.
#[test]
fn a_letter_has_its_own_limit_whatever_each_answer_keeps() {
    let papers = Papers::sound();
    // Of the limit of 20 s: after the seventh answer 99 s, 100 s and 101 s have gone.
    for (last, expected) in [(3_000, Kind::Sent), (4_000, Kind::LaterAll), (5_000, Kind::LaterAll)] {
        let clock = Arc::new(AtomicU64::new(0));
        let takes = |at, nth, milliseconds| (at, nth, Does::Takes(clock.clone(), milliseconds));
        let steps =
            [(At::Ehlo, 1), (At::StartTls, 1), (At::Ehlo, 2), (At::Auth, 1), (At::Mail, 1), (At::Rcpt, 1)];
        let mut script: Script = steps.into_iter().map(|(at, nth)| takes(at, nth, 16_000)).collect();
        script.extend([takes(At::Data, 1, last), takes(At::Dot, 1, 19_000)]);
        let server = Server::start(script, Cover::OnRequest(papers.server()), OFFERS);
        let timeout = Duration::from_secs(20);
        let mut mailer = mailer(Relay { timeout, ..encrypted(&server, &papers, TlsMode::StartTls) });
        let outcome = mailer.send(&letter(1, "zhangsan@czs.test"), &Moved(clock.clone()));
        assert_eq!(kind(&outcome), expected, "{last}: {}", words(&outcome));
        assert_eq!(server.heard(|heard| heard.letters.len()), usize::from(expected == Kind::Sent), "{last}");
        let next = mailer.send(&letter(2, "lisi@czs.test"), &Moved(clock));
        assert_eq!(kind(&next), Kind::Sent, "{last}: {}", words(&next));
    }
}

#[test]
fn a_password_never_crosses_the_network_in_the_clear() {
    // Connecting a datagram socket sends nothing; it only tells this machine's own address.
    let probe = UdpSocket::bind("0.0.0.0:0").unwrap();
    let own = probe.connect("192.0.2.1:9").and_then(|()| probe.local_addr());
    let Ok(own) = own.map(|address| address.ip()) else {
        println!("skipped: this machine has no address but the loopback");
        return;
    };
    let papers = Papers::sound();
    let server = Server::start(Script::new(), Cover::None, &["AUTH PLAIN"]);
    let relay = Relay { host: own.to_string(), ..encrypted(&server, &papers, TlsMode::None) };
    let outcome = send(relay.clone());
    assert_eq!(kind(&outcome), Kind::LaterAll);
    assert!(words(&outcome).contains("anybody can read"), "{outcome:?}");
    assert_eq!(server.count("AUTH"), 0);
    assert_eq!(kind(&send(Relay { login: None, ..relay })), Kind::Sent);
}
