//! ARCHITECTURE.md names every room, and every file belongs to the crate.

use std::collections::BTreeSet;
use std::fs;

use crate::architecture::{floors, root, sources};

/// The names that stand behind a place of the map: `src/edge/   the world: clock, account (who is …), config`.
fn listed(map: &str, place: &str, behind: &str) -> Vec<String> {
    let line = map.lines().find(|line| line.starts_with(&format!("{place} "))).unwrap_or_default();
    let list = line.split_once(behind).map_or("", |(_, list)| list).split(';').next().unwrap_or_default();
    let name = |name: &str| name.split('(').next().unwrap_or_default().trim().to_owned();
    list.split(", ").map(name).filter(|name| !name.is_empty()).collect()
}

/// What is wrong between the map and the rooms below `src`: floors of the domain in their order, rooms of the edge, and the rest.
fn faults(map: &str, floors: &[String], edge: &BTreeSet<String>, top: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let named = listed(map, "src/domain/", "in floors: ");
    if named != floors {
        faults.push(format!("the floors are {floors:?}, and the map has {named:?}"));
    }
    let own_line = |place: &str| {
        let names = |line: &str| line.starts_with(place) && line[place.len()..].starts_with(['/', '.']);
        map.lines().any(names)
    };
    let named: BTreeSet<String> = listed(map, "src/edge/", "the world: ").into_iter().collect();
    let left_out =
        edge.iter().filter(|name| !named.contains(*name) && !own_line(&format!("src/edge/{name}")));
    faults.extend(left_out.map(|name| format!("the map leaves out src/edge/{name}")));
    faults.extend(named.difference(edge).map(|name| format!("src/edge/{name} is not there")));
    let left_out = top.iter().filter(|name| !own_line(&format!("src/{name}")));
    faults.extend(left_out.map(|name| format!("the map leaves out src/{name}")));
    faults
}

/// The files and folders of a folder, without their endings.
fn rooms(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn the_map_names_what_there_is() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(map.lines().count() <= 150);
    for word in map.split(|c: char| c.is_whitespace() || "`(),;:|".contains(c)) {
        let word = word.trim_end_matches('.');
        if ["src/", "config/", "systemd/", "docs/", "tests/", "benches/"]
            .iter()
            .any(|top| word.starts_with(top))
        {
            assert!(root().join(word).exists(), "ARCHITECTURE.md names `{word}`, which is not there");
        }
    }
    let floors = floors();
    let domain: BTreeSet<String> = floors.iter().cloned().collect();
    assert_eq!(rooms("src/domain"), domain, "src/domain.rs names every floor");
    assert_eq!(faults(&map, &floors, &rooms("src/edge"), &rooms("src")), [""; 0]);
}

/// A guard that lets a breach pass is none: a new room whose name stands elsewhere on the map is left out all the same.
#[test]
fn a_room_that_is_not_on_the_map_is_seen() {
    let names = |names: &str| names.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let map = "Mail and letters.\nsrc/domain/   the law, in floors: text, limit; and so on\n\
               src/edge/   the world: clock, account (who mails), ledger\nsrc/edge/plain_file.rs  how\nsrc/cli/  commands\n";
    let said = |floors: &str, edge: &str, top: &str| {
        let set = |list: &str| names(list).into_iter().collect::<BTreeSet<_>>();
        faults(map, &names(floors), &set(edge), &set(top)).len()
    };
    let edge = "account clock ledger plain_file";
    assert_eq!(said("text limit", edge, "cli domain edge"), 0);
    assert_eq!(said("text limit letters", edge, "cli"), 1, "a floor more");
    assert_eq!(said("limit text", edge, "cli"), 1, "another order");
    assert_eq!(said("text limit", "account clock ledger mail plain_file", "cli"), 1, "a word of the map");
    assert_eq!(said("text limit", "account clock ledger plain", "cli"), 1, "the beginning of a name");
    assert_eq!(said("text limit", "account clock", "cli"), 1, "a room that is gone");
    assert_eq!(said("text limit", edge, "cli commands"), 1);
}

/// The files that no other declares as its module: nothing compiles them, so whatever stands in them holds nowhere.
fn undeclared(files: &[(String, String)]) -> Vec<&str> {
    let parent = |path: &str| {
        let (folder, _) = path.rsplit_once('/')?;
        let name = if folder == "src" { "src/lib.rs".to_owned() } else { format!("{folder}.rs") };
        let beside = format!("{folder}/mod.rs");
        files.iter().find(|(other, _)| *other == name || *other == beside).map(|(_, text)| text)
    };
    let declared = |path: &str| {
        let place = path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix(".rs")).unwrap();
        let module = place.rsplit('/').next().unwrap();
        let line = format!("mod {module};");
        parent(&format!("{place}.rs")).is_some_and(|text| text.lines().any(|it| it.ends_with(&line)))
    };
    let roots = ["src/lib.rs", "src/main.rs"];
    files
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| !roots.contains(path) && !declared(path))
        .collect()
}

#[test]
fn every_file_belongs_to_the_crate() {
    let whole = |(path, _): (String, String)| {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        (path, text)
    };
    let files: Vec<_> = sources("src").into_iter().map(whole).collect();
    assert_eq!(undeclared(&files), [""; 0]);
    let files = [
        ("src/lib.rs", "mod a;"),
        ("src/a.rs", "pub mod b;\n// mod c;x"),
        ("src/a/b.rs", ""),
        ("src/a/c.rs", ""),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
    assert_eq!(undeclared(&files), ["src/a/c.rs"]);
}

#[test]
fn rooms_are_of_readable_size_and_finished() {
    for (path, text) in sources("src") {
        let whole = fs::read_to_string(root().join(&path)).unwrap();
        assert!(whole.lines().count() <= 300, "{path} has {} lines", whole.lines().count());
        assert!(whole.starts_with("//! "), "{path} does not say what it is");
        for word in ["todo!", "unimplemented!", "dbg!", "FIXME", "TODO", ".unwrap()"] {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
}
