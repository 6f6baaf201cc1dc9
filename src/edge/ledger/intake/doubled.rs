//! The same number twice in one reading: rows that are no versions of one another are cases of their own.

mod beginning;
mod fuller;
mod once;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::params;

use super::super::{LedgerError, cannot};
use super::Intake;
use crate::domain::record::mapping::{ReadSpec, Shape};
use crate::domain::record::spot::Place;
use crate::domain::record::{Fact, Rejected};
use crate::domain::text::say;
use beginning::identity;

/// One number stands for so many cases at most: beyond, the column is hardly that of a case number.
const MOST: usize = 50;

/// Rows that contradict what is known of their case and wait for the end of the reading, at most.
const WAITING: usize = 50_000;

/// Whether the rows of a read are cases of which nothing says that one is the later version of another.
pub(super) fn may_double(read: &ReadSpec) -> bool {
    let plain = read.watermark.is_none() && read.key.is_empty();
    plain && read.shape == Shape::Wide && read.item.is_some() && read.evidence.is_none()
}

/// What one reading met of the cases' own rows.
#[derive(Debug, Default)]
pub(super) struct OwnRows {
    /// By read: the cases, a bit each.
    met: BTreeMap<u16, Vec<u64>>,
    /// Rows that wait for the end of the reading, by read.
    pub(super) waiting: BTreeMap<u16, Vec<Fact>>,
    /// The reading is at its end: nothing waits any more.
    pub(super) at_end: bool,
}

impl OwnRows {
    fn meet(&mut self, read: u16, case: i64) {
        let (word, bit) = (case as usize / 64, case as usize % 64);
        let words = self.met.entry(read).or_default();
        words.resize(words.len().max(word + 1), 0);
        words[word] |= 1 << bit;
    }

    fn has_met(&self, read: u16, case: i64) -> bool {
        let (word, bit) = (case as usize / 64, case as usize % 64);
        self.met.get(&read).and_then(|words| words.get(word)).is_some_and(|word| word >> bit & 1 == 1)
    }

    fn wait(&mut self, read: u16, fact: &Fact) -> bool {
        let all: usize = self.waiting.values().map(Vec::len).sum();
        if self.at_end || all >= WAITING {
            return false;
        }
        self.waiting.entry(read).or_default().push(fact.clone());
        true
    }
}

/// A case of a number that stands for several.
struct Member {
    case: i64,
    number: String,
    identity: String,
    place: Place,
}

/// What becomes of a row.
pub(super) enum Row<'f> {
    /// It is taken in, under the number that it stands for.
    Of(Cow<'f, Fact>),
    /// It waits for the end of the reading.
    Waits,
    /// It is set aside.
    Rejected(Rejected),
}

/// A row under the number of the case that it is, which what of it cannot be read is noted under, too.
fn under(fact: &Fact, number: &str) -> Fact {
    let mut fact = Fact { row: number.into(), case: number.to_owned(), ..fact.clone() };
    for cell in fact.in_doubt.iter_mut().flat_map(|it| &mut it.cells) {
        number.clone_into(&mut cell.row);
        cell.case = Some(number.to_owned());
    }
    fact
}

