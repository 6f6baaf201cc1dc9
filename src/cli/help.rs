//! The help of every command in the operator's language: English stands at the commands themselves, the others in the language files
//! under the path of a command (`help-card_show`) and the name of an argument there (`help-card_show-number`) or anywhere
//! (`help-any-config`).

use clap::{Arg, Command};

use crate::domain::text::{Language, Text, say};

/// The commands with their help in a language.
pub(super) fn in_language(command: Command, language: Language) -> Command {
    if language == Language::English { command } else { said(command, language, "") }
}

fn said(command: Command, language: Language, path: &str) -> Command {
    let name = if path.is_empty() { "jianchad" } else { path }.to_owned();
    let about = words(language, &format!("help-{name}"));
    let command = match about {
        Some(about) => command.long_about(about.clone()).about(about),
        None => command,
    };
    let command = match words(language, &format!("help-{name}-after")) {
        Some(after) => command.after_help(after),
        None => command,
    };
    let command = command.mut_args(|arg| argument(arg, language, &name));
    command.mut_subcommands(|below| {
        let path = if path.is_empty() {
            below.get_name().to_owned()
        } else {
            format!("{path}_{}", below.get_name())
        };
        said(below, language, &path)
    })
}

fn argument(arg: Arg, language: Language, path: &str) -> Arg {
    let key = key_of(&arg);
    let help = words(language, &format!("help-{path}-{key}"))
        .or_else(|| words(language, &format!("help-any-{key}")));
    let Some(mut help) = help else { return arg };
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    let arg = if values.is_empty() {
        arg
    } else {
        let known = Text::list(values.iter().map(|value| Text::from(value.get_name())), "list-comma");
        help.push_str(&say!("help_word-one_of_these", known).words(language));
        arg.hide_possible_values(true)
    };
    arg.long_help(help.clone()).help(help)
}

fn key_of(arg: &Arg) -> String {
    arg.get_long().unwrap_or(arg.get_id().as_str()).replace('-', "_").to_lowercase()
}

fn words(language: Language, key: &str) -> Option<String> {
    language.has(key).then(|| line(language, key))
}

fn line(language: Language, key: &str) -> String {
    Text::Message { key: key.to_owned().into(), values: Vec::new() }.words(language)
}

/// What clap writes around the help, by a language of its own; the first ones first, as one is a part of another.
const AROUND: [(&str, &str); 13] = [
    ("Print this message or the help of the given subcommand(s)", "help_word-help_command"),
    ("Print help (see more with '--help')", "help_word-help_more"),
    ("Print help (see a summary with '-h')", "help_word-help_less"),
    ("Print help", "help_word-help"),
    ("Print version", "help_word-version"),
    ("Usage: ", "help_word-usage"),
    ("Usage:", "help_word-usage"),
    ("Commands:", "help_word-commands"),
    ("Arguments:", "help_word-arguments"),
    ("Options:", "help_word-options"),
    ("[default: ", "help_word-default"),
    ("[env: ", "help_word-environment"),
    ("[aliases: ", "help_word-aliases"),
];

/// A page of help as clap wrote it, with the words around the help in a language.
pub(super) fn around(page: &str, language: Language) -> String {
    if language == Language::English {
        return page.to_owned();
    }
    let replaced = |page: String, (english, key): &(&str, &str)| page.replace(english, &line(language, key));
    AROUND.iter().fold(page.to_owned(), replaced)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clap::CommandFactory;

    use super::*;

    /// Every command and argument with what it says, by the keys under which another language may say it.
    fn all(command: &Command, path: &str, into: &mut Vec<(Vec<String>, String)>) {
        let name = if path.is_empty() { "jianchad" } else { path };
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        into.push((vec![format!("help-{name}")], about));
        for arg in command.get_arguments() {
            let key = key_of(arg);
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            into.push((vec![format!("help-{name}-{key}"), format!("help-any-{key}")], help));
        }
        for below in command.get_subcommands() {
            let path = if path.is_empty() {
                below.get_name().to_owned()
            } else {
                format!("{path}_{}", below.get_name())
            };
            all(below, &path, into);
        }
    }

    fn of(command: &Command) -> Vec<(Vec<String>, String)> {
        let mut found = Vec::new();
        all(command, "", &mut found);
        found
    }

    /// English stands at the commands, and word for word the same in its file, so that whoever changes one is told of the other.
    #[test]
    fn every_command_and_argument_has_its_help_in_every_language() {
        let mut missing = BTreeMap::new();
        for (keys, english) in of(&super::super::Cli::command()) {
            let key = keys.iter().find(|key| Language::English.has(key));
            if key.is_none_or(|key| line(Language::English, key) != english || !Language::Chinese.has(key)) {
                missing.insert(keys[0].clone(), english);
            }
        }
        let lines: Vec<String> = missing.iter().map(|(key, english)| format!("{key} = {english}")).collect();
        assert_eq!(lines, [""; 0], "{}", lines.join("\n"));
    }

    /// Asked for in Chinese, no page of help says a sentence in English.
    #[test]
    fn help_in_chinese_is_chinese() {
        let mut command = in_language(super::super::Cli::command(), Language::Chinese);
        command.build();
        let mut pages = vec![around(&command.render_long_help().to_string(), Language::Chinese)];
        for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
            pages.push(around(&below.render_long_help().to_string(), Language::Chinese));
            let deeper = below.get_subcommands_mut().filter(|below| below.get_name() != "help");
            pages.extend(deeper.map(|it| around(&it.render_long_help().to_string(), Language::Chinese)));
        }
        assert!(pages.len() > 30, "{}", pages.len());
        for page in pages {
            let word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
            for line in page
                .lines()
                .filter(|line| !line.starts_with("用法：") && !line.trim_start().starts_with("jianchad "))
            {
                let words: Vec<&str> = line.split([' ', '，', '：', '；', '（', '）']).collect();
                assert!(!words.windows(3).any(|three| three.iter().all(word)), "{line}\nin\n{page}");
            }
        }
    }

    #[test]
    fn the_help_of_english_is_untouched() {
        let page =
            |language| in_language(super::super::Cli::command(), language).render_long_help().to_string();
        assert_eq!(page(Language::English), super::super::Cli::command().render_long_help().to_string());
        assert_ne!(page(Language::Chinese), page(Language::English));
        assert_eq!(around("Usage: jianchad", Language::English), "Usage: jianchad");
        assert_eq!(around("Usage: jianchad", Language::Chinese), "用法：jianchad");
    }
}
