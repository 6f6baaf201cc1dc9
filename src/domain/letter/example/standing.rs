//! How things stand, of nothing in particular: with something of everything.

use chrono::NaiveDate;

use crate::domain::bulletin::Moved;
use crate::domain::overview::{
    Cards, Cases, ClockCount, DueSoon, FallenCard, FaultOfLate, Figure, Letters, Missing, OverdueAnswer,
    Overview, PendingFinding, Quarantine, QuarantinedRow, RedCard, SilentItem, SourceHealth, UnitCards,
};

/// What stands in the examples where a name stands: markup that must come out as text.
pub const NAME: &str = "甲 <b>&\"'";

/// An item that left the coverage.
pub(super) fn moved(day: NaiveDate) -> Moved {
    Moved {
        day: day.to_string(),
        item: NAME.into(),
        unit: NAME.into(),
        before: Some("active".into()),
        after: Some("silent".into()),
    }
}

fn missing() -> Missing {
    let silent = SilentItem { item: NAME.into(), unit: NAME.into(), last_trace_on: None };
    let silent_items = vec![silent];
    Missing { silent: 1, unconnected: 1, exempt: 1, out_of_season: 1, out_of_force: 1, silent_items }
}

fn cards() -> Cards {
    Cards {
        open_red: 1,
        open_yellow: 2,
        open_notice: 3,
        red: 1,
        yellow: 2,
        notice: 3,
        revoked: 1,
        pending: 2,
        contested: 1,
        appealed: 1,
    }
}

/// How things stand, with something of everything.
pub(in crate::domain::letter) fn overview() -> Overview {
    let text = || NAME.to_owned();
    let cards = cards();
    let unit = UnitCards { code: text(), name: text(), red: 1, yellow: 2, notice: 3, open: 4, revoked: 1 };
    let figure = Figure {
        measure: text(),
        name: text(),
        numerator: 415,
        denominator: 610,
        unknown: 1,
        percent: Some(68.0),
        change: Some(-1.5),
    };
    let row = QuarantinedRow { source: text(), row: text(), case_number: None, reason: text() };
    Overview {
        as_of: text(),
        card_table: text(),
        policy: text(),
        cards,
        units: vec![unit],
        without_cards: vec![text()],
        red: vec![red()],
        due_soon: vec![DueSoon {
            case_number: text(),
            item: text(),
            unit: text(),
            clock: text(),
            due_at: text(),
        }],
        due_soon_count: 1,
        overdue_answers: vec![OverdueAnswer {
            case_number: text(),
            item: text(),
            unit: text(),
            card: text(),
            cards: 2,
            answer_due: text(),
        }],
        overdue_answer_count: 3,
        overdue_case_count: 2,
        pending: vec![pending()],
        pending_count: 2,
        fallen: vec![fallen()],
        fallen_count: 2,
        in_the_way: vec![in_the_way()],
        in_the_way_count: 2,
        coverage: vec![figure],
        missing: missing(),
        moved: vec![moved(NaiveDate::MIN)],
        clocks: vec![
            ClockCount { clock: "promise".into(), name: NAME.into(), cases: 1 },
            ClockCount { clock: "statutory".into(), name: NAME.into(), cases: 0 },
        ],
        sources: vec![source()],
        quarantine: Quarantine { open: 1, newest: vec![row] },
        cases: Cases { all: 3, open: 2, fault: 1 },
        letters: Letters { queued: 1, refused: 1, sent: 1, last_failure: Some(text()) },
        warnings: vec![text()],
        page_faults: vec![text()],
    }
}

fn red() -> RedCard {
    let text = || NAME.to_owned();
    RedCard {
        case_number: text(),
        item: text(),
        unit: text(),
        holder: Some(text()),
        matter: text(),
        late: Some(text()),
        answer_due: Some("2011-10-12".into()),
        ..RedCard::default()
    }
}

fn pending() -> PendingFinding {
    let text = || NAME.to_owned();
    PendingFinding { finding: 1, subject: text(), unit: text(), rule: text(), raised_at: text(), why: text() }
}

fn fallen() -> FallenCard {
    let text = || NAME.to_owned();
    FallenCard { finding: 1, subject: text(), unit: text(), card: text(), withdrawn_at: text(), why: text() }
}

fn in_the_way() -> FaultOfLate {
    let text = || NAME.to_owned();
    FaultOfLate { finding: 1, subject: text(), unit: text(), card: text(), why: text() }
}

fn source() -> SourceHealth {
    let text = || NAME.to_owned();
    SourceHealth {
        name: text(),
        state: "overdue".into(),
        message: Some(text()),
        last_read_at: Some(text()),
        changed_at: Some(text()),
        newest_at: Some(text()),
        complete_until: Some(text()),
        held_since: None,
        held_back: Some(1),
        dark_since: Some(text()),
        rows_read: 1,
        taken_for_nothing: Some(text()),
        garbled: Some(text()),
        passed_over: Some(text()),
        never_seen: Some(text()),
        days_only: Some(text()),
        another_zone: Some(text()),
        entered_before: Some(text()),
        alike_numbers: Some(text()),
        alike_count: 1,
    }
}
