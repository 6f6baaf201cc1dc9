//! The working days of the installation: the base, what is laid over it, and what differs by region, unit or item.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::calendar;
use super::problems::Problems;
use super::written::{At, Table};
use crate::domain::calendar::Calendar;
use crate::domain::policy::Local;
use crate::domain::registry::{Registry, Unit};
use crate::domain::text::{Text, say};
use crate::edge::operator;

/// What lies in this folder beside the configuration file is laid over the calendar, in the order of names. New
/// years come here (`jianchad calendar load`).
pub const FOLDER: &str = "calendar.d";

/// The calendar of the whole installation.
pub(super) struct Calendars<'w> {
    pub base: Calendar,
    table: Option<Table<'w>>,
}

impl<'w> Calendars<'w> {
    /// `more` is a file that is not in the drop-in folder yet, and takes the place of one of its name.
    pub fn read(
        written: &Table<'w>,
        folder: &Path,
        more: Option<&Path>,
        problems: &RefCell<Problems>,
    ) -> Option<Self> {
        let table = written.table("calendar");
        let file = table.as_ref().and_then(|table| table.text("file"));
        let overlays = table.as_ref().and_then(|table| table.texts("overlays")).unwrap_or_default();
        let mut days = match file {
            None => Some(calendar::embedded()),
            Some(at) => {
                let path = folder.join(at.value);
                let text = text_of(&path, problems);
                text.and_then(|text| calendar::parse(&text)).map_err(|list| bad(problems, &path, list)).ok()
            }
        };
        let named = overlays.into_iter().map(|overlay| folder.join(overlay.value));
        let mut dropped = dropped_in(folder, problems);
        if let Some(more) = more {
            dropped.retain(|path| path.file_name() != more.file_name());
            dropped.push(more.to_owned());
            dropped.sort_by(|one, other| one.file_name().cmp(&other.file_name()));
        }
        for path in named.chain(dropped) {
            days = lay(&days?, &path, problems);
        }
        Some(Self { base: days?, table })
    }

    /// The calendars of regions, units and items that have overlays of their own: `[[calendar.local]]`. A region's
    /// overlay holds for every unit below it; an item's comes on top of its unit's.
    pub fn local(&self, folder: &Path, problems: &RefCell<Problems>, registry: &Registry) -> Local {
        let Some(table) = &self.table else { return Local::default() };
        let overlays: Vec<Overlay> =
            table.list("local").iter().filter_map(|it| Overlay::read(it, registry)).collect();
        table.nothing_else();
        // Every file's mistakes once; then each set of overlays that some unit or item needs.
        let good =
            overlays.iter().filter(|it| lay(&self.base, &folder.join(&it.file), problems).is_some()).count();
        if good < overlays.len() {
            return Local::default();
        }
        let mut made: BTreeMap<Vec<usize>, Calendar> = BTreeMap::new();
        let mut calendar = |set: Vec<usize>| {
            let made = made.entry(set.clone()).or_insert_with(|| {
                let silent = RefCell::new(Problems::of(problems.borrow().files.clone()));
                let on = |days: Calendar, at: &usize| {
                    lay(&days, &folder.join(&overlays[*at].file), &silent).unwrap_or(days)
                };
                set.iter().fold(self.base.clone(), on)
            });
            made.clone()
        };
        let of_unit = |unit: &Unit| -> Vec<usize> {
            (0..overlays.len()).filter(|at| overlays[*at].concerns(unit, registry)).collect()
        };
        let mut local = Local::default();
        for unit in registry.units.values() {
            let set = of_unit(unit);
            if !set.is_empty() {
                local.units.insert(unit.code.clone(), calendar(set));
            }
        }
        for item in registry.items.values() {
            let own = (0..overlays.len()).filter(|at| overlays[*at].items.contains(&item.code));
            let own: Vec<usize> = own.collect();
            if let (false, Some(unit)) = (own.is_empty(), registry.units.get(&item.unit)) {
                local.items.insert(item.code.clone(), calendar([of_unit(unit), own].concat()));
            }
        }
        local
    }
}

/// One `[[calendar.local]]`.
struct Overlay {
    file: String,
    regions: Vec<String>,
    units: Vec<String>,
    items: Vec<String>,
}

impl Overlay {
    fn read(table: &Table<'_>, registry: &Registry) -> Option<Self> {
        let file = table.required("file");
        let [regions, units, items] =
            ["regions", "units", "items"].map(|key| table.texts(key).unwrap_or_default());
        let unknown = |list: &[At<String>], known: &dyn Fn(&str) -> bool, said: fn(&str) -> Text| {
            for at in list.iter().filter(|at| !known(&at.value)) {
                table.wrong(at, said(&at.value));
            }
        };
        let region = |code: &str| say!("config-unregistered_region", code);
        let unit = |code: &str| say!("config-unregistered_unit", code);
        let item = |code: &str| say!("config-unregistered_item", code);
        unknown(&regions, &|code| registry.regions.contains_key(code), region);
        unknown(&units, &|code| registry.units.contains_key(code), unit);
        unknown(&items, &|code| registry.items.contains_key(code), item);
        if regions.is_empty() && units.is_empty() && items.is_empty() {
            table.lacks(&["regions", "units", "items"], table.place(), say!("config-overlay_for"));
        }
        table.nothing_else();
        let values = |list: Vec<At<String>>| list.into_iter().map(|at| at.value).collect();
        Some(Self { file: file?.value, regions: values(regions), units: values(units), items: values(items) })
    }

    fn concerns(&self, unit: &Unit, registry: &Registry) -> bool {
        let mut above = registry.regions.get(&unit.region);
        let mut in_region = self.regions.contains(&unit.region);
        while let (Some(region), false) = (above, in_region) {
            in_region = self.regions.contains(&region.code);
            above = region.parent.as_ref().and_then(|code| registry.regions.get(code));
        }
        in_region || self.units.contains(&unit.code)
    }
}

/// The files of the drop-in folder, if it is there.
fn dropped_in(folder: &Path, problems: &RefCell<Problems>) -> Vec<PathBuf> {
    let folder = folder.join(FOLDER);
    let listed = problems.borrow().files.list(&folder);
    let mut files = match listed {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            problems.borrow_mut().add(&folder, None, "", say!("config-unread", why = operator::why(&error)));
            return Vec::new();
        }
    };
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files
}

fn lay(base: &Calendar, path: &Path, problems: &RefCell<Problems>) -> Option<Calendar> {
    let text = text_of(path, problems);
    text.and_then(|text| calendar::overlay_text(base, &text)).map_err(|list| bad(problems, path, list)).ok()
}

fn text_of(path: &Path, problems: &RefCell<Problems>) -> Result<String, Vec<calendar::Problem>> {
    let text = problems.borrow().files.read_to_string(path);
    text.map_err(|cause| calendar::unreadable(path, &cause))
}

fn bad(problems: &RefCell<Problems>, path: &Path, list: Vec<calendar::Problem>) {
    for problem in list {
        problems.borrow_mut().add(path, problem.line, "", problem.message);
    }
}
