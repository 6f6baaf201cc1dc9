//! What a case adds to the measures of its traces.

/// What a case adds to the measures of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Stages that it had to leave a trace of, once it was over.
    pub required: u32,
    /// Those of them that it left.
    pub present: u32,
    /// Its traces.
    pub traces: u32,
    /// Those whose time of entry is known and was witnessed.
    pub timed: u32,
    /// Those of them that were entered in time, as `late-entry` allows.
    pub timely: u32,
    /// Fields that its traces had to fill.
    pub asked: u32,
    /// Those of them that are filled.
    pub filled: u32,
}

impl std::ops::Add for Marks {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            required: self.required + other.required,
            present: self.present + other.present,
            traces: self.traces + other.traces,
            timed: self.timed + other.timed,
            timely: self.timely + other.timely,
            asked: self.asked + other.asked,
            filled: self.filled + other.filled,
        }
    }
}
