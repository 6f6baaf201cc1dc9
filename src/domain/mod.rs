//! The law: values in, values out. Nothing here asks the time or touches disk or network.

pub mod across;
pub mod adoption;
pub mod bulletin;
pub mod calendar;
pub mod clock;
pub mod count;
pub mod coverage;
pub mod deed;
pub mod digest;
pub mod finding;
pub mod letter;
pub mod limit;
pub mod moment;
pub mod now;
pub mod overview;
pub mod plan;
pub mod policy;
pub mod record;
pub mod registry;
pub mod rules;
pub mod sample;
pub mod season;
pub mod silence;
pub mod statute;
pub mod text;
mod zone;
