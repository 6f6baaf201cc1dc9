//! What fell due while a source was not read: gone through once it is read again, and told to the supervisors.

use chrono::TimeDelta;

use super::Watch;
use crate::domain::card::Mode;
use crate::domain::now::Now;
use crate::domain::plan::{fell_due_unseen, ordinary_gap};
use crate::domain::rules::met_unseen;
use crate::domain::rules::source_dark::overdue;
use crate::edge::ledger::{Blindness, LedgerError, RoundId, Tally};
use crate::service::Service;

/// No round ran for a part of a day: where that is longer than ordinary, what falls due in it falls due unseen. Where rounds are
/// always so far apart, none is missed.
pub(super) fn nobody_looked(
    service: &Service,
    round: RoundId,
    since_last: TimeDelta,
) -> Result<(), LedgerError> {
    let Service { ledger, poll_every, .. } = service;
    if since_last <= ordinary_gap(*poll_every) {
        return Ok(());
    }
    let missed = ledger.habit_before(round)?.misses(since_last);
    if missed { ledger.blind_of_live_sources(round) } else { Ok(()) }
}

/// No round ran for a day or more: a delivery that was overdue by its end was missed, though none may be overdue once the round has
/// read.
pub(super) fn deliveries_missed(service: &mut Service, round: RoundId, now: &Now) -> Result<(), LedgerError> {
    let Service { sources, ledger, policy, .. } = service;
    for spec in sources.iter().map(|source| source.spec()).filter(|spec| spec.is_awaited()) {
        let source = ledger.source(&spec.name)?;
        let last = ledger.last_delivery(source)?;
        if last.is_some_and(|at| overdue(&policy.calendar, at, spec.overdue_after, now).is_some()) {
            ledger.blind_since_delivery(source, round)?;
        }
    }
    Ok(())
}

/// Goes through the cases of each source that is read again. What a round that is told to stop has not gone through is left to the
/// next.
pub(super) fn look_back(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    watch: &dyn Watch,
    tally: &mut Tally,
) -> Result<(), LedgerError> {
    for blindness in service.ledger.blindness_over()? {
        let off = service.policy.rules.get(met_unseen::ID).is_some_and(|rule| rule.mode == Mode::Off);
        let ordinary = blindness.stretch.is_ordinary(service.poll_every, &service.policy.calendar);
        if !off && !ordinary && !enter(service, &blindness, (round, now), watch, tally)? {
            return Ok(());
        }
        service.ledger.looked_through(blindness.id)?;
    }
    Ok(())
}

/// Enters what fell due in one stretch. Gives whether it was gone through to its end.
fn enter(
    service: &mut Service,
    blindness: &Blindness,
    (round, now): (RoundId, &Now),
    watch: &dyn Watch,
    tally: &mut Tally,
) -> Result<bool, LedgerError> {
    let Service { ledger, policy, .. } = service;
    let (mut found, mut named) = (Vec::new(), Vec::new());
    for case in ledger.read_since(blindness)? {
        let (known, file) = (ledger.case_file_as_of(case, blindness.after)?, ledger.case_file(case)?);
        let stretch = (blindness.from, blindness.until);
        let clocks = fell_due_unseen(&known, &file, policy, stretch, now);
        named.extend(clocks.iter().map(|it| it.due.date()).min().map(|due| (due, file.number)));
        found.extend(clocks.into_iter().map(|clock| (case, clock)));
        watch.goes_on(0, 0);
        if watch.stop() {
            return Ok(false);
        }
    }
    named.sort();
    let named: Vec<_> = named.into_iter().map(|(due, number)| (number, due)).collect();
    let told = met_unseen::found(&blindness.name, blindness.from, blindness.until, &named);
    ledger.fell_due_unseen(blindness.id, &found)?;
    ledger.enter_across(told.as_slice(), policy, round, now, tally)?;
    Ok(true)
}
