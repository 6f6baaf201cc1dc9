//! The file as written becomes the file as checked; every mistake is reported at once.

pub mod calendar;
pub mod calendars;
mod cards;
mod clocks;
mod counting;
mod files;
mod kept;
mod mail;
mod open_permissions;
mod pages;
mod pause_times;
mod policy;
mod problems;
mod registry;
mod retention;
mod routing;
mod sources;
pub mod statutes;
mod syntax;
mod written;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use toml::de::DeTable;

use crate::domain::erased::Retention;
use crate::domain::letter::page::Pages;
use crate::domain::letter::relay::{Caps, Sender, Way};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::terms::SourceTerms;
use crate::domain::text::{Language, say};
use crate::edge::{operator, plain_file};

use files::Files;
pub use kept::{InForce, in_force, keep};
use mail::Mail;
pub use policy::version;
use problems::TomlText;
pub use problems::{Problem, Problems};
use syntax::syntax;
use written::{At, Table};

/// The configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// What judges.
    pub policy: Policy,
    /// Where records come from.
    pub sources: Vec<SourceSpec>,
    /// The ledger's file.
    pub ledger: PathBuf,
    /// How letters leave.
    pub way: Way,
    /// Who they come from.
    pub sender: Sender,
    /// Templates of letters.
    pub pages: Arc<Pages>,
    /// How many letters leave.
    pub caps: Caps,
    /// How long personal text is kept.
    pub retention: Retention,
    /// Time between rounds.
    pub poll_every: Duration,
    /// The file all this was read from.
    pub file: PathBuf,
    /// What is not wrong and yet worth a look.
    pub warnings: Vec<Problem>,
    /// The files as they were read.
    files: Files,
}

impl Config {
    /// How many mistakes pages of the administrator's have; the shipped pages take their place.
    pub fn mistakes_of_pages(&self) -> usize {
        self.warnings.iter().filter(|problem| problem.of_page).count()
    }
}

/// Reads and checks a configuration file with everything it names.
///
/// # Errors
/// All mistakes of all files.
pub fn load(file: &Path) -> Result<Config, Problems> {
    load_with(file, None)
}

/// Reads and checks a configuration as it would be with one more calendar file in its drop-in folder, in the place of
/// one of the same name.
///
/// # Errors
/// All mistakes of all files.
pub fn load_with(file: &Path, calendar: Option<&Path>) -> Result<Config, Problems> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let (config, problems) = read_by(Files::on_disk(folder), file, calendar);
    match config {
        Some(mut config) if !problems.any() => {
            config.warnings = problems.list().to_vec();
            Ok(config)
        }
        _ => Err(problems),
    }
}

/// The language that a configuration asks for, whatever else is wrong with it; `None` where it says none or cannot be read.
pub fn language(file: &Path) -> Option<Language> {
    let bytes = plain_file::read(file).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let (table, _) = DeTable::parse_recoverable(text.strip_prefix('\u{feff}').unwrap_or(&text));
    table.get_ref().get("language")?.get_ref().as_str()?.parse().ok()
}

fn read_by(files: Files, file: &Path, calendar: Option<&Path>) -> (Option<Config>, Problems) {
    let read = files.read(file);
    let mut problems = Problems::of(files);
    let text = match read.map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            problems.add(file, Some(line), "", say!("config-not_utf8"));
            return (None, problems);
        }
        Err(error) => {
            problems.add(file, None, "", say!("config-unread", why = operator::why(&error)));
            return (None, problems);
        }
    };
    let source = TomlText { file, text: text.strip_prefix('\u{feff}').unwrap_or(&text) };
    let (table, errors) = DeTable::parse_recoverable(source.text);
    for error in &errors {
        problems.at(&source, &error.span().unwrap_or(0..0), "", syntax(error.message()));
    }
    let problems = RefCell::new(problems);
    let config = {
        let whole = Table::whole(source, table.get_ref(), &problems);
        checked(&whole, file, calendar, &problems)
    };
    (config, problems.into_inner())
}

/// Everything is read, whatever is found wrong, so that all mistakes come out together.
fn checked(
    written: &Table<'_>,
    file: &Path,
    calendar: Option<&Path>,
    problems: &RefCell<Problems>,
) -> Option<Config> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let poll_every = written.parsed::<humantime::Duration>("poll_every");
    let in_range = |every: &Duration| (Duration::from_secs(10)..=Duration::from_secs(86_400)).contains(every);
    if let Some(at) = poll_every.as_ref().filter(|at| !in_range(&at.value)) {
        written.wrong(at, say!("config-poll_every"));
    }
    let named = written.text("ledger");
    let ledger = folder.join(named.as_ref().map_or("ledger.db", |at| &at.value));
    let place = named.as_ref().map_or_else(|| written.place(), At::place);
    open_permissions::warn(written, &place, &ledger, (say!("config-the_ledger"), "640"));
    let mut policy = policy::read(written, folder, calendar, problems);
    let zone = policy.as_ref().map_or(chrono_tz::Asia::Shanghai, |policy| policy.zone);
    let mut sources = sources::read(written, folder, zone);
    if let Some(policy) = &mut policy {
        sources::know_items(&mut sources, &policy.registry);
        sources::steps_are_known(written, &sources, &policy.registry);
        sources::are_declared(written, &policy.registry);
        clocks::fit(&mut policy.clocks, written, &sources, &policy.counting);
        policy.sources =
            sources.iter().map(|source| (source.name.clone(), SourceTerms::of(source))).collect();
        let was = |source: &SourceSpec| Some((source.name.clone(), source.was.clone()?));
        policy.sources_were = sources.iter().filter_map(was).collect();
        policy.version = policy::version(policy);
    }
    let dates_needed = policy.as_ref().map(|policy| policy.clocks.as_slice()).unwrap_or_default();
    sources::deliver_dates(written, dates_needed, &sources);
    let mail = mail::read(written, folder, &ledger, policy.as_ref());
    let retention = retention::read(written);
    written.nothing_else();
    let Mail { way, sender, caps, pages } = mail?;
    Some(Config {
        policy: policy?,
        sources,
        ledger,
        way,
        pages: Arc::new(pages),
        caps,
        retention,
        sender,
        poll_every: poll_every.map_or(Duration::from_secs(600), |at| *at.value),
        file: file.to_owned(),
        warnings: Vec::new(),
        files: problems.borrow().files.clone(),
    })
}

#[cfg(test)]
mod tests;
