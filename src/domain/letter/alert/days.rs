//! The count of a limit day by day, for who does the work: the same that `explain` prints.

use serde::Serialize;

use super::writer::{Reader, Writer};
use crate::domain::count::{Asked, Pause, Step, StepWords};
use crate::domain::letter::news::News;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;
use crate::domain::rules::time_limit;
use crate::domain::text::{Text, say};

/// A count day by day.
#[derive(Debug, Serialize)]
pub(super) struct DayByDay {
    /// The name of its clock.
    pub name: String,
    /// Its days, in order; days in a row of which the same is to be said stand in one line.
    pub days: Vec<String>,
}

impl Writer<'_> {
    /// The count of a finding's limit, for the unit; nothing where its due day is not counted forward, or where the count does not
    /// end on the day that the letter names, as two days would contradict one another.
    pub(super) fn day_by_day(&self, news: &News) -> Option<DayByDay> {
        let timed = news.rule == time_limit::ID && !news.is_withdrawal() && !news.asks;
        let running = news.deadline.as_ref().filter(|_| timed && self.reader == Reader::Unit)?;
        let due = running.due?;
        let clock = self.clock(news);
        if matches!(running.limit, Limit::RecordDate(_)) || clock.is_some_and(|clock| clock.is_counted_back())
        {
            return None;
        }
        let counting = clock.map_or(&self.policy.counting, |clock| &clock.counting);
        let pauses: Vec<Pause> = running.parts.left_out.iter().map(|it| it.pause).collect();
        let (start, limit, extensions) = (running.started, &running.limit, &running.parts.extensions[..]);
        let asked = Asked { start, limit, extensions, pauses: &pauses };
        let (calendar, zone) = (self.calendar(news), self.policy.zone);
        let counted: Moment = counting.due(calendar, zone, &asked).ok()?.at;
        let steps = counting.steps(calendar, zone, &asked).ok().filter(|_| counted.order(&due).is_eq())?;
        let part = |text: Text| self.close(self.written(&text.words(self.language)));
        let said = |step: &Step| {
            let StepWords { days, nature, what } = step.parts();
            let (days, what) = (part(days), part(what));
            let line = match nature.map(part) {
                Some(nature) => say!("alert-day_two", days, nature, what),
                None => say!("alert-day_one", days, what),
            };
            line.words(self.language)
        };
        Some(DayByDay { name: self.matter(news), days: steps.iter().map(said).collect() })
    }
}
