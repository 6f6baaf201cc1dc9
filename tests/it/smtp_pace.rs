//! DESIGN section 7, Delivery: a kept connection is worth keeping.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command};

use jianchad::testing::domain::now::Clock;

use crate::installed::{free_port, is_root, skip, wait_for};
use crate::mail_servers::open;
use crate::post::{Kind, Running, kind, letter, relay};

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
        assert!(ratio < 3.0, "{ratio}");
        assert!(f64::from(LETTERS) / ours.as_secs_f64() > 500.0, "a pause in every letter");
    }
}
