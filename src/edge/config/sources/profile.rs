//! Exchange profiles: mappings that a user picks by name, and need only be given a connection.

use std::cell::RefCell;
use std::path::Path;

use toml::de::DeTable;

use super::super::problems::{Problems, TomlText};
use super::super::written::{Table, list};
use super::{is_of_files, read, trace};
use crate::domain::record::Meaning;
use crate::domain::record::connection::SourceKind;
use crate::domain::record::mapping::{KindSpec, ReadSpec};
use crate::domain::text::say;

const PROFILES: [(&str, &str); 2] = [
    ("up-pro", include_str!("../../../../config/profiles/up-pro.toml")),
    ("ex-gdbs", include_str!("../../../../config/profiles/ex-gdbs.toml")),
];

/// The reads of the profile that a source names, with the codes of its place.
pub(super) fn reads(
    table: &Table<'_>,
    source: &str,
    kind: Option<SourceKind>,
    nothing: &[String],
) -> Vec<ReadSpec> {
    let name = table.text("profile");
    let places = table.list("codes");
    let Some(name) = name else {
        if let Some(place) = places.first() {
            table.wrong(&place.place(), say!("config-codes_of_profile"));
        }
        return Vec::new();
    };
    let Some((_, text)) = PROFILES.iter().find(|(known, _)| *known == name.value) else {
        let known = list(PROFILES.iter().map(|(known, _)| *known));
        table.wrong(&name, say!("config-no_profile", known));
        return Vec::new();
    };
    if is_of_files(kind) {
        table.wrong(&name, say!("config-profile_of_files"));
        return Vec::new();
    }
    let mut reads = built_in(&name.value, text, source, nothing);
    for place in &places {
        let (column, meanings) = (place.required("column"), trace::meanings(place));
        place.nothing_else();
        let Some(column) = column else { continue };
        let mut coded: Vec<&mut KindSpec> = reads
            .iter_mut()
            .flat_map(|read| &mut read.traces)
            .map(|trace| &mut trace.kind)
            .filter(|kind| matches!(kind, KindSpec::Coded { column: named, .. } if *named == column.value))
            .collect();
        let Some(before) = coded.first().map(|kind| (*kind).clone()) else {
            place.wrong(&column, say!("config-profile_column", profile = &name.value));
            continue;
        };
        // A code may leave two traces, such as the beginning and the end of a procedure: the first is what it means, and the
        // second is what the profile leaves there for a code of that meaning.
        for (number, kind) in coded.iter_mut().enumerate() {
            let KindSpec::Coded { codes, otherwise, .. } = &mut **kind else { continue };
            let profile = codes.clone();
            for (code, meaning) in &meanings {
                let same = twin(&before, *meaning).filter(|_| meaning.is_some());
                let second = same.and_then(|same| profile.get(&same).copied().unwrap_or(*otherwise));
                codes.insert(code.clone(), if number == 0 { *meaning } else { second });
            }
        }
    }
    reads
}

/// A code that means the same in the profile; a text that is no code where its `otherwise` does.
fn twin(kind: &KindSpec, meaning: Option<Meaning>) -> Option<String> {
    let KindSpec::Coded { codes, otherwise, .. } = kind else { return None };
    let same = codes
        .iter()
        .find(|(_, known)| known.map(|it| it.kind) == meaning.map(|it| it.kind))
        .map(|(code, _)| code.clone());
    same.or_else(|| (otherwise.map(|it| it.kind) == meaning.map(|it| it.kind)).then(String::new))
}

fn built_in(name: &str, text: &str, source: &str, nothing: &[String]) -> Vec<ReadSpec> {
    let problems = RefCell::new(Problems::default());
    let (parsed, errors) = DeTable::parse_recoverable(text);
    assert!(errors.is_empty(), "the profile {name} inside the program can be read");
    let written = Table::whole(TomlText { file: Path::new(name), text }, parsed.get_ref(), &problems);
    let database = Some(SourceKind::Sqlite);
    let reads = written
        .list("read")
        .iter()
        .filter_map(|table| read::spec(table, source, database, nothing))
        .collect();
    written.nothing_else();
    assert!(problems.borrow().list().is_empty(), "the profile {name} inside the program has no mistakes");
    reads
}
