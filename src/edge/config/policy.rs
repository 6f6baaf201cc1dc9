//! What a round judges by, from the file.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveTime;
use ring::digest::{Context, SHA256};

use super::calendars::Calendars;
use super::counting::read_counting;
use super::pause_times::{days, pause_limit};
use super::problems::Problems;
use super::written::{At, Table, list};
use super::{cards, clocks, registry, routing};
use crate::domain::count::Counting;
use crate::domain::limit::{Limit, LimitUnit};
use crate::domain::policy::{Clocks, Local, Policy, Reminding, ReviewAbove, RuleSetting};
use crate::domain::rules::{ALLOWING, OWN, RULES, required_field};
use crate::domain::text::{Language, say};

pub(super) fn read(
    written: &Table<'_>,
    folder: &Path,
    calendar: Option<&Path>,
    problems: &RefCell<Problems>,
) -> Option<Policy> {
    let office = written.required("office");
    let zone = written.parsed("zone").map_or(chrono_tz::Asia::Shanghai, |at| at.value);
    let language: Language = written.parsed("language").map(|at| at.value).unwrap_or_default();
    let calendars = Calendars::read(written, folder, calendar, problems);
    let counting = written.table("counting").map_or_else(Counting::default, |table| {
        let counting = read_counting(&table, &Counting::default());
        table.nothing_else();
        counting
    });
    let clocks = clocks::read(written, folder, problems, &counting);
    let cards = cards::read(written, &clocks);
    let clocks: Clocks = clocks.rules.into();
    let rules = read_rules(written);
    let routing = routing::read(written);
    let registry = registry::read(written, folder, problems, &routing, clocks.causes());
    if let Some(registry) = &registry {
        clocks::check_categories(written, registry);
        routing::check(written, registry);
    }
    let local = match (&registry, &calendars) {
        (Some(registry), Some(calendars)) => calendars.local(folder, problems, registry),
        _ => Local::default(),
    };
    let supervision = Supervision::read(written);
    let mut policy = Policy {
        office: office?.value,
        zone,
        calendar: calendars?.base,
        local,
        counting,
        clocks,
        pause_limit: supervision.pause_limit,
        pause_at_most: supervision.pause_at_most,
        cards,
        rules,
        supervise_from: supervision.from,
        active_within_days: supervision.active_within_days,
        routing,
        digest_at: supervision.digest_at,
        language,
        answer_within: supervision.answer_within,
        reminders: supervision.reminders,
        review_above: supervision.review_above,
        sources: BTreeMap::new(),
        sources_were: BTreeMap::new(),
        registry: registry?,
        version: String::new(),
    };
    policy.version = version(&policy);
    check_hours(written, &policy);
    Some(policy)
}

/// Hours of a Saturday open no Saturday that the calendar has off, and an office is not closed by day for weeks: whoever writes so is
/// told.
fn check_hours(written: &Table<'_>, policy: &Policy) {
    let Some(table) = written.table("counting") else { return };
    let Some(at) = table.text("office_hours") else { return };
    let hours = &policy.counting.hours;
    let longer = |days| hours.closed_for_longer(&policy.calendar, days);
    if let Some(day) = longer(31) {
        table.wrong(&at, say!("config-closed_for", day, days = 31));
    } else if let Some(day) = longer(10) {
        table.warn(&at, say!("config-closed_for", day, days = 10));
    }
    let mut idle = hours.never_worked(&policy.calendar);
    for calendar in policy.local.items.values().chain(policy.local.units.values()) {
        let still = hours.never_worked(calendar);
        idle.retain(|days| still.contains(days));
    }
    for days in idle {
        table.warn(&at, say!("config-never_worked", days = days.to_string()));
    }
}

