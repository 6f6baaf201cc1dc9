//! Everything a round works with, opened from the configuration.

use std::path::Path;

use crate::domain::letter::Mailer;
use crate::domain::letter::relay::Way;
use crate::domain::now::Clock;
use crate::domain::policy::Policy;
use crate::edge::clock::SystemClock;
use crate::edge::config::{self, Config};
use crate::edge::ledger::Ledger;
use crate::edge::notify;
use crate::edge::source::{self, Source};
use crate::failure::{ExitCode, Failure};

/// Everything a round works with.
pub struct House {
    /// The time.
    pub clock: Box<dyn Clock>,
    /// What judges.
    pub policy: Policy,
    /// Where records come from.
    pub sources: Vec<Box<dyn Source>>,
    /// Where everything is kept.
    pub ledger: Ledger,
    /// How letters leave; `None`: they stay in the outbox.
    pub mailer: Option<Box<dyn Mailer + Send>>,
    /// Right-hand side of Message-IDs.
    pub id_domain: String,
}

impl House {
    /// Opens the ledger and makes everything else ready. Sources and mail server are met only in a round: that
    /// one of them is away must not keep the daemon from starting.
    pub fn open(config: &Config) -> Result<Self, Failure> {
        let zone = config.policy.zone;
        if let (Way::Folder(mail), Some(own)) = (&config.way, config.ledger.parent())
            && mail.starts_with(own)
        {
            // A folder elsewhere is left alone: if it is missing, a share may not be mounted.
            std::fs::create_dir_all(mail)?;
        }
        Ok(Self {
            clock: Box::new(SystemClock::new(zone)),
            policy: config.policy.clone(),
            sources: config.sources.iter().map(source::open).collect(),
            ledger: Ledger::open(&config.ledger, zone)?,
            mailer: Some(notify::open(&config.way, &config.sender)?),
            id_domain: config.sender.list_id.clone(),
        })
    }
}

/// Reads and checks the configuration; every mistake is in the failure.
pub fn load(file: &Path) -> Result<Config, Failure> {
    config::load(file).map_err(|problems| {
        let head = format!("the configuration `{}` cannot be used\n\n{problems}", file.display());
        Failure::new(ExitCode::Config, head)
            .with_remedy(format!("mend the above, then `jianchad check-config --config {}`", file.display()))
    })
}
