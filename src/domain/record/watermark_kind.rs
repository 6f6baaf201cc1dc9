//! What a watermark is: a column that grows whenever a row is added or changed.

use crate::domain::text::words;

/// What the column of a watermark holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WatermarkKind {
    /// The time of the last change.
    #[default]
    Time,
    /// A number that an application takes from a counter with every insert or change. Rows may be committed in another order than they
    /// took their numbers, and numbers may be left out.
    Sequence,
    /// The number of the transaction that wrote the row last, by which the database itself knows what is still under way.
    RowVersion,
}

words!(WatermarkKind {
    Time = "time", "时间";
    Sequence = "sequence", "流水号";
    RowVersion = "rowversion", "事务号";
});

impl WatermarkKind {
    /// Whether it is the usual one.
    pub fn is_time(&self) -> bool {
        *self == Self::Time
    }
}
