//! The mapping at work: a row of a source becomes a fact, or is rejected with the reason.

use std::borrow::Cow;
use std::sync::Arc;

use chrono_tz::Tz;

use super::bind::{Finder, HeaderCells, Misfit, Place, TraceCells};
use super::mapping::{KindSpec, ReadSpec, Shape};
use super::times::Times;
use super::value::{Row, cut, quoted};
use super::wrong::{UNKNOWN_CODE, UNKNOWN_OUTCOME, Wrong};
use super::{Amount, Entry, Fact, Header, Meaning, Outcome, Rejected, Slot, Trace};
use crate::domain::digest::digest;
use crate::domain::limit::Limit;
use crate::domain::moment::Moment;

/// Longest text kept of a stage, a note, a name, in characters.
const KEPT: usize = 200;

/// A column's position and what is wrong with the cell.
type Fault = (usize, Wrong);

/// A read's mapping bound to the columns of what it reads.
#[derive(Debug, Clone)]
pub struct Bound {
    read: u16,
    wide: bool,
    /// A row need not say which item it belongs to.
    evidence: bool,
    columns: Vec<String>,
    key: Vec<usize>,
    case: usize,
    gone: Option<(usize, Vec<String>)>,
    header: Option<HeaderCells>,
    times: Times,
    traces: Vec<TraceCells>,
}

impl Bound {
    /// Binds read number `read` of a source to the column names of a table. A name that is not there as
    /// written is looked for without regard to case.
    pub fn new(spec: &ReadSpec, read: u16, zone: Tz, columns: &[String]) -> Result<Self, Vec<Misfit>> {
        let finder = Finder::new(spec, columns)?;
        let times = Times::new(&spec.times, zone).map_err(|sentence| vec![Misfit::BadPattern(sentence)])?;
        Ok(Self {
            read,
            wide: spec.shape == Shape::Wide,
            evidence: spec.evidence.is_some(),
            columns: columns.to_vec(),
            key: spec.key.iter().map(|name| finder.find(name)).collect(),
            case: finder.find(&spec.case),
            gone: spec.gone.as_ref().map(|(column, codes)| (finder.find(column), codes.clone())),
            header: finder.header(spec),
            times,
            traces: spec.traces.iter().map(|trace| finder.trace(trace)).collect(),
        })
    }

    /// Reads a row. A row that is rejected has an empty key where the row has none of its own: whoever read
    /// it knows its place.
    pub fn row<R: Row + ?Sized>(&self, row: &R) -> Result<Fact, Rejected> {
        self.understand(row).map_err(|(column, Wrong { reason, unmapped })| {
            let name = self.columns[column].clone();
            let case = self.case_number(row).ok();
            let key = self.key(row, case.as_deref().unwrap_or_default()).unwrap_or_default().into_owned();
            let reason = format!("column `{name}`: {reason}");
            Rejected { row: key, case, reason, column: Some(name), unmapped }
        })
    }

    fn understand<R: Row + ?Sized>(&self, row: &R) -> Result<Fact, Fault> {
        let case = self.case_number(row)?;
        let key: Arc<str> = self.key(row, &case)?.into();
        let mut header = self.header.as_ref().map(|cells| self.header(cells, row)).transpose()?;
        let mut traces = Vec::with_capacity(self.traces.len());
        let mut last_content = None;
        for (part, cells) in (0u16..).zip(&self.traces) {
            let trace = self.trace(cells, row)?;
            let of_row = cells.per_row && !self.wide;
            let slot_row = match (&trace, of_row, self.key.is_empty()) {
                (_, false, _) => Arc::default(),
                (_, true, false) => key.clone(),
                (Some(trace), true, true) => last_content.insert(content_key(trace)).as_str().into(),
                // A row without a key of its own and without a trace has nothing by which it could be known.
                (None, true, true) => continue,
            };
            traces.push((Slot { read: self.read, row: slot_row, part }, trace));
        }
        // In a row of an event the unit is that of the event: who has the case from there on.
        if let Some(unit) =
            header.as_mut().filter(|_| !self.wide && !traces.is_empty()).and_then(|it| it.unit.take())
        {
            for trace in traces.iter_mut().filter_map(|(_, trace)| trace.as_mut()) {
                trace.unit.get_or_insert_with(|| unit.clone());
            }
        }
        let gone = match &self.gone {
            Some((column, codes)) => {
                codes.iter().any(|code| text(row, *column).is_ok_and(|cell| cell == *code))
            }
            None => false,
        };
        let row = match last_content {
            Some(content) => format!("{case}/{content}").into(),
            None if key.is_empty() => case.as_str().into(),
            None => key,
        };
        Ok(Fact { row, case, header, traces, gone })
    }

    fn case_number<R: Row + ?Sized>(&self, row: &R) -> Result<String, Fault> {
        let case = text(row, self.case)?;
        if case.is_empty() {
            let what = if self.evidence { "no key" } else { "no case number" };
            return Err((self.case, what.into()));
        }
        if case.len() > KEPT {
            return Err((self.case, format!("a case number of more than {KEPT} bytes").into()));
        }
        Ok(case.into_owned())
    }

    /// The row's key: its key columns joined by `/`; for one row a case, without such columns, the case
    /// number; else empty.
    fn key<'r, R: Row + ?Sized>(&self, row: &'r R, case: &'r str) -> Result<Cow<'r, str>, Fault> {
        let key = match self.key[..] {
            [] if self.wide => Cow::Borrowed(case),
            [] => return Ok(Cow::Borrowed("")),
            [column] => text(row, column)?,
            _ => {
                let mut parts = Vec::with_capacity(self.key.len());
                for column in &self.key {
                    // A slash inside a part must not make two keys alike.
                    parts.push(text(row, *column)?.replace('\\', "\\\\").replace('/', "\\/"));
                }
                Cow::Owned(parts.join("/"))
            }
        };
        match self.key.first() {
            Some(first) if key.bytes().all(|byte| byte == b'/') => {
                Err((*first, "the row's key is empty".into()))
            }
            _ => Ok(key),
        }
    }

