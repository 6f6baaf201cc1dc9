//! One answer with its count, for people and for programs.

use serde_json::{Value, json};

use super::typed::written;
use crate::domain::calendar::Calendar;
use crate::domain::clock::Excess;
use crate::domain::count::{Asked, Counting, Due, Step, What};
use crate::domain::statute::Statute;
use crate::domain::text::Language;

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
    pub(super) fn text(&self, chinese: bool) -> String {
        let due = written(&self.due.at);
        let known = self.calendar.known();
        let (first, last, version) = (known.start(), known.end(), self.calendar.version());
        let mut text = if chinese { format!("到期 {due}\n") } else { format!("Due {due}\n") };
        if let Some(rule) = self.statute {
            let (law, article) =
                (rule.law.words(Language::of(chinese)), rule.article.words(Language::of(chinese)));
            let limit = rule.limit.text().words(Language::of(chinese));
            text += &if chinese {
                format!("依据 《{law}》{article}：{limit}（{}）\n", rule.id)
            } else {
                format!("By {law}, {article}: {limit} ({})\n", rule.id)
            };
        }
        if let Some(excess) = &self.excess {
            text += &excess.text().words(Language::of(chinese));
            text.push('\n');
        }
        if self.due.provisional {
            text += &if chinese {
                format!(
                    "暂定：日历载有 {first} 至 {last} 的放假安排，其外按周一至周五计算，安排公布后可能变动\n"
                )
            } else {
                format!(
                    "Provisional: holidays are known from {first} to {last}; days beyond are counted Monday to Friday\n"
                )
            };
        }
        text += &if chinese {
            format!(
                "算法 {}\n日历 {first} 至 {last}，版本 {version}\n\n",
                self.counting.text(self.asked.limit).words(Language::Chinese)
            )
        } else {
            format!(
                "Counted {}\nCalendar {first} to {last}, version {version}\n\n",
                self.counting.text(self.asked.limit).words(Language::English)
            )
        };
        for step in &self.steps {
            text += &step.text().words(Language::of(chinese));
            text.push('\n');
        }
        text
    }

    pub(super) fn json(&self, chinese: bool) -> String {
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
            "steps": self.steps.iter().map(|step| data(step, chinese)).collect::<Vec<_>>(),
        });
        format!("{answer:#}\n")
    }
}

fn data(step: &Step, chinese: bool) -> Value {
    let mut value = json!({
        "from": step.from.to_string(),
        "to": step.to.to_string(),
        "what": step.what.word(),
        "name": step.name,
        "make_up": step.make_up,
        "text": step.text().words(Language::of(chinese)),
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
