//! Commands: one file each.

pub mod calendar;
pub mod due;
