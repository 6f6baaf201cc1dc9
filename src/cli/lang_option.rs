//! The language in which a command speaks.

use std::ffi::OsString;

use clap::{ArgMatches, Args};

use crate::domain::text::Language;

/// The language of what is shown.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct LangOption {
    /// Language: zh-CN or en; by default that of the terminal's locale.
    #[arg(long, env = "JIANCHAD_LANG")]
    lang: Option<Language>,
}

impl LangOption {
    /// That asked for, before it is known whether the arguments are in order: help and mistakes speak it too.
    pub(super) fn before(arguments: &[OsString]) -> Self {
        let texts = || arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
        let behind = texts().zip(texts().skip(1)).find(|(name, _)| *name == "--lang").map(|(_, code)| code);
        let asked = behind.or_else(|| texts().find_map(|it| it.strip_prefix("--lang="))).map(str::to_owned);
        let asked = asked.or_else(|| std::env::var("JIANCHAD_LANG").ok());
        Self { lang: asked.and_then(|code| code.parse().ok()) }
    }

    /// That of the command, whichever it is.
    pub(super) fn of(matches: &ArgMatches) -> Self {
        Self { lang: chosen(matches) }
    }

    /// The language asked for, else the terminal's.
    pub(crate) fn language(self) -> Language {
        let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok());
        let terminal = || locale().is_some_and(|locale| locale.starts_with("zh"));
        self.lang.unwrap_or_else(|| if terminal() { Language::Chinese } else { Language::English })
    }
}

fn chosen(matches: &ArgMatches) -> Option<Language> {
    let own = || matches.try_get_one("lang").ok().flatten().copied();
    matches.subcommand().map_or_else(own, |(_, below)| chosen(below).or_else(own))
}
