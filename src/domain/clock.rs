//! A clock (计时): one limit running on one case, from the case's traces to a deadline and a card.

mod act;
mod believed;
mod bound;
mod by_law;
mod case;
mod corrections;
mod doubt;
mod ends;
mod excess;
mod extensions;
mod parts;
mod pauses;
mod reading;
mod spans;
mod state;
mod strict;
mod threshold;

pub use act::Act;
pub use believed::granted_length;
pub use doubt::{Disregarded, Doubt, Doubtful};
pub use excess::Excess;
pub use parts::{LeftOut, Parts, Sum};
pub use reading::read;
pub use state::{Part, Reading, State};

#[cfg(test)]
pub(super) mod tests;
