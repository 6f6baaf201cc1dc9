//! The clocks that run on cases: those that ship (config/clocks.toml), and what the file adds, replaces or takes away.

mod declared;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

use toml::de::DeTable;

use super::problems::{Problems, TomlText};
use super::statutes;
use super::written::{At, Table, list, meant, nearest};
use crate::domain::count::Counting;
use crate::domain::limit::LimitSource;
use crate::domain::policy::ClockRule;
use crate::domain::record::TraceKind;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::registry::Registry;
use crate::domain::statute::{Keeper, Statutes};
use crate::domain::text::say;
pub(super) use declared::{OwnCards, card};

/// What ships inside the program.
const SHIPPED: &str = include_str!("../../../config/clocks.toml");

/// The clocks, and which cards they say themselves to give.
pub(super) struct Clocks {
    /// Those of one id stand together.
    pub(super) rules: Vec<ClockRule>,
    /// Those of the file.
    pub(super) declared: Vec<Declared>,
    shipped: Vec<Declared>,
}

/// One `[[clock]]`.
pub(super) struct Declared {
    pub(super) id: String,
    pub(super) place: At<()>,
    /// Which cards it says itself to give.
    pub(super) cards: Option<OwnCards>,
    /// What a record must be able to show for it to say anything.
    needs: Vec<TraceKind>,
    rules: Vec<ClockRule>,
}

impl Clocks {
    /// The ids, each once.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let mut last = "";
        self.rules
            .iter()
            .map(|rule| rule.id.as_str())
            .filter(move |id| std::mem::replace(&mut last, *id) != *id)
    }

    /// The shipped clock whose rule of the law or whose place a clock takes.
    fn shipped_for(&self, id: &str) -> Option<&Declared> {
        let declared = self.declared.iter().find(|it| it.id == id);
        let by_law = self.shipped.iter().find(|it| declared.is_some_and(|new| it.stands_for(new)));
        by_law.or_else(|| self.shipped.iter().find(|it| it.id == id))
    }

    /// The cards a clock says itself to give, or those of the shipped clock in whose stead it runs.
    pub(super) fn cards_of(&self, id: &str) -> Option<&OwnCards> {
        let own = self.declared.iter().find(|it| it.id == id).and_then(|it| it.cards.as_ref());
        own.or_else(|| self.shipped_for(id)?.cards.as_ref())
    }

    /// The clock of a preset whose lines a clock has: its own, or that in whose stead it runs.
    pub(super) fn preset_id<'c>(&'c self, id: &'c str) -> &'c str {
        self.shipped_for(id).map_or(id, |it| &it.id)
    }

    /// The reading of a file that adds nothing.
    fn whole(shipped: Vec<Declared>, declared: Vec<Declared>, off: &BTreeSet<String>) -> Self {
        let gone = |id: &str| off.contains(id) || declared.iter().any(|it| it.id == id);
        let mut rules: Vec<ClockRule> = Vec::new();
        for it in shipped.iter().filter(|it| !gone(&it.id)) {
            let by_same_law = declared.iter().filter(|new| it.stands_for(new));
            let yields_to: Vec<String> = by_same_law.map(|new| new.id.clone()).collect();
            rules.extend(it.rules.iter().cloned().map(|rule| yielding(rule, &yields_to)));
        }
        rules.extend(declared.iter().flat_map(|it| it.rules.iter().cloned()));
        Self { rules, declared, shipped }
    }
}

fn yielding(mut rule: ClockRule, to: &[String]) -> ClockRule {
    rule.by_law.yields_to = to.to_vec();
    rule
}

impl Declared {
    /// Whether it is the shipped clock of another's rule of the law. The office's own promise is nobody's but its own.
    fn stands_for(&self, other: &Self) -> bool {
        let laws = |it: &Self| -> BTreeSet<String> {
            it.rules.iter().filter_map(|rule| rule.by_law.rule.clone()).collect()
        };
        let promise = self.rules.iter().any(|rule| rule.limit == LimitSource::Promised);
        !promise && !laws(self).is_disjoint(&laws(other))
    }
}

/// The clocks in force.
pub(super) fn read(
    written: &Table<'_>,
    folder: &Path,
    problems: &RefCell<Problems>,
    counting: &Counting,
) -> Clocks {
    let tables = written.list("clock");
    let statutes = read_statutes(written, folder, problems);
    let shipped = shipped(statutes.as_deref().unwrap_or(statutes::embedded()), counting);
    let (mut declared, mut off): (Vec<Declared>, BTreeSet<String>) = (Vec::new(), BTreeSet::new());
    for table in &tables {
        if let Some(id) = switched_off(table, &shipped) {
            off.insert(id);
            continue;
        }
        let Some(new) = declare(table, statutes.as_deref(), counting) else { continue };
        if declared.iter().any(|known| known.id == new.id) {
            table.wrong(&table.place(), say!("config-two_clocks", id = &new.id));
        }
        declared.push(new);
    }
    let clocks = Clocks::whole(shipped, declared, &off);
    check_clauses(&tables, &clocks);
    clocks
}