    fn header<R: Row + ?Sized>(&self, cells: &HeaderCells, row: &R) -> Result<Header, Fault> {
        let item = match &cells.item {
            Place::Always(item) => item.clone(),
            Place::Column(column) => match text(row, *column)? {
                empty if empty.is_empty() && !self.evidence => {
                    return Err((*column, "no item code".into()));
                }
                item => item.into_owned(),
            },
        };
        let mut dates = Vec::with_capacity(cells.dates.len());
        for (name, column) in &cells.dates {
            if let Some(moment) = self.moment(row, *column)? {
                dates.push((name.clone(), moment));
            }
        }
        let (unit, display) = (kept(row, cells.unit)?, kept(row, cells.display)?);
        Ok(Header { item, unit, dates, display, earlier: kept(row, cells.earlier)? })
    }

    fn trace<R: Row + ?Sized>(&self, cells: &TraceCells, row: &R) -> Result<Option<Trace>, Fault> {
        let at = row.cell(cells.at);
        let Some(meaning) = cells.kind(row, at.is_empty())? else { return Ok(None) };
        if at.is_empty() {
            return Ok(None);
        }
        let occurred = self.times.moment(at).map_err(|reason| (cells.at, reason.into()))?;
        let recorded = match cells.recorded {
            Some(column) => self.moment(row, column)?,
            None => None,
        };
        let stage = match &cells.stage {
            Some(Place::Always(stage)) => Some(stage.clone()),
            Some(Place::Column(column)) => kept(row, Some(*column))?,
            None => None,
        };
        let (by, note) = (kept(row, cells.by)?, kept(row, cells.note)?);
        let amount = match cells.amount {
            Some(column) => amount(row, column)?,
            None => None,
        };
        let asked = match cells.asked {
            Some(column) => self.moment(row, column)?,
            None => None,
        };
        let kind = meaning.kind;
        let outcome = cells.outcome(row)?.or(meaning.outcome).filter(|_| kind.ends_a_case());
        let (unit, serial) = (kept(row, cells.unit)?, kept(row, cells.serial)?);
        let entry = Entry::default();
        Ok(Some(Trace {
            kind,
            stage,
            occurred,
            recorded,
            by,
            note,
            amount,
            outcome,
            unit,
            asked,
            serial,
            entry,
        }))
    }

    fn moment<R: Row + ?Sized>(&self, row: &R, column: usize) -> Result<Option<Moment>, Fault> {
        let value = row.cell(column);
        if value.is_empty() {
            return Ok(None);
        }
        self.times.moment(value).map(Some).map_err(|reason| (column, reason.into()))
    }
}

impl TraceCells {
    /// The kind of the row's trace; `None` for a code that stands for no trace. A code that is missing where
    /// no time stands either is no code at all; one that is unknown is never passed over.
    fn kind<R: Row + ?Sized>(&self, row: &R, no_time: bool) -> Result<Option<Meaning>, Fault> {
        let (codes, otherwise) = match &self.kind {
            KindSpec::Always(kind) => return Ok(Some(*kind)),
            KindSpec::Coded { codes, otherwise, .. } => (codes, otherwise),
        };
        let code = text(row, self.code)?;
        if let Some(known) = codes.get(code.as_ref()) {
            return Ok(*known);
        }
        match otherwise {
            Some(kind) => Ok(Some(*kind)),
            None if code.is_empty() && no_time => Ok(None),
            None => Err((self.code, Wrong::unmapped(&code, UNKNOWN_CODE))),
        }
    }

    /// How the matter was decided, by the row's own column: by its codes, else by the words of an outcome.
    fn outcome<R: Row + ?Sized>(&self, row: &R) -> Result<Option<Outcome>, Fault> {
        let Some((column, codes)) = &self.outcome else { return Ok(None) };
        let code = text(row, *column)?;
        match codes.get(code.as_ref()) {
            Some(known) => Ok(*known),
            None if code.is_empty() => Ok(None),
            None => code.parse().map(Some).map_err(|_| (*column, Wrong::unmapped(&code, UNKNOWN_OUTCOME))),
        }
    }
}

fn text<R: Row + ?Sized>(row: &R, column: usize) -> Result<Cow<'_, str>, Fault> {
    row.cell(column).text().map_err(|reason| (column, reason.into()))
}

/// Text that is kept, cut to a bearable length.
fn kept<R: Row + ?Sized>(row: &R, column: Option<usize>) -> Result<Option<String>, Fault> {
    let Some(column) = column else { return Ok(None) };
    let text = text(row, column)?;
    Ok((!text.is_empty()).then(|| cut(&text, KEPT).to_owned()))
}

fn amount<R: Row + ?Sized>(row: &R, column: usize) -> Result<Option<Amount>, Fault> {
    let text = text(row, column)?;
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(number) = text.parse::<u32>()
        && number <= 9999
    {
        return Ok(Some(Amount::Bare(number)));
    }
    match text.parse::<Limit>() {
        Ok(limit @ (Limit::Span { .. } | Limit::SameDay)) => Ok(Some(Amount::Limit(limit))),
        _ => {
            let reason = format!("{} is no length such as 10wd, 30d, or a number up to 9999", quoted(&text));
            Err((column, reason.into()))
        }
    }
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
