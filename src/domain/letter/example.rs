//! Letters of every kind about nothing in particular: what pages are tried with before they are put in force.

mod standing;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::digest::DigestInput;
use super::news::{News, Running};
use super::page::Pages;
use super::reach::Reach;
use super::{Away, Letter, LetterContext, alert, bulletin, digest};
use crate::domain::bulletin::{Bulletin, Compared, CoverageDay, Line, Period, RedCase, RuleLine};
use crate::domain::card::Card;
use crate::domain::clock::{LeftOut, Parts};
use crate::domain::count::Pause;
use crate::domain::finding::{Event, Standing};
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::moment::Moment;
use crate::domain::now::Now;
use crate::domain::plan::question::{Asks, Question};
use crate::domain::policy::Policy;
use crate::domain::registry::{Contact, Role};
use crate::domain::rules::time_limit;
use crate::domain::text::{Kept, Language, Sentence};

pub use standing::NAME;
use standing::moved;
pub(super) use standing::overview;

/// An alert with every kind of news, a digest and a bulletin, in every language.
pub fn letters(policy: &Policy, pages: &Pages, at: DateTime<FixedOffset>) -> Vec<Letter> {
    let now = &Now { instant: at, replay: false };
    let nobody = BTreeMap::new();
    let reach = Reach { today: now.today(), suspended: &nobody };
    let away = Some(&Away::Off { since: "2011-10-01 09:00".to_owned() });
    let context =
        LetterContext { policy, pages, id_domain: "example.org", workbook: |_| Vec::new(), reach, away, now };
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
        let few: Vec<&News> = news.iter().take(3).collect();
        letters.push(alert::letter(&Contact { role: Role::Handler, ..reader.clone() }, &few, context).letter);
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
        together: None,
        deadline: Some(running),
        found: Some(Moment::instant(at)),
        appealed: event == Event::Appealed,
        asks: question.is_some(),
        question,
        dispute: None,
        given: None,
    }
}

pub(super) fn found(day: NaiveDate) -> Bulletin {
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
        watched: true,
        period: Period::month_of(day),
        all: line.clone(),
        before: line.clone(),
        watched_before: true,
        rules: vec![RuleLine {
            rule: time_limit::ID.into(),
            notice: 1,
            yellow: 2,
            red: 1,
            revoked: 1,
            units: vec![NAME.into()],
        }],
    };
    Bulletin {
        sums,
        units: vec![line],
        supervised_from: Some(day),
        last_round_on: Some(NaiveDate::MAX),
        round_within: true,
        red: vec![RedCase {
            case_number: NAME.into(),
            item: NAME.into(),
            unit: NAME.into(),
            matter: NAME.into(),
            late: Some(NAME.into()),
            over: false,
        }],
        idle: vec![NAME.into()],
        coverage: vec![CoverageDay { day, numerator: 415, denominator: 610 }],
        moved: vec![moved(day)],
        ages: [1, 2, 3, 4],
    }
}