/// Content hash of everything that judges: changes when any of it changes, and with nothing else.
pub fn version(policy: &Policy) -> String {
    /// A hash that can be written to, so that the text need not stand in memory.
    struct Hash(Context);

    impl std::io::Write for Hash {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let mut hash = Hash(Context::new(&SHA256));
    policy.write_snapshot(&mut hash).expect("a hash takes everything");
    hash.0.finish().as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn read_rules(written: &Table<'_>) -> BTreeMap<String, RuleSetting> {
    let mut rules = BTreeMap::new();
    for (name, table) in written.named("rules") {
        let known = RULES.iter().find(|rule| rule.id == name.value);
        if known.is_none() && !OWN.contains(&name.value.as_str()) {
            let known = list(RULES.iter().map(|rule| rule.id).chain(OWN));
            written.wrong(&name, say!("config-no_rule_of", known));
        }
        let mode = table.parsed("mode").map(|at| at.value).or(known.map(|rule| rule.mode));
        let given = table.parsed("card");
        if let (Some(at), Some(None)) = (&given, known.map(|rule| rule.card)) {
            table.wrong(at, say!("config-card_by_table"));
        }
        let card = given.map(|at| at.value).or(known.and_then(|rule| rule.card));
        let within = table.parsed::<Limit>("within");
        if let Some(at) = within.as_ref().filter(|_| !ALLOWING.contains(&name.value.as_str())) {
            table.wrong(at, say!("config-within"));
        }
        let fields = table.texts("fields");
        if let Some(at) = fields.as_ref().and_then(|list| list.first())
            && name.value != required_field::RULE.id
        {
            table.wrong(at, say!("config-fields"));
        }
        let field = |at: At<String>| match at.value.parse() {
            Ok(field) => Some(field),
            Err(error) => {
                table.wrong(&at, error);
                None
            }
        };
        let fields = fields.unwrap_or_default().into_iter().filter_map(field).collect();
        table.nothing_else();
        let setting = RuleSetting {
            fields,
            within: within.map(|at| at.value),
            mode: mode.unwrap_or(crate::domain::card::Mode::Auto),
            card: card.unwrap_or(crate::domain::card::Card::Notice),
        };
        rules.insert(name.value, setting);
    }
    rules
}

struct Supervision {
    from: Option<chrono::NaiveDate>,
    active_within_days: u32,
    digest_at: NaiveTime,
    answer_within: Limit,
    reminders: Reminding,
    review_above: ReviewAbove,
    pause_limit: Limit,
    pause_at_most: Limit,
}

impl Supervision {
    fn read(written: &Table<'_>) -> Self {
        let half_past_eight = NaiveTime::from_hms_opt(8, 30, 0).expect("half past eight exists");
        let working_days = |amount| Limit::Span { amount, unit: LimitUnit::WorkingDays };
        let mut read = Self {
            from: None,
            active_within_days: 90,
            digest_at: half_past_eight,
            answer_within: working_days(5),
            reminders: Reminding { remind_every: 2, raise_up_after: 1 },
            review_above: ReviewAbove::default(),
            pause_limit: working_days(15),
            pause_at_most: working_days(60),
        };
        let Some(table) = written.table("supervision") else { return read };
        read.from = table.day("from").map(|at| at.value);
        read.review_above = table.parsed("review_above").map_or(read.review_above, |at| at.value);
        read.pause_limit = pause_limit(&table).unwrap_or(read.pause_limit);
        read.pause_at_most = pause_at_most(&table, &read.pause_limit).unwrap_or(read.pause_at_most);
        if let Some(at) = table.parsed::<Limit>("active_within") {
            match at.value {
                Limit::Span { amount, unit: LimitUnit::CalendarDays } => read.active_within_days = amount,
                _ => table.wrong(&at, say!("config-calendar_days", such = "90d")),
            }
        }
        if let Some(at) = table.text("digest_at") {
            match NaiveTime::parse_from_str(&at.value, "%H:%M") {
                Ok(time) => read.digest_at = time,
                Err(_) => table.wrong(&at, say!("config-time_of_day")),
            }
        }
        if let Some(at) = table.parsed::<Limit>("answer_within") {
            match at.value {
                Limit::RecordDate(_) => table.wrong(&at, say!("config-length")),
                limit => read.answer_within = limit,
            }
        }
        for (key, days) in [
            ("remind_every", &mut read.reminders.remind_every),
            ("escalate_after", &mut read.reminders.raise_up_after),
        ] {
            let Some(at) = table.parsed::<Limit>(key) else { continue };
            match at.value {
                Limit::Span { amount, unit: LimitUnit::WorkingDays } if amount > 0 => *days = amount,
                _ => table.wrong(&at, say!("config-working_days", such = "2wd")),
            }
        }
        table.nothing_else();
        read
    }
}

/// How long the record of a special procedure is believed: no shorter than what is taken where it says nothing, which is the least
/// where that is longer than the default.
fn pause_at_most(table: &Table<'_>, pause_limit: &Limit) -> Option<Limit> {
    let longer = |most: &Limit| pause_limit.rough_days() > most.rough_days();
    let Some(at) = days(table, "pause_at_most") else {
        let sixty = Limit::Span { amount: 60, unit: LimitUnit::WorkingDays };
        return longer(&sixty).then(|| pause_limit.clone());
    };
    if longer(&at.value) {
        table.wrong(&at, say!("config-pause_at_most", limit = pause_limit.to_string()));
    }
    Some(at.value)
}
