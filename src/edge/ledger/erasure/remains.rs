//! What is left of a name after its erasure, and longer names that are somebody else's.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::super::{Ledger, LedgerError, cannot};
use super::Eraser;
use crate::domain::erased::literal::{Literal, Longer};
use crate::domain::erased::stays::{Stays, names_in};
use crate::domain::erased::{Field, SHORTEST_NAME};
use crate::domain::record::number::plain;

/// Where something is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Numbers of cases.
    Number,
    /// Items as records write them.
    Item,
    /// Stages.
    Stage,
    /// Units and codes as records write them.
    Code,
    /// The contacts.
    Contact,
    /// Longer names.
    Longer,
    /// The same name in another spelling.
    Spelling,
    /// Cases whose number is the same but for its spelling.
    Alike,
    /// Words of ours in sentences.
    Ours,
}

/// What is left in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remains {
    /// Where.
    pub place: Place,
    /// The first few.
    pub some: Vec<String>,
    /// How many there are.
    pub count: u64,
}

impl Remains {
    pub(super) fn of(place: Place, all: impl IntoIterator<Item = String>) -> Option<Self> {
        /// As many as one line shows.
        const SOME: usize = 5;
        let all: BTreeSet<String> = all.into_iter().collect();
        let count = all.len() as u64;
        (count > 0).then(|| Self { place, some: all.into_iter().take(SOME).collect(), count })
    }
}

/// A column of a table.
struct Column {
    /// What stands there.
    place: Place,
    table: &'static str,
    name: &'static str,
}

const fn column(place: Place, table: &'static str, name: &'static str) -> Column {
    Column { place, table, name }
}

/// Where records name cases and what they are about, by which they are known.
const KNOWN_BY: [Column; 11] = [
    column(Place::Number, "\"case\"", "number"),
    column(Place::Number, "quarantine_row", "case_number"),
    column(Place::Item, "\"case\"", "item"),
    column(Place::Item, "case_change", "item"),
    column(Place::Stage, "trace", "stage"),
    column(Place::Code, "\"case\"", "unit"),
    column(Place::Code, "case_change", "unit"),
    column(Place::Code, "trace", "unit"),
    column(Place::Code, "quarantine_row", "row"),
    column(Place::Code, "quarantine_row", "column_name"),
    column(Place::Code, "quarantine_row", "unmapped_code"),
];

impl Ledger {
    /// Whether a text is the number of a case.
    pub fn is_case_number(&self, text: &str) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM \"case\" WHERE number = ?1)";
        self.db.query_row(sql, [text], |row| row.get(0)).map_err(cannot("look for the number of a case"))
    }

    /// Numbers that are one but for their spelling.
    pub fn spelled_as(&self, number: &str) -> Result<Vec<String>, LedgerError> {
        let sql = "SELECT DISTINCT c.number FROM \"case\" AS c LEFT JOIN number_form AS f ON f.case_id = c.id
                   WHERE c.number = ?1 OR f.form = ?1 ORDER BY c.number LIMIT 5";
        self.list("look for another spelling of a number", sql, [plain(number)], |row| row.get(0))
    }
}

/// Those whom records name as having done something, as they write it.
fn handlers(db: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    db.prepare("SELECT DISTINCT by FROM trace WHERE by IS NOT NULL")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Names of all of them, and of those who are told.
pub(super) fn names(db: &Connection, stays: &Stays) -> rusqlite::Result<BTreeSet<String>> {
    let all = handlers(db)?;
    Ok(all.iter().chain(&stays.people).flat_map(|known| names_in(known)).map(str::to_owned).collect())
}

/// Characters of the longest number of a case.
pub(super) fn longest_number(db: &Connection) -> rusqlite::Result<usize> {
    db.query_row("SELECT coalesce(max(length(number)), 0) FROM \"case\"", [], |row| row.get(0))
}

impl Eraser<'_> {
    /// Longer names of others in which a text is.
    pub(super) fn longer_names(&self, text: &str) -> Longer {
        Longer::of(text, self.names.iter().map(String::as_str))
    }

    /// The same with numbers of cases in which it is, where they are looked for.
    pub(super) fn longer(&self, text: &str) -> rusqlite::Result<Longer> {
        let names = self.longer_names(text);
        let characters = text.chars().count();
        if characters < SHORTEST_NAME || characters >= self.numbers {
            return Ok(names);
        }
        let sql = "SELECT DISTINCT number FROM \"case\" WHERE instr(number, ?1) > 0";
        let mut find = self.tx.prepare_cached(sql)?;
        let numbers: Vec<String> = find.query_map([text], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Longer::of(text, names.words().chain(numbers.iter().map(String::as_str))))
    }

    /// Texts that stay in sentences as they are words of ours.
    pub(super) fn ours(&self) -> Option<Remains> {
        let says = |literal: &&Literal| literal.text.chars().any(char::is_alphabetic);
        let ours = self.found.values().filter(|literal| literal.ours && !literal.alone).filter(says);
        Remains::of(Place::Ours, ours.map(|literal| literal.text.clone()))
    }

    /// What is left of a person.
    pub(super) fn left_of(&self, name: &str) -> rusqlite::Result<Vec<Remains>> {
        let longer = self.longer_names(name);
        let mut literal = Literal::new(name, "", Field::By);
        let others: Vec<String> = longer.words().map(str::to_owned).collect();
        literal.longer = longer.into();
        let mut left = Vec::new();
        for place in [Place::Number, Place::Item, Place::Stage, Place::Code] {
            let mut all = Vec::new();
            for Column { table, name: column, .. } in KNOWN_BY.iter().filter(|it| it.place == place) {
                let sql = format!("SELECT DISTINCT {column} FROM {table} WHERE instr({column}, ?1) > 0");
                let mut find = self.tx.prepare(&sql)?;
                let found: Vec<String> =
                    find.query_map([name], |row| row.get(0))?.collect::<Result<_, _>>()?;
                all.extend(found.into_iter().filter(|text| literal.is_in(text)));
            }
            left.extend(Remains::of(place, all));
        }
        let told = self.stays.people.iter().filter(|known| self.stays.tells(name) && literal.is_in(known));
        left.extend(Remains::of(Place::Contact, told.cloned()));
        left.extend(Remains::of(Place::Longer, others));
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all = handlers(self.tx)?;
        let spelled = all.iter().filter(|it| bare(it) == bare(name) && !it.contains(name));
        left.extend(Remains::of(Place::Spelling, spelled.cloned()));
        Ok(left)
    }

    /// Cases whose number is that of these but for its spelling, and whose text was not erased.
    pub(super) fn alike(&self, cases: &[i64]) -> rusqlite::Result<Option<Remains>> {
        let sql = "SELECT c.number FROM alike_number AS a JOIN alike_number AS b USING (source_id, form)
                   JOIN \"case\" AS c ON c.id = b.case_id
                   WHERE a.case_id = ?1 AND NOT EXISTS (SELECT 1 FROM erased_case AS e WHERE e.case_id = b.case_id)";
        let mut all = Vec::new();
        for case in cases {
            let mut find = self.tx.prepare_cached(sql)?;
            let found: Vec<String> = find.query_map([case], |row| row.get(0))?.collect::<Result<_, _>>()?;
            all.extend(found);
        }
        Ok(Remains::of(Place::Alike, all))
    }
}
