//! Programs that tests start: whether they are there, where they listen, when they are ready.

use std::fs;
use std::net::TcpListener;
use std::time::Duration;

use jianchad::testing::domain::now::Clock;

use crate::post::Running;

/// Says that a server is missing; a failure where all of them must be there.
pub fn skip(why: &str) {
    assert!(std::env::var("JIANCHAD_REQUIRE_SERVERS").as_deref() != Ok("1"), "{why}; run .ci/servers");
    println!("skipped: {why}");
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Looks again and again until something is there: real servers deliver when they please. What does not come within five
/// minutes never does, however busy the machine is.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let clock = Running::new();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(clock.running() < Duration::from_secs(300), "{what} did not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether files made here belong to root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
