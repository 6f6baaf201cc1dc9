//! Names that there are, and what values are.

use toml::de::DeValue;

use crate::domain::text::{Text, distance, say};

/// Which names there are, the one that was probably meant first.
pub(in super::super) fn nearest(wrong: &str, names: &[&str]) -> Text {
    meant(wrong, names).unwrap_or_else(|| say!("config-there_are", known = list(names.iter().copied())))
}

/// The name that was probably meant.
pub(in super::super) fn meant(wrong: &str, names: &[&str]) -> Option<Text> {
    let near = names.iter().map(|known| (distance(known, wrong), *known)).min();
    let (_, known) = near.filter(|(far, _)| *far <= 2 && *far < wrong.chars().count())?;
    Some(say!("config-meant", known))
}

/// Names one after another.
pub(in super::super) fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> Text {
    Text::list(names.into_iter().map(Text::from), "list-comma")
}

/// What a value is, by its kind.
pub(super) fn type_of(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::String(_) => say!("config-is_string"),
        DeValue::Integer(_) => say!("config-is_integer"),
        DeValue::Float(_) => say!("config-is_float"),
        DeValue::Boolean(_) => say!("config-is_boolean"),
        DeValue::Datetime(_) => say!("config-is_datetime"),
        DeValue::Array(_) => say!("config-is_array"),
        DeValue::Table(_) => say!("config-is_table"),
    }
}
