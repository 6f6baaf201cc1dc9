//! How things stand, put together from the ledger.

use chrono::Days;

use super::super::events::rules;
use super::super::stored::to_minute;
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::bulletin::Period;
use crate::domain::coverage::Measure;
use crate::domain::now::Now;
use crate::domain::overview::{
    Cards, Cases, DueSoon, Figure, Missing, Overview, Quarantine, QuarantinedRow, SilentItem, SourceHealth,
    UnitCards,
};
use crate::domain::policy::Policy;
use crate::domain::rules::UNCOUNTED;
use crate::domain::text::{Kept, Language, Sentence, Text};

/// Working days ahead that the digest looks.
const DAYS_AHEAD: u32 = 5;

impl Ledger {
    /// How things stand as of `now`, in the words of one language.
    pub fn overview(&self, policy: &Policy, language: Language, now: &Now) -> Result<Overview, LedgerError> {
        let (units, without): (Vec<_>, Vec<_>) =
            self.unit_cards()?.into_iter().partition(|u| u.red + u.yellow + u.notice + u.revoked > 0);
        let (overdue_answers, [overdue_answer_count, overdue_case_count]) =
            self.overdue_answers(language, now)?;
        let (due_soon, due_soon_count) = self.due_soon(policy, language, now)?;
        let (pending, pending_count) = self.pending(language)?;
        let (fallen, fallen_count) = self.fallen(policy, language, now)?;
        let (in_the_way, in_the_way_count) = self.in_the_way(language)?;
        Ok(Overview {
            as_of: now.instant.format("%Y-%m-%d %H:%M").to_string(),
            card_table: policy.cards.name.clone(),
            policy: policy.version.clone(),
            cards: self.cards(&units)?,
            units,
            without_cards: without.into_iter().map(|unit| unit.name).collect(),
            red: self.red_cards(policy, language, now)?,
            due_soon,
            due_soon_count,
            overdue_answers,
            overdue_answer_count,
            overdue_case_count,
            pending,
            pending_count,
            fallen,
            fallen_count,
            in_the_way,
            in_the_way_count,
            coverage: self.figures(language, now)?,
            missing: self.missing()?,
            moved: self.moved_items(Period { from: now.today() - Days::new(1), to: now.today() })?,
            clocks: self.clock_counts(policy, language)?,
            sources: self.sources(language, now)?,
            quarantine: self.quarantine(language)?,
            cases: self.case_numbers()?,
            letters: self.letter_numbers(language)?,
            warnings: self.warnings(policy, language, now)?,
            page_faults: self.page_faults_in(language)?,
        })
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut find| find.query_map(values, read)?.collect())
            .map_err(cannot("put together how things stand"))
    }

    fn count(&self, sql: &str) -> Result<u64, LedgerError> {
        Ok(self.rows(sql, [], |row| row.get(0))?.first().copied().unwrap_or(0))
    }

    fn unit_cards(&self) -> Result<Vec<UnitCards>, LedgerError> {
        let sql = "SELECT unit_code, unit_name, red, yellow, notice, open, revoked FROM unit_ranking";
        self.rows(sql, [], |row| {
            Ok(UnitCards {
                code: row.get(0)?,
                name: row.get(1)?,
                red: row.get(2)?,
                yellow: row.get(3)?,
                notice: row.get(4)?,
                open: row.get(5)?,
                revoked: row.get(6)?,
            })
        })
    }

    fn cards(&self, units: &[UnitCards]) -> Result<Cards, LedgerError> {
        // A case counts once, under its highest open card.
        let uncounted = rules(UNCOUNTED);
        let sql = format!("SELECT card, count(*) FROM (
                       SELECT max(CASE card WHEN 'red' THEN 3 WHEN 'yellow' THEN 2 ELSE 1 END) AS card FROM finding
                       WHERE standing = 'open' AND case_id IS NOT NULL AND rule NOT IN ({uncounted})
                       GROUP BY case_id)
                   GROUP BY card");
        let open = self.rows(&sql, [], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, u64>(1)?)))?;
        let of = |card: u64| open.iter().find(|(rank, _)| *rank == card).map_or(0, |(_, count)| *count);
        let sum = |count: fn(&UnitCards) -> u64| units.iter().map(count).sum();
        Ok(Cards {
            open_red: of(3),
            open_yellow: of(2),
            open_notice: of(1),
            red: sum(|unit| unit.red),
            yellow: sum(|unit| unit.yellow),
            notice: sum(|unit| unit.notice),
            revoked: sum(|unit| unit.revoked),
            contested: self
                .count("SELECT count(DISTINCT case_id) FROM finding WHERE contested_at IS NOT NULL")?,
            appealed: self.count(
                "SELECT count(*) FROM finding INDEXED BY finding_appealed
                 WHERE appealed_at IS NOT NULL AND standing IN ('open', 'resolved')",
            )?,
            pending: self.count("SELECT count(DISTINCT case_id) FROM finding WHERE standing = 'pending'")?,
        })
    }

    fn due_soon(
        &self,
        policy: &Policy,
        language: Language,
        now: &Now,
    ) -> Result<(Vec<DueSoon>, u64), LedgerError> {
        let today = now.today();
        let until = policy.calendar.after(today, DAYS_AHEAD).unwrap_or(today);
        let sql = "SELECT c.number, coalesce(i.name, ''), coalesce(u.name, ''), d.clock, d.due_at, count(*) OVER ()
                   FROM \"case\" AS c JOIN deadline AS d ON d.case_id = c.id
                   LEFT JOIN item AS i ON i.code = c.item LEFT JOIN unit AS u ON u.code = coalesce(c.unit, i.unit)
                   WHERE c.next_change_at IS NOT NULL AND d.state = 'running'
                     AND substr(d.due_at, 1, 10) BETWEEN ?1 AND ?2
                   ORDER BY d.due_at, c.number LIMIT 30";
        let name = |id: &str| {
            policy.clock(id, None, None).map_or(id.to_owned(), |clock| clock.name_of(id).words(language))
        };
        let rows = self.rows(sql, [today.to_string(), until.to_string()], |row| {
            let clock: String = row.get(3)?;
            let due = DueSoon {
                case_number: row.get(0)?,
                item: row.get(1)?,
                unit: row.get(2)?,
                clock: name(&clock),
                due_at: row.get(4)?,
            };
            Ok((due, row.get::<_, u64>(5)?))
        })?;
        let count = rows.first().map_or(0, |(_, count)| *count);
        Ok((rows.into_iter().map(|(due, _)| due).collect(), count))
    }

    fn figures(&self, language: Language, now: &Now) -> Result<Vec<Figure>, LedgerError> {
        let Some((_, lines)) = self.coverage(now.today(), "all")? else { return Ok(Vec::new()) };
        let figure = |(measure, word, _): &(Measure, &str, &str)| {
            let line = lines.iter().find(|line| line.measure == *word)?;
            let percent = line.share.percent();
            let before = line.before.and_then(|share| share.percent());
            Some(Figure {
                measure: measure.word().to_owned(),
                name: measure.text().words(language).replace('_', " "),
                numerator: line.share.numerator,
                denominator: line.share.denominator,
                unknown: line.share.unknown,
                percent,
                change: percent.zip(before).map(|(now, before)| now - before),
            })
        };
        Ok(Measure::ALL.iter().filter_map(figure).collect())
    }

    fn missing(&self) -> Result<Missing, LedgerError> {
        let states = self.rows("SELECT state, count(*) FROM item_state GROUP BY state", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u64>(1)?))
        })?;
        let of = |state: &str| states.iter().find(|(word, _)| word == state).map_or(0, |(_, count)| *count);
        let sql = "SELECT item_name, coalesce(unit_name, ''), last_trace_on FROM coverage_missing
                   WHERE state = 'silent' LIMIT 20";
        let silent_items = self.rows(sql, [], |row| {
            Ok(SilentItem { item: row.get(0)?, unit: row.get(1)?, last_trace_on: row.get(2)? })
        })?;
        Ok(Missing {
            silent: of("silent"),
            unconnected: of("unconnected"),
            exempt: of("exempt"),
            out_of_season: of("out_of_season"),
            out_of_force: of("out_of_force"),
            silent_items,
        })
    }

    fn sources(&self, language: Language, now: &Now) -> Result<Vec<SourceHealth>, LedgerError> {
        let sql = "SELECT source, state, iif(?1, coalesce(suspect, message), message), last_read_at, newest_at, dark_since, rows_read,
                       iif(delivers = 'batch', delivered_at, iif(lag_seconds > 0, last_read_at, NULL)), lag_seconds, taken_for_nothing, never_seen,
                       days_only, another_zone, entered_before, alike_numbers, alike_count, changed_at, garbled, passed_over,
                       (SELECT min(held_since) FROM source_file WHERE source_id = (SELECT id FROM source AS s WHERE s.name = h.source)),
                       iif(state = 'suspect', NULL, (SELECT message_data FROM source AS s WHERE s.name = h.source))
                   FROM source_health AS h";
        let mut sources = self.rows(sql, [language == Language::Chinese], |row| {
            let lag = row.get(8)?;
            let data: Option<String> = row.get(20)?;
            let said = data.and_then(|data| serde_json::from_str::<Text>(&data).ok()?.whole(language));
            Ok(SourceHealth {
                name: row.get(0)?,
                state: row.get(1)?,
                message: said.map_or_else(|| row.get(2), |said| Ok(Some(said)))?,
                last_read_at: row.get::<_, Option<String>>(3)?.map(to_minute),
                newest_at: row.get::<_, Option<String>>(4)?.map(to_minute),
                dark_since: row.get::<_, Option<String>>(5)?.map(to_minute),
                rows_read: row.get(6)?,
                complete_until: row.get::<_, Option<String>>(7)?.map(|at| lagging(&at, lag)),
                held_back: None,
                taken_for_nothing: row.get(9)?,
                never_seen: row.get(10)?,
                days_only: row.get(11)?,
                another_zone: row.get(12)?,
                entered_before: row.get(13)?,
                alike_numbers: row.get(14)?,
                alike_count: row.get(15)?,
                changed_at: row.get::<_, Option<String>>(16)?.map(to_minute),
                garbled: row.get(17)?,
                passed_over: row.get(18)?,
                held_since: row.get::<_, Option<String>>(19)?.map(to_minute),
            })
        })?;
        for source in &mut sources {
            if source.state == "overdue" {
                source.held_back = self.held_back(source, now)?;
            }
        }
        Ok(sources)
    }

    /// How many open cases of a source fell due after the moment up to which it is believed.
    fn held_back(&self, source: &SourceHealth, now: &Now) -> Result<Option<u64>, LedgerError> {
        let Some(until) = &source.complete_until else { return Ok(None) };
        let due = "iif(length(d.due_at) = 10, d.due_at || 'T23:59', substr(d.due_at, 1, 16))";
        let sql = format!(
            "SELECT count(DISTINCT c.id) FROM \"case\" AS c JOIN source AS s ON s.id = c.source_id
             JOIN deadline AS d ON d.case_id = c.id AND d.state = 'running'
             WHERE s.name = ?1 AND c.state = 'open' AND {due} >= replace(?2, ' ', 'T') AND {due} < ?3"
        );
        let values = [&source.name, until, &now.instant.format("%Y-%m-%dT%H:%M").to_string()];
        Ok(self.rows(&sql, values, |row| row.get(0))?.first().copied())
    }

    fn quarantine(&self, language: Language) -> Result<Quarantine, LedgerError> {
        let count = "SELECT count(*) FROM (SELECT DISTINCT source_id, read, row FROM quarantine_row WHERE cleared_round IS NULL)";
        let open = self.count(count)?;
        let sql =
            "SELECT s.name, q.row, q.case_number, coalesce(q.reason_zh, q.reason), q.reason, q.reason_data
                   FROM quarantine_row AS q JOIN source AS s ON s.id = q.source_id
                   WHERE q.cleared_round IS NULL ORDER BY q.id DESC LIMIT 5";
        let newest = self.rows(sql, [], |row| {
            let data: Option<String> = row.get(5)?;
            let reason = Kept::new(Sentence { zh: row.get(3)?, en: row.get(4)? }, data.as_deref());
            Ok(QuarantinedRow {
                source: row.get(0)?,
                row: row.get(1)?,
                case_number: row.get(2)?,
                reason: reason.words(language).into_owned(),
            })
        })?;
        Ok(Quarantine { open, newest })
    }

    fn case_numbers(&self) -> Result<Cases, LedgerError> {
        // Summed and not grouped: grouping would sort every case in memory. What a reading brought that was cut is no case yet.
        let sql = "SELECT count(*), coalesce(sum(state IS NULL OR state = 'open'), 0), coalesce(sum(state = 'fault'), 0)
                   FROM \"case\" WHERE NOT (state IS 'open' AND first_on IS NULL AND next_change_at IS NOT NULL)
                       AND NOT (state IS NULL AND 'cut_' || source_id IN (SELECT key FROM meta WHERE value = 'yes'))";
        let counts =
            self.rows(sql, [], |row| Ok(Cases { all: row.get(0)?, open: row.get(1)?, fault: row.get(2)? }))?;
        Ok(counts.into_iter().next().unwrap_or_default())
    }
}

/// A moment less the seconds by which a source lags.
fn lagging(at: &str, seconds: i64) -> String {
    let moment = chrono::DateTime::parse_from_rfc3339(at);
    to_minute(
        moment.map_or_else(|_| at.to_owned(), |at| (at - chrono::TimeDelta::seconds(seconds)).to_rfc3339()),
    )
}
