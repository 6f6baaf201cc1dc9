//! Keys that are missing, or only misspelt.

use super::{At, Missing, Table};
use crate::domain::text::{Text, distance};

impl Table<'_> {
    /// Adds the mistake that a key is missing, or all of several; it is taken back where one of them stands there misspelt.
    pub(in super::super) fn lacks(&self, keys: &[&'static str], at: At<()>, message: Text) {
        self.wrong(&at, message.clone());
        let noted = |key: &&'static str| Missing { key, name: at.key.clone(), message: message.clone() };
        self.missing.borrow_mut().extend(keys.iter().map(noted));
    }

    /// Whether a key that is not there stands there misspelt.
    pub(in super::super) fn is_misspelt(&self, key: &str) -> bool {
        let near = |name: &str| name != key && distance(name, key) <= 2;
        !self.table.contains_key(key) && self.table.keys().any(|name| near(name.get_ref()))
    }

    /// What was said of a missing key is taken back: it is there, misspelt.
    pub(super) fn not_missing(&self, key: &str) {
        for Missing { name, message, .. } in self.missing.borrow().iter().filter(|it| it.key == key) {
            self.problems.borrow_mut().take_back(self.text.file, name, message);
        }
    }
}
