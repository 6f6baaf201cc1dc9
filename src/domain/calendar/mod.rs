//! Working days (工作日): what each civil day is, and how many lie between.

/// Working days.
#[derive(Debug, Clone)]
pub struct Calendar {}
