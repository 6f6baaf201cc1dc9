//! The mapping at work: a row of a source becomes a fact. A cell that cannot be read costs what it says and not the row; only a
//! row that does not say of which case it is, is rejected.

mod beside;
mod cells;
mod longer;
mod number;
mod seen;
mod taken;
mod trace;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono_tz::Tz;

use super::bind::{Finder, HeaderCells, Misfit, Place, TraceCells};
use super::doubt::{HeaderPart, TracePart};
use super::mapping::{ReadSpec, Shape};
use super::nothing::Nothing;
use super::of_case::OfCase;
use super::spot::Spot;
use super::times::Times;
use super::value::Row;
use super::wrong::Wrong;
use super::{Fact, Header, Rejected, Slot, Trace};
use crate::domain::digest::digest;
use crate::domain::text::say;

use seen::{Fault, Seen};
pub use taken::{NothingAt, TakenForNothing};

/// Longest text kept of a stage, a note, a name, in characters.
const KEPT: usize = 200;

/// Longest key of a row, in bytes.
const LONGEST_KEY: usize = 1_000;

/// A read's mapping bound to the columns of what it reads.
#[derive(Debug, Clone)]
pub struct Bound {
    read: u16,
    wide: bool,
    /// A row need not say which item it belongs to.
    evidence: bool,
    columns: Vec<String>,
    key: Vec<usize>,
    case: Vec<usize>,
    of_case: OfCase,
    gone: Option<(usize, Vec<String>)>,
    header: Option<HeaderCells>,
    times: Times,
    /// Zones of columns that are not in the source's own.
    zones: BTreeMap<usize, Tz>,
    traces: Vec<TraceCells>,
    nothing: Vec<Nothing>,
    taken_for_nothing: RefCell<BTreeMap<(usize, String), u64>>,
}

impl Bound {
    /// Binds read number `read` of a source to the column names of a table. A name that is not there as
    /// written is looked for without regard to case.
    pub fn new(spec: &ReadSpec, read: u16, zone: Tz, columns: &[String]) -> Result<Self, Misfit> {
        let finder = Finder::new(spec, columns)?;
        let times = Times::new(&spec.times, zone).map_err(Misfit::BadPattern)?;
        Ok(Self {
            read,
            wide: spec.shape == Shape::Wide,
            evidence: spec.evidence.is_some(),
            columns: columns.to_vec(),
            key: spec.key.iter().map(|name| finder.find(name)).collect(),
            case: [&spec.case]
                .into_iter()
                .chain(&spec.of_case.number)
                .map(|name| finder.find(name))
                .collect(),
            of_case: spec.of_case.clone(),
            gone: spec.gone.as_ref().map(|(column, codes)| (finder.find(column), codes.clone())),
            header: finder.header(spec),
            times,
            zones: finder.zones(spec)?,
            traces: spec.traces.iter().map(|trace| finder.trace(trace)).collect(),
            nothing: finder.nothing(spec),
            taken_for_nothing: RefCell::default(),
        })
    }

    /// Reads a row. What it cannot read is in doubt; without a case number the row says nothing, and is rejected. Of evidence a
    /// row is one fact, and is rejected as a whole.
    pub fn row<R: Row + ?Sized>(&self, row: &R, spot: Spot<'_>) -> Result<Fact, Box<Rejected>> {
        let case = self.case_number(row).map_err(|fault| {
            let key = self.key(row, "").unwrap_or_default();
            let key = if key.is_empty() { spot.row() } else { key.into_owned() };
            Box::new(self.rejected(fault, key, None, spot))
        })?;
        let mut seen = Seen::default();
        let mut fact = self.understand(row, case, spot, &mut seen);
        self.count(&mut seen);
        if seen.cells.is_empty() {
            return Ok(fact);
        }
        let key = self.key(row, &fact.case).unwrap_or_default();
        let key = if key.is_empty() { spot.row() } else { key.into_owned() };
        let mut cells = Vec::with_capacity(seen.cells.len());
        for fault in seen.cells {
            // A column that serves several traces is one cell.
            if !cells.iter().any(|it: &Rejected| it.column.as_deref() == Some(&self.columns[fault.0])) {
                cells.push(self.rejected(fault, key.clone(), Some(fact.case.clone()), spot));
            }
        }
        if self.evidence {
            return Err(Box::new(cells.swap_remove(0)));
        }
        seen.in_doubt.cells = cells;
        fact.in_doubt = Some(Box::new(seen.in_doubt));
        Ok(fact)
    }

