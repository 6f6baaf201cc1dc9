//! `jianchad plan`: who would be sent what, when and why, before anything is sent.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::NaiveDate;
use clap::Args;
use serde_json::json;

use super::table::List;
use super::{Common, Show};
use crate::domain::card::Card;
use crate::domain::finding::{Event, Standing};
use crate::domain::letter::news::News;
use crate::domain::letter::reach::Reach;
use crate::domain::letter::route::{recipients, why_told};
use crate::domain::letter::untold::Told;
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::registry::Contact;
use crate::domain::rules::time_limit;
use crate::domain::text::{Kept, Language, say};
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::Failure;

/// Who would be sent what, when and why. Nothing is sent, and nothing is noted.
#[derive(Debug, Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    show: Show,
    /// By unit and card whoever would be told, whether or not there is a card.
    #[arg(long)]
    routes: bool,
}

impl Plan {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = self.common.to_read(self.show.lang_option.language())?;
        let now = SystemClock::new(config.policy.zone).now();
        let language = self.show.lang_option.language();
        if self.routes {
            let reach = Reach { today: now.today(), suspended: &BTreeMap::new() };
            return routes(&config.policy, &reach, language).write(self.show.format(), out);
        }
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        super::attribution::say_if_held(&ledger, language)?;
        let suspended = ledger.muted(&now)?;
        let reach = Reach { today: now.today(), suspended: &suspended };
        let columns = [
            ("when", say!("column-when")),
            ("to", say!("column-recipient")),
            ("address", say!("column-address")),
            ("what", say!("column-what")),
            ("why", say!("column-why")),
        ];
        let mut list = List::new(columns, language).leaving_out(&["why", "address"]);
        waiting(&ledger, language, &mut list)?;
        let silences = ledger.silences_on(now.today())?;
        let newest = ledger.newest_event()?;
        for (told, when) in
            [(Told::Cards, opening(&config.policy, &now)), (Told::Notices, opening(&config.policy, &now))]
        {
            let mut readers: BTreeMap<(String, String, String), u64> = BTreeMap::new();
            let mut untold = ledger.untold(told, newest)?;
            untold.retain(|_, news| {
                let hiding = silences.iter().find(|line| line.silence.hides(news));
                if let Some(line) = hiding {
                    let why = say!("plan-silenced", until = line.silence.until).words(language);
                    *readers.entry(("—".into(), String::new(), why)).or_default() += 1;
                }
                hiding.is_none()
            });
            ledger.referred_together(&mut untold)?;
            for news in untold.values() {
                for contact in recipients(&config.policy, news, &reach) {
                    let why = why_told(&config.policy, contact, news, &reach).words(language);
                    *readers.entry((contact.name.clone(), contact.address.clone(), why)).or_default() += 1;
                }
            }
            for ((name, address, why), count) in readers {
                let what = match told {
                    Told::Cards => say!("plan-cards", count).words(language),
                    Told::Notices => say!("plan-notices", count).words(language),
                };
                list.push(vec![json!(when), json!(name), json!(address), json!(what), json!(why)]);
            }
        }
        list.write(self.show.format(), out)
    }
}

/// The letters that lie in the outbox.
fn waiting(ledger: &Ledger, language: Language, list: &mut List) -> Result<(), Failure> {
    for letter in ledger.letters_waiting()? {
        let when = letter
            .next_try_at
            .map_or_else(|| say!("plan-waiting").words(language), |at| at.chars().take(16).collect());
        list.push(vec![
            json!(when.replace('T', " ")),
            json!(letter.to_name),
            json!(letter.to_address),
            json!(letter.subject),
            json!(letter.last_outcome.map(|said| said.words(language))),
        ]);
    }
    Ok(())
}

/// When letters leave: now, or when the office opens next.
fn opening(policy: &Policy, now: &Now) -> String {
    let hours = |day: NaiveDate| policy.counting.hours.on(&policy.calendar, day);
    let works = |day: &NaiveDate| policy.calendar.day(*day).working && !hours(*day).closed();
    let (today, time) = (now.today(), now.instant.time());
    if works(&today) && hours(today).contains(time) {
        return format!("{today} {}", time.format("%H:%M"));
    }
    let later = hours(today).spans().iter().find(|(from, _)| works(&today) && *from > time);
    if let Some((from, _)) = later {
        return format!("{today} {}", from.format("%H:%M"));
    }
    let from = today.iter_days().skip(1);
    let next = from.take(30).find(works).unwrap_or(today);
    format!("{next} {}", hours(next).opening().format("%H:%M"))
}

/// Every unit with those who would be told of each card, and by what.
fn routes(policy: &Policy, reach: &Reach<'_>, language: Language) -> List {
    let columns = [
        ("unit", say!("column-unit")),
        ("card", say!("column-card")),
        ("to", say!("column-recipient")),
        ("address", say!("column-address")),
        ("why", say!("column-why")),
    ];
    let mut list = List::new(columns, language);
    for (code, unit) in &policy.registry.units {
        for card in [Card::Notice, Card::Yellow, Card::Red] {
            let news = example(code, card);
            for contact in recipients(policy, &news, reach) {
                let Contact { name, address, .. } = contact;
                let why = why_told(policy, contact, &news, reach);
                list.push(vec![
                    json!(unit.name),
                    json!(card.text().words(language)),
                    json!(name),
                    json!(address),
                    json!(why.words(language)),
                ]);
            }
        }
    }
    list
}

fn example(unit: &str, card: Card) -> News {
    News {
        event_id: 0,
        finding: 0,
        stands_for: Vec::new(),
        event: Event::Raised,
        subject: String::new(),
        display: None,
        rule: time_limit::ID.into(),
        clock: String::new(),
        card,
        standing: Standing::Open,
        why: Kept::default(),
        note: None,
        answer_due: None,
        order_due: None,
        order_failed: false,
        silenced: None,
        told: Vec::new(),
        unit: Some(unit.to_owned()),
        holder: None,
        source: None,
        item: None,
        together: None,
        deadline: None,
        found: None,
        appealed: false,
        asks: false,
        question: None,
        dispute: None,
        given: None,
    }
}
