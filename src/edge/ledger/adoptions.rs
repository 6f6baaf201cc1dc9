//! Changes of what judges: which one waits, who allowed it, what is in force.

use chrono::TimeDelta;
use rusqlite::{Connection, TransactionBehavior, params};

use super::findings::audit;
use super::registry::{POLICY, take_over};
use super::watch::moved_sources::rename;
use super::{Ledger, LedgerError, cannot};
use crate::domain::adoption::{AtStake, COUNTED_DAYS, Effect};
use crate::domain::card::{Card, Mode};
use crate::domain::count::OfficeHours;
use crate::domain::now::Now;
use crate::domain::policy::{self, Policy};
use crate::domain::record::terms::Remapping;
use crate::domain::rules::{OFF_SYSTEM, OWN, RULES, Rule};
use crate::domain::text::words;

/// What the change that waits would do, as last worked out.
const WAITING: &str = "waiting_effect";

/// What happens to a change of what judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It would move more than may pass unseen, and waits for a person.
    Waits,
    /// A person allowed it; the next round adopts it.
    Allowed,
    /// It is in force.
    Adopted,
    /// The configuration went back before anybody allowed it.
    TakenBack,
}

words!(Step {
    Waits = "waits", "待确认";
    Allowed = "allowed", "已确认";
    Adopted = "adopted", "已生效";
    TakenBack = "taken-back", "已撤回";
});

/// One step of a change of what judges.
#[derive(Debug, Clone)]
pub struct Adoption {
    /// What happened.
    pub step: Step,
    /// Version of the new policy.
    pub version: String,
    /// Version of the one in force before; `None`: there was none.
    pub before: Option<String>,
    /// Who allowed it; `None`: nobody had to.
    pub by: Option<String>,
    /// Why.
    pub why: String,
    /// What it would do, or did, as foreseen.
    pub effect: Effect,
}

/// A finding over many cases that a policy gives up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    /// Id of its rule.
    pub rule: &'static str,
    /// Its card.
    pub card: Card,
    /// What it is about.
    pub subject: String,
}

impl Ledger {
    /// Version of the policy that judges; `None` before the first round.
    pub fn in_force(&self) -> Result<Option<String>, LedgerError> {
        self.recall(POLICY)
    }

    /// The last step of the last change.
    pub fn last_adoption(&self) -> Result<Option<Adoption>, LedgerError> {
        Ok(self.adoptions(1)?.pop())
    }

    /// The change that waits for a person, with what it would do as last worked out.
    pub fn waiting_adoption(&self) -> Result<Option<Adoption>, LedgerError> {
        let waiting = self.last_adoption()?.filter(|last| last.step == Step::Waits);
        let Some(mut waiting) = waiting else { return Ok(None) };
        let anew = self.recall(WAITING)?.unwrap_or_default();
        if let Some((_, effect)) = anew.split_once(' ').filter(|(version, _)| *version == waiting.version)
            && let Ok(effect) = serde_json::from_str::<Effect>(effect)
            // A change that waits once more was worked out since.
            && effect.as_of > waiting.effect.as_of
        {
            waiting.effect = effect;
        }
        Ok(Some(waiting))
    }

    /// Keeps what the change that waits would do, worked out anew.
    pub fn foresee_anew(&mut self, version: &str, effect: &Effect) -> Result<(), LedgerError> {
        let effect = serde_json::to_string(effect).expect("numbers and texts can be written");
        self.remember(WAITING, &format!("{version} {effect}"))
    }

    /// A policy over the calendars that a person last adopted, or by which the ledger began; `None`: they are not kept, or this
    /// program cannot read them.
    pub fn calendars_adopted(&self, policy: &Policy) -> Result<Option<Policy>, LedgerError> {
        let kept = self.adopted_by_a_person()?;
        Ok(kept.and_then(|kept| policy::calendars(&kept).ok()).map(|days| policy.over(days)))
    }

    /// The office hours that a person last adopted, or by which the ledger began; `None`: as above.
    pub fn office_hours_adopted(&self) -> Result<Option<OfficeHours>, LedgerError> {
        Ok(self.adopted_by_a_person()?.and_then(|kept| policy::office_hours(&kept)))
    }

