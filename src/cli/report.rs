//! `jianchad report`: a digest as it went out, or the bulletin of any period.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Common, LangOption, not_found};
use crate::domain::bulletin::Period;
use crate::domain::letter::bulletin;
use crate::domain::text::{Text, say};
use crate::edge::ledger::Ledger;
use crate::edge::operator;
use crate::failure::{ExitCode, Failure};
use crate::round;
use crate::service;

/// A digest as it went out on a day, or the bulletin (通报) of any period: the same ledger gives the same bytes.
#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    lang_option: LangOption,
    /// Which.
    #[arg(value_enum)]
    kind: Kind,
    /// 2011-10 (a month), 2011-10-08 (a day) or 2011-10-01..2011-10-15.
    #[arg(long, value_name = "PERIOD")]
    period: Period,
    /// Writes it into this file as a page, as it stands in the mail, instead of showing it as text.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Writes its tables into this file as a workbook.
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Sends it to those who get bulletins: the letters enter the outbox and leave with the next round.
    #[arg(long)]
    send: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// The daily digest, as it was sent.
    Digest,
    /// The bulletin.
    Bulletin,
}

impl Report {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        match self.kind {
            Kind::Digest => self.digest(out),
            Kind::Bulletin => self.bulletin(out),
        }
    }

    fn digest(&self, out: &mut dyn Write) -> Result<(), Failure> {
        if self.send || self.xlsx.is_some() || self.period.from != self.period.to {
            let sentence = self.words(say!("report-digest_usage"));
            return Err(Failure::new(ExitCode::Usage, sentence));
        }
        let config = self.common.to_read(self.lang_option.language())?;
        let ledger = Ledger::read_only(&config.ledger, config.policy.zone)?;
        let day = self.period.from;
        let Some((text, html)) = ledger.digest_of(day)? else {
            return Err(not_found(self.words(say!("report-no_digest", day))));
        };
        self.show(&text, &html, out)
    }

    fn bulletin(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let config = match self.send {
            true => service::load(&self.common.config)?,
            false => self.common.to_read(self.lang_option.language())?,
        };
        let (policy, language) = (&config.policy, self.lang_option.language());
        if self.send {
            let known = Ledger::read_only(&config.ledger, policy.zone)?;
            if round::bulletin_of(&known, policy, self.period, language)?.is_unread() {
                return Err(Failure::new(ExitCode::Unavailable, self.words(say!("report-unread"))));
            }
            let mut ledger = Ledger::at_keyboard(&config.ledger, policy.zone)?;
            let sent = round::send_bulletin(&mut ledger, &config, self.period)?;
            writeln!(out, "{}", self.words(say!("report-waiting", count = sent)))?;
            if self.html.is_none() && self.xlsx.is_none() {
                return Ok(());
            }
        }
        let ledger = Ledger::read_only(&config.ledger, policy.zone)?;
        let found = round::bulletin_of(&ledger, policy, self.period, language)?;
        if let Some(file) = &self.xlsx {
            let book = round::workbook(&found, language);
            std::fs::write(file, book).map_err(|error| self.cannot_write(file, &error))?;
        }
        if self.xlsx.is_some() && self.html.is_none() {
            return Ok(());
        }
        self.show(
            &bulletin::text(&found, language, policy, &config.pages),
            &bulletin::page(&found, language, policy, &config.pages),
            out,
        )
    }

    fn show(&self, text: &str, html: &str, out: &mut dyn Write) -> Result<(), Failure> {
        match &self.html {
            Some(file) => std::fs::write(file, html).map_err(|error| self.cannot_write(file, &error)),
            None => Ok(write!(out, "{text}")?),
        }
    }

    fn words(&self, text: Text) -> String {
        text.words(self.lang_option.language())
    }

    fn cannot_write(&self, file: &Path, error: &std::io::Error) -> Failure {
        let (file, why) = (file.display().to_string(), operator::why(error));
        Failure::new(ExitCode::Unavailable, self.words(say!("report-not_written", file, why)))
    }
}
