//! What a program is told when it is started: one line of JSON on its standard input.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::pass::Pass;
use crate::domain::record::mapping::{ReadFrom, SourceSpec};
use crate::domain::record::program::Program;
use crate::edge::plain_file;

/// The line, with its end.
pub(super) fn line(source: &SourceSpec, program: &Program, passes: &[Pass<'_>]) -> Result<Vec<u8>, Fault> {
    let mut credentials = Map::new();
    for (name, file) in &program.credentials {
        let secret = secret(file).map_err(|why| Fault::Credential(file.clone(), why))?;
        credentials.insert(name.clone(), Value::String(secret));
    }
    let reads: Vec<Value> = passes.iter().map(asked).collect();
    let told = json!({ "source": source.name, "zone": source.zone.name(), "reads": reads, "credentials": credentials });
    let mut line = told.to_string().into_bytes();
    line.push(b'\n');
    Ok(line)
}

fn asked(pass: &Pass<'_>) -> Value {
    let read = pass.one.read;
    let mut asked = Map::new();
    asked.insert("name".into(), read.name.clone().into());
    match &read.from {
        ReadFrom::Table(table) => _ = asked.insert("table".into(), table.clone().into()),
        ReadFrom::Query(query) => _ = asked.insert("query".into(), query.clone().into()),
        ReadFrom::Files | ReadFrom::Program => {}
    }
    asked.insert("columns".into(), pass.columns.clone().into());
    if let Some(watermark) = &read.watermark {
        asked.insert("watermark".into(), watermark.clone().into());
    }
    if let Some(since) = &pass.since {
        asked.insert("since".into(), json!(since));
    }
    asked.into()
}

/// A secret without the line end that an editor leaves behind it.
fn secret(file: &Path) -> std::io::Result<String> {
    let mut secret = plain_file::read_to_string(file)?;
    for end in ['\n', '\r'] {
        if secret.ends_with(end) {
            secret.pop();
        }
    }
    Ok(secret)
}
