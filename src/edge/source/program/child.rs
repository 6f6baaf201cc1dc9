//! A program that runs: started with nothing that it need not have, and ended with everything that it began.

use std::io::{self, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{self, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::event::{Timespec, poll};
use rustix::process::{
    Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getrlimit, kill_process_group, prlimit, waitid,
};

use super::super::over::LOOK;
use super::fault::Fault;
use super::strays;
use crate::domain::record::program::Program;
use crate::edge::plain_file;

/// Where programs are looked for that it starts.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// Its texts are UTF-8 unless it is told otherwise.
const LANG: &str = "C.UTF-8";
/// Files that it may have open.
const FILES: u64 = 256;
/// Bytes that a file may have that it writes.
const WRITTEN: u64 = 16 << 20;
/// Bytes that it may be told: as many as a pipe takes without being read.
const TOLD: usize = 60 * 1024;
/// Looks for which it may go on after it was asked to end.
const PATIENCE: u32 = 10;

/// By number, so that no two of one process have the same mark.
static STARTED: AtomicU64 = AtomicU64::new(0);

/// A program that runs, in a group of its own.
pub(super) struct Child {
    child: process::Child,
    group: Pid,
    mark: String,
    /// When it began, as [`strays::begun`] says.
    begun: u64,
    processor: u64,
    reaped: Option<ExitStatus>,
}

impl Child {
    /// Starts a program, and tells it what is asked.
    pub fn start(program: &Program, request: &[u8]) -> Result<(Self, (ChildStdout, ChildStderr)), Fault> {
        if request.len() > TOLD {
            return Err(Fault::Request);
        }
        let real = plain_file::trusted(&program.path).map_err(Fault::Untrusted)?;
        let at_folder = |why| Fault::Folder(program.folder.clone(), why);
        if !std::fs::metadata(&program.folder).map_err(at_folder)?.is_dir() {
            return Err(at_folder(io::ErrorKind::NotADirectory.into()));
        }
        let mark = format!("{}={}-{}", strays::MARK, process::id(), STARTED.fetch_add(1, Ordering::Relaxed));
        let mut child = command(program, &real, &mark).spawn().map_err(Fault::Start)?;
        let group = Pid::from_child(&child);
        let (rows, errors, told) = (child.stdout.take(), child.stderr.take(), child.stdin.take());
        let processor = program.processor.as_secs();
        let begun = strays::begun(group).unwrap_or(0);
        let child = Self { child, group, mark, begun, processor, reaped: None };
        limit(group, program).map_err(Fault::Start)?;
        let (Some(rows), Some(errors), Some(mut told)) = (rows, errors, told) else {
            return Err(Fault::Start(io::ErrorKind::BrokenPipe.into()));
        };
        match told.write_all(request) {
            // Whoever does not listen is told nothing.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Fault::Start(error)),
            _ => Ok((child, (rows, errors))),
        }
    }

    /// Whether it has ended; those that it began may go on.
    pub fn has_ended(&mut self) -> io::Result<bool> {
        if self.reaped.is_some() {
            return Ok(true);
        }
        // It is left to be waited for: its number, and that of its group, stay its own for so long.
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(waitid(WaitId::Pid(self.group), look)?.is_some())
    }

    /// How it ended, once it has; whatever it left behind ends.
    pub fn result(&mut self) -> Result<(), Fault> {
        let status = self.end().map_err(Fault::Broken)?;
        match (status.code(), status.signal()) {
            (Some(0), _) => Ok(()),
            (Some(code), _) => Err(Fault::Code(code)),
            (None, Some(signal)) if signal == Signal::XCPU.as_raw() => Err(Fault::Processor(self.processor)),
            (None, signal) => Err(Fault::Signal(signal.unwrap_or_default())),
        }
    }

    /// Ends it with all that it began: asked first, then whether it wants to or not.
    pub fn end(&mut self) -> io::Result<ExitStatus> {
        if let Some(status) = self.reaped {
            return Ok(status);
        }
        if !self.has_ended()? {
            _ = kill_process_group(self.group, Signal::TERM);
            for _ in 0..PATIENCE {
                if self.has_ended()? {
                    break;
                }
                _ = poll(&mut [], Some(&Timespec { tv_sec: 0, tv_nsec: LOOK.subsec_nanos().into() }));
            }
        }
        _ = kill_process_group(self.group, Signal::KILL);
        let status = self.child.wait()?;
        self.reaped = Some(status);
        strays::end(&self.mark, self.begun);
        Ok(status)
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        drop(self.end());
    }
}

fn command(program: &Program, real: &Path, mark: &str) -> Command {
    let mut command = Command::new(real);
    command.arg0(&program.path).args(&program.arguments).env_clear();
    command.env("PATH", PATH).env("LANG", LANG);
    command.envs(program.environment.iter().map(|(name, value)| (name, value)));
    if let Some((name, value)) = mark.split_once('=') {
        command.env(name, value);
    }
    command.current_dir(&program.folder).process_group(0);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What it may take, and every process that it starts from now on. Where the machine runs short of memory it goes before us.
fn limit(child: Pid, program: &Program) -> io::Result<()> {
    let limits = [
        (Resource::As, program.memory),
        (Resource::Cpu, program.processor.as_secs()),
        (Resource::Nofile, FILES),
        (Resource::Fsize, WRITTEN),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        // No more than we may ourselves; and of time a little between the signal that it is up and the end.
        let ours = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let (current, last) = (most.min(ours), most.saturating_add(u64::from(resource == Resource::Cpu) * 5));
        let limit = Rlimit { current: Some(current), maximum: Some(last.min(ours)) };
        match prlimit(Some(child), resource, limit) {
            // It may be over already.
            Ok(_) | Err(rustix::io::Errno::SRCH) => {}
            Err(error) => return Err(error.into()),
        }
    }
    drop(std::fs::write(format!("/proc/{}/oom_score_adj", child.as_raw_nonzero()), "1000"));
    Ok(())
}
