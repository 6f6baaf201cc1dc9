//! Reports as files that people open.

pub mod picture;
pub mod xlsx;
