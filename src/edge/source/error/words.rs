//! What each reason says.

use super::SourceError;
use crate::domain::text::{Text, say};

impl SourceError {
    /// What happened, without its cause.
    pub fn said(&self) -> Text {
        let path = |path: &std::path::Path| path.display().to_string();
        match self {
            Self::Missing { path: it } => say!("fault-missing", path = path(it)),
            Self::Emptied { path: it } => say!("fault-emptied", path = path(it)),
            Self::Folder { path: it } => say!("fault-folder", path = path(it)),
            Self::NoFile { path: it, what } => say!("fault-no_file", path = path(it), what = what.clone()),
            Self::Forbidden { path: it, .. } => say!("fault-forbidden", path = path(it)),
            Self::Io { path: it, .. } => say!("fault-io", path = path(it)),
            Self::NotADatabase { path: it, .. } => say!("fault-no_database", path = path(it)),
            Self::Busy { path: it, .. } => say!("fault-busy", path = path(it)),
            Self::WalClosed { path: it } => say!("fault-wal_closed", path = path(it)),
            Self::Unfinished { path: it, .. } => say!("fault-unfinished", path = path(it)),
            Self::Corrupt { path: it, .. } => say!("fault-corrupt", path = path(it)),
            Self::Disk { path: it, .. } => say!("fault-disk", path = path(it)),
            Self::Sqlite { path: it, .. } => say!("fault-sqlite", path = path(it)),
            Self::NoTable { path: it, table, there } => {
                say!("fault-no_table", path = path(it), table, there = there.clone())
            }
            Self::Query { path: it, read, .. } => say!("fault-query", path = path(it), read),
            Self::Unbound { path: it, read, faults } => {
                say!("fault-unbound", path = path(it), read, faults = faults.clone())
            }
            Self::Text { path: it, line, what } => {
                say!("fault-text", path = path(it), line = line.to_string(), what = what.clone())
            }
            Self::Book { path: it, what } => say!("fault-book", path = path(it), what = what.clone()),
            Self::Silent { path: it, for_seconds } => {
                say!("fault-silent", path = path(it), seconds = *for_seconds)
            }
            Self::TooLong { path: it, for_seconds } => {
                say!("fault-too_long", path = path(it), seconds = *for_seconds)
            }
            Self::Swollen { path: it, known, more } => {
                say!("fault-swollen", path = path(it), known = known.to_string(), more = more.to_string())
            }
            Self::TooBig { path: it, .. } => say!("fault-too_big", path = path(it)),
            Self::BrokeOff { path: it } => say!("fault-broke_off", path = path(it)),
            Self::Hangs { path: it } => say!("fault-hangs", path = path(it)),
            Self::Server(error) => error.text(),
            Self::Program(error) => error.text(),
            Self::Misfit { read, asked } => say!("fault-misfit", read, asked = asked.clone()),
        }
    }
}
