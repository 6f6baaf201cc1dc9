//! The open red cards by name, with whose turn it is.

use super::named::{Named, line, named, written};
use crate::domain::days::Days;
use crate::domain::letter::page::phrase;
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::overview::{Overview, RedCard};
use crate::domain::text::Language;

/// The list: case, item, unit, how late, whose turn.
pub(super) fn red_cards(days: Days, overview: &Overview, now: &Now) -> Option<Named> {
    let lines = overview.red.iter().map(|card| red_card(days, card, now)).collect();
    named(days.language, ["red_cards_all", "red_cards_first"], lines, overview.cards.open_red)
}

fn red_card(days: Days, card: &RedCard, now: &Now) -> Vec<String> {
    let late = match &card.late {
        Some(late) => {
            let late = if days.language == Language::Chinese { late.replace(' ', "") } else { late.clone() };
            phrase(days.language, "digest", "red_late", &[("matter", &card.matter), ("late", &late)])
        }
        None => card.matter.clone(),
    };
    line([&*card.case_number, &card.item, &card.unit, &late, &turn(days, card, now)])
}

/// Whose turn it is: the supervisor's where he decides, else that of the unit that is ordered to finish, to answer, to finish.
fn turn(days: Days, card: &RedCard, now: &Now) -> String {
    let finishes = card.holder.as_ref().unwrap_or(&card.unit);
    let (due, over) = match card.order_due.as_ref().or(card.answer_due.as_ref()) {
        Some(due) => (written(days, due), is_over(due, now)),
        None => (String::new(), false),
    };
    let name = match card {
        _ if card.contested => "turn_withdrawal",
        _ if card.appealed => "turn_objection",
        _ if card.order_due.is_some() && over => "turn_order_over",
        _ if card.order_due.is_some() => "turn_ordered",
        _ if card.answered || card.answer_due.is_none() => "turn_finish",
        _ if over => "turn_answer_over",
        _ => "turn_answer",
    };
    let values = [("unit", &*card.unit), ("holder", finishes), ("due", &due)];
    phrase(days.language, "digest", name, &values)
}

/// Whether a day or a moment has passed; a day has when it is over.
fn is_over(due: &str, now: &Now) -> bool {
    match due.parse::<chrono::NaiveDate>() {
        Ok(day) => day < now.today(),
        Err(_) => chrono::DateTime::parse_from_rfc3339(due)
            .is_ok_and(|due| Moment::instant(now.instant).order(&Moment::instant(due)).is_gt()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> RedCard {
        RedCard {
            case_number: "A-1".into(),
            item: "施工许可".into(),
            unit: "甲局".into(),
            matter: "法定时限".into(),
            late: Some("3 个工作日".into()),
            answer_due: Some("2011-11-02".into()),
            ..RedCard::default()
        }
    }

    fn said(card: &RedCard) -> Vec<String> {
        let instant = chrono::DateTime::parse_from_rfc3339("2011-11-02T08:30:00+08:00").unwrap();
        let now = Now { instant, replay: false };
        red_card(Days { language: Language::Chinese, today: now.today() }, card, &now)
    }

    /// Whose turn it is: the unit's up to the day by which to answer, that day included; the supervisor's where he decides; who
    /// has the case finishes it.
    #[test]
    fn a_red_card_says_how_late_it_is_and_whose_turn() {
        let first = said(&card());
        assert_eq!(first[..4], ["A-1", "施工许可", "甲局", "法定时限超期3个工作日"]);
        let turn = |card: RedCard| said(&card).pop().unwrap();
        let answer = |due: &str| turn(RedCard { answer_due: Some(due.into()), ..card() });
        assert_eq!(answer("2011-11-03"), "待甲局于11月3日前反馈");
        assert_eq!(answer("2011-11-02"), "待甲局于11月2日前反馈", "the day itself is in time");
        assert_eq!(answer("2011-11-01"), "甲局应于11月1日前反馈，已逾期");
        assert_eq!(turn(RedCard { answered: true, ..card() }), "待甲局办结");
        let elsewhere = RedCard { answered: true, holder: Some("乙局".into()), ..card() };
        assert_eq!(turn(elsewhere), "待乙局办结");
        assert_eq!(turn(RedCard { appealed: true, ..card() }), "申诉待监察人员决定");
        assert_eq!(turn(RedCard { contested: true, appealed: true, ..card() }), "是否撤销待监察人员核定");
        let ordered = |due: &str| turn(RedCard { order_due: Some(due.into()), ..card() });
        assert_eq!(ordered("2011-11-04"), "督办中，待甲局于11月4日前落实");
        assert_eq!(ordered("2011-11-02T08:30:00+08:00"), "督办中，待甲局于11月2日08:30前落实");
        assert_eq!(ordered("2011-11-02T08:29:00+08:00"), "督办期限11月2日08:29已过，待甲局落实");
        let other = RedCard { matter: "收费不符".into(), late: None, ..card() };
        assert_eq!(said(&other)[3], "收费不符");
    }
}
