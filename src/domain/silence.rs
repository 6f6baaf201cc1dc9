//! A silence (静默): for a while nobody is told of what it covers. It has an author, a reason, a scope and an end.

use crate::domain::finding::Event;
use chrono::{Days, NaiveDate};

use super::letter::news::News;

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
    pub fn allowed(&self, today: NaiveDate) -> Result<(), String> {
        if [&self.unit, &self.item, &self.rule, &self.subject].iter().all(|mark| mark.is_none()) {
            return Err("it would silence everything: name a unit, an item, a rule or a case".into());
        }
        let last = today + Days::new(LONGEST_DAYS);
        if self.until < today || self.until > last {
            return Err(format!("it must end between today and {last}: {LONGEST_DAYS} days at most"));
        }
        Ok(())
    }
}
