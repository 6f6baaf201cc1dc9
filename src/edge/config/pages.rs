//! Pages of letters that an administrator puts in the place of the shipped ones.

use std::path::Path;

use super::written::{At, Table, list};
use crate::domain::letter::example;
use crate::domain::letter::page::{Pages, SHIPPED};
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};
use crate::edge::operator;

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
        let said = pages.fault(fault);
        let page = SHIPPED.iter().find(|(name, _)| fault.starts_with(&format!("{name}: ")));
        let (Some((name, _)), Some(words)) = (page, said) else { continue };
        pages.leave_unused(name);
        mail.wrong_page(&at, say!("config-page_wrong", name = *name, words));
    }
    if letters.iter().any(|letter| letter.html.contains(example::NAME)) {
        for (name, _) in SHIPPED.iter().filter(|(name, _)| name.ends_with(".html")) {
            pages.leave_unused(name);
        }
        told(mail, &at, &mut pages, say!("config-page_markup"));
    }
    pages
}

fn told(mail: &Table<'_>, at: &At<String>, pages: &mut Pages, fault: Text) {
    pages.amiss(operator::words(&fault));
    mail.wrong_page(at, fault);
}

/// Takes the pages of a folder; gives what is wrong with it and with those that cannot be read.
fn take(pages: &mut Pages, mail: &Table<'_>, place: &Path) -> Vec<Text> {
    let files = mail.files();
    let paths = match files.list(place) {
        Ok(paths) => paths,
        Err(error) => {
            let folder = place.display().to_string();
            return vec![say!("config-folder_unread", folder, why = operator::why(&error))];
        }
    };
    let mut faults = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') || name.ends_with('~') {
            continue; // An editor's own.
        }
        if !SHIPPED.iter().any(|(shipped, _)| *shipped == name) {
            let known = list(SHIPPED.map(|(shipped, _)| shipped));
            faults.push(say!("config-no_page", name, known));
            continue;
        }
        match files.read_to_string(&path).map_err(|error| operator::why(&error)) {
            Ok(text) => faults
                .extend(pages.replace(&name, text).err().map(|words| say!("config-page_wrong", name, words))),
            Err(why) => faults.push(say!("config-page_unread", name, why)),
        }
    }
    faults
}
