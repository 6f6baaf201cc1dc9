//! The world: everything in here can fail. Each edge names the domain and itself, never another edge.

pub mod clock;
pub mod config;
pub mod ledger;
pub mod logging;
pub mod notify;
pub mod report;
pub mod source;
pub mod systemd;
