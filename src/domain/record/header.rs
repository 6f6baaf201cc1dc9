//! What a source says of a case apart from its traces.

use crate::domain::moment::Moment;

/// What a source says of a case apart from its traces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// Code of the item (事项编码).
    pub item: String,
    /// Code of the handling unit, where it may differ from the item's own.
    pub unit: Option<String>,
    /// Dates the record itself carries, by the name the mapping gives them (a promised day, an expiry).
    pub dates: Vec<(String, Moment)>,
    /// A name to show in mails, only if the mapping asks for one.
    pub display: Option<String>,
    /// Number of an earlier case of which this one is the renewed filing.
    pub earlier: Option<String>,
}

impl Header {
    /// A date the record itself carries, by its name.
    pub fn date(&self, name: &str) -> Option<Moment> {
        self.dates.iter().find(|(key, _)| key == name).map(|(_, at)| *at)
    }
}
