//! Stand-in.
use std::ops::ControlFlow;

use super::{Cursors, Reading, Source, SourceError};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;

/// Stand-in.
pub(super) struct Sqlite(SourceSpec);

impl Sqlite {
    pub fn new(spec: SourceSpec) -> Self {
        Self(spec)
    }
}

impl Source for Sqlite {
    fn spec(&self) -> &SourceSpec {
        &self.0
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        _now: &Now,
        _take: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        Ok(Reading { cursors: cursors.clone(), unchanged: true, ..Reading::default() })
    }
}
