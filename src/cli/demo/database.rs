//! stub
use super::city::Entry;
use crate::failure::Failure;
use std::path::Path;
pub(crate) struct ApprovalDatabase {}
impl ApprovalDatabase {
    pub(crate) fn create(_: &Path) -> Result<Self, Failure> {
        Ok(Self {})
    }
    pub(crate) fn apply(&mut self, _: &[Entry]) -> Result<(), Failure> {
        Ok(())
    }
}
