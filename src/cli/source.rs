//! `jianchad source`: what a person says of a source that is doubted.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{Common, Tongue, not_found};
use crate::domain::now::Clock;
use crate::edge::clock::SystemClock;
use crate::edge::ledger::Ledger;
use crate::failure::Failure;
use crate::service;

/// Sources that are doubted.
#[derive(Debug, Args)]
pub(crate) struct SourceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Says that a doubted source is right as it is: it is judged by again, and each case that is gone from it is found as a vanished
    /// record.
    Accept(Accept),
}

#[derive(Debug, Args)]
struct Accept {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    tongue: Tongue,
    /// Name of the source, as the configuration has it.
    source: String,
    /// Who says so.
    #[arg(long, value_name = "NAME", value_parser = super::said)]
    by: String,
    /// Why it is right.
    #[arg(long, value_name = "TEXT", value_parser = super::said)]
    why: String,
}

impl SourceCommand {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.what {
            What::Accept(accept) => accept.run(out),
        }
    }
}

impl Accept {
    fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = service::load(&self.common.config)?;
        let now = SystemClock::new(config.policy.zone).now();
        let chinese = self.tongue.chinese();
        let mut ledger = Ledger::at_keyboard(&config.ledger, config.policy.zone)?;
        let accepted = ledger.accept_source(&self.source, &self.by, &self.why, now.instant)?;
        let Some(accepted) = accepted else {
            let (sentence, remedy) = if chinese {
                (
                    format!("未能确认数据源“{}”：没有待确认的存疑", self.source),
                    "jianchad status 列出各数据源及其状态",
                )
            } else {
                (
                    format!("cannot accept the source `{}`: nothing of it waits to be accepted", self.source),
                    "`jianchad status` lists the sources and how they are",
                )
            };
            return Err(not_found(sentence).with_remedy(remedy));
        };
        let (source, by, since) = (&self.source, &self.by, &accepted.since);
        if chinese {
            writeln!(out, "数据源“{source}”自 {since} 起存疑：{}", accepted.why.zh)?;
            writeln!(
                out,
                "{by}已确认现状属实；下一轮起恢复判定（systemctl reload jianchad 立即开始一轮）。届时另有其他办件查不到的，仍须另行确认。"
            )?;
        } else {
            writeln!(out, "source `{source}`, doubted since {since}: {}", accepted.why.en)?;
            writeln!(
                out,
                "{by} says that it is right; it is judged by from the next round on (`systemctl reload jianchad` starts one), unless \
                 other cases are missing by then."
            )?;
        }
        Ok(())
    }
}
