//! A silence (静默): for a while nobody is told of what it covers. It has an author, a reason, a scope and an end.

use crate::domain::finding::Event;
use chrono::{Days, NaiveDate};

use crate::domain::text::{Text, say};

use super::letter::news::News;
use super::registry::Registry;
use super::rules;

/// A silence lasts so many civil days at most.
pub const LONGEST_DAYS: u64 = 90;

/// A silence. What it leaves open it covers: at least one of its four marks is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Silence {
    /// Its row in the ledger; 0 before it has one.
    pub id: i64,
    /// Who set it.
    pub by: String,
    /// Why.
    pub why: String,
    /// The last day on which it holds.
    pub until: NaiveDate,
    /// Code of a unit.
    pub unit: Option<String>,
    /// Code of an item.
    pub item: Option<String>,
    /// Id of a rule.
    pub rule: Option<String>,
    /// Number of a case, name of a source.
    pub subject: Option<String>,
}

impl Silence {
    /// What it covers, by the names that people know.
    pub fn scope(&self, registry: &Registry) -> Text {
        let unit =
            |code: &String| registry.units.get(code).map_or_else(|| code.into(), |it| Text::from(&it.name));
        let item =
            |code: &String| registry.items.get(code).map_or_else(|| code.into(), |it| Text::from(&it.name));
        let parts = [
            self.unit.as_ref().map(unit),
            self.item.as_ref().map(item),
            self.rule.as_deref().map(rules::name),
            self.subject.as_ref().map(Text::from),
        ];
        Text::list(parts.into_iter().flatten(), "list-comma")
    }

    /// Whether it covers a piece of news. A withdrawn card is always told: whoever was told of the card is to know.
    pub fn hides(&self, news: &News) -> bool {
        let covers = |mark: &Option<String>, value: Option<&str>| {
            mark.as_deref().is_none_or(|mark| value == Some(mark))
        };
        news.event != Event::Revoked
            && covers(&self.unit, news.unit.as_deref())
            && covers(&self.item, news.item.as_deref())
            && covers(&self.rule, Some(&news.rule))
            && covers(&self.subject, Some(&news.subject))
    }

    /// Whether it may be set on a day.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn allowed(&self, today: NaiveDate) -> Result<(), Text> {
        if [&self.unit, &self.item, &self.rule, &self.subject].iter().all(|mark| mark.is_none()) {
            return Err(say!("wrong-silence_all"));
        }
        let last = today + Days::new(LONGEST_DAYS);
        if self.until < today || self.until > last {
            return Err(say!("wrong-silence_until", last, days = LONGEST_DAYS));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It may be set to end today and on the ninetieth day to come; yesterday and the day after that it may not.
    #[test]
    fn a_silence_ends_within_ninety_days() {
        let today: NaiveDate = "2011-10-14".parse().unwrap();
        let allowed =
            |until| Silence { until, unit: Some("U1".into()), ..Silence::default() }.allowed(today).is_ok();
        assert!(!allowed(today - Days::new(1)) && allowed(today) && allowed(today + Days::new(1)));
        let last = today + Days::new(LONGEST_DAYS);
        assert!(allowed(last - Days::new(1)) && allowed(last) && !allowed(last + Days::new(1)));
    }
}
