//! What people do with cards at the keyboard, while the daemon runs.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};

use super::super::access;
use super::super::schema;
use super::super::stored::{moment, parsed};
use super::super::{Ledger, LedgerError, cannot};
use super::audit;
use super::reading::{why, why_columns};
use crate::domain::card::Card;
use crate::domain::card_action::{CardAction, Held};
use crate::domain::finding::{Event, Standing};
use crate::domain::moment::Moment;
use crate::domain::rules::OWN;
use crate::domain::text::{Language, Text};

/// What somebody did, to be entered.
#[derive(Debug, Clone)]
pub struct Done<'d> {
    /// The finding's row.
    pub finding: i64,
    /// What.
    pub action: &'d CardAction,
    /// Who.
    pub by: &'d str,
    /// Why, or the answer's words.
    pub why: &'d str,
    /// When an order to finish is due.
    pub order_due: Option<Moment>,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// One event in the life of a finding.
#[derive(Debug, Clone)]
pub struct FindingEvent {
    /// When.
    pub at: Moment,
    /// What happened.
    pub event: Event,
    /// Its card from then on.
    pub card: Card,
    /// Who did it; `None`: jianchad.
    pub by: Option<String>,
    /// Why.
    pub why: String,
}

/// Why an action was not entered.
#[derive(Debug)]
pub enum NotDone {
    /// There is no such finding.
    Unknown,
    /// It cannot be done now, for this reason.
    Refused(Text),
    /// The ledger failed.
    Ledger(LedgerError),
}

