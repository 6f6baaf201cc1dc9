//! `jianchad demo`: a whole city in one command, from its records to cards, coverage, mails and a ledger.

mod cases;
pub(crate) mod city;
pub(crate) mod database;
mod evidence;
mod on_server;
mod plant;
mod planted;
mod random;
mod registry;
mod rows;
mod url;

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Asia::Shanghai;
use clap::Args;
use serde_json::json;

use self::city::City;
use self::database::ApprovalDatabase;
use self::on_server::OnServer;
use self::planted::planted_csv;
use self::url::Address;
use super::progress::Progress;
use super::table::List;
use super::{Format, LangOption, status};
use crate::domain::card_action::CardAction;
use crate::domain::moment::Moment;
use crate::domain::now::{Clock, Now, TimeBase};
use crate::domain::text::{Language, say};
use crate::edge::config::calendar;
use crate::edge::ledger::{Done, Ledger, NotDone};
use crate::edge::source::Engine;
use crate::failure::{ExitCode, Failure};
use crate::round;
use crate::service::{self, Service};

/// The lines of the demo's configuration that lead to its file.
const FILE: &str = "kind = \"sqlite\"\npath = \"approval.db\"\n";

/// The file of a server's password, in the demo's folder.
const PASSWORD: &str = "db-password";

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
    /// The approval database is made on this PostgreSQL server, in a schema of its own: postgres://user:password@host/database
    #[arg(long, value_name = "URL", conflicts_with = "mysql")]
    postgres: Option<String>,
    /// The same on a MySQL or MariaDB server, in a database of its own: mysql://user:password@host
    #[arg(long, value_name = "URL")]
    mysql: Option<String>,
    #[command(flatten)]
    lang_option: LangOption,
}

/// A server on which the approval database is made.
struct DemoServer {
    engine: Engine,
    address: Address,
    /// The lines of a source that reads it.
    lines: String,
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
        let server = self.server()?;
        self.clear()?;
        let database = self.database(server.as_ref())?;
        let city = City::build(self.seed, &calendar::embedded());
        for (name, text) in &city.files {
            let path = self.folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            let text = match &server {
                Some(DemoServer { lines, .. }) if *name == "jianchad.toml" => text.replace(FILE, lines),
                _ => text.clone(),
            };
            std::fs::write(&path, text)?;
            // As if it had been put there before the first round: the ledger notes the age of the files it read.
            let put = Moment::local(self::cases::day(12, 1).and_time(NaiveTime::MIN), Shanghai).at();
            std::fs::File::options().append(true).open(&path)?.set_modified(put.into())?;
        }
        std::fs::write(self.folder.join("planted.csv"), planted_csv(&city.planted))?;
        let service = self.december(&city, database)?;
        self.print(&service, out)
    }

    /// The server that is asked for.
    fn server(&self) -> Result<Option<DemoServer>, Failure> {
        let (engine, url, port) = match (&self.postgres, &self.mysql) {
            (Some(url), _) => (Engine::Postgres, url, 5432),
            (None, Some(url)) => (Engine::MySql, url, 3306),
            (None, None) => return Ok(None),
        };
        let Some(mut address) = Address::parse(url, port) else {
            let sentence = say!("demo-no_url").words(self.lang_option.language());
            return Err(Failure::new(ExitCode::Usage, sentence));
        };
        address.server.password_file = address.password.as_ref().map(|_| self.folder.join(PASSWORD));
        let lines = on_server::lines(engine, &address, address.server.password_file.as_deref());
        Ok(Some(DemoServer { engine, address, lines }))
    }

    /// The approval system's database: a file, or on a server; where that cannot be, no folder is left behind.
    fn database(&self, server: Option<&DemoServer>) -> Result<ApprovalDatabase, Failure> {
        let Some(DemoServer { engine, address, .. }) = server else {
            return ApprovalDatabase::create(&self.folder.join("approval.db"));
        };
        if let (Some(file), Some(password)) = (&address.server.password_file, &address.password) {
            let mut options = std::fs::File::options();
            options.write(true).create_new(true).mode(0o600);
            options.open(file)?.write_all(format!("{password}\n").as_bytes())?;
        }
        OnServer::create(*engine, &address.server).map(ApprovalDatabase::Server).inspect_err(|_| {
            // The failure itself is what is told.
            drop(std::fs::remove_dir_all(&self.folder));
        })
    }

    /// Makes way: an earlier demo is replaced, anything else is left alone.
    fn clear(&self) -> Result<(), Failure> {
        if self.folder.join("planted.csv").exists() {
            std::fs::remove_dir_all(&self.folder)?;
        } else if self.folder.exists() && self.folder.read_dir()?.next().is_some() {
            let language = self.lang_option.language();
            let taken = say!("demo-taken", folder = self.folder.display().to_string());
            return Err(Failure::new(ExitCode::Usage, taken.words(language))
                .with_remedy(say!("demo-taken_remedy").words(language)));
        }
        Ok(std::fs::create_dir_all(&self.folder)?)
    }

    /// Plays the approval system day by day, and a round on every one of them.
    fn december(&self, city: &City, mut database: ApprovalDatabase) -> Result<Service, Failure> {
        let config = service::load(&self.folder.join("jianchad.toml"))?;
        let mut service = Service::open(&config)?;
        // The same seed makes the same ledger.
        service.ledger.name(&format!("demo-{}", self.seed))?;
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
        let language = self.lang_option.language();
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
