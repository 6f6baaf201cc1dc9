//! How the last run of the daemon ended: a small file beside the ledger, there while one runs and taken away when it is stopped. What a
//! run left is read by the next one.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::letter::ended::{Cause, Ended};
use crate::edge::plain_file;

/// What the file begins with; another number is another form.
const HEAD: &str = "jianchad run 1";
/// Longest reason that is kept, in characters.
const REASON: usize = 600;

/// The file beside one ledger.
#[derive(Debug, Clone)]
pub struct RunNote {
    path: PathBuf,
    /// When the run began: `2011-10-14 09:05`.
    began: String,
    /// Which start of the machine it is; empty: nobody knows.
    boot: String,
}

impl RunNote {
    /// For a run that begins at a moment, on a machine that was started as it says.
    pub fn of(ledger: &Path, began: String, boot: String) -> Self {
        let mut path = ledger.as_os_str().to_owned();
        path.push("-run");
        Self { path: path.into(), began, boot }
    }

    /// Whether two are the same file.
    pub fn is_at(&self, other: &Self) -> bool {
        self.path == other.path
    }

    /// How the run before ended, if it was not stopped. A run that was over when the machine went down was ended by that.
    pub fn before(&self) -> Option<Ended> {
        let bytes = plain_file::read(&self.path).ok()?;
        let (ended, boot) = parse(std::str::from_utf8(&bytes).ok()?)?;
        (ended.cause != Cause::Killed || boot == self.boot).then_some(ended)
    }

    /// Notes that it runs.
    ///
    /// # Errors
    /// Those of the system.
    pub fn runs(&self) -> io::Result<()> {
        self.write(Cause::Killed, "", "")
    }

    /// Notes at a moment how it is about to end, and why.
    ///
    /// # Errors
    /// Those of the system.
    pub fn ends(&self, cause: Cause, at: &str, why: &str) -> io::Result<()> {
        self.write(cause, at, why)
    }

    /// Notes that it was stopped.
    ///
    /// # Errors
    /// Those of the system.
    pub fn is_over(&self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    fn write(&self, cause: Cause, at: &str, why: &str) -> io::Result<()> {
        let why: String =
            why.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).take(REASON).collect();
        let Self { path, began, boot } = self;
        let text = format!("{HEAD}\nboot {boot}\nbegan {began}\ncause {cause}\nat {at}\nwhy {why}\n");
        plain_file::replace(path, text.as_bytes())
    }
}

/// What a note says, and which start of the machine it was.
fn parse(text: &str) -> Option<(Ended, String)> {
    let mut lines = text.strip_suffix('\n')?.split('\n');
    let head = lines.next()?;
    let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
    let (boot, began) = (value("boot")?, value("began")?);
    let (cause, at, why) = (value("cause")?.parse().ok()?, value("at")?, value("why")?);
    (head == HEAD && lines.next().is_none()).then_some((Ended { cause, began, at, why }, boot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(folder: &Path, boot: &str) -> RunNote {
        RunNote::of(&folder.join("ledger.db"), "2011-10-14 09:05".into(), boot.into())
    }

    /// A run that was stopped left nothing to tell; one that was killed did, unless the machine went down; one that said why did,
    /// whatever the machine did since.
    #[test]
    fn the_next_run_learns_how_the_last_one_ended() {
        let folder = tempfile::tempdir().unwrap();
        let (run, same, other) =
            (note(folder.path(), "a"), note(folder.path(), "a"), note(folder.path(), "b"));
        assert_eq!(same.before(), None, "the first");
        run.runs().unwrap();
        let killed = same.before().unwrap();
        assert_eq!((killed.cause, killed.began.as_str()), (Cause::Killed, "2011-10-14 09:05"));
        assert_eq!(other.before(), None, "the machine was started anew");
        run.ends(Cause::Panicked, "2011-10-14 09:15", "index out of\nbounds\u{1b}[2J").unwrap();
        for next in [&same, &other] {
            let ended = next.before().unwrap();
            assert_eq!((ended.cause, ended.at.as_str()), (Cause::Panicked, "2011-10-14 09:15"));
            assert_eq!(ended.why, "index out of bounds [2J");
        }
        run.is_over().unwrap();
        run.is_over().unwrap();
        assert_eq!(same.before(), None, "stopped");
    }

    /// What is no note of this form, or no file, tells nothing.
    #[test]
    fn a_garbled_note_tells_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let run = note(folder.path(), "a");
        run.runs().unwrap();
        let whole = std::fs::read_to_string(&run.path).unwrap();
        for garbled in [
            String::new(),
            whole.replace("run 1", "run 2"),
            whole.replace("cause killed", "cause eaten"),
            whole[..whole.len() - 1].to_owned(),
            format!("{whole}more\n"),
        ] {
            std::fs::write(&run.path, &garbled).unwrap();
            assert_eq!(run.before(), None, "{garbled}");
        }
        std::fs::remove_file(&run.path).unwrap();
        std::fs::create_dir(&run.path).unwrap();
        assert_eq!(run.before(), None);
    }
}
