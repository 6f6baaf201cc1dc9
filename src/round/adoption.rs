//! By what a round judges: a change of it that would move many cards waits until a person adopts it.

mod carried;
pub(super) mod peek;
mod taken_back;
pub(super) mod trial;

use std::collections::BTreeSet;

use super::Watch;
use super::weighing::Scales;
use crate::domain::adoption::{Carried, Effect};
use crate::domain::now::Now;
use crate::domain::policy::{self, Policy};
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::say;
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
use crate::edge::operator::words;
use crate::service::Service;
pub use carried::carried;
use taken_back::take_back;

/// A policy that differs from the one in force, and what it would do.
#[derive(Debug)]
pub struct Proposal {
    /// The policy.
    pub policy: Policy,
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

/// What putting a policy in force would do; `None`: it is in force, nothing is, or the watch ended it. Versions dated back that
/// would move more cards than may pass unseen are to hold for every case, and wait; others leave alone what was met before.
pub fn propose(
    ledger: &Ledger,
    wanted: &Carried,
    specs: &[SourceSpec],
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Proposal>, LedgerError> {
    let Some(before) = ledger.in_force()?.filter(|version| *version != wanted.policy.version) else {
        return Ok(None);
    };
    let kept = ledger.policy(&before)?.unwrap_or_default();
    let bound = policy::review_above(&kept);
    let (mut policy, mut own) = (&wanted.policy, Effect::default());
    let backdated = wanted.backdated.as_ref().filter(|_| wanted.news);
    if let Some(backdated) = backdated {
        let Some(effect) = apart(ledger, policy, backdated, now, watch)? else { return Ok(None) };
        // Cases met before keep what they were promised; what would only come later is no reason to ask whether they should.
        own = Effect { dropped: 0, put_off: 0, crept: 0, ..effect };
        policy = if own.waits(bound, bound) { backdated } else { policy };
    }
    let in_force = in_force(ledger, policy, &before)?;
    let Some(mut effect) = weigh(ledger, in_force.as_ref(), (&before, &kept), (policy, specs), (now, watch))?
    else {
        return Ok(None);
    };
    let holds = std::ptr::eq(policy, &wanted.policy);
    effect.left_alone = if holds { own.touched() } else { 0 };
    let waits = !holds || effect.waits(bound, wanted.policy.review_above);
    Ok(Some(Proposal { policy: policy.clone(), before, in_force, effect, waits }))
}

/// What a policy would do that waits, or that a person asks for; `None`: nothing is in force yet, or the watch ended it.
pub fn propose_this(
    ledger: &Ledger,
    policy: &Policy,
    specs: &[SourceSpec],
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Proposal>, LedgerError> {
    let Some(before) = ledger.in_force()? else { return Ok(None) };
    let kept = ledger.policy(&before)?.unwrap_or_default();
    let in_force = in_force(ledger, policy, &before)?;
    let effect = weigh(ledger, in_force.as_ref(), (&before, &kept), (policy, specs), (now, watch))?;
    Ok(effect.map(|effect| Proposal { policy: policy.clone(), before, in_force, effect, waits: true }))
}

/// What versions dated back do, whatever else changes.
fn apart(
    ledger: &Ledger,
    keeps: &Policy,
    backdated: &Policy,
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Effect>, LedgerError> {
    let (terms, days) = (&keeps.sources, &BTreeSet::new());
    Scales {
        ledger,
        old: Some(keeps),
        said: Some(keeps),
        terms,
        days,
        new: backdated,
        specs: &[],
        now,
        watch,
    }
    .weigh()
}

/// What a policy would do in the place of the one in force, of which `before` is the version and what the ledger kept.
fn weigh(
    ledger: &Ledger,
    old: Option<&Policy>,
    (before, kept): (&str, &str),
    (new, specs): (&Policy, &[SourceSpec]),
    (now, watch): (&Now, &dyn Watch),
) -> Result<Option<Effect>, LedgerError> {
    let terms = policy::sources(kept);
    let said = new.clone().judging_by(before, kept).ok();
    let days = said.as_ref().map(|old| old.days_changed_by(new)).unwrap_or_default();
    Scales { ledger, old, said: said.as_ref(), terms: &terms, days: &days, new, specs, now, watch }.weigh()
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
    service: &mut Service,
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Settled>, LedgerError> {
    if service.settled && service.ledger.in_force()?.as_ref() == Some(&service.policy.version) {
        let backdated = service.carried.as_ref().and_then(|carried| carried.backdated.as_ref());
        let last = backdated.map(|_| service.ledger.last_adoption()).transpose()?.flatten();
        let allowed = |last: Adoption| {
            last.step == Step::Allowed && Some(&last.version) == backdated.map(|it| &it.version)
        };
        if !last.is_some_and(allowed) {
            return Ok(Some(Settled { changed: false, judges: true }));
        }
    }
    let wanted = match service.carried.take() {
        Some(carried) => carried,
        None => {
            let met = service.ledger.catalogue_met(&service.wanted.version, now)?;
            let carried = carried(&service.ledger, &service.wanted, now)?;
            service.ledger.remember_catalogue(&service.wanted.version, met)?;
            carried
        }
    };
    let settled = settle_by(service, &wanted, now, watch);
    service.carried = Some(wanted);
    settled
}

fn settle_by(
    service: &mut Service,
    wanted: &Carried,
    now: &Now,
    watch: &dyn Watch,
) -> Result<Option<Settled>, LedgerError> {
    let ledger = &mut service.ledger;
    let step = |step, policy: &Policy, before: Option<&str>, by: Option<String>, why: &str, effect| {
        let (version, before) = (policy.version.clone(), before.map(str::to_owned));
        Adoption { step, version, before, by, why: why.to_owned(), effect }
    };
    let language = wanted.policy.language;
    let steps = ledger.adoptions(2)?;
    let Some(before) = ledger.in_force()? else {
        let why = say!("adopted-first_start").words(language);
        let first = step(Step::Adopted, &wanted.policy, None, None, &why, Effect::default());
        ledger.begin()?;
        ledger.adopt(&wanted.policy, &first, now)?;
        return Ok(judging(service, wanted.policy.clone()));
    };
    let last = steps.first().filter(|last| last.before.as_deref() == Some(&before));
    let last = last.and_then(|last| Some((wanted.of(&last.version)?, last)));
    if let Some((policy, leave)) = last.filter(|(_, last)| last.step == Step::Allowed) {
        let Adoption { by, why, effect, .. } = leave.clone();
        tracing::info!(policy = %policy.version, by, why, "{}", words(&say!("journal-changed")));
        put_in_force(ledger, policy, &step(Step::Adopted, policy, Some(&before), by, &why, effect), now)?;
        return Ok(judging(service, policy.clone()));
    }
    if before == wanted.policy.version {
        take_back(ledger, &steps, language, now)?;
        return Ok(judging(service, wanted.policy.clone()).map(|it| Settled { changed: false, ..it }));
    }
    if let Some((policy, _)) = last.filter(|(_, last)| last.step == Step::Waits) {
        foresee_anew(ledger, policy, &service.specs, now, watch)?;
        let old = in_force(ledger, &wanted.policy, &before)?;
        return waiting(service, &wanted.policy, old, before);
    }
    let Some(Proposal { policy, in_force, effect, waits, .. }) =
        propose(ledger, wanted, &service.specs, now, watch)?
    else {
        return Ok(None);
    };
    let (would, version) = (effect.words(), policy.version.clone());
    if !waits {
        tracing::info!(policy = %version, "{}", words(&say!("journal-changed_so", effect = would)));
        let why = say!("adopted-within_bound").words(language);
        put_in_force(ledger, &policy, &step(Step::Adopted, &policy, Some(&before), None, &why, effect), now)?;
        return Ok(judging(service, policy));
    }
    let why = say!("adopted-above_bound").words(language);
    ledger.note_adoption(&step(Step::Waits, &policy, Some(&before), None, &why, effect), now)?;
    let said = match in_force {
        Some(_) => say!("journal-change_held", effect = would),
        None => say!("journal-change_stops", effect = would),
    };
    tracing::warn!(policy = %version, "{}", words(&said));
    waiting(service, &wanted.policy, in_force, before)
}

/// Works out once a day what the change that waits would do: cases move on.
fn foresee_anew(
    ledger: &mut Ledger,
    policy: &Policy,
    specs: &[SourceSpec],
    now: &Now,
    watch: &dyn Watch,
) -> Result<(), LedgerError> {
    let shown = ledger.waiting_adoption()?.map(|waiting| waiting.effect).unwrap_or_default();
    if shown.as_of.starts_with(&now.today().to_string()) {
        return Ok(());
    }
    let Some(Proposal { mut effect, .. }) = propose_this(ledger, policy, specs, now, watch)? else {
        return Ok(());
    };
    effect.left_alone = shown.left_alone;
    ledger.foresee_anew(&policy.version, &effect)
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

/// Another policy judges than before.
fn judging(service: &mut Service, policy: Policy) -> Option<Settled> {
    service.judge_by(policy);
    (service.waits, service.settled) = (false, true);
    Some(Settled { changed: true, judges: true })
}

/// `old` judges; where it cannot, the rounds go on under its version and judge nothing. Either way sources are read on the terms
/// of before.
fn waiting(
    service: &mut Service,
    wanted: &Policy,
    old: Option<Policy>,
    version: String,
) -> Result<Option<Settled>, LedgerError> {
    let judges = old.is_some();
    let policy = match old {
        Some(old) => old,
        None => {
            let sources = policy::sources(&service.ledger.policy(&version)?.unwrap_or_default());
            Policy { version, sources, ..wanted.clone() }
        }
    };
    service.judge_by(policy);
    (service.waits, service.settled) = (true, false);
    Ok(Some(Settled { changed: false, judges }))
}
