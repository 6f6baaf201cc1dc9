//! Attempts to hand letters over, and what came of them.

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::Queued;
use super::refused_alike::{REFUSED_ALIKE, is_of_several};
use crate::domain::finding::Event;
use crate::domain::letter::Outcome;
use crate::domain::letter::relay::Caps;
use crate::domain::letter::sending::{AddressNews, Attempt, Next, Settled, Tried, next_try, settle};
use crate::domain::now::Now;
use crate::domain::text::{Language, Text, say};
use crate::edge::ledger::events::any;
use crate::edge::ledger::post::addresses;
use crate::edge::ledger::post::reminders::answered;
use crate::edge::ledger::{Ledger, LedgerError, cannot};

/// What came of an attempt, until it stands in the ledger.
pub(in crate::edge::ledger) struct Owed {
    letter: i64,
    /// Attempts before this one.
    attempts: u32,
    /// This attempt, or one before it, may have arrived.
    may_be_there: bool,
    outcome: Outcome,
    /// Among them how many refusals suspend an address.
    caps: Caps,
    at: DateTime<FixedOffset>,
}

/// How an attempt is written.
fn word(attempt: Attempt) -> &'static str {
    match attempt {
        Attempt::Sent => "sent",
        Attempt::TryLater => "try later",
        Attempt::Uncertain => "uncertain",
        Attempt::TooLarge => "too large",
        Attempt::Refused => "refused",
        Attempt::RefusedAlike => REFUSED_ALIKE,
    }
}

impl Ledger {
    /// Notes that a letter is about to be handed over: if nobody hears what came of it, it may have arrived.
    pub fn handing_over(&mut self, queued: &Queued, now: &Now) -> Result<(), LedgerError> {
        let sql = "UPDATE letter SET handed_at = ?2 WHERE id = ?1";
        self.db
            .prepare_cached(sql)
            .and_then(|mut hand| hand.execute(params![queued.id, now.instant.to_rfc3339()]))
            .map_err(cannot("note that a letter is handed over"))?;
        Ok(())
    }

    /// Enters what came of an attempt, and when the letter is to be tried again. Gives whether the server refuses several addresses
    /// alike, which is its own fault: all of them wait.
    pub fn settle(
        &mut self,
        queued: &Queued,
        outcome: &Outcome,
        caps: &Caps,
        now: &Now,
    ) -> Result<bool, LedgerError> {
        let may_be_there = queued.may_be_there || outcome.may_have_arrived();
        let (letter, attempts, outcome, caps) = (queued.id, queued.attempts, outcome.clone(), *caps);
        self.owed.push(Owed { letter, attempts, may_be_there, outcome, caps, at: now.instant });
        self.settle_owed()
    }

    pub(super) fn settle_owed(&mut self) -> Result<bool, LedgerError> {
        let mut alike = false;
        while let Some(owed) = self.owed.first() {
            alike |= enter_attempt(&mut self.db, owed)?;
            self.owed.remove(0);
        }
        Ok(alike)
    }
}

/// How often a letter may have arrived.
fn copies(db: &Connection, letter: i64) -> rusqlite::Result<u32> {
    let sql = "SELECT count(*) FROM letter_attempt WHERE letter_id = ?1 AND outcome = 'uncertain'";
    db.prepare_cached(sql)?.query_row([letter], |row| row.get(0))
}

/// Days on which the address of a letter was put off since a server last took one for it, this one among them, and on which others got
/// theirs.
fn days_deferred(db: &Connection, owed: &Owed) -> rusqlite::Result<u32> {
    if !matches!(owed.outcome, Outcome::TryLater { all: false, .. } | Outcome::TooLarge { .. }) {
        return Ok(0);
    }
    let sql = "WITH own (address) AS (SELECT to_address FROM letter WHERE id = ?1),
                   since (id) AS (SELECT coalesce(max(a.id), 0) FROM letter_attempt AS a JOIN letter AS l ON l.id = a.letter_id
                       WHERE a.outcome = 'sent' AND l.to_address = (SELECT address FROM own)),
                   later (day, own, outcome) AS (SELECT substr(a.at, 1, 10), l.to_address = (SELECT address FROM own), a.outcome
                       FROM letter_attempt AS a JOIN letter AS l ON l.id = a.letter_id WHERE a.id > (SELECT id FROM since)
                       UNION ALL SELECT substr(?2, 1, 10), 1, 'try later')
               SELECT count(*) FROM (SELECT DISTINCT day FROM later WHERE own AND outcome IN ('try later', 'too large')
                   INTERSECT SELECT day FROM later WHERE NOT own AND outcome = 'sent')";
    db.prepare_cached(sql)?.query_row(params![owed.letter, owed.at.to_rfc3339()], |row| row.get(0))
}

