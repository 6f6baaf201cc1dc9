//! A change of what judges that no person was asked of: it is in force, and is said for some days.

use chrono::{Days, NaiveDate};

use super::Effect;
use crate::domain::calendar::Calendar;
use crate::domain::policy::Changed;
use crate::domain::text::{Text, say};

/// For so many days, the first among them, it is said.
const SAID_DAYS: u64 = 7;

/// How far back such a change may lie that is yet to be said: no row of days off is longer, in days.
pub const LOOKED_BACK: u32 = 60;

/// A change that went into force by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    /// The day on which it went into force.
    pub on: NaiveDate,
    /// What changed.
    pub changed: Changed,
    /// What it did, as foreseen.
    pub effect: Effect,
}

impl Unasked {
    /// Whether it is to be said: it moved something, and lies less than a week back, or no day was worked since, on which a digest
    /// could have said it.
    pub fn stands(&self, calendar: &Calendar, today: NaiveDate) -> bool {
        let between = || self.on.iter_days().skip(1).take_while(|day| *day < today);
        let unsaid = || between().all(|day| calendar.is_working(day).is_ok_and(|worked| !worked));
        self.effect.touched() > 0 && (today < self.on + Days::new(SAID_DAYS) || unsaid())
    }

    /// What changed, since when, and what it did.
    pub fn text(&self) -> Text {
        let did = Text::list(self.effect.did(), "list-semicolon");
        say!("change-in_force", what = self.changed.text(), on = self.on, did)
    }
}

impl Effect {
    /// What it did, in parts of a sentence: due days, cards, whatever else.
    fn did(&self) -> Vec<Text> {
        let Self { due_moved, due_later, due_earlier, raised, withdrawn, higher, lower, .. } = *self;
        let due = match due_later + due_earlier {
            _ if due_moved == 0 => None,
            // Clocks that came or went, or an effect that another version of the program wrote.
            0 => Some(say!("change-due", cases = due_moved)),
            _ => Some(say!("change-due_ways", cases = due_moved, later = due_later, earlier = due_earlier)),
        };
        let cards = (raised + withdrawn + higher + lower > 0)
            .then(|| say!("change-cards", raised, withdrawn, higher, lower));
        // What other changes moved is said of them.
        let alone = Self { let_through: 0, ..self.clone() };
        due.into_iter().chain(cards).chain(alone.also()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Language;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn change(effect: Effect) -> Unasked {
        Unasked { on: day("2025-03-10"), changed: Changed::Calendar, effect }
    }

    fn later(cases: u64) -> Effect {
        Effect { due_moved: cases, due_later: cases, ..Effect::default() }
    }

    fn plain() -> Calendar {
        crate::edge::config::calendar::embedded()
    }

    /// The first day, the sixth, the seventh, the eighth.
    #[test]
    fn it_is_said_for_a_week() {
        let stands = |today| change(later(8)).stands(&plain(), day(today));
        let days = ["2025-03-10", "2025-03-15", "2025-03-16", "2025-03-17", "2026-03-10"];
        assert_eq!(days.map(stands), [true, true, true, false, false]);
    }

    /// Whoever changes the calendar on the eve of a long holiday is not spared the first digest after it: 30 September 2025, and
    /// 9 October is the first day worked.
    #[test]
    fn over_a_holiday_it_is_said_until_a_digest_could_say_it() {
        let eve = Unasked { on: day("2025-09-30"), ..change(later(8)) };
        let stands = |today| eve.stands(&plain(), day(today));
        assert_eq!(["2025-10-07", "2025-10-09", "2025-10-10"].map(stands), [true, true, false]);
    }

    /// What moved nothing says nothing; a card alone, or a due day alone, does.
    #[test]
    fn what_moved_nothing_is_not_said() {
        let stands = |effect| change(effect).stands(&plain(), day("2025-03-11"));
        assert!(!stands(Effect { cases: 9, open: 9, let_through: 3, left_alone: 2, ..Effect::default() }));
        for effect in [
            later(1),
            Effect { due_moved: 1, ..Effect::default() },
            Effect { raised: 1, ..Effect::default() },
            Effect { withdrawn: 1, ..Effect::default() },
            Effect { put_off: 1, ..Effect::default() },
        ] {
            assert!(stands(effect.clone()), "{effect:?}");
        }
    }

    /// It names what changed, since when, how many cases are due later and earlier, and the cards.
    #[test]
    fn it_says_what_changed_and_what_that_did() {
        let effect = Effect {
            due_moved: 9,
            due_later: 8,
            due_earlier: 1,
            raised: 2,
            withdrawn: 3,
            let_through: 4,
            ..Effect::default()
        };
        let text = change(effect).text();
        assert_eq!(
            text.words(Language::Chinese),
            "工作日历有改动，自2025-03-10起自动生效，未经人工确认。生效时推算：9件办件的到期日变动（推迟8件、提前1件）；\
             监察牌新增2张、撤销3张、升级0张、降级0张"
        );
        assert_eq!(
            text.words(Language::English),
            "the calendar was changed; this is in force since 2025-03-10, and no person adopted it. It did this, as foreseen then: \
             due days moved on 9 cases (8 later, 1 earlier); cards: 2 new, 3 withdrawn, 0 graver, 0 milder"
        );
        let alone = change(Effect { withdrawn: 3, ..Effect::default() }).text().words(Language::Chinese);
        assert!(!alone.contains("到期日") && alone.contains("撤销3张"), "{alone}");
        let came = change(Effect { due_moved: 2, ..Effect::default() }).text().words(Language::Chinese);
        assert!(came.ends_with("2件办件的到期日变动"), "{came}");
    }
}
