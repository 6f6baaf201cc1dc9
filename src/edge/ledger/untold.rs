//! What happened to findings that nobody has been told yet.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Row, params};

use super::outdated::Outdated;
use super::rounds::remember;
use super::stored::{moment, parsed};
use super::{Ledger, LedgerError, cannot};
use crate::domain::finding::{Card, Standing};
use crate::domain::letter::news::{News, Running};
use crate::domain::rules::{OWN, Sentence};
use crate::domain::silence::Silence;

/// Which news a round tells: cards at once in office hours, notices once in the morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Yellow and red cards, withdrawals, faults of a source.
    Cards,
    /// Notices.
    Notices,
}

impl Told {
    fn mark(self) -> &'static str {
        match self {
            Self::Cards => "told_cards_to",
            Self::Notices => "told_notices_to",
        }
    }
}

const NEWS: &str =
    "SELECT e.id, e.event, f.subject, c.display, f.rule, f.clock, e.card, f.standing,
        CASE WHEN {own} THEN e.why ELSE (SELECT m.why FROM finding_event AS m
            WHERE m.finding_id = f.id AND m.by IS NULL AND m.event NOT IN ('reminded', 'unanswered') ORDER BY m.id DESC LIMIT 1) END,
        CASE WHEN {own} THEN e.why_en ELSE (SELECT m.why_en FROM finding_event AS m
            WHERE m.finding_id = f.id AND m.by IS NULL AND m.event NOT IN ('reminded', 'unanswered') ORDER BY m.id DESC LIMIT 1) END,
        f.unit, f.item, d.started_at, d.time_limit, d.due_at, d.stopped_at, f.id, e.by, e.why, e.why_en,
        f.answer_due, f.order_due
    FROM finding_event AS e JOIN finding AS f ON f.id = e.finding_id
    LEFT JOIN \"case\" AS c ON c.id = f.case_id
    LEFT JOIN deadline AS d ON d.case_id = f.case_id AND d.clock = f.clock
    WHERE {which} AND e.event IN ('raised', 'escalated', 'reopened', 'issued', 'moved', 'grown', 'revoked', 'ordered', 'upheld',
            'reminded', 'unanswered')
        AND f.standing <> 'pending' AND (e.event = 'revoked' OR e.card = f.card) ORDER BY e.id";

/// The reason is the event's own, unless a person did it or it only reminds.
const FIRST: &str = "e.by IS NULL AND e.event NOT IN ('reminded', 'unanswered')";
/// The reason is the last that was given: the letter is written later than the event.
const LAST: &str = "0";

fn news(which: &str, own: &str) -> String {
    NEWS.replace("{which}", which).replace("{own}", own)
}

