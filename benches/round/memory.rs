//! Memory of the program itself: a child process on the same files, as the kernel counts it.

use std::fs;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_jianchad");

/// A figure of `/proc/PID/status`, in MiB.
fn figure(child: &Child, name: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let kib: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib / 1024.0)
}

/// Highest resident memory of one round over everything, in MiB.
pub fn of_a_first_read(config: &Path, at: &str) -> f64 {
    let mut child = Command::new(PROGRAM)
        .args(["once", "--at", at, "--config"])
        .arg(config)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut highest = 0.0_f64;
    let status = loop {
        highest = highest.max(figure(&child, "VmHWM").unwrap_or(0.0));
        if let Some(status) = child.try_wait().expect("the child can be asked") {
            break status;
        }
        sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "`jianchad once` ended with {status}");
    highest
}

/// Resident memory of the daemon while it waits for its next round, in MiB, and its highest until then. Its clock begins at
/// `from`: what is due by then says how much its first round has to judge.
pub fn of_the_idle_daemon(config: &Path, folder: &Path, from: &str) -> (f64, f64) {
    let socket = folder.join("notify");
    let notify = UnixDatagram::bind(&socket).expect("a socket can be made");
    notify.set_read_timeout(Some(Duration::from_secs(1))).expect("a time limit can be set");
    let mut child = Command::new(PROGRAM)
        .args(["run", "--from", from, "--config"])
        .arg(config)
        .env("NOTIFY_SOCKET", &socket)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let patience = Instant::now() + Duration::from_secs(300);
    let mut message = [0; 4096];
    loop {
        let heard = notify.recv(&mut message).unwrap_or(0);
        if String::from_utf8_lossy(&message[..heard]).contains("next round") {
            break;
        }
        assert!(Instant::now() < patience, "the daemon finished no round");
    }
    sleep(Duration::from_secs(2));
    let found = figure(&child, "VmRSS").zip(figure(&child, "VmHWM"));
    child.kill().expect("the child can be ended");
    child.wait().expect("the child can be waited for");
    found.expect("the daemon still runs")
}
