//! Pages of letters that an administrator puts in the place of the shipped ones.

use std::path::Path;

use super::written::{At, Table};
use crate::domain::letter::example;
use crate::domain::letter::page::{Pages, SHIPPED};
use crate::domain::policy::Policy;

/// Reads the folder of pages, if one is named, and tries every letter with them. What is wrong with a page is told and keeps nothing
/// from being supervised: the shipped page takes its place.
pub(super) fn read(mail: &Table<'_>, folder: &Path, policy: Option<&Policy>) -> Pages {
    let mut pages = Pages::default();
    pages.mask = mail.truth("mask").is_some_and(|at| at.value);
    let Some(at) = mail.text("templates") else { return pages };
    let faults = take(&mut pages, mail, &folder.join(&at.value));
    for fault in faults {
        told(mail, &at, &mut pages, fault);
    }
    let Some(policy) = policy else { return pages };
    let known = pages.faults();
    let day = policy.calendar.known().end().and_hms_opt(9, 0, 0).unwrap_or_default();
    let letters = example::letters(policy, &pages, day.and_utc().fixed_offset());
    for fault in pages.faults().difference(&known) {
        if let Some((name, _)) = SHIPPED.iter().find(|(name, _)| fault.starts_with(&format!("{name}: "))) {
            pages.leave_unused(name);
        }
        mail.wrong_page(&at, fault);
    }
    if letters.iter().any(|letter| letter.html.contains(example::NAME)) {
        for (name, _) in SHIPPED.iter().filter(|(name, _)| name.ends_with(".html")) {
            pages.leave_unused(name);
        }
        let fault = "a page shows what stands in a record as markup: leave the escaping alone";
        told(mail, &at, &mut pages, fault.to_owned());
    }
    pages
}

fn told(mail: &Table<'_>, at: &At<String>, pages: &mut Pages, fault: String) {
    mail.wrong_page(at, &fault);
    pages.amiss(fault);
}

/// Takes the pages of a folder; gives what is wrong with it and with those that cannot be read.
fn take(pages: &mut Pages, mail: &Table<'_>, place: &Path) -> Vec<String> {
    let files = mail.files();
    let paths = match files.list(place) {
        Ok(paths) => paths,
        Err(error) => return vec![format!("cannot read the folder `{}`: {error}", place.display())],
    };
    let mut faults = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue; // An editor's own.
        }
        if !SHIPPED.iter().any(|(shipped, _)| *shipped == name) {
            let names = SHIPPED.map(|(shipped, _)| shipped).join(", ");
            faults.push(format!("`{name}` is no page of a letter; there are {names}"));
            continue;
        }
        match files.read_to_string(&path).map_err(|error| error.to_string()) {
            Ok(text) => faults.extend(pages.replace(&name, text).err().map(|why| format!("{name}: {why}"))),
            Err(why) => faults.push(format!("{name}: {why}")),
        }
    }
    faults
}
