//! What is wrong with something, as an error.

use super::language::Language;
use super::message::Text;

/// What is wrong with something, in words of every language. Whoever prints it as it is reads English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.words(Language::English))]
pub struct Fault(pub Text);

impl From<Text> for Fault {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<Fault> for Text {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}
