//! Tables whose keys are names of the user's own choice.

use toml::de::DeValue;

use super::{At, Table};
use crate::domain::text::say;

impl Table<'_> {
    /// Pairs of a name of the user's own choice and a text.
    pub(in super::super) fn pairs(&self, key: &'static str) -> Option<Vec<(String, At<String>)>> {
        let table = self.typed(key, say!("config-want_table_of_texts"), DeValue::as_table)?;
        let mut pairs = Vec::new();
        for (name, value) in table.value {
            let key = format!("{}.{}", table.key, name.get_ref());
            let at = At { value: (), span: value.span(), key };
            match value.get_ref().as_str() {
                Some(text) => {
                    let At { span, key, .. } = at;
                    pairs.push((name.get_ref().to_string(), At { value: text.to_owned(), span, key }));
                }
                None => self.wrong(&at, say!("config-be_text")),
            }
        }
        Some(pairs)
    }

    /// Pairs of a name of the user's own choice and a list of texts.
    pub(in super::super) fn pairs_of_lists(&self, key: &'static str) -> Vec<(At<String>, Vec<String>)> {
        let wanted = say!("config-want_table_of_lists");
        let Some(table) = self.typed(key, wanted, DeValue::as_table) else { return Vec::new() };
        let mut pairs = Vec::new();
        for (name, value) in table.value {
            let key = format!("{}.{}", table.key, name.get_ref());
            let at = At { value: name.get_ref().to_string(), span: value.span(), key };
            let list = value.get_ref().as_array().and_then(|list| {
                list.iter().map(|one| one.get_ref().as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            });
            match list {
                Some(list) => pairs.push((at, list)),
                None => self.wrong(&at, say!("config-be_texts")),
            }
        }
        pairs
    }
}
