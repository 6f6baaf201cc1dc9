//! One trace that a row of a read may hold: its columns, and what its codes mean.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::super::written::{At, Table};
use super::cell::either;
use crate::domain::record::mapping::{KindSpec, Shape, TraceSpec};
use crate::domain::record::{Meaning, Outcome, TraceKind};
use crate::domain::text::{Text, say};

/// One trace that a row may hold.
pub(super) fn trace(table: &Table<'_>, shape: Option<Shape>) -> Option<TraceSpec> {
    let at = table.required("at");
    let kind = kind(table);
    let per = table.text("per");
    let per_row = match per.as_ref().map(|at| at.value.as_str()) {
        None => shape == Some(Shape::Long),
        Some("row") if shape == Some(Shape::Wide) => {
            if let Some(at) = &per {
                table.wrong(at, say!("config-per_row"));
            }
            false
        }
        Some("row") => true,
        Some("case") => false,
        Some(_) => {
            if let Some(at) = &per {
                table.wrong(at, say!("config-per"));
            }
            false
        }
    };
    let column = |key| table.text(key).map(|at| at.value);
    let (recorded, by, note, amount) = (column("recorded"), column("by"), column("note"), column("amount"));
    let (unit, asked, serial) = (column("unit"), column("asked"), column("serial"));
    let (lifecycle, due) = (column("lifecycle"), column("due"));
    let step_dues = table.pairs("step_dues").unwrap_or_default();
    let resumes = table.text("resumes");
    let stage = either(table, "stage", "stage_is");
    let outcome = outcome(table);
    table.nothing_else();
    let kind = kind?;
    let resumes_any = resumes.is_some();
    if let Some(at) = resumes.filter(|at| at.value != "any" || !kind.may_be(TraceKind::Paused)) {
        table.wrong(&at, say!("config-resumes"));
    }
    Some(TraceSpec {
        kind,
        at: at?.value,
        recorded,
        by,
        stage,
        note,
        amount,
        outcome,
        unit,
        asked,
        lifecycle,
        serial,
        due,
        step_dues: step_dues.into_iter().map(|(step, at)| (step, at.value)).collect(),
        resumes_any,
        per_row,
    })
}

/// Where the outcome stands, and what its codes mean beside the words of an outcome.
fn outcome(table: &Table<'_>) -> Option<(String, BTreeMap<String, Option<Outcome>>)> {
    let column = table.text("outcome");
    let codes = words_of(table, "outcomes");
    if let (None, Some(at)) = (&column, table.pairs("outcomes").and_then(|pairs| pairs.into_iter().next())) {
        table.wrong(&at.1, say!("config-outcomes"));
    }
    Some((column?.value, codes))
}

fn kind(table: &Table<'_>) -> Option<KindSpec> {
    let always = table.parsed::<Meaning>("kind");
    let from = table.text("kind_from");
    let otherwise = table.parsed::<Meaning>("otherwise").map(|at| at.value);
    let Some(from) = from else {
        if always.is_none() {
            let at = table.place();
            let at = At { key: format!("{}.kind", at.key), ..at };
            if table.is_missing("kind") {
                table.lacks(&["kind", "kind_from"], at, say!("config-missing"));
            }
            // Where `kind_from` is misspelt its codes are no mistake of their own.
            table.is_missing(if table.is_misspelt("kind_from") { "codes" } else { "kind" });
        }
        return always.map(|at| KindSpec::Always(at.value));
    };
    if let Some(at) = always {
        table.wrong(&at, say!("config-kind_twice"));
    }
    let meanings = meanings(table);
    if meanings.is_empty() && otherwise.is_none() {
        table.wrong(&from, say!("config-codes"));
    }
    Some(KindSpec::Coded { column: from.value, codes: meanings, otherwise })
}

/// The meanings of codes; an empty word: the code is known and leaves no trace.
pub(super) fn meanings(table: &Table<'_>) -> BTreeMap<String, Option<Meaning>> {
    words_of(table, "codes")
}

fn words_of<T: FromStr>(table: &Table<'_>, key: &'static str) -> BTreeMap<String, Option<T>>
where
    Text: From<T::Err>,
{
    let mut words = BTreeMap::new();
    for (code, at) in table.pairs(key).unwrap_or_default() {
        let word = if at.value.is_empty() { Ok(None) } else { at.value.parse().map(Some) };
        match word {
            Ok(word) => drop(words.insert(code, word)),
            Err(error) => table.wrong(&at, Text::from(error)),
        }
    }
    words
}
