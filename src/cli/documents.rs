//! Completions and man pages, from the definitions of the commands themselves.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::help::in_language;
use super::{Cli, Tongue};
use crate::domain::text::say;
use crate::failure::Failure;

/// Prints the completions for a shell.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "jianchad", &mut text);
        Ok(out.write_all(&text)?)
    }
}

/// Writes the man pages into a folder.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// The folder; it is made if it is not there.
    folder: PathBuf,
    #[command(flatten)]
    tongue: Tongue,
}

impl Man {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)?;
        let language = self.tongue.language();
        clap_mangen::generate_to(in_language(Cli::command(), language), &self.folder)?;
        let folder = self.folder.display().to_string();
        Ok(writeln!(out, "{}", say!("help_word-man", folder).words(language))?)
    }
}
