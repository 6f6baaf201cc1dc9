//! The file as written becomes the file as checked.

pub mod calendar;
