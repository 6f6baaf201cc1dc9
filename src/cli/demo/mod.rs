//! `jianchad demo`: a whole city in one command, from its records to cards, coverage, mails and a ledger.

mod cases;
pub(crate) mod city;
pub(crate) mod database;
mod evidence;
mod plant;
mod planted;
mod random;
mod registry;
mod rows;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Asia::Shanghai;
use clap::Args;
use serde_json::json;

use self::city::City;
use self::database::ApprovalDatabase;
use self::planted::planted_csv;
use super::progress::Progress;
use super::table::List;
use super::{Format, Tongue, status};
use crate::domain::card_action::CardAction;
use crate::domain::moment::Moment;
use crate::domain::now::{Clock, Now, TimeBase};
use crate::domain::text::{Language, say};
use crate::edge::config::calendar;
use crate::edge::ledger::{Done, Ledger, NotDone};
use crate::failure::{ExitCode, Failure};
use crate::round;
use crate::service::{self, Service};

/// A whole city in one command: writes a registry and an approval database shaped like a city's 2011 report, runs a
/// round every day of December 2011 on it, and leaves findings, coverage, mails and a ledger to look at.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder to make; it must not exist, or hold an earlier demo.
    #[arg(default_value = "jianchad-demo")]
    folder: PathBuf,
    /// Another seed makes another city of the same shape.
    #[arg(long, default_value_t = 2011)]
    seed: u64,
    #[command(flatten)]
    tongue: Tongue,
}

/// A clock that shows what it was last set to.
#[derive(Clone)]
struct SetClock(Arc<Mutex<Now>>);

impl Clock for SetClock {
    fn now(&self) -> Now {
        *self.0.lock().expect("setting the clock does not panic")
    }

    fn running(&self) -> Duration {
        Duration::ZERO
    }

    fn base(&self) -> TimeBase {
        TimeBase::Person
    }
}

