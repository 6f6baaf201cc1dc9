//! By what a round judges: a change of it that would move many cards waits until a person adopts it.

use super::Watch;
use super::weighing::Scales;
use crate::domain::adoption::Effect;
use crate::domain::now::Now;
use crate::domain::policy::{self, Policy};
use crate::domain::registry::catalogue;
use crate::edge::config;
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
use crate::house::House;

/// A policy that differs from the one in force, and what it would do.
#[derive(Debug)]
pub struct Proposal {
    /// Its version.
    pub version: String,
    /// Version in force.
    pub before: String,
    /// The policy in force, where this program still judges as it did.
    pub in_force: Option<Policy>,
    /// What it would do.
    pub effect: Effect,
    /// It would move more than may pass without a person's leave.
    pub waits: bool,
}

/// What judges now: the policy in force under the routes, contacts and texts of `wanted`; `None` where this program cannot
/// judge as it did.
pub fn in_force(ledger: &Ledger, wanted: &Policy, version: &str) -> Result<Option<Policy>, LedgerError> {
    if wanted.version == version {
        return Ok(Some(wanted.clone()));
    }
    let kept = ledger.policy(version)?;
    Ok(kept.and_then(|kept| wanted.clone().still_judging_by(version, &kept)))
}

/// A policy of the configuration with what the catalogue said before: what is in force says it. A change without days holds
/// from the day on which it was met.
pub fn carried(ledger: &Ledger, wanted: &Policy, now: &Now) -> Result<Policy, LedgerError> {
    let Some(before) = ledger.in_force()?.filter(|version| *version != wanted.version) else {
        return Ok(wanted.clone());
    };
    let kept = ledger.policy(&before)?;
    let Some(known) = kept.and_then(|kept| wanted.clone().judging_by(&before, &kept).ok()) else {
        return Ok(wanted.clone());
    };
    let mut carried = wanted.clone();
    let day = ledger.catalogue_day(&wanted.version, now)?;
    catalogue::carry(&mut carried.registry.items, &known.registry.items, day);
    // A source that is taken out and put in again comes back on other terms only as one that stayed would get them.
    for (name, terms) in known.sources {
        carried.sources.entry(name).or_insert(terms);
    }
    carried.version = config::version(&carried);
    Ok(carried)
}

