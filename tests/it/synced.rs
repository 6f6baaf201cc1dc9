//! What the ledger says of a letter lies on the disk before the letter leaves: seen by the calls that the program makes.

use std::fs;
use std::process::Command;

use crate::bench::Bench;
use crate::installed::skip;

/// Calls that change a file or bring it to the disk.
const CALLS: &str = "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,rename,renameat,renameat2";

/// Whether a line of the trace writes to a file of the ledger, or brings one to the disk.
fn on_ledger(line: &str) -> Option<&str> {
    let call = line.split_whitespace().nth(1)?.split('(').next()?;
    let file = line.split('<').nth(1)?.split('>').next()?;
    (file.ends_with("/ledger.db") || file.ends_with("/ledger.db-wal")).then_some(call)
}

/// Issue 14.8: a power cut after a letter left must not take away that it did. So whatever was written to the ledger is on the disk when
/// a letter begins to be written, and that it was handed over with it.
#[test]
fn nothing_leaves_before_the_ledger_is_on_the_disk() {
    if Command::new("strace").arg("--version").output().is_err() {
        return skip("strace is not installed");
    }
    let city = Bench::new();
    city.licence("A", "2011-09-26 10:00:00");
    let trace = city.path("trace.txt");
    let done = Command::new("strace")
        .args(["-f", "-y", "-qq", "-s", "0", "-e", CALLS, "-o"])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_jianchad"))
        .args(["once", "--at", "2011-10-14T09:05", "--config"])
        .arg(city.path("jianchad.toml"))
        .output()
        .unwrap();
    if String::from_utf8_lossy(&done.stderr).contains("ptrace") {
        return skip("this machine lets no program look at another");
    }
    assert!(done.status.success(), "{done:?}");
    let (mut unsynced, mut written, mut left, mut synced) = (0, 0, 0, 0);
    for line in fs::read_to_string(&trace).unwrap().lines() {
        match on_ledger(line) {
            Some("fsync" | "fdatasync") => (unsynced, synced) = (0, synced + 1),
            Some(_) => (unsynced, written) = (unsynced + 1, written + 1),
            None if line.contains("/mail/") => {
                assert_eq!(unsynced, 0, "{line}");
                // A letter takes its own name when it is whole.
                left += usize::from(line.contains(" rename"));
            }
            None => {}
        }
    }
    assert_eq!(left, city.letters().len());
    assert!(left >= 3, "a card to two readers, and a digest: {left}");
    // Each letter is handed over by a note of its own.
    assert!(synced > left && written > left, "{written} writes, {synced} of them brought to the disk");
}
