//! Plants faults in the program, each behind a switch, and says which of them the tests notice. All are in one build of the tests;
//! which one is on is said when a test is started. A fault is tried against the tests to which it would make a difference: unit
//! tests first, then those from outside, the likeliest first, until one fails.
//!
//! What comes of it stands in the folder of the work, a line each, and a run goes on where the last one stopped:
//! `faults.tsv` (number, place, function, what), `reach-*.jsonl` (a test, its seconds, the faults that make a difference to it) and
//! `results-*.tsv` (number, verdict, the test that noticed, tests tried of those there are).

mod likely;
mod plant;
mod tests;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use plant::Fault;
use tests::{Kind, Work};

/// What is put into the program for the switches to ask.
const SWITCH: &str = include_str!("switch.rs.txt");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match &arguments[..] {
        ["plant", tree, faults, places @ ..] => plant_all(Path::new(tree), Path::new(faults), places),
        ["reach", work, kind] => Work::open(work)?.reach(Kind::named(kind)?),
        ["try", work, kind] => Work::open(work)?.try_all(Kind::named(kind)?),
        ["share", work] => Work::open(work)?.share(),
        _ => {
            Err("planted plant TREE FAULTS PLACE… | reach WORK lib|it | try WORK lib|it | share WORK".into())
        }
    }
}

/// Plants faults in the files and folders of a tree, and lists them.
fn plant_all(tree: &Path, list: &Path, places: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for place in places {
        let path = tree.join(place);
        if path.is_dir() { sources(&path, &mut files)? } else { files.push(path) }
    }
    files.sort();
    let mut faults: Vec<Fault> = Vec::new();
    for path in files {
        let source = fs::read_to_string(&path)?;
        let name = path.strip_prefix(tree)?.display().to_string();
        fs::write(&path, plant::plant(&name, &source, &mut faults)?)?;
    }
    let root = tree.join("src/lib.rs");
    fs::write(&root, fs::read_to_string(&root)? + SWITCH)?;
    let line = |it: &Fault| format!("{}\t{}\t{}\t{}\n", it.number, it.place, it.function, it.what);
    fs::write(list, faults.iter().map(line).collect::<String>())?;
    println!("{} faults planted", faults.len());
    Ok(())
}

/// The source files of a folder, without its tests.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                sources(&path, files)?;
            }
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
    Ok(())
}
