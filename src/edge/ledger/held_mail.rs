//! Letters that wait as the ledger may not know what was told: another one, or an older copy of it, was put in its place. They go when
//! somebody says so, or after some days.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::findings::audit::AuditEntry;
use super::rounds::remember;
use super::stored::to_minute;
use super::{Ledger, LedgerError, cannot};
use crate::domain::now::Now;
use crate::domain::rules::ledger_replaced::Wait;
use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

/// Where it is kept.
const HELD: &str = "mail_held";
/// What the note beside the ledger begins with, and how much of it is read.
const HEAD: &str = "jianchad held ";
const AT_MOST: u64 = 128;
/// For so many days from the end on it is said how it ended.
const SAID_DAYS: i64 = 7;

/// Letters that wait, or waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldMail {
    /// When the ledger was found.
    since: String,
    /// The day of that.
    found: NaiveDate,
    /// The last day on which they wait.
    pub until: NaiveDate,
    /// The newest letter that was in the ledger: what is written later is written by it.
    letters: i64,
    /// Who let them go, and when.
    accepted: Option<(String, String)>,
}

/// What may leave while letters are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Letters up to this row wait, but for those on the service itself.
    pub up_to: i64,
}

impl HeldMail {
    /// Whether they wait on a day.
    pub fn holds(&self, now: &Now) -> bool {
        self.accepted.is_none() && now.today() <= self.until
    }

    /// Whether they were first held on this day: what is told daily may have been told today.
    pub fn began_on(&self, now: &Now) -> bool {
        self.found == now.today()
    }

    /// What it says to whoever looks after the machine; nothing long after it ended.
    pub fn said(&self, now: &Now) -> Option<Text> {
        let since = to_minute(self.since.clone());
        let lately = |end: NaiveDate| (now.today() - end).num_days() < SAID_DAYS;
        match &self.accepted {
            Some((by, at)) => {
                let day = at.get(..10).and_then(|day| day.parse().ok()).unwrap_or(self.until);
                lately(day).then(|| say!("held_mail-accepted", since, at = to_minute(at.clone()), by))
            }
            None if self.holds(now) => Some(say!("held_mail-held", since, until = self.until)),
            None => lately(self.until).then(|| say!("held_mail-over", since, until = self.until)),
        }
    }
}

impl Ledger {
    /// The last letters that waited so, whether or not they wait still.
    pub fn held_mail(&self) -> Result<Option<HeldMail>, LedgerError> {
        Ok(self.recall(HELD)?.and_then(|kept| serde_json::from_str(&kept).ok()))
    }

    /// Which letters may not leave now, if any are held. Where nobody has asked yet whether the ledger is the one that was last used
    /// here, all of one that is not.
    pub fn kept_letters(&self, now: &Now) -> Result<Option<Kept>, LedgerError> {
        if self.is_unasked_and_another()? {
            return Ok(Some(Kept { up_to: i64::MAX }));
        }
        let held = self.held_mail()?.filter(|held| held.holds(now));
        Ok(held.map(|held| Kept { up_to: held.letters }))
    }

    /// From which day letters were held that nobody has let go since, as the note beside the ledger says: a copy that is put in its
    /// place knows nothing of it.
    pub fn held_before(&self) -> Option<NaiveDate> {
        noted(&note_of(&self.path))
    }

    /// Holds the letters that are there, and what is to be told of cases, up to a day.
    pub fn hold_mail(&mut self, now: &Now, wait: Wait) -> Result<(), LedgerError> {
        let newest = "SELECT coalesce(max(id), 0) FROM letter";
        let letters =
            self.db.query_row(newest, [], |row| row.get(0)).map_err(cannot("find the newest letter"))?;
        let (since, found, until) = (now.instant.to_rfc3339(), now.today(), wait.until);
        let held = HeldMail { since, found, until, letters, accepted: None };
        self.remember(HELD, &serde_json::to_string(&held).expect("it is plain values"))?;
        let note = note_of(&self.path);
        let text = format!("{HEAD}{}\n", wait.from);
        if let Err(error) = plain_file::replace(&note, text.as_bytes()) {
            not_noted(&note, &error);
        }
        Ok(())
    }

    /// Somebody says that the ledger is the right one, and that its letters may go. Gives what was held; `None`: nothing is.
    pub fn release_mail(&mut self, by: &str, why: &str, now: &Now) -> Result<Option<HeldMail>, LedgerError> {
        let Some(held) = self.held_mail()?.filter(|held| held.holds(now)) else { return Ok(None) };
        let accepted = Some((by.to_owned(), now.instant.to_rfc3339()));
        let over = serde_json::to_string(&HeldMail { accepted, ..held.clone() }).expect("it is plain values");
        let audit_entry = AuditEntry { what: "ledger accept", subject: "", by, why, at: now.instant };
        let fail = cannot("enter that the ledger is the right one");
        self.sign(&audit_entry, fail, |db| remember(db, HELD, &over), |()| true)?;
        let note = note_of(&self.path);
        // Where it cannot be removed letters of another copy are held for a shorter time.
        match std::fs::remove_file(&note) {
            Err(error) if error.kind() != ErrorKind::NotFound => not_noted(&note, &error),
            _ => {}
        }
        Ok(Some(held))
    }
}

fn not_noted(note: &Path, error: &std::io::Error) {
    let (file, why) = (note.display().to_string(), operator::why(error));
    tracing::warn!("{}", operator::words(&say!("journal-not_noted", file, why)));
}

/// The file beside a ledger that says since when letters are held.
fn note_of(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-held");
    PathBuf::from(name)
}

fn noted(path: &Path) -> Option<NaiveDate> {
    // A pipe would be waited for.
    if !path.metadata().is_ok_and(|file| file.is_file()) {
        return None;
    }
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(AT_MOST).read_to_string(&mut text)).ok()?;
    text.strip_prefix(HEAD)?.strip_suffix('\n')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters wait up to the last day; how that ended is said for seven days, counted from it or from the day on which somebody let them
    /// go: the day before, the day, the day after.
    #[test]
    fn how_waiting_ended_is_said_for_a_week() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let on =
            |text: &str| Now { instant: format!("{text}T09:00:00+08:00").parse().unwrap(), replay: false };
        let held = HeldMail {
            since: "2011-10-10T09:00:00+08:00".into(),
            found: day("2011-10-10"),
            until: day("2011-10-14"),
            letters: 7,
            accepted: None,
        };
        let days = ["2011-10-13", "2011-10-14", "2011-10-15"];
        assert_eq!(days.map(|day| held.holds(&on(day))), [true, true, false]);
        let days = ["2011-10-20", "2011-10-21", "2011-10-22"];
        assert_eq!(days.map(|day| held.said(&on(day)).is_some()), [true, false, false]);
        let accepted = Some(("监察室".to_owned(), "2011-10-11T09:00:00+08:00".to_owned()));
        let let_go = HeldMail { accepted, ..held };
        let days = ["2011-10-11", "2011-10-17", "2011-10-18"];
        assert_eq!(days.map(|day| let_go.said(&on(day)).is_some()), [true, true, false]);
    }
}
