//! What a bulletin says of a period, from sums and events that the ledger keeps.

mod given;

use std::collections::{BTreeMap, BTreeSet};

use super::super::stored::parsed;
use super::super::{Ledger, LedgerError};
use crate::domain::bulletin::{Bulletin, Compared, CoverageDay, Line, Moved, Period};
use crate::domain::card::Card;
use crate::domain::policy::Policy;
use crate::domain::registry::{Channel, Registry};
use crate::domain::text::Language;
use chrono::{Days, NaiveDate};
use given::{CardsGiven, stranger};

/// Days of coverage in a picture.
const PICTURED: usize = 30;

/// The lines of a bulletin as they fill.
struct Lines<'p> {
    registry: &'p Registry,
    by_unit: BTreeMap<&'p str, Line>,
    /// What cards were given to that the catalogue does not have, or no more.
    elsewhere: BTreeMap<String, Line>,
}

impl<'p> Lines<'p> {
    /// The line of a unit; `None`: the catalogue has no such unit.
    fn of(&mut self, unit: &str) -> Option<&mut Line> {
        let unit = self.registry.units.get(unit)?;
        let line = || Line { code: unit.code.clone(), name: unit.name.clone(), ..Line::default() };
        Some(self.by_unit.entry(&unit.code).or_insert_with(line))
    }

    /// The line that the cards of a unit count in; one of its own where the catalogue has no such unit, as no card is left out of
    /// the sum.
    fn given(&mut self, unit: &str, language: Language) -> &mut Line {
        if let Some((code, known)) = self.registry.units.get_key_value(unit) {
            let line = || Line { code: code.clone(), name: known.name.clone(), ..Line::default() };
            return self.by_unit.entry(code).or_insert_with(line);
        }
        let line = || Line { code: unit.into(), name: stranger(unit, language), ..Line::default() };
        self.elsewhere.entry(unit.to_owned()).or_insert_with(line)
    }

    /// The line of the unit that has a case of an item: by default, and where the catalogue has no such unit, that of the item.
    fn having(&mut self, item: &str, unit: &str) -> Option<&mut Line> {
        let of_item = || self.registry.items.get(item).map(|item| item.unit.as_str());
        let known = self.registry.units.contains_key(unit).then_some(unit);
        let code = known.or_else(of_item)?.to_owned();
        self.of(&code)
    }
}

impl Ledger {
    /// The bulletin of a period. `total`: the name of the line that sums up.
    pub fn bulletin(
        &self,
        policy: &Policy,
        period: Period,
        language: Language,
        total: &str,
    ) -> Result<Bulletin, LedgerError> {
        let lines = self.bulletin_lines(policy, period, language)?;
        let in_system = |line: &&Line| {
            let mut items = policy.registry.items.values();
            items.any(|item| item.unit == line.code && item.channel == Channel::System)
        };
        let elsewhere = self.units_whose_items_began(policy, period)?;
        let idle = lines.iter().filter(|line| line.begun == 0 && !elsewhere.contains(line.code.as_str()));
        let idle = idle.filter(in_system);
        let idle = idle.map(|line| line.name.clone()).collect();
        Ok(Bulletin {
            sums: self.compared_lines(policy, period, (&lines, language), total)?,
            units: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            supervised_from: self.first_round_on()?,
            last_round_on: self.last_round_on()?,
            round_within: self.round_between(instants(period))?,
            red: self.red_cases(policy, language, period)?,
            idle,
            coverage: self.pictured(period)?,
            moved: self.moved_items(period)?,
            ages: self.ages(period.to)?,
        })
    }

    /// The sums of a period beside those of the period before. `total`: their name.
    pub fn compared(&self, policy: &Policy, period: Period, total: &str) -> Result<Compared, LedgerError> {
        let language = policy.language;
        let lines = self.bulletin_lines(policy, period, language)?;
        self.compared_lines(policy, period, (&lines, language), total)
    }

    fn compared_lines(
        &self,
        policy: &Policy,
        period: Period,
        (lines, language): (&[Line], Language),
        total: &str,
    ) -> Result<Compared, LedgerError> {
        let before = self.bulletin_lines(policy, period.before(), language)?;
        Ok(Compared {
            period,
            all: Line::sum(lines, total.to_owned()),
            before: Line::sum(&before, total.to_owned()),
            watched: self.first_round_before(period.to)?,
            watched_before: self.first_round_before(period.before().to)?,
            rules: self.cards_by_rule(policy, period, language)?,
        })
    }

