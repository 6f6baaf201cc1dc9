//! A rule of the law as JSON.

use serde_json::{Value, json};

use crate::domain::statute::{Mark, PauseTime, Statute};

pub(super) fn as_json(rule: &Statute) -> Value {
    let written = |marks: &[Mark]| -> Vec<String> { marks.iter().map(ToString::to_string).collect() };
    let exclusion = rule.exclusion.as_ref().map(|it| {
        let limit = it.limit.as_ref().map(ToString::to_string);
        let time = |it: &PauseTime| json!({ "cause": it.cause, "limit": it.limit.to_string(), "basis": it.basis });
        let times: Vec<Value> = it.times.iter().map(time).collect();
        json!({ "causes": it.causes, "article": it.article, "notice_required": it.notice_required, "limit": limit,
                "times": times, "keeper": it.keeper.word() })
    });
    let extension = rule.extension.as_ref().map(|it| {
        let by = it.by.to_string();
        json!({ "by": by, "times": it.times, "approver": it.approver.zh, "approver_en": it.approver.en })
    });
    json!({
        "rule": rule.id, "law": rule.law.zh, "law_en": rule.law.en,
        "article": rule.article.zh, "article_en": rule.article.en,
        "step": rule.step.zh, "step_en": rule.step.en, "follows": rule.follows,
        "valid_from": rule.valid_from.to_string(), "valid_to": rule.valid_to.map(|day| day.to_string()),
        "starts": written(&rule.starts), "stops": written(&rule.stops),
        "limit": rule.limit.to_string(), "direction": rule.direction.word(),
        "start_day_counts": rule.start_day_counts, "roll_last_day": rule.roll_last_day,
        "unit_source": rule.unit_source.word(), "pauses": exclusion, "extension": extension,
        "keeper": rule.keeper.word(), "conditional": rule.conditional, "covered_by": rule.covered_by,
        "correction": rule.correction.word(), "on_expiry": rule.on_expiry.word(),
        "note": rule.note.zh, "note_en": rule.note.en, "source": rule.source, "grade": rule.grade.to_string(),
    })
}
