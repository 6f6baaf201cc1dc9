//! A program of a source: what is started, with what it is told and what it may take.

use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use super::super::written::{At, Table};
use super::server::{password_file, within};
use crate::domain::record::program::Program;
use crate::domain::text::say;
use crate::edge::{operator, plain_file};

/// The keys of a program.
pub(super) const KEYS: [&str; 6] =
    ["command", "directory", "environment", "credentials", "memory_at_most", "processor_at_most"];

/// Variables that every program gets as they are.
const OUR_OWN: [&str; 2] = ["PATH", "JIANCHAD_READING"];
/// What is written in front of a secret, in many programs.
const SECRET: [&str; 5] = ["password", "passwd", "pwd", "secret", "token"];
/// Mebibytes of memory, by default and at least and at most.
const MEMORY: (u32, u32, u32) = (1024, 16, 1 << 20);

/// What leads to a program; its encoding stands elsewhere.
pub(super) fn program(table: &Table<'_>, folder: &Path) -> Option<Program> {
    if let Some(at) = table.text("path") {
        table.wrong(&at, say!("config-program_path"));
    }
    let command = command(table);
    let directory = table.text("directory").map_or_else(|| "/".into(), |at| folder.join(at.value));
    let environment = environment(table);
    let credentials = table.pairs("credentials").unwrap_or_default();
    let credentials = credentials
        .into_iter()
        .filter_map(|(name, at)| password_file(table, &at, folder).map(|file| (name, file)))
        .collect();
    let (usual, least, most) = MEMORY;
    let memory = table.number("memory_at_most").map_or(usual, |at| {
        if !(least..=most).contains(&at.value) {
            table.wrong(&at, say!("config-mebibytes", least, most));
        }
        at.value
    });
    let processor = within(table, "processor_at_most", Duration::from_secs(600), (1, 24 * 3600));
    let mut command = command?.into_iter();
    let at = command.next()?;
    let path = folder.join(&at.value);
    match plain_file::trusted(&path) {
        // Who only looks at the configuration need not be able to see it; the source is dark without it.
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            table.warn(&at, say!("config-no_program", path = path.display().to_string()));
        }
        Err(error) => {
            let (path, why) = (path.display().to_string(), operator::why(&error));
            table.warn(&at, say!("config-untrusted", path, why));
        }
    }
    Some(Program {
        path,
        arguments: command.map(|at| at.value).collect(),
        folder: directory,
        environment,
        credentials,
        memory: u64::from(memory) << 20,
        processor,
        encoding: None,
    })
}

/// The program and its arguments.
fn command(table: &Table<'_>) -> Option<Vec<At<String>>> {
    if table.is_missing("command") {
        let place = table.place();
        let at = At { key: format!("{}.command", place.key), ..place };
        table.lacks(&["command"], at, say!("config-no_command"));
        return None;
    }
    let command = table.texts("command")?;
    if command.first().is_none_or(|at| at.value.trim().is_empty()) {
        let at = command.first().map_or_else(|| table.place(), At::place);
        table.wrong(&at, say!("config-no_command"));
        return None;
    }
    for at in command.iter().filter(|at| at.value.contains('\0')) {
        table.wrong(at, say!("config-say_something"));
    }
    for at in command.iter().skip(1).filter(|at| is_secret(&at.value)) {
        table.warn(at, say!("config-secret_argument"));
    }
    Some(command)
}

/// Variables of its environment.
fn environment(table: &Table<'_>) -> Vec<(String, String)> {
    let pairs = table.pairs("environment").unwrap_or_default();
    for (name, at) in &pairs {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(letters) || at.value.contains('\0') {
            table.wrong(at, say!("config-variable"));
        } else if OUR_OWN.contains(&name.as_str()) {
            table.wrong(at, say!("config-own_variable", name));
        } else if is_secret(name) {
            table.warn(at, say!("config-secret_variable"));
        }
    }
    pairs.into_iter().map(|(name, at)| (name, at.value)).collect()
}

/// Whether it looks like a secret, or like what stands in front of one.
fn is_secret(written: &str) -> bool {
    let written = written.to_lowercase();
    SECRET.iter().any(|word| written.contains(word))
}
