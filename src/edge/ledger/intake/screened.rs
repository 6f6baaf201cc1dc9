//! What a source says of whom was erased is marked before anything is compared or stored.

use std::borrow::Cow;

use super::Intake;
use crate::domain::erased::{Field, Scope};
use crate::domain::record::{Fact, Rejected};
use crate::domain::text::Text;

impl Intake<'_> {
    /// A row with marks in the place of what was erased.
    pub(super) fn screened<'f>(&mut self, fact: &'f Fact) -> rusqlite::Result<Cow<'f, Fact>> {
        if self.marks.is_none() {
            return Ok(Cow::Borrowed(fact));
        }
        let scope = self.scope_of(&fact.case)?;
        let Some(marks) = &self.marks else { return Ok(Cow::Borrowed(fact)) };
        let mark = |text: &Option<String>, field| marks.within(scope, text.as_deref(), field);
        let mut screened = Cow::Borrowed(fact);
        if let Some(mark) = fact.header.as_ref().and_then(|header| mark(&header.display, Field::Display))
            && let Some(header) = &mut screened.to_mut().header
        {
            header.display = Some(mark);
        }
        for (place, (_, trace)) in fact.traces.iter().enumerate() {
            let Some(trace) = trace else { continue };
            let (by, note) = (mark(&trace.by, Field::By), mark(&trace.note, Field::Note(Some(trace.kind))));
            if by.is_none() && note.is_none() {
                continue;
            }
            if let Some(marked) = &mut screened.to_mut().traces[place].1 {
                marked.by = by.or(marked.by.take());
                marked.note = note.or(marked.note.take());
            }
        }
        Ok(screened)
    }

    /// Why a row is set aside, without what was erased.
    pub(super) fn reason_screened<'r>(&mut self, rejected: &'r Rejected) -> rusqlite::Result<Cow<'r, Text>> {
        if self.marks.is_none() {
            return Ok(Cow::Borrowed(&rejected.reason));
        }
        let scope = match &rejected.case {
            Some(number) => self.scope_of(number)?,
            None => Scope::Persons,
        };
        let Some(marks) = &self.marks else { return Ok(Cow::Borrowed(&rejected.reason)) };
        let quoted = [&rejected.case, &rejected.column, &rejected.unmapped].map(Option::as_deref);
        // Where the row stands, and the code that no mapping knows, stay whoever is erased.
        let known: Vec<&str> = quoted.into_iter().flatten().chain([rejected.row.as_str()]).collect();
        Ok(Cow::Owned(marks.in_reason(rejected.reason.clone(), scope, &known, &mut |_, _| ())))
    }

    fn scope_of(&mut self, number: &str) -> rusqlite::Result<Scope> {
        let Some(case) = self.known(number)? else { return Ok(Scope::Persons) };
        let erased = self.statement("SELECT 1 FROM erased_case WHERE case_id = ?1")?.exists([case])?;
        Ok(if erased { Scope::Case } else { Scope::Persons })
    }
}
