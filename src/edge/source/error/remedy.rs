//! What to try.

use super::SourceError;
use crate::domain::text::{Text, say};

impl SourceError {
    /// What to try.
    pub fn remedy(&self) -> Text {
        match self {
            Self::Missing { .. } => say!("fault_remedy-missing"),
            Self::NoFile { .. } => say!("fault_remedy-no_file"),
            Self::Emptied { .. } => say!("fault_remedy-emptied"),
            Self::Folder { .. } => say!("fault_remedy-folder"),
            Self::Forbidden { .. } => say!("fault_remedy-forbidden"),
            Self::Io { .. } | Self::Disk { .. } => say!("fault_remedy-disk"),
            Self::NotADatabase { .. } => say!("fault_remedy-no_database"),
            Self::Busy { .. } => say!("fault_remedy-busy"),
            Self::WalClosed { .. } => say!("fault_remedy-wal_closed"),
            Self::Unfinished { .. } => say!("fault_remedy-unfinished"),
            Self::Corrupt { .. } => say!("fault_remedy-corrupt"),
            Self::Sqlite { .. } => say!("fault_remedy-sqlite"),
            Self::NoTable { .. } => say!("fault_remedy-no_table"),
            Self::Query { .. } => say!("fault_remedy-query"),
            Self::Unbound { .. } => say!("fault_remedy-unbound"),
            Self::Text { .. } => say!("fault_remedy-text"),
            Self::Book { .. } => say!("fault_remedy-book"),
            Self::Silent { .. } => say!("fault_remedy-silent"),
            Self::TooLong { .. } => say!("fault_remedy-too_long"),
            Self::Swollen { .. } => say!("fault_remedy-swollen"),
            Self::TooBig { .. } => say!("fault_remedy-too_big"),
            Self::BrokeOff { .. } => say!("fault_remedy-broke_off"),
            Self::Hangs { .. } => say!("fault_remedy-hangs"),
            Self::Server(error) => error.cure(),
            Self::Program(error) => error.cure(),
            Self::Misfit { .. } => say!("fault_remedy-misfit"),
        }
    }
}
