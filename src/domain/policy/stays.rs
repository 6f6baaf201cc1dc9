//! The words of what judges that stay whoever is erased.

use super::Policy;
use crate::domain::erased::stays::{Ours, Stays};
use crate::domain::registry::Item;

impl Policy {
    /// Those words, and who is told.
    pub fn stays(&self) -> Stays {
        let mut words = vec![(Ours::Office, self.office.clone())];
        for unit in self.registry.units.values() {
            words.extend([&unit.name, &unit.code].map(|word| (Ours::Unit, word.clone())));
        }
        for region in self.registry.regions.values() {
            words.extend([&region.name, &region.code].map(|word| (Ours::Region, word.clone())));
        }
        for item in self.registry.items.values() {
            let as_met = item.as_met.iter().map(|met| &met.item);
            for version in item.earlier.iter().chain(as_met).chain([item]) {
                of_item(version, &mut words);
            }
        }
        for rule in self.clocks.iter() {
            words.extend([&rule.name_zh, &rule.name_en, &rule.basis].map(|word| (Ours::Limit, word.clone())));
        }
        words.extend(self.sources.keys().map(|source| (Ours::Source, source.clone())));
        let people = self.registry.contacts.iter().map(|contact| contact.name.clone()).collect();
        Stays { causes: self.clocks.causes(), words, people }
    }
}

fn of_item(item: &Item, words: &mut Vec<(Ours, String)>) {
    words.extend([&item.name, &item.code].map(|word| (Ours::Item, word.clone())));
    words.extend(item.basis.iter().map(|basis| (Ours::Limit, basis.clone())));
    let stages = item.stages.iter().flat_map(|stage| &stage.names);
    words.extend(stages.map(|name| (Ours::Stage, name.as_str().to_owned())));
}
