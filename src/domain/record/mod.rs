//! What a source says: cases, traces, a batch of rows, and a row that is none.

pub mod apply;
pub mod bind;
pub mod care;
pub mod columns;
pub mod connection;
pub mod doubt;
mod fact;
mod field;
mod header;
pub mod holders;
mod kind;
pub mod limits;
pub mod mapping;
pub mod moved;
pub mod nothing;
pub mod number;
pub mod of_case;
mod order;
pub mod pairs;
pub mod planned;
mod rejected;
pub mod rekeyed;
pub mod runs;
mod says;
pub mod server;
mod shrink;
mod slot;
pub mod spot;
pub mod terms;
#[cfg(test)]
mod tests;
pub mod times;
mod to_come;
mod trace;
pub mod value;
mod wrong;

pub use fact::{Batch, Fact};
pub use field::{Field, Part};
pub use header::Header;
pub use kind::{Kinds, TraceKind};
pub use order::chronological;
pub use rejected::{Rejected, Spoilt};
pub use says::says_something;
pub use shrink::MayShrink;
pub use slot::Slot;
pub use trace::{Amount, Entry, Meaning, Outcome, Trace, is_disclosure};
