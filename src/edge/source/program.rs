//! A program as a source: a process of its own that writes rows as lines of JSON. Whatever it does, it does to itself.

mod child;
mod fault;
mod output;
mod pass;
mod request;
mod row;
mod strays;

use std::ops::ControlFlow;

pub use fault::{Fault, ProgramError};

use super::batch_builder::BatchBuilder;
use super::reading_builder::ReadingBuilder;
use super::{Cursors, Glance, Over, Reading, Source, SourceError};
use crate::domain::now::Now;
use crate::domain::record::Batch;
use crate::domain::record::mapping::SourceSpec;
use crate::domain::record::program::Program;
use child::Child;
use output::Output;
use pass::{Pass, nothing_more};

/// A program that is started for each reading anew.
pub(super) struct Programs {
    spec: SourceSpec,
    program: Program,
    over: Over,
}

impl Programs {
    /// A source whose program is started at its first reading.
    pub fn new(spec: SourceSpec, program: Program) -> Self {
        Self { spec, program, over: Over::default() }
    }

    fn failed(&self, fault: Fault, said: &[u8]) -> SourceError {
        SourceError::Program(Box::new(ProgramError::new(self.program.path.clone(), fault, said)))
    }
}

/// Takes the rows of all reads. What comes behind them matters only where everything was taken.
fn take(passes: &mut [Pass<'_>], output: &mut Output, batches: &mut BatchBuilder<'_>) -> Result<(), Fault> {
    let mut left = passes.len();
    for pass in passes {
        let whole = pass.run(output, batches)?;
        left -= 1;
        if batches.stopped && (left > 0 || !whole) {
            return Ok(());
        }
    }
    nothing_more(output)
        .map_err(|fault| if matches!(fault, Fault::Ended) { Fault::Lingers } else { fault })?;
    output.ends()
}

impl Source for Programs {
    fn spec(&self) -> &SourceSpec {
        &self.spec
    }

    fn read(
        &mut self,
        cursors: &Cursors,
        now: &Now,
        hand_on: &mut dyn FnMut(Batch) -> ControlFlow<()>,
    ) -> Result<Reading, SourceError> {
        let mut reading = ReadingBuilder::new(&self.spec, cursors, now, hand_on);
        let mut passes = Vec::new();
        for (number, _) in (0u16..).zip(&self.spec.reads) {
            let cursor = reading.cursor(number);
            passes.push(Pass::new((&self.spec, number), (cursor, now), &self.over, &reading.batches)?);
        }
        let none = |fault| self.failed(fault, &[]);
        let request = request::line(&self.spec, &self.program, &passes).map_err(none)?;
        let (child, outputs) = Child::start(&self.program, &request).map_err(none)?;
        let mut output = Output::new(child, outputs, &self.over);
        let taken = take(&mut passes, &mut output, &mut reading.batches);
        if let Err(fault) = taken {
            // What it says in ending may be why.
            drop(output.child.end());
            output.drain();
            return Err(self.failed(fault, &output.said));
        }
        for (pass, number) in passes.into_iter().zip(0..) {
            reading.add(number, pass.passed());
        }
        Ok(reading.finish())
    }

    fn end_when(&mut self, over: &Over) {
        self.over = over.clone();
    }

    fn glance(&mut self, _: &Cursors) -> Result<Glance, SourceError> {
        Ok(Glance { place: self.program.path.display().to_string(), ..Glance::default() })
    }
}
