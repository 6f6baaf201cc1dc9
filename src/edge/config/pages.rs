//! Pages of letters that an administrator puts in the place of the shipped ones.

use std::path::Path;

use super::written::Table;
use crate::domain::letter::example;
use crate::domain::letter::page::{Pages, SHIPPED};
use crate::domain::policy::Policy;

/// Reads the folder of pages, if one is named, and tries every letter with them.
pub(super) fn read(mail: &Table<'_>, folder: &Path, policy: Option<&Policy>) -> Pages {
    let mut pages = Pages::default();
    pages.mask = mail.truth("mask").is_some_and(|at| at.value);
    let Some(at) = mail.text("templates") else { return pages };
    let place = folder.join(&at.value);
    let files = mail.files();
    let paths = match files.list(&place) {
        Ok(paths) => paths,
        Err(error) => {
            mail.wrong(&at, format!("cannot read the folder `{}`: {error}", place.display()));
            return pages;
        }
    };
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue; // An editor's own.
        }
        if !SHIPPED.iter().any(|(shipped, _)| *shipped == name) {
            let names = SHIPPED.map(|(shipped, _)| shipped).join(", ");
            mail.wrong(&at, format!("`{name}` is no page of a letter; there are {names}"));
            continue;
        }
        match files.read_to_string(&path).map_err(|error| error.to_string()) {
            Ok(text) => {
                if let Err(error) = pages.replace(&name, text) {
                    mail.wrong(&at, format!("{name}: {error}"));
                }
            }
            Err(error) => mail.wrong(&at, format!("{name}: {error}")),
        }
    }
    let Some(policy) = policy else { return pages };
    let day = policy.calendar.known().end().and_hms_opt(9, 0, 0).unwrap_or_default();
    let letters = example::letters(policy, &pages, day.and_utc().fixed_offset());
    for fault in pages.faults() {
        mail.wrong(&at, fault);
    }
    if letters.iter().any(|letter| letter.html.contains(example::NAME)) {
        mail.wrong(&at, "a page shows what stands in a record as markup: leave the escaping alone");
    }
    pages
}
