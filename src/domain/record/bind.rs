//! A read's mapping is bound to the columns that are there: every name becomes a position.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono_tz::Tz;

use super::Outcome;
use super::mapping::{Cell, KindSpec, ReadSpec, TraceSpec};
use super::nothing::Nothing;
use super::number::plain;
use super::value::{listed, quoted};
use crate::domain::text::{Fault, Language, Text, nearest, say};

impl ReadSpec {
    /// The names of the columns that this read uses, each once, in rising order.
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut names: BTreeSet<&str> = self.key.iter().map(String::as_str).collect();
        names.insert(&self.case);
        names.extend(self.of_case.number.iter().map(String::as_str));
        names.extend(self.watermark.as_deref());
        names.extend(self.gone.as_ref().map(|(column, _)| column.as_str()));
        if let Some(item) = &self.item {
            names.extend(item.column());
            names.extend(self.unit.as_deref());
            names.extend(self.display.as_deref());
            names.extend(self.earlier.as_deref());
            names.extend(self.dates.iter().map(|(_, column)| column.as_str()));
        }
        for trace in &self.traces {
            names.insert(&trace.at);
            if let KindSpec::Coded { column, .. } = &trace.kind {
                names.insert(column);
            }
            names.extend(trace.stage.as_ref().and_then(Cell::column));
            names.extend(trace.outcome.as_ref().map(|(column, _)| column.as_str()));
            let TraceSpec { recorded, by, note, amount, unit, asked, lifecycle, serial, due, .. } = trace;
            for column in [recorded, by, note, amount, unit, asked, lifecycle, serial, due] {
                names.extend(column.as_deref());
            }
            names.extend(trace.step_dues.iter().map(|(_, column)| column.as_str()));
        }
        names
    }
}

impl ReadSpec {
    /// Which of its columns an event log must not be without, as every attribute is optional there: `there` are those that it has.
    /// Without the others its events say less; without these they say nothing, and one time of what happened must be there.
    pub fn missing_from_log(&self, there: impl Fn(&str) -> bool) -> Vec<&str> {
        let mut needed = vec![self.case.as_str()];
        needed.extend(self.of_case.number.iter().map(String::as_str));
        needed.extend(self.key.iter().map(String::as_str));
        needed.extend(self.item.as_ref().and_then(Cell::column));
        needed.extend(self.traces.iter().filter_map(|trace| match &trace.kind {
            KindSpec::Coded { column, .. } => Some(column.as_str()),
            KindSpec::Always(_) => None,
        }));
        needed.retain(|name| !there(name));
        if !self.traces.is_empty() && !self.traces.iter().any(|trace| there(&trace.at)) {
            needed.extend(self.traces.iter().map(|trace| trace.at.as_str()));
        }
        needed.sort_unstable();
        needed.dedup();
        needed
    }
}

impl Cell {
    fn column(&self) -> Option<&str> {
        match self {
            Self::Always(_) => None,
            Self::Column(name) => Some(name),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct HeaderCells {
    pub item: Place,
    pub unit: Option<usize>,
    pub display: Option<usize>,
    pub earlier: Option<usize>,
    pub dates: Vec<(String, usize)>,
}

#[derive(Debug, Clone)]
pub(super) struct TraceCells {
    pub kind: KindSpec,
    /// Position of the code's column, where there is one.
    pub code: usize,
    pub at: usize,
    pub recorded: Option<usize>,
    pub by: Option<usize>,
    pub stage: Option<Place>,
    pub note: Option<usize>,
    pub amount: Option<usize>,
    pub outcome: Option<(usize, BTreeMap<String, Option<Outcome>>)>,
    pub unit: Option<usize>,
    pub asked: Option<usize>,
    pub lifecycle: Option<usize>,
    pub serial: Option<usize>,
    pub due: Option<usize>,
    pub step_dues: Vec<(String, usize)>,
    pub resumes_any: bool,
    pub per_row: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Place {
    Always(String),
    Column(usize),
}

/// Why a mapping does not fit what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// Columns of the mapping are not there.
    MissingColumns {
        /// The columns, in their alphabetical order.
        missing: Vec<String>,
        /// How many of the mapping are there.
        met: usize,
        /// Those that are there.
        there: Vec<String>,
    },
    /// A time pattern or a zone is none.
    BadPattern(Fault),
}

impl Misfit {
    /// The same without the names that are there: in a file whose first row is none of names they may be anything, also secret. Where
    /// other columns of the mapping are there it is one of names, and the one that was probably meant is named.
    pub fn without_names(&self) -> Text {
        match self {
            Self::MissingColumns { missing, met, there } => {
                let what = say!("fault-no_column_hidden", missing = listed(missing), found = there.len());
                if *met > 0 { with_meant(what, missing, there) } else { what }
            }
            Self::BadPattern(fault) => fault.0.clone(),
        }
    }

    /// What does not fit, with the names that are there.
    pub fn said(&self) -> Text {
        let (missing, there) = match self {
            Self::MissingColumns { missing, there, .. } => (missing, there),
            Self::BadPattern(fault) => return fault.0.clone(),
        };
        let what = say!("fault-no_column", missing = listed(missing), there = listed(there));
        with_meant(what, missing, there)
    }
}

/// What does not fit, with the names that were probably meant by those that are not there.
pub fn with_meant(what: Text, missing: &[String], there: &[String]) -> Text {
    let meant = |name: &String| Some((quoted(name), nearest(name, there.iter().map(String::as_str))?));
    let found = missing.iter().filter_map(meant);
    found.fold(what, |what, (name, meant)| say!("fault-column_meant", what, name, meant = quoted(meant)))
}

/// Whoever prints it as it is reads English.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().words(Language::English))
    }
}

/// A name but for its spelling and for the mark of a form that it must be filled in: `*办件编号`, `办件编号（必填）`.
fn unmarked(name: &str) -> String {
    let name = plain(name);
    let name = name.trim_matches('*');
    let bare = ["(必填)", "(*)"].iter().find_map(|mark| name.strip_suffix(mark).or(name.strip_prefix(mark)));
    bare.unwrap_or(name).to_owned()
}

/// Positions of columns by name, as far as they are there.
pub(super) struct Finder<'a>(&'a [String]);

