//! The outbox: letters enter with the events they tell, are tried, and settled.

mod attempts;
mod refused_alike;
mod shortened;

use std::collections::HashSet;

use chrono::{DateTime, Duration, FixedOffset};
use rusqlite::{Row, Transaction, params};

use super::super::events::any;
use super::super::findings::silences;
use super::super::held_mail::Kept;
use super::super::rounds::{RoundId, remember};
use super::super::stored::instant;
use super::super::{Ledger, LedgerError, cannot};
use super::capacities;
use super::message_ids::{free_id, thread_of};
use super::reminders::answered;
use super::untold::mark_told;
use crate::domain::finding::Event;
use crate::domain::letter::LetterKind;
use crate::domain::letter::news::Draft;
use crate::domain::letter::relay::{Caps, SendWindow};
use crate::domain::letter::sending::{AlertsLeft, LeftLately, latest_try};
use crate::domain::letter::untold::Told;
use crate::domain::letter::{Address, Attachment, Letter, Outcome};
use crate::domain::now::Now;
use crate::domain::registry::Role;

pub(in crate::edge::ledger) use attempts::Owed;
pub(in crate::edge::ledger) use refused_alike::REFUSED_ALIKE;

/// A letter in the outbox.
#[derive(Debug, Clone)]
pub struct Queued {
    /// Its row.
    pub id: i64,
    /// The letter.
    pub letter: Letter,
    /// How often it was tried.
    pub attempts: u32,
    /// One of these tries may have arrived.
    pub may_be_there: bool,
    /// It counts against the caps.
    is_alert: bool,
}

/// What is noted together with the letters of a round.
#[derive(Debug, Default)]
pub struct Post<'p> {
    /// News that is told by them, up to which event.
    pub told: Vec<(Told, i64)>,
    /// Facts to remember.
    pub keep: Vec<(&'p str, &'p str)>,
    /// Silences, with events that were not told for them.
    pub hidden: Vec<(i64, i64)>,
    /// Silences that are over, with all that they hid told.
    pub over: Vec<i64>,
}

/// One run of sending: what was tried in it, and how many alerts left on its day.
#[derive(Debug)]
pub struct Run {
    caps: Caps,
    leaving: SendWindow,
    kept: Option<Kept>,
    tried: HashSet<i64>,
    left: AlertsLeft,
}

impl Run {
    /// A letter was tried.
    pub fn enter(&mut self, queued: &Queued, outcome: &Outcome) {
        self.tried.insert(queued.id);
        if queued.is_alert && matches!(outcome, Outcome::Sent { .. }) {
            self.left.enter(&queued.letter.to.address);
        }
    }
}

/// What waits in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Letters not yet sent.
    pub letters: u64,
    /// When the next try is due; `None` if nothing was tried yet.
    pub next_try_at: Option<DateTime<FixedOffset>>,
}

impl Ledger {
    /// Queues letters together with the note of what they tell, in one transaction. Each letter is written when its turn
    /// comes, so that many need no more memory than one. Gives how many were new.
    pub fn queue(
        &mut self,
        drafts: impl Iterator<Item = Draft>,
        post: &Post<'_>,
        round: RoundId,
    ) -> Result<u64, LedgerError> {
        let fail = cannot("queue letters");
        let tx = self.db.transaction().map_err(&fail)?;
        let mut queued = 0;
        for draft in drafts {
            queued += u64::from(queue_one(&tx, &draft, round).map_err(&fail)?);
        }
        for (told, newest) in &post.told {
            mark_told(&tx, *told, *newest).map_err(&fail)?;
        }
        silences::note(&tx, &post.hidden, &post.over).map_err(&fail)?;
        for (key, value) in &post.keep {
            remember(&tx, key, value).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)?;
        Ok(queued)
    }

