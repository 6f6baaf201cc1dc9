//! Mistakes of the command line, in the operator's language. clap says them in English; what it found is in its context.

use std::error::Error as _;
use std::io::{self, IsTerminal, Write};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help::around;
use crate::domain::text::{Fault, Language, Text, say};

/// Says what is wrong with the command line, or the help that was asked for, and ends the program as clap does: with 2 or 0.
pub(super) fn refuse(error: &clap::Error, language: Language) -> ! {
    let Some(what) = mistake(error).filter(|_| language != Language::English) else {
        if language == Language::English {
            error.exit();
        }
        let page = |terminal: bool| {
            let page = error.render();
            around(&if terminal { page.ansi().to_string() } else { page.to_string() }, language)
        };
        // Whoever reads it may have gone away.
        _ = if error.use_stderr() {
            write!(io::stderr(), "{}", page(io::stderr().is_terminal()))
        } else {
            write!(io::stdout(), "{}", page(io::stdout().is_terminal()))
        };
        std::process::exit(error.exit_code());
    };
    let mut lines = vec![say!("usage-failed", what)];
    lines.extend(meant(error).map(|name| say!("usage-meant", name)));
    lines.extend(written(error).map(|usage| say!("usage-written", usage)));
    lines.push(say!("usage-more"));
    let lines: Vec<String> = lines.iter().map(|line| line.words(language) + "\n").collect();
    _ = write!(io::stderr(), "{}", lines.concat());
    std::process::exit(error.exit_code());
}

/// A mistake as a Chinese reader is told; `None`: it is no mistake, but help that was asked for.
fn mistake(error: &clap::Error) -> Option<Text> {
    let context = |kind| error.get(kind).map(shown);
    let name = || context(ContextKind::InvalidArg).unwrap_or_default();
    let value = || context(ContextKind::InvalidValue).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::InvalidValue if value().is_empty() => say!("usage-no_value", name = name()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = match (context(ContextKind::ValidValue), error.source()) {
                (Some(known), _) if !known.is_empty() => say!("usage-known", known),
                (_, Some(source)) => reason(source),
                _ => Text::default(),
            };
            say!("usage-value", name = name(), value = value(), why)
        }
        ErrorKind::UnknownArgument => say!("usage-unknown", name = name()),
        ErrorKind::InvalidSubcommand => {
            say!("usage-no_command", name = context(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand => say!("usage-command"),
        ErrorKind::MissingRequiredArgument => say!("usage-missing", names = name()),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            if other.is_empty() || other == name() {
                say!("usage-twice", name = name())
            } else {
                say!("usage-conflict", name = name(), other)
            }
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("usage-count", name = name())
        }
        ErrorKind::NoEquals => say!("usage-equals", name = name()),
        ErrorKind::InvalidUtf8 => say!("usage-utf8"),
        _ => say!("usage-other", words = error.to_string()),
    };
    Some(said)
}

/// What was probably meant.
fn meant(error: &clap::Error) -> Option<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let found = kinds.into_iter().find_map(|kind| error.get(kind)).map(shown);
    found.filter(|name| !name.is_empty())
}

/// How the command is written.
fn written(error: &clap::Error) -> Option<String> {
    let usage = shown(error.get(ContextKind::Usage)?);
    Some(usage.trim_start_matches("Usage:").trim().to_owned()).filter(|usage| !usage.is_empty())
}

/// Why a value was not taken.
fn reason(source: &(dyn std::error::Error + 'static)) -> Text {
    if let Some(Fault(said)) = source.downcast_ref() {
        return said.clone();
    }
    let words = source.to_string();
    if source.is::<chrono::ParseError>() {
        say!("cause-no_day", words)
    } else if source.is::<std::num::ParseIntError>() {
        say!("cause-no_number", words)
    } else {
        say!("usage-reason", words)
    }
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