/// A clock whose clause is to say what may be added must be one that there is.
fn check_clauses(tables: &[Table<'_>], clocks: &Clocks) {
    let known: Vec<&str> = clocks.ids().chain(clocks.shipped.iter().map(|it| it.id.as_str())).collect();
    for at in tables.iter().filter_map(|table| Some((table, table.text("extension_of")?))) {
        let (table, at) = at;
        if !known.contains(&at.value.as_str()) {
            let hint = nearest(&at.value, &known);
            table.wrong(&at, say!("config-no_clause", id = &at.value, hint));
        }
    }
}

/// `off = true` takes a shipped clock away.
fn switched_off(table: &Table<'_>, shipped: &[Declared]) -> Option<String> {
    let off = table.truth("off").filter(|at| at.value)?;
    let id = table.required("id");
    let known: Vec<&str> =
        shipped.iter().map(|it| it.id.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    if let Some(id) = id.as_ref().filter(|id| !known.contains(&id.value.as_str())) {
        let hint = nearest(&id.value, &known);
        table.wrong(id, say!("config-no_shipped", id = &id.value, hint));
    }
    if table.has_more_than(&["id", "off"]) {
        table.wrong(&off, say!("config-off_alone"));
    }
    Some(id?.value)
}

fn declare(table: &Table<'_>, statutes: Option<&Statutes>, counting: &Counting) -> Option<Declared> {
    let cards = declared::own_cards(table);
    table.truth("off");
    let needs = table.parsed_list("needs").unwrap_or_default();
    let rules = match (table.text("law"), statutes) {
        (None, _) => vec![declared::spelt_out(table, counting)].into_iter().flatten().collect(),
        (Some(law), Some(statutes)) => {
            let rules = declared::by_law(table, &law, statutes, counting);
            if rules.is_empty() {
                let known: Vec<&str> = statutes.rules.keys().map(String::as_str).collect();
                let hint = meant(&law.value, &known).unwrap_or_else(|| say!("config-law_lists"));
                table.wrong(&law, say!("config-no_statute", rule = &law.value, hint));
            }
            rules
        }
        // What is wrong with the statutes has been said.
        (Some(_), None) => return None,
    };
    table.nothing_else();
    let first = rules.first()?;
    if first.by_law.keeper != Keeper::Unit && matches!(cards, Some(OwnCards::Lines(_))) {
        let keeper = first.by_law.keeper;
        let said = say!("config-keeper", keeper = keeper.word(), zh = keeper.zh());
        table.wrong(&table.place(), said);
    }
    Some(Declared { id: first.id.clone(), place: table.place(), cards, needs, rules })
}

/// What ships, by the library in force: a clock whose rule is not in a library of one's own is not there.
fn shipped(statutes: &Statutes, counting: &Counting) -> Vec<Declared> {
    let problems = RefCell::new(Problems::default());
    let table = DeTable::parse(SHIPPED).expect("the shipped clocks are read by a test");
    let source = TomlText { file: Path::new("config/clocks.toml"), text: SHIPPED };
    let whole = Table::whole(source, table.get_ref(), &problems);
    whole.list("clock").iter().filter_map(|table| declare(table, Some(statutes), counting)).collect()
}

/// A category that no item has is a slip of the pen: its clock would run on nothing.
pub(super) fn check_categories(written: &Table<'_>, registry: &Registry) {
    let known: BTreeSet<&str> = registry.items.values().map(|item| item.category.as_str()).collect();
    for table in written.list("clock") {
        for at in table.texts("categories").unwrap_or_default() {
            if !known.contains(at.value.as_str()) {
                let known = list(known.iter().copied());
                table.wrong(&at, say!("config-no_category", category = &at.value, known));
            }
        }
    }
}

/// The statutes of a folder, or those inside the program.
fn read_statutes<'s>(
    written: &Table<'_>,
    folder: &Path,
    problems: &RefCell<Problems>,
) -> Option<Cow<'s, Statutes>> {
    let Some(at) = written.text("statutes") else { return Some(Cow::Borrowed(statutes::embedded())) };
    let files = problems.borrow().files.clone();
    match statutes::read_by(&files, &folder.join(at.value)) {
        Ok(statutes) => Some(Cow::Owned(statutes)),
        Err(found) => {
            problems.borrow_mut().extend(found);
            None
        }
    }
}

/// Takes away the shipped clocks of which no source can show that they were kept: where deliveries are not on record, nobody
/// delivers late.
pub(super) fn fit(
    rules: &mut Vec<ClockRule>,
    written: &Table<'_>,
    sources: &[SourceSpec],
    counting: &Counting,
) {
    let reads = || sources.iter().flat_map(|source| &source.reads).filter(|read| read.evidence.is_none());
    let brings = |kind: &TraceKind| reads().flat_map(|read| &read.traces).any(|it| it.may_tell(*kind));
    if reads().next().is_none() {
        return;
    }
    let mine: BTreeSet<String> =
        written.list("clock").iter().filter_map(|table| Some(table.text("id")?.value)).collect();
    let silent: BTreeSet<String> = shipped(statutes::embedded(), counting)
        .into_iter()
        .filter(|it| !it.needs.iter().all(brings) && !mine.contains(&it.id))
        .map(|it| it.id)
        .collect();
    rules.retain(|rule| !silent.contains(&rule.id));
}

#[cfg(test)]
mod tests;
