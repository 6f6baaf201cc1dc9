//! The machine's clock against the last round.

use chrono::{DateTime, TimeDelta};

use crate::domain::now::Now;
use crate::edge::ledger::{Ledger, LedgerError};

/// The moment of a round, and what lies between it and the last one.
pub(super) struct RoundTime {
    pub now: Now,
    /// Since when no round ran, if a whole day or more went by: what appears now may have been there for days.
    pub away: Option<String>,
    /// How long before it the last one began; nothing where the clock went back.
    pub since_last: TimeDelta,
}

impl RoundTime {
    /// A clock that was set back does not take back what was found: for up to a day the last round's moment holds. A
    /// clock that is further back was wrong before, and is believed.
    pub fn of(ledger: &Ledger, now: &Now) -> Result<Self, LedgerError> {
        let last = ledger.last_round()?.and_then(|(started, _)| DateTime::parse_from_rfc3339(&started).ok());
        let Some(last) = last else {
            return Ok(Self { now: *now, away: None, since_last: TimeDelta::zero() });
        };
        let since = || last.format("%Y-%m-%d %H:%M").to_string();
        let back = last - now.instant;
        if back <= TimeDelta::zero() {
            let away = (now.today() - last.date_naive()).num_days() > 1;
            return Ok(Self { now: *now, away: away.then(since), since_last: -back });
        }
        if back > TimeDelta::days(1) {
            tracing::error!(
                "the clock is {} days before the last round; it is believed now",
                back.num_days()
            );
            return Ok(Self { now: *now, away: Some(since()), since_last: TimeDelta::zero() });
        }
        tracing::warn!(
            "the clock was set back by {} s; until it has caught up the last round's time holds",
            back.num_seconds()
        );
        Ok(Self { now: Now { instant: last, ..*now }, away: None, since_last: TimeDelta::zero() })
    }
}
