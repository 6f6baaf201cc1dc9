//! A workbook: its sheets, and in which parts of the archive they stand.

use super::archive::Archive;
use super::fault::BookFault;
use super::strings::Strings;
use super::styles::Styles;
use super::xml::{Next, Xml, attributes, is_true};
use crate::domain::record::value::{listed, quoted};
use crate::domain::text::{Text, say};

/// Bytes that a part which says where others stand may unpack to, and one that says how numbers are shown.
const SMALL: u64 = 16 << 20;
const STYLES: u64 = 128 << 20;

/// Sheets of a workbook at most, and relations of a part.
const SHEETS: usize = 2_000;
const RELATIONS: usize = 10_000;

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// It is not shown.
    pub hidden: bool,
    /// By what its part is found.
    id: String,
}

/// A workbook, opened.
pub(super) struct Book {
    sheets: Vec<Sheet>,
    /// Its days are counted from 1904 on.
    pub since_1904: bool,
    relations: Vec<Relation>,
}

/// What leads from one part to another.
struct Relation {
    id: String,
    /// What it is, without its namespace.
    kind: String,
    part: String,
}

impl Book {
    /// Reads which sheets there are.
    pub fn open(archive: &Archive<'_>) -> Result<Self, BookFault> {
        let roots = relations(archive, "")?;
        let root = roots.into_iter().find(|it| it.kind == "officeDocument").map(|it| it.part);
        let root = root.unwrap_or_else(|| "xl/workbook.xml".to_owned());
        if root.to_lowercase().ends_with(".bin") {
            return Err(BookFault::Refused(say!("fault-book_binary")));
        }
        let Some(part) = archive.part(&root, SMALL)?.filter(|_| !archive.has("word/document.xml")) else {
            let of_others = archive.has("content.xml") && archive.has("mimetype");
            let what = if of_others { say!("fault-book_ods") } else { say!("fault-book_none") };
            return Err(BookFault::Refused(what));
        };
        let (mut xml, mut sheets, mut since_1904) = (Xml::new(part)?, Vec::new(), false);
        loop {
            match xml.next()? {
                Next::Start(tag) | Next::Empty(tag) => match tag.local_name().as_ref() {
                    "workbookPr" => {
                        let [date1904] = attributes(&tag, ["date1904"])?;
                        since_1904 = is_true(date1904.as_deref());
                    }
                    "sheet" if sheets.len() == SHEETS => {
                        return Err(BookFault::Refused(say!("fault-book_parts")));
                    }
                    "sheet" => {
                        let [name, id, state] = attributes(&tag, ["name", "id", "state"])?;
                        let hidden = state.is_some_and(|state| state != "visible");
                        let (name, id) = (name.unwrap_or_default(), id.unwrap_or_default());
                        sheets.push(Sheet { name, hidden, id });
                    }
                    _ => {}
                },
                Next::Eof => break,
                _ => {}
            }
        }
        let relations = relations(archive, &root)?;
        // Pictures of figures are sheets too, and have no cells.
        sheets.retain(|sheet| relations.iter().any(|it| it.id == sheet.id && it.kind == "worksheet"));
        Ok(Self { sheets, since_1904, relations })
    }

    /// The sheet of this name; without one all, those that are shown first.
    pub fn sheets(&self, name: Option<&str>) -> Result<Vec<&Sheet>, BookFault> {
        let same = |sheet: &&Sheet| {
            name.is_some_and(|name| sheet.name.trim().to_lowercase() == name.trim().to_lowercase())
        };
        let shown = |hidden: bool| self.sheets.iter().filter(move |sheet| sheet.hidden == hidden);
        let found: Vec<&Sheet> = match name {
            Some(_) => self.sheets.iter().find(same).into_iter().collect(),
            None => shown(false).chain(shown(true)).collect(),
        };
        if found.is_empty() {
            let there: Vec<&str> = self.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            return Err(BookFault::Refused(match name {
                Some(name) if !there.is_empty() => {
                    say!("fault-book_no_sheet", sheet = quoted(name), there = listed(&there))
                }
                _ => say!("fault-book_no_sheets"),
            }));
        }
        Ok(found)
    }

    /// In which part of the archive a sheet stands.
    pub fn part(&self, sheet: &Sheet) -> &str {
        self.relations.iter().find(|it| it.id == sheet.id).map_or("", |it| it.part.as_str())
    }

    /// The texts that its cells share.
    pub fn strings(&self, archive: &Archive<'_>) -> Result<Strings, BookFault> {
        match self.of_kind("sharedStrings") {
            Some(part) => Strings::read(archive, part),
            None => Ok(Strings::default()),
        }
    }

    /// In which ways its numbers are shown.
    pub fn styles(&self, archive: &Archive<'_>) -> Result<Styles, BookFault> {
        let part = self.of_kind("styles").map(|part| archive.part(part, STYLES)).transpose()?;
        part.flatten().map_or_else(|| Ok(Styles::default()), |part| Styles::read(Xml::new(part)?))
    }

    fn of_kind(&self, kind: &str) -> Option<&str> {
        self.relations.iter().find(|it| it.kind == kind).map(|it| it.part.as_str())
    }

    /// What an administrator is told of the sheets that are not read, where those of these names are.
    pub fn said(&self, file: &str, read: &[&str]) -> Vec<Text> {
        let is_read = |sheet: &Sheet| read.contains(&sheet.name.as_str());
        let others = |hidden: bool| -> Vec<&str> {
            let others = self.sheets.iter().filter(|it| it.hidden == hidden && !is_read(it));
            others.map(|sheet| sheet.name.as_str()).collect()
        };
        let said = |others: Vec<&str>| (!others.is_empty()).then(|| (others.len(), listed(&others)));
        let shown = said(others(false))
            .map(|(count, names)| say!("reading-other_sheets", file, count, names, sheet = listed(read)));
        let hidden =
            said(others(true)).map(|(count, names)| say!("reading-hidden_sheets", file, count, names));
        let own = self.sheets.iter().filter(|sheet| sheet.hidden && is_read(sheet));
        let own = own.map(|sheet| say!("reading-hidden_sheet", file, sheet = quoted(&sheet.name)));
        own.chain([shown, hidden].into_iter().flatten()).collect()
    }
}

/// What a part leads to; the archive itself has an empty name.
fn relations(archive: &Archive<'_>, part: &str) -> Result<Vec<Relation>, BookFault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let place = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let Some(part) = archive.part(&format!("{place}_rels/{name}.rels"), SMALL)? else {
        return Ok(Vec::new());
    };
    let (mut xml, mut found) = (Xml::new(part)?, Vec::new());
    loop {
        match xml.next()? {
            Next::Start(tag) | Next::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                if found.len() == RELATIONS {
                    return Err(BookFault::Refused(say!("fault-book_parts")));
                }
                let [id, kind, target, mode] = attributes(&tag, ["Id", "Type", "Target", "TargetMode"])?;
                // What lies outside is never gone for.
                if mode.is_some_and(|mode| mode == "External") {
                    continue;
                }
                let kind = kind.unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let part = within(folder, &target.unwrap_or_default());
                found.push(Relation { id: id.unwrap_or_default(), kind, part });
            }
            Next::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The name of a part that stands under a name in a folder of the archive.
fn within(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut names = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}