    /// The next letter to try: the most urgent, then the oldest, whose time has come. What was tried already in this run is
    /// left out; alerts beyond the caps wait, and what does not leave at this hour. There is none while the outcome of an
    /// earlier one cannot be entered (a full disk): that letter would go out again and again.
    pub fn next_letter(&mut self, run: &Run, now: &Now) -> Result<Option<Queued>, LedgerError> {
        self.settle_owed()?;
        let fail = cannot("read the outbox");
        let sql = "SELECT id, message_id, to_name, to_address, subject, text, html, written_at, attempts, kind, thread, handed_at IS NOT NULL
                   FROM letter WHERE state = 'queued' AND superseded_at IS NULL AND iif(kind = ?4, ?2, ?3) AND (next_try_at IS NULL OR julianday(next_try_at) <= julianday(?1)
                       OR julianday(next_try_at) > julianday(?5))
                       AND (id > ?6 OR kind = ?7)
                   ORDER BY urgency, id";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let alerts = run.leaving.alerts && run.left.leaves_room(&run.caps);
        let (at, latest) = (now.instant.to_rfc3339(), latest_try(now).to_rfc3339());
        let kept = run.kept.map_or(0, |kept| kept.up_to);
        let (alert, system) = (LetterKind::Alert.word(), LetterKind::System.word());
        let values = params![at, alerts, run.leaving.others, alert, latest, kept, system];
        let mut rows = find.query(values).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let id: i64 = row.get(0).map_err(&fail)?;
            let (address, kind): (String, LetterKind) =
                (row.get(3).map_err(&fail)?, row.get(9).map_err(&fail)?);
            let leaves = kind != LetterKind::Alert || run.left.leaves_room_for(&address, &run.caps);
            if leaves && !run.tried.contains(&id) {
                return self.queued(row).map(Some);
            }
        }
        Ok(None)
    }

    /// Begins a run of sending, with the alerts that left today already, and without the letters that are kept.
    pub fn sending(
        &self,
        now: &Now,
        caps: &Caps,
        (leaving, kept): (SendWindow, Option<Kept>),
    ) -> Result<Run, LedgerError> {
        let sql = "SELECT to_address, count(*), sum(sent_at > ?2) FROM letter WHERE kind = ?3 AND sent_at BETWEEN ?1 AND ?4 GROUP BY 1";
        let minute = (now.instant - Duration::minutes(1)).to_rfc3339();
        // A letter that seems to have left later than now did so by a clock that was wrong.
        let values =
            params![now.today().to_string(), minute, LetterKind::Alert.word(), now.instant.to_rfc3339()];
        let rows = self.list("count the letters of the day", sql, values, |row| {
            Ok((row.get(0)?, LeftLately { today: row.get(1)?, within_a_minute: row.get(2)? }))
        })?;
        Ok(Run { caps: *caps, leaving, kept, tried: HashSet::new(), left: AlertsLeft::counted(rows) })
    }

    fn queued(&self, row: &Row<'_>) -> Result<Queued, LedgerError> {
        let fail = cannot("read the outbox");
        let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
        let id: i64 = row.get(0).map_err(&fail)?;
        let sql = "SELECT name, media_type, content, shown_as, as_text FROM letter_attachment WHERE letter_id = ?1 ORDER BY place";
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let attachment = |row: &Row<'_>| {
            Ok(Attachment {
                name: row.get(0)?,
                media_type: row.get(1)?,
                content: row.get(2)?,
                shown_as: row.get(3)?,
                as_text: row.get(4)?,
            })
        };
        let attachments = find.query_map([id], attachment).and_then(Iterator::collect).map_err(&fail)?;
        let letter = Letter {
            message_id: text(1)?,
            to: Address { name: text(2)?, address: text(3)? },
            subject: text(4)?,
            text: text(5)?,
            html: text(6)?,
            attachments,
            written_at: instant(&text(7)?)?,
            thread: row.get(10).map_err(&fail)?,
        };
        Ok(Queued {
            id,
            letter,
            attempts: row.get(8).map_err(&fail)?,
            may_be_there: row.get(11).map_err(&fail)?,
            is_alert: row.get::<_, LetterKind>(9).map_err(&fail)? == LetterKind::Alert,
        })
    }

    /// What waits in the outbox.
    pub fn waiting(&self) -> Result<Waiting, LedgerError> {
        let fail = cannot("read the outbox");
        let sql =
            "SELECT count(*), min(next_try_at) FROM letter WHERE state = 'queued' AND superseded_at IS NULL";
        let (letters, first): (u64, Option<String>) = self
            .db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_row([], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(&fail)?;
        Ok(Waiting { letters, next_try_at: first.map(|text| instant(&text)).transpose()? })
    }
}

