//! What is known of the sources themselves: how far each was read, when it was watched, what its columns hold.

pub(super) mod blindness;
pub(super) mod columns;
pub(super) mod courses;
pub(super) mod looked_at;
pub(super) mod moved_sources;
pub(super) mod read_to;
pub(super) mod remarks;
pub(super) mod source_clock;
pub(super) mod sources;
pub(super) mod spans;