impl Intake<'_> {
    pub(super) fn has_doubled(&self) -> rusqlite::Result<bool> {
        self.statement("SELECT 1 FROM doubled_number WHERE source_id = ?1 LIMIT 1")?.exists([self.source])
    }

    /// A row, of cases under the number of the case that it is.
    pub(super) fn row_of<'f>(&mut self, read: u16, fact: &'f Fact) -> Result<Row<'f>, LedgerError> {
        if self.of_cases { self.told_apart(read, fact) } else { Ok(Row::Of(Cow::Borrowed(fact))) }
    }

    /// The row of a case, under the number of the case that it is.
    pub(super) fn told_apart<'f>(&mut self, read: u16, fact: &'f Fact) -> Result<Row<'f>, LedgerError> {
        let fail = cannot("tell apart rows of one number");
        let members = if self.doubled { self.members(read, &fact.case).map_err(&fail)? } else { Vec::new() };
        if !members.is_empty() {
            return self.of_members(read, fact, &members);
        }
        let Some(case) = self.known(&fact.case).map_err(&fail)? else {
            return Ok(Row::Of(Cow::Borrowed(fact)));
        };
        let met = self.rows().has_met(read, case);
        if !self.contradicts(case, fact)? {
            return Ok(Row::Of(self.as_full_as_known(read, case, Cow::Borrowed(fact))));
        }
        if met {
            let known = self.as_known(case, fact)?;
            let place = self.place_of(&fact.case);
            self.enter_member(read, (&fact.case, case), &known, &place).map_err(&fail)?;
            return self.apart(read, fact, 1);
        }
        if self.rows().wait(read, fact) { Ok(Row::Waits) } else { Ok(Row::Of(Cow::Borrowed(fact))) }
    }

    /// A row of a number that stands for several cases: it is that of the case that began like it; else, at the end of the
    /// reading, a change of one that was not met, or one more.
    fn of_members<'f>(
        &mut self,
        read: u16,
        fact: &'f Fact,
        members: &[Member],
    ) -> Result<Row<'f>, LedgerError> {
        let fail = cannot("tell apart rows of one number");
        let identity = identity(fact);
        let mut found = members.iter().find(|member| member.identity == identity);
        if found.is_none() {
            if self.rows().wait(read, fact) {
                return Ok(Row::Waits);
            }
            let unmet: Vec<_> =
                members.iter().filter(|member| !self.rows().has_met(read, member.case)).collect();
            let at = |same: fn(&Place, &Place) -> bool| {
                unmet.iter().find(|member| same(&member.place, &fact.place)).copied()
            };
            found = at(|one, other| one == other)
                .or_else(|| at(|one, other| one.file == other.file))
                .or_else(|| unmet.first().copied());
        }
        let Some(member) = found else { return self.apart(read, fact, members.len()) };
        if member.identity != identity || member.place != fact.place {
            let sql = "UPDATE doubled_number SET identity = ?3, file = ?4, line = ?5 WHERE case_id = ?1 AND read = ?2";
            let Place { file, line } = &fact.place;
            let values = params![member.case, read, identity, file.as_deref(), line];
            self.statement(sql).and_then(|mut note| note.execute(values)).map_err(&fail)?;
        }
        let (case, renamed) = (member.case, Cow::Owned(under(fact, &member.number)));
        Ok(Row::Of(self.as_full_as_known(read, case, renamed)))
    }

    /// A row that is none of the cases of its number is a case of its own.
    fn apart<'f>(&mut self, read: u16, fact: &Fact, members: usize) -> Result<Row<'f>, LedgerError> {
        let fail = cannot("tell apart rows of one number");
        if members >= MOST {
            let number = &fact.case;
            let reason = say!("cell-many_rows", number, most = MOST);
            let (case, column) = (Some(number.clone()), None);
            return Ok(Row::Rejected(Rejected { row: number.clone(), case, column, reason, unmapped: None }));
        }
        let number = self.free_number(fact, members).map_err(&fail)?;
        let renamed = under(fact, &number);
        let header = self.header_of(&renamed)?;
        let case = self.enter(&number, header.as_deref()).map_err(&fail)?;
        let identity = identity(fact);
        self.enter_member(read, (&fact.case, case), &identity, &fact.place).map_err(&fail)?;
        drop(header);
        Ok(Row::Of(Cow::Owned(renamed)))
    }

    /// A number that no case has: by the row's file where that tells it apart, else by counting.
    fn free_number(&mut self, fact: &Fact, members: usize) -> rusqlite::Result<String> {
        let mut by_file = fact.place.file.iter().map(|file| format!("{} ({file})", fact.case));
        let first = if self.place_of(&fact.case).file == fact.place.file { None } else { by_file.next() };
        let counted = (members + 1..).map(|count| format!("{} ({count})", fact.case));
        for number in first.into_iter().chain(counted) {
            if self.known(&number)?.is_none() {
                return Ok(number);
            }
        }
        Ok(fact.case.clone())
    }

    fn members(&self, read: u16, number: &str) -> rusqlite::Result<Vec<Member>> {
        let sql = "SELECT d.case_id, c.number, d.identity, d.file, d.line FROM doubled_number AS d
                   JOIN \"case\" AS c ON c.id = d.case_id
                   WHERE d.source_id = ?1 AND d.read = ?2 AND d.number = ?3 ORDER BY d.id";
        let mut find = self.statement(sql)?;
        let rows = find.query_map(params![self.source, read, number], |row| {
            let file: Option<String> = row.get(3)?;
            let place = Place { file: file.map(Into::into), line: row.get(4)? };
            Ok(Member { case: row.get(0)?, number: row.get(1)?, identity: row.get(2)?, place })
        })?;
        rows.collect()
    }

    fn enter_member(
        &mut self,
        read: u16,
        (number, case): (&str, i64),
        identity: &str,
        place: &Place,
    ) -> rusqlite::Result<()> {
        let sql =
            "INSERT INTO doubled_number (source_id, read, number, case_id, identity, file, line, round_id)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
        let Place { file, line } = place;
        let row = params![self.source, read, number, case, identity, file.as_deref(), line, self.round];
        self.statement(sql)?.execute(row)?;
        self.mark(number, case)
    }

    /// The row of a case was taken in.
    pub(super) fn met_own_row(&mut self, read: u16, case: i64, fact: &Fact) {
        self.rows().meet(read, case);
        let written = self.written;
        if let Some(known) = self.met().cases.get_mut(&fact.case) {
            known.place = fact.place.clone();
            known.written = written;
        }
    }

    /// Where the row of a number was met in this reading; nowhere in particular where that was forgotten.
    fn place_of(&mut self, number: &str) -> Place {
        self.met().cases.get(number).map(|known| known.place.clone()).unwrap_or_default()
    }

    fn rows(&mut self) -> &mut OwnRows {
        &mut self.met().rows
    }
}
