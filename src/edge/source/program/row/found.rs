//! What stands in a line, gathered while it is parsed: every name once, no lists, no numbers that lost digits.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Cell, Taken, Wrong};

/// Longest name of a column that is taken, in bytes.
const NAME: usize = 256;
/// Columns that nobody asked for of which the names are kept.
const OTHERS: usize = 16;
/// From here on a float has lost digits that a whole number had: 2^53.
const WHOLE: f64 = 9_007_199_254_740_992.0;
/// What stands in the place of bytes that are none of the encoding.
const LOST: char = '\u{fffd}';

/// How the bytes of a line became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decoded {
    /// All of them.
    Whole,
    /// Some were none of its encoding.
    Lossy,
}

/// What was found in a line so far.
pub(super) struct Found<'a> {
    taken: &'a Taken<'a>,
    lossy: bool,
    pub cells: Vec<Option<Cell>>,
    pub keys: usize,
    pub rows: Option<u64>,
    pub read: Option<String>,
    /// Columns that nobody asked for, the first of them.
    pub others: Vec<String>,
    pub wrong: Option<Wrong>,
}

impl<'a> Found<'a> {
    /// Nothing yet.
    pub fn new(taken: &'a Taken<'a>, decoded: Decoded) -> Self {
        let lossy = decoded == Decoded::Lossy;
        let (cells, others) = (vec![None; taken.columns.len()], Vec::new());
        Self { taken, lossy, cells, keys: 0, rows: None, read: None, others, wrong: None }
    }

    fn refuse<E: serde::de::Error>(&mut self, wrong: Wrong) -> E {
        self.wrong = Some(wrong);
        E::custom("refused")
    }
}

/// A key, as far as it matters.
enum Key {
    Column(usize),
    Rows,
    Read,
    Other(String),
    TooLong,
}

impl<'de> Visitor<'de> for &mut Found<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(KeySeed(self.taken.columns))? {
            self.keys += 1;
            match key {
                Key::TooLong => return Err(self.refuse(Wrong::LongName)),
                Key::Column(column) => {
                    let name = || self.taken.columns[column].clone();
                    if self.cells[column].is_some() {
                        let wrong = Wrong::Doubled(name());
                        return Err(self.refuse(wrong));
                    }
                    let cell =
                        map.next_value_seed(CellSeed { longest: self.taken.longest, lossy: self.lossy })?;
                    let cell = match cell {
                        Taking::Cell(cell) => cell,
                        Taking::Nested => return Err(self.refuse(Wrong::Nested(name()))),
                        Taking::Float => return Err(self.refuse(Wrong::Float(name()))),
                    };
                    self.cells[column] = Some(cell);
                }
                Key::Rows => match map.next_value_seed(CellSeed { longest: 0, lossy: false })? {
                    Taking::Cell(Cell::Integer(rows)) => self.rows = u64::try_from(rows).ok(),
                    _ => self.others.push("rows".to_owned()),
                },
                Key::Read => match map.next_value_seed(CellSeed { longest: NAME, lossy: false })? {
                    Taking::Cell(Cell::Text(read)) => self.read = Some(read),
                    _ => self.others.push("read".to_owned()),
                },
                Key::Other(name) => {
                    map.next_value::<IgnoredAny>()?;
                    if self.others.len() < OTHERS {
                        self.others.push(name);
                    }
                }
            }
        }
        Ok(())
    }
}

struct KeySeed<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        if name.len() > NAME {
            return Ok(Key::TooLong);
        }
        let same = |column: &String| column.eq_ignore_ascii_case(name);
        let column = self.0.iter().position(|column| column == name).or_else(|| self.0.iter().position(same));
        Ok(match (column, name) {
            (Some(column), _) => Key::Column(column),
            (None, "rows") => Key::Rows,
            (None, "read") => Key::Read,
            (None, name) => Key::Other(name.to_owned()),
        })
    }
}

/// A value, or why it is none.
enum Taking {
    Cell(Cell),
    Nested,
    Float,
}

#[derive(Clone, Copy)]
struct CellSeed {
    longest: usize,
    lossy: bool,
}

impl<'de> DeserializeSeed<'de> for CellSeed {
    type Value = Taking;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Taking, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CellSeed {
    type Value = Taking;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Taking, E> {
        Ok(Taking::Cell(Cell::Null))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Taking, E> {
        Ok(Taking::Cell(Cell::Text(truth.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Taking, E> {
        Ok(Taking::Cell(Cell::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Taking, E> {
        Ok(Taking::Cell(i64::try_from(number).map_or_else(|_| Cell::Text(number.to_string()), Cell::Integer)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Taking, E> {
        Ok(if number.abs() < WHOLE { Taking::Cell(Cell::Real(number)) } else { Taking::Float })
    }

    fn visit_str<E>(self, text: &str) -> Result<Taking, E> {
        // What stands in the place of a byte has three of them.
        let lost =
            |text: &str| self.lossy && text.len() <= self.longest.saturating_mul(3) && text.contains(LOST);
        Ok(Taking::Cell(match text {
            text if lost(text) => Cell::Garbled(text.to_owned()),
            text if text.len() > self.longest => Cell::TooLong,
            text => Cell::Text(text.to_owned()),
        }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Taking, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Taking::Nested)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Taking, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Taking::Nested)
    }
}