    /// What the policy says that a person last adopted, or by which the ledger began.
    fn adopted_by_a_person(&self) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT content FROM policy WHERE version = coalesce(
                       (SELECT version FROM adoption WHERE event = 'adopted' AND (by IS NOT NULL OR before IS NULL)
                            ORDER BY id DESC LIMIT 1),
                       (SELECT version FROM policy ORDER BY julianday(adopted_at) LIMIT 1))";
        Ok(self.list("read what a person last adopted", sql, [], |row| row.get(0))?.pop())
    }

    /// How many cards changes that waited for nobody moved within the last days, since a person last adopted one.
    pub fn let_through(&self, now: &Now) -> Result<u64, LedgerError> {
        let since = now.instant - TimeDelta::days(COUNTED_DAYS.into());
        let sql = "SELECT by IS NOT NULL, effect FROM adoption
                   WHERE event = 'adopted' AND before IS NOT NULL AND julianday(at) > julianday(?1) ORDER BY id DESC";
        let steps: Vec<(bool, String)> =
            self.list("count what lately moved", sql, [since.to_rfc3339()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let unasked = steps.iter().take_while(|(by_a_person, _)| !by_a_person);
        Ok(unasked
            .map(|(_, effect)| serde_json::from_str::<Effect>(effect).unwrap_or_default().moved())
            .sum())
    }

    /// The last steps, the newest first.
    pub fn adoptions(&self, most: u32) -> Result<Vec<Adoption>, LedgerError> {
        let sql = "SELECT event, version, before, by, why, effect FROM adoption ORDER BY id DESC LIMIT ?1";
        let rows: Vec<(String, Adoption)> =
            self.list("read the changes of what judges", sql, [most], |row| {
                // Written by another version of the program it may lack a number; the step holds all the same.
                let effect = serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default();
                let (version, before, by, why) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok((row.get(0)?, Adoption { step: Step::Adopted, version, before, by, why, effect }))
            })?;
        let read = |(step, adoption): (String, Adoption)| {
            let step = super::stored::parsed("a step of a change of what judges", &step)?;
            Ok(Adoption { step, ..adoption })
        };
        rows.into_iter().map(read).collect()
    }

    /// Enters a step that puts nothing in force.
    pub fn note_adoption(&mut self, adoption: &Adoption, now: &Now) -> Result<(), LedgerError> {
        let fail = cannot("enter a change of what judges");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        note(&tx, adoption, now).map_err(&fail)?;
        if let Some(by) = &adoption.by {
            let (what, subject, why) = ("adopt", adoption.version.as_str(), adoption.why.as_str());
            audit::enter(&tx, &audit::AuditEntry { what, subject, by, why, at: now.instant }, &self.login)
                .map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }

    /// Puts a policy in force: its registry is taken over, sources get their new names, and every case that is open, set aside or has a card in question is to
    /// be judged anew. Other closed cases stay as they were judged.
    pub fn adopt(&mut self, policy: &Policy, adoption: &Adoption, now: &Now) -> Result<(), LedgerError> {
        let fail = cannot("take over what judges");
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&fail)?;
        rename(&tx, policy).map_err(&fail)?;
        take_over(&tx, policy, now).map_err(&fail)?;
        note(&tx, adoption, now).map_err(&fail)?;
        tx.commit().map_err(&fail)
    }

    /// The cards that stand open, of any colour; what concerns our own running is none.
    pub fn open_cards(&self) -> Result<u64, LedgerError> {
        let sql = "SELECT rule, count(*) FROM finding INDEXED BY finding_open
                   WHERE standing IN ('open', 'pending') GROUP BY rule";
        let counts: Vec<(String, u64)> =
            self.list("count the open cards", sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(counts.iter().filter(|(rule, _)| !OWN.contains(&rule.as_str())).map(|(_, count)| count).sum())
    }

    /// How much rests on what another mapping of a source may move.
    pub fn at_stake(&self, source: &str, remapping: Remapping) -> Result<AtStake, LedgerError> {
        let doing = "count what rests on a source";
        let count = |wanted: bool, sql: &str, value: &str| -> Result<u64, LedgerError> {
            let counts = if wanted { self.list(doing, sql, [value], |row| row.get(0))? } else { Vec::new() };
            Ok(counts.first().copied().unwrap_or(0))
        };
        let open = "EXISTS (SELECT 1 FROM finding WHERE case_id = c.id AND standing IN ('open', 'pending'))";
        let of = "FROM \"case\" AS c WHERE source_id = (SELECT id FROM source WHERE name = ?1)";
        let cases = format!("SELECT count(*) {of}");
        let with_cards = format!("SELECT count(*) {of} AND {open}");
        let not_closed = format!("{cases} AND (state IS NULL OR state <> 'closed')");
        let rows = "SELECT count(*) FROM quarantine_row WHERE cleared_round IS NULL
                        AND source_id = (SELECT id FROM source WHERE name = ?1)";
        let evidence = "SELECT count(*) FROM finding INDEXED BY finding_subject
                        WHERE case_id IS NULL AND rule = ?1 AND standing IN ('open', 'pending')";
        Ok(AtStake {
            source: source.to_owned(),
            cases: count(remapping.records, &cases, source)?,
            with_cards: count(remapping.records, &with_cards, source)?,
            set_aside: count(remapping.set_aside && !remapping.records, rows, source)?,
            evidence: count(remapping.evidence, evidence, OFF_SYSTEM)?,
            unwatched: count(remapping.unwatched, &not_closed, source)?,
            ..AtStake::default()
        })
    }

    /// What stands open over many cases by rules that a policy switches off.
    pub fn given_up(&self, policy: &Policy) -> Result<Vec<GivenUp>, LedgerError> {
        let off = |rule: &&Rule| policy.rules.get(rule.id).map_or(rule.mode, |it| it.mode) == Mode::Off;
        let sql = "SELECT card, subject FROM finding INDEXED BY finding_subject
                   WHERE case_id IS NULL AND rule = ?1 AND standing IN ('open', 'pending') ORDER BY subject";
        let mut found = Vec::new();
        for rule in RULES.iter().filter(off) {
            let doing = "find what a rule gives up";
            for (card, subject) in
                self.list(doing, sql, [rule.id], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
            {
                let card = super::stored::parsed("a card", &card)?;
                found.push(GivenUp { rule: rule.id, card, subject });
            }
        }
        Ok(found)
    }
}

fn note(db: &Connection, adoption: &Adoption, now: &Now) -> rusqlite::Result<()> {
    let sql = "INSERT INTO adoption (at, event, version, before, by, why, effect) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let Adoption { step, version, before, by, why, effect } = adoption;
    let effect = serde_json::to_string(effect).expect("numbers and texts can be written");
    let at = now.instant.to_rfc3339();
    db.execute(sql, params![at, step.word(), version, before, by, why, effect]).map(drop)
}
