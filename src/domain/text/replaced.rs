//! A text with another value in it.

use super::Text;

impl Text {
    /// The text with another value in the place of one that it has by a name.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: &Self) -> Self {
        if let Self::Message { values, .. } = &mut self {
            for (_, kept) in values.iter_mut().filter(|(known, _)| known == name) {
                kept.clone_from(value);
            }
        }
        self
    }
}
