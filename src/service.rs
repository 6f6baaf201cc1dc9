//! Everything a round works with, opened from the configuration.

pub mod lane;
pub mod running;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::adoption::Carried;
use crate::domain::coverage::Awaited;
use crate::domain::erased::Retention;
use crate::domain::letter::Mailer;
use crate::domain::letter::page::Pages;
use crate::domain::letter::relay::{Caps, Way};
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::record::mapping::{EvidenceSpec, SourceSpec};
use crate::domain::text::say;
use crate::edge::clock::SystemClock;
use crate::edge::config::{self, Config, InForce, Problems};
use crate::edge::ledger::{Ledger, LedgerError};
use crate::edge::{notify, operator};
use crate::failure::{ExitCode, Failure};
use lane::Lane;

/// Everything a round works with.
pub struct Service {
    /// The time.
    pub clock: Box<dyn Clock>,
    /// What judges, and whom it tells.
    pub policy: Policy,
    /// What the configuration wants to judge by: what judges, unless it waits for a person to adopt it.
    pub wanted: Policy,
    /// Whether it waits.
    pub waits: bool,
    /// What judges is what the configuration wants; a configuration read since is still to be settled.
    pub settled: bool,
    /// What is wanted, with what the catalogue said before; `None`: that is still to be looked up.
    pub carried: Option<Carried>,
    /// Sources as configured.
    pub specs: Vec<SourceSpec>,
    /// Sources that the configuration had before it was read again: each is read until a person lets it go.
    leaving: Vec<SourceSpec>,
    /// Where records come from: the sources as configured, each read on the terms of what judges.
    pub sources: Vec<Lane>,
    /// Where everything is kept.
    pub ledger: Ledger,
    /// How letters leave; `None`: they stay in the outbox.
    pub mailer: Option<Box<dyn Mailer + Send>>,
    /// Templates of letters.
    pub pages: Arc<Pages>,
    /// Right-hand side of Message-IDs.
    pub id_domain: String,
    /// How many letters leave.
    pub caps: Caps,
    /// How long personal text is kept.
    pub retention: Retention,
    /// Time between rounds, where they are not asked for.
    pub poll_every: Duration,
}

/// What can change while the ledger stays open.
struct Configured {
    policy: Policy,
    specs: Vec<SourceSpec>,
    mailer: Box<dyn Mailer + Send>,
}

impl Service {
    /// The lists of evidence that its sources bring.
    pub fn evidence(&self) -> Vec<EvidenceSpec> {
        let reads = self.sources.iter().flat_map(|source| &source.spec().reads);
        reads.filter_map(|read| read.evidence.clone()).collect()
    }

    /// What could be shown by sources that were never read whole, or to which nothing was delivered yet that others deliver to them: an
    /// empty folder is no quiet hall.
    pub fn awaited(&self) -> Result<Vec<Awaited>, LedgerError> {
        let (unread, undelivered) = (self.ledger.never_read()?, self.ledger.never_delivered()?);
        let sources = self.expected().into_iter().filter(|spec| {
            let by_others = spec.batch || spec.connection.kind().is_files();
            unread.contains(&spec.name) || by_others && undelivered.contains(&spec.name)
        });
        Ok(sources.flat_map(|spec| Awaited::of(&spec).collect::<Vec<_>>()).collect())
    }

    /// Names of the sources in the configuration, whether they are read or not.
    pub fn configured(&self) -> Vec<String> {
        self.expected().into_iter().map(|spec| spec.name).collect()
    }

    /// Opens the ledger and makes everything else ready. Sources and mail server are met only in a round: that
    /// one of them is away must not keep the daemon from starting.
    pub fn open(config: &Config) -> Result<Self, Failure> {
        let ledger = Ledger::open(&config.ledger, config.policy.zone)?;
        let Configured { policy, specs, mailer } = configured(config)?;
        Ok(Self {
            clock: Box::new(SystemClock::new(policy.zone)),
            wanted: policy.clone(),
            policy,
            waits: false,
            settled: false,
            carried: None,
            sources: specs.iter().map(Lane::new).collect(),
            specs,
            leaving: Vec::new(),
            ledger,
            mailer: Some(mailer),
            pages: Arc::clone(&config.pages),
            id_domain: config.sender.list_id.clone(),
            caps: config.caps,
            retention: config.retention,
            poll_every: config.poll_every,
        })
    }

    /// Works with another configuration from now on; what judges changes with the next round, if it may. The ledger stays open unless it is another file. When this
    /// fails everything is as it was.
    pub fn reconfigure(&mut self, config: &Config) -> Result<(), Failure> {
        let Configured { policy, specs, mailer } = configured(config)?;
        if self.ledger.path() != config.ledger {
            self.ledger = Ledger::open(&config.ledger, policy.zone)?;
        }
        self.leaving.append(&mut self.specs);
        (self.wanted, self.specs, self.mailer) = (policy, specs, Some(mailer));
        self.leaving.retain(|old| {
            self.specs.iter().all(|new| new.name != old.name && new.was.as_ref() != Some(&old.name))
        });
        (self.settled, self.carried) = (false, None);
        self.arrange_sources();
        self.pages = Arc::clone(&config.pages);
        self.id_domain.clone_from(&config.sender.list_id);
        (self.caps, self.poll_every, self.retention) = (config.caps, config.poll_every, config.retention);
        Ok(())
    }