/// What a letter tells for the first time is told now that it may have arrived, unless something else is to be told of it since. What
/// another letter told before stays told since then; a moment that lies ahead was entered by a clock that was wrong.
fn told(db: &Connection, letter: i64, at: &str) -> rusqlite::Result<()> {
    let (begins, answered) = (any(Event::TO_ANSWER), answered());
    let sql = format!(
        "UPDATE finding SET told_at = (SELECT written_at FROM letter WHERE id = ?1)
         WHERE id IN (SELECT e.finding_id FROM letter_event AS t JOIN finding_event AS e ON e.id = t.event_id
                     JOIN finding AS f ON f.id = e.finding_id
                 WHERE t.letter_id = ?1 AND e.event IN ({begins})
                     AND NOT EXISTS (SELECT 1 FROM finding_event AS n
                         WHERE n.finding_id = e.finding_id AND n.id > e.id AND n.event IN ({begins}))
                     AND (e.card <> 'notice' OR f.rule IN ({answered}))
                     AND (f.told_at IS NULL OR julianday(f.told_at) > julianday(?2) OR NOT EXISTS (SELECT 1 FROM letter_event AS s
                         JOIN letter AS o ON o.id = s.letter_id
                         WHERE s.event_id = e.id AND o.id <> ?1 AND (o.sent_at IS NOT NULL OR o.handed_at IS NOT NULL))))
             AND (told_at IS NULL OR julianday(told_at) > julianday(?2)
                 OR julianday(told_at) < (SELECT julianday(written_at) FROM letter WHERE id = ?1))"
    );
    db.prepare_cached(&sql)?.execute(params![letter, at]).map(drop)
}

/// Enters an attempt, in English words and as data.
pub(super) fn enter(db: &Connection, letter: i64, at: &str, word: &str, said: &Text) -> rusqlite::Result<()> {
    let sql = "INSERT INTO letter_attempt (letter_id, at, outcome, detail, detail_data) VALUES (?1, ?2, ?3, ?4, ?5)";
    let detail = said.words(Language::English);
    db.prepare_cached(sql)?.execute(params![letter, at, word, detail, said.data()]).map(drop)
}

/// Enters what came of an attempt. Gives whether the server refuses several addresses alike: then nothing is refused.
fn enter_attempt(db: &mut Connection, owed: &Owed) -> Result<bool, LedgerError> {
    let fail = cannot("settle a letter");
    let tx = db.transaction().map_err(&fail)?;
    let write = || -> rusqlite::Result<bool> {
        let refused_alike = match &owed.outcome {
            Outcome::Refused { why, .. } => {
                let later = next_try(owed.attempts, owed.at).to_rfc3339();
                is_of_several(&tx, owed.letter, &why.words(Language::English), &later)?
            }
            _ => false,
        };
        let (attempts, uncertain) = (owed.attempts, copies(&tx, owed.letter)?);
        let days_deferred = days_deferred(&tx, owed)?;
        let tried = Tried { attempts, uncertain, refused_alike, days_deferred, at: owed.at };
        let Settled { attempt, next, address } = settle(&owed.outcome, &tried);
        let mut said = owed.outcome.said();
        if address == AddressNews::PutOff {
            said = say!("smtp-put_off", days = days_deferred, why = said);
        }
        let (state, next) = match next {
            Next::Sent => ("sent", None),
            Next::TriedAt(at) => ("queued", Some(at.to_rfc3339())),
            Next::WaitsForSomebody => ("refused", None),
        };
        let at = owed.at.to_rfc3339();
        enter(&tx, owed.letter, &at, word(attempt), &said)?;
        let settle = "UPDATE letter SET state = ?2, attempts = attempts + 1, next_try_at = ?3,
                          sent_at = iif(?2 = 'sent', ?4, NULL), handed_at = iif(?5, handed_at, NULL) WHERE id = ?1";
        tx.prepare_cached(settle)?.execute(params![owed.letter, state, next, at, owed.may_be_there])?;
        if owed.outcome.may_have_arrived() {
            told(&tx, owed.letter, &at)?;
        }
        match address {
            AddressNews::Takes => addresses::accepted(&tx, owed.letter)?,
            AddressNews::Refused => {
                addresses::refused(&tx, owed.letter, &said, &owed.caps, &at)?;
            }
            AddressNews::PutOff => {
                let caps = Caps { suspend_after: 1, ..owed.caps };
                addresses::refused(&tx, owed.letter, &said, &caps, &at)?;
            }
            AddressNews::None => {}
        }
        Ok(refused_alike)
    };
    let alike = write().map_err(&fail)?;
    tx.commit().map_err(&fail)?;
    Ok(alike)
}