    fn rejected(
        &self,
        (column, Wrong { reason, unmapped }): Fault,
        row: String,
        case: Option<String>,
        spot: Spot<'_>,
    ) -> Rejected {
        let column = self.columns[column].clone();
        let reason = spot.say_of(&column, reason);
        Rejected { row, case, reason, column: Some(column), unmapped }
    }

    fn understand<R: Row + ?Sized>(&self, row: &R, case: String, spot: Spot<'_>, seen: &mut Seen) -> Fact {
        // In a row whose key is in doubt only what belongs to the case has a place.
        let key: Option<Arc<str>> = match self.key(row, &case) {
            Ok(key) => Some(key.into()),
            Err(fault) => {
                seen.cells.push(fault);
                None
            }
        };
        let mut header = self.header.as_ref().map(|cells| self.header(cells, row, spot, seen));
        let (mut traces, mut last_content) = (Vec::with_capacity(self.traces.len()), None);
        // The row tells an event, be it one that cannot be read.
        let mut event = false;
        for (part, cells) in (0u16..).zip(&self.traces) {
            let before = seen.in_doubt.traces.len();
            let trace = self.trace(cells, row, traces.len(), seen);
            event |= trace.as_ref().is_none_or(Option::is_some);
            let slot_row = if cells.per_row && !self.wide {
                let known_by = match &key {
                    None => None,
                    Some(key) if !key.is_empty() => Some(key.clone()),
                    Some(_) => {
                        let certain =
                            !seen.in_doubt.traces[before..].iter().any(|(_, part)| in_content(*part));
                        let trace = trace.as_ref().and_then(Option::as_ref).filter(|_| certain);
                        trace.map(|trace| last_content.insert(content_key(trace)).as_str().into())
                    }
                };
                // A row without a key of its own and without a trace has nothing by which it could be known.
                let Some(known_by) = known_by else {
                    seen.in_doubt.traces.truncate(before);
                    continue;
                };
                known_by
            } else {
                Arc::default()
            };
            let slot = Slot { read: self.read, row: slot_row, part };
            match trace {
                Some(trace) => traces.push((slot, trace)),
                None => seen.in_doubt.slots.push(slot),
            }
        }
        if let Some(header) = header.as_mut().filter(|_| !self.wide && (event || !traces.is_empty())) {
            hand_over(header, &mut traces, seen);
        }
        let gone = match &self.gone {
            Some((column, codes)) => {
                let code = row.cell(*column).text();
                codes.iter().any(|known| code.as_ref().is_ok_and(|code| code == known))
            }
            None => false,
        };
        let row = match (key, last_content) {
            (Some(key), _) if !key.is_empty() => key,
            (None, _) => spot.row().into(),
            (_, Some(content)) => spot.lasting_row().unwrap_or_else(|| format!("{case}/{content}")).into(),
            _ => spot.lasting_row().unwrap_or_else(|| case.clone()).into(),
        };
        Fact { row, case, header, traces, gone, in_doubt: None, place: spot.place() }
    }

