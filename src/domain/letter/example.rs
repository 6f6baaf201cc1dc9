//! Letters of every kind about nothing in particular: what pages are tried with before they are put in force.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::digest::DigestInput;
use super::news::{News, Running};
use super::page::Pages;
use super::reach::Reach;
use super::{Letter, LetterContext, alert, bulletin, digest};
use crate::domain::bulletin::{Bulletin, Compared, CoverageDay, Line, Moved, Period, RuleLine};
use crate::domain::card::Card;
use crate::domain::clock::{LeftOut, Parts};
use crate::domain::count::Pause;
use crate::domain::finding::{Event, Standing};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::overview::{
    Cards, Cases, ClockCount, DueSoon, FallenCard, Figure, Letters, Missing, OverdueAnswer, Overview,
    PendingFinding, Quarantine, QuarantinedRow, SilentItem, SourceHealth, UnitCards,
};
use crate::domain::plan::question::{Asks, Question};
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::rules::time_limit;
use crate::domain::text::{Kept, Language, Sentence};

/// What stands in the examples where a name stands: markup that must come out as text.
pub const NAME: &str = "甲 <b>&\"'";

/// An alert with every kind of news, a digest and a bulletin, in every language.
pub fn letters(policy: &Policy, pages: &Pages, at: DateTime<FixedOffset>) -> Vec<Letter> {
    let now = &Now { instant: at, replay: false };
    let nobody = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &nobody };
    let away = Some("2011-10-01 09:00");
    let context = LetterContext { policy, pages, id_domain: "example.org", reach, away, now };
    let news: Vec<News> = [
        Event::Raised,
        Event::Ordered,
        Event::Revoked,
        Event::Moved,
        Event::Reminded,
        Event::Unanswered,
        Event::Contested,
        Event::Appealed,
    ]
    .map(|event| piece(event, at))
    .into();
    let mut letters = Vec::new();
    for (language, ..) in Language::ALL {
        let reader = &reader(*language);
        letters.push(alert::letter(reader, &news.iter().collect::<Vec<_>>(), context).letter);
        let (overview, month) = (overview(), found(now.today()).sums);
        let morning = DigestInput { overview, month, readers: Vec::new() };
        letters.push(digest::write(reader, &morning, &context).letter);
        let found = &found(now.today());
        let issue = bulletin::Issue { bulletin: found, attachments: Vec::new(), painted: Vec::new() };
        letters.push(bulletin::write(reader, &issue, &context).letter);
    }
    letters
}

/// A reader of letters.
pub fn reader(language: Language) -> Contact {
    Contact {
        unit: None,
        region: None,
        role: Role::Supervisor,
        name: NAME.into(),
        address: "reader@example.org".into(),
        language,
        valid_from: None,
        valid_until: None,
        stand_in: None,
    }
}

/// A piece of news of one kind.
pub fn piece(event: Event, at: DateTime<FixedOffset>) -> News {
    let said = || Kept::from(Sentence { zh: NAME.into(), en: NAME.into() });
    let running = Running {
        started: Moment::instant(at),
        limit: Limit::Span { amount: 20, unit: LimitUnit::WorkingDays },
        due: Some(Moment::instant(at)),
        clock: "promise".into(),
        stopped: None,
        paused_since: None,
        parts: Parts {
            left_out: [true, false]
                .map(|special| LeftOut {
                    pause: Pause { from: Moment::instant(at), to: Moment::instant(at) },
                    special,
                    open: false,
                })
                .into(),
            extensions: vec![Limit::Span { amount: 10, unit: LimitUnit::WorkingDays }],
        },
        provisional: false,
    };
    let asks = match event {
        Event::Contested => Some(Asks::Withdrawal),
        Event::Appealed => Some(Asks::Objection),
        _ => None,
    };
    let question = asks.map(|asks| Question { asks, since: Moment::instant(at), told: None });
    News {
        event_id: 1,
        finding: 1,
        stands_for: Vec::new(),
        event,
        subject: format!("{event} {NAME}"),
        display: Some(NAME.into()),
        rule: time_limit::ID.into(),
        clock: "promise".into(),
        card: if event == Event::Raised { Card::Red } else { Card::Yellow },
        standing: Standing::Open,
        why: said(),
        note: Some((Some(NAME.into()), said())),
        answer_due: Some(Moment::instant(at)),
        order_due: Some(Moment::instant(at)),
        order_failed: false,
        silenced: Some(at.date_naive()),
        told: Vec::new(),
        unit: Some(NAME.into()),
        holder: None,
        source: Some(NAME.into()),
        item: Some(NAME.into()),
        deadline: Some(running),
        found: Some(Moment::instant(at)),
        asks: question.is_some(),
        question,
        dispute: None,
        given: None,
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
pub(super) fn overview() -> Overview {
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
            unit: text(),
            card: text(),
            answer_due: text(),
        }],
        overdue_answer_count: 2,
        pending: vec![pending()],
        pending_count: 2,
        fallen: vec![fallen()],
        fallen_count: 2,
        coverage: vec![figure],
        missing: missing(),
        moved: found(NaiveDate::MIN).moved,
        clocks: vec![
            ClockCount { clock: "promise".into(), name: NAME.into(), cases: 1 },
            ClockCount { clock: "statutory".into(), name: NAME.into(), cases: 0 },
        ],
        sources: vec![source()],
        quarantine: Quarantine { open: 1, newest: vec![row] },
        cases: Cases { all: 3, open: 2, fault: 1 },
        letters: Letters { queued: 1, refused: 1, sent: 1, last_failure: Some(text()) },
        warnings: vec![text()],
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
        held_back: Some(1),
        held_since: None,
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

fn found(day: NaiveDate) -> Bulletin {
    let line = Line {
        name: NAME.into(),
        begun: 5,
        closed: 3,
        yellow: 2,
        red: 1,
        notice: 1,
        revoked: 1,
        ..Line::default()
    };
    let sums = Compared {
        period: Period::month_of(day),
        all: line.clone(),
        before: line.clone(),
        watched_before: true,
        rules: vec![RuleLine { rule: time_limit::ID.into(), notice: 1, yellow: 2, red: 1, revoked: 1 }],
    };
    Bulletin {
        sums,
        units: vec![line],
        idle: vec![NAME.into()],
        coverage: vec![CoverageDay { day, numerator: 415, denominator: 610 }],
        moved: vec![Moved {
            day: day.to_string(),
            item: NAME.into(),
            unit: NAME.into(),
            before: Some("active".into()),
            after: Some("silent".into()),
        }],
        ages: [1, 2, 3, 4],
    }
}
