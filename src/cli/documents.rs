//! Completions and man pages, from the definitions of the commands themselves.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::help::in_language;
use super::{Cli, LangOption};
use crate::domain::text::{Language, say};
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
    lang_option: LangOption,
}

impl Man {
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<(), Failure> {
        std::fs::create_dir_all(&self.folder)?;
        let language = self.lang_option.language();
        let mut command = in_language(Cli::command(), language).disable_help_subcommand(true);
        command.build();
        write_pages(&command, language, &self.folder)?;
        let folder = self.folder.display().to_string();
        Ok(writeln!(out, "{}", say!("help_word-man", folder).words(language))?)
    }
}

/// The page of a command and those of the commands below it.
fn write_pages(command: &Command, language: Language, folder: &Path) -> io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write_pages(below, language, folder)?;
    }
    let page = clap_mangen::Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    std::fs::write(folder.join(page.get_filename()), said(&text, language))
}

/// A page with the words that clap_mangen puts around those of the commands in a language.
fn said(page: &str, language: Language) -> String {
    let words = [
        ("\n.SH NAME\n", say!("man-name")),
        ("\n.SH SYNOPSIS\n", say!("man-synopsis")),
        ("\n.SH DESCRIPTION\n", say!("man-description")),
        ("\n.SH OPTIONS\n", say!("man-options")),
        ("\n.SH SUBCOMMANDS\n", say!("man-commands")),
        ("\n.SH EXTRA\n", say!("man-extra")),
        ("\n.SH VERSION\n", say!("man-version")),
    ];
    let page = words.iter().fold(page.to_owned(), |page, (english, words)| {
        page.replace(english, &format!("\n.SH {}\n", words.words(language)))
    });
    let around = [
        ("\nPrint help (see a summary with \\*(Aq\\-h\\*(Aq)\n", say!("man-help_less")),
        ("\nPrint help (see more with \\*(Aq\\-\\-help\\*(Aq)\n", say!("man-help_more")),
        ("\nPrint help\n", say!("help_word-help")),
        ("\nPrint version\n", say!("help_word-version")),
    ];
    let page = around.iter().fold(page, |page, (english, words)| {
        page.replace(english, &format!("\n{}\n", words.words(language)))
    });
    let commands = format!("<\\fI{}\\fR>", say!("man-commands").words(language));
    let page = page.replace("<\\fIsubcommands\\fR>", &commands);
    page.replace(" [default: ", &format!(" {}", say!("help_word-default").words(language)))
}
