//! `jianchad calendar load`: a new notice is put in force, after everybody has seen what it changes.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::progress::Progress;
use crate::cli::{Common, Tongue, effect};
use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::config::calendars::FOLDER;
use crate::edge::config::{self, Config};
use crate::edge::ledger::{Adoption, Ledger, LedgerError, Step};
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
    tongue: Tongue,
}

impl Load {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let now_in_force = service::load(&self.common.config)?;
        let then = config::load_with(&self.common.config, Some(&self.file)).map_err(|problems| {
            let sentence = format!("`{}` cannot be put in force\n\n{problems}", self.file.display());
            Failure::new(ExitCode::Config, sentence)
        })?;
        let name = self.file.file_name().filter(|_| self.file.extension().is_some_and(|end| end == "toml"));
        let Some(name) = name else {
            let sentence = format!("`{}` is not called something.toml", self.file.display());
            return Err(Failure::new(ExitCode::Usage, sentence));
        };
        let folder = self.common.config.parent().unwrap_or(Path::new(".")).join(FOLDER);
        let target = folder.join(name);
        let proposal = self.show(&now_in_force, &then, out)?;
        if !self.agreed(out)? {
            let said =
                ("未作任何改动；确认后加 --yes 生效。", "Nothing was changed; --yes puts it in force.");
            writeln!(out, "{}", self.say(said))?;
            return Ok(());
        }
        if let Some(proposal) = proposal {
            self.adopt(&then, proposal, self.by()?)?;
        }
        put(&self.file, &folder, &target)?;
        writeln!(out, "{} {}", self.say(("已存入", "kept as")), target.display())?;
        self.judge_anew(out)
    }

    fn say<'t>(&self, (zh, en): (&'t str, &'t str)) -> &'t str {
        if self.tongue.chinese() { zh } else { en }
    }

    /// What it would do to the open cases, against what judges now.
    fn show(&self, old: &Config, new: &Config, out: &mut dyn Write) -> Result<Option<Proposal>, Failure> {
        let (before, after) = (old.policy.calendar.version(), new.policy.calendar.version());
        writeln!(out, "{} {before} → {after}", self.say(("工作日历", "calendar")))?;
        let ledger = match Ledger::at_hand(&old.ledger, old.policy.zone) {
            Ok(ledger) => ledger,
            Err(LedgerError::Missing { .. }) => {
                let said = ("尚无台账，没有在办件。", "There is no ledger yet, so no open case.");
                writeln!(out, "{}", self.say(said))?;
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
            let said = ("该日历已经生效，没有变动。", "It is in force already, and nothing moves.");
            writeln!(out, "{}", self.say(said))?;
            return Ok(None);
        };
        if *before != round::carried(&ledger, &old.policy, &now)?.policy.version {
            let said = (
                "注意：配置中另有尚未生效的改动，将一并生效。",
                "Mind: the configuration holds other changes that are not in force yet; they go with it.",
            );
            writeln!(out, "{}", self.say(said))?;
        }
        effect::write(effect, self.tongue.chinese(), out)?;
        Ok(proposal)
    }

    /// Notes that whoever saw what it does has adopted it.
    fn adopt(&self, new: &Config, proposal: Proposal, by: String) -> Result<(), Failure> {
        let mut ledger = Ledger::at_keyboard(&new.ledger, new.policy.zone)?;
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
            Failure::new(ExitCode::Usage, "it is not known who puts the calendar in force")
                .with_remedy("give --by with a name")
        })
    }

    fn agreed(&self, out: &mut dyn Write) -> Result<bool, Failure> {
        if self.yes || !std::io::stdin().is_terminal() {
            return Ok(self.yes);
        }
        write!(out, "{} [y/N] ", self.say(("现在生效吗？", "Put it in force now?")))?;
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
                let said = (
                    "台账由正在运行的 jianchad 持有：执行 systemctl reload jianchad 即重新计算在办件。",
                    "The ledger is held by the running jianchad: `systemctl reload jianchad` judges the open cases anew.",
                );
                writeln!(out, "{}", self.say(said))?;
                return Ok(());
            }
            opened => drop(opened?),
        }
        let mut service = Service::open(&config)?;
        let now = service.clock.now();
        let progress = Progress::new("round");
        let tally = round::run(&mut service, &now, &progress)?;
        progress.clear();
        let counts = [tally.cases_judged, tally.raised + tally.escalated, tally.resolved, tally.revoked];
        let [judged, raised, resolved, revoked] = counts;
        if self.tongue.chinese() {
            writeln!(
                out,
                "已重新计算 {judged} 件：新增或升级 {raised} 项，了结 {resolved} 项，撤销 {revoked} 项"
            )?;
        } else {
            writeln!(
                out,
                "{judged} cases judged anew: {raised} findings raised, {resolved} resolved, {revoked} withdrawn"
            )?;
        }
        Ok(())
    }
}

/// The file into the drop-in folder, whole or not at all.
fn put(file: &Path, folder: &Path, target: &Path) -> Result<(), Failure> {
    let copy = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut part = target.as_os_str().to_owned();
        part.push(".part");
        std::fs::copy(file, &part)?;
        std::fs::rename(&part, target)
    };
    copy().map_err(|error| {
        let sentence = format!("cannot keep the calendar file as `{}`: {error}", target.display());
        Failure::new(ExitCode::Unavailable, sentence)
            .with_remedy("run it as a user who may write to the folder of the configuration file")
    })
}
