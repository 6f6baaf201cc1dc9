//! jianchad: electronic supervision (电子监察) of government approvals. The map, in reading order.

pub mod cli;
pub mod daemon;
pub mod domain;
pub mod edge;
pub mod failure;
pub mod house;
pub mod round;
