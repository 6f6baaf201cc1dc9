//! By when an order to finish a case is due.

use crate::domain::card_action::{LONGEST_ORDER_DAYS, latest_order};
use crate::domain::count::Asked;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::text::{Language, say};
use crate::failure::{ExitCode, Failure};

/// When an order is due that is given at a moment: while it runs nobody is reminded of its card, so it has a longest time.
pub(super) fn due(
    policy: &Policy,
    within: &Limit,
    start: Moment,
    language: Language,
) -> Result<Moment, Failure> {
    let asked = Asked { start, limit: within, extensions: &[], pauses: &[] };
    let due = policy.counting.due(&policy.calendar, policy.zone, &asked);
    let due = due.map(|due| due.at).map_err(|error| {
        Failure::new(ExitCode::Usage, say!("card-no_day", why = error.to_string()).words(language))
            .with_remedy(say!("card-no_day_remedy").words(language))
    })?;
    let latest = latest_order(start.date());
    if due.date() > latest {
        let (day, days) = (due.date(), LONGEST_ORDER_DAYS as i64);
        let sentence = say!("card-order_too_long", day, days, latest).words(language);
        return Err(Failure::new(ExitCode::Usage, sentence));
    }
    Ok(due)
}