impl<'a> Finder<'a> {
    /// A finder among columns that hold all that the read uses.
    pub fn new(spec: &ReadSpec, columns: &'a [String]) -> Result<Self, Misfit> {
        let finder = Self(columns);
        let (met, missing): (Vec<&str>, Vec<_>) =
            spec.columns().into_iter().partition(|name| finder.position(name).is_some());
        let (met, missing): (usize, Vec<String>) =
            (met.len(), missing.into_iter().map(str::to_owned).collect());
        if missing.is_empty() {
            Ok(finder)
        } else {
            Err(Misfit::MissingColumns { missing, met, there: columns.to_vec() })
        }
    }

    /// As written, else without regard to case, else the only one that differs in its spelling alone: a blank, a line end or a character
    /// without width in it, brackets and signs of full width; else the only one that is marked as to be filled in.
    fn position(&self, name: &str) -> Option<usize> {
        let exact = self.0.iter().position(|column| column == name);
        let exact = exact.or_else(|| self.0.iter().position(|column| column.eq_ignore_ascii_case(name)));
        exact.or_else(|| self.only(&plain(name), plain)).or_else(|| self.only(&plain(name), unmarked))
    }

    fn only(&self, wanted: &str, spelled: impl Fn(&str) -> String) -> Option<usize> {
        let mut alike = (0..self.0.len()).filter(|at| spelled(&self.0[*at]) == wanted);
        alike.next().filter(|_| alike.next().is_none())
    }

    /// The words for nothing of each column. Where a hand types a reason or its name, its fillers are left to the rules that ask
    /// for them.
    pub fn nothing(&self, spec: &ReadSpec) -> Vec<Nothing> {
        let typed: BTreeSet<&str> = spec
            .traces
            .iter()
            .flat_map(|trace| [&trace.by, &trace.note])
            .flatten()
            .map(String::as_str)
            .collect();
        let usual = Nothing::new(&spec.nothing);
        let by_machines = Nothing::new(&Nothing::by_machines(&spec.nothing));
        let mut of_columns = vec![usual; self.0.len()];
        for name in typed {
            of_columns[self.find(name)] = by_machines.clone();
        }
        for (name, words) in &spec.nothing_in {
            if let Some(column) = self.position(name) {
                of_columns[column] = Nothing::new(words);
            }
        }
        of_columns
    }

    /// The zones of columns that are not in the source's own.
    pub fn zones(&self, spec: &ReadSpec) -> Result<BTreeMap<usize, Tz>, Misfit> {
        let columns = spec.zones.iter().filter_map(|(name, zone)| Some((self.position(name)?, zone)));
        let known =
            |zone: &String| zone.parse().map_err(|_| Misfit::BadPattern(say!("fault-no_zone", zone).into()));
        columns.map(|(column, zone)| Ok((column, known(zone)?))).collect()
    }

    /// The place of a column of the read.
    pub fn find(&self, name: &str) -> usize {
        self.position(name).expect("`new` looked for every name of the read")
    }

    fn maybe(&self, name: Option<&String>) -> Option<usize> {
        name.map(|name| self.find(name))
    }

    fn place(&self, cell: &Cell) -> Place {
        match cell {
            Cell::Always(text) => Place::Always(text.clone()),
            Cell::Column(name) => Place::Column(self.find(name)),
        }
    }

    /// Where what a row says of its case stands, if the read carries it.
    pub fn header(&self, spec: &ReadSpec) -> Option<HeaderCells> {
        let item = self.place(spec.item.as_ref()?);
        let dates = spec.all_dates().map(|(name, column)| (name, self.find(column))).collect();
        let (unit, display) = (self.maybe(spec.unit.as_ref()), self.maybe(spec.display.as_ref()));
        Some(HeaderCells { item, unit, display, earlier: self.maybe(spec.earlier.as_ref()), dates })
    }

    /// Where what makes a trace stands.
    pub fn trace(&self, spec: &TraceSpec) -> TraceCells {
        let code = match &spec.kind {
            KindSpec::Always(_) => 0,
            KindSpec::Coded { column, .. } => self.find(column),
        };
        TraceCells {
            kind: spec.kind.clone(),
            code,
            at: self.find(&spec.at),
            recorded: self.maybe(spec.recorded.as_ref()),
            by: self.maybe(spec.by.as_ref()),
            stage: spec.stage.as_ref().map(|cell| self.place(cell)),
            note: self.maybe(spec.note.as_ref()),
            amount: self.maybe(spec.amount.as_ref()),
            outcome: spec.outcome.as_ref().map(|(column, codes)| (self.find(column), codes.clone())),
            unit: self.maybe(spec.unit.as_ref()),
            asked: self.maybe(spec.asked.as_ref()),
            lifecycle: self.maybe(spec.lifecycle.as_ref()),
            serial: self.maybe(spec.serial.as_ref()),
            due: self.maybe(spec.due.as_ref()),
            step_dues: spec
                .step_dues
                .iter()
                .map(|(step, column)| (step.clone(), self.find(column)))
                .collect(),
            resumes_any: spec.resumes_any,
            per_row: spec.per_row,
        }
    }
}
