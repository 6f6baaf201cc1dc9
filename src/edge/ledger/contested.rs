//! Cards of which a supervisor is asked whether they fall: untouched, they are reminded of like cards that nobody answered.

use rusqlite::params;

use super::judgements::Entry;
use super::stored::moment;
use super::{Ledger, LedgerError, RoundId, cannot};
use crate::domain::now::Now;
use crate::domain::plan::late;
use crate::domain::policy::Policy;

impl Ledger {
    /// Reminds the supervisors of what waits for their decision.
    pub fn remind_of_contested(
        &mut self,
        policy: &Policy,
        round: RoundId,
        now: &Now,
    ) -> Result<(), LedgerError> {
        let sql = "SELECT id, max(contested_at, coalesce(reminded_at, '')), contested_at, (SELECT count(*) FROM finding_event AS e
                       WHERE e.finding_id = f.id AND e.event = 'reminded' AND e.at > f.contested_at)
                   FROM finding AS f INDEXED BY finding_contested WHERE contested_at IS NOT NULL";
        let rows: Vec<(i64, String, String, u32)> =
            self.list("read what waits for a decision", sql, [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let mut due = Vec::new();
        for (finding, last, since, reminders) in rows {
            let last = moment(&last, self.zone)?;
            due.extend(
                late::reminder(moment(&since, self.zone)?, last, reminders, policy, now)
                    .map(|why| (finding, why)),
            );
        }
        if due.is_empty() {
            return Ok(());
        }
        let fail = cannot("remind of what waits for a decision");
        let at = now.instant.to_rfc3339();
        let tx = self.db.transaction().map_err(&fail)?;
        let entry = Entry { tx: &tx, round, policy: &policy.version, at: &at, recent: now.today() };
        for (finding, why) in &due {
            let sql = "UPDATE finding SET reminded_at = ?2 WHERE id = ?1";
            tx.prepare_cached(sql).and_then(|mut set| set.execute(params![finding, at])).map_err(&fail)?;
            entry.event_as_it_is(*finding, "reminded", why).map_err(&fail)?;
        }
        tx.commit().map_err(&fail)
    }
}
