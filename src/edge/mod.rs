//! The world: everything in here can fail. Each edge names the domain and itself, never another edge.

pub mod config;
pub mod notify;
pub mod source;