/// Whether no letter on an event (?1) has left, or may have, to whoever is to answer, or sees to it: to those who supervise alone it tells
/// nobody of the unit.
fn is_first() -> String {
    let [supervisor, leader] = [Role::Supervisor, Role::Leader].map(Role::word);
    format!("NOT EXISTS (SELECT 1 FROM letter_event AS t JOIN letter AS l ON l.id = t.letter_id
         WHERE t.event_id = ?1 AND (l.sent_at IS NOT NULL OR l.handed_at IS NOT NULL) AND (l.capacities IS NULL
             OR EXISTS (SELECT 1 FROM json_each(l.capacities) AS c WHERE json_extract(c.value, '$.role') NOT IN ('{supervisor}', '{leader}'))))")
}

/// Gives whether the letter is new. Two rounds within one second give their letters to a reader the same
/// Message-ID: if the words differ, the later one gets an ID of its own, or it would be lost.
pub(super) fn queue_one(tx: &Transaction<'_>, draft: &Draft, round: RoundId) -> rusqlite::Result<bool> {
    let letter = &draft.letter;
    let sql =
        "INSERT INTO letter (message_id, kind, urgency, to_name, to_address, subject, text, html, written_at,
                   round_id, state, thread, capacities)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'queued', ?11, ?12)";
    let Some(message_id) = free_id(tx, draft)? else { return Ok(false) };
    let written_at = letter.written_at.to_rfc3339();
    let thread = thread_of(tx, draft)?;
    let row = params![
        message_id,
        draft.kind.word(),
        draft.urgency,
        letter.to.name,
        letter.to.address,
        letter.subject,
        letter.text,
        letter.html,
        written_at,
        round,
        thread,
        capacities::to_text(&draft.capacities)
    ];
    tx.prepare_cached(sql)?.execute(row)?;
    let id = tx.last_insert_rowid();
    if draft.kind == LetterKind::Digest {
        // Nobody wants the digests of three days at once: the newest says how things stand.
        let sql = "UPDATE letter SET superseded_at = ?3 WHERE kind = ?4 AND state = 'queued' AND superseded_at IS NULL
                       AND to_address = ?2 AND id <> ?1";
        tx.prepare_cached(sql)?.execute(params![id, letter.to.address, written_at, draft.kind.word()])?;
    }
    let attach =
        "INSERT INTO letter_attachment (letter_id, place, name, media_type, content, shown_as, as_text)
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    for (place, file) in letter.attachments.iter().enumerate() {
        let Attachment { name, media_type, content, shown_as, as_text } = file;
        let row = params![id, place, name, media_type, content, shown_as, as_text];
        tx.prepare_cached(attach)?.execute(row)?;
    }
    let tell = "INSERT INTO letter_event (letter_id, event_id) VALUES (?1, ?2)";
    let first = is_first();
    // A card that is told for the first time, or as another card, is to be answered from now on. It is told when the letter leaves. Where
    // another reader was told of the same before, his day stays the card's: who cannot be reached keeps it from nobody.
    let told = &format!(
        "UPDATE finding SET answer_due = ?2, answered_at = NULL, reminders = 0, reminded_at = NULL,
                    raised_up_at = NULL
                WHERE id = (SELECT finding_id FROM finding_event WHERE id = ?1
                    AND event IN ({}) AND (card <> 'notice' OR
                    (SELECT rule FROM finding AS f WHERE f.id = finding_id) IN ({}))) AND {first}",
        any(Event::TO_ANSWER),
        answered()
    );
    // One that was upheld is to be answered from the decision on; it was told before.
    let upheld = &format!("UPDATE finding SET answer_due = ?3, answered_at = NULL, reminders = 0, reminded_at = ?2, raised_up_at = NULL
                  WHERE id = (SELECT finding_id FROM finding_event WHERE id = ?1 AND event = {} AND card <> 'notice') AND {first}", any([Event::Upheld]));
    let due = draft.answer_due.map(|due| due.to_string());
    for event in &draft.events {
        tx.prepare_cached(tell)?.execute([id, *event])?;
        tx.prepare_cached(told)?.execute(params![event, due])?;
        tx.prepare_cached(upheld)?.execute(params![event, written_at, due])?;
    }
    Ok(true)
}