    /// Every unit with items and every one that had cases or cards in the period, in the official order. A case counts for the unit
    /// that has it, as its cards do.
    fn bulletin_lines(
        &self,
        policy: &Policy,
        period: Period,
        language: Language,
    ) -> Result<Vec<Line>, LedgerError> {
        let days = || [period.from.to_string(), period.to.to_string()];
        let mut lines =
            Lines { registry: &policy.registry, by_unit: BTreeMap::new(), elsewhere: BTreeMap::new() };
        for item in policy.registry.items.values() {
            lines.of(&item.unit);
        }
        let sql =
            "SELECT item, unit, sum(cases) FROM item_day WHERE day BETWEEN ?1 AND ?2 GROUP BY item, unit";
        let begun = self.list("count the cases that began", sql, days(), |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, u64>(2)?))
        })?;
        for (item, unit, cases) in begun {
            if let Some(line) = lines.having(&item, &unit) {
                line.begun += cases;
            }
        }
        let sql = "SELECT item, unit, kind, sum(cases) FROM item_end WHERE day BETWEEN ?1 AND ?2 GROUP BY item, unit, kind";
        let ended = self.list("count the cases that ended", sql, days(), |row| {
            let of = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            Ok((of, row.get::<_, String>(2)?, row.get::<_, u64>(3)?))
        })?;
        for ((item, unit), meaning, cases) in ended {
            let category = policy.registry.items.get(&item).map_or("", |item| &item.category);
            if let Some(line) = lines.having(&item, &unit) {
                line.ended(parsed("how a case ended", &meaning)?, category, cases);
            }
        }
        for CardsGiven { unit, card, cases } in self.cards_by_unit(period)? {
            let line = lines.given(&unit, language);
            match card {
                Some(Card::Notice) => line.notice += cases,
                Some(Card::Yellow) => line.yellow += cases,
                Some(Card::Red) => line.red += cases,
                None => line.revoked += cases,
            }
        }
        let places =
            self.list("read the order of the units", "SELECT code FROM unit ORDER BY place", [], |row| {
                row.get(0)
            })?;
        let mut ordered: Vec<Line> =
            places.iter().filter_map(|code: &String| lines.by_unit.remove(code.as_str())).collect();
        ordered.extend(lines.by_unit.into_values().chain(lines.elsewhere.into_values()));
        Ok(ordered)
    }

    /// The units of whose items cases began in a period, whichever unit has them.
    fn units_whose_items_began<'p>(
        &self,
        policy: &'p Policy,
        period: Period,
    ) -> Result<BTreeSet<&'p str>, LedgerError> {
        let sql = "SELECT item FROM item_day WHERE day BETWEEN ?1 AND ?2 GROUP BY item HAVING sum(cases) > 0";
        let days = [period.from.to_string(), period.to.to_string()];
        let items = self.list("read of which items cases began", sql, days, |row| row.get::<_, String>(0))?;
        let items = items.iter().filter_map(|item| policy.registry.items.get(item));
        Ok(items.map(|item| item.unit.as_str()).collect())
    }

    fn pictured(&self, period: Period) -> Result<Vec<CoverageDay>, LedgerError> {
        let sql =
            "SELECT day, numerator, denominator FROM coverage_day WHERE measure = 'items' AND scope = 'all'
                       AND day BETWEEN ?1 AND ?2 ORDER BY day";
        let days = [period.from.to_string(), period.to.to_string()];
        let rows = self.list("read how coverage went", sql, days, |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        let step = rows.len().div_ceil(PICTURED).max(1);
        let mut days = Vec::new();
        for (back, (day, numerator, denominator)) in rows.into_iter().rev().enumerate() {
            if back % step == 0 {
                days.push(CoverageDay { day: parsed("a day", &day)?, numerator, denominator });
            }
        }
        days.reverse();
        Ok(days)
    }

    pub(super) fn moved_items(&self, period: Period) -> Result<Vec<Moved>, LedgerError> {
        let sql = "SELECT day, coalesce(item_name, item_code), coalesce(unit_name, ''), before, after FROM coverage_changes
                   WHERE day BETWEEN ?1 AND ?2 AND before IS NOT NULL AND (before = 'active') <> (after IS 'active') LIMIT 50";
        let days = [period.from.to_string(), period.to.to_string()];
        self.list("read which items came and left", sql, days, |row| {
            let (day, item, unit) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Moved { day, item, unit, before: row.get(3)?, after: row.get(4)? })
        })
    }

    /// How long the cases that were open at the end of a day had been so.
    fn ages(&self, day: NaiveDate) -> Result<[u64; 4], LedgerError> {
        let sql = "SELECT coalesce(sum(age <= 10), 0), coalesce(sum(age BETWEEN 11 AND 30), 0),
                       coalesce(sum(age BETWEEN 31 AND 90), 0), coalesce(sum(age > 90), 0)
                   FROM (SELECT julianday(?1) - julianday(first_on) AS age FROM \"case\"
                       WHERE first_on <= ?1 AND (ended_on IS NULL OR ended_on > ?1)
                       UNION ALL SELECT julianday(?1) - julianday(begun_on) FROM later_run
                       WHERE begun_on <= ?1 AND (ended_on IS NULL OR ended_on > ?1))";
        let ages = self.list("look how old the open cases are", sql, [day.to_string()], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?])
        })?;
        Ok(ages.first().copied().unwrap_or_default())
    }
}

/// The first instants of a period and of the day after it, as texts that sort with those of events.
pub(in crate::edge::ledger) fn instants(period: Period) -> [String; 2] {
    [period.from.to_string(), (period.to + Days::new(1)).to_string()]
}
