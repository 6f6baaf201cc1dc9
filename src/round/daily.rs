//! What a round does once a day: the calendar, many cases together, coverage.

use std::path::Path;

use chrono::Days;

use crate::domain::card::Mode;
use crate::domain::coverage::{self, Observed};
use crate::domain::now::Now;
use crate::domain::patterns;
use crate::domain::rules::{
    CALENDAR_ENDS, CLOCK_STOPPED, LEDGER_BEGUN, LEDGER_REPLACED, MAIL_REFUSED, SOURCE_DARK, UNMAPPED_CODE,
    calendar_ends, clock_stopped, ledger_begun, ledger_replaced, source_dark, unmapped_code,
};
use crate::domain::text::{Text, say};
use crate::edge::ledger::{LedgerError, RoundId, Stamp, Tally, WhichEvidence, others_in};
use crate::edge::operator;
use crate::service::Service;

/// When something is done that is done each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Unless it was done today.
    OnceADay,
    /// Today once more.
    Now,
}

/// Tells administrators and supervisors that a new ledger begins, once it has cases: what another one told is not known to it.
pub(super) fn watch_beginning(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    let Some(began) = ledger.begun_on(now)? else { return Ok(()) };
    let stands = ledger_begun::stands(began, now.today());
    let on = policy.rules.get(LEDGER_BEGUN).is_none_or(|rule| rule.mode != Mode::Off);
    if on && ledger.open_subjects(LEDGER_BEGUN)?.is_empty() == stands {
        let why = stands.then(|| {
            let folders: Vec<&Path> = ledger.path().parent().into_iter().collect();
            let others = others_in(&folders, ledger.path());
            let names: Vec<String> = others.iter().map(|other| other.display().to_string()).collect();
            ledger_begun::why(&ledger.path().display().to_string(), &names)
        });
        let stamp = Stamp::new(round, &policy.version, now);
        ledger.own_finding(LEDGER_BEGUN, "ledger", why.as_ref(), &stamp)?;
    }
    ledger.note_begun(stands.then_some(began))
}

/// Tells administrators and supervisors that another ledger than the one that was last used here, or an older copy of it, was found
/// when it was opened.
pub(super) fn watch_ledger(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    found: Option<&Text>,
) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    let on = policy.rules.get(LEDGER_REPLACED).is_none_or(|rule| rule.mode != Mode::Off);
    let stamp = Stamp::new(round, &policy.version, now);
    if let Some(why) = found {
        tracing::warn!("{}", operator::words(why));
        ledger.note_replaced(now, why)?;
        if on {
            let wait = ledger_replaced::wait(&policy.calendar, now.today(), ledger.held_before());
            ledger.hold_mail(now, wait)?;
            // Of one that is told already there is nothing more to say than of this one.
            ledger.own_finding(LEDGER_REPLACED, "ledger", None, &stamp)?;
            let said = ledger.held_mail()?.and_then(|held| held.said(now));
            let why = why.clone();
            let why = match said {
                Some(said) => say!("held_mail-with", why, said),
                None => why,
            };
            ledger.own_finding(LEDGER_REPLACED, "ledger", Some(&why), &stamp)?;
        }
    }
    let Some((day, _)) = ledger.replaced_on()? else { return Ok(()) };
    if ledger_replaced::stands(day, now.today()) {
        return Ok(());
    }
    ledger.own_finding(LEDGER_REPLACED, "ledger", None, &stamp)?;
    ledger.replaced_no_more()
}

/// Tells the administrators when the calendar runs out.
pub(super) fn watch_calendar(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    if policy.rules.get(CALENDAR_ENDS).is_some_and(|rule| rule.mode == Mode::Off) {
        return Ok(());
    }
    let why = calendar_ends::judge(&policy.calendar, now);
    let stamp = Stamp::new(round, &policy.version, now);
    ledger.own_finding(CALENDAR_ENDS, "calendar", why.as_ref(), &stamp).map(drop)
}

/// Notes which sources are no longer configured, and tells the administrators where cases rest on one.
pub(super) fn watch_sources(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let configured = service.configured();
    let Service { ledger, policy, .. } = service;
    let off = policy.rules.get(SOURCE_DARK).is_some_and(|rule| rule.mode == Mode::Off);
    let stamp = Stamp::new(round, &policy.version, now);
    for (name, cases) in ledger.sources_removed(&configured, now)? {
        let gone = ledger.source(&name)?;
        ledger.blind(gone, round)?;
        let why = source_dark::removed(cases);
        tracing::warn!(source = name, "{}", operator::words(&why));
        if !off && cases > 0 {
            ledger.own_finding(SOURCE_DARK, &name, Some(&why), &stamp)?;
        }
    }
    Ok(())
}

/// Tells the administrators which addresses take no letters any more.
pub(super) fn watch_addresses(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    if policy.rules.get(MAIL_REFUSED).is_some_and(|rule| rule.mode == Mode::Off) {
        return Ok(());
    }
    let suspended = ledger.suspended()?;
    let mut addresses = ledger.open_subjects(MAIL_REFUSED)?;
    addresses.extend(suspended.keys().cloned());
    let stamp = Stamp::new(round, &policy.version, now);
    for address in &addresses {
        ledger.own_finding(MAIL_REFUSED, address, suspended.get(address), &stamp)?;
    }
    Ok(())
}

