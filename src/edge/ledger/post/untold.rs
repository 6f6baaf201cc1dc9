//! What happened to findings that nobody has been told yet: loaded here, decided in `domain/letter/untold.rs`.

use std::collections::BTreeMap;

use rusqlite::Row;

use super::super::cases::deadlines::parts_from_text;
use super::super::events::{any, rules};
use super::super::rounds::remember;
use super::super::stored::{moment, parsed};
use super::super::{Ledger, LedgerError, cannot};
use super::capacities;
use crate::domain::finding::Event;
use crate::domain::letter::informed::{LetterOn, still_informed};
use crate::domain::letter::news::{Informed, News, Running};
use crate::domain::letter::referred::{Referred, is_one, put_together};
use crate::domain::letter::untold::{Told, to_tell};
use crate::domain::plan::question::Question;
use crate::domain::record::TraceKind;
use crate::domain::rules::{DATA_FAULT, OF_THE_CASE, TOLD_TO_REVIEW, handed_over, time_limit};
use crate::domain::silence::Silence;
use crate::domain::text::{Kept, Sentence};

/// What is read of events: those for which `which` holds, each with the reason of its own where `own` holds.
pub(super) fn news(which: &str, own: &str) -> String {
    let (begins, gives, asks, presses, told) =
        (any(Event::BEGINS), any(Event::GIVES), any(Event::ASKS), any(Event::PRESSES), any(Event::TOLD));
    let revoked = any([Event::Revoked]);
    let (to_review, of_the_case) = (rules(TOLD_TO_REVIEW), rules(OF_THE_CASE));
    let (limit, handed, fault) = (time_limit::ID, handed_over::ID, DATA_FAULT);
    let decides = any([Event::Upheld, Event::Confirmed, Event::Revoked]);
    format!("SELECT e.id, e.event, f.subject, c.display, f.rule, f.clock, iif(e.event IN ({asks}), f.card, e.card),
        iif(f.contested_at IS NULL, f.standing, 'pending-withdrawal'),
        w.why, w.why_en,
        iif(e.event = {revoked}, coalesce(e.unit, f.unit), f.unit), f.item, d.started_at, d.time_limit, d.due_at, d.stopped_at, f.id, e.by, e.why, e.why_en,
        f.answer_due, iif(f.rule = '{handed}', (SELECT max(o.order_due) FROM finding AS o WHERE o.case_id = f.case_id
            AND o.rule = '{limit}' AND o.order_kept IS NULL AND o.standing = 'open'), f.order_due), d.paused_since, d.provisional, f.order_kept, f.contested_at, f.appealed_at,
        (SELECT min(l.written_at) FROM finding_event AS q JOIN letter_event AS t ON t.event_id = q.id JOIN letter AS l ON l.id = t.letter_id
            WHERE q.finding_id = f.id AND q.event IN ({asks}) AND l.sent_at IS NOT NULL
                AND julianday(q.at) >= julianday(coalesce(f.contested_at, f.appealed_at))),
        (SELECT m.at FROM finding_event AS m WHERE m.finding_id = f.id AND m.event IN ({begins}) ORDER BY m.id DESC LIMIT 1),
        e.event IN ({asks}) OR (e.event IN ({presses}) AND coalesce((SELECT q.event FROM finding_event AS q
            WHERE q.finding_id = f.id AND q.id < e.id AND q.event IN ({asks}, {decides}, {begins})
            ORDER BY q.id DESC LIMIT 1), '') IN ({asks})),
        (SELECT s.name FROM source AS s WHERE s.id = c.source_id), d.clock, d.stopped_by, d.parts,
        g.why, g.why_en, c.holder, w.why_data, e.why_data, g.why_data
    FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
    LEFT JOIN \"case\" AS c ON c.id = f.case_id
    LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = iif(f.rule IN ({of_the_case}),
        (SELECT o.clock FROM deadline AS o WHERE o.case_id = f.case_id AND (o.state = 'running' AND o.due_at IS NOT NULL
                OR f.rule = '{fault}' AND o.state IN ('paused', 'overdue'))
            ORDER BY o.clock = 'promise' DESC, o.clock = 'statutory' DESC, o.due_at LIMIT 1), f.clock)
    LEFT JOIN finding_event AS w ON w.id = CASE WHEN {own} THEN e.id ELSE (SELECT m.id FROM finding_event AS m
        WHERE m.finding_id = f.id AND m.by IS NULL AND m.event NOT IN ({presses}) ORDER BY m.id DESC LIMIT 1) END
    LEFT JOIN finding_event AS g ON g.id = iif(f.upheld_at IS NULL, NULL, (SELECT m.id FROM finding_event AS m
        WHERE m.finding_id = f.id AND m.card = f.card AND m.event IN ({gives}) ORDER BY m.id DESC LIMIT 1))
    WHERE {which} AND e.event IN ({told})
        AND (e.event IN ({revoked}, {asks}) OR ((f.standing <> 'pending' OR f.rule IN ({to_review})) AND e.card = f.card)) ORDER BY e.id")
}

/// The reason is the event's own, unless a person did it or it only reminds.
fn first() -> String {
    format!("e.by IS NULL AND e.event NOT IN ({})", any(Event::PRESSES))
}

/// The reason is the last that was given: the letter is written later than the event.
pub(super) const LAST: &str = "0";

impl Ledger {
    /// Number of the newest event. What people enter at the keyboard comes while a round runs: a round tells up to here.
    pub fn newest_event(&self) -> Result<i64, LedgerError> {
        let newest = "SELECT coalesce(max(id), 0) FROM finding_event";
        self.db.query_row(newest, [], |row| row.get(0)).map_err(cannot("find the newest event"))
    }

    /// The news of one kind from what was last told up to an event, by the number of the event.
    pub fn untold(&self, told: Told, newest: i64) -> Result<BTreeMap<i64, News>, LedgerError> {
        let fail = cannot("read what is to be told");
        let since: i64 = match self.recall(mark(told))? {
            Some(text) => parsed("an event's number", &text)?,
            None => 0,
        };
        let mut find = self.db.prepare_cached(&news("e.id > ?1 AND e.id <= ?2", &first())).map_err(&fail)?;
        let mut rows = find.query([since, newest]).map_err(&fail)?;
        let mut pieces = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let mut piece = self.piece(row)?;
            if piece.is_withdrawal() {
                piece.told = still_informed(&self.letters_on(piece.finding)?);
            }
            pieces.push(piece);
        }
        Ok(to_tell(pieces, told))
    }

    /// Puts together what is referred to supervisors of one source, where that is too much for letters case by case.
    pub fn referred_together(&self, news: &mut BTreeMap<i64, News>) -> Result<(), LedgerError> {
        if !news.values().any(is_one) {
            return Ok(());
        }
        let (referred, begins) = (any([Event::Referred]), any(Event::BEGINS));
        let sql = &format!("SELECT s.name, f.id FROM finding AS f JOIN \"case\" AS c ON c.id = f.case_id JOIN source AS s ON s.id = c.source_id
                   WHERE f.rule = '{DATA_FAULT}' AND f.standing = 'open' AND EXISTS (SELECT 1 FROM finding_event AS e
                       WHERE e.finding_id = f.id AND e.event = {referred} AND e.id > (SELECT max(b.id) FROM finding_event AS b
                           WHERE b.finding_id = f.id AND b.event IN ({begins})))");
        let read = |row: &Row<'_>| Ok(Referred { source: row.get(0)?, finding: row.get(1)? });
        let standing = self.list("look what was referred", sql, [], read)?;
        put_together(news, &standing);
        Ok(())
    }

    /// What a silence hid and what still stands of it: of each finding the last. By the number of the event.
    pub fn hidden(&self, silence: &Silence) -> Result<Vec<News>, LedgerError> {
        let fail = cannot("read what a silence hid");
        let which =
            "e.id IN (SELECT event_id FROM silence_event WHERE silence_id = ?1) AND f.standing = 'open'";
        let mut find = self.db.prepare_cached(&news(which, LAST)).map_err(&fail)?;
        let mut rows = find.query([silence.id]).map_err(&fail)?;
        let mut last: BTreeMap<i64, News> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let mut piece = self.piece(row)?;
            piece.silenced = Some(silence.until);
            last.insert(piece.finding, piece);
        }
        Ok(last.into_values().collect())
    }

    /// The letters that were written on a finding, in the order of its events.
    pub(super) fn letters_on(&self, finding: i64) -> Result<Vec<LetterOn>, LedgerError> {
        let sql = "SELECT e.event, l.to_address, l.capacities, l.superseded_at IS NOT NULL, l.handed_at IS NOT NULL
                   FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                   WHERE e.finding_id = ?1 ORDER BY e.id, l.id";
        let read = |row: &Row<'_>| {
            let capacities: Option<String> = row.get(2)?;
            let reader = Informed { address: row.get(1)?, capacities: Vec::new() };
            let (superseded, handed_over) = (row.get(3)?, row.get(4)?);
            Ok((LetterOn { event: row.get(0)?, reader, superseded, handed_over }, capacities))
        };
        let letters = self.list("look who was told", sql, [finding], read)?.into_iter();
        letters
            .map(|(mut letter, text)| {
                letter.reader.capacities = capacities::from_text(text.as_deref())?;
                Ok(letter)
            })
            .collect()
    }

    /// The addresses for which a letter on an event was written that is still to leave, or left.
    pub fn told_of_event(&self, event: i64) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT l.to_address FROM letter_event AS t JOIN letter AS l ON l.id = t.letter_id
                   WHERE t.event_id = ?1 AND l.superseded_at IS NULL ORDER BY 1";
        self.list("look who was told", sql, [event], |row| row.get(0))
    }

    pub(super) fn piece(&self, row: &Row<'_>) -> Result<News, LedgerError> {
        let fail = cannot("read what is to be told");
        let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
        let maybe = |at: usize| row.get::<_, Option<String>>(at).map_err(&fail);
        let kept = |(zh, en): (String, String), data: usize| {
            Ok::<_, LedgerError>(Kept::new(Sentence { zh, en }, maybe(data)?.as_deref()))
        };
        let when = |at: usize| maybe(at)?.map(|text| moment(&text, self.zone)).transpose();
        let deadline = match (when(12)?, maybe(13)?) {
            (Some(started), Some(limit)) => {
                let limit = parsed("a limit", &limit)?;
                let (due, stopped, paused_since) = (when(14)?, when(15)?, when(22)?);
                let provisional = row.get(23).map_err(&fail)?;
                // A ledger of before says not what it was: that it was finished is the plainest.
                let stopped_by = maybe(32)?.map(|word| parsed("a kind of trace", &word)).transpose()?;
                let stopped = stopped.map(|at| (at, stopped_by.unwrap_or(TraceKind::Closed)));
                let (clock, parts) = (text(31)?, parts_from_text(maybe(33)?.as_deref(), self.zone)?);
                Some(Running { started, limit, due, clock, stopped, paused_since, parts, provisional })
            }
            _ => None,
        };
        let (by, event): (_, Event) = (maybe(17)?, row.get(1).map_err(&fail)?);
        let asks: bool = row.get(29).map_err(&fail)?;
        let question = Question::of(when(25)?, when(26)?, when(27)?).filter(|_| asks);
        let note = (by.is_some() || event.presses())
            .then(|| Ok::<_, LedgerError>((by, kept((text(18)?, text(19)?), 38)?)))
            .transpose()?;
        Ok(News {
            event_id: row.get(0).map_err(&fail)?,
            finding: row.get(16).map_err(&fail)?,
            stands_for: Vec::new(),
            event,
            subject: text(2)?,
            display: maybe(3)?,
            rule: text(4)?,
            clock: text(5)?,
            card: parsed("a card", &text(6)?)?,
            standing: parsed("a finding's standing", &text(7)?)?,
            why: kept((text(8)?, text(9)?), 37)?,
            note,
            answer_due: when(20)?,
            order_due: when(21)?,
            order_failed: row.get::<_, Option<bool>>(24).map_err(&fail)? == Some(false),
            silenced: None,
            told: Vec::new(),
            unit: maybe(10)?,
            holder: maybe(36)?,
            source: maybe(30)?,
            item: maybe(11)?,
            together: None,
            deadline,
            found: when(28)?,
            appealed: when(26)?.is_some(),
            asks,
            question,
            dispute: None,
            given: maybe(34)?.zip(maybe(35)?).map(|words| kept(words, 39)).transpose()?,
        })
    }
}

fn mark(told: Told) -> &'static str {
    match told {
        Told::Cards => "told_cards_to",
        Told::Notices => "told_notices_to",
    }
}

/// Notes that everything up to an event has been told.
pub(super) fn mark_told(db: &rusqlite::Connection, told: Told, newest: i64) -> rusqlite::Result<()> {
    remember(db, mark(told), &newest.to_string())
}
