//! `jianchad mail`: one test letter through the configured way.

use std::io::Write;

use clap::{Args, Subcommand};

use super::Common;
use crate::domain::letter::{Address, Letter, Outcome, message_id};
use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::notify;
use crate::failure::{ExitCode, Failure};
use crate::house;

/// Letters.
#[derive(Debug, Args)]
pub(crate) struct Mail {
    #[command(subcommand)]
    deed: Deed,
}

#[derive(Debug, Subcommand)]
enum Deed {
    /// Sends one test letter through the configured way and says what came of it.
    Test {
        #[command(flatten)]
        common: Common,
        /// To whom.
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
}

impl Mail {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let Deed::Test { common, to } = &self.deed;
        let config = house::load(&common.config)?;
        let clock = SystemClock::new(config.policy.zone);
        let now = clock.now();
        let text = format!(
            "这是 {} 的一封测试邮件。收到它，说明监察邮件可以送达。\n\
             This is a test letter of jianchad: that it reached you shows that its letters can.\n",
            config.policy.office
        );
        let letter = Letter {
            message_id: message_id("test", to, &now, &config.sender.list_id),
            to: Address { name: String::new(), address: to.clone() },
            subject: "【测试】监察邮件 / test letter".into(),
            html: format!("<!doctype html><meta charset=\"utf-8\"><p>{}</p>", text.replace('\n', "<br>")),
            text,
            attachments: Vec::new(),
            written_at: now.instant,
        };
        let mut mailer = notify::open(&config.way, &config.sender)?;
        let outcome = mailer.send(&letter, &clock);
        mailer.finish();
        let way = notify::describe(&config.way);
        match outcome {
            Outcome::Sent { reply } => Ok(writeln!(out, "sent through {way}: {reply}")?),
            Outcome::TryLater { why, .. } => Err(Failure::new(ExitCode::Unavailable, why)),
            Outcome::Uncertain { why } | Outcome::Refused { why } => Err(Failure::new(ExitCode::Partly, why)),
        }
    }
}
