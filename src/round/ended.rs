//! That the service ended by failure, told to the administrators at the next start: before any round, which might end it again.

use crate::domain::letter::ended::{self, Earlier, Ended};
use crate::domain::letter::reach::{Reach, admins};
use crate::edge::ledger::{LedgerError, Post};
use crate::service::Service;

use super::bulletin::context;

/// Queues the letters on how the last run ended, at most one a day for a cause. Gives how many there are.
///
/// # Errors
/// Those of the ledger: nothing is noted then.
pub fn tell_end(service: &mut Service, ended: &Ended) -> Result<u64, LedgerError> {
    let now = &service.clock.now();
    let Service { ledger, policy, pages, id_domain, .. } = service;
    let (key, today) = (format!("ended {}", ended.cause), now.today().to_string());
    let earlier = ledger.recall(&key)?.as_deref().and_then(Earlier::parse);
    let (untold, keep) = Earlier::tell(earlier.as_ref(), &today);
    let suspended = ledger.muted(now)?;
    let reach = Reach { today: now.today(), suspended: &suspended };
    let (pages, id_domain) = (&**pages, &id_domain[..]);
    let context = context(policy, pages, id_domain, reach, now);
    let readers = if untold.is_some() { admins(policy, &reach) } else { Vec::new() };
    let drafts =
        readers.into_iter().map(|admin| ended::write(admin, ended, untold.unwrap_or_default(), &context));
    let post = Post { keep: vec![(&key, &keep)], ..Post::default() };
    let round = ledger.last_round_id()?;
    ledger.queue(drafts, &post, round)
}
