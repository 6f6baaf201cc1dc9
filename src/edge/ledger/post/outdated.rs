//! Letters in the outbox that are no longer true, or that nobody can get.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rusqlite::params;

use super::super::stored::instant;
use super::super::{Ledger, LedgerError, cannot};
use super::capacities;
use super::outbox::queue_one;
use super::untold::{LAST, news};
use crate::domain::finding::Event;
use crate::domain::letter::LetterKind;
use crate::domain::letter::informed::was_told;
use crate::domain::letter::news::{Draft, Informed, News};
use crate::domain::letter::outdated::{Happened, Waiting, outdated};
use crate::domain::letter::referred::put_together;
use crate::domain::letter::untold::still_so;
use crate::domain::now::Now;
use crate::domain::registry::Contact;
use crate::domain::rules::handed_over;

/// What happened to what the letters that wait tell; that another unit has the case happens to all that is told of it. Only what
/// happened since the last look can make a letter untrue: the first look is at all that waits.
static HAPPENED: LazyLock<String> = LazyLock::new(|| {
    let alert = LetterKind::Alert;
    let handed = handed_over::ID;
    format!("SELECT DISTINCT l.id, n.event, n.at
    FROM finding_event AS n CROSS JOIN finding_event AS e ON e.id < n.id AND e.finding_id IN (SELECT n.finding_id
            UNION ALL SELECT o.id FROM finding AS h JOIN finding AS o ON o.case_id = h.case_id
                WHERE h.id = n.finding_id AND h.rule = '{handed}')
    CROSS JOIN letter_event AS t ON t.event_id = e.id CROSS JOIN letter AS l ON l.id = t.letter_id
    WHERE n.id > max(?1, (SELECT coalesce(min(first.event_id), 0) FROM letter AS w
            JOIN letter_event AS first ON first.letter_id = w.id
            WHERE w.state = 'queued' AND w.superseded_at IS NULL))
        AND l.state = 'queued' AND l.superseded_at IS NULL AND l.kind = '{alert}' AND l.handed_at IS NULL")
});

/// The letters that wait and were not handed over.
static WAITING: LazyLock<String> = LazyLock::new(|| {
    let alert = LetterKind::Alert;
    format!(
        "SELECT id, to_address, written_at FROM letter
    WHERE state = 'queued' AND superseded_at IS NULL AND kind = '{alert}' AND handed_at IS NULL"
    )
});

/// Letters to one address that another takes the place of.
#[derive(Debug, Clone)]
pub struct Outdated {
    /// Their rows.
    pub letters: Vec<i64>,
    /// For whom they were.
    pub reader: Informed,
    round: i64,
}

impl Ledger {
    /// Alerts that wait although something happened to what they tell since they were written, that waited since an earlier
    /// day, whose address is gone from the `contacts`, or that were refused with an address that gets nothing any more; with all
    /// that waits for the same address. What may have arrived is not among them: it is sent again as it is.
    pub fn outdated(
        &self,
        contacts: &[Contact],
        suspended: &BTreeMap<String, String>,
        now: &Now,
    ) -> Result<Vec<Outdated>, LedgerError> {
        let what = "look at the waiting letters once more";
        let contacts = contacts.iter().map(|contact| contact.address.as_str()).collect();
        let mut addresses = outdated(self.waiting_alerts()?, &contacts, now.today());
        addresses.extend(suspended.keys().cloned());
        let alert = LetterKind::Alert;
        let sql = &format!("SELECT id, round_id, capacities FROM letter WHERE state = 'queued' AND to_address = ?1 AND superseded_at IS NULL
                       AND handed_at IS NULL AND kind = '{alert}'
                   UNION ALL SELECT id, round_id, capacities FROM letter WHERE ?2 AND state = 'refused' AND to_address = ?1
                       AND superseded_at IS NULL AND kind = '{alert}' ORDER BY 1");
        let mut found = Vec::new();
        for address in addresses {
            let values = params![address, suspended.contains_key(&address)];
            let rows: Vec<(i64, i64, Option<String>)> =
                self.list(what, sql, values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if let Some((_, round, capacities)) = rows.last() {
                let letters = rows.iter().map(|(letter, ..)| *letter).collect();
                let capacities = capacities::from_text(capacities.as_deref())?;
                found.push(Outdated { letters, reader: Informed { address, capacities }, round: *round });
            }
        }
        Ok(found)
    }

    /// The alerts that wait and were not handed over, with what happened to what they tell.
    fn waiting_alerts(&self) -> Result<Vec<Waiting>, LedgerError> {
        let what = "look at the waiting letters once more";
        let rows: Vec<(i64, [String; 2])> =
            self.list(what, &WAITING, [], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?])))?;
        let mut waiting = BTreeMap::new();
        for (letter, [address, written_at]) in rows {
            let written_at = instant(&written_at)?;
            waiting.insert(letter, Waiting { address, written_at, happened: Vec::new() });
        }
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(i64, (Event, String))> =
            self.list(what, &HAPPENED, [self.looked_at.get()], |row| {
                Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
            })?;
        for (letter, (event, at)) in rows {
            let happened = Happened { event, at: instant(&at)? };
            waiting.entry(letter).and_modify(|it| it.happened.push(happened));
        }
        Ok(waiting.into_values().collect())
    }

    /// Every letter that waits has been looked at, as things stand.
    pub fn all_looked_at(&self) -> Result<(), LedgerError> {
        let newest = self.newest_event()?;
        self.looked_at.set(newest);
        Ok(())
    }

    /// What of the news of letters still is so, of each finding the last; and no withdrawal of what the address was never
    /// told. By the number of the event.
    pub fn still_news(&self, old: &Outdated) -> Result<BTreeMap<i64, News>, LedgerError> {
        let fail = cannot("look at a letter's news once more");
        let which = "e.id IN (SELECT event_id FROM letter_event WHERE letter_id IN (SELECT value FROM json_each(?1)))";
        let mut find = self.db.prepare_cached(&news(which, LAST)).map_err(&fail)?;
        let mut rows = find.query([format!("{:?}", old.letters)]).map_err(&fail)?;
        let mut pieces = Vec::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let piece = self.piece(row)?;
            if !piece.is_withdrawal() || was_told(&self.letters_on(piece.finding)?, &old.reader.address) {
                pieces.push(piece);
            }
        }
        let mut news = still_so(pieces);
        put_together(&mut news, &[]);
        Ok(news)
    }

    /// Puts letters in the place of others.
    pub fn supersede(
        &mut self,
        old: &Outdated,
        drafts: impl Iterator<Item = Draft>,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let fail = cannot("put a letter in the place of another");
        let tx = self.db.transaction().map_err(&fail)?;
        let sql = "UPDATE letter SET superseded_at = ?2 WHERE id = ?1";
        for letter in &old.letters {
            tx.execute(sql, params![letter, now.instant.to_rfc3339()]).map_err(&fail)?;
        }
        for draft in drafts {
            queue_one(&tx, &draft, old.round).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }
}
