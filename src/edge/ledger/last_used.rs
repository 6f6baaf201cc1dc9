//! Which ledger was last used at its place: a small file beside it. Who puts another one there, or an older copy, replaces what had
//! been told and decided, and the ledger itself cannot tell.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Ledger, LedgerError};
use crate::domain::now::Now;
use crate::domain::rules::ledger_replaced::{Mark, judge, stands, why};
use crate::domain::text::{Kept, Sentence, Text, say};
use crate::edge::{operator, plain_file};

/// The name of a ledger, given when it is made; one from before ledgers had names gets it with its next round.
pub(super) const ID: &str = "ledger_id";

/// That another ledger was found: the day, what it was compared with while that is still noted beside it, and what is told.
const REPLACED: &str = "replaced";
const OVER: &str = "over";

/// What the file begins with, and how much of it is read.
const HEAD: &str = "jianchad ledger";
const AT_MOST: u64 = 512;

impl Ledger {
    /// Gives the ledger a name that does not come of chance.
    pub fn name(&mut self, id: &str) -> Result<(), LedgerError> {
        self.remember(ID, id)
    }

    /// Whether the ledger is the one that was last used here, and what is to be told if it is not: asked once after it was opened,
    /// before its first round. `None`: it is, or that was asked before.
    pub fn replaced(&mut self) -> Result<Option<Text>, LedgerError> {
        if std::mem::replace(&mut self.placed, true) {
            return Ok(None);
        }
        let (found, last) = (self.found()?, self.last_used());
        let note = note_of(&self.path);
        self.noted = last.is_some();
        let Some(replaced) = judge(&found, last.as_ref()) else {
            // Noted before anything is written, or a first round that is killed would leave a ledger that nobody knows.
            let unknown = last.is_none();
            return if unknown { self.note_used().map(|()| None) } else { Ok(None) };
        };
        self.noted = false;
        let (path, note) = (self.path.display().to_string(), note.display().to_string());
        if self.is_known(last.as_ref())? {
            return Ok(None);
        }
        Ok(Some(why(&path, replaced, &found, last.as_ref(), &note)))
    }

    /// Whether nobody has asked yet whether the ledger is the one that was last used here, and it is not.
    pub(super) fn is_unasked_and_another(&self) -> Result<bool, LedgerError> {
        if self.placed {
            return Ok(false);
        }
        let last = self.last_used();
        Ok(judge(&self.found()?, last.as_ref()).is_some() && !self.is_known(last.as_ref())?)
    }

    /// What could not be noted beside it is found again at each start, and is no news.
    fn is_known(&self, last: Option<&Mark>) -> Result<bool, LedgerError> {
        let kept = self.recall(REPLACED)?;
        Ok(kept.is_some_and(|kept| kept.lines().nth(1) == Some(&*key(last))))
    }

    /// Which ledger it is, and how far it has come.
    fn found(&self) -> Result<Mark, LedgerError> {
        let at = self.last_round()?.map(|(started, _)| started).unwrap_or_default();
        let (id, round) = (self.recall(ID)?.unwrap_or_default(), self.last_round_id()?);
        Ok(Mark { id, round, at: to_the_minute(&at) })
    }

    fn last_used(&self) -> Option<Mark> {
        let path = note_of(&self.path);
        // A pipe would be waited for.
        if !path.metadata().is_ok_and(|file| file.is_file()) {
            return None;
        }
        let mut text = String::new();
        File::open(path).and_then(|file| file.take(AT_MOST).read_to_string(&mut text)).ok()?;
        parse(&text)
    }

    /// Notes on which day another ledger was found, and what is told of it.
    pub fn note_replaced(&mut self, now: &Now, why: &Text) -> Result<(), LedgerError> {
        let key = key(self.last_used().as_ref());
        self.remember(REPLACED, &note(now.today(), &key, why))
    }

    /// The day on which another ledger was found here, and what is told of it, for as long as it is.
    pub fn replaced_on(&self) -> Result<Option<(NaiveDate, Text)>, LedgerError> {
        Ok(self.recall(REPLACED)?.as_deref().and_then(noted))
    }

    /// The same, as it is to be told on a day: no longer than for a week.
    pub(super) fn replaced_by(&self, now: &Now) -> Result<Option<Text>, LedgerError> {
        let found = self.replaced_on()?.filter(|(day, _)| stands(*day, now.today()));
        Ok(found.map(|(_, why)| why))
    }

    /// That another ledger was found was told for long enough.
    pub fn replaced_no_more(&mut self) -> Result<(), LedgerError> {
        self.remember(REPLACED, OVER)
    }

    /// Notes beside the ledger that it was used by a round that wrote nothing: only where nothing is noted yet.
    pub fn note_looked_at(&mut self) -> Result<(), LedgerError> {
        if self.noted { Ok(()) } else { self.note_used() }
    }

