//! The language in which a command speaks.

use std::ffi::OsString;
use std::path::Path;

use clap::{ArgMatches, Args};

use super::CONFIG;
use crate::domain::text::Language;
use crate::edge::{config, operator};

/// The language of what is shown.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct LangOption {
    /// Language: zh-CN or en; by default that of the terminal's locale, and where that says none (C, POSIX) `language` of the configuration.
    #[arg(long, env = "JIANCHAD_LANG")]
    lang: Option<Language>,
}

impl LangOption {
    /// That asked for, before it is known whether the arguments are in order: help and mistakes speak it too.
    pub(super) fn before(arguments: &[OsString]) -> Language {
        let asked = value_of(arguments, "--lang", None);
        let asked = asked.or_else(|| std::env::var("JIANCHAD_LANG").ok());
        settled(asked.and_then(|code| code.parse().ok()), arguments)
    }

    /// That of the command, whichever it is.
    pub(super) fn of(matches: &ArgMatches, arguments: &[OsString]) -> Language {
        settled(chosen(matches), arguments)
    }

    /// The language asked for, else that which the program speaks.
    pub(crate) fn language(self) -> Language {
        self.lang.unwrap_or_else(operator::language)
    }
}

/// The language asked for, else the terminal's, else that of the configuration, else English.
fn settled(asked: Option<Language>, arguments: &[OsString]) -> Language {
    let configured = || {
        let named =
            value_of(arguments, "--config", Some("-c")).or_else(|| std::env::var("JIANCHAD_CONFIG").ok());
        config::language(Path::new(named.as_deref().unwrap_or(CONFIG)))
    };
    // Of the service and its reload the locale is the machine's and nobody's.
    let of_the_service = arguments.get(1).is_some_and(|command| command == "run")
        || arguments.iter().any(|argument| argument == "--only-files");
    let terminal = || of_locale(|name| std::env::var(name).ok());
    let found = asked.or_else(|| match of_the_service {
        true => configured().or_else(terminal),
        false => terminal().or_else(configured),
    });
    found.unwrap_or(Language::English)
}

/// The language of a locale; `None` where it says none: it is not set, or empty, or that of the machine (`C`, `C.UTF-8`, `POSIX`).
fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Option<Language> {
    let set = |name: &&str| variable(name).filter(|locale| !locale.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set)?;
    match locale.split(['.', '_', '@']).next().unwrap_or_default() {
        "C" | "POSIX" => None,
        "zh" => Some(Language::Chinese),
        _ => Some(Language::English),
    }
}

/// What stands behind an option, in either way of writing it, before the arguments are understood.
fn value_of(arguments: &[OsString], long: &str, short: Option<&str>) -> Option<String> {
    let texts = || arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
    let is_named = |name: &str| name == long || short == Some(name);
    let behind = texts().zip(texts().skip(1)).find(|(name, _)| is_named(name)).map(|(_, value)| value);
    let joined = || texts().find_map(|it| it.strip_prefix(long)?.strip_prefix('='));
    let attached = || texts().find_map(|it| Some(it.strip_prefix(short?)?.trim_start_matches('=')));
    behind.or_else(joined).or_else(attached).map(str::to_owned)
}

fn chosen(matches: &ArgMatches) -> Option<Language> {
    let own = || matches.try_get_one("lang").ok().flatten().copied();
    matches.subcommand().map_or_else(own, |(_, below)| chosen(below).or_else(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Issue 13: a locale that is set and empty, and that of the machine, say no language.
    #[test]
    fn a_locale_says_a_language_or_none() {
        let (zh, en) = (Some(Language::Chinese), Some(Language::English));
        type Set = &'static [(&'static str, &'static str)];
        let cases: [(Set, Option<Language>); 8] = [
            (&[], None),
            (&[("LANG", "C")], None),
            (&[("LANG", "C.UTF-8")], None),
            (&[("LC_ALL", "POSIX"), ("LANG", "zh_CN.UTF-8")], None),
            (&[("LANG", "zh_CN.UTF-8")], zh),
            (&[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN"), ("LANG", "en_US.UTF-8")], zh),
            (&[("LC_ALL", "en_US.UTF-8"), ("LANG", "zh_CN.UTF-8")], en),
            (&[("LANG", "de_DE@euro")], en),
        ];
        for (set, language) in cases {
            let variable =
                |name: &str| set.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(of_locale(variable), language, "{set:?}");
        }
    }

    /// An option is found in every way in which it may be written.
    #[test]
    fn an_option_is_found_before_it_is_understood() {
        for written in [&["x", "-c", "a"][..], &["x", "--config", "a"], &["x", "--config=a"], &["x", "-ca"]] {
            let arguments: Vec<OsString> = written.iter().map(OsString::from).collect();
            assert_eq!(value_of(&arguments, "--config", Some("-c")).as_deref(), Some("a"), "{written:?}");
        }
        assert_eq!(value_of(&["x".into(), "--lang".into()], "--lang", None), None);
    }
}
