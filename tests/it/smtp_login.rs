//! DESIGN section 7, Delivery: the login, its password from a file, and what is said when it cannot be had.

use jianchad::testing::domain::letter::relay::AuthMechanism;

use crate::post::{Kind, Running, kind, letter, words};
use crate::smtp::{ENCODED, PASSWORD, mailer, with_login};
use crate::smtp_server::{Cover, Script, Server};

#[test]
fn the_password_is_read_from_its_file_at_each_connection_and_what_is_wrong_with_it_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::plain(Script::new());
    let relay = with_login(&server, &folder);
    let path = relay.login.as_ref().unwrap().password_file.clone();
    let mut mailer = mailer(relay);
    let clock = Running::new();
    std::fs::remove_file(&path).unwrap();
    for (bytes, hint) in
        [(None, "cannot be read"), (Some(&b"\n"[..]), "is empty"), (Some(&b"\xc3\xdc"[..]), "not UTF-8")]
    {
        if let Some(bytes) = bytes {
            std::fs::write(&path, bytes).unwrap();
        }
        let outcome = mailer.send(&letter(1, "zhangsan@czs.test"), &clock);
        assert_eq!(kind(&outcome), Kind::LaterAll);
        assert!(
            words(&outcome).contains(hint) && words(&outcome).contains(path.to_str().unwrap()),
            "{outcome:?}"
        );
    }
    std::fs::write(&path, PASSWORD).unwrap();
    assert_eq!(kind(&mailer.send(&letter(1, "zhangsan@czs.test"), &clock)), Kind::Sent);
    assert_eq!(server.count(&format!("AUTH PLAIN {ENCODED}")), 1);
}

#[test]
fn each_way_to_log_in_is_spoken_when_the_server_offers_it() {
    let offers: [(&'static [&'static str], Option<AuthMechanism>, &str); 5] = [
        (&["AUTH LOGIN XOAUTH2"], None, "AUTH LOGIN"),
        (&["AUTH=LOGIN"], None, "AUTH LOGIN"),
        (&["auth Login Plain"], None, "AUTH PLAIN"),
        (&["AUTH PLAIN LOGIN"], Some(AuthMechanism::Login), "AUTH LOGIN"),
        (&["AUTH PLAIN XOAUTH2"], Some(AuthMechanism::XOAuth2), "AUTH XOAUTH2 "),
    ];
    for (offers, mechanism, spoken) in offers {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(Script::new(), Cover::None, offers);
        let mut relay = with_login(&server, &folder);
        relay.login.as_mut().unwrap().mechanism = mechanism;
        let outcome = mailer(relay).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), Kind::Sent, "{offers:?}: {outcome:?}");
        assert_eq!(server.count(spoken), 1, "{offers:?}");
    }
}

#[test]
fn a_login_the_server_does_not_offer_is_said_and_not_guessed() {
    for (offers, hint) in
        [(&["8BITMIME"][..], "offers no login"), (&["AUTH XOAUTH2 NTLM"][..], "XOAUTH2, NTLM")]
    {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(Script::new(), Cover::None, offers);
        let outcome =
            mailer(with_login(&server, &folder)).send(&letter(1, "zhangsan@czs.test"), &Running::new());
        assert_eq!(kind(&outcome), Kind::LaterAll);
        assert!(words(&outcome).contains(hint), "{outcome:?}");
        assert_eq!(server.count("AUTH"), 0);
    }
}