    /// Notes beside the ledger that it was used, and up to which round. A folder that cannot be written to, or a full disk, keeps
    /// nobody from going on.
    pub fn note_used(&mut self) -> Result<(), LedgerError> {
        let id = match self.recall(ID)? {
            Some(id) => id,
            None => {
                let random =
                    self.list("name the ledger", "SELECT lower(hex(randomblob(16)))", [], |row| row.get(0))?;
                let id: String = random.into_iter().next().unwrap_or_default();
                self.remember(ID, &id)?;
                id
            }
        };
        let at = self.last_round()?.map(|(started, _)| started).unwrap_or_default();
        let (path, round) = (note_of(&self.path), self.last_round_id()?);
        let text = format!("{HEAD} {id}\nround {round} {}\n", to_the_minute(&at));
        if let Err(error) = plain_file::replace(&path, text.as_bytes()) {
            let (file, why) = (path.display().to_string(), operator::why(&error));
            tracing::warn!("{}", operator::words(&say!("journal-not_noted", file, why)));
            return Ok(());
        }
        self.noted = true;
        // From now on what is found is news.
        match self.replaced_on()? {
            Some((day, why)) => self.remember(REPLACED, &note(day, "", &why)),
            None => Ok(()),
        }
    }
}

/// What another ledger was compared with, in a word.
fn key(last: Option<&Mark>) -> String {
    last.map_or_else(|| "-".to_owned(), |last| format!("{} {}", last.id, last.round))
}

/// What is kept of another ledger that was found: the day, what it was compared with, and what is told.
fn note(day: NaiveDate, key: &str, why: &Text) -> String {
    let kept = Text::from(Kept { words: why.sentence(), text: Some(why.clone()) });
    format!("{day}\n{key}\n{}", serde_json::to_string(&kept).expect("a text is always JSON"))
}

/// Day and text of such a note. Before 0.2 the words stood there, a line for each language.
fn noted(kept: &str) -> Option<(NaiveDate, Text)> {
    let mut lines = kept.lines();
    let (day, _, told) = (lines.next()?.parse().ok()?, lines.next()?, lines.next()?);
    let pair = || Some(Sentence { zh: told.to_owned(), en: lines.next()?.to_owned() }.into());
    Some((day, serde_json::from_str(told).ok().or_else(pair)?))
}

/// The file beside a ledger that says which one was last used there.
fn note_of(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push("-last");
    PathBuf::from(name)
}

fn parse(text: &str) -> Option<Mark> {
    let (head, rest) = text.split_once('\n')?;
    let id = head.strip_prefix(HEAD)?.strip_prefix(' ')?;
    let (round, at) = rest.strip_suffix('\n')?.strip_prefix("round ")?.split_once(' ')?;
    let sound = !id.is_empty() && !at.contains(char::is_control);
    Some(Mark { id: id.to_owned(), round: round.parse().ok()?, at: at.to_owned() }).filter(|_| sound)
}

/// `2011-10-14T09:05:00+08:00` as people read it.
fn to_the_minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A note reads back as it was written, also that of a ledger without a round; anything else is none.
    #[test]
    fn a_note_reads_back_and_garbage_is_none() {
        let mark = Mark { id: "a1".into(), round: 7, at: "2011-10-14 09:05".into() };
        let text = "jianchad ledger a1\nround 7 2011-10-14 09:05\n";
        assert_eq!(parse(text), Some(mark));
        assert_eq!(
            parse("jianchad ledger a1\nround 0 \n").map(|it| (it.round, it.at)),
            Some((0, String::new()))
        );
        let garbled = [
            "",
            "\n",
            "jianchad ledger \nround 7 x\n",
            "jianchad ledger a1\nround x y\n",
            &text[..text.len() - 1],
            &format!("{text}\n"),
        ];
        assert_eq!(garbled.map(parse), [const { None }; 6]);
    }

    /// What was found is told in every language, also by what an earlier version kept of it; anything else is nothing.
    #[test]
    fn what_was_found_reads_back_in_every_language() {
        let (day, why) = (NaiveDate::from_ymd_opt(2011, 10, 14).unwrap(), say!("alert-cases", count = 2));
        let (zh, en) = (why.sentence().zh, why.sentence().en);
        for kept in [note(day, "a 7", &why), format!("{day}\na 7\n{zh}\n{en}")] {
            let (on, told) = noted(&kept).unwrap();
            assert_eq!((on, told.sentence()), (day, why.sentence()), "{kept}");
        }
        assert_eq!(
            ["", OVER, "2011-10-14\na 7", "2011-10-14\na 7\n2"].map(noted).map(|it| it.is_some()),
            [false, false, false, true]
        );
    }
}
