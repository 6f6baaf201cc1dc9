//! `jianchad calendar load`: a new notice is put in force, after everybody has seen what it changes.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::progress::Progress;
use crate::cli::{Common, LangOption, attribution, effect};
use crate::domain::now::Clock;
use crate::domain::text::{Text, say};
use crate::edge::clock::SystemClock;
use crate::edge::config::calendars::FOLDER;
use crate::edge::config::{self, Config};
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
use crate::edge::operator;
use crate::failure::{ExitCode, Failure};
use crate::round::{self, Proposal};
use crate::service::{self, Service};

/// Show which open cases a calendar file moves and which cards come and go, and then put it in force
#[derive(Debug, Args)]
pub struct Load {
    #[command(flatten)]
    common: Common,
    /// The file: a year's notice, a local holiday, a closure, to be laid over the calendar
    file: PathBuf,
    /// Put it in force without asking
    #[arg(long)]
    yes: bool,
    /// Who puts it in force; by default whoever is logged in
    #[arg(long, value_name = "NAME", value_parser = crate::cli::said)]
    by: Option<String>,
    /// Why; by default that this file was loaded
    #[arg(long, value_name = "TEXT", value_parser = crate::cli::said)]
    why: Option<String>,
    #[command(flatten)]
    lang_option: LangOption,
}

impl Load {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let now_in_force = service::load(&self.common.config)?;
        let then = config::load_with(&self.common.config, Some(&self.file)).map_err(|problems| {
            let sentence = say!("calendar-unusable", file = self.file.display().to_string());
            Failure::new(ExitCode::Config, sentence).with_details(problems.to_string())
        })?;
        let name = self.file.file_name().filter(|_| self.file.extension().is_some_and(|end| end == "toml"));
        let Some(name) = name else {
            let sentence = say!("calendar-no_toml", file = self.file.display().to_string());
            return Err(Failure::new(ExitCode::Usage, self.words(sentence)));
        };
        let folder = self.common.config.parent().unwrap_or(Path::new(".")).join(FOLDER);
        let target = folder.join(name);
        let proposal = self.show(&now_in_force, &then, out)?;
        if !self.agreed(out)? {
            return Ok(self.write(say!("calendar-nothing_changed"), out)?);
        }
        if let Some(proposal) = proposal {
            self.adopt(&then, proposal, self.by()?)?;
        }
        self.put(&folder, &target)?;
        self.write(say!("calendar-kept", file = target.display().to_string()), out)?;
        self.judge_anew(out)
    }

    fn words(&self, text: Text) -> String {
        text.words(self.lang_option.language())
    }

    fn write(&self, text: Text, out: &mut dyn Write) -> std::io::Result<()> {
        writeln!(out, "{}", self.words(text))
    }

    /// What it would do to the open cases, against what judges now.
    fn show(&self, old: &Config, new: &Config, out: &mut dyn Write) -> Result<Option<Proposal>, Failure> {
        let (before, after) = (old.policy.calendar.version(), new.policy.calendar.version());
        self.write(say!("calendar-change", before, after), out)?;
        let ledger = match Ledger::at_hand(&old.ledger, old.policy.zone) {
            Ok(ledger) => ledger,
            Err(LedgerError::Missing { .. }) => {
                self.write(say!("calendar-no_ledger"), out)?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let now = SystemClock::new(old.policy.zone).now();
        let progress = Progress::new("calendar");
        let wanted = round::carried(&ledger, &new.policy, &now)?;
        let proposal = round::propose(&ledger, &wanted, &new.sources, &now, &progress)?;
        progress.clear();
        let Some(Proposal { before, effect, .. }) = &proposal else {
            self.write(say!("calendar-in_force"), out)?;
            return Ok(None);
        };
        if *before != round::carried(&ledger, &old.policy, &now)?.policy.version {
            self.write(say!("calendar-along"), out)?;
        }
        effect::write(effect, self.lang_option.language(), out)?;
        Ok(proposal)
    }

    /// Notes that whoever saw what it does has adopted it.
    fn adopt(&self, new: &Config, proposal: Proposal, by: String) -> Result<(), Failure> {
        let mut ledger = attribution::ledger(new, &self.common, self.lang_option.language())?;
        let (version, before) = (proposal.policy.version, Some(proposal.before));
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let why = self.why.clone().unwrap_or_else(|| format!("calendar load {name}"));
        let leave =
            Adoption { step: Step::Allowed, version, before, by: Some(by), why, effect: proposal.effect };
        Ok(ledger.note_adoption(&leave, &SystemClock::new(new.policy.zone).now())?)
    }

    /// Who runs it: as given, else whoever is logged in.
    fn by(&self) -> Result<String, Failure> {
        let login = || ["SUDO_USER", "LOGNAME", "USER"].iter().find_map(|name| std::env::var(name).ok());
        self.by.clone().or_else(login).filter(|name| !name.trim().is_empty()).ok_or_else(|| {
            Failure::new(ExitCode::Usage, self.words(say!("calendar-by_whom")))
                .with_remedy(self.words(say!("calendar-by_whom_remedy")))
        })
    }

    fn agreed(&self, out: &mut dyn Write) -> Result<bool, Failure> {
        if self.yes || !std::io::stdin().is_terminal() {
            return Ok(self.yes);
        }
        write!(out, "{} ", self.words(say!("calendar-ask")))?;
        out.flush()?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        Ok(answer.trim().eq_ignore_ascii_case("y"))
    }

    /// Open cases are judged anew by a round: here and now, or by the daemon when it is told to read its files again.
    fn judge_anew(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        match Ledger::open(&config.ledger, config.policy.zone) {
            Err(LedgerError::Held { .. }) => {
                return Ok(self.write(say!("calendar-held"), out)?);
            }
            opened => drop(opened?),
        }
        let mut service = Service::open(&config)?;
        let now = service.clock.now();
        service::keep(&config, &now);
        let progress = Progress::new("round");
        let tally = round::run(&mut service, &now, &progress)?;
        if let Some(held) = service.ledger.held_time()? {
            return Err(Failure::new(ExitCode::Unavailable, self.words(held.said())));
        }
        progress.clear();
        let judged = say!(
            "calendar-judged",
            judged = tally.cases_judged,
            raised = tally.raised + tally.escalated,
            resolved = tally.resolved,
            revoked = tally.revoked
        );
        Ok(self.write(judged, out)?)
    }

    /// The file into the drop-in folder, whole or not at all.
    fn put(&self, folder: &Path, target: &Path) -> Result<(), Failure> {
        let copy = || -> std::io::Result<()> {
            std::fs::create_dir_all(folder)?;
            let mut part = target.as_os_str().to_owned();
            part.push(".part");
            std::fs::copy(&self.file, &part)?;
            std::fs::rename(&part, target)
        };
        copy().map_err(|error| {
            let file = target.display().to_string();
            let sentence = say!("calendar-not_kept", file, why = operator::why(&error));
            Failure::new(ExitCode::Unavailable, self.words(sentence))
                .with_remedy(self.words(say!("calendar-not_kept_remedy")))
        })
    }
}
