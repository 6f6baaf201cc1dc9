//! What the reads of all databases have in common: from where on rows are read, how they become records, what came of it.

use super::batch_builder::{BatchBuilder, Extent};
use super::counter::Counter;
use super::row_reader::RowReader;
use super::watermark::{Cursor, Mark, Watermark};
use super::{Over, SourceError};
use crate::domain::record::apply::{Bound, TakenForNothing};
use crate::domain::record::mapping::{ReadSpec, SourceSpec};
use crate::domain::record::times::Times;
use crate::domain::record::watermark_kind::WatermarkKind;
use crate::domain::text::{Text, say};

/// One read of a database.
#[derive(Clone, Copy)]
pub(super) struct OneRead<'a> {
    pub source: &'a SourceSpec,
    pub number: u16,
    pub read: &'a ReadSpec,
    /// It is told of each row.
    pub over: Option<&'a Over>,
    pub replay: bool,
}

/// What came of one read.
pub(super) struct Passed {
    pub cursor: String,
    pub notes: Vec<Text>,
    /// Something waits for its time: the source is read again even if it does not change.
    pub waiting: bool,
    /// How much was read.
    pub extent: Extent,
    /// What was taken for nothing.
    pub nothing: Vec<TakenForNothing>,
}

impl<'a> OneRead<'a> {
    /// The columns that are used, as the mapping has them.
    ///
    /// # Errors
    /// When one of them is not among those that are there.
    pub fn columns(&self, there: &[String]) -> Result<Vec<String>, SourceError> {
        self.bound(there)?;
        Ok(self.read.columns().into_iter().map(str::to_owned).collect())
    }

    fn bound(&self, columns: &[String]) -> Result<Bound, SourceError> {
        let bound = Bound::new(self.read, self.number, self.source.zone, columns);
        bound.map_err(|misfit| self.unbound(misfit.said()))
    }

    /// What every row goes through, where the columns are these.
    ///
    /// # Errors
    /// When the mapping does not fit them.
    pub fn reader(&self, names: &[String]) -> Result<RowReader<'a>, SourceError> {
        let read: &'a ReadSpec = self.read;
        let bound = self.bound(names)?;
        let column =
            |name: &String| names.iter().position(|it| it == name).expect("`columns` names the watermark");
        let (mut watermark, mut counter) = (None, None);
        if let Some(name) = &read.watermark {
            if read.watermark_kind.is_time() {
                let own = read.zones.get(name).and_then(|zone| zone.parse().ok());
                let times = Times::new(&read.times, own.unwrap_or(self.source.zone));
                let times = times.map_err(|fault| self.unbound(fault.0))?;
                watermark = Some((column(name), Watermark::new(&read.times, times)));
            } else {
                let overlap = match read.watermark_kind {
                    WatermarkKind::Sequence => self.source.overlap_rows,
                    WatermarkKind::Time | WatermarkKind::RowVersion => 0,
                };
                counter = Some((column(name), Counter::new(overlap)));
            }
        }
        let (zone, over, replay) = (self.source.zone, self.over, self.replay);
        Ok(RowReader { bound, watermark, counter, zone, over, replay, position: 0 })
    }

    /// From which value of the watermark's column on rows are read, of its type and of the other; `None`: all are. `fits`: whether a
    /// value can be compared with the column.
    pub fn begin(
        &self,
        reader: &RowReader<'_>,
        cursor: Option<&Cursor>,
        fits: &dyn Fn(&Mark) -> bool,
        batches: &BatchBuilder<'_>,
        notes: &mut Vec<Text>,
    ) -> Option<(Mark, Option<Mark>)> {
        let mark = cursor?.watermark.as_ref()?;
        if !reader.is_of_past(mark, batches) {
            return None;
        }
        let bound = |mark| match (&reader.watermark, &reader.counter) {
            (Some((_, watermark)), _) => watermark.bound(mark, self.source.overlap),
            (None, Some((_, counter))) => counter.bound(mark),
            (None, None) => None,
        };
        let begin = bound(mark).filter(fits);
        if begin.is_none() {
            let column = self.read.watermark.as_deref().unwrap_or_default();
            let read = &self.read.name;
            notes.push(match reader.counter {
                Some(_) => say!("reading-uncounted", read, column),
                None => say!("reading-unsorted", read, column),
            });
        }
        Some((begin?, cursor?.other.as_ref().and_then(bound)))
    }

    /// What came of it, once every row has gone through.
    pub fn passed(
        &self,
        cursor: Option<Cursor>,
        reader: RowReader<'_>,
        mut notes: Vec<Text>,
        extent: Extent,
    ) -> Passed {
        let (cursor, nothing) = (cursor.unwrap_or_default(), reader.bound.taken_for_nothing());
        let (read, column) = (&self.read.name, self.read.watermark.as_deref().unwrap_or_default());
        let kept = [cursor.watermark.clone(), cursor.other.clone()];
        let mut waiting = false;
        let [next, other] = if let Some((_, watermark)) = reader.watermark {
            if watermark.future > 0 {
                let rows = watermark.future;
                notes.push(say!("reading-future", read, rows, column));
            }
            if watermark.unreadable > 0 {
                let rows = watermark.unreadable;
                notes.push(say!("reading-no_time", read, rows, column));
            }
            waiting = watermark.future > 0;
            watermark.marks(kept)
        } else if let Some((_, counter)) = reader.counter {
            if counter.unreadable > 0 {
                let rows = counter.unreadable;
                notes.push(say!("reading-no_number", read, rows, column));
            }
            [counter.mark(kept.into_iter().flatten().find(|mark| !mark.is_text())), None]
        } else {
            [None, None]
        };
        Passed { cursor: cursor.next(next, other), notes, waiting, extent, nothing }
    }

    /// That the mapping does not fit what is there.
    pub fn unbound(&self, faults: Text) -> SourceError {
        let (path, read) = (self.source.connection.place(), self.read.name.clone());
        SourceError::Unbound { path, read, faults }
    }
}
