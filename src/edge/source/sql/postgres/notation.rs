//! How PostgreSQL writes texts, types and keys.

use encoding_rs::{Encoding, UTF_8};

use super::super::session::Nature;

/// The names of a key's columns in the order of its index; each with its number, the numbers in that order, and whether it may be
/// read. Of a key that may not be read as a whole none.
pub(super) fn in_order(rows: Vec<Vec<Option<String>>>) -> Vec<String> {
    let mut named = Vec::new();
    for row in rows {
        let Ok([Some(name), Some(number), Some(all), Some(may)]) = <[Option<String>; 4]>::try_from(row)
        else {
            return Vec::new();
        };
        if may != "t" {
            return Vec::new();
        }
        named.push((all.split(' ').position(|it| it == number), name));
    }
    named.sort();
    named.into_iter().map(|(_, name)| name).collect()
}

/// Text of the server's own: as UTF-8, else in the source's encoding.
pub(super) fn decoded(bytes: &[u8], words: &'static Encoding) -> String {
    let text = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    text.unwrap_or_else(|| words.decode_without_bom_handling(bytes).0).into_owned()
}

/// A text as a statement has it, where `standard_conforming_strings` is on.
pub(super) fn text(written: &str) -> String {
    format!("'{}'", written.replace('\'', "''").replace('\0', ""))
}

/// What a type holds, by its object id: those of a server's own kind are read as text.
pub(super) fn nature(type_id: u32) -> Nature {
    match type_id {
        17 => Nature::Bytes,
        20 | 21 | 23 | 700 | 701 | 1700 => Nature::Number,
        _ => Nature::Text,
    }
}
