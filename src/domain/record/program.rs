//! A program that reads records for a source, as the source is told of it.

use std::path::PathBuf;
use std::time::Duration;

/// What leads to a program that writes rows. No secret stands in it: each is read from its file whenever the program is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The program's file.
    pub path: PathBuf,
    /// What it is started with.
    pub arguments: Vec<String>,
    /// The folder in which it is started.
    pub folder: PathBuf,
    /// The variables of its environment, beside those that every program gets.
    pub environment: Vec<(String, String)>,
    /// Secrets that it is told, by name, and the files that hold them; their last line end is dropped.
    pub credentials: Vec<(String, PathBuf)>,
    /// How many bytes of memory each of its processes may take.
    pub memory: u64,
    /// For how long each of its processes may compute.
    pub processor: Duration,
    /// In which encoding its lines are that are no UTF-8, by its name; `None`: nobody knows.
    pub encoding: Option<String>,
}
