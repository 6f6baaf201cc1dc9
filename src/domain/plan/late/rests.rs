//! The count on which a card goes on.

use super::super::case_view::matter;
use super::dispute::{self, Counted};
use super::lateness::record_of;
use super::weighed::weigh_card;
use crate::domain::case_file::CaseFile;
use crate::domain::clock;
use crate::domain::now::Now;
use crate::domain::policy::Policy;
use crate::domain::record::chronological;
use crate::domain::record::runs::is_over;
use crate::domain::rules::time_limit;

/// The count on which a card goes on that is in question or was upheld, while its case is open; `None` of one that goes by the
/// record as it stands.
pub fn resting_on(file: &mut CaseFile, finding: i64, policy: &Policy, now: &Now) -> Option<Counted> {
    chronological(&mut file.traces);
    let file = &*file;
    let known = file.known.iter().find(|known| known.id == finding)?;
    let item = file.item(policy);
    let (item, header) = (item?, file.header.as_ref()?);
    let clocks = clock::read(policy, item, header, &file.traces, now);
    let holders = file.holders(item, policy);
    let matter = matter(file, &file.traces, (header, item), (&clocks, &holders), (policy, now));
    let told = known.told.filter(|_| known.rule == time_limit::ID && !is_over(&file.traces))?;
    weigh_card(known, file, &matter).filter(|weighed| weighed.rests)?;
    let then = record_of(file.on_record(told, None)?, policy, now);
    dispute::rests_on(known, &then, &matter, told)
}
