//! One read of a program: from which mark on it is asked for, its rows, and their number.

use super::super::batch_builder::{BatchBuilder, Extent};
use super::super::one_read::{OneRead, Passed};
use super::super::row_reader::{RowReader, encoding};
use super::super::watermark::{Cursor, Mark};
use super::super::{Over, SourceError};
use super::fault::Fault;
use super::output::Output;
use super::row::{Line, Taken, Wrong};
use crate::domain::now::Now;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::text::Text;

/// One read on its way.
pub(super) struct Pass<'a> {
    pub one: OneRead<'a>,
    /// The columns of the mapping, as it has them.
    pub columns: Vec<String>,
    /// From where on rows are asked for; `None`: all are.
    pub since: Option<Mark>,
    reader: RowReader<'a>,
    cursor: Option<Cursor>,
    notes: Vec<Text>,
}

impl<'a> Pass<'a> {
    /// A read from the cursor on, or of everything.
    pub fn new(
        (source, number): (&'a SourceSpec, u16),
        (cursor, now): (Option<&str>, &Now),
        over: &'a Over,
        batches: &BatchBuilder<'_>,
    ) -> Result<Self, SourceError> {
        let read = &source.reads[usize::from(number)];
        let one = OneRead { source, number, read, over: Some(over), replay: now.replay };
        let columns: Vec<String> = read.columns().into_iter().map(str::to_owned).collect();
        let reader = one.reader(&columns)?;
        let (cursor, mut notes) = (cursor.and_then(Cursor::parse), Vec::new());
        // Where the column has held both texts and numbers a program could compare with one of them alone.
        let one_type = cursor.as_ref().filter(|cursor| cursor.other.is_none());
        let begin = one.begin(&reader, one_type, &|_| true, batches, &mut notes);
        Ok(Self { one, columns, since: begin.map(|(mark, _)| mark), reader, cursor, notes })
    }

    /// Takes the rows of this read; whether all of them. Those of reads that were not asked for are passed over.
    pub fn run(&mut self, output: &mut Output, batches: &mut BatchBuilder<'_>) -> Result<bool, Fault> {
        batches.begin(self.one.number, self.one.read, Extent::since(self.since.as_ref()));
        let alone = self.one.source.reads.len() == 1;
        let mut counted = None;
        loop {
            let line = match line(output, &self.taken(), &self.one.read.name)? {
                Some(Line::Read(name)) if counted.is_none() => {
                    if name == self.one.read.name {
                        counted = Some(0);
                    } else {
                        pass_over(output, &name)?;
                    }
                    continue;
                }
                Some(line) => line,
                None => return Err(unfinished(output, &self.one.read.name)),
            };
            if counted.is_none() && !alone {
                return Err(Fault::NoRead(output.line));
            }
            let counted = counted.get_or_insert(0);
            match line {
                Line::Row(cells) => {
                    *counted += 1;
                    self.reader.pass(&cells, None, batches);
                    if batches.waiting() > 0 && !batches.hand_on() {
                        return Ok(false);
                    }
                }
                Line::Rows(told) if told == *counted => {
                    batches.hand_on_all();
                    return Ok(true);
                }
                Line::Rows(told) => return Err(Fault::Count(self.one.read.name.clone(), told, *counted)),
                Line::Read(_) => return Err(unfinished(output, &self.one.read.name)),
            }
        }
    }

    fn taken(&self) -> Taken<'_> {
        let encoding = encoding(&self.one.source.connection);
        Taken { columns: &self.columns, longest: self.one.source.limits.cell, encoding }
    }

    /// What came of it.
    pub fn passed(self) -> Passed {
        let Self { one, since, reader, cursor, notes, .. } = self;
        one.passed(cursor, reader, notes, Extent::since(since.as_ref()))
    }
}

/// The next line. One that breaks off where the output does is of a program that ended: how, says more.
fn line(output: &mut Output, taken: &Taken<'_>, read: &str) -> Result<Option<Line>, Fault> {
    let wrong = match output.next_line()?.map(|line| taken.line(line)) {
        None => return Ok(None),
        Some(Ok(line)) => return Ok(Some(line)),
        Some(Err(wrong)) => wrong,
    };
    if output.is_over() && matches!(wrong, Wrong::NoJson(_) | Wrong::NoUtf8) {
        return Err(unfinished(output, read));
    }
    Err(Fault::Line(output.line, wrong))
}

/// Passes over a read that nobody asked for.
fn pass_over(output: &mut Output, read: &str) -> Result<(), Fault> {
    let taken = Taken { columns: &[], longest: 0, encoding: None };
    let mut counted = 0;
    loop {
        match output.next_line()?.map(|line| taken.line(line)) {
            Some(Ok(Line::Rows(told))) if told == counted => return Ok(()),
            Some(Ok(Line::Rows(told))) => return Err(Fault::Count(read.to_owned(), told, counted)),
            Some(Ok(Line::Row(_)) | Err(Wrong::NoUtf8)) => counted += 1,
            Some(Err(wrong)) => return Err(Fault::Line(output.line, wrong)),
            Some(Ok(Line::Read(_))) | None => return Err(unfinished(output, read)),
        }
    }
}

/// What comes behind the last read that was asked for: others, and then nothing.
pub(super) fn nothing_more(output: &mut Output) -> Result<(), Fault> {
    let taken = Taken { columns: &[], longest: 0, encoding: None };
    loop {
        match output.next_line()?.map(|line| taken.line(line)) {
            None => return Ok(()),
            Some(Ok(Line::Read(read))) => pass_over(output, &read)?,
            Some(_) => return Err(Fault::After(output.line)),
        }
    }
}

/// Its output is over before the number of a read's rows: how it ended, if that says why.
fn unfinished(output: &mut Output, read: &str) -> Fault {
    let how = if output.is_over() { output.ends() } else { Ok(()) };
    match how {
        Err(how @ (Fault::Code(_) | Fault::Signal(_) | Fault::Processor(_))) => how,
        _ => Fault::Unfinished(read.to_owned()),
    }
}