    /// The row's key: its key columns joined by `/`; for one row a case, without such columns, the case
    /// number; else empty.
    fn key<'r, R: Row + ?Sized>(&self, row: &'r R, case: &'r str) -> Result<Cow<'r, str>, Fault> {
        let text = |column: usize| self.part_of_key(row, column);
        let key = match self.key[..] {
            [] if self.wide => Cow::Borrowed(case),
            [] => return Ok(Cow::Borrowed("")),
            [column] => text(column)?,
            _ => {
                let mut parts = Vec::with_capacity(self.key.len());
                for column in &self.key {
                    // A slash inside a part must not make two keys alike.
                    parts.push(text(*column)?.replace('\\', "\\\\").replace('/', "\\/"));
                }
                Cow::Owned(parts.join("/"))
            }
        };
        match self.key.first() {
            Some(first) if self.key.iter().all(|column| self.nothing[*column].is(row.cell(*column))) => {
                Err((*first, say!("cell-no_key").into()))
            }
            Some(first) if key.len() > LONGEST_KEY => {
                Err((*first, say!("cell-long_key", most = LONGEST_KEY).into()))
            }
            _ => Ok(key),
        }
    }

    fn header<R: Row + ?Sized>(
        &self,
        cells: &HeaderCells,
        row: &R,
        spot: Spot<'_>,
        seen: &mut Seen,
    ) -> Header {
        let item = match &cells.item {
            Place::Always(item) => Ok(Some(item.clone())),
            Place::Column(column) => match self.code(row, *column) {
                Ok(None) if self.of_case.item.is_some() => Ok(self.of_case.item.clone()),
                Ok(None) if !self.evidence => Err((*column, say!("cell-no_item").into())),
                item => item,
            },
        };
        let item = seen.header(item, HeaderPart::Item).unwrap_or_default();
        let mut dates = Vec::with_capacity(cells.dates.len());
        for (name, column) in &cells.dates {
            match self.second(row, *column, seen) {
                Ok(at) => dates.extend(at.map(|at| (name.clone(), at))),
                Err(fault) => {
                    seen.cells.push(fault);
                    seen.in_doubt.header.push(HeaderPart::Date(name.clone()));
                }
            }
        }
        let unit = cells.unit.map_or(Ok(None), |column| self.code(row, column));
        let unit = unit.map(|unit| unit.or_else(|| self.unit_beside(spot)));
        let unit = seen.header(unit, HeaderPart::Unit);
        let display = self.readable(row, cells.display, seen);
        let display = seen.header(display, HeaderPart::Display);
        let earlier = cells.earlier.map_or(Ok(None), |column| self.code(row, column));
        let earlier = seen.header(earlier, HeaderPart::Earlier);
        Header { item, unit, dates, display, earlier }
    }
}

/// In a row of an event the unit is that of the event: who has the case from there on.
fn hand_over(header: &mut Header, traces: &mut [(Slot, Option<Trace>)], seen: &mut Seen) {
    let in_doubt = seen.in_doubt.header.iter().position(|part| *part == HeaderPart::Unit);
    let unit = header.unit.take();
    if let Some(position) = in_doubt {
        seen.in_doubt.header.swap_remove(position);
    }
    for (place, (_, trace)) in traces.iter_mut().enumerate() {
        let Some(trace) = trace.as_mut().filter(|trace| trace.unit.is_none()) else { continue };
        trace.unit.clone_from(&unit);
        if in_doubt.is_some() {
            seen.in_doubt.traces.push((place, TracePart::Unit));
        }
    }
}

/// Whether a row without a key of its own is known by a part of its trace.
fn in_content(part: TracePart) -> bool {
    matches!(part, TracePart::Stage | TracePart::By)
}

/// A stable key of what a trace says, for rows that have no key of their own: a digest of kind, stage, time and hand. The reading tells apart what is entered twice alike.
fn content_key(trace: &Trace) -> String {
    let at = trace.occurred;
    let precision = if at.hour_known() { b"s" } else { b"d" };
    let (stage, by) = (trace.stage.as_deref().unwrap_or(""), trace.by.as_deref().unwrap_or(""));
    let seconds = at.at().timestamp().to_le_bytes();
    let parts: [&[u8]; 5] =
        [trace.kind.word().as_bytes(), stage.as_bytes(), &seconds, precision, by.as_bytes()];
    format!("{:016x}", digest(&parts))
}
