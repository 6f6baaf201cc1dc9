//! What the digest says of our own: a calendar that runs out, silences in force, letters that wait or go nowhere.

use super::super::post::{REFUSED_ALIKE, attempt};
use super::super::{Ledger, LedgerError};
use crate::domain::letter::LetterKind;
use crate::domain::now::Now;
use crate::domain::overview::Letters;
use crate::domain::policy::Policy;
use crate::domain::rules::{calendar_ends, ledger_begun};
use crate::domain::text::{Language, Text, say};

/// Waiting letters that are named one by one.
const NAMED: usize = 5;

impl Ledger {
    pub(super) fn page_faults_in(&self, language: Language) -> Result<Vec<String>, LedgerError> {
        let faults = self.page_faults()?.into_iter();
        Ok(faults.map(|fault| say!("warning-page", fault).words(language)).collect())
    }

    pub(super) fn warnings(
        &self,
        policy: &Policy,
        language: Language,
        now: &Now,
    ) -> Result<Vec<String>, LedgerError> {
        let mut warnings: Vec<Text> = calendar_ends::judge(&policy.calendar, now).into_iter().collect();
        warnings.extend(self.time_said(&policy.calendar, now)?);
        warnings.extend(self.erasures_said(now)?);
        if let Some(waiting) = self.waiting_adoption()? {
            let before = waiting.before.as_deref().unwrap_or_default();
            let kept = self.policy(before)?;
            let judges = kept.is_some_and(|kept| policy.clone().still_judging_by(before, &kept).is_some());
            let (would, as_of) = (waiting.effect.words(), &waiting.effect.as_of);
            let waits = if judges {
                say!("warning-waits", as_of, would)
            } else {
                say!("warning-waits_unjudged", as_of, would)
            };
            warnings.insert(0, waits);
        }
        warnings.extend(self.unasked_changes(policy, now)?);
        if let Some(began) = self.begun_on(now)?.filter(|began| ledger_begun::stands(*began, now.today())) {
            warnings.push(ledger_begun::in_digest(began));
        }
        warnings.extend(self.replaced_by(now)?);
        if let Some(said) = self.held_mail()?.and_then(|held| held.said(now)) {
            warnings.insert(0, said);
        }
        for line in self.silences_on(now.today())? {
            let silence = &line.silence;
            let scope = silence.scope(&policy.registry);
            let (until, by, why, hidden) = (silence.until, &silence.by, &silence.why, line.hidden);
            warnings.push(say!("warning-silence", scope, until, by, why, hidden));
        }
        for (address, why) in self.suspended()? {
            warnings.push(say!("warning-refused", address, why));
        }
        warnings.extend(self.letters_stuck()?);
        let waiting = self.letters_waiting()?;
        let (count, named) =
            (waiting.len(), waiting.iter().filter(|line| line.kind == LetterKind::Alert).take(NAMED));
        for line in named {
            warnings.push(say!("warning-unsent", count, to = &line.to_name, subject = &line.subject));
        }
        Ok(warnings.iter().map(|warning| warning.words(language)).collect())
    }

    /// Letters that wait for the server, which refuses everybody, and those that wait for a person, as they may have arrived.
    fn letters_stuck(&self) -> Result<Vec<Text>, LedgerError> {
        let last =
            "(SELECT outcome FROM letter_attempt WHERE letter_id = letter.id ORDER BY id DESC LIMIT 1)";
        let sql = format!(
            "SELECT sum(state = 'queued' AND {last} = ?1), sum(state = 'refused' AND {last} = 'uncertain')
             FROM letter WHERE state IN ('queued', 'refused') AND superseded_at IS NULL"
        );
        let counts = self.rows(&sql, [REFUSED_ALIKE], |row| {
            Ok([row.get::<_, Option<i64>>(0)?.unwrap_or(0), row.get::<_, Option<i64>>(1)?.unwrap_or(0)])
        })?;
        let [alike, unsure] = counts.first().copied().unwrap_or_default();
        let said = [
            (alike > 0).then(|| say!("warning-refused_alike", count = alike)),
            (unsure > 0).then(|| say!("warning-waits_for_person", count = unsure)),
        ];
        Ok(said.into_iter().flatten().collect())
    }

    /// Letters by what became of them.
    pub(super) fn letter_numbers(&self, language: Language) -> Result<Letters, LedgerError> {
        // What was written anew waits no more.
        let sql = "SELECT state, count(*) FROM letter WHERE state <> 'queued' OR superseded_at IS NULL GROUP BY state";
        let states = self.rows(sql, [], |row| Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?)))?;
        let of = |state: &str| states.iter().find(|(word, _)| word == state).map_or(0, |(_, count)| *count);
        let (queued, refused) = (of("queued"), of("refused"));
        // What has been delivered since is no longer worth a word.
        let sql = "SELECT l.to_address, json_array(a.outcome, a.detail, a.detail_data), l.id, l.state FROM letter_attempt AS a
                   JOIN letter AS l ON l.id = a.letter_id
                   WHERE l.state = 'refused' OR (l.state = 'queued' AND l.superseded_at IS NULL) ORDER BY a.id DESC LIMIT 1";
        let read = |row: &rusqlite::Row<'_>| {
            let (kept, state): (String, String) = (row.get(1)?, row.get(3)?);
            let why = attempt(&kept, row.get(2)?, &state);
            Ok(say!("warning-last_failure", address = row.get::<_, String>(0)?, why).words(language))
        };
        let failure = if queued + refused > 0 { self.rows(sql, [], read)? } else { Vec::new() };
        Ok(Letters { queued, refused, sent: of("sent"), last_failure: failure.into_iter().next() })
    }
}
