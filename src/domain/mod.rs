//! The law: values in, values out. Nothing here asks the time or touches disk or network.

pub mod calendar;
pub mod count;
pub mod finding;
pub mod letter;
pub mod limit;
pub mod moment;
pub mod now;
pub mod policy;
pub mod record;
pub mod registry;
