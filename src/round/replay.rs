//! The past once more: everything is read, and then judged day by day as if that day were today.

use chrono::NaiveDate;

use super::{Watch, adoption, judge, read};
use crate::domain::moment::Moment;
use crate::domain::now::{Now, TimeBase};
use crate::edge::ledger::{LedgerError, Tally};
use crate::service::Service;

/// Judges every day from the one before `from`, on which the rest of the past is taken in, to `to`, each as of its last
/// second, into the ledger of the service, which is to be a new one. Sources are read once, as they are now: of a row that
/// was changed since only what it says now is known, and each of its traces counts from its own time on. Nothing is
/// measured and nobody is told. Gives the names of sources that could not be read.
pub fn replay(
    service: &mut Service,
    from: NaiveDate,
    to: NaiveDate,
    watch: &dyn Watch,
    day_done: &dyn Fn(),
) -> Result<Vec<String>, LedgerError> {
    let mut tally = Tally::default();
    let zone = service.policy.zone;
    let end_of = |day: NaiveDate| {
        let last = day.and_hms_opt(23, 59, 59).expect("every day has a last second");
        Now { instant: Moment::local(last, zone).at(), replay: true }
    };
    let first = from.pred_opt().unwrap_or(from);
    adoption::settle(service, &end_of(first), watch)?;
    let mut dark = Vec::new();
    for day in first.iter_days().take_while(|day| *day <= to) {
        let now = end_of(day);
        let round = service.ledger.begin_round(&now, &TimeBase::Person, &service.policy.version)?;
        if day == first {
            let present = Now { replay: false, ..service.clock.now() };
            let frozen = read(service, round, &present, watch, &mut tally)?;
            dark = service.ledger.source_names(&frozen)?;
        }
        judge(service, (round, &now), watch, &[], &mut tally)?;
        service.ledger.finish_round(round, &now, &Tally::default())?;
        day_done();
    }
    Ok(dark)
}
