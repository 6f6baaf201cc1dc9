//! One answer with its count, for people and for programs.

use serde_json::{Value, json};

use super::typed::written;
use crate::domain::calendar::Calendar;
use crate::domain::clock::Excess;
use crate::domain::count::{Asked, Counting, Due, Step, What};
use crate::domain::statute::Statute;
use crate::domain::text::{Language, Text, say};

/// A due moment with everything that led there.
pub(super) struct Answer<'a> {
    pub due: Due,
    pub steps: Vec<Step>,
    pub asked: Asked<'a>,
    pub calendar: &'a Calendar,
    pub counting: &'a Counting,
    /// The rule of the law it was asked by.
    pub statute: Option<&'a Statute>,
    /// More was paused than its clause leaves out.
    pub excess: Option<Excess>,
}

impl Answer<'_> {
    pub(super) fn text(&self, language: Language) -> String {
        let known = self.calendar.known();
        let (first, last, version) = (*known.start(), *known.end(), self.calendar.version());
        let mut lines = vec![say!("due-due", due = written(&self.due.at))];
        lines.extend(self.statute.map(|rule| {
            let (law, article) = (rule.law.clone(), rule.article.clone());
            say!("due-by_law", law, article, limit = rule.limit.text(), rule = &rule.id)
        }));
        lines.extend(self.excess.as_ref().map(Excess::text));
        if self.due.provisional {
            lines.push(say!("due-provisional", first, last));
        }
        lines.push(say!("due-counted", counting = self.counting.text(self.asked.limit)));
        lines.push(say!("due-calendar", first, last, version));
        lines.push(Text::from(""));
        lines.extend(self.steps.iter().map(Step::text));
        lines.iter().map(|line| line.words(language) + "\n").collect()
    }

    pub(super) fn json(&self, language: Language) -> String {
        let asked = &self.asked;
        let known = self.calendar.known();
        let pauses: Vec<_> =
            asked.pauses.iter().map(|pause| json!([pause.from.to_string(), pause.to.to_string()])).collect();
        let answer = json!({
            "due": written(&self.due.at),
            "provisional": self.due.provisional,
            "start": asked.start.to_string(),
            "limit": asked.limit.to_string(),
            "law": self.statute.map(|rule| {
                json!({ "rule": rule.id, "law": rule.law.zh, "article": rule.article.zh, "source": rule.source })
            }),
            "extensions": asked.extensions.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "pauses": pauses,
            "settings": {
                "start_day_counts": self.counting.start_day_counts,
                "roll_last_day": self.counting.roll_last_day,
                "day_end": self.counting.day_end.word(),
                "rest_day_moves": self.counting.rest_day_moves,
                "after_hours_moves": self.counting.after_hours_moves,
                "pause_ends": self.counting.pause_ends.word(),
                "hours": self.counting.hours.to_string(),
            },
            "calendar": {
                "known_from": known.start().to_string(),
                "known_to": known.end().to_string(),
                "version": self.calendar.version(),
            },
            "steps": self.steps.iter().map(|step| data(step, language)).collect::<Vec<_>>(),
        });
        format!("{answer:#}\n")
    }
}

fn data(step: &Step, language: Language) -> Value {
    let mut value = json!({
        "from": step.from.to_string(),
        "to": step.to.to_string(),
        "what": step.what.word(),
        "name": step.name,
        "make_up": step.make_up,
        "text": step.text().words(language),
    });
    match &step.what {
        What::Counted { first, last, of } => {
            (value["first"], value["last"], value["of"]) = (json!(first), json!(last), json!(of));
        }
        What::Worked { sum, of, .. } => (value["seconds"], value["of"]) = (json!(sum), json!(of)),
        _ => {}
    }
    value
}
