//! Parts of a row that cannot be read: what the ledger knows of these stays.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, params};

use super::super::stored::dates_from_text;
use super::super::{LedgerError, cannot};
use super::Intake;
use crate::domain::record::{Fact, Header, Trace};

impl Intake<'_> {
    /// The header of a row with what was known in the place of what cannot be read; `None` where nobody ever said which item it is.
    pub(super) fn header_of<'f>(&mut self, fact: &'f Fact) -> Result<Option<Cow<'f, Header>>, LedgerError> {
        let Some(header) = &fact.header else { return Ok(None) };
        let parts = fact.in_doubt.as_deref().map(|it| &it.header[..]).unwrap_or_default();
        if parts.is_empty() {
            return Ok(Some(Cow::Borrowed(header)));
        }
        let known = self.known_header(&fact.case)?;
        let mut header = header.clone();
        for part in parts {
            part.keep(&mut header, known.as_ref());
        }
        Ok((!header.item.is_empty()).then_some(Cow::Owned(header)))
    }

    fn known_header(&mut self, number: &str) -> Result<Option<Header>, LedgerError> {
        let fail = cannot("read what was known of a case");
        let Some(case) = self.known(number).map_err(&fail)? else { return Ok(None) };
        let sql = "SELECT item, unit, dates, display, earlier FROM \"case\" WHERE id = ?1";
        type Columns = [Option<String>; 5];
        let read =
            |row: &rusqlite::Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]);
        let row: Option<Columns> = self
            .statement(sql)
            .and_then(|mut find| find.query_row([case], read).optional())
            .map_err(&fail)?;
        let Some([Some(item), unit, dates, display, earlier]) = row else { return Ok(None) };
        let dates = dates.map(|text| dates_from_text(&text, self.zone)).transpose()?.unwrap_or_default();
        Ok(Some(Header { item, unit, dates, display, earlier }))
    }

    /// The trace at a place of a row with what was known of its slot in the place of the parts that cannot be read; `None`: it is as
    /// the row says.
    pub(super) fn kept(
        &mut self,
        case: i64,
        fact: &Fact,
        place: usize,
    ) -> Result<Option<Trace>, LedgerError> {
        let (Some(in_doubt), (slot, Some(trace))) = (&fact.in_doubt, &fact.traces[place]) else {
            return Ok(None);
        };
        let mut parts = in_doubt.of_trace(place).peekable();
        if parts.peek().is_none() {
            return Ok(None);
        }
        let (_, Some(known)) = self.latest(case, slot)? else { return Ok(None) };
        let mut trace = trace.clone();
        parts.for_each(|part| part.keep(&mut trace, &known));
        Ok(Some(trace))
    }

    /// The slots of a row of which nothing can be said are those of the row that it was.
    pub(super) fn in_doubt_as_it_was(&mut self, case: i64, fact: &mut Cow<'_, Fact>) -> rusqlite::Result<()> {
        let slots = fact.in_doubt.as_ref().map_or(0, |it| it.slots.len());
        for place in 0..slots {
            let Some(slot) = fact.in_doubt.as_ref().and_then(|it| it.slots.get(place)).cloned() else {
                break;
            };
            let sql = "SELECT as_row FROM rekeyed_row WHERE case_id = ?1 AND read = ?2 AND row = ?3 AND ended_round IS NULL";
            let row = params![case, slot.read, &*slot.row];
            let was: Option<String> = self.statement(sql)?.query_row(row, |found| found.get(0)).optional()?;
            if let (Some(was), Some(in_doubt)) = (was, fact.to_mut().in_doubt.as_mut()) {
                in_doubt.slots[place].row = was.into();
            }
        }
        Ok(())
    }
}