/// What putting a policy in force would do; `None`: it is in force, nothing is, or the watch ended it.
pub fn propose(
    ledger: &Ledger,
    wanted: &Policy,
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Proposal>, LedgerError> {
    let Some(before) = ledger.in_force()?.filter(|version| *version != wanted.version) else {
        return Ok(None);
    };
    let in_force = in_force(ledger, wanted, &before)?;
    let kept = ledger.policy(&before)?.unwrap_or_default();
    let terms = policy::sources(&kept);
    let days = wanted.clone().judging_by(&before, &kept).map(|old| old.days_changed_by(wanted));
    let (old, days) = (in_force.as_ref(), days.unwrap_or_default());
    let scales = Scales { ledger, old, terms: &terms, days: &days, new: wanted, now, watch };
    let Some(effect) = scales.weigh()? else { return Ok(None) };
    let bound = policy::review_above(&kept);
    let waits = effect.waits(bound, wanted.review_above);
    let version = wanted.version.clone();
    Ok(Some(Proposal { version, before, in_force, effect, waits }))
}

/// How a round judges.
pub(super) struct Settled {
    /// Another policy is in force than before.
    pub changed: bool,
    /// Something judges.
    pub judges: bool,
}

/// Settles by what the round judges: the policy of the file where it is in force, may be put in force or was adopted; else
/// the one in force; and where this program cannot judge by that, nothing. `None`: the watch ended it undecided.
pub(super) fn settle(
    house: &mut House,
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Settled>, LedgerError> {
    if house.settled && house.ledger.in_force()?.as_ref() == Some(&house.policy.version) {
        return Ok(Some(Settled { changed: false, judges: true }));
    }
    if !house.carried {
        let raw = house.wanted.version.clone();
        let day = house.ledger.catalogue_day(&raw, now)?;
        house.wanted = carried(&house.ledger, &house.wanted, now)?;
        house.ledger.remember_catalogue(&raw, day)?;
        house.carried = true;
    }
    let wanted = house.wanted.clone();
    let (version, ledger) = (wanted.version.clone(), &mut house.ledger);
    let step = |step, before: Option<&str>, by: Option<String>, why: &str, effect| {
        let before = before.map(str::to_owned);
        Adoption { step, version: version.clone(), before, by, why: why.to_owned(), effect }
    };
    let steps = ledger.adoptions(2)?;
    let last = steps.first();
    let Some(before) = ledger.in_force()? else {
        let first = step(Step::Adopted, None, None, "first start", Effect::default());
        ledger.adopt(&wanted, &first, now)?;
        return Ok(judging(house, wanted, true));
    };
    if before == version {
        take_back(ledger, &steps, now)?;
        return Ok(judging(house, wanted, false));
    }
    let concerns = |last: &&Adoption| last.version == version && last.before.as_deref() == Some(&before);
    let last = last.filter(concerns);
    if let Some(leave) = last.filter(|last| last.step == Step::Allowed) {
        let Adoption { by, why, effect, .. } = leave.clone();
        tracing::info!(policy = %version, by, why, "what judges was changed");
        put_in_force(ledger, &wanted, &step(Step::Adopted, Some(&before), by, &why, effect), now)?;
        return Ok(judging(house, wanted, true));
    }
    if last.is_some_and(|last| last.step == Step::Waits) {
        let old = in_force(ledger, &wanted, &before)?;
        return waiting(house, old, before);
    }
    let Some(Proposal { in_force, effect, waits, .. }) = propose(ledger, &wanted, now, watch)? else {
        return Ok(None);
    };
    let would = effect.words().en;
    if !waits {
        tracing::info!(policy = %version, "what judges was changed: {would}");
        let why = "within review_above";
        put_in_force(ledger, &wanted, &step(Step::Adopted, Some(&before), None, why, effect), now)?;
        return Ok(judging(house, wanted, true));
    }
    let why = "more than review_above";
    ledger.note_adoption(&step(Step::Waits, Some(&before), None, why, effect), now)?;
    let meanwhile = if in_force.is_some() { "the old one judges" } else { "nothing is judged" };
    tracing::warn!(
        policy = %version,
        "a change of what judges waits for `jianchad adopt`, and until then {meanwhile}: {would}"
    );
    waiting(house, in_force, before)
}

/// Puts a policy in force. Closed cases stay as they were judged, but for those with a card in whose count another calendar
/// changes days: a notice that comes late corrects them too.
fn put_in_force(ledger: &mut Ledger, new: &Policy, step: &Adoption, now: &Now) -> Result<(), LedgerError> {
    let kept = step.before.as_ref().map(|before| Ok((before, ledger.policy(before)?))).transpose()?;
    let old = kept.and_then(|(before, kept)| new.clone().judging_by(before, &kept?).ok());
    ledger.adopt(new, step, now)?;
    let days = old.map(|old| old.days_changed_by(new)).unwrap_or_default();
    if days.is_empty() { Ok(()) } else { ledger.judge_closed_anew(&days) }
}

/// The file says what is in force: nothing waits any more. A leave that no round has met yet is for what the file is to
/// become, and stays.
fn take_back(ledger: &mut Ledger, steps: &[Adoption], now: &Now) -> Result<(), LedgerError> {
    let Some(last) = steps.first() else { return Ok(()) };
    let met = steps.get(1).is_some_and(|met| met.step == Step::Waits && met.version == last.version);
    if last.step != Step::Waits && !(last.step == Step::Allowed && met) {
        return Ok(());
    }
    let why = "the configuration went back".into();
    let back = Adoption { step: Step::TakenBack, why, by: None, ..last.clone() };
    tracing::info!(policy = %back.version, "the configuration is the one in force again; nothing waits any more");
    ledger.note_adoption(&back, now)
}

fn judging(house: &mut House, policy: Policy, changed: bool) -> Option<Settled> {
    house.judge_by(policy);
    (house.waits, house.settled) = (false, true);
    Some(Settled { changed, judges: true })
}

/// `old` judges; where it cannot, the rounds go on under its version and judge nothing. Either way sources are read on the terms
/// of before.
fn waiting(house: &mut House, old: Option<Policy>, version: String) -> Result<Option<Settled>, LedgerError> {
    let judges = old.is_some();
    let policy = match old {
        Some(old) => old,
        None => {
            let mut sources = house.wanted.sources.clone();
            sources.extend(policy::sources(&house.ledger.policy(&version)?.unwrap_or_default()));
            Policy { version, sources, ..house.wanted.clone() }
        }
    };
    house.judge_by(policy);
    (house.waits, house.settled) = (true, false);
    Ok(Some(Settled { changed: false, judges }))
}
