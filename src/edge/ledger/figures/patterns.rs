//! What rules over many cases look at, and what they find.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rusqlite::{OptionalExtension, params};

use super::super::cases::judgements::{ENDINGS, Entry};
use super::super::rounds::{RoundId, Tally};
use super::super::stored::{moment, parsed, text};
use super::super::{Ledger, LedgerError, cannot};
use crate::domain::card::{Card, Mode};
use crate::domain::case_file::CaseFile;
use crate::domain::finding::{Event, Standing};
use crate::domain::now::Now;
use crate::domain::plan::outside::{self, KnownAcross, Step};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::EvidenceSpec;
use crate::domain::rules::{Across, Found};
use crate::domain::stock::{Decided, Ended, Ending, SourceOf, Stock};
use crate::domain::text::{Text, say};

/// Civil days in which a burst of entries is looked for: it is found on the day after, and stays found.
const ENTRIES: Days = Days::new(3);
/// Civil days over which the beginnings of cases are looked at: more than 250 working days.
const BEGINNINGS: Days = Days::new(400);

impl Ledger {
    /// What rules over many cases look at, as of the beginning of a day. What lies too far back to be looked at is dropped. Of the sources
    /// in `frozen` nobody knows what they hold by now.
    pub fn stock(&mut self, specs: &[EvidenceSpec], frozen: &[i64], now: &Now) -> Result<Stock, LedgerError> {
        let back = |days| now.today().checked_sub_days(days).unwrap_or(now.today()).to_string();
        self.db
            .execute("DELETE FROM recent_end WHERE ended_on < ?1", [back(ENDINGS)])
            .map_err(cannot("drop what ended long ago"))?;
        let mut stock = Stock {
            endings: self.endings(&back(ENTRIES))?,
            sequences: self.sequences(now)?,
            in_part: self.is_in_part(frozen)?,
            ..Stock::default()
        };
        let sql = "SELECT unit, count(*), sum(ended_on = due_on) FROM recent_end
                   WHERE due_on IS NOT NULL AND kind IN ('decided', 'closed') GROUP BY unit";
        stock.decided = self.list("read what was decided on its last day", sql, [], |row| {
            Ok(Decided { unit: row.get(0)?, all: row.get(1)?, on_last_day: row.get(2)? })
        })?;
        let since = now.today().checked_sub_days(ENDINGS).unwrap_or(now.today());
        stock.unmatched = self.unmatched(specs, since, now)?;
        let sql = "SELECT item, day, sum(cases) FROM item_day WHERE day >= ?1 GROUP BY item, day HAVING sum(cases) > 0";
        let fail = cannot("read when cases began");
        let mut find = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = find.query([back(BEGINNINGS)]).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            let (day, cases) =
                (parsed("a day", text(row, 1)?.unwrap_or_default())?, row.get(2).map_err(&fail)?);
            let item = text(row, 0)?.unwrap_or_default();
            stock.begun.entry(item.to_owned()).or_default().insert(day, cases);
        }
        drop(rows);
        drop(find);
        stock.sources = self.sources_of_items(frozen)?;
        stock.arrivals = self.arrivals(&back(BEGINNINGS))?;
        let sql = "SELECT rule, subject, coalesce(weight, 0) FROM finding
                   WHERE case_id IS NULL AND standing IN ('open', 'pending')";
        let standing = self.list("read what stands over many cases", sql, [], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get(2)?))
        })?;
        stock.standing = standing.into_iter().collect();
        Ok(stock)
    }

    /// Whether not all of every source was read: some are `frozen`, or have files that could not be read.
    pub fn is_in_part(&self, frozen: &[i64]) -> Result<bool, LedgerError> {
        Ok(!frozen.is_empty() || self.files_hold_cases()?)
    }

    fn sources_of_items(&self, frozen: &[i64]) -> Result<BTreeMap<String, SourceOf>, LedgerError> {
        let sql = "SELECT a.item, s.name, s.state <> 'ok' OR s.overdue_since IS NOT NULL OR s.removed_at IS NOT NULL
                       OR s.id IN (SELECT value FROM json_each(?1)) OR s.id IN (SELECT source_id FROM source_file WHERE held_since IS NOT NULL),
                       substr(s.newest_at, 1, 10)
                   FROM activity AS a JOIN source AS s ON s.id = a.source_id";
        let frozen = serde_json::json!(frozen).to_string();
        let rows = self.list("read where items come from", sql, [frozen], |row| {
            let newest: Option<String> = row.get(3)?;
            Ok((row.get(0)?, SourceOf { name: row.get(1)?, dark: row.get(2)?, newest: None }, newest))
        })?;
        let dated = |(item, source, newest): (String, SourceOf, Option<String>)| {
            let newest = newest.filter(|day| !day.is_empty()).map(|day| parsed("a day", &day)).transpose()?;
            Ok((item, SourceOf { newest, ..source }))
        };
        rows.into_iter().map(dated).collect()
    }

    fn arrivals(&self, since: &str) -> Result<BTreeMap<String, Vec<NaiveDate>>, LedgerError> {
        let sql =
            "SELECT s.name, a.day FROM arrival AS a JOIN source AS s ON s.id = a.source_id WHERE a.day >= ?1
                   ORDER BY a.source_id, a.day";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
        let mut arrivals: BTreeMap<String, Vec<NaiveDate>> = BTreeMap::new();
        for (source, day) in self.list("read when sources brought something", sql, [since], read)? {
            arrivals.entry(source).or_default().push(parsed("a day", &day)?);
        }
        Ok(arrivals)
    }

    fn endings(&self, since: &str) -> Result<Vec<Ending>, LedgerError> {
        type Columns = (String, [Option<String>; 8]);
        let sql = "SELECT c.number, e.item, e.unit, e.kind, e.by, e.ended_at, e.entered_at, e.note, e.due_on
                   FROM recent_end AS e JOIN \"case\" AS c ON c.id = e.case_id
                   WHERE e.entered_at >= ?1 OR e.kind = 'not_accepted' ORDER BY e.case_id";
        let rows: Vec<Columns> = self.list("read what ended lately", sql, [since], |row| {
            let mut texts: [Option<String>; 8] = Default::default();
            for (at, text) in texts.iter_mut().enumerate() {
                *text = row.get(at + 1)?;
            }
            Ok((row.get(0)?, texts))
        })?;
        let when = |text: &Option<String>| text.as_deref().map(|text| moment(text, self.zone)).transpose();
        let ending = |(number, [item, unit, kind, by, ended, entered, note, due]): Columns| {
            let garbled = || LedgerError::Garbled { what: "the end of a case", value: number.clone() };
            Ok(Ending {
                item: item.unwrap_or_default(),
                unit: unit.unwrap_or_default(),
                kind: parsed("a kind of trace", kind.as_deref().unwrap_or_default())?,
                by,
                ended: when(&ended)?.ok_or_else(garbled)?,
                entered: when(&entered)?,
                note,
                due_on: due.map(|day| parsed("a day", &day)).transpose()?,
                number,
            })
        };
        let mut endings: Vec<Ending> = rows.into_iter().map(ending).collect::<Result<_, _>>()?;
        self.known_by_marks(&mut endings)?;
        Ok(endings)
    }

    /// Enters what rules over many cases found, and what is over of what they had found.
    pub fn enter_across(
        &mut self,
        found: &[Found],
        policy: &Policy,
        round: RoundId,
        now: &Now,
        tally: &mut Tally,
    ) -> Result<(), LedgerError> {
        let fail = cannot("enter what was found over many cases");
        let tx = self.db.transaction().map_err(&fail)?;
        let at = now.instant.to_rfc3339();
        let entry = Entry { tx: &tx, round, policy: &policy.version, at: &at, recent: now.today() };
        for Found { rule, across, passes, unseen } in found {
            let setting = policy.rules.get(rule.id);
            let mode = setting.map_or(rule.mode, |setting| setting.mode);
            let card = setting.map(|setting| setting.card).or(rule.card).unwrap_or(Card::Notice);
            if mode == Mode::Off {
                let why = say!("mended-switched_off");
                tally.resolved += entry.passed(rule.id, |_| true, &why).map_err(&fail)?;
                continue;
            }
            let standing = if mode == Mode::Review { Standing::Pending } else { Standing::Open };
            for one in across {
                entry.across(rule.id, one, standing, card, tally).map_err(&fail)?;
            }
            if let Some(why) = passes {
                let found: BTreeSet<&str> = across.iter().map(|one| one.subject.as_str()).collect();
                let over = |subject: &str| !found.contains(subject) && !unseen.contains(subject);
                tally.resolved += entry.passed(rule.id, over, why).map_err(&fail)?;
            }
        }
        tx.commit().map_err(&fail)
    }
}

