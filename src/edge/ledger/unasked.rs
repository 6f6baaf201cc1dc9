//! Changes of what judges that went into force without a person, as far as they are yet to be said.

use chrono::TimeDelta;

use super::{Ledger, LedgerError};
use crate::domain::adoption::{LOOKED_BACK, Unasked};
use crate::domain::now::Now;
use crate::domain::policy::{Changed, Policy};
use crate::domain::text::Text;

impl Ledger {
    /// What such changes did, a sentence each, the oldest first.
    pub(super) fn unasked_changes(&self, policy: &Policy, now: &Now) -> Result<Vec<Text>, LedgerError> {
        let since = now.instant - TimeDelta::days(LOOKED_BACK.into());
        let sql = "SELECT substr(at, 1, 10), version, before, effect FROM adoption
                   WHERE event = 'adopted' AND by IS NULL AND before IS NOT NULL AND julianday(at) > julianday(?1)
                   ORDER BY id";
        let doing = "read what changed without a person";
        let rows: Vec<[String; 4]> = self.list(doing, sql, [since.to_rfc3339()], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })?;
        let mut said = Vec::new();
        for [on, version, before, effect] in rows {
            let on = super::stored::parsed("a day", &on)?;
            let effect = serde_json::from_str(&effect).unwrap_or_default();
            let mut change = Unasked { on, changed: Changed::Both, effect };
            if change.stands(&policy.calendar, now.today()) {
                let [before, after] =
                    [self.policy(&before)?, self.policy(&version)?].map(Option::unwrap_or_default);
                change.changed = Changed::between(&before, &after);
                said.push(change.text());
            }
        }
        Ok(said)
    }
}
