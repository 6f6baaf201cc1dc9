//! Processes that a program began and that left its group: they carry its mark in their environment.

use std::fs;

use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal};

/// The variable by which they are known.
pub(super) const MARK: &str = "JIANCHAD_READING";

/// How often they are looked for: one that is found may have begun another.
const LOOKS: u32 = 20;

/// Ends all that carry a mark, as `NAME=VALUE`.
pub(super) fn end(mark: &str) {
    for _ in 0..LOOKS {
        let mut found = false;
        let Ok(processes) = fs::read_dir("/proc") else { return };
        let numbers = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        for pid in numbers.filter_map(Pid::from_raw).filter(|pid| carries(*pid, mark)) {
            found = true;
            kill(pid, mark);
        }
        if !found {
            return;
        }
    }
}

fn carries(pid: Pid, mark: &str) -> bool {
    let environment = fs::read(format!("/proc/{}/environ", pid.as_raw_nonzero())).unwrap_or_default();
    environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
}

/// Its number may be another's by the time of the signal, unless it is held.
fn kill(pid: Pid, mark: &str) {
    match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(held) if carries(pid, mark) => drop(pidfd_send_signal(held, Signal::KILL)),
        Err(rustix::io::Errno::NOSYS) => drop(kill_process(pid, Signal::KILL)),
        Ok(_) | Err(_) => {}
    }
}