impl Entry<'_> {
    /// Keeps at hand how a case ended.
    pub(in crate::edge::ledger) fn ended(&self, file: &CaseFile, ended: Ended) -> rusqlite::Result<()> {
        let sql = "INSERT INTO recent_end VALUES (?1, ?2, ?3, coalesce(?4, (SELECT unit FROM item WHERE code = ?3), ''),
                       ?5, ?6, ?7, ?8, ?9, ?10)
                   ON CONFLICT DO UPDATE SET ended_on = excluded.ended_on, item = excluded.item, unit = excluded.unit,
                       kind = excluded.kind, by = excluded.by, ended_at = excluded.ended_at,
                       entered_at = excluded.entered_at, note = excluded.note, due_on = excluded.due_on";
        let Some(header) = &file.header else { return Ok(()) };
        let trace = &file.traces[ended.trace];
        let (on, at) = (trace.occurred.date().to_string(), trace.occurred.written());
        let entered = ended.entered.map(|at| at.written());
        let due = ended.due_on.map(|day| day.to_string());
        self.tx
            .prepare_cached(sql)?
            .execute(params![
                file.id,
                on,
                header.item,
                header.unit,
                trace.kind.word(),
                trace.by,
                &*at,
                entered.as_deref(),
                trace.note,
                due,
            ])
            .map(drop)
    }

    /// Raises a finding on no single case, takes it up again, gives it another card or tells that it has grown.
    fn across(
        &self,
        rule: &str,
        one: &Across,
        standing: Standing,
        card: Card,
        tally: &mut Tally,
    ) -> rusqlite::Result<()> {
        let sql = "SELECT id, standing, card, coalesce(weight, 0) FROM finding
                   WHERE case_id IS NULL AND subject = ?1 AND rule = ?2";
        let read = |row: &rusqlite::Row<'_>| {
            Ok((
                row.get::<_, i64>(0)?,
                KnownAcross { standing: row.get(1)?, card: row.get(2)?, weight: row.get(3)? },
            ))
        };
        let known = self.tx.prepare_cached(sql)?.query_row([&*one.subject, rule], read).optional()?;
        let step = outside::across(known.map(|(_, known)| known), card, one.weight);
        let Some((id, _)) = known else {
            let sql = "INSERT INTO finding (subject, rule, unit, item, standing, card, passed, weight)
                       VALUES (?1, ?2, coalesce(?3, (SELECT unit FROM item WHERE code = ?4)), ?4, ?5, ?6, 1, ?7)";
            let row =
                params![one.subject, rule, one.unit, one.item, standing.word(), card.word(), one.weight];
            let id = self.tx.prepare_cached(sql)?.insert(row)?;
            tally.raised += 1;
            return self.event(id, Event::Raised, card.word(), &one.why);
        };
        let event = match step {
            Some(Step::Reopen | Step::Raise) => Event::Reopened,
            Some(Step::Escalate) => Event::Escalated,
            Some(Step::Lower) => {
                self.event_as_it_is(id, Event::Revoked, &say!("mended-lower_card"))?;
                Event::Reopened
            }
            Some(Step::Grow) => Event::Grown,
            Some(Step::Resolve) | None => return Ok(()),
        };
        let sql = "UPDATE finding SET card = ?2, weight = ?3 WHERE id = ?1";
        self.tx.prepare_cached(sql)?.execute(params![id, card.word(), one.weight])?;
        match event {
            Event::Reopened => tally.raised += 1,
            Event::Escalated => tally.escalated += 1,
            _ => return self.event(id, event, card.word(), &one.why),
        }
        self.stand(id, standing, None)?;
        self.event(id, event, card.word(), &one.why)
    }

    /// Resolves what a rule no longer finds. Gives how many.
    fn passed(&self, rule: &str, over: impl Fn(&str) -> bool, why: &Text) -> rusqlite::Result<u64> {
        let sql = "SELECT id, subject FROM finding WHERE case_id IS NULL AND rule = ?1 AND standing IN ('open', 'pending')";
        let mut find = self.tx.prepare_cached(sql)?;
        let known: Vec<(i64, String)> =
            find.query_map([rule], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut resolved = 0;
        for (id, _) in known.iter().filter(|(_, subject)| over(subject)) {
            self.stand(*id, Standing::Resolved, None)?;
            self.event_as_it_is(*id, Event::Resolved, why)?;
            resolved += 1;
        }
        Ok(resolved)
    }
}