impl Ledger {
    /// The news of one kind since it was last told. A warning that has come to nothing meanwhile is no news; of
    /// several events of one finding the last counts. By the number of the event.
    pub fn untold(&self, told: Told) -> Result<BTreeMap<i64, News>, LedgerError> {
        let fail = cannot("read what is to be told");
        let since: i64 = match self.recall(told.mark())? {
            Some(text) => parsed("an event's number", &text)?,
            None => 0,
        };
        let mut find = self.db.prepare_cached(&news("e.id > ?1", FIRST)).map_err(&fail)?;
        let mut rows = find.query([since]).map_err(&fail)?;
        let mut news: BTreeMap<i64, News> = BTreeMap::new();
        // Of each finding the last news and the last withdrawal, by event; and whether its raising was ever told.
        let mut last: HashMap<(i64, bool), i64> = HashMap::new();
        let mut never_told: HashSet<i64> = HashSet::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let finding: i64 = row.get(16).map_err(&fail)?;
            let mut piece = self.piece(row)?;
            let revoked = piece.event == "revoked";
            if revoked {
                piece.told = self.told_of(finding)?;
            }
            let at_once = piece.card > Card::Notice || OWN.contains(&piece.rule.as_str()) || revoked;
            if at_once != (told == Told::Cards) {
                continue;
            }
            if revoked && never_told.contains(&finding) {
                continue; // Raised and withdrawn before anybody was told: there is nothing to take back.
            }
            if !revoked && piece.standing == Standing::Revoked {
                never_told.insert(finding);
                continue;
            }
            if ["moved", "grown", "reminded"].contains(&&*piece.event) && last.contains_key(&(finding, false))
            {
                continue; // Whoever is told of it now is told of the day that holds, and of all there is.
            }
            let come_to_nothing = piece.card == Card::Notice && piece.standing != Standing::Open;
            if revoked || !come_to_nothing {
                if let Some(earlier) = last.insert((finding, revoked), piece.event_id) {
                    news.remove(&earlier);
                }
                news.insert(piece.event_id, piece);
            }
        }
        Ok(news)
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
            last.insert(row.get(16).map_err(&fail)?, piece);
        }
        Ok(last.into_values().collect())
    }

    /// What of the news of letters still is so, of each finding the last; and no withdrawal of what the address was never
    /// told. By the number of the event.
    pub fn still_news(&self, old: &Outdated) -> Result<BTreeMap<i64, News>, LedgerError> {
        let fail = cannot("look at a letter's news once more");
        let which = "e.id IN (SELECT event_id FROM letter_event WHERE letter_id IN (SELECT value FROM json_each(?1)))";
        let mut find = self.db.prepare_cached(&news(which, LAST)).map_err(&fail)?;
        let mut rows = find.query([format!("{:?}", old.letters)]).map_err(&fail)?;
        let mut last: HashMap<i64, i64> = HashMap::new();
        let mut news = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let piece = self.piece(row)?;
            let finding: i64 = row.get(16).map_err(&fail)?;
            let revoked = piece.standing == Standing::Revoked;
            let over = piece.card == Card::Notice && piece.standing != Standing::Open;
            let still = (piece.event == "revoked") == revoked && (revoked || !over);
            if still && (!revoked || self.was_told(finding, &old.address)?) {
                if let Some(earlier) = last.insert(finding, piece.event_id) {
                    news.remove(&earlier);
                }
                news.insert(piece.event_id, piece);
            }
        }
        Ok(news)
    }

    /// The addresses for which a letter about a finding was written.
    fn told_of(&self, finding: i64) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT DISTINCT l.to_address FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id
                   JOIN letter AS l ON l.id = t.letter_id WHERE e.finding_id = ?1 AND l.superseded_at IS NULL ORDER BY 1";
        self.list("look who was told", sql, [finding], |row| row.get(0))
    }

    /// Whether a letter about a finding went to an address, or may have arrived there.
    fn was_told(&self, finding: i64, address: &str) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
                   WHERE e.finding_id = ?1 AND l.to_address = ?2 AND l.handed_at IS NOT NULL LIMIT 1";
        let found = self.list("look who was told", sql, params![finding, address], |_| Ok(()))?;
        Ok(!found.is_empty())
    }

    fn piece(&self, row: &Row<'_>) -> Result<News, LedgerError> {
        let fail = cannot("read what is to be told");
        let text = |at: usize| row.get::<_, String>(at).map_err(&fail);
        let maybe = |at: usize| row.get::<_, Option<String>>(at).map_err(&fail);
        let when = |at: usize| maybe(at)?.map(|text| moment(&text, self.zone)).transpose();
        let deadline = match (when(12)?, maybe(13)?) {
            (Some(started), Some(limit)) => {
                let limit = parsed("a limit", &limit)?;
                Some(Running { started, limit, due: when(14)?, stopped: when(15)? })
            }
            _ => None,
        };
        let (by, event) = (maybe(17)?, text(1)?);
        let note = (by.is_some() || ["reminded", "unanswered"].contains(&&*event))
            .then(|| Ok::<_, LedgerError>((by, Sentence { zh: text(18)?, en: text(19)? })))
            .transpose()?;
        Ok(News {
            event_id: row.get(0).map_err(&fail)?,
            event,
            subject: text(2)?,
            display: maybe(3)?,
            rule: text(4)?,
            clock: text(5)?,
            card: parsed("a card", &text(6)?)?,
            standing: parsed("a finding's standing", &text(7)?)?,
            why: Sentence { zh: text(8)?, en: text(9)? },
            note,
            answer_due: when(20)?,
            order_due: when(21)?,
            silenced: None,
            told: Vec::new(),
            unit: maybe(10)?,
            item: maybe(11)?,
            deadline,
        })
    }
}

/// Notes that everything up to the newest event has been told.
pub(super) fn mark_told(db: &rusqlite::Connection, told: Told) -> rusqlite::Result<()> {
    let newest: Option<i64> = db.query_row("SELECT max(id) FROM finding_event", [], |row| row.get(0))?;
    match newest {
        Some(newest) => remember(db, told.mark(), &newest.to_string()),
        None => Ok(()),
    }
}
