//! How PostgreSQL writes texts, types and keys.

use std::fmt::Write;

use encoding_rs::{Encoding, UTF_8};

use super::super::super::watermark::LogPosition;
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

/// How far a log has come, by its owner, whether it is taken over from another server, and its length.
pub(super) fn log_position(row: Vec<Option<String>>) -> Option<(LogPosition, bool)> {
    /// Bytes of a page of the log, and of the largest head of one, which a standby has not taken over where nothing stands behind it.
    const PAGE: u64 = 8192;
    const HEAD: u64 = 40;
    let [of, standby, at] = <[Option<String>; 3]>::try_from(row).ok()?;
    let at: u64 = at?.parse().ok()?;
    let at = if at % PAGE <= HEAD { at - at % PAGE } else { at };
    Some((LogPosition { of: of?.parse().ok()?, at }, standby? == "t"))
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

/// Bytes as a text of the server's own encoding, as a statement has it: also those that are none.
pub(super) fn bytes(written: &[u8]) -> String {
    let mut literal = "E'".to_owned();
    for byte in written {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b" -_:.+/@".contains(byte) => {
                literal.push(char::from(*byte))
            }
            // A text can always be written to.
            byte => drop(write!(literal, "\\x{byte:02x}")),
        }
    }
    literal.push('\'');
    literal
}

/// What a type holds, by its object id: those of a server's own kind are read as text.
pub(super) fn nature(type_id: u32) -> Nature {
    match type_id {
        17 => Nature::Bytes,
        // Among them `xid8`, the number of a transaction.
        20 | 21 | 23 | 1700 | 5069 => Nature::Number,
        700 => Nature::Single,
        701 => Nature::Double,
        _ => Nature::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a page is no part of what is taken over.
    #[test]
    fn a_position_is_that_of_what_was_written() {
        let of =
            |at: &str| log_position(["-7", "f", at].map(|it| Some(it.to_owned())).to_vec()).unwrap().0.at;
        assert_eq!(["8191", "8192", "8216", "8232", "8233"].map(of), [8191, 8192, 8192, 8192, 8233]);
        let row =
            |standby: &str| vec![Some("1".to_owned()), Some(standby.to_owned()), Some("9000".to_owned())];
        assert_eq!(log_position(row("t")), Some((LogPosition { of: 1, at: 9000 }, true)));
        assert_eq!(log_position(vec![Some("1".to_owned()), Some("t".to_owned()), None]), None);
        assert_eq!(log_position(Vec::new()), None);
    }
}
