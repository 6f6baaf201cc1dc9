//! jianchad: electronic supervision (电子监察) of government approvals. The map, in reading order.

pub mod cli;
pub mod domain;
pub mod edge;
