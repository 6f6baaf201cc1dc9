//! The list that goes with a mail of many cases: every piece of news with all that is known of it, and the count day by day.

use super::writer::{LISTED, Writer};
use crate::domain::letter::news::News;
use crate::domain::letter::page::Pages;
use crate::domain::letter::sheet::{Cell, Sheet};
use crate::domain::rules;

/// Cases whose days are listed: some 30 lines each.
const COUNTED: usize = 300;

impl Writer<'_> {
    /// The sheets of the list: the cases, and for who does the work their counts day by day.
    pub(super) fn sheets(&self, groups: &[Vec<&News>], pages: &Pages) -> Vec<Sheet> {
        let cells = |row: Vec<String>| row.into_iter().map(|text| Cell::text(&pages.masked(text))).collect();
        let columns = [
            "card", "case", "item", "unit", "rule", "limit", "basis", "started", "due", "state", "count",
            "todo",
        ];
        let news = groups.iter().take(LISTED).flatten();
        let days =
            groups.iter().take(COUNTED).flatten().filter_map(|news| Some((news, self.day_by_day(news)?)));
        let days = days.flat_map(|(news, counted)| {
            let line = |day| vec![self.subject_of(news), counted.name.clone(), day];
            counted.days.into_iter().map(line).collect::<Vec<_>>()
        });
        let sheet = |name: &str, columns: &[&str], rows: Vec<Vec<Cell>>| {
            let (name, day) = (self.say(name, &[]), self.days().day(self.now.today()));
            let title = format!("{name} {day}");
            Sheet { name, title, headings: columns.iter().map(|name| self.say(name, &[])).collect(), rows }
        };
        let list = sheet("list", &columns, news.map(|news| cells(self.row(news))).collect());
        let days = sheet("day_by_day", &["case", "limit", "day"], days.map(cells).collect());
        [list, days].into_iter().filter(|sheet| !sheet.rows.is_empty()).collect()
    }

    fn row(&self, news: &News) -> Vec<String> {
        let running = news.deadline.as_ref();
        let due = running.and_then(|running| running.due);
        let count = running.zip(due).map(|(running, due)| self.count(news, running, due));
        vec![
            self.mark(news),
            self.subject_of(news),
            self.item(news),
            self.unit(news),
            rules::name(&news.rule).words(self.language),
            running.map(|running| running.limit.text().words(self.language)).unwrap_or_default(),
            self.basis(news).filter(|_| running.is_some()).unwrap_or_default(),
            running.map(|running| running.started.to_the_minute()).unwrap_or_default(),
            due.map(|due| due.to_the_minute()).unwrap_or_default(),
            self.reason(news),
            count.unwrap_or_default(),
            self.todo(news),
        ]
    }
}