    /// Judges by another policy from now on.
    pub fn judge_by(&mut self, policy: Policy) {
        self.ledger.set_zone(policy.zone);
        if policy.zone != self.policy.zone {
            self.clock = Box::new(SystemClock::new(policy.zone));
        }
        self.policy = policy;
        self.arrange_sources();
    }

    /// Reads each source on the terms of what judges; one of another kind than those say is not read until its own are in force,
    /// and neither is one that they do not know.
    fn arrange_sources(&mut self) {
        let mut open = std::mem::take(&mut self.sources);
        for spec in self.expected() {
            let terms = self.policy.sources.get(&spec.name);
            let Some(spec) = terms.map_or_else(|| Some(spec.clone()), |terms| terms.under(&spec)) else {
                continue;
            };
            let same = open.iter().position(|source| *source.spec() == spec);
            self.sources.push(same.map_or_else(|| Lane::new(&spec), |at| open.swap_remove(at)));
        }
    }

    /// The sources that what judges expects, under the names by which it knows them.
    fn expected(&self) -> Vec<SourceSpec> {
        let terms = &self.policy.sources;
        let knows = |name: &String| terms.get(name).is_some_and(|terms| !terms.removed);
        let named = |spec: &SourceSpec| {
            let was = spec.was.clone().filter(|was| !terms.contains_key(&spec.name) && knows(was));
            SourceSpec { name: was.unwrap_or_else(|| spec.name.clone()), ..spec.clone() }
        };
        let leaving = self.leaving.iter().filter(|spec| knows(&spec.name)).cloned();
        let wanted = self.specs.iter().map(named).filter(|spec| terms.is_empty() || knows(&spec.name));
        wanted.chain(leaving).collect()
    }
}

fn configured(config: &Config) -> Result<Configured, Failure> {
    if let (Way::Folder(mail), Some(own)) = (&config.way, config.ledger.parent())
        && mail.starts_with(own)
    {
        // A folder elsewhere is left alone: if it is missing, a share may not be mounted. Without it letters wait in the outbox, and
        // everything else goes on.
        if let Err(error) = std::fs::create_dir_all(mail) {
            let (folder, why) = (mail.display().to_string(), operator::why(&error));
            tracing::error!("{}", operator::words(&say!("journal-no_mail_folder", folder, why)));
        }
    }
    Ok(Configured {
        policy: config.policy.clone(),
        specs: config.sources.clone(),
        mailer: notify::open(&config.way, &config.sender)?,
    })
}

/// Reads and checks the configuration; every mistake is in the failure.
pub fn load(file: &Path) -> Result<Config, Failure> {
    may_read(file)?;
    config::load(file).map_err(|problems| unusable(file, &problems))
}

fn may_read(file: &Path) -> Result<(), Failure> {
    let name = || file.display().to_string();
    if rustix::fs::access(file, rustix::fs::Access::READ_OK) == Err(rustix::io::Errno::ACCESS) {
        let failure = Failure::new(ExitCode::NotAllowed, say!("failure-config_not_read", file = name()));
        return Err(failure.with_remedy(say!("ledger_remedy-not_read")));
    }
    Ok(())
}

fn unusable(file: &Path, problems: &Problems) -> Failure {
    let file = &file.display().to_string();
    Failure::new(ExitCode::Config, say!("failure-config", file))
        .with_details(problems.to_string())
        .with_remedy(say!("failure-config_remedy", file))
}

/// That a configuration has mistakes, and the one in force stands in for it.
pub struct StandsIn {
    /// The file with the first mistake.
    pub file: PathBuf,
    /// When the one in force was first taken over: `2011-10-14 09:05`.
    pub at: String,
}

/// Reads and checks the configuration for what only reads: where it has mistakes, the one in force, from the copy that the last start
/// or reload kept of it.
pub fn load_to_read(file: &Path) -> Result<(Config, Option<StandsIn>), Failure> {
    may_read(file)?;
    let problems = match config::load(file) {
        Ok(config) => return Ok((config, None)),
        Err(problems) => problems,
    };
    match config::in_force(file) {
        Ok(Some(InForce { config, at })) => {
            let first = problems.list().iter().find(|problem| !problem.warning && !problem.of_page);
            let file = first.map_or_else(|| file.to_owned(), |problem| problem.file.clone());
            Ok((config, Some(StandsIn { file, at })))
        }
        Ok(None) => Err(unusable(file, &problems)),
        Err(why) => Err(unusable(file, &problems).because(Some(why))),
    }
}

/// Keeps the configuration that was just taken over for [`load_to_read`]. Where that cannot be, it is told and everything goes on.
pub fn keep(config: &Config, now: &Now) {
    if let Err(error) = config::keep(config, &now.instant.format("%Y-%m-%d %H:%M").to_string()) {
        let (ledger, why) = (config.ledger.display().to_string(), operator::why(&error));
        tracing::warn!("{}", operator::words(&say!("journal-config_not_kept", ledger, why)));
    }
}
