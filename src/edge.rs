//! The world: everything in here can fail. Each edge names the domain and itself, never another edge; all may name
//! `plain_file`, as each opens files that others may have put there, and `operator`, as each fails in words that somebody reads.

pub mod account;
pub mod clock;
pub mod config;
pub mod last_run;
pub mod ledger;
pub mod logging;
pub mod notify;
pub mod operator;
pub mod plain_file;
pub mod report;
pub mod source;
pub mod systemd;