/// Tells the administrators which codes no mapping knows: one finding for each code, however many rows have it.
pub(super) fn watch_codes(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    if policy.rules.get(UNMAPPED_CODE).is_some_and(|rule| rule.mode == Mode::Off) {
        return Ok(());
    }
    let found = unmapped_code::told(ledger.unmapped_codes()?);
    let stamp = Stamp::new(round, &policy.version, now);
    for gone in ledger.open_subjects(UNMAPPED_CODE)? {
        if found.iter().all(|code| code.subject() != gone) {
            ledger.own_finding(UNMAPPED_CODE, &gone, None, &stamp)?;
        }
    }
    for code in &found {
        ledger.own_finding(UNMAPPED_CODE, &code.subject(), Some(&code.why(policy, now)), &stamp)?;
    }
    Ok(())
}

/// Counts the cases that each clock runs on, once a day and when other rules judge, and tells the administrators of a clock
/// that ran on some and runs on none.
pub(super) fn watch_clocks(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    when: When,
) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    let (today, last) = (now.today(), ledger.last_clock_count()?);
    if when == When::OnceADay && last.as_ref().is_some_and(|last| last.day >= today) {
        return Ok(());
    }
    let (since, last) = last.map_or((round, Vec::new()), |last| (last.round, last.clocks));
    let runs = ledger.clock_runs(since)?;
    let of = |clock: &str| runs.get(clock).copied().unwrap_or_default();
    if policy.rules.get(CLOCK_STOPPED).is_none_or(|rule| rule.mode != Mode::Off) {
        let stamp = Stamp::new(round, &policy.version, now);
        let dark = ledger.dark_sources()?;
        for clock in ledger.stopped_and_told()? {
            // While it is to run and does not, that stands; what is no longer to run was told, and is over.
            let stands = policy.clock(&clock, None, None).is_some() && of(&clock).running == 0;
            if !stands {
                ledger.own_finding(CLOCK_STOPPED, &clock, None, &stamp)?;
            }
        }
        for count in &last {
            let why = clock_stopped::judge(policy, count, of(&count.clock), &dark);
            if why.is_some() {
                ledger.own_finding(CLOCK_STOPPED, &count.clock, why.as_ref(), &stamp)?;
            }
        }
    }
    ledger.enter_clock_count(policy, &runs, today, round)
}

/// Looks for the cases of evidence: of what waits whenever something was read, of all that has none once a day.
pub(super) fn match_evidence(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    tally: &Tally,
) -> Result<(), LedgerError> {
    const MATCHED_ON: &str = "evidence_on";
    let (lists, today) = (service.evidence(), now.today().to_string());
    if lists.is_empty() {
        return Ok(());
    }
    let all = service.ledger.recall(MATCHED_ON)?.as_deref() != Some(&today);
    if all || tally.rows_read > 0 {
        let which = if all { WhichEvidence::All } else { WhichEvidence::Waiting };
        service.ledger.match_evidence(&lists, round, now, which)?;
    }
    if all { service.ledger.remember(MATCHED_ON, &today) } else { Ok(()) }
}

/// Looks over many cases together, once a day; and, where a source cannot be read by then, beforehand at what does not rest on it.
pub(super) fn look_across(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    frozen: &[i64],
    tally: &mut Tally,
) -> Result<(), LedgerError> {
    const LOOKED_ON: &str = "looked_across_on";
    const IN_PART_ON: &str = "looked_in_part_on";
    let today = now.today().to_string();
    if service.ledger.recall(LOOKED_ON)?.as_deref() == Some(&today) {
        return Ok(());
    }
    let mark = if service.ledger.is_in_part(frozen)? { IN_PART_ON } else { LOOKED_ON };
    if service.ledger.recall(mark)?.as_deref() == Some(&today) {
        return Ok(());
    }
    let stock = service.ledger.stock(&service.evidence(), frozen, now)?;
    let found = patterns::look(&stock, &service.policy, now.today());
    service.ledger.enter_across(&found, &service.policy, round, now, tally)?;
    service.ledger.remember(mark, &today)
}

/// Measures coverage, once a day and whenever something was judged.
pub(super) fn measure(service: &mut Service, now: &Now, when: When) -> Result<(), LedgerError> {
    const MEASURED_ON: &str = "coverage_on";
    let today = now.today().to_string();
    if when == When::OnceADay && service.ledger.recall(MEASURED_ON)?.as_deref() == Some(&today) {
        return Ok(());
    }
    if !service.ledger.has_read()? {
        // Nothing was looked at yet: that is unknown, and not nothing.
        return Ok(());
    }
    let (policy, lists) = (&service.policy, service.evidence());
    let since = now.today() - Days::new(policy.active_within_days.into());
    let awaited = service.awaited()?;
    let observed = Observed { awaited, ..service.ledger.observed(&lists, since, now)? };
    let coverage = coverage::measure(&policy.registry, &observed, now.today(), policy.active_within_days);
    service.ledger.enter_coverage(now.today(), &coverage)?;
    service.ledger.remember(MEASURED_ON, &today)
}
