//! Which parts of what judges differ between two snapshots.

use serde_json::{Map, Value};

use crate::domain::text::{Text, say};

/// The parts of a snapshot that say which days are worked.
const DAYS: [&str; 3] = ["calendar", "local_items", "local_units"];

/// What a change of what judges concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Which days are worked.
    Calendar,
    /// Anything else.
    Rules,
    /// Both.
    Both,
}

impl Changed {
    /// By the snapshots before and after. Where one cannot be read all of it may have changed.
    pub fn between(before: &str, after: &str) -> Self {
        let read = |snapshot| serde_json::from_str::<Map<String, Value>>(snapshot).ok();
        let (Some(before), Some(after)) = (read(before), read(after)) else { return Self::Both };
        let differs = |key: &str| before.get(key) != after.get(key);
        let days = DAYS.into_iter().any(differs);
        let rest = before.keys().chain(after.keys()).any(|key| !DAYS.contains(&key.as_str()) && differs(key));
        match (days, rest) {
            (true, true) => Self::Both,
            (true, false) => Self::Calendar,
            (false, _) => Self::Rules,
        }
    }

    /// What it is called.
    pub fn text(self) -> Text {
        match self {
            Self::Calendar => say!("change-calendar"),
            Self::Rules => say!("change-rules"),
            Self::Both => say!("change-both"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Only what differs is named, a calendar of one unit among it; what cannot be read is not taken for unchanged.
    #[test]
    fn what_differs_is_named() {
        let old = r#"{"calendar":1,"local_units":{},"clocks":[1]}"#;
        for (new, changed) in [
            (r#"{"calendar":2,"local_units":{},"clocks":[1]}"#, Changed::Calendar),
            (r#"{"calendar":1,"local_units":{"U1":2},"clocks":[1]}"#, Changed::Calendar),
            (r#"{"calendar":1,"local_units":{},"clocks":[2]}"#, Changed::Rules),
            (r#"{"calendar":1,"local_units":{},"clocks":[1],"cards":1}"#, Changed::Rules),
            (r#"{"calendar":2,"local_units":{},"clocks":[2]}"#, Changed::Both),
            ("", Changed::Both),
        ] {
            assert_eq!(Changed::between(old, new), changed, "{new}");
        }
    }
}