impl From<LedgerError> for NotDone {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl Ledger {
    /// Opens the ledger for a person's entry beside the daemon that keeps it: SQLite lets one of the two write at a time, and
    /// the other waits.
    pub fn at_keyboard(path: &Path, zone: Tz) -> Result<Self, LedgerError> {
        access::may(path, access::To::Write)?;
        let failed = |source| LedgerError::Open { path: path.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(failed)?;
        db.busy_timeout(std::time::Duration::from_secs(30)).map_err(failed)?;
        schema::current(&db, path)?;
        let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF";
        db.execute_batch(settings).map_err(failed)?;
        Ok(Self::over(db, path, zone, None))
    }

    /// Enters what somebody did with a card.
    ///
    /// # Errors
    /// If there is no such finding, if it may not be done now, or if the ledger fails: then nothing is entered.
    pub fn enter_deed(&mut self, done: &Done<'_>) -> Result<(), NotDone> {
        let fail = cannot("enter what was done with a card");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        let held = held(&tx, done.finding, done.order_due)?.ok_or(NotDone::Unknown)?;
        done.action.allowed(held).map_err(NotDone::Refused)?;
        enter(&tx, done, held).map_err(&fail)?;
        let (what, subject) = (format!("card {}", done.action.event().word()), done.finding.to_string());
        let audit_entry =
            audit::AuditEntry { what: &what, subject: &subject, by: done.by, why: done.why, at: done.at };
        audit::enter(&tx, &audit_entry, &self.login).map_err(&fail)?;
        tx.commit().map_err(&fail)?;
        Ok(())
    }

    /// The events of a finding, in order.
    pub fn finding_events(&self, finding: i64, language: Language) -> Result<Vec<FindingEvent>, LedgerError> {
        let reason = why_columns(language, "");
        let sql = format!(
            "SELECT at, event, card, by, {reason} FROM finding_event WHERE finding_id = ?1 ORDER BY id"
        );
        let rows = self.list("read the events of a finding", &sql, [finding], |row| {
            let times_and_card: (String, String) = (row.get(0)?, row.get(2)?);
            Ok((times_and_card, row.get(1)?, row.get(3)?, why(row, 4, language)?.unwrap_or_default()))
        })?;
        rows.into_iter()
            .map(|((at, card), event, by, why)| {
                let (at, card) = (moment(&at, self.zone)?, parsed("a card", &card)?);
                Ok(FindingEvent { at, event, card, by, why })
            })
            .collect()
    }
}

/// Where a finding stands; `None`: there is none. `order_due`: when the order that is to be entered is due. A sooner one takes the place of
/// one that runs; a later one would put off the red card that follows it.
fn held(db: &Connection, finding: i64, order_due: Option<Moment>) -> Result<Option<Held>, LedgerError> {
    let due = order_due.map(|due| due.to_string());
    let sql =
        "SELECT standing, card, appealed_at IS NOT NULL,
                   order_due IS NOT NULL AND order_kept IS NULL AND (?2 IS NULL OR substr(?2, 1, 10) >= substr(order_due, 1, 10)), rule,
                   contested_at IS NOT NULL
               FROM finding WHERE id = ?1";
    let fail = cannot("enter what was done with a card");
    let mut find = db.prepare_cached(sql).map_err(&fail)?;
    let mut rows = find.query(params![finding, due]).map_err(&fail)?;
    let Some(row) = rows.next().map_err(&fail)? else { return Ok(None) };
    let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
    let is = |at: usize| row.get::<_, bool>(at).map_err(&fail);
    Ok(Some(Held {
        standing: parsed("a finding's standing", &text(0)?)?,
        card: parsed("a card", &text(1)?)?,
        appealed: is(2)?,
        ordered: is(3)?,
        own: OWN.contains(&&*text(4)?),
        contested: is(5)?,
    }))
}

const JUDGE_ANEW: &str = "UPDATE \"case\" SET unjudged = 1 WHERE id = (SELECT case_id FROM finding WHERE id = ?1) AND ?2 IS NOT NULL";

fn enter(db: &Connection, done: &Done<'_>, held: Held) -> rusqlite::Result<()> {
    let at = done.at.to_rfc3339();
    let set = |sql: &str| db.execute(sql, params![done.finding, at]).map(drop);
    match done.action {
        CardAction::Issue => set("UPDATE finding SET standing = 'open' WHERE id = ?1 AND ?2 IS NOT NULL")?,
        CardAction::Dismiss => {
            set(
                "UPDATE finding SET standing = 'revoked', settled = 1, contested_at = NULL WHERE id = ?1 AND ?2 IS NOT NULL",
            )?;
            // Rows that vanished count no more, once a person has said that it is no matter.
            set(JUDGE_ANEW)?;
        }
        CardAction::Revoke => {
            // What was entered after the letter is accepted, so the record says what holds from here on: it may be another unit's
            // card, or late again. What a person withdraws against the record stays so.
            set(
                "UPDATE finding SET standing = 'revoked', settled = contested_at IS NULL, appealed_at = NULL, contested_at = NULL
                 WHERE id = ?1 AND ?2 IS NOT NULL",
            )?;
            set(JUDGE_ANEW)?;
        }
        CardAction::Answer => set("UPDATE finding SET answered_at = ?2 WHERE id = ?1")?,
        CardAction::Appeal => {
            set(
                "UPDATE finding SET appealed_at = ?2, answered_at = coalesce(answered_at, ?2) WHERE id = ?1",
            )?;
        }
        CardAction::Uphold => {
            set(
                "UPDATE finding SET appealed_at = NULL, upheld_at = iif(contested_at IS NULL, upheld_at, ?2),
                     contested_at = NULL WHERE id = ?1",
            )?;
            // What is over is settled by the next round.
            set(JUDGE_ANEW)?;
        }
        CardAction::Order(_) => {
            let due = done.order_due.map(|due| due.to_string());
            let sql = "UPDATE finding SET order_due = ?2, order_kept = NULL WHERE id = ?1";
            db.execute(sql, params![done.finding, due])?;
        }
    }
    debug_assert!(held.standing != Standing::Revoked, "what was withdrawn stays so");
    let sql = "INSERT INTO finding_event (finding_id, round_id, at, event, card, why, why_en, policy, by, unit)
               VALUES (?1, coalesce((SELECT max(id) FROM round), 0), ?2, ?3, ?4, ?5, ?5,
                   coalesce((SELECT policy FROM round ORDER BY id DESC LIMIT 1), ''), ?6, (SELECT unit FROM finding WHERE id = ?1))";
    let row = params![done.finding, at, done.action.event().word(), held.card.word(), done.why, done.by];
    db.execute(sql, row).map(drop)
}
