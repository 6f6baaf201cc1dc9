//! Reports as files that people open.

pub mod xlsx;