impl Demo {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        self.clear()?;
        let city = City::build(self.seed, &calendar::embedded());
        for (name, text) in &city.files {
            let path = self.folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            std::fs::write(&path, text)?;
            // As if it had been put there before the first round: the ledger notes the age of the files it read.
            let put = Moment::local(self::cases::day(12, 1).and_time(NaiveTime::MIN), Shanghai).at();
            std::fs::File::options().append(true).open(&path)?.set_modified(put.into())?;
        }
        std::fs::write(self.folder.join("planted.csv"), planted_csv(&city.planted))?;
        let service = self.december(&city)?;
        self.print(&service, out)
    }

    /// Makes way: an earlier demo is replaced, anything else is left alone.
    fn clear(&self) -> Result<(), Failure> {
        if self.folder.join("planted.csv").exists() {
            std::fs::remove_dir_all(&self.folder)?;
        } else if self.folder.exists() && self.folder.read_dir()?.next().is_some() {
            let language = self.tongue.language();
            let taken = say!("demo-taken", folder = self.folder.display().to_string());
            return Err(Failure::new(ExitCode::Usage, taken.words(language))
                .with_remedy(say!("demo-taken_remedy").words(language)));
        }
        Ok(std::fs::create_dir_all(&self.folder)?)
    }

    /// Plays the approval system day by day, and a round on every one of them.
    fn december(&self, city: &City) -> Result<Service, Failure> {
        let config = service::load(&self.folder.join("jianchad.toml"))?;
        let mut service = Service::open(&config)?;
        // The same seed makes the same ledger.
        service.ledger.name(&format!("demo-{}", self.seed))?;
        let mut database = ApprovalDatabase::create(&self.folder.join("approval.db"))?;
        let at = |day, hour| NaiveDate::from_ymd_opt(2011, 12, day)?.and_hms_opt(hour, 5, 0);
        // A round each morning, and at the end one of the night, when everything is read once more.
        let days = (1..=31).filter_map(|day| at(day, 9)).chain(at(31, 23));
        let progress = Progress::steps("December 2011", 32);
        let mut entries = city.entries.as_slice();
        for at in days {
            let (past, to_come) = entries.split_at(entries.partition_point(|entry| entry.at <= at));
            database.apply(past)?;
            entries = to_come;
            let now = self.moment(at, config.policy.zone);
            service.clock = Box::new(SetClock(Arc::new(Mutex::new(now))));
            round::run(&mut service, &now, &progress)?;
            answer(&mut service.ledger, &now)?;
            progress.step();
        }
        progress.clear();
        Ok(service)
    }

    fn moment(&self, at: NaiveDateTime, zone: chrono_tz::Tz) -> Now {
        Now { instant: Moment::local(at, zone).at(), replay: false }
    }

    fn print(&self, service: &Service, out: &mut dyn Write) -> Result<(), Failure> {
        let language = self.tongue.language();
        let now = service.clock.now();
        let overview = service.ledger.overview(&service.policy, language, &now)?;
        status::write(&overview, language, Format::Table, out)?;
        let columns = [
            ("unit", say!("column-unit")),
            ("red", say!("column-red")),
            ("yellow", say!("column-yellow")),
            ("notice", say!("column-notice")),
            ("open", say!("column-open")),
        ];
        let mut worst = overview.units.clone();
        worst.sort_by_key(|unit| std::cmp::Reverse((unit.red, unit.yellow, unit.notice)));
        let mut list = List::new(columns, language);
        for unit in worst.iter().take(8) {
            list.push(vec![
                json!(unit.name),
                json!(unit.red),
                json!(unit.yellow),
                json!(unit.notice),
                json!(unit.open),
            ]);
        }
        list.write(Format::Table, out)?;
        self.where_to_look(service, language, out)
    }

    fn where_to_look(
        &self,
        service: &Service,
        language: Language,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let folder = self.folder.display();
        let case = service.ledger.findings(&Default::default(), language)?.into_iter().next();
        let case = case.map_or_else(|| "CASE".to_owned(), |line| line.case_number);
        let ledger = self.file("ledger.db");
        let config = self.file("jianchad.toml");
        writeln!(out, "\n{}", say!("demo-next").words(language))?;
        let lines = [
            (format!("jianchad explain {case} -c {config}"), say!("demo-case")),
            (format!("jianchad findings -c {config}"), say!("demo-findings")),
            (format!("jianchad coverage --missing -c {config}"), say!("demo-missing")),
            (format!("sqlite3 {ledger} 'select * from open_findings limit 5'"), say!("demo-query")),
            (format!("{folder}/mail/*.eml"), say!("demo-mails")),
            (format!("{folder}/planted.csv"), say!("demo-planted")),
        ];
        for (command, what) in lines {
            writeln!(out, "  {command}\n      {}", what.words(language))?;
        }
        Ok(())
    }

    fn file(&self, name: &str) -> String {
        Path::new(&self.folder).join(name).display().to_string()
    }
}

/// Most units answer the next working day; one card in eight lies, is reminded of and goes one level up.
fn answer(ledger: &mut Ledger, now: &Now) -> Result<(), Failure> {
    const WORDS: [&str; 3] =
        ["已办结，今后提前一天提醒承办人", "材料补齐较晚，已催办", "承办人出差，已指定代办人"];
    for card in ledger.unanswered()? {
        if card.told.date() >= now.today() || card.finding % 8 == 0 {
            continue;
        }
        let why = WORDS[usize::try_from(card.finding % 3).unwrap_or(0)];
        let done = Done {
            finding: card.finding,
            action: &CardAction::Answer,
            by: "承办单位",
            why,
            order_due: None,
            at: now.instant,
        };
        match ledger.enter_deed(&done) {
            Ok(()) | Err(NotDone::Refused(_) | NotDone::Unknown) => {}
            Err(NotDone::Ledger(error)) => return Err(error.into()),
        }
    }
    Ok(())
}
