//! In which capacities an address was told, as it stands beside a letter.

use serde::{Deserialize, Serialize};

use super::super::LedgerError;
use super::super::stored::parsed;
use crate::domain::registry::capacity::Capacity;

#[derive(Serialize, Deserialize)]
struct Written {
    role: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
}

/// Capacities in text; `None` where there are none.
pub(super) fn to_text(capacities: &[Capacity]) -> Option<String> {
    let written = capacities.iter().map(|it| {
        let Capacity { role, unit, region } = it.clone();
        Written { role: role.word().to_owned(), unit, region }
    });
    let written: Vec<Written> = written.collect();
    (!written.is_empty()).then(|| serde_json::to_string(&written).expect("texts can be written"))
}

/// Capacities from their text; none where a letter from before has no text.
pub(super) fn from_text(text: Option<&str>) -> Result<Vec<Capacity>, LedgerError> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let garbled =
        |_| LedgerError::Garbled { what: "in which capacities an address was told", value: text.to_owned() };
    let written: Vec<Written> = serde_json::from_str(text).map_err(garbled)?;
    let read = |it: Written| {
        let role = parsed("a role", &it.role)?;
        Ok(Capacity { role, unit: it.unit, region: it.region })
    };
    written.into_iter().map(read).collect()
}
