//! The registry from its four files: checked as a whole, every mistake with file, line and column.

mod contacts;
mod header;
mod items;
mod places;
mod plain_text;
mod sheet;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::problems::Problems;
use super::written::Table;
use crate::domain::policy::Routing;
use crate::domain::registry::{CaseType, Items, Registry};
use header::Columns;
use sheet::{Declared, Sheet};

pub(super) fn read(
    written: &Table<'_>,
    folder: &Path,
    problems: &RefCell<Problems>,
    routing: &Routing,
    causes: Vec<String>,
) -> Option<Registry> {
    let table = written.table("registry");
    // The misspelt section is told; files in the place that nobody meant are not.
    if table.is_none() && written.is_misspelt("registry") {
        return None;
    }
    let text = |key| table.as_ref().and_then(|table| table.text(key)).map(|at| at.value);
    let base = folder.join(text("folder").unwrap_or_else(|| "registry".to_owned()));
    let file = |own: Option<String>, name: &str| own.map_or_else(|| base.join(name), |own| folder.join(own));
    let files = Files {
        regions: file(text("regions"), "regions.csv"),
        units: file(text("units"), "units.csv"),
        items: file(text("items"), "items.csv"),
        contacts: file(text("contacts"), "contacts.csv"),
        usual: usual_stages(written),
        causes,
    };
    if let Some(table) = &table {
        table.nothing_else();
    }
    let before = problems.borrow().list().len();
    let registry = files.read(problems, routing);
    let clean = problems.borrow().list()[before..].iter().all(|problem| problem.warning);
    clean.then_some(registry)
}

struct Files {
    regions: PathBuf,
    units: PathBuf,
    items: PathBuf,
    contacts: PathBuf,
    usual: items::Usual,
    causes: Vec<String>,
}

/// `[stages]`: the stages of items that declare none of their own, by case type.
fn usual_stages(written: &Table<'_>) -> items::Usual {
    let Some(table) = written.table("stages") else { return items::Usual::new() };
    let mut usual = items::Usual::new();
    for (case_type, word, _) in CaseType::ALL {
        for at in table.texts(word).unwrap_or_default() {
            match at.value.parse() {
                Ok(stage) => usual.entry(*case_type).or_default().push(stage),
                Err(error) => table.wrong(&at, error),
            }
        }
    }
    table.nothing_else();
    usual
}

impl Files {
    /// Reads all four, whatever is wrong with any of them.
    fn read(&self, problems: &RefCell<Problems>, routing: &Routing) -> Registry {
        let open = |path: &Path, columns: Columns| Sheet::open(path, columns, problems);
        let whole = |sheet: &Option<Sheet<'_>>| sheet.as_ref().is_some_and(|sheet| sheet.whole);
        let region_sheet = open(&self.regions, places::REGION_COLUMNS);
        let regions = region_sheet.as_ref().map_or_else(BTreeMap::new, places::regions);
        let declared_regions = Declared { all: &regions, whole: whole(&region_sheet) };
        let unit_sheet = open(&self.units, places::UNIT_COLUMNS);
        let units =
            unit_sheet.as_ref().map_or_else(BTreeMap::new, |sheet| places::units(sheet, &declared_regions));
        let declared_units = Declared { all: &units, whole: whole(&unit_sheet) };
        let beside = items::Beside { units: &declared_units, usual: &self.usual, causes: &self.causes };
        let item_sheet = open(&self.items, items::COLUMNS);
        let items = item_sheet.as_ref().map_or_else(Items::new, |sheet| items::read(sheet, &beside));
        let contacts = open(&self.contacts, contacts::COLUMNS);
        let read = |sheet: &Sheet<'_>| contacts::read(sheet, &declared_units, &declared_regions);
        let list = contacts.as_ref().map(read).unwrap_or_default();
        let registry = Registry { regions, units, items, contacts: list };
        // A file without addresses was told as such.
        if let Some(sheet) = contacts.as_ref().filter(|sheet| sheet.whole) {
            contacts::reachable(sheet, &registry, routing);
        }
        registry
    }
}
