//! Silences: set and ended by people, kept with what they hid.

use chrono::NaiveDate;
use rusqlite::{Connection, params};

use super::super::stored::parsed;
use super::super::{Ledger, LedgerError, cannot};
use super::audit::AuditEntry;
use crate::domain::now::Now;
use crate::domain::silence::Silence;

/// A silence as a list shows it.
#[derive(Debug, Clone)]
pub struct SilenceLine {
    /// The silence.
    pub silence: Silence,
    /// When it was ended before its day, and by whom.
    pub ended: Option<(String, String)>,
    /// How many events it hid.
    pub hidden: u64,
}

impl SilenceLine {
    /// Whether it holds on a day.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.ended.is_none() && self.silence.until >= day
    }
}

impl Ledger {
    /// Enters a silence. Gives its number.
    pub fn silence(&mut self, silence: &Silence, now: &Now) -> Result<i64, LedgerError> {
        let sql = "INSERT INTO silence (at, by, why, until, unit, item, rule, subject) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let Silence { by, why, until, unit, item, rule, subject, .. } = silence;
        let row = params![now.instant.to_rfc3339(), by, why, until.to_string(), unit, item, rule, subject];
        let what = "silence add";
        let subject = [unit, item, rule, subject].map(|part| part.as_deref().unwrap_or("-")).join(" ");
        let audit_entry = AuditEntry { what, subject: &subject, by, why, at: now.instant };
        self.sign(&audit_entry, cannot("enter a silence"), |db| db.prepare_cached(sql)?.insert(row), |_| true)
    }

    /// Ends a silence before its day. Gives whether there was one to end.
    pub fn end_silence(&mut self, id: i64, by: &str, now: &Now) -> Result<bool, LedgerError> {
        let sql = "UPDATE silence SET ended_at = ?2, ended_by = ?3 WHERE id = ?1 AND ended_at IS NULL AND until >= ?4";
        let row = params![id, now.instant.to_rfc3339(), by, now.today().to_string()];
        let subject = id.to_string();
        let audit_entry = AuditEntry { what: "silence end", subject: &subject, by, why: "", at: now.instant };
        let end = |db: &Connection| db.prepare_cached(sql)?.execute(row).map(|ended| ended > 0);
        self.sign(&audit_entry, cannot("end a silence"), end, |ended| *ended)
    }

    /// Every silence, the newest first.
    pub fn silences(&self) -> Result<Vec<SilenceLine>, LedgerError> {
        self.silences_where("1")
    }

    /// Silences that hold on a day.
    pub fn silences_on(&self, day: NaiveDate) -> Result<Vec<SilenceLine>, LedgerError> {
        self.silences_where(&format!("ended_at IS NULL AND until >= '{day}'"))
    }

    /// Silences that are over by a day, and of which nobody has been told yet what they hid.
    pub fn silences_over(&self, day: NaiveDate) -> Result<Vec<SilenceLine>, LedgerError> {
        self.silences_where(&format!("told = 0 AND (ended_at IS NOT NULL OR until < '{day}')"))
    }

    fn silences_where(&self, condition: &str) -> Result<Vec<SilenceLine>, LedgerError> {
        let sql = format!(
            "SELECT id, by, why, until, unit, item, rule, subject, ended_at, ended_by,
                 (SELECT count(*) FROM silence_event AS e WHERE e.silence_id = s.id)
             FROM silence AS s WHERE {condition} ORDER BY id DESC"
        );
        let rows = self.list("read silences", &sql, [], |row| {
            let until: String = row.get(3)?;
            let silence = Silence {
                id: row.get(0)?,
                by: row.get(1)?,
                why: row.get(2)?,
                until: NaiveDate::MAX,
                unit: row.get(4)?,
                item: row.get(5)?,
                rule: row.get(6)?,
                subject: row.get(7)?,
            };
            let ended: (Option<String>, Option<String>) = (row.get(8)?, row.get(9)?);
            Ok((until, SilenceLine { silence, ended: ended.0.zip(ended.1), hidden: row.get(10)? }))
        })?;
        rows.into_iter()
            .map(|(until, mut line)| {
                line.silence.until = parsed("a day", &until)?;
                Ok(line)
            })
            .collect()
    }
}

/// Notes what was not told for a silence, and that what ended silences hid is told.
pub(in crate::edge::ledger) fn note(
    db: &Connection,
    hidden: &[(i64, i64)],
    told: &[i64],
) -> rusqlite::Result<()> {
    for (silence, event) in hidden {
        db.prepare_cached(
            "INSERT INTO silence_event (silence_id, event_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute([silence, event])?;
    }
    for silence in told {
        db.prepare_cached("UPDATE silence SET told = 1 WHERE id = ?1")?.execute([silence])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day before the last, the last, the day after it; one that somebody ended holds no more.
    #[test]
    fn a_silence_holds_to_its_last_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let silence = Silence { until: day("2011-10-14"), ..Silence::default() };
        let line = SilenceLine { silence, ended: None, hidden: 0 };
        let days = ["2011-10-13", "2011-10-14", "2011-10-15"].map(day);
        assert_eq!(days.map(|day| line.holds(day)), [true, true, false]);
        let ended = SilenceLine { ended: Some(("2011-10-12".into(), "监察室".into())), ..line };
        assert_eq!(days.map(|day| ended.holds(day)), [false; 3]);
    }
}
