//! Which unit a finding is held against that is no matter of time.

use crate::domain::finding::{Breach, Known, Standing};
use crate::domain::record::runs::is_over;
use crate::domain::rules::CaseView;

/// Says of each breach which unit it is held against, where its rule does not: the one that had the case when it ended. While it
/// goes on, what was found stays with the unit that it was found with, and what is found first is that of the one that has the case.
pub(super) fn held_against(breaches: &mut [Breach], known: &[Known], matter: &CaseView<'_>) {
    let end = matter.traces.iter().rfind(|trace| trace.kind.ends_a_case()).filter(|_| is_over(matter.traces));
    for breach in breaches.iter_mut().filter(|breach| breach.unit.is_none()) {
        let stands = |known: &&Known| {
            let open = matches!(known.standing, Standing::Open | Standing::Pending);
            open && known.rule == breach.rule && known.clock == breach.clock
        };
        let found_with = || known.iter().find(stands).and_then(|known| known.unit.as_deref());
        let unit = match end {
            Some(end) => matter.holders.at(end.occurred),
            None => found_with().or(matter.holders.last()),
        };
        breach.unit = unit.map(str::to_owned);
    }
}
