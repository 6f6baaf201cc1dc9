//! Every mistake is found, and named with its place; the example explains every key.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use toml::de::DeTable;

use super::problems::{Problems, TomlText};
use super::written::Table;
use super::{checked, load};

mod clocks;
mod mistakes;
mod registry;

/// What a configuration must at least say; its registry is the example's.
const LEAST: &str = "office = \"甲\"\n[mail]\nfrom = \"a@example.gov.cn\"\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A configuration with the example's registry beside it.
fn city(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("registry")).unwrap();
    for name in ["units.csv", "items.csv", "contacts.csv", "regions.csv"] {
        let from = root().join("config/examples/city").join(name);
        fs::copy(from, folder.path().join("registry").join(name)).unwrap();
    }
    let file = folder.path().join("jianchad.toml");
    fs::write(&file, text).unwrap();
    (folder, file)
}

/// All mistakes of a configuration, as the operator reads them.
fn told(text: &str) -> String {
    let (_folder, file) = city(text);
    load(&file).map_or_else(|problems| problems.to_string(), |_| "in order".to_owned())
}

#[test]
fn the_least_is_enough() {
    assert_eq!(told(LEAST), "in order");
}

/// Issue 13: who sends no letters needs no password, so that its file is not there is a warning; what is no file can never be one.
#[test]
fn a_password_that_cannot_be_read_is_a_warning() {
    let smtp = "[mail.smtp]\nhost = \"localhost\"\nuser = \"x\"\npassword_file = \"none\"\n";
    let (_folder, file) = city(&format!("{LEAST}{smtp}"));
    let warnings: Vec<String> = load(&file).unwrap().warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.iter().any(|it| it.contains("mail.smtp.password_file: cannot read")), "{warnings:?}");
}

/// Issue 13: a user without a password anywhere is a warning, and one whose password lies in the usual place is none.
#[test]
fn a_user_without_a_password_is_a_warning() {
    let smtp = "[mail.smtp]\nhost = \"localhost\"\nuser = \"x\"\n";
    let (folder, file) = city(&format!("{LEAST}{smtp}"));
    let of_user = || {
        let warnings = load(&file).unwrap().warnings;
        warnings
            .iter()
            .map(ToString::to_string)
            .filter(|it| it.contains("mail.smtp.user: there is a user"))
            .count()
    };
    assert_eq!(of_user(), 1);
    fs::write(folder.path().join("smtp-password"), "secret\n").unwrap();
    assert_eq!(of_user(), 0);
}

#[test]
fn no_mistake_hides_another() {
    let text = "zone = \"Mars\"\npoll_every = \"1s\"\n[mail]\nform = \"a@b.cn\"\n[cards]\npreset = \"x\"\n";
    let told = told(text);
    assert!(!told.contains("mail.from: this key is missing"), "it is there, misspelt:\n{told}");
    for word in [
        "zone",
        "10s to 1d",
        "did you mean `from`?",
        "no preset `x`",
        "office: this key is missing",
        "5 mistakes",
    ] {
        assert!(told.contains(word), "`{word}` is missing in:\n{told}");
    }
}

/// The caret stands under the place, where a Chinese character takes two columns.
#[test]
fn the_caret_stands_under_chinese_text() {
    let told = told(&format!("cards = {{ preset = \"湖北\", line = [] }}\n{LEAST}"));
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[1], "  1 | cards = { preset = \"湖北\", line = [] }");
    assert_eq!(lines[2], "    |                    ^^^^^^");
}

/// However long a line, a key or a value: what is said of it fits a screen and shows the place.
#[test]
fn a_mistake_in_a_line_of_thousands_of_characters_fits_a_screen() {
    let (long, blanks) = ("办".repeat(5000), " ".repeat(3000));
    for line in [
        format!("cards = {{ preset = \"{long}\", line = [] }}"),
        format!("{long}x = 1"),
        format!("\"{long}\" = 1"),
        format!("{blanks}cards = {{ preset = {blanks}\"湖北\", line = [] }}{blanks}"),
        format!("[{}]", "[".repeat(4000)),
        format!("timezone = \"{}\"", "\u{301}".repeat(4000)),
    ] {
        let told = told(&format!("{line}\n{LEAST}"));
        let problem = told.split("\n\n").next().unwrap();
        assert!(problem.chars().count() < 24 * 80, "{} characters: {problem}", problem.chars().count());
        assert!(problem.contains('^') || !problem.contains("preset"), "no place is shown: {problem}");
    }
}

#[test]
fn the_shipped_files_are_in_order() {
    for name in ["config/jianchad.example.toml", "config/examples/permits/jianchad.toml"] {
        if let Err(problems) = load(&root().join(name)) {
            panic!("{problems}");
        }
    }
    // The package's file names folders of an installed machine: only its registry may be missing here.
    let problems = load(&root().join("config/jianchad.toml")).unwrap_err();
    assert!(
        problems.list().iter().all(|problem| problem.file.starts_with("/etc/jianchad/registry")),
        "{problems}"
    );
}

/// Every key that the program asks for stands in the example, explained; those that only exist to be refused do not.
#[test]
fn the_example_explains_every_key() {
    let text = fs::read_to_string(root().join("config/jianchad.example.toml")).unwrap();
    let whole = text.replace("#: ", "");
    let problems = RefCell::new(Problems::default());
    let (table, errors) = DeTable::parse_recoverable(&whole);
    assert!(errors.is_empty(), "{errors:?}");
    let source = TomlText { file: Path::new("config/jianchad.example.toml"), text: &whole };
    let written = Table::whole(source, table.get_ref(), &problems);
    // Read for its questions only; the alternatives cannot stand together.
    drop(checked(&written, &root().join("config/jianchad.example.toml"), None, &problems));
    let refused = ["mail.smtp.password", "mail.smtp.secret", "mail.relay.password", "mail.relay.secret"];
    let asked = problems.into_inner().asked;
    assert!(asked.len() > 80, "{asked:?}");
    for pattern in asked.iter().filter(|pattern| !refused.contains(&pattern.as_str())) {
        let key = pattern.rsplit('.').next().unwrap();
        let written = whole.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with(&format!("{key} = "))
                || line.contains(&format!(" {key} = "))
                || (line.starts_with('[') && line.contains(key))
        });
        assert!(written, "the example does not explain `{pattern}`");
    }
}

/// What judges can be kept and taken up again: the same text comes out, and the same version.
#[test]
fn a_policy_comes_back_from_its_snapshot() {
    let example = root().join("config/jianchad.example.toml");
    let config = load(&example).unwrap_or_else(|problems| panic!("{problems}"));
    let kept = config.policy.snapshot();
    let plain = load(&root().join("config/examples/permits/jianchad.toml"));
    let other = plain.unwrap_or_else(|problems| panic!("{problems}")).policy;
    assert_ne!(other.snapshot(), kept);
    let back = other.judging_by(&config.policy.version, &kept).unwrap();
    assert_eq!(back.snapshot(), kept);
    assert_eq!(back.version, config.policy.version);
    assert_eq!(
        (back.clocks.len(), back.cards.lines.len()),
        (config.policy.clocks.len(), config.policy.cards.lines.len())
    );
    assert!(back.clone().judging_by("x", "{}").unwrap_err().to_string().contains("missing field"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(text in ".{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let (folder, file) = city(&text);
        fs::write(folder.path().join("registry/items.csv"), &bytes).unwrap();
        drop(load(&file));
        fs::write(&file, format!("{LEAST}{text}")).unwrap();
        drop(load(&file));
    }
}
