//! In which capacity somebody is told.

use super::{Contact, Role};

/// A role for a unit or a region, whoever stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// The role.
    pub role: Role,
    /// Code of the unit, if it is for one.
    pub unit: Option<String>,
    /// Code of the region, if it is for one.
    pub region: Option<String>,
}

impl Capacity {
    /// That of a contact.
    pub fn of(contact: &Contact) -> Self {
        Self { role: contact.role, unit: contact.unit.clone(), region: contact.region.clone() }
    }
}
