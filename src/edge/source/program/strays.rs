//! Processes that a program began and that left its group: they carry its mark in their environment.

use std::fs;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal};

use super::super::over::LOOK;

/// The variable by which they are known.
pub(super) const MARK: &str = "JIANCHAD_READING";

/// How often they are looked for: one that is found may have begun another.
const LOOKS: u32 = 60;

/// Whether a process is one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carries {
    Mark,
    Nothing,
    /// A process that is just turning into another program has no environment for a moment.
    NotYetKnown,
}

/// Ends all that carry a mark, as `NAME=VALUE`, and waits until they are gone. Whatever began before the program did, as [`begun`]
/// gives it, is none of them.
pub(super) fn end(mark: &str, since: u64) {
    for _ in 0..LOOKS {
        let Ok(processes) = fs::read_dir("/proc") else { return };
        let numbers = processes.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let (mut found, mut not_yet_known) = (false, false);
        for pid in numbers.filter_map(Pid::from_raw).filter(|pid| begun(*pid).is_some_and(|it| it >= since)) {
            match carries(pid, mark) {
                Carries::Mark => {
                    found = true;
                    kill(pid, mark);
                }
                Carries::NotYetKnown => not_yet_known = true,
                Carries::Nothing => {}
            }
        }
        match (found, not_yet_known) {
            (false, false) => return,
            (false, true) => wait(&mut []),
            (true, _) => {}
        }
    }
}

/// When a process began, in clock ticks since the machine did (proc_pid_stat(5), field 22).
pub(super) fn begun(pid: Pid) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    // Its name stands in brackets and may be anything; the third field follows.
    stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(22 - 3)?.parse().ok()
}

fn carries(pid: Pid, mark: &str) -> Carries {
    let folder = format!("/proc/{}", pid.as_raw_nonzero());
    let Ok(environment) = fs::read(format!("{folder}/environ")) else { return Carries::Nothing };
    if environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes()) {
        return Carries::Mark;
    }
    // Threads of the kernel and those that have ended have no environment either, and no program.
    if environment.is_empty() && fs::read_link(format!("{folder}/exe")).is_ok() {
        return Carries::NotYetKnown;
    }
    Carries::Nothing
}

/// Its number may be another's by the time of the signal, unless it is held. A signal is under way for a while: its end is waited for.
fn kill(pid: Pid, mark: &str) {
    match pidfd_open(pid, PidfdFlags::empty()) {
        Ok(held) if carries(pid, mark) == Carries::Mark => {
            if pidfd_send_signal(&held, Signal::KILL).is_ok() {
                wait(&mut [PollFd::new(&held, PollFlags::IN)]);
            }
        }
        Err(rustix::io::Errno::NOSYS) => {
            if kill_process(pid, Signal::KILL).is_ok() {
                wait(&mut []);
            }
        }
        Ok(_) | Err(_) => {}
    }
}

/// Waits for a look at most.
fn wait(ends: &mut [PollFd<'_>]) {
    let look = Timespec { tv_sec: 0, tv_nsec: LOOK.subsec_nanos().into() };
    // Woken early, or not at all, the next look finds what is left.
    _ = poll(ends, Some(&look));
}
